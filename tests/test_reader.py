"""Reading a document: what loads, and every fault of what does not, with place, reason and what to write."""

# ruff: noqa: E501 - a message stands on one line, as people see it

from __future__ import annotations

import base64
import gc
import gzip
import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.fault import DocumentError
from timeline.reader import load, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from timeline.fault import Fault

CITE = {"source": "loc", "at": "order"}
WHOLE: dict[str, Any] = {
    "title": "A village",
    "period": "1918/1941",
    "themes": [{"id": "policy", "label": "Policy"}, {"id": "famine", "label": "Famine", "color": "#7a1f1f"}],
    "sources": [
        {"id": "loc", "title": "Letters", "kind": "archive", "outline": [{"id": "order", "title": "An order"}]},
        {"id": "book", "title": "A book", "kind": "book", "year": 1986, "repeats": "loc"},
    ],
    "events": [
        {
            "id": "hanging-order",
            "date": "1918-08-11",
            "title": "An order",
            "themes": ["policy"],
            "claims": [
                {
                    "says": "It was given.",
                    "cites": [CITE, {"source": "book"}],
                    "figures": [{"series": "deaths/village", "date": "1933", "low": 2, "value": 3, "high": 4}],
                }
            ],
            "links": [{"to": "hunger", "kind": "led to", "because": "it follows", "cites": [CITE]}],
        },
        {"id": "hunger", "date": "1932~/1933~", "title": "Hunger", "themes": ["famine", "policy"], "importance": 5},
    ],
    "measures": [
        {
            "id": "deaths",
            "label": "Deaths",
            "unit": "people",
            "series": [
                {
                    "id": "village",
                    "label": "Village",
                    "base": "the parish",
                    "observations": [{"date": "1933", "value": 3.5, "cites": [CITE]}],
                }
            ],
        }
    ],
    "glossary": [{"id": "kulak", "term": "kulak", "meaning": "fist", "cites": [CITE]}],
    "tours": [
        {
            "id": "first",
            "title": "First",
            "summary": "A way through",
            "steps": [{"text": "Look", "event": "hunger", "themes": ["famine"], "from": "1932", "to": "1933"}],
        }
    ],
}


def faults(source: bytes) -> list[str]:
    with pytest.raises(DocumentError) as refused:
        read(source, "events.json")
    assert all(fault.record()["problem"] for fault in refused.value.faults)
    return [str(fault) for fault in refused.value.faults]


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    document = deepcopy(WHOLE)
    change(document)
    return json.dumps(document).encode()


def event(**values: object) -> Callable[[dict[str, Any]], object]:
    return lambda document: document["events"][0].update(values)


def claim(**values: object) -> Callable[[dict[str, Any]], object]:
    return lambda document: document["events"][0]["claims"][0].update(values)


def figure(**values: object) -> Callable[[dict[str, Any]], object]:
    return lambda document: document["events"][0]["claims"][0]["figures"].__setitem__(0, values)


def test_a_whole_document_loads() -> None:
    document = read(json.dumps(WHOLE).encode(), "events.json")
    assert [str(event.date) for event in document.events] == ["1918-08-11", "1932~/1933~"]
    assert document.events[0].claims[0].figures[0].value == 3


@pytest.mark.parametrize(
    "source",
    [
        b"\xef\xbb\xbf" + json.dumps(WHOLE).encode(),
        json.dumps(WHOLE, indent=1).replace("\n", "\r\n").encode(),
        json.dumps({**WHOLE, "title": "😀 and \\u0000"}).encode(),
        json.dumps({"title": "Empty", "themes": [{"id": "a", "label": "A"}]}).encode(),
    ],
    ids=["byte-order mark", "CRLF", "a surrogate pair", "no events"],
)
def test_an_odd_but_right_document_loads(source: bytes) -> None:
    assert read(source, "events.json").title


@pytest.mark.parametrize("source", [json.dumps(WHOLE).encode(), b"{", b"[]"], ids=["right", "no JSON", "wrong"])
@pytest.mark.parametrize("searching", [True, False])
def test_reading_leaves_the_search_for_garbage_as_it_was(source: bytes, *, searching: bool) -> None:
    before = gc.isenabled()
    (gc.enable if searching else gc.disable)()
    try:
        outcome(source)
        assert gc.isenabled() is searching
    finally:
        (gc.enable if before else gc.disable)()


FILES = [
    (b"", 'events.json: is empty (write a document, at least {"title": …, "themes": […]})'),
    (b" \n ", 'events.json: is empty (write a document, at least {"title": …, "themes": […]})'),
    (json.dumps(WHOLE).encode("utf-16"), "events.json: is saved as UTF-16 (write it as UTF-8)"),
    (json.dumps(WHOLE).encode("utf-16-be"), "events.json: is saved as UTF-16 (write it as UTF-8)"),
    ('{\n"title": "Café"}'.encode("latin-1"), "events.json:2: byte 15 (0xE9) is not UTF-8; the file may be saved as Latin-1 (write it as UTF-8)"),
    (b"<!DOCTYPE html><title>x</title>", "events.json: is HTML, not JSON (write the path of the document, or of a page exported from one)"),
    (b'<script id="timeline-document">!</script>', "events.json: is a page whose document is damaged (write the path of a whole copy)"),
    (json.dumps(WHOLE, indent=1).encode()[:-400], None),
    (b'{"title": "A",\n"themes": [', "events.json:2: the file ends here, in the middle of the document (write the rest of it)"),
    (b'{"title": "A', 'events.json:1: a text begins here and does not end (write a " at its end)'),
    (b'{"title": "A",}', "events.json:1: nothing follows this comma (write no comma after the last entry)"),
    (b'{"title": ["A",\n ]}', "events.json:1: nothing follows this comma (write no comma after the last entry)"),
    (b'{"title": "A"\n "themes": []}', r'events.json:2: a comma is missing here (write a comma, or \" for a quotation mark inside a text)'),
    (b'{"title" "A"}', "events.json:1: a colon is missing here (write a colon between key and value)"),
    (b'{"title": "A\nB"}', r"events.json:1: there is a line break or a tab inside a text (write \n or \t for it)"),
    (b'{"title": "A\\qB"}', r"events.json:1: JSON does not know what this backslash means (write \\ for a backslash itself)"),
    (b'{"title": "A"} {}', "events.json:1: the document has ended before this (write one object in { } and nothing after it)"),
    (b"{'title': 'A'}", "events.json:1: ' is not a quotation mark of JSON (write a straight \" before and after a text)"),
    ("{“title”: 1}".encode(), 'events.json:1: “ is not a quotation mark of JSON (write a straight " before and after a text)'),
    (b'{\n// my notes\n"title": "A"}', "events.json:2: JSON has no comments (write the comment into a summary or a note)"),
    (b'{"title": None}', 'events.json:1: "None" is no value (write a text in quotes, a number, true, false, null, a list or an object)'),
    (b'{title: "A"}', 'events.json:1: "title" stands where a key must (write a key in quotes, as in "title")'),
    (b"title,date\nA,1930", 'events.json:1: "title" is no value (write a text in quotes, a number, true, false, null, a list or an object)'),
    (b"[" * 100_000, "events.json:1: lists and objects stand more than 50 deep in each other (write no more than 9 in each other)"),
    (b'{"a":' * 100_000, "events.json:1: lists and objects stand more than 50 deep in each other (write no more than 9 in each other)"),
    (b"[]", "events.json:1: a list is not an object (write an object in { })"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), FILES, ids=range(len(FILES)))
def test_a_file_that_is_no_document_is_refused_in_words(source: bytes, expected: str | None) -> None:
    found = faults(source)
    assert len(found) == 1
    assert expected in (None, found[0])


KEYS = "id, date, title, themes, label, summary, importance, place, context, claims, links"
ORDER = 'events.json:1: event "hanging-order", '
CHANGES: list[tuple[Callable[[dict[str, Any]], object], list[str]]] = [
    (event(date="1918-13"), [ORDER + 'date: "1918-13" has no month 13 (write YYYY, YYYY-MM or YYYY-MM-DD)']),
    (event(date="1933/1932"), [ORDER + 'date: "1933/1932" ends before it starts (write the earlier date first, as in 1932/1933)']),
    (event(date=1918), [ORDER + 'date: 1918 is a number, not a text (write it in quotes, as in "1918")']),
    (event(date=None), [ORDER + "date: a date is a text in quotes (write YYYY, YYYY-MM or YYYY-MM-DD in quotes)"]),
    (event(title=""), [ORDER + "title: is empty (write some words)"]),
    (event(title=" \u2003"), [ORDER + "title: is empty (write some words)"]),
    (event(title=5), [ORDER + "title: 5 is not a text (write it in quotes)"]),
    (event(title=["A"]), [ORDER + "title: a list is not a text (write it in quotes)"]),
    (event(title="\ud800"), [ORDER + "title: holds half a character or U+0000 (write whole characters)"]),
    (event(label="a\0b"), [ORDER + "label: holds half a character or U+0000 (write whole characters)"]),
    (event(titel="A"), [ORDER + 'titel: is not a key that is known here (write "title")']),
    (event(__proto__={}), [ORDER + f"__proto__: is not a key that is known here (write one of {KEYS})"]),
    (event(**{"a b\n": {}}), [ORDER + f'"a b\\n": is not a key that is known here (write one of {KEYS})']),
    (event(themes=[]), [ORDER + "themes: is empty (write at least one entry)"]),
    (event(themes="policy"), [ORDER + 'themes: "policy" is not a list (write a list in [ ])']),
    (event(themes=["polcy"]), [ORDER + 'themes[0]: there is no theme "polcy" (write "policy")']),
    (event(themes=["xyz"]), [ORDER + 'themes[0]: there is no theme "xyz" (write one of policy, famine)']),
    (event(themes=["policy", "policy"]), [ORDER + 'themes[1]: "policy" stands twice (write it once)']),
    (event(importance=7), [ORDER + "importance: 7 is too great (write 5 or less)"]),
    (event(importance=0), [ORDER + "importance: 0 is too small (write 1 or more)"]),
    (event(importance="5"), [ORDER + 'importance: "5" is not a whole number (write a number without quotes and without a point, such as 3)']),
    (event(importance=True), [ORDER + "importance: true is not a whole number (write a number without quotes and without a point, such as 3)"]),
    (event(context="yes"), [ORDER + 'context: "yes" is neither true nor false (write true or false, without quotes)']),
    (event(claims=[5]), [ORDER + "claims[0]: 5 is not an object (write an object in { })"]),
    (claim(cites=[]), [ORDER + "claims[0].cites: is empty (write at least one entry)"]),
    (claim(cites=[{"source": "lok"}]), [ORDER + 'claims[0].cites[0].source: there is no source "lok" (write "loc")']),
    (claim(cites=[{"source": "loc", "at": "ordre"}]), [ORDER + 'claims[0].cites[0].at: source "loc" has no part "ordre" (write "order")']),
    (claim(cites=[{"source": "book", "at": "a"}]), [ORDER + 'claims[0].cites[0].at: source "book" has no part "a" (write the parts of the source as its outline)']),
    (claim(cites=[{"source": "loc", "repeats": "loc"}]), [ORDER + 'claims[0].cites[0].repeats: "loc" is this source itself (write another source)']),
    (figure(series="deaths/vilage", date="1933", value=1), [ORDER + 'claims[0].figures[0].series: there is no series "deaths/vilage" (write "deaths/village")']),
    (figure(series="deaths/village", date="1933"), [ORDER + 'claims[0].figures[0]: no number is given (write "value", or "low" and "high", or all three)']),
    (figure(series="deaths/village", date="1933", low=5, high=2), [ORDER + "claims[0].figures[0].high: the range ends at 2 before it starts at 5 (write the smaller number as low)"]),
    (figure(series="deaths/village", date="1933", low=5, high=9, value=2), [ORDER + "claims[0].figures[0].high: the value 2 is outside its own range (write a value from low to high)"]),
    (figure(series="deaths/village", date="1933", low=5, value=2), [ORDER + "claims[0].figures[0]: the value 2 is outside its own range (write a value from low to high)"]),
    (figure(series="deaths/village", date="1933/..", value=2), [ORDER + 'claims[0].figures[0].date: "1933/.." has an open end (write a date with a start and an end)']),
    (figure(series="deaths/village", date="1933", value=True), [ORDER + "claims[0].figures[0].value: true is not a number (write a number without quotes, such as 61.5)"]),
    (figure(series="deaths/village", date="1933", value=float("nan")), [ORDER + "claims[0].figures[0].value: NaN is not a number that can be shown (write a number that is known, or nothing)"]),
    (figure(series="deaths/village", date="1933", value=float("inf")), [ORDER + "claims[0].figures[0].value: an infinite number is not a number that can be shown (write a number that is known, or nothing)"]),
    (event(links=[{"to": "hanging-order", "kind": "led to", "because": "x"}]), [ORDER + 'links[0].to: "hanging-order" is this event itself (write another event)']),
    (event(links=[{"to": "hungr", "kind": "ledto", "because": "x"}]), [
        ORDER + 'links[0].to: there is no event "hungr" (write "hunger")',
        ORDER + 'links[0].kind: "ledto" is not a word that is known here (write "led to")',
    ]),
    (event(id="hunger", links=[]), ['events.json:1: event "hunger", id: "hunger" is taken in line 1 (write another id)']),
    (lambda d: d["events"][1].pop("title"), ['events.json:1: event "hunger", title: is missing (write the key "title")']),
    (lambda d: d["events"].append({"date": "1930"}), [
        'events.json:1: event 3, id: is missing (write the key "id")',
        'events.json:1: event 3, title: is missing (write the key "title")',
        'events.json:1: event 3, themes: is missing (write the key "themes")',
    ]),
    (lambda d: d.update(period="1918"), ['events.json:1: period: "1918" is no interval (write its first and last year, as in 1918/1941)']),
    (lambda d: d.update(period="1918/.."), ['events.json:1: period: "1918/.." has an open end (write a date with a start and an end)']),
    (lambda d: d.update(url="ftp://x"), ['events.json:1: url: "ftp://x" is not an address (write one that begins with https:// or http://)']),
    (lambda d: d["events"][0].update(date="Y12000"), ['events.json:1: event "hanging-order", date: "Y12000" lies beyond the years that the axis can show (write a year from -9999 to 9998)']),
    (lambda d: d.update(contact=" "), ["events.json:1: contact: is empty (write some words)"]),
    (lambda d: d.update(language="English"), ['events.json:1: language: "English" is not a language (write its code, as in en or de-AT)']),
    (lambda d: d["themes"][0].update(color="red"), ['events.json:1: theme "policy", color: "red" is not a colour (write six digits after a #, as in #7a1f1f)']),
    (lambda d: d["themes"].append({"id": "A b", "label": "x"}), ['events.json:1: theme "A b", id: "A b" is not an id (write small letters a to z and digits, joined by hyphens, as in hanging-order)']),
    (lambda d: d["sources"][0].update(repeats="book"), ['events.json:1: source "book", repeats: "loc" repeats "book" repeats "loc": none is the origin (write the source that was first)']),
    (lambda d: d["sources"][0]["outline"].append({"id": "order", "title": "x"}), ['events.json:1: source "loc", outline[1].id: "order" is taken in line 1 (write another id)']),
    (lambda d: d["measures"][0]["series"][0].update(cites=[{"source": "x"}]), ['events.json:1: measure "deaths", series[0].cites[0].source: there is no source "x" (write one of loc, book)']),
    (lambda d: d["glossary"][0].update(aliases=[""]), ['events.json:1: term "kulak", aliases[0]: is empty (write some words)']),
    (lambda d: d["glossary"].append({"id": "fist", "term": "Kulak", "meaning": "x"}), ['events.json:1: term "fist", term: "Kulak" is taken in line 1 (write another form)']),
    (lambda d: d["glossary"].append({"id": "fist", "term": "fist", "meaning": "x", "aliases": ["hand", "kulak"]}), ['events.json:1: term "fist", aliases[1]: "kulak" is taken in line 1 (write another form)']),
    (lambda d: d["glossary"].extend([{"id": "h", "term": "h", "meaning": "x", "aliases": ["B"]}, {"id": "b", "term": "B", "meaning": "x"}]), ['events.json:1: term "b", term: "B" is taken in line 1 (write another form)']),
    (lambda d: d["tours"][0]["steps"][0].update(event="x", to="1931"), [
        'events.json:1: tour "first", steps[0].event: there is no event "x" (write one of hanging-order, hunger)',
        'events.json:1: tour "first", steps[0].to: "1931" is before "1932" (write a date after the one in from)',
    ]),
    (lambda d: d["tours"][0]["steps"][0].update(measure="death"), ['events.json:1: tour "first", steps[0].measure: there is no measure "death" (write "deaths")']),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), CHANGES, ids=range(len(CHANGES)))
def test_a_fault_is_told_with_its_place_its_reason_and_what_to_write(
    change: Callable[[dict[str, Any]], object], expected: list[str]
) -> None:
    assert faults(changed(change)) == expected


@pytest.mark.parametrize("date", ["-9999", "-9999-01-01", "9998", "9999-12-30", "-9999/9998", "9998-12-31T24:00:00"])
def test_a_date_within_the_years_of_the_axis_loads(date: str) -> None:
    assert outcome(changed(event(date=date))) is None


@pytest.mark.parametrize("date", ["Y-10000", "Y-10000/1930", "9999", "9999-12-31", "1930/9999", "9999-12-31T23:59:59"])
def test_a_date_beyond_the_years_of_the_axis_is_refused(date: str) -> None:
    assert faults(changed(event(date=date))) == [
        f'{ORDER}date: "{date}" lies beyond the years that the axis can show (write a year from -9999 to 9998)'
    ]


def test_a_form_of_two_terms_is_told_with_both_places() -> None:
    terms = [
        {"id": "kulak", "term": "kulak", "meaning": "x", "aliases": ["fist"]},
        {"id": "b", "term": "Fist", "meaning": "x"},
    ]
    lines = json.dumps({**WHOLE, "glossary": terms}, indent=1)
    first, second = (lines[: lines.index(text)].count("\n") + 1 for text in ('"fist"', '"Fist"'))
    assert faults(lines.encode()) == [
        f'events.json:{second}: term "b", term: "Fist" is taken in line {first} (write another form)'
    ]


@pytest.mark.parametrize(
    "forms",
    [
        (["kulak", "Kulak", "KULAK", "kulak"], ["fist"]),  # of one term
        (["NEP"], ["Nep"]),  # capitals are found in capitals alone
        (["kulak"], ["kulaks"], ["kulak categories"]),
    ],
    ids=str,
)
def test_terms_of_different_forms_load(forms: tuple[list[str], ...]) -> None:
    terms = [{"id": f"t{n}", "term": one, "meaning": "x", "aliases": more} for n, (one, *more) in enumerate(forms)]
    assert len(read(json.dumps({**WHOLE, "glossary": terms}).encode(), "events.json").glossary) == len(terms)


def test_keys_that_stand_twice_are_told_with_both_lines() -> None:
    source = '{"title": "A",\n"themes": [{"id": "a", "label": "A",\n"label": "B"}],\n"title": ""}'
    assert faults(source.encode()) == [
        'events.json:3: theme "a", label: stands twice, first in line 2 (write each key once)',
        "events.json:4: title: stands twice, first in line 1 (write each key once)",
        "events.json:4: title: is empty (write some words)",
    ]


def test_a_key_that_stands_twice_is_told_where_nothing_else_is_wrong() -> None:
    source = json.dumps(WHOLE).replace('"title": "Hunger"', '"title": "Hunger", "title": "Hunger"')
    assert faults(source.encode()) == [
        'events.json:1: event "hunger", title: stands twice, first in line 1 (write each key once)'
    ]


HALF = "holds half a character or U+0000 (write whole characters)"
ESCAPES = [
    (r"\ud83d\ude00", None),
    (r"\uD83D\uDE00\\u0000\\ud83d", None),
    (r"\n\\\ud83d\ude00", None),
    (r"\ud83d", HALF),
    (r"\ud83d\ud83d\ude00", HALF),
    (r"\ud83d\ude00\ude00", HALF),
    (r"\\ud83d\ude00", HALF),
    (r"\\\u0000", HALF),
]


@pytest.mark.parametrize(("escape", "problem"), ESCAPES)
@pytest.mark.parametrize("key", ["text", "q"])  # the models look into the one and not into the other
def test_an_escape_is_a_whole_character_or_refused(key: str, escape: str, problem: str | None) -> None:
    steps = WHOLE["tours"][0]["steps"]
    source = json.dumps({**WHOLE, "tours": [{**WHOLE["tours"][0], "steps": [{**steps[0], key: "mark"}]}]})
    found = outcome(source.replace('"mark"', f'"a{escape}"').encode())
    assert [(fault.field, f"{fault.problem} (write {fault.write})") for fault in found or ()] == (
        [(f"steps[0].{key}", problem)] if problem else []
    )


def test_what_is_wrong_beside_a_fault_is_found_as_well() -> None:
    wrong = changed(event(titel=[{"a": 1}, "x"], title="")).decode()
    deep = wrong.replace('[{"a": 1}, "x"]', f'[{{"a": 1}}, {"[" * 60}{"]" * 60}]')
    assert faults(deep.encode()) == [
        ORDER + "title: is empty (write some words)",
        ORDER + 'titel: is not a key that is known here (write "title")',
        "events.json:1: lists and objects stand more than 50 deep in each other (write no more than 9 in each other)",
    ]


def test_deep_nesting_that_can_be_parsed_is_told_like_other_faults() -> None:
    source = json.dumps(WHOLE).replace('"title": "Hunger"', f'"title": {"[" * 60}{"]" * 60}')
    assert faults(source.encode()) == [
        'events.json:1: event "hunger", title: a list is not a text (write it in quotes)',
        "events.json:1: lists and objects stand more than 50 deep in each other (write no more than 9 in each other)",
    ]


def test_integers_of_5000_digits_are_told_like_other_faults() -> None:
    source = json.dumps(WHOLE).replace('"importance": 5', f'"importance": {"9" * 5000}')
    assert faults(source.encode()) == [
        'events.json:1: event "hunger", importance: an infinite number is not a whole number (write a number without quotes and without a point, such as 3)'
    ]


def test_500_faults_of_different_kinds_are_told_in_one_run_in_the_order_of_the_file() -> None:
    kinds: list[dict[str, Any]] = [
        {"date": "1918-13"},
        {"themes": ["x"]},
        {"titel": "A"},
        {"title": ""},
        {"importance": 9},
    ]
    good = {"date": "1930", "title": "A", "themes": ["policy"]}
    events = [{"id": f"event-{number}", **good, **kinds[number % 5]} for number in range(500)]
    source = json.dumps({**WHOLE, "events": events, "tours": []}, indent=1)
    with pytest.raises(DocumentError) as refused:
        read(source.encode(), "events.json")
    found = refused.value.faults
    assert [fault.id for fault in found] == [f"event-{number}" for number in range(500)]
    lines = source.splitlines()
    assert all(lines[fault.line - 1][fault.column - 1] == '"' for fault in found if fault.line and fault.column)
    assert str(refused.value).endswith("\n500 faults")


def test_a_fault_is_also_a_record() -> None:
    with pytest.raises(DocumentError) as refused:
        read(
            json.dumps(
                {**WHOLE, "events": [{**WHOLE["events"][1], "date": "1918-13"}], "tours": []}, indent=1
            ).encode(),
            "e.json",
        )
    assert [fault.record() for fault in refused.value.faults] == [
        {
            "file": "e.json", "line": 38, "column": 4, "where": 'event "hunger"', "id": "hunger", "field": "date",
            "value": '"1918-13"', "problem": '"1918-13" has no month 13', "write": "YYYY, YYYY-MM or YYYY-MM-DD",
        }
    ]  # fmt: skip


def test_what_cannot_be_opened_is_refused_in_one_line(tmp_path: Path) -> None:
    missing = tmp_path / "none.json"
    cases: list[tuple[Path | str, str]] = [
        (missing, f"{missing}: does not exist (write the path of a document, as in events.json)"),
        (tmp_path, f"{tmp_path}: is a folder (write the path of a file in it)"),
        ("a\0b", "a\0b: cannot be read: embedded null byte (write the path of a document, as in events.json)"),
    ]
    for path, problem in cases:
        with pytest.raises(DocumentError) as refused:
            load(path)
        assert str(refused.value) == f"{problem}\n1 fault"


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(_: Path, __: str) -> bytes:
        raise PermissionError

    path = tmp_path / "events.json"
    path.write_bytes(b"{}")
    monkeypatch.setattr("pathlib.Path.open", forbidden)
    with pytest.raises(DocumentError, match=r"may not be read \(write the path of a file that you may read\)"):
        load(path)


def test_an_exported_page_is_read_back(tmp_path: Path) -> None:
    document = read(json.dumps(WHOLE).encode(), "events.json")
    packed = base64.b64encode(gzip.compress(document.model_dump_json(by_alias=True, exclude_defaults=True).encode()))
    page = tmp_path / "timeline.html"
    page.write_bytes(b'\n<!DOCTYPE html><script type="text/plain" id="timeline-document">' + packed + b"</script>")
    assert load(page) == document
    page.write_bytes(page.read_bytes().replace(packed, packed[: len(packed) // 8 * 4]))
    with pytest.raises(DocumentError, match="is a page whose document is damaged"):
        load(page)


scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["1930", "policy", "a/b"])
)
keys = (
    st.sampled_from(["id", "date", "title", "themes", "source", "cites", "to", "repeats", "figures", "high", "x"])
    | st.text()
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4), max_leaves=12
)
places = st.sampled_from(["title", "period", "themes", "sources", "events", "measures", "glossary", "tours"])


def outcome(source: bytes) -> tuple[Fault, ...] | None:
    """Give the faults of a document, or None for one that loads."""
    try:
        read(source, "events.json")
    except DocumentError as error:
        return error.faults or pytest.fail("refused without a fault")
    return None


def loads_or_is_refused(document: object) -> None:
    found = outcome(json.dumps(document).encode())
    assert found is None or json.dumps([fault.record() for fault in found], allow_nan=False)
    assert found is None or "\n".join(map(str, found)).encode()


@settings(deadline=None)
@given(values | st.dictionaries(places, values | st.lists(st.dictionaries(keys, values)), max_size=5))
def test_any_json_value_loads_or_is_refused(document: object) -> None:
    loads_or_is_refused(document)


@settings(deadline=None)
@given(st.data(), values)
def test_any_value_put_anywhere_in_a_document_loads_or_is_refused(choose: st.DataObject, value: object) -> None:
    document = deepcopy(WHOLE)
    place: Any = document
    while True:
        key = choose.draw(st.sampled_from(range(len(place)) if isinstance(place, list) else sorted(place)))
        if not isinstance(place[key], list | dict) or not place[key] or choose.draw(st.booleans()):
            break
        place = place[key]
    place[key] = value
    loads_or_is_refused(document)


@settings(deadline=None)
@given(st.binary() | st.text().map(str.encode) | st.integers(0, 2000).map(lambda end: json.dumps(WHOLE).encode()[:end]))
def test_any_bytes_load_or_are_refused_in_words(source: bytes) -> None:
    assert all(str(fault).startswith("events.json:") for fault in outcome(source) or ())


words = st.text(min_size=1).filter(lambda text: text.strip() and "\0" not in text).map(lambda text: text + "x")
dates = st.dates().map(str) | st.sampled_from(["1930", "1932-24", "[..1930-03]", "1932~/1933~", "1931/..", "193X"])
events = st.fixed_dictionaries(
    {"date": dates, "title": words, "themes": st.permutations(["policy", "famine"])},
    optional={
        "label": words,
        "summary": words,
        "place": words,
        "importance": st.integers(1, 5),
        "context": st.booleans(),
    },
)


@settings(deadline=None)
@given(st.lists(events, max_size=5), words)
def test_a_valid_document_comes_back_equal(written: list[dict[str, Any]], title: str) -> None:
    added = [{"id": f"event-{number}", **each} for number, each in enumerate(written)]
    source = json.dumps({**WHOLE, "title": title, "events": [*WHOLE["events"], *added]})
    document = read(source.encode(), "events.json")
    assert read(document.model_dump_json(by_alias=True, exclude_defaults=True).encode(), "again.json") == document
    assert [str(event.date) for event in document.events[2:]] == [event["date"] for event in written]
