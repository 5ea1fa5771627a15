"""The page: a document as HTML that can be read without any script.

It is written once, by the templates. Scripts only hide and show what stands in it; the controls and the chart, which
stand in it as well, are Dash's (:mod:`timeline.interface`).
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import timeline as package
from timeline import blocks
from timeline.bibliography import reference, short
from timeline.dates import civil, order
from timeline.garbage import uncollected
from timeline.glossary import Glossary
from timeline.panels import panels
from timeline.picture import picture
from timeline.plan import Plan, in_time, plan
from timeline.quantity import plain, worded
from timeline.scale import Scale
from timeline.sourcebook import Sourcebook
from timeline.words import isolated, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.disagreement import Group, Number
    from timeline.document import Cite, Event, Figure, Link, Measure, Quantity, Series, Timeline
    from timeline.panels import Panel

HERE = Path(__file__).parent
EVERY, CHIEF, FIRST = 10_000, 2_000, 50
"""Events that the list holds at the most; of more, it holds the chief ones, as the table does of more than these.
Scripts find of more than these the first alone as elements, and make the others: over all, browsers take seconds."""
ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><rect width='16' height='16' rx='3' fill='#1f1d1a'/>"
    "<path d='M3 4.5h6M6 8h7M3 11.5h4' stroke='#faf8f3' stroke-width='2'/></svg>"
)


KEYS = (
    ("← →", "walk"), ("↑ ↓", "lanes"), ("Home End", "ends"), ("Enter", "open"), ("Esc", "close"), ("+ −", "zoom"),
    ("0", "fit"), ("Shift ← →", "pan"), ("/", "search"), ("?", "keys"),
)  # fmt: skip
"""Keys with the names of what they do in the table of words; but for the last two, on the chart."""


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, trim_blocks=True, undefined=StrictUndefined
    )
    environment.globals["say"] = say
    return environment


class Connection(NamedTuple):
    """A link as read from one of its two events."""

    kind: str
    event: Event
    because: str
    cites: tuple[Cite, ...]


class Page:
    """A document, as its templates need it: things looked up, and things put into words."""

    number = staticmethod(worded)
    icon = Markup("data:image/svg+xml,") + quote(ICON, safe="")
    plain = staticmethod(plain)
    reference = staticmethod(reference)
    scale = Scale
    short = staticmethod(short)
    unseen = set

    @uncollected()
    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.drawn: Plan = plan(timeline)
        self.events = self.drawn.events
        beside = ThreadPoolExecutor(max_workers=1)  # gzip takes a second of a large document, and no interpreter
        self._document = beside.submit(blocks.document, timeline, self.drawn)
        beside.shutdown(wait=False)
        self.sources = Sourcebook(timeline, self.events)
        self.evidence = self.sources.evidence
        self.glossary = Glossary(timeline.glossary)
        self.themes = {theme.id: theme for theme in timeline.themes}
        self._lanes = {theme.id: lane for lane, theme in zip(self.drawn.lanes, timeline.themes, strict=True)}
        self._measures = {measure.id: measure for measure in timeline.measures}
        self._series = {
            f"{measure.id}/{series.id}": series for measure in timeline.measures for series in measure.series
        }

    @uncollected()
    def html(self, **dash_parts: str) -> str:
        """Return the page, with Dash's parts of it (config, scripts, styles, entry), which are markup."""
        parts: dict[str, Any] = {name: Markup(part) for name, part in dash_parts.items()}  # noqa: S704 - Dash's own markup
        template = _templates().get_template("page.html")
        return template.render(page=self, timeline=self.timeline, version=package.__version__, **parts)

    @property
    def keys(self) -> list[tuple[list[str], str]]:
        """The keys that the page hears, each with what it does."""
        return [(keys.split(), say(f"key_{name}")) for keys, name in KEYS]

    @property
    def views(self) -> list[tuple[str, str]]:
        """The page's views that this document fills, each with the anchor of its section."""
        timeline = self.timeline
        views = [
            ("timeline", "ui_events", True),
            ("tours", "ui_tours", timeline.tours),
            ("table", "ui_table", True),
            ("disagreements", "ui_disagreements", self.disagreements or self.evidence.questions),
            ("figures", "ui_measures", timeline.measures),
            ("sources", "ui_sources", timeline.sources),
            ("words", "ui_glossary", timeline.glossary),
        ]
        return [(name, anchor) for name, anchor, filled in views if filled]

    def style(self, theme: str) -> str:
        """Return the theme's colours as custom properties for a style attribute."""
        return self._styles[theme]

    def named(self, theme: str) -> Markup:
        """Return the theme's symbol and label."""
        return self._named[theme]

    @cached_property
    def _styles(self) -> dict[str, str]:
        return {
            theme: f"--light:{lane['light']['mark']};--dark:{lane['dark']['mark']}"
            for theme, lane in self._lanes.items()
        }

    @cached_property
    def _named(self) -> dict[str, Markup]:
        markup = Markup('<i class="symbol {}" aria-hidden="true"></i>{}')
        return {theme: markup.format(lane["symbol"], lane["label"]) for theme, lane in self._lanes.items()}

    @cached_property
    def listed(self) -> list[int]:
        """The events that the list holds, by their indices: all, or of very many the most important."""
        chief = self.drawn.priority[:CHIEF] if len(self.events) > EVERY else range(len(self.events))
        return sorted(chief)

    @property
    def first(self) -> list[int]:
        """The events of the list that scripts find as elements; the others stand there for readers without scripts."""
        return self.listed if len(self.events) <= CHIEF else self.listed[:FIRST]

    @property
    def tabled(self) -> list[int]:
        """The events that the table holds, by their indices."""
        return self.listed if len(self.events) <= CHIEF else sorted(self.drawn.priority[:CHIEF])

    def chief(self, held: Sequence[int]) -> str:
        """Tell how many events a list holds, where that is not all of them."""
        shown, total = len(held), len(self.events)
        return say("chief", shown=plain(shown), total=plain(total)) if shown < total else ""

    def when(self, event: Event) -> Markup:
        """Return an event's extent on the axis of the period, for lists: nothing where it lies outside."""
        (first, last), date = self.drawn.period, event.date
        if date.end <= first or date.start >= last:
            return Markup()
        ends = [(min(max(end, first), last) - first) / (last - first) * 100 for end in (date.start, date.end)]
        names = {"point": date.kind == "point", "soft": bool(date.fade_start or date.fade_end)}
        kind = " ".join(["when", *(name for name, holds in names.items() if holds)])
        place = '<span class="{}" aria-hidden="true"><i style="--from:{:.4g}%;--to:{:.4g}%"></i></span>'
        return Markup(place.format(kind, *ends))  # noqa: S704 - names of ours and numbers

    @staticmethod
    def year(event: Event) -> str:
        """Return the year in which an event begins, or nothing where that is open."""
        start = order(event.date)[0]
        return str(civil(start)[0]) if abs(start) < inf else ""

    def measure_style(self, measure: Measure) -> str:
        """Return the colours of a measure's first theme, or of the first there is."""
        return self.style(measure.themes[0] if measure.themes else self.timeline.themes[0].id)

    def explained(self, text: str, seen: set[str]) -> Markup:
        """Return a text with each word of the glossary that has not been seen as a link to its meaning."""
        return self.glossary.mark(text, seen)

    def event(self, name: str) -> Event:
        """Return the event of an id."""
        return self.events[self._places[name]]

    def place(self, name: str) -> int:
        """Return the index of the event of an id."""
        return self._places[name]

    def question_id(self, question: str) -> str:
        """Return the anchor of a question that several claims answer."""
        return f"question_{[*self.evidence.questions].index(question) + 1}"

    @cached_property
    def disagreements(self) -> list[list[Group]]:
        """The measures of which sources differ, each as its groups of rival numbers."""
        found = [self.evidence.of_measure(measure) for measure in self.timeline.measures]
        differing = [groups for groups in found if any(group.differ for group in groups)]
        return [self.ordered(groups) for groups in differing]

    @staticmethod
    def ordered(groups: Sequence[Group]) -> list[Group]:
        """Return groups with those that differ first and those without a rival last."""
        return sorted(groups, key=lambda group: (not group.differ, not group.rivals))

    @staticmethod
    def beside(measures: Sequence[Sequence[Group]]) -> list[Quantity]:
        """Return the numbers that stand side by side already, so that they need not be said again."""
        return [number.quantity for groups in measures for group in groups for number in group.numbers]

    def pictured(self, measure: Measure) -> Markup:
        """Return a measure's panel as a still picture, or nothing where it has no series: sums are better in a list."""
        panel = self._panels.get([*self._measures].index(measure.id))
        return picture(self.drawn, panel, f"{measure.label}, {measure.unit}") if panel and panel.lines else Markup()

    def numbers(self, measure: Measure, series: Series) -> list[Number]:
        """Return all numbers of a series, observed and claimed, in time order."""
        found = self._numbers.get(f"{measure.id}/{series.id}", [])
        return sorted(found, key=lambda number: number.quantity.date.start)

    @cached_property
    def _panels(self) -> dict[int, Panel]:
        return {panel.measure: panel for panel in panels(self.drawn, "light")}

    @cached_property
    def _numbers(self) -> dict[str, list[Number]]:
        found: dict[str, list[Number]] = {}
        for number in self.evidence.numbers:
            found.setdefault(f"{number.measure.id}/{number.series.id}", []).append(number)
        return found

    def differing(self, measure: Measure) -> bool:
        """Tell whether sources differ on a measure."""
        return any(groups[0].measure is measure for groups in self.disagreements)

    def told(self, groups: Sequence[Group]) -> list[Event]:
        """Return the events that give any of the numbers, in time order."""
        told = {number.statement.event.id for group in groups for number in group.numbers if number.statement.event}
        return [self.events[place] for place in sorted(map(self.place, told))]

    def unit(self, figure: Figure) -> str:
        """Return the unit of the measure that a claim's figure belongs to."""
        return self._measures[figure.series.partition("/")[0]].unit

    def base(self, figure: Figure) -> str:
        """Return what a claim's figure counts: its measure and its series."""
        return f"{self._measures[figure.series.partition('/')[0]].label}: {self._series[figure.series].label}"

    def links(self, event: Event) -> list[Connection]:
        """Return an event's links and those that lead to it."""
        if not event.links and event.id not in self._links_to:
            return []
        here = [Connection(link.kind, self.event(link.to), link.because, link.cites) for link in event.links]
        there = [
            Connection(f"from {link.kind}", other, link.because, link.cites)
            for other, link in self._links_to.get(event.id, [])
        ]
        return here + there

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.drawn.columns["id"])}

    @cached_property
    def _links_to(self) -> dict[str, list[tuple[Event, Link]]]:
        found: dict[str, list[tuple[Event, Link]]] = {}
        for event in in_time(event for event in self.timeline.events if event.links):
            for link in event.links:
                found.setdefault(link.to, []).append((event, link))
        return found

    @property
    def colophon(self) -> Markup:
        """Return who made the record, under which licence, in which version, and where to report a mistake."""
        timeline = self.timeline
        sentences = [
            timeline.editors and say("editors", names=", ".join(map(isolated, timeline.editors))),
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
        """Return the document, packed: the file holds it once, and ``load`` reads it back."""
        return self._document.result()

    @property
    def plan(self) -> str:
        """Return the plan, packed, with all else that scripts need."""
        return blocks.plan(self)

    @property
    def bibliography(self) -> str:
        """Return the sources, packed: as BibTeX, and as CSL-JSON."""
        return blocks.bibliography(self)

    def side_by_side(self, measures: Sequence[Sequence[Group]]) -> str:
        """Return the measures of an event's figures that have rivals, as they stand in its article."""
        macros: Any = _templates().get_template("parts.html").module
        return str(macros.side_by_side(self, measures))
