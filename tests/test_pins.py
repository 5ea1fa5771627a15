"""What the tests run with is pinned: every package by version and hashes, from no index by name."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PINNED = (ROOT / "requirements.txt").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PIN = re.compile(r"([a-z0-9-]+)==[^ \n]+( ; [^\\]+)? \\(\n    --hash=sha256:[0-9a-f]{64}( \\)?)+")


def names(text: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", text)
    assert found
    return re.sub("[._]", "-", found[0]).lower()


def test_every_line_of_the_requirements_is_a_pin_with_hashes_or_a_comment() -> None:
    rest = re.sub(r"^ *#.*\n", "", PINNED, flags=re.MULTILINE)
    pins = [match[1] for match in PIN.finditer(rest)]
    assert PIN.sub("", rest).strip() == ""
    assert len(pins) > 40


def test_the_requirements_name_no_address() -> None:
    assert not re.search(r"://|index|find-links|trusted-host|\w\.(org|com|io|net)\b", PINNED)


def test_all_that_the_project_asks_for_is_pinned() -> None:
    asked = {names(one) for one in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]}
    assert asked - {match[1] for match in PIN.finditer(PINNED)} == set()
