"""The page on its own: without a network, without Plotly, in a browser that is too old."""

from __future__ import annotations

import base64
import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from conftest import ORDERED, RECORD, plotted, ready, settle
from playwright.sync_api import expect

from timeline.interface import PLOTLY
from timeline.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Visit
    from playwright.sync_api import Page, Route

COUNT = say("events_shown", shown=len(ORDERED), total=len(ORDERED))


def works(page: Page) -> None:
    """Do something of all that a reader may do."""
    page.locator("#ui_chart").focus()
    for key in ("+", "-", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#ui_article h3")).to_have_count(1)
    page.locator("#ui_theme_0").click()
    page.locator("#ui_q").fill("grain")
    page.wait_for_url(re.compile("q=grain"))
    page.locator("#ui_style").click()
    page.locator("[data-opens=ui_cite]").first.click()
    page.locator("#ui_cite [data-copies]").first.click()
    expect(page.locator("#ui_cite .done")).not_to_be_empty()
    page.keyboard.press("Escape")
    page.locator("[data-opens=ui_download]").first.click()
    for kind in ("csv", "json", "record", "bibtex", "csl"):
        with page.expect_download():
            page.locator(f"[data-file={kind}]").click()
    page.keyboard.press("Escape")
    page.locator("#ui_clear").click()
    for view in page.locator(".views a").all():
        view.click()
        settle(page)
    page.evaluate("(id) => { location.hash = `tour=${id}&step=1`; }", RECORD.tours[0].id)
    page.locator("#ui_tour_next").click()
    expect(page.locator("#ui_tour_text")).to_have_text(RECORD.tours[0].steps[1].text)
    page.locator("#ui_tour_leave").click()
    page.pdf()
    page.evaluate("() => { location.hash = ''; }")
    expect(page.locator("#ui_count")).to_have_text(COUNT)


# The network

FETCHED = "() => performance.getEntriesByType('resource').map(({ name }) => name)"


def test_the_file_does_everything_without_a_network(frozen: str, visit: Callable[..., Visit]) -> None:
    one = visit(viewport={"width": 1280, "height": 900}, offline=True)
    one.page.route("http://**", lambda route: route.abort())
    one.page.route("https://**", lambda route: route.abort())
    one.goto(frozen)
    ready(one.page)
    plotted(one.page)
    works(one.page)
    one.page.reload()
    ready(one.page)
    assert [address for address in one.asked if address != frozen] == []
    assert one.page.evaluate(FETCHED) == []


def test_the_served_page_asks_its_own_server_and_no_one_else(served: str, visit: Callable[..., Visit]) -> None:
    def own(route: Route) -> None:
        route.fallback() if route.request.url.startswith(served) else route.abort()

    one = visit(viewport={"width": 1280, "height": 900})
    one.page.on("websocket", lambda socket: one.asked.append(socket.url))
    one.page.route("**", own)
    one.page.goto(served)
    ready(one.page)
    plotted(one.page)
    works(one.page)
    asked = [address for address in one.asked if not address.startswith("blob:")]
    assert [address for address in asked if not address.startswith(served)] == []
    assert [name for name in one.page.evaluate(FETCHED) if not name.startswith((served, "data:", "blob:"))] == []


# Plotly, which comes late


def silenced(one: Visit, *patterns: str) -> list[str]:
    """Give what a visit said but what the browser itself says of a script that it could not have."""
    one.speaks = True
    return [said for said in one.said if not any(re.search(pattern, said) for pattern in patterns)]


def stays_drawn(page: Page) -> None:
    page.wait_for_timeout(1500)  # until Plotly would have drawn
    page.locator("#ui_chart").focus()
    for key in ("+", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#ui_article h3")).to_have_count(1)
    page.wait_for_url(re.compile("event=.*from="))
    page.wait_for_timeout(1500)
    expect(page.locator("#ui_chart")).to_have_class(re.compile("sketched"))
    assert page.locator("#ui_sketch text").count() > 50
    assert not page.locator("#ui_chart.plotted").count()


BROKEN = {"gone": None, "another script": "window.other = 1;"}


@pytest.mark.parametrize("script", BROKEN.values(), ids=BROKEN)
def test_a_served_page_that_gets_no_plotly_keeps_its_drawing(
    script: str | None, served: str, visit: Callable[..., Visit]
) -> None:
    def answer(route: Route) -> None:
        route.fulfill(body=script, content_type="text/javascript") if script is not None else route.abort()

    one = visit(viewport={"width": 1280, "height": 900})
    one.speaks = True
    one.page.route(re.compile(PLOTLY), answer)
    one.page.goto(served)
    ready(one.page)
    stays_drawn(one.page)
    assert [said for said in one.said if "Failed to load resource" not in said] == []


OTHER = base64.b64encode(zlib.compress(b"window.other = 1;")).decode()
SPOILT = {"cut off": (r"\1\2", set()), "another script": (rf"\g<1>{OTHER}", {"violation"})}


@pytest.mark.parametrize(("changed", "says"), SPOILT.values(), ids=SPOILT)
def test_a_file_whose_plotly_is_spoilt_keeps_its_drawing(
    changed: str,
    says: set[str],
    frozen: str,
    visit: Callable[..., Visit],
    tmp_path: Path,
) -> None:
    page = Path(unquote(urlsplit(frozen).path)).read_text("utf-8")
    spoilt = re.sub(rf'(data-later="[^"]*{re.escape(PLOTLY)}">)([^<]{{999}})[^<]*', changed, page, count=1)
    assert spoilt != page
    (tmp_path / "spoilt.html").write_text(spoilt, "utf-8")
    one = visit(viewport={"width": 1280, "height": 900}).goto((tmp_path / "spoilt.html").as_uri())
    one.speaks = True
    ready(one.page)
    stays_drawn(one.page)
    assert {"violation" if "violat" in said else said for said in one.said} == says


# A browser that is too old

LACKING = {
    "a function of arrays": "delete Array.prototype.at",
    "an observer": "delete window.ResizeObserver",
    "what unpacks": "window.DecompressionStream = class { constructor() { throw new Error('unknown'); } }",
    "a method of elements": "delete Element.prototype.replaceChildren",
}


def told(page: Page) -> None:
    expect(page.get_by_text(say("failed"))).to_be_visible()
    expect(page.locator(".app button")).to_have_count(0)
    assert page.locator(".events > article .claims").first.is_visible()
    assert page.locator(".events > article").count() == len(ORDERED)
    assert page.locator("#ui_sources").is_visible()
    assert page.locator("button:visible:not(th *)").count() == 0


@pytest.mark.parametrize("lacking", LACKING.values(), ids=LACKING)
def test_a_page_in_a_browser_that_is_too_old_says_so_and_is_read_without_scripts(
    lacking: str, host: str, visit: Callable[..., Visit]
) -> None:
    one = visit(viewport={"width": 1280, "height": 900})
    one.speaks = True
    one.page.add_init_script(lacking)
    one.page.goto(host)
    told(one.page)
    expect(one.page.locator(".picture > svg")).to_be_visible()
    assert "could not start" in one.said[-1]


def test_a_browser_whose_style_sheets_are_too_old_shows_no_chart_that_would_be_wrong(
    frozen: str, visit: Callable[..., Visit], tmp_path: Path
) -> None:
    page = Path(unquote(urlsplit(frozen).path)).read_text("utf-8")
    without = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page, count=1)
    (tmp_path / "old.html").write_text(without.replace("light-dark(", "unknown("), "utf-8")
    one = visit(viewport={"width": 1280, "height": 900})
    one.speaks = True
    one.goto((tmp_path / "old.html").as_uri())
    told(one.page)
    expect(one.page.locator(".still")).to_be_hidden()
    assert one.said == ["error: This page could not start: the browser lacks styles that it needs"]
