"""The traces of the lanes: a window's shapes as Plotly draws them.

In this order: firm bars, one trace of soft extents for each row, symbols, labels. ``assets/traces.js`` makes the same
in the browser; a test holds the two to the same figure.
"""

from __future__ import annotations

from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any

from timeline.panels import DAY, verbatim
from timeline.shapes import shares
from timeline.threshold import GAP

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline.plan import Plan
    from timeline.shapes import Shape, Shapes

BAR = 16
"""Pixels of a bar's height."""
ARROWS = ("triangle-left", "triangle-right")
"""Symbols of a start and an end that are open."""
QUIET = {"hoverinfo": "skip", "showlegend": False}


def empty_traces(plan: Plan) -> list[dict[str, Any]]:
    """Return the traces of the lanes without their arrays."""
    scatter = {"type": "scatter", "cliponaxis": False, **QUIET}
    soft = {"type": "scatter", "mode": "lines", "fill": "toself", "line": {"width": 0}, **QUIET}
    outline = {"cornerradius": 3, "line": {"width": 1}}
    return [
        {"type": "bar", "orientation": "h", "width": BAR, "marker": outline, **QUIET},
        *[soft] * sum(plan.rows),
        {**scatter, "mode": "markers", "marker": {"size": 10, "line": {"width": 0}}},
        {**scatter, "mode": "text", "textposition": "middle right", "xaxis": "x2"},
    ]


def first_rows(plan: Plan) -> list[int]:
    """Return how many rows the lanes above each lane have."""
    return [0, *accumulate(plan.rows)][:-1]


def symbols(plan: Plan) -> list[str]:
    """Return each lane's symbol by Plotly's name for it."""
    return [{"triangle": "triangle-up"}.get(lane["symbol"], lane["symbol"]) for lane in plan.lanes]


def traces(plan: Plan, laid: Shapes, style: str) -> list[dict[str, Any]]:
    """Return the traces of the lanes, filled with a window's shapes."""
    columns, first, names = plan.columns, first_rows(plan), symbols(plan)
    firm: dict[str, Any] = {"base": [], "x": [], "y": [], "marker": {"color": [], "line": {"color": []}}}
    soft: list[list[Shape]] = [[] for _ in range(sum(plan.rows))]
    dots: dict[str, Any] = {"x": [], "y": [], "marker": {"symbol": [], "color": []}}
    texts: dict[str, Any] = {"x": [], "y": [], "text": []}

    def dot(x: float, y: float, symbol: str, ink: str) -> None:
        dots["x"].append(moment(laid, x))
        dots["y"].append(y)
        dots["marker"]["symbol"].append(symbol)
        dots["marker"]["color"].append(ink)

    for shape in laid.marks:
        event, lane = shape.event, columns["lane"][shape.event]
        colors = plan.lanes[lane][style]
        if columns["point"][event]:
            dot(shape.left, shape.y, names[lane], colors["mark"])
        elif columns["fadeStart"][event] or columns["fadeEnd"][event]:
            soft[first[lane] + columns["row"][event]].append(shape)
        else:
            _add_bar(firm, laid, shape, colors)
        if columns["first"][event] is None:
            dot(max(shape.left, 0) + GAP, shape.y, ARROWS[0], colors["mark"])
        if columns["last"][event] is None:
            dot(min(shape.right, laid.width) - GAP, shape.y, ARROWS[1], colors["mark"])
        if shape.label is not None:
            texts["x"].append(moment(laid, shape.label))
            texts["y"].append(shape.y)
            texts["text"].append(verbatim(columns["short"][event]))
    arrays = [firm, *(_soft_row(plan, laid, row, style) for row in soft), dots, texts]
    return [merged(trace, filled) for trace, filled in zip(empty_traces(plan), arrays, strict=True)]


def moment(laid: Shapes, x: float) -> float:
    """Return the moment, in Plotly's milliseconds, of a place in the plot in px."""
    return (laid.window[0] + x / laid.scale) * DAY


def merged(trace: Mapping[str, Any], arrays: Mapping[str, Any]) -> dict[str, Any]:
    """Return a trace with its arrays; of what both have, the parts of both."""
    parts = {name: merged(trace[name], arrays[name]) for name in arrays if isinstance(trace.get(name), dict)}
    return {**trace, **arrays, **parts}


def _add_bar(firm: dict[str, Any], laid: Shapes, shape: Shape, colors: Mapping[str, str]) -> None:
    firm["base"].append(moment(laid, shape.left))
    firm["x"].append(moment(laid, shape.right) - moment(laid, shape.left))
    firm["y"].append(shape.y)
    firm["marker"]["color"].append(colors["bar"])
    firm["marker"]["line"]["color"].append(colors["mark"])


def _soft_row(plan: Plan, laid: Shapes, row: Sequence[Shape], style: str) -> dict[str, Any]:
    """Return a row's soft extents as one filled path with one gradient along it."""
    if not row:
        return {"x": [], "y": [], "visible": False}  # Plotly spends no time on it
    row = sorted(row, key=lambda shape: shape.left)
    lane = plan.lanes[plan.columns["lane"][row[0].event]]
    stops = _gradient([turn for shape in row for turn in shares(plan, shape, laid)], lane[style]["soft"])
    x = [[*(moment(laid, side) for side in (one.left, one.right, one.right, one.left, one.left)), None] for one in row]
    y = [[*(one.y + side * BAR / 2 for side in (-1, -1, 1, 1, -1)), None] for one in row]
    return {"x": [*chain(*x)], "y": [*chain(*y)], "fillgradient": {"type": "horizontal", "colorscale": stops}}


def _gradient(turns: Sequence[tuple[float, float]], shades: Sequence[str]) -> list[list[Any]]:
    """Return the colour scale along a row, from its first turn at 0 to its last at 1."""
    first = turns[0][0]
    length = max(x for x, _ in turns) - first
    places = [*accumulate(((x - first) / length for x, _ in turns), max)][:-1]
    return [[at, _shade(shades, share)] for at, (_, share) in zip([*places, 1], turns, strict=True)]


def _shade(shades: Sequence[str], share: float) -> str:
    return shades[int(share * (len(shades) - 1) + 0.5)]
