"""A figure as the elements of a picture: what Plotly draws of the figures of :mod:`timeline.chart`, and no more.

What depends on the plot's width or on the page's colours is kept apart from an element's markup:
:mod:`timeline.picture` writes it as numbers and colours, :mod:`timeline.still` as shares of whatever width there is.
The origin is the plot's upper left corner.
"""

from __future__ import annotations

import re
from html import unescape
from math import ceil, floor
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import escape

from timeline.elements import Along, Element, Extent, Ink, Path, Place, Shade
from timeline.metrics import text_width
from timeline.strokes import dashes, outline, short, tick_step, tick_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from timeline.elements import Part

LINE = 1.3
"""Lines of a text stand so many times its size apart."""
RAISED = 0.25
"""A text's baseline is so many times its size below the middle of its mark."""


class Subplot(NamedTuple):
    """A vertical axis: its name in traces, the range of its values from top to bottom, its place in px."""

    name: str
    high: float
    low: float
    top: float
    height: float

    def y(self, value: float) -> float:
        """Return where a value stands, in px."""
        return self.top + (self.high - value) / (self.high - self.low) * self.height


class Drawing:
    """A figure, as the elements that it is drawn with."""

    def __init__(self, figure: Mapping[str, Any]) -> None:
        self.data, self.layout = figure["data"], figure["layout"]
        margin = self.layout["margin"]
        self.plot: float = self.layout["width"] - margin["l"] - margin["r"]
        self.height = self.layout["height"] - margin["t"] - margin["b"]
        self.size = self.layout["font"]["size"]
        self._range: tuple[float, float] = self.layout["xaxis"]["range"]
        names = [name for name in self.layout if name.startswith("yaxis")]
        self.subplots = {one.name: one for one in map(self._subplot, names)}

    def _subplot(self, name: str) -> Subplot:
        axis = self.layout[name]
        low, high = axis["range"]
        bottom, top = axis["domain"]
        return Subplot(name.replace("axis", ""), high, low, (1 - top) * self.height, (top - bottom) * self.height)

    def x(self, moment: float) -> float:
        """Return where a moment stands, in px."""
        first, last = self._range
        return (moment - first) / (last - first) * self.plot

    def elements(self) -> Iterator[Element]:
        """Give all elements, each in its layer."""
        for shape in self.layout["shapes"]:
            yield self._rectangle(shape)
        yield from self._years()
        for subplot in self.subplots.values():
            yield from self._grid(subplot)
        soft: list[tuple[float, float, Element]] = []  # row by row: how they share traces depends on the width
        for trace in self.data:
            if trace.get("fill") == "toself":
                soft += self._soft(trace, self.subplots["y"])
        yield from (element for *_, element in sorted(soft, key=lambda one: one[:2]))
        for trace in self.data:
            if len(trace["x"]) and trace.get("fill") != "toself":
                yield from self._trace(trace)
        for annotation in self.layout["annotations"]:
            yield from self._annotation(annotation)

    def _rectangle(self, shape: Mapping[str, Any]) -> Element:
        across = self.subplots[shape["yref"]]
        top, bottom = across.y(shape["y0"]), across.y(shape["y1"])
        extent = Extent(shape["x0"] * self.plot, (shape["x1"] - shape["x0"]) * self.plot)
        sides = f' y="{short(top)}" height="{short(bottom - top)}" '
        return Element("bands", ("<rect ", extent, sides, Ink("fill", shape["fillcolor"]), "/>"))

    def _years(self) -> Iterator[Element]:
        """Give the ticks and labels of the axis of time, below the lanes and above them."""
        years = self.layout["xaxis"]
        if (lanes := self.subplots.get(years["anchor"])) is None:
            return
        size, long = years["tickfont"]["size"], years["ticklen"]
        bottom = lanes.top + lanes.height
        for at, label in zip(years["tickvals"], years["ticktext"], strict=True):
            x = self.x(at)
            for layer, edge, way, baseline in (
                ("years", bottom, 1, bottom + long + 1 + 1.2 * size),
                ("over", lanes.top, -1, lanes.top - long - 1 - 0.4 * size),
            ):
                tick = f' d="M0 {way}v{way * long}" fill="none" shape-rendering="crispEdges" '
                yield Element(layer, ("<path ", Place(x, edge), tick, Ink("stroke", years["tickcolor"]), "/>"))
                yield self._text(layer, Place(x, baseline), label, size, ' text-anchor="middle"')

    def _grid(self, subplot: Subplot) -> Iterator[Element]:
        """Give a subplot's lines at the years, and, for a measure, at its round values, with their labels."""
        years, axis = self.layout["xaxis"], self.layout[subplot.name.replace("y", "yaxis")]
        crisp = ' fill="none" shape-rendering="crispEdges" '
        ink = Ink("stroke", years["gridcolor"])
        for at in years["tickvals"]:
            if not 1 < self.x(at) < self.plot - 1:
                continue  # at the edges there is none
            line = f' d="M0 0v{short(subplot.height)}"{crisp}'
            yield Element("grid", ("<path ", Place(self.x(at), subplot.top, step=0.01), line, ink, "/>"))
        if not axis.get("visible", True):
            return
        size, step = axis["tickfont"]["size"], tick_step((subplot.high - subplot.low) / axis["nticks"])
        for count in range(ceil(subplot.low / step), floor(subplot.high / step) + 1):
            y = subplot.y(count * step)
            place = Place(-1 - text_width(axis["ticksuffix"], size), y + 0.35 * size)
            yield self._text("years", place, tick_text(count * step), size, ' text-anchor="end"')
            if not 1 < y - subplot.top < subplot.height - 1:
                continue
            where = f' y1="{short(y)}" y2="{short(y)}"{crisp}'
            yield Element("grid", ("<line ", Along(0.0, self.plot), where, ink, "/>"))

    def _text(self, layer: str, place: Place, text: str, size: float, more: str = "") -> Element:
        font = "" if size == self.size else f' font-size="{short(size)}"'
        return Element(layer, ("<text ", place, f"{font}{more}>{escape(unescape(text))}</text>"))

    def _trace(self, trace: Mapping[str, Any]) -> Iterator[Element]:
        across = self.subplots[trace.get("yaxis", "y")]
        clipped = across.name
        if trace["type"] == "bar":
            yield from self._bars(trace, across)
        elif trace["mode"] == "text":
            for at, value, text in zip(trace["x"], trace["y"], trace["text"], strict=True):
                place = Place(self.x(at), across.y(value) + RAISED * self.size)
                yield self._text("texts", place, text, self.size)
        else:
            points = [
                None if at is None or value is None else (self.x(at), across.y(value))
                for at, value in zip(trace["x"], trace["y"], strict=True)
            ]
            yield from self._ranges(trace, across, points) if "error_y" in trace else ()
            yield from self._lines(trace, clipped, points) if "lines" in trace["mode"] else ()
            yield from self._marks(trace, "marks" if across.name == "y" else clipped, points)

    def _bars(self, trace: Mapping[str, Any], across: Subplot) -> Iterator[Element]:
        marker, high = trace["marker"], trace["width"]
        given = (trace["base"], trace["x"], trace["y"], marker["color"], marker["line"]["color"])
        for base, long, value, fill, stroke in zip(*given, strict=True):
            left, right = self.x(base), self.x(base + long)
            sides = f' y="{short(across.y(value) - high / 2)}" height="{high}" rx="{marker["cornerradius"]}" '
            parts = (Extent(left, right - left), sides, Ink("fill", fill), " ", Ink("stroke", stroke))
            yield Element(across.name, ("<rect ", *parts, "/>"))

    def _soft(self, trace: Mapping[str, Any], across: Subplot) -> Iterator[tuple[float, float, Element]]:
        """Give the rectangles of a path and where they begin, each with its stretch of the gradient along them all."""
        boxes = _stretches([*zip(trace["x"], trace["y"], strict=True)])
        sides = [(self.x(min(x for x, _ in box)), self.x(max(x for x, _ in box))) for box in boxes]
        first, last = min(left for left, _ in sides), max(right for _, right in sides)
        scale = trace["fillgradient"]["colorscale"]
        turns = len(scale) // len(boxes)
        for number, (box, (left, right)) in enumerate(zip(boxes, sides, strict=True)):
            own = scale[number * turns : (number + 1) * turns]
            places = [round((first + at * (last - first) - left) / (right - left), 3) for at, _ in own]
            stops = tuple(zip([0.0, *places[1:-1], 1.0], (color for _, color in own), strict=True))
            top, bottom = across.y(min(y for _, y in box)), across.y(max(y for _, y in box))
            top, bottom = min(top, bottom), max(top, bottom)
            where = f' y="{short(top)}" height="{short(bottom - top)}" '
            yield top, left, Element(across.name, ("<rect ", Extent(left, right - left), where, Shade(stops), "/>"))

    def _lines(
        self, trace: Mapping[str, Any], layer: str, points: Sequence[tuple[float, float] | None]
    ) -> Iterator[Element]:
        line = trace["line"]
        dash = dashes(line["dash"], line["width"])
        more = f'fill="none" stroke-width="{line["width"]}" stroke-miterlimit="2"{dash}'
        for stretch in _stretches(points):
            if len(stretch) > 1:
                yield Element(layer, (Path(tuple(stretch), more, line["color"]),))

    def _ranges(
        self, trace: Mapping[str, Any], across: Subplot, points: Sequence[tuple[float, float] | None]
    ) -> Iterator[Element]:
        """Give the bars of marks over the range of their values."""
        bar = trace["error_y"]
        more, ink, cap = f' fill="none" stroke-width="{bar["thickness"]}" ', Ink("stroke", bar["color"]), bar["width"]
        for point, value, up, down in zip(points, trace["y"], bar["array"], bar["arrayminus"], strict=True):
            if point is None:
                continue
            top, bottom = across.y(value + up), across.y(value - down)
            d = f' d="M-{cap} 0h{2 * cap}m-{cap} 0v{short(bottom - top)}m-{cap} 0h{2 * cap}"'
            if top != bottom:
                yield Element(across.name, ("<path ", Place(point[0], top), d, more, ink, "/>"))

    def _marks(
        self, trace: Mapping[str, Any], layer: str, points: Sequence[tuple[float, float] | None]
    ) -> Iterator[Element]:
        marker, line = trace["marker"], trace["marker"].get("line", {})
        for number, point in enumerate(points):
            if point is None:
                continue
            symbol, color, opacity = (_nth(marker.get(key), number) for key in ("symbol", "color", "opacity"))
            width = line.get("width", 0)
            shape, hollow = symbol.removesuffix("-open"), symbol.endswith("-open")
            pale = "" if opacity in {None, 1} else f' opacity="{short(opacity)}"'
            fill: tuple[Part, ...] = (' fill="none"',) if hollow else (" ", Ink("fill", color))
            edge: tuple[Part, ...] = (f' stroke-width="{width}" ', Ink("stroke", color)) if width else ()
            d = f' d="{outline(shape, marker["size"] / 2)}"'
            yield Element(layer, ("<path ", Place(*point, step=0.01), d, pale, *fill, *edge, "/>"))

    def _annotation(self, note: Mapping[str, Any]) -> Iterator[Element]:
        size, pad = note.get("font", {}).get("size", self.size), note.get("borderpad", 1)
        x = note["x"] * self.plot + note.get("xshift", 0)
        y = self.subplots[note["yref"]].y(note["y"]) if note["yref"] != "paper" else (1 - note["y"]) * self.height
        y -= note.get("yshift", 0)
        top = round(y if note["yanchor"] == "top" else y - (size + 3) / 2)
        if "bgcolor" in note:
            long = ceil(text_width(unescape(re.sub("<[^>]*>", "", note["text"])), size)) + 1
            box = f' width="{long}" height="{size + 2:g}" x="0.5" y="0.5" '
            yield Element("notes", ("<rect ", Place(x, top, step=1), box, Ink("fill", note["bgcolor"]), "/>"))
        place = Place(x + 1 + pad, top + size + pad, step=1)
        font = "" if size == self.size else f' font-size="{short(size)}"'
        yield Element("notes", ("<text ", place, f"{font}>", *_rich(note["text"], size), "</text>"))


def _rich(text: str, size: float) -> Iterator[Part]:
    """Give a text that has the little HTML which Plotly reads, as lines and runs of an SVG text."""
    runs: list[tuple[Part, ...]] = []
    line = 0
    for tag, words in re.findall(r"(<[^>]*>)|([^<]+)", text):
        if words:
            yield str(escape(unescape(words)))
        elif tag == "<br>":  # what is open goes on in the next line
            line += 1
            yield "</tspan>" * (len(runs) + (line > 1)) + f'<tspan x="0" y="{short(line * LINE * size)}">'
            for run in runs:
                yield from run
        elif tag.startswith("</"):
            runs.pop()
            yield "</tspan>"
        else:
            runs.append(_run(tag))
            yield from runs[-1]
    yield "</tspan>" if line else ""


def _run(tag: str) -> tuple[Part, ...]:
    if tag == "<b>":
        return ('<tspan font-weight="bold">',)
    name, _, value = tag.removeprefix('<span style="').removesuffix('">').partition(":")
    if name == "color":
        return ("<tspan ", Ink("fill", value), ">")
    return (f'<tspan font-size="{value.removesuffix("px")}">',)


def _stretches(points: Sequence[Any]) -> list[list[Any]]:
    """Part points where one is nowhere."""
    found: list[list[Any]] = [[]]
    for point in points:
        if point is None or point[0] is None:
            found.append([])
        else:
            found[-1].append(point)
    return [stretch for stretch in found if stretch]


def _nth(value: object, number: int) -> Any:  # noqa: ANN401 - a figure's value
    """Return the value of one mark, of a property that all have in common or each of its own."""
    return value[number] if isinstance(value, list) else value
