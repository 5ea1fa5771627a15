"""What a command is doing, told on a terminal while it takes long."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DELAY = 1.0
"""What takes less time than this, in seconds, is not told."""


@contextmanager
def doing(what: str) -> Iterator[None]:
    """Tell ``what`` is being done, in a line that is gone at the end; where nobody looks on, tell nothing.

    ``what`` has to fit on the line: what is wider than the terminal is not taken back.
    """
    stream = sys.stderr
    if stream is None or not stream.isatty():  # without a console on Windows there is none
        yield
        return
    told = False

    def tell() -> None:
        nonlocal told
        told = True
        stream.write(f"{what} …")
        stream.flush()

    timer = Timer(DELAY, tell)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        if told:
            stream.write("\r" + " " * (len(what) + 2) + "\r")
            stream.flush()
