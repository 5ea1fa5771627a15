"""What a reader gets, in a real browser: one script on two hosts, the served dashboard and the frozen file."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import pytest
from conftest import BY_ID, INK, ORDERED, RECORD, listed, plotted, ready, settle
from playwright.sync_api import expect

import timeline
from timeline.dates import parse
from timeline.server import STATE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Visit
    from playwright.sync_api import Page

    from timeline.document import Event, Figure, Timeline

LABELS = """() => [...document.querySelectorAll(`
  .sketched #ui_sketch :is(.texts, .notes) > text,
  #ui_chart:not(.sketched) #ui_graph :is(.textpoint, .annotation-text-g)
`)].map((node) => {
  const { left, right, top, bottom } = node.getBoundingClientRect();
  return { text: node.textContent, left, right, top, bottom };
}).filter(({ text }) => text && !/events?( |$)|drawn|, /.test(text))"""
"""Boxes of the labels drawn in the lanes, by our scripts or by Plotly."""


LABEL_OF = {measure.id: measure.label for measure in RECORD.measures}


def figures(event: Event) -> list[Figure]:
    own = [figure for claim in event.claims for figure in claim.figures]
    return own + [figure for claim in event.claims if claim.correction for figure in claim.correction.figures]


def passes(event: Event, themes: tuple[str, ...], q: str, window: tuple[str, str]) -> bool:
    """The filters' meaning, said once more and plainly."""
    said = [
        event.title,
        event.label,
        event.summary,
        event.place,
        event.date.words,
        str(event.date),
        *(part for claim in event.claims for part in (claim.by, claim.says)),
        *(claim.correction.says for claim in event.claims if claim.correction),
        *(LABEL_OF[figure.series.partition("/")[0]] for figure in figures(event)),
    ]
    text = " ".join(part for part in said if part).lower()
    beyond = float("inf") if window == ("", "") else 0  # with the whole period, what lies beyond it is shown as well
    start = parse(window[0] or "1918").start - beyond
    end = parse(window[1] or "1941").end + beyond
    return (
        (not themes or bool(set(themes) & set(event.themes)))
        and all(word in text for word in q.lower().split())
        and event.date.start < end
        and event.date.end > start
    )


def expected(themes: tuple[str, ...] = (), q: str = "", window: tuple[str, str] = ("", "")) -> list[str]:
    return [one for one in ORDERED if passes(BY_ID[one], themes, q, window)]


def press(page: Page, theme: str) -> None:
    number = [one.id for one in RECORD.themes].index(theme)
    page.locator(f"#ui_theme_{number}").click()


THEMES = [theme.id for theme in RECORD.themes]
COMBINATIONS = [themes for size in range(len(THEMES) + 1) for themes in itertools.combinations(THEMES, size)]


def test_the_list_is_complete_and_in_time_order(opened: Callable[..., Visit]) -> None:
    page = opened().page
    assert listed(page) == ORDERED
    expect(page.locator("#ui_count")).to_have_text(f"{len(ORDERED)} of {len(ORDERED)} events")


def test_every_combination_of_themes_shows_its_events(opened: Callable[..., Visit]) -> None:
    page = opened().page
    pressed: set[str] = set()
    for themes in COMBINATIONS:
        for theme in pressed ^ set(themes):
            press(page, theme)
        pressed = set(themes)
        settle(page)
        assert listed(page) == expected(themes), themes


QUERIES = ["Stalin", "grain village", "STÁLIN", "nothing has this", "%", "famine", ""]
WINDOWS = [("", ""), ("1929", "1930"), ("1932-08-07", ""), ("", "1921-06")]


def test_search_and_years_narrow_what_the_themes_leave(opened: Callable[..., Visit]) -> None:
    page = opened().page
    press(page, "policy")
    press(page, "famine")
    for q, window in itertools.product(QUERIES, WINDOWS):
        page.locator("#ui_q").fill(q)
        for name, text in zip(("from", "to"), window, strict=True):
            page.locator(f"#ui_{name}").fill(text)
            page.locator(f"#ui_{name}").press("Enter")
        plain = q.replace("Á", "A")
        ids = expected(("policy", "famine"), plain, window)
        expect(page.locator("#ui_count")).to_have_text(f"{len(ids)} of {len(ORDERED)} events")
        assert listed(page) == ids, (q, window)
        for number, theme in enumerate(THEMES):
            count = sum(theme in BY_ID[one].themes for one in expected((), plain, window))
            expect(page.locator(f"#ui_theme_{number}_count")).to_have_text(str(count))


@pytest.mark.parametrize(
    ("q", "event"),
    [
        ("1932-08-07", "theft-law"),
        ("7 August 1932", "theft-law"),
        ("livestock", "herds-collapse"),
        ("famine deaths", "famine-1932-33"),
        ("collectivization", "quarter-million-farms"),
    ],
)
def test_a_first_reader_s_words_find_the_event(opened: Callable[..., Visit], q: str, event: str) -> None:
    page = opened().page
    page.locator("#ui_q").fill(q)
    page.wait_for_function("() => /q=/.test(location.hash)")
    assert event in listed(page)
    page.locator("#ui_q").press("Enter")
    expect(page.locator("#ui_article h3")).to_have_text(BY_ID[listed(page)[0]].title)


def test_closing_the_details_leaves_the_page_where_it_is(opened: Callable[..., Visit]) -> None:
    page = opened().page
    page.evaluate("() => scrollTo(0, 700)")
    label = next(one for one in page.evaluate(LABELS) if 200 < one["top"] < 700)
    page.mouse.click((label["left"] + label["right"]) / 2, (label["top"] + label["bottom"]) / 2)
    page.wait_for_url(re.compile("#event="))
    before = page.evaluate("() => scrollY")
    page.keyboard.press("Escape")
    page.wait_for_function("() => location.hash === ''")
    assert page.evaluate("() => scrollY") == before > 0
    press(page, "famine")
    page.wait_for_url(re.compile("themes=famine"))
    press(page, "famine")
    page.wait_for_function("() => location.hash === ''")


def test_an_empty_result_says_so_and_offers_to_clear(opened: Callable[..., Visit]) -> None:
    page = opened("#q=nothing+has+this&themes=famine").page
    expect(page.locator("#ui_none")).to_have_text("No event passes these filters.")
    expect(page.locator("#ui_spoken")).to_be_empty()
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator("#ui_none")).to_be_hidden()
    expect(page.locator("#ui_q")).to_have_value("")
    assert listed(page) == ORDERED
    expect(page.locator("#ui_spoken")).to_have_text(f"{len(ORDERED)} of {len(ORDERED)} events")


def test_a_year_that_is_none_is_marked_and_changes_nothing(opened: Callable[..., Visit]) -> None:
    page = opened("#themes=famine").page
    page.locator("#ui_from").fill("about 1930")
    page.locator("#ui_from").press("Enter")
    expect(page.locator("#ui_from")).to_have_attribute("aria-invalid", "true")
    assert listed(page) == expected(("famine",))
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator("#ui_from")).to_have_value("")
    expect(page.locator("#ui_from")).not_to_have_attribute("aria-invalid", "true")


def test_theme_buttons_are_named_by_their_theme_and_say_their_state(opened: Callable[..., Visit]) -> None:
    page = opened().page
    for theme in RECORD.themes:
        button = page.get_by_role("button", name=re.compile(rf"^{re.escape(theme.label)}\b"))
        expect(button).to_have_attribute("aria-pressed", "false")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")


def test_a_click_on_a_mark_or_its_label_shows_the_details(opened: Callable[..., Visit]) -> None:
    page = opened().page
    label = page.evaluate(LABELS)[0]
    event = next(one for one in RECORD.events if (one.label or one.title) == label["text"])
    page.mouse.click((label["left"] + label["right"]) / 2, (label["top"] + label["bottom"]) / 2)
    expect(page.locator("#ui_article h3")).to_have_text(event.title)
    page.wait_for_url(re.compile(f"#event={event.id}$"))
    article = page.locator("#ui_article")
    expect(article.locator(".date")).to_have_text(event.date.words)
    for claim in event.claims:
        expect(article.get_by_text(claim.says).first).to_be_visible()
    page.get_by_role("button", name="Close details").click()
    expect(page.locator("#ui_article h3")).to_have_count(0)


def test_the_keyboard_alone_finds_opens_and_leaves_an_event(opened: Callable[..., Visit]) -> None:
    page = opened("#from=1929&to=1931").page
    shown = expected(window=("1929", "1931"))
    page.locator("#ui_chart").focus()
    for key, event in [
        ("Home", shown[0]),
        ("ArrowRight", shown[1]),
        ("ArrowRight", shown[2]),
        ("ArrowLeft", shown[1]),
        ("End", shown[-1]),
    ]:
        page.keyboard.press(key)
        event_ = BY_ID[event]
        expect(page.locator("#ui_spoken")).to_have_text(re.compile(re.escape(f"{event_.date.words}: {event_.title}.")))
        expect(page.locator("#ui_tip")).to_contain_text(event_.title)
    page.keyboard.press("Enter")
    expect(page.locator("#ui_article h3")).to_have_text(BY_ID[shown[-1]].title)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#ui_article h3")).to_have_count(0)
    page.keyboard.press("/")
    expect(page.locator("#ui_q")).to_be_focused()


def test_earlier_and_later_go_through_what_is_shown_in_time_order(opened: Callable[..., Visit]) -> None:
    page = opened("#themes=famine").page
    for event in expected(("famine",))[:4]:
        page.get_by_role("button", name="Later").click()
        expect(page.locator("#ui_article h3")).to_have_text(BY_ID[event].title)
    page.get_by_role("button", name="Earlier").click()
    expect(page.locator("#ui_article h3")).to_have_text(BY_ID[expected(("famine",))[2]].title)


def test_an_address_opened_cold_restores_the_view(opened: Callable[..., Visit]) -> None:
    event = RECORD.events[10]
    page = opened(f"#event={event.id}&themes=policy,output&q=grain&from=1928&to=1934-02").page
    expect(page.locator("#ui_article h3")).to_have_text(event.title)
    expect(page.locator("#ui_q")).to_have_value("grain")
    expect(page.locator("#ui_from")).to_have_value("1928")
    expect(page.locator("#ui_to")).to_have_value("1934-02")
    assert listed(page) == expected(("policy", "output"), "grain", ("1928", "1934-02"))


def test_a_bare_id_as_in_a_link_to_an_article_chooses_the_event(opened: Callable[..., Visit]) -> None:
    page = opened(f"#{RECORD.events[3].id}").page
    expect(page.locator("#ui_article h3")).to_have_text(RECORD.events[3].title)


def test_back_and_forward_go_through_choices_and_not_through_typing(opened: Callable[..., Visit]) -> None:
    page = opened().page
    press(page, "famine")
    page.wait_for_url(re.compile("themes=famine$"))
    page.locator("#ui_q").fill("grain")
    page.wait_for_url(re.compile("q=grain$"))
    page.get_by_role("button", name="Later").click()
    page.wait_for_url(re.compile("event="))
    page.go_back()
    expect(page.locator("#ui_article h3")).to_have_count(0)
    expect(page.locator("#ui_q")).to_have_value("grain")
    page.go_back()
    expect(page.locator("#ui_theme_2")).to_have_attribute("aria-pressed", "false")
    assert listed(page) == ORDERED
    page.go_forward()
    page.go_forward()
    expect(page.locator("#ui_article h3")).to_have_count(1)


@pytest.mark.parametrize(
    "hash_",
    [
        "#event=%E0%A4%A",
        "#event=__proto__&themes=constructor",
        "#from=9999&to=-1",
        "#q=%3Cimg%20src%3Dx%3E",
        "#from=1932-13-45&to=x",
        "#=&=&&&",
    ],
)
def test_an_address_that_does_not_fit_does_no_harm(opened: Callable[..., Visit], hash_: str) -> None:
    page = opened(hash_).page
    assert listed(page) == (expected(q="<img src=x>") if "q=" in hash_ else ORDERED)


def test_reading_causes_no_request(opened: Callable[..., Visit]) -> None:
    one = opened()
    one.asked.clear()
    press(one.page, "famine")
    one.page.get_by_role("button", name="Later").click()
    one.page.get_by_role("button", name="Zoom in").click()
    one.page.locator("#ui_q").fill("Stalin")
    one.page.get_by_role("button", name="Clear filters").click()
    settle(one.page)
    assert [address for address in one.asked if not address.endswith(STATE)] == []  # after its document


def test_the_file_asks_for_nothing_at_all(frozen: str, visit: Callable[..., Visit]) -> None:
    one = visit().goto(frozen)
    ready(one.page)
    assert (one.asked, one.said) == ([], [])


def zoomed(page: Page, steps: int, delta: int = -240) -> None:
    box = page.locator("#ui_chart").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.55, box["y"] + 60)
    page.keyboard.down("Control")
    for _ in range(steps):
        page.mouse.wheel(0, delta)
    page.keyboard.up("Control")


def overlaps(labels: list[dict[str, float]]) -> list[tuple[float, float]]:
    return [
        (one["text"], other["text"])
        for one, other in itertools.combinations(labels, 2)
        if one["left"] < other["right"] - 0.5
        and other["left"] < one["right"] - 0.5
        and one["top"] < other["bottom"] - 4
        and other["top"] < one["bottom"] - 4
    ]


@pytest.mark.parametrize("width", [600, 820, 1280, 2560])
def test_labels_never_overlap_and_none_is_cut(opened: Callable[..., Visit], width: int) -> None:
    page = opened(viewport={"width": width, "height": 900}).page
    for zoom in range(6):
        if zoom == 5:
            plotted(page)
        labels = page.evaluate(LABELS)
        box = page.locator("#ui_chart").bounding_box()
        assert box is not None
        assert labels
        assert overlaps(labels) == [], (width, zoom)
        for label in labels:
            assert box["x"] <= label["left"] + 0.5, label
            assert label["right"] - 0.5 <= box["x"] + box["width"], label
        if zoom < 4:
            zoomed(page, 3)
            settle(page)


def test_labels_never_overlap_while_the_wheel_turns(opened: Callable[..., Visit]) -> None:
    page = opened().page
    page.evaluate(f"""() => {{
      window.frames_ = [];
      const look = () => {{ window.frames_.push(({LABELS})()); window.looking = requestAnimationFrame(look); }};
      look();
    }}""")
    zoomed(page, 25, -40)
    zoomed(page, 25, 40)
    settle(page)
    frames = page.evaluate("() => { cancelAnimationFrame(window.looking); return window.frames_; }")
    assert len({str(frame) for frame in frames}) > 8
    assert [pair for frame in frames for pair in overlaps(frame)] == []


def test_a_label_once_visible_stays_while_zooming_in_on_it(opened: Callable[..., Visit]) -> None:
    page = opened().page
    label = page.evaluate(LABELS)[2]
    event = next(one for one in RECORD.events if (one.label or one.title) == label["text"])
    plot = page.evaluate("() => document.querySelector('#ui_overview svg').getBoundingClientRect().toJSON()")
    middle = (event.date.start + event.date.end) / 2
    first, last = (parse(end) for end in ("1918", "1941"))
    at = plot["left"] + (middle - first.start) / (last.end - first.start) * plot["width"]
    page.keyboard.down("Control")
    for _ in range(12):
        page.mouse.move(at, label["top"] + 5)
        page.mouse.wheel(0, -120)
        settle(page)
        assert label["text"] in [one["text"] for one in page.evaluate(LABELS)]


def test_a_plain_wheel_scrolls_the_page_and_a_sideways_one_pans(opened: Callable[..., Visit]) -> None:
    page = opened("#from=1926&to=1932").page
    page.mouse.move(500, 500)
    page.mouse.wheel(0, 300)
    page.wait_for_function("() => scrollY > 100")
    assert page.url.endswith("#from=1926&to=1932")
    page.mouse.wheel(200, 0)
    page.wait_for_function("() => /from=1927-/.test(location.hash)")


def test_dragging_pans_and_the_buttons_zoom_and_fit(opened: Callable[..., Visit]) -> None:
    page = opened("#from=1926&to=1932").page
    page.mouse.move(600, 500)
    page.mouse.down()
    page.mouse.move(500, 505, steps=4)
    page.mouse.up()
    page.wait_for_function("() => /from=192[67]-/.test(location.hash)")
    expect(page.locator("#ui_article h3")).to_have_count(0)
    page.get_by_role("button", name="Whole period").click()
    page.wait_for_function("() => location.hash === ''")
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function("() => /from=1922/.test(location.hash)")


def test_fingers_pinch_to_zoom_and_swipe_to_pan(opened: Callable[..., Visit]) -> None:
    page = opened("#from=1924&to=1935", has_touch=True, viewport={"width": 820, "height": 1180}).page
    touch = page.context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        touch.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)]},
        )

    send("touchStart", (350, 500), (450, 500))
    for spread in range(0, 120, 10):
        send("touchMove", (350 - spread, 500), (450 + spread, 500))
    send("touchEnd")
    page.wait_for_function("() => /from=1928|from=1927|from=1929/.test(location.hash)")
    assert overlaps(page.evaluate(LABELS)) == []
    before = page.url
    send("touchStart", (500, 500))
    for moved in range(0, 200, 20):
        send("touchMove", (500 - moved, 502))
    send("touchEnd")
    page.wait_for_function(f"() => location.href !== {before!r}")


def test_a_phone_gets_the_list_and_no_sideways_scrolling(host: str, visit: Callable[..., Visit]) -> None:
    one = visit(viewport={"width": 320, "height": 700})
    page = one.page
    page.goto(host)
    page.locator("body.live").wait_for()
    expect(page.locator("#ui_chart")).to_be_hidden()
    assert page.evaluate("() => document.documentElement.scrollWidth") == 320
    press(page, "famine")
    settle(page)
    assert listed(page) == expected(("famine",))


def test_on_a_phone_an_address_leads_to_its_article(host: str, visit: Callable[..., Visit]) -> None:
    page = visit(viewport={"width": 390, "height": 844}).page
    event = ORDERED[-5]
    page.goto(f"{host}#event={event}")
    page.locator("body.live").wait_for()
    settle(page)
    box = page.locator(f"[id='{event}']").bounding_box()
    assert box is not None
    assert -2 < box["y"] < 60


def test_without_scripts_the_whole_record_is_there(host: str, visit: Callable[..., Visit]) -> None:
    page = visit(java_script_enabled=False).page
    page.goto(host)
    assert page.title() == RECORD.title
    assert listed(page) == ORDERED
    for event in RECORD.events:
        article = page.locator(f"[id='{event.id}']")
        text = " ".join((article.text_content() or "").split())
        for words in [event.date.words, event.title, event.summary or "", *(claim.says for claim in event.claims)]:
            assert " ".join(words.split()) in text
    for source in RECORD.sources:
        assert source.title in (page.locator(f"#source_{source.id}").text_content() or "")
    assert page.locator("html").get_attribute("lang") == RECORD.language
    assert page.locator("meta[name=description]").get_attribute("content") == RECORD.summary
    assert page.locator("meta[property='og:title']").get_attribute("content") == RECORD.title


def test_the_chart_follows_the_dark_style(opened: Callable[..., Visit]) -> None:
    page = opened().page
    light = page.evaluate(INK)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"() => ({INK})() !== {light!r}")
    plotted(page)
    assert page.evaluate("() => document.querySelector('#ui_graph .textpoint text').style.fill") == page.evaluate(INK)


def test_both_hosts_give_the_same_document_back(host: str, visit: Callable[..., Visit], tmp_path: Path) -> None:
    page = visit().page
    response = page.goto(host)
    assert response is not None
    saved = tmp_path / "saved.html"
    saved.write_bytes(response.body())
    assert loaded(saved) == RECORD


def loaded(path: Path) -> Timeline:
    return timeline.load(path)


@pytest.mark.parametrize(("other", "label"), [(1120, 384), (880, 516), (1400, 516), (1000, 516), (None, 516)])
def test_a_chosen_event_s_label_stands_where_it_covers_fewer_marks(
    scripted: Page, other: int | None, label: int
) -> None:
    days = [1000, 3000 if other is None else other]
    events = dict.fromkeys(("start", "end", "first", "last"), days) | {
        name: [value] * 2
        for name, value in {"row": 0, "lane": 0, "point": True, "left": False, "width": 100, "fadeStart": 0}.items()
    }
    sizes = {"mark": 24, "gap": 4, "pad": 14, "lanePad": 7, "laneLeast": 66, "laneGap": 6, "least": 6}
    plan = {"events": events, "lanes": [{}], "sizes": sizes, "room": {"right": 30}, "period": [0, 4000]}
    found = scripted.evaluate(
        """(plan) => {
          const limits = { mark: [0, 0], label: [1e9, 1e9], inside: [1e9, 1e9] };
          const view = { window: [0, 2000], selected: 0, current: null };
          return timeline.shapes(plan, [0, 1], limits, view, { plot: 1000, font: 1 }).ringed[0].label;
        }""",
        plan,
    )
    assert found == {"x": label, "width": 100, "forced": True}
