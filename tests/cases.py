"""The corpus of broken and odd documents: ``corpus/cases.toml`` says how it is written."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "corpus"
VILLAGE = (CORPUS / "village.json").read_text("utf-8")


@dataclass(frozen=True)
class Case:
    """A document as text and as the bytes of its file, and the faults that are told of it: none if it loads."""

    text: str
    source: bytes
    says: list[str]


def _case(written: dict[str, Any]) -> Case:
    text = written["text"] if "text" in written else _edited(written["old"], written["new"])
    if "fill" in written:
        text = text.replace("§", written["fill"] * written["times"])
    return Case(text, text.encode(written.get("encoding", "utf-8")), written.get("says", []))


def _edited(old: str, new: str) -> str:
    if VILLAGE.count(old) != 1:
        raise ValueError(f"{old!r} stands {VILLAGE.count(old)} times in village.json")
    return VILLAGE.replace(old, new)


CASES = {name: _case(case) for name, case in tomllib.loads((CORPUS / "cases.toml").read_text("utf-8")).items()}
REFUSED = {name: case for name, case in CASES.items() if case.says}
LOADED = {name: case for name, case in CASES.items() if not case.says}
