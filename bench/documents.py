"""Documents of any size for the measurements, the same from run to run.

    python bench/documents.py 10000 > ten-thousand.json

Titles are long, six in ten events are days, and the others spans, months, seasons and years, some of them approximate;
every event has a statement of some 200 characters with its source. Three measures stand below the lanes.
"""

from __future__ import annotations

import json
import random
import sys
from datetime import date, timedelta
from typing import Any

THEMES = ("policy", "resistance", "famine", "output")
VOCABULARY = (
    "grain quota order village decree famine committee plan harvest law district cattle tractor station delegate seed "
    "requisition household meeting protest letter report province railway market price levy exile settlement brigade "
    "chairman field winter spring bread horse survey archive newspaper congress resolution"
)
FIRST, LAST = date(1918, 1, 1), date(1941, 12, 31)
SOURCES = 40
POINTS = 0.6
CROWDED = 0.5
"""Share of the events that crowd round the middle of the period; the others are spread evenly."""


def document(count: int, seed: int = 0) -> dict[str, Any]:
    """Return a document of so many events, as JSON has it."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret is drawn
    return {
        "title": f"{count:,} events",
        "summary": "A generated record, for measuring.",
        "period": "1918/1941",
        "themes": [{"id": theme, "label": theme.capitalize()} for theme in THEMES],
        "sources": [
            {"id": f"source-{n}", "title": _words(chance, 5), "kind": "book", "year": 1960 + n} for n in range(SOURCES)
        ],
        "events": [_event(chance, number) for number in range(count)],
        "measures": [_measure(chance, name) for name in ("harvest", "herds", "farms")],
    }


def _event(chance: random.Random, number: int) -> dict[str, Any]:
    says = _words(chance, chance.randint(26, 32))
    return {
        "id": f"event-{number}",
        "date": _date(chance),
        "title": _words(chance, chance.randint(3, 6)),
        "themes": [THEMES[number % len(THEMES)]],
        "importance": chance.randint(1, 5),
        "claims": [{"says": f"{says}.", "cites": [{"source": f"source-{chance.randrange(SOURCES)}"}]}],
    }


def _date(chance: random.Random) -> str:
    place = chance.gauss(0.5, 0.15) if chance.random() < CROWDED else chance.random()
    start = FIRST + timedelta(days=round(min(max(place, 0), 1) * (LAST - FIRST).days))
    if chance.random() < POINTS:
        return start.isoformat()
    end = min(start + timedelta(days=chance.choice((30, 91, 365, 730, 1461))), LAST)
    month, year, season = f"{start:%Y-%m}", f"{start:%Y}", f"{start:%Y}-{21 + (start.month - 1) // 3}"
    return chance.choice(
        (f"{month}/{end:%Y-%m}", f"{start}/{end}", f"{start:%Y-%m}~/{end:%Y-%m}~", month, season, year)
    )


def _measure(chance: random.Random, name: str) -> dict[str, Any]:
    series = [
        {
            "id": f"series-{n}",
            "label": f"Count {n + 1}",
            "base": "the whole country",
            "cites": [{"source": f"source-{n}"}],
            "observations": [
                {"date": str(year), "value": round(60 + 20 * chance.random(), 1)} for year in range(1918, 1942)
            ],
        }
        for n in range(3)
    ]
    return {"id": name, "label": name.capitalize(), "unit": "million", "themes": ["output"], "series": series}


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(VOCABULARY.split(), k=count)).capitalize()


if __name__ == "__main__":
    json.dump(document(int(sys.argv[1])), sys.stdout, ensure_ascii=False, indent=1)
