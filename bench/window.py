"""What a window of a document costs when it stands in SQLite: an R-tree over dates and ranks, FTS5 over the texts."""

from __future__ import annotations

import gzip
import json
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.peers import events

DRAWN = 1500
"""Events that a window shows at most, as the query has it: of those that meet it, the most important."""
SHARES = (1.0, 0.1, 0.01)
"""Windows, as shares of the period."""
TABLES = """
create table event (id integer primary key, key text, title text, theme integer, says text);
create virtual table extent using rtree (id, start, end, rank, last_rank);
create virtual table words using fts5 (title, says, content='event', content_rowid='id');
"""
WINDOW = """select event.id, title, theme, start, end from extent join event using (id)
where start <= ? and end >= ? and rank <= ? order by rank limit 1500"""
SEARCH = "select rowid from words where words match ? order by rank limit 200"


def windowed(document: dict[str, Any]) -> dict[str, float]:
    """Return the bytes that an event takes in the database, and what windows and a search cost: ms, rows, bytes."""
    shown = sorted(events(document), key=lambda event: -event["importance"])
    with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(Path(folder) / "events.sqlite")) as base:
        _fill(base, shown)
        size = base.execute("select page_count * page_size from pragma_page_count, pragma_page_size").fetchone()[0]
        first, last = (found(event["start"] for event in shown) for found in (min, max))
        middle, days = (first + last) / 2, last - first
        costs = [
            _asked(base, WINDOW, (middle + days * share / 2, middle - days * share / 2, DRAWN / share))
            for share in SHARES
        ]
        search, *_ = _asked(base, SEARCH, ("harvest grain",))
    times, rows, sizes = (max(column) for column in zip(*costs, strict=True))
    return {"each": size / len(shown), "window": times, "rows": rows, "answer": sizes, "search": search}


def _fill(base: sqlite3.Connection, shown: list[dict[str, Any]]) -> None:
    """Write the events, by falling importance, whose rank is their number."""
    base.executescript(TABLES)
    texts = ((n, one["id"], one["title"], one["theme"], one["text"]) for n, one in enumerate(shown))
    base.executemany("insert into event values (?, ?, ?, ?, ?)", texts)
    extents = ((n, one["start"], one["end"] or one["start"], n, n) for n, one in enumerate(shown))
    base.executemany("insert into extent values (?, ?, ?, ?, ?)", extents)
    base.execute("insert into words (words) values ('rebuild')")
    base.commit()


def _asked(base: sqlite3.Connection, query: str, values: tuple[Any, ...]) -> tuple[float, int, int]:
    """Return the median ms of an answer, its rows, and its size as gzipped JSON."""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        rows = base.execute(query, values).fetchall()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times), len(rows), len(gzip.compress(json.dumps(rows).encode()))
