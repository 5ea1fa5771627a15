"""The page in Firefox: what a reader does in it works, and it says and asks for nothing there either."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from conftest import BY_ID, ORDERED, RECORD
from firefox import Firefox, firefox

from timeline.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

LIVE = "document.body?.matches('.live:not(.moving)') === true"
PLOTTED = "document.querySelector('#ui_chart').matches('.plotted:not(.sketched)')"
HASH = f"{LIVE} && decodeURIComponent(location.hash)"
FAMINE = next(n for n, theme in enumerate(RECORD.themes) if theme.id == "famine")
LISTED = "[...document.querySelectorAll('.events > article')].filter((one) => !one.hidden).map(({ id }) => id)"


@pytest.fixture(scope="module")
def running() -> Iterator[Firefox]:
    with firefox() as one:
        yield one


@pytest.fixture
def page(running: Firefox, host: str) -> Iterator[Firefox]:
    """Give the page, drawn; afterwards it has said nothing and asked its own server alone."""
    running.open(host)
    running.wait(LIVE)
    yield running
    assert running.said == []
    assert [one for one in running.asked if not one.startswith((host, "data:", "about:"))] == []


def text(page: Firefox, selector: str) -> str:
    return str(page.value(f"document.querySelector({json.dumps(selector)}).textContent"))


def test_the_chart_is_drawn_and_then_by_plotly(page: Firefox) -> None:
    drawn = page.value("[...document.querySelectorAll('#ui_sketch text')].map((one) => one.textContent)")
    assert {"NEP begins", "“Dizzy with Success”", "Famine of 1932–33"} <= set(drawn)
    page.wait(PLOTTED)
    plotted = page.value("[...document.querySelectorAll('#ui_graph text')].map((one) => one.textContent)")
    assert {"NEP begins", "“Dizzy with Success”", "Famine of 1932–33"} <= set(plotted)
    assert text(page, "#ui_count") == say("events_shown", shown=len(ORDERED), total=len(ORDERED))


def test_filters_search_keys_and_an_event_make_the_view_and_its_address(page: Firefox) -> None:
    page.click(f"#ui_theme_{FAMINE}")
    page.wait(HASH, "#themes=famine")
    assert page.value(LISTED) == [one for one in ORDERED if "famine" in BY_ID[one].themes]
    page.press("/")
    page.type("Kazakh")
    page.wait(HASH, "#themes=famine&q=Kazakh")
    listed = page.value(LISTED)
    assert 0 < len(listed) < 10
    page.run("document.querySelector('#ui_chart').focus()")
    page.press("+")
    page.press("Shift", "ArrowRight")
    page.wait(f"{LIVE} && /^#themes=famine&q=Kazakh&from=19..-..-..&to=19/.test(location.hash)")
    page.press("0")
    page.press("ArrowRight")
    page.press("Enter")
    page.wait(HASH, f"#event={listed[0]}&themes=famine&q=Kazakh")
    assert text(page, "#ui_article h3") == BY_ID[listed[0]].title
    assert page.value("document.querySelector('#ui_details').getBoundingClientRect().width") > 300
    page.reload()
    page.wait(LIVE)
    assert text(page, "#ui_article h3") == BY_ID[listed[0]].title
    page.press("Escape")
    page.click("#ui_clear")
    page.wait(HASH, "")


def test_every_view_shows_its_own_section_and_a_tour_leads_through_its_steps(page: Firefox) -> None:
    for section in page.value("[...document.querySelectorAll('.views a')].map((one) => one.dataset.view)"):
        page.click(f".views [data-view={section}]")
        page.wait(f"{LIVE} && document.querySelector('.views [aria-current]').dataset.view", section)
        shown = "[...document.querySelectorAll('main > [data-view]')].filter((one) => one.offsetHeight)"
        assert page.value(f"{shown}.map((one) => one.dataset.view)") == [section]
    tour = RECORD.tours[0]
    page.run(f"location.hash = 'tour={tour.id}&step=1'")
    for step in tour.steps[:3]:
        page.wait("document.querySelector('#ui_tour_text').textContent", step.text)
        page.wait(LIVE)
        page.click("#ui_tour_next")


def test_an_event_is_cited_and_printed_alone_and_files_are_made(page: Firefox) -> None:
    page.run(f"location.hash = 'event={ORDERED[40]}'")
    page.wait(f"{LIVE} && document.body.matches('.has-details')")
    page.click("#ui_cite_button")
    assert RECORD.title in text(page, "#ui_cite_view")
    assert BY_ID[ORDERED[40]].title in text(page, "#ui_cite_event")
    page.press("Escape")
    page.wait("document.querySelector('dialog[open]')", None)
    assert 1 <= page.printed() < 10
    page.wait("document.documentElement.style.colorScheme", "")
    page.run("window.made = []; HTMLAnchorElement.prototype.click = function () { made.push(this.download); };")
    for number, kind in enumerate(["csv", "json", "json", "bib", "json"]):
        page.run(f"document.querySelectorAll('[data-file]')[{number}].click()")
        page.wait("made.length", number + 1)
        assert str(page.value("made.at(-1)")).rpartition(".")[2] == kind
