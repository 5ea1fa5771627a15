"""What holds of any document: any JSON is loaded or refused in words; what loads is drawn, frozen and read back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from documents import documents, subset, year
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from soak import share

import timeline
from timeline.dates import civil
from timeline.plan import plan
from timeline.reader import read

if TYPE_CHECKING:
    from pathlib import Path

# Documents are large for hypothesis, and one folder serves all of them.
LARGE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]


def loaded(document: dict[str, Any]) -> timeline.Timeline:
    return read(json.dumps(document).encode(), "any.json")


@settings(suppress_health_check=LARGE)
@given(documents(), st.data())
def test_any_valid_document_is_planned_and_drawn(document: dict[str, Any], choose: st.DataObject) -> None:
    record = loaded(document)
    placed = plan(record)
    assert len(placed.events) == len(record.events)
    assert placed.period[0] < placed.period[1]
    themes = choose.draw(subset([theme.id for theme in record.themes]))
    first, last = civil(placed.period[0])[0], civil(placed.period[1] - 0.01)[0]
    shown = st.integers(max(first, -9999), min(last, 9998))
    window = "/".join(map(year, sorted(choose.draw(st.tuples(shown, shown)))))
    for figure in (timeline.figure(record), timeline.figure(record, themes=themes, window=window)):
        assert json.loads(figure.to_json(), parse_constant=pytest.fail)["layout"]


@settings(suppress_health_check=LARGE, max_examples=share(200))
@given(documents())
def test_any_valid_document_comes_back_equal_from_its_frozen_file(tmp_path: Path, document: dict[str, Any]) -> None:
    record, page = loaded(document), tmp_path / "page.html"
    assert record.model_dump(mode="json", by_alias=True, exclude_unset=True) == document
    assert timeline.export(record, page) == page.stat().st_size
    assert timeline.load(page) == record


def test_a_document_without_a_date_has_an_axis_of_a_century_and_not_of_a_day() -> None:
    record = loaded({"title": "Empty", "themes": [{"id": "life", "label": "Life"}]})
    assert [civil(end)[0] for end in plan(record).period] == [1900, 2000]


@pytest.mark.parametrize("date", ["1935/..", "../1935", "1935-05-01"])
def test_one_date_has_an_axis_around_it_even_if_it_is_open(date: str) -> None:
    event = {"id": "one", "date": date, "title": "One", "themes": ["life"]}
    record = loaded({"title": "One", "themes": [{"id": "life", "label": "Life"}], "events": [event]})
    start, end = plan(record).period
    assert any(start < edge < end for edge in (record.events[0].date.start, record.events[0].date.end))
