"""The chart: a plan as a Plotly figure.

The browser redraws the figure for every window, from the plan and the template made here (``assets/chart.js``);
:func:`figure` draws one window in Python, for a notebook or an image. A test holds the two to the same figure.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from timeline import color
from timeline.dates import DateError, parse
from timeline.member import MONTHS
from timeline.metrics import LABEL_SIZE
from timeline.panels import APART, DAY, FIRST, HEAD, HEIGHT, LABEL, LINE_HEIGHT, MARK, labels, panels, verbatim
from timeline.plan import STYLES, plan
from timeline.shapes import OVERHANG, shapes
from timeline.ticks import DAYS, PARTS, ROOM, YEARS, ticks
from timeline.traces import ARROWS, BAR, QUIET, empty_traces, symbols, traces
from timeline.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from timeline.document import Timeline
    from timeline.panels import Panel
    from timeline.plan import Plan
    from timeline.shapes import Lane, Shapes

FONT = 'Arial, "Liberation Sans", Helvetica, sans-serif'
"""Fonts of the widths in :mod:`timeline.metrics`."""
GRID = "rgba(128,120,108,0.22)"
MARGIN = {"l": 112, "r": OVERHANG, "t": 26, "b": 8, "pad": 0}
LEAST_PLOT = 200
"""Pixels between the margins in the narrowest chart."""
WIDEST = 20_000
"""Pixels of the widest picture."""
AXIS = 30
"""Pixels below the lanes for the years."""
VEIL = 0.75
"""Opacity of the paper behind the label of a panel's line: lines that pass behind it do not disturb its reading."""
BAND = MARGIN["l"] - 6
"""Pixels of a lane's band left of the plot."""
CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
}
"""Plotly's own gestures and buttons are off: the page has its own, which keep labels apart while they move."""
EMPTY: dict[str, Any] = {
    "data": [], "layout": {"height": 100, "xaxis": {"visible": False}, "yaxis": {"visible": False}},
}  # fmt: skip
"""What stands in the chart's place until it is first drawn: lower than any chart."""
LAYOUT: dict[str, Any] = {
    "autosize": False,
    "barmode": "overlay",
    "dragmode": False,
    "hovermode": False,
    "showlegend": False,
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "margin": MARGIN,
    "font": {"family": FONT, "size": LABEL_SIZE},
    "xaxis": {
        "type": "date", "anchor": "y", "autorange": False, "fixedrange": True, "gridcolor": GRID, "zeroline": False,
        "ticks": "outside", "ticklen": 5, "tickcolor": GRID, "tickfont": {"size": 12}, "tickmode": "array",
        "ticklabeloverflow": "allow",  # or Plotly measures each label, and the browser lays out the page for each
    },
    "xaxis2": {"overlaying": "x", "side": "top", "showgrid": False},
    "yaxis": {"autorange": False, "fixedrange": True, "visible": False, "zeroline": False},
}  # fmt: skip

HEADING = {
    "xref": "paper", "x": 0, "xanchor": "left", "yanchor": "top", "align": "left", "showarrow": False,
    "xshift": 14 - MARGIN["l"],
}  # fmt: skip
ANNOTATIONS: dict[str, dict[str, Any]] = {
    "lane": {
        **HEADING, "yref": "y", "yshift": -5, "width": MARGIN["l"] - 18,
        "text": '<b>{label}</b><br><span style="font-size:11px">{counts}</span>',
    },
    "panel": {**HEADING, "yref": "paper", "yshift": -10, "font": {"size": 12}},
    "line": {
        "xref": "paper", "xanchor": "left", "yanchor": "middle", "showarrow": False, "borderpad": 0,
        "font": {"size": LABEL},
    },
    "label": {
        "xref": "paper", "yref": "y", "xanchor": "left", "yanchor": "middle", "showarrow": False, "borderpad": 1,
    },
}  # fmt: skip
"""Heads of lanes and panels, labels of lines, and that of a chosen event, but for what the view decides."""
RECTANGLES: dict[str, dict[str, Any]] = {
    "lane": {"type": "rect", "xref": "paper", "yref": "y", "layer": "below", "line": {"width": 0}},
    "ring": {"type": "rect", "xref": "paper", "yref": "y", "layer": "above", "fillcolor": "rgba(0,0,0,0)"},
    "extent": {"type": "rect", "xref": "paper", "layer": "below", "opacity": 0.09, "y0": 0, "y1": 1},
}
"""A lane's band, the ring round a chosen event, and its extent in a panel, but for their places."""


def figure(  # noqa: PLR0913 - each option has a name
    timeline: Timeline,
    *,
    themes: Sequence[str] = (),
    measures: Sequence[str] | None = None,
    window: str | None = None,
    width: int = 1140,
    style: str = "light",
) -> go.Figure:
    """Return a document's chart as a Plotly figure, ``width`` px wide.

    ``themes`` are the ids of those to show, none for all; ``measures`` are the ids of those drawn below the lanes, by
    default the first three that have anything to draw; ``window`` is a date in EDTF, such as ``1929/1933``, of which
    the part within the period is shown; ``style`` is ``light`` or ``dark``. Raises ``ValueError`` for a theme or a
    measure that the document does not have, a window that is no date or outside the period, and a width that leaves no
    room.
    """
    import plotly.graph_objects as go  # noqa: PLC0415 - Plotly takes a second to import

    return go.Figure(described(timeline, themes=themes, measures=measures, window=window, width=width, style=style))


def described(  # noqa: PLR0913 - as above
    timeline: Timeline,
    *,
    themes: Sequence[str] = (),
    measures: Sequence[str] | None = None,
    window: str | None = None,
    width: int = 1140,
    style: str = "light",
) -> dict[str, Any]:
    """Return what :func:`figure` returns as plain values, without Plotly."""
    _refuse_unknown("themes", themes, [theme.id for theme in timeline.themes])
    _refuse_unknown("measures", measures or (), [measure.id for measure in timeline.measures])
    _refuse_unknown("style", [style], list(STYLES))
    inner = width - MARGIN["l"] - MARGIN["r"]
    if inner < LEAST_PLOT:
        raise ValueError(
            f"width: {width} px leaves no room for the plot (write {width - inner + LEAST_PLOT:.0f} or more)"
        )
    if width > WIDEST:
        raise ValueError(f"width: {width} px is more than a picture is drawn for (write {WIDEST} or less)")
    drawn = plan(timeline)
    passing = [i for i, event in enumerate(drawn.events) if not themes or {*event.themes} & {*themes}]
    laid = shapes(drawn, passing, drawn.limits(passing), _window(window, drawn.period), inner)
    every = panels(drawn, style)
    chosen = every[:FIRST] if measures is None else every
    below = [one for one in chosen if measures is None or timeline.measures[one.measure].id in measures]
    page = {"paper_bgcolor": STYLES[style], "template": "none"}
    data = [*traces(drawn, laid, style), *panel_traces(below)]
    return {"data": data, "layout": layout(drawn, laid, below, style) | page}


def _refuse_unknown(name: str, given: Sequence[str], known: Sequence[str]) -> None:
    for one in given:
        if one not in known:
            raise ValueError(f'{name}: there is no "{one}" (write {" or ".join(known)})')


def _window(text: str | None, period: tuple[float, float]) -> tuple[float, float]:
    if text is None:
        return period
    try:
        date = parse(text)
    except DateError as error:
        raise ValueError(f"window: {error}") from None
    start, end = max(date.start, period[0]), min(date.end, period[1])
    if not start < end:
        raise ValueError(f'window: "{text}" is not within the period (write an interval such as 1929/1933)')
    return start, end


def template(plan: Plan) -> dict[str, Any]:
    """Return what every figure of a plan has in common, for the browser: sizes, traces without arrays, layout, panels.

    Of the traces the lanes' come first, then the panels'.
    """
    stacked = {style: panels(plan, style) for style in STYLES}
    return {
        "axis": {
            "room": ROOM,
            "years": YEARS,
            "parts": PARTS,
            "days": DAYS,
            "months": [month[:3] for month in MONTHS],
        },
        "font": FONT,
        "room": {
            "left": MARGIN["l"],
            "right": MARGIN["r"],
            "top": MARGIN["t"],
            "bottom": MARGIN["b"],
            "least": LEAST_PLOT,
            "axis": AXIS,
            "bar": BAR,
            "band": BAND,
            "panelHead": HEAD,
            "panel": HEIGHT,
            "lineHeight": LINE_HEIGHT,
            "lineApart": APART,
            "lineMark": MARK,
        },
        "symbols": symbols(plan),
        "arrows": ARROWS,
        "template": {
            "traces": empty_traces(),
            "layout": LAYOUT,
            "annotations": ANNOTATIONS,
            "rectangles": RECTANGLES,
        },
        "measures": [{"id": measure.id, "label": measure.label} for measure in plan.timeline.measures],
        "firstMeasures": [panel.measure for panel in stacked["light"][:FIRST]],
        # A panel's two pages stand side by side: what the second has in common with the first then packs to nothing.
        "panels": [
            dict(zip(stacked, map(_panel, pages, stacked), strict=True))
            for pages in zip(*stacked.values(), strict=True)
        ],
    }


def _panel(panel: Panel, style: str) -> dict[str, Any]:
    """Return what the browser needs of a panel in one style."""
    return {
        "axis": panel_axis(panel),
        "head": panel_head(panel),
        "measure": panel.measure,
        "veil": color.rgba(STYLES[style], VEIL),
        "traces": traced(panel),
        "range": panel.range,
        "lines": [asdict(line) for line in panel.lines],
        "lone": panel.lone,
        "readings": panel.readings,
    }


def layout(plan: Plan, laid: Shapes, below: Sequence[Panel], style: str) -> dict[str, Any]:
    """Return the layout of a window: lane bands and heads, the axes, and the panels stacked below them."""
    whole = laid.height + AXIS + len(below) * (HEAD + HEIGHT)
    marked = ticks(laid.window, laid.width)
    years = {
        **LAYOUT["xaxis"],
        "range": [day * DAY for day in laid.window],
        "tickvals": [day * DAY for day, _ in marked],
        "ticktext": [label for _, label in marked],
    }
    axes: dict[str, Any] = {
        "xaxis": years,
        "xaxis2": {**years, **LAYOUT["xaxis2"]},
        "yaxis": {**LAYOUT["yaxis"], "range": [laid.height, 0], "domain": [1 - laid.height / whole, 1]},
    }
    heads = [_lane_head(plan, lane) for lane in laid.lanes]
    for number, panel in enumerate(below):
        top = laid.height + AXIS + number * (HEAD + HEIGHT)
        domain = [max(1 - (top + HEAD + HEIGHT) / whole, 0), 1 - (top + HEAD) / whole]
        axes[f"yaxis{number + 2}"] = {**panel_axis(panel), "domain": domain}
        heads.append({**panel_head(panel), "y": 1 - top / whole})
        for label in labels(panel, laid.window, laid.width):
            place = {"x": label.x / laid.width, "y": label.value, "yref": f"y{number + 2}", "yshift": -label.down}
            text = {"text": panel.lines[label.line].text, "bgcolor": color.rgba(STYLES[style], VEIL)}
            heads.append({**ANNOTATIONS["line"], **place, **text})
    return {
        **LAYOUT,
        **axes,
        "shapes": [_band(plan, lane, laid, style) for lane in laid.lanes],
        "annotations": heads,
        "width": laid.width + MARGIN["l"] + MARGIN["r"],
        "height": whole + MARGIN["t"] + MARGIN["b"],
        "font": {**LAYOUT["font"], "color": color.INK[style]},
    }


def panel_traces(below: Sequence[Panel]) -> list[dict[str, Any]]:
    """Return the panels' traces, each on its panel's axis; the lanes have the first."""
    stacked = enumerate(below, start=2)
    return [{**trace, "yaxis": f"y{number}"} for number, panel in stacked for trace in traced(panel)]


def traced(panel: Panel) -> list[dict[str, Any]]:
    """Return a panel's traces, but for the axis that they are on."""
    return [{**trace, **QUIET} for trace in panel.traces]


def panel_axis(panel: Panel) -> dict[str, Any]:
    """Return a panel's vertical axis, but for its place."""
    return {
        "range": panel.range, "fixedrange": True, "gridcolor": GRID, "nticks": 4,
        "zerolinecolor": GRID, "tickfont": {"size": 11}, "ticksuffix": " ", "anchor": "x", "exponentformat": "none",
        "ticklabeloverflow": "allow",
    }  # fmt: skip


def panel_head(panel: Panel) -> dict[str, Any]:
    """Return the title above a panel, but for its height."""
    return {**ANNOTATIONS["panel"], "text": panel.title}


def _band(plan: Plan, lane: Lane, laid: Shapes, style: str) -> dict[str, Any]:
    return {
        **RECTANGLES["lane"],
        "x0": -BAND / laid.width,
        "x1": 1 + MARGIN["r"] / laid.width,
        "y0": lane.top,
        "y1": lane.bottom,
        "fillcolor": plan.lanes[lane.index][style]["band"],
    }


def _lane_head(plan: Plan, lane: Lane) -> dict[str, Any]:
    """Return a lane's name, and under it how many events it has here, is drawn with, and has beyond the period."""
    if lane.drawn < lane.total:
        counts = [say("drawn", drawn=lane.drawn, total=lane.total), say("zoom_for_rest"), say("list_for_rest")]
    else:
        counts = [say("events_one" if lane.total == 1 else "events", total=lane.total)]
    counts += [say("before_period", count=lane.before)] if lane.before else []
    counts += [say("after_period", count=lane.after)] if lane.after else []
    label = verbatim(plan.lanes[lane.index]["head"]).replace("\n", "<br>")
    text = ANNOTATIONS["lane"]["text"].format(label=label, counts="<br>".join(map(verbatim, counts)))
    return {**ANNOTATIONS["lane"], "y": lane.top, "text": text}
