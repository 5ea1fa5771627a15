"""The page as HTML: every part of a document in its words, nothing stray without them, and packed blocks that hold."""

from __future__ import annotations

import base64
import gzip
import html
import json
import re
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args
from unittest.mock import patch

import pytest
from conftest import plotted
from markupsafe import escape
from playwright.sync_api import expect

import timeline
from timeline import words
from timeline.blocks import telling
from timeline.columnar import unfolded
from timeline.dates import parse
from timeline.document import Figure, LinkKind, Quantity
from timeline.interface import layout, opening
from timeline.page import KEYS, Page
from timeline.reader import read
from timeline.reference import RESERVED
from timeline.still import Still
from timeline.words import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Visit
    from playwright.sync_api import Browser

    from timeline.document import Timeline

HOSTILE = "<b>&\"'{{ x }}</script><script>alert(1)</script><!-- % ë"
ORIGIN, COPY = {"source": "origin"}, {"source": "copy", "at": "leaf-2"}
WHOLE: dict[str, Any] = {
    "title": "A village",
    "summary": "What happened there.",
    "language": "de-AT",
    "period": "1900/1910",
    "version": "3",
    "editors": ["Ann Lee", "Bo Ray"],
    "licence": "CC0",
    "contact": "mailto:ann@example.org",
    "themes": [
        {"id": "life", "label": "Life", "summary": "What they did.", "color": "#123456", "symbol": "star"},
        {"id": "work", "label": "Work"},
    ],
    "sources": [
        {"id": "origin", "title": "Letters", "kind": "archive", "year": 1911},
        {
            "id": "copy",
            "title": "A history",
            "kind": "book",
            "author": ["Lee, Ann", "Ray, Bo"],
            "year": 1986,
            "within": "Series",
            "volume": "2",
            "pages": "1–9",
            "publisher": "Press",
            "url": "https://example.org/a?b=1&c=2",
            "note": "The second edition.",
            "repeats": "origin",
            "outline": [{"id": "leaf-2", "title": "leaf 2"}],
        },
        {"id": "crowd", "title": "Many hands", "kind": "article", "author": ["A, A", "B, B", "C, C", "D, D"]},
        {"id": "own", "title": "Our text", "kind": "archive", "file": "own.txt"},
    ],
    "events": [
        {
            "id": "mill",
            "date": "1905~",
            "title": "The mill burns",
            "themes": ["work", "life"],
            "summary": "All of it.",
            "place": "The river",
            "context": True,
            "claims": [
                {
                    "says": "It burnt.",
                    "by": "The miller",
                    "question": "Was it set alight?",
                    "cites": [COPY, {"source": "crowd"}],
                    "figures": [{"series": "grain/lost", "date": "1905", "value": 1200, "unsure": True}],
                    "correction": {
                        "says": "Half of it.",
                        "cites": [ORIGIN],
                        "figures": [{"series": "grain/lost", "date": "1905", "low": 5, "high": 6.5}],
                    },
                }
            ],
            "links": [
                {"to": event, "kind": kind, "because": f"reason {kind}"}
                for event, kind in zip(("rail", "feast", "old", "late"), get_args(LinkKind), strict=True)
            ],
        },
        {
            "id": "rail",
            "date": "1906-05-03",
            "title": "The railway comes",
            "themes": ["life"],
            "label": "Rail",
            "claims": [
                {
                    "says": "It did not.",
                    "question": "Was it set alight?",
                    "cites": [{"source": "own"}],
                    "figures": [
                        {"series": "grain/lost", "date": "1905-07", "value": 900},
                        {"series": "grain/kept", "date": "1904", "value": 5},
                    ],
                }
            ],
        },
        {"id": "feast", "date": "1907/..", "title": "The feast", "themes": ["life"]},
        {
            "id": "old",
            "date": "1850",
            "title": "Founded",
            "themes": ["work"],
            "claims": [
                {
                    "says": "By monks.",
                    "cites": [{"source": "own"}],
                    "figures": [{"series": "grain/sold", "date": "1904", "value": 3}],
                }
            ],
        },
        {"id": "late", "date": "1950", "title": "Left", "themes": ["work"]},
    ],
    "measures": [
        {
            "id": "grain",
            "label": "Grain",
            "unit": "tonnes",
            "themes": ["work"],
            "series": [
                {
                    "id": "lost",
                    "label": "lost",
                    "base": "in the mill",
                    "cites": [ORIGIN],
                    "observations": [
                        {"date": "1904", "value": 7, "low": 6, "high": 8, "note": "counted twice", "cites": [COPY]},
                        {"date": "1906", "low": 3, "unsure": True},
                        {"date": "1907", "value": 2},
                    ],
                },
                {
                    "id": "kept",
                    "label": "kept",
                    "base": "in the barn",
                    "observations": [{"date": "1904", "low": 4, "high": 6, "cites": [{"source": "crowd"}, ORIGIN]}],
                },
                {"id": "sold", "label": "sold", "base": "in the market"},
            ],
        }
    ],
    "tours": [
        {
            "id": "round",
            "title": "Round the village",
            "summary": "Two steps.",
            "steps": [{"text": "Look.", "event": "mill", "from": "1904", "to": "1906"}, {"text": "Go on."}],
        }
    ],
    "glossary": [{"id": "mir", "term": "mir", "original": "мир", "meaning": "village commune", "cites": [COPY]}],
}
BARE: dict[str, Any] = {"title": "Bare", "themes": [{"id": "life", "label": "Life"}]}
EVENT: dict[str, Any] = {"id": "one", "date": "1905", "title": "One", "themes": ["life"]}
PARTS = {"css": "", "config": "", "scripts": "", "renderer": "", "app_entry": "<div id=entry></div>"}


def record(document: dict[str, Any]) -> Timeline:
    return read(json.dumps(document).encode(), "events.json")


def page_of(document: dict[str, Any]) -> str:
    return Page(record(document)).html(**PARTS)


def said(markup: str) -> str:
    """Give the text of some HTML as one reads it."""
    text = re.sub(r"<(script|svg).*?</\1>|<[^>]*>", "", markup, flags=re.DOTALL)
    return " ".join(html.unescape(text).split())


def article(page: str, event: str) -> str:
    found = re.search(rf'<article id="{event}".*?</article>', page, re.DOTALL)
    assert found is not None
    return found[0]


def unpacked(page: str, block: str) -> str:
    found = re.search(rf'<script type="text/plain" id="{block}">([\w+/=]*)</script>', page)
    assert found is not None
    return unpack(found[1])


def unpack(block: str) -> str:
    return gzip.decompress(base64.b64decode(block)).decode()


PAGE = page_of(WHOLE)
AFTER = say("repeats", title="Letters")


def test_an_article_says_everything_about_its_event_in_order() -> None:
    assert said(article(PAGE, "mill")) == (
        f"about 1905 The mill burns WorkLife All of it. Place: The river {say('context')} "
        f"{say('open_article', count=3)} {say('side_by_side')} Grain, tonnes lost "
        f"{say('differ')}, {say('span', low='5', high='900')} "
        f"Letters 1905 5–6.5 Our text July 1905 900 The miller 1905 1,200 {say('is_corrected')} 02505007501,0001,250 "
        f"{say('own_texts')}† {say('unsure')} "
        f"{say('who_says_so')} Was it set alight? The miller: It burnt. "
        f"Lee and Ray 1986, leaf 2 ({AFTER})A et al., Many hands "
        f"{say('correction')} Half of it. Letters "
        f"{say('connections')} "
        "Led to The railway comes, 3 May 1906. reason led to "
        "A response to The feast, from 1907 on. reason response to "
        "Part of Founded, 1850. reason part of "
        f"Contradicts Left, 1950. reason contradicts {say('cite')} {say('shut_article')}"
    )


@pytest.mark.parametrize(
    ("event", "words_"),
    [
        ("rail", "Came from The mill burns, about 1905. reason led to"),
        ("feast", "Answered by The mill burns, about 1905. reason response to"),
        ("old", "Includes The mill burns, about 1905. reason part of"),
        ("late", "Contradicted by The mill burns, about 1905. reason contradicts"),
    ],
)
def test_a_link_is_said_at_its_other_end_too(event: str, words_: str) -> None:
    assert said(article(PAGE, event)).endswith(f"{words_} {say('cite')} {say('shut_article')}")
    assert 'href="#mill"' in article(PAGE, event)


def test_articles_stand_in_time_order_and_refer_to_sources_that_are_there() -> None:
    assert re.findall(r'<article id="([\w-]+)"', PAGE) == ["old", "mill", "rail", "feast", "late"]
    anchors = set(re.findall(r'\bid="([^"]+)"', PAGE))
    assert set(re.findall(r'href="#([^"=]+)"', PAGE)) - {"ui_chart"} <= anchors  # which Dash puts there
    assert len(re.findall(r'\bid="', PAGE)) == len(anchors)


QUANTITIES: list[tuple[dict[str, Any], str]] = [
    ({"value": 61.5}, "61.5"),
    ({"value": 25_000_000}, "25,000,000"),
    ({"value": 0}, "0"),
    ({"value": -3}, "−3"),
    ({"low": 5, "high": 7}, "5–7"),
    ({"low": 0, "high": 0}, "0–0"),
    ({"value": 6, "low": 5, "high": 7}, "6 (5–7)"),
    ({"low": 1000}, "at least 1,000"),
    ({"high": 0}, "up to 0"),
    ({"value": 6, "low": 5}, "6 (at least 5)"),
    ({"value": 6, "high": 7.25}, "6 (up to 7.25)"),
]


@pytest.mark.parametrize(("numbers", "words_"), QUANTITIES)
def test_a_quantity_is_worded_as_value_range_or_bound(numbers: dict[str, Any], words_: str) -> None:
    assert Page.number(Quantity.model_validate({"date": "1933", **numbers})) == words_


def test_sources_are_listed_in_full() -> None:
    listed = [said(one) for one in re.findall(r'<li id="source_.*?(?=<li id="source_|</ol>)', PAGE, re.DOTALL)]
    both = say("heard_both", count=1)
    letters = (
        "Letters, 1911, archive.Says 4 things here: 2 alone, 1 confirmed, 1 contradicted "
        "Correcting: Half of it. The mill burns contradicted "
        "Grain, lost: 2 figures see the figures Grain, kept: one figure see the figures"
    )
    history = (
        "Lee, Ann; Ray, Bo, A history, Series, 2, Press, 1986, pp. 1–9.The second edition."
        f"Says 2 things here: 1 alone, 1 confirmed, 1 contradicted, {both} leaf 2"
        "It burnt. The mill burns confirmed contradicted Grain, lost: one figure see the figures"
    )
    crowd = (
        f"A, A; B, B; C, C; D, D, Many hands.Says 2 things here: 2 confirmed, 1 contradicted, {both} "
        "It burnt. The mill burns confirmed contradicted Grain, kept: one figure see the figures"
    )
    own = (
        f"Our text, archive.Says 2 things here: 1 alone, 1 confirmed, 1 contradicted, {both} "
        "By monks. Founded stands alone It did not. The railway comes confirmed contradicted"
    )
    assert listed == [letters, history, crowd, own]
    assert '<a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer"><cite>A history</cite></a>' in PAGE


def test_measures_and_words_are_told_with_their_sources() -> None:
    told = said(PAGE[PAGE.index('<section id="ui_measures"') : PAGE.index('<section id="ui_sources"')])
    words_of = said(PAGE[PAGE.index('<section id="ui_glossary"') : PAGE.index('<section id="ui_tours"')])
    tours = said(PAGE[PAGE.index('<section id="ui_tours"') : PAGE.index("</main>")])
    assert told == (
        f"{say('measures')} Grain (tonnes) {say('see_disagreement')} lost: in the mill Letters "
        f"19047 (6–8)counted twiceLee and Ray 1986, leaf 2 ({AFTER}) "
        "19051,200Corrected. Not checked against the printed source. The miller The mill burns "
        "19055–6.5Letters The mill burns July 1905900Our text The railway comes "
        "1906at least 3Not checked against the printed source. 19072 "
        "kept: in the barn 19044–6A et al., Many handsLetters 19045Our text The railway comes "
        "sold: in the market 19043Our text Founded"
    )
    assert tours == (
        f"{say('view_tours')} Round the village Two steps. {say('tour_start')} {say('tour_steps', count=2)} "
        "Look. The mill burns, about 1905 Go on."
    )
    assert words_of == f"{say('glossary')} mir мир village commune Lee and Ray 1986, leaf 2 ({AFTER})"


def test_the_nearest_word_on_what_a_place_repeats_holds() -> None:
    changed = deepcopy(WHOLE)
    changed["sources"][1]["outline"][0]["repeats"] = "crowd"
    changed["events"][0]["claims"][0]["cites"].append({"source": "copy", "at": "leaf-2", "repeats": "origin"})
    told = said(article(page_of(changed), "mill"))
    assert f"leaf 2 ({say('repeats', title='A et al., Many hands')})" in told
    assert f"leaf 2 ({AFTER})" in told


FORMAL = {
    "id", "date", "source", "at", "repeats", "series", "to", "kind", "url", "contact", "language", "period", "color",
    "symbol", "observations", "event", "from", "file",
}  # fmt: skip


def texts(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Give the paths of all texts that a document's author is free to write."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if isinstance(value, str):
        return [] if {*path} & FORMAL else [path]
    return [inner for key, part in pairs for inner in texts(part, (*path, key))]


IN_HTML = [
    path
    for path in [*texts({**WHOLE, "events": WHOLE["events"][:1]}), ("events", 1, "title"), ("events", 1, "label")]
    if "themes" not in path or path[-1] == "label"
]


@pytest.mark.parametrize("path", IN_HTML, ids=str)
def test_hostile_text_stands_verbatim_wherever_it_is_written(path: tuple[Any, ...]) -> None:
    changed = deepcopy(WHOLE)
    place: Any = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = HOSTILE
    page = page_of(changed)
    assert (str(escape(HOSTILE)) in page) is (path != ("events", 1, "label"))  # which is for the chart alone
    assert page.count("<script") == 3
    assert page.count("<!--") == 0


COLOPHONS: list[tuple[dict[str, Any], str | None]] = [
    ({}, None),
    ({"version": "3"}, "Version 3."),
    ({"editors": ["Ann Lee"]}, "Editors: Ann Lee."),
    ({"contact": "https://example.org"}, "Report a mistake."),
    ({"contact": "javascript:alert(1)"}, "Report a mistake: javascript:alert(1)."),
    (WHOLE, "Editors: Ann Lee, Bo Ray. Version 3. Licence: CC0. Report a mistake."),
]


@pytest.mark.parametrize(("given", "expected"), COLOPHONS)
def test_the_colophon_says_what_there_is_to_say(given: dict[str, Any], expected: str | None) -> None:
    footer = re.search(r"<footer>(.*)</footer>", page_of({**BARE, **given}), re.DOTALL)
    assert (said(footer[1]) if footer else None) == (expected and f"{say('colophon')} {expected}")


def dialogs() -> str:
    """Give what the dialogs of any page say."""
    parts = [say("cite")]
    for part in ("view", "event", "link"):
        parts += [say(f"cite_this_{part}"), say("copy")]
    parts += [say("close_dialog"), say("download"), say("file_csv"), say("copy_table"), say("file_json")]
    parts += [say("whole_record"), say("file_record"), say("close_dialog"), say("keys")]
    parts += [f"{keys} {say(f'key_{name}')}" for keys, name in KEYS]
    return " ".join([*parts, say("keys_anywhere"), say("close_dialog")])


def test_a_document_of_required_keys_alone_gives_a_whole_page() -> None:
    page = page_of(BARE)
    assert said(page[page.index("<body") :]) == (
        f"{say('skip_chart')} {say('skip')} Bare {say('failed')} {say('view_timeline')}{say('view_table')} "
        f"{say('cite')} {say('download')} {say('keys')} {say('style_dark')}{say('style_light')} {say('noscript')} "
        f"{say('events_title')} {say('view_table')} DateEventThemesSources {dialogs()}"
    )
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert "None" not in page
    assert "description" not in page
    assert not re.search(r"[>,.]\s*[.,;]", said(page_of({**BARE, "events": [EVENT]})))


def test_the_head_names_the_document() -> None:
    head = PAGE[: PAGE.index("</head>")]
    assert PAGE.startswith('<!doctype html>\n<html lang="de-AT">')
    assert head.index("charset") < 1024
    for tag in (
        "<title>A village</title>",
        '<meta name="description" content="What happened there.">',
        '<meta property="og:title" content="A village">',
        '<meta property="og:description" content="What happened there.">',
        f'<meta name="generator" content="sourced-timeline {timeline.__version__}">',
    ):
        assert tag in head


@pytest.mark.parametrize("document", [WHOLE, BARE, {**BARE, "events": [EVENT]}], ids=["whole", "bare", "one event"])
def test_the_packed_document_reads_back_equal_and_the_same_bytes_come_at_any_time(
    document: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(document)
    monkeypatch.setattr("time.time", lambda: 1e9)
    assert read(unfolded(unpacked(page, "timeline-document").encode()), "again.json") == record(document)
    assert page_of(document) == page


@pytest.mark.parametrize("date", ["1905", "1905/..", "../1905", "1850", "1950", "1905-05-05T12:00:00", "-0044"])
@pytest.mark.parametrize("period", [None, "1900/1910"])
def test_the_plan_is_json_that_browsers_can_read(date: str, period: str | None) -> None:
    document = {**BARE, "events": [{**EVENT, "date": date}], **({"period": period} if period else {})}

    def refuse(constant: str) -> None:
        pytest.fail(f"{constant} is not JSON")

    plan = json.loads(unpacked(page_of(document), "timeline-plan"), parse_constant=refuse)
    assert {len(base64.b64decode(column)) for column in plan["columns"].values()} <= {1, 2, 4}
    assert plan["period"][0] < plan["period"][1]
    assert plan["words"] == words.WORDS


class Heard(dict[str, str]):
    """The table of words, which remembers what was asked of it."""

    def __init__(self) -> None:
        super().__init__(words.WORDS)
        self.keys_asked: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.keys_asked.add(key)
        return super().__getitem__(key)


def test_every_word_is_said_somewhere_and_every_word_said_is_in_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = Heard()
    monkeypatch.setattr(words, "WORDS", heard)
    whole = record(WHOLE)
    page = Page(whole)
    page.html(**PARTS)
    lone = {**EVENT, "claims": [{"says": "So.", "cites": [ORIGIN]}]}
    Page(record({**BARE, "contact": "by post", "sources": WHOLE["sources"][:1], "events": [lone]})).html(**PARTS)
    page.number(Figure(series="m/s", date=parse("1905"), high=1))
    layout(page)
    opening(page, Still(page.drawn))
    timeline.figure(whole)
    many = [{**EVENT, "id": f"event-{number}", "claims": lone["claims"]} for number in range(12)]
    with patch("timeline.page.EVERY", 10), patch("timeline.page.CHIEF", 2), patch("timeline.sourcebook.LISTED", 2):
        Page(record({**BARE, "sources": WHOLE["sources"][:1], "events": many})).html(**PARTS)
    crowded = [{**EVENT, "id": f"event-{number}"} for number in range(200)]
    timeline.figure(record({**BARE, "events": crowded}))
    timeline.figure(record({**BARE, "events": crowded[:1]}))
    scripts = "".join(path.read_text("utf-8") for path in Path(words.__file__).with_name("assets").glob("*.js"))
    calls = re.findall(r'\bsay\((?:plan\.words, |words, )?(?:[^"()]*\? )?"([^"]+)"(?: : "([^"]+)")?', scripts)
    in_browser = {key for call in calls for key in call if key}
    assert len(in_browser) >= 5
    assert in_browser <= words.WORDS.keys()
    assert words.WORDS.keys() - heard.keys_asked - in_browser == set()


EDGES = {
    "no events": ({}, "0 of 0 events"),
    "no events in a period": ({"period": "1900/1910"}, "0 of 0 events"),
    "one day": ({"events": [{**EVENT, "date": "1905-05-05"}]}, "1 of 1 events"),
    "one that does not end": ({"events": [{**EVENT, "date": "1905/.."}]}, "1 of 1 events"),
    "events outside the period alone": (
        {"period": "1900/1910", "events": [{**EVENT, "date": "1850"}, {**EVENT, "id": "two", "date": "1950"}]},
        "2 of 2 events",
    ),
    "names of the page's own globals": (
        {"events": [{**EVENT, "id": name} for name in ("timeline", "plotly", "exports", "require", "define")]},
        "5 of 5 events",
    ),
}


@pytest.mark.parametrize(("parts", "count"), EDGES.values(), ids=EDGES)
def test_a_document_at_the_edge_is_drawn_and_read(
    parts: dict[str, Any], count: str, visit: Callable[..., Visit], tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    timeline.export(record({**BARE, **parts}), path)
    one = visit().goto(path.as_uri())
    one.page.locator("body.live").wait_for()
    expect(one.page.locator("#ui_count")).to_have_text(count)
    plotted(one.page)
    expect(one.page.locator(".events > article:visible")).to_have_count(int(count[0]))
    assert (one.said, one.asked) == ([], [])
    assert timeline.load(path) == record({**BARE, **parts})


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_an_event_may_not_have_an_id_that_the_page_needs(name: str) -> None:
    with pytest.raises(timeline.DocumentError, match=f'"{name}" is a name that the page itself uses .write another id'):
        record({**BARE, "events": [{**EVENT, "id": name}]})
    assert record({**BARE, "themes": [{"id": name, "label": "A"}]})


def test_every_id_of_the_frozen_page_that_an_event_could_have_is_reserved() -> None:
    page = timeline.freeze(timeline.dashboard(record(BARE)))
    ids = set(re.findall(r'<[a-z][^<>]*\bid="([a-z0-9]+(?:-[a-z0-9]+)*)"', page))
    assert ids <= RESERVED
    assert ids >= {"timeline-plan", "timeline-document", "react-entry-point"}


def test_of_very_many_events_the_page_holds_the_chief_ones_and_shows_them_all(
    visit: Callable[..., Visit], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline.page.EVERY", 400)
    monkeypatch.setattr("timeline.page.CHIEF", 20)
    lone = {"claims": [{"says": "It burnt.", "cites": [ORIGIN]}]}
    events = [
        {**EVENT, "id": f"event-{n}", "title": f"Event {n}", "date": f"19{n // 12:02}-{n % 12 + 1:02}", **lone}
        for n in range(450)
    ]
    chief = [{**event, "importance": 5} if n % 25 == 3 else event for n, event in enumerate(events)]
    whole = record({**BARE, "sources": WHOLE["sources"][:1], "events": chief[::-1]})
    path = tmp_path / "page.html"
    timeline.export(whole, path)
    assert timeline.load(path) == whole

    without = visit(java_script_enabled=False).goto(path.as_uri()).page
    expect(without.locator(".events > article")).to_have_count(20)
    expect(without.locator(".events .part")).to_have_text(say("chief", shown="20", total="450"))
    expect(without.locator("#ui_table tbody tr")).to_have_count(20)
    assert without.locator("#event-28, #event-3, #event-428").count() == 3

    one = visit(viewport={"width": 1280, "height": 900}).goto(path.as_uri())
    one.page.locator("body.live").wait_for()
    articles, more = one.page.locator(".events > article"), one.page.locator(".events > .portion:last-child")
    expect(articles).to_have_count(200)
    expect(more).to_contain_text("1 to 200 of 450 events")
    more.get_by_role("button").click()
    expect(articles).to_have_count(400)
    expect(articles.nth(200)).to_be_focused()
    more.get_by_role("button").click()
    expect(articles).to_have_count(450)
    expect(more.get_by_role("button")).to_be_hidden()
    assert one.page.eval_on_selector_all(".events > article", "all => all.map(({ id }) => id)") == [
        f"event-{n}" for n in range(450)
    ]

    one.page.evaluate("location.hash = '#event=event-301&q=event+449'")
    expect(one.page.locator("#ui_article h3")).to_have_text("Event 301")
    expect(one.page.locator("#ui_article .claims")).to_contain_text("It burnt.")
    expect(articles).to_have_count(1)
    one.page.evaluate("location.hash = '#view=table&sort=-date'")
    rows = one.page.locator("#ui_table tbody tr")
    expect(rows).to_have_count(200)
    expect(rows.first).to_have_text("June 1937Event 449Life 1")
    one.page.locator("#ui_table .portion button").click()
    expect(rows).to_have_count(400)

    one.page.set_viewport_size({"width": 390, "height": 844})
    one.page.evaluate("location.hash = '#event=event-301'")
    expect(one.page.locator("#event-301")).to_be_in_viewport()
    expect(one.page.get_by_role("button", name=say("list_before", count=200))).to_be_attached()
    assert (one.said, one.asked) == ([], [])


def test_a_long_list_is_there_for_readers_without_scripts_and_costs_the_others_nothing(
    visit: Callable[..., Visit], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline.page.CHIEF", 100)
    events = [{**EVENT, "id": f"event-{n}", "date": f"19{n // 12:02}-{n % 12 + 1:02}"} for n in range(150)]
    path = tmp_path / "page.html"
    timeline.export(record({**BARE, "events": events}), path)
    without = visit(java_script_enabled=False).goto(path.as_uri()).page
    ids = without.eval_on_selector_all(".events article", "all => all.map(({ id }) => id)")
    assert ids == [f"event-{n}" for n in range(150)]
    expect(without.locator("#event-149")).to_be_visible()
    expect(without.locator("#ui_table tbody tr")).to_have_count(100)

    one = visit().goto(path.as_uri())
    assert one.page.locator(".events > article").count() <= 150
    one.page.locator("body.live").wait_for()
    expect(one.page.locator(".events > article")).to_have_count(150)
    old = visit()
    old.speaks = True
    old.page.add_init_script("delete window.DecompressionStream")
    old.goto(path.as_uri())
    expect(old.page.locator(".events article")).to_have_count(150)
    expect(old.page.locator("#event-149")).to_be_visible()
    expect(old.page.locator("#ui_table")).to_be_visible()


TOLD = r"""([plan, document, articles]) => {
  const record = timeline.unfolded(document);
  plan.events = timeline.columns(plan, record);
  const article = timeline.article(plan, record);
  const said = (element) => element.outerHTML.replace(/\s+/g, " ")
    .replace(/ ?(<\/?(?:article|p|h\d|ul|li|div|section|figure|figcaption|button)\b[^>]*>) ?/g, "$1");
  return articles.map((written, i) => {
    const template = Object.assign(window.document.createElement("template"), { innerHTML: written });
    return [said(template.content.firstElementChild), said(article(i))];
  });
}"""
SAID_WITH_TERMS = deepcopy(WHOLE)
SAID_WITH_TERMS["glossary"] += [
    {"id": "all", "term": "All", "meaning": "All of them.", "aliases": ["alles", "IT", "Ä.-b (c)"]},
    {"id": "burnt", "term": "burnt", "meaning": "On fire."},
]
SAID_WITH_TERMS["events"][0]["summary"] = "ALL of it, all. IT is it; the Ä.-B (C) burnt, xall allx all_ éall."
SAID_WITH_TERMS["events"][1]["claims"][0]["figures"] += [
    {"series": "grain/kept", "date": "1908", "value": value} for value in (25_000_000, 0.00001, 61.5, -7.25, 0, 1e21, 2)
]
SAID_WITH_TERMS["events"][2]["claims"] = [
    {"says": f"{HOSTILE} mir", "cites": [COPY, {"source": "own", "repeats": "crowd"}]}
]
SAID_WITH_TERMS["measures"][0]["series"].append({"id": "idle", "label": "idle", "base": "nowhere"})
SAID_WITH_TERMS["measures"].append({**SAID_WITH_TERMS["measures"][0], "id": "lone"})
SAID_WITH_TERMS["events"][4]["claims"] = [
    {
        "says": "Alone.",
        "cites": [{"source": "copy"}],
        "figures": [
            {"series": "lone/idle", "date": "1908-24", "value": 61.5, "unsure": True},
            {"series": "lone/sold", "date": "1905-05-03", "low": 1234567},
        ],
    }
]


@pytest.mark.parametrize(
    "told_of",
    [timeline.load(Path(__file__).parent.parent / "events.json"), record(SAID_WITH_TERMS)],
    ids=["shipped", "all"],
)
def test_the_browser_tells_of_an_event_as_the_page_does(told_of: Timeline, browser: Browser) -> None:
    whole = Page(told_of)
    plan = json.loads(unpack(whole.plan))
    plan["telling"] = json.loads(json.dumps(telling(whole, range(len(whole.events)))))
    written = re.findall(r"<article .*?</article>", whole.html(**PARTS), re.DOTALL)
    blank = browser.new_page()
    for script in ("chart", "columns", "article", "share"):
        blank.add_script_tag(path=Path(words.__file__).with_name("assets") / f"{script}.js")
    told = blank.evaluate(TOLD, [plan, unpack(whole.document), written])
    blank.close()
    assert len(told) == len(whole.events)
    for here, there in told:
        assert there == here
