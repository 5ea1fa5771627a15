"""Where in a JSON text each value stands, and what the JSON parser of Python lets pass."""

from __future__ import annotations

import json
import re
from bisect import bisect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from timeline.limits import DEEPEST

if TYPE_CHECKING:
    from collections.abc import Collection

Path = tuple[str | int, ...]
"""The keys and indexes that lead to a value: ``("events", 3, "date")``."""

_TOKEN = re.compile(r'[\s,:]*("[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]]|[^\s{}\[\]:,"]+)', re.DOTALL)
_DOUBTFUL = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_WHOLE = re.compile(r"\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..")
_SKIPPER = json.JSONDecoder(parse_int=float)  # Python refuses to read integers of 4,300 digits


@dataclass(slots=True)
class Positions:
    """Offsets in characters: of every value (of its key, if it has one) and of what no document may hold.

    ``repeated`` are keys that stand twice in one object, with both places; ``unsound`` are texts with half of a
    surrogate pair or with U+0000, neither of which can be shown; ``deep`` is where the nesting exceeds ``DEEPEST``.
    """

    of: dict[Path, int] = field(default_factory=dict)
    repeated: list[tuple[Path, int, int]] = field(default_factory=list)
    unsound: list[tuple[Path, int]] = field(default_factory=list)
    deep: int | None = None

    def at(self, path: Path) -> int:
        """Give the offset of a value, or of the nearest object around it for one that is missing."""
        while path not in self.of:
            path = path[:-1]
        return self.of[path]


class Lines:
    """The lines of a text, to turn offsets into line and column, both from 1."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def at(self, offset: int) -> tuple[int, int]:
        """Give line and column of an offset."""
        line = bisect(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


@dataclass(slots=True)
class _Container:
    path: Path
    keys: dict[str, int] | None  # of an object; a list has none
    whole: bool  # nothing in it is passed over
    next: str | int = 0
    in_key: bool = False


def doubtful(text: str) -> bool:
    """Tell whether half a character or U+0000 stands in a JSON text, as an escape; two halves in order are whole."""
    return _DOUBTFUL.search(text) is not None and _DOUBTFUL.search(_WHOLE.sub(" ", text)) is not None


def find_positions(text: str, wanted: Collection[Path] = ((),)) -> Positions:
    """Walk through JSON that the parser accepts, or refused for its depth alone; without recursion, at any depth.

    Lists and objects in which no ``wanted`` path ends, and which stand at the end of none, are passed over.
    """
    found, stack = Positions({(): 0}), list[_Container]()
    ends = set(wanted)
    on_the_way = {path[:length] for path in ends for length in range(len(path))}
    token = _TOKEN.match(text)
    while token:
        sign, offset, end = token[1][0], token.start(1), token.end()
        top = stack[-1] if stack else None
        if sign in "}]":
            del stack[-1:]
        elif top and top.keys is not None and top.in_key:
            _enter_key(found, top, top.keys, token[1], offset)
        else:
            path = _enter_value(found, top, offset)
            whole = (top is not None and top.whole) or path in ends
            if sign == '"' and _unsound(token[1]):
                found.unsound.append((path, offset))
            elif sign in "{[" and (whole or path in on_the_way):
                stack.append(_Container(path, {} if sign == "{" else None, whole, in_key=sign == "{"))
                if len(stack) > DEEPEST and found.deep is None:
                    found.deep = offset
            elif sign in "{[":
                end = _SKIPPER.raw_decode(text, offset)[1]
        token = _TOKEN.match(text, end)
    return found


def _enter_key(found: Positions, top: _Container, keys: dict[str, int], token: str, offset: int) -> None:
    key = json.loads(token)
    path = (*top.path, key)
    if key in keys:
        found.repeated.append((path, keys[key], offset))
    if _unsound(token):
        found.unsound.append((path, offset))
    keys[key], top.next, top.in_key = offset, key, False


def _enter_value(found: Positions, top: _Container | None, offset: int) -> Path:
    if top is None:
        return ()
    # Deeper paths are cut to keep the work proportional to the text; what stands there is refused anyway.
    path = (*top.path, top.next) if len(top.path) < DEEPEST else top.path
    if top.keys is None:
        found.of[path] = offset
        top.next = int(top.next) + 1
    else:
        found.of[path] = top.keys[str(top.next)]
        top.in_key = True
    return path


def _unsound(token: str) -> bool:
    return "\\u" in token and re.search("[\0\ud800-\udfff]", json.loads(token)) is not None
