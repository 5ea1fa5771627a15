"""Pages opened from disk in Chromium, and what is measured in them."""

from __future__ import annotations

import json
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from playwright.sync_api import BrowserContext, Error, Page, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = Path(__file__).parent / "pages"
SIZE = {"width": 1280, "height": 800}
LIMIT = 60_000
"""Milliseconds after which a page is given up."""
ACTING = 12_000
"""Milliseconds after which no further action is begun."""


@dataclass
class Opening:
    """What one opening of a page gave, in ms, MB and numbers; None where there is nothing, or it was given up."""

    sight: float | None = None
    live: float | None = None
    heap: float | None = None
    titles: int | None = None
    actions: dict[str, list[float]] = field(default_factory=dict)


class Chromium:
    """A browser without a window and without a GPU; started anew when a page does not let go of it."""

    def __enter__(self) -> Self:
        self._playwright = sync_playwright().start()
        self._launch()
        return self

    def __exit__(self, *_: object) -> None:
        self._browser.close()
        self._playwright.stop()

    def _launch(self) -> None:
        self._browser = self._playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        with self.window() as context:  # what is loaded once, such as fonts, is no page's cost
            context.new_page().set_content("<p>Warm</p><canvas></canvas>")

    @contextmanager
    def window(self, *scripts: Path) -> Iterator[BrowserContext]:
        """Give a new window, in each of whose pages some scripts run first."""
        context = self._browser.new_context(viewport=SIZE)
        for script in scripts:
            context.add_init_script(path=script)
        yield context
        context.close()

    def opened(self, file: Path, *, driver: Path | None = None, acting: int = 0) -> Opening:
        """Open a file in a new window; ``acting`` is how often filter, search and choice are repeated."""
        result = Opening()
        try:
            with self.window(PAGES / "measure.js", *([driver] if driver else [])) as context:
                _measure(context.new_page(), file, acting, result)
        except Error as error:  # a page that does not answer in time, or whose process died
            print(f"{file.name}: {str(error).splitlines()[0]}", file=sys.stderr)
            self._browser.close()
            self._launch()
        return result


def live(page: Page, file: Path) -> float | None:
    """Open a file and wait until it is live."""
    with page.expect_console_message(lambda message: message.text.startswith("bench live "), timeout=LIMIT) as said:
        page.goto(file.as_uri(), wait_until="commit")
    answer: float | None = json.loads(said.value.text.removeprefix("bench live "))
    return answer


def _measure(page: Page, file: Path, acting: int, result: Opening) -> None:
    result.live = live(page, file)
    if result.live is None:
        return
    result.sight = page.evaluate("bench.sight()")
    result.titles = page.evaluate("bench.whole()")
    page.wait_for_function("() => !peer.settled || peer.settled()")
    result.heap = _heap(page)
    if acting:
        with page.expect_console_message(lambda said: said.text.startswith("bench acted "), timeout=2 * LIMIT) as said:
            page.evaluate(f"void bench.actions({acting}, {ACTING})")
        result.actions = json.loads(said.value.text.removeprefix("bench acted "))


def _heap(page: Page) -> float:
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("HeapProfiler.collectGarbage")
    metrics: dict[str, Any] = {
        entry["name"]: entry["value"] for entry in session.send("Performance.getMetrics")["metrics"]
    }
    session.detach()
    return float(metrics["JSHeapUsedSize"]) / 1e6
