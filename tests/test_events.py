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
from timeline.glossary import Glossary
from timeline.plan import extent, meets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline.document import Cite, Claim, Event, Figure, Step, Tour

RECORD = timeline.load(Path(__file__).parent.parent / "events.json")
EVENTS, SOURCES = RECORD.events, {source.id: source for source in RECORD.sources}
CLAIMS = [claim for event in EVENTS for claim in event.claims]
SERIES = [series for measure in RECORD.measures for series in measure.series]
TEXTS = [source for source in RECORD.sources if source.file]
TEXT_IDS = {source.id for source in TEXTS}


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


def of_a_text(claim: Claim) -> bool:
    """Tell whether one of the five texts says it."""
    return not TEXT_IDS.isdisjoint(cite.source for cite in claim.cites)


def test_an_event_has_a_claim_of_a_text_or_else_is_marked_as_context() -> None:
    assert [event.id for event in EVENTS if event.context == any(map(of_a_text, event.claims))] == []


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


def numbers(*texts: str | None) -> set[str]:
    """Give the numbers that are written in digits."""
    return {number for text in texts for number in re.findall(r"\d+(?:[.,]\d+)*", text or "")}


def figures(claim: Claim) -> Iterator[Figure]:
    """Give the figures of a claim, then those of its correction."""
    yield from claim.figures
    yield from claim.correction.figures if claim.correction else ()


def given(event: Event) -> set[str]:
    """Give the numbers of an event's title and date, and of its claims, their figures and corrections."""
    found = numbers(event.title, event.date.words)
    for claim in event.claims:
        found |= numbers(claim.says, claim.by, claim.correction.says if claim.correction else None)
        for figure in figures(claim):
            values = (figure.value, figure.low, figure.high)
            found |= numbers(figure.date.words, *(f"{value:.12g}" for value in values if value is not None))
    return found


@pytest.mark.parametrize("event", [one for one in EVENTS if numbers(one.summary)], ids=lambda event: event.id)
def test_every_number_of_a_summary_is_said_by_somebody(event: Event) -> None:
    assert numbers(event.summary) - given(event) == set()


WRONG = """
harvest-1913: great exporter
decree-on-land: more equal
hundred-thousand-tractors: Lenin's standards
peasant-majority: weak a grip
peasant-majority: those in work
peasant-majority: heads of households
peasant-majority: sold grain every year
nep-begins: dates from 1921
nep-begins: Lenin's own policy
scissors-crisis: is that of 1923
tractors-in-1927: census of 1897
procurement-crisis: 1926–27 was a good one
procurement-crisis: Seized and low price
fifteenth-congress: December 1927
peasants-withhold-grain: low prices were the state's
stalin-against-bukharin: Tactical
stalin-against-bukharin: podkulachnik
stalin-chooses-force: stands for fail
stalin-chooses-force: did lend
stalin-chooses-force: Alec Nove
herds-collapse: 16.6 million
herds-collapse: rounds that up
herds-collapse: of every kind
state-takes-more: yearly averages
state-takes-more: Seized
five-year-plan-years: nationalised since 1918
joining-compulsory: stayed voluntary
animals-killed: of every kind
animals-killed: No table
quarter-million-farms: 211,700
bread-rationing: summer of 1928
five-year-plan: April 1929
five-year-plan: index levels
five-year-plan: sown area
machine-tractor-stations: Machine-Tractor
first-wave: Lynne Viola
grain-exports-rise: boost
kulak-deportations: 2.3 million
kulak-deportations: before the archives
kulak-deportations: minority went to camps
kulak-deportations: not been landowners
giant-farms: Kolkhozes
human-cost: military dead
kulak-categories: not camps
resolution-on-distortions: Pushed
famine-1932-33: North Caucasus
famine-1932-33: 14.5 million
famine-denied: Webb
famine-deaths-of-1933: cannibalism
political-departments: bodies of the party
political-departments: outside the collective farms
grain-in-1934: 89.4
nine-tenths-of-sown-area: Sown acreage
output-of-1939: Only milk
share-in-1940: its plot
herds-in-1953: middle of the 1950s
"""
"""Where a text is wrong: the event, and words that its correction has."""
ERRORS = [(event, words) for event, _, words in (line.partition(": ") for line in WRONG.strip().splitlines())]
CORRECTED = [
    (event.id, claim.correction.says)
    for event in EVENTS
    for claim in event.claims
    if claim.correction and of_a_text(claim)
]


@pytest.mark.parametrize(("event", "words"), ERRORS)
def test_a_text_that_is_wrong_is_corrected(event: str, words: str) -> None:
    assert [says for owner, says in CORRECTED if owner == event and words in says]


def test_every_correction_of_a_text_is_in_the_list_of_errors() -> None:
    assert Counter(event for event, _ in CORRECTED) == Counter(event for event, _ in ERRORS)


BARE = {
    "deaths/famine-in-1933": "the role-play's, which nobody speaks for: the claim says in words whose count it is",
    "deaths/special-settlers": "deaths on record and no estimate",
}
"""Series of deaths whose numbers may stand without a range or an author, and why."""


def test_the_dead_are_a_range_or_somebody_s_number() -> None:
    spoken = [(figure, claim.by) for claim in CLAIMS for figure in claim.figures]
    spoken += [(figure, None) for claim in CLAIMS if claim.correction for figure in claim.correction.figures]
    deaths = [(one, by) for one, by in spoken if one.series.startswith("deaths/")]
    assert [one for one, by in deaths if not by and one.low is one.high is None and one.series not in BARE] == []
    assert BARE.keys() <= {one.series for one, _ in deaths}


def test_no_invented_speaker_of_the_role_play_is_a_witness() -> None:
    assert [claim for claim in CLAIMS if claim.by and "role-play" in {cite.source for cite in claim.cites}] == []


@pytest.mark.parametrize("tour", RECORD.tours, ids=lambda tour: tour.id)
def test_a_tour_has_six_to_twelve_steps(tour: Tour) -> None:
    assert 6 <= len(tour.steps) <= 12


@pytest.mark.parametrize(
    "step", [pytest.param(step, id=f"{tour.id}-{n}") for tour in RECORD.tours for n, step in enumerate(tour.steps, 1)]
)
def test_the_event_of_a_step_is_in_its_view(step: Step) -> None:
    event = next(event for event in EVENTS if event.id == step.event)
    first, last = extent(RECORD)
    start, end = step.start.start if step.start else first, step.end.end if step.end else last
    assert meets(event, (start, end)) or (start <= first and end >= last)  # the whole period shows what is outside it
    assert {*event.themes} & {*step.themes} or not step.themes
    assert step.measure in {None, *(measure.id for measure in RECORD.measures)}


def test_every_term_of_the_glossary_is_marked_somewhere() -> None:
    glossary, seen = Glossary(RECORD.glossary), set[str]()
    for event in EVENTS:
        corrections = [claim.correction.says for claim in event.claims if claim.correction]
        for text in (event.summary or "", *(claim.says for claim in event.claims), *corrections):
            glossary.mark(text, seen)
    assert len(RECORD.glossary) >= 30
    assert {term.id for term in RECORD.glossary} - seen == set()
