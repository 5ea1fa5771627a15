"""The still pictures draw what the chart draws, say its words as they are, and need no script and no browser."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from conftest import EVENTS, RECORD, settle

import timeline
from timeline import chart
from timeline.cli import main
from timeline.page import Page
from timeline.picture import svg
from timeline.plan import plan
from timeline.reader import read
from timeline.still import NARROWEST, SIDES, WIDEST, Still
from timeline.strokes import tick_step, tick_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Visit
    from playwright.sync_api import Page as Tab

HOSTILE = "<script>alert(1)</script> & \" ' % {0} </style> ]]>"
SVG = "{http://www.w3.org/2000/svg}"


def village(**more: Any) -> timeline.Timeline:  # noqa: ANN401 - any JSON
    record = {
        "title": "A village",
        "period": "1900/1919",
        "themes": [{"id": "work", "label": "Work"}],
        **more,
    }
    return read(json.dumps(record).encode(), "test.json")


def drawn(record: timeline.Timeline, **view: Any) -> ET.Element:  # noqa: ANN401 - options of figure
    return ET.fromstring(svg(chart.described(record, **view), record.title, "words"))


def texts(picture: ET.Element) -> list[str]:
    return ["".join(node.itertext()) for node in picture.iter(f"{SVG}text")]


def events(*dates: str, **more: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - any JSON
    return [
        {"id": f"e-{n}", "title": f"Event {n}", "date": one, "themes": ["work"], **more} for n, one in enumerate(dates)
    ]


# Alone, as a file


@pytest.mark.parametrize("style", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 956, 2000])
def test_each_label_of_the_figure_is_a_text_of_the_picture(width: int, style: str) -> None:
    given = chart.described(RECORD, width=width, style=style)
    shown = texts(drawn(RECORD, width=width, style=style))
    labels = [text for trace in given["data"] if trace.get("mode") == "text" for text in trace["text"]]
    notes = [re.sub("<[^>]*>", "", note["text"]).replace("&#160;", "\xa0") for note in given["layout"]["annotations"]]
    for text in [*labels, *notes, *given["layout"]["xaxis"]["ticktext"]]:
        assert text.replace("&amp;", "&") in shown
    assert RECORD.title in shown


def test_a_picture_has_a_name_a_description_paper_and_no_css_that_a_drawing_program_lacks() -> None:
    picture = drawn(village(events=events("1905-03-01")))
    named = [(node.tag, node.text) for node in picture[:2]]
    assert named == [(f"{SVG}title", "A village"), (f"{SVG}desc", "words")]
    assert picture.find(f"{SVG}rect").get("fill") == "#faf8f3"  # type: ignore[union-attr]
    text = ET.tostring(picture, encoding="unicode")
    assert not re.search(r"var\(|calc\(|light-dark|rgba|class=|translate:", text)


def test_a_day_is_a_symbol_a_year_fades_and_an_interval_has_an_outline() -> None:
    picture = drawn(village(events=events("1902-03-01", "1905", "1908-01-01/1910-01-01")))
    rects = [one for one in picture.iter(f"{SVG}rect") if one.get("height") == "16"]
    assert [("url" in (one.get("fill") or ""), one.get("rx")) for one in rects] == [(True, None), (False, "3")]
    assert len([one for one in picture.iter(f"{SVG}path") if one.get("d") == "M5 5L-5 5L-5 -5L5 -5z"]) == 1
    stops = [float(one.get("offset", "")) for one in picture.iter(f"{SVG}stop")]
    assert stops == sorted(stops)
    assert (stops[0], stops[-1]) == (0, 1)


def test_every_symbol_and_mark_has_an_outline() -> None:
    names = ["square", "triangle", "diamond", "circle", "cross", "star", "pentagon", "hexagon"]
    themes = [{"id": name, "label": name, "symbol": name} for name in names]
    days = [one | {"themes": [name]} for one, name in zip(events(*["1905-03-01"] * 8), names, strict=True)]
    assert len([one for one in drawn(village(themes=themes, events=days)).iter(f"{SVG}path") if one.get("fill")]) > 8


@pytest.mark.parametrize(("least", "step"), [(0.9, 1), (1, 2), (2.1, 5), (29, 50), (0.06, 0.1), (6e5, 1e6)])
def test_steps_between_ticks_are_plotly_s(least: float, step: float) -> None:
    assert tick_step(least) == pytest.approx(step)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-5.0, "−5"), (1000.0, "1000"), (12500.0, "12,500"), (0.25, "0.25"), (1234.5, "1,234.5")],
)
def test_labels_of_ticks_are_plotly_s(value: float, text: str) -> None:
    assert tick_text(value) == text


def test_hostile_words_are_drawn_as_they_are() -> None:
    series = [{"id": "s", "label": HOSTILE, "base": "all", "observations": [{"date": "1901", "value": 1}]}]
    record = village(
        title=HOSTILE,
        themes=[{"id": "work", "label": HOSTILE}],
        events=events("1905-03-01", title=HOSTILE, label=HOSTILE),
        measures=[{"id": "grain", "label": HOSTILE, "unit": HOSTILE, "series": series}],
    )
    picture = drawn(record)
    assert {node.tag.removeprefix(SVG) for node in picture.iter()} & {"script", "style", "image", "a"} == set()
    assert HOSTILE in texts(picture)
    assert f"{HOSTILE}, {HOSTILE}" in texts(picture)
    whole = f"<html>{Still(plan(record)).html(HOSTILE)}</html>"
    assert HOSTILE in ["".join(node.itertext()) for node in ET.fromstring(whole).iter("text")]


def test_the_command_writes_a_picture_without_a_browser(tmp_path: Path) -> None:
    path = tmp_path / "picture.svg"
    said = CliRunner().invoke(main, ["export", str(EVENTS), "-o", str(path), "--width", "800", "--style", "dark"])
    assert (said.exit_code, said.output) == (0, f"{path}: {len(RECORD.events)} events, {path.stat().st_size:,} bytes\n")
    picture = ET.fromstring(path.read_text("utf-8"))
    assert picture.get("width") == "800"
    assert picture.find(f"{SVG}rect").get("fill") == "#16181b"  # type: ignore[union-attr]


WRONG = {
    "a width without room": (["--width", "100", "-o", "picture.svg"], 2, "width: 100 px leaves no room for the plot"),
    "an option of pictures": (["--style", "dark", "-o", "page.html"], 2, "style: is for pictures"),
    "a missing folder": (["-o", "no/picture.svg"], 1, "No such file or directory"),
}


@pytest.mark.parametrize(("words", "code", "said"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_drawn_is_refused(tmp_path: Path, words: list[str], code: int, said: str) -> None:
    path = str(tmp_path / words.pop())
    result = CliRunner().invoke(main, ["export", str(EVENTS), *words, path])
    assert (result.exit_code, said in result.output) == (code, True)
    assert list(tmp_path.iterdir()) == []


def test_export_takes_the_view_that_figure_takes(tmp_path: Path) -> None:
    view: dict[str, Any] = {"themes": ["famine"], "window": "1930/1934", "measures": []}
    size = timeline.export(RECORD, tmp_path / "a.SVG", **view)
    shown = texts(ET.fromstring((tmp_path / "a.SVG").read_text("utf-8")))
    assert size == (tmp_path / "a.SVG").stat().st_size
    assert shown == texts(drawn(RECORD, **view))
    assert "1930" not in texts(drawn(RECORD, **view | {"window": "1931/1934"}))
    assert "Cattle, million head" not in shown


# In the page, at every width


def test_the_picture_in_the_page_grows_less_than_its_events() -> None:
    days = [f"19{n % 20:02}-{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(3000)]
    record = village(
        themes=[{"id": t, "label": t} for t in "abcd"],
        events=[one | {"themes": ["abcd"[n % 4]]} for n, one in enumerate(events(*days))],
    )
    still = Still(plan(record))
    assert len(still.drawn) <= 1000
    assert len(still.html("x")) < 400_000


SEEN = """(width) => {
  const body = document.createElement("div");
  body.style.cssText = `container: still / inline-size; width: ${width}px`;
  body.append(document.querySelector(".still > style"), document.querySelector(".picture"));
  document.body.replaceChildren(body);
  const left = document.querySelector(".picture > svg").getBoundingClientRect().left;
  return [...document.querySelectorAll(".picture text")].filter((one) => getComputedStyle(one).display !== "none")
    .map((one) => [one.textContent, Math.round(one.getBoundingClientRect().left - left)]);
}"""


@pytest.fixture
def held(visit: Callable[..., Visit], frozen: str) -> Callable[..., Tab]:
    """Open the page as it is before its scripts run, which wait for a frame."""

    def open_held(**words: Any) -> Tab:  # noqa: ANN401 - of a browser's context
        page = visit(**words).page
        page.add_init_script("window.requestAnimationFrame = () => 0")
        page.goto(frozen)
        return page

    return open_held


@pytest.mark.parametrize("plot", [NARROWEST, 517, 814, 1204, WIDEST - 100])
def test_one_picture_shows_at_each_width_what_the_figure_of_that_width_shows(
    held: Callable[..., Tab], plot: int
) -> None:
    seen = held().evaluate(SEEN, plot + SIDES)
    given = chart.described(RECORD, width=plot + int(SIDES))
    first, last = given["layout"]["xaxis"]["range"]
    labels = next(trace for trace in given["data"] if trace.get("mode") == "text")
    expected = {
        text: (at - first) / (last - first) * plot for at, text in zip(labels["x"], labels["text"], strict=True)
    }
    found = {text: x for text, x in seen if text in expected}
    assert len(expected) - len(found) <= 2  # what comes a few px late
    assert [text for text, x in found.items() if abs(x - expected[text]) > 2] == []


@pytest.mark.parametrize("style", ["light", "dark"])
@pytest.mark.parametrize("size", ["1440x900", "1280x800", "820x1180"])
def test_nothing_is_seen_to_jump_when_the_chart_takes_the_picture_s_place(
    held: Callable[..., Tab], opened: Callable[..., Visit], changed: Callable[..., float], size: str, style: str
) -> None:
    width, height = map(int, size.split("x"))
    words = {"viewport": {"width": width, "height": height}, "color_scheme": style}
    still = held(**words).screenshot()
    page = opened(**words).page
    settle(page)
    assert changed(still, page.screenshot()) < 0.005
    assert page.locator(".still").count() == 0


def test_without_scripts_the_picture_stands_above_the_list(visit: Callable[..., Visit], frozen: str) -> None:
    page = visit(java_script_enabled=False, viewport={"width": 1280, "height": 800}).goto(frozen).page
    picture, title = page.locator(".picture > svg"), page.get_by_role("heading", name="Events in time order")
    assert picture.is_visible()
    assert picture.bounding_box()["y"] < title.bounding_box()["y"]  # type: ignore[index]
    assert page.locator(".still, .views").get_by_role("button").count() == 0  # nothing that does not answer
    assert page.get_by_role("img", name="Chart of").count() == 1


def test_what_cannot_start_takes_its_controls_away_and_leaves_the_picture(
    visit: Callable[..., Visit], frozen: str
) -> None:
    one = visit()
    one.speaks = True
    page = one.page
    page.add_init_script("delete window.DecompressionStream")
    page.goto(frozen)
    page.locator("[data-start-failed]").wait_for()
    assert page.locator(".picture > svg").is_visible()
    assert page.locator(".still, .views").get_by_role("button").count() == 0


# A measure alone


def measure(*series: dict[str, Any], **more: Any) -> ET.Element | None:  # noqa: ANN401 - any JSON
    named = [
        {"id": f"s-{number}", "label": f"Series {number}", "base": "all", **one} for number, one in enumerate(series)
    ]
    record = village(measures=[{"id": "grain", "label": "Grain", "unit": "tonnes", "series": named, **more}])
    found = str(Page(record).pictured(record.measures[0]))
    return ET.fromstring(found) if found else None


def words(picture: ET.Element) -> list[str]:
    return ["".join(node.itertext()) for node in picture.iter("text")]


def lines(picture: ET.Element) -> list[str]:
    return [path.get("d") or "" for path in picture.iter("path") if path.get("stroke-miterlimit")]


def test_a_series_is_a_line_with_its_label_between_axes_with_years_and_numbers() -> None:
    picture = measure({"observations": [{"date": f"19{year}", "value": year} for year in range(10, 16)]})
    assert picture is not None
    assert picture.get("aria-label") == "Grain, tonnes"
    assert {"1910", "5"} <= {*words(picture)}
    assert [text for text in words(picture) if text.endswith("Series 0")]
    assert [line.count("L") for line in lines(picture)] == [5]
    assert len([one for one in picture.iter("path") if "A2.5 2.5" in (one.get("d") or "")]) == 6


def test_a_line_is_broken_where_a_range_lies_between() -> None:
    values = [{"date": "1910", "value": 1}, {"date": "1911", "low": 2, "high": 3}, {"date": "1912", "value": 4}]
    picture = measure({"observations": values})
    assert picture is not None
    assert lines(picture) == []


@pytest.mark.parametrize("observations", [[], [{"date": "1861", "value": 1}]])
def test_what_has_nothing_in_the_period_has_no_picture(observations: list[dict[str, Any]]) -> None:
    assert measure({"observations": observations}) is None
