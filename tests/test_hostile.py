"""Hostile text in every field of a document: shown as it is written wherever it stands, and never anything else."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from conftest import plotted, ready, serving, settle
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from playwright.sync_api import expect

import timeline
from timeline.document import Timeline
from timeline.fault import DocumentError
from timeline.fields import INK
from timeline.interface import frame
from timeline.page import Page as Written
from timeline.plan import plan
from timeline.reader import read
from timeline.words import isolated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Visit
    from playwright.sync_api import Page

PAYLOADS = {
    "a script": "<script>window.hacked = 1; alert(1)</script>",
    "a script from elsewhere": "<script src=//hostile.invalid/x.js></script>",
    "an image": '"\'><img src="http://hostile.invalid/x.png" onerror="window.hacked = 1">',
    "an svg": "<svg onload=window.hacked=1><use href=http://hostile.invalid/#x /></svg>",
    "a frame": "<iframe srcdoc='<script>parent.hacked=1</script>' src=http://hostile.invalid></iframe>",
    "a form": "<form action=http://hostile.invalid><input autofocus onfocus=hacked=1></form>",
    "a style with an address": '<b style="fill:url(http://hostile.invalid/y)">bold</b>',
    "a style sheet": "<style>@import '//hostile.invalid/z.css'; * { background: url(//hostile.invalid/z) }</style>",
    "a page that leads away": "<meta http-equiv=refresh content=0;url=//hostile.invalid><base href=//hostile.invalid/>",
    "a link": '<a href="javascript:window.hacked=1" onclick=alert(1)>link</a><br>',
    "javascript": "javascript:window.hacked=1//",
    "javascript in odd letters": "JaVa\tScRiPt\n:window.hacked=1 &#106;avascript&colon;x \x01javascript:x",
    "data": "data:text/html,<script>opener.hacked=1</script>",
    "vbscript": "vbscript:msgbox(1)",
    "file": "file:///etc/passwd",
    "an address": "http://hostile.invalid/?a=%E0%A4%A&b=<i>",
    "marks of templates": "{{ 7*7 }} {% app_entry %} {%app_entry%} {%scripts%} {%config%} {# x #}",
    "marks of texts": "{title} {0} {} %(title)s %s ${7*7} #{7*7} %{x} %{text} <%= 7*7 %> $& $1 \\1 \\g<0>",
    "broken percents": "%E0%A4 %zz % %% 100%",
    "entities": "&lt;script&gt; &amp; &#x3c;img&#62; &nbsp &copy; &notit; &",
    "ends of elements": "</script></style></title></textarea></noscript></template></svg></body></html>",
    "comments": "<!-- --!> <![CDATA[ ]]> <!--<script> -->",
    "a bidi override": "\u202e right to left",
    "bidi isolates": "\u2066 never closed \u2067 \u2068 \u200f \u061c",
    "no width": "a\u200bb\u200dc\ufeffd\u2060e\u00adf",
    "control characters": "\x01\x07\x08\x1b[31m\x1b]0;x\x07\x7f\x9b31m\ufffe",
    "white space": "two\n\tlines\r\nand a \u2028 third \u2029 \x0b \x0c \u00a0 \u0085",
    "escapes": "\\u003cscript\\u003e \\x3c \\n \\ud800 \\",
    "a prototype": "__proto__",
    "a constructor": "constructor toString hasOwnProperty",
    "a formula": '=HYPERLINK("http://hostile.invalid","x")',
    "a command": "+cmd|' /C calc'!A0",
    "a number": "-2+3",
    "a mention": "@SUM(1,1)",
    "quotes": "\"'`\u201d, ;|\t\u00b4",
    "TeX": "\\input{/etc/passwd} $x$ ~ ^ _ { } % # \\end{document}",
    "many letters": "x" * 10_000,
    "marks on a letter": "Z\u0310\u0337\u0335\u0301" * 5,
    "pictures": "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U000e0041 \U0010ffff",
}  # fmt: skip
SHORT = [number for number, text in enumerate(PAYLOADS.values()) if len(text) < 1000]
IDS = [
    "define", "exports", "process", "require", "global", "constructor", "prototype", "timeline", "event", "status",
    "length", "themes", "document-1", *(f"event-{number}" for number in range(13, len(PAYLOADS))),
]  # fmt: skip
"""Ids become names in the page's scripts."""
REFUSED = {"half a character": "half \ud83d of it", "a character that nothing holds": "nothing\0"}


def skeleton(number: int, text: str, count: int) -> dict[str, Any]:
    """Return one theme, source, event, measure, term and tour, with nothing of what anybody may write in them."""
    series, other = f"measure-{number}/series", (number + 1) % count
    cites, rivals = [{"source": f"source-{number}", "at": "part"}], [{"source": f"source-{other}", "at": "part"}]
    right = {"cites": rivals, "figures": [{"series": series, "date": "1930", "value": 3}]}
    return {
        "themes": {"id": f"theme-{number}"},
        "sources": {"id": f"source-{number}", "kind": "book", "outline": [{"id": "part"}], "url": ADDRESS},
        "events": {
            "id": IDS[number], "date": f"19{20 + number % 40}-03-02", "themes": [f"theme-{number}"],
            "claims": [
                {"cites": cites, "figures": [{"series": series, "date": "1930", "value": 1}], "correction": right},
                {"cites": rivals, "figures": [{"series": series, "date": "1930", "value": 2}]},
            ],
            "links": [{"to": IDS[other], "kind": "led to", "cites": cites}],
        },
        "measures": {
            "id": f"measure-{number}",
            "series": [{"id": "series", "cites": cites, "observations": [{"date": "1931", "value": 2}]}],
        },
        "glossary": {"id": f"term-{number}", "cites": cites},
        "tours": {"id": f"tour-{number}", "steps": [{"q": f"{text} [Event.title]", "event": IDS[number]}]},
    }  # fmt: skip


ADDRESS = 'https://example.org/"onfocus="window.hacked=1"autofocus="><script>alert(1)</script>%E0%A4'
SCHEMA = Timeline.model_json_schema()


def kinds(field: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the schemas of the values, or of the entries of the lists, that a field may have."""
    return [one.get("items", one) for one in field.get("anyOf", [field])]


def is_text(field: dict[str, Any]) -> bool:
    """Say whether anything may be written there: not what is an id, a date, an address, or one of a few words."""
    told = {"default", "title", "maxLength", "minLength", "examples"}
    return any(
        one.get("pattern") == INK or (one.get("type") == "string" and one.keys() - told == {"type"})
        for one in kinds(field)
    )


def parts() -> dict[str, dict[str, Any]]:
    """Give the models of the format by name, each with its fields as JSON Schema has them."""
    models = {"Timeline": SCHEMA, **SCHEMA["$defs"]}
    return {name: model["properties"] for name, model in models.items()}


def filled(entry: dict[str, Any], text: str, model: str) -> dict[str, Any]:
    """Give an entry with a text in each field where one may stand, marked with the field's name."""
    whole = dict(entry)
    for key, field in parts()[model].items():
        inner = [one["$ref"].rpartition("/")[2] for one in kinds(field) if "$ref" in one]
        if inner and key in entry:
            several = isinstance(entry[key], list)
            own = [filled(one, text, inner[0]) for one in (entry[key] if several else [entry[key]])]
            whole[key] = own if several else own[0]
        elif is_text(field):
            marked = f"{text} [{model}.{key}]"
            whole.setdefault(key, [marked] if any("items" in one for one in field.get("anyOf", [field])) else marked)
    return whole


def document(payloads: list[str]) -> dict[str, Any]:
    """Give a document with these texts: all of them in its own fields, and one of them in those of each entry."""
    short = " ".join(text for text in payloads if len(text) < 1000)
    models = {
        key: field["items"]["$ref"].rpartition("/")[2]
        for key, field in parts()["Timeline"].items()
        if "$ref" in field.get("items", {})
    }
    listed: dict[str, list[Any]] = {key: [] for key in models}
    for number, text in enumerate(payloads):
        for key, entry in skeleton(number, text, len(payloads)).items():
            listed[key].append(filled(entry, text, models[key]))
    return {**filled({"url": ADDRESS}, short, "Timeline"), **listed}


DOCUMENT = document([*PAYLOADS.values()])
RECORD = read(json.dumps(DOCUMENT).encode(), "hostile.json")
TOTAL = f"{len(PAYLOADS)} of {len(PAYLOADS)} events"
FIELDS = {f"{model}.{key}" for model, fields in parts().items() for key, field in fields.items() if is_text(field)}


def texts(value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any JSON
    """Yield the texts of a document that are marked with their field, and the field."""
    if isinstance(value, str):
        if found := re.search(r" \[(\w+\.[$\w]+)\]$", value):
            yield found[1], value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)


def plain(text: str) -> str:
    """Return a text as a browser lays it out: white space of HTML is one space."""
    return re.sub("[ \t\r\n\f]+", " ", text).strip()


def shown_in(text: str) -> set[str]:
    """Give the fields of which every text stands in a text, to the letter."""
    missing = {field for field, one in texts(DOCUMENT) if plain(one) not in text}
    return {field for field, _ in texts(DOCUMENT)} - missing


NAME = "\"'><img src=x onerror=window.hacked=1> {{7*7}} %E0%A4 #1 \u202e é"
"""What the document's file is called."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / f"{NAME}.json"
    path.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def frozen(written: Path) -> str:
    timeline.export(timeline.load(written), written.with_suffix(".html"))
    return written.with_suffix(".html").as_uri()


@pytest.fixture(scope="module")
def served(written: Path) -> Iterator[str]:
    with serving(written) as address:
        yield address


INERT = """() => [...document.querySelectorAll("*")].flatMap((one) => [
  /^(iframe|object|embed|frame|form|base|image|img|video|audio|foreignObject)$/.test(one.localName) && one.localName,
  one.localName === "meta" && one.httpEquiv && one.httpEquiv !== "Content-Security-Policy" && "meta",
  ...[...one.attributes].map(({ name, value }) =>
    (/^on/.test(name) || (name === "style" && /url\\((?!["']?#)/.test(value))) && name),
]).filter(Boolean)"""
"""What could run or fetch anything."""


@pytest.fixture
def opened(host: str, visit: Callable[..., Visit]) -> Iterator[Page]:
    """Give the open page; afterwards nothing has run, been asked for elsewhere, or been said."""
    one = visit(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    one.goto(host)
    ready(one.page)
    yield one.page
    assert one.page.evaluate("() => window.hacked") is None
    assert one.page.evaluate(INERT) == []
    assert [address for address in one.asked if not address.startswith(host)] == []


def test_every_field_of_the_format_is_filled_with_every_payload() -> None:
    assert len(PAYLOADS) >= 30
    found = [field for field, _ in texts(DOCUMENT)]
    assert {*found} == FIELDS - {"Step.q"}  # which searches for a title
    own = {field for field in FIELDS if field.startswith("Timeline.")}
    assert {field for field in FIELDS - own if found.count(field) < len(PAYLOADS)} == {"Step.q"}
    assert json.loads(RECORD.model_dump_json(by_alias=True, exclude_unset=True)) == DOCUMENT


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_a_text_that_no_page_could_hold_is_refused_in_every_field(text: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read(json.dumps(document([text, "plain"])).encode(), "hostile.json")
    faults = [str(fault) for fault in refused.value.faults]
    assert len(faults) == len(FIELDS) + 3  # an event has two claims, with three texts each
    assert {fault.split(": ")[-1] for fault in faults} == {"holds half a character or U+0000 (write whole characters)"}


LINKS = {
    "https://example.org/?a=1&b='\"": True, "http://example.org": True, "mailto:a@example.org?subject=x": True,
    "javascript:alert(1)": False, "JaVaScRiPt:alert(1)": False, "java\tscript:alert(1)": False,
    " https://example.org": False, "data:text/html,x": False, "vbscript:x": False, "file:///etc/passwd": False,
    "//example.org": False, "blob:https://example.org/x": False, "https:example.org": False, "https://a b": False,
    "&#106;avascript:alert(1)": False, "mailto:a\nb": False, "https://example.org\n": False, "ftp://example.org": False,
}  # fmt: skip


@pytest.mark.parametrize("text", LINKS, ids=repr)
def test_only_addresses_of_the_web_and_of_mail_become_links(text: str) -> None:
    bare = {"title": "T", "themes": [{"id": "t", "label": "T"}], "contact": text}
    page = Written(read(json.dumps(bare).encode(), "bare.json"))
    links = re.findall("<a [^>]*>", page.colophon)
    assert links == ([f'<a href="{escape(text)}" rel="noopener noreferrer">'] if LINKS[text] else [])
    for where in ({"url": text}, {"sources": [{"id": "s", "title": "S", "kind": "book", "url": text}]}):
        if LINKS[text] and text.startswith("http"):
            read(json.dumps({**bare, **where}).encode(), "bare.json")
        else:
            with pytest.raises(DocumentError, match="url"):
                read(json.dumps({**bare, **where}).encode(), "bare.json")


FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"


def led(page: Page, address: str) -> None:
    """Go to an address within the page, and wait until its view is shown."""
    page.evaluate("(address) => { location.hash = address; }", address)
    page.evaluate(FRAMES)


# What is written before any script runs

EVERYWHERE = {"Source.title", "Part.title"}
SECTIONS = {
    "header": {"Timeline.title", "Timeline.summary"},
    "#ui_events": EVERYWHERE | {
        "Event.title", "Event.summary", "Event.place", "Theme.label", "Claim.says", "Claim.by", "Claim.question",
        "Correction.says", "Link.because", "Measure.label", "Measure.unit", "Series.scope",
    },
    "#ui_table": {"Event.title", "Theme.label"},
    "#ui_disagreements": EVERYWHERE | {
        "Event.title", "Claim.says", "Claim.by", "Claim.question", "Correction.says", "Measure.label", "Measure.unit",
        "Series.scope",
    },
    "#ui_measures": EVERYWHERE | {
        "Event.title", "Claim.by", "Measure.label", "Measure.unit", "Series.label", "Series.base", "Observation.note",
    },
    "#ui_sources": EVERYWHERE | {
        "Event.title", "Claim.says", "Correction.says", "Measure.label", "Series.label", "Source.author", "Source.note",
        "Source.pages", "Source.publisher", "Source.volume", "Source.within",
    },
    "#ui_glossary": EVERYWHERE | {"Term.term", "Term.meaning", "Term.original"},
    "#ui_tours": {"Event.title", "Step.text", "Tour.title", "Tour.summary"},
    "footer": {"Timeline.contact", "Timeline.editors", "Timeline.licence", "Timeline.version"},
}  # fmt: skip
ELSEWHERE = {"Event.label", "Theme.summary"}
"""Fields that the chart and the buttons show."""
UNSEEN = {"Timeline.$schema", "Source.file", "Term.aliases"}
"""Fields that no view shows; a download has them."""


def test_every_section_shows_hostile_text_as_it_is_written(opened: Page) -> None:
    for selector, fields in SECTIONS.items():
        assert shown_in(plain(opened.locator(selector).first.text_content() or "")) == fields, selector
    assert {field for field, _ in texts(DOCUMENT)} == set().union(*SECTIONS.values(), ELSEWHERE, UNSEEN)
    for name, value in [("name=description", RECORD.summary), ("property='og:title'", RECORD.title)]:
        assert plain(opened.locator(f"meta[{name}]").get_attribute("content") or "") == plain(value or "")
    links = opened.eval_on_selector_all("a", "all => all.map(({ protocol, host, rel }) => [protocol, host, rel])")
    here = opened.evaluate("() => [location.protocol, location.host, '']")
    assert {tuple(link) for link in links} == {tuple(here), ("https:", "example.org", "noopener noreferrer")}


TURNED = r"""() => [...document.querySelectorAll("main a")].filter((link) => {
  const after = link.nextSibling, word = /[A-Z][a-z]{2,}/.exec(after?.nodeType === 3 ? after.data : "");
  if (!word || !/^, \d/.test(after.data)) return false;
  const [first, last] = [word.index, word.index + word[0].length - 1].map((place) => {
    const range = document.createRange();
    range.setStart(after, place);
    range.setEnd(after, place + 1);
    return range.getBoundingClientRect();
  });
  return first.width ? first.left >= last.left && first.top === last.top : false;
}).map(({ textContent }) => textContent)"""
"""Links that turn the direction of the date after them."""


def test_what_turns_the_direction_of_a_text_ends_with_it(opened: Page) -> None:
    for view in ("disagreements", "tours"):
        led(opened, f"#view={view}")
        opened.evaluate("() => { for (const fold of document.querySelectorAll('details')) fold.open = true; }")
        assert opened.evaluate(TURNED) == []


# What scripts show

TITLES = [event.title for event in RECORD.events]
VIEWS = "() => [...document.querySelectorAll('.views a')].map((one) => [one.dataset.view, one.textContent])"


def without_controls(text: str) -> str:
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f]", "", text)


def written_as(page: Page, **selectors: str) -> dict[str, str | None]:
    """Give the texts of some elements, to the letter."""
    return dict(page.evaluate(
        "(all) => Object.fromEntries(Object.entries(all)"
        ".map(([name, one]) => [name, document.querySelector(one)?.textContent]))",
        selectors,
    ))  # fmt: skip


def test_title_buttons_views_and_fields_show_hostile_text_as_it_is_written(opened: Page) -> None:
    for view, name in opened.evaluate(VIEWS):
        led(opened, f"#view={view}")
        title = RECORD.title if view == "timeline" else f"{name} – {RECORD.title}"
        assert without_controls(opened.title()) == without_controls(title)  # some of which Chromium leaves out
    led(opened, "#")
    for number, theme in enumerate(RECORD.themes):
        button = opened.locator(f"#ui_theme_{number}")
        assert plain(button.text_content() or "").startswith(plain(theme.label))
        assert button.get_attribute("title") == theme.summary
    for number in range(len(PAYLOADS)):
        led(opened, f"#themes=theme-{number}&q={quote(TITLES[number], safe='')}")
        assert written_as(opened, count="#ui_count")["count"] == f"1 of {TOTAL.split(' of ')[1]}"
    for number, tour in enumerate(RECORD.tours):
        led(opened, f"#tour={tour.id}&step=1")
        shown = written_as(opened, title="#ui_tour_title", text="#ui_tour_text", event="#ui_article h3")
        assert str(shown.pop("title")).startswith(isolated(tour.title))
        assert (shown["text"], plain(str(shown["event"]))) == (tour.steps[0].text, plain(TITLES[number]))


def test_tip_details_and_speech_show_hostile_text_as_it_is_written(opened: Page) -> None:
    opened.locator("#ui_chart").focus()
    order = [*plan(RECORD).events]
    for event in order:
        opened.keyboard.press("ArrowRight")
        opened.evaluate(FRAMES)
        shown = written_as(opened, tip="#ui_tip p:last-child", spoken="#ui_spoken")
        themes = {theme.id: theme.label for theme in RECORD.themes}
        spoken = f"{event.date.words}: {event.title}. {themes[event.themes[0]]}."
        assert shown == {"tip": event.title, "spoken": spoken}
        opened.keyboard.press("Enter")
        opened.evaluate(FRAMES)
        shown = written_as(opened, title="#ui_article h3", summary="#ui_article .summary", says="#ui_article .claims p")
        assert {name: plain(str(text)) for name, text in shown.items()} == {
            "title": plain(event.title),
            "summary": plain(event.summary or ""),
            "says": plain(f"{isolated(event.claims[0].by or '')}: {event.claims[0].says}"),
        }


DRAWN = "(id) => [...document.querySelectorAll(`#${id} text`)].map((node) => node.textContent)"


def test_the_chart_shows_hostile_text_as_it_is_written_while_it_moves_and_at_rest(opened: Page) -> None:
    led(opened, "#figures=" + ",".join(measure.id for measure in RECORD.measures))
    settle(opened)
    lanes = [plain(str(lane["head"]).replace("\n", "")) for lane in plan(RECORD).lanes]
    pictures = {"ui_sketch": opened.evaluate(DRAWN, "ui_sketch")}
    plotted(opened)
    pictures["ui_graph"] = opened.evaluate(DRAWN, "ui_graph")
    for name, drawn in pictures.items():
        found = [plain(text) for text in drawn]
        labels = [number for number, event in enumerate(RECORD.events) if plain(event.label or "") in found]
        assert [number for number in SHORT if number not in labels] == [], name
        assert [head for head in lanes if not any(text.startswith(head) for text in found)] == [], name
        heads = [plain(f"{measure.label}, {measure.unit}") for measure in RECORD.measures]
        assert [head for head in heads if head not in found] == [], name
    for x in range(380, 460, 10):  # somewhere there is the year of the figures
        opened.locator("#ui_chart").hover(position={"x": x, "y": 100})
        opened.evaluate(FRAMES)
        read = plain(str(written_as(opened, cross="#ui_cross")["cross"]))
        if "[Series.label]" in read:
            break
    assert plain(RECORD.measures[0].series[0].label) in read


def test_a_hostile_search_is_no_more_than_a_search(opened: Page) -> None:
    shown = "() => [...document.querySelectorAll('.events > article')].filter((one) => !one.hidden).map(({ id }) => id)"
    for number in SHORT[::4]:
        opened.locator("#ui_q").fill(TITLES[number])
        expect(opened.locator("body:not(.moving)")).to_be_attached()
        assert opened.evaluate(shown) == [IDS[number]]
    opened.wait_for_url(re.compile("q="))
    opened.reload()
    ready(opened)
    expect(opened.locator("#ui_count")).to_have_text(f"1 of {TOTAL.split(' of ')[1]}")


# What a reader takes along


def downloaded(page: Page, kind: str) -> tuple[str, str]:
    with page.expect_download() as waited:
        page.locator(f"[data-file={kind}]").click()
    return waited.value.suggested_filename, waited.value.path().read_bytes().decode()


def test_citations_and_files_hold_hostile_text_as_it_is_written(opened: Page) -> None:
    led(opened, f"#event={IDS[3]}")
    opened.locator("#ui_cite_button").click()
    cited = written_as(opened, view="#ui_cite_view", event="#ui_cite_event", link="#ui_cite_link")
    assert RECORD.title in str(cited["view"])
    assert TITLES[3] in str(cited["event"])
    assert str(cited["link"]).startswith(str(DOCUMENT["url"]))
    opened.keyboard.press("Escape")
    opened.locator("[data-opens=ui_download]").first.click()
    files = {kind: downloaded(opened, kind) for kind in ("csv", "json", "record", "bibtex", "csl")}
    assert [name for name, _ in files.values() if not re.fullmatch(r"[\w-]+\.\w+", name)] == []
    rows = [*csv.reader(StringIO(files["csv"][1].removeprefix("\ufeff"), newline=""))][1:]
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if re.match(r"[=+\-@\t\r]", cell)] == []
    by_id = {event.id: event for event in RECORD.events}
    for row in rows:
        event = by_id[row[-1]]
        assert [cell.removeprefix("'") for cell in (row[2], row[4], row[5])] == [
            str(text).removeprefix("'") for text in (event.title, event.place, event.summary)
        ]
    assert json.loads(files["record"][1]) == DOCUMENT
    assert json.loads(files["json"][1])["events"] == DOCUMENT["events"]
    assert [one["title"] for one in json.loads(files["csl"][1])] == [source.title for source in RECORD.sources]
    assert files["bibtex"][1].count("\n@") + 1 == len(RECORD.sources)


def test_a_still_picture_holds_hostile_text_as_it_is_written(tmp_path: Path) -> None:
    timeline.export(RECORD, tmp_path / "x.svg", width=2000, measures=[measure.id for measure in RECORD.measures])
    picture = ET.parse(tmp_path / "x.svg")
    names = {one.tag.rpartition("}")[2] for one in picture.iter()}
    assert names <= {
        "svg",
        "title",
        "desc",
        "defs",
        "clipPath",
        "rect",
        "linearGradient",
        "stop",
        "g",
        "path",
        "line",
        "text",
        "tspan",
    }
    assert {name for one in picture.iter() for name in one.attrib if re.match("on|.*href|src", name)} == set()
    written = {
        plain("".join(one.itertext())) for one in picture.iter() if one.tag.endswith(("}text", "}title", "}desc"))
    }
    held = [plain(re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe]", "\ufffd", text)) for text in (
        RECORD.title, RECORD.summary or "", *(RECORD.events[number].label or "" for number in SHORT),
    )]  # fmt: skip
    assert [text for text in held if text not in written] == []


def test_a_notebook_shows_hostile_text_as_it_is_written(visit: Callable[..., Visit], tmp_path: Path) -> None:
    (tmp_path / "notebook.html").write_text(f"<!doctype html><meta charset=utf-8>{frame(RECORD)}", "utf-8")
    one = visit().goto((tmp_path / "notebook.html").as_uri())
    inner = one.page.frames[1]
    ready(inner)
    shown = plain(inner.locator("#ui_events").text_content() or "")
    assert [event.title for event in RECORD.events if plain(event.title) not in shown] == []
    assert [each.evaluate("() => window.hacked") for each in one.page.frames] == [None, None]
    assert one.asked == []


def test_the_longest_texts_are_shown_whole_and_drawn_in_part(visit: Callable[..., Visit], tmp_path: Path) -> None:
    long = ("<b>word</b> " * 2**17)[: 2**20 - 1] + "!"
    event = {"id": "long", "date": "1930", "title": long, "summary": long, "themes": ["long"]}
    record = {"title": long, "themes": [{"id": "long", "label": long}], "events": [event]}
    timeline.export(read(json.dumps(record).encode(), "long.json"), tmp_path / "long.html")
    page = visit().goto((tmp_path / "long.html").as_uri()).page
    ready(page)
    led(page, "#event=long")
    for selector in ("h1", "#ui_events h3", "#ui_article h3", "#ui_article .summary"):
        assert page.locator(selector).first.text_content() == long
    drawn = page.evaluate(DRAWN, "ui_sketch")
    assert max(map(len, drawn)) < 200
    assert any(text.startswith("<b>word</b> ") for text in drawn)
    with pytest.raises(DocumentError, match="title"):
        read(json.dumps({**record, "title": f"{long}!"}).encode(), "long.json")


def test_neither_policy_lets_in_a_script_that_is_not_named(
    visit: Callable[..., Visit], served: str, frozen: str
) -> None:
    answer = visit().page.goto(served)
    assert answer is not None
    meta = visit().goto(frozen).page.locator("[http-equiv=Content-Security-Policy]").get_attribute("content")
    for policy in (answer.headers["content-security-policy"], str(meta)):
        rules = {name: rest.split() for name, _, rest in (rule.strip().partition(" ") for rule in policy.split(";"))}
        assert rules["default-src"] == ["'none'"]
        assert {word[:8] for word in rules["script-src"]} <= {"'self'", "'sha256-"}
        assert not {"script-src-elem", "script-src-attr"} & rules.keys()
        assert rules["base-uri"] == rules["form-action"] == ["'none'"]
        assert set(rules["img-src"]) <= {"'self'", "data:", "blob:"}
        assert set(rules.get("connect-src", ())) <= {"'self'"}


TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@given(st.text(alphabet=f"a1. \u05d0\u0627\u200f{TURNS}", max_size=12))
def test_a_text_in_a_sentence_turns_nothing_but_itself(text: str) -> None:
    whole, depths = isolated(text), [0]
    for sign in whole:
        depths.append(depths[-1] + (sign in "\u2066\u2067\u2068") - (sign == "\u2069"))
    assert text in whole
    assert depths[-1] == 0
    inside = depths[1:-1] if whole != text else [1]
    assert min(inside) > 0  # what was opened around it is closed by its last sign alone
    assert (whole != text) is any(sign in TURNS or bidirectional(sign) in {"R", "AL"} for sign in text)


def test_the_browser_isolates_as_python_does(scripted: Page) -> None:
    cases = [*PAYLOADS.values(), *TURNS, "Ann", "", "\u05d0", "a\u0627b", "\u2069\u202eAnn", "\u2066\u2066x\u2069"]
    assert scripted.evaluate("(all) => all.map(timeline.isolated)", cases) == [*map(isolated, cases)]
