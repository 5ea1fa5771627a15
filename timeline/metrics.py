"""Widths of texts in px without a browser, from the advance widths of Liberation Sans, Arial and Helvetica.

The three agree in every advance. The sum of advances is what a browser draws when kerning is off
(``font-kerning: none``), so that is how labels are set.
"""

from __future__ import annotations

from unicodedata import normalize

UNITS_PER_EM = 2048
LABEL_SIZE = 13.0
"""Font size in px of a label in the chart."""

# Written by tools/metrics.py: an advance in font units, then the code points that have it.
ADVANCES = """\
342: 2044 2215
384: 2032
391: 27
455: 69-6a 6c 12f 135 13a 13c 142 17f 390 3af 3b9 3ca 456 458 2018-201b
532: 7c a6
561: 222b
569: 20-21 2c 2e-2f 3a-3b 49 5b-5d 66 74 a0 b7 cc-cf ec-ef 128-12e 130-131 163 167 21b 37e 387 399 3aa 406-407 457 2219
597: 13e
662: 2113
682: 28-29 2d 60 72 a1 a8 ad b2-b4 b8-b9 155 157 159 2c6-2c7 2c9 2d8-2dd 384-385 2010-2011 201c-201e 2039-203a 203e
684: 7b 7d 140
717: 2022
725: 2033
726: 25aa-25ab 25e6
727: 22
747: 433 453 207f
748: ba
758: aa
768: 165
786: 38a
797: 2a
809: 3c4
819: b0
842: 491
896: 43a 45c
903: 3b6
909: 133
913: 3ad 3b5
917: 3be
938: 442
939: 437
961: 5e
987: 3c2
1001: 490
1012: 2202 25ca
1024: 4a 63 6b 73 76 78-7a e7 fd ff 107 109 10b 10d 134 137-138 15b 15d 15f 161 177 17a 17c 17e 219 3b3 3ba-3bb 3bd 408
  441 443 445 455 45e 1ef3 203c 2191 2193 2195 21a8
1045: 44d 454
1067: 447 44c
1075: 3c7
1088: 432
1100: b6
1109: 403 413 43f 44f
1120: 3b0 3c5 3cb 3cd
1124: b1 f7 221a 2248 2260 2264-2265
1128: 393
1131: af 43d 45f 2017
1139: 23-24 30-39 3f 4c 5f 61-62 64-65 67-68 6e-71 75 a2-a5 a7 ab bb e0-e5 e8-eb f0-f6 f9-fc fe 101 103 105 111 113 115
  117 119 11b 11d 11f 121 123 125 127 139 13b 13d 13f 141 144 146 148 14b 14d 14f 151 169 16b 16d 16f 171 173 192 1fb
  3ae 3b7-3b8 3bf 3cc 430 435 43e 440 450-452 45b 473 2013 2020-2021 20a3-20a4 20ac
1140: 3b4
1144: 438-439 45d
1165: 3c1
1173: 431 446
1178: 3b2
1180: b5 3bc
1184: 3ac 3b1
1193: 40c 41a
1195: 434 43b 2261
1196: 2b 3c-3e 7e ac d7 2212
1229: 212e
1237: 149 417 25a0-25a1 25cb 25cf 25d8-25d9
1251: 46 54 5a bf df f8 162 164 166 179 17b 17d 1ff 21a 396 3a4 422
1253: 2206
1259: 10f
1264: 3c3
1266: 3a3
1280: 44a
1301: 40e 423
1328: 3c6
1331: 39e
1344: 411 41b 42c
1365: 427
1366: 26 41-42 45 4b 50 53 56 58-59 c0-c5 c8-cb dd-de 100 102 104 112 114 116 118 11a 136 15a 15c 15e 160 176 178 1fa
  218 391-392 395 39a 3a1 3a5 3a7 3ab 400 405 410 412 415 420 425 1ef2
1367: 386 401
1368: 394 39b
1370: 436
1387: 414
1408: 43c
1413: 3c0
1460: 3c8 2211 221e
1472: 404 40f 418-419 41f 42d 44b 2229
1479: 43-44 48 4e 52 55 77 c7 d0-d1 d9-dc 106 108 10a 10c 10e 110 124 126 143 145 147 154 156 158 168 16a 16c 16e 170
  172 175 397 39d 3a0 40d 41d 421 42f 1e81 1e83 1e85
1481: 14a
1505: 132
1509: a9 ae
1515: 426
1531: 3a9
1536: 44e
1541: 38f
1557: 424
1573: 2126
1586: 38c
1593: 47 4f 51 d2-d6 d8 11c 11e 120 122 14c 14e 150 1fe 398 39f 41e 472
1599: 3c9 3ce
1606: 388
1621: 42a
1634: 3a6
1643: 448
1664: 45a
1685: 444 449
1686: 220f
1706: 4d 6d 39c 41c
1708: bc-be 215b-215e
1711: 3a8
1716: 389
1749: 40b
1752: 38e
1771: 402
1813: 42b 2105
1821: 25 e6 1fd
1856: 459
1877: 428
1891: 416
1920: 429
1933: 57 153 174 1e80 1e82 1e84
2005: 221f
2027: 25b2 25ba 25bc 25c4
2048: c6 152 1fc 2014-2015 2026 2030 2122 2190 2192 2194 25ac
2069: 40a 42e
2079: 40
2165: 409
2197: 2116
2240: 20a7
"""


class _Advances(dict[str, int]):
    """Font units by character; what the font lacks is drawn from another one, so it counts as wide."""

    def __missing__(self, character: str) -> int:
        # A letter of a square script is one em wide; pictographs, which stand beyond U+FFFF, are up to 1.4.
        return UNITS_PER_EM if character <= "\uffff" else UNITS_PER_EM * 3 // 2


def text_width(text: str, size: float = LABEL_SIZE) -> float:
    """Return the width in px of one line of text at a font size in px, kerning off.

    >>> round(text_width("1932"), 2)
    28.92
    """
    # A letter and its accent, typed as two characters, are drawn as the one letter that the font has for both.
    return sum(map(_UNITS.__getitem__, normalize("NFC", text))) * size / UNITS_PER_EM


def _read(table: str) -> _Advances:
    units = _Advances()
    advance = 0
    for word in table.split():
        if word.endswith(":"):
            advance = int(word[:-1])
            continue
        first, _, last = word.partition("-")
        for code in range(int(first, 16), int(last or first, 16) + 1):
            units[chr(code)] = advance
    return units


_UNITS = _read(ADVANCES)
