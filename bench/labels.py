"""Labels shown in the opening view, against the best of many random orders into the same number of rows.

    python bench/labels.py events.json       # a document
    python bench/labels.py                   # generated sets of 60, 96, 300 and 1,000 events in four lanes
    python bench/labels.py --entries 10000 --orders 0   # one generated set, timed, without the rival

Prints one line a set, with how many labels are in sight before the page is scrolled. The rival places labels only, at
the one scale that is measured; ours draws marks between them too, and holds at every other scale.
"""

from __future__ import annotations

import argparse
import random
import time
from bisect import bisect_left
from pathlib import Path
from typing import TYPE_CHECKING

from timeline import load
from timeline.metrics import text_width
from timeline.placement import GAP, MARK, PAD, Entry, Place, Placement, place, zoom
from timeline.plan import plan
from timeline.shapes import LANE_GAP, LANE_LEAST, LANE_PAD

if TYPE_CHECKING:
    from collections.abc import Sequence

PLOT = 880.0
"""Width in px of the plot at 1,280 px."""
SIGHT = 440.0
"""Height in px of the chart that is in sight in a window of 800 px."""
SHARE = 0.85
WORDS = ("grain", "quota", "order", "of", "village", "decree", "famine", "committee", "plan", "first", "harvest", "law")


def generated(count: int, seed: int = 0) -> tuple[list[Entry], tuple[float, float]]:
    """Entries like the shipped ones: 24 years, crowded in the middle, three in five of them moments."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    period = (0.0, 24 * 365.25)
    entries = []
    for number in range(count):
        start = chance.gauss(0.5, 0.15) if chance.random() < 0.5 else chance.random()  # noqa: PLR2004
        days = 0.0 if chance.random() < 0.6 else chance.choice((30, 91, 365, 730, 1461))  # noqa: PLR2004
        first = min(max(start, 0.0), 1.0) * (period[1] - days)
        label = " ".join(chance.choices(WORDS, k=chance.randint(2, 5)))
        width, importance = text_width(label), chance.randint(1, 5)
        entries.append(Entry(f"event-{number}", number % 4, first, first + days, days == 0.0, importance, width))
    return entries, period


def read(path: Path) -> tuple[list[Entry], tuple[float, float]]:
    """Return the entries of a document's events, those within the period that it shows."""
    drawn = plan(load(path))
    return [entry for entry, given in zip(drawn.entries, drawn.places, strict=True) if given], drawn.period


def shown(places: Sequence[Place], scale: float) -> int:
    """How many labels a placement shows at a scale."""
    return sum(one.label_zoom <= scale for one in places)


def in_sight(entries: Sequence[Entry], placement: Placement, scale: float) -> int:
    """How many of these labels stand in rows that are in sight before the page is scrolled."""
    tops, top = [], 0.0
    for rows in placement.rows:
        tops.append(top + LANE_PAD)
        top += max(LANE_LEAST, 2 * LANE_PAD + MARK * rows) + LANE_GAP if rows else 0.0
    return sum(
        one.label_zoom <= scale and tops[entry.lane] + MARK * (one.row + 1) <= SIGHT
        for entry, one in zip(entries, placement.places, strict=True)
    )


def best_of(
    entries: Sequence[Entry], rows: Sequence[int], period: tuple[float, float], scale: float, orders: int
) -> int:
    """Most labels that random orders show, each label in the first row and on the first side with room."""
    total = 0
    for lane, count in enumerate(rows):
        chance = random.Random(lane)  # noqa: S311 - nothing secret is drawn
        ways = [_ways(entry, period, scale) for entry in entries if entry.lane == lane]
        most = 0
        for _ in range(orders):
            chance.shuffle(ways)
            most = max(most, _filled(ways, count))
        total += most
    return total


def _ways(entry: Entry, period: tuple[float, float], scale: float) -> list[tuple[float, float]]:
    """Return what mark and label may claim at a scale, in px: right, left or inside."""
    start, end = ((day - period[0]) * scale for day in (entry.start, entry.end))
    half = MARK / 2 if entry.point else max(MARK / 2, (end - start) / 2)
    left, right = (start + end) / 2 - half, (start + end) / 2 + half
    if not entry.point and end - start >= entry.width + 2 * GAP:
        return [(left, right)]
    width = GAP + entry.width
    ways = []
    if right + width <= (period[1] - period[0]) * scale:
        ways.append((left, right + width + PAD))
    if left - width >= 0:
        ways.append((left - width - PAD, right))
    return ways


def _filled(ways: Sequence[Sequence[tuple[float, float]]], count: int) -> int:
    """How many find room in so many rows, in this order."""
    rows: list[tuple[list[float], list[float]]] = [([], []) for _ in range(count)]
    return sum(_found(rows, way) for way in ways)


def _found(rows: Sequence[tuple[list[float], list[float]]], ways: Sequence[tuple[float, float]]) -> bool:
    for begins, ends in rows:
        for begin, end in ways:
            at = bisect_left(begins, begin)
            if (at == 0 or ends[at - 1] <= begin) and (at == len(begins) or begins[at] >= end):
                begins.insert(at, begin)
                ends.insert(at, end)
                return True
    return False


def line(entries: Sequence[Entry], period: tuple[float, float], orders: int) -> str:
    """One line of what was measured."""
    began = time.perf_counter()
    placement = place(entries, period=period)
    seconds = time.perf_counter() - began
    scale = zoom(period[1] - period[0], PLOT)
    ours = shown(placement.places, scale)
    marks = sum(one.mark_zoom <= scale for one in placement.places)
    text = (
        f"{len(entries):,} events, rows {'/'.join(map(str, placement.rows))}, {PLOT:.0f} px:"
        f" {ours} labels ({in_sight(entries, placement, scale)} in sight) and {marks} marks, placed in {seconds:.2f} s"
    )
    if not orders:
        return text
    best = best_of(entries, placement.rows, period, scale, orders)
    return f"{text}; best of {orders:,} random orders {best}; share {ours / best:.2f} (at least {SHARE})"


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("document", type=Path, nargs="?", help="an events.json; without it, generated sets")
    parser.add_argument("--entries", type=int, nargs="+", default=[60, 96, 300, 1000], metavar="COUNT")
    parser.add_argument("--orders", type=int, default=1000, help="random orders to compare with; 0 only places")
    arguments = parser.parse_args()
    sets = [read(arguments.document)] if arguments.document else map(generated, arguments.entries)
    for entries, period in sets:
        print(line(entries, period, arguments.orders))


if __name__ == "__main__":
    main()
