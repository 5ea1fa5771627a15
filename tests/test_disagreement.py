"""Who agrees with whom: origins, rounding, overlapping dates and scopes, corrections, and questions."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from math import inf
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.disagreement import Evidence, Group, Number, Statement, groups, rounding, scope
from timeline.document import Measure, Quantity
from timeline.reader import read

if TYPE_CHECKING:
    from collections.abc import Sequence

SOURCES: list[dict[str, Any]] = [
    {"id": "first"},
    {"id": "second"},
    {"id": "third"},
    {"id": "copy", "repeats": "first", "outline": [{"id": "own"}, {"id": "other", "repeats": "second"}]},
    {"id": "copy-of-copy", "repeats": "copy"},
]
SERIES: list[dict[str, Any]] = [
    {"id": "alone"},
    {"id": "apart"},
    {"id": "low", "scope": "all"},
    {"id": "high", "scope": "all"},
    {"id": "namesake", "scope": "alone"},
]


def cite(text: str) -> dict[str, str]:
    """Read a cite as these tests write it: ``source@part>repeated source``."""
    place, _, repeats = text.partition(">")
    source, _, part = place.partition("@")
    return {"source": source} | ({"at": part} if part else {}) | ({"repeats": repeats} if repeats else {})


def claim(cites: str, figures: Sequence[dict[str, Any]] = (), **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"says": "so", "cites": [*map(cite, cites.split())], "figures": [*figures], **more}


def figure(numbers: dict[str, Any], series: str = "loss/alone", date: str = "1930") -> dict[str, Any]:
    return {"series": series, "date": date, **numbers}


def evidence(
    *claims: dict[str, Any],
    sources: Sequence[dict[str, Any]] = SOURCES,
    observations: dict[str, Any] | None = None,
    cites: Sequence[dict[str, str]] = (),
) -> Evidence:
    """Weigh claims, each in an event of its own, and observations by their series, which all have the same cites."""
    named = [{"title": "A text", "kind": "book", **source} for source in sources]
    for source in named:
        source["outline"] = [{"title": "part", **part} for part in source.get("outline", ())]
    series = [
        {"label": f"{one['id']} deaths", "base": "all", "observations": (observations or {}).get(one["id"], []), **one}
        | {"cites": [*cites]}
        for one in SERIES
    ]
    other = [{"id": "alone", "label": "weight", "base": "what was weighed"}]
    document = {
        "title": "A record",
        "themes": [{"id": "life", "label": "Life"}],
        "sources": named,
        "events": [
            {"id": f"event-{place}", "date": str(1900 + place), "title": "It is", "themes": ["life"], "claims": [one]}
            for place, one in enumerate(claims)
        ],
        "measures": [
            {"id": "loss", "label": "Loss", "unit": "people", "series": series},
            {"id": "weight", "label": "Weight", "unit": "tonnes", "series": other},
        ],
    }
    timeline = read(json.dumps(document).encode(), "events.json")
    return Evidence(timeline, timeline.events)


def statuses(weighed: Evidence) -> list[str]:
    """Tell for each statement whether it is confirmed (+) and contradicted (-)."""
    return [
        "+" * weighed.confirmed(statement) + "-" * weighed.contradicted(statement) for statement in weighed.statements
    ]


ORIGINS = [
    ("first", "first", None),
    ("copy", "first", "first"),
    ("copy-of-copy", "first", "copy"),
    ("copy@own", "first", "first"),
    ("copy@other", "second", "second"),
    ("copy@other>third", "third", "third"),
    ("third>copy-of-copy", "first", "copy-of-copy"),
    ("first copy copy-of-copy third>copy", "first", None),
    ("first copy@other", "first second", None),
]


@pytest.mark.parametrize(("cites", "origins", "repeated"), ORIGINS)
def test_a_cited_place_counts_as_the_source_that_its_nearest_word_names(
    cites: str, origins: str, repeated: str | None
) -> None:
    weighed = evidence(claim(cites))
    (statement,) = weighed.statements
    assert statement.origins == {*origins.split()}
    assert weighed.confirmed(statement) is (" " in origins)
    source = weighed.repeats(statement.cites[0])
    assert (source and source.id) == repeated


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(0, 99), min_size=1, max_size=12))
def test_a_chain_of_repeats_is_followed_to_its_end(steps: list[int]) -> None:
    sources: list[dict[str, Any]] = []
    ends: list[str] = []
    for place, step in enumerate(steps):  # each source repeats one before it, or none
        before = [*range(place), None][step % (place + 1)]
        ends.append(f"source-{place}" if before is None else ends[before])
        sources.append({"id": f"source-{place}"} | ({} if before is None else {"repeats": f"source-{before}"}))
    weighed = evidence(*[claim(source["id"]) for source in sources], sources=sources[::-1])
    assert [statement.origins for statement in weighed.statements] == [{end} for end in ends]


FIVE, SIX = {"value": 5}, {"value": 6}
Case = tuple[str, dict[str, Any], str, dict[str, Any], list[str]]
WEIGHED: dict[str, Case] = {
    "of two origins, equal": ("first", figure(FIVE), "second", figure(FIVE), ["+", "+"]),
    "of two origins, unequal": ("first", figure(FIVE), "second", figure(SIX), ["-", "-"]),
    "of one origin, equal": ("first", figure(FIVE), "copy-of-copy", figure(FIVE), ["", ""]),
    "of one origin, unequal": ("first", figure(FIVE), "copy-of-copy", figure(SIX), ["", ""]),
    "with an origin in common": ("first second", figure(FIVE), "second third", figure(SIX), ["+", "+"]),
    "dates overlap": ("first", figure(FIVE, date="1930/1932"), "second", figure(SIX, date="1932/1933"), ["-", "-"]),
    "dates only touch": ("first", figure(FIVE, date="1930/1931"), "second", figure(SIX, date="1932/1933"), ["", ""]),
    "one date within the other": ("first", figure(FIVE), "second", figure(FIVE, date="1930-05-05"), ["+", "+"]),
    "another series": ("first", figure(FIVE), "second", figure(SIX, "loss/apart"), ["", ""]),
    "the same id in another measure": ("first", figure(FIVE), "second", figure(SIX, "weight/alone"), ["", ""]),
    "a shared scope": ("first", figure(FIVE, "loss/low"), "second", figure(SIX, "loss/high"), ["-", "-"]),
    "another scope": ("first", figure(FIVE), "second", figure(SIX, "loss/low"), ["", ""]),
    "a scope that is called as a series is": (
        "first", figure(FIVE), "second", figure(FIVE, "loss/namesake"), ["", ""],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WEIGHED.values(), ids=WEIGHED)
def test_numbers_are_weighed_by_origin_time_and_scope(case: Case) -> None:
    one, its, other, others, expected = case
    assert statuses(evidence(claim(one, [its]), claim(other, [others]))) == expected
    assert statuses(evidence(claim(other, [others]), claim(one, [its]))) == expected[::-1]


def test_one_claim_neither_confirms_nor_contradicts_itself() -> None:
    assert statuses(evidence(claim("first", [figure(FIVE), figure(FIVE), figure(SIX)]))) == [""]


CORRECTED: list[tuple[list[dict[str, Any]], list[str]]] = [  # claims, each followed by its correction; their statuses
    ([claim("first", correction=claim("second"))], ["-", ""]),
    ([claim("first", [figure(FIVE)], correction=claim("second", [figure(SIX)]))], ["-", ""]),
    ([claim("first", [figure(FIVE)], correction=claim("first", [figure(SIX)]))], ["-", ""]),
    ([claim("first", [figure(FIVE)], correction=claim("second")), claim("third", [figure(SIX)])], ["-", "", ""]),
    ([claim("first", [figure(FIVE)], correction=claim("second")), claim("third", [figure(FIVE)])], ["+-", "", ""]),
    (
        [claim("first", [figure(FIVE)], correction=claim("second", [figure(SIX)])), claim("third", [figure(SIX)])],
        ["-", "+", "+"],
    ),
    (
        [claim("first", [figure(FIVE)], correction=claim("second", [figure(SIX)])), claim("third", [figure(FIVE)])],
        ["+-", "-", "-"],
    ),
]


@pytest.mark.parametrize(("claims", "expected"), CORRECTED, ids=range(len(CORRECTED)))
def test_what_is_corrected_is_contradicted_and_weighs_on_nobody(
    claims: list[dict[str, Any]], expected: list[str]
) -> None:
    weighed = evidence(*claims)
    assert statuses(weighed) == expected
    assert [(one.wrong, one.right) for one in weighed.statements[:2]] == [(True, False), (False, True)]


OBSERVED: list[tuple[list[str], dict[str, list[dict[str, Any]]], str, list[str]]] = [
    (["first"], {"alone": [{"date": "1930", "value": 5}]}, "second", ["+", "+"]),
    (["first"], {"alone": [{"date": "1930", "value": 6}]}, "second", ["-", "-"]),
    (["first"], {"alone": [{"date": "1930", "value": 5}]}, "copy", ["", ""]),
    (["first"], {"alone": [{"date": "1930", "value": 5, "cites": [cite("second")]}]}, "copy", ["+", "+"]),
    ([], {"alone": [{"date": "1930", "value": 5}]}, "first", ["+", "+"]),
    ([], {"alone": [{"date": "1929", "value": 5}, {"date": "1929-06", "value": 6}]}, "first", ["", "", ""]),
    ([], {"alone": [{"date": "1929", "value": 5}, {"date": "1929-06", "value": 5}]}, "first", ["", "", ""]),
    ([], {"low": [{"date": "1930", "value": 5}], "high": [{"date": "1930", "value": 6}]}, "first", ["-", "-", ""]),
]


@pytest.mark.parametrize(("cites", "observations", "claimed", "expected"), OBSERVED, ids=range(len(OBSERVED)))
def test_an_observation_has_the_origin_of_its_cites_or_its_series_or_is_its_series_own(
    cites: list[str], observations: dict[str, Any], claimed: str, expected: list[str]
) -> None:
    weighed = evidence(claim(claimed, [figure(FIVE)]), observations=observations, cites=[*map(cite, cites)])
    assert statuses(weighed) == expected
    assert [one.event is None for one in weighed.statements] == [True] * (len(expected) - 1) + [False]


MEASURE = Measure.model_validate(
    {"id": "loss", "label": "Loss", "unit": "people", "series": [{"id": "all", "label": "all", "base": "who died"}]}
)
Given = dict[str, Any]


def number(numbers: Given, date: str = "1930", origins: str = "first") -> Number:
    quantity = Quantity.model_validate({"date": date, **numbers})
    return Number(quantity, MEASURE, MEASURE.series[0], Statement("so", (), frozenset(origins.split())))


RANGES: list[tuple[Given, tuple[float, float]]] = [
    ({"value": 62}, (61.5, 62.5)),
    ({"value": 73.3}, (73.25, 73.35)),
    ({"value": 0}, (-0.5, 0.5)),
    ({"value": -7.5}, (-7.55, -7.45)),
    ({"value": 25_000_000}, (24_999_999.5, 25_000_000.5)),
    ({"value": 123_456_789_012_345}, (123_456_789_012_344.5, 123_456_789_012_345.5)),
    ({"value": 0.1 + 0.2}, (0.25, 0.35)),
    ({"low": 5, "high": 7}, (5, 7)),
    ({"value": 6, "low": 5, "high": 7}, (5, 7)),
    ({"low": 5}, (5, inf)),
    ({"high": 5}, (-inf, 5)),
    ({"value": 6, "low": 5}, (5, 6.5)),
    ({"value": 6, "low": 0}, (0, 6.5)),
    ({"value": 6, "high": 6}, (5.5, 6)),
]


@pytest.mark.parametrize(("numbers", "expected"), RANGES, ids=str)
def test_a_number_may_mean_its_range_its_rounding_or_without_a_value_all_beyond_its_bound(
    numbers: Given, expected: tuple[float, float]
) -> None:
    assert number(numbers).range == expected


AGREEING: list[tuple[Given, Given, bool]] = [
    ({"value": 62}, {"value": 62}, True),
    ({"value": 62}, {"value": 62.4}, True),
    ({"value": 62}, {"value": 62.5}, True),
    ({"value": 62}, {"value": 62.6}, False),
    ({"value": 62}, {"value": 63}, False),
    ({"value": -62}, {"value": -63}, False),
    ({"value": 7.5}, {"value": 7.6}, False),
    ({"value": 1e17}, {"value": 1e17}, True),
    ({"value": 46}, {"low": 45.2, "high": 45.5}, True),
    ({"value": 46}, {"low": 45.2, "high": 45.4}, False),
    ({"low": 3, "high": 5}, {"low": 5, "high": 7}, True),
    ({"low": 3, "high": 5}, {"low": 5.1, "high": 7}, False),
    ({"value": 4, "low": 3, "high": 5}, {"value": 6, "low": 5, "high": 7}, True),
    ({"low": 5}, {"high": 5}, True),
    ({"low": 5}, {"high": 4.9}, False),
    ({"low": 5}, {"value": 1000}, True),
    ({"low": 5}, {"value": 4}, False),
    ({"high": 5}, {"value": -1000}, True),
    ({"low": 5}, {"low": 1000}, True),
    ({"value": 5, "low": 4}, {"value": 1000}, False),
    ({"value": 5, "high": 6}, {"value": -1000}, False),
    ({"value": 5, "low": 4}, {"value": 4}, True),
    ({"value": 5, "low": 4}, {"value": 6}, False),  # both ends are roundings
    ({"value": 5, "low": 4}, {"low": 5.5, "high": 7}, True),
    ({"value": 5, "low": 4}, {"value": 5}, True),
    ({"value": 1e17, "low": 5}, {"value": 1e17}, True),
]


@pytest.mark.parametrize(("one", "other", "expected"), AGREEING, ids=str)
def test_numbers_agree_where_there_is_one_that_both_may_mean(one: Given, other: Given, *, expected: bool) -> None:
    assert number(one).agrees(number(other)) is expected
    assert number(other).agrees(number(one)) is expected


@settings(deadline=None)
@given(st.integers(-(10**8), 10**8), st.integers(2, 8), st.integers(0, 5))
def test_rounding_holds_its_number_and_neither_neighbour(tens: int, last: int, places: int) -> None:
    unit = Decimal(1).scaleb(-places)
    middle = (10 * tens + last) * unit
    low, high = rounding(float(middle))
    assert (low, high) == (float(middle - unit / 2), float(middle + unit / 2))
    assert low < middle < high
    for neighbour in (middle - unit, middle + unit):
        assert not low <= neighbour <= high
        assert not number({"value": float(middle)}).agrees(number({"value": float(neighbour)}))


days = st.integers(0, 30).map(lambda day: f"1930-01-{day + 1:02}")
dates = st.builds(lambda one, other: f"{min(one, other)}/{max(one, other)}", days, days) | days | st.just("1930-01")
values = st.integers(-20, 20).map(lambda half: half / 2)
quantities = (
    st.builds(lambda value: {"value": value}, values)
    | st.builds(lambda one, other: {"low": min(one, other), "high": max(one, other)}, values, values)
    | st.builds(lambda low: {"low": low}, values)
    | st.builds(lambda high: {"high": high}, values)
    | st.builds(lambda one, other: {"value": max(one, other), "low": min(one, other)}, values, values)
    | st.builds(lambda one, other: {"value": min(one, other), "high": max(one, other)}, values, values)
)
origins = st.sampled_from(["first", "second", "third", "first second"])
numbers_ = st.builds(number, quantities, dates, origins)


@settings(deadline=None)
@given(numbers_.filter(lambda one: one.quantity.value is not None), numbers_)
def test_a_number_with_a_value_speaks_of_what_lies_around_it(one: Number, other: Number) -> None:
    value, (low, high) = one.quantity.value, one.range
    assert value is not None
    assert max(abs(low), abs(high)) < inf
    assert low <= value <= high
    assert one.agrees(other) or other.quantity.value != value


@settings(deadline=None)
@given(numbers_, numbers_)
def test_to_agree_to_meet_and_to_rival_are_mutual_and_nobody_is_his_own_rival(one: Number, other: Number) -> None:
    assert one.agrees(other) is other.agrees(one)
    assert one.meets(other) is other.meets(one)
    assert one.rivals(other) is other.rivals(one)
    assert one.agrees(one)
    assert one.meets(one)
    assert not one.rivals(one)
    assert not (one.rivals(other) and one.statement.origins & other.statement.origins)
    assert one.meets(other) or not one.rivals(other)


def chained(numbers: Sequence[Number]) -> set[frozenset[int]]:
    """Part numbers by their places: those that meet, and those that meet these, and so on."""
    parts = [{place} for place in range(len(numbers))]
    for one, other in combinations(range(len(numbers)), 2):
        if numbers[one].meets(numbers[other]):
            left, right = (next(part for part in parts if place in part) for place in (one, other))
            parts = [part for part in parts if part not in (left, right)] + [left | right]
    return {frozenset(part) for part in parts}


@settings(deadline=None)
@given(st.lists(st.builds(number, quantities, days | dates, origins), max_size=12))
def test_groups_part_numbers_into_whole_chains_of_overlapping_dates(numbers: list[Number]) -> None:
    place = {one: index for index, one in enumerate(numbers)}
    found = groups(numbers)
    assert {frozenset(place[one] for one in group.numbers) for group in found} == chained(numbers)
    assert Counter(one for group in found for one in group.numbers) == Counter(numbers)
    starts = [min(one.quantity.date.start for one in group.numbers) for group in found]
    assert starts == sorted(starts)
    for group in found:
        assert group.rivals is any(one.rivals(other) for one in group.numbers for other in group.numbers)
        assert group.rivals or not group.differ
        if len({one.statement.origins for one in group.numbers}) == 1:
            assert not group.rivals


def test_a_group_stands_in_the_order_of_what_its_numbers_say() -> None:
    in_order: list[Given] = [  # by the middle of a range, or the one bound
        {"value": -4},
        {"value": 2},
        {"high": 3},
        {"low": 1, "high": 7},
        {"value": 4, "high": 8.5},
        {"low": 9},
    ]
    turned = [number(each) for each in reversed(in_order)]
    (group,) = groups(turned)
    assert [*group.numbers] == turned[::-1]
    early, late = number(FIVE, "1930-01"), number(FIVE, "1930")
    assert groups([number(FIVE, "1930-03"), late, early])[0].numbers[:2] == (late, early)


GROUPED: list[tuple[list[tuple[str, str, Given]], str, bool, bool, bool]] = [  # dates, origins; words, rivals, differ
    ([("1930", "first", FIVE), ("1930", "second", FIVE)], "all, 1930", True, False, False),
    ([("1930", "first", FIVE), ("1930", "second", SIX)], "all, 1930", True, True, False),
    ([("1930", "first", FIVE), ("1930", "first", SIX)], "all, 1930", False, False, False),
    ([("1930", "first", FIVE), ("1930/1931", "second", {"value": 6, "unsure": True})], "all", True, True, True),
    # The first and last do not meet: what joins them is of the first's own origin.
    ([("1930", "a", FIVE), ("1930/1931", "a b", FIVE), ("1931", "b", SIX)], "all", False, False, False),
]


@pytest.mark.parametrize(("given_", "words", "rivals", "differ", "unsure"), GROUPED, ids=range(len(GROUPED)))
def test_a_group_tells_its_scope_whether_it_has_rivals_and_whether_they_differ(
    given_: list[tuple[str, str, Given]], words: str, *, rivals: bool, differ: bool, unsure: bool
) -> None:
    (group,) = groups([number(numbers, date, origin) for date, origin, numbers in given_])
    assert (group.words, group.rivals, group.differ, group.unsure) == (words, rivals, differ, unsure)


SPANS: list[tuple[list[Given], list[Given], tuple[float, float] | None]] = [  # what stands, what is corrected; span
    ([{"value": 5}], [], (5, 5)),
    ([{"value": 5}, {"value": 3}, {"value": 4}], [], (3, 5)),
    ([{"low": 2, "high": 7}, {"value": 5}], [], (2, 7)),
    ([{"high": 2.7}, {"low": 8.7}], [], (2.7, 8.7)),
    ([{"value": -6, "low": -9}], [], (-9, -6)),
    ([{"value": 5}], [{"value": 50}, {"low": 1}], (5, 5)),
    ([], [{"value": 50}], None),
]


@pytest.mark.parametrize(("standing", "wrong", "span"), SPANS, ids=range(len(SPANS)))
def test_a_group_spans_from_the_least_to_the_greatest_number_that_is_named_and_not_corrected(
    standing: list[Given], wrong: list[Given], span: tuple[float, float] | None
) -> None:
    corrected = [replace(number(one), statement=Statement("so", (), frozenset(), wrong=True)) for one in wrong]
    (group,) = groups([*map(number, standing), *corrected])
    assert group.span == span


@settings(deadline=None)
@given(st.lists(st.builds(number, quantities), min_size=1, max_size=9))
def test_every_number_of_a_group_names_something_within_its_span(numbers: list[Number]) -> None:
    (group,) = groups(numbers)
    assert group.span is not None
    low, high = group.span
    assert -inf < low <= high < inf
    named = [(one.quantity.value, one.quantity.low, one.quantity.high) for one in numbers]
    assert {low, high} <= {end for ends in named for end in ends} - {None}
    assert all(low <= end <= high for ends in named for end in ends if end is not None)


def shown(found: Sequence[Group]) -> list[tuple[str, list[float | None]]]:
    return [(group.scope, [one.quantity.value for one in group.numbers]) for group in found]


CHAIN = [
    claim("first", [figure({"value": 1}, date="1930/1931")]),
    claim("second", [figure({"value": 2}, date="1931/1932")]),
    claim("third", [figure({"value": 3}, date="1932/1933"), figure({"value": 8}, "loss/high", "1932")]),
    claim("first", [figure({"value": 9}, date="1940")]),
    claim("first", [figure({"value": 7}, "weight/alone")]),
]


def test_an_event_shows_what_meets_its_own_figures_and_a_measure_the_whole_chain() -> None:
    weighed = evidence(*CHAIN)
    events = [statement.event for statement in weighed.statements if statement.event]
    loss, weight = (next(one.measure for one in weighed.statements[place].numbers) for place in (0, 4))
    assert [[shown(found) for found in weighed.of_event(event)] for event in events] == [
        [[("alone deaths", [1, 2])]],
        [[("alone deaths", [1, 2, 3])]],
        [[("alone deaths", [2, 3]), ("all", [8])]],  # another scope of the measure is set beside
        [],
        [],
    ]
    assert shown(weighed.of_measure(loss)) == [("alone deaths", [1, 2, 3]), ("alone deaths", [9]), ("all", [8])]
    assert shown(weighed.of_measure(weight)) == []


Lone = tuple[list[dict[str, Any]], dict[str, Any], list[tuple[str, list[float | None]]]]
BESIDE: dict[str, Lone] = {  # claims, observations; what is shown of the measure
    "all agree": (
        [claim("first", [figure(FIVE), figure(SIX, "loss/apart")]), claim("second", [figure(FIVE)])], {},
        [("alone deaths", [5, 5])],
    ),
    "a claim's": (
        [claim("first", [figure(FIVE), figure(SIX, "loss/apart")]), claim("second", [figure(SIX)])], {},
        [("alone deaths", [5, 6]), ("apart deaths", [6])],
    ),
    "a correction's": (
        [claim("first", [figure(FIVE)], correction=claim("third", [figure(SIX, "loss/low")])),
         claim("second", [figure(SIX)])], {},
        [("alone deaths", [5, 6]), ("all", [6])],
    ),
    "of another time": (
        [claim("first", [figure(FIVE), figure(SIX, date="1940")]), claim("second", [figure(SIX)])], {},
        [("alone deaths", [5, 6]), ("alone deaths", [6])],
    ),
    "a series' own": (
        [claim("first", [figure(FIVE)]), claim("second", [figure(SIX)])],
        {"apart": [{"date": "1930", "value": 9}], "alone": [{"date": "1940", "value": 9}]},
        [("alone deaths", [5, 6])],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("claims", "observations", "expected"), BESIDE.values(), ids=BESIDE)
def test_beside_numbers_that_differ_stand_those_of_the_measure_that_a_claim_gives_alone(
    claims: list[dict[str, Any]], observations: dict[str, Any], expected: list[tuple[str, list[float | None]]]
) -> None:
    weighed = evidence(*claims, observations=observations, cites=[cite("third")])
    measure = next(number.measure for one in weighed.statements for number in one.numbers)
    assert shown(weighed.of_measure(measure)) == expected


def test_a_scope_has_its_own_name_or_that_of_its_series() -> None:
    two = claim("second", [figure(SIX, f"loss/{one}") for one in ("high", "alone", "namesake")])
    weighed = evidence(claim("first", [figure(FIVE, f"loss/{one}") for one in ("low", "alone", "namesake")]), two)
    found = weighed.of_measure(weighed.statements[0].numbers[0].measure)
    assert shown(found) == [("all", [5, 6]), ("alone deaths", [5, 6]), ("alone", [5, 6])]
    assert len({scope(one) for statement in weighed.statements for one in statement.numbers}) == 3


QUESTIONS: list[tuple[list[str | None], dict[str, list[str]]]] = [
    ([], {}),
    ([None, None], {}),
    (["Why?"], {}),
    (["Why?", "How?"], {}),
    (["Why?", "How?", "Why?", None, "Why?"], {"Why?": ["event-0", "event-2", "event-4"]}),
    (["Why?", "why?"], {}),
]


@pytest.mark.parametrize(("asked", "expected"), QUESTIONS, ids=str)
def test_a_question_is_one_that_several_claims_answer(asked: list[str | None], expected: dict[str, list[str]]) -> None:
    weighed = evidence(*[claim("first", question=question, correction=claim("second")) for question in asked])
    answers = {question: [one.event and one.event.id for one in said] for question, said in weighed.questions.items()}
    assert answers == expected


claims_ = st.lists(
    st.tuples(st.sampled_from(["first", "second", "third"]), values, st.sampled_from(["1930", "1931", "1930/1931"])),
    min_size=1,
    max_size=6,
)


def of(cited: str, value: float, date: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return claim(cited, [figure({"value": value}, date=date)], **more)


@settings(deadline=None, max_examples=50)
@given(claims_)
def test_a_text_that_repeats_another_changes_nothing_for_anybody(claims: list[tuple[str, float, str]]) -> None:
    before = statuses(evidence(*[of(*one) for one in claims]))
    twice = evidence(*[of(*one) for one in claims], *[of(f"copy>{one[0]}", *one[1:]) for one in claims])
    assert statuses(twice) == before + before


@settings(deadline=None, max_examples=50)
@given(claims_, values, values)
def test_what_a_corrected_claim_says_makes_no_difference_to_others(
    claims: list[tuple[str, float, str]], one: float, other: float
) -> None:
    corrected = [
        [*(of(*each) for each in claims), of("second", value, "1930", correction=claim("third"))]
        for value in (one, other)
    ]
    first, last = (statuses(evidence(*each)) for each in corrected)
    assert first[:-2] == last[:-2] == statuses(evidence(*[of(*each) for each in claims]))
    assert "-" in first[-2]


def test_numbers_are_weighed_against_those_of_their_time_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Number] = []
    rivals = Number.rivals

    def counted(one: Number, other: Number) -> bool:
        asked.append(other)
        return rivals(one, other)

    monkeypatch.setattr(Number, "rivals", counted)
    years = [{"date": str(year), "value": 1} for year in range(1000, 1400)]
    assert statuses(evidence(observations={"alone": years}, cites=[cite("first")])) == [""] * len(years)
    assert len(asked) == 2 * len(years)  # each of itself, once for either status
