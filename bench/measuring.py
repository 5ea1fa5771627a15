"""One run: everything that is measured, as plain numbers by size of the document and by subject."""

from __future__ import annotations

import gzip
import json
import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import costs, peers
from bench.browser import PAGES, Chromium, Opening
from bench.documents import document
from bench.pictures import jump

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parent.parent
SHIPPED = "shipped"
"""The document that comes with the package, among the sizes."""
OURS, BEFORE = "ours", "before"
SIZES = ("60", SHIPPED, "1000", "10000", "100000")
OPENINGS = {"60": 5, SHIPPED: 5, "1000": 5, "10000": 3, "100000": 3}
ACTED = {"60": 2}
"""In how many of the openings the page is acted on, if not in one."""
SPENT = 45.0
"""Seconds for one page, after which it is not opened again."""
SLOW = 12_000.0
"""Milliseconds to live, after which a subject is not tried with more events."""
REFERENCES = ("empty", "vis")
"""The peers that the shipped record is held against."""

Numbers = dict[str, Any]


def run(sizes: Sequence[str], names: Sequence[str], other: Path | None) -> Numbers:
    """Measure our page, that of another commit if its folder is given, and peers, for documents of some sizes."""
    result: Numbers = {"machine": _machine(), "sizes": {}}
    roots = {OURS: ROOT, **({BEFORE: other} if other else {})}
    with tempfile.TemporaryDirectory() as folder, Chromium() as browser:
        slow: set[str] = set()
        for size in sizes:
            given = Path(folder) / f"{size}.json"
            _write_document(size, given)
            subjects = {name: _exported(root, given, name) for name, root in roots.items()}
            for name in names if size != SHIPPED else [name for name in names if name in REFERENCES]:
                if name not in slow:
                    file = given.with_name(f"{name}-{size}.html")
                    peers.write(name, json.loads(given.read_text(encoding="utf-8")), file)
                    subjects[name] = {"file": file}
            _measure(browser, size, subjects)
            if size in ("60", SHIPPED) and subjects[OURS]["file"]:
                subjects[OURS]["jump"] = jump(browser, subjects[OURS]["file"], PAGES / "ours.js")
            slow |= {name for name, row in subjects.items() if row["live"] > SLOW and name in names}
            result["sizes"][size] = {name: _weighed(row) for name, row in subjects.items()}
    result["starting"] = {name: costs.starting(root) for name, root in roots.items()}
    return result


@contextmanager
def checkout(commit: str) -> Iterator[Path]:
    """Give a folder with another commit, whose package is complete."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "other"
        _git("worktree", "add", "--quiet", "--detach", str(root), commit)
        try:
            for bundle in (ROOT / "timeline" / "assets").glob("plotly-basic.min.js*"):  # ignored by git
                shutil.copy(bundle, root / "timeline" / "assets")
            yield root
        finally:
            _git("worktree", "remove", "--force", str(root))


def _write_document(size: str, file: Path) -> None:
    if size == SHIPPED:
        shutil.copy(ROOT / "events.json", file)
    else:
        file.write_text(json.dumps(document(int(size)), ensure_ascii=False), encoding="utf-8")


def _exported(root: Path, given: Path, name: str) -> Numbers:
    """Export a document with the package of a folder; return the file and what it cost."""
    file = given.with_name(f"{name}-{given.stem}.html")
    row: Numbers = costs.export(root, given, file)
    row["file"] = file if row["export"] is not None else None
    _say(given.stem, name, {"export": row["export"] and row["export"] * 1000})
    if file.is_file():
        row |= costs.costs(root, given)
    return row


def _measure(browser: Chromium, size: str, subjects: dict[str, Numbers]) -> None:
    """Open the subjects by turns, and put what was measured into them."""
    openings: dict[str, list[Opening]] = {name: [] for name in subjects}
    spent = dict.fromkeys(subjects, 0.0)
    for turn in range(OPENINGS[size]):
        for name, row in subjects.items():
            if row["file"] is None or spent[name] > SPENT:
                continue
            began = time.perf_counter()
            driver = PAGES / "ours.js" if name in (OURS, BEFORE) else None
            openings[name].append(
                browser.opened(row["file"], driver=driver, acting=3 if turn < ACTED.get(size, 1) else 0)
            )
            spent[name] += time.perf_counter() - began
    for name, row in subjects.items():
        row.update(_medians(openings[name]))
        _say(size, name, row)


def _medians(openings: list[Opening]) -> Numbers:
    """Return the medians of some openings; infinity for what never came, None for what there is not."""
    lived = [one for one in openings if one.live is not None]
    if not lived:
        return {"openings": len(openings), "live": math.inf, "sight": math.inf}
    acted: dict[str, list[float]] = {}
    for one in lived:
        for action, times in one.actions.items():
            acted.setdefault(action, []).extend(math.inf if time is None else time for time in times)
    row: Numbers = {
        "openings": len(lived),
        **{
            name: statistics.median([value for one in lived if (value := getattr(one, name)) is not None] or [math.nan])
            for name in ("sight", "live", "heap", "titles")
        },
    }
    for action, times in acted.items():
        if times:
            ordered = sorted(times)
            row[action] = ordered[math.ceil(0.95 * len(ordered)) - 1] if action == "zoom" else statistics.median(times)
            row[f"{action}s"] = len(times)
    return row


def _weighed(row: Numbers) -> Numbers:
    """Return a row with the size of its file in place of the file."""
    file = row.pop("file")
    if file is None:
        return row
    raw = file.read_bytes()
    file.unlink()
    return {**row, "raw": len(raw), "gzipped": len(gzip.compress(raw, 6))}


def _machine() -> Numbers:
    commit = _git("rev-parse", "--short", "HEAD")
    changed = _git("status", "--porcelain", "--", "timeline")
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "chromium": _output(shutil.which("chromium") or "chromium", "--version").split()[1],
        "commit": commit + (" with changes" if changed else ""),
    }


def _git(*arguments: str) -> str:
    return _output("git", "-C", str(ROOT), *arguments)


def _output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603 - ours


def _say(size: str, name: str, row: Numbers) -> None:
    """Tell on the way what has been measured."""
    told = ("sight", "live", "filter", "search", "select", "zoom", "heap", "titles", "export", "openings")
    texts = [f"{key} {row[key]:.0f}" for key in told if row.get(key) is not None]
    print(f"{size:>8} {name:14} {'  '.join(texts)}", file=sys.stderr, flush=True)
