"""Like entries as columns: a page holds the events of its document so, which gzip then packs a fifth smaller.

A *table* is ``{"count": rows, "columns": {key: column}}``. A column holds a value for each row, ``null`` where a row
has none; one of entries is ``{"of": table, "here": ...}``, and one of lists of entries ``{"of": table, "each": ...}``
with how many of the table's rows belong to each. ``assets/columns.js`` reads the same in the browser.
"""

from __future__ import annotations

import json
from itertools import accumulate, chain, islice
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from timeline.dates import Date
from timeline.garbage import uncollected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.document import Timeline

Row = dict[str, Any]  # an entry of a document, as JSON has it: it holds no null


def table(entries: Sequence[BaseModel], order: Sequence[int]) -> Row:
    """Return entries of one model as a table in an order of their indices, without what is as it would be anyway.

    They are asked in the order in which they are given, and so lie in memory: in another it takes several times as
    long of very many.
    """
    columns: Row = {}
    if not entries:
        return {"count": 0, "columns": columns}
    fields = type(entries[0]).model_fields
    said = [*map(vars, entries)]
    for name, field in fields.items():
        values, default = [one[name] for one in said], None if field.is_required() else field.default
        if values.count(default) < len(values):
            own = [None if value == default else value for value in values]
            columns[field.alias or name] = _column(own, order)
    return {"count": len(entries), "columns": columns}


def _column(values: Sequence[Any], order: Sequence[int]) -> Sequence[Any] | Row:
    found = next(value for value in values if value is not None)
    if isinstance(found, BaseModel):
        there = [(value,) if value else () for value in values]
        return {"of": _inner(there, order), "here": [values[index] and 1 for index in order]}
    if isinstance(found, tuple) and isinstance(found[0], BaseModel):
        counts = [value and len(value) for value in values]
        return {"of": _inner([value or () for value in values], order), "each": [counts[index] for index in order]}
    if isinstance(found, Date):
        values = [value and value.text for value in values]
    return [values[index] for index in order]


def _inner(lists: Sequence[Sequence[BaseModel]], order: Sequence[int]) -> Row:
    """Return the entries of several lists as one table, the lists in an order of their indices."""
    ends = [*accumulate(map(len, lists), initial=0)]
    places = [place for index in order for place in range(ends[index], ends[index + 1])]
    return table([*chain.from_iterable(lists)], places)


def rows(table: Row) -> list[Row]:
    """Return the entries of a table."""
    found: list[Row] = [{} for _ in range(table["count"])]
    for key, column in table["columns"].items():
        for row, value in zip(found, _values(column), strict=True):
            if value is not None:
                row[key] = value
    return found


def _values(column: list[Any] | Row) -> Iterator[Any]:
    if isinstance(column, list):
        return iter(column)
    inner = iter(rows(column["of"]))
    if "each" in column:
        return (count if count is None else [*islice(inner, count)] for count in column["each"])
    return (here and next(inner) for here in column["here"])


@uncollected()
def folded(timeline: Timeline, order: Sequence[int]) -> str:
    """Return a document as JSON with its events as a table, in an ``order`` of their indices, which it names."""
    document = timeline.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"events"})
    events = table(timeline.events, order)
    return json.dumps({**document, "order": [*order], "events": events}, ensure_ascii=False, separators=(",", ":"))


@uncollected()
def unfolded(text: bytes) -> bytes:
    """Return a document's JSON with its events as entries, in the order that they had; any other text as it is."""
    try:
        document = json.loads(text)
        placed = dict(zip(document.pop("order"), rows(document["events"]), strict=True))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, RuntimeError):
        return text  # somebody else wrote it, and the reader says what is wrong with it
    return json.dumps({**document, "events": [placed[index] for index in sorted(placed)]}, ensure_ascii=False).encode()
