"""The overview above the chart as the page shows it before any script runs.

``assets/overview.js`` draws it again, with a window to drag; the test that compares their pictures holds the two.
"""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from timeline.chart import MARGIN
from timeline.still import changes
from timeline.ticks import ticks
from timeline.words import say

if TYPE_CHECKING:
    from timeline.plan import Plan
    from timeline.still import Still

BINS = 96
"""Slices of the period."""
GAP = 1 / 12
"""Share of the period without an entry from which a gap is marked."""
NAMED = 70
"""Pixels of a gap that has room for its name."""
ROW, LOW = 10, 2
"""Pixels of a theme's row, and of the lowest bar in it."""
FOOT = 20
"""Pixels below the rows for the years."""
SIDES = MARGIN["l"] + MARGIN["r"]


def density(plan: Plan) -> list[list[int]]:
    """Return for each theme its events per slice of the period; an event counts in every slice that it meets."""
    first, last = plan.period
    counts = [[0] * BINS for _ in plan.lanes]
    size = (last - first) / BINS
    columns = plan.columns
    for event, place in enumerate(plan.places):
        if place is None:
            continue
        start = max(0, floor((columns["start"][event] - first) / size))
        end = min(BINS - 1, max(start, ceil((columns["end"][event] - first) / size) - 1))
        for theme in columns["themes"][event]:
            for slice_ in range(start, end + 1):
                counts[theme][slice_] += 1
    return counts


def gaps(row: list[int]) -> list[tuple[int, int]]:
    """Return the stretches of a row without an entry that are long enough to be marked, in slices."""
    found, start = [], None
    for slice_, count in enumerate([*row, 1]):
        if count and start is not None:
            found += [(start, slice_)] if slice_ - start >= ceil(BINS * GAP) else []
            start = None
        elif not count and start is None:
            start = slice_
    return found


def overview(still: Still) -> Markup:
    """Return the overview of a plan, with a window over the whole period."""
    plan, counts = still.plan, density(still.plan)
    most, high = max(1, *(count for row in counts for count in row)), ROW * len(counts)
    parts = [f'<rect width="100%" height="{high}" class="ground"/>']
    parts.append(f'<svg width="100%" height="{high}" viewBox="0 0 {BINS} {high}" preserveAspectRatio="none">')
    for lane, row in enumerate(counts):
        colors, tall = plan.lanes[lane], [LOW + (ROW - 2 - LOW) * count / most if count else 0.0 for count in row]
        fill = f"light-dark({colors['light']['mark']},{colors['dark']['mark']})"
        parts.append(f'<path fill="{fill}" d="{_outline(tall, (lane + 1) * ROW - 1)}"/>')
    parts.append("</svg>")
    widths = changes(lambda width: len(_words(still, counts, width)))
    parts += [markup for _, markup in still.between(widths, lambda width: _words(still, counts, width))]
    return Markup(  # noqa: S704 - numbers and escaped words
        f'<div style="height:{high + FOOT}px">'
        f'<svg height="{high}" style="left:{MARGIN["l"]}px">{"".join(parts)}</svg>'
        f'<div class="window" style="left:{MARGIN["l"]}px;width:calc(round(100%,1px) - {SIDES}px)">'
        f'<i class="from"></i><i class="to"></i></div></div>'
    )


def _outline(tall: list[float], foot: float) -> str:
    """Return the outline of bars side by side, a slice wide each, that stand on a foot; 0 px are no bar."""
    steps, before = [], 0.0
    for slice_, px in enumerate([*tall, 0.0]):
        if px != before:
            steps.append(f"{f'H{slice_}' if before else f'M{slice_} {foot:g}'}V{foot - px:.4g}")
            before = px
    return "".join(steps)


def _words(still: Still, counts: list[list[int]], width: float) -> list[tuple[str, str]]:
    """Return the gaps and the years, as many as a width has room for."""
    first, last = still.plan.period
    found = []
    for lane, row in enumerate(counts):
        for start, end in gaps(row):
            y = lane * ROW + ROW / 2
            found.append(
                f'<svg x="{_percent(start)}" width="{_percent(end - start)}">'
                f'<line class="gap" x1="2" x2="100%" y1="{y:g}" y2="{y:g}"/></svg>'
            )
            if (end - start) / BINS * width >= NAMED:
                x, words = _percent((start + end) / 2), escape(say("no_entries"))
                found.append(f'<text class="gap" x="{x}" y="{lane * ROW + ROW - 2}">{words}</text>')
    for day, label in ticks(still.plan.period, width / 2):  # half as many as on the axis below
        x = _percent((day - first) / (last - first) * BINS)
        found.append(f'<text class="year" x="{x}" y="{ROW * len(counts) + 14}">{escape(label)}</text>')
    return [("", markup) for markup in found]


def _percent(slices: float) -> str:
    return f"{slices / BINS * 100:.4f}%"
