"""Ticks of the time axis: years, months or days at round places, as many as have room.

``assets/ticks.js`` gives the same in the browser; a test holds the two to the same figure.
"""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from timeline.dates import civil, day_number
from timeline.member import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOM = 66.0
"""Pixels that a tick has for its label, at the least."""
YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
PARTS = (1, 3, 6)
"""Months from one tick to the next, where a year has more room than it needs."""
DAYS = (1, 2, 7, 14)
"""Days from one tick to the next, counted from the first of the month."""
YEAR, MONTH = 365.2425, 30.436875


def ticks(window: tuple[float, float], width: float) -> list[tuple[int, str]]:
    """Return the ticks in a window of day numbers and a plot's width in px: day number and label."""
    scale = width / (window[1] - window[0])
    days = next((step for step in DAYS if step * scale >= ROOM + 16), None)
    months = next((step for step in PARTS if step * MONTH * scale >= ROOM), None)
    if days and (days < 14 or not months):  # noqa: PLR2004 - a fortnight has less room than a month
        found = _days(window, days)
    elif months:
        found = _months(window, months)
    else:
        found = _years(window, next((step for step in YEARS if step * YEAR * scale >= ROOM), YEARS[-1]))
    return [(day, label) for day, label in found if window[0] <= day <= window[1]]


def _years(window: tuple[float, float], step: int) -> Iterator[tuple[int, str]]:
    first = floor(civil(window[0])[0] / step) * step
    for round_ in range(first, civil(window[1])[0] + step, step):
        year = round_ + (round_ <= 0 and step > 1)  # 1000 BC is the year -999, and there is no year 0
        yield day_number(year), named(year)


def named(year: int) -> str:
    """Return a year's number as historians count: before 1 comes 1 BC."""
    return str(year) if year > 0 else f"{1 - year} BC"


def _months(window: tuple[float, float], step: int) -> Iterator[tuple[int, str]]:
    for year in range(civil(window[0])[0], civil(window[1])[0] + 1):
        for month in range(1, 13, step):
            yield day_number(year, month), f"{MONTHS[month - 1][:3]} {named(year)}"


def _days(window: tuple[float, float], step: int) -> Iterator[tuple[int, str]]:
    for year in range(civil(window[0])[0], civil(window[1])[0] + 1):
        for month in range(1, 13):
            last = 29 if step > 1 else 31  # the next month's first follows too closely otherwise
            for day in range(1, last, step):
                number = day_number(year, month, day)
                if window[0] - 1 <= number <= window[1] and civil(number)[1] == month:
                    yield number, f"{day} {MONTHS[month - 1][:3]} {named(year)}"
