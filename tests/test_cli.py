"""The ``timeline`` command and the package as one imports it: what they say, write, refuse and load."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cases import REFUSED
from click.testing import CliRunner

import timeline
from timeline.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
VILLAGE: dict[str, Any] = {
    "title": "A village",
    "themes": [{"id": "life", "label": "Life"}],
    "sources": [{"id": "book", "title": "A book", "kind": "book"}],
    "events": [
        {
            "id": "founded",
            "date": "1890",
            "title": "Founded",
            "themes": ["life"],
            "claims": [{"says": "So it was.", "cites": [{"source": "book"}]}],
        }
    ],
}
WRITTEN = json.dumps(VILLAGE, ensure_ascii=False, indent=1)


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], prog_name="timeline")


def event(**values: object) -> bytes:
    return json.dumps({**VILLAGE, "events": [{**VILLAGE["events"][0], **values}]}).encode()


def document(folder: Path, source: bytes | str = WRITTEN) -> Path:
    path = folder / "events.json"
    path.write_bytes(source.encode() if isinstance(source, str) else source)
    return path


COMMANDS = {"check": [], "export": ["-o", "page.html"], "serve": ["--port", "0"]}


def refused(result: Result, path: Path, reason: str) -> None:
    """Hold a refusal to one fault in one line, its count in another, and nothing else."""
    assert result.exit_code == 2
    assert result.stdout == ""
    fault, count = result.stderr.splitlines()
    assert re.match(rf"{re.escape(str(path))}(:\d+)?: .*{reason}.*", fault)
    assert count == "1 fault"
    assert isinstance(result.exception, SystemExit)


WRONG = ["UTF-16", "an exported page whose document is damaged", "a text that ends early", "NaN", "an id of two events"]


@pytest.mark.parametrize("command", ["export", "serve"])
@pytest.mark.parametrize("name", WRONG)
def test_every_command_refuses_a_wrong_document_as_check_does(
    command: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = document(tmp_path, REFUSED[name].source)
    result = run(command, path, *COMMANDS[command])
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", run("check", path).stderr)
    assert [*tmp_path.iterdir()] == [path]


def looped(folder: Path) -> Path:
    (folder / "loop.json").symlink_to("loop.json")
    return folder / "loop.json"


PLACES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a missing file": (lambda folder: folder / "none.json", "does not exist"),
    "a file in a missing folder": (lambda folder: folder / "no" / "events.json", "does not exist"),
    "a folder": (lambda folder: folder, "is a folder"),
    "a link to itself": (looped, "cannot be read"),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("place", "reason"), PLACES.values(), ids=PLACES)
def test_every_command_refuses_what_is_no_file_in_one_line(
    command: str, place: Callable[[Path], Path], reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = place(tmp_path)
    refused(run(command, path, *COMMANDS[command]), path, reason)


def process(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "timeline", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_a_process_ends_with_2_and_without_a_traceback(tmp_path: Path) -> None:
    path = document(tmp_path, REFUSED["100,000 lists in each other"].source)
    done = process("check", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 2
    assert "Traceback" not in done.stderr


def test_check_tells_how_much_it_found(tmp_path: Path) -> None:
    path = document(tmp_path)
    assert run("check", path).stdout == f"{path}: 1 event, 1 source, no faults\n"
    many = {**VILLAGE, "events": [{**VILLAGE["events"][0], "id": f"founded-{n}"} for n in range(1200)], "sources": []}
    many["events"] = [{**one, "claims": []} for one in many["events"]]
    assert run("check", document(tmp_path, json.dumps(many))).stdout == f"{path}: 1,200 events, 0 sources, no faults\n"


def test_a_sound_document_has_an_empty_list_of_faults(tmp_path: Path) -> None:
    result = run("check", document(tmp_path), "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


def test_export_tells_events_and_bytes_and_its_file_is_a_document(tmp_path: Path) -> None:
    path, page, again = document(tmp_path), tmp_path / "page.html", tmp_path / "again.HTM"
    result = run("export", path, "-o", page)
    assert (result.exit_code, result.stdout) == (0, f"{page}: 1 event, {page.stat().st_size:,} bytes\n")
    assert timeline.load(page) == timeline.load(path)
    assert run("export", page, "-o", again).exit_code == 0
    assert again.read_bytes() == page.read_bytes()
    assert sorted(tmp_path.iterdir()) == sorted([path, page, again])


def test_the_command_writes_what_the_package_exports(tmp_path: Path) -> None:
    path, page, again = document(tmp_path), tmp_path / "page.html", tmp_path / "again.html"
    assert run("export", path, "-o", page).exit_code == 0
    timeline.export(timeline.load(path), again)
    assert again.read_bytes() == page.read_bytes()


OUTPUTS = {
    "a folder": ("folder.html", 2, r"is a folder \(write the name of a file in it\)"),
    "a file in a missing folder": ("no/page.html", 1, r"No such file or directory \(write to a folder that exists"),
    "a file in a file": ("events.json/page.html", 1, r"Not a directory \(write to a folder that exists"),
    "another kind of file": ("page.pdf", 2, r"cannot write this kind of file \(.* \.html or \.svg\)"),
    "a name without an ending": ("page", 2, "cannot write this kind of file"),
    "the document itself": ("old.html", 2, r"is the document itself \(write another name\)"),
    "the document by another way": ("folder.html/../old.html", 2, "is the document itself"),
    "the document through a link": ("link.html", 2, "is the document itself"),
}


@pytest.mark.parametrize(("output", "code", "reason"), OUTPUTS.values(), ids=OUTPUTS)
def test_export_refuses_where_it_cannot_write_and_changes_nothing(
    output: str, code: int, reason: str, tmp_path: Path
) -> None:
    document(tmp_path)
    (tmp_path / "folder.html").mkdir()
    (tmp_path / "link.html").symlink_to("old.html")
    old = tmp_path / "old.html"
    old.write_text(WRITTEN)
    before = sorted(tmp_path.rglob("*"))
    result = run("export", old, "-o", tmp_path / output)
    assert (result.exit_code, result.stdout) == (code, "")
    assert re.fullmatch(rf"{re.escape(str(tmp_path / output))}: {reason}.*\n", result.stderr)
    assert sorted(tmp_path.rglob("*")) == before
    assert old.read_text() == WRITTEN


def test_a_wrong_document_leaves_the_old_file(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("old")
    assert run("export", document(tmp_path, event(title="")), "-o", page).exit_code == 2
    assert page.read_text() == "old"


def test_export_wants_to_be_told_its_file(tmp_path: Path) -> None:
    result = run("export", document(tmp_path))
    assert (result.exit_code, "--output" in result.stderr) == (2, True)


@pytest.mark.parametrize(("port", "write"), [(None, r"--port \d+"), (65535, "--port 8050")])
def test_a_taken_port_is_told_in_one_line_with_what_to_do(port: int | None, write: str, tmp_path: Path) -> None:
    with socket.socket() as taken:
        try:
            taken.bind(("127.0.0.1", port or 0))
        except OSError:
            pytest.skip("the port is taken by another program")
        taken.listen()
        number = taken.getsockname()[1]
        done = process("serve", document(tmp_path), "--port", str(number))
    assert (done.returncode, done.stdout) == (1, "")
    told = rf"port {number} is taken \(write {write}, or stop the program that uses it\)\n"
    assert re.fullmatch(told, done.stderr)


@pytest.mark.parametrize("host", ["192.0.2.1", "nowhere.invalid"])
def test_a_host_that_is_not_of_this_machine_is_told_in_one_line(host: str, tmp_path: Path) -> None:
    done = process("serve", document(tmp_path), "--port", "0", "--host", host)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(rf"cannot listen on {host}.*\(write --host 127\.0\.0\.1\)\n", done.stderr)


def test_the_version_is_that_of_the_package() -> None:
    assert run("--version").stdout == f"timeline, version {timeline.__version__}\n"


HEAVY = {"dash", "plotly", "pydantic", "flask", "waitress"}


@pytest.mark.parametrize(
    ("code", "may"),
    [
        ("import timeline", set()),
        ("import timeline; timeline.__version__; dir(timeline)", set()),
        ("from timeline.cli import main; main(['--version'], standalone_mode=False)", set()),
        ("from timeline.cli import main; main(['serve', '--help'], standalone_mode=False)", set()),
        ("import timeline; timeline.load('events.json')", {"pydantic"}),
        ("from timeline.cli import main; main(['check', 'events.json'], standalone_mode=False)", {"pydantic"}),
    ],
)
def test_nothing_is_loaded_before_it_is_needed(code: str, may: set[str]) -> None:
    told = f"{code}; import sys; print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, cwd=ROOT, check=True)
    assert HEAVY & set(done.stderr.split()) <= may


@pytest.mark.parametrize("name", timeline.__all__)
def test_every_public_name_is_there_and_says_what_it_is(name: str) -> None:
    public = getattr(timeline, name)
    assert public.__name__ == name
    assert len(public.__doc__.strip()) > 20
    assert name in dir(timeline)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'timeline' has no attribute 'nothing'"):
        timeline.nothing  # noqa: B018


def test_the_python_in_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(ROOT / "events.json", tmp_path)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for block in re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE):
        exec(compile(block, "README.md", "exec"), names)
        for expression, value in re.findall(r"^(\S.*?)  +# ('.*')$", block, re.MULTILINE):
            assert repr(eval(expression, names)) == value, expression


def test_the_documents_in_the_readme_are_sound(tmp_path: Path) -> None:
    for block in re.findall(r"^```json\n(.*?)^```", README, re.DOTALL | re.MULTILINE):
        assert timeline.load(document(tmp_path, block)).events


def test_the_name_of_a_file_commands_no_terminal(tmp_path: Path) -> None:
    odd = tmp_path / "a\x1b[31m\u202eb.json"
    odd.write_text(WRITTEN, "utf-8")
    picture = tmp_path / "a\x1b[31m.svg"
    for result in (run("check", odd), run("export", odd, "-o", picture), run("export", odd, "-o", odd)):
        assert "\\x1b[31m" in result.output
        assert not {"\x1b", "\u202e"} & {*result.output}
    odd.write_text("{", "utf-8")
    assert "\\x1b[31m\\u202eb.json" in run("check", odd).output
