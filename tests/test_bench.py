"""The bench's own parts: its documents are without faults, and its page says what a run has measured."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from bench.documents import document
from bench.goals import SIZES, goals, growth
from bench.report import written
from timeline.reader import read


@pytest.mark.parametrize("count", [1, 60, 1000])
def test_generated_documents_have_no_faults_and_are_always_the_same(count: int) -> None:
    text = json.dumps(document(count))
    assert text == json.dumps(document(count))
    assert len(read(text.encode(), "events.json").events) == count


def result(**ours: float) -> dict[str, Any]:
    """A run in which everything costs the same but for some costs of ours."""
    costs = ("sight", "live", "filter", "search", "select", "zoom", "heap", "titles", "raw", "gzipped", "openings",
             "export", "memory", "read", "json", "place", "jump")  # fmt: skip
    row = dict.fromkeys(costs, 1.0)
    sizes = {
        size: {name: dict(row) for name in ("ours", "empty", "vis", "vis-clustered")} for size in (*SIZES, "shipped")
    }
    sizes["100000"]["ours"] |= ours
    sizes["100000"]["vis"] = {"live": math.inf, "sight": math.inf, "openings": 1}
    return {
        "machine": {"cores": 2, "chromium": "1", "python": "3", "commit": "abc"},
        "sizes": sizes,
        "starting": {"ours": {"version": 1.0, "click": 1.0, "imports": ""}},
        "serving": {"site": 1.0, "constant": 1.0, "size": 1},
        "window": {"each": 1.0, "window": 1.0, "rows": 1, "answer": 1, "search": 1.0},
    }


def test_a_goal_that_is_missed_is_said() -> None:
    run = result(raw=2e7, gzipped=2e6, heap=300.0, live=math.inf)
    missed = {goal.about for goal in goals(run) if goal.met is False}
    assert {"heap, 100,000", "live / vis, clustered, 100,000"} <= missed
    page = written(run)
    assert "| 4 | heap, 100,000 | 300 MB | ≤ 200 MB | **not met** |" in page
    assert "| 1 | live / vis, clustered, 100,000 | never | ≤ 0.15 × | **not met** |" in page


def test_growth_is_that_of_a_cost_beside_that_of_n_log_n() -> None:
    last, allowed = growth(result(heap=12.0)["sizes"], "heap")[-1]
    assert last == 12
    assert allowed == pytest.approx(12.5)
