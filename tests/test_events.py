"""The shipped record: whole, drawn from its five texts, and with every part of the format in use."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from pydantic import BaseModel

import timeline
from timeline.dates import parse
from timeline.document import LinkKind
from timeline.plan import extent, meets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline.document import Cite

RECORD = timeline.load(Path(__file__).parent.parent / "events.json")
EVENTS, SOURCES = RECORD.events, {source.id: source for source in RECORD.sources}
CLAIMS = [claim for event in EVENTS for claim in event.claims]
SERIES = [series for measure in RECORD.measures for series in measure.series]
TEXTS = [source for source in RECORD.sources if source.file]


def cites(part: object) -> Iterator[Cite]:
    """Give every cite in a part of the record, however deep it stands."""
    for name, value in part if isinstance(part, BaseModel) else ():
        for inner in value if isinstance(value, tuple) else (value,):
            if name == "cites":
                yield inner
            yield from cites(inner)


def test_the_record_reaches_from_lenin_s_order_to_the_figures_for_1941() -> None:
    assert len(EVENTS) >= 45
    assert str(RECORD.period) == "1918/1941"
    assert "1918-08-11" in {str(event.date) for event in EVENTS}
    assert max(event.date.start for event in EVENTS if meets(event, extent(RECORD))) >= parse("1941").start


def test_every_event_has_a_claim_and_so_a_source() -> None:
    assert [event.id for event in EVENTS if not event.claims] == []


def test_each_of_the_four_themes_has_a_lane_of_events() -> None:
    lanes = Counter(event.themes[0] for event in EVENTS)
    assert {theme.id for theme in RECORD.themes} == {"policy", "resistance", "famine", "output"} == lanes.keys()
    assert min(lanes.values()) >= 5


def test_the_record_is_drawn_from_five_texts_each_cited_by_events_at_a_place_in_it() -> None:
    assert len({source.file for source in TEXTS}) == 5
    for source in TEXTS:
        places = {cite.at for event in EVENTS for cite in cites(event) if cite.source == source.id}
        assert places, source.id
        assert None not in places, source.id
        assert places <= {part.id for part in source.outline}


def test_every_source_is_cited_or_repeated() -> None:
    used = {cite.source for cite in cites(RECORD)} | {cite.repeats for cite in cites(RECORD)}
    used |= {source.repeats for source in RECORD.sources}
    used |= {part.repeats for source in RECORD.sources for part in source.outline}
    assert SOURCES.keys() - used == set()


def test_what_only_the_editors_know_is_marked_as_context() -> None:
    texts = {source.id for source in TEXTS} | {source.repeats for source in TEXTS}
    alone = [event.id for event in EVENTS if not event.context and not texts & {cite.source for cite in cites(event)}]
    assert alone == []


USED: dict[str, Callable[[], object]] = {
    "figures in claims": lambda: [claim for claim in CLAIMS if claim.figures],
    "rival figures of one series at one time": lambda: [
        key for key, count in Counter((f.series, f.date) for c in CLAIMS for f in c.figures).items() if count > 1
    ],
    "corrections": lambda: [claim for claim in CLAIMS if claim.correction],
    "corrections with figures": lambda: [c for c in CLAIMS if c.correction and c.correction.figures],
    "claims of somebody": lambda: [claim for claim in CLAIMS if claim.by],
    "answers to one question": lambda: [
        q for q, count in Counter(claim.question for claim in CLAIMS).items() if q and count > 1
    ],
    "places": lambda: [event for event in EVENTS if event.place],
    "short labels": lambda: [event for event in EVENTS if event.label],
    "context": lambda: [event for event in EVENTS if event.context],
    "several themes": lambda: [event for event in EVENTS if len(event.themes) > 1],
    "events before the period": lambda: [event for event in EVENTS if event.date.end <= extent(RECORD)[0]],
    "events after the period": lambda: [event for event in EVENTS if event.date.start >= extent(RECORD)[1]],
    "measures with observations": lambda: [series for series in SERIES if series.observations],
    "ranges": lambda: [one for series in SERIES for one in series.observations if one.low is not None],
    "numbers not checked": lambda: [one for series in SERIES for one in series.observations if one.unsure],
    "sources that repeat another": lambda: [source for source in RECORD.sources if source.repeats],
    "parts that repeat a source": lambda: [part for one in RECORD.sources for part in one.outline if part.repeats],
    "a glossary with the words' originals": lambda: [term for term in RECORD.glossary if term.original],
    "tours": lambda: RECORD.tours,
    "steps of tours that choose an event": lambda: [step for tour in RECORD.tours for step in tour.steps if step.event],
}  # fmt: skip


@pytest.mark.parametrize("part", USED)
def test_every_part_of_the_format_is_in_use(part: str) -> None:
    assert USED[part]()


def test_every_kind_of_link_is_in_use() -> None:
    assert {link.kind for event in EVENTS for link in event.links} == {*get_args(LinkKind)}


WRITTEN = {
    "a day": r"\d{4}-\d\d-\d\d",
    "a month": r"\d{4}-(0\d|1[0-2])",
    "a season": r"\d{4}-2[1-4]",
    "a year": r"\d{4}",
    "an interval": r"[\d-]+/[\d-]+",
    "an open interval": r"[\d-]+/\.\.",
    "something approximate": r".*~.*",
    "something uncertain": r".*\?.*",
    "digits not known": r".*X.*",
    "one of some": r"\[[\d-]+,[\d-]+\]",
    "by a time": r"\[\.\.[\d-]+\]",
}


@pytest.mark.parametrize("pattern", WRITTEN.values(), ids=WRITTEN)
def test_every_kind_of_date_is_in_use(pattern: str) -> None:
    assert [event.id for event in EVENTS if re.fullmatch(pattern, str(event.date))]


def test_dates_are_drawn_in_every_way() -> None:
    assert {event.date.kind for event in EVENTS} == {"point", "soft", "span"}


def test_no_two_events_are_the_same() -> None:
    for words in ("title", "label"):
        written = Counter((event.date, getattr(event, words)) for event in EVENTS if getattr(event, words))
        assert [key for key, count in written.items() if count > 1] == [], words


def test_nothing_is_claimed_twice_in_the_same_words() -> None:
    assert [says for says, count in Counter(claim.says for claim in CLAIMS).items() if count > 1] == []
