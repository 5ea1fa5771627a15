"""One scale for rival numbers: its steps, and what is drawn on it."""

from __future__ import annotations

import re
from itertools import pairwise
from math import inf
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.disagreement import Group, Number, Statement
from timeline.document import Measure, Quantity
from timeline.limits import GREATEST, SMALLEST
from timeline.scale import TICKS, Scale

MEASURE = Measure.model_validate(
    {"id": "loss", "label": "Loss", "unit": "people", "series": [{"id": "all", "label": "all", "base": "who died"}]}
)
Given = dict[str, Any]


def number(numbers: Given) -> Number:
    quantity = Quantity.model_validate({"date": "1930", **numbers})
    return Number(quantity, MEASURE, MEASURE.series[0], Statement("so", (), frozenset()))


def scale(*each: Given) -> Scale:
    """Give a scale for numbers, each in a group of its own."""
    return Scale([Group(MEASURE, "all", (number(one),)) for one in each])


def values(*each: float) -> list[Given]:
    return [{"value": one} for one in each]


TICKED: list[tuple[list[Given], list[float]]] = [
    (values(62), [0, 20, 40, 60, 80]),
    (values(1, 5), [0, 1, 2, 3, 4, 5]),
    (values(5.1), [0, 2, 4, 6]),
    (values(7, 12), [0, 2.5, 5, 7.5, 10, 12.5]),
    (values(0.3), [0, 0.1, 0.2, 0.3]),
    (values(5e-5), [0, 1e-5, 2e-5, 3e-5, 4e-5, 5e-5]),
    (values(-3e-5), [-3e-5, -2e-5, -1e-5, 0]),
    (values(2.5e-6), [0, 5e-7, 1e-6, 1.5e-6, 2e-6, 2.5e-6]),
    (values(5 + 1e-12), [0, 1, 2, 3, 4, 5]),
    (values(2_500_000_001), [0, 1e9, 2e9, 3e9]),
    (values(12_345_678_901), [0, 2.5e9, 5e9, 7.5e9, 1e10, 1.25e10]),
    (values(0), [0, 1]),
    (values(GREATEST, -GREATEST), [-1e100, -5e99, 0, 5e99, 1e100]),
    (values(SMALLEST), [0, 2e-101, 4e-101, 6e-101, 8e-101, 1e-100]),
    (values(-62), [-80, -60, -40, -20, 0]),
    (values(-3, 8), [-5, -2.5, 0, 2.5, 5, 7.5, 10]),
    (values(-0.1, 4.9), [-1, 0, 1, 2, 3, 4, 5]),
    ([{"low": 0, "high": 0}], [0, 1]),
    ([{"low": -4}, {"high": 9}], [-5, 0, 5, 10]),
    ([{"value": 1, "low": 0, "high": 40}], [0, 10, 20, 30, 40]),
]


@pytest.mark.parametrize(("numbers", "ticks"), TICKED, ids=range(len(TICKED)))
def test_a_scale_goes_in_round_steps_from_zero_to_what_no_number_exceeds(
    numbers: list[Given], ticks: list[float]
) -> None:
    assert scale(*numbers).ticks == ticks


DRAWN: list[tuple[Given, str]] = [  # on a scale from −20 to 80
    ({"value": 30}, "dot at:50"),
    ({"value": 0}, "dot at:20"),
    ({"low": 5, "high": 30}, "range from:25 to:50"),
    ({"low": 0, "high": 0}, "range from:20 to:20"),
    ({"value": 5, "low": -20, "high": 80}, "range from:0 to:100 dot at:25"),
    ({"low": 30}, "least from:50 to:100"),
    ({"high": 30}, "most from:0 to:50"),
    ({"high": 0}, "most from:0 to:20"),
    ({"value": 30, "low": 5}, "range from:25 to:50 dot at:50"),
    ({"value": 5, "high": 30}, "range from:25 to:50 dot at:25"),
]


@pytest.mark.parametrize(("numbers", "expected"), DRAWN, ids=str)
def test_a_number_is_drawn_as_a_bar_a_dot_or_a_bound(numbers: Given, expected: str) -> None:
    drawn = scale(*values(-20, 80)).bar(number(numbers))
    assert re.sub(r'<i class="(\w+)" style="--(.*?)%"></i>', r" \1 \2", drawn).replace("%;--", " ")[1:] == expected


finite = (
    st.floats(-GREATEST, GREATEST)
    | st.floats(-1e6, 1e6)
    | st.integers(-99, 99).map(float)
    | st.builds(lambda digits, power: float(f"{digits}e{power}"), st.integers(-99, 99), st.integers(-12, 12))
).filter(lambda one: one == 0 or abs(one) >= SMALLEST)
quantities = (
    st.builds(lambda one: {"value": one}, finite)
    | st.builds(lambda one, other: {"low": min(one, other), "high": max(one, other)}, finite, finite)
    | st.builds(lambda low: {"low": low}, finite)
    | st.builds(lambda high: {"high": high}, finite)
)


@settings(deadline=None)
@given(st.lists(quantities, min_size=1, max_size=5))
def test_a_scale_is_even_and_holds_zero_and_all_numbers_in_few_steps(numbers: list[Given]) -> None:
    ticks = scale(*numbers).ticks
    ends = [end for one in numbers for end in one.values()]
    first, last = ticks[0], ticks[-1]
    step = ticks[1] - first
    assert step > 0
    assert [later - earlier for earlier, later in pairwise(ticks)] == pytest.approx([step] * (len(ticks) - 1))
    assert re.fullmatch(r"(1|2|2\.5|5)\.?0*e[+-]\d+", f"{step:.5e}")
    assert 0 in ticks
    assert first <= min(ends) + 1e-8 * step
    assert last >= max(ends) - 1e-8 * step
    on = [[*one] in (["low"], ["high"]) for one in numbers].count(True) > 0  # a bound has a step to run on
    assert 2 <= len(ticks) <= 1 + TICKS + (min(ends) < 0 < max(ends)) + 2 * on
    if any(ends):  # there is no step without a number
        assert first + (1 + on) * step > min(*ends, 0) - 1e-8 * step
        assert last - (1 + on) * step < max(*ends, 0) + 1e-8 * step


@pytest.mark.parametrize("numbers", [[{"low": 1.5}, {"value": 1}], [{"high": 0}, {"value": 5}], [{"high": -3}]])
def test_a_bound_is_seen_to_run_on(numbers: list[Given]) -> None:
    one = scale(*numbers)
    bound = next(iter(numbers[0].values()))
    assert 0 < float(one.at(bound)) < 100


@settings(deadline=None)
@given(st.lists(quantities, min_size=1, max_size=5), st.lists(finite | st.sampled_from([inf, -inf]), max_size=9))
def test_what_is_more_stands_no_less_far_on_between_nothing_and_all(numbers: list[Given], others: list[float]) -> None:
    one = scale(*numbers)
    asked = sorted([*others, *one.ticks, *(end for each in numbers for end in each.values())])
    places = [float(one.at(each)) for each in asked]
    assert places == sorted(places)
    assert all(0 <= place <= 100 for place in places)
    assert (one.at(one.ticks[0]), one.at(one.ticks[-1])) == ("0", "100")
    assert [float(one.at(tick)) for tick in one.ticks] == pytest.approx(
        [100 * count / (len(one.ticks) - 1) for count in range(len(one.ticks))], rel=1e-3
    )
