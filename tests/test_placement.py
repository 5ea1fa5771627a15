from __future__ import annotations

import json
import runpy
from itertools import combinations
from math import inf, isclose
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.placement import ROWS, Entry, Place, Placement, place, priority, thresholds, zoom

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent
CASES = json.loads((HERE / "placement-cases.json").read_text(encoding="utf-8"))
THRESHOLD_JS = (HERE.parent / "timeline" / "assets" / "threshold.js").read_text(encoding="utf-8")
LABELS = runpy.run_path(str(HERE.parent / "bench" / "labels.py"))
SHIPPED = Path(__file__).parent.parent / "events.json"
PERIOD = (0.0, 1000.0)


@pytest.fixture(scope="module")
def browser_page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_script_tag(content=THRESHOLD_JS)
    yield page
    page.close()


def entry(  # noqa: PLR0913 - the fields of an entry
    number: int, start: float, end: float | None = None, *, lane: int = 0, importance: int = 3, width: float = 100.0
) -> Entry:
    return Entry(f"event-{number}", lane, start, start if end is None else end, end is None, importance, width)


@st.composite
def entry_lists(draw: st.DrawFn, most: int = 14) -> list[Entry]:
    # Whole and fractional days alike: the one meets coincident and touching extents, the other everything between.
    # No fraction is finer than a microday, or the zoom that tells two moments apart would be past the tests' largest.
    fraction = st.floats(0, 1000).map(lambda days: round(days, 6))
    day = st.one_of(st.integers(0, 1000).map(float), st.integers(480, 520).map(float), fraction)
    entries = []
    for number in range(draw(st.integers(0, most))):
        start, end = sorted((draw(day), draw(day)))
        if draw(st.booleans()):
            end = min(end, round(start + draw(st.floats(0, 40)), 6))
        entries.append(
            Entry(
                id=f"event-{number}",
                lane=draw(st.integers(0, 1)),
                start=start,
                end=end,
                point=draw(st.booleans()),
                importance=draw(st.integers(1, 5)),
                width=draw(st.one_of(st.just(0.0), st.floats(1, 300))),
            )
        )
    return entries


# A picture laid out from the words of the rules, in px, knowing nothing of how thresholds come about.


class Box(NamedTuple):
    owner: int
    kind: str
    left: float
    right: float

    def padded(self, mark: Box) -> Box:
        """A label keeps 14 px free on the side away from its mark."""
        right = self.left > mark.left
        return self._replace(left=self.left - (0 if right else 14), right=self.right + (14 if right else 0))


def mark_box(owner: int, one: Entry, scale: float) -> Box:
    middle = (one.start + one.end) / 2 * scale
    width = 24.0 if one.point else max(24.0, (one.end - one.start) * scale)
    return Box(owner, "mark", middle - width / 2, middle + width / 2)


def label_box(owner: int, one: Entry, where: Place, scale: float, window: float) -> Box | None:
    mark = mark_box(owner, one, scale)
    if scale >= where.inside_zoom:
        left = max(one.start * scale, window) + 4
        return Box(owner, "inside", left, left + one.width) if left + one.width <= one.end * scale else None
    left = mark.right + 4 if where.side == "right" else mark.left - 4 - one.width
    return Box(owner, "label", left, left + one.width)


def drawn(
    entries: Sequence[Entry], places: Sequence[Place], scale: float, window: float = -inf
) -> dict[Any, list[Box]]:
    rows: dict[Any, list[Box]] = {}
    for owner, (one, where) in enumerate(zip(entries, places, strict=True)):
        boxes = rows.setdefault((one.lane, where.row), [])
        if where.mark_zoom <= scale:
            boxes.append(mark_box(owner, one, scale))
        if where.label_zoom <= scale and (box := label_box(owner, one, where, scale, window)):
            boxes.append(box)
    return rows


def collides(one: Box, other: Box, scale: float) -> bool:
    return min(one.right, other.right) - max(one.left, other.left) > 1e-6 + 1e-9 * 1000 * scale


def collisions(entries: Sequence[Entry], boxes: Sequence[Box], scale: float) -> list[tuple[Box, Box]]:
    def claim(box: Box) -> Box:
        return box.padded(mark_box(box.owner, entries[box.owner], scale)) if box.kind == "label" else box

    return [
        (one, other)
        for one, other in combinations(boxes, 2)
        if one.owner != other.owner and (collides(claim(one), other, scale) or collides(one, claim(other), scale))
    ]


def scales(places: Sequence[Place]) -> list[float]:
    """Every zoom at which something changes, as well as just before, just after and far beyond it."""
    numbers = {number for one in places for number in (one.mark_zoom, one.label_zoom, one.inside_zoom)}
    edges = {number * shift for number in numbers if 0 < number < 1e7 for shift in (1 - 1e-7, 1, 1 + 1e-7)}
    return sorted(edges | {0.01, 0.285, 0.88, 3.0, 20.0, 400.0})


def check_picture(entries: Sequence[Entry], places: Sequence[Place], scale: float, window: float = -inf) -> None:
    for boxes in drawn(entries, places, scale, window).values():
        assert collisions(entries, boxes, scale) == []
        for box in boxes:
            if box.kind == "label":
                assert box.left >= PERIOD[0] * scale - 1e-6 * (1 + scale)
                assert box.right <= PERIOD[1] * scale + 1e-6 * (1 + scale)


@given(entry_lists(), st.integers(1, 4))
@settings(max_examples=150, deadline=None)
def test_at_no_zoom_do_drawn_marks_and_labels_of_a_row_overlap_or_leave_the_period(
    entries: list[Entry], rows: int
) -> None:
    places = place(entries, period=PERIOD, rows=rows).places
    for scale in scales(places):
        check_picture(entries, places, scale)


@given(entry_lists(), st.floats(0, 1000), st.floats(0.1, 50))
@settings(max_examples=100, deadline=None)
def test_labels_that_slide_inside_their_bars_collide_in_no_window(
    entries: list[Entry], day: float, scale: float
) -> None:
    check_picture(entries, place(entries, period=PERIOD, rows=2).places, scale, window=day * scale)


@given(entry_lists(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_what_passes_a_filter_never_overlaps_under_its_own_thresholds(
    entries: list[Entry], chance: random.Random
) -> None:
    everywhere = place(entries, period=PERIOD, rows=2).places
    passing = [index for index in range(len(entries)) if chance.random() < 0.5]
    some = [entries[index] for index in passing]
    places = thresholds(some, [everywhere[index] for index in passing], period=PERIOD)
    assert [(one.row, one.side) for one in places] == [(everywhere[i].row, everywhere[i].side) for i in passing]
    for scale in scales(places):
        check_picture(some, places, scale)


@given(entry_lists(), st.integers(1, 4))
@settings(max_examples=150, deadline=None)
def test_no_mark_or_label_could_be_drawn_earlier_without_touching_what_goes_before_it(
    entries: list[Entry], rows: int
) -> None:
    placement = place(entries, period=PERIOD, rows=rows)
    for index, one in enumerate(entries):
        where = placement.places[index]
        if where.mark_zoom > 0:
            scale = min(where.mark_zoom * (1 - 1e-6), 1e9)
            obstacles = marks_beside(entries, placement, index, scale, sooner=True)
            obstacles += labels_before(entries, placement, index, scale, below=where.tier)
            assert any(collides(mark_box(index, one, scale), other, 0) for other in obstacles)
        if one.width and where.label_zoom > where.mark_zoom:
            check_label_waits_for_a_reason(entries, placement, index, min(where.label_zoom * (1 - 1e-6), 1e9))


def beside(entries: Sequence[Entry], placement: Placement, index: int, *, sooner: bool) -> list[int]:
    """The others of a row, or those among them that go before an event."""
    others = placement.order[: placement.order.index(index)] if sooner else placement.order
    row = (entries[index].lane, placement.places[index].row)
    return [i for i in others if i != index and (entries[i].lane, placement.places[i].row) == row]


def marks_beside(
    entries: Sequence[Entry], placement: Placement, index: int, scale: float, *, sooner: bool
) -> list[Box]:
    others = beside(entries, placement, index, sooner=sooner)
    if not sooner:
        tier = placement.places[index].tier  # no label waits for the mark of a later tier
        others = [i for i in others if placement.places[i].tier <= tier]
    return [mark_box(i, entries[i], scale) for i in others if placement.places[i].mark_zoom <= scale]


def labels_before(
    entries: Sequence[Entry], placement: Placement, index: int, scale: float, below: float = inf
) -> list[Box]:
    """What the labels of those before an event claim at a scale, if they are of a tier below one."""
    others = [i for i in beside(entries, placement, index, sooner=True) if placement.places[i].tier < below]
    return [claim(entries, placement, i, scale) for i in others if placement.places[i].label_zoom <= scale]


def claim(entries: Sequence[Entry], placement: Placement, index: int, scale: float) -> Box:
    box = label_box(index, entries[index], placement.places[index], scale, -inf)
    assert box
    return box if box.kind == "inside" else box.padded(mark_box(index, entries[index], scale))


def check_label_waits_for_a_reason(entries: Sequence[Entry], placement: Placement, index: int, scale: float) -> None:
    label = label_box(index, entries[index], placement.places[index], scale, -inf)
    assert label
    marks = marks_beside(entries, placement, index, scale, sooner=False)
    obstacles = marks + labels_before(entries, placement, index, scale)
    leaves = label.left < PERIOD[0] * scale or label.right > PERIOD[1] * scale
    assert leaves or any(collides(claim(entries, placement, index, scale), obstacle, 0) for obstacle in obstacles)


@given(entry_lists(most=30), st.integers(1, 3))
@settings(max_examples=100, deadline=None)
def test_late_events_put_off_nothing_that_stands_before_them(entries: list[Entry], rows: int) -> None:
    placement = place(entries, period=PERIOD, rows=rows)
    tiers = [placement.places[index].tier for index in placement.order]
    assert tiers == sorted(tiers)
    for most in set(tiers):
        some = [index for index in placement.order if placement.places[index].tier <= most]
        alone = thresholds([entries[i] for i in some], [placement.places[i] for i in some], period=PERIOD)
        assert list(alone) == [placement.places[index] for index in some]


@given(entry_lists(most=30), st.integers(1, 3))
@settings(max_examples=100, deadline=None)
def test_in_an_ordinary_plot_every_event_that_is_not_late_is_drawn(entries: list[Entry], rows: int) -> None:
    placement = place(entries, period=PERIOD, rows=rows)
    assert all(one.mark_zoom <= 0.855 * (1 + 1e-9) for one in placement.places if not one.tier)


@given(entry_lists())
@settings(max_examples=100, deadline=None)
def test_a_label_is_never_drawn_before_its_mark_and_fits_inside_its_bar_when_said_to(entries: list[Entry]) -> None:
    for one, where in zip(entries, place(entries, period=PERIOD).places, strict=True):
        assert where.label_zoom >= where.mark_zoom >= 0
        assert where.label_zoom == inf or one.width > 0
        if where.inside_zoom < inf:
            assert not one.point
            assert isclose((one.end - one.start) * where.inside_zoom, one.width + 8)


@given(entry_lists(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_document_changes_no_place(entries: list[Entry], chance: random.Random) -> None:
    def by_id(listed: list[Entry], placement: Placement) -> dict[str, Place]:
        return {one.id: where for one, where in zip(listed, placement.places, strict=True)}

    first = place(entries, period=PERIOD)
    shuffled = chance.sample(entries, len(entries))
    again = place(shuffled, period=PERIOD)
    assert by_id(entries, first) == by_id(shuffled, again)
    assert first.rows == again.rows
    assert [entries[index].id for index in first.order] == [shuffled[index].id for index in again.order]
    assert place(entries, period=PERIOD) == first


@given(entry_lists())
@settings(max_examples=100, deadline=None)
def test_a_filter_that_lets_everything_pass_changes_no_threshold(entries: list[Entry]) -> None:
    places = place(entries, period=PERIOD).places
    assert thresholds(entries, places, period=PERIOD) == places


def test_priority_falls_with_importance_and_does_not_follow_the_alphabet() -> None:
    entries = [entry(number, 1.0, importance=1 + number // 10) for number in range(30)]
    order = priority(entries)
    assert [entries[index].importance for index in order] == [3] * 10 + [2] * 10 + [1] * 10
    assert order[:10] != sorted(order[:10])
    assert order[:10] != sorted(order[:10], reverse=True)


@pytest.mark.parametrize(
    ("width", "day", "side"),
    [
        (100.0, 0.0, "right"),
        (100.0, 860.0, "right"),  # room on the right from 829 px for the whole period, so in an ordinary plot
        (100.0, 870.0, "left"),  # from 892 px only, and on the left from 133 px
        (100.0, 1000.0, "left"),
        (484.0, 650.0, "left"),  # from 1429 px, and on the left from 769 px
        (800.0, 450.0, "right"),  # from 1476 px, and on the left not before 1804 px
    ],
)
def test_a_label_stands_left_only_where_the_right_has_no_room_in_an_ordinary_plot(
    width: float, day: float, side: str
) -> None:
    assert place([entry(0, day, width=width)], period=PERIOD).places[0].side == side


def test_no_lane_has_more_rows_than_allowed_and_an_empty_lane_has_none() -> None:
    entries = [entry(number, 500.0, lane=2 * (number % 2)) for number in range(40)]
    placement = place(entries, period=PERIOD, rows=7)
    assert placement.rows == (7, 0, 7)
    assert sum(one.mark_zoom < inf for one in placement.places) == 14
    assert {one.row for one in placement.places} == set(range(7))
    assert place([], period=PERIOD) == Placement((), (), ())


def test_another_row_is_opened_only_for_what_has_no_room_in_those_there() -> None:
    apart = [entry(number, 400.0 * number, width=60.0) for number in range(3)]
    assert place(apart, period=PERIOD).rows == (1,)
    together = [entry(number, 500.0 + number, width=60.0) for number in range(5)]
    assert place(together, period=PERIOD).rows == (5,)
    # From the plot's width at which rows are opened, all labels are shown.
    assert all(one.label_zoom <= zoom(1000.0, 855.0) for one in place(together, period=PERIOD).places)


def test_the_less_important_event_is_the_one_that_waits() -> None:
    entries = [entry(number, 500.0 + number, importance=1 + number) for number in range(2)]
    assert [one.mark_zoom for one in place(entries, period=PERIOD, rows=1).places] == [24.0, 0.0]


def test_of_events_of_equal_importance_more_labels_are_shown_because_the_short_come_first() -> None:
    long = [entry(number, 10.0, width=800.0) for number in range(3)]
    short = [entry(number, 10.0 + 160 * (number - 3), width=90.0) for number in range(3, 9)]
    placement = place(long + short, period=PERIOD, rows=1)
    assert [one.label_zoom <= 0.855 for one in placement.places] == [False] * 3 + [True] * 6


def test_a_mark_without_room_in_an_ordinary_plot_waits_and_puts_off_no_label() -> None:
    first, second = place([entry(0, 500.0, importance=5), entry(1, 520.0)], period=PERIOD, rows=1).places
    assert (first.tier, second.tier) == (0, 3)
    assert isclose(first.label_zoom, 116 / 500)
    assert isclose(second.mark_zoom, 142 / 20)


def test_a_label_turns_to_its_other_side_before_a_row_is_opened_for_it() -> None:
    first, second = place([entry(0, 550.0, importance=5), entry(1, 500.0)], period=PERIOD).places
    assert (first.row, first.side, second.row, second.side) == (0, "right", 0, "left")
    assert second.label_zoom <= 0.855


def test_a_long_bar_keeps_days_of_its_own_where_rows_could_hold_all_bars() -> None:
    points = [entry(number, 20.0 * number, width=900.0, importance=5) for number in range(50)]
    bar = entry(99, 200.0, 800.0, importance=1, width=900.0)
    assert place([*points, bar], period=PERIOD, rows=2).places[-1].mark_zoom <= 0.855


def test_what_others_hide_for_ever_is_spread_over_the_rows() -> None:
    placement = place([entry(number, 0.0, 1000.0) for number in range(60)], period=PERIOD, rows=3)
    assert sum(one.mark_zoom < inf for one in placement.places) == 3
    assert min(sum(one.row == row for one in placement.places) for row in range(3)) >= 15


@pytest.mark.parametrize(
    ("made", "of"), [("generated", 60), ("generated", 96), ("generated", 300), ("generated", 1000), ("read", SHIPPED)]
)
def test_the_opening_view_shows_nearly_as_many_labels_as_the_best_of_random_orders(made: str, of: object) -> None:
    entries, period = LABELS[made](of)
    placement = place(entries, period=period)
    scale = zoom(period[1] - period[0], LABELS["PLOT"])
    best = LABELS["best_of"](entries, placement.rows, period, scale, 1000 if made == "read" else 50)
    assert LABELS["shown"](placement.places, scale) >= LABELS["SHARE"] * best
    assert max(placement.rows) <= ROWS


# The rule in either language.


def case_entries(case: dict[str, Any]) -> tuple[list[Entry], list[Place]]:
    events = case["events"]
    entries = [
        Entry(str(i), one.get("lane", 0), one["start"], one["end"], one["point"], len(events) - i, one["width"])
        for i, one in enumerate(events)
    ]
    places = [
        Place(one.get("row", 0), "left" if one.get("left") else "right", 0, 0, 0, one.get("tier", 0)) for one in events
    ]
    return entries, places


def in_browser(
    page: Page, entries: Sequence[Entry], places: Sequence[Place], order: Sequence[int], period: Sequence[float]
) -> list[tuple[float, float]]:
    columns = {
        **{name: [getattr(one, name) for one in entries] for name in ("lane", "start", "end", "point", "width")},
        "row": [one.row for one in places],
        "tier": [one.tier for one in places],
        "left": [one.side == "left" for one in places],
    }
    script = """([columns, order, period]) => {
        const {mark, label} = window.timeline.thresholds(columns, order, period);
        return Array.from(mark, (zoom, i) => [zoom, label[i]].map((one) => (one === Infinity ? null : one)));
    }"""
    found = page.evaluate(script, [columns, list(order), list(period)])
    return [(number(mark), number(label)) for mark, label in found]


def number(written: float | None) -> float:
    """JSON has no infinity."""
    return inf if written is None else written


def agree(found: Sequence[tuple[float, float]], expected: Sequence[tuple[float, float]]) -> bool:
    return all(
        isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)
        for one, other in zip(found, expected, strict=True)
        for a, b in zip(one, other, strict=True)
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
@pytest.mark.parametrize("language", ["python", "browser"])
def test_the_rule_gives_the_thresholds_of_the_table(
    case: dict[str, Any], language: str, request: pytest.FixtureRequest
) -> None:
    entries, places = case_entries(case)
    expected = [(number(one["mark"]), number(one["label"])) for one in case["events"]]
    if language == "python":
        given_back = thresholds(entries, places, period=tuple(case["period"]))
        found = [(one.mark_zoom, one.label_zoom) for one in given_back]
    else:
        page = request.getfixturevalue("browser_page")
        found = in_browser(page, entries, places, range(len(entries)), case["period"])
    assert agree(found, expected), found


@given(entry_lists(most=40), st.integers(1, 4), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_browser_and_python_agree_on_what_passes_any_filter(
    browser_page: Page, entries: list[Entry], rows: int, chance: random.Random
) -> None:
    placement = place(entries, period=PERIOD, rows=rows)
    passing = {index for index in range(len(entries)) if chance.random() < 0.7}
    order = [index for index in placement.order if index in passing]
    found = in_browser(browser_page, entries, placement.places, order, PERIOD)
    some = thresholds([entries[i] for i in order], [placement.places[i] for i in order], period=PERIOD)
    assert agree([found[index] for index in order], [(one.mark_zoom, one.label_zoom) for one in some])
    assert all(found[index] == (inf, inf) for index in range(len(entries)) if index not in passing)
