"""Access for everybody, measured in a real browser on both hosts: axe-core, keys alone, what is spoken, every style.

Most of it is measured on an excerpt of the record that has one of everything: axe-core looks at each element of a page.
What is measured in the page itself stands in ``access.js``.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import axe_playwright_python
import pytest
from conftest import BY_ID, EVENTS, ORDERED, RECORD, SWITCHES, plotted, ready, serving, settle
from playwright.sync_api import expect
from soak import WHOLE

import timeline
from timeline.plan import plan
from timeline.reader import read
from timeline.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from conftest import Visit
    from playwright.sync_api import Browser, Page

    from timeline.document import Event

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
ACCESS = (Path(__file__).parent / "access.js").read_text("utf-8")
LAW, FAMINE = "theft-law", "famine-1932-33"
TOUR = "#tour=why-collectivise&step=2"
VIEWS = ["timeline", "tours", "table", "disagreements", "figures", "sources", "words"]
ADDRESSES = ["", f"#event={LAW}", TOUR, *(f"#view={view}" for view in VIEWS[1:])]
STYLES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


# What is looked at


def excerpt() -> dict[str, Any]:
    """Return a document with one of everything that the record has, and few events."""
    whole: dict[str, Any] = json.loads(EVENTS.read_text("utf-8"))
    [tour] = [one | {"steps": one["steps"][:4]} for one in whole["tours"] if one["id"] in TOUR]
    kept = {step.get("event") for step in tour["steps"]} | {LAW, FAMINE, "harvest-1913", "dizzy-with-success"}
    events = [event for event in whole["events"] if event["id"] in kept]
    for event in events:
        event["links"] = [link for link in event.get("links", []) if link["to"] in kept]
    told = json.dumps(events)
    measures = [one for at, one in enumerate(whole["measures"]) if at < 4 or f'"{one["id"]}/' in told]
    for series in (series for measure in measures for series in measure["series"]):
        series["observations"] = series.get("observations", [])[:6]
    glossary = [one for one in whole["glossary"] if one["term"] in told]
    whole |= {"events": events, "tours": [tour], "measures": measures, "glossary": glossary}
    told = json.dumps([whole[key] for key in ("events", "measures", "glossary")])
    repeated = re.findall(r'"repeats": "([^"]+)"', json.dumps(whole["sources"]))
    whole["sources"] = [one for one in whole["sources"] if one["id"] in repeated or f'"{one["id"]}"' in told]
    return whole


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("few") / "few.json"
    path.write_text(json.dumps(excerpt()), "utf-8")
    return path


@pytest.fixture(scope="session")
def few_frozen(few: Path) -> str:
    timeline.export(timeline.load(few), few.with_suffix(".html"))
    return few.with_suffix(".html").as_uri()


@pytest.fixture(scope="session")
def few_served(few: Path) -> Iterator[str]:
    with serving(few) as address:
        yield address


@pytest.fixture(params=["served", "frozen"])
def few_host(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"few_{request.param}"))


@pytest.fixture
def entered(visit: Callable[..., Visit]) -> Callable[..., Page]:
    """Open an address in a window of some width and height, and wait until the chart is drawn."""

    def enter(address: str, width: int = 1280, height: int = 900, **words: object) -> Page:
        page = visit(viewport={"width": width, "height": height}, **{"reduced_motion": "reduce", **words}).page
        page.goto(address)
        ready(page)
        return page

    return enter


def measured(page: Page, name: str, given: object = None) -> Any:  # noqa: ANN401 - as the function gives it
    """Return what a function of ``access.js`` gives; the page has them from when it is first asked."""
    if not page.evaluate("() => 'access' in window"):
        page.evaluate(ACCESS)
    return page.evaluate(f"(given) => access.{name}(given)", given)


def go(page: Page, hash_: str) -> None:
    """Go to an address within the page, and wait until the view rests."""
    measured(page, "go", hash_)


class State(NamedTuple):
    """A view by its address, and what is done there."""

    hash: str
    does: str = ""


WORD = "[...document.querySelectorAll('.chosen a.term')].find((one) => one.offsetParent).focus()"
MENU = "document.querySelector('#ui_menu summary').click()"
FOLDS = "document.querySelectorAll('main > :not([hidden]) details').forEach((fold) => { fold.open = true; })"
DIALOGS = [f"document.querySelector(`.tools [data-opens=ui_{one}]`).click()" for one in ("cite", "download", "keys")]
STATES = [
    State(""),
    State("#q=nothing+has+this"),
    State(f"#event={LAW}", WORD),
    State(f"#event={FAMINE}&themes=famine", MENU),
    State(TOUR),
    *(State(f"#view={view}", FOLDS) for view in VIEWS[1:]),
    *(State(f"#view={view}&event={LAW}") for view in ("table", "sources")),
    *(State(f"#event={LAW}", dialog) for dialog in DIALOGS),
]


def states(page: Page) -> Iterator[State]:
    """Bring a page into each of its states."""
    # Browsers lay out what is far from sight only as it comes near; until then it lies over what follows it.
    measured(page, "style", "article { content-visibility: visible !important; }")
    for state in STATES:
        go(page, state.hash)
        page.evaluate(f"() => {{ {state.does} }}")
        yield state


# axe-core, contrast, targets, width

UNASKED = {
    "color-contrast-enhanced": "is AAA: who asks for more contrast gets it, which has a test of its own",
    "hidden-content": "only lists what is hidden; each view is looked at in its turn",
}
COLORS = ["color-contrast", "link-in-text-block"]
Found = list[list[str]]


def asked(page: Page, only: Sequence[str] = (), without: Sequence[str] = ()) -> tuple[Found, Found]:
    """Return what axe-core finds wrong, and what it can neither tell nor is told by another test here."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    wrong, unsure = measured(page, "ask", [[*only], [*UNASKED, *without]])
    return wrong, [one for one in unsure if one[0] not in COLORS and not is_sign(one)]


def is_sign(found: list[str]) -> bool:
    """Tell whether it is of a button without letters, whose name need not have them (WCAG 2.5.3)."""
    return found[0] == "label-content-name-mismatch" and not re.search(r">[^<]*[^\W_]", found[2])


def unreadable(page: Page, least: float = 0, *, white: bool = False) -> list[list[Any]]:
    """Return the texts with less contrast than WCAG asks, or than some ratio; on white, as browsers may print them."""
    found = measured(page, "words", white)
    assert found
    return [one for one in found if one[0] < (least or one[1])]


@pytest.mark.parametrize(
    ("few_host", "width"),
    [
        *product(["frozen"], [1440, 820, 390, 320]),
        *product(["served"], [1440, 820, 390, 320] if WHOLE else [320]),  # the same page, but for its banner
    ],
    indirect=["few_host"],
)
def test_axe_finds_nothing_and_all_is_legible_and_large_enough(
    few_host: str, entered: Callable[..., Page], width: int
) -> None:
    page = entered(few_host, width, {1440: 900, 820: 1180}.get(width, 844))
    closely = few_host.startswith("file") and width == 1440  # its rules of colours take half of the time
    for state in states(page):
        assert asked(page, without=[] if closely else COLORS) == ([], []), state
        assert measured(page, "small")[0] == [], state
        assert measured(page, "wide") <= 0, state
        for style in STYLES[::-1]:
            page.emulate_media(color_scheme=style)
            assert unreadable(page) == [], (state, style)
            assert not closely or style == "light" or asked(page, only=COLORS) == ([], []), state


def test_axe_finds_nothing_in_the_whole_record(entered: Callable[..., Page], frozen: str) -> None:
    page = entered(frozen)
    for hash_ in (f"#event={FAMINE}", "#view=table", "#view=sources"):
        go(page, hash_)
        assert asked(page, without=[*COLORS, "target-size"]) == ([], []), hash_  # those have been measured


@pytest.mark.parametrize("style", STYLES)
def test_every_word_on_the_chart_can_be_read(
    entered: Callable[..., Page], frozen: str, scripted: Page, style: str
) -> None:
    page = entered(f"{frozen}#event={LAW}&from=1929-06&to=1934", 1440, 1900, color_scheme=style)
    texts = measured(page, "drawn")
    measured(page, "style", "#ui_sketch text { visibility: hidden; }")
    picture = base64.b64encode(page.screenshot()).decode()
    contrasts = measured(scripted, "behind", [picture, texts])
    assert len(contrasts) > 40
    assert min(contrasts)[0] >= 4.5, min(contrasts)


# Keys alone


def walk(page: Page, key: str = "Tab", most: int = 200) -> list[dict[str, Any]]:
    """Press a key until the focus leaves the page, or so many times, and return each stop."""
    stops: list[dict[str, Any]] = []
    while len(stops) < most:
        page.keyboard.press(key)
        stop = measured(page, "focus")
        if stop is None:
            break
        stops.append(stop)
    return stops


@pytest.mark.parametrize(
    ("hash_", "width", "height"),
    [("", 1280, 900), (f"#event={LAW}", 820, 1180), (TOUR, 640, 450), ("", 390, 844), (TOUR, 390, 844)],
)
def test_tab_goes_through_the_page_and_back_and_is_always_seen(
    entered: Callable[..., Page], few_frozen: str, hash_: str, width: int, height: int
) -> None:
    page = entered(few_frozen + hash_, width, height)
    if hash_:
        walk(page)  # from where the address led
    there = walk(page)
    assert len(there) == measured(page, "focusable") > 20
    assert [one["name"] for one in there if not one["seen"]] == []
    assert [one["name"] for one in there if not one["line"] or one["line"][0] < 2] == []
    assert {one["line"][1] for one in there} == {"rgb(26, 95, 180)"}, "test_color.py measures this one"
    back = walk(page, "Shift+Tab", len(there))
    assert [one["name"] for one in back] == [one["name"] for one in there][::-1]
    assert [one["name"] for one in back if not one["seen"]] == []


def test_the_first_event_is_few_stops_away_in_every_view(few_host: str, entered: Callable[..., Page]) -> None:
    page = entered(few_host)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text(say("skip_chart"))
    page.keyboard.press("Enter")
    expect(page.locator("#ui_chart")).to_be_focused()
    page.keyboard.press("Home")  # one stop, and the first event is spoken
    expect(page.locator("#ui_spoken")).to_contain_text("1920s")
    for view in VIEWS:
        go(page, f"#view={view}" if view != "timeline" else "")
        page.locator("h1").click()  # from here Tab goes on
        page.keyboard.press("Shift+Tab")
        skips = say("skip") if view == "timeline" else say("skip_view", view=say(f"view_{view}"))
        expect(page.locator(":focus")).to_have_text(skips)
        page.keyboard.press("Enter")
        section = page.locator(f"main > [data-view={view}]")
        expect(section).to_be_focused()
        page.keyboard.press("Tab")  # two stops were before it, or one where there is no chart
        assert section.evaluate("(one) => one.contains(document.activeElement)"), view
    go(page, "")
    page.locator("h1").click()
    names = [stop["name"] for stop in walk(page)]
    assert names.index(" #harvest-1913") <= 33  # for who uses none of the links that skip


def sentence(event: Event) -> str:
    themes = {theme.id: theme.label for theme in RECORD.themes}
    return f"{event.date.words}: {event.title}. {', '.join(themes[theme] for theme in event.themes)}."


def test_keys_reach_read_and_leave_every_event(frozen: str, entered: Callable[..., Page]) -> None:
    page = entered(frozen)
    page.locator("#ui_chart").focus()
    drawn = plan(RECORD)
    inside = [event for event, row in zip(drawn.events, drawn.columns["row"], strict=True) if row >= 0]
    spoken = []
    for key in ["Home"] + ["ArrowRight"] * (len(inside) - 1):
        page.keyboard.press(key)
        spoken.append(page.locator("#ui_spoken").text_content())
    assert spoken == [sentence(event) for event in inside]
    page.keyboard.press("Enter")
    expect(page.locator("#ui_article h3")).to_have_text(inside[-1].title)
    page.keyboard.press("Tab")
    expect(page.locator("#ui_details")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#ui_article h3")).to_have_count(0)
    expect(page.locator("#ui_chart")).to_be_focused()
    # What lies beyond the axis is reached as all else is: by its link in the list.
    focusing = "(links) => links.filter((link) => { link.focus(); return document.activeElement === link; }).length"
    assert page.locator(".events h3 a").evaluate_all(focusing) == len(ORDERED)


def test_a_link_of_the_list_gets_the_focus_back(few_host: str, entered: Callable[..., Page]) -> None:
    page = entered(few_host)
    link = page.locator(".events h3 a").first
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#ui_details")).to_be_focused()
    expect(page.locator("#ui_article h3")).to_have_text(BY_ID["harvest-1913"].title)
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_the_chart_moves_without_dragging(few_host: str, entered: Callable[..., Page]) -> None:
    page = entered(few_host)
    brush = page.locator("#ui_overview .window")
    seen = [brush.get_attribute("aria-valuetext")]

    def moved() -> None:
        settle(page)
        seen.append(brush.get_attribute("aria-valuetext"))
        assert seen[-1] != seen[-2]

    page.locator("#ui_chart").focus()
    for keys in ("+", "Shift+ArrowRight", "Shift+ArrowLeft", "-", "+", "0"):
        page.keyboard.press(keys)
        moved()
    for name in ("zoom_in", "zoom_out", "zoom_in"):
        page.get_by_role("button", name=say(name)).click()
        moved()
    box = page.locator("#ui_overview").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] - 40, box["y"] + 10)  # beside the window, which comes there
    moved()
    brush.focus()
    for key in ("ArrowLeft", "ArrowUp", "ArrowDown", "Home"):
        page.keyboard.press(key)
        moved()


def test_a_dialog_keeps_the_focus_and_gives_it_back(few_host: str, entered: Callable[..., Page]) -> None:
    page = entered(f"{few_host}#event={LAW}")
    for opens in ("ui_cite", "ui_download", "ui_keys"):
        button, dialog = page.locator(f".tools [data-opens={opens}]"), page.locator(f"#{opens}")
        button.focus()
        page.keyboard.press("Enter")
        expect(dialog).to_be_visible()
        stops = [measured(page, "focus")]
        for _ in range(dialog.locator("button:visible").count() + 1):
            page.keyboard.press("Tab")
            stops.append(measured(page, "focus"))  # none once it is at the browser's own buttons
        assert [one for one in stops if one and not (one["inDialog"] and one["line"] and one["seen"])] == []
        page.keyboard.press("Escape")
        expect(button).to_be_focused()
        page.keyboard.press("Enter")
        dialog.locator("[data-close]").focus()
        page.keyboard.press("Enter")
        expect(button).to_be_focused()


def test_single_characters_can_be_left_to_the_chart(few_host: str, entered: Callable[..., Page]) -> None:
    page = entered(few_host)
    link, anywhere = page.locator(".views a").first, page.get_by_role("button", name=say("keys_anywhere"))
    link.focus()
    page.keyboard.press("?")
    expect(anywhere).to_have_attribute("aria-pressed", "true")
    anywhere.click()
    expect(anywhere).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.keyboard.press("/")
    expect(page.locator("#ui_keys")).to_be_hidden()
    expect(link).to_be_focused()
    page.locator("#ui_chart").focus()
    page.keyboard.press("/")
    expect(page.locator("#ui_q")).to_be_focused()


# What a screen reader is given


def test_one_sentence_is_spoken_for_each_change_and_none_for_what_stays(
    host: str, entered: Callable[..., Page]
) -> None:
    page = entered(host)
    every, famine = (
        f"{len(ORDERED)} of {len(ORDERED)} events",
        [one for one in ORDERED if "famine" in BY_ID[one].themes],
    )
    tour = next(tour for tour in RECORD.tours if tour.id in TOUR)
    measured(page, "listen")
    expected: list[str] = []

    def spoken(one: str | None = None) -> None:
        expected.extend([one] if one else [])
        page.wait_for_function("(count) => spoken.length >= count", arg=len(expected))
        if not one:
            page.wait_for_timeout(900)  # longer than the page waits before it speaks
        assert page.evaluate("() => spoken") == expected

    page.locator("#ui_theme_2").click()
    spoken(f"{len(famine)} of {len(ORDERED)} events")
    page.locator("#ui_chart").focus()
    page.keyboard.press("Home")
    spoken(sentence(BY_ID[famine[0]]))
    page.keyboard.press("Home")  # there already
    spoken()
    page.keyboard.press("Enter")
    spoken(sentence(BY_ID[famine[0]]))
    page.get_by_role("button", name=say("later")).click()
    spoken(sentence(BY_ID[famine[1]]))
    page.locator("#ui_style").click()
    page.locator(".views a[data-view=sources]").click()
    page.locator(".views a[data-view=timeline]").click()
    spoken()
    page.locator("#ui_clear").click()
    spoken(every)
    page.locator("#ui_q").fill("nothing has this")
    spoken(say("none"))
    page.locator("#ui_q").fill("")
    spoken(every)
    page.locator("#ui_from").fill("soon")
    page.locator("#ui_from").press("Enter")
    spoken(say("not_a_date", text="soon", first="1918", last="1941", year="1930", month="1930-01", day="1930-01-01"))
    page.locator("#ui_q").focus()  # the field that is left is heard again
    spoken()
    page.locator("#ui_from").fill("")
    page.locator("#ui_from").press("Enter")
    go(page, TOUR)
    expected[:] = page.evaluate("() => spoken")
    page.locator("#ui_tour_next").click()
    place = say("tour_place", title=tour.title, step=3, steps=len(tour.steps))
    spoken(f"{place}. {tour.steps[2].text}")
    page.locator("#ui_tour_leave").click()
    spoken(say("tour_left", title=tour.title))
    spoken()


Node = dict[str, Any]


@pytest.fixture(scope="module")
def heard(browser: Browser) -> Iterator[Browser]:
    """A browser that keeps an accessibility tree of all of a page, as it does once a screen reader asks for it."""
    switches = [*SWITCHES, "--force-renderer-accessibility", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    launched = browser.browser_type.launch(executable_path=executable, args=switches)
    yield launched
    launched.close()


def nodes(page: Page) -> dict[str, Node]:
    """Return the accessibility tree's nodes by their ids."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return {node["nodeId"]: node for node in tree}


def below(tree: dict[str, Node], node: Node) -> Iterator[Node]:
    """Go through what a reader is given below a node."""
    for child in (tree[key] for key in node.get("childIds", []) if key in tree):
        if not child["ignored"]:
            yield child
        yield from below(tree, child)


def named(found: Iterator[Node] | list[Node], role: str) -> list[str]:
    """Return the names of the nodes of a role."""
    return [str(one.get("name", {}).get("value", "")) for one in found if one["role"]["value"] == role]


def told_of(node: Node) -> dict[str, Any]:
    return {one["name"]: one["value"].get("value") for one in node.get("properties", [])}


def test_the_accessibility_tree_holds_every_event_and_no_picture(host: str, heard: Browser) -> None:
    page = heard.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page.goto(host)
    plotted(page)
    tree = nodes(page)
    articles = [node for node in tree.values() if not node["ignored"] and node["role"]["value"] == "article"]
    assert named(articles, "article") == [BY_ID[event].title for event in ORDERED]
    themes = {theme.id: theme.label for theme in RECORD.themes}
    for event, article in zip((BY_ID[one] for one in ORDERED), articles, strict=True):
        told = [*below(tree, article)]
        words = [event.date.words, event.title, *(themes[theme] for theme in event.themes)]
        assert [text for text in named(told, "StaticText") if text.strip()][: len(words)] == words
        assert named(told, "heading")[0] == event.title
    [chart] = [node for node in tree.values() if node["role"]["value"] == "application"]
    assert named([chart], "application") == [say("chart")]
    assert {one["role"]["value"] for one in below(tree, chart)} <= {"generic"}  # pictures are for the pointer
    assert named([*tree.values()], "slider") == [say("overview")]
    expect(page.get_by_role("slider")).to_have_attribute("aria-valuetext", "1918 to 1941")
    for view in VIEWS:
        go(page, f"#view={view}")
        given = [node for node in nodes(page).values() if not node["ignored"]]
        assert "polite" in [told_of(node).get("live") for node in given], view  # what is spoken is spoken in every view
    page.close()


# Windows, styles and paper

SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
"""WCAG 1.4.12, as a reader's own style sheet has it."""


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (320, 700)])
def test_wider_letters_lines_and_paragraphs_lose_nothing(
    few_served: str, entered: Callable[..., Page], width: int, height: int
) -> None:
    page = entered(few_served, width, height)
    measured(page, "style", SPACED)
    for hash_ in ADDRESSES:
        go(page, hash_)
        assert measured(page, "wide") <= 0, hash_
        assert measured(page, "cut") == [], hash_
    for dialog in DIALOGS:
        page.evaluate(f"() => {{ {dialog} }}")
        assert measured(page, "cut") == [], dialog
        page.keyboard.press("Escape")


def test_wider_letters_leave_the_labels_of_the_chart_apart(frozen: str, visit: Callable[..., Visit]) -> None:
    page = visit(viewport={"width": 1280, "height": 1600}).page
    page.add_init_script(f"{ACCESS}\naccess.style({json.dumps(SPACED)});")
    page.goto(frozen)
    ready(page)
    assert len(measured(page, "drawn")) > 30
    assert measured(page, "overlaps") == []


def test_at_200_per_cent_all_fits_and_the_chart_is_seen_between_caption_and_details(
    few_frozen: str, entered: Callable[..., Page]
) -> None:
    page = entered(few_frozen, 640, 450)
    for hash_ in [*ADDRESSES, TOUR]:
        go(page, hash_)
        assert measured(page, "wide") <= 0, hash_
    caption, sheet = (page.locator(one).bounding_box() for one in ("#ui_tour", "#ui_details"))
    assert caption is not None
    assert sheet is not None
    assert sheet["y"] - caption["y"] - caption["height"] >= 450 / 3
    for button in ("back", "next", "leave"):
        expect(page.locator(f"#ui_tour_{button}")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("style", STYLES)
def test_forced_colours_still_tell_states_and_keep_the_pictures(
    few_served: str, entered: Callable[..., Page], style: str
) -> None:
    page = entered(f"{few_served}#themes=famine", forced_colors="active", color_scheme=style)
    seen = measured(page, "stated")
    assert seen["pressed"]["background"] != seen["other"]["background"]
    assert seen["symbol"]["background"] == seen["pressed"]["color"] != seen["pressed"]["background"]
    assert seen["here"]["line"] != seen["elsewhere"]["line"] == seen["body"]["background"]
    assert seen["chart"]["background"] == {"light": "rgb(250, 248, 243)", "dark": "rgb(22, 24, 27)"}[style]
    page.keyboard.press("Tab")
    assert measured(page, "focus")["line"][0] >= 2


def test_who_wants_less_motion_is_taken_there_at_once(few_host: str, entered: Callable[..., Page]) -> None:
    page = entered(few_host, reduced_motion="reduce")
    measured(page, "watch")
    page.locator(".start-here a").first.click()
    expect(page.locator("#ui_tour_title")).to_contain_text("1")
    page.wait_for_function("() => document.body.matches(':not(.moving)') && windows.size > 1")
    assert page.evaluate("() => windows.size") == 2  # where it was, and where it is
    assert page.evaluate("() => document.getAnimations().length") == 0


@pytest.mark.parametrize("style", STYLES)
def test_who_asks_for_more_contrast_gets_7_to_1(few_frozen: str, entered: Callable[..., Page], style: str) -> None:
    page = entered(few_frozen, contrast="more", color_scheme=style)
    for hash_ in ADDRESSES:
        go(page, hash_)
        assert unreadable(page, 7) == [], hash_


def test_paper_is_legible_and_as_wide_as_it_is(few_host: str, entered: Callable[..., Page]) -> None:
    page = entered(few_host, color_scheme="dark")
    for hash_ in [f"#event={FAMINE}", *ADDRESSES]:
        go(page, hash_)
        page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
        if hash_.startswith("#event"):
            *_, width, height = map(float, str(page.locator("#ui_sketch").get_attribute("viewBox")).split())
            assert (width >= 997, width / height >= 0.8) == (True, True)  # in ordinary letters, and on one sheet
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 680, "height": 1000})  # A4 in px, between its margins
        assert measured(page, "wide") <= 0, hash_
        assert unreadable(page) == [], hash_
        assert unreadable(page, white=True) == [], hash_  # most browsers leave out what lies behind words
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": 1280, "height": 900})
        page.evaluate("() => dispatchEvent(new Event('afterprint'))")


@pytest.mark.parametrize("width", [1280, 320])
def test_without_scripts_all_is_legible_and_fits(few_host: str, visit: Callable[..., Visit], width: int) -> None:
    page = visit(java_script_enabled=False, viewport={"width": width, "height": 700}).page
    page.goto(few_host)
    assert page.locator(".events > article").count() == len(excerpt()["events"])
    assert measured(page, "wide") <= 0
    assert unreadable(page) == []
    for view in VIEWS:
        target = page.locator(f".views a[data-view={view}]").get_attribute("href")
        expect(page.locator(f"{target} h2").first).to_be_visible()
    assert page.locator(":is(button, input):visible").count() == 0  # nothing that does not answer


@pytest.mark.parametrize("width", [1280, 820, 320])
def test_words_without_end_do_not_make_the_page_wider(visit: Callable[..., Visit], tmp_path: Path, width: int) -> None:
    word = "Rindfleischetikettierung" * 12
    theme, event = {"id": "a", "label": word}, {"id": "b", "date": "1890", "title": word, "themes": ["a"]}
    step = {"event": "b", "text": word}
    tour = {"id": "t", "title": word, "summary": word, "steps": [step]}
    source = {"id": "s", "title": word, "kind": "book", "author": [word]}
    record = {
        "title": word,
        "summary": word,
        "themes": [theme],
        "events": [event],
        "tours": [tour],
        "sources": [source],
    }
    timeline.export(read(json.dumps(record).encode(), "words.json"), tmp_path / "words.html")
    page = visit(viewport={"width": width, "height": 900}).goto((tmp_path / "words.html").as_uri()).page
    for hash_ in ["#b", "#view=table", "#view=tours", "#view=sources", "#tour=t&step=1"]:
        go(page, hash_)
        assert measured(page, "wide") <= 0, hash_
