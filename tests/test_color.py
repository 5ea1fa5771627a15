"""Colours that can be read on paper and in the dark, and themes that can be told apart by every reader."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

import timeline
from timeline import color
from timeline.color import DARK, PAPER, channels, contrast, laid, mix, on, rgba
from timeline.document import Theme
from timeline.panels import LINES, PALE
from timeline.plan import colors, plan

ROOT = Path(__file__).parent.parent
SHEET = (ROOT / "timeline" / "assets" / "style.css").read_text("utf-8")
PAGES = (PAPER, DARK)
PLAN = plan(timeline.load(ROOT / "events.json"))
RECORD = tuple(theme.color or "" for theme in PLAN.timeline.themes)
READABLE = 4.5
"""Least contrast of text (WCAG 2.2, AA)."""
SEEN = 3.0
"""Least contrast of what is no text, such as a mark or the line around what has the focus (WCAG 2.2, AA)."""
APART = 10.0
"""Least distance of two themes in CIE Lab, four times what a trained eye just sees."""

KNOWN = [  # the ratios of WebAIM's contrast checker
    ("#000000", "#ffffff", 21.0),
    ("#ffffff", "#ffffff", 1.0),
    ("#777777", "#ffffff", 4.48),
    ("#0000ff", "#ffffff", 8.59),
    ("#ff0000", "#ffffff", 4.0),
    ("#00ff00", "#000000", 15.3),
]


@pytest.mark.parametrize(("one", "other", "ratio"), KNOWN)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(one, other) == contrast(other, one)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("theme", [*color.THEME_COLORS, *RECORD, "#000000", "#ffffff", "#ffff00", "#0000ff"])
def test_a_theme_can_be_read_on_either_page(theme: str, page: str) -> None:
    drawn = on(page, theme)
    assert contrast(drawn, page) >= READABLE
    assert drawn == theme or contrast(theme, page) < color.MARK_CONTRAST


@pytest.mark.parametrize("theme", [*color.THEME_COLORS, *RECORD])
def test_themes_are_drawn_on_paper_in_their_own_colour(theme: str) -> None:
    assert on(PAPER, theme) == theme


def test_a_mixture_runs_from_one_colour_to_the_other_through_greys_that_stay_grey() -> None:
    assert (mix("#9c2823", "#2f5d89", 0), mix("#9c2823", "#2f5d89", 1)) == ("#9c2823", "#2f5d89")
    red, green, blue = channels(mix("#000000", "#ffffff", 0.5))
    assert red == green == blue == 99  # the middle of Oklab's lightness
    assert rgba("#ff8000", 0.5) == "rgba(255,128,0,0.5)"


SIMULATED = {  # Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    "full sight": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
}  # fmt: skip
TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
WHITE = (0.95047, 1.0, 1.08883)

Triple = tuple[float, ...]


def times(matrix: tuple[Triple, ...], vector: Triple) -> Triple:
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def seen(shade: str, sight: str) -> Triple:
    """Give a colour in CIE Lab (D65) as a reader sees it."""
    shares = [channel / 255 for channel in channels(shade)]
    linear = tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    shown = tuple(min(max(c, 0.0), 1.0) for c in times(SIMULATED[sight], linear))
    ratios = [part / white for part, white in zip(times(TO_XYZ, shown), WHITE, strict=True)]
    x, y, z = (ratio ** (1 / 3) if ratio > 216 / 24389 else (24389 / 27 * ratio + 16) / 116 for ratio in ratios)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str, sight: str) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(seen(one, sight), seen(other, sight), strict=True)) ** 0.5)


def test_the_simulation_knows_what_is_known() -> None:
    assert seen("#ff0000", "full sight") == pytest.approx((53.24, 80.09, 67.20), abs=0.02)
    assert distance("#9b2226", "#5c4a3d", "protanopia") < APART < distance("#9b2226", "#5c4a3d", "full sight")


@pytest.mark.parametrize("sight", SIMULATED)
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("themes", [RECORD, color.THEME_COLORS[:4]], ids=["the record", "no colours given"])
def test_four_themes_are_told_apart_by_every_reader(themes: tuple[str, ...], page: str, sight: str) -> None:
    for one, other in itertools.combinations((on(page, theme) for theme in themes), 2):
        assert distance(one, other, sight) >= APART, (one, other)


@pytest.mark.parametrize("sight", SIMULATED)
@pytest.mark.parametrize("page", PAGES)
def test_eight_themes_are_never_quite_alike(page: str, sight: str) -> None:
    for one, other in itertools.combinations((on(page, theme) for theme in color.THEME_COLORS), 2):
        assert distance(one, other, sight) >= APART / 2, (one, other)


STYLES = ("light", "dark")


def shades(theme: str, style: str) -> dict[str, str]:
    """Return what is seen of a theme's colours: on its lane's band its marks and bars, on the page its figures."""
    given = colors(Theme(id="one", label="One", color=theme), 0, style)
    paper = PAGES[style == "dark"]

    def seen_on(under: str, rgba_: str) -> str:
        *parts, opacity = re.findall(r"[\d.]+", rgba_)
        return laid("#" + "".join(f"{int(part):02x}" for part in parts), float(opacity), under)

    band = seen_on(paper, given["band"])
    extents = {"bar": seen_on(band, given["bar"]), "soft": seen_on(band, given["soft"][-1])}
    return {"paper": paper, "band": band, "mark": given["mark"], "pale": laid(given["mark"], PALE, paper), **extents}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("theme", [*color.THEME_COLORS, *RECORD])
def test_marks_bars_and_lines_are_seen_and_labels_in_them_can_be_read(theme: str, style: str) -> None:
    shade = shades(theme, style)
    assert contrast(shade["mark"], shade["band"]) >= SEEN  # symbols, and the outlines of bars
    assert contrast(shade["soft"], shade["band"]) >= SEEN  # an extent where it is fullest
    assert contrast(shade["mark"], shade["paper"]) >= SEEN  # the lines and marks of figures
    assert contrast(shade["pale"], shade["paper"]) >= SEEN  # and those that were not checked
    for under in ("bar", "soft", "band"):
        assert contrast(color.INK[style], shade[under]) >= READABLE


@pytest.mark.parametrize("sight", SIMULATED)
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("drawn", "apart"), [("mark", APART), ("pale", 9), ("soft", 9), ("bar", 5)])
def test_what_is_drawn_of_each_theme_is_told_apart_by_every_reader(
    drawn: str, apart: float, style: str, sight: str
) -> None:
    for one, other in itertools.combinations((shades(theme, style)[drawn] for theme in RECORD), 2):
        assert distance(one, other, sight) >= apart, (one, other)


def test_nothing_is_told_by_colour_alone() -> None:
    assert len({lane["symbol"] for lane in PLAN.lanes}) == len(PLAN.lanes)  # and each theme has a lane with its name
    for measure in PLAN.timeline.measures:  # series of one measure share its theme's colour
        dashes = [LINES[index % len(LINES)] for index in range(len(measure.series))]
        assert len({*dashes}) == min(len(dashes), len(LINES))


@pytest.mark.parametrize("style", [0, 1], ids=STYLES)
@pytest.mark.parametrize("paper", ["paper", "sheet", "wash"])
def test_the_line_around_what_has_the_focus_is_seen(paper: str, style: int) -> None:
    lines = re.findall(r"outline: 3px solid light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", SHEET)
    assert len(lines) == SHEET.count("outline: 3px") > 0
    for line in lines:
        assert contrast(line[style], PROPERTIES[paper][style]) >= SEEN


PROPERTIES = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--(\w+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", SHEET)
}
TEXTS, PAPERS = ("ink", "muted", "wrong"), ("paper", "sheet", "wash")


@pytest.mark.parametrize("style", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_can_be_read_on_every_paper(text: str, paper: str, style: int) -> None:
    assert contrast(PROPERTIES[text][style], PROPERTIES[paper][style]) >= READABLE


@pytest.mark.parametrize("style", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("paper", PAPERS)
def test_the_edges_of_controls_can_be_seen(paper: str, style: int) -> None:
    assert contrast(PROPERTIES["control"][style], PROPERTIES[paper][style]) >= 3


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("theme", [*color.THEME_COLORS, *RECORD])
def test_a_theme_s_words_can_be_read_on_the_paper_of_a_chosen_event(theme: str, page: str) -> None:
    wash = PROPERTIES["wash"][PAGES.index(page)]
    assert contrast(on(page, theme), wash) >= READABLE


def test_the_sheet_and_the_chart_have_the_same_paper_and_ink() -> None:
    assert PROPERTIES["paper"] == (PAPER, DARK)
    assert PROPERTIES["ink"] == (color.INK["light"], color.INK["dark"])
    assert {*TEXTS, *PAPERS, "control"} <= PROPERTIES.keys()
