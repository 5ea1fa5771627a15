"""Rows: which event stands in which row of its lane, so that many labels are to be read.

Room is promised at a few scales, at each of which an event is an interval of px: its mark, with its label or without.
What is apart at a scale stays apart at every larger one. In this order, by importance, of equals the smallest first:

1. Events whose label has room in an ordinary plot.
2. Events whose mark has room there between all these, in a row where the label soon has room as well. Bars go before
   symbols and long ones first, for what stands in a bar's days hides it for ever; but not where there are more of them
   than rows can hold, and each would hide many symbols. In narrower plots they yield to the first, with the mark too.
3. Late events, which have no room in an ordinary plot: they yield to those before them, with the mark too, and appear
   as the zoom rises, most with their labels. Otherwise the marks of a large document would leave no label at all.
"""

from __future__ import annotations

from bisect import bisect_left
from copy import copy
from math import ceil, inf
from typing import TYPE_CHECKING

from timeline.threshold import MARK, Row, within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from timeline.threshold import Seat

ROWS = 18
"""Rows of a lane at the most; with ten, the fullest lane of the shipped record hides labels of its chief events."""
ORDINARY = 855.0
"""Pixels of the whole period in a plot in which all labels are to be read, if there are rows enough."""
SOON = 2.0
"""Times the ordinary plot, at which the row of a mark is to have room for its label."""
LATE = (4.0, 16.0, 64.0, 256.0)
"""Times the ordinary plot, at which late events find room for their labels."""
DAYS = 16384.0
"""Pixels of the period at the scale at which it is asked what bars cover for ever."""
CELL = 16.0
"""Pixels of a cell of :class:`Shelf`."""
NEVER = len(LATE) + 3
"""Tier of what others hide for ever."""
PATIENCE = 500
"""Events that find no room one after another, after which the less urgent wait unasked: few of them would."""


class Shelf:
    """The rows of a lane at one scale, and what is taken of each, in px.

    A row is two lists, of where intervals begin and end. For each cell of a few px a number has a bit for each row of
    which the cell is taken whole: these tell at once which rows certainly have no room, and the lists decide.
    """

    def __init__(self, period: tuple[float, float], width: float) -> None:
        """Begin without rows, at the scale at which the period has a width in px."""
        self.start, self.scale = period[0], width / (period[1] - period[0])
        self.begins: list[list[float]] = []
        self.ends: list[list[float]] = []
        self.taken = [0] * (int(width / CELL) + 1)

    def copy(self) -> Shelf:
        """Return the rows as they are now."""
        other = copy(self)
        other.begins, other.ends = [[*row] for row in self.begins], [[*row] for row in self.ends]
        other.taken = [*self.taken]
        return other

    def open(self) -> None:
        """Add an empty row."""
        self.begins.append([])
        self.ends.append([])

    def take(self, row: int, begin: float, end: float) -> None:
        """Take an interval of a row, which has room for it."""
        at = bisect_left(self.begins[row], begin)
        self.begins[row].insert(at, begin)
        self.ends[row].insert(at, end)
        for cell in range(max(ceil(begin / CELL), 0), min(int(end / CELL), len(self.taken))):
            self.taken[cell] |= 1 << row

    def rows(self, begin: float, end: float) -> Iterator[int]:
        """Yield the rows that have room for an interval, from the first."""
        left = self._open(begin, end)
        while left:
            row = (left & -left).bit_length() - 1
            if self.free(row, begin, end):
                yield row
            left &= left - 1

    def first(self, begin: float, end: float) -> int | None:
        """Return the first row that has room for an interval; most events of a large document ask this alone."""
        left = self._open(begin, end)
        while left:
            row = (left & -left).bit_length() - 1
            begins = self.begins[row]
            at = bisect_left(begins, begin)
            if (at == len(begins) or begins[at] >= end) and (at == 0 or self.ends[row][at - 1] <= begin):
                return row
            left &= left - 1
        return None

    def _open(self, begin: float, end: float) -> int:
        """Return a bit for each row of which no cell of an interval is taken whole."""
        first, last = int(begin / CELL), ceil(end / CELL)
        taken = 0
        for cell in self.taken[max(0, first) : last]:
            taken |= cell
        return ((1 << len(self.begins)) - 1) & ~taken

    def free(self, row: int, begin: float, end: float) -> bool:
        """Tell whether a row has room for an interval."""
        begins = self.begins[row]
        at = bisect_left(begins, begin)
        return (at == 0 or self.ends[row][at - 1] <= begin) and (at == len(begins) or begins[at] >= end)

    def extent(self, seat: Seat) -> tuple[float, float]:
        """Return an event's days in px."""
        start, scale = self.start, self.scale
        return (seat.first - start) * scale, (seat.last - start) * scale

    def mark(self, seat: Seat) -> tuple[float, float]:
        """Return what a mark claims."""
        scale = self.scale
        middle, half = (seat.middle - self.start) * scale, (seat.last - seat.first) / 2 * scale
        half = max(half, MARK / 2)
        return middle - half, middle + half

    def claim(self, seat: Seat) -> tuple[float, float]:
        """Return what a mark and its label claim."""
        begin, end = self.mark(seat)
        if self.scale >= seat.inside:
            return begin, end
        return (begin - seat.need, end) if seat.left else (begin, end + seat.need)


def give_rows(seats: Sequence[Seat], period: tuple[float, float], limit: int) -> int:
    """Give the seats of one lane, by falling priority, their rows, sides and tiers; return how many rows it has."""
    lane = Lane(period, limit)
    waiting = lane.promise(sorted(seats, key=lane.urgency))
    if sum(seat.last - seat.first for seat in seats) < limit / 2 * (period[1] - period[0]):
        bars = sorted((seat for seat in waiting if seat.first < seat.last), key=lambda seat: seat.first - seat.last)
        hidden = lane.squeeze(lane.fill(bars), 2)
        waiting = hidden + [seat for seat in waiting if seat.first == seat.last]
    waiting = lane.fill(waiting)
    for tier, times in enumerate(LATE, start=2):
        waiting = lane.add_late(waiting, tier, times)
    for seat in lane.squeeze(waiting, len(LATE) + 2):
        seat.row, seat.tier = seat.rank % len(lane.rows), NEVER
    return len(lane.rows)


class Lane:
    """The rows of one lane while they are given out; a seat's label is the scale at which it is promised room."""

    def __init__(self, period: tuple[float, float], limit: int) -> None:
        """Begin with one empty row; there will be no more than the limit."""
        self.period, self.limit = period, limit
        self.rows: list[list[Seat]] = [[]]
        self.tier = 0
        """Of what is seated now."""
        self.shelf, self.days = Shelf(period, ORDINARY), Shelf(period, DAYS)
        self.shelf.open()
        self.days.open()

    def urgency(self, seat: Seat) -> tuple[int, float, int]:
        """Return what orders the seats: importance, what is claimed in an ordinary plot, and priority."""
        seat.left = self._turned(seat)
        begin, end = self.shelf.claim(seat)
        return -seat.importance, end - begin, seat.rank

    def _turned(self, seat: Seat) -> bool:
        """Tell whether a label has room on the left sooner than on the right, and there none in an ordinary plot."""
        seat.left = False
        right = within(seat, self.period)
        seat.left = True
        return right > self.shelf.scale and right > within(seat, self.period)

    def promise(self, waiting: Sequence[Seat]) -> list[Seat]:
        """Promise room to labels in an ordinary plot, in a new row if need be; return those that wait."""
        return _others(waiting, lambda seat: self._add(seat, self.shelf) or self._open(seat))

    def _add(self, seat: Seat, shelf: Shelf) -> bool:
        """Take the first row in which the label has room on the side to which it is turned, else on the other."""
        first = seat.left
        for seat.left in (first, not first):
            claim = shelf.claim(seat)
            row = shelf.first(*claim)
            if row is not None and within(seat, self.period) <= shelf.scale:
                self._seat(seat, row, shelf.scale)
                shelf.take(row, *claim)
                return True
        seat.left = first
        return False

    def _open(self, seat: Seat, *, bare: bool = False) -> bool:
        """Take a new row, if there may be one and the label, unless it is bare, has room in it."""
        if len(self.rows) == self.limit or not (bare or within(seat, self.period) <= self.shelf.scale):
            return False
        self.rows.append([])
        self.shelf.open()
        self.days.open()
        self._seat(seat, len(self.rows) - 1, inf if bare else self.shelf.scale)
        self.shelf.take(seat.row, *(self.shelf.mark(seat) if bare else self.shelf.claim(seat)))
        return True

    def fill(self, waiting: Sequence[Seat]) -> list[Seat]:
        """Seat marks that have room in an ordinary plot between the labels promised; return those that wait.

        Late bars may stand there already: they yield, but for their days.
        """
        self.tier, soon = 1, self._shelf(SOON)
        waiting = _others(waiting, lambda seat: self._fit(seat, soon))
        return _others(waiting, lambda seat: self._fit(seat, None) or self._open(seat, bare=True))

    def _fit(self, seat: Seat, soon: Shelf | None) -> bool:
        mark, extent = self.shelf.mark(seat), self.days.extent(seat)
        for row in self.shelf.rows(*mark):
            if self.days.free(row, *extent) and (soon is None or self._has_room(seat, soon, row)):
                self._seat(seat, row, soon.scale if soon else inf)
                self.shelf.take(row, *mark)
                if soon:
                    soon.take(row, *soon.claim(seat))
                return True
        return False

    def _has_room(self, seat: Seat, shelf: Shelf, row: int) -> bool:
        """Tell whether a label has room in a row, and turn it to the side where it has."""
        first = seat.left
        for seat.left in (first, not first):
            if within(seat, self.period) <= shelf.scale and shelf.free(row, *shelf.claim(seat)):
                return True
        seat.left = first
        return False

    def add_late(self, waiting: Sequence[Seat], tier: int, times: float) -> list[Seat]:
        """Seat events whose labels have room when the period has many times the ordinary width; return the others."""
        self.tier, shelf = tier, self._shelf(times)
        return _others(waiting, lambda seat: self._add(seat, shelf), self._seen)

    def _seen(self, waiting: Iterator[Seat]) -> Iterator[Seat]:
        """Yield all but those in whose days others stand now in every row; these have the row that chance gives."""
        days = self.days.copy()  # looked at when an event is asked, for most are not
        for seat in waiting:
            if days.first(*days.extent(seat)) is None:
                seat.row, seat.tier = seat.rank % len(self.rows), NEVER
            else:
                yield seat

    def squeeze(self, waiting: Sequence[Seat], tier: int) -> list[Seat]:
        """Seat each in the row where its mark is clear soonest; return those that would be hidden for ever."""
        self.tier, hidden = tier, []
        order = [Row() for _ in self.rows]
        for row, seats in zip(order, self.rows, strict=True):
            for seat in seats:
                row.add(seat)
        for seat in waiting:
            least, number = inf, 0
            for other in self.days.rows(*self.days.extent(seat)):
                parted = order[other].parted(seat, least)
                if parted < least:
                    least, number = parted, other
            if least == inf:
                hidden.append(seat)
            else:
                self._seat(seat, number, inf)
                order[number].add(seat)
        return hidden

    def _seat(self, seat: Seat, row: int, scale: float) -> None:
        seat.row, seat.label, seat.tier = row, scale, self.tier
        self.rows[row].append(seat)
        self.days.take(row, *self.days.extent(seat))

    def _shelf(self, times: float) -> Shelf:
        """Return the rows as they are at many times the ordinary scale."""
        shelf = Shelf(self.period, times * ORDINARY)
        for row, seats in enumerate(self.rows):
            shelf.open()
            for seat in seats:
                shelf.take(row, *(shelf.claim(seat) if seat.label < inf else shelf.mark(seat)))
        return shelf


def _others(
    waiting: Sequence[Seat],
    seated: Callable[[Seat], bool],
    asked: Callable[[Iterator[Seat]], Iterator[Seat]] = iter,
) -> list[Seat]:
    """Try to seat those that are asked; return those that find no room, or are no longer asked."""
    others: list[Seat] = []
    in_vain, left = 0, iter(waiting)
    for seat in asked(left):
        if seated(seat):
            in_vain = 0
            continue
        others.append(seat)
        in_vain += 1
        if in_vain == PATIENCE:
            break
    return [*others, *left]
