"""The address is a reader's input: whatever stands in it, the view is valid, and the page goes on and says nothing."""

from __future__ import annotations

import base64
import gzip
import json
import os
import random
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from conftest import RECORD, plotted, ready
from playwright.sync_api import expect
from soak import share

import timeline
from timeline.page import Page as Written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Visit
    from playwright.sync_api import Page

KEYS = ["event", "themes", "q", "from", "to", "figures", "view", "at", "sort", "style", "tour", "step"]
ODD_KEYS = ["", "__proto__", "constructor", "Event", "event[]", "%", "x", " q", "q\0"]
PROTOTYPE = ["__proto__", "constructor", "toString", "hasOwnProperty", "length", "undefined", "null", "NaN"]
DATES = [
    "1930", "1930-06", "1930-02-30", "1930-13", "1929-11-07", "-9999", "0000", "9999-12-31", "1941/1918",
    "1917", "1942",
]  # fmt: skip
VALUES = [
    *(event.id for event in RECORD.events[:3]), *(theme.id for theme in RECORD.themes), "famine,policy,famine,none",
    *(measure.id for measure in RECORD.measures[:3]), "none", *(tour.id for tour in RECORD.tours),
    "timeline", "tours", "table", "sources", "words", "source_notes", "ui_chart", "ui_details", "term_kulak",
    "react-entry-point", "-date", "theme", "dark", *DATES, "99999999", "Infinity", "0x10", "9" * 20,
    *PROTOTYPE,
    "%", "%E0%A4%A", "%00", "%ud800", "%25%32%35", "+", "\u202e", "\ufeff", "é", "\U0001f600", "a" * 100_000,
    "<script>alert(1)</script>", "javascript:alert(1)", "{{7*7}}", "a b  c", ",", ",,,", "=", "#", "?",
]  # fmt: skip
OWN = {
    "event": [event.id for event in RECORD.events], "themes": [theme.id for theme in RECORD.themes], "q": ["grain", ""],
    "from": DATES, "to": DATES, "figures": ["none", *(measure.id for measure in RECORD.measures)],
    "view": ["table", "sources", "tours", "disagreements"], "at": ["source_notes"],
    "sort": ["-date", "theme", "-sources"],
    "style": ["dark", "light"], "tour": [tour.id for tour in RECORD.tours],
    "step": ["1", "2", "0", "-1", "99", "1.5", "1e99"],
}  # fmt: skip
"""What stands there, or nearly."""
END = re.compile(r"^\d+ of 114 events")


def written(key: str, value: str, way: int) -> str:
    """Write a parameter: as it is, in percents, or with its percents broken."""
    return f"{key}={[value, quote(value, safe=''), quote(value).replace('%', '%%')[:50]][way]}"


def random_address(chance: random.Random) -> str:
    """Give an address of up to six parameters, of which about a half fit."""
    parts = []
    for _ in range(chance.randrange(7)):
        key = chance.choice(KEYS)
        fits = chance.random() < 0.6
        letters = "".join(chr(chance.choice([chance.randrange(1, 0xD800), 37, 61, 38])) for _ in range(3))
        value = chance.choice(OWN[key] if fits else [*VALUES, letters])
        parts.append(written(key if fits else chance.choice([key, *ODD_KEYS]), value, chance.choice([0, 0, 1, 1, 2])))
    sign = chance.choice(["&", "&", "&", "&&", "=", ";", "#"])
    return "#" + sign.join(parts or [chance.choice(VALUES)]) + chance.choice(["", "", "&", "%", "="])


@pytest.fixture(scope="module")
def plan(scripted: Page) -> dict[str, Any]:
    """Give the shipped record's plan, which the page with the scripts has as well."""
    page = Written(RECORD)
    packed, document = (gzip.decompress(base64.b64decode(text)).decode() for text in (page.plan, page.document))
    scripted.evaluate(
        "([plan, document]) => { window.plan = JSON.parse(plan);"
        " window.plan.events = timeline.columns(window.plan, timeline.unfolded(document)); }",
        [packed, document],
    )
    return dict(json.loads(packed))


VIEWS = """(addresses) => addresses.map((address) => {
  const view = timeline.viewOf(address, plan), hash = timeline.hash(view, plan);
  return [view, hash, timeline.hash(timeline.viewOf(`#${hash}`, plan), plan)];
})"""


def test_whatever_stands_in_an_address_gives_a_valid_view_that_can_be_written_again(
    scripted: Page, plan: dict[str, Any]
) -> None:
    chance = random.Random(7)
    for _ in range(share(100)):
        addresses = [random_address(chance) for _ in range(200)]
        for address, (view, once, twice) in zip(addresses, scripted.evaluate(VIEWS, addresses), strict=True):
            assert once == twice, address
            is_valid(view, plan)


def is_valid(view: dict[str, Any], plan: dict[str, Any]) -> None:
    assert view["selected"] is None or view["selected"] in range(len(RECORD.events))
    for name, count in (("themes", len(plan["lanes"])), ("measures", len(plan["measures"]))):
        chosen = view[name] or []
        assert chosen == sorted({*chosen} & {*range(count)})
    (start, end), (first, last) = view["window"], plan["period"]
    assert first <= start < start + 7 <= end <= last
    assert view["section"] in plan["views"]
    assert {type(view[key]) for key in ("q", "at", "sort", "style")} == {str}
    assert view["sort"] in {"", "-date", "theme", "-theme", "sources", "-sources"}
    assert view["style"] in {"", "light", "dark"}
    if tour := view["tour"]:
        assert tour["step"] in range(len(RECORD.tours[tour["tour"]].steps))


SHOWN = """async (address) => {
  location.hash = address;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  await new Promise((done) => setTimeout(done));
  const sections = [...document.querySelectorAll("main > [data-view]")].filter((one) => !one.hidden);
  return [
    document.body.className.includes("live"), document.getElementById("ui_count").textContent,
    [...new Set(sections.map((one) => one.dataset.view))], document.querySelector(".views [aria-current]").dataset.view,
  ];
}"""


def test_a_window_beyond_the_period_is_left_out(scripted: Page, plan: dict[str, Any]) -> None:
    addresses = ["#from=1850&to=1860", "#from=9999&to=9999", "#to=1700", "#from=1942"]
    for view, again, _ in scripted.evaluate(VIEWS, addresses):
        assert (view["window"], again) == (plan["period"], "")
    ((day, again, _),) = scripted.evaluate(VIEWS, ["#from=1930-03-02&to=1930-03-02"])
    assert day["window"][1] - day["window"][0] == 1
    assert again == "from=1930-03-02&to=1930-03-02"


def test_a_page_that_is_led_to_random_addresses_shows_one_view_and_goes_on(opened: Callable[..., Visit]) -> None:
    chance, page = random.Random(6), opened().page
    for number in range(share(400)):
        address = random_address(chance)
        live, count, shown, current = page.evaluate(SHOWN, address)
        assert (live, shown) == (True, [current]), address
        assert END.match(count), address
        if number % 10 == 9:
            page.reload()
            ready(page)
            expect(page.locator("#ui_count")).to_have_text(END)
    for _ in range(5):
        page.go_back()
    page.evaluate("() => { location.hash = ''; }")
    expect(page.locator("#ui_count")).to_have_text("114 of 114 events")
    plotted(page)


def test_a_name_of_a_file_that_is_no_utf_8_is_cited_as_it_is(visit: Callable[..., Visit], tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9 100% {{7}} <b> #1.html")
    timeline.export(RECORD, path)
    one = visit()
    one.page.goto(path.as_uri())
    ready(one.page)
    one.page.locator("[data-opens=ui_cite]").first.click()
    expect(one.page.locator("#ui_cite_link")).to_have_text("caf%E9%20100%25%20%7B%7B7%7D%7D%20%3Cb%3E%20%231.html")
