"""The traces of the lanes: a window's shapes as Plotly draws them.

In this order: firm bars, soft extents, symbols, labels. Plotly has one gradient a trace, so soft extents share a trace
where none lies over another: as few traces as are over each other anywhere, whatever the lanes and rows.
``assets/traces.js`` makes the same in the browser; a test holds the two to the same figure.
"""

from __future__ import annotations

from itertools import accumulate, chain
from math import inf
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
TOUCH = 0.5
"""Pixels by which soft extents in one trace may lie over each other: so those that follow on each other share one."""
QUIET = {"hoverinfo": "skip", "showlegend": False}


def empty_traces() -> dict[str, dict[str, Any]]:
    """Return the traces of the lanes by what they draw, without their arrays."""
    scatter = {"type": "scatter", "cliponaxis": False, **QUIET}
    outline = {"cornerradius": 3, "line": {"width": 1}}
    return {
        "bars": {"type": "bar", "orientation": "h", "width": BAR, "marker": outline, **QUIET},
        "soft": {"type": "scatter", "mode": "lines", "fill": "toself", "line": {"width": 0}, **QUIET},
        "symbols": {**scatter, "mode": "markers", "marker": {"size": 10, "line": {"width": 0}}},
        "labels": {**scatter, "mode": "text", "textposition": "middle right", "xaxis": "x2"},
    }


def symbols(plan: Plan) -> list[str]:
    """Return each lane's symbol by Plotly's name for it."""
    return [{"triangle": "triangle-up"}.get(lane["symbol"], lane["symbol"]) for lane in plan.lanes]


def traces(plan: Plan, laid: Shapes, style: str) -> list[dict[str, Any]]:
    """Return the traces of the lanes, filled with a window's shapes."""
    columns, names = plan.columns, symbols(plan)
    firm: dict[str, Any] = {"base": [], "x": [], "y": [], "marker": {"color": [], "line": {"color": []}}}
    soft: list[Shape] = []
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
            soft.append(shape)
        else:
            _add_bar(firm, laid, shape, colors)
        if columns["first"][event] == -inf:
            dot(max(shape.left, 0) + GAP, shape.y, ARROWS[0], colors["mark"])
        if columns["last"][event] == inf:
            dot(min(shape.right, laid.width) - GAP, shape.y, ARROWS[1], colors["mark"])
        if shape.label is not None:
            texts["x"].append(moment(laid, shape.label))
            texts["y"].append(shape.y)
            texts["text"].append(verbatim(columns["short"][event]))
    empty = empty_traces()
    layers = [_soft_layer(plan, laid, layer, style) for layer in _layers(soft)]
    return [
        merged(empty["bars"], firm),
        *({**empty["soft"], **layer} for layer in layers),
        merged(empty["symbols"], dots),
        merged(empty["labels"], texts),
    ]


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


def _layers(soft: Sequence[Shape]) -> list[list[Shape]]:
    """Part soft extents so that in no layer one lies over another; each goes to the first layer that is free there."""
    layers: list[list[Shape]] = []
    for shape in sorted(soft, key=lambda shape: shape.left):
        layer = next((layer for layer in layers if layer[-1].right <= shape.left + TOUCH), None)
        if layer is None:
            layers.append(layer := [])
        layer.append(shape)
    return layers


def _soft_layer(plan: Plan, laid: Shapes, layer: Sequence[Shape], style: str) -> dict[str, Any]:
    """Return soft extents as one filled path with one gradient along it."""
    stops = [turn for shape in layer for turn in _turns(plan, laid, shape, style)]
    sides = [(one.left, one.right, one.right, one.left, one.left) for one in layer]
    x = [[*(moment(laid, side) for side in around), None] for around in sides]
    y = [[*(one.y + side * BAR / 2 for side in (-1, -1, 1, 1, -1)), None] for one in layer]
    scale = {"type": "horizontal", "colorscale": _gradient(stops)}
    return {"x": [*chain(*x)], "y": [*chain(*y)], "fillgradient": scale}


def _turns(plan: Plan, laid: Shapes, shape: Shape, style: str) -> list[tuple[float, str]]:
    """Return where an extent's shade turns, and the shade there."""
    shades = plan.lanes[plan.columns["lane"][shape.event]][style]["soft"]
    return [(x, shades[int(share * (len(shades) - 1) + 0.5)]) for x, share in shares(plan, shape, laid)]


def _gradient(turns: Sequence[tuple[float, str]]) -> list[list[Any]]:
    """Return the colour scale along a layer, from its first turn at 0 to its last at 1."""
    first, last = turns[0][0], turns[-1][0]
    places = [*accumulate(((x - first) / (last - first) for x, _ in turns), max)][:-1]
    return [[at, shade] for at, (_, shade) in zip([*places, 1], turns, strict=True)]
