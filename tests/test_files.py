"""A written file is whole or untouched, whatever happens."""

from __future__ import annotations

import os
import random
import stat
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cases import CORPUS
from click.testing import CliRunner
from soak import share

from timeline.cli import main
from timeline.files import write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

fcntl = pytest.importorskip("fcntl")
HIDES = pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="this system has no files without a name")


@pytest.fixture(params=["unnamed", "named", "no links"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give each way in which a draft is written: as the system can, or as if it could less."""
    if request.param == "named":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    elif request.param == "no links":

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError

        monkeypatch.setattr(os, "link", refuse)
    return str(request.param)


@contextmanager
def ordinary() -> Iterator[None]:
    """Be an ordinary user meanwhile: root may write everywhere."""
    root = os.geteuid() == 0
    try:
        if root:
            os.seteuid(65534)
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a folder that an ordinary user can reach and own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder
        folder.chmod(0o777)


@pytest.mark.usefixtures("way")
def test_text_is_written_to_the_letter_and_its_bytes_counted(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    assert write("Кулак\r\n\n", path) == 13
    assert path.read_bytes() == "Кулак\r\n\n".encode()
    assert write(b"\xff", path) == 1
    assert path.read_bytes() == b"\xff"
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664])
def test_an_existing_file_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "page.html"
    path.touch()
    path.chmod(mode)
    write("new", path)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_draft_is_not_for_others_while_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modes: list[int] = []
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    monkeypatch.setattr(os, "fchmod", lambda descriptor, _: modes.append(stat.S_IMODE(os.fstat(descriptor).st_mode)))
    write("new", tmp_path / "page.html")
    assert modes == [0o600]


def test_a_new_file_gets_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    write("new", tmp_path / "ours")
    (tmp_path / "any").touch()
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "any").stat().st_mode


def test_a_link_goes_on_pointing_at_the_file(tmp_path: Path) -> None:
    link = tmp_path / "latest.html"
    link.symlink_to("page.html")
    write("new", link)
    assert link.is_symlink()
    assert (tmp_path / "page.html").read_text() == "new"


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("moment", ["fsync", "fchmod", "replace"])
@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=repr)
def test_a_write_that_fails_leaves_the_old_file_and_no_other(
    moment: str, fault: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.html"
    path.write_text("old")

    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(os, moment, fail)
    with pytest.raises(type(fault)):
        write("new", path)
    assert path.read_text() == "old"
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize(("name", "error"), [("", IsADirectoryError), ("no/page.html", FileNotFoundError)])
def test_a_place_that_cannot_hold_a_file_is_an_error(name: str, error: type[OSError], tmp_path: Path) -> None:
    with pytest.raises(error):
        write("new", tmp_path / name)
    assert not [*tmp_path.iterdir()]


@pytest.mark.usefixtures("way")
def test_a_disk_without_permissions_can_be_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "fchmod", refuse)
    write("new", tmp_path / "page.html")
    assert [one.read_text() for one in tmp_path.iterdir()] == ["new"]


@pytest.mark.usefixtures("way")
def test_the_longest_name_can_be_written_to(tmp_path: Path) -> None:
    path = tmp_path / f"{'😀' * 62}.html"  # 253 of 255 bytes
    write("new", path)
    assert [*tmp_path.iterdir()] == [path]


@HIDES
def test_a_draft_has_no_name_until_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(os, "fsync", lambda _: seen.append([*tmp_path.iterdir()]))
    write("new", tmp_path / "page.html")
    assert seen == [[]]


def test_drafts_of_killed_writes_are_swept_and_others_left(tmp_path: Path) -> None:
    path, dead, held = (
        tmp_path / name for name in ("page.html", ".page.html.0123abcd.part", ".page.html.abcd0123.part")
    )
    others = [tmp_path / name for name in (".page.html.part", ".page.html.mine.part", ".page.htm.0123abcd.part")]
    for one in (dead, held, *others):
        one.write_text("half")
    with held.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        write("new", path)
        assert sorted(tmp_path.iterdir()) == sorted([path, held, *others])
    write("newer", path)
    assert sorted(tmp_path.iterdir()) == sorted([path, *others])


def test_two_writes_at_once_leave_one_of_both(tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    within: list[str] = []
    path, fsync = tmp_path / "page.html", os.fsync

    def interrupt(descriptor: int) -> None:
        if not within:
            within.append(way)
            write("the other", path)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", interrupt)
    write("the one", path)
    assert path.read_text() == "the one"
    assert [*tmp_path.iterdir()] == [path]


def test_a_protected_file_is_left_although_its_folder_is_not_protected(open_folder: Path) -> None:
    path = open_folder / "page.html"
    path.write_text("old")
    path.chmod(0o444)
    with ordinary(), pytest.raises(PermissionError):
        write("new", path)
    assert path.read_text() == "old"
    assert [*open_folder.iterdir()] == [path]


@pytest.mark.usefixtures("way")
def test_a_protected_folder_is_left(open_folder: Path) -> None:
    path = open_folder / "page.html"
    path.write_text("old")
    path.chmod(0o666)
    open_folder.chmod(0o555)
    with ordinary(), pytest.raises(PermissionError):
        write("new", path)
    assert path.read_text() == "old"
    assert [*open_folder.iterdir()] == [path]


def test_what_is_no_ordinary_file_is_left(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.html"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="Not an ordinary file"):
        write("new", pipe)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert [*tmp_path.iterdir()] == [pipe]


SIZE = 2**22
WRITER = """
import os, sys
from timeline.files import write
if sys.argv[1] == "named":
    del os.O_TMPFILE
print("ready", flush=True)
while True:
    for sign in (b"a", b"b"):
        write(sign * int(sys.argv[3]), sys.argv[2])
"""


@HIDES
@pytest.mark.parametrize("way", ["unnamed", "named"])
def test_a_file_is_whole_whenever_its_writer_is_killed_and_nothing_stays(way: str, tmp_path: Path) -> None:
    path, chance, left = tmp_path / "page.html", random.Random(6), 0
    write(b"a" * SIZE, path)
    for _ in range(share(200)):
        command = [sys.executable, "-c", WRITER, way, str(path), str(SIZE)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0, 0.1))
            writer.kill()
        content = path.read_bytes()
        assert content in (b"a" * SIZE, b"b" * SIZE)
        left += len([*tmp_path.iterdir()]) - 1
    assert left or way == "unnamed"  # else the kills came too late to prove anything
    write(b"a" * SIZE, path)
    assert [*tmp_path.iterdir()] == [path]


def export(page: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "timeline", "export", str(CORPUS / "village.json"), "-o", str(page)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def test_a_page_is_the_old_or_the_new_one_whenever_its_export_is_killed(tmp_path: Path) -> None:
    page, chance = tmp_path / "page.html", random.Random(6)
    start = time.monotonic()
    assert export(page).wait() == 0
    took, new = time.monotonic() - start, page.read_bytes()
    for _ in range(share(50)):
        page.write_bytes(b"old")
        with export(page) as exporting:
            time.sleep(chance.uniform(0, took))
            exporting.kill()
        assert page.read_bytes() in (b"old", new)
    assert export(page).wait() == 0
    assert page.read_bytes() == new
    assert [*tmp_path.iterdir()] == [page]


LIMITED = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
if sys.argv[1] == "named":
    del os.O_TMPFILE
from timeline.cli import main
main(sys.argv[2:])
"""


@HIDES
@pytest.mark.parametrize("way", ["unnamed", "named"])
def test_a_page_without_room_is_told_in_one_line_and_the_old_one_stays(way: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("old")
    command = [sys.executable, "-c", LIMITED, way, "export", str(CORPUS / "village.json"), "-o", str(page)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{page}: File too large (make room, or write to another disk)\n"
    assert page.read_text() == "old"
    assert [*tmp_path.iterdir()] == [page]


def test_export_tells_of_a_protected_page_in_one_line(open_folder: Path, tmp_path: Path) -> None:
    def run(page: Path) -> Result:
        return CliRunner().invoke(main, ["export", str(CORPUS / "village.json"), "-o", str(page)])

    assert run(tmp_path / "page.html").exit_code == 0  # all is imported now: an ordinary user may be kept from Python
    page = open_folder / "page.html"
    page.write_text("old")
    page.chmod(0o444)
    with ordinary():
        result = run(page)
    assert (result.exit_code, result.stdout) == (1, "")
    told = "Permission denied (write to a folder that exists and that you may write to)"
    assert result.stderr == f"{page}: {told}\n"
    assert page.read_text() == "old"
