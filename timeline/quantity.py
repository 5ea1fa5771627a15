"""Numbers in words: as plain as they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.words import say

if TYPE_CHECKING:
    from timeline.document import Quantity


def plain(number: float) -> str:
    """Return a number as it is written: with commas, a true minus, and no more digits than it has.

    >>> plain(25_000_000.0), plain(61.5), plain(-7.5)
    ('25,000,000', '61.5', '−7.5')
    """
    return f"{number:,.15g}".replace("-", "−")


def worded(quantity: Quantity) -> str:
    """Return a quantity's number: a value, a range, a value with its range, or a bound."""
    value, low, high = quantity.value, quantity.low, quantity.high
    if low is not None and high is not None:
        extent = f"{plain(low)}–{plain(high)}"
    elif low is not None:
        extent = say("at_least", number=plain(low))
    else:
        extent = say("up_to", number=plain(high)) if high is not None else ""
    if value is None:
        return extent
    return f"{plain(value)} ({extent})" if extent else plain(value)
