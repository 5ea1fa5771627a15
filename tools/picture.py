"""Take the README's picture: the shipped record, one event chosen, from the frozen file in a real browser."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import timeline

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Write ``docs/picture.png``."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "timeline.html"
        timeline.export(timeline.load(ROOT / "events.json"), page_file)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 1980})
        page.goto(page_file.as_uri() + "#event=famine-1932-33")
        page.locator("#ui_graph .textpoint").first.wait_for()
        page.wait_for_timeout(500)
        page.screenshot(path=ROOT / "docs" / "picture.png")
        browser.close()


if __name__ == "__main__":
    main()
