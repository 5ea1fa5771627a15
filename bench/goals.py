"""The goals, each with what was measured and what it may be at most, or must be at least, in the same run."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any, NamedTuple

Numbers = dict[str, Any]
SIZES = ("60", "1000", "10000", "100000")
GROWING = {
    "read": "reading",
    "place": "placing",
    "export": "exporting",
    "memory": "memory of the export",
    "raw": "file",
    "gzipped": "file, gzipped",
    "sight": "first sight",
    "live": "live",
    "filter": "filter",
    "search": "search",
    "select": "select",
    "zoom": "zoom, p95",
    "heap": "heap",
}
"""The costs whose growth is told."""


class Goal(NamedTuple):
    """One goal: in which number of the list, what it is about, what was measured and the limit, both with a unit."""

    number: int
    about: str
    value: float | None
    limit: float
    form: str
    """How the two are written."""
    least: bool = False
    """Whether the limit is a least one."""

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where nothing was measured."""
        if self.value is None or math.isnan(self.value):
            return None
        return self.value >= self.limit if self.least else self.value <= self.limit


def goals(result: Numbers) -> list[Goal]:
    """Return all goals for what a run has measured."""
    sizes = result["sizes"]
    return [
        *_opening(sizes), *_files(sizes), *_answering(sizes), *_showing(sizes), *_python(result), *_growing(sizes),
    ]  # fmt: skip


def _ours(sizes: Numbers, size: str, key: str) -> float | None:
    value: float | None = sizes[size]["ours"].get(key)
    return value


def _over(value: float | None, reference: float | None) -> float | None:
    """Return a ratio; what a reference that never came is held against is nothing."""
    if value is None or not reference:
        return None
    return 0.0 if reference == math.inf and value < math.inf else value / reference


def _opening(sizes: Numbers) -> list[Goal]:
    empty = sizes["shipped"]["empty"]["live"]
    found = [
        Goal(
            1,
            "first sight, shipped record / an empty page",
            _over(_ours(sizes, "shipped", "sight"), empty),
            3,
            "{:.2f} ×",
        )
    ]
    for size in sizes:
        rival = min(sizes[size][name]["live"] for name in ("vis", "vis-clustered") if name in sizes[size])
        found.append(
            Goal(1, f"first sight / vis, {_named(size)}", _over(_ours(sizes, size, "sight"), rival), 1, "{:.2f} ×")
        )
    limits = (("60", "vis", 2.5), ("shipped", "vis", 2.5), ("1000", "vis", 1.3), ("10000", "vis-clustered", 0.6),
              ("100000", "vis-clustered", 0.15))  # fmt: skip
    for size, peer, limit in limits:
        rival = sizes[size].get(peer, {}).get("live")
        about = f"live / {'vis, clustered' if peer != 'vis' else 'vis'}, {_named(size)}"
        found.append(Goal(1, about, _over(_ours(sizes, size, "live"), rival), limit, "{:.2f} ×"))
    for size in ("60", "shipped"):
        share = _ours(sizes, size, "jump")
        found.append(
            Goal(1, f"pixels that jump, {_named(size)}", None if share is None else share * 100, 0.5, "{:.2f} %")
        )
    return found


def _files(sizes: Numbers) -> list[Goal]:
    raw, packed = _ours(sizes, "shipped", "raw"), _ours(sizes, "shipped", "gzipped")
    large = _over(_ours(sizes, "100000", "gzipped"), sizes["100000"]["vis-clustered"].get("gzipped"))
    return [
        Goal(1, "file, shipped record", raw and raw / 1e6, 3.2, "{:.2f} MB"),
        Goal(1, "file, shipped record, gzipped", packed and packed / 1e6, 1.0, "{:.2f} MB"),
        Goal(1, "file, gzipped / vis, 100,000", large, 1.2, "{:.2f} ×"),
    ]


def _answering(sizes: Numbers) -> list[Goal]:
    found = []
    for key, number, limits in (
        ("filter", 2, (1.5, 1.5, 1.5, 3)),
        ("search", 2, (1.5, 1.5, 1.5, 3)),
        ("select", 2, (1.5, 1.5, 1.5, 3)),
        ("zoom", 3, (1.5, 1.5, 3, 4.5)),
    ):
        for size, limit in zip(SIZES, limits, strict=True):
            about = f"{GROWING[key]} / floor, {_named(size)}"
            found.append(Goal(number, about, _over(_ours(sizes, size, key), floor(sizes, size)), limit, "{:.2f} ×"))
    return found


def floor(sizes: Numbers, size: str) -> float:
    """Return the painted frame of an empty page, in ms."""
    value: float = sizes[size]["empty"]["filter"]
    return value


def _showing(sizes: Numbers) -> list[Goal]:
    found = [Goal(4, "heap, 100,000", _ours(sizes, "100000", "heap"), 200, "{:.0f} MB")]
    for size in SIZES:
        titles, least = _ours(sizes, size, "titles"), 55 if size == "60" else 100
        found.append(Goal(5, f"titles seen whole, {_named(size)}", titles, least, "{:.0f}", least=True))
    return found


def _python(result: Numbers) -> list[Goal]:
    large, start, served = result["sizes"]["100000"]["ours"], result["starting"]["ours"], result["serving"]
    memory, share = large.get("memory"), _over(served["site"], served["constant"])
    return [
        Goal(6, "reading / json.loads, 100,000", _over(large.get("read"), large.get("json")), 8, "{:.1f} ×"),
        Goal(6, "placing, 100,000", large.get("place"), 3, "{:.1f} s"),
        Goal(6, "exporting, 100,000", large.get("export"), 10, "{:.1f} s"),
        Goal(6, "memory of the export, 100,000", memory and memory / 1000, 1, "{:.2f} GB"),
        Goal(6, "timeline --version / import click", _over(start["version"], start["click"]), 2, "{:.2f} ×"),
        Goal(6, "of Dash and Plotly, import timeline imports", len(start["imports"].split()), 0, "{}"),
        Goal(7, "requests a second / a constant's", share, 0.8, "{:.2f} ×", least=True),
    ]  # fmt: skip


def _growing(sizes: Numbers) -> list[Goal]:
    """Return, for each cost, its fastest growth from size to size, as a share of what n log n would grow by."""
    found = []
    for key, name in GROWING.items():
        shares = [grown / allowed for grown, allowed in growth(sizes, key) if grown is not None]
        found.append(Goal(8, f"growth of {name} / n log n", max(shares) if shares else None, 1, "{:.2f} ×"))
    return found


def growth(sizes: Numbers, key: str, subject: str = "ours") -> list[tuple[float | None, float]]:
    """Return how often a cost grows from each size to the next, and how often n log n does."""
    found = []
    for small, large in pairwise(SIZES):
        values = [sizes[size].get(subject, {}).get(key) for size in (small, large)]
        few, many = int(small), int(large)
        grown = _over(values[1], values[0]) if None not in values and math.inf not in values else None
        found.append((grown, many * math.log(many) / (few * math.log(few))))
    return found


def _named(size: str) -> str:
    return "shipped record" if size == "shipped" else f"{int(size):,}"
