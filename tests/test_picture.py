"""A measure's still picture draws what its panel draws, says its words as they are, and needs no script."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from timeline.page import Page
from timeline.reader import read

HOSTILE = "<script>alert(1)</script> & \" ' %"


def svg(*series: dict[str, Any], **measure: Any) -> ET.Element | None:  # noqa: ANN401 - any JSON
    named = [
        {"id": f"s-{number}", "label": f"Series {number}", "base": "all", **one} for number, one in enumerate(series)
    ]
    record = {
        "title": "A village",
        "period": "1900/1919",
        "themes": [{"id": "work", "label": "Work"}],
        "measures": [{"id": "grain", "label": "Grain", "unit": "tonnes", "series": named, **measure}],
    }
    timeline = read(json.dumps(record).encode(), "test.json")
    drawn = str(Page(timeline).pictured(timeline.measures[0]))
    return ET.fromstring(drawn) if drawn else None


def texts(picture: ET.Element) -> list[str]:
    return [node.text or "" for node in picture.iter("text")]


def test_a_series_is_a_line_with_its_label_between_axes_with_years_and_numbers() -> None:
    picture = svg({"observations": [{"date": f"19{year}", "value": year} for year in range(10, 16)]})
    assert picture is not None
    assert picture.get("aria-label") == "Grain, tonnes"
    assert "1910" in texts(picture)
    assert "5" in texts(picture)
    assert [text for text in texts(picture) if text.endswith("Series 0")]
    line = next(path for path in picture.iter("path") if path.get("stroke-dasharray") is not None)
    assert (line.get("d") or "").count("L") == 5
    assert len([one for one in picture.iter("circle") if one.get("class") == "dot"]) == 6


def test_a_line_is_broken_where_a_range_lies_between() -> None:
    values = [{"date": "1910", "value": 1}, {"date": "1911", "low": 2, "high": 3}, {"date": "1912", "value": 4}]
    picture = svg({"observations": values})
    assert picture is not None
    lines = [path.get("d") or "" for path in picture.iter("path") if path.get("stroke-dasharray") is not None]
    assert all("L" not in line for line in lines)


@pytest.mark.parametrize("observations", [[], [{"date": "1861", "value": 1}]])
def test_what_has_nothing_in_the_period_has_no_picture(observations: list[dict[str, Any]]) -> None:
    assert svg({"observations": observations}) is None


def test_hostile_words_are_drawn_as_they_are() -> None:
    picture = svg({"label": HOSTILE, "observations": [{"date": "1901", "value": 1}]}, label=HOSTILE, unit=HOSTILE)
    assert picture is not None
    assert picture.get("aria-label") == f"{HOSTILE}, {HOSTILE}"
    assert [text for text in texts(picture) if text.endswith(HOSTILE)]
    assert not list(picture.iter("script"))
