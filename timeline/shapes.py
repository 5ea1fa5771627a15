"""The shapes of one window: which marks and labels are drawn, and where, in px from the plot's upper left corner.

``assets/shapes.js`` works out the same in the browser for every frame; a test holds the two to the same figure.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from timeline.threshold import GAP, MARK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline.plan import Plan

LEAST = 7.0
"""Pixels of the narrowest drawn extent."""
LANE_PAD, LANE_GAP, LANE_LEAST = 7.0, 6.0, 66.0
"""Pixels above and below a lane's rows, between lanes, and of the lowest lane: its name and its counts need as much."""
OVERHANG = 30.0
"""Pixels by which a label may stand out of the plot to the right."""


@dataclass
class Shape:
    """An event as drawn: its extent, its row's middle and its label's left edge in px.

    Extents are cut to a window's width beyond the window: Plotly cuts longer ones itself, and misplaces their gradient
    then. ``label`` is ``None`` where it has no room.
    """

    event: int
    left: float
    right: float
    y: float
    label: float | None = None


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
    """All that is drawn in a window ``[t0, t1]`` of day numbers and a plot's width in px, at a scale in px per day."""

    window: tuple[float, float]
    width: float
    scale: float
    lanes: list[Lane]
    height: float
    marks: list[Shape] = field(default_factory=list)


def shapes(
    plan: Plan, passing: Sequence[int], limits: Mapping[str, Sequence[Any]], window: tuple[float, float], width: float
) -> Shapes:
    """Lay out the events that pass a filter, by index, in a window and a plot's width in px.

    ``limits`` are the thresholds of marks and labels: the plan's own columns, or those that ``plan.limits`` returns.
    """
    lanes, height = _lanes(plan, passing)
    laid = Shapes(window, width, width / (window[1] - window[0]), lanes, height)
    at = {lane.index: lane for lane in lanes}
    columns = plan.columns
    for event in passing:
        if not _meets(plan, event, window):
            continue
        lane = at[columns["lane"][event]]
        if columns["row"][event] < 0:
            earlier = columns["first"][event] < plan.period[0]
            lane.before, lane.after = lane.before + earlier, lane.after + (not earlier)
            continue
        lane.total += 1
        if limits["mark"][event] > laid.scale:
            continue
        shape = _shape(plan, event, laid, lane.middles[columns["row"][event]])
        if columns["point"][event] and not 0 <= shape.left <= width:
            continue
        lane.drawn += 1
        if limits["label"][event] <= laid.scale:
            shape.label = _label(plan, shape, laid)
        laid.marks.append(shape)
    return laid


def shares(plan: Plan, shape: Shape, laid: Shapes) -> list[tuple[float, float]]:
    """Return the places in px where an extent's shade turns, each with the share, 0 to 1, of its full shade there.

    From the left: its drawn start, where it has come, where it begins to go, its drawn end.
    """
    columns, event = plan.columns, shape.event
    start, end = columns["start"][event], columns["end"][event]
    centre = (start + end) / 2
    scale = max(laid.scale, LEAST / (end - start))
    middle = (centre - laid.window[0]) * laid.scale
    come, gone = columns["fadeStart"][event] * scale, columns["fadeEnd"][event] * scale
    rise = middle + (columns["first"][event] - centre) * scale + come if come else shape.left
    fall = middle + (columns["last"][event] - centre) * scale - gone if gone else shape.right
    fall = max(rise, fall)  # the same place where the fades meet, but for rounding

    def share(x: float) -> float:
        return max(0.0, min(1.0, 1 - (rise - x) / come if come else 1.0, 1 - (x - fall) / gone if gone else 1.0))

    turns = [shape.left, *(min(max(turn, shape.left), shape.right) for turn in (rise, fall)), shape.right]
    return [(x, share(x)) for x in turns]


def _lanes(plan: Plan, passing: Sequence[int]) -> tuple[list[Lane], float]:
    """Stack the lanes and rows that have a passing event."""
    used: dict[int, set[int]] = {}
    for event in passing:
        rows = used.setdefault(plan.columns["lane"][event], set())
        if plan.columns["row"][event] >= 0:  # an event outside the period has none
            rows.add(plan.columns["row"][event])
    lanes: list[Lane] = []
    top = 0.0
    for index in sorted(used):
        middles = {row: top + LANE_PAD + MARK * (order + 0.5) for order, row in enumerate(sorted(used[index]))}
        bottom = top + max(LANE_LEAST, 2 * LANE_PAD + MARK * len(middles))
        lanes.append(Lane(index, top, bottom, middles))
        top = bottom + LANE_GAP
    return lanes, max(top - LANE_GAP, LANE_LEAST)


def _shape(plan: Plan, event: int, laid: Shapes, y: float) -> Shape:
    start, end = plan.columns["start"][event], plan.columns["end"][event]
    middle = ((start + end) / 2 - laid.window[0]) * laid.scale
    half = 0.0 if plan.columns["point"][event] else max((end - start) * laid.scale, LEAST) / 2
    return Shape(event, max(middle - half, -laid.width), min(middle + half, 2 * laid.width), y)


def _label(plan: Plan, shape: Shape, laid: Shapes) -> float | None:
    """Return the left edge of a label that has room, or ``None`` where the window would cut it."""
    columns, event = plan.columns, shape.event
    width = columns["width"][event]
    left, right = _claim(shape)
    last = laid.width + OVERHANG
    if columns["inside"][event] <= laid.scale:
        x, last = max(shape.left, 0) + GAP, min(shape.right, laid.width)
    else:
        x = left - GAP - width if columns["left"][event] else right + GAP
    return x if x >= 0 and x + width <= last else None


def _claim(shape: Shape) -> tuple[float, float]:
    """Return what a mark claims: its extent, and no less than a touch target."""
    middle = (shape.left + shape.right) / 2
    return min(shape.left, middle - MARK / 2), max(shape.right, middle + MARK / 2)


def _meets(plan: Plan, event: int, window: tuple[float, float]) -> bool:
    """Tell whether an event meets a window; with the whole period, all that lies beyond it is shown as well."""
    first, last = plan.columns["first"][event], plan.columns["last"][event]
    whole = window[0] <= plan.period[0] and window[1] >= plan.period[1]
    return whole or (first < window[1] and last > window[0])
