"""One scale for rival numbers, and a number's bar, dot or bound on it."""

from __future__ import annotations

from math import ceil, floor, inf, log10
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.disagreement import Group, Number

TICKS = 5
"""So many steps a scale has at the most; one more if it goes to both sides of zero."""
SLACK = 1e-9
"""So small a part of a step is what floats add to a number."""


class Scale:
    """From zero to a round number that none of the groups' numbers exceeds; below zero if any number is.

    What is given as at least, or at most, so much has a step beyond it to run on.
    """

    def __init__(self, groups: Sequence[Group]) -> None:
        quantities = [number.quantity for group in groups for number in group.numbers]
        ends = [end for one in quantities for end in (one.value, one.low, one.high) if end is not None]
        low, high = min(0.0, *ends), max(0.0, *ends)
        step = round_step((high - low) / TICKS) if high > low else 1.0
        first = floor(low / step + SLACK)
        last = max(ceil(high / step - SLACK), first + 1)
        bounds = [one for one in quantities if one.value is None and (one.low is None) is not (one.high is None)]
        last += any(one.low is not None and one.low > (last - SLACK) * step for one in bounds)
        first -= any(one.high is not None and one.high < (first + SLACK) * step for one in bounds)
        self.ticks = [float(f"{count * step:.10g}") for count in range(first, last + 1)]

    def at(self, number: float) -> str:
        """Return where a number stands, in per cent of the scale."""
        first, last = self.ticks[0], self.ticks[-1]
        return f"{(min(max(number, first), last) - first) / (last - first) * 100:.4g}"

    def bar(self, number: Number) -> Markup:
        """Return a number as drawn on the scale: its range as a bar, its value as a dot, a bound as a fading bar."""
        value, low, high = number.quantity.value, number.quantity.low, number.quantity.high
        drawn = Markup()
        if value is not None and (low is None) is not (high is None):
            low, high = (value, high) if low is None else (low, value)  # beyond its value it does not reach
        if low is not None or high is not None:
            kind = "range" if low is not None and high is not None else "least" if high is None else "most"
            ends = self.at(-inf if low is None else low), self.at(inf if high is None else high)
            drawn += Markup('<i class="{}" style="--from:{}%;--to:{}%"></i>').format(kind, *ends)
        if value is not None:
            drawn += Markup('<i class="dot" style="--at:{}%"></i>').format(self.at(value))
        return drawn


def round_step(least: float) -> float:
    """Return the smallest round number, 1, 2, 2.5 or 5 times a power of ten, that is no less."""
    power = 10.0 ** floor(log10(least))
    least *= 1 - SLACK / TICKS / 2  # all steps together fall short by less than a scale forgives
    return next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= least)
