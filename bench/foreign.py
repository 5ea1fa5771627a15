"""Draws the peers that are Python packages, in an environment of their own: ``foreign.py NAME FILE``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

PAGES = Path(__file__).parent / "pages"


def plotly(data: dict[str, Any], file: Path) -> None:
    """Write a plotly.express.timeline: a row and a bar an event; a moment is a day long, or it would not be seen."""
    import pandas as pd  # noqa: PLC0415 - only here
    import plotly.express as px  # noqa: PLC0415 - only here
    from plotly.offline import get_plotlyjs  # noqa: PLC0415 - only here

    frame = pd.DataFrame(data["events"])
    frame["end"] = frame["end"].fillna(frame["start"] + 86_400_000)
    for end in ("start", "end"):
        frame[end] = pd.to_datetime(frame[end], unit="ms")
    frame["theme"] = [data["themes"][theme] for theme in frame["theme"]]
    figure = px.timeline(frame, x_start="start", x_end="end", y="title", color="theme", hover_data=["text"])
    given = {"period": data["period"], "figure": json.loads(figure.to_json())}
    file.write_text(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"></head><body><div id="chart"></div>'
        f"<script>{get_plotlyjs()}</script><script>window.data = {json.dumps(given)};</script>"
        f"<script>{(PAGES / 'plotly.js').read_text(encoding='utf-8')}</script></body></html>",
        encoding="utf-8",
    )


def anytimeline(data: dict[str, Any], file: Path) -> None:
    """Write an anytimeline: moments as events, the others as intervals, a lane a theme."""
    import pandas as pd  # noqa: PLC0415 - only here
    from anytimeline import Timeline  # noqa: PLC0415 - only here

    def columns(*, moments: bool) -> dict[str, list[Any]]:
        rows = [event for event in data["events"] if (event["end"] is None) == moments]
        return {
            "title": [row["title"] for row in rows],
            "text": [row["text"] for row in rows],
            "theme": [data["themes"][row["theme"]] for row in rows],
            "importance": [row["importance"] for row in rows],
            "start": pd.to_datetime([row["start"] for row in rows], unit="ms"),
            "end": pd.to_datetime([row["end"] or row["start"] for row in rows], unit="ms"),
        }

    chart = Timeline(renderer="canvas2d")
    chart.intervals(columns(moments=False), lane="theme", color="theme", text="title", tooltip=["title", "text"])
    chart.events(
        columns(moments=True), "start", lane="theme", color="theme", text="title", tooltip=["title", "text"],
        importance="importance",
    )  # fmt: skip
    chart.save_html(file)
    given = {"titles": [event["title"] for event in data["events"]]}
    driver = (PAGES / "anytimeline.js").read_text(encoding="utf-8")
    text = file.read_text(encoding="utf-8")
    within = "e.zoom&&r.zoomTo(e.zoom)"  # the page keeps its chart to itself
    if within not in text:
        sys.exit("anytimeline's page is not what it was")
    text = text.replace(within, f"{within},window.anytimeline=r")
    text = text.replace("<body>", f"<body><script>window.data = {json.dumps(given)};{driver}</script>", 1)
    file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    {"plotly": plotly, "anytimeline": anytimeline}[sys.argv[1]](json.load(sys.stdin), Path(sys.argv[2]))
