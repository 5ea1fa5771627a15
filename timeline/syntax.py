"""What is wrong with a text that is not JSON, in words for people who write it by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.fault import quoted

if TYPE_CHECKING:
    from json import JSONDecodeError

MESSAGES = (  # how Python's message begins, what is wrong, what to write
    ("Unterminated string", "a text begins here and does not end", 'a " at its end'),
    ("Invalid control character", "there is a line break or a tab inside a text", r"\n or \t for it"),
    ("Invalid \\", "JSON does not know what this backslash means", r"\\ for a backslash itself"),
    ("Expecting ',' delimiter", "a comma is missing here", r"a comma, or \" for a quotation mark inside a text"),
    ("Expecting ':' delimiter", "a colon is missing here", "a colon between key and value"),
    ("Extra data", "the document has ended before this", "one object in { } and nothing after it"),
)


def explain(text: str, error: JSONDecodeError) -> tuple[int, str, str]:
    """Say where a text ceases to be JSON (as an offset), what is wrong there and what to write."""
    rest, before = text[error.pos :], text[: error.pos].rstrip()
    if error.msg.startswith("Illegal trailing comma") or (before.endswith(",") and rest[:1] in ("]", "}") and rest):
        comma = error.pos if rest.startswith(",") else len(before) - 1
        return comma, "nothing follows this comma", "no comma after the last entry"
    for start, problem, write in MESSAGES:
        if error.msg.startswith(start) and (rest.strip() or start == "Unterminated string"):
            return error.pos, problem, write
    if not rest.strip():
        return max(0, len(text.rstrip()) - 1), "the file ends here, in the middle of the document", "the rest of it"
    return error.pos, *_misplaced(rest, key=error.msg.startswith("Expecting property name"))


def _misplaced(rest: str, *, key: bool) -> tuple[str, str]:
    """Say what stands where a value or a key must."""
    if rest[:2] in ("//", "/*") or rest[0] == "#":
        return "JSON has no comments", "the comment into a summary or a note"
    if rest[0] in "'‘’“”„«":
        return f"{rest[0]} is not a quotation mark of JSON", 'a straight " before and after a text'
    word = quoted(re.split(r"[\s,:\]}]", rest, maxsplit=1)[0] or rest[0])
    if key:
        return f"{word} stands where a key must", 'a key in quotes, as in "title"'
    return f"{word} is no value", "a text in quotes, a number, true, false, null, a list or an object"
