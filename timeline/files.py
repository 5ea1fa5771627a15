"""Files that are whole or untouched."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path


def write(content: str | bytes, path: str | os.PathLike[str]) -> int:
    """Write ``content`` (text as UTF-8, to the letter) to ``path`` and return its size in bytes.

    A reader sees the old file or the new one, never a part: the bytes go to a temporary file in the same folder, which
    then takes the name. An existing file keeps its permissions, a link keeps pointing. Raises OSError and leaves
    nothing behind.
    """
    encoded = content.encode() if isinstance(content, str) else content
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise IsADirectoryError(f"{path}: is a folder (name a file in it)")
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:64]}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(encoded)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_mode(target))
        Path(name).replace(target)
    except BaseException:  # also when interrupted
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise
    return len(encoded)


def _mode(target: Path) -> int:
    """Return the permissions that the file has, or that a new one would get."""
    with suppress(FileNotFoundError):
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)  # it can only be read by setting it
    os.umask(mask)
    return 0o666 & ~mask
