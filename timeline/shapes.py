"""The shapes of one window: which marks and labels are drawn, and where, in px from the plot's upper left corner.

``assets/chart.js`` works out the same in the browser for every frame; a test holds both to the same shapes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING

from timeline.threshold import GAP, MARK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.plan import Plan

LEAST = 7.0
"""Pixels of the narrowest drawn extent."""
LANE_PAD, LANE_GAP, LANE_LEAST = 7.0, 6.0, 50.0
"""Pixels above and below a lane's rows, between lanes, and of the lowest lane: its name needs as much."""
OVERHANG = 30.0
"""Pixels by which a label may stand out of the plot to the right."""


@dataclass
class Shape:
    """An event as drawn: its extent and its label's left edge in px; ``label`` is ``None`` where it has no room."""

    event: int
    left: float
    right: float
    y: float
    label: float | None


@dataclass
class Lane:
    """A lane's band in px, the middle of each of its rows, and how many of its events are drawn."""

    index: int
    top: float
    bottom: float
    middles: dict[int, float]
    drawn: int = 0
    total: int = 0
    before: int = 0
    after: int = 0


@dataclass
class Shapes:
    """All that is drawn of a plan in a window ``[t0, t1]`` of day numbers, at a scale in px per day."""

    window: tuple[float, float]
    scale: float
    lanes: list[Lane]
    height: float
    marks: list[Shape] = field(default_factory=list)


def shapes(plan: Plan, passing: Sequence[int], window: tuple[float, float], width: float) -> Shapes:
    """Lay out the events that pass a filter, by index, in a window and a plot's width in px."""
    lanes, height = _lanes(plan, passing)
    drawn = Shapes(window, width / (window[1] - window[0]), lanes, height)
    at = {lane.index: lane for lane in lanes}
    columns = plan.columns
    for event in passing:
        lane = at[columns["lane"][event]]
        if not _meets(plan, event, window):
            continue
        if columns["row"][event] is None:
            earlier = columns["first"][event] is not None and columns["first"][event] < plan.period[0]
            lane.before, lane.after = lane.before + earlier, lane.after + (not earlier)
            continue
        lane.total += 1
        if _zoom(columns["mark"][event]) > drawn.scale:
            continue
        shape = _shape(plan, event, drawn, lane.middles[columns["row"][event]])
        if columns["point"][event] and not 0 <= shape.left <= width:
            continue
        lane.drawn += 1
        if _zoom(columns["label"][event]) <= drawn.scale:
            shape.label = _label(plan, shape, drawn.scale, width)
        drawn.marks.append(shape)
    return drawn


def _lanes(plan: Plan, passing: Sequence[int]) -> tuple[list[Lane], float]:
    """Stack the lanes and rows that have a passing event."""
    used: dict[int, set[int]] = {}
    for event in passing:
        rows = used.setdefault(plan.columns["lane"][event], set())
        if plan.columns["row"][event] is not None:  # an event outside the period has none
            rows.add(plan.columns["row"][event])
    lanes: list[Lane] = []
    top = 0.0
    for index in sorted(used):
        middles = {row: top + LANE_PAD + MARK * (order + 0.5) for order, row in enumerate(sorted(used[index]))}
        bottom = top + max(LANE_LEAST, 2 * LANE_PAD + MARK * len(middles))
        lanes.append(Lane(index, top, bottom, middles))
        top = bottom + LANE_GAP
    return lanes, max(top - LANE_GAP, LANE_LEAST)


def _shape(plan: Plan, event: int, drawn: Shapes, y: float) -> Shape:
    columns = plan.columns
    start, end = ((columns[name][event] - drawn.window[0]) * drawn.scale for name in ("start", "end"))
    half = 0.0 if columns["point"][event] else max(end - start, LEAST) / 2
    return Shape(event, (start + end) / 2 - half, (start + end) / 2 + half, y, None)


def _label(plan: Plan, shape: Shape, scale: float, width: float) -> float | None:
    """Return the left edge of a label that has room, or ``None`` where the window would cut it."""
    columns, text = plan.columns, plan.columns["width"][shape.event]
    inside = _zoom(columns["inside"][shape.event]) <= scale
    claim = max((shape.right - shape.left) / 2, MARK / 2)
    middle = (shape.left + shape.right) / 2
    if inside:
        left, last = max(shape.left, 0.0) + GAP, min(shape.right, width)
    else:
        left = middle - claim - GAP - text if columns["left"][shape.event] else middle + claim + GAP
        last = width + OVERHANG
    return left if left >= 0 and left + text <= last else None


def _meets(plan: Plan, event: int, window: tuple[float, float]) -> bool:
    """Tell whether an event meets a window; one that shows an end of the period shows all that lies beyond it."""
    first, last = plan.columns["first"][event], plan.columns["last"][event]
    starts = first is None or first < window[1] or window[1] >= plan.period[1]
    return starts and (last is None or last > window[0] or window[0] <= plan.period[0])


def _zoom(value: float | None) -> float:
    return inf if value is None else value
