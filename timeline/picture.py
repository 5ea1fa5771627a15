"""A figure as one SVG file, drawn without a browser; its measures alone, for the page."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from timeline import color
from timeline.chart import AXIS, MARGIN, VEIL, layout, panel_traces
from timeline.drawing import Drawing
from timeline.elements import Along, Extent, Ink, Part, Path, Place, Shade
from timeline.panels import HEIGHT
from timeline.plan import STYLES
from timeline.shapes import Shapes
from timeline.strokes import short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.panels import Panel
    from timeline.plan import Plan

LAYERS = ("bands", "grid", "y", "marks", "texts", "years", "over")
"""Layers from the lowest; over them stand the panels, one layer each, and the notes."""
TITLE = 52
"""Pixels above a picture that stands alone, for its title."""
WIDTH, LEFT, TOP = 340.0, 44.0, 6.0
"""Pixels of the plot of a measure alone, and beside and above it: narrow enough to be read on a phone."""
SERIF = "Charter, Georgia, 'Liberation Serif', serif"
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no XML file may hold, in any way of writing them."""
RGBA = re.compile(r"rgba\((\d+),(\d+),(\d+),([\d.]+)\)")
Stops = tuple[tuple[float, str], ...]


class Writer:
    """Writes elements for one width and one style, and keeps the gradients that they use."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.shades: dict[Stops, str] = {}

    def markup(self, parts: Iterable[Part]) -> str:
        """Return an element's parts as SVG."""
        return "".join(part if isinstance(part, str) else self.part(part) for part in parts)

    def part(self, part: Part) -> str:  # noqa: PLR0911 - a kind of part each
        """Return a part that depends on the width or the style."""
        match part:
            case Place(x, y, step):
                return f'transform="translate({short(round(x) if step == 1 else x)} {short(y)})"'
            case Extent(x, width):
                return f'x="{short(x)}" width="{short(width)}"'
            case Along(x, end):
                return f'x1="{short(x)}" x2="{short(end)}"'
            case Path(points, attributes, stroke):
                d = "L".join(f"{short(x)} {short(y)}" for x, y in points)
                return f'<path d="M{d}" {attributes} {self.ink("stroke", stroke)}/>'
            case Shade(stops):
                return f'fill="url(#{self.shades.setdefault(stops, f"{self.prefix}{len(self.shades)}")})"'
            case Ink(name, value):
                return self.ink(name, value)
        return part

    def ink(self, name: str, value: str) -> str:
        """Return a colour as an attribute, and its opacity as another: not every reader of SVG knows CSS's colours."""
        if not (found := RGBA.fullmatch(value)):
            return f'{name}="{value}"'
        red, green, blue = (int(channel) for channel in found.groups()[:3])
        return f'{name}="#{red:02x}{green:02x}{blue:02x}" {name}-opacity="{found[4]}"'

    def gradients(self) -> str:
        """Return the gradients used."""
        return "".join(
            f'<linearGradient id="{name}">'
            + "".join(
                f'<stop offset="{at:g}" {self.ink("stop", value).replace("stop=", "stop-color=")}/>'
                for at, value in stops
            )
            + "</linearGradient>"
            for stops, name in self.shades.items()
        )


class Themed(Writer):
    """Writes colours as properties, each with its light and its dark value, as a plan pairs them."""

    def __init__(self, prefix: str, plan: Plan) -> None:
        super().__init__(prefix)
        self._dark = {color.INK["light"]: color.INK["dark"]} | {
            color.rgba(STYLES["light"], alpha): color.rgba(STYLES["dark"], alpha) for alpha in (VEIL, 1)
        }
        for lane in plan.lanes:
            light, dark = lane["light"], lane["dark"]
            self._dark |= {light[name]: dark[name] for name in ("mark", "bar", "band")}
            self._dark |= dict(zip(light["soft"], dark["soft"], strict=True))
        self._names: dict[str, str] = {}

    def ink(self, name: str, value: str) -> str:
        """Return a colour as an attribute."""
        if value not in self._dark:
            return f'{name}="{value}"'
        return f'{name}="var({self._names.setdefault(value, f"--i{len(self._names)}")})"'

    def properties(self) -> str:
        """Return the colours used."""
        pairs = ((name, exact(value), exact(self._dark[value])) for value, name in self._names.items())
        return ";".join(f"{name}:light-dark({light},{dark})" for name, light, dark in pairs)


def exact(value: str) -> str:
    """Return a colour so that a browser keeps its opacity, which it rounds to 255ths in ``rgba()``."""
    if not (found := RGBA.fullmatch(value)):
        return value
    channels = " ".join(f"{int(channel) / 255:.4g}" for channel in found.groups()[:3])
    return f"color(srgb {channels}/{found[4]})"


def stacked(drawing: Drawing, elements: Iterable[tuple[str, str]], writer: Writer, left_out: str = "") -> str:
    """Return elements, each given as its layer and its markup, in their layers; what is in a subplot is cut to it."""
    layers: defaultdict[str, list[str]] = defaultdict(list)
    for layer, markup in elements:
        layers[layer].append(markup)
    panels = [name for name in drawing.subplots if name != "y"]
    clips, parts = [], []
    for name in (*LAYERS, *panels, "notes"):
        body = "".join(layers[name])
        if not body or name == left_out:
            continue
        if name in drawing.subplots:
            one = drawing.subplots[name]
            extent = writer.part(Extent(0.0, drawing.plot))
            clips.append(
                f'<clipPath id="{writer.prefix}{name}"><rect {extent} y="{short(one.top)}" '
                f'height="{short(one.height)}"/></clipPath>'
            )
            body = f'<g clip-path="url(#{writer.prefix}{name})">{body}</g>'
        parts.append(body)
    return f"<defs>{''.join(clips)}{writer.gradients()}</defs>{''.join(parts)}"


def svg(figure: Mapping[str, Any], title: str, words: str) -> str:
    """Return a figure as an SVG file with its title above it; ``words`` say to a screen reader what it shows."""
    drawing, writer = Drawing(figure), Writer("fade")
    body = stacked(drawing, ((one.layer, writer.markup(one.parts)) for one in drawing.elements()), writer)
    page = figure["layout"]
    margin, width, height = page["margin"], page["width"], page["height"] + TITLE
    ink = page["font"]["color"]
    whole = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" aria-labelledby="title words">'
        f'<title id="title">{escape(title)}</title><desc id="words">{escape(words)}</desc>'
        f'<rect width="100%" height="100%" fill="{page["paper_bgcolor"]}"/>'
        f'<text x="{margin["l"] - 98}" y="36" font-family="{SERIF}" font-size="22" font-weight="bold" fill="{ink}">'
        f"{escape(title)}</text>"
        f'<g transform="translate({margin["l"]} {margin["t"] + TITLE})" fill="{ink}" '
        f"font-family='{page['font']['family']}' font-size=\"{page['font']['size']:g}\" "
        f'style="font-kerning:none">{body}</g></svg>\n'
    )
    return UNWRITABLE.sub("\ufffd", whole)


def picture(plan: Plan, panel: Panel, name: str) -> Markup:
    """Return a measure over the whole period as SVG for the page; ``name`` is what a screen reader calls it."""
    first, last = plan.period
    laid = Shapes((first, last), WIDTH, WIDTH / (last - first), [], 0.0)
    figure = layout(plan, laid, [panel], "light")
    figure["xaxis"] = {**figure["xaxis"], "anchor": "y2"}
    figure["annotations"] = figure["annotations"][1:]  # its title stands above
    drawing, writer = Drawing({"data": panel_traces([panel]), "layout": figure}), Themed(f"m{panel.measure}_", plan)
    top = drawing.subplots["y2"].top
    del drawing.subplots["y"]
    body = stacked(drawing, ((one.layer, writer.markup(one.parts)) for one in drawing.elements()), writer, "over")
    box = f"{-LEFT:g} {top - TOP:g} {LEFT + WIDTH + MARGIN['r']:g} {TOP + HEIGHT + AXIS:g}"
    svg = Markup('<svg class="panel" viewBox="{}" role="img" aria-label="{}" style="{}">{}</svg>')
    return svg.format(box, name, writer.properties(), Markup(body))  # noqa: S704 - escaped as it was drawn
