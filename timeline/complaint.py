"""What the models have against a document, in words: for each of pydantic's errors what is wrong and what to write."""

from __future__ import annotations

import json
import re
from math import isinf
from typing import TYPE_CHECKING

from timeline.document import Timeline
from timeline.fault import SHOWN, RefusedError, quoted
from timeline.fields import HEX, INK, KEBAB, KEBAB_PAIR, LANGUAGE, WEB
from timeline.reference import Finding, advice, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

    from timeline.position import Path

TYPES = {  # pydantic's name of an error: what is wrong with the value, and what to write
    "string_type": ("{} is not a text", "it in quotes"),
    "int_type": ("{} is not a whole number", "a number without quotes and without a point, such as 3"),
    "float_type": ("{} is not a number", "a number without quotes, such as 61.5"),
    "finite_number": ("{} is not a number that can be shown", "a number that is known, or nothing"),
    "bool_type": ("{} is neither true nor false", "true or false, without quotes"),
    "tuple_type": ("{} is not a list", "a list in [ ]"),
    "model_type": ("{} is not an object", "an object in {{ }}"),
    "too_short": ("is empty", "at least one entry"),
    "string_too_long": ("is {count:,} characters long", "no more than {max_length:,}"),
    "greater_than_equal": ("{} is too small", "{ge} or more"),
    "less_than_equal": ("{} is too great", "{le} or less"),
}
PATTERNS = {
    INK: ("is empty", "some words"),
    KEBAB: ("{} is not an id", "small letters a to z and digits, joined by hyphens, as in hanging-order"),
    KEBAB_PAIR: ("{} does not name a series", "a measure and one of its series, as in deaths/famine"),
    HEX: ("{} is not a colour", "six digits after a #, as in #7a1f1f"),
    WEB: ("{} is not an address", "one that begins with https:// or http://"),
    LANGUAGE: ("{} is not a language", "its code, as in en or de-AT"),
}


def complaints(error: ValidationError) -> Iterator[Finding]:
    """Put all that the models refuse into words."""
    for each in error.errors(include_url=False):
        path, absent = each["loc"], each["input"] is None
        if each["type"] == "string_unicode":  # half a character, which the reader finds by itself, in keys too
            continue
        # For pydantic a list whose entries are wrong is too short, and a quantity is wrong at its last number, written
        # or not.
        if each["type"] != "too_short" or not each["input"]:
            yield Finding(path[:-1] if absent and path[-1:] == ("high",) else path, *_worded(each))


def shown(value: object) -> str:
    """Write a value as JSON has it, cut to a readable length; of a list or an object only that it is one."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    if isinstance(value, float) and isinf(value):
        return "an infinite number"  # 1e999 is one too; what was written is gone
    text = json.dumps(value)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _worded(error: ErrorDetails) -> tuple[str, str]:
    kind, path, value, context = error["type"], error["loc"], error["input"], error.get("ctx", {})
    if kind == "missing":
        return "is missing", f'the key "{path[-1]}"'
    if kind == "extra_forbidden":
        keys = [field.alias or name for name, field in _model_at(path[:-1]).model_fields.items()]
        return "is not a key that is known here", advice(str(path[-1]), keys, few=len(keys))
    if kind == "literal_error":
        words = re.findall("'([^']*)'", context["expected"])
        return f"{shown(value)} is not a word that is known here", advice(str(value)[:SHOWN], words, few=len(words))
    if kind == "value_error" and isinstance(context["error"], RefusedError):
        return context["error"].problem, context["error"].write
    if kind == "string_pattern_mismatch":
        problem, write = PATTERNS[context["pattern"]]
    else:
        problem, write = TYPES.get(kind, (f"{{}} is refused: {error['msg']}", ""))
    count = len(value) if isinstance(value, str) else 0
    return problem.format(shown(value), count=count), write.format(**context)


def _model_at(path: Path) -> type[BaseModel]:
    model: type[BaseModel] = Timeline
    for key in path:
        model = parts(model)[key] if isinstance(key, str) else model
    return model
