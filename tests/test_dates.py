"""What written dates mean: extents, fades, words, order, and what is refused."""

# ruff: noqa: E501 - a date and its meaning stand on one line

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
from math import inf, isfinite

import pytest
from edtf import is_valid_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.dates import DateError, civil, day_number, order, parse, year_words

EPOCH = dt.date(1970, 1, 1).toordinal()

MEANINGS: list[tuple[str, str, str | float, str | float, float, float, str]] = [  # text, kind, first day, day after the last, fades in days, words
    ("1918-08-11", "point", "1918-08-11", "1918-08-12", 0, 0, "11 August 1918"),
    ("1918-08-11~", "point", "1918-08-11", "1918-08-12", 0, 0, "about 11 August 1918"),
    ("1918-~08-11", "point", "1918-08-11", "1918-08-12", 0, 0, "11 August 1918, month approximate"),
    ("1930?-03-~15", "point", "1930-03-15", "1930-03-16", 0, 0, "15 March 1930, year uncertain, day approximate"),
    ("1930-03%-15", "point", "1930-03-15", "1930-03-16", 0, 0, "15 March 1930, year and month approximate and uncertain"),
    ("1930-04", "soft", "1930-04-01", "1930-05-01", 3.75, 3.75, "April 1930"),
    ("1930", "soft", "1930-01-01", "1931-01-01", 45.625, 45.625, "1930"),
    ("1932~", "soft", "1932-01-01", "1933-01-01", 183, 183, "about 1932"),
    ("1930?", "soft", "1930-01-01", "1931-01-01", 182.5, 182.5, "1930 (uncertain)"),
    ("1930%", "soft", "1930-01-01", "1931-01-01", 182.5, 182.5, "about 1930 (uncertain)"),
    ("~1930-04", "soft", "1930-04-01", "1930-05-01", 15, 15, "April 1930, year approximate"),
    ("1932-21", "soft", "1932-03-01", "1932-06-01", 11.5, 11.5, "spring 1932"),
    ("1932-24", "soft", "1932-12-01", "1933-03-01", 11.25, 11.25, "winter 1932–33"),
    ("1932-24~", "soft", "1932-12-01", "1933-03-01", 45, 45, "about winter 1932–33"),
    ("1999-28", "soft", "1999-12-01", "2000-03-01", 11.375, 11.375, "northern winter 1999–2000"),
    ("1930-30", "soft", "1930-12-01", "1931-03-01", 11.25, 11.25, "southern summer 1930–31"),
    ("1930-32", "soft", "1930-06-01", "1930-09-01", 11.5, 11.5, "southern winter 1930"),
    ("1930-36", "soft", "1930-10-01", "1931-01-01", 11.5, 11.5, "last quarter of 1930"),
    ("1930-38", "soft", "1930-05-01", "1930-09-01", 15.375, 15.375, "second third of 1930"),
    ("1930-41", "soft", "1930-07-01", "1931-01-01", 23, 23, "second half of 1930"),
    ("193X", "soft", "1930-01-01", "1940-01-01", 456.5, 456.5, "the 1930s"),
    ("190X", "soft", "1900-01-01", "1910-01-01", 456.5, 456.5, "1900 to 1909, year not known"),
    ("1930-XX", "soft", "1930-01-01", "1931-01-01", 45.625, 45.625, "1930, month not known"),
    ("1930-XX-XX", "soft", "1930-01-01", "1931-01-01", 45.625, 45.625, "1930, month and day not known"),
    ("1930-04-XX", "soft", "1930-04-01", "1930-05-01", 3.75, 3.75, "April 1930, day not known"),
    ("1930-XX~", "soft", "1930-01-01", "1931-01-01", 182.5, 182.5, "about 1930, month not known"),
    ("1930-1X", "soft", "1930-10-01", "1931-01-01", 11.5, 11.5, "October to December 1930, month not known"),
    ("1930-03-1X", "soft", "1930-03-10", "1930-03-20", 1.25, 1.25, "10 to 19 March 1930, day not known"),
    ("193X-02-29", "soft", "1932-02-29", "1936-03-01", 182.75, 182.75, "29 February 1932 to 29 February 1936, year not known"),
    ("1950S2", "soft", "1900-01-01", "2000-01-01", 4565.5, 4565.5, "1950, estimated, between 1900 and 1999"),
    ("1918-05-09/1918-05-13", "span", "1918-05-09", "1918-05-14", 0, 0, "9 to 13 May 1918"),
    ("1931-06/1931-10", "span", "1931-06-01", "1931-11-01", 0, 0, "June to October 1931"),
    ("1931-12-25/1932-01-03", "span", "1931-12-25", "1932-01-04", 0, 0, "25 December 1931 to 3 January 1932"),
    ("1931/1931-03", "span", "1931-01-01", "1931-04-01", 0, 0, "1931 to March 1931"),
    ("1930/1930", "span", "1930-01-01", "1931-01-01", 0, 0, "the whole of 1930"),
    ("1932-24/1933-21", "span", "1932-12-01", "1933-06-01", 0, 0, "winter 1932–33 to spring 1933"),
    ("1932~/1933~", "span", "1932-01-01", "1934-01-01", 366, 365, "about 1932 to about 1933"),
    ("1932~/1933", "span", "1932-01-01", "1934-01-01", 366, 0, "about 1932 to 1933"),
    ("1932/1933-02~", "span", "1932-01-01", "1933-03-01", 0, 28, "1932 to about February 1933"),
    ("1932?/1933", "span", "1932-01-01", "1934-01-01", 366, 0, "1932 (uncertain) to 1933"),
    ("1932~/1932-06", "span", "1932-01-01", "1932-07-01", 182, 0, "about 1932 to June 1932"),
    ("1930~/1930~", "span", "1930-01-01", "1931-01-01", 182.5, 182.5, "about the whole of 1930"),
    ("1930%/1930%", "span", "1930-01-01", "1931-01-01", 182.5, 182.5, "about the whole of 1930 (uncertain)"),
    ("1930-03-02~/1930-03-02~", "span", "1930-03-02", "1930-03-03", 0.5, 0.5, "about 2 March 1930"),
    ("1930-XX/1930-XX", "span", "1930-01-01", "1931-01-01", 182.5, 182.5, "the whole of 1930 (month not known)"),
    ("1930-03-XX/1930-05", "span", "1930-03-01", "1930-06-01", 31, 0, "March 1930 (day not known) to May 1930"),
    ("193X/1941", "span", "1930-01-01", "1942-01-01", 3652, 0, "the 1930s to 1941"),
    ("1931/..", "span", "1931-01-01", inf, 0, 0, "from 1931 on"),
    ("1931~/..", "span", "1931-01-01", inf, 365, 0, "from about 1931 on"),
    ("../1930", "span", -inf, "1931-01-01", 0, 0, "until 1930"),
    ("1931/", "span", "1931-01-01", "1932-01-01", 0, 365, "1931, end not known"),
    ("/1931-04", "span", "1931-04-01", "1931-05-01", 30, 0, "April 1931, start not known"),
    ("1931~/", "span", "1931-01-01", "1932-01-01", 182.5, 182.5, "about 1931, end not known"),
    ("[..1930-03]", "soft", "1929-03-01", "1930-04-01", 365, 0, "by March 1930"),
    ("[1930..]", "soft", "1930-01-01", "1932-01-01", 0, 365, "1930 or later"),
    ("[1930-01,1930-03]", "soft", "1930-01-01", "1930-04-01", 11.25, 11.25, "January or March 1930"),
    ("{1932,1930}", "soft", "1930-01-01", "1933-01-01", 137, 137, "1932 and 1930"),
    ("[1930?,1931]", "soft", "1930-01-01", "1932-01-01", 365, 365, "1930 (uncertain) or 1931"),
    ("[1667,1668,1670..1672]", "soft", "1667-01-01", "1673-01-01", 274, 274, "1667, 1668 or some time from 1670 to 1672"),
    ("{1930..1933}", "soft", "1930-01-01", "1934-01-01", 182.625, 182.625, "all of 1930 to 1933"),
]  # fmt: skip


def number(text: str | float) -> float:
    return text if isinstance(text, float) else dt.date.fromisoformat(text).toordinal() - EPOCH


@pytest.mark.parametrize("meaning", MEANINGS, ids=[meaning[0] for meaning in MEANINGS])
def test_a_date_means(meaning: tuple[str, str, str | float, str | float, float, float, str]) -> None:
    text, kind, start, end, fade_start, fade_end, words = meaning
    date = parse(text)
    assert date.words == words
    assert (date.kind, date.start, date.end) == (kind, number(start), number(end))
    assert (date.fade_start, date.fade_end) == (fade_start, fade_end)


@pytest.mark.parametrize(
    ("text", "words", "year"),
    [
        ("-0044", "45 BC", -44),
        ("-0044-03-15", "15 March 45 BC", -44),
        ("0476-09-04", "4 September AD 476", 476),
        ("-004X", "50 BC to 41 BC, year not known", -49),
        ("Y-12000", "12,001 BC", -12000),
        ("Y12000", "AD 12,000", 12000),
        ("Y17E7", "AD 170,000,000", 170_000_000),
    ],
)
def test_distant_years_are_counted_and_said(text: str, words: str, year: int) -> None:
    date = parse(text)
    assert date.words == words
    assert civil(date.start)[0] == year


@pytest.mark.parametrize(
    ("text", "hours", "words"),
    [
        ("1985-04-12T23:20:30", 23 + 20 / 60 + 30 / 3600, "12 April 1985, 23:20:30"),
        ("1985-04-12T23:20:00Z", 23 + 20 / 60, "12 April 1985, 23:20 UTC"),
        ("1985-04-12T23:20:00-04:00", 27 + 20 / 60, "12 April 1985, 23:20 UTC-04:00"),
        ("1985-04-12T01:00:00+05:30", -4.5, "12 April 1985, 01:00 UTC+05:30"),
        ("1985-04-12T24:00:00", 24, "12 April 1985, 24:00"),
    ],
)
def test_a_time_is_a_point_within_its_day(text: str, hours: float, words: str) -> None:
    date = parse(text)
    assert (date.kind, date.words) == ("point", words)
    assert date.start == pytest.approx(day_number(1985, 4, 12) + hours / 24, abs=1e-8)
    assert 86_400 * (date.end - date.start) == pytest.approx(1, abs=1e-3)


REFUSED = [
    ("1918-13", '"1918-13" has no month 13', "YYYY, YYYY-MM or YYYY-MM-DD"),
    ("1931-02-29", '"1931-02-29" has no day 29: February 1931 has 28 days', "YYYY, YYYY-MM or YYYY-MM-DD"),
    ("XXXX-02-30", '"XXXX-02-30" has no day 30', "YYYY, YYYY-MM or YYYY-MM-DD"),
    ("", '"" is not a date', "YYYY, YYYY-MM or YYYY-MM-DD"),
    ("-0000", '"-0000" is not a date', "YYYY, YYYY-MM or YYYY-MM-DD"),
    ("1930T10:00:00", '"1930T10:00:00" is not a date', "YYYY, YYYY-MM or YYYY-MM-DD"),
    ("١٩٣٠", '"١٩٣٠" is not a date', "YYYY, YYYY-MM or YYYY-MM-DD"),
    ("1933/1932", '"1933/1932" ends before it starts', "the earlier date first, as in 1932/1933"),
    ("1932-12/1932-11", '"1932-12/1932-11" ends before it starts', "the earlier date first, as in 1932-11/1932-12"),
    ("../..", '"../.." has neither a start nor an end', "at least one of them, as in 1930/.."),
    ("1930/1931/1932", '"1931/1932" is not a date', "YYYY, YYYY-MM or YYYY-MM-DD"),
    ("[1930]", '"[1930]" is no set of dates', "[1930,1932] for one of them, {1930,1932} for all"),
    ("[1930,1931}", '"[1930,1931}" is no set of dates', "[1930,1932] for one of them, {1930,1932} for all"),
    ("{1930..1929}", '"1930..1929" ends before it starts', "the earlier date first, as in 1929..1930"),
    ("[1930..1931-01]", '"1930..1931-01" mixes years, months and days', "both ends alike, as in [1930..1933]"),
    ("[1930,..1931]", '"[1930,..1931]" has an open end in its middle', 'a ".." first or last, as in [..1930,1932]'),
    ("1930-03-01T25:00:00", '"1930-03-01T25:00:00" has no time 25:00:00', "hh:mm:ss"),
    ("1930-03-01T10:00:00+15", '"1930-03-01T10:00:00+15" has no time zone +15', "Z, +hh:mm or -hh:mm, up to 14 hours"),
    ("1930-03-01T10:00:00/1931", '"1930-03-01T10:00:00" is a time of day, which no interval or set can have', "days"),
    ("Y1E400", '"Y1E400" is too far away', "a year at most 1,000,000,000 from the year 0"),
    ("1930" * 99, f'"{("1930" * 15)[:59]}…" is too long for a date', "YYYY, YYYY-MM or YYYY-MM-DD"),
    ("August 1918", '"August 1918" is not a date', "1918-08 if you mean August 1918"),
    ("11 August 1918", '"11 August 1918" is not a date', "1918-08-11 if you mean 11 August 1918"),
    ("Aug. 11, 1918", '"Aug. 11, 1918" is not a date', "1918-08-11 if you mean 11 August 1918"),
    ("11.8.1918", '"11.8.1918" is not a date', "1918-08-11 if you mean 11 August 1918"),
    ("1918-8-1", '"1918-8-1" is not a date', "1918-08-01 if you mean 1 August 1918"),
    ("c. 1930", '"c. 1930" is not a date', "1930~ if you mean about 1930"),
    ("1930s", '"1930s" is not a date', "193X if you mean the 1930s"),
    ("1929-1930", '"1929-1930" is not a date', "1929/1930 if you mean 1929 to 1930"),
    ("1929–33", '"1929–33" is not a date', "1929/1933 if you mean 1929 to 1933"),
    (" 1930", '" 1930" is not a date', "1930 if you mean 1930"),
    (1930, "1930 is a number, not a text", 'it in quotes, as in "1930"'),
    (None, "a date is a text in quotes", "YYYY, YYYY-MM or YYYY-MM-DD in quotes"),
    (True, "a date is a text in quotes", "YYYY, YYYY-MM or YYYY-MM-DD in quotes"),
    (10**5000, "a date is a text in quotes", "YYYY, YYYY-MM or YYYY-MM-DD in quotes"),
]


@pytest.mark.parametrize(("text", "problem", "write"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_no_date_is_refused_with_what_to_write(text: object, problem: str, write: str) -> None:
    with pytest.raises(DateError) as refused:
        parse(text)
    assert (refused.value.problem, refused.value.write) == (problem, write)


years = st.integers(0, 9999).map("{:04}".format) | st.integers(1, 9999).map("-{:04}".format)
marks = st.sampled_from(["", "", "~", "?", "%"])
plain = st.builds(
    "{}{}{}".format,
    years,
    st.integers(0, 14).map("-{:02}".format) | st.just(""),
    st.integers(0, 33).map("-{:02}".format) | st.just(""),
)
digits = st.lists(st.sampled_from("01239X"), min_size=2, max_size=2).map("".join)
members = (
    st.builds("{}{}".format, plain, marks)
    | st.builds("{}-{}{}".format, years, st.integers(20, 42), marks)
    | st.builds("{}{}X-{}-{}{}".format, digits, st.sampled_from("0139X"), digits, digits, marks)
    | st.builds("{}{}{}-{}{}-{}{}".format, marks, years, marks, marks, st.just("03"), marks, st.just("15"))
    | st.builds("Y{}E{}S{}".format, st.integers(-99, 99), st.integers(0, 12), st.integers(1, 4))
)
joined = (
    st.builds("{}/{}".format, members | st.sampled_from(["", ".."]), members | st.sampled_from(["", ".."]))
    | st.builds("[{}{},{}{}]".format, st.sampled_from(["", ".."]), members, members, st.sampled_from(["", ".."]))
    | st.builds("{{{}..{}}}".format, members | st.just(""), members | st.just(""))
)
texts = members | joined | st.text("0123456789-/.XSYETZ:~?%[]{}, ", max_size=30) | st.text()


@settings(deadline=None)
@given(texts | st.integers() | st.none() | st.floats() | st.lists(st.integers()) | st.binary())
def test_whatever_is_given_is_a_date_or_a_date_error(text: object) -> None:
    with contextlib.suppress(DateError):
        assert str(parse(text)) == text


@settings(deadline=None)
@given(texts)
def test_extents_are_ordered_and_hold_their_fades(text: str) -> None:
    with contextlib.suppress(DateError):
        date = parse(text)
        assert date.start < date.end
        assert min(date.fade_start, date.fade_end) >= 0
        assert isfinite(date.fade_start + date.fade_end)
        assert date.fade_start + date.fade_end <= date.end - date.start
        assert (date.kind != "point") or (date.fade_start == date.fade_end == 0)
        assert parse(date) is date
        assert (date, hash(date)) == (parse(text), hash(parse(text)))


@settings(deadline=None)
@given(years, st.integers(1, 12), marks)
def test_words_carry_year_month_and_what_is_doubtful(year: str, month: int, mark: str) -> None:
    words = parse(f"{year}-{month:02}{mark}").words
    assert year_words(int(year)) in words
    assert dt.date(1930, month, 1).strftime("%B") in words
    assert words.startswith("about ") == (mark in ("~", "%"))
    assert words.endswith(" (uncertain)") == (mark in ("?", "%"))


@settings(deadline=None)
@given(members, members)
def test_an_interval_holds_both_its_ends(first: str, last: str) -> None:
    with contextlib.suppress(DateError):
        span = parse(f"{first}/{last}")
        assert span.start == parse(first).start
        assert span.end == parse(last).end


@settings(deadline=None)
@given(members, members)
def test_the_ends_of_an_interval_are_said_as_they_are_alone_and_of_nothing_that_they_are_gradual(
    first: str, last: str
) -> None:
    with contextlib.suppress(DateError):
        words = parse(f"{first}/{last}").words
        alone = dict.fromkeys([parse(first).words, parse(last).words])  # ends that are the same are said once
        assert [words.count(sign) for sign in ("about ", "uncertain", "gradual")] == [
            "".join(alone).count(sign) for sign in ("about ", "uncertain", "gradual")
        ]


@settings(deadline=None)
@given(st.lists(texts, max_size=20))
def test_order_is_total_and_does_not_depend_on_where_dates_stood(written: list[str]) -> None:
    dates = []
    for text in written:
        with contextlib.suppress(DateError):
            dates.append(parse(text))
    turned = dates[::-1]
    assert sorted(dates, key=order) == sorted(turned, key=order)


def test_dates_stand_in_time_order() -> None:
    expected = ["../1930", "1929", "1930-01", "1930", "1930-03-01", "[..1930-03]", "1930-03-02", "1932-24", "1933"]
    assert [str(date) for date in sorted(map(parse, reversed(expected)), key=order)] == expected


@settings(deadline=None)
@given(st.dates())
def test_day_numbers_agree_with_the_calendar(date: dt.date) -> None:
    assert day_number(date.year, date.month, date.day) == date.toordinal() - EPOCH
    assert civil(date.toordinal() - EPOCH) == (date.year, date.month, date.day)


@settings(deadline=None)
@given(st.integers(-(10**12), 10**12))
def test_day_numbers_and_civil_dates_are_inverse(count: int) -> None:
    year, month, day = civil(count)
    assert day_number(year, month, day) == count
    assert day_number(year, month) <= count < day_number(year, month + 1)


def accepted(text: str) -> bool:
    try:
        parse(text)
    except DateError:
        return False
    return True


@settings(deadline=None)
@given(members | joined)
def test_the_grammar_agrees_with_the_edtf_library(text: str) -> None:
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            theirs = is_valid_edtf(text)
    except Exception:  # noqa: BLE001  # what it raises on EDTF that it matches and cannot build
        return
    if theirs and not accepted(text):
        # It knows neither how long a month is, nor which end is the first, nor what is too far away.
        with pytest.raises(DateError, match=r"has no day|ends before|neither a start|too far|mixes|no set|open end"):
            parse(text)
    if accepted(text) and not theirs:
        # It does not know an approximate season but in an interval, a season of level 2 but alone, nor a set with an
        # open end, or an interval with an unknown one, that is approximate.
        assert re.search(r"-(2[1-9]|3\d|4[01])|X|Y|[~?%].*([~?%]|/$|\.\.)|(^/|\.\.).*[~?%]", text)
