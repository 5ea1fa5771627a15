"""How Plotly draws: outlines of symbols, dashes, and the ticks of an axis of values."""

from __future__ import annotations

from functools import cache
from math import floor, log10, sqrt

STEPS = (2, 5, 10)
"""A step from tick to tick is one of these times a power of ten."""
SEPARATED = 4
"""Digits of the longest whole number that is written without a separator."""
LEAST = 3
"""Pixels of the thinnest line that dashes are measured by."""
DASHES = {"dash": (3, 3), "dot": (1, 1), "dashdot": (3, 1, 1, 1), "longdash": (5, 5), "longdashdot": (5, 2, 2, 2)}


def short(number: float) -> str:
    """Return a number of px with as many digits as can be seen.

    >>> short(12.0), short(0.256), short(-0.001)
    ('12', '0.26', '0')
    """
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def dashes(name: str, width: float) -> str:
    """Return the attribute for a line's dashes, with a space before it; nothing for a solid line."""
    lengths = " ".join(short(part * max(width, LEAST)) for part in DASHES.get(name, ()))
    return f' stroke-dasharray="{lengths}"' if lengths else ""


def tick_step(least: float) -> float:
    """Return the step from tick to tick: the first round number that is no less."""
    power: float = 10.0 ** floor(log10(least))
    return next(power * step for step in STEPS if power * step >= least)


def tick_text(value: float) -> str:
    """Return a tick's label.

    >>> tick_text(-0.5), tick_text(9000.0), tick_text(10000.0)
    ('−0.5', '9000', '10,000')
    """
    text = f"{abs(value):.10g}"
    long = len(text.partition(".")[0]) > SEPARATED or "." in text
    return ("−" if value < 0 else "") + (f"{abs(value):,.10g}" if long else text)


@cache
def outline(symbol: str, r: float) -> str:
    """Return the path of a symbol whose size is twice ``r``."""
    if symbol == "circle":
        return f"M{short(r)} 0A{short(r)} {short(r)} 0 1 1 0 {short(-r)}A{short(r)} {short(r)} 0 0 1 {short(r)} 0z"
    if symbol in STROKES:
        return "".join(f"M{_point(one, r)}L{_point(other, r)}" for one, other in STROKES[symbol])
    return f"M{'L'.join(_point(corner, r) for corner in CORNERS[symbol])}z"


def _point(corner: tuple[float, float], r: float) -> str:
    return f"{short(corner[0] * r)} {short(corner[1] * r)}"


_T = 2 / sqrt(3)
CORNERS: dict[str, tuple[tuple[float, float], ...]] = {
    "square": ((1, 1), (-1, 1), (-1, -1), (1, -1)),
    "diamond": ((1.3, 0), (0, 1.3), (-1.3, 0), (0, -1.3)),
    "triangle-up": ((-_T, 0.5), (_T, 0.5), (0, -1)),
    "triangle-down": ((-_T, -0.5), (_T, -0.5), (0, 1)),
    "triangle-left": ((0.5, -_T), (0.5, _T), (-1, 0)),
    "triangle-right": ((-0.5, -_T), (-0.5, _T), (1, 0)),
    "cross": (
        (1.2, 0.4), (0.4, 0.4), (0.4, 1.2), (-0.4, 1.2), (-0.4, 0.4), (-1.2, 0.4),
        (-1.2, -0.4), (-0.4, -0.4), (-0.4, -1.2), (0.4, -1.2), (0.4, -0.4), (1.2, -0.4),
    ),
    "pentagon": ((0.951, -0.309), (0.588, 0.809), (-0.588, 0.809), (-0.951, -0.309), (0, -1)),
    "hexagon": ((sqrt(3) / 2, -0.5), (sqrt(3) / 2, 0.5), (0, 1), (-sqrt(3) / 2, 0.5), (-sqrt(3) / 2, -0.5), (0, -1)),
    "star": tuple(
        (1.4 * x, 1.4 * y)
        for x, y in (
            (0.225, -0.309), (0.951, -0.309), (0.363, 0.118), (0.588, 0.809), (0, 0.382),
            (-0.588, 0.809), (-0.363, 0.118), (-0.951, -0.309), (-0.225, -0.309), (0, -1),
        )
    ),
}  # fmt: skip
"""Corners of the symbols' outlines, in units of half their size."""
STROKES: dict[str, tuple[tuple[tuple[float, float], tuple[float, float]], ...]] = {
    "x-thin": (((1.4, 1.4), (-1.4, -1.4)), ((1.4, -1.4), (-1.4, 1.4))),
    "line-ew": (((1.4, 0), (-1.4, 0)),),
    "line-ns": (((0, 1.4), (0, -1.4)),),
}
"""The strokes of symbols without an area."""
