"""A served document that changes: shown in open pages, told where it is broken, and never a blank page."""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import EVENTS, listed, ready, serving
from playwright.sync_api import expect
from soak import share
from test_cli import run
from werkzeug.test import Client

import timeline
from timeline import files, words
from timeline.server import SCRIPT, STATE, Site
from timeline.watch import MOST, Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Visit
    from playwright.sync_api import Page

HOSTILE = '<img src=x onerror="window.hacked = 1"></aside><script>window.hacked = 1</script> &amp; %E0%A4 \u202e'
VILLAGE: dict[str, Any] = {
    "title": "A village",
    "themes": [{"id": "life", "label": "Life"}, {"id": "work", "label": "Work"}],
    "events": [
        {"id": "founded", "date": "1890", "title": "Founded", "themes": ["life"]},
        {"id": "mill", "date": "1895-05-03", "title": "The mill", "themes": ["work"]},
    ],
}


def village(title: str = "A village", **values: object) -> bytes:
    """Give a document; what is given beside its title replaces parts of its first event."""
    first, *others = VILLAGE["events"]
    return json.dumps({**VILLAGE, "title": title, "events": [{**first, **values}, *others]}, indent=1).encode()


GOOD = village()
MANY = json.dumps({**VILLAGE, "events": [{"id": f"event-{n}", "date": "19-1"} for n in range(500)]}).encode()
BROKEN: dict[str, bytes | None] = {
    "half-written": GOOD[: len(GOOD) // 2],
    "empty": b"",
    "no JSON": b"Once upon a time",
    "UTF-16": GOOD.decode().encode("utf-16"),
    "a date that is none": village(date="1890-13"),
    "a theme that is none": village(themes=["nothing"]),
    "no title": village(title=""),
    "hostile text": village(themes=[HOSTILE]),
    "a hostile key": village(**{HOSTILE: ""}),
    "500 faulty events": MANY,
    "deleted": None,
}


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """A change is seen in the file, made a page and asked for, each in its turn, on a machine that others share."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=5_000)


class Served:
    """A document and the site that serves it, looked at when the test says so."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "village.json"
        self.path.write_bytes(GOOD)
        self.watch = Watch(self.path)
        self.site = Site(timeline.dashboard(timeline.load(self.path)))
        self.client = Client(self.site)

    def edit(self, source: bytes | None) -> None:
        """Change the file, and look until it has been still."""
        if source is None:
            self.path.unlink()
        else:
            self.path.write_bytes(source)
        self.watch.look(self.site)
        self.watch.look(self.site)

    @property
    def page(self) -> bytes:
        return bytes(self.client.get("/").data)

    @property
    def state(self) -> dict[str, Any]:
        return dict(json.loads(self.client.get(STATE).data))


@pytest.fixture
def served_village(tmp_path: Path) -> Served:
    return Served(tmp_path)


def test_a_valid_edit_is_the_page_from_then_on(served_village: Served) -> None:
    before, state = served_village.page, served_village.state
    assert f'data-version="{state["page"]}"'.encode() in before
    served_village.edit(village("Another village"))
    after = served_village.state
    assert b"<title>Another village</title>" in served_village.page
    assert f'data-version="{after["page"]}"'.encode() in served_village.page
    assert (after["said"], after["faults"], after["page"] != state["page"]) == ("", [], True)
    served_village.edit(GOOD)
    assert (served_village.page, served_village.state) == (before, state)  # so that no page is loaded anew for nothing


@pytest.mark.parametrize("source", BROKEN.values(), ids=BROKEN)
def test_a_broken_edit_leaves_the_page_and_is_told_as_check_tells_it(
    source: bytes | None, served_village: Served, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before, sound = served_village.page, served_village.state
    served_village.edit(source)
    printed = capsys.readouterr().err
    monkeypatch.chdir(served_village.path.parent)
    *lines, count = run("check", served_village.path.name).stderr.splitlines()
    more = [words.say("broken_more", count=len(lines) - MOST)] if len(lines) > MOST else []
    state = served_village.state
    assert state["faults"] == [*lines[:MOST], *more]
    assert state["said"].startswith(f"village.json has {'a fault' if count == '1 fault' else count} now.")
    assert (state["page"], served_village.page) == (sound["page"], before)
    assert printed == run("check", served_village.path).stderr
    served_village.edit(GOOD)
    assert (served_village.state, served_village.page) == (sound, before)


def test_a_file_that_is_being_written_is_left_to_its_writer(served_village: Served) -> None:
    sound = served_village.state
    for end in range(10, len(GOOD), 40):
        served_village.path.write_bytes(village("Another village")[:end])
        served_village.watch.look(served_village.site)
        assert served_village.state == sound
    served_village.edit(village("Another village"))
    assert b"<title>Another village</title>" in served_village.page


def test_an_edit_of_the_same_size_and_time_is_seen(served_village: Served) -> None:
    before = served_village.path.stat()
    served_village.path.write_bytes(GOOD.replace(b"A village", b"B village"))
    os.utime(served_village.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    served_village.watch.look(served_village.site)
    served_village.watch.look(served_village.site)
    assert b"<title>B village</title>" in served_village.page


def test_a_file_that_changes_while_it_is_read_is_read_again(
    served_village: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = timeline.load

    def changing(path: Path) -> object:
        record = load(path)
        served_village.path.write_bytes(village("Last"))
        return record

    monkeypatch.setattr(timeline, "load", changing, raising=False)
    served_village.edit(village("First"))
    monkeypatch.setattr(timeline, "load", load, raising=False)
    assert b"<title>First</title>" in served_village.page
    served_village.watch.look(served_village.site)
    served_village.watch.look(served_village.site)
    assert b"<title>Last</title>" in served_village.page


def test_what_stands_still_is_read_once(served_village: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    monkeypatch.setattr(timeline, "load", read.append, raising=False)
    for _ in range(5):
        served_village.watch.look(served_village.site)
    assert read == []


def test_a_fault_of_ours_leaves_the_page_and_is_told(served_village: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    before = served_village.page

    def fails(_: object) -> None:
        raise RuntimeError("no room")

    with monkeypatch.context() as broken:
        broken.setattr(timeline, "dashboard", fails, raising=False)
        served_village.edit(village("Another village"))
    assert served_village.state["faults"] == ["village.json: cannot be shown: RuntimeError"]
    assert served_village.page == before
    served_village.edit(village("A third village"))
    assert (served_village.state["faults"], b"<title>A third village</title>" in served_village.page) == ([], True)


def test_a_pipe_is_read_once_and_not_watched(tmp_path: Path, served_village: Served) -> None:
    os.mkfifo(tmp_path / "pipe")
    watch, before = Watch(tmp_path / "pipe"), served_village.state
    os.utime(tmp_path / "pipe")
    watch.look(served_village.site)
    watch.look(served_village.site)
    assert served_village.state == before


def test_a_pipe_in_the_document_s_place_is_not_read(served_village: Served) -> None:
    served_village.path.unlink()
    os.mkfifo(served_village.path)
    served_village.watch.look(served_village.site)
    served_village.watch.look(served_village.site)  # would wait for somebody who writes
    served_village.path.unlink()
    served_village.edit(village("Another village"))
    assert b"Another village" in served_village.page


def costs() -> tuple[int, int, int]:
    """Give what grows where something is kept for every edit: threads, open files, and memory in bytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return threading.active_count(), len([*Path("/proc/self/fd").iterdir()]), pages * os.sysconf("SC_PAGE_SIZE")


def test_many_edits_leave_no_blank_page_and_nothing_behind(served_village: Served) -> None:
    broken = [*BROKEN.values()]

    def edits(count: int) -> None:
        for number in range(count):
            served_village.edit(village(f"Village {number}"))
            served_village.edit(broken[number % len(broken)])
            assert f"<title>Village {number}</title>".encode() in served_village.page
            assert served_village.state["faults"]

    edits(10)
    threads, opened, memory = costs()
    edits(share(1000) // 2)
    after = costs()
    assert after[:2] == (threads, opened)
    assert after[2] - memory < 8e6


def test_the_site_keeps_bytes_and_no_app(served_village: Served) -> None:
    apps: list[weakref.ref[object]] = []
    for number in range(3):
        app = timeline.dashboard(timeline.load(served_village.path))
        app.title = str(number)
        apps.append(weakref.ref(app))
        served_village.site.show(app)
        del app
    served_village.edit(village("Another village"))  # and looks for garbage
    assert [one() for one in apps] == [None, None, None]


def test_an_exported_page_has_nothing_of_it(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    timeline.export(timeline.load(EVENTS), page)
    text = page.read_text("utf-8")
    for part in ("ui_watch", STATE, SCRIPT, *words.SERVED.values()):
        assert part not in text
    assert words.SERVED.keys() & words.WORDS.keys() == set()


@pytest.fixture
def village_at(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Give a document and the address at which it is served."""
    path = tmp_path / "village.json"
    path.write_bytes(GOOD)
    with serving(path) as address:
        yield path, address


def banner(page: Page) -> Any:  # noqa: ANN401 - Playwright's own
    return page.get_by_role("complementary", name=words.say("broken_region"))


def open_at(visit: Callable[..., Visit], address: str, **options: object) -> Visit:
    one = visit(viewport={"width": 1280, "height": 900}, **options)
    one.page.goto(address)
    ready(one.page)
    one.page.evaluate("() => { window.same = true; }")
    return one


def test_open_pages_show_an_edit_tell_a_fault_and_are_mended(
    village_at: tuple[Path, str], visit: Callable[..., Visit]
) -> None:
    path, address = village_at
    one = open_at(visit, f"{address}#themes=work")
    page = one.page
    for source in [*BROKEN.values()][:-1]:
        assert source is not None
        path.write_bytes(source)
        first = run("check", path).stderr.splitlines()[0].replace(str(path), path.name)
        expect(banner(page).get_by_role("listitem").first).to_have_text(first)
        expect(banner(page).get_by_role("status")).to_contain_text("village.json has")
        assert listed(page) == ["mill"]
    assert page.evaluate("() => [window.same, document.activeElement === document.body, window.hacked]") == [
        True, True, None,
    ]  # fmt: skip
    path.unlink()
    expect(banner(page).get_by_role("listitem")).to_have_text([re.compile("^village.json: does not exist")])
    path.write_bytes(GOOD)
    expect(banner(page)).to_be_hidden()
    assert page.evaluate("() => window.same")
    assert len([asked for asked in one.asked if asked.partition("#")[0] == address]) == 1
    path.write_bytes(village("Another village"))
    expect(page).to_have_title("Another village")
    ready(page)
    assert listed(page) == ["mill"]
    expect(banner(page)).to_be_hidden()
    assert one.said == []


def test_an_edit_leaves_the_reader_where_the_reader_was(tmp_path: Path, visit: Callable[..., Visit]) -> None:
    path = tmp_path / "events.json"
    shutil.copy(EVENTS, path)
    record = json.loads(EVENTS.read_text("utf-8"))
    with serving(path) as address:
        one = open_at(visit, f"{address}#themes=famine&q=grain&view=sources")
        page = one.page
        page.locator("#ui_sources details summary").nth(4).click()
        page.locator("#ui_sources details summary").nth(4).focus()
        page.evaluate("() => scrollTo(0, document.querySelectorAll('#ui_sources details')[4].offsetTop - 100)")
        place = page.evaluate("() => [scrollY, location.hash]")
        record["title"] = "Another title"
        files.write(json.dumps(record), path)
        expect(page.locator("h1")).to_have_text("Another title")
        ready(page)
        expect(page.locator("#ui_sources details summary").nth(4)).to_be_focused()
        assert (
            page.evaluate("() => [...document.querySelectorAll('#ui_sources details')].map((one) => one.open)").index(
                True
            )
            == 4
        )
        assert page.evaluate("() => [scrollY, location.hash]") == place
        assert place[0] > 300
        page.locator("[data-view=timeline]").first.click()
        page.locator("#ui_from").fill("19")
        page.locator("#ui_from").evaluate("(field) => field.setSelectionRange(1, 1)")
        record["title"] = "A third title"
        files.write(json.dumps(record), path)
        expect(page.locator("h1")).to_have_text("A third title")
        ready(page)
        expect(page.locator("#ui_from")).to_be_focused()
        expect(page.locator("#ui_from")).to_have_value("19")
        expect(page.locator("#ui_q")).to_have_value("grain")
        page.keyboard.type("2")
        expect(page.locator("#ui_from")).to_have_value("129")
        assert one.said == []


def test_what_is_selected_is_not_taken_away_and_the_focus_stays(
    village_at: tuple[Path, str], visit: Callable[..., Visit]
) -> None:
    path, address = village_at
    page = open_at(visit, address).page
    page.get_by_role("button", name="Keys", exact=True).focus()
    page.evaluate("() => getSelection().selectAllChildren(document.querySelector('h1'))")
    path.write_bytes(village("Another village"))
    for _ in range(2):
        with page.expect_response(lambda answer: answer.url.endswith(STATE) and is_other(answer.json(), page)):
            pass
    assert page.evaluate("() => String(getSelection()).trim()") == page.locator("h1").inner_text()
    page.evaluate("() => getSelection().removeAllRanges()")
    expect(page).to_have_title("Another village")
    expect(page.get_by_role("button", name="Keys", exact=True)).to_be_focused()


def test_an_open_dialog_is_not_taken_away(village_at: tuple[Path, str], visit: Callable[..., Visit]) -> None:
    path, address = village_at
    page = open_at(visit, address).page
    page.get_by_role("button", name="Keys", exact=True).click()
    path.write_bytes(village("Another village"))
    for _ in range(2):
        with page.expect_response(lambda answer: answer.url.endswith(STATE) and is_other(answer.json(), page)):
            pass
    assert page.evaluate("() => window.same")
    page.keyboard.press("Escape")
    expect(page).to_have_title("Another village")


def is_other(state: dict[str, Any], page: Page) -> bool:
    return bool(state["page"] != page.locator("script[data-version]").get_attribute("data-version"))


def test_a_page_that_something_keeps_old_is_loaded_anew_once(
    village_at: tuple[Path, str], visit: Callable[..., Visit]
) -> None:
    path, address = village_at
    one = open_at(visit, address)
    old = one.page.request.get(address).text()
    one.page.route(address, lambda route: route.fulfill(body=old, content_type="text/html"))
    one.asked.clear()
    path.write_bytes(village("Another village"))
    one.page.wait_for_function("() => !window.same")
    for _ in range(3):
        with one.page.expect_response(f"**{STATE}"):
            pass
    assert one.asked.count(address) == 1


def test_a_page_that_nobody_sees_asks_nothing_until_it_is_seen(
    village_at: tuple[Path, str], visit: Callable[..., Visit]
) -> None:
    _, address = village_at
    one = visit()
    one.speaks = True
    one.page.add_init_script("Object.defineProperty(document, 'hidden', { get: () => window.away ?? false });")
    one.page.clock.install()
    one.page.goto(address)
    ready(one.page)
    one.page.evaluate("() => { window.away = true; }")
    one.page.clock.run_for(5_000)
    one.asked.clear()
    for _ in range(20):
        one.page.clock.fast_forward(60_000)
    one.page.evaluate("() => fetch('/_gone')")  # by now what was asked before is asked
    assert [asked for asked in one.asked if asked.endswith(STATE)] == []
    with one.page.expect_request(f"**{STATE}"):
        one.page.evaluate("() => { window.away = false; document.dispatchEvent(new Event('visibilitychange')); }")


def test_a_page_whose_server_is_gone_stays_and_soon_asks_no_more(tmp_path: Path, visit: Callable[..., Visit]) -> None:
    path = tmp_path / "village.json"
    path.write_bytes(GOOD)
    with serving(path) as address:
        one = visit()
        one.speaks = True
        one.page.clock.install()
        one.page.goto(address)
        ready(one.page)
        one.page.wait_for_function("() => window.Plotly")  # the last that the page asks its server for
    one.asked.clear()
    for _ in range(20):
        one.page.clock.fast_forward(60_000)
        one.page.evaluate("() => fetch('/_gone').catch(() => {})")  # by now what was asked before is answered
    asked = [address for address in one.asked if address.endswith(STATE)]
    assert 0 < len(asked) < 10
    assert listed(one.page) == ["founded", "mill"]
    assert [said for said in one.said if "ERR_CONNECTION" not in said] == []


def test_two_readers_with_filters_of_their_own_never_mix(
    village_at: tuple[Path, str], visit: Callable[..., Visit]
) -> None:
    path, address = village_at
    shown = {"life": ["founded"], "work": ["mill"], "life,work": ["founded", "mill"]}
    readers = {themes: open_at(visit, f"{address}#themes={themes}").page for themes in ("life", "work")}
    others = open_at(visit, address).page
    for edit in range(2):
        path.write_bytes(village(f"Village {edit}"))
        for themes, page in readers.items():
            expect(page).to_have_title(f"Village {edit}")
            ready(page)
            assert (listed(page), page.evaluate("() => location.hash")) == (shown[themes], f"#themes={themes}")
        expect(others).to_have_title(f"Village {edit}")
        ready(others)
        assert (listed(others), others.evaluate("() => location.hash")) == (["founded", "mill"], "")
    pressed = readers["life"]
    pressed.get_by_role("button", name="Work").click()
    pressed.wait_for_url("**#themes=life,work")
    assert (listed(pressed), listed(readers["work"]), listed(others)) == (
        shown["life,work"], shown["work"], ["founded", "mill"],
    )  # fmt: skip


CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (color) => {
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => part / 255)
      .map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const banner = document.querySelector("#ui_watch"), ground = light(getComputedStyle(banner).backgroundColor);
  return Math.min(...["p", "summary", "li"].map((part) => {
    const ink = light(getComputedStyle(banner.querySelector(part)).color);
    return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
  }));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_banner_can_be_read_and_covers_nothing_for_good(
    scheme: str, village_at: tuple[Path, str], visit: Callable[..., Visit]
) -> None:
    path, address = village_at
    page = visit(viewport={"width": 390, "height": 844}, color_scheme=scheme).page
    page.goto(address)
    ready(page)
    path.write_bytes(MANY)
    expect(banner(page).get_by_role("listitem")).to_have_count(MOST + 1)
    assert page.evaluate(CONTRAST) >= 4.5
    box = banner(page).bounding_box()
    assert box["height"] <= 0.31 * 844
    assert page.evaluate("() => document.documentElement.scrollWidth") == 390
    page.evaluate("() => scrollTo(0, document.documentElement.scrollHeight)")
    above = page.locator("body > :not(#ui_watch, script, style, noscript):visible").last
    end, box = above.bounding_box(), banner(page).bounding_box()
    assert end is not None
    assert end["y"] + end["height"] <= box["y"] + 1
    banner(page).locator("summary").press("Enter")
    expect(banner(page).get_by_role("listitem").first).to_be_hidden()
    assert banner(page).bounding_box()["height"] < 120


def test_many_edits_leave_no_open_page_blank(village_at: tuple[Path, str], visit: Callable[..., Visit]) -> None:
    path, address = village_at
    one = open_at(visit, f"{address}#themes=work")
    broken = [*BROKEN.values()]
    for number in range(share(1000) // 2):
        path.write_bytes(village(f"Village {number}"))
        expect(one.page.locator("h1")).to_contain_text("illage")
        source = broken[number % len(broken)]
        path.unlink() if source is None else path.write_bytes(source)
        expect(one.page.locator("article#mill")).to_have_count(1)
    path.write_bytes(village("The last village"))
    expect(one.page).to_have_title("The last village")
    ready(one.page)
    assert listed(one.page) == ["mill"]
    expect(banner(one.page)).to_be_hidden()
    assert one.said == []
