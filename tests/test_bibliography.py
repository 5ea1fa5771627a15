"""Sources in passing, in full, as BibTeX and as CSL-JSON: in shape for those who read them, whatever is written."""

from __future__ import annotations

import json
import re
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.bibliography import BIBTEX, CSL, MANY, bibtex, csl, reference, short
from timeline.document import Source, SourceKind

BOOK: dict[str, Any] = {
    "id": "lee-1986",
    "title": "The <Harvest> & After",
    "kind": "book",
    "author": ["Lee, Ann", "Bureau of Grain and Flour"],
    "year": 1986,
    "within": "Old & New",
    "volume": "2",
    "pages": "1–9, 100 %",
    "publisher": "Press #1",
    "url": "https://example.org/{a}%20b?c=1&d=_",
    "note": "Of {all} costs $5.",
}
ARTICLE: dict[str, Any] = {
    "id": "ray", "title": "Of herds", "kind": "article", "author": ["Ray, Bo"], "within": "Review", "volume": "50:1",
}  # fmt: skip


def source(**given_: Any) -> Source:  # noqa: ANN401
    return Source.model_validate({"id": "one", "title": "A text", "kind": "archive", **given_})


AUTHORS = ["Lee, Ann", "Ray, Bo", "Bureau of Grain", "Day, Di", "Fox, Flo"]
IN_PASSING: list[tuple[dict[str, Any], str]] = [
    ({}, "A text"),
    ({"year": 1911}, "A text"),
    ({"author": AUTHORS[:1]}, "Lee, A text"),
    ({"author": AUTHORS[:1], "year": 1986}, "Lee 1986"),
    ({"author": AUTHORS[:2], "year": 1986}, "Lee and Ray 1986"),
    ({"author": AUTHORS[:3], "year": 1986}, "Lee, Ray and Bureau of Grain 1986"),
    ({"author": AUTHORS[:4], "year": 1986}, "Lee et al. 1986"),
    ({"author": AUTHORS}, "Lee et al., A text"),
]


@pytest.mark.parametrize(("parts", "expected"), IN_PASSING, ids=[words for _, words in IN_PASSING])
def test_a_source_is_cited_in_passing_by_authors_and_year_or_title(parts: dict[str, Any], expected: str) -> None:
    assert short(source(**parts)) == expected
    assert MANY == 4


IN_FULL: list[tuple[dict[str, Any], str]] = [
    ({}, "<cite>A text</cite>, archive."),
    ({"author": ["Lee, Ann"]}, "Lee, Ann, <cite>A text</cite>."),
    ({"year": 1911, "pages": "3–4"}, "<cite>A text</cite>, 1911, pp. 3–4, archive."),
    (
        {"title": "<b>", "url": 'https://a/"<b>', "author": ["<i>", "&"], "note": "not told"},
        '&lt;i&gt;; &amp;, <a href="https://a/&#34;&lt;b&gt;" rel="noopener noreferrer"><cite>&lt;b&gt;</cite></a>.',
    ),
    (
        {**BOOK, "url": None, "author": ["Lee", "Ray"]},
        "Lee; Ray, <cite>The &lt;Harvest&gt; &amp; After</cite>, Old &amp; New, 2, Press #1, 1986, pp. 1–9, 100 %.",
    ),
]


@pytest.mark.parametrize(("parts", "expected"), IN_FULL, ids=range(len(IN_FULL)))
def test_a_source_in_full_is_all_that_there_is_of_it_escaped(parts: dict[str, Any], expected: str) -> None:
    assert reference(source(**parts)) == expected


def test_bibtex_is_written_under_the_source_s_id_with_specials_escaped() -> None:
    speech = {"id": "talk", "title": "On ~^\\", "kind": "speech", "within": "Hall_1", "author": ["Day"], "year": 1930}
    assert bibtex([source(**BOOK), source(**ARTICLE), source(**speech)]) == (
        r"""@book{lee-1986,
  author = {Lee, Ann and {Bureau of Grain and Flour}},
  title = {{The <Harvest> \& After}},
  series = {Old \& New},
  volume = {2},
  pages = {1--9, 100 \%},
  publisher = {Press \#1},
  year = {1986},
  url = {https://example.org/%7Ba%7D%20b?c=1&d=_},
  note = {Of \textbraceleft{}all\textbraceright{} costs \$5.},
}

@article{ray,
  author = {Ray, Bo},
  title = {{Of herds}},
  journal = {Review},
  volume = {50:1},
}

@misc{talk,
  author = {{Day}},
  title = {{On \textasciitilde{}\textasciicircum{}\textbackslash{}}},
  howpublished = {Hall\_1},
  year = {1930},
  type = {speech},
}
"""
    )


def test_csl_tells_names_dates_numbers_and_containers_apart() -> None:
    assert csl([source(**BOOK), source(**ARTICLE), source(year=0)]) == [
        {
            "id": "lee-1986",
            "type": "book",
            "title": "The <Harvest> & After",
            "author": [{"family": "Lee", "given": "Ann"}, {"literal": "Bureau of Grain and Flour"}],
            "issued": {"date-parts": [[1986]]},
            "collection-title": "Old & New",
            "volume": "2",
            "page": "1–9, 100 %",
            "publisher": "Press #1",
            "URL": "https://example.org/{a}%20b?c=1&d=_",
            "note": "Of {all} costs $5.",
        },
        {
            "id": "ray",
            "type": "article-journal",
            "title": "Of herds",
            "author": [{"family": "Ray", "given": "Bo"}],
            "container-title": "Review",
            "volume": "50",
            "issue": "1",
        },
        {"id": "one", "type": "document", "title": "A text", "issued": {"date-parts": [[0]]}, "genre": "archive"},
    ]


KINDS = get_args(SourceKind)
SAID_OF = {  # the kinds that no type in CSL says, so that a style prints them
    "archive", "exhibit", "revision cards", "role-play", "speech", "student essay", "student notes",
}  # fmt: skip
TYPES = {  # of CSL 1.0.2, those that Zotero knows as well
    "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter", "dataset",
    "document", "entry-dictionary", "entry-encyclopedia", "graphic", "hearing", "interview", "legal_case",
    "legislation", "manuscript", "map", "motion_picture", "paper-conference", "patent", "personal_communication",
    "post", "post-weblog", "report", "software", "song", "speech", "standard", "thesis", "webpage",
}  # fmt: skip


def test_every_kind_of_source_has_a_type_that_reference_managers_know() -> None:
    assert {item["type"] for item in csl([source(kind=kind) for kind in KINDS])} <= TYPES
    assert CSL.keys() | BIBTEX.keys() <= {*KINDS}
    entries = bibtex([source(kind=kind) for kind in KINDS])
    assert {*re.findall(r"^@(\w+)", entries, re.MULTILINE)} == {"article", "book", "incollection", "misc"}
    assert {*re.findall(r"type = \{(.*)\}", entries)} == {*KINDS} - BIBTEX.keys()


def test_the_genre_of_a_source_is_its_kind_where_its_type_says_little() -> None:
    assert {item["genre"] for item in csl([source(kind=kind) for kind in KINDS]) if "genre" in item} == SAID_OF


# Letters of no name contain "and", which parts names in BibTeX; that of an institution may.
ink = st.text('\\{}&%$#_~^"<>@=, –é1x', min_size=1, max_size=9).filter(lambda text: bool(text.strip()))
sources = st.builds(
    Source,
    id=st.from_regex(r"[a-z]{1,3}(-[0-9]{1,2})?", fullmatch=True),
    title=ink,
    kind=st.sampled_from(KINDS),
    author=st.lists(ink | st.sampled_from(["Smith and Sons", "Lee, Ann"]), max_size=5).map(tuple),
    year=st.none() | st.integers(-50, 2030),
    url=st.none() | st.text("\\{}&%$#_~^?=1x", max_size=9).map("https://x{}".format),
    **dict.fromkeys(("within", "volume", "pages", "publisher", "note"), st.none() | ink),
)
SIGNS = {
    r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^", r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}", **{f"\\{sign}": sign for sign in "&%$#_"},
}  # fmt: skip
SIGN = re.compile("|".join(map(re.escape, SIGNS)))


def said(tex: str) -> str:
    """Give what some LaTeX prints; what is special may stand there in no other way than as a known sign."""
    assert not re.search(r"[\\{}&%$#_~^]", SIGN.sub("", tex))
    return SIGN.sub(lambda sign: SIGNS[sign[0]], tex)


def braced(text: str, start: int) -> str:
    """Give what stands in the braces that open at ``start``, as BibTeX counts them: whatever stands before them."""
    depth = 0
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return text[start + 1 : place]
    pytest.fail("braces do not balance")


def entries_of(text: str) -> list[tuple[str, str, dict[str, str]]]:
    """Read BibTeX: the type, key and fields of each entry, by counting braces alone."""
    found, place = [], 0
    while entry := re.compile(r"\s*@(\w+)(?=\{)").match(text, place):
        body = braced(text, entry.end())
        place = entry.end() + len(body) + 2
        key, _, rest = body.partition(",")
        fields, inner = {}, 0
        while field := re.compile(r"\s*([a-z]+) = (?=\{)").match(rest, inner):
            fields[field[1]] = braced(rest, field.end())
            inner = field.end() + len(fields[field[1]]) + 2
            assert rest[inner] == ","
            inner += 1
        assert not rest[inner:].strip()
        found.append((entry[1], key, fields))
    assert not text[place:].strip()
    return found


def names_in(field: str) -> list[str]:
    """Part the authors of a field where "and" stands outside of all braces."""
    shielded = re.sub(r"(?<![a-z])\{.*?\}(?= and |$)", lambda name: name[0].replace(" and ", "\0"), field)
    return [name.replace("\0", " and ") for name in shielded.split(" and ")]


@settings(deadline=None)
@given(st.lists(sources, max_size=4))
def test_bibtex_reads_back_as_what_was_written(given_: list[Source]) -> None:
    found = entries_of(bibtex(given_))
    assert [key for _, key, _ in found] == [one.id for one in given_]
    for (kind, _, fields), one in zip(found, given_, strict=True):
        within = {"article": "journal", "book": "series", "incollection": "booktitle", "misc": "howpublished"}[kind]
        assert said(braced(fields.pop("title"), 0)) == one.title
        url = fields.pop("url", "")
        assert not re.search(r"[\\{}]", url)
        assert url.replace("%7B", "{").replace("%7D", "}").replace("%5C", "\\") == (one.url or "")
        names = names_in(fields.pop("author")) if one.author else []
        assert [said(name if "," in name else braced(name, 0)) for name in names] == [*one.author]
        told = {
            within: one.within,
            "volume": one.volume,
            "pages": one.pages and one.pages.replace("–", "--"),
            "publisher": one.publisher,
            "year": str(one.year or ""),
            "type": one.kind if kind == "misc" else None,
            "note": one.note,
        }
        assert {name: said(value) for name, value in fields.items()} == {k: v for k, v in told.items() if v}


TEXTS = {
    "id", "type", "title", "container-title", "collection-title", "volume", "issue", "page", "publisher", "URL",
    "genre", "note",
}  # fmt: skip


@settings(deadline=None)
@given(st.lists(sources, max_size=4))
def test_csl_items_have_the_shape_of_the_schema(given_: list[Source]) -> None:
    items = csl(given_)
    assert json.loads(json.dumps(items)) == items
    for item, one in zip(items, given_, strict=True):
        assert item.keys() <= TEXTS | {"author", "issued"}
        assert {"id", "type", "title"} <= item.keys()
        assert all(isinstance(item[key], str) and item[key] for key in item.keys() & TEXTS)
        assert item["type"] in TYPES
        assert item.get("issued") == (None if one.year is None else {"date-parts": [[one.year]]})
        names = item.get("author", [])
        assert [{*name} for name in names] == [
            {"family", "given"} if "," in author else {"literal"} for author in one.author
        ]
        assert all(isinstance(part, str) for name in names for part in name.values())
