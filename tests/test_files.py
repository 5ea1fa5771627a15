"""A written file is whole or untouched, whatever happens."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from timeline.files import write

if TYPE_CHECKING:
    from pathlib import Path


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


@pytest.mark.parametrize("moment", ["fsync", "chmod", "replace"])
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
