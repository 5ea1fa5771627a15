"""How the page is read, in a real browser, on both hosts: views, tours, words, figures, table, what one takes along."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from conftest import BY_ID, INK, ORDERED, RECORD, listed, plotted, settle
from playwright.sync_api import expect

import timeline
from timeline.dates import parse
from timeline.page import KEYS
from timeline.plan import plan
from timeline.quantity import worded
from timeline.words import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Visit
    from playwright.sync_api import Page

    from timeline.document import Event

VIEWS = ["timeline", "table", "disagreements", "figures", "sources", "words", "tours"]
FAMINE = BY_ID["famine-1932-33"]
LAW = BY_ID["theft-law"]
SECTION = "() => [...document.querySelectorAll('main > [data-view]:not([hidden])')].map((one) => one.dataset.view)"


def go(page: Page, view: str) -> None:
    page.locator(f".views a[data-view={view}]").click()


def step_of(page: Page) -> str:
    return page.locator("#ui_tour_title").text_content() or ""


# Views


def test_one_view_is_shown_at_a_time_and_back_leads_to_the_one_before(opened: Callable[..., Visit]) -> None:
    page = opened().page
    for view in VIEWS[1:]:
        go(page, view)
        page.wait_for_url(re.compile(f"#view={view}$"))
        assert page.evaluate(SECTION) == [view]
        expect(page.locator(".views [aria-current=page]")).to_have_text(say(f"view_{view}"))
        expect(page.locator("#ui_chart")).to_be_hidden()
    page.go_back()
    page.wait_for_function(f"{SECTION.replace('() => ', '() => (')})[0] === 'words'")
    go(page, "timeline")
    expect(page.locator("#ui_chart")).to_be_visible()
    plotted(page)


def test_from_an_event_to_its_source_and_from_there_to_another_event(opened: Callable[..., Visit]) -> None:
    page = opened(f"#event={LAW.id}").page
    page.locator("#ui_article .said h5 a").first.click()
    source = LAW.claims[0].cites[0].source
    entry = page.locator(f"#source_{source}")
    expect(entry).to_be_visible()
    expect(entry.locator("details")).to_have_attribute("open", "")
    page.wait_for_url(re.compile(f"view=sources&at=source_{source}$"))
    told = entry.locator("details li", has_text=FAMINE.title).first
    told.get_by_role("link").first.click()
    expect(page.locator("#ui_article h3")).to_have_text(FAMINE.title)
    expect(entry).to_be_visible()


def test_a_source_says_all_that_it_says_in_its_own_order(opened: Callable[..., Visit]) -> None:
    page = opened("#view=sources&at=source_cards").page
    source = next(one for one in RECORD.sources if one.id == "cards")
    entry = page.locator("#source_cards")
    heads = entry.locator("details h3").all_text_contents()
    titles = [part.title for part in source.outline]
    assert heads == [title for title in titles if title in heads]
    assert len(heads) == len(titles)
    claims = [claim for event in RECORD.events for claim in event.claims]
    for claim in (one for one in claims if any(cite.source == "cards" for cite in one.cites)):
        assert claim.says in (entry.text_content() or "")
    assert re.search(r"Says \d+ things here: \d+ alone", entry.locator("summary").text_content() or "")


def test_what_differs_stands_side_by_side_with_who_says_it(opened: Callable[..., Visit]) -> None:
    page = opened(f"#event={FAMINE.id}").page
    rivals = page.locator("#ui_article .rivals").first
    for claim in FAMINE.claims:
        for figure in claim.figures:
            if claim.by and not claim.correction:
                row = rivals.locator("li", has_text=claim.by).filter(has_text=worded(figure))
                expect(row.first).to_be_visible()
    expect(rivals.locator(".verdict").first).to_contain_text(say("differ"))
    page.locator("#ui_article .said h5 a[href^='#question']").first.click()
    questions = {claim.question for event in RECORD.events for claim in event.claims if claim.question}
    titles = page.locator("#ui_disagreements > section > h3").all_text_contents()
    assert questions <= set(titles)
    assert page.evaluate(SECTION) == ["disagreements"]


@pytest.mark.parametrize(
    ("address", "view"),
    [
        ("#source_notes", "sources"),
        ("#term_mir", "words"),
        ("#measure_cattle", "figures"),
        ("#differ_deaths", "disagreements"),
        ("#question_1", "disagreements"),
        ("#ui_table", "table"),
        ("#tour_why-collectivise", "tours"),
    ],
)
def test_a_link_to_a_place_opened_fresh_leads_there(opened: Callable[..., Visit], address: str, view: str) -> None:
    page = opened(address).page
    assert page.evaluate(SECTION) == [view]
    expect(page.locator(address)).to_be_in_viewport()


def focused(page: Page) -> str:
    return str(page.evaluate("() => document.activeElement.id || document.activeElement.tagName"))


def test_the_focus_is_never_lost(opened: Callable[..., Visit]) -> None:
    page = opened(f"#event={LAW.id}").page
    page.locator("#ui_close").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#ui_article h3")).to_have_count(0)
    page.wait_for_function("() => document.activeElement.id === 'ui_chart'")
    go(page, "table")
    row = page.locator("#ui_table tbody a").nth(20)
    row.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'ui_details'")
    expect(page.locator("#ui_spoken")).to_contain_text(row.text_content() or "-")
    page.locator("#ui_article .links a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'ui_details'")
    page.locator("#ui_close").focus()
    page.keyboard.press("Enter")
    expect(row).to_be_focused()
    page.locator("#ui_q").focus()
    assert page.locator("#ui_q").evaluate("(one) => getComputedStyle(one).outlineStyle") == "solid"


def test_back_returns_to_the_place_that_was_left(opened: Callable[..., Visit]) -> None:
    page = opened().page
    page.evaluate("() => scrollTo(0, 900)")
    page.evaluate("() => document.querySelector('.views a[data-view=sources]').click()")
    page.wait_for_url(re.compile("view=sources"))
    page.wait_for_function("() => scrollY < 300")
    page.go_back()
    page.wait_for_function("() => scrollY === 900")


def test_a_link_to_the_place_one_is_at_leads_back_to_it(opened: Callable[..., Visit]) -> None:
    page = opened(f"#event={LAW.id}&view=sources&at=source_notes").page
    page.evaluate("() => scrollTo(0, 0)")
    page.locator("#ui_article a[href='#source_notes']").first.click()
    expect(page.locator("#source_notes")).to_be_in_viewport()


def test_back_returns_to_what_was_typed_just_before(opened: Callable[..., Visit]) -> None:
    page = opened().page
    page.locator("#ui_q").fill("kulak")
    page.locator("#ui_q").press("Enter")
    page.wait_for_url(re.compile("event="))
    page.go_back()
    expect(page.locator("#ui_article h3")).to_have_count(0)
    expect(page.locator("#ui_q")).to_have_value("kulak")


def test_on_a_tablet_the_details_stand_before_every_view(opened: Callable[..., Visit]) -> None:
    page = opened(f"#event={LAW.id}&view=sources&at=source_notes", viewport={"width": 820, "height": 1180}).page
    expect(page.locator("#ui_article h3")).to_be_in_viewport()
    go(page, "timeline")
    page.evaluate("() => scrollTo(0, 5000)")
    expect(page.locator("#ui_article h3")).to_be_in_viewport()


# Words


def test_a_word_explains_itself_to_pointer_and_keyboard(opened: Callable[..., Visit]) -> None:
    page = opened(f"#event={LAW.id}").page
    term = page.locator("#ui_article a.term").first
    name = (term.get_attribute("href") or "").removeprefix("#term_")
    meaning = next(one.meaning for one in RECORD.glossary if one.id == name)
    term.hover()
    expect(page.locator("#ui_term")).to_contain_text(meaning)
    page.keyboard.press("Escape")
    expect(page.locator("#ui_term")).to_be_hidden()
    expect(page.locator("#ui_article h3")).to_have_text(LAW.title)
    page.mouse.move(5, 5)
    term.focus()
    expect(page.locator("#ui_term")).to_contain_text(meaning)
    expect(term).to_have_attribute("aria-describedby", "ui_term")
    page.keyboard.press("Enter")
    expect(page.locator(f"#term_{name}")).to_be_visible()
    assert page.evaluate(SECTION) == ["words"]


def test_a_word_explains_itself_to_a_finger(host: str, visit: Callable[..., Visit]) -> None:
    page = visit(viewport={"width": 390, "height": 844}, has_touch=True).page
    page.goto(f"{host}#event={LAW.id}")
    page.locator("body.live").wait_for()
    settle(page)
    term = page.locator(f"[id='{LAW.id}'] a.term").first
    term.tap()
    expect(page.locator("#ui_term")).to_be_visible()
    assert page.evaluate(SECTION) == ["timeline"]


def test_a_word_is_marked_once_in_an_event(opened: Callable[..., Visit]) -> None:
    page = opened().page
    for event in (FAMINE, LAW):
        links = page.locator(f"[id='{event.id}'] a.term").evaluate_all("all => all.map((one) => one.hash)")
        assert len(links) == len(set(links)) > 0


# Tours


def test_a_tour_plays_forth_and_back_and_is_left(opened: Callable[..., Visit]) -> None:
    page = opened("#view=tours").page
    tour = RECORD.tours[0]
    page.locator(f"#tour_{tour.id} .start a").click()
    panel = page.locator("#ui_tour")
    expect(panel).to_be_focused()
    for number, step in enumerate(tour.steps):
        expect(page.locator("#ui_tour_text")).to_have_text(step.text)
        if step.event:
            expect(page.locator("#ui_article h3")).to_have_text(BY_ID[step.event].title)
        page.wait_for_url(re.compile(f"#tour={tour.id}&step={number + 1}$"))
        if number + 1 < len(tour.steps):
            page.locator("#ui_tour_next").click()
    expect(page.locator("#ui_tour_next")).to_have_attribute("aria-disabled", "true")
    page.locator("#ui_tour_back").click()
    expect(page.locator("#ui_tour_text")).to_have_text(tour.steps[-2].text)
    page.locator("#ui_tour_leave").click()
    expect(panel).to_be_hidden()
    page.wait_for_function("() => !/tour=/.test(location.hash)")


def test_arrow_keys_step_through_a_tour_and_escape_leaves_it(opened: Callable[..., Visit]) -> None:
    tour = RECORD.tours[1]
    page = opened(f"#tour={tour.id}&step=1").page
    expect(page.locator("#ui_tour")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#ui_tour_text")).to_have_text(tour.steps[1].text)
    expect(page.locator("#ui_spoken")).to_contain_text(tour.steps[1].text)
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#ui_tour_text")).to_have_text(tour.steps[0].text)
    page.keyboard.press("Escape")
    expect(page.locator("#ui_tour")).to_be_hidden()


@pytest.mark.parametrize("tour", RECORD.tours, ids=[tour.id for tour in RECORD.tours])
def test_each_step_of_a_tour_shows_its_view(opened: Callable[..., Visit], tour: timeline.document.Tour) -> None:
    page = opened(f"#tour={tour.id}&step=1", reduced_motion="reduce").page
    drawn = plan(RECORD)
    for number, step in enumerate(tour.steps):
        page.evaluate(f"() => {{ location.hash = '#tour={tour.id}&step={number + 1}'; }}")
        expect(page.locator("#ui_tour_text")).to_have_text(step.text)
        pressed = page.locator(".themes [aria-pressed=true]").evaluate_all("all => all.map(({ id }) => id)")
        assert pressed == [f"ui_theme_{n}" for n, theme in enumerate(RECORD.themes) if theme.id in step.themes]
        for name, date in (("from", step.start), ("to", step.end)):
            edge = date and (date.start if name == "from" else date.end)
            whole = edge is None or edge in drawn.period
            expect(page.locator(f"#ui_{name}")).to_have_value("" if whole else re.compile(r"^\d{4}"))
        if step.event:
            expect(page.locator("#ui_article h3")).to_have_text(BY_ID[step.event].title)
            assert step.event in listed(page), (number, step.event)
        if step.measure:
            measure = next(one for one in RECORD.measures if one.id == step.measure)
            title = page.locator("#ui_graph .annotation-text-g", has_text=f"{measure.label}, {measure.unit}")
            expect(title).to_be_in_viewport()


# Figures


def test_figures_below_the_lanes_are_chosen_and_read_off(opened: Callable[..., Visit]) -> None:
    page = opened("#from=1928&to=1934").page
    page.locator("#ui_menu summary").click()
    pigs = page.locator("#ui_menu button", has_text="Pigs")
    pigs.click()
    expect(pigs).to_have_attribute("aria-pressed", "true")
    page.wait_for_url(re.compile("figures=.*pigs"))
    expect(page.locator("#ui_graph")).to_contain_text("Pigs, million head")
    page.keyboard.press("Escape")
    expect(page.locator("#ui_menu details")).not_to_have_attribute("open", "")
    plot = page.locator("#ui_chart").bounding_box()
    assert plot is not None
    share = (parse("1931").start + 200 - parse("1928").start) / (parse("1934").end - parse("1928").start)
    page.mouse.move(plot["x"] + 112 + share * (plot["width"] - 142), plot["y"] + 80)
    expect(page.locator("#ui_moment")).to_have_text("July 1931")
    readings = " ".join(page.locator("#ui_cross .reading").all_text_contents())
    harvest = next(one for one in RECORD.measures if one.id == "grain-harvest")
    for series in harvest.series:
        for observation in series.observations:
            if str(observation.date) == "1931":
                assert f"{worded(observation)} · {observation.date.words} {series.label}" in readings
    page.mouse.move(5, 5)
    expect(page.locator("#ui_cross")).to_be_hidden()


def test_the_chosen_event_is_marked_in_every_panel_and_its_links_in_the_lanes(opened: Callable[..., Visit]) -> None:
    page = opened(f"#event={FAMINE.id}&from=1926&to=1938").page
    plotted(page)
    drawn = page.evaluate("() => document.querySelector('#ui_graph .js-plotly-plot').layout.shapes")
    assert len([one for one in drawn if str(one.get("yref", "")).endswith("domain")]) == 3
    events = {event.id: event for event in RECORD.events}
    linked = {link.to for link in FAMINE.links} | {
        event.id for event in RECORD.events for link in event.links if link.to == FAMINE.id
    }
    inside = [
        one
        for one in linked
        if events[one].date.start < parse("1938").end and events[one].date.end > parse("1926").start
    ]
    dashed = [one for one in drawn if one.get("line", {}).get("dash")]
    assert 0 < len(dashed) <= len(inside)


# Table, and what a reader takes along


def rows(page: Page) -> list[str]:
    return page.locator("#ui_table tbody th a").all_text_contents()


def expected_order(events: list[Event], key: str) -> list[str]:
    lanes = [theme.id for theme in RECORD.themes]
    time = {one: number for number, one in enumerate(ORDERED)}
    keys: dict[str, Callable[[Event], tuple[int, int]]] = {
        "date": lambda event: (time[event.id], 0),
        "theme": lambda event: (lanes.index(event.themes[0]), time[event.id]),
        "-sources": lambda event: (-len(cited(event)), time[event.id]),
    }
    return [event.title for event in sorted(events, key=keys[key])]


def cited(event: Event) -> set[str]:
    corrections = [claim.correction for claim in event.claims if claim.correction]
    return {cite.source for one in event.claims for cite in one.cites} | {
        cite.source for one in corrections for cite in one.cites
    }


def test_the_table_holds_what_the_filters_leave_in_the_order_asked_for(opened: Callable[..., Visit]) -> None:
    page = opened("#view=table&themes=famine").page
    events = [event for event in RECORD.events if "famine" in event.themes]
    assert rows(page) == expected_order(events, "date")
    page.get_by_role("button", name=say("column_theme"), exact=True).click()
    page.wait_for_url(re.compile("sort=theme"))
    assert rows(page) == expected_order(events, "theme")
    sources = page.get_by_role("button", name=say("column_sources"), exact=True)
    sources.click()
    sources.click()
    expect(page.locator("#ui_table th", has=sources)).to_have_attribute("aria-sort", "descending")
    assert rows(page) == expected_order(events, "-sources")
    page.locator("#ui_table tbody a").first.click()
    expect(page.locator("#ui_article h3")).to_have_text(expected_order(events, "-sources")[0])


def saved(page: Page, button: str) -> str:
    page.get_by_role("button", name=say("download"), exact=True).click()
    with page.expect_download() as download:
        page.locator(f"[data-file={button}]").click()
    expect(page.locator("#ui_download .done")).to_have_text(say("saved", name=download.value.suggested_filename))
    text = download.value.path().read_bytes().decode()
    page.locator("#ui_download [data-close]").click()
    return text


def test_what_is_shown_is_saved_as_a_table_and_as_a_record(opened: Callable[..., Visit], tmp_path: Path) -> None:
    page = opened("#themes=resistance&q=women").page
    ids = listed(page)
    assert ids
    table = saved(page, "csv")
    assert table.startswith("\ufeff")
    read = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert [row["id"] for row in read] == ids
    for row in read:
        event = BY_ID[row["id"]]
        told = (row["date (EDTF)"], row["date"], row["event"], row["summary"])
        assert told == (str(event.date), event.date.words, event.title, event.summary or "")
        assert len(row["sources"].split("; ")) == len(cited(event))
    excerpt = tmp_path / "excerpt.json"
    excerpt.write_text(saved(page, "json"), encoding="utf-8")
    assert {event.id for event in timeline.load(excerpt).events} == set(ids)


def test_the_whole_record_and_its_bibliography_are_saved(opened: Callable[..., Visit], tmp_path: Path) -> None:
    page = opened().page
    whole = tmp_path / "whole.json"
    whole.write_text(saved(page, "record"), encoding="utf-8")
    assert timeline.load(whole) == RECORD
    assert [item["id"] for item in json.loads(saved(page, "csl"))] == [source.id for source in RECORD.sources]
    assert re.findall(r"^@\w+\{([\w-]+),", saved(page, "bibtex"), re.MULTILINE) == [one.id for one in RECORD.sources]


def test_a_view_is_cited_in_one_sentence_and_its_link_restores_it(opened: Callable[..., Visit], host: str) -> None:
    page = opened(f"#event={LAW.id}&themes=policy,famine&q=law&from=1930&to=1934").page
    shown = len(listed(page))
    page.get_by_role("button", name=say("cite"), exact=True).first.click()
    view = page.locator("#ui_cite_view").text_content() or ""
    for part in (
        RECORD.title,
        f"version {RECORD.version}",
        "themes: Policy, Famine",
        "“law”",
        "1930 to 1934",
        f"{shown} of",
    ):
        assert part in view
    link = page.locator("#ui_cite_link").text_content() or ""
    assert "file:" not in view + link
    place = RECORD.url or (host if host.startswith("http") else host.rpartition("/")[2])
    assert link.startswith(re.sub("%20", " ", place).split("#", maxsplit=1)[0][:4])
    expect(page.locator("#ui_cite_event")).to_contain_text(f"‘{LAW.title}’, {LAW.date.words}")
    again = opened("#" + link.partition("#")[2]).page
    assert listed(again) == listed(page)
    expect(again.locator("#ui_article h3")).to_have_text(LAW.title)


# Overview, style, keys


def test_the_overview_s_window_moves_by_key_and_by_hand(opened: Callable[..., Visit]) -> None:
    page = opened("#from=1926&to=1932").page
    brush = page.get_by_role("slider", name=say("overview"))
    brush.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("from=1926-(0[89]|1)"))
    expect(brush).to_have_attribute("aria-valuetext", re.compile("^1926-.* to 1933"))
    page.keyboard.press("ArrowUp")
    page.wait_for_url(re.compile("from=1927"))
    box = brush.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] + 150, box["y"] + 20, steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile("from=1927.*to=193[5-9]"))
    expect(page.locator("#ui_overview text.gap").first).to_be_visible()


def test_the_overview_names_each_long_stretch_without_an_entry(opened: Callable[..., Visit]) -> None:
    page = opened().page
    cases = [([0] * 4 + [1] + [0] * 2, [[0, 4]]), ([1] * 7, []), ([0] * 7, [[0, 7]]), ([1, 0, 0, 0, 1, 0, 0], [[1, 4]])]
    for row, gaps in cases:
        assert page.evaluate("([row, least]) => timeline.gaps(row, least)", [row, 3]) == gaps


def test_the_page_is_switched_between_light_and_dark(opened: Callable[..., Visit]) -> None:
    page = opened().page
    paper = "() => getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(paper), page.evaluate(INK)
    page.get_by_role("button", name=say("style_dark")).click()
    page.wait_for_url(re.compile("style=dark"))
    page.wait_for_function(f"() => ({INK})() !== {before[1]!r}")
    assert page.evaluate(paper) != before[0]
    page.get_by_role("button", name=say("style_light")).click()
    page.wait_for_function(f"() => ({INK})() === {before[1]!r}")


def test_a_question_mark_lists_the_keys(opened: Callable[..., Visit]) -> None:
    page = opened().page
    page.locator("#ui_chart").focus()
    page.keyboard.press("?")
    expect(page.locator("#ui_keys")).to_be_visible()
    expect(page.locator("#ui_keys tr")).to_have_count(len(KEYS))
    page.keyboard.press("Escape")
    expect(page.locator("#ui_keys")).to_be_hidden()
    expect(page.locator("#ui_chart")).to_be_focused()


@pytest.mark.parametrize(("hash_", "printed"), [("#themes=famine", None), (f"#themes=famine&event={LAW.id}", LAW.id)])
def test_paper_gets_what_is_shown_or_the_chosen_event_on_a_light_page(
    opened: Callable[..., Visit], hash_: str, printed: str | None
) -> None:
    page = opened(hash_, color_scheme="dark").page
    shown = listed(page)
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    articles = page.locator(".events > article:visible")
    expect(articles).to_have_count(1 if printed else len(shown))
    expect(articles.first.locator(".claims").first).to_be_visible()
    expect(page.locator("#ui_printed")).to_contain_text(RECORD.title)
    ink = page.evaluate(INK)
    assert sum(int(part) for part in re.findall(r"\d+", ink)[:3]) < 200
    assert "250, 248, 243" in page.evaluate("() => getComputedStyle(document.body).backgroundColor")


# The phone


def test_on_a_phone_each_view_fits_and_an_event_opens_in_its_place(host: str, visit: Callable[..., Visit]) -> None:
    one = visit(viewport={"width": 320, "height": 700}, has_touch=True)
    page = one.page
    page.goto(host)
    page.locator("body.live").wait_for()
    for view in VIEWS:
        go(page, view)
        settle(page)
        assert page.evaluate("() => document.documentElement.scrollWidth") == 320, view
    go(page, "timeline")
    article = page.locator(f"[id='{LAW.id}']")
    expect(article.locator(".claims").first).to_be_hidden()
    article.locator("h3 a").click()
    expect(article.locator(".claims").first).to_be_visible()
    page.wait_for_url(re.compile(f"event={LAW.id}$"))
    article.locator(".shuts a").click()
    expect(article.locator(".claims").first).to_be_hidden()
    years = page.locator(".events > article[data-first]").evaluate_all("all => all.map((one) => one.dataset.year)")
    assert years == sorted(dict.fromkeys(years))
    assert one.said == []


def test_a_tour_plays_on_a_phone(host: str, visit: Callable[..., Visit]) -> None:
    page = visit(viewport={"width": 390, "height": 844}, has_touch=True).page
    tour = RECORD.tours[0]
    page.goto(f"{host}#tour={tour.id}&step=1")
    page.locator("body.live").wait_for()
    page.locator("#ui_tour_next").tap()
    expect(page.locator("#ui_tour_text")).to_have_text(tour.steps[1].text)
    box = page.locator("#ui_tour").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] == pytest.approx(844, abs=1)
    event = tour.steps[1].event
    expect(page.locator(f"[id='{event}'] h3")).to_be_in_viewport()


# The address

ROUNDS = """([plan, hashes]) => hashes.map((hash) => {
  const view = timeline.viewOf(hash, plan);
  return [timeline.hash(view, plan), timeline.hash(timeline.viewOf("#" + timeline.hash(view, plan), plan), plan)];
})"""
ADDRESSES = [
    "#event=theft-law",
    "#theft-law",
    "#themes=famine,policy&q=grain+law&from=1930&to=1934-02",
    "#figures=pigs,horses&view=table&sort=-sources&style=dark",
    "#figures=none",
    f"#tour={RECORD.tours[0].id}&step=3",
    f"#tour={RECORD.tours[0].id}&step=3&event=&themes=&from=&to=&q=x",
    f"#tour={RECORD.tours[0].id}&step=99",
    f"#tour={RECORD.tours[0].id}&step=-1",
    "#tour=none&step=2",
    "#view=nothing&sort=up&style=sepia",
    "#view=sources&at=source_notes",
]


def test_an_address_written_from_a_view_gives_the_view_back(opened: Callable[..., Visit]) -> None:
    page = opened().page
    shipped = page.evaluate(
        """async (ids) => {
          const [plan, record] = await Promise.all(ids.map(async (id) => {
            const bytes = Uint8Array.from(atob(document.getElementById(id).textContent.trim()), (c) => c.charCodeAt(0));
            const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
            return new Response(stream).text();
          }));
          const shipped = JSON.parse(plan);
          return { ...shipped, events: { id: timeline.columns(shipped, timeline.unfolded(record)).id } };
        }""",
        ["timeline-plan", "timeline-document"],
    )
    for address, (once, twice) in zip(ADDRESSES, page.evaluate(ROUNDS, [shipped, ADDRESSES]), strict=True):
        assert once == twice, address
    rounds = dict(zip(ADDRESSES, page.evaluate(ROUNDS, [shipped, ADDRESSES]), strict=True))
    assert rounds["#theft-law"][0] == "event=theft-law"
    assert rounds["#view=nothing&sort=up&style=sepia"][0] == ""
    assert rounds["#figures=none"][0] == "figures=none"
    assert rounds[f"#tour={RECORD.tours[0].id}&step=99"][0].endswith(f"step={len(RECORD.tours[0].steps)}")
