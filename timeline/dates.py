"""What a written date means: EDTF (ISO 8601-2) in; kind, days, fading ends and words out.

A text is one member (a day, a month, a season …), or the ends of an interval, or the members of a set. What a member
means is read in :mod:`timeline.member`; here members become an extent. Day numbers count days from 1970-01-01 in the
proleptic Gregorian calendar; ends are exclusive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from math import inf
from typing import Literal

from timeline.fault import quoted
from timeline.member import (
    FORMS,
    MONTHS,
    WORDS,
    DateError,
    Member,
    civil,
    day_number,
    listed,
    read_member,
    shared,
    year_words,
)

__all__ = ["Date", "DateError", "Kind", "civil", "day_number", "order", "parse", "year_words"]

Kind = Literal["point", "soft", "span"]

LONGEST = 200
"""The greatest length of a written date, in characters."""
KEPT = 2**16
"""So many dates are kept when read: a record of 100,000 events has some 20,000 that differ, again and again."""

SLIPS = (  # how people write dates, months as numbers, and the same in EDTF
    (r"([0-9]{3})0s", "{0}X"),
    (r"(?:c|ca|c\.|ca\.|circa|about) *([0-9-]+)", "{0}~"),
    (r"([0-9]{4}) *(?:-|–|—|to) *([0-9]{4})", "{0}/{1}"),
    (r"([0-9]{2})([0-9]{2})[-–—/]([0-9]{2})", "{0}{1}/{0}{2}"),
    (r"([0-9]{4})[-./]([0-9]{1,2})", "{0}-{1:0>2}"),
    (r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})", "{0}-{1:0>2}-{2:0>2}"),
    (r"([0-9]{1,2})[. ]+([0-9]{1,2})[. ]+([0-9]{4})", "{2}-{1:0>2}-{0:0>2}"),
    (r"([0-9]{1,2}) ([0-9]{1,2}), ([0-9]{4})", "{2}-{0:0>2}-{1:0>2}"),
    (r"([0-9]{1,2}) ([0-9]{4})", "{1}-{0:0>2}"),
    (r"([0-9]{3})", "{0:0>4}"),
    (r"AD ([0-9]{1,4})", "{0:0>4}"),
    (r"([0-9]{1,4}) (?:AD|CE)", "{0:0>4}"),
)


@dataclass(frozen=True, slots=True)
class Date:
    """A date as it is written, with the days that it may mean; equal to another by its text.

    ``kind`` is ``point`` for a day or a time of a day, ``soft`` for something within a month, season, year, group of
    years or set, ``span`` for what lasts from one date to another. ``start`` and ``end`` are day numbers, infinite
    where open; ``fade_start`` and ``fade_end`` are days inside the extent over which its ends come and go, 0 where
    firm. An approximate or uncertain day is still a point: only its words tell.
    """

    text: str
    kind: Kind = field(compare=False)
    start: float = field(compare=False)
    end: float = field(compare=False)
    fade_start: float = field(compare=False)
    fade_end: float = field(compare=False)
    words: str = field(compare=False)

    def __str__(self) -> str:
        return self.text


def parse(text: object) -> Date:
    """Read a date.

    >>> parse("1932-24").words, parse("[..1930-03]").words, parse("1932~/1933~").words
    ('winter 1932–33', 'by March 1930', 'about 1932 to about 1933')

    Raises:
        DateError: Nothing else, whatever is given.

    """
    if isinstance(text, Date):
        return text
    if not isinstance(text, str):
        if type(text) is int and 0 < text < 10_000:  # noqa: PLR2004
            raise DateError(f"{text} is a number, not a text", f'it in quotes, as in "{text:04}"')
        raise DateError("a date is a text in quotes", f"{FORMS} in quotes")
    if len(text) > LONGEST:
        raise DateError(f"{quoted(text)} is too long for a date")
    try:
        return _read(text)
    except DateError as error:
        meant = _meant(text) if error.write == FORMS else None
        if not meant:
            raise
        raise DateError(error.problem, f"{meant} if you mean {meant.words}") from None


def order(date: Date) -> tuple[float, float, str]:
    """Give the key by which dates stand in time order; what is dated "by March 1930" stands at March 1930."""
    start = date.start + date.fade_start if date.text[1:3] == ".." else date.start
    return start, date.end, date.text


@lru_cache(maxsize=KEPT)
def _read(text: str) -> Date:
    if text[:1] in ("[", "{"):
        return _set(text)
    if "/" in text:
        return _interval(text)
    member = read_member(text)
    if member.exact:
        return Date(text, "point", member.start, member.end, 0, 0, member.words())
    return _soft(text, member.start, member.end, member.words())


def _meant(text: str) -> Date | None:
    """Guess the EDTF of a date that is written in another way."""
    numbers = " ".join(text.split())
    for number, month in enumerate(MONTHS, 1):
        numbers = re.sub(rf"\b{month}\b|\b{month[:3]}\b\.?", str(number), numbers, flags=re.IGNORECASE)
    numbers = re.sub("([0-9]{1,4}) BCE?", _before_christ, numbers)
    for slip, form in (*SLIPS, ("(.+)", "{0}")):
        if match := re.fullmatch(slip, numbers, re.IGNORECASE):
            try:
                return _read(form.format(*match.groups()))
            except DateError:
                continue
    return None


def _before_christ(year: re.Match[str]) -> str:
    return "0000" if int(year[1]) <= 1 else f"-{int(year[1]) - 1:04}"


def _soft(text: str, start: float, end: float, words: str) -> Date:
    """Make a date that is somewhere in its extent: it is widest in the middle half, or there alone where marked."""
    fade = (end - start) / (2 if any(mark in text for mark in "~?%") else 8)
    return Date(text, "soft", start, end, fade, fade, words)


def _firm(text: str, kind: Kind, extent: tuple[float, float], fades: tuple[float, float], words: str) -> Date:
    """Make a date whose ends fade by ``fades`` days, by less where both would take more than there is."""
    width = extent[1] - extent[0]
    fade_start = min(fades[0], max(width - fades[1], width / 2))
    return Date(text, kind, *extent, fade_start, min(fades[1], width - fade_start), words)


def _end(text: str) -> Member:
    if "T" in text:
        raise DateError(f"{quoted(text)} is a time of day, which no interval or set can have", "days")
    return read_member(text)


def _interval(text: str) -> Date:
    """Read an interval: ``..`` is an open end, nothing at all one that is not known."""
    left, _, right = text.partition("/")
    first, last = (None if end in ("", "..") else _end(end) for end in (left, right))
    if first and last:
        if last.end <= first.start:
            raise DateError(f"{quoted(text)} ends before it starts", f"the earlier date first, as in {right}/{left}")
        return _firm(text, "span", (first.start, last.end), (first.fade, last.fade), _span_words(first, last))
    if first:
        key, end, fade = ("from", inf, 0.0) if right else ("no end", first.end, first.end - first.start)
        return _firm(text, "span", (first.start, end), (first.fade, fade), WORDS[key].format(first.words()))
    if last:
        key, start, fade = ("until", -inf, 0.0) if left else ("no start", last.start, last.end - last.start)
        return _firm(text, "span", (start, last.end), (fade, last.fade), WORDS[key].format(last.words()))
    raise DateError(f"{quoted(text)} has neither a start nor an end", "at least one of them, as in 1930/..")


def _span_words(first: Member, last: Member) -> str:
    if first == last:
        parts = first.parts if first.exact else (WORDS["whole"].format(" ".join(first.parts)),)
        return first._replace(parts=parts).words(inside=True)
    return WORDS["span"].format(*_said([first, last]))


def _said(members: list[Member]) -> list[str]:
    """Say members that stand in one phrase; what they share is said once, unless something is said of one alone."""
    if any(member.mark or member.note for member in members):
        return [member.words(inside=True) for member in members]
    return shared([member.parts for member in members])


def _set(text: str) -> Date:
    """Read ``[…]``, one of some dates, or ``{…}``, all of them.

    An open end fades within a year: what is dated "by March 1930" is drawn at March 1930, not from the beginning.
    """
    kind, pieces = text[0], text[1:-1].split(",")
    if text[-1] != {"[": "]", "{": "}"}[kind] or (len(pieces) == 1 and ".." not in text):
        raise DateError(f"{quoted(text)} is no set of dates", "[1930,1932] for one of them, {1930,1932} for all")
    if any(piece[:2] == ".." for piece in pieces[1:]) or any(piece[-2:] == ".." for piece in pieces[:-1]):
        raise DateError(f"{quoted(text)} has an open end in its middle", 'a ".." first or last, as in [..1930,1932]')
    ranges = [_range(piece) for piece in pieces]
    first = min((begin for begin, _ in ranges), key=lambda member: member.start)
    last = max((end for _, end in ranges), key=lambda member: member.end)
    words = _set_words(kind, pieces, ranges)
    before, after = text[1:3] == "..", text[-3:-1] == ".."
    if not before and not after:
        return _soft(text, first.start, last.end, words)
    start = _years_on(first.start, -1) if before else first.start
    end = _years_on(last.end, 1) if after else last.end
    fades = first.start - start if before else first.fade, end - last.end if after else last.fade
    return _firm(text, "soft", (start, end), fades, words)


def _range(piece: str) -> tuple[Member, Member]:
    left, _, right = piece.partition("..")
    first, last = _end(left or right), _end(right or left)
    if len(first.parts) != len(last.parts):
        raise DateError(f"{quoted(piece)} mixes years, months and days", "both ends alike, as in [1930..1933]")
    if last.end <= first.start:
        raise DateError(f"{quoted(piece)} ends before it starts", f"the earlier date first, as in {right}..{left}")
    return first, last


def _set_words(kind: str, pieces: list[str], ranges: list[tuple[Member, Member]]) -> str:
    if not any(".." in piece for piece in pieces):
        return listed(_said([member for member, _ in ranges]), kind)
    close, said = {"[": "]", "{": "}"}[kind], []
    for piece, (first, last) in zip(pieces, ranges, strict=True):
        left, _, right = piece.partition("..")
        if left and right:
            said.append(WORDS[f"{kind}..{close}"].format(WORDS["span"].format(*_said([first, last]))))
        else:
            key = f"{'' if left else kind}..{close if left else ''}"
            said.append(WORDS[key].format(first.words()) if ".." in piece else first.words(inside=True))
    return listed(said, kind)


def _years_on(number: float, years: int) -> int:
    year, month, day = civil(number)
    return day_number(year + years, month, day)
