"""Python's search for garbage in rings of objects, held back while millions of objects are made that all stay."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: with each new object the search goes through those made before, and finds none.

    Also a decorator. What is in no ring is freed at once, as ever.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            _age()
            gc.enable()


def _age() -> None:
    """Let all objects count as old: of the young, all that were made meanwhile, a search would begin at once."""
    if not gc.get_freeze_count():  # else somebody keeps objects frozen, who would find them thawed
        gc.freeze()
        gc.unfreeze()
