"""What opening the exported file costs: its size, the time to the first plot from disk, the labels shown at 1280 px.

``python bench/opening.py [events.json]`` prints one line; the times are medians of seven openings in new windows.
"""

from __future__ import annotations

import gzip
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import timeline

PLOTTED = """() => new Promise((done) => {
  const look = () => document.querySelector("#ui_graph .textpoint") && document.body.classList.contains("live")
    ? requestAnimationFrame(() => done(performance.now())) : requestAnimationFrame(look);
  look();
})"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"


def main() -> None:
    """Export, open, print."""
    events = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent / "events.json")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "timeline.html"
        timeline.export(timeline.load(events), file)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        openings = [_open(browser, file) for _ in range(7)]
        browser.close()
        raw = file.read_bytes()
    painted, plotted = (statistics.median(times) for times in zip(*[one[:2] for one in openings], strict=True))
    shown, total = openings[0][2]
    print(
        f"{len(raw):,} bytes, {len(gzip.compress(raw)):,} gzipped; first paint {painted:.0f} ms, "
        f"first plot {plotted:.0f} ms; {shown} of {total} labels at 1280 px",
    )


def _open(browser: Browser, file: Path) -> tuple[float, float, tuple[int, int]]:
    """Open the file in a new window; return first paint and first plot in ms, and labels shown of all events."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(file.as_uri(), wait_until="commit")
    plotted = page.evaluate(PLOTTED)
    painted = page.evaluate(PAINTED)
    labels = page.locator("#ui_graph .textpoint").count()
    total = page.locator(".events > article").count()
    context.close()
    return painted, plotted, (labels, total)


if __name__ == "__main__":
    main()
