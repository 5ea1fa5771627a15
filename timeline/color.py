"""What colours a theme has on a light and on a dark page.

Contrast is WCAG 2.2's ratio of relative luminances; lightness is that of Oklab (Ottosson, 2020), so that a theme keeps
its hue when it is lightened for a dark page.
"""

from __future__ import annotations

PAPER = "#faf8f3"
DARK = "#16181b"
INK = {"light": "#1f1d1a", "dark": "#eae6dd"}
MARK_CONTRAST = 5.3
"""Least contrast of a theme on the page, so that 4.5:1 is left on the wash behind the chosen event."""
THEME_COLORS = ("#9a242c", "#36608b", "#5d4958", "#537100", "#6343a0", "#272d50", "#1f6234", "#815822")
"""Colours for themes that name none, in the order of the themes; each has that contrast on paper.

The first four stay well apart for readers with any of the three common colour-vision deficiencies, on either page; all
eight stay apart, but no more than just: there the lane and the symbol have to tell.
"""


def channels(color: str) -> tuple[float, float, float]:
    """Return red, green and blue, 0 to 255, of ``#rrggbb``."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def luminance(color: str) -> float:
    """Return the relative luminance, 0 to 1, of ``#rrggbb`` (WCAG 2.2)."""
    red, green, blue = (_linear(channel / 255) for channel in channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio, 1 to 21, of two colours (WCAG 2.2)."""
    dim, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def on(page: str, color: str, ratio: float = MARK_CONTRAST) -> str:
    """Return the colour, moved towards white or black by the least that reaches the contrast ratio on the page."""
    pole = "#ffffff" if luminance(page) < 0.5 else "#000000"  # noqa: PLR2004 - the middle
    steps = (mix(color, pole, step / 100) for step in range(101))
    return next(candidate for candidate in steps if contrast(candidate, page) >= ratio)


def laid(color: str, opacity: float, paper: str) -> str:
    """Return what is seen of a colour with an opacity, 0 to 1, on a paper.

    >>> laid("#000000", 0.5, "#ffffff")
    '#808080'
    """
    pairs = zip(channels(color), channels(paper), strict=True)
    return "#" + "".join(f"{round(over * opacity + under * (1 - opacity)):02x}" for over, under in pairs)


def opacity(color: str, paper: str, ratio: float) -> float:
    """Return the least opacity, in hundredths, with which a colour reaches the contrast ratio on a paper."""
    return next(step / 100 for step in range(101) if contrast(laid(color, step / 100, paper), paper) >= ratio)


def rgba(color: str, alpha: float) -> str:
    """Return the colour with an opacity, 0 to 1, as CSS."""
    red, green, blue = channels(color)
    return f"rgba({red:.0f},{green:.0f},{blue:.0f},{alpha:g})"


def mix(one: str, other: str, share: float) -> str:
    """Return the colour that lies ``share`` (0 to 1) of the way from one to the other in Oklab."""
    pairs = zip(_oklab(one), _oklab(other), strict=True)
    return _from_oklab([a + (b - a) * share for a, b in pairs])


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB


def _oklab(color: str) -> list[float]:
    red, green, blue = (_linear(channel / 255) for channel in channels(color))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return [
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    ]


def _from_oklab(lab: list[float]) -> str:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _gamma(channel)):02x}" for channel in linear)


def _gamma(channel: float) -> float:
    channel = min(max(channel, 0.0), 1.0)
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055  # noqa: PLR2004 - sRGB
