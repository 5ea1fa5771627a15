"""Rows and thresholds: where each event's mark and label stand, and from which zoom they have room.

A zoom is a scale in pixels per day. Everything that depends on the view is reduced to two numbers an event, so that
the browser only compares: a mark is drawn where its threshold is at most the present zoom, and so is a label. Labels
therefore never overlap, never go while zooming in and never jump while panning (*active ranges*: Been, Daiches and
Yap, "Dynamic Map Labeling", 2006).

Rows and sides are given out here, once, over all events. Any rows are drawn without overlaps, for the rule in
:mod:`timeline.threshold` sees to that; these show many labels.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Literal
from zlib import crc32

from timeline.threshold import GAP, MARK, PAD, Row, Seat, apart, clear, ratio, set_thresholds, within

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["GAP", "MARK", "PAD", "Entry", "Place", "Placement", "place", "priority", "thresholds", "zoom"]

ROWS = 18
"""Rows of a lane at the most; with ten, the fullest lane of the shipped record hides labels of its chief events."""
LADDER = (285.0, 570.0, 855.0, 1710.0)
"""Widths in pixels of the whole period at which rows are given out, narrow plots first."""
OPENING = 855.0
"""The step from which a label without room opens another row: in an ordinary plot all labels are to be read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What placement knows of an event: its extent in day numbers within the period, and its label's width in px."""

    id: str
    lane: int
    start: float
    end: float
    point: bool
    """Drawn as a symbol in the middle of the extent, else as a bar from start to end."""
    importance: int
    width: float
    """0 for an event without a label."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event stands in its lane, and the zooms in px per day from which it is drawn; infinity is never."""

    row: int
    side: Literal["right", "left"]
    """Of the mark, for a label outside it."""
    mark_zoom: float
    label_zoom: float
    inside_zoom: float
    """The label stands inside its bar, at the left end of the visible part, from this zoom on."""


@dataclass(frozen=True, slots=True)
class Placement:
    """The places of a document's events."""

    places: tuple[Place, ...]
    """One for each entry, in the order of the entries."""
    rows: tuple[int, ...]
    """Rows of each lane, by the lane's number; 0 for a lane without entries."""
    order: tuple[int, ...]
    """Indices of the entries by falling priority, as the browser's rule takes them."""


def zoom(days: float, width: float) -> float:
    """Return the scale in px per day of a window of so many days in a plot of so many px."""
    return width / days


def place(entries: Sequence[Entry], *, period: tuple[float, float], rows: int = ROWS) -> Placement:
    """Give every entry a row, a side and its thresholds; the order in which entries are listed changes nothing.

    Ids are unique, extents lie within the period, and the period's start is before its end. No lane gets more than so
    many rows; an entry for whose mark none of them has room is never drawn, and still has a row to be drawn in when a
    filter empties it.
    """
    order = priority(entries)
    lanes: defaultdict[int, list[int]] = defaultdict(list)
    seats = [_seat(entry) for entry in entries]
    for rank, index in enumerate(order):
        seats[index].rank = rank
        lanes[entries[index].lane].append(index)
    counts = [0] * (max(lanes, default=-1) + 1)
    for lane, members in lanes.items():
        counts[lane] = _give_rows([seats[index] for index in members], period, rows)
    set_thresholds(((entries[index].lane, seats[index]) for index in order), period)
    return Placement(tuple(map(_place, seats)), tuple(counts), tuple(order))


def thresholds(entries: Sequence[Entry], places: Sequence[Place], *, period: tuple[float, float]) -> tuple[Place, ...]:
    """Return the places with the thresholds that they have when only these entries are drawn; rows and sides stay."""
    seats = [_seat(entry) for entry in entries]
    for seat, given in zip(seats, places, strict=True):
        seat.row, seat.left = given.row, given.side == "left"
    set_thresholds(((entries[index].lane, seats[index]) for index in priority(entries)), period)
    return tuple(map(_place, seats))


def priority(entries: Sequence[Entry]) -> list[int]:
    """Return indices by falling importance; ties by a hash of the id, so that no place in the alphabet is favoured."""

    def key(index: int) -> tuple[int, int, str]:
        entry = entries[index]
        return -entry.importance, crc32(entry.id.encode()), entry.id

    return sorted(range(len(entries)), key=key)


def _seat(entry: Entry) -> Seat:
    middle = (entry.start + entry.end) / 2
    need = GAP + entry.width + PAD if entry.width > 0 else 0.0
    if entry.point:
        return Seat(middle, middle, middle, need, inf)
    inside = ratio(entry.width + 2 * GAP, entry.end - entry.start) if need else inf
    return Seat(entry.start, middle, entry.end, need, inside)


def _place(seat: Seat) -> Place:
    return Place(seat.row, "left" if seat.left else "right", seat.mark, seat.label, seat.inside)


# Until the thresholds are set, a seat's label is the scale at which room was promised to it.


def _give_rows(seats: list[Seat], period: tuple[float, float], limit: int) -> int:
    """Give the seats of one lane, by falling priority, their rows and sides; return how many rows it has.

    At each step of the ladder a label with room goes to the first such row and the others wait: an event whose label
    has no room would otherwise take a row's place with its mark.
    """
    rows = [Row()]
    waiting = seats
    for width in LADDER:
        scale = zoom(period[1] - period[0], width)
        most = limit if width >= OPENING else 1
        waiting = [seat for seat in waiting if not _seated(seat, rows, period, scale, most)]
    for seat in waiting:
        _squeeze(seat, rows, period, limit)
    return len(rows)


def _seated(seat: Seat, rows: list[Row], period: tuple[float, float], scale: float, most: int) -> bool:
    """Take the first row, or a new one, in which the label has room at this scale and no promise is broken."""
    number = next((number for number, row in enumerate(rows) if _has_room(seat, row, period, scale)), len(rows))
    if number == len(rows):
        if number >= most or _turn(seat, None, None, period) > scale:
            return False
        rows.append(Row())
    seat.row, seat.label = number, scale
    rows[number].add(seat)
    return True


def _has_room(seat: Seat, row: Row, period: tuple[float, float], scale: float) -> bool:
    before, after = row.neighbours(seat)
    return not _broken(seat, before, after) and _turn(seat, before, after, period) <= scale


def _squeeze(seat: Seat, rows: list[Row], period: tuple[float, float], limit: int) -> None:
    """Take the row in which the mark hides fewest marks for ever, breaks the least promise and has room earliest."""
    costs = [_cost(seat, row) for row in rows]
    if min(costs)[:2] > (0, 0.0) and len(rows) < limit:
        rows.append(Row())
        costs.append((0, 0.0, 0.0))
    seat.row = costs.index(min(costs))
    row = rows[seat.row]
    before, after = row.neighbours(seat)
    for other in _broken(seat, before, after):
        other.label = inf
    _turn(seat, before, after, period)
    if not costs[seat.row][0]:
        row.add(seat)


def _cost(seat: Seat, row: Row) -> tuple[int, float, float]:
    """Return marks hidden for ever, weight of a label put off, and zoom from which the mark is clear of neighbours."""
    before, after = row.neighbours(seat)
    parted = max(clear(before, seat, 0.0) if before else 0.0, clear(seat, after, 0.0) if after else 0.0)
    if parted == inf:
        covered = bisect_left(row.middles, seat.last) - bisect_left(row.middles, seat.first)
        return max(covered, 1), 0.0, parted
    put_off = max((1 / (1 + other.rank) for other in _broken(seat, before, after)), default=0.0)
    return 0, put_off, parted


def _broken(seat: Seat, before: Seat | None, after: Seat | None) -> list[Seat]:
    """Return the neighbours whose labels would lose the room promised to them if the seat's mark stood between."""
    broken = []
    if before and apart(before, seat, before) > before.label:
        broken.append(before)
    if after and apart(seat, after, after) > after.label:
        broken.append(after)
    return broken


def _turn(seat: Seat, before: Seat | None, after: Seat | None, period: tuple[float, float]) -> float:
    """Turn the label to the right or the left; return from which zoom it has room there.

    Left is for what has room there a full octave earlier, and on the right none yet in an ordinary plot.
    """
    labels = [seat, *(other for other in (before, after) if other and other.label < inf)]
    zooms = []
    for seat.left in (False, True):
        label = within(seat, period) if seat.need else 0.0
        if before:
            label = max(label, apart(before, seat, *labels))
        if after:
            label = max(label, apart(seat, after, *labels))
        zooms.append(label)
    seat.left = zooms[False] > max(2 * zooms[True], zoom(period[1] - period[0], OPENING))
    return zooms[seat.left]
