"""A plan's numbers and dates, written small for the page; ``assets/columns.js`` reads them.

Whole numbers are base64 of little-endian arrays. A zoom is written as one of the zooms that lie a 2,900th of themselves
apart, the next greater one: what is drawn has room then, and two bytes hold it.
"""

from __future__ import annotations

import base64
import gzip
import re
import sys
from array import array
from functools import lru_cache
from math import ceil, inf, log2
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from timeline.dates import Date
    from timeline.document import Event

STEPS, LEAST = 2000, -16
"""Zooms between one and its double; the logarithm of the least that is not 0."""
NEVER = 2**16 - 1
"""How the zoom is written that no page has."""
LONG = 2_000_000
"""Bytes from which a text is packed in half the time, 1 % longer."""
DAY = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}")
"""Dates that the browser can read without being told."""


def code(zoom: float) -> int:
    """Return a zoom as it is written.

    >>> code(0.0), code(2.0**-16), code(1.0), code(inf)
    (0, 1, 32001, 65535)
    """
    if zoom in (0, inf):
        return NEVER if zoom else 0
    found = max(ceil((log2(zoom) - LEAST) * STEPS), 0) + 1
    found += _zoom(found) < zoom  # a logarithm may fall short by its last bit
    return min(found, NEVER)


@lru_cache(maxsize=2**16)
def _zoom(code: int) -> float:
    return float(2 ** ((code - 1) / STEPS + LEAST))


def rounded(zoom: float) -> float:
    """Return the least zoom that can be written and is no less."""
    found = code(zoom)
    return inf if found == NEVER else _zoom(found) if found else 0.0


def whole(numbers: Iterable[int], kind: str) -> str:
    """Return whole numbers as base64 of an array of a kind, by its letter in :mod:`array`."""
    written = array(kind, numbers)
    if sys.byteorder == "big":
        written.byteswap()
    return base64.b64encode(written.tobytes()).decode()


def columns(columns: Mapping[str, Sequence[Any]]) -> dict[str, str]:
    """Return the columns of a plan that the browser cannot work out of the document."""
    codes = {zoom: code(zoom) for zoom in {*columns["mark"], *columns["label"]}}
    return {
        "row": whole(columns["row"], "h"),
        "left": whole(columns["left"], "B"),
        "tier": whole(columns["tier"], "B"),
        "mark": whole((codes[zoom] for zoom in columns["mark"]), "H"),
        "label": whole((codes[zoom] for zoom in columns["label"]), "H"),
        "width": whole((round(width * 100) for width in columns["width"]), "I"),
    }


def dates(events: Sequence[Event], order: Iterable[int]) -> dict[str, list[Any]]:
    """Return by their text the dates of events and of their figures, but for plain days: what :class:`Date` says."""
    told = [_dates(event) for event in events]
    found = {date.text: date for index in order for date in told[index]}
    return {text: _said(date) for text, date in found.items() if not DAY.fullmatch(text)}


def _dates(event: Event) -> list[Date]:
    """Return an event's date and those of its figures."""
    found = [event.date]
    for claim in event.claims:
        right = claim.correction.figures if claim.correction else ()
        found += [figure.date for figure in (*claim.figures, *right)]
    return found


def _said(date: Date) -> list[Any]:
    """Return a date as JSON, without what may be left out at its end; an open end is ``null``."""
    ends = [end if abs(end) < inf else None for end in (date.start, date.end)]
    said = [date.words, *ends, date.fade_start, date.fade_end, int(date.kind == "point")]
    while said[-1] == 0:
        said.pop()
    return said


def pack(text: str) -> str:
    """Return a text as base64 of gzip: the same text gives the same characters."""
    told = text.encode()
    return base64.b64encode(gzip.compress(told, 9 if len(told) < LONG else 6, mtime=0)).decode()
