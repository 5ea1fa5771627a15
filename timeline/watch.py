"""Watching a document's file: what it becomes is shown in open pages, and what is wrong with it is told there."""

from __future__ import annotations

import logging
import os
import stat
import sys
import time
from contextlib import suppress
from dataclasses import replace
from gc import collect
from threading import Thread
from typing import TYPE_CHECKING

import timeline as package
from timeline.fault import DocumentError, Fault, visible
from timeline.words import say

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.server import Site

PAUSE = 0.3
"""Seconds from one look at the file to the next."""
MOST = 20
"""Faults that a page tells; all of them are told where the server runs."""


class Watch:
    """A document's file, watched from here on: make one before the document is read for the first time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = self._read = _state(path)

    def begin(self, site: Site) -> None:
        """Look at the file again and again, in a thread of its own that ends with the program."""

        def again() -> None:
            while True:
                time.sleep(PAUSE)
                self.look(site)

        Thread(target=again, name="watch", daemon=True).start()

    def look(self, site: Site) -> None:
        """Read the file if it is another one than was read last, and has not changed since the last look.

        So a file that is being written is left to its writer; one that stays half-written has a fault, like any other.
        """
        now = _state(self._path)
        rests, self._seen = now == self._seen, now
        if rests and now not in (self._read, ()):
            self._read = now  # if it changes while it is read, the next look sees that
            self._renew(site)

    def _renew(self, site: Site) -> None:
        """Show the file's page, or tell its faults; whatever happens, the last good page stays."""
        try:
            site.show(package.dashboard(package.load(self._path)))
            collect()  # the page before, which is in rings
            self._say(f"{visible(str(self._path))}: has changed and is shown")
        except DocumentError as error:
            site.tell(*_told(error.faults))
            self._say(str(error))
        except Exception as error:
            logging.getLogger("timeline").exception("%s", self._path)
            problem = f"cannot be shown: {type(error).__name__}"
            site.tell(*_told((Fault(str(self._path), None, None, "", "", "", "", problem, ""),)))

    def _say(self, words: str) -> None:
        with suppress(OSError):  # whoever read it may be gone
            print(words, file=sys.stderr, flush=True)  # noqa: T201 - as a command tells it


def _state(path: Path) -> tuple[int, ...] | None:
    """Return what changes with a file, or None where there is none; nothing of a pipe, which is not read again."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    ordinary = stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns) if ordinary else ()


def _told(faults: tuple[Fault, ...]) -> tuple[str, list[str]]:
    """Return what a page says of faults: a sentence, and each as a command prints it, without the file's folder."""
    name = os.path.basename(faults[0].file)  # noqa: PTH119 - any text, not a path of this system
    lines = [str(replace(fault, file=name)) for fault in faults[:MOST]]
    more = len(faults) - len(lines)
    said = say("broken" if len(faults) > 1 else "broken_one", file=name, count=len(faults))
    return said, [*lines, say("broken_more", count=more)] if more else lines
