"""The peers: taken from npm and PyPI into an ignored folder, and one file of each that shows the same events."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from timeline.dates import parse

HERE = Path(__file__).parent
PAGES = HERE / "pages"
FOLDER = HERE / "peers"
MODULES = FOLDER / "node_modules"
PYTHON = FOLDER / "venv" / "bin" / "python"
DAY = 86_400_000
"""Milliseconds."""
PERIOD = [parse("1918/1941").start * DAY, parse("1918/1941").end * DAY]
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{name}</title>
<style>body{{margin:8px;font:13px sans-serif}}#chart{{height:780px}}{style}</style></head>
<body><div id="chart">{text}</div>
<script>{library}</script>
<script>window.data = {data};</script>
<script>{driver}</script>
</body></html>
"""
LIBRARIES = {
    "vis": [
        "vis-timeline/standalone/umd/vis-timeline-graph2d.min.js",
        "vis-timeline/styles/vis-timeline-graph2d.min.css",
    ],
    "timelinejs": [
        "@knight-lab/timelinejs/dist/js/timeline.js",
        "@knight-lab/timelinejs/dist/css/timeline.css",
    ],
}
NAMES = {
    "empty": "an empty page",
    "canvas": "a bare canvas",
    "vis": "vis-timeline 8.5.4",
    "vis-clustered": "vis-timeline, clustered",
    "timelinejs": "TimelineJS 3.9.11",
    "plotly": "plotly.express.timeline 7.1.0",
    "anytimeline": "anytimeline 0.3.0",
}


def fetch(python: str | None = None) -> list[str]:
    """Fetch the peers unless they are there; return those that can be measured, by name.

    ``python`` makes the environment of the two that are Python's; anytimeline needs Python 3.12.
    """
    FOLDER.mkdir(exist_ok=True)
    if not MODULES.is_dir():
        shutil.copy(HERE / "package.json", FOLDER)
        npm = shutil.which("npm") or sys.exit("the peers come from npm: install Node.js")
        _run(npm, "install", "--silent", "--no-package-lock", "--prefix", str(FOLDER))
    if not PYTHON.is_file():
        _run(python or _newest(), "-m", "venv", str(PYTHON.parent.parent))
        _run(str(PYTHON), "-m", "pip", "install", "--quiet", "--requirement", str(HERE / "requirements.txt"))
    has = subprocess.run([PYTHON, "-c", "import anytimeline"], check=False, capture_output=True)  # noqa: S603 - ours
    return [name for name in NAMES if name != "anytimeline" or has.returncode == 0]


def events(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a document's events as the peers take them: start and end in ms, no end for a moment."""
    themes = [theme["id"] for theme in document["themes"]]
    return [
        {
            "id": event["id"],
            "title": event["title"],
            "text": event.get("summary") or event["claims"][0]["says"],
            "theme": themes.index(event["themes"][0]),
            "importance": event.get("importance", 3),
            **_extent(event["date"]),
        }
        for event in document["events"]
    ]


def _extent(text: str) -> dict[str, float | None]:
    """Return when an event starts and ends, within the period, and no end for a moment."""
    date = parse(text)
    start, end = (min(max(day * DAY, PERIOD[0]), PERIOD[1]) for day in (date.start, date.end))
    return {"start": start, "end": None if date.kind == "point" else end}


def write(name: str, document: dict[str, Any], file: Path) -> None:
    """Write a peer's page of a document's events."""
    data = {"period": PERIOD, "themes": [theme["label"] for theme in document["themes"]], "events": events(document)}
    if name in ("plotly", "anytimeline"):
        _foreign(name, data, file)
    else:
        driver = name.partition("-")[0]
        library, style = _library(driver)
        given = {} if name == "empty" else {**data, "cluster": name == "vis-clustered"}
        file.write_text(_page(name, library, style, given, driver=driver), encoding="utf-8")


def _page(name: str, library: str, style: str, data: dict[str, Any], *, driver: str) -> str:
    """Return a page of one file around a library, its data, and the script that draws and drives it."""
    return PAGE.format(
        name=name,
        style=style,
        text="–" if name == "empty" else "",
        library=library.replace("</script", "<\\/script"),
        data=json.dumps(data, separators=(",", ":")).replace("</", "<\\/"),
        driver=(PAGES / f"{driver}.js").read_text(encoding="utf-8"),
    )


def _library(name: str) -> list[str]:
    """Return a peer's script and style sheet."""
    return [(MODULES / file).read_text(encoding="utf-8") for file in LIBRARIES[name]] if name in LIBRARIES else ["", ""]


def _foreign(name: str, data: dict[str, Any], file: Path) -> None:
    """Have the environment of the peers in Python draw a page."""
    command = [PYTHON, HERE / "foreign.py", name, file]
    subprocess.run(command, input=json.dumps(data), text=True, check=True)  # noqa: S603 - ours


def _newest() -> str:
    for minor in (14, 13, 12):
        found = shutil.which(f"python3.{minor}")
        if found and not subprocess.run([found, "-c", ""], check=False, capture_output=True).returncode:  # noqa: S603
            return found
    return sys.executable


def _run(*command: str) -> None:
    subprocess.run(command, check=True)  # noqa: S603 - ours
