"""What the package costs without a browser: reading, placing, exporting, starting; each in a process of its own."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

READ = """
import json, sys, time
from timeline.reader import load
path = sys.argv[1]
def timed(call):
    began = time.perf_counter()
    call()
    return time.perf_counter() - began
def loaded():
    with open(path, encoding="utf-8") as file:
        json.loads(file.read())
times = [(timed(loaded), timed(lambda: load(path))) for _ in range(int(sys.argv[2]))]
print(json.dumps(times))
"""
PLACE = """
import json, sys, time
import timeline.plan as module
from timeline.reader import load
place, seconds = module.place, []
def timed(*arguments, **named):
    began = time.perf_counter()
    result = place(*arguments, **named)
    seconds.append(time.perf_counter() - began)
    return result
module.place = timed
module.plan(load(sys.argv[1]))
print(json.dumps(sum(seconds)))
"""
EXPORT = """
import sys
from timeline.cli import main
main(["export", sys.argv[1], "-o", sys.argv[2]], standalone_mode=False)
with open("/proc/self/status", encoding="utf-8") as file:
    print([line.split()[1] for line in file if line.startswith("VmHWM")][0])
"""
"""Tells the most memory that it took, in KiB, and nothing of that of its parent, which ``ru_maxrss`` counts too."""
IMPORTED = "import sys, timeline; print([name for name in ('dash', 'plotly') if name in sys.modules])"
STARTS = 15
AGAIN = 3
"""Times that all else is done, for the median of their seconds."""


def costs(root: Path, document: Path) -> dict[str, float]:
    """Return seconds of ``json.loads``, of reading and of placing a document, with the package in a folder."""
    times = json.loads(_output(root, "-c", READ, str(document), str(AGAIN)))
    parsed, read = (statistics.median(one) for one in zip(*times, strict=True))
    placing = (json.loads(_output(root, "-c", PLACE, str(document))) for _ in range(AGAIN))
    return {"json": parsed, "read": read, "place": statistics.median(placing)}


def export(root: Path, document: Path, file: Path, *, limit: float = 300) -> dict[str, float | None]:
    """Export a document; return its seconds and the most memory that it took, in MB."""
    seconds, memory = [], 0.0
    for _ in range(AGAIN):
        began = time.perf_counter()
        try:
            told = _output(root, "-c", EXPORT, str(document), str(file), limit=limit)
        except subprocess.SubprocessError as error:
            print(f"{document.name}: not exported: {error}", file=sys.stderr)
            return {"export": None, "memory": None}
        seconds.append(time.perf_counter() - began)
        memory = max(memory, int(told.split()[-1]) * 1024 / 1e6)
    return {"export": statistics.median(seconds), "memory": memory}


def starting(root: Path) -> dict[str, Any]:
    """Return the seconds of ``timeline --version`` and of importing click, and what ``import timeline`` brings."""
    times = []
    for _ in range(STARTS):
        pair = []
        for arguments in (("-m", "timeline", "--version"), ("-c", "import click")):
            began = time.perf_counter()
            _output(root, *arguments)
            pair.append(time.perf_counter() - began)
        times.append(pair)
    version, click = (statistics.median(one) for one in zip(*times, strict=True))
    return {"version": version, "click": click, "imports": _output(root, "-c", IMPORTED).strip("[]\n")}


def _output(root: Path, *arguments: str, limit: float | None = None) -> str:
    return subprocess.run(  # noqa: S603 - ours
        [sys.executable, *arguments],
        cwd=root,
        env=_environment(root),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        timeout=limit,
    ).stdout


def _environment(root: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(root)}
