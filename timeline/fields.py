"""The single values of a document, as types: ids, texts, numbers, colours, and dates as they may stand in it."""

from __future__ import annotations

from math import isfinite
from typing import Annotated

from pydantic import (
    AfterValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)

from timeline.dates import Date, day_number, parse
from timeline.fault import RefusedError, quoted
from timeline.limits import EDGE, GREATEST, SMALLEST

KEBAB = r"^[a-z0-9]+(-[a-z0-9]+)*$"
KEBAB_PAIR = r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$"
INK = r"\S"
HEX = r"^#[0-9a-fA-F]{6}$"
WEB = r"^https?://\S+$"
LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"

Id = Annotated[str, StringConstraints(pattern=KEBAB)]
"""A kebab-case name, unique among its kind; an event's is the anchor of links to it."""

SeriesId = Annotated[str, StringConstraints(pattern=KEBAB_PAIR)]
"""A measure and one of its series, as in ``deaths/famine-ussr``."""

Text = Annotated[str, StringConstraints(pattern=INK)]
"""Words for the reader; never blank."""

Color = Annotated[str, StringConstraints(pattern=HEX)]
"""A colour as ``#rrggbb``, for a light page; the dark page's is derived from it."""

Whole = Annotated[int, Field(strict=True)]
Flag = Annotated[bool, Field(strict=True)]

_FIRST, _LAST = day_number(-EDGE), day_number(EDGE + 1)


def _tellable(number: float) -> float:
    if 0 < abs(number) < SMALLEST:
        raise RefusedError(f"{number:g} is too near to 0 to be drawn", f"0, or a number of at least {SMALLEST:g}")
    return number


def _drawable(date: Date) -> Date:
    if date.start >= _FIRST and date.end < _LAST:
        return date  # as nearly all; what follows is for open ends and for messages
    if any(isfinite(end) and not _FIRST <= end < _LAST for end in (date.start, date.end)):
        raise RefusedError(
            f"{quoted(date.text)} lies beyond the years that the axis can show", f"a year from -{EDGE} to {EDGE - 1}"
        )
    return date


def _closed(date: Date) -> Date:
    if not (isfinite(date.start) and isfinite(date.end)):
        raise RefusedError(f"{quoted(date.text)} has an open end", "a date with a start and an end")
    return date


def _lasting(date: Date) -> Date:
    if date.kind != "span":
        raise RefusedError(f"{quoted(date.text)} is no interval", "its first and last year, as in 1918/1941")
    return _closed(date)


Number = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-GREATEST, le=GREATEST), AfterValidator(_tellable)]
Year = Annotated[int, Field(strict=True, ge=-EDGE, le=EDGE)]
WrittenDate = Annotated[
    Date,
    PlainValidator(parse, json_schema_input_type=str),
    AfterValidator(_drawable),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "description": "EDTF (ISO 8601-2), exactly as precise as is known"}),
]
ClosedDate = Annotated[WrittenDate, AfterValidator(_closed)]
Period = Annotated[WrittenDate, AfterValidator(_lasting)]
