"""Rows and thresholds: where each event's mark and label stand, and from which zoom they have room.

A zoom is a scale in pixels per day. Everything that depends on the view is reduced to two numbers an event, so that
the browser only compares: a mark is drawn where its threshold is at most the present zoom, and so is a label. Labels
therefore never overlap, never go while zooming in and never jump while panning (*active ranges*: Been, Daiches and
Yap, "Dynamic Map Labeling", 2006).

Rows and sides are given out once, over all events, in :mod:`timeline.seating`. Any rows are drawn without overlaps, for
the rule in :mod:`timeline.threshold` sees to that; these show many labels.
"""

from __future__ import annotations

from collections import defaultdict
from math import inf
from typing import TYPE_CHECKING, Literal, NamedTuple
from zlib import crc32

from timeline.seating import ROWS, give_rows
from timeline.threshold import GAP, MARK, PAD, Seat, ratio, set_thresholds

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["GAP", "MARK", "PAD", "ROWS", "Entry", "Place", "Placement", "place", "priority", "thresholds", "zoom"]


class Entry(NamedTuple):
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


class Place(NamedTuple):
    """Where an event stands in its lane, and the zooms in px per day from which it is drawn; infinity is never."""

    row: int
    side: Literal["right", "left"]
    """Of the mark, for a label outside it."""
    mark_zoom: float
    label_zoom: float
    inside_zoom: float
    """The label stands inside its bar, at the left end of the visible part, from this zoom on."""
    tier: int = 0
    """0 for what has room for its label in an ordinary plot; all yield, mark and label, to those of a lower tier."""


class Placement(NamedTuple):
    """The places of a document's events."""

    places: tuple[Place, ...]
    """One for each entry, in the order of the entries."""
    rows: tuple[int, ...]
    """Rows of each lane, by the lane's number; 0 for a lane without entries."""
    order: tuple[int, ...]
    """Indices of the entries by rising tier and in it by falling priority, as the browser's rule takes them."""


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
        seats[index].rank, seats[index].importance = rank, entries[index].importance
        lanes[entries[index].lane].append(index)
    counts = [0] * (max(lanes, default=-1) + 1)
    for lane, members in lanes.items():
        counts[lane] = give_rows([seats[index] for index in members], period, rows)
    order.sort(key=lambda index: seats[index].tier)
    set_thresholds(((entries[index].lane, seats[index]) for index in order), period)
    return Placement(tuple(map(_place, seats)), tuple(counts), tuple(order))


def thresholds(entries: Sequence[Entry], places: Sequence[Place], *, period: tuple[float, float]) -> tuple[Place, ...]:
    """Return the places with the thresholds that they have when only these entries are drawn; rows and sides stay."""
    seats = [_seat(entry) for entry in entries]
    for seat, given in zip(seats, places, strict=True):
        seat.row, seat.left, seat.tier = given.row, given.side == "left", given.tier
    order = sorted(priority(entries), key=lambda index: seats[index].tier)
    set_thresholds(((entries[index].lane, seats[index]) for index in order), period)
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
    return Place(seat.row, "left" if seat.left else "right", seat.mark, seat.label, seat.inside, seat.tier)
