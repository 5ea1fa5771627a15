"""What one entry of a document says of another: ids that are taken, themes, sources, parts, events that do not exist.

All of it is checked on the JSON as it was read, whatever its shape, so that these faults are told together with those
of the models.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from pydantic import BaseModel

from timeline.document import Cite, Event, Figure, Link, Measure, Part, Source, Step, Timeline
from timeline.fault import SHOWN, quoted

if TYPE_CHECKING:
    from timeline.position import Path

REFERENCES: dict[tuple[type[BaseModel], str], str] = {
    (Cite, "source"): "source",
    (Cite, "repeats"): "source",
    (Source, "repeats"): "source",
    (Part, "repeats"): "source",
    (Event, "themes"): "theme",
    (Measure, "themes"): "theme",
    (Step, "themes"): "theme",
    (Step, "event"): "event",
    (Step, "measure"): "measure",
    (Link, "to"): "event",
    (Figure, "series"): "series",
}
LOOPS: dict[type[BaseModel], tuple[str, tuple[str, str]]] = {
    Link: ("to", ("event", "id")),
    Source: ("repeats", ("source", "id")),
    Part: ("repeats", ("source", "id")),
    Cite: ("repeats", ("source", "source")),
}
"""The key that may not point to its owner, what the owner is, and the key under which its id stands."""
RESERVED = frozenset(
    {"licences", "module", "react-entry-point", "timeline-bibliography", "timeline-document", "timeline-plan"}
)
"""Ids that an event may not have: an event's id is its article's, and that is also a name in the page's scripts.

A script that finds ``module`` takes the page for Node.js, where there are ``exports`` as well; the other ids are those
of elements of the page.
"""
FEW = 12
"""So many possibilities are listed in a message; of more, only the nearest is."""
MANY = 5_000
"""Among more possibilities than this no nearest is looked for: it would take seconds."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault by its path in the document; ``earlier`` is the path of the entry with which it collides."""

    path: Path
    problem: str
    write: str
    earlier: Path | None = None


class Entry(NamedTuple):
    """One object of the document with the model that it should fit, and the object in which it stands."""

    model: type[BaseModel]
    path: Path
    values: dict[str, Any]
    parent: dict[str, Any]


Known = dict[str, dict[str, dict[str, Any]]]
"""What there is of each kind, by its id; of each source also its outline."""
Check = Callable[[Entry, Known], Iterable[Finding]]


def find_faults(document: object) -> Iterator[Finding]:
    """Check all ids and references of a document, given as parsed JSON of any shape."""
    if not isinstance(document, dict):
        return
    known = {noun: _ids(document.get(f"{noun}s")) for noun in ("theme", "source", "event", "measure")}
    known["series"] = {
        f"{name}/{series}": {} for name, measure in known["measure"].items() for series in _ids(measure.get("series"))
    }
    known["outline"] = {name: _ids(source.get("outline")) for name, source in known["source"].items()}
    yield from _faults(Entry(Timeline, (), document, document), known)
    yield from _shared_forms(document)
    yield from _rings(document)


def _faults(entry: Entry, known: Known) -> list[Finding]:
    """Return the faults of an object and of those in it."""
    model, path, values, _ = entry
    findings: list[Finding] = []
    for check in _checks(model):
        findings += check(entry, known)
    for key, part in parts(model).items():
        value = values.get(key)
        if isinstance(value, list):
            for index, each in enumerate(value):
                if isinstance(each, dict):
                    findings += _faults(Entry(part, (*path, key, index), each, values), known)
        elif isinstance(value, dict):
            findings += _faults(Entry(part, (*path, key), value, values), known)
    return findings


@cache
def parts(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """Give the keys of a model under which other models stand."""
    found = {field.alias or name: _model_in(field.annotation) for name, field in model.model_fields.items()}
    return {key: part for key, part in found.items() if part}


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)


def _objects(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _named(value: object) -> Iterator[tuple[int, str]]:
    """Give the places and ids of the entries of a list that have one."""
    for index, each in enumerate(value if isinstance(value, list) else ()):
        if isinstance(each, dict) and isinstance(each.get("id"), str):
            yield index, each["id"]


def _ids(value: object) -> dict[str, dict[str, Any]]:
    """Give the entries of a list by their ids."""
    return {each["id"]: each for each in _objects(value) if isinstance(each.get("id"), str)}


def _texts(value: object) -> list[tuple[Path, str]]:
    """Give a text, or the texts of a list, each with the rest of its path."""
    if isinstance(value, list):
        return [((index,), each) for index, each in enumerate(value) if isinstance(each, str)]
    return [((), value)] if isinstance(value, str) else []


@cache
def _checks(model: type[BaseModel]) -> tuple[Check, ...]:
    """Give the checks that a model can fail, and no other: of the many entries most can fail one or two."""
    asked: tuple[tuple[Check, object], ...] = (
        (_taken_ids, _lists_with_ids(model)),
        (_reserved_id, model is Event),
        (_unknown, _references(model)),
        (_loops, model in LOOPS),
        (_unknown_part, model is Cite),
    )
    return tuple(check for check, needed in asked if needed)


def _taken_ids(entry: Entry, _: Known) -> Iterator[Finding]:
    for key in _lists_with_ids(entry.model):
        taken: dict[str, Path] = {}
        for index, text in _named(entry.values.get(key)):
            path = (*entry.path, key, index, "id")
            if text in taken:
                yield Finding(path, f"{quoted(text)} is taken", "another id", earlier=taken[text])
            taken.setdefault(text, path)


@cache
def _lists_with_ids(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(key for key, part in parts(model).items() if "id" in part.model_fields)


def _reserved_id(entry: Entry, _: Known) -> list[Finding]:
    text = entry.values.get("id")
    if not (isinstance(text, str) and text in RESERVED):
        return []
    return [Finding((*entry.path, "id"), f"{quoted(text)} is a name that the page itself uses", "another id")]


def _unknown(entry: Entry, known: Known) -> list[Finding]:
    findings = []
    for key, noun in _references(entry.model):
        value = entry.values.get(key)
        if value is None or (isinstance(value, str) and value in known[noun]):
            continue  # as nearly all of a large document
        seen = set[str]()
        for index, text in _texts(value):
            if text not in known[noun]:
                path = (*entry.path, key, *index)
                findings.append(Finding(path, f"there is no {noun} {quoted(text)}", advice(text, known[noun])))
            elif text in seen:
                findings.append(Finding((*entry.path, key, *index), f"{quoted(text)} stands twice", "it once"))
            seen.add(text)
    return findings


@cache
def _references(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    return tuple((key, noun) for (owner, key), noun in REFERENCES.items() if owner is model)


def _unknown_part(entry: Entry, known: Known) -> list[Finding]:
    source, part = entry.values.get("source"), entry.values.get("at")
    if not (isinstance(source, str) and source in known["outline"] and isinstance(part, str)):
        return []
    outline = known["outline"][source]
    if part in outline:
        return []
    problem = f"source {quoted(source)} has no part {quoted(part)}"
    write = advice(part, outline) if outline else "the parts of the source as its outline"
    return [Finding((*entry.path, "at"), problem, write)]


def _loops(entry: Entry, _: Known) -> list[Finding]:
    """Find what points to itself: a link, or a source, part or cite that repeats its own source."""
    key, (noun, owner_key) = LOOPS[entry.model]
    text = entry.values.get(key)
    if not isinstance(text, str):
        return []
    owner = entry.values if entry.model in (Source, Cite) else entry.parent
    if text != owner.get(owner_key):
        return []
    return [Finding((*entry.path, key), f"{quoted(text)} is this {noun} itself", f"another {noun}")]


def _shared_forms(document: dict[str, Any]) -> Iterator[Finding]:
    """Find a form that two terms of the glossary have: it could explain itself as one of them alone."""
    taken: dict[str, tuple[int, Path]] = {}
    glossary = document.get("glossary")
    for index, term in enumerate(glossary if isinstance(glossary, list) else ()):
        if not isinstance(term, dict):
            continue
        for key in ("term", "aliases"):
            for place, text in _texts(term.get(key)):
                path = ("glossary", index, key, *place)
                owner, earlier = taken.setdefault(text if text.isupper() else text.casefold(), (index, path))
                if owner != index:
                    yield Finding(path, f"{quoted(text)} is taken", "another form", earlier=earlier)


def _rings(document: dict[str, Any]) -> Iterator[Finding]:
    """Find sources that repeat each other in a ring, so that none of them is the origin."""
    sources, settled = document.get("sources"), set[str]()
    repeats = {name: source.get("repeats") for name, source in _ids(sources).items()}
    for start in repeats:
        chain: list[str] = []
        following: object = start
        while isinstance(following, str) and following in repeats and following not in settled:
            settled.add(following)
            chain.append(following)
            following = repeats[following]
        if len(chain) > 1 and following in chain[:-1]:
            ring = [*chain[chain.index(str(following)) :], str(following)]
            index = next(index for index, name in _named(sources) if name == chain[-1])
            said = " repeats ".join(map(quoted, ring))
            yield Finding(("sources", index, "repeats"), f"{said}: none is the origin", "the source that was first")


def advice(text: str, names: Iterable[str], few: int = FEW) -> str:
    """Say what may have been meant: the nearest name, or all of them if they are few."""
    known = [*names]
    if len(text) <= SHOWN and len(known) <= MANY and (near := get_close_matches(text, known, 1)):
        return quoted(near[0])
    if not known:
        return "nothing here, or add it"
    return f"one of {', '.join(known)}" if len(known) <= few else f"one of the {len(known):,} that exist"
