"""The chart: a plan as a Plotly figure.

The browser redraws the figure for every window, from the plan and the template made here (``assets/chart.js``);
:func:`figure` draws one window in Python, for a notebook or an image. A test holds the two to the same figure.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from timeline import color
from timeline.dates import parse
from timeline.panels import HEAD, HEIGHT, Panel, panels, verbatim
from timeline.plan import plan
from timeline.shapes import OVERHANG, Lane, Shape, Shapes, shapes
from timeline.threshold import GAP
from timeline.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from timeline.document import Timeline
    from timeline.plan import Plan

DAY = 86_400_000
"""Milliseconds, the unit of Plotly's date axis."""
FONT = 'Arial, "Liberation Sans", Helvetica, sans-serif'
"""Fonts of the widths in :mod:`timeline.metrics`."""
GRID = "rgba(128,120,108,0.22)"
MARGIN = {"l": 112, "r": OVERHANG, "t": 26, "b": 8, "pad": 0}
AXIS = 30
"""Pixels below the lanes for the years."""
BAR = 13
"""Pixels of a bar's height."""
CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
}
"""Plotly's own gestures and buttons are off: the page has its own, which keep labels apart while they move."""
PLOTLY_SYMBOLS = {"triangle": "triangle-up"}
EMPTY: dict[str, Any] = {"data": [], "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}}}
"""What stands in the chart's place until it is first drawn."""
QUIET = {"hoverinfo": "skip", "showlegend": False}
LAYOUT: dict[str, Any] = {
    "autosize": False,
    "barmode": "overlay",
    "dragmode": False,
    "hovermode": False,
    "showlegend": False,
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "margin": MARGIN,
    "font": {"family": FONT, "size": 13},
    "xaxis": {
        "type": "date", "anchor": "y", "autorange": False, "fixedrange": True, "gridcolor": GRID, "zeroline": False,
        "ticks": "outside", "ticklen": 5, "tickcolor": GRID, "tickfont": {"size": 12},
        "tickformatstops": [
            {"dtickrange": [None, 28 * DAY - 1], "value": "%-d %b %Y"},
            {"dtickrange": [28 * DAY, "M11"], "value": "%b %Y"},
            {"dtickrange": ["M12", None], "value": "%Y"},
        ],
    },
    "xaxis2": {"overlaying": "x", "side": "top", "showgrid": False, "tickmode": "auto"},  # "sync" rounds years down
    "yaxis": {"autorange": False, "fixedrange": True, "visible": False, "zeroline": False},
}  # fmt: skip


def figure(
    timeline: Timeline,
    *,
    themes: Sequence[str] = (),
    window: str | None = None,
    width: int = 1140,
    style: str = "light",
) -> go.Figure:
    """Return a document's chart as a Plotly figure, ``width`` px wide.

    ``themes`` are the ids of those to show, none for all; ``window`` is an interval in EDTF, such as ``1929/1933``,
    within the period; ``style`` is ``light`` or ``dark``. Raises ``ValueError`` for a theme that the document does not
    have, and for a window that is no finite interval.
    """
    import plotly.graph_objects as go  # noqa: PLC0415 - Plotly takes a second to import

    known = [theme.id for theme in timeline.themes]
    for theme in themes:
        if theme not in known:
            raise ValueError(f'themes: no theme "{theme}" (write one of {", ".join(known)})')
    if themes:
        events = tuple(event for event in timeline.events if set(event.themes) & set(themes))
        timeline = timeline.model_copy(update={"events": events, "period": timeline.period})
    drawn = plan(timeline)
    period = drawn.period
    if window is not None:
        date = parse(window)
        period = (max(date.start, period[0]), min(date.end, period[1]))
        if not period[0] < period[1]:
            raise ValueError(f'window: "{window}" is not within the period (write an interval such as 1929/1933)')
    inner = width - MARGIN["l"] - MARGIN["r"]
    laid = shapes(drawn, range(len(drawn.events)), period, inner)
    below = panels(drawn, style)
    data = [*traces(drawn, laid, style), *panel_traces(below)]
    return go.Figure({"data": data, "layout": layout(drawn, laid, below, style, inner)})


def template(plan: Plan) -> dict[str, Any]:
    """Return what every figure of a plan has in common, for the browser: traces without arrays, panels, layout.

    Traces are, in this order: firm bars, one of soft extents for each row, symbols, labels, then the panels' own.
    """
    stacked = {style: panels(plan, style) for style in ("light", "dark")}
    return {
        "firstRow": first_rows(plan),
        "allRows": sum(plan.rows),
        "font": FONT,
        "room": {
            "left": MARGIN["l"],
            "right": MARGIN["r"],
            "top": MARGIN["t"],
            "bottom": MARGIN["b"],
            "axis": AXIS,
            "bar": BAR,
        },
        "symbols": {lane["symbol"]: PLOTLY_SYMBOLS.get(lane["symbol"], lane["symbol"]) for lane in plan.lanes},
        "template": {"data": empty_traces(plan), "layout": LAYOUT},
        "panels": {
            style: [{"axis": panel_axis(panel), "head": panel_head(panel, color.INK[style])} for panel in below]
            for style, below in stacked.items()
        },
        "panelTraces": {style: panel_traces(below) for style, below in stacked.items()},
        "panelSizes": {"head": HEAD, "height": HEIGHT},
    }


def empty_traces(plan: Plan) -> list[dict[str, Any]]:
    """Return the traces of the lanes, in order, without their arrays."""
    soft = {"type": "scatter", "mode": "lines", "fill": "toself", "line": {"width": 0}, **QUIET}
    marker = {"cornerradius": 3, "line": {"width": 1}}
    text = {"type": "scatter", "mode": "text", "cliponaxis": False, "textposition": "middle right", "xaxis": "x2"}
    return [
        {"type": "bar", "orientation": "h", "width": BAR, "marker": marker, **QUIET},
        *[soft] * sum(plan.rows),
        {
            "type": "scatter",
            "mode": "markers",
            "cliponaxis": False,
            "marker": {"size": 10, "line": {"width": 0}},
            **QUIET,
        },
        {**text, **QUIET},
    ]


def first_rows(plan: Plan) -> list[int]:
    """Return how many rows the lanes above each lane have."""
    return [0, *accumulate(plan.rows)][:-1]


def traces(plan: Plan, laid: Shapes, style: str) -> list[dict[str, Any]]:
    """Return the traces of the lanes, filled with a window's shapes."""
    firm, *soft, symbols, labels = empty_traces(plan)
    firm |= {"base": [], "x": [], "y": [], "marker": {**firm["marker"], "color": [], "line": {"width": 1, "color": []}}}
    symbols |= {"x": [], "y": [], "marker": {**symbols["marker"], "symbol": [], "color": []}}
    labels |= {"x": [], "y": [], "text": []}
    rows: dict[int, list[Shape]] = {}
    for shape in laid.marks:
        lane = plan.lanes[plan.columns["lane"][shape.event]]
        if plan.columns["point"][shape.event]:
            _dot(
                symbols,
                _time(laid, shape.left),
                shape.y,
                PLOTLY_SYMBOLS.get(lane["symbol"], lane["symbol"]),
                lane[style]["mark"],
            )
        elif plan.columns["fadeStart"][shape.event] or plan.columns["fadeEnd"][shape.event]:
            row = first_rows(plan)[plan.columns["lane"][shape.event]] + plan.columns["row"][shape.event]
            rows.setdefault(row, []).append(shape)
        else:
            _bar(firm, laid, shape, lane[style])
        _arrows(symbols, plan, laid, shape, lane[style]["mark"])
        if shape.label is not None:
            labels["x"].append(_time(laid, shape.label))
            labels["y"].append(shape.y)
            labels["text"].append(verbatim(plan.columns["short"][shape.event]))
    filled = [_soft_row(trace, plan, laid, rows.get(row, []), style) for row, trace in enumerate(soft)]
    return [firm, *filled, symbols, labels]


def layout(plan: Plan, laid: Shapes, below: Sequence[Panel], style: str, width: float) -> dict[str, Any]:
    """Return the layout of a window: lane bands and names, the axes, and the panels stacked below them."""
    page = {"paper": color.DARK if style == "dark" else color.PAPER, "ink": color.INK[style]}
    whole = laid.height + AXIS + len(below) * (HEAD + HEIGHT)
    years = {**LAYOUT["xaxis"], "range": [t * DAY for t in laid.window], "nticks": max(3, round(width / 75))}
    axes: dict[str, Any] = {
        "xaxis": years,
        "xaxis2": {**years, **LAYOUT["xaxis2"]},
        "yaxis": {**LAYOUT["yaxis"], "range": [laid.height, 0], "domain": [1 - laid.height / whole, 1]},
    }
    heads = [_lane_head(plan, lane, page["ink"]) for lane in laid.lanes]
    for number, panel in enumerate(below, start=2):
        top = laid.height + AXIS + (number - 2) * (HEAD + HEIGHT)
        domain = [max(1 - (top + HEAD + HEIGHT) / whole, 0), 1 - (top + HEAD) / whole]
        axes[f"yaxis{number}"] = {**panel_axis(panel), "domain": domain}
        heads.append({**panel_head(panel, page["ink"]), "y": 1 - (top + 10) / whole})
    bands = [
        {
            "type": "rect", "xref": "paper", "yref": "y", "layer": "below", "line": {"width": 0},
            "x0": -(MARGIN["l"] - 6) / width, "x1": 1 + MARGIN["r"] / width, "y0": lane.top, "y1": lane.bottom,
            "fillcolor": plan.lanes[lane.index][style]["band"],
        }
        for lane in laid.lanes
    ]  # fmt: skip
    return {
        **LAYOUT, **axes,
        "shapes": bands,
        "annotations": heads,
        "width": width + MARGIN["l"] + MARGIN["r"],
        "height": whole + MARGIN["t"] + MARGIN["b"],
        "font": {**LAYOUT["font"], "color": page["ink"]},
        "paper_bgcolor": page["paper"],
    }  # fmt: skip


def panel_traces(below: Sequence[Panel]) -> list[dict[str, Any]]:
    """Return the panels' traces, each on its panel's axis; the lanes have the first."""
    stacked = enumerate(below, start=2)
    return [{**trace, **QUIET, "yaxis": f"y{number}"} for number, panel in stacked for trace in panel.traces]


def panel_axis(panel: Panel) -> dict[str, Any]:
    """Return a panel's vertical axis, but for its place."""
    return {
        "range": panel.range, "fixedrange": True, "gridcolor": GRID, "nticks": 4,
        "zerolinecolor": GRID, "tickfont": {"size": 11}, "ticksuffix": " ", "anchor": "x",
    }  # fmt: skip


def panel_head(panel: Panel, ink: str) -> dict[str, Any]:
    """Return the title and the key above a panel, but for their height."""
    return {
        "xref": "paper", "yref": "paper", "x": 0, "xanchor": "left", "yanchor": "top", "align": "left",
        "showarrow": False, "xshift": 14 - MARGIN["l"], "font": {"size": 12, "color": ink},
        "text": f"{panel.title}<br>{panel.key}",
    }  # fmt: skip


def _bar(firm: dict[str, Any], laid: Shapes, shape: Shape, colors: dict[str, str]) -> None:
    firm["base"].append(_time(laid, shape.left))
    firm["x"].append(_time(laid, shape.right) - _time(laid, shape.left))
    firm["y"].append(shape.y)
    firm["marker"]["color"].append(colors["bar"])
    firm["marker"]["line"]["color"].append(colors["mark"])


def _dot(symbols: dict[str, Any], x: float, y: float, symbol: str, ink: str) -> None:
    symbols["x"].append(x)
    symbols["y"].append(y)
    symbols["marker"]["symbol"].append(symbol)
    symbols["marker"]["color"].append(ink)


def _arrows(symbols: dict[str, Any], plan: Plan, laid: Shapes, shape: Shape, ink: str) -> None:
    """Add an arrow at an end that is open: it runs on beyond the window."""
    width = (laid.window[1] - laid.window[0]) * laid.scale
    if plan.columns["first"][shape.event] is None:
        _dot(symbols, _time(laid, max(shape.left, 0) + GAP), shape.y, "triangle-left", ink)
    if plan.columns["last"][shape.event] is None:
        _dot(symbols, _time(laid, min(shape.right, width) - GAP), shape.y, "triangle-right", ink)


def _soft_row(trace: dict[str, Any], plan: Plan, laid: Shapes, row: list[Shape], style: str) -> dict[str, Any]:
    """Return a row's soft extents as one filled path with one gradient along it, whose stops are their ends."""
    if not row:
        return {**trace, "x": [], "y": []}
    row = sorted(row, key=lambda shape: shape.left)
    colors = plan.lanes[plan.columns["lane"][row[0].event]][style]
    first, length = row[0].left, row[-1].right - row[0].left
    stops: list[tuple[float, str]] = []
    for shape in row:
        days = plan.columns["end"][shape.event] - plan.columns["start"][shape.event]
        fades = [
            plan.columns[name][shape.event] / days * (shape.right - shape.left) for name in ("fadeStart", "fadeEnd")
        ]
        rise = min(shape.left + fades[0], shape.right)
        fall = max(shape.right - fades[1], rise)
        ends = [colors["clear"] if fade else colors["soft"] for fade in fades]
        pairs = [(shape.left, ends[0]), (rise, colors["soft"]), (fall, colors["soft"]), (shape.right, ends[1])]
        stops += [((x - first) / length, shade) for x, shade in pairs]
    scale = [[0 if n == 0 else 1 if n == len(stops) - 1 else at, shade] for n, (at, shade) in enumerate(stops)]
    scale = [scale[0], *([max(before[0], after[0]), after[1]] for before, after in pairwise(scale))]
    x = [
        None if x is None else _time(laid, x)
        for shape in row
        for x in (shape.left, shape.right, shape.right, shape.left, shape.left, None)
    ]
    y = [None if side is None else shape.y + side * BAR / 2 for shape in row for side in (-1, -1, 1, 1, -1, None)]
    return {**trace, "x": x, "y": y, "fillgradient": {"type": "horizontal", "colorscale": scale}}


def _lane_head(plan: Plan, lane: Lane, ink: str) -> dict[str, Any]:
    """Return a lane's name, and under it how many events it has here, is drawn with, and has beyond the period."""
    if lane.drawn < lane.total:
        lines = [say("drawn", drawn=lane.drawn, total=lane.total), say("zoom_for_rest")]
    else:
        lines = [say("events_one" if lane.total == 1 else "events", total=lane.total)]
    lines += [say("before_period", count=lane.before)] if lane.before else []
    lines += [say("after_period", count=lane.after)] if lane.after else []
    return {
        "xref": "paper", "yref": "y", "x": 0, "y": lane.top + 5, "xanchor": "left", "yanchor": "top", "align": "left",
        "showarrow": False, "xshift": 14 - MARGIN["l"], "width": MARGIN["l"] - 18, "font": {"size": 13, "color": ink},
        "text": f'<b>{verbatim(plan.lanes[lane.index]["label"])}</b><br>'
                f'<span style="font-size:11px">{"<br>".join(map(verbatim, lines))}</span>',
    }  # fmt: skip


def _time(laid: Shapes, x: float) -> float:
    """Return the moment, in Plotly's milliseconds, of a place in the plot in px."""
    return (laid.window[0] + x / laid.scale) * DAY
