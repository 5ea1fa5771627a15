"""What moves is drawn by our own scripts: the elements that Python draws of the same figure, as Plotly draws it."""

from __future__ import annotations

import base64
import gzip
import json
import re
from itertools import product
from math import isclose
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from conftest import RECORD, plotted
from test_chart import EVERY_KIND

import timeline
from timeline import chart
from timeline.dates import parse
from timeline.drawing import Drawing
from timeline.page import Page
from timeline.picture import Writer, stacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Visit
    from playwright.sync_api import Page as Tab

DRAW = """([plan, document, cases]) => {
  plan.events = timeline.columns(plan, timeline.unfolded(document));
  const passing = plan.events.id.map((_, i) => i);
  return cases.map(({ window, width, style }) => {
    const room = { plot: width - plan.room.left - plan.room.right, font: 1, style };
    const view = { window, selected: null, current: null, measures: plan.panels.map(({ light }) => light.measure) };
    return timeline.drawing(timeline.figure(plan, passing, plan.events, view, room).figure);
  });
}"""
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
LEVELS, SHARE = 8, 0.002
"""Levels of 255 by which no reader sees a pixel change, and the share of pixels that may change by more: letters that
stand a fraction of a px elsewhere."""
BEHIND = "0.5"
"""The left edge of a paper behind a label."""
Elements = list[tuple[str, dict[str, str], str]]


def elements(markup: str) -> Elements:
    """Return the elements that are seen, with the gradients that they refer to in place of their names."""
    root = ET.fromstring(f"<svg>{markup}</svg>")
    shades = {
        f"url(#{one.get('id')})": str([sorted(stop.items()) for stop in one]) for one in root.iter("linearGradient")
    }
    found: Elements = []
    for node in root.iter():
        if node.tag not in {"svg", "g", "defs", "clipPath", "linearGradient", "stop"}:
            given = {name: shades.get(value, value) for name, value in node.items()}
            if given.get("x") == BEHIND:
                del given["width"]  # Python adds up the widths of letters, a browser measures words
            found.append((node.tag, given, node.text or ""))
    return found


def differing(one: Elements, other: Elements) -> Iterator[str]:
    """Yield where elements differ by more than a hundredth of a px."""
    if len(one) != len(other):
        yield f"{len(one)} are not {len(other)}"
    for mine, theirs in zip(one, other, strict=False):
        names = {*mine[1], *theirs[1]}
        texts = [
            (mine[0], theirs[0]),
            (mine[2], theirs[2]),
            *((mine[1].get(n, ""), theirs[1].get(n, "")) for n in names),
        ]
        for left, right in texts:
            numbers = [NUMBER.findall(text) for text in (left, right)]
            same = NUMBER.sub("#", left) == NUMBER.sub("#", right)
            if not same or not all(isclose(float(a), float(b), abs_tol=0.0101) for a, b in zip(*numbers, strict=True)):
                yield f"{mine} is not {theirs}"
                break


def unpacked(block: str) -> str:
    return gzip.decompress(base64.b64decode(block)).decode()


@pytest.mark.parametrize("record", [RECORD, EVERY_KIND], ids=["shipped", "every kind"])
def test_python_and_the_browser_draw_the_same_elements(scripted: Tab, record: timeline.Timeline) -> None:
    page = Page(record)
    every = [record.measures[panel["light"]["measure"]].id for panel in chart.template(page.drawn)["panels"]]
    cases = [*product(("1918/1941", "1929/1933", "1930-03"), (600, 1280, 2560), ("light", "dark"))]
    asked = [
        {"window": [parse(window).start, parse(window).end], "width": width, "style": style}
        for window, width, style in cases
    ]
    found = scripted.evaluate(DRAW, [json.loads(unpacked(page.plan)), unpacked(page.document), asked])
    for (window, width, style), markup in zip(cases, found, strict=True):
        figure = chart.described(record, window=window, width=width, style=style, measures=every)
        drawing, writer = Drawing(figure), Writer("shade")
        given = ((one.layer, writer.markup(one.parts)) for one in drawing.elements())
        own = elements(stacked(drawing, given, writer))
        assert len(own) > 100
        assert [*differing(own, elements(markup))][:3] == [], (window, width, style)


@pytest.mark.parametrize("style", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (820, 1180), (640, 960)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("hash_", ["#event=famine-1932-33&from=1929&to=1935", "#themes=output"])
def test_nothing_is_seen_to_change_when_plotly_draws_what_has_come_to_rest(
    opened: Callable[..., Visit], changed: Callable[..., float], hash_: str, size: tuple[int, int], style: str
) -> None:
    page = opened(hash_, viewport={"width": size[0], "height": size[1]}, color_scheme=style).page
    page.locator("body:not(.moving)").wait_for()
    before = page.screenshot()
    assert page.locator("#ui_chart.sketched").count() == 1
    plotted(page)
    assert changed(before, page.screenshot(), LEVELS) < SHARE
