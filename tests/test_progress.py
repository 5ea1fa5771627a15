"""Progress: told on a terminal while something takes long, and gone when it is done."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from timeline import progress
from timeline.progress import doing

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
EVENTS = ROOT / "events.json"


class Terminal(io.StringIO):
    """A terminal, or what is none, that tells when something is written to it."""

    def __init__(self, *, seen: bool = True) -> None:
        super().__init__()
        self.seen, self.written = seen, threading.Event()

    def isatty(self) -> bool:
        return self.seen

    def write(self, text: str) -> int:
        count = super().write(text)
        self.written.set()
        return count

    @property
    def line(self) -> str:
        """What stands on the one line at the end."""
        cells: list[str] = []
        for part in self.getvalue().split("\r"):
            cells[: len(part)] = part
        return "".join(cells).rstrip()


@pytest.fixture
def look_on(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Terminal]:
    """Put a terminal, or what is none, in the place of the standard errors; within the test, since pytest does too."""

    def put(delay: float, *, seen: bool = True) -> Terminal:
        terminal = Terminal(seen=seen)
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setattr(progress, "DELAY", delay)
        return terminal

    return put


def timers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]


def test_what_takes_long_is_told_and_taken_back(look_on: Callable[..., Terminal]) -> None:
    terminal = look_on(0)
    with doing("Reading"):
        assert terminal.written.wait(30)
        assert terminal.line == "Reading …"
    assert (terminal.line, terminal.getvalue()[-1]) == ("", "\r")


def test_it_is_taken_back_before_an_error_goes_on(look_on: Callable[..., Terminal]) -> None:
    terminal = look_on(0)

    @doing("Reading")
    def interrupted() -> None:
        assert terminal.written.wait(30)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert (terminal.line, timers()) == ("", [])


def test_what_is_quick_is_not_told(look_on: Callable[..., Terminal]) -> None:
    terminal = look_on(600)
    with doing("Reading"):
        assert len(timers()) == 1
    assert (terminal.getvalue(), timers()) == ("", [])


def test_where_nobody_looks_on_nothing_is_told(look_on: Callable[..., Terminal]) -> None:
    pipe = look_on(0, seen=False)
    with doing("Reading"):
        assert timers() == []
    assert pipe.getvalue() == ""


def test_without_standard_errors_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    with doing("Reading"):
        assert timers() == []


def at_a_terminal(delay: float, *words: str | Path, stop: bool = False) -> tuple[int, str, str]:
    """Run a command whose errors go to a terminal; give its exit code, what it printed, and what the terminal got."""
    code = f"from timeline import cli, progress; progress.DELAY = {delay}; cli.main(prog_name='timeline')"
    outer, inner = pty.openpty()
    command = [sys.executable, "-c", code, *map(str, words)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=inner, cwd=ROOT, text=True) as process:
        os.close(inner)
        assert process.stdout is not None
        out = process.stdout.readline() if stop else process.stdout.read()
        if stop:
            process.terminate()
    told = b""
    while True:
        try:
            told += os.read(outer, 4096)
        except OSError:  # nobody holds its other end any more
            break
    os.close(outer)
    return process.returncode, out, told.decode()


def wide(folder: Path) -> Path:
    """Write a document that takes a while to read."""
    record: dict[str, Any] = json.loads(EVENTS.read_text("utf-8"))
    more = [{**record["events"][0], "id": f"event-{number}", "links": []} for number in range(3000)]
    path = folder / "wide.json"
    path.write_text(json.dumps({**record, "events": [*record["events"], *more]}))
    return path


def test_a_check_tells_on_a_terminal_that_it_reads(tmp_path: Path) -> None:
    code, out, told = at_a_terminal(0, "check", wide(tmp_path))
    assert (code, out.endswith("no faults\n")) == (0, True)
    assert re.fullmatch(r"Reading the document …\r +\r", told)


def test_a_fault_stands_on_a_line_of_its_own(tmp_path: Path) -> None:
    path = wide(tmp_path)
    path.write_text(path.read_text().replace('"event-2999"', '"Event"'))
    code, out, told = at_a_terminal(0, "check", path)
    assert (code, out) == (2, "")
    assert re.match(r"Reading the document …\r +\r" + re.escape(str(path)), told)


def test_an_export_tells_its_steps_on_a_terminal(tmp_path: Path) -> None:
    code, out, told = at_a_terminal(0, "export", EVENTS, "-o", tmp_path / "page.html")
    assert (code, out.endswith("bytes\n")) == (0, True)
    steps = re.findall(r"(\w[^\r]*) …\r +\r", told)
    assert steps[-2:] == ["Placing the events", "Writing the page"]


def test_a_server_has_taken_all_back_when_it_says_where_it_is() -> None:
    _, out, told = at_a_terminal(0, "serve", EVENTS, "--port", "0", stop=True)
    assert out.startswith("Serving at")
    assert "Preparing the page …" in told
    assert re.search(r"…\r +\r$", told)


def test_what_is_quick_tells_nothing_on_a_terminal() -> None:
    assert at_a_terminal(600, "check", EVENTS)[::2] == (0, "")
