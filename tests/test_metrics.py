from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from timeline.metrics import LABEL_SIZE, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

TEXTS = [
    "“Liquidate the kulaks as a class”",
    "AVATAR To Wave, Yt. fi fl ffi: kerning and ligatures",
    "4.4 → 14.2 m households collectivised",
    "1932–33: 62 % ± 5 — “Dizzy with Success” …",
    "Раскулачивание и хлебозаготовки, ёлка",
    "Голод в Україні: Ґанджа, їжак, є",
    "Łódź, Žďár, Çeşme, Ångström, Straße",
    "Αθήνα ΔΩΨ",
    "kolkhoz' café cafe\u0301 и\u0306",
    "",
]


@pytest.fixture(scope="module")
def browser_page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def drawn_widths(page: Page, texts: list[str], size: float) -> list[float]:
    """What Chromium draws in an SVG text."""
    script = """([texts, size]) => {
        document.body.innerHTML = '<svg xmlns="http://www.w3.org/2000/svg"><text></text></svg>';
        const text = document.querySelector('text');
        Object.assign(text.style, {
            font: `${size}px "Liberation Sans"`, fontKerning: 'none', whiteSpace: 'pre',  // "font" turns kerning on
        });
        return texts.map((one) => { text.textContent = one; return one && text.getComputedTextLength(); });
    }"""
    return [float(width or 0) for width in page.evaluate(script, [texts, size])]


@pytest.mark.parametrize("size", [LABEL_SIZE, 12.0, 26.0])
def test_widths_are_those_that_chromium_draws(browser_page: Page, size: float) -> None:
    for text, drawn in zip(TEXTS, drawn_widths(browser_page, TEXTS, size), strict=True):
        assert text_width(text, size) == pytest.approx(drawn, abs=0.02), text


def test_a_label_without_kerning_is_as_wide_in_a_canvas_and_in_a_box_as_computed(browser_page: Page) -> None:
    text = "AVATAR: To Wave"
    script = """([text, size]) => {
        document.body.innerHTML = `<span style="font:${size}px Liberation Sans;font-kerning:none">${text}</span>`;
        const context = document.createElement('canvas').getContext('2d');
        context.font = `${size}px "Liberation Sans"`;
        context.fontKerning = 'none';
        return [context.measureText(text).width, document.querySelector('span').getBoundingClientRect().width];
    }"""
    for drawn in browser_page.evaluate(script, [text, LABEL_SIZE]):
        assert text_width(text) == pytest.approx(drawn, abs=0.02)


def test_every_single_letter_of_latin_greek_and_cyrillic_has_its_width(browser_page: Page) -> None:
    codes = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x180), *range(0x391, 0x3A2), *range(0x400, 0x460)]
    letters = [chr(code) for code in codes]
    for letter, drawn in zip(letters, drawn_widths(browser_page, letters, LABEL_SIZE), strict=True):
        assert text_width(letter) == pytest.approx(drawn, abs=0.02), letter


@pytest.mark.parametrize("text", ["集団化", "kolxozʹ", "შრომა", "\U0001f33e\U0001f69c", "\ue000"])
def test_what_the_font_lacks_counts_as_at_least_as_wide_as_any_font_draws_it(browser_page: Page, text: str) -> None:
    assert text_width(text) >= drawn_widths(browser_page, [text], LABEL_SIZE)[0] - 0.02


def test_pictographs_count_as_wide_as_the_widest_fonts_draw_them() -> None:
    assert text_width("\U0001f33e", 10.0) == 15.0


def test_widths_grow_with_the_size_and_add_up() -> None:
    assert text_width("ab", 26.0) == 2 * text_width("ab")
    assert text_width("a") + text_width("b") == text_width("ab")
    assert text_width("") == 0
