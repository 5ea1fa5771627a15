"""A real browser for every test that wants one, and pages that write down what they did."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error, expect, sync_playwright
from soak import share  # noqa: F401 - before hypothesis is asked for anything

import timeline
from timeline.interface import PLOTLY
from timeline.plan import plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Dialog, Frame, Page

EVENTS = Path(__file__).parent.parent / "events.json"
RECORD = timeline.load(EVENTS)
ORDERED = [event.id for event in plan(RECORD).events]
BY_ID = {event.id: event for event in RECORD.events}

# Nothing that the browser does of its own accord may look like something that the page did.
SWITCHES = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
]
DIFFERING = """async ([one, other, least]) => {
  const pixels = await Promise.all([one, other].map(async (png) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height).data;
  }));
  let differing = 0;
  for (let at = 0; at < pixels[0].length; at += 4)
    if ([0, 1, 2].some((n) => Math.abs(pixels[0][at + n] - pixels[1][at + n]) >= least)) differing += 1;
  return pixels[0].length === pixels[1].length ? (4 * differing) / pixels[0].length : 1;
}"""
"""Share of the pixels in which two pictures differ by some levels of 255."""
VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`violation: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));"""


@dataclass
class Visit:
    """A page, and all that it said (console, errors, dialogs, policy violations) and asked for besides itself."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    speaks: bool = False
    """Whether it may say something: the test looks itself at what."""

    def __post_init__(self) -> None:
        self.page.add_init_script(VIOLATIONS)
        self.page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("dialog", self._dismiss)

    def _dismiss(self, dialog: Dialog) -> None:
        self.said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def goto(self, address: str) -> Visit:
        """Open an address; the request for it is not counted."""
        self.page.goto(address)
        self.asked.remove(address)
        return self


expect.set_options(timeout=30_000)  # other programs share the machine
INK = "() => document.querySelector('#ui_sketch').style.fill"
"""The colour of the chart's letters."""


def ready(page: Page | Frame) -> None:
    """Wait until the chart is drawn."""
    page.locator("body.live").wait_for()


def plotted(page: Page | Frame) -> None:
    """Wait until Plotly has drawn the chart, which it does once nothing has changed for a second."""
    page.locator("#ui_chart.plotted:not(.sketched)").wait_for()


def settle(page: Page) -> None:
    """Wait for two frames: what was asked for is drawn then."""
    page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 250))))"
    )


@contextmanager
def serving(document: Path) -> Iterator[str]:
    """Give the address at which a server of its own serves a document."""
    command = [sys.executable, "-m", "timeline", "serve", str(document), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = re.search(r"http://\S+", process.stdout.readline())
        assert address is not None
        try:
            yield address.group()
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
        switches = [*SWITCHES, "--no-sandbox"] if os.geteuid() == 0 else SWITCHES
        try:
            launched = playwright.chromium.launch(executable_path=executable, args=switches)
        except Error as fault:
            pytest.fail(f"no Chromium to test with (apt-get install chromium): {fault.message}", pytrace=False)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def scripted(browser: Browser) -> Iterator[Page]:
    """A blank page with our scripts but the one that begins."""
    blank = browser.new_page()
    for script in sorted((Path(timeline.__file__).parent / "assets").glob("*.js")):
        if script.name not in {"page.js", PLOTLY}:
            blank.add_script_tag(path=script)
    yield blank
    blank.close()


@pytest.fixture
def changed(scripted: Page) -> Callable[..., float]:
    """Give the share of the pixels in which two pictures (PNG) differ, by at least so many levels of 255."""

    def share_of(one: bytes, other: bytes, least: int = 1) -> float:
        return float(scripted.evaluate(DIFFERING, [*(base64.b64encode(png).decode() for png in (one, other)), least]))

    return share_of


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Give new visits, each in a context of its own; words are those of ``browser.new_context``.

    Afterwards none may have said anything: no error, no violation of a policy, no line in the console.
    """
    visits = []

    def new(**words: object) -> Visit:
        context = browser.new_context(**words)  # type: ignore[arg-type]
        visits.append(Visit(context.new_page()))
        return visits[-1]

    yield new
    for one in visits:
        one.page.context.close()
    assert [said for one in visits if not one.speaks for said in one.said] == []


@pytest.fixture(scope="session")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("frozen") / "a file with spaces & é.html"
    timeline.export(RECORD, path)
    return path.as_uri()


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    with serving(EVENTS) as address:
        yield address


@pytest.fixture(params=["served", "frozen"])
def host(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def opened(host: str, visit: Callable[..., Visit]) -> Callable[..., Visit]:
    """Open the page at an address, wait until the chart is drawn; afterwards nothing may have been said."""

    def open_at(hash_: str = "", **words: object) -> Visit:
        words = {"viewport": {"width": 1280, "height": 900}, **words}
        one = visit(**words)
        one.page.goto(host + hash_)
        ready(one.page)
        return one

    return open_at


def listed(page: Page) -> list[str]:
    """Return the ids of the events in the list, once the view rests."""
    page.locator("body:not(.moving)").wait_for(state="attached")
    ids = page.eval_on_selector_all(".events > article", "all => all.filter((one) => !one.hidden).map(({ id }) => id)")
    return [str(one) for one in ids]
