"""Ticks of the time axis stand at round places, apart, and say no more than where they are."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.dates import civil, parse
from timeline.ticks import DAYS, ROOM, YEARS, named, ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

CASES = [
    ("1918/1941", 880, ["1918", "1920", "1922"], "1942"),
    ("1918/1941", 300, ["1920", "1930", "1940"], "1940"),
    ("1929/1933", 880, ["Jan 1929", "Jul 1929"], "Jan 1934"),
    ("1932-08", 880, ["1 Aug 1932", "8 Aug 1932", "15 Aug 1932"], "1 Sep 1932"),
    ("1930-03-02/1930-03-08", 880, ["2 Mar 1930", "3 Mar 1930"], "9 Mar 1930"),
    ("-0044-01/-0042-12", 880, ["Jan 45 BC", "Apr 45 BC"], "Jan 42 BC"),
    ("-0003/0002", 500, ["4 BC", "3 BC", "2 BC", "1 BC", "1"], "3"),
    ("-0500/1900", 880, ["400 BC", "200 BC", "1", "200"], "1800"),
]


@pytest.mark.parametrize(("written", "width", "first", "last"), CASES)
def test_ticks_are_years_months_or_days_by_the_room_there_is(
    written: str, width: float, first: Sequence[str], last: str
) -> None:
    date = parse(written)
    labels = [label for _, label in ticks((date.start, date.end), width)]
    assert labels[: len(first)] == [*first]
    assert labels[-1] == last


@settings(deadline=None)
@given(st.floats(-100_000, 100_000), st.floats(1, 100_000), st.floats(200, 3000))
def test_ticks_are_in_the_window_in_order_and_have_room(start: float, days: float, width: float) -> None:
    window = (start, start + days)
    found = ticks(window, width)
    scale = width / days
    assert all(window[0] <= day <= window[1] for day, _ in found)
    assert len({label for _, label in found}) == len(found)
    for (one, _), (other, _) in pairwise(found):
        assert (other - one) * scale >= ROOM * 0.85  # months and years differ in length
    for day, label in found:
        year, month, number = civil(day)
        assert label.endswith(named(year))
        assert (" " in label) or (month, number) == (1, 1)


def test_steps_grow() -> None:
    assert sorted(YEARS) == [*YEARS]
    assert sorted(DAYS) == [*DAYS]
