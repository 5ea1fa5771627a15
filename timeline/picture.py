"""A measure as a still picture: what its panel draws, as SVG that needs no script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from timeline.panels import AT_LEAST, CROSS, DAY, HEIGHT, HOLLOW, RANGE, UP_TO, labels
from timeline.quantity import plain
from timeline.scale import round_step
from timeline.shapes import OVERHANG
from timeline.ticks import ticks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.panels import Panel
    from timeline.plan import Plan

WIDTH, LEFT, TOP, BOTTOM = 340.0, 44.0, 6.0, 20.0
"""Pixels of the plot, and around it: narrow enough for a phone without becoming too small to read."""
STEPS = 4
DASHES = {
    "solid": "",
    "dash": "7 4",
    "dot": "1.5 4",
    "dashdot": "7 3 1.5 3",
    "longdash": "11 4",
    "longdashdot": "11 3 1.5 3",
}
MARKS = {
    HOLLOW: '<circle cx="{x:.1f}" cy="{y:.1f}" r="4" class="hollow"/>',
    CROSS: '<path d="M{x:.1f} {y:.1f}m-3.5 -3.5l7 7m0 -7l-7 7"/>',
    RANGE: '<path d="M{x:.1f} {y:.1f}m-4 0h8"/>',
    AT_LEAST: '<path d="M{x:.1f} {y:.1f}m-4 3l4 -7 4 7z" class="hollow"/>',
    UP_TO: '<path d="M{x:.1f} {y:.1f}m-4 -3l4 7 4 -7z" class="hollow"/>',
}
DOT = '<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" class="dot"/>'


def picture(plan: Plan, panel: Panel, name: str) -> Markup:
    """Return a panel over the whole period as SVG; ``name`` is what a screen reader calls it."""
    body = Markup("").join([*_axes(plan, panel), *_traces(plan, panel), *_labels(plan, panel)])
    size = f"0 0 {LEFT + WIDTH + OVERHANG:g} {TOP + HEIGHT + BOTTOM:g}"
    return Markup('<svg class="panel" viewBox="{}" role="img" aria-label="{}">{}</svg>').format(size, name, body)


def _x(plan: Plan, day: float) -> float:
    return LEFT + (day - plan.period[0]) / (plan.period[1] - plan.period[0]) * WIDTH


def _y(panel: Panel, value: float) -> float:
    return TOP + (panel.range[1] - value) / (panel.range[1] - panel.range[0]) * HEIGHT


def _axes(plan: Plan, panel: Panel) -> Iterator[Markup]:
    step = round_step((panel.range[1] - panel.range[0]) / STEPS)
    first, last = int(panel.range[0] // step) + 1, int(panel.range[1] // step)
    for count in range(first, last + 1):
        value = float(f"{count * step:.10g}")
        y = _y(panel, value)
        yield Markup('<path d="M{} {}h{}" class="grid"/>').format(f"{LEFT:g}", f"{y:.1f}", f"{WIDTH:g}")
        yield Markup('<text x="{}" y="{}" text-anchor="end">{}</text>').format(
            f"{LEFT - 5:g}", f"{y + 4:.1f}", plain(value)
        )
    for day, label in ticks(plan.period, WIDTH):
        x = f"{_x(plan, day):.1f}"
        yield Markup('<path d="M{} {}v{}" class="grid"/>').format(x, f"{TOP:g}", f"{HEIGHT:g}")
        yield Markup('<text x="{}" y="{}" text-anchor="middle">{}</text>').format(x, f"{TOP + HEIGHT + 14:g}", label)


def _traces(plan: Plan, panel: Panel) -> Iterator[Markup]:
    for trace in panel.traces:
        points = [
            None if at is None or value is None else (_x(plan, at / DAY), _y(panel, value))
            for at, value in zip(trace["x"], trace["y"], strict=True)
        ]
        if "lines" in trace["mode"]:
            path = " ".join(
                "" if point is None else f"{'L' if number and points[number - 1] else 'M'}{point[0]:.1f} {point[1]:.1f}"
                for number, point in enumerate(points)
            )
            yield Markup('<path d="{}" stroke-dasharray="{}"/>').format(path, DASHES[trace["line"]["dash"]])
        for number, point in enumerate(points):
            if point:
                yield from _mark(plan, panel, trace, number)


def _mark(plan: Plan, panel: Panel, trace: dict[str, Any], number: int) -> Iterator[Markup]:
    """Give a mark, with the bars for its range and for the time that it covers."""
    x, y = _x(plan, trace["x"][number] / DAY), _y(panel, trace["y"][number])
    pale = Markup(' opacity="0.5"') if trace["marker"]["opacity"][number] < 1 else ""
    drawn = (MARKS.get(trace["marker"]["symbol"][number], DOT)).format(x=x, y=y)
    if "error_y" in trace:
        value, bar = trace["y"][number], trace["error_y"]
        high, low = (_y(panel, value + bar["array"][number]), _y(panel, value - bar["arrayminus"][number]))
        drawn += f'<path d="M{x:.1f} {high:.1f}V{low:.1f}"/>'
    if "error_x" in trace:
        half = trace["error_x"]["array"][number] / DAY / (plan.period[1] - plan.period[0]) * WIDTH
        drawn += f'<path d="M{x - half:.1f} {y:.1f}H{x + half:.1f}"/>'
    yield Markup("<g{}>{}</g>").format(pale, Markup(drawn))  # noqa: S704 - numbers in marks of our own


def _labels(plan: Plan, panel: Panel) -> Iterator[Markup]:
    for label in labels(panel, plan.period, WIDTH):
        words = Markup(re.sub("<[^>]*>", "", panel.lines[label.line].text))  # noqa: S704 - a panel's texts are escaped
        x, y = LEFT + label.x, _y(panel, label.value) + label.down + 4
        yield Markup('<text x="{}" y="{}" class="label">{}</text>').format(f"{x:.1f}", f"{y:.1f}", words)
