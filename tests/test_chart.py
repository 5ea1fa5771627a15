"""The chart: Python's figure and the browser's are one, and what it draws stands where it may."""

from __future__ import annotations

import base64
import gzip
import json
import re
from datetime import date
from itertools import pairwise, product
from math import inf, isclose
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import timeline
from timeline.dates import parse
from timeline.page import Page
from timeline.panels import (
    AT_LEAST,
    BREAK,
    CROSS,
    DOT,
    DOTS_ALONE,
    END,
    HEIGHT,
    HOLLOW,
    LINE_HEIGHT,
    LINES,
    PALE,
    RANGE,
    RANGES_ALONE,
    UP_TO,
    labels,
    panels,
    stretches,
    verbatim,
)
from timeline.plan import extent, plan
from timeline.reader import read
from timeline.shapes import OVERHANG, shapes, shares
from timeline.threshold import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Page as BrowserPage

    from timeline.document import Timeline
    from timeline.plan import Plan

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "timeline" / "assets"
HOSTILE = '& < > &lt; %{x} %E0%A4 <br> <a href="javascript:alert(1)">x</a> {label} {0}'
VERBATIM = '&amp; &lt; &gt; &amp;lt; %{x} %E0%A4 &lt;br&gt; &lt;a href="javascript:alert(1)"&gt;x&lt;/a&gt; {label} {0}'
DATES = (
    "1930-03-02", "1930-03-02T10:30:00", "1930-03-02~", "1930-03", "1930-XX-02", "1932-24", "1930-33", "1930", "1930~",
    "193X", "1929/1931", "1929-04-05/1929-04-09", "1929~/1931", "1929/1931~", "1929~/1931~", "1929/..", "../1931",
    "1929/", "/1931", "[..1930-03]", "[1930-03..]", "[1930,1932]", "{1930,1932}", "191X", "1917~/1919", "1940/1942~",
    "1861", "1953-03-05", "../1900", "1950/..",
)  # fmt: skip


def document(**parts: Any) -> Timeline:  # noqa: ANN401 - any JSON
    whole = {"title": "A village", "period": "1918/1941", "themes": [{"id": "policy", "label": "Policy"}], **parts}
    return read(json.dumps(whole).encode(), "test.json")


def event(number: int, date: str, **parts: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    return {"id": f"event-{number}", "date": date, "title": f"Event {number}", "themes": ["policy"], **parts}


def measure(*series: dict[str, Any], **parts: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    named = [
        {"id": f"series-{number}", "label": f"Series {number}", "base": "all", **one}
        for number, one in enumerate(series)
    ]
    return {"id": "grain", "label": "Grain", "unit": "t", "series": named, **parts}


SOURCES = [{"id": "book", "title": "A book", "kind": "book"}]
CITES = [{"source": "book"}]
ONE, TWO = {"date": "1930", "value": 1}, {"date": "1931", "value": 2}


def claim(figures: Sequence[dict[str, Any]], **parts: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    return {
        "says": "So much.",
        "cites": CITES,
        "figures": [{"series": "grain/series-0", **one} for one in figures],
        **parts,
    }


def right(*figures: dict[str, Any]) -> dict[str, Any]:
    return {"says": "Not so.", "cites": CITES, "figures": [{"series": "grain/series-0", **one} for one in figures]}


def values(*years: float) -> list[dict[str, Any]]:
    """Give a value for each year, and one at half of it for each that is written as a fraction."""
    return [{"date": f"{int(year)}-07" if year % 1 else f"{year}-01", "value": 1} for year in years]


def between(date: str, **ends: float) -> dict[str, Any]:
    return {"date": date, **(ends or {"low": 1, "high": 2})}


SHIPPED = timeline.load(ROOT / "events.json")
EVERY_KIND = document(
    themes=[
        {"id": "policy", "label": "Policy"},
        {"id": "famine", "label": "Famine", "symbol": "triangle"},
        {"id": "empty", "label": "Empty"},
        {"id": "outside", "label": "Outside"},
        {"id": "hostile", "label": HOSTILE},
    ],
    sources=SOURCES,
    events=[
        event(1, "1920", themes=["hostile"], label=HOSTILE, claims=[claim([TWO], correction=right(ONE))]),
        event(2, "1900", themes=["outside"]),
        *(
            event(10 * number + copy, date, title=date + " again" * copy, themes=themes[: 1 + number % 2])
            for number, date in enumerate(DATES, 1)
            for copy, themes in enumerate((["policy", "hostile"], ["famine", "hostile"], ["famine", "policy"]))
        ),
    ],
    measures=[
        measure(
            {"observations": [ONE, {"date": "1929/1932", "low": 1, "high": 2, "unsure": True}]},
            {"label": HOSTILE, "observations": []},
            {"observations": [
                *({"date": str(year), "value": 5 + year % 3} for year in (1922, 1923, 1924, 1925, 1933, 1934)),
                {"date": "1923-06", "low": 2, "high": 3},
            ]},
            {"observations": [{"date": str(year), "value": 6 - year % 2} for year in range(1920, 1938)]},
            label=HOSTILE, unit=HOSTILE, themes=["famine"],
        ),
        measure({"observations": [{"date": "1861", "value": 3}]}, id="nothing"),
        measure({"observations": [{"date": "1935", "high": -3}]}, id="bound", themes=[]),
    ],
)  # fmt: skip


# The twins


DRAW = """([plan, document, cases]) => {
 plan.events = timeline.columns(plan, timeline.unfolded(document));
 return cases.map(({ themes, window, width, style }) => {
  const passing = timeline.passing(plan.events, null, themes, "");
  const limits = themes.length
    ? timeline.thresholds(plan.events, timeline.byPriority(plan.events, passing), plan.period)
    : plan.events;
  const room = { plot: width - plan.room.left - plan.room.right, font: 1, style };
  return timeline.figure(plan, passing, limits, { window, selected: null, current: null, measures: null }, room).figure;
});
}"""
COLUMNS = """([plan, document]) => {
  const columns = timeline.columns(plan, timeline.unfolded(document)), order = columns.id.map((_, i) => i);
  const said = (value) => (Math.abs(value) === Infinity ? `${value}` : value);
  const all = Object.entries(columns).map(([name, values]) => [name, Array.from(values, said)]);
  return { ...Object.fromEntries(all), priority: timeline.byPriority(columns, order) };
}"""
WINDOWS = ("1918/1941", "1929/1933", "1930-03", "1930-03-02/1930-03-08")
WIDTHS = (600, 880, 1280, 2560)


def differences(one: Any, other: Any, at: str = "") -> Iterator[str]:  # noqa: ANN401 - any JSON
    """Yield where two figures differ; milliseconds since 1970 have 12 digits before the point."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in sorted({*one, *other}):
            yield from differences(one.get(name), other.get(name), f"{at}.{name}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(*pair, f"{at}[{number}]")
    elif isinstance(one, (int, float)) and isinstance(other, (int, float)):
        if not isclose(one, other, rel_tol=1e-12, abs_tol=1e-6):
            yield f"{at}: {one} is not {other}"
    elif one != other:
        yield f"{at}: {one!r} is not {other!r}"


def unpacked(block: str) -> str:
    return gzip.decompress(base64.b64decode(block)).decode()


@pytest.mark.parametrize("record", [SHIPPED, EVERY_KIND, document()], ids=["shipped", "every kind", "empty"])
def test_python_and_the_browser_have_the_same_columns(scripted: BrowserPage, record: Timeline) -> None:
    drawn = Page(record)
    browsers = scripted.evaluate(COLUMNS, [json.loads(unpacked(drawn.plan)), unpacked(drawn.document)])
    own = {**drawn.drawn.columns, "priority": list(drawn.drawn.priority)}
    for name, column in own.items():
        values = [
            {inf: "Infinity", -inf: "-Infinity"}.get(one, one) if isinstance(one, float) else one for one in column
        ]
        assert list(differences(values, browsers[name])) == [], name
    assert browsers["importance"] == [event.importance for event in drawn.events]


@pytest.mark.parametrize("record", [SHIPPED, EVERY_KIND, document()], ids=["shipped", "every kind", "empty"])
def test_python_and_the_browser_draw_the_same_figure(scripted: BrowserPage, record: Timeline) -> None:
    shipped = Page(record)
    shipped_plan, document = map(unpacked, (shipped.plan, shipped.document))
    last = len(record.themes) - 1
    cases = [
        *product(WINDOWS, WIDTHS, ("light", "dark"), [()]),
        *product(WINDOWS, [880], ["light"], [(last,), (0, last)]),
    ]
    asked = [
        {"window": [parse(window).start, parse(window).end], "width": width, "style": style, "themes": themes}
        for window, width, style, themes in cases
    ]
    drawn = scripted.evaluate(DRAW, [json.loads(shipped_plan), document, asked])
    for (window, width, style, themes), browsers in zip(cases, drawn, strict=True):
        ids = [record.themes[theme].id for theme in themes]
        figure = timeline.figure(record, window=window, width=width, style=style, themes=ids)
        own = json.loads(figure.to_json())
        own["layout"] = {"shapes": [], "annotations": [], **own["layout"]}  # Plotly leaves out empty ones
        del own["layout"]["paper_bgcolor"], own["layout"]["template"], browsers["layout"]["paper_bgcolor"]
        assert list(differences(own, browsers)) == [], (window, width, style, themes)


# Shapes


@st.composite
def views(draw: st.DrawFn) -> tuple[Plan, tuple[float, float], float]:
    """Give a plan of a few events, a window within its period, and a width."""
    day = st.dates(date(1915, 1, 1), date(1945, 1, 1)).map(str)
    span = st.tuples(day, day).map(lambda ends: "/".join(sorted(ends)))
    dates = draw(
        st.lists(st.one_of(st.sampled_from(DATES), day, day.map(lambda text: text[:7]), span), min_size=8, max_size=40)
    )
    parts = st.fixed_dictionaries(
        {
            "title": st.text("iMl ", min_size=1, max_size=60).map(lambda text: f"E{text}"),
            "importance": st.integers(1, 5),
        }
    )
    record = document(events=[event(number, one, **draw(parts)) for number, one in enumerate(dates)])
    with patch("timeline.plan.ROWS", draw(st.integers(1, 4))):
        drawn = plan(record)
    first, last = drawn.period
    start, days = draw(st.floats(0, 0.99)), draw(st.floats(0.001, 1))
    t0 = first + start * (last - first)
    return drawn, (t0, min(t0 + days * (last - first), last)), draw(st.integers(400, 2500))


@settings(deadline=None)
@given(views())
def test_all_that_is_drawn_is_in_the_window_and_apart_from_its_neighbours(
    view: tuple[Plan, tuple[float, float], float],
) -> None:
    drawn, window, width = view
    laid = shapes(drawn, range(len(drawn.events)), drawn.columns, window, width)
    rows: dict[float, list[tuple[float, float, int]]] = {}
    for shape in laid.marks:
        assert -width <= shape.left <= width
        assert 0 <= shape.right <= 2 * width
        middle = (shape.left + shape.right) / 2
        mark = min(shape.left, middle - MARK / 2), max(shape.right, middle + MARK / 2), shape.event
        rows.setdefault(shape.y, []).append(mark)
        if shape.label is not None:
            end = shape.label + drawn.columns["width"][shape.event]
            assert 0 <= shape.label < end <= width + OVERHANG
            if not mark[0] <= shape.label < end <= mark[1]:
                rows[shape.y].append((shape.label, end, shape.event))
    for row in rows.values():
        for one, other in pairwise(sorted(row)):
            assert one[1] <= other[0] + 1e-6, (drawn.columns["words"], one, other)


@settings(deadline=None)
@given(views(), st.floats(0, 1))
def test_a_fade_has_at_each_place_the_shade_of_its_day(
    view: tuple[Plan, tuple[float, float], float], at: float
) -> None:
    drawn, window, width = view
    laid = shapes(drawn, range(len(drawn.events)), drawn.columns, window, width)
    for shape in laid.marks:
        date_ = drawn.events[shape.event].date
        turns = shares(drawn, shape, laid)
        assert sorted(turns, key=lambda turn: turn[0]) == turns
        if shape.right - shape.left < 8:
            continue
        x = max(shape.left, 0) + at * (min(shape.right, width) - max(shape.left, 0))
        day = window[0] + x / laid.scale
        come = (day - date_.start) / date_.fade_start if date_.fade_start else 1
        gone = (date_.end - day) / date_.fade_end if date_.fade_end else 1
        before, after = next(pair for pair in pairwise(turns) if pair[0][0] <= x <= pair[1][0] + 1e-6)
        part = (x - before[0]) / (after[0] - before[0]) if after[0] > before[0] else 0
        assert before[1] + part * (after[1] - before[1]) == pytest.approx(min(1, come, gone), abs=1e-6)


# Arguments and texts of the figure


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"themes": ["famin"]}, 'themes: there is no "famin" (write policy or resistance or famine or output)'),
        ({"window": "1861"}, 'window: "1861" is not within the period (write an interval such as 1929/1933)'),
        (
            {"window": "1933/1929"},
            'window: "1933/1929" ends before it starts (write the earlier date first, as in 1929/1933)',
        ),
        ({"window": 1929}, 'window: 1929 is a number, not a text (write it in quotes, as in "1929")'),
        ({"style": "sepia"}, 'style: there is no "sepia" (write light or dark)'),
        ({"width": 341}, "width: 341 px leaves no room for the plot (write 342 or more)"),
        ({"width": 99_999}, "width: 99999 px is more than a picture is drawn for (write 20000 or less)"),
    ],
)
def test_what_no_figure_can_be_drawn_for_is_refused(words: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - its words are compared below
        timeline.figure(SHIPPED, **words)
    assert str(refused.value) == message


def test_a_figure_has_the_width_and_the_window_asked_for() -> None:
    figure = timeline.figure(SHIPPED, width=900, window="1940/..")
    assert figure.layout.width == 900
    assert figure.layout.xaxis.range == tuple(day * 864e5 for day in (parse("1940").start, parse("1941").end))


def test_a_theme_alone_has_the_rows_and_the_period_that_it_has_among_all() -> None:
    record = document(
        period=None, themes=[{"id": "policy", "label": "P"}, {"id": "famine", "label": "F"}],
        events=[event(1, "1900"), event(2, "1950", themes=["famine"])],
    )  # fmt: skip
    assert timeline.figure(record, themes=["policy"]).layout.xaxis.range == timeline.figure(record).layout.xaxis.range


DATED: dict[str, tuple[dict[str, Any], str]] = {  # parts of a document without a period; what the axis shows
    "events": ({"events": [event(1, "1900"), event(2, "1905/..")]}, "1900/1904"),
    "a series": ({"events": [event(1, "1900")], "measures": [measure({"observations": values(1909)})]}, "1900/1909-01"),
    "a series alone": ({"measures": [measure({"observations": values(1900, 1909)})]}, "1900-01/1909-01"),
    "a claim's figure": (
        {"sources": SOURCES, "events": [event(1, "1930", claims=[claim([ONE, TWO])])], "measures": [measure({})]},
        "1930/1931",
    ),
    "a correction's figure": (
        {
            "sources": SOURCES, "measures": [measure({})],
            "events": [event(1, "1930", claims=[claim([], correction=right({"date": "1890/1891", "low": 1}))])],
        },
        "1890/1930",
    ),
    "a period": ({"period": "1900/1901", "measures": [measure({"observations": [ONE]})]}, "1900/1901"),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "expected"), DATED.values(), ids=DATED)
def test_without_a_period_the_axis_shows_all_dates_with_a_little_room(parts: dict[str, Any], expected: str) -> None:
    shown, dates = extent(document(**{"period": None, **parts})), parse(expected)
    room = 0 if "period" in parts else max((dates.end - dates.start) * 0.02, 1)
    assert shown == pytest.approx((dates.start - room, dates.end + room), abs=1e-6)


@pytest.mark.parametrize("window", WINDOWS)
def test_plotly_is_given_numbers_and_never_a_date(window: str) -> None:
    figure = timeline.figure(EVERY_KIND, window=window)
    for trace in figure.data:
        places = [*(trace.x or ()), *((trace.base or ()) if trace.type == "bar" else ())]
        assert all(place is None or isinstance(place, (int, float)) for place in places)
    assert all(isinstance(end, (int, float)) for end in figure.layout.xaxis.range)


def test_plotly_is_given_hostile_text_so_that_it_draws_it_verbatim() -> None:
    figure = timeline.figure(EVERY_KIND)
    heads = [annotation.text for annotation in figure.layout.annotations]
    head = verbatim(plan(EVERY_KIND).lanes[0]["head"])
    assert any(text.startswith(f"<b>{head}</b><br>") for text in heads)
    assert f"<b>{VERBATIM}</b>, {VERBATIM}" in heads
    labels = [text for trace in figure.data if trace.type == "scatter" for text in trace.text or ()]
    assert VERBATIM in labels
    tags = re.compile("</?b>|<br>|</?span[^<>]*>")
    assert [text for text in heads + labels if re.search("[<>]", tags.sub("", text))] == []
    assert not any(trace.texttemplate or trace.hovertemplate for trace in figure.data)


def test_nothing_of_plotlys_own_look_is_left() -> None:
    assert timeline.figure(SHIPPED).layout.template.layout.to_plotly_json() == {}


# Panels


def panel_of(*series: dict[str, Any], claims: Sequence[dict[str, Any]] = ()) -> list[dict[str, Any]]:
    """Return the marks of the panel of one measure, as kind, places, values, opacities and bars."""
    events = [event(1, "1931", claims=list(claims))]
    figure = timeline.figure(document(sources=SOURCES, events=events, measures=[measure(*series)]))
    return [
        {
            "kind": (trace.mode, *dict.fromkeys(trace.marker.symbol)),
            "y": list(trace.y),
            "opacity": list(trace.marker.opacity),
            "bars": list(zip(trace.error_y.arrayminus or (), trace.error_y.array or (), strict=True)),
        }
        for trace in figure.data
        if trace.yaxis == "y2"
    ]


LINE, LONE, WRONG = ("lines+markers", DOT), ("markers", HOLLOW), ("markers", CROSS)


@pytest.mark.parametrize(
    ("series", "claims", "expected"),
    [
        ({"observations": [TWO, ONE]}, [], [{"kind": LINE, "y": [1, 2]}]),
        ({}, [claim([ONE, TWO])], [{"kind": LONE, "y": [1, 2]}]),
        ({}, [claim([ONE], correction=right(TWO))], [{"kind": LONE, "y": [2]}, {"kind": WRONG, "y": [1]}]),
        ({"observations": [ONE]}, [claim([TWO])], [{"kind": LINE, "y": [1]}, {"kind": LONE, "y": [2]}]),
        ({"observations": [ONE, {**TWO, "unsure": True}]}, [], [{"kind": LINE, "y": [1, 2], "opacity": [1, PALE]}]),
        (
            {"observations": [{**TWO, "low": 1, "high": 5}, {"date": "1932", "low": 2, "high": 4}]}, [],
            [{"kind": LINE, "y": [2], "bars": [(1, 3)]}, {"kind": ("markers", RANGE), "y": [3], "bars": [(1, 1)]}],
        ),
        ({"observations": [{"date": "1930", "low": 7}]}, [], [{"kind": ("markers", AT_LEAST), "y": [7]}]),
        ({}, [claim([{"date": "1930", "high": 7}])], [{"kind": ("markers", UP_TO), "y": [7]}]),
        ({"observations": [{"date": "1861", "value": 1}, TWO]}, [], [{"kind": LINE, "y": [2]}]),
        ({"observations": [{"date": "1861", "value": 1}]}, [claim([{"date": "1953", "value": 1}])], []),
        ({}, [], []),
    ],
)  # fmt: skip
def test_a_panel_tells_observations_claims_and_corrected_figures_apart(
    series: dict[str, Any], claims: list[dict[str, Any]], expected: list[dict[str, Any]]
) -> None:
    plain = [{"opacity": [1] * len(trace["y"]), "bars": [], **trace} for trace in expected]
    assert panel_of(series, claims=claims) == plain


STRETCHED: dict[str, tuple[list[dict[str, Any]], list[int]]] = {  # observations; the values of each stretch
    "nothing": ([], []),
    "one value": (values(1930), [1]),
    "two values, however far apart": (values(1920, 1940), [2]),
    "every year": (values(*range(1920, 1940)), [20]),
    "twice as long": (values(1920, 1921, 1922, 1924, 1925), [5]),
    "two and a half times as long": (values(1920, 1922, 1924, 1928.5), [4]),
    "three times as long": (values(1920, 1921, 1922, 1925, 1926), [3, 2]),
    "a value apart": (values(1920, 1921, 1922, 1923, 1930, 1931), [4, 2]),
    "more at one time": (values(1920, 1920, 1920, 1921, 1922), [5]),
    "all at one time": (values(1920, 1920, 1920), [3]),
    "a range between": ([*values(1931, 1932, 1934, 1935), between("1933")], [2, 2]),
    "a bound between": ([*values(1931, 1932, 1934, 1935), between("1933", low=1)], [2, 2]),
    "a range between two values": ([*values(1931, 1934), between("1933")], [1, 1]),
    "ranges between": ([*values(1931, 1934), between("1932"), between("1933")], [1, 1]),
    "ranges before and after": ([*values(1931, 1932, 1933), between("1930"), between("1934")], [3]),
    "ranges alone": ([between("1930"), between("1931")], []),
    "a value with its range": ([*values(1931, 1933), {"date": "1932", "value": 1, "low": 0, "high": 2}], [3]),
}


@pytest.mark.parametrize(("observed", "expected"), STRETCHED.values(), ids=STRETCHED)
def test_a_line_is_broken_at_a_range_and_where_more_time_passes_than_usual(
    observed: list[dict[str, Any]], expected: list[int]
) -> None:
    assert BREAK == 2.5
    (series,) = document(measures=[measure({"observations": observed})]).measures[0].series
    in_order = sorted(series.observations, key=lambda one: one.date.start)
    found = stretches(in_order)
    assert [len(part) for part in found] == expected
    assert [one for part in found for one in part] == [one for one in in_order if one.value is not None]
    traces = [trace for trace in panel_of({"observations": observed}) if trace["kind"][0] == "lines+markers"]
    assert len(traces) == (1 if expected else 0)
    for trace in traces:
        runs = "".join(" " if value is None else "v" for value in trace["y"]).split(" ")
        assert [len(run) for run in runs] == expected
        assert trace["opacity"] == [1] * len(trace["y"])


def test_a_broken_line_keeps_the_bars_of_its_marks_in_their_places() -> None:
    observed = [
        {"date": "1930/1931", "value": 5, "low": 4, "high": 7},
        between("1932"),
        {"date": "1933", "value": 6, "unsure": True},
    ]
    figure = timeline.figure(document(measures=[measure({"observations": observed})]))
    span, line = (trace for trace in figure.data if trace.yaxis == "y2" and 5 in trace.y)
    first, end, after = span.x
    assert (end - first, after) == (2 * 365 * 864e5, None)
    assert (span.y, span.marker.symbol) == ((5, 5, None), END)
    assert [place is None for place in line.x] == [False, True, False]
    assert line.y == (5, None, 6)
    assert line.marker.opacity == (1, 1, PALE)
    assert line.marker.symbol == (DOT,) * 3
    assert (line.error_y.arrayminus, line.error_y.array) == ((1, 0, 0), (2, 0, 0))


SIGNED: list[tuple[list[dict[str, Any]], str]] = [
    (values(1930, 1931), LINES[0][1]),
    ([*values(1930, 1931), between("1932")], LINES[0][1]),
    (values(1930), DOTS_ALONE),
    ([*values(1930, 1932), between("1931")], DOTS_ALONE),
    ([between("1930"), between("1931")], RANGES_ALONE),
]


@pytest.mark.parametrize(("observed", "sign"), SIGNED, ids=range(len(SIGNED)))
def test_a_series_has_the_sign_of_a_line_only_if_it_has_a_line(observed: list[dict[str, Any]], sign: str) -> None:
    (panel,) = panels(plan(document(measures=[measure({"observations": observed})])), "light")
    assert f"<b>{sign}</b>".replace(" ", "&#160;") in panel.lines[0].text


def test_what_is_read_off_a_mark_has_its_date() -> None:
    observed = [{"date": "1931", "value": 69.5}, {"date": "1930-06", "low": 1, "high": 2}]
    claims = [claim([{"date": "1932~", "value": -3}], correction=right({"date": "1932/1933", "high": 4}))]
    record = document(
        sources=SOURCES, events=[event(1, "1931", claims=claims)], measures=[measure({"observations": observed})]
    )
    (panel,) = panels(plan(record), "light")
    ((label, given_),) = panel.readings
    assert label == "Series 0"
    assert [words for *_, words in given_] == [
        "1–2 · June 1930", "69.5 · 1931", "○ up to 4 · 1932 to 1933", "× −3 · about 1932",
    ]  # fmt: skip


def hidden(record: Timeline, window: tuple[float, float], width: float) -> list[str]:
    """Return the labels of lines that lie on any line in a panel, by many points along each."""
    found = []
    for panel in panels(plan(record), "light"):
        (low, high), days = panel.range, window[1] - window[0]
        points = [
            (
                (day + share * (other - day) - window[0]) / days * width,
                (high - value - share * (another - value)) / (high - low) * HEIGHT,
            )
            for line in panel.lines
            for stretch in line.stretches
            for (day, value), (other, another) in pairwise(stretch)
            for share in (step / 99 for step in range(100))
        ]
        for label in labels(panel, window, width):
            right_, middle = label.x + panel.lines[label.line].width, (high - label.value) / (high - low) * HEIGHT
            top = middle + label.down - LINE_HEIGHT / 2
            if any(label.x < x < min(right_, width) and top < y < top + LINE_HEIGHT for x, y in points if x > 0):
                found.append(panel.lines[label.line].text)
    return found


LEVEL = {"label": "level", "observations": [{"date": str(year), "value": 50} for year in range(1919, 1941)]}
SLOPE = {"label": "slope", "observations": [{"date": f"19{20 + n}", "value": 2 * n} for n in range(12)]}


@pytest.mark.parametrize("series", [[LEVEL], [SLOPE], [SLOPE, LEVEL], [LEVEL, SLOPE]], ids=range(4))
def test_a_line_s_label_keeps_clear_of_the_lines_where_it_can(series: list[dict[str, Any]]) -> None:
    record = document(measures=[measure(*series)])
    first, last = parse("1918/1941").start, parse("1918/1941").end
    for window, width in product([(first, last), (first, parse("1931").start)], (400, 700, 1100)):
        assert hidden(record, window, width) == []


def test_few_labels_of_the_shipped_record_lie_on_a_line() -> None:
    window = plan(SHIPPED).period
    assert [len(hidden(SHIPPED, window, width)) <= 2 for width in (500, 760, 1020, 1280)] == [True] * 4


def test_a_measure_without_anything_to_draw_has_no_panel() -> None:
    heads = [head for head in timeline.figure(EVERY_KIND).layout.annotations if head.yref == "paper"]
    assert [head.text.partition("</b>")[0] for head in heads] == [f"<b>{VERBATIM}", "<b>Grain"]


@pytest.mark.parametrize(
    ("values", "range_"), [([1, 5], (-0.3, 5.6)), ([-5, -1], (-5.3, 0.6)), ([-5, 5], (-5.6, 6.2)), ([0], (-0.5, 1))]
)
def test_a_panel_shows_all_of_its_values_and_zero(values: list[float], range_: tuple[float, float]) -> None:
    observed = [{"date": f"193{number}", "value": value} for number, value in enumerate(values)]
    figure = timeline.figure(document(measures=[measure({"observations": observed})]))
    assert figure.layout.yaxis2.range == pytest.approx(range_)
