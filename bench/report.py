"""What a run has measured, as tables in Markdown, and as the page docs/performance.md around them."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2

from bench.goals import GROWING, SIZES, Goal, floor, goals, growth
from bench.peers import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Numbers = dict[str, Any]
DOCUMENT = Path(__file__).parent.parent / "docs" / "performance.md"
TEMPLATE = Path(__file__).parent / "performance.md.jinja"
SUBJECTS = {"ours": "**Sourced Timeline**", **NAMES}
COLUMNS = {
    "sight": "first sight", "live": "live", "filter": "filter", "search": "search", "select": "select",
    "zoom": "zoom p95", "heap": "heap, MB", "titles": "titles", "gzipped": "gzipped, MB", "openings": "openings",
}  # fmt: skip
IN = {"export": 1, "read": 1, "place": 1, "json": 1, "raw": 1e6, "gzipped": 1e6}
"""What some costs are divided by before they are written."""


def printed(result: Numbers) -> str:
    """Return the tables of a run, for a terminal."""
    if {*SIZES, "shipped"} - result["sizes"].keys():
        return peers_table(result)
    return "\n\n".join([peers_table(result), goals_table(goals(result)), growth_table(result)])


def written(result: Numbers) -> str:
    """Return the page of a run."""
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, keep_trailing_newline=True, autoescape=False  # noqa: S701 - not HTML
    )  # fmt: skip
    environment.filters["number"] = lambda value, digits=0: f"{value:,.{digits}f}"
    found = goals(result)
    missed = [goal for goal in found if goal.met is False]
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8")).render(
        machine=result["machine"],
        floor=floor(result["sizes"], "60"),
        empty=result["sizes"]["60"]["empty"]["live"],
        peers=peers_table(result),
        goals=goals_table(found),
        missed=missed,
        total=len(found),
        growth=growth_table(result),
        serving=result["serving"],
        window=result["window"],
        each=_each(result),
        large=result["sizes"][SIZES[-1]]["ours"],
        shipped=result["sizes"]["shipped"]["ours"],
        count=int(SIZES[-1]),
    )


def _each(result: Numbers) -> Numbers:
    """Return what one more event costs, from the smallest and the largest document: in between the list is whole."""
    few, many = (result["sizes"][size]["ours"] for size in (SIZES[0], SIZES[-1]))
    more = int(SIZES[-1]) - int(SIZES[0])

    def step(key: str) -> float:
        return (many.get(key, math.nan) - few.get(key, math.nan)) / more if many.get(key) and few.get(key) else math.nan

    return {
        "raw": step("raw"), "gzipped": step("gzipped"), "heap": step("heap") * 1e6, "live": step("live") * 1000,
        "memory": step("memory") * 1000, "export": step("export") * 1e6,
    }  # fmt: skip


def peers_table(result: Numbers) -> str:
    """Return what was measured of every subject: a row for a size and a subject."""
    rows = []
    for size, subjects in result["sizes"].items():
        for name, row in subjects.items():
            if name == "empty" and size != "60":
                continue
            cells = [_cell(row, key) for key in COLUMNS]
            rows.append([_named(size), SUBJECTS.get(name, name), *cells])
    return table(["events", "", *COLUMNS.values()], rows)


def goals_table(found: Iterable[Goal]) -> str:
    """Return each goal with what was measured."""
    said = {True: "met", False: "**not met**", None: "not measured"}
    rows = []
    for goal in found:
        measured = "–" if goal.met is None else "never" if goal.value == math.inf else goal.form.format(goal.value)
        limit = f"{'≥' if goal.least else '≤'} {goal.form.replace('.2f', 'g').replace('.1f', 'g').format(goal.limit)}"
        rows.append([str(goal.number), goal.about, measured, limit, said[goal.met]])
    return table(["goal", "", "measured", "limit", ""], rows)


def growth_table(result: Numbers) -> str:
    """Return our costs at each size, each with its growth from the size before."""
    sizes = result["sizes"]
    rows = [["n log n", "", *(f"× {allowed:.1f}" for _, allowed in growth(sizes, "raw"))]]
    units = {"memory": "MB", "heap": "MB", "raw": "MB", "gzipped": "MB", "read": "s", "place": "s", "export": "s"}
    for key, name in GROWING.items():
        cells = [_cell(sizes[size]["ours"], key) for size in SIZES]
        factors = ["", *(f" (× {grown:.1f})" if grown else "" for grown, _ in growth(sizes, key))]
        rows.append(
            [f"{name}, {units.get(key, 'ms')}", *(cell + factor for cell, factor in zip(cells, factors, strict=True))]
        )
    return table(["", *map(_named, SIZES)], rows)


def compared(result: Numbers) -> str:
    """Return our page's costs, and where another commit's were measured in the same run, their ratio."""
    rows = []
    for size, subjects in result["sizes"].items():
        now, before = subjects["ours"], subjects.get("before", {})
        for key in [*GROWING, "titles"]:
            values = [one.get(key) for one in (now, before)]
            ratio = f"{values[0] / values[1]:.2f}" if values[1] and values[0] is not None else "–"
            rows.append([_named(size), GROWING.get(key, key), _cell(now, key), _cell(before, key), ratio])
    return table(["events", "", "now", "before", "ratio"], rows)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown; numbers stand to the right."""
    lines = [heads, ["---:" if n else "---" for n in range(len(heads))], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(row: Numbers, key: str) -> str:
    value = row.get(key)
    if value is None or math.isnan(value):
        return "–"
    if math.isinf(value):
        return "> 60 s" if key in ("sight", "live") else "> 20 s"
    value /= IN.get(key, 1)
    return f"{value:,.0f}" if value >= 100 or key not in IN else f"{value:,.2f}"  # noqa: PLR2004 - three figures are enough


def _named(size: str) -> str:
    return "shipped record" if size == "shipped" else f"{int(size):,}"
