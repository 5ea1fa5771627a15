"""Files that are whole or untouched."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from errno import EACCES, EINVAL
from glob import escape
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # on Windows, where nobody can take away what is open
    fcntl = None  # type: ignore[assignment]

_DIGITS = 8
"""So many hexadecimal digits tell a draft's name from others."""


def write(content: str | bytes, path: str | os.PathLike[str]) -> int:
    """Write ``content`` (text as UTF-8, to the letter) to ``path`` and return its size in bytes.

    A reader sees the old file or the new one, never a part: the bytes go to a draft in the same folder, which then
    takes the name. Where the system can, the draft has no name until it is whole, so that next to nothing can be left
    of it if this process is killed; what is left the next write clears away. An existing file keeps its permissions,
    a link keeps pointing. Raises OSError and leaves nothing behind.
    """
    encoded = content.encode() if isinstance(content, str) else content
    target = Path(os.path.realpath(path))
    _check(target, path)
    start = f".{target.name[:48]}."
    _sweep(target.parent, start)
    draft = target.with_name(f"{start}{secrets.token_hex(_DIGITS // 2)}.part")
    mode = _mode(target)
    try:
        with _unnamed(draft, encoded, mode) or _named(draft, encoded, mode) as file:
            if fcntl is None:
                file.close()  # Windows renames nothing that is open
            draft.replace(target)
    except BaseException:  # also when interrupted
        with suppress(OSError):
            draft.unlink()
        raise
    return len(encoded)


def _check(target: Path, path: str | os.PathLike[str]) -> None:
    """Refuse what is no file, and a file that is protected: its folder alone would let it be replaced."""
    if target.is_dir():
        raise IsADirectoryError(f"{path}: is a folder (name a file in it)")
    if target.exists() and not target.is_file():
        raise OSError(EINVAL, "Not an ordinary file", str(path))
    if target.exists() and not os.access(target, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise PermissionError(EACCES, os.strerror(EACCES), str(path))


def _unnamed(draft: Path, content: bytes, mode: int) -> IO[bytes] | None:
    """Write a file that has no name, then give it the draft's; None where the system or the disk knows no such files.

    It stays open: so long it is held against being swept.
    """
    try:
        file = os.fdopen(os.open(draft.parent, os.O_TMPFILE | os.O_WRONLY, 0o600), "wb")
    except (AttributeError, OSError):
        return None
    _fill(file, content, mode)
    folder = os.open(draft.parent, os.O_PATH)
    try:
        # Told its folder, Python follows the link in /proc to the file, and does not link to that link.
        os.link(f"/proc/self/fd/{file.fileno()}", draft.name, dst_dir_fd=folder, follow_symlinks=True)
    except OSError:
        file.close()
        return None
    finally:
        os.close(folder)
    return file


def _named(draft: Path, content: bytes, mode: int) -> IO[bytes]:
    """Write a file under the draft's name, and leave it open."""
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    file = os.fdopen(os.open(draft, flags, 0o600), "wb")  # nobody else's to read until it is whole
    _fill(file, content, mode)
    return file


def _fill(file: IO[bytes], content: bytes, mode: int) -> None:
    try:
        if fcntl is not None:
            with suppress(OSError):  # not every disk knows locks
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        file.write(content)
        file.flush()
        if fcntl is not None:
            with suppress(PermissionError):  # a memory stick may have one mode for all of its files
                os.fchmod(file.fileno(), mode)
        os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):  # what could not be written cannot be written while closing either
            file.close()
        raise


def _sweep(folder: Path, start: str) -> None:
    """Clear away the drafts of writes that were killed: those that no process holds."""
    for draft in folder.glob(f"{escape(start)}{'[0-9a-f]' * _DIGITS}.part"):
        with suppress(OSError):
            if fcntl is not None:
                with draft.open("rb") as file:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            draft.unlink()


def _mode(target: Path) -> int:
    """Return the permissions that the file has, or that a new one would get."""
    with suppress(FileNotFoundError):
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)  # it can only be read by setting it
    os.umask(mask)
    return 0o666 & ~mask
