"""A timeline in a notebook: the whole page in a frame of another page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import ready
from playwright.sync_api import expect

import timeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Visit
    from playwright.sync_api import Frame

RECORD = timeline.load(Path(__file__).parent.parent / "events.json")


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("notebook") / "notebook.html"
    path.write_text(f"<!doctype html><title>Notebook</title>{RECORD._repr_html_()}", encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def shown(notebook: str, visit: Callable[..., Visit]) -> tuple[Visit, Frame]:
    one = visit(viewport={"width": 1100, "height": 900}).goto(notebook)
    frame = one.page.frames[1]
    ready(frame)
    return one, frame


def test_a_timeline_shows_itself_in_a_notebook_and_is_alive_there(shown: tuple[Visit, Frame]) -> None:
    one, frame = shown
    total = len(RECORD.events)
    box = one.page.locator("iframe").bounding_box()
    assert box is not None
    assert (box["height"] > 700, box["width"] > 1000) == (True, True)
    assert one.page.locator("iframe").get_attribute("title") == RECORD.title
    expect(frame.locator("#ui_count")).to_have_text(f"{total} of {total} events")
    frame.locator("#ui_theme_2").click()
    expect(frame.locator("#ui_count")).not_to_have_text(f"{total} of {total} events")
    frame.get_by_role("button", name="Later").click()
    title = frame.locator("#ui_article h3").inner_text()
    frame.locator("#ui_article h3 a").click()
    frame.get_by_role("button", name="Zoom in").click()
    frame.wait_for_url(re.compile("from="))
    expect(frame.locator("#ui_article h3")).to_have_text(title)
    assert one.page.url.endswith("notebook.html")
    assert (one.asked, one.said) == ([], [])


def test_the_frame_keeps_its_content_security_policy(shown: tuple[Visit, Frame]) -> None:
    one, frame = shown
    one.speaks = True
    frame.evaluate("""() => {
      const script = document.createElement("script");
      script.textContent = "window.hacked = true";
      document.body.append(script);
    }""")
    assert frame.evaluate("() => window.hacked") is None
    assert frame.evaluate("() => fetch('https://example.invalid/').then(() => 'asked', () => 'refused')") == "refused"
    assert one.asked == []
