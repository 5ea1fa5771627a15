"""The chart as the page shows it before any script runs: one SVG that is right at every width, in light and dark.

The chart is drawn at several widths of its plot, in between which nothing comes or goes, and a second time a little
wider at each. What has moved then says which share of the width a place is, and how many px beside it, so that a
browser can put it where it belongs. What is only seen from one width to another is hidden by container queries.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from timeline import chart
from timeline.chart import MARGIN
from timeline.drawing import Drawing
from timeline.elements import Along, Extent, Path, Place
from timeline.panels import FIRST, panels
from timeline.picture import Themed, stacked
from timeline.shapes import LEAST, Shapes, shapes
from timeline.strokes import short
from timeline.threshold import MARK
from timeline.ticks import ticks
from timeline.traces import traces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline.elements import Part
    from timeline.plan import Plan

NARROWEST, WIDEST = 400, 2000
"""Pixels of the narrowest and the widest plot that the picture is made for: a tablet's, and that of 2,560 px."""
DRAWINGS, FEWEST, WORK = 100, 8, 12000
"""So many widths at the most are drawn, and at the least, and so many events at all of them together: with more
thresholds than widths, something is seen a few px of width late."""
PANELS = 16
"""So many widths at which the measures are drawn: their labels have no thresholds, but places that differ."""
MOST = 1000
"""So many events at the most are drawn, those that have room first: a page must not wait for its picture."""
WIDER = 2.0**-10
"""Pixels by which the second drawing of a width is wider."""
SIDES = MARGIN["l"] + MARGIN["r"]
NAME = "still"
UNSUITED = Markup(
    "@supports not ((color:light-dark(red,red)) and (width:round(1px,1px)) and selector(:has(a)))"
    "{.still{display:none!important}}"
)
"""Hides the picture in browsers without what the style sheet is made of."""
Piece = Sequence[tuple[str, str]]
"""What is drawn from one width to the next: layers and markup."""


class Still:
    """The opening view of a plan: the whole period, no filter, the first measures."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.below = panels(plan, "light")[:FIRST]
        self.whole = shapes(plan, range(len(plan.events)), plan.columns, plan.period, WIDEST)
        self.drawn = self._drawn()
        self._seen: set[int] = set()
        self.ticked = changes(lambda width: len(ticks(plan.period, width)))

    def _drawn(self) -> list[int]:
        """Return the events that are drawn at any width, and those beyond the period, which are counted."""
        zooms = {shape.event: self.plan.columns["mark"][shape.event] for shape in self.whole.marks}
        first = {*sorted(zooms, key=lambda event: zooms[event])[:MOST]}
        return [event for event, place in enumerate(self.plan.places) if event in first or place is None]

    def _widths(self) -> list[int]:
        """Return the widths from which something in the lanes is drawn that was not before, or drawn otherwise."""
        columns, days = self.plan.columns, self.plan.period[1] - self.plan.period[0]
        inside = [event for event in self.drawn if self.plan.places[event]]
        spans = [columns["end"][event] - columns["start"][event] for event in inside if not columns["point"][event]]
        groups = [[columns[name][event] for event in inside] for name in ("mark", "label", "inside")]
        groups.append([px / span for span in spans for px in (LEAST, MARK)])
        most = max(FEWEST, min(DRAWINGS, WORK // (len(self.drawn) + 1)))
        found = {*self.ticked}
        for zooms in groups:  # what comes, before how it is drawn
            more = sorted({ceil(zoom * days) for zoom in zooms if zoom and NARROWEST < zoom * days < WIDEST} - found)
            if more and len(found) < most:
                found |= {*more[:: ceil(len(more) / (most - len(found)))]}
        return sorted(found)

    def html(self, name: str) -> Markup:
        """Return the picture; ``name`` is what a screen reader calls it."""
        writer = Fluid(f"{NAME}_", self.plan)
        elements = [*self.between(self._widths(), lambda width: self._piece(self._lanes, width, writer))]
        if self.below:
            step = (WIDEST - NARROWEST) // PANELS
            widths = sorted({*range(NARROWEST, WIDEST, step), *self.ticked})
            elements += self.between(widths, lambda width: self._piece(self._panels, width, writer))
        drawing = self._panels(NARROWEST)
        drawing.subplots |= self._lanes(NARROWEST).subplots
        body = stacked(drawing, elements, writer, left_out="over")
        margin, height = drawing.layout["margin"], drawing.layout["height"]
        return Markup(  # noqa: S704 - escaped as it was drawn
            f'<div class="picture" style="height:{height:g}px">'
            f'<svg role="img" aria-label="{escape(name)}" height="{drawing.height:g}" '
            f'style="left:{margin["l"]}px;top:{margin["t"]}px;{writer.properties()}">{body}</svg></div>'
        )

    def _lanes(self, width: float) -> Drawing:
        """Return the lanes as they are drawn at a width."""
        laid = shapes(self.plan, self.drawn, self.plan.columns, self.plan.period, width)
        for lane, whole in zip(laid.lanes, self.whole.lanes, strict=True):
            lane.total = whole.total  # also of those that no width has room for
        return Drawing({"data": traces(self.plan, laid, "light"), "layout": chart.layout(self.plan, laid, [], "light")})

    def _panels(self, width: float) -> Drawing:
        """Return the measures as they are drawn at a width, where they stand below the lanes."""
        days = self.plan.period[1] - self.plan.period[0]
        laid = Shapes(self.plan.period, width, width / days, [], self.whole.height)
        layout = chart.layout(self.plan, laid, self.below, "light")
        drawing = Drawing({"data": chart.panel_traces(self.below), "layout": layout})
        del drawing.subplots["y"]
        return drawing

    def _piece(self, draw: Callable[[float], Drawing], width: float, writer: Fluid) -> Piece:
        here, wider = ([*draw(one).elements()] for one in (width, width + WIDER))
        writer.width = width
        both = zip(here, wider, strict=False)
        return [(one.layer, writer.pair(one.parts, other.parts)) for one, other in both]

    def between(self, widths: Sequence[int], draw: Callable[[int], Piece]) -> Iterator[tuple[str, str]]:
        """Give what is drawn at the widths, each element once, with classes for the widths between which it is seen."""
        seen: dict[tuple[str, str], list[int]] = {}
        for number, width in enumerate(widths):
            for element in dict.fromkeys(draw(width)):
                seen.setdefault(element, []).append(number)
        for (layer, markup), numbers in seen.items():
            among = {*numbers}
            starts = [number for number in numbers if number - 1 not in among]
            ends = [number + 1 for number in numbers if number + 1 not in among]
            for start, end in zip(starts, ends, strict=True):
                names = [f"f{widths[start]}"] * (start > 0) + [f"u{width}" for width in widths[end : end + 1]]
                self._seen |= {widths[at] for at in (start, end) if 0 < at < len(widths)}
                yield layer, _classed(markup, " ".join(names)) if names else markup

    def rules(self) -> Markup:
        """Return which container hides what has been drawn: ``f`` is seen from a plot's width, ``u`` up to it.

        A browser without what the style sheet is made of shows no picture; ``page.js`` asks for it there.
        """
        rule = Markup("@container {} (width{}{}px){{.{}{}{{display:none}}}}")
        return UNSUITED + Markup("").join(
            rule.format(NAME, sign, f"{width + SIDES - 0.5:g}", name, width)  # a browser rounds to whole px
            for width in sorted(self._seen)
            for sign, name in ((Markup("<"), "f"), (Markup(">="), "u"))
        )

    def years(self) -> Markup:
        """Return the years above the chart."""
        first, last = self.plan.period

        def marks(width: int) -> Piece:
            shares = [((day - first) / (last - first), label) for day, label in ticks(self.plan.period, width)]
            left = [f"calc({share:.4%} + {short(MARGIN['l'] - share * SIDES)}px)" for share, _ in shares]
            return [
                ("", f'<span style="left:{x}">{escape(label)}</span>')
                for x, (_, label) in zip(left, shares, strict=True)
            ]

        return Markup("").join(Markup(markup) for _, markup in self.between(self.ticked, marks))  # noqa: S704 - escaped


def changes(value: Callable[[int], object], stride: int = 8) -> list[int]:
    """Return the narrowest width, and those at which a value changes and stays for a few px."""
    found, last = [NARROWEST], value(NARROWEST)
    for width in range(NARROWEST, WIDEST, stride):
        if value(width + stride) != last:
            found.append(next(one for one in range(width + 1, width + stride + 1) if value(one) != last))
            last = value(width + stride)
    return found


def _classed(markup: str, names: str) -> str:
    """Return an element with further classes."""
    tag, space, rest = markup.partition(" ")
    if rest.startswith('class="'):
        _, _, rest = rest.partition('"')
        return f'{tag} class="{names} {rest}'
    return f'{tag} class="{names}"{space}{rest}'


class Fluid(Themed):
    """Writes elements for any width and either style, from two drawings of which the second is a little wider."""

    width = 0.0

    def pair(self, parts: Sequence[Part], wider: Sequence[Part]) -> str:
        """Return an element as SVG."""
        return "".join(
            one if isinstance(one, str) else self._pair(one, other) for one, other in zip(parts, wider, strict=True)
        )

    def _pair(self, one: Any, wider: Any) -> str:  # noqa: ANN401, PLR0911 - two parts of the same kind
        match one:
            case Place(x, y, step):
                left = self._length(x, wider.x)
                if left.endswith("px") and not step:
                    return f'transform="translate({left.removesuffix("px")} {short(y)})"'
                return f'style="translate:{f"round({left},{step:g}px)" if step else left} {short(y)}px"'
            case Extent(x, width):
                sides = {"x": self._length(x, wider.x), "width": self._length(width, wider.width)}
                if any(side.startswith("calc") for side in sides.values()):
                    return f'style="{";".join(f"{name}:{side}" for name, side in sides.items())}"'
                return " ".join(f'{name}="{side}"' for name, side in sides.items())
            case Along(x, end):
                return f'x1="{self._length(x, wider.x)}" x2="{self._length(end, wider.end)}"'
            case Path(points, attributes, stroke):
                return self._path(points, wider.points, attributes, stroke)
        return self.part(one)

    def part(self, part: Part) -> str:
        """Return a part that depends on the style alone, or the whole plot."""
        if isinstance(part, Extent):
            return 'x="0" width="100%"'
        return super().part(part)

    def _length(self, x: float, wider: float) -> str:
        """Return a place as a share of the width and px beside it."""
        share = (wider - x) / WIDER
        rest = short(x - share * self.width)
        percent = f"{share * 100:.4f}".rstrip("0").rstrip(".")
        if not float(percent):
            return f"{rest}px"
        return f"{percent}%" if rest == "0" else f"calc({percent}% + {rest}px)"

    def _path(
        self,
        points: Sequence[tuple[float, float]],
        wider: Sequence[tuple[float, float]],
        attributes: str,
        stroke: str,
    ) -> str:
        """Return a line through data in a box that is stretched to the width, its stroke and dashes as they are."""
        at = [((other - x) / WIDER, y) for (x, y), (other, _) in zip(points, wider, strict=True)]
        d = "L".join(f"{short(share * 1000)} {short(y)}" for share, y in at)
        high = short(max(y for _, y in at) + 1)
        box = f'width="100%" height="{high}" viewBox="0 0 1000 {high}" preserveAspectRatio="none" overflow="visible"'
        return (
            f"<svg {box}>"
            f'<path d="M{d}" vector-effect="non-scaling-stroke" {attributes} {self.ink("stroke", stroke)}/></svg>'
        )
