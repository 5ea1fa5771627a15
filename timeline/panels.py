"""Measures as small panels below the lanes, on the same time axis, as Plotly traces.

A series' observations are joined by a line, which is broken where it would invent what lies between. The figures that
claims and corrections give are hollow marks of the same series, and those of a claim that is corrected are crosses:
neither is ever joined to anything. What lies outside the period is not drawn; the page's tables have it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline import color
from timeline.metrics import text_width
from timeline.quantity import worded
from timeline.shapes import OVERHANG

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.document import Claim, Measure, Quantity
    from timeline.plan import Plan

FIRST = 3
"""So many panels stand below the lanes unless others are chosen: the first measures with anything to draw."""
HEIGHT = 96
"""Pixels of a panel's plot."""
HEAD = 40
"""Pixels above it for its title."""
LABEL = 11.0
"""Font size in px of the labels at a panel's lines."""
LINE_HEIGHT = 12.0
"""Pixels from one such label to the next."""
APART = 8.0
"""Pixels between a line's last mark and its label."""
MARK = 4.0
"""Pixels around the middle of a mark that a label leaves free, if it can."""
BREAK = 2.5
"""So many times the usual time from one value to the next may pass before nobody can tell what was between."""
DAY = 86_400_000
Point = tuple[float, float]
Box = tuple[float, float, float, float]
LINES = (
    ("solid", "———"),
    ("dash", "– – –"),
    ("dot", "· · · ·"),
    ("dashdot", "– · –"),
    ("longdash", "— —"),
    ("longdashdot", "— ·"),
)
"""How the line of each series of a measure is drawn, and the sign for it in the key."""
DOTS_ALONE, RANGES_ALONE = "●", "▌"
"""The signs for series without a line."""
RANGE, AT_LEAST, UP_TO = "line-ew-open", "triangle-up-open", "triangle-down-open"
PALE = 0.72
"""Opacity of what has not been checked against the printed source."""
DOT, HOLLOW, CROSS = "circle", "circle-open", "x-thin-open"
END = "line-ns-open"
"""The mark at either end of the time that a quantity is of."""


@dataclass(frozen=True)
class Line:
    """A series as labelled: its label with the sign for its line, and the label's width.

    ``marks`` are its observations as day and value, and ``stretches`` those that are joined by an unbroken line.
    """

    text: str
    width: float
    marks: tuple[Point, ...]
    stretches: tuple[tuple[Point, ...], ...]


class Label(NamedTuple):
    """Where a line's label stands: its left edge in px, and the value that it is at, moved down by some px."""

    line: int
    x: float
    value: float
    down: float


@dataclass(frozen=True)
class Panel:
    """One measure, by its number: traces without a vertical axis, the range of that axis, the title above it.

    ``lines`` are its series as labelled; ``lone`` are the marks of claims, as day and value; ``readings`` are, for each
    series by its label, what may be read off at a time, as first day, last day and words.
    """

    measure: int
    title: str
    traces: tuple[dict[str, Any], ...]
    range: tuple[float, float]
    lines: tuple[Line, ...]
    lone: tuple[Point, ...]
    readings: tuple[tuple[str, list[tuple[float, float, str]]], ...]


def panels(plan: Plan, style: str) -> list[Panel]:
    """Return the panels of all measures with anything to draw, in the colours of the light or the dark page."""
    drawn = (_panel(plan, number, measure, style) for number, measure in enumerate(plan.timeline.measures))
    return [panel for panel in drawn if panel.traces]


def verbatim(text: str) -> str:
    """Return a text that Plotly draws as it stands: it reads a little HTML otherwise."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _panel(plan: Plan, number: int, measure: Measure, style: str) -> Panel:
    themes = [lane[style]["mark"] for lane in plan.lanes if lane["id"] in measure.themes[:1]]
    ink = themes[0] if themes else color.INK[style]
    claimed, corrected = _figures(plan.telling, measure)
    traces: list[dict[str, Any]] = []
    lines: list[Line] = []
    readings: list[tuple[str, list[tuple[float, float, str]]]] = []
    alone: list[Quantity] = []
    shown: list[Quantity] = []
    for index, series in enumerate(measure.series):
        name, (dash, sign) = f"{measure.id}/{series.id}", LINES[index % len(LINES)]
        line = {"color": ink, "width": 1.6, "dash": dash}
        observed = _inside(plan, series.observations)
        if observed:
            joined = stretches(observed)
            ranges = [one for one in observed if one.value is None]
            traces += _spans(observed, ink)
            traces += [_joined(joined, ink) | {"mode": "lines+markers", "line": line}] if joined else []
            traces += [_trace(ranges, ink, DOT)] if ranges else []
            long = tuple(_marks(part) for part in joined if len(part) > 1)
            sign = sign if long else DOTS_ALONE if joined else RANGES_ALONE
            lines.append(Line(*_label(series.label, sign, ink), _marks(observed), long))
        lone = [(_inside(plan, claimed.get(name, ())), HOLLOW), (_inside(plan, corrected.get(name, ())), CROSS)]
        for figures, symbol in lone:
            traces += [*_spans(figures, ink), _trace(figures, ink, symbol)] if figures else []
        told = [
            *((one, "") for one in observed),
            *((one, "○ ") for one in lone[0][0]),
            *((one, "× ") for one in lone[1][0]),
        ]
        readings.append((series.label, [(one.date.start, one.date.end, _reading(one, before)) for one, before in told]))
        alone += lone[0][0] + lone[1][0]
        shown += observed
    values = [0.0, *(value for one in shown + alone for value in (one.value, one.low, one.high) if value is not None)]
    title = f"<b>{verbatim(measure.label)}</b>, {verbatim(measure.unit)}"
    room = 0.12 * (max(values) - min(values)) or 1.0
    reach = (min(values) - room / 2, max(values) + room)  # marks at the ends are whole
    return Panel(
        number, title, tuple(traces), reach, tuple(lines), _marks(alone), tuple(one for one in readings if one[1])
    )


def _reading(quantity: Quantity, before: str) -> str:
    """Return what is read off a mark, with its date: the moment at which it is read may be another."""
    return f"{before}{worded(quantity)} · {quantity.date.words}"


def stretches(observed: Sequence[Quantity]) -> list[list[Quantity]]:
    """Part the values of a series, in time order, where its line is broken.

    That is at a range, through which a line would invent its middle, and where more time passes than usual.
    """
    values = [_day(one) for one in observed if one.value is not None]
    gaps = [gap for one, other in pairwise(values) if (gap := other - one) > 0]
    longest = BREAK * median(gaps) if len(values) > 2 and gaps else inf  # noqa: PLR2004  # two have but one gap
    found: list[list[Quantity]] = []
    last: Quantity | None = None
    for one in observed:
        if one.value is not None:
            if last is None or _day(one) - _day(last) > longest:
                found.append([])
            found[-1].append(one)
        last = one if one.value is not None else None
    return found


def _label(label: str, sign: str, ink: str) -> tuple[str, float]:
    """Return a line's label with its sign, and its width."""
    text = f'<span style="color:{ink}"><b>{sign.replace(" ", "&#160;")}</b></span> {verbatim(label)}'
    return text, round(text_width(f"{sign} {label}", LABEL) * 1.04, 2)  # the sign is bold


def _marks(quantities: Sequence[Quantity]) -> tuple[Point, ...]:
    return tuple((_day(one), _middle(one)) for one in quantities)


def _day(quantity: Quantity) -> float:
    """Return the day at which a quantity's mark stands: in the middle of its date."""
    return (quantity.date.start + quantity.date.end) / 2


def labels(panel: Panel, window: tuple[float, float], width: float) -> list[Label]:
    """Place the labels of a panel's lines in a window and a plot's width in px: each at the last mark of its line.

    A label keeps clear of the others, of marks where it can, and then of lines; one that has no room is left out.
    ``assets/panels.js`` does the same in the browser; a test holds the two to the same figure.
    """
    top, days = panel.range[1], window[1] - window[0]
    per_unit = HEIGHT / (panel.range[1] - panel.range[0])

    def at(points: Iterable[Point]) -> list[tuple[float, float, float]]:
        return [((day - window[0]) / days * width, (top - value) * per_unit, value) for day, value in points]

    seen = [at(marks) for marks in (*(line.marks for line in panel.lines), panel.lone)]
    seen = [[mark for mark in marks if 0 <= mark[0] <= width] for marks in seen]
    spots = [(x - MARK, y - MARK, x + MARK, y + MARK) for marks in seen for x, y, _ in marks]
    strokes = [pair for line in panel.lines for stretch in line.stretches for pair in pairwise(at(stretch))]

    def cost(box: Box) -> int:
        crossed = any(_crosses(box, one, other, width) for one, other in strokes)
        return 2 * any(_touch(box, spot) for spot in spots) + crossed

    boxes: list[Box] = []
    placed: list[Label] = []
    for number, (line, marks) in enumerate(zip(panel.lines, seen[:-1], strict=True)):
        if not marks:
            continue
        x, y, value = marks[-1]
        after, before = x + APART, max(0.0, min(x + MARK, width + OVERHANG) - line.width)
        tries = [(after, down * LINE_HEIGHT) for down in (0, -0.5, 0.5, -1, 1, -2, 2)] + [
            (before, down * LINE_HEIGHT) for down in (-1, 1, -2, 2, -3, 3, -4, 4)
        ]
        free = [
            (left, down, (left, y + down - LINE_HEIGHT / 2, left + line.width, y + down + LINE_HEIGHT / 2))
            for left, down in tries
            if left + line.width <= width + OVERHANG and 0 <= y + down <= HEIGHT
        ]
        free = [one for one in free if not any(_touch(one[2], box) for box in boxes)]
        if free:
            best = next((one for one in free if not cost(one[2])), None)
            left, down, box = best or min(free, key=lambda one: cost(one[2]))
            boxes.append(box)
            placed.append(Label(number, left, value, down))
    return placed


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _crosses(box: Box, one: tuple[float, ...], other: tuple[float, ...], width: float) -> bool:
    """Tell whether a straight line from one point to another, cut to the plot, goes through a box."""
    (x, y, *_), (to_x, to_y, *_) = (one, other) if one[0] < other[0] else (other, one)
    left, right = max(box[0], x, 0.0), min(box[2], to_x, width)
    if left >= right:
        return False
    first, last = (y + (px - x) / (to_x - x) * (to_y - y) for px in (left, right))
    return min(first, last) < box[3] and box[1] < max(first, last)


def _inside(plan: Plan, quantities: Iterable[Quantity]) -> list[Quantity]:
    """Return what lies within the period, in time order."""
    first, last = plan.period
    inside = [one for one in quantities if one.date.start < last and one.date.end > first]
    return sorted(inside, key=lambda one: one.date.start)


def _figures(claims: Sequence[Claim], measure: Measure) -> tuple[dict[str, list[Quantity]], dict[str, list[Quantity]]]:
    """Return what is said of a measure beside its observations, by series: figures that stand, and those corrected."""
    stand: dict[str, list[Quantity]] = {}
    corrected: dict[str, list[Quantity]] = {}
    for claim in claims:
        right = claim.correction.figures if claim.correction else ()
        for figure, group in [
            *((figure, corrected if claim.correction else stand) for figure in claim.figures),
            *((figure, stand) for figure in right),
        ]:
            if figure.series.partition("/")[0] == measure.id:
                group.setdefault(figure.series, []).append(figure)
    return stand, corrected


def _joined(parts: Sequence[Sequence[Quantity]], ink: str) -> dict[str, Any]:
    """Return the marks of stretches of a line as one trace, with a mark that is nowhere between each two of them."""
    trace = _trace([one for part in parts for one in part], ink, DOT)
    breaks = [sum(map(len, parts[:count])) for count in range(len(parts) - 1, 0, -1)]
    marker, bar = trace["marker"], trace.get("error_y", {})
    arrays = [(trace["x"], None), (trace["y"], None), (marker["symbol"], DOT), (marker["opacity"], 1)]
    arrays += [(bar[name], 0) for name in ("array", "arrayminus") if name in bar]
    for place in breaks:
        for array, nothing in arrays:
            array.insert(place, nothing)
    return trace


def _trace(quantities: Sequence[Quantity], ink: str, symbol: str) -> dict[str, Any]:
    """Return marks without a line, at their places in time and value, with bars for ranges."""
    middles = [_middle(one) for one in quantities]
    lows = [middle if one.low is None else one.low for one, middle in zip(quantities, middles, strict=True)]
    highs = [middle if one.high is None else one.high for one, middle in zip(quantities, middles, strict=True)]
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers",
        "hoverinfo": "skip",
        "x": [_day(one) * DAY for one in quantities],
        "y": middles,
        "marker": {
            "symbol": [_symbol(one, symbol) for one in quantities],
            "color": ink,
            "size": 5 if symbol == DOT else 9,
            "line": {"color": ink, "width": 1.6},
            "opacity": [PALE if one.unsure else 1 for one in quantities],
        },
    }
    if lows != highs:
        up = [high - middle for high, middle in zip(highs, middles, strict=True)]
        down = [middle - low for low, middle in zip(lows, middles, strict=True)]
        bar = {"type": "data", "color": ink, "thickness": 2, "width": 3}
        trace["error_y"] = {**bar, "symmetric": False, "array": up, "arrayminus": down}
    return trace


def _spans(quantities: Sequence[Quantity], ink: str) -> list[dict[str, Any]]:
    """Return the bars of quantities of intervals, over the days that they are of, if there are any such.

    They are lines with ends: Plotly draws no error bars along an axis of dates.
    """
    spans = [one for one in quantities if one.date.kind == "span"]
    if not spans:
        return []
    line = {"color": ink, "width": 2, "dash": "solid"}
    return [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "hoverinfo": "skip",
            "x": [end for one in spans for end in (one.date.start * DAY, one.date.end * DAY, None)],
            "y": [level for one in spans for level in (_middle(one), _middle(one), None)],
            "line": line,
            "marker": {"symbol": END, "color": ink, "size": 5, "line": {"color": ink, "width": 2}},
        }
    ]


def _symbol(quantity: Quantity, symbol: str) -> str:
    """Return the mark of a quantity: a range has none but its bar, a bound points to where the number may lie."""
    if quantity.value is not None or symbol == CROSS:
        return symbol
    if quantity.low is not None and quantity.high is not None:
        return RANGE
    return AT_LEAST if quantity.high is None else UP_TO


def _middle(quantity: Quantity) -> float:
    """Return where a quantity's mark stands: at its value, in the middle of its range, or at its one bound."""
    given = [value for value in (quantity.low, quantity.high) if value is not None]
    return quantity.value if quantity.value is not None else sum(given) / len(given)
