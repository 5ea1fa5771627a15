"""The elements of a picture: their markup, and apart from it what depends on the width and on the colours of a page."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """Where an element stands that has a shape of its own; ``step`` are the px that Plotly rounds its ``x`` to."""

    x: float
    y: float
    step: float = 0


class Extent(NamedTuple):
    """The left edge and the width of a rectangle."""

    x: float
    width: float


class Along(NamedTuple):
    """A horizontal line, from one end to the other."""

    x: float
    end: float


class Path(NamedTuple):
    """A line through data: its points, its attributes, its colour."""

    points: tuple[tuple[float, float], ...]
    attributes: str
    color: str


class Ink(NamedTuple):
    """A colour, and the property that has it."""

    name: str
    color: str


class Shade(NamedTuple):
    """A fill that runs through colours, each at a share of the shape's width."""

    stops: tuple[tuple[float, str], ...]


Part = str | Place | Extent | Along | Path | Ink | Shade


class Element(NamedTuple):
    """A piece of a picture: the layer in which it lies, and its parts."""

    layer: str
    parts: tuple[Part, ...]
