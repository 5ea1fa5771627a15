"""Measures as small panels below the lanes, on the same time axis, as Plotly traces.

A series' observations are joined by a line. The figures that claims give are hollow marks of the same series, and those
under a correction are crosses: neither is ever joined to anything. What lies outside the period is not drawn; the
page's tables have it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from timeline import color

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.document import Event, Measure, Quantity
    from timeline.plan import Plan

MOST = 3
"""Panels shown below the lanes: the document's first measures with anything to draw."""
HEIGHT = 92
"""Pixels of a panel's plot."""
HEAD = 50
"""Pixels above it for its title and the key to its lines."""
DAY = 86_400_000
LINES = (
    ("solid", "———"),
    ("dash", "– – –"),
    ("dot", "· · · ·"),
    ("dashdot", "– · –"),
    ("longdash", "— —"),
    ("longdashdot", "— ·"),
)
"""How each series of a measure is drawn, and the sign for it in the key."""
PALE = 0.4
"""Opacity of what has not been checked against the printed source."""
DOT, HOLLOW, CROSS = "circle", "circle-open", "x-thin-open"


@dataclass(frozen=True)
class Panel:
    """One measure: traces without a vertical axis, the range of that axis, and the title above it."""

    title: str
    key: str
    traces: tuple[dict[str, Any], ...]
    range: tuple[float, float]


def panels(plan: Plan, style: str) -> list[Panel]:
    """Return the panels of a document's first measures, in the colours of the light or the dark page."""
    drawn = (_panel(plan, measure, style) for measure in plan.timeline.measures)
    return [panel for panel in drawn if panel.traces][:MOST]


def verbatim(text: str) -> str:
    """Return a text that Plotly draws as it stands: it reads a little HTML otherwise."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _panel(plan: Plan, measure: Measure, style: str) -> Panel:
    themes = [lane[style]["mark"] for lane in plan.lanes if lane["id"] in measure.themes[:1]]
    ink = themes[0] if themes else color.INK[style]
    claimed, corrected = _figures(plan.events, measure)
    traces: list[dict[str, Any]] = []
    key: list[str] = []
    shown: list[Quantity] = []
    for index, series in enumerate(measure.series):
        name, (dash, sign) = f"{measure.id}/{series.id}", LINES[index % len(LINES)]
        groups = [
            (series.observations, DOT, {"color": ink, "width": 1.6, "dash": dash}),
            (claimed.get(name, ()), HOLLOW, None),
            (corrected.get(name, ()), CROSS, None),
        ]
        for quantities, symbol, line in groups:
            inside = [one for one in quantities if one.date.start < plan.period[1] and one.date.end > plan.period[0]]
            if inside:
                traces.append(_trace(inside, ink, symbol, line))
                shown += inside
        if series.observations:
            key.append(
                f'<span style="color:{ink}"><b>{sign.replace(" ", "&#160;")}</b></span> {verbatim(series.label)}'
            )
    values = [value for one in shown for value in (one.value, one.low, one.high) if value is not None]
    title = f"<b>{verbatim(measure.label)}</b>, {verbatim(measure.unit)}"
    top = max(values, default=1.0)
    return Panel(title, "&#160;&#160; ".join(key), tuple(traces), (min(0.0, *values, 0.0), top * 1.12))


def _figures(events: Sequence[Event], measure: Measure) -> tuple[dict[str, list[Quantity]], dict[str, list[Quantity]]]:
    """Return what claims say of a measure, by series: figures that stand, and figures under a correction."""
    claimed: dict[str, list[Quantity]] = {}
    corrected: dict[str, list[Quantity]] = {}
    for claim in (claim for event in events for claim in event.claims):
        for figure in claim.figures:
            if figure.series.partition("/")[0] == measure.id:
                (corrected if claim.correction else claimed).setdefault(figure.series, []).append(figure)
    return claimed, corrected


def _trace(quantities: Iterable[Quantity], ink: str, symbol: str, line: dict[str, Any] | None) -> dict[str, Any]:
    """Return one trace: places in time and value, bars for ranges, and for figures that span an interval."""
    ordered = sorted(quantities, key=lambda one: one.date.start)
    middles = [value for one in ordered if (value := _middle(one)) is not None]
    halves = [(one.date.end - one.date.start) / 2 * DAY if one.date.kind == "span" else 0 for one in ordered]
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "lines+markers" if line else "markers",
        "hoverinfo": "skip",
        "x": [(one.date.start + one.date.end) / 2 * DAY for one in ordered],
        "y": middles,
        "marker": {
            "symbol": symbol,
            "color": ink,
            "size": 5 if line else 9,
            "line": {"color": ink, "width": 1.6},
            "opacity": [PALE if one.unsure else 1 for one in ordered],
        },
    }
    if line:
        trace["line"] = line
    bar = {"type": "data", "color": ink, "thickness": 2, "width": 0}
    if any(halves):
        trace["error_x"] = {**bar, "array": halves}
    if any(one.low is not None or one.high is not None for one in ordered):
        up = [
            (one.high if one.high is not None else middle) - middle
            for one, middle in zip(ordered, middles, strict=True)
        ]
        down = [
            middle - (one.low if one.low is not None else middle) for one, middle in zip(ordered, middles, strict=True)
        ]
        trace["error_y"] = {**bar, "symmetric": False, "array": up, "arrayminus": down}
    return trace


def _middle(quantity: Quantity) -> float:
    """Return where a quantity's mark stands: at its value, or in the middle of its range."""
    given = [value for value in (quantity.low, quantity.high) if value is not None]
    return quantity.value if quantity.value is not None else sum(given) / len(given)
