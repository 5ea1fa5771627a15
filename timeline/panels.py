"""Measures as small panels below the lanes, on the same time axis, as Plotly traces.

A series' observations are joined by a line. The figures that claims and corrections give are hollow marks of the same
series, and those of a claim that is corrected are crosses: neither is ever joined to anything. What lies outside the
period is not drawn; the page's tables have it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from timeline import color

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.document import Event, Measure, Quantity
    from timeline.plan import Plan

FIRST = 3
"""So many panels stand below the lanes unless others are chosen: the first measures with anything to draw."""
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
RANGE, AT_LEAST, UP_TO = "line-ew-open", "triangle-up-open", "triangle-down-open"
PALE = 0.4
"""Opacity of what has not been checked against the printed source."""
DOT, HOLLOW, CROSS = "circle", "circle-open", "x-thin-open"


@dataclass(frozen=True)
class Panel:
    """One measure, by its number: traces without a vertical axis, the range of that axis, and the title above it."""

    measure: int
    title: str
    key: str
    traces: tuple[dict[str, Any], ...]
    range: tuple[float, float]


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
    claimed, corrected = _figures(plan.events, measure)
    traces: list[dict[str, Any]] = []
    key: list[str] = []
    shown: list[Quantity] = []
    for index, series in enumerate(measure.series):
        name, (dash, sign) = f"{measure.id}/{series.id}", LINES[index % len(LINES)]
        line = {"color": ink, "width": 1.6, "dash": dash}
        observed = _inside(plan, series.observations)
        if observed:
            joined = [one for one in observed if one.value is not None]
            ranges = [one for one in observed if one.value is None]  # a line through these would invent their middles
            traces += [_trace(joined, ink, DOT) | {"mode": "lines+markers", "line": line}] if joined else []
            traces += [_trace(ranges, ink, DOT)] if ranges else []
            key.append(
                f'<span style="color:{ink}"><b>{sign.replace(" ", "&#160;")}</b></span> {verbatim(series.label)}'
            )
        lone = [(_inside(plan, claimed.get(name, ())), HOLLOW), (_inside(plan, corrected.get(name, ())), CROSS)]
        traces += [_trace(figures, ink, symbol) for figures, symbol in lone if figures]
        shown += observed + lone[0][0] + lone[1][0]
    values = [0.0, *(value for one in shown for value in (one.value, one.low, one.high) if value is not None)]
    title = f"<b>{verbatim(measure.label)}</b>, {verbatim(measure.unit)}"
    room = 0.12 * (max(values) - min(values)) or 1.0
    reach = (min(values) - room / 2, max(values) + room)  # marks at the ends are whole
    return Panel(number, title, "&#160;&#160; ".join(key), tuple(traces), reach)


def _inside(plan: Plan, quantities: Iterable[Quantity]) -> list[Quantity]:
    """Return what lies within the period, in time order."""
    first, last = plan.period
    inside = [one for one in quantities if one.date.start < last and one.date.end > first]
    return sorted(inside, key=lambda one: one.date.start)


def _figures(events: Sequence[Event], measure: Measure) -> tuple[dict[str, list[Quantity]], dict[str, list[Quantity]]]:
    """Return what is said of a measure beside its observations, by series: figures that stand, and those corrected."""
    stand: dict[str, list[Quantity]] = {}
    corrected: dict[str, list[Quantity]] = {}
    for claim in (claim for event in events for claim in event.claims):
        right = claim.correction.figures if claim.correction else ()
        for figure, group in [
            *((figure, corrected if claim.correction else stand) for figure in claim.figures),
            *((figure, stand) for figure in right),
        ]:
            if figure.series.partition("/")[0] == measure.id:
                group.setdefault(figure.series, []).append(figure)
    return stand, corrected


def _trace(quantities: Sequence[Quantity], ink: str, symbol: str) -> dict[str, Any]:
    """Return marks without a line, at their places in time and value, with bars for ranges and intervals."""
    middles = [_middle(one) for one in quantities]
    lows = [middle if one.low is None else one.low for one, middle in zip(quantities, middles, strict=True)]
    highs = [middle if one.high is None else one.high for one, middle in zip(quantities, middles, strict=True)]
    halves = [(one.date.end - one.date.start) / 2 * DAY if one.date.kind == "span" else 0 for one in quantities]
    bar = {"type": "data", "color": ink, "thickness": 2, "width": 3}
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers",
        "hoverinfo": "skip",
        "x": [(one.date.start + one.date.end) / 2 * DAY for one in quantities],
        "y": middles,
        "marker": {
            "symbol": [_symbol(one, symbol) for one in quantities],
            "color": ink,
            "size": 5 if symbol == DOT else 9,
            "line": {"color": ink, "width": 1.6},
            "opacity": [PALE if one.unsure else 1 for one in quantities],
        },
    }
    if any(halves):
        trace["error_x"] = {**bar, "array": halves}
    if lows != highs:
        up = [high - middle for high, middle in zip(highs, middles, strict=True)]
        down = [middle - low for low, middle in zip(lows, middles, strict=True)]
        trace["error_y"] = {**bar, "symmetric": False, "array": up, "arrayminus": down}
    return trace


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
