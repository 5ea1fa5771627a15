"""The plan of a chart: a document's events as lanes, rows, thresholds and colours; all that it is drawn from.

Python's figure, the browser's figure and the still picture are all drawn from a plan, so that they agree.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from math import inf
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from timeline import color, compact
from timeline.dates import day_number, order
from timeline.garbage import uncollected
from timeline.member import MONTHS
from timeline.metrics import LABEL_SIZE, text_width
from timeline.placement import GAP, MARK, PAD, ROWS, Entry, Place, place, thresholds
from timeline.shapes import LANE_GAP, LANE_LEAST, LANE_PAD, LEAST

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.document import Claim, Event, Theme, Timeline

SYMBOLS = ("square", "triangle", "diamond", "circle", "cross", "star", "pentagon", "hexagon")
LONGEST = 48
"""Characters of a title that stands on the chart for want of a label."""
HEAD, HEAD_LINES = 14, 2
"""Characters of a line of a theme's name beside its lane, and the lines that it may have there."""
SHADES = 20
"""Steps in which what fades comes and goes; Plotly blends one into the next."""
FAINTEST = 0.35
"""Share of the full shade that is left where a fade begins: every day that a date may mean is seen to be meant."""
SHADE = 3.0
"""Contrast of the full shade with the lane's band; on either page it leaves 4.5:1 to a label that stands on it."""
UNDATED = float(day_number(1900)), float(day_number(2000))
"""What the axis shows of a document without a date or a period: some day's hours would look like somebody's date."""
STYLES = {"light": color.PAPER, "dark": color.DARK}
REFERENCE = "The quick brown fox jumps over the lazy dog, 1918–1941"
"""A text whose drawn width tells how much wider than the metrics a reader's font is."""


@dataclass(frozen=True)
class Plan:
    """Where the events of a document stand, whatever the window, the filter and the width.

    ``period`` is the axis's extent in day numbers; ``events`` are in time order, and ``order`` tells where in the
    document each stands; one outside the period has no place; ``columns`` hold a list for each property, with a value
    for each event: day numbers, infinite where it is open; its row, -1 outside the period; zooms, infinite for what is
    never drawn.
    """

    timeline: Timeline
    period: tuple[float, float]
    events: tuple[Event, ...]
    order: tuple[int, ...]
    entries: tuple[Entry, ...]
    places: tuple[Place | None, ...]
    columns: dict[str, list[Any]]
    rows: tuple[int, ...]
    priority: tuple[int, ...]

    @cached_property
    def lanes(self) -> list[dict[str, Any]]:
        """Each lane's theme id, label, symbol, number of rows, and colours on either page."""
        return [
            {
                "id": theme.id,
                "label": theme.label,
                "head": _head(theme.label),
                "symbol": symbol(theme, lane),
                "rows": self.rows[lane],
                **{style: colors(theme, lane, style) for style in STYLES},
            }
            for lane, theme in enumerate(self.timeline.themes)
        ]

    @cached_property
    def telling(self) -> list[Claim]:
        """The claims that give figures or whose corrections do."""
        telling = in_time(event for event in self.timeline.events if any(map(_gives, event.claims)))
        return [claim for event in telling for claim in event.claims if _gives(claim)]

    def limits(self, passing: Sequence[int]) -> dict[str, list[Any]]:
        """Return the thresholds, as columns, when only some events are drawn, by index; rows and sides stay."""
        if len(passing) == len(self.events):
            return self.columns
        inside = {index: place for index in passing if (place := self.places[index])}
        found = thresholds([self.entries[index] for index in inside], [*inside.values()], period=self.period)
        given = dict(zip(inside, found, strict=True))
        return _thresholds([given.get(index) for index in range(len(self.events))])

    def record(self) -> dict[str, Any]:
        """Return what the browser needs of the plan, as JSON; the rest it takes from the document itself."""
        return {
            "period": self.period,
            "lanes": self.lanes,
            "columns": compact.columns(self.columns),
            "dates": compact.dates(self.timeline.events, self.order),
            "months": MONTHS,
            "longest": LONGEST,
            "sizes": {
                "mark": MARK, "gap": GAP, "pad": PAD, "label": LABEL_SIZE, "least": LEAST,
                "lanePad": LANE_PAD, "laneGap": LANE_GAP, "laneLeast": LANE_LEAST,
            },
            "reference": {"text": REFERENCE, "width": text_width(REFERENCE, LABEL_SIZE)},
            "pages": {style: {"paper": paper, "ink": color.INK[style]} for style, paper in STYLES.items()},
        }  # fmt: skip


@uncollected()
def plan(timeline: Timeline) -> Plan:
    """Place the events of a document."""
    # Events are asked in the order in which they lie in memory, the document's, and what they say is put into time
    # order: to ask very many in time order takes several times as long.
    told, period = timeline.events, extent(timeline)
    lanes = {theme.id: lane for lane, theme in enumerate(timeline.themes)}
    keys = [order(event.date) for event in told]
    turn = sorted(range(len(told)), key=keys.__getitem__)
    said = {name: [column[index] for index in turn] for name, column in _said(told, lanes).items()}
    entries = _entries(said, period)
    met = [meets(event, period) for event in told]
    inside = [index for index, at in enumerate(turn) if met[at]]
    placement = place([entries[index] for index in inside], period=period, rows=ROWS)
    given = dict(zip(inside, placement.places, strict=True))
    places = tuple(given.get(index) for index in range(len(told)))
    rows = placement.rows + (0,) * (len(lanes) - len(placement.rows))
    columns = {**said, "linked": _linked(told, said["id"]), **_drawn(entries, places), **_thresholds(places)}
    for zooms in ("mark", "label"):
        columns[zooms] = [*map(compact.rounded, columns[zooms])]
    events, priority = tuple(told[index] for index in turn), tuple(inside[index] for index in placement.order)
    return Plan(timeline, period, events, tuple(turn), entries, places, columns, rows, priority)


def in_time(events: Iterable[Event]) -> list[Event]:
    """Return events in time order; of one time, in the order in which they are given."""
    return sorted(events, key=lambda event: order(event.date))


def _gives(claim: Claim) -> bool:
    """Tell whether a claim or its correction gives figures."""
    return bool(claim.figures or (claim.correction and claim.correction.figures))


def _said(events: Sequence[Event], lanes: dict[str, int]) -> dict[str, list[Any]]:
    """Return the columns of what a document says of its events."""
    short = [*map(label, events)]
    return {
        "id": [event.id for event in events],
        "short": short,
        "width": [round(text_width(text, LABEL_SIZE), 2) for text in short],
        "title": [event.title for event in events],
        "words": [event.date.words for event in events],
        "themes": [[lanes[theme] for theme in event.themes] for event in events],
        "importance": [event.importance for event in events],
        "point": [event.date.kind == "point" for event in events],
        "first": [event.date.start for event in events],
        "last": [event.date.end for event in events],
        "fadeStart": [event.date.fade_start for event in events],
        "fadeEnd": [event.date.fade_end for event in events],
    }


def _entries(said: dict[str, list[Any]], period: tuple[float, float]) -> tuple[Entry, ...]:
    """Reduce events to the numbers that placement needs, their extents cut to the period."""
    names = ("id", "themes", "first", "last", "point", "importance", "width")
    entries = []
    for name, themes, first, last, point, importance, width in zip(*(said[name] for name in names), strict=True):
        start = max(first, period[0])
        entries.append(Entry(name, themes[0], start, max(start, min(last, period[1])), point, importance, width))
    return tuple(entries)


def _linked(events: Sequence[Event], ids: Sequence[str]) -> list[list[int]]:
    """Return for each id those that its event is linked with, in either direction."""
    links = [(event.id, link.to) for event in events for link in event.links]
    at = {name: index for index, name in enumerate(ids)} if links else {}
    linked: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in links:
        linked[at[one]].add(at[other])
        linked[at[other]].add(at[one])
    return [sorted(linked.get(index, ())) for index in range(len(ids))]


def _drawn(entries: Sequence[Entry], places: Sequence[Place | None]) -> dict[str, list[Any]]:
    """Return the columns of where placement put each event; one outside the period has no row."""
    return {
        "lane": [entry.lane for entry in entries],
        "start": [entry.start for entry in entries],
        "end": [entry.end for entry in entries],
        "row": [place.row if place else -1 for place in places],
        "left": [place is not None and place.side == "left" for place in places],
        "tier": [place.tier if place else 0 for place in places],
    }


def _thresholds(places: Sequence[Place | None]) -> dict[str, list[Any]]:
    """Return the columns of the zooms from which each event is drawn."""
    return {
        "mark": [place.mark_zoom if place else inf for place in places],
        "label": [place.label_zoom if place else inf for place in places],
        "inside": [place.inside_zoom if place else inf for place in places],
    }


def extent(timeline: Timeline) -> tuple[float, float]:
    """Return what the axis shows, as day numbers: the period, else all finite dates with a little room."""
    if timeline.period is not None:
        return timeline.period.start, timeline.period.end
    claims = [claim for event in timeline.events for claim in event.claims]
    rights = [claim.correction for claim in claims if claim.correction]
    series = [one for measure in timeline.measures for one in measure.series]
    dates = [
        *(event.date for event in timeline.events),
        *(figure.date for claim in claims for figure in claim.figures),
        *(figure.date for right in rights for figure in right.figures),
        *(observation.date for one in series for observation in one.observations),
    ]
    ends = [end for date in dates for end in (date.start, date.end) if abs(end) < inf]
    if not ends:
        return UNDATED
    first, last = min(ends), max(ends)
    room = max((last - first) * 0.02, 1.0)
    return first - room, last + room


def meets(event: Event, period: tuple[float, float]) -> bool:
    """Tell whether any part of an event lies in the period."""
    return event.date.start < period[1] and event.date.end > period[0]


def label(event: Event) -> str:
    """Return the event's words on the chart."""
    return event.label or _cut(event.title, LONGEST)


def _cut(text: str, most: int) -> str:
    """Return a text, cut at a word so that it has at most so many characters, with an ellipsis where it was cut."""
    return text if len(text) <= most else (text[:most].rpartition(" ")[0] or text[: most - 1]).rstrip(" ,;:–") + "…"


def _head(label: str) -> str:
    """Return a theme's name in the few short lines that there is room for beside its lane."""
    lines = wrap(label, HEAD)
    return "\n".join([*lines[: HEAD_LINES - 1], _cut(" ".join(lines[HEAD_LINES - 1 :]), HEAD)]).strip()


def symbol(theme: Theme, lane: int) -> str:
    """Return the theme's symbol: its own, or the next of the table."""
    return theme.symbol or SYMBOLS[lane % len(SYMBOLS)]


def colors(theme: Theme, lane: int, style: str) -> dict[str, Any]:
    """Return a lane's colours on the light or the dark page: of its mark, bars and band, and the shades of a fade."""
    paper = STYLES[style]
    ink = color.on(paper, theme.color or color.THEME_COLORS[lane % len(color.THEME_COLORS)])
    band = 0.06 if style == "light" else 0.03
    full = color.opacity(ink, color.laid(ink, band, paper), SHADE)
    return {
        "mark": ink,
        "bar": color.rgba(ink, 0.32 if style == "light" else 0.42),
        "soft": [color.rgba(ink, full * (FAINTEST + (1 - FAINTEST) * step / SHADES)) for step in range(SHADES + 1)],
        "band": color.rgba(ink, band),
    }
