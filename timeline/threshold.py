"""The rule from rows to thresholds: the zoom from which each mark of a row has room, and each label.

Written twice: here over all events, and in ``assets/threshold.js`` over those that pass a filter.
``tests/placement-cases.json`` holds both to the same numbers; what changes here changes there.

Tier by tier, marks take thresholds by falling priority: each yields to the marks before it, and to the labels of lower
tiers. Labels then yield to every mark that is drawn at their zoom, and to the labels before them. With extents that are
disjoint, the px between two drawn extents never fall as the zoom rises, and what a label claims never grows: so two
that are apart at a zoom are apart at every larger one, and one number is enough to say from where on both are drawn.

A scan from an event outwards ends at the first mark that is drawn wherever the event is: whatever is drawn beyond that
mark keeps clear of it, and so of the event. For the same reason it passes over marks that are drawn only where a nearer
one is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MARK = 24.0
"""Pixels that a mark claims each way (the least touch target), and the height of a row."""
GAP = 4.0
"""Pixels between a mark's drawn end and its label."""
PAD = 14.0
"""Pixels that a label keeps free beyond its far end."""


@dataclass(slots=True, eq=False)
class Seat:
    """An entry in its row: its extent in days (a symbol's is one moment), its label's claim in px, its thresholds."""

    first: float
    middle: float
    last: float
    need: float
    """What a label outside the mark claims beyond the drawn end, gap and pad included; 0 without a label."""
    inside: float
    left: bool = False
    row: int = 0
    tier: int = 0
    """0 for marks among marks; a late event has the step at which room was found for it."""
    importance: int = 0
    rank: int = 0
    """Place by falling priority."""
    mark: float = inf
    label: float = inf


@dataclass(slots=True)
class Row:
    """The seats of one row by rising position."""

    seats: list[Seat] = field(default_factory=list)
    middles: list[float] = field(default_factory=list)

    def add(self, seat: Seat) -> None:
        """Put a seat in its position."""
        index = bisect_left(self.middles, seat.middle)
        self.middles.insert(index, seat.middle)
        self.seats.insert(index, seat)

    def parted(self, seat: Seat, most: float = inf) -> float:
        """Return the zoom from which another mark would be clear of its neighbours, or ``most`` if it is no less."""
        index = bisect_left(self.middles, seat.middle)
        before, after = index > 0, index < len(self.seats)
        # Of most rows the middles alone tell that it is no less, sooner than all of the rule does.
        if before and most * (seat.middle - self.middles[index - 1]) <= MARK:
            return most
        if after and most * (self.middles[index] - seat.middle) <= MARK:
            return most
        parted = clear(self.seats[index - 1], seat, 0.0) if before else 0.0
        return min(most, max(parted, clear(seat, self.seats[index], 0.0)) if after else parted)


def set_thresholds(seats: Iterable[tuple[int, Seat]], period: tuple[float, float]) -> None:
    """Set the thresholds of seats given with their lanes by rising tier, and in it by falling priority."""
    rows: defaultdict[tuple[int, int], list[Seat]] = defaultdict(list)
    for lane, seat in seats:
        seat.mark = seat.label = inf
        rows[lane, seat.row].append(seat)
    for row in rows.values():
        drawn = Row()
        for _, tier in groupby(row, key=lambda seat: seat.tier):
            members = list(tier)
            for seat in members:
                _set_mark(seat, drawn)
            for seat in members:
                _set_label(seat, drawn, period)


def _set_mark(seat: Seat, drawn: Row) -> None:
    """Give a mark the zoom from which it is clear of the marks drawn so far and of their labels, and draw it."""
    index = bisect_left(drawn.middles, seat.middle)
    mark = 0.0
    for after in (True, False):
        least = inf
        for at in range(index, len(drawn.seats)) if after else range(index - 1, -1, -1):
            other = drawn.seats[at]
            if other.mark >= least:
                continue
            least = other.mark
            parted = clear(seat, other, 0.0) if after else clear(other, seat, 0.0)
            if parted > mark and parted > other.mark:
                mark = parted
            if other.left is after and other.label < inf:
                parted = apart(seat, other, other) if after else apart(other, seat, other)
                if parted > mark and parted > other.label:
                    mark = parted
            if other.mark <= mark:
                break
    seat.mark = mark
    if mark < inf:
        drawn.middles.insert(index, seat.middle)
        drawn.seats.insert(index, seat)


def _set_label(seat: Seat, drawn: Row, period: tuple[float, float]) -> None:
    """Give a label the zoom from which it is clear of every mark, and of every label before it."""
    if not seat.need or seat.mark == inf:
        return
    index = bisect_left(drawn.middles, seat.middle)
    label = max(seat.mark, within(seat, period))
    for at in range(index - 1, -1, -1) if seat.left else range(index + 1, len(drawn.seats)):
        other = drawn.seats[at]
        pair = (other, seat) if seat.left else (seat, other)
        parted = apart(*pair, seat)
        if parted > label and parted > other.mark:
            label = parted
        if other.left is not seat.left and other.label < inf:
            parted = apart(*pair, seat, other)
            if parted > label and parted > other.label:
                label = parted
        if other.mark <= label:
            break
    seat.label = label


def clear(before: Seat, after: Seat, px: float) -> float:
    """Return the zoom from which so many px lie between two drawn extents, which are never narrower than a mark."""
    middles, between = after.middle - before.middle, after.first - before.last
    if between == middles:  # two symbols
        return (px + MARK) / middles if middles > 0 else inf
    half = min(after.middle - before.last, after.first - before.middle)  # no less than what is between
    if between < 0 or half <= 0 or (between == 0 and px > 0):
        return inf
    parted = max((px + MARK) / middles, (px + MARK / 2) / half)
    return max(parted, px / between) if px else parted


def apart(before: Seat, after: Seat, *labelled: Seat) -> float:
    """Return the zoom from which two neighbours are apart with the labels of those named that stand between them.

    A label claims nothing beyond its bar once it stands inside, so each way of standing has its own least zoom.
    """
    outer = before.need if before in labelled and not before.left else 0.0
    inner = after.need if after in labelled and after.left else 0.0
    parted = clear(before, after, outer + inner)
    if outer and before.inside < parted:
        parted = min(parted, max(before.inside, clear(before, after, inner)))
    if inner and after.inside < parted:
        parted = min(parted, max(after.inside, clear(before, after, outer)))
    both = max(before.inside, after.inside)
    if outer and inner and both < parted:
        parted = max(both, clear(before, after, 0.0))
    return parted


def within(seat: Seat, period: tuple[float, float]) -> float:
    """Return the zoom from which a label stands between the period's ends."""
    px = seat.need - PAD
    if seat.left:
        outside = max(ratio(px + MARK / 2, seat.middle - period[0]), ratio(px, seat.first - period[0]))
    else:
        outside = max(ratio(px + MARK / 2, period[1] - seat.middle), ratio(px, period[1] - seat.last))
    return min(seat.inside, outside)


def ratio(px: float, days: float) -> float:
    """Return the zoom at which so many days are so many px wide."""
    if days > 0:
        return px / days
    return 0.0 if days == 0 and px == 0 else inf
