"""Whether the page jumps when the live chart takes the place of the still picture."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from bench.browser import PAGES, Chromium, live

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import CDPSession

DIFFERING = """async (pictures) => {
  const [before, after] = await Promise.all(pictures.map(async (data) => {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
    context.drawImage(picture, 0, 0);
    return new Uint32Array(context.getImageData(0, 0, picture.width, picture.height).data.buffer);
  }));
  return before.reduce((count, pixel, n) => count + (pixel !== after[n]), 0) / before.length;
}"""
SETTLED = 1500
"""Milliseconds after which a live page no longer changes by itself."""


def jump(browser: Chromium, file: Path, driver: Path) -> float | None:
    """Return the share of pixels that differ between first sight and live; None if the first was not caught."""
    with browser.window(PAGES / "measure.js", driver) as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        frames = _recorded(session)
        until, sight = live(page, file), page.evaluate("bench.sight()")
        origin = page.evaluate("performance.timeOrigin")
        page.wait_for_timeout(SETTLED)
        after = base64.b64encode(page.screenshot()).decode()
        session.send("Page.stopScreencast")
        caught = [data for time, data in frames if sight <= time * 1000 - origin < (until or 0)]
        if not caught:
            return None
        share: float = context.new_page().evaluate(DIFFERING, [caught[0], after])
        return share


def _recorded(session: CDPSession) -> list[tuple[float, str]]:
    """Record what the browser shows, each picture with its time in seconds."""
    frames: list[tuple[float, str]] = []

    def keep(frame: dict[str, Any]) -> None:
        frames.append((frame["metadata"]["timestamp"], frame["data"]))
        session.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]})

    session.on("Page.screencastFrame", keep)
    session.send("Page.startScreencast", {"format": "png", "everyNthFrame": 1})
    return frames
