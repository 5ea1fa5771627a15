"""Reading a document: a file becomes a Timeline, or every fault in it at once."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from timeline.columnar import unfolded
from timeline.complaint import complaints, shown
from timeline.document import Timeline
from timeline.fault import DocumentError, Fault, quoted
from timeline.garbage import uncollected
from timeline.limits import DEEPEST, EVENTS, LARGEST
from timeline.position import Lines, doubtful, find_positions
from timeline.reference import Finding, find_faults
from timeline.syntax import explain

if TYPE_CHECKING:
    import os

    from timeline import position

__all__ = ["DocumentError", "Fault", "load", "read"]

NOUNS = {
    "themes": "theme",
    "sources": "source",
    "events": "event",
    "measures": "measure",
    "glossary": "term",
    "tours": "tour",
}
TOO_LARGE = f"is larger than {LARGEST:,} bytes", "several documents"
TOO_DEEP = f"lists and objects stand more than {DEEPEST} deep in each other", "no more than 9 in each other"
MISSING = object()
_NAME = re.compile(r"[\w$-]{1,40}")
_FROZEN = re.compile(rb'<script\b[^>]*\bid="timeline-document"[^>]*>([^<]*)</script>')


def load(path: str | os.PathLike[str]) -> Timeline:
    """Read a document from a JSON file, or from an HTML file that was exported from one.

    Raises:
        DocumentError: Nothing else: for a file that cannot be read, and with all faults of one that can.

    """
    name = str(path).encode(errors="replace").decode()  # a file name need not be text
    if Path(path).is_dir():
        raise _refused(name, "is a folder", "the path of a file in it")
    try:
        with Path(path).open("rb") as file:
            source = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise _refused(name, "does not exist", "the path of a document, as in events.json") from None
    except PermissionError:
        raise _refused(name, "may not be read", "the path of a file that you may read") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise _refused(name, f"cannot be read: {reason}", "the path of a document, as in events.json") from None
    if len(source) > LARGEST:
        raise _refused(name, *TOO_LARGE)
    return read(source, name)


@uncollected()
def read(source: bytes, name: str) -> Timeline:
    """Read a document from the bytes of its file; ``name`` stands for it in messages. Raises DocumentError."""
    text = _decoded(source, name)
    parsed, repeated = _parsed(text, name)
    if (count := _event_count(parsed)) > EVENTS:  # at once: all that is wrong with so many would take minutes to tell
        much = Finding(("events",), f"has {count:,} entries", f"no more than {EVENTS:,}, the others as other documents")
        raise DocumentError(_located([much], parsed, text, name, hidden=False))
    findings = list(find_faults(parsed))
    try:
        document = Timeline.model_validate(parsed)
    except ValidationError as error:
        findings += complaints(error)
    hidden = repeated or doubtful(text)
    if findings or hidden:
        raise DocumentError(_located(findings, parsed, text, name, hidden=hidden))
    return document


def _decoded(source: bytes, name: str) -> str:
    """Give the text of a file: JSON in UTF-8, with or without byte-order mark, or the JSON in an exported page."""
    if not source.strip(b"\0 \t\r\n"):
        raise _refused(name, "is empty", 'a document, at least {"title": …, "themes": […]}')
    if b"\0\0" in source[:4]:
        raise _refused(name, "is saved as UTF-32", "it as UTF-8")
    if b"\0" in source[:4] or source[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _refused(name, "is saved as UTF-16", "it as UTF-8")
    if source.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        source = _thawed(source, name)
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        column = error.start - source.rfind(b"\n", 0, error.start)
        byte = f"byte {error.start:,} (0x{source[error.start]:02X}) is not UTF-8; the file may be saved as Latin-1"
        raise DocumentError((Fault(name, line, column, "", "", "", "", byte, "it as UTF-8"),)) from None


def _thawed(page: bytes, name: str) -> bytes:
    """Take the document out of an exported page, where it stands once, as base64 of gzip."""
    block = _FROZEN.search(page)
    if not block:
        raise _refused(name, "is HTML, not JSON", "the path of the document, or of a page exported from one")
    unpacking, unpacked = zlib.decompressobj(wbits=31), b""
    with suppress(binascii.Error, zlib.error):
        unpacked = unpacking.decompress(base64.b64decode(b"".join(block[1].split()), validate=True), LARGEST)
    if unpacking.unconsumed_tail:
        raise _refused(name, *TOO_LARGE)
    if not unpacking.eof:
        raise _refused(name, "is a page whose document is damaged", "the path of a whole copy")
    return unfolded(unpacked)


def _parsed(text: str, name: str) -> tuple[object, bool]:
    """Parse JSON; tell also whether a key stands twice in one object, which Python's parser lets pass."""
    repeated = False

    def entries(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        values = dict(pairs)
        repeated |= len(values) != len(pairs)
        return values

    try:
        parsed = json.loads(text, object_pairs_hook=entries, parse_int=_number)
    except json.JSONDecodeError as error:
        offset, problem, write = explain(text, error)
        line, column = Lines(text).at(offset)
        raise DocumentError((Fault(name, line, column, "", "", "", "", problem, write),)) from None
    except RecursionError:
        line, column = Lines(text).at(find_positions(text).deep or 0)
        raise DocumentError((Fault(name, line, column, "", "", "", "", *TOO_DEEP),)) from None
    return parsed, repeated


def _event_count(parsed: object) -> int:
    events = parsed.get("events") if isinstance(parsed, dict) else None
    return len(events) if isinstance(events, list) else 0


def _number(digits: str) -> float:
    """Read an integer; one too great for any use, which Python would refuse from 4,300 digits on, as infinite."""
    return int(digits) if len(digits) <= 300 else float(digits)  # noqa: PLR2004


def _located(findings: list[Finding], parsed: object, text: str, name: str, *, hidden: bool) -> tuple[Fault, ...]:
    """Turn findings into faults with line and column, in the order of the file; of two at one path the first stays.

    Where more is wrong than the findings say, it is looked for in all of the text.
    """
    wanted = [path for finding in findings for path in (finding.path, finding.earlier) if path is not None]
    positions, lines = find_positions(text, [()] if hidden else wanted), Lines(text)
    unsound = [Finding(path, "holds half a character or U+0000", "whole characters") for path, _ in positions.unsound]
    placed = [
        (second, Finding(path, f"stands twice, first in line {lines.at(first)[0]}", "each key once"))
        for path, first, second in positions.repeated
    ]
    if positions.deep is not None:
        placed.append((positions.deep, Finding((), *TOO_DEEP)))
    firsts: dict[position.Path, Finding] = {}
    for finding in [*unsound, *findings]:
        firsts.setdefault(finding.path, finding)
    for finding in firsts.values():
        earlier = f" in line {lines.at(positions.at(finding.earlier))[0]}" if finding.earlier else ""
        placed.append((positions.at(finding.path), replace(finding, problem=finding.problem + earlier)))
    return tuple(
        _fault(finding, parsed, name, *lines.at(offset)) for offset, finding in sorted(placed, key=lambda pair: pair[0])
    )


def _fault(finding: Finding, parsed: object, name: str, line: int, column: int) -> Fault:
    path, where, identity = finding.path, "", ""
    if len(path) > 1 and path[0] in NOUNS and isinstance(path[1], int):
        own = _value_at(parsed, (*path[:2], "id"))
        identity = own if isinstance(own, str) else ""
        where = f"{NOUNS[str(path[0])]} {quoted(identity) if identity else path[1] + 1}"
        path = path[2:]
    value = _value_at(parsed, finding.path)
    said = "" if value is MISSING or (isinstance(value, list | dict) and not finding.path) else shown(value)
    return Fault(name, line, column, where, identity, _field(path), said, finding.problem, finding.write)


def _field(path: position.Path) -> str:
    """Write a path as people do: ``claims[2].cites[0].at``."""
    steps = [f"[{key}]" if isinstance(key, int) else f".{key if _NAME.fullmatch(key) else quoted(key)}" for key in path]
    return "".join(steps).removeprefix(".")


def _value_at(parsed: object, path: position.Path) -> object:
    value: Any = parsed
    for key in path:
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return MISSING
    return value


def _refused(name: str, problem: str, write: str) -> DocumentError:
    return DocumentError((Fault(name, None, None, "", "", "", "", problem, write),))
