"""Every document of the corpus is refused with its faults, or loads whole, and the command says the same."""

from __future__ import annotations

import contextlib
import json
import math
from typing import TYPE_CHECKING, Any

import pytest
from cases import CASES, LOADED, REFUSED, VILLAGE, Case
from click.testing import CliRunner

from timeline.cli import main
from timeline.fault import DocumentError, Fault, quoted
from timeline.reader import read

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from timeline.document import Timeline

DECODER = json.JSONDecoder(parse_int=lambda digits: float(digits) if len(digits) > 300 else int(digits))
FAULTY = pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)


def faults(case: Case) -> tuple[Fault, ...]:
    with pytest.raises(DocumentError) as refused:
        read(case.source, "events.json")
    return refused.value.faults


def kept(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Give a value without what is null: it may as well be missing."""
    if isinstance(value, dict):
        return {key: kept(inner) for key, inner in value.items() if inner is not None}
    return [kept(inner) for inner in value] if isinstance(value, list) else value


def said(record: Timeline) -> Any:  # noqa: ANN401 - any JSON
    return kept(record.model_dump(mode="json", by_alias=True, exclude_unset=True))


def test_the_corpus_holds_as_much_as_was_promised() -> None:
    assert len(REFUSED) >= 60
    assert len(LOADED) >= 30
    assert said(read(VILLAGE.encode(), "village.json")) == json.loads(VILLAGE)


@FAULTY
def test_a_broken_document_is_refused_with_its_faults(case: Case) -> None:
    assert [str(fault) for fault in faults(case)] == case.says


@pytest.mark.parametrize("case", LOADED.values(), ids=LOADED)
def test_an_odd_document_loads_and_every_value_stands_as_it_was_written(case: Case) -> None:
    assert said(read(case.source, "events.json")) == kept(json.loads(case.text))


def value_at(text: str, fault: Fault) -> Any:  # noqa: ANN401 - any JSON
    """Give the value that stands at a fault's line and column, or the value of the key there."""
    assert fault.line
    assert fault.column
    start = sum(len(line) + 1 for line in text.split("\n")[: fault.line - 1]) + fault.column - 1
    value, end = DECODER.raw_decode(text, start)
    after = text[end:].lstrip()
    return DECODER.raw_decode(after[1:].lstrip())[0] if after[:1] == ":" else value


def is_shown(value: Any, as_: str) -> bool:  # noqa: ANN401 - any JSON
    if isinstance(value, list | dict):
        return as_ == ("a list" if isinstance(value, list) else "an object")
    if isinstance(value, str):
        begins = json.loads(as_) if as_.isascii() and "\\x" not in as_ and as_[-2] != "…" else value
        return as_.startswith('"') and as_.endswith('"') and value.startswith(begins)
    return as_ == ("an infinite number" if value in (math.inf, -math.inf) else json.dumps(value))


@FAULTY
def test_a_fault_names_file_line_entry_field_value_reason_and_what_to_write(case: Case) -> None:
    for fault in faults(case):
        record = fault.record()
        assert list(record) == ["file", "line", "column", "where", "id", "field", "value", "problem", "write"]
        assert (fault.file, bool(fault.problem), bool(fault.write)) == ("events.json", True, True)
        if fault.field and "is missing" not in fault.problem:
            assert is_shown(value_at(case.text, fault), fault.value)
        if fault.id:
            assert f'"id": "{fault.id}"' in case.text or not fault.id.isprintable()
            assert fault.where.endswith(f"{quoted(fault.id)}")


def test_where_a_fault_is_of_no_line_the_whole_file_is_wrong() -> None:
    whole = {name for name, case in REFUSED.items() for fault in faults(case) if fault.line is None}
    assert whole == {
        "nothing", "only white space", "a file of NULs", "UTF-16", "UTF-16, big-endian, without a mark",
        "UTF-16, little-endian, without a mark", "UTF-32", "HTML saved as JSON",
        "an exported page whose document is damaged",
    }  # fmt: skip


def check(folder: Path, case: Case, *words: str) -> Result:
    (folder / "events.json").write_bytes(case.source)
    with contextlib.chdir(folder):
        return CliRunner().invoke(main, ["check", "events.json", *words], prog_name="timeline")


@FAULTY
def test_the_command_prints_the_faults_and_their_count_and_nothing_else(case: Case, tmp_path: Path) -> None:
    result = check(tmp_path, case)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.split("\n") == [*case.says, f"{len(case.says)} fault{'s' * (len(case.says) > 1)}", ""]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_as_json_the_command_prints_the_same_as_records(case: Case, tmp_path: Path) -> None:
    result = check(tmp_path, case, "--format", "json")
    assert (result.exit_code, result.stderr) == (2 if case.says else 0, "")
    assert [str(Fault(**record)) for record in json.loads(result.stdout)] == case.says
    assert json.loads(result.stdout) == ([fault.record() for fault in faults(case)] if case.says else [])


KINDS: list[dict[str, Any]] = [{"date": "1918-13"}, {"themes": ["x"]}, {"titel": "A"}, {"title": ""}, {"importance": 9}]


def test_500_faults_of_different_kinds_are_told_in_one_run_in_the_order_of_the_file(tmp_path: Path) -> None:
    good = {"date": "1930", "title": "A", "themes": ["policy"]}
    events = [{"id": f"event-{number}", **good, **KINDS[number % 5]} for number in range(500)]
    text = json.dumps({**json.loads(VILLAGE), "events": events, "tours": []}, indent=1)
    told = check(tmp_path, Case(text, text.encode(), [])).stderr.splitlines()
    assert told[-1] == "500 faults"
    assert [line.split('"')[1] for line in told[:-1]] == [f"event-{number}" for number in range(500)]
    places = [int(line.split(":")[1]) for line in told[:-1]]
    assert places == sorted(places)
    assert all(text.split("\n")[place - 1].lstrip().startswith('"') for place in places)
