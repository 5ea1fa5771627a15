"""The production server under many clients, and over many changes: no wrong answer, and nothing that grows.

``make soak`` runs the whole, which ``python -m bench.load`` prints with how long the answers took.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from conftest import EVENTS
from soak import WHOLE, share

from bench.load import loaded, reloaded

if TYPE_CHECKING:
    from pathlib import Path

    from bench.load import Use


def level(before: Use, after: Use) -> None:
    """Hold a process to what it held before, but for buffers that the allocator keeps."""
    assert after.threads == before.threads
    assert after.files <= before.files + 2
    assert after.memory < before.memory + 20e6


def test_many_clients_at_once_all_get_the_page() -> None:
    clients, seconds = (64, 60) if WHOLE else (16, 2)
    with ThreadPoolExecutor(1) as beside:  # this thread's event loop may be the browser's, of other tests
        run = beside.submit(loaded, EVENTS, clients, seconds).result()
    assert run.errors == 0
    assert len(run.took) > clients
    level(*run.uses)


def test_many_reloads_leave_memory_and_open_files_level(tmp_path: Path) -> None:
    run = reloaded(tmp_path, share(1000) // (1 if WHOLE else 4))
    assert run.errors == 0
    level(*run.uses)
