"""Dated events with their sources, as an interactive timeline: a local dashboard and one stand-alone HTML file.

>>> import timeline
>>> record = timeline.load("events.json")      # doctest: +SKIP
>>> timeline.export(record, "timeline.html")   # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from timeline.chart import figure
    from timeline.document import Timeline
    from timeline.fault import DocumentError
    from timeline.interface import dashboard, export
    from timeline.reader import load
    from timeline.snapshot import freeze

__version__ = "0.1.0"
__all__ = ["DocumentError", "Timeline", "dashboard", "export", "figure", "freeze", "load"]

_HOMES = {
    "DocumentError": "fault",
    "Timeline": "document",
    "dashboard": "interface",
    "export": "interface",
    "figure": "chart",
    "freeze": "snapshot",
    "load": "reader",
}
"""Where each public name is defined. They are imported when first used: Dash and Plotly take a second."""


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the type of a module's attribute
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
