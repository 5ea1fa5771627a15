"""One member of a written date (a day, month, season, year …): the days that it may mean, and its words.

Day numbers count days from 1970-01-01 in the proleptic Gregorian calendar; ends are exclusive. The grammar is EDTF
(ISO 8601-2) level 2. It is read here and not by the ``edtf`` library, which takes 4 ms a date, prints to standard
output and raises ``AttributeError`` on ``1930-1X``; the tests compare the two.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from timeline.fault import RefusedError, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS: dict[str, tuple[int, int, str]] = {  # code: first month, months, words
    "21": (3, 3, "spring"), "22": (6, 3, "summer"), "23": (9, 3, "autumn"), "24": (12, 3, "winter"),
    "25": (3, 3, "northern spring"), "26": (6, 3, "northern summer"),
    "27": (9, 3, "northern autumn"), "28": (12, 3, "northern winter"),
    "29": (9, 3, "southern spring"), "30": (12, 3, "southern summer"),
    "31": (3, 3, "southern autumn"), "32": (6, 3, "southern winter"),
    "33": (1, 3, "first quarter"), "34": (4, 3, "second quarter"),
    "35": (7, 3, "third quarter"), "36": (10, 3, "last quarter"),
    "37": (1, 4, "first third"), "38": (5, 4, "second third"), "39": (9, 4, "last third"),
    "40": (1, 6, "first half"), "41": (7, 6, "second half"),
}  # fmt: skip
WORDS = {
    "BC": "{} BC", "AD": "AD {}", "decade": "the {}s", "over the year": "{}–{}", "part of": "of {}",
    "about": "about {}", "uncertain": "{} (uncertain)", "noted": "{}, {}", "noted inside": "{} ({})",
    "~": "{} approximate", "?": "{} uncertain", "%": "{} approximate and uncertain",
    "not known": "{} not known", "estimated": "estimated, between {} and {}",
    "year": "year", "month": "month", "day": "day",
    "span": "{} to {}", "whole": "the whole of {}", "from": "from {} on", "until": "until {}",
    "no end": "{}, end not known", "no start": "{}, start not known",
    "[": "{} or {}", "[..": "by {}", "..]": "{} or later", "[..]": "some time from {}",
    "{": "{} and {}", "{..": "{} and before", "..}": "{} and after", "{..}": "all of {}",
}  # fmt: skip
"""All words of dates but months and seasons; ``{}`` stands for what they are said of."""

FORMS = "YYYY, YYYY-MM or YYYY-MM-DD"
FARTHEST = 10**9
"""The greatest distance of a year from 0: day numbers stay exact, and so does all that is computed from them."""

_YEAR = r"((?!-0000)-?[0-9]{4})"
_MARK = "([~?%]?)"
_XS = rf"{_MARK}([0-9X]{{2}}){_MARK}"
_CALENDAR = re.compile(rf"{_MARK}((?!-0000)-?[0-9X]{{4}}){_MARK}(?:-{_XS}(?:-{_XS})?)?")
_SEASON = re.compile(rf"{_YEAR}-(2[1-9]|3[0-9]|4[01]){_MARK}")
_TWO = "([0-9]{2})"
_MOMENT = re.compile(rf"({_YEAR}-[0-9]{{2}}-[0-9]{{2}})T{_TWO}:{_TWO}:{_TWO}(Z|[+-][0-9]{{2}}(?::[0-9]{{2}})?)?")
_LONG = re.compile(rf"(?:{_YEAR}(?=S)|Y(-?[1-9][0-9]{{4,}}|-?[1-9][0-9]*E[1-9][0-9]*))(?:S([1-9][0-9]?))?{_MARK}")


class DateError(RefusedError):
    """A text is no date."""

    def __init__(self, problem: str, write: str = FORMS) -> None:
        super().__init__(problem, write)


class Member(NamedTuple):
    """The days that one member may mean, and its words from the day to the year, so that neighbours can share some.

    ``mark`` is the ``~``, ``?`` or ``%`` of the whole member, ``note`` what is said of a part of it; ``soft`` tells
    that something in it is approximate, uncertain or not known, ``exact`` that it names one day.
    """

    start: float
    end: float
    parts: tuple[str, ...]
    mark: str = ""
    note: str = ""
    soft: bool = False
    exact: bool = False

    @property
    def fade(self) -> float:
        """Days over which the end of an interval fades where this member gives it."""
        return self.end - self.start if self.soft else 0

    def words(self, *, inside: bool = False) -> str:
        """Say the member, alone or ``inside`` a longer phrase, with all that is approximate, uncertain or not known."""
        words = " ".join(self.parts)
        words = WORDS["about"].format(words) if self.mark in ("~", "%") else words
        words = WORDS["noted inside" if inside else "noted"].format(words, self.note) if self.note else words
        return WORDS["uncertain"].format(words) if self.mark in ("?", "%") else words


@lru_cache(maxsize=2**14)  # the days of forty years: intervals and sets name them again
def read_member(text: str) -> Member:
    """Read one member: year, month and day with ``~ ? % X``, season, time of a day, or a long or rounded year."""
    for pattern, read in ((_SEASON, _season), (_CALENDAR, _calendar), (_MOMENT, _moment), (_LONG, _long_year)):
        if match := pattern.fullmatch(text):
            return read(match)
    raise DateError(f"{quoted(text)} is not a date")


def _season(match: re.Match[str]) -> Member:
    year, (month, months, name), mark = int(match[1]), SEASONS[match[2]], match[3]
    said = year_words(year)
    if month + months > 13:  # noqa: PLR2004  # it ends in the next year
        following = f"{(year + 1) % 100:02}" if year > 999 and (year + 1) % 100 else year_words(year + 1)  # noqa: PLR2004
        said = WORDS["over the year"].format(said, following)
    parts = name, WORDS["part of"].format(said) if match[2] >= "33" else said
    return Member(day_number(year, month), day_number(year, month + months), parts, mark, soft=bool(mark))


def _calendar(match: re.Match[str]) -> Member:
    written = {name: match[group] for name, group in (("year", 2), ("month", 5), ("day", 8)) if match[group]}
    first, last = _bounds(match[0], *written.values())
    mark, note = _marks(match, list(written))
    parts, unknown = _parts(*first), [name for name, text in written.items() if "X" in text]
    if list(written) == unknown == ["year"] and re.fullmatch("[1-9][0-9][1-9]X", match[2]):
        parts = (WORDS["decade"].format(match[2][:3] + "0"),)
    elif unknown:
        known = len(written) - len(unknown)
        blank = all(text == "XX" for text in list(written.values())[known:])
        parts = _parts(*first[:known]) if known and blank else (WORDS["span"].format(*shared([parts, _parts(*last)])),)
        blanks = WORDS["not known"].format(listed([WORDS[name] for name in unknown], "{"))
        note = f"{blanks}, {note}" if note else blanks
    year, month, day = (*last, 0, 0)[:3]
    end = day_number(year, month, day + 1) if day else day_number(year, month + 1) if month else day_number(year + 1)
    exact = "day" in written and not unknown
    return Member(day_number(*first), end, parts, mark, note, soft=bool(mark or note or unknown), exact=exact)


def _bounds(text: str, year: str, month: str = "", day: str = "") -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Find the first and the last date that the digits allow."""
    years = sorted(-number for number in _fitting(year[1:], 1, 9999)) if year[0] == "-" else _fitting(year, 0, 9999)
    months, days = _fitting(month, 1, 12), _fitting(day, 1, 31)
    if not month:
        return (years[0],), (years[-1],)
    if not months:
        raise DateError(f"{quoted(text)} has no month {month}")
    if not day:
        return (years[0], months[0]), (years[-1], months[-1])
    first = _real(product(years, months, days))
    last = _real(product(reversed(years), reversed(months), reversed(days)))
    if first and last:
        return first, last
    said = f": {MONTHS[months[0] - 1]} {year} has {_length(years[0], months[0])} days" if "X" not in text else ""
    raise DateError(f"{quoted(text)} has no day {day}{said}")


def _fitting(pattern: str, low: int, high: int) -> list[int]:
    if pattern.isdecimal():
        return [int(pattern)] if low <= int(pattern) <= high else []
    matches, width = re.compile(pattern.replace("X", "[0-9]")).fullmatch, len(pattern)
    return [number for number in range(low, high + 1) if matches(f"{number:0{width}}")]


def _real(dates: Iterable[tuple[int, int, int]]) -> tuple[int, int, int] | None:
    return next((date for date in dates if date[2] <= _length(*date[:2])), None)


def _length(year: int, month: int) -> int:
    return day_number(year, month + 1) - day_number(year, month)


def _parts(year: int, month: int = 0, day: int = 0) -> tuple[str, ...]:
    return (*([str(day)] if day else []), *([MONTHS[month - 1]] if month else []), year_words(year))


def _marks(match: re.Match[str], names: list[str]) -> tuple[str, str]:
    """Give the mark of the whole member, or a note on which of its components are marked.

    A mark before a component is said of it alone, a mark after it of it and of all to its left.
    """
    before, after = [match[place] or "" for place in (1, 4, 7)], [match[place] or "" for place in (3, 6, 9)]
    marks = {name: _merged({before[place], *after[place:]}) for place, name in enumerate(names)}
    if len({*marks.values()}) == 1:
        return marks["year"], ""
    groups = {mark: [WORDS[name] for name in names if marks[name] == mark] for mark in marks.values() if mark}
    return "", ", ".join(WORDS[mark].format(listed(group, "{")) for mark, group in groups.items())


def _merged(marks: set[str]) -> str:
    return "%" if "%" in marks or marks >= {"~", "?"} else "".join(marks)


def _moment(match: re.Match[str]) -> Member:
    day, zone = read_member(match[1]), match[6] or ""
    hour, minute, second = int(match[3]), int(match[4]), int(match[5])
    if not (hour < 24 and minute < 60 and second < 60) and (hour, minute, second) != (24, 0, 0):  # noqa: PLR2004
        raise DateError(f"{quoted(match[0])} has no time {match[3]}:{match[4]}:{match[5]}", "hh:mm:ss")
    ahead, minutes = int(zone[1:3] or 0), int(zone[4:6] or 0)
    if minutes > 59 or 60 * ahead + minutes > 14 * 60:  # noqa: PLR2004
        raise DateError(f"{quoted(match[0])} has no time zone {zone}", "Z, +hh:mm or -hh:mm, up to 14 hours")
    offset = (3600 * ahead + 60 * minutes) * (-1 if zone[:1] == "-" else 1)
    seconds = 3600 * hour + 60 * minute + second - offset
    clock = ":".join([match[3], match[4], *([match[5]] if second else [])])
    note = f"{clock} UTC{zone.removeprefix('Z')}" if zone else clock
    return Member(day.start + seconds / 86_400, day.start + (seconds + 1) / 86_400, day.parts, note=note, exact=True)


def _long_year(match: re.Match[str]) -> Member:
    base, _, power = (match[1] or match[2]).partition("E")
    near = len(base) + int(power[:3] or 0) <= len(f"-{FARTHEST}")
    year = int(base) * 10 ** int(power or 0) if near else FARTHEST + 1
    if abs(year) > FARTHEST:
        raise DateError(f"{quoted(match[0])} is too far away", f"a year at most {FARTHEST:,} from the year 0")
    size, mark = abs(year), match[4]
    step = 10 ** max(0, (4 if match[1] else len(str(size))) - int(match[3] or 99))
    least = size // step * step
    low, high = (least, least + step - 1) if year >= 0 else (1 - least - step, -least)
    note = WORDS["estimated"].format(year_words(low), year_words(high)) if step > 1 else ""
    return Member(day_number(low), day_number(high + 1), _parts(year), mark, note, soft=bool(mark or note))


def listed(words: Sequence[str], pattern: str) -> str:
    """Join words by commas and, before the last, by what ``WORDS`` has for a set: ``[`` "or", ``{`` "and"."""
    return WORDS[pattern].format(", ".join(words[:-1]), words[-1]) if len(words) > 1 else words[0]


def shared(phrases: Sequence[tuple[str, ...]]) -> list[str]:
    """Say months and years that all phrases share once only, with the last.

    >>> shared([("2", "December", "1927"), ("19", "December", "1927")])
    ['2', '19 December 1927']
    """
    sizes = range(min(map(len, phrases)) - 1, -1, -1)
    tail = next(size for size in sizes if len({phrase[len(phrase) - size :] for phrase in phrases}) == 1)
    return [" ".join(phrase[: len(phrase) - tail]) for phrase in phrases[:-1]] + [" ".join(phrases[-1])]


def day_number(year: int, month: int = 1, day: int = 1) -> int:
    """Count the days from 1970-01-01; months beyond 12 run on into the next years.

    >>> day_number(1970), day_number(1918, 8, 11), day_number(1969, 13)
    (0, -18771, 0)
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    # Counted from March on, so that the leap day is a year's last and one formula says where each month begins.
    year -= month < 3  # noqa: PLR2004
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * ((month + 9) % 12) + 2) // 5 + day - 719_469


def civil(number: float) -> tuple[int, int, int]:
    """Give year, month and day of a day number.

    >>> civil(-18771), civil(0.99)
    ((1918, 8, 11), (1970, 1, 1))
    """
    count = int(number // 1)
    year = 1970 + count * 400 // 146_097
    year += (count >= day_number(year + 1)) - (count < day_number(year))
    month = next(month for month in range(12, 0, -1) if count >= day_number(year, month))
    return year, month, count - day_number(year, month) + 1


def year_words(year: int) -> str:
    """Say a year; 0 is 1 BC.

    >>> year_words(1930), year_words(476), year_words(-43), year_words(-11999)
    ('1930', 'AD 476', '44 BC', '12,000 BC')
    """
    count = year if year > 0 else 1 - year
    digits = f"{count:,}" if count > 9999 else str(count)  # noqa: PLR2004
    if year <= 0:
        return WORDS["BC"].format(digits)
    return digits if 1000 <= year <= 9999 else WORDS["AD"].format(digits)  # noqa: PLR2004
