"""Hostile text in every field of a document, and hostile addresses: shown as it is written, and never anything else."""

from __future__ import annotations

import json
import random
import re
from typing import TYPE_CHECKING, Any

import pytest
from conftest import plotted, ready, serving, settle
from playwright.sync_api import expect

import timeline
from timeline.plan import plan
from timeline.reader import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Visit
    from playwright.sync_api import Page

PAYLOADS = (
    "<script>window.hacked = 1; alert(1)</script>",
    '"\'><img src="http://hostile.invalid/x.png" onerror="window.hacked = 1">',
    '<b style="fill:url(http://hostile.invalid/y);background:url(//hostile.invalid/z)">bold</b>',
    '<a href="javascript:window.hacked=1" onclick=alert(1)>link</a><br>',
    "{{ 7*7 }} {% app_entry %} {%app_entry%} {%config%} {title} {0} ${7*7} %{x} %(title)s",
    '<a href="http://hostile.invalid/%E0%A4%">%E0%A4 %zz %</a>',
    "&lt;script&gt; &amp; &#x3c;img&#62; &nbsp &copy; &",
    "\u202eright to left\u2066 never closed \u200f",
    "__proto__ constructor toString",
    "</script></style></title></textarea><!-- --> <![CDATA[ ]]> <!--",
    "two\n\tlines\r\nand a \u2028 third \\u003cscript\\u003e \\",
    "javascript:window.hacked=1//",
    "x" * 10_000,
)
IDS = (
    "define", "exports", "process", "require", "global", "constructor", "prototype", "timeline", "event", "status",
    "length", "themes", "document-1",
)  # fmt: skip
"""Ids become names in the page's scripts."""
UNSEEN = {"$schema", "alias", "file", "scope"}
"""Fields that the page does not show, or as of a scope only where sources differ."""


def filled(number: int) -> Callable[[str], str]:
    """Give the texts of one entry of each kind: a payload, and the field's name to tell it from others."""
    return lambda field: f"{PAYLOADS[number]} [{field}]"


def entries(number: int) -> dict[str, Any]:
    """Return one theme, source, event, measure, term and tour full of one payload."""
    text, cites = filled(number), [{"source": f"source-{number}", "at": "part"}]
    figure = {"series": f"measure-{number}/series", "date": "1930", "value": 1}
    following = IDS[(number + 1) % len(IDS)]
    return {
        "themes": {"id": f"theme-{number}", "label": text("theme"), "summary": text("theme summary")},
        "sources": {
            "id": f"source-{number}", "title": text("source"), "kind": "book", "author": [text("author")],
            "within": text("within"), "volume": text("volume"), "pages": text("pages"), "file": text("file"),
            "publisher": text("publisher"), "note": text("note"),
            "url": 'https://example.org/"onfocus="window.hacked=1"autofocus="><script>alert(1)</script>%E0%A4',
            "outline": [{"id": "part", "title": text("part")}],
        },
        "events": {
            "id": IDS[number], "date": f"19{20 + number}-03-02", "title": text("title"), "themes": [f"theme-{number}"],
            "label": text("label"), "summary": text("summary"), "place": text("place"),
            "claims": [{
                "says": text("claim"), "cites": cites, "by": text("by"), "question": text("question"),
                "figures": [figure],
                "correction": {"says": text("correction"), "cites": cites, "figures": [figure]},
            }],
            "links": [{"to": following, "kind": "led to", "because": text("because")}],
        },
        "measures": {
            "id": f"measure-{number}", "label": text("measure"), "unit": text("unit"),
            "series": [{
                "id": "series", "label": text("series"), "base": text("base"), "scope": text("scope"), "cites": cites,
                "observations": [{"date": "1930", "value": 2, "note": text("observation")}],
            }],
        },
        "glossary": {
            "id": f"term-{number}", "term": text("term"), "meaning": text("meaning"), "original": text("original"),
            "aliases": [text("alias")], "cites": cites,
        },
        "tours": {
            "id": f"tour-{number}", "title": text("tour title"), "summary": text("tour summary"),
            "steps": [{"text": text("tour text"), "q": text("tour text")}],
        },
    }  # fmt: skip


ALL = " ".join(PAYLOADS[:-1])
ENTRIES = [entries(number) for number in range(len(PAYLOADS))]
DOCUMENT: dict[str, Any] = {
    "title": f"{ALL} [record]", "summary": f"{ALL} [record summary]", "version": f"{ALL} [version]",
    "editors": [f"{ALL} [editor]"], "licence": f"{ALL} [licence]", "$schema": f"{ALL} [$schema]",
    "contact": "javascript:window.hacked=1//[contact]", "url": 'https://example.org/"><script>alert(1)</script>',
    **{kind: [one[kind] for one in ENTRIES] for kind in ENTRIES[0]},
}  # fmt: skip
RECORD = read(json.dumps(DOCUMENT).encode(), "hostile.json")
TOTAL = f"{len(PAYLOADS)} of {len(PAYLOADS)} events"


def texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    """Yield the texts of a document that are marked with the name of their field."""
    if isinstance(value, str):
        if value.endswith("]"):
            yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


def plain(text: str) -> str:
    """Return a text as a browser lays it out: white space of HTML is one space."""
    return re.sub("[ \t\r\n\f]+", " ", text).strip()


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "hostile.json"
    path.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def frozen(document: Path) -> str:
    timeline.export(timeline.load(document), document.with_suffix(".html"))
    return document.with_suffix(".html").as_uri()


@pytest.fixture(scope="module")
def served(document: Path) -> Iterator[str]:
    with serving(document) as address:
        yield address


@pytest.fixture(params=["served", "frozen"])
def opened(request: pytest.FixtureRequest, visit: Callable[..., Visit]) -> Iterator[Page]:
    """Give the open page; afterwards nothing has run, been asked for elsewhere, or been said."""
    host = str(request.getfixturevalue(request.param))
    one = visit(viewport={"width": 1280, "height": 900})
    one.goto(host)
    ready(one.page)
    yield one.page
    assert one.page.evaluate("() => window.hacked") is None
    assert [address for address in one.asked if not address.startswith(host)] == []
    assert one.said == []


def test_every_field_of_the_format_is_filled_with_every_payload() -> None:
    def fields(model: Any) -> set[str]:  # noqa: ANN401 - a model, or what one holds
        if isinstance(model, tuple):
            return set().union(*map(fields, model)) if model else set()
        if not hasattr(type(model), "model_fields"):
            return set()
        own = {f"{type(model).__name__}.{name}" for name in model.model_fields_set}
        return own.union(*(fields(getattr(model, name)) for name in type(model).model_fields))

    def texts_of(model: type[Any]) -> set[str]:
        schema = model.model_json_schema()
        parts = {**schema.pop("$defs"), model.__name__: schema}
        return {
            f"{name}.{key}"
            for name, part in parts.items()
            for key, field in part["properties"].items()
            if '"\\\\S"' in json.dumps(field) or key == "url"
        }

    named = {name.replace("schema_", "$schema") for name in fields(RECORD)}
    assert texts_of(type(RECORD)) - named == set()


def test_the_list_the_title_and_the_colophon_show_hostile_text_as_it_is_written(opened: Page) -> None:
    assert opened.title() == plain(RECORD.title)
    expect(opened.locator("#ui_count")).to_have_text(TOTAL)
    shown = plain(opened.evaluate("() => document.querySelector('body').innerText + document.body.textContent"))
    missing = [text for text in texts(DOCUMENT) if plain(text) not in shown]
    assert {text.rpartition("[")[2].rstrip("]") for text in missing} == UNSEEN | {"label", "theme summary"}
    for name, value in [("name=description", RECORD.summary), ("property='og:title'", RECORD.title)]:
        assert plain(opened.locator(f"meta[{name}]").get_attribute("content") or "") == plain(value or "")
    protocols = opened.eval_on_selector_all("a", "all => [...new Set(all.map((one) => one.protocol))]")
    assert set(protocols) <= {"http:", "https:", "mailto:", "file:"}


def test_buttons_show_hostile_text_as_it_is_written(opened: Page) -> None:
    for number, theme in enumerate(RECORD.themes):
        button = opened.locator(f"#ui_theme_{number}")
        assert plain(button.inner_text()).startswith(plain(theme.label))
        assert button.get_attribute("title") == theme.summary
        button.click()
    expect(opened.locator("#ui_count")).to_have_text(TOTAL)


DRAWN = "() => [...document.querySelectorAll('#ui_chart svg text')].map((node) => node.textContent)"


def test_chart_tip_details_and_speech_show_hostile_text_as_it_is_written(opened: Page) -> None:
    opened.locator("#ui_chart").focus()
    heads = [str(lane["head"]) for lane in plan(RECORD).lanes]
    for event, theme, head in zip(RECORD.events, RECORD.themes, heads, strict=True):
        opened.keyboard.press("ArrowRight")
        expect(opened.locator("#ui_tip p").last).to_have_text(event.title)
        expect(opened.locator("#ui_spoken")).to_have_text(f"{event.date.words}: {event.title}. {theme.label}.")
        opened.keyboard.press("Enter")
        expect(opened.locator("#ui_article h3")).to_have_text(event.title)
        expect(opened.locator("#ui_article .summary")).to_have_text(event.summary or "")
        settle(opened)
        drawn = [plain(text) for text in opened.evaluate(DRAWN)]
        assert plain(event.label or "") in drawn
        assert any(text.startswith(plain("".join(head.split("\n")))) for text in drawn)  # lines follow each other
    plotted(opened)
    assert len({*opened.evaluate(DRAWN)} & {one.label for one in RECORD.events}) > 1  # by Plotly as well, and nothing else
    assert not opened.locator("#ui_chart svg :is(a, image, [style*=hostile])").count()


def test_a_hostile_search_is_no_more_than_a_search(opened: Page) -> None:
    for number, payload in enumerate(PAYLOADS[:-1]):
        opened.locator("#ui_q").fill(f"{payload} [title]")
        expect(opened.locator(".events > article:not([hidden])")).to_have_count(1)
        expect(opened.locator(".events > article:not([hidden])")).to_have_attribute("id", IDS[number])
    opened.wait_for_url(re.compile("q="))
    opened.reload()
    ready(opened)
    expect(opened.locator("#ui_count")).to_have_text(f"1 of {len(PAYLOADS)} events")


def test_fifty_random_addresses_leave_the_page_alive_and_silent(opened: Page) -> None:
    chance = random.Random(6)
    keys = ["event", "themes", "q", "from", "to", "__proto__", "", "x"]
    values = [
        *PAYLOADS[:-1],
        *IDS,
        "theme-1,theme-2",
        "1930",
        "1930-13",
        "-9999",
        "99999999",
        "%",
        "%E0%A4%A",
        "\ud800",
        "\0",
    ]
    for _ in range(50):
        parts = [f"{chance.choice(keys)}={chance.choice(values)}" for _ in range(chance.randrange(6))]
        address = "#" + chance.choice(["&", "&", "=", "#"]).join(parts) + chance.choice(["", "%", "é", "&&"])
        opened.evaluate(
            "(hash) => { location.hash = hash; }", address.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        )
        opened.wait_for_timeout(60)
    expect(opened.locator("#ui_count")).to_have_text(re.compile(r"^\d+ of 13 events"))
    opened.evaluate("() => { location.hash = ''; }")
    expect(opened.locator("#ui_count")).to_have_text(TOTAL)
    plotted(opened)
