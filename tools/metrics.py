"""Writes the table of advance widths in ``timeline/metrics.py`` from Liberation Sans.

    python tools/metrics.py /usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf

Liberation Sans (2.x, SIL Open Font License) has the advances of Arial and Helvetica by design, so the table holds for
whichever of the three a reader's machine has. Needs fonttools. Everything outside the table's markers stays as it is.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from textwrap import wrap

from fontTools.ttLib import TTFont

TARGET = Path(__file__).parent.parent / "timeline" / "metrics.py"
BEGIN, END = 'ADVANCES = """\\\n', '"""\n'
RANGES = (
    (0x20, 0x7E),  # Latin
    (0xA0, 0x24F),  # Latin-1, Latin Extended-A and -B
    (0x2B0, 0x2FF),  # modifier letters, for transliterated soft signs
    (0x300, 0x36F),  # combining marks, which advance by nothing
    (0x370, 0x3FF),  # Greek
    (0x400, 0x52F),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional
    (0x2000, 0x206F),  # punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20CF),  # currencies
    (0x2100, 0x218F),  # letterlike symbols and fractions
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematical operators
    (0x25A0, 0x25FF),  # geometric shapes
)


def table(font: TTFont) -> str:
    """One line an advance in font units: the advance, then its code points in hexadecimal, runs joined by a hyphen."""
    glyphs, advances = font.getBestCmap(), font["hmtx"]
    codes = defaultdict(list)
    for first, last in RANGES:
        for code in range(first, last + 1):
            if code in glyphs:
                codes[advances[glyphs[code]][0]].append(code)
    lines = []
    for advance in sorted(codes):
        lines += wrap(f"{advance}: {' '.join(runs(codes[advance]))}", 120, subsequent_indent="  ")
    return "\n".join(lines) + "\n"


def runs(codes: list[int]) -> list[str]:
    """Rising code points as single ones and runs."""
    breaks = [0, *(index + 1 for index, (a, b) in enumerate(pairwise(codes)) if b != a + 1), len(codes)]
    spans = [(codes[first], codes[last - 1]) for first, last in pairwise(breaks)]
    return [f"{first:x}" if first == last else f"{first:x}-{last:x}" for first, last in spans]


def main() -> None:
    """Rewrite the table from the font file that the command line names."""
    text = TARGET.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    TARGET.write_text(before + BEGIN + table(TTFont(sys.argv[1])) + END + after, encoding="utf-8")


if __name__ == "__main__":
    main()
