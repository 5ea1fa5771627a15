"""The page: a document as HTML that can be read without any script.

It is written once, by the template ``page.html``. Scripts only hide its articles and show the chosen one beside the
chart; the controls and the chart, which stand in it, are Dash's (:mod:`timeline.interface`).
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

import timeline as package
from timeline import chart
from timeline.plan import Plan, plan
from timeline.words import WORDS, say

if TYPE_CHECKING:
    from timeline.document import Cite, Event, Figure, Link, Quantity, Source, Timeline

HERE = Path(__file__).parent
SHAPES = {
    "square": "M2 2h8v8H2z",
    "triangle": "M6 1.2 11 10.4H1z",
    "diamond": "M6 .8 11.2 6 6 11.2.8 6z",
    "circle": "M6 1.4a4.6 4.6 0 1 1 0 9.2 4.6 4.6 0 0 1 0-9.2z",
    "cross": "M4.4 1h3.2v3.4H11v3.2H7.6V11H4.4V7.6H1V4.4h3.4z",
    "star": "M6 .7 7.6 4.3l3.9.4-2.9 2.6.8 3.9L6 9.2l-3.4 2 .8-3.9L.5 4.7l3.9-.4z",
    "pentagon": "M6 .9l5.2 3.8-2 6.2H2.8l-2-6.2z",
    "hexagon": "M3.2 1.2h5.6L11.6 6l-2.8 4.8H3.2L.4 6z",
}
"""Outlines of the symbols in a square of 12 by 12, as Plotly draws them on the chart."""
ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><rect width='16' height='16' rx='3' fill='#1f1d1a'/>"
    "<path d='M3 4.5h6M6 8h7M3 11.5h4' stroke='#faf8f3' stroke-width='2'/></svg>"
)


class Connection(NamedTuple):
    """A link as read from one of its two events."""

    kind: str
    event: Event
    because: str


class Page:
    """A document, as its template needs it: things looked up, and things put into words."""

    icon = Markup("data:image/svg+xml,") + quote(ICON, safe="")

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.drawn: Plan = plan(timeline)
        self.events = self.drawn.events
        self.themes = {theme.id: theme for theme in timeline.themes}
        self._lanes = {theme.id: lane for lane, theme in zip(self.drawn.lanes, timeline.themes, strict=True)}
        self._sources = {source.id: source for source in timeline.sources}
        self._parts = {(source.id, part.id): part for source in timeline.sources for part in source.outline}
        self._measures = {measure.id: measure for measure in timeline.measures}
        self._series = {
            f"{measure.id}/{series.id}": series for measure in timeline.measures for series in measure.series
        }

    def html(self, **dash_parts: str) -> str:
        """Return the page, with Dash's parts of it (config, scripts, styles, entry), which are markup."""
        parts = {name: Markup(part) for name, part in dash_parts.items()}  # noqa: S704 - Dash's own markup
        environment = Environment(autoescape=True, trim_blocks=True, undefined=StrictUndefined)
        template = environment.from_string((HERE / "page.html").read_text(encoding="utf-8"))
        version = package.__version__
        return template.render(page=self, timeline=self.timeline, say=say, version=version, **parts)

    def style(self, theme: str) -> str:
        """Return the theme's colours as custom properties for a style attribute."""
        lane = self._lanes[theme]
        return f"--light:{lane['light']['mark']};--dark:{lane['dark']['mark']}"

    def symbol(self, theme: str) -> Markup:
        """Return the theme's symbol, as a picture without a name: its label stands beside it."""
        path = SHAPES[self._lanes[theme]["symbol"]]
        return Markup('<svg class="symbol" viewBox="0 0 12 12" aria-hidden="true"><path d="{}"/></svg>').format(path)

    def locator(self, cite: Cite) -> str:
        """Return a cited source in few words, with the place in it."""
        source = self._sources[cite.source]
        part = self._parts[cite.source, cite.at].title if cite.at else None
        return say("location", title=self.short(source), part=part) if part else self.short(source)

    def origin(self, cite: Cite) -> Source | None:
        """Return the source that a cited place repeats, if it repeats one."""
        part = self._parts.get((cite.source, cite.at or ""))
        repeats = cite.repeats or (part and part.repeats) or self._sources[cite.source].repeats
        return self._sources[repeats] if repeats else None

    @staticmethod
    def short(source: Source) -> str:
        """Return a source as one cites it in passing: author and year, or its title."""
        families = [author.partition(",")[0] for author in source.author]
        if not families:
            return source.title
        if len(families) > 3:  # noqa: PLR2004 - from four authors on, the first stands for all
            families = [say("et_al", name=families[0])]
        names = families[0] if len(families) == 1 else say("and", names=", ".join(families[:-1]), last=families[-1])
        return f"{names} {source.year}" if source.year else f"{names}, {source.title}"

    @staticmethod
    def reference(source: Source) -> Markup:
        """Return a source in full, as a line of a bibliography."""
        authors = "; ".join(source.author)
        title = Markup("<cite>{}</cite>").format(source.title)
        if source.url:
            title = Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(source.url, title)
        rest = [
            source.within,
            source.volume,
            source.publisher,
            source.year,
            source.pages and say("pages", pages=source.pages),
        ]
        kind = source.kind if not source.author else ""
        parts = [authors, title, *(str(part) for part in rest if part), kind]
        return Markup(", ").join(part for part in parts if part) + "."

    @staticmethod
    def number(quantity: Quantity) -> str:
        """Return a quantity's number: a value, a range, a value with its range, or a bound."""
        value, low, high = quantity.value, quantity.low, quantity.high
        if low is not None and high is not None:
            extent = f"{_plain(low)}–{_plain(high)}"
        elif low is not None:
            extent = say("at_least", number=_plain(low))
        else:
            extent = say("up_to", number=_plain(high)) if high is not None else ""
        if value is None:
            return extent
        return f"{_plain(value)} ({extent})" if extent else _plain(value)

    def unit(self, figure: Figure) -> str:
        """Return the unit of the measure that a claim's figure belongs to."""
        return self._measures[figure.series.partition("/")[0]].unit

    def base(self, figure: Figure) -> str:
        """Return what a claim's figure counts: its measure and its series."""
        return f"{self._measures[figure.series.partition('/')[0]].label}: {self._series[figure.series].label}"

    def links(self, event: Event) -> list[Connection]:
        """Return an event's links and those that lead to it."""
        here = [Connection(link.kind, self._events[link.to], link.because) for link in event.links]
        there = [
            Connection(f"from {link.kind}", other, link.because) for other, link in self._links_to.get(event.id, [])
        ]
        return here + there

    @cached_property
    def _events(self) -> dict[str, Event]:
        return {event.id: event for event in self.events}

    @cached_property
    def _links_to(self) -> dict[str, list[tuple[Event, Link]]]:
        found: dict[str, list[tuple[Event, Link]]] = {}
        for event in self.events:
            for link in event.links:
                found.setdefault(link.to, []).append((event, link))
        return found

    @property
    def colophon(self) -> Markup:
        """Return who made the record, under which licence, in which version, and where to report a mistake."""
        timeline = self.timeline
        sentences = [
            timeline.editors and say("editors", names=", ".join(timeline.editors)),
            timeline.version and say("version", version=timeline.version),
            timeline.licence and say("licence", licence=timeline.licence),
            timeline.contact and self._contact(timeline.contact),
        ]
        return Markup(" ").join(Markup("{}.").format(sentence) for sentence in sentences if sentence)

    @staticmethod
    def _contact(contact: str) -> str:
        """Return where to report a mistake: an address as a link, anything else as it stands."""
        if re.fullmatch(r"(https?://|mailto:)\S+", contact):
            return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(contact, say("contact"))
        return say("contact_words", contact=contact)

    @property
    def document(self) -> str:
        """Return the document as packed JSON: the file holds it once, and ``load`` reads it back."""
        return pack(self.timeline.model_dump_json(by_alias=True, exclude_defaults=True))

    @property
    def plan(self) -> str:
        """Return the plan as packed JSON, with the words and the figure's template."""
        record = self.drawn.record() | chart.template(self.drawn) | {"words": WORDS}
        return pack(json.dumps(record, ensure_ascii=False, separators=(",", ":")))


def pack(text: str) -> str:
    """Return a text as base64 of gzip: the same text gives the same characters."""
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def _plain(number: float) -> str:
    return f"{number:,.10g}"
