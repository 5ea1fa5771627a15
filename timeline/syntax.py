"""What is wrong with a text that is not JSON, in words for people who write it by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.fault import SHOWN, quoted

if TYPE_CHECKING:
    from json import JSONDecodeError

MESSAGES = (  # how Python's message begins, what is wrong, what to write
    ("Unterminated string", "a text begins here and does not end", 'a " at its end'),
    ("Invalid \\", "JSON does not know what this backslash means", r"\\ for a backslash itself"),
    ("Expecting ',' delimiter", "a comma is missing here", r"a comma, or \" for a quotation mark inside a text"),
    ("Expecting ':' delimiter", "a colon is missing here", "a colon between key and value"),
    ("Extra data", "the document has ended before this", "one object in { } and nothing after it"),
)
NUMBER = "decimal digits that do not begin with 0, as in 1930 or 0.5"
_NUMBER = re.compile(r"-?[0-9][0-9.eE+-]*\Z")
_REST = re.compile(r"[\w.+][^\s,:\]}]*")


def explain(text: str, error: JSONDecodeError) -> tuple[int, str, str]:
    """Say where a text ceases to be JSON (as an offset), what is wrong there and what to write."""
    rest, before = text[error.pos :], text[: error.pos].rstrip()
    if error.msg.startswith("Illegal trailing comma") or (before.endswith(",") and rest[:1] in ("]", "}") and rest):
        comma = error.pos if rest.startswith(",") else len(before) - 1
        return comma, "nothing follows this comma", "no comma after the last entry"
    if error.msg.startswith("Invalid control character"):
        return error.pos, *_unwritten(rest[0])
    if error.msg.startswith("Expecting ',' delimiter") and (number := _number(text, error.pos)):
        return error.pos - len(number[0]), f"{quoted(''.join(number))} is no number of JSON", NUMBER
    for start, problem, write in MESSAGES:
        if error.msg.startswith(start) and (rest.strip() or start == "Unterminated string"):
            return error.pos, problem, write
    if not rest.strip():
        return max(0, len(text.rstrip()) - 1), "the file ends here, in the middle of the document", "the rest of it"
    return error.pos, *_misplaced(rest, key=error.msg.startswith("Expecting property name"))


def _number(text: str, offset: int) -> tuple[str, str] | None:
    """Give what stands before and after the place where a number ceases to be one of JSON."""
    before, after = _NUMBER.search(text[max(0, offset - SHOWN) : offset]), _REST.match(text, offset)
    return (before[0], after[0]) if before and after else None


def _unwritten(character: str) -> tuple[str, str]:
    """Say of a control character that it may not stand in a text as itself."""
    if character in "\n\r\t":
        return "there is a line break or a tab inside a text", r"\n or \t for it"
    return f"there is a control character (U+{ord(character):04X}) inside a text", "the text without it"


def _misplaced(rest: str, *, key: bool) -> tuple[str, str]:
    """Say what stands where a value or a key must."""
    if rest[:2] in ("//", "/*") or rest[0] == "#":
        return "JSON has no comments", "the comment into a summary or a note"
    if rest[0] in "'‘’“”„«":
        return f"{rest[0]} is not a quotation mark of JSON", 'a straight " before and after a text'
    if rest[0] == ",":
        return "there is one comma too many here", "one comma between two entries"
    word = quoted(re.split(r"[\s,:\]}]", rest, maxsplit=1)[0] or rest[0])
    if key:
        return f"{word} stands where a key must", 'a key in quotes, as in "title"'
    return f"{word} is no value", "a text in quotes, a number, true, false, null, a list or an object"
