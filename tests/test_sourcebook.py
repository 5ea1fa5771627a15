"""What each source says: places in words, who gives a number, and lines with what other sources make of them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.document import Cite
from timeline.reader import read
from timeline.sourcebook import Heard, Said, Sourcebook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.disagreement import Number
    from timeline.document import Event, Source

LETTERS, HISTORY, NOTES = {"source": "letters"}, {"source": "history"}, {"source": "notes"}
LEAF_1, LEAF_2 = {**HISTORY, "at": "leaf-1"}, {**HISTORY, "at": "leaf-2"}
RECORD: dict[str, Any] = {
    "title": "A village",
    "themes": [{"id": "life", "label": "Life"}],
    "sources": [
        {"id": "letters", "title": "Letters", "kind": "archive"},
        {
            "id": "history",
            "title": "A history",
            "kind": "book",
            "author": ["Lee, Ann"],
            "year": 1986,
            "outline": [
                {"id": "leaf-2", "title": "leaf 2"},
                {"id": "leaf-1", "title": "leaf 1", "repeats": "letters"},
                {"id": "leaf-3", "title": "leaf 3"},
            ],
        },
        {"id": "notes", "title": "Notes", "kind": "student notes", "file": "notes.docx", "repeats": "history"},
        {"id": "unheard", "title": "Silence", "kind": "website"},
    ],
    "events": [
        {
            "id": "mill",
            "date": "1905",
            "title": "The mill burns",
            "themes": ["life"],
            "claims": [
                {
                    "says": "It burnt.",
                    "by": "The miller",
                    "cites": [LEAF_1, LEAF_2, LEAF_1],
                    "figures": [{"series": "grain/lost", "date": "1905", "value": 7}],
                    "correction": {
                        "says": "Half.",
                        "cites": [HISTORY, LETTERS],
                        "figures": [{"series": "grain/lost", "date": "1905", "value": 4, "unsure": True}],
                    },
                },
                {"says": "It rained.", "cites": [NOTES, LEAF_2]},
                {
                    "says": "It was lost.",
                    "cites": [LEAF_2, NOTES],
                    "figures": [{"series": "grain/lost", "date": "1904/1906", "low": 3}],
                },
            ],
        },
        {"id": "feast", "date": "1906", "title": "A feast", "themes": ["life"], "claims": [
            {"says": "They ate.", "cites": [NOTES]},
        ]},
    ],
    "measures": [
        {
            "id": "grain",
            "label": "Grain",
            "unit": "tonnes",
            "series": [
                {
                    "id": "lost",
                    "label": "lost",
                    "base": "in the mill",
                    "cites": [LETTERS],
                    "observations": [
                        {"date": "1905", "value": 5},
                        {"date": "1906", "value": 5},
                        {"date": "1907", "value": 5, "cites": [LEAF_2]},
                    ],
                },
                {
                    "id": "kept",
                    "label": "kept",
                    "base": "in the barn",
                    "scope": "barn",
                    "cites": [LETTERS],
                    "observations": [{"date": "1905", "value": 5}],
                },
                {"id": "sold", "label": "sold", "base": "at the fair", "observations": [{"date": "1905", "value": 5}]},
            ],
        }
    ],
}  # fmt: skip


def sourcebook(document: dict[str, Any]) -> tuple[Sourcebook, dict[str, Source], dict[str, Event]]:
    timeline = read(json.dumps(document).encode(), "events.json")
    sources = {source.id: source for source in timeline.sources}
    return Sourcebook(timeline, timeline.events), sources, {event.id: event for event in timeline.events}


BOOK, SOURCES, EVENTS = sourcebook(RECORD)
NUMBERS: list[Number] = [number for statement in BOOK.evidence.statements for number in statement.numbers]


def test_an_event_s_claims_stand_under_the_source_that_each_cites_first() -> None:
    found = [(source.id, [claim.says for claim in claims]) for source, claims in BOOK.by_source(EVENTS["mill"])]
    assert found == [("history", ["It burnt.", "It was lost."]), ("notes", ["It rained."])]
    assert BOOK.by_source(EVENTS["feast"]) == [(SOURCES["notes"], [*EVENTS["feast"].claims])]


PLACES = [
    (LETTERS, None, "Letters"),
    (LETTERS, "letters", "Letters"),
    (HISTORY, None, "Lee 1986"),
    (LEAF_1, None, "Lee 1986, leaf 1"),
    (LEAF_1, "letters", "Lee 1986, leaf 1"),
    (LEAF_1, "history", "leaf 1"),
]


@pytest.mark.parametrize(("cite", "within", "expected"), PLACES, ids=str)
def test_a_place_is_said_with_its_source_unless_it_stands_under_it(
    cite: dict[str, str], within: str | None, expected: str
) -> None:
    assert BOOK.locator(Cite.model_validate(cite), SOURCES[within] if within else None) == expected


TOLD: list[tuple[str | None, Sequence[dict[str, str]], Sequence[int]]] = [  # heading, cites, places of those that tell
    (None, [LETTERS, HISTORY], [0, 1]),
    ("letters", [LETTERS, HISTORY], [0, 1]),  # the history alone would read as a place in the letters
    ("history", [HISTORY, LEAF_1, LEAF_2], [0, 1, 2]),
    ("history", [LEAF_1], [0]),
    ("history", [LETTERS], [0]),
    ("notes", [NOTES], [0]),  # it repeats the history
    ("letters", [{**LETTERS, "repeats": "history"}], [0]),
    ("letters", [LETTERS], []),
]


@pytest.mark.parametrize(("heading", "cites", "expected"), TOLD, ids=range(len(TOLD)))
def test_under_a_source_stand_the_cites_that_tell_more_than_it(
    heading: str | None, cites: Sequence[dict[str, str]], expected: Sequence[int]
) -> None:
    read_ = [Cite.model_validate(cite) for cite in cites]
    assert BOOK.locates(read_, SOURCES[heading] if heading else None) == [read_[place] for place in expected]


GIVERS = [  # each number, in the order of the document: value or bound, who gives it, how it is marked
    (5, "Letters", ""),
    (5, "Letters", ""),
    (5, "Lee 1986, leaf 2", ""),
    (5, "kept", ""),  # its scope has rival series, which are told apart by their names
    (5, "sold", ""),  # nothing is cited
    (7, "The miller", "wrong"),
    (4, "Lee 1986 and 1 more", "unsure"),  # a correction is not by whom it corrects
    (3, "Lee 1986, leaf 2", "own"),  # the notes repeat it
]


def test_a_number_is_given_by_a_person_a_place_or_a_series_and_marked_as_what_it_is() -> None:
    found = [(one.quantity.value or one.quantity.low, BOOK.who(one), BOOK.classes(one)) for one in NUMBERS]
    assert found == GIVERS
    assert [BOOK.own_text(number) for number in NUMBERS] == ["own" in marks for *_, marks in GIVERS]


GIVEN_BY: list[tuple[list[dict[str, str]], str]] = [
    ([LETTERS], "Letters"),
    ([LETTERS, LETTERS], "Letters"),
    ([LETTERS, LEAF_1], "Letters"),
    ([LEAF_1], "Lee 1986, leaf 1 (repeats: Letters)"),
    ([LEAF_1, LETTERS], "Lee 1986, leaf 1 (repeats: Letters)"),
    ([LEAF_1, LEAF_2], "Lee 1986, leaf 1 (repeats: Letters) and 1 more"),
    ([NOTES, LEAF_2, HISTORY], "Notes (repeats: Lee 1986)"),
    ([{**NOTES, "repeats": "letters"}, LEAF_1], "Notes (repeats: Letters)"),
    ([LEAF_2, LETTERS, {"source": "unheard"}, NOTES], "Lee 1986, leaf 2 and 2 more"),
]


@pytest.mark.parametrize(("cites", "expected"), GIVEN_BY, ids=[words for _, words in GIVEN_BY])
def test_who_gives_a_number_is_counted_by_origins_and_said_with_what_it_repeats(
    cites: list[dict[str, str]], expected: str
) -> None:
    figures = [{"series": "grain/lost", "date": "1905", "value": 7}]
    claims = [{"says": "So.", "cites": cites, "figures": figures}]
    book, *_ = sourcebook({**RECORD, "events": [{**RECORD["events"][0], "claims": claims}]})
    (statement,) = [one for one in book.evidence.statements if one.event]
    assert book.who(statement.numbers[0]) == expected


def test_groups_are_told_to_hold_numbers_of_the_record_s_own_texts() -> None:
    (found,) = BOOK.evidence.of_event(EVENTS["mill"])
    assert BOOK.own(found)
    assert not BOOK.own([])
    without = {**RECORD, "sources": [{**source, "file": None} for source in RECORD["sources"]]}
    other, _, events = sourcebook(without)
    assert not other.own(other.evidence.of_event(events["mill"])[0])


def lines(said: Heard) -> list[tuple[str | None, list[tuple[str, str | None, str]]]]:
    """Give what a source says by part: text, event or measure, and statuses."""

    def line(one: Said) -> tuple[str, str | None, str]:
        entry = one.event or one.measure
        return one.text, entry.id if entry else None, " ".join(one.statuses)

    return [(title, [*map(line, its)]) for title, its in said.parts]


HEARD: dict[str, tuple[str, list[tuple[str | None, list[tuple[str, str | None, str]]]]]] = {
    "letters": (
        "Says 4 things here: 1 alone, 3 confirmed",
        [
            (
                None,
                [
                    ("Correcting: Half.", "mill", "confirmed"),
                    ("Grain, lost: 2 figures", "grain", ""),
                    ("Grain, kept: one figure", "grain", ""),
                ],
            ),
        ],
    ),
    "history": (
        "Says 5 things here: 2 alone, 3 confirmed, 1 contradicted, 1 of them both",
        [
            (
                "leaf 2",
                [
                    ("It burnt.", "mill", "confirmed contradicted"),
                    ("It rained.", "mill", "alone"),
                    ("It was lost.", "mill", "confirmed"),
                    ("Grain, lost: one figure", "grain", ""),
                ],
            ),
            ("leaf 1", [("It burnt.", "mill", "confirmed contradicted")]),
            (None, [("Correcting: Half.", "mill", "confirmed")]),
        ],
    ),
    "notes": (
        "Says 3 things here: 2 alone, 1 confirmed",
        [
            (
                None,
                [
                    ("It rained.", "mill", "alone"),
                    ("It was lost.", "mill", "confirmed"),
                    ("They ate.", "feast", "alone"),
                ],
            )
        ],
    ),
    "unheard": ("", []),
}


@pytest.mark.parametrize("name", HEARD)
def test_a_source_is_heard_part_by_part_with_what_others_make_of_it(name: str) -> None:
    said = BOOK.heard(SOURCES[name])
    assert (said.summary, lines(said)) == HEARD[name]


def test_a_source_that_says_one_thing_is_told_so() -> None:
    alone = {**RECORD, "measures": [], "events": [{**RECORD["events"][1]}]}
    book, sources, _ = sourcebook(alone)
    assert book.heard(sources["notes"]).summary == "Says one thing here: 1 alone"


def test_series_of_one_name_are_heard_apart() -> None:
    measure = RECORD["measures"][0]
    namesakes = [{**measure, "series": [{**one, "label": "it"} for one in measure["series"]]}]
    book, sources, _ = sourcebook({**RECORD, "measures": namesakes})
    texts = [text for _, its in lines(book.heard(sources["letters"])) for text, *_ in its]
    assert texts == ["Correcting: Half.", "Grain, it: 2 figures", "Grain, it: one figure"]


places = st.sampled_from([LETTERS, HISTORY, LEAF_1, LEAF_2, NOTES, {**LETTERS, "repeats": "notes"}])
cites = st.lists(places, min_size=1, max_size=4)
figures = st.lists(
    st.builds(
        lambda year, value: {"series": "grain/lost", "date": str(year), "value": value},
        st.integers(1904, 1906),
        st.integers(3, 6),
    ),
    max_size=2,
)
said_ = st.fixed_dictionaries({"says": st.just("So."), "cites": cites, "figures": figures})
claims = st.lists(
    st.builds(lambda one, more: one | more, said_, st.just({}) | st.fixed_dictionaries({"correction": said_}))
)


@settings(deadline=None, max_examples=50)
@given(claims)
def test_whatever_cites_a_source_is_counted_once_and_stands_under_each_cited_part(claims: list[dict[str, Any]]) -> None:
    book, sources, _ = sourcebook({**RECORD, "events": [{**RECORD["events"][0], "claims": claims}]})
    for source in sources.values():
        said = book.heard(source)
        cited = [one for one in book.evidence.statements if any(cite.source == source.id for cite in one.cites)]
        count, *counts = re.findall(r"\d+|one(?= thing)", said.summary) or ["0"]
        assert count == {1: "one"}.get(len(cited), str(len(cited)))
        *each, both = [*map(int, counts), *([] if "of them both" in said.summary else [0])]
        assert sum(each) - both == len(cited)
        for place, title in [*((part.id, part.title) for part in source.outline), (None, None)]:
            here = [one for one in cited if (source.id, place) in {(cite.source, cite.at) for cite in one.cites}]
            its = next((its for part, its in said.parts if part == title), [])
            assert [one.event for one in its if one.event] == [one.event for one in here if one.event]
            assert any(one.measure for one in its) is any(not one.event for one in here)
