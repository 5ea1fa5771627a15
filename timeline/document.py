"""The document: themes, sources, events, measures, glossary and tours, as frozen models.

A document is what an ``events.json`` says. The models refuse unknown keys and wrong types; what one entry says of
another (an unknown theme, a link to nowhere) is checked by :mod:`timeline.reference`, which the reader asks as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator

from timeline.fault import RefusedError, quoted
from timeline.fields import (
    LANGUAGE,
    WEB,
    ClosedDate,
    Color,
    Flag,
    Id,
    Number,
    Period,
    SeriesId,
    Text,
    Whole,
    WrittenDate,
    Year,
)
from timeline.limits import LONGEST

if TYPE_CHECKING:
    from timeline.dates import Date

Symbol = Literal["square", "triangle", "diamond", "circle", "cross", "star", "pentagon", "hexagon"]
SourceKind = Literal[
    "archive", "article", "book", "chapter", "dataset", "encyclopedia", "exhibit", "law", "newspaper",
    "role-play", "speech", "student essay", "student notes", "revision cards", "website",
]  # fmt: skip
LinkKind = Literal["led to", "response to", "part of", "contradicts"]


class Model(BaseModel):
    """What all parts of a document have in common: frozen, no unknown keys, and no text beyond the limit."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=LONGEST)


class Cite(Model):
    """A place in a source that says something; ``at`` names a part of that source's outline."""

    source: Id
    at: Id | None = None
    repeats: Id | None = None


class Quantity(Model):
    """A number at a date: a value, a range, or a value within a range."""

    date: ClosedDate
    value: Number | None = None
    low: Number | None = None
    high: Annotated[Number | None, Field(validate_default=True)] = None
    unsure: Flag = False

    @field_validator("high")
    @classmethod
    def _orders_its_numbers(cls, high: float | None, info: ValidationInfo) -> float | None:
        # Asked of the last of the three and not of the whole, which pydantic leaves out where any other field is wrong.
        value, low = info.data.get("value"), info.data.get("low")
        if value is low is high is None and {"value", "low"} <= info.data.keys():
            raise RefusedError("no number is given", '"value", or "low" and "high", or all three')
        if low is not None and high is not None and low > high:
            raise RefusedError(f"the range ends at {high:g} before it starts at {low:g}", "the smaller number as low")
        if value is not None and not (low is None or low <= value) & (high is None or value <= high):
            raise RefusedError(f"the value {value:g} is outside its own range", "a value from low to high")
        return high


class Figure(Quantity):
    """A number that a claim gives, belonging to one series of one measure."""

    series: SeriesId


class Observation(Quantity):
    """One point of a series; without cites of its own it has those of its series."""

    cites: tuple[Cite, ...] = ()
    note: Text | None = None


class Correction(Model):
    """What is right where a claim is wrong, and who says so."""

    says: Text
    cites: Annotated[tuple[Cite, ...], Field(min_length=1)]
    figures: tuple[Figure, ...] = ()


class Claim(Model):
    """One statement, in the editors' words, with the sources that make it."""

    says: Text
    cites: Annotated[tuple[Cite, ...], Field(min_length=1)]
    by: Text | None = None
    question: Text | None = None
    figures: tuple[Figure, ...] = ()
    correction: Correction | None = None


class Link(Model):
    """A typed connection from one event to another, with its reason."""

    to: Id
    kind: LinkKind
    because: Text
    cites: tuple[Cite, ...] = ()


class Event(Model):
    """Something that happened, dated exactly as precisely as is known.

    The first theme is the lane in which it is drawn. ``importance`` runs from 1 to 5; ``label`` is a short title for
    the chart; ``context`` marks an event that the editors added around the record's own sources.
    """

    id: Id
    date: WrittenDate
    title: Text
    themes: Annotated[tuple[Id, ...], Field(min_length=1)]
    label: Text | None = None
    summary: Text | None = None
    importance: Annotated[Whole, Field(ge=1, le=5)] = 3
    place: Text | None = None
    context: Flag = False
    claims: tuple[Claim, ...] = ()
    links: tuple[Link, ...] = ()


class Theme(Model):
    """A subject by which events are filtered: one lane, one colour, one symbol."""

    id: Id
    label: Text
    summary: Text | None = None
    color: Color | None = None
    symbol: Symbol | None = None


class Part(Model):
    """A named place in a source: a heading, a numbered point, a card, a table."""

    id: Id
    title: Text
    repeats: Id | None = None


class Source(Model):
    """A text that is cited; ``repeats`` names the source from which it takes what it says."""

    id: Id
    title: Text
    kind: SourceKind
    author: tuple[Text, ...] = ()
    year: Year | None = None
    within: Text | None = None
    volume: Text | None = None
    pages: Text | None = None
    publisher: Text | None = None
    url: Annotated[str, StringConstraints(pattern=WEB)] | None = None
    file: Text | None = None
    note: Text | None = None
    repeats: Id | None = None
    outline: tuple[Part, ...] = ()


class Series(Model):
    """Observations that may be joined by a line: one base, one way of counting.

    Series of one measure that name the same ``scope`` count the same thing in rival ways; without one, a series is
    compared with itself alone.
    """

    id: Id
    label: Text
    base: Text
    scope: Text | None = None
    cites: tuple[Cite, ...] = ()
    observations: tuple[Observation, ...] = ()


class Measure(Model):
    """A measured quantity with its unit; its series differ in base or in who counted."""

    id: Id
    label: Text
    unit: Text
    themes: tuple[Id, ...] = ()
    per: Literal["moment", "year"] = "moment"
    series: Annotated[tuple[Series, ...], Field(min_length=1)]


class Term(Model):
    """A word that readers may not know."""

    id: Id
    term: Text
    meaning: Text
    original: Text | None = None
    aliases: tuple[Text, ...] = ()
    cites: tuple[Cite, ...] = ()


class Step(Model):
    """One stop of a tour: a text, and the view in which it is read."""

    text: Text
    event: Id | None = None
    themes: tuple[Id, ...] = ()
    q: str = ""
    start: WrittenDate | None = Field(default=None, alias="from")
    end: WrittenDate | None = Field(default=None, alias="to")
    measure: Id | None = None

    @field_validator("end")
    @classmethod
    def _follows_start(cls, end: Date | None, info: ValidationInfo) -> Date | None:
        start = info.data.get("start")
        if start and end and end.end <= start.start:
            raise RefusedError(f"{quoted(end.text)} is before {quoted(start.text)}", "a date after the one in from")
        return end


class Tour(Model):
    """A path through the timeline for a reader who wants to be shown."""

    id: Id
    title: Text
    summary: Text
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


class Timeline(Model):
    """A whole document: the events of one subject, with their sources.

    ``period`` is what the axis shows, an interval in EDTF; without one it is the extent of all dates. ``contact``
    says where to report a mistake: a web or mailto address, or words.
    """

    title: Text
    summary: Text | None = None
    language: Annotated[str, StringConstraints(pattern=LANGUAGE)] = "en"
    period: Period | None = None
    version: Text | None = None
    editors: tuple[Text, ...] = ()
    licence: Text | None = None
    url: Annotated[str, StringConstraints(pattern=WEB)] | None = None
    contact: Text | None = None
    schema_: str | None = Field(default=None, alias="$schema")
    themes: Annotated[tuple[Theme, ...], Field(min_length=1)]
    sources: tuple[Source, ...] = ()
    events: tuple[Event, ...] = ()
    measures: tuple[Measure, ...] = ()
    glossary: tuple[Term, ...] = ()
    tours: tuple[Tour, ...] = ()

    def _repr_html_(self) -> str:
        """Show the interactive page in a notebook."""
        from timeline.interface import frame  # noqa: PLC0415 - Dash takes a second to import

        return frame(self)
