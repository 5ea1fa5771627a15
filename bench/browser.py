"""Pages opened from disk in Chromium, and what is measured in them."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Browser, Error, Page, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = Path(__file__).parent / "pages"
SIZE = {"width": 1280, "height": 800}
LIMIT = 60_000
"""Milliseconds after which a page is given up."""
ACTING = 20_000
"""Milliseconds after which no further action is begun."""


@dataclass
class Opening:
    """What one opening of a page gave, in ms, MB and numbers; None where there is nothing, or it was given up."""

    sight: float | None = None
    live: float | None = None
    heap: float | None = None
    titles: int | None = None
    actions: dict[str, list[float]] = field(default_factory=dict)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a browser without a window and without a GPU."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            yield browser
        finally:
            browser.close()


def opened(browser: Browser, file: Path, *, driver: Path | None = None, acting: int = 0) -> Opening:
    """Open a file in a new window; ``acting`` is how often filter, search and choice are repeated."""
    context = browser.new_context(viewport=SIZE)
    try:
        for script in (PAGES / "measure.js", driver):
            if script:
                context.add_init_script(path=script)
        page = context.new_page()
        page.set_default_timeout(LIMIT)
        return _measured(page, file, acting)
    except Error as error:  # a page that does not answer in time, or whose process died
        print(f"{file.name}: {str(error).splitlines()[0]}")
        return Opening()
    finally:
        context.close()


def _measured(page: Page, file: Path, acting: int) -> Opening:
    page.goto(file.as_uri(), wait_until="commit")
    live = _answer(page, "bench.live")
    if live is None:
        return Opening()
    result = Opening(sight=page.evaluate("bench.sight()"), live=live, titles=page.evaluate("bench.whole()"))
    result.heap = _heap(page)
    if acting:
        result.actions = _answer(page, f"bench.actions({acting}, {ACTING})") or {}
    return result


def _answer(page: Page, expression: str) -> Any:  # noqa: ANN401 - JSON
    """Await an answer, for no longer than the limit."""
    return page.evaluate(
        f"Promise.race([{expression}, new Promise((done) => setTimeout(() => done(null), {2 * LIMIT}))])"
    )


def _heap(page: Page) -> float:
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("HeapProfiler.collectGarbage")
    metrics = {entry["name"]: entry["value"] for entry in session.send("Performance.getMetrics")["metrics"]}
    session.detach()
    return metrics["JSHeapUsedSize"] / 1e6
