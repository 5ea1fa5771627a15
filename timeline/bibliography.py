"""Sources as a bibliography: in passing, in full, as BibTeX and as CSL-JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from timeline.words import isolated, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.document import Source

MANY = 4
"""From so many authors on, the first stands for all where a source is cited in passing."""
BIBTEX = {"article": "article", "book": "book", "chapter": "incollection"}
"""Kinds of source that BibTeX has a type for; the others are its ``misc``."""
WITHIN = {"article": "journal", "chapter": "booktitle", "book": "series"}
CSL = {
    "archive": "document",
    "article": "article-journal",
    "book": "book",
    "chapter": "chapter",
    "dataset": "dataset",
    "encyclopedia": "entry-encyclopedia",
    "law": "legislation",
    "newspaper": "article-newspaper",
    "role-play": "manuscript",
    "speech": "speech",
    "student essay": "manuscript",
    "student notes": "manuscript",
    "website": "webpage",
}
"""The type in CSL of each kind of source; the others are ``document``."""
GENERIC = frozenset({"document", "manuscript", "speech"})
"""Types in CSL of which the kind is told as well; styles print it, as in "[student notes]"."""
SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "{": r"\textbraceleft{}",  # BibTeX counts a brace whatever stands before it
        "}": r"\textbraceright{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
ENCODED = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
"""What an address in BibTeX cannot hold as it stands."""


def short(source: Source) -> str:
    """Return a source as one cites it in passing: author and year, or its title."""
    families = [isolated(author.partition(",")[0]) for author in source.author]
    if not families:
        return isolated(source.title)
    if len(families) >= MANY:
        families = [say("et_al", name=families[0])]
    names = families[0] if len(families) == 1 else say("and", names=", ".join(families[:-1]), last=families[-1])
    return f"{names} {source.year}" if source.year else f"{names}, {isolated(source.title)}"


def reference(source: Source) -> Markup:
    """Return a source in full, as a line of a bibliography."""
    title = Markup("<cite>{}</cite>").format(isolated(source.title))
    if source.url:
        title = Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(source.url, title)
    pages = source.pages and say("pages", pages=source.pages)
    rest = (source.within, source.volume, source.publisher, source.year, pages)
    kind = "" if source.author else isolated(source.kind)
    parts = ["; ".join(map(isolated, source.author)), title, *(isolated(str(part)) for part in rest if part), kind]
    return Markup(", ").join(part for part in parts if part) + "."


def bibtex(sources: Iterable[Source]) -> str:
    """Return sources as entries of a BibTeX file, in UTF-8, under their own ids."""
    return "\n".join(map(_entry, sources))


def _entry(source: Source) -> str:
    fields = {
        "author": " and ".join(map(_author, source.author)),
        "title": f"{{{_tex(source.title)}}}",  # braces keep its capitals
        WITHIN.get(source.kind, "howpublished"): source.within,
        "volume": source.volume,
        "pages": source.pages and source.pages.replace("–", "--"),
        "publisher": source.publisher,
        "year": source.year,
        "url": source.url and source.url.translate(ENCODED),
        "type": None if source.kind in BIBTEX else source.kind,
        "note": source.note,
    }
    lines = [
        f"  {name} = {{{value if name in {'author', 'title', 'url'} else _tex(str(value))}}},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join([f"@{BIBTEX.get(source.kind, 'misc')}{{{source.id},", *lines, "}", ""])


def _author(name: str) -> str:
    """Return a name; braces keep one without given names, such as an institution's, in one piece."""
    return _tex(name) if "," in name else f"{{{_tex(name)}}}"


def _tex(text: str) -> str:
    return text.translate(SPECIAL)


def csl(sources: Iterable[Source]) -> list[dict[str, Any]]:
    """Return sources as items of CSL-JSON, which reference managers and citation processors read."""
    return [_item(source) for source in sources]


def _item(source: Source) -> dict[str, Any]:
    volume, _, issue = (source.volume or "").partition(":")
    form = CSL.get(source.kind, "document")
    item = {
        "id": source.id,
        "type": form,
        "title": source.title,
        "author": [_name(author) for author in source.author],
        "issued": source.year is not None and {"date-parts": [[source.year]]},
        "collection-title" if source.kind == "book" else "container-title": source.within,
        "volume": volume,
        "issue": issue,
        "page": source.pages,
        "publisher": source.publisher,
        "URL": source.url,
        "genre": form in GENERIC and source.kind,
        "note": source.note,
    }
    return {name: value for name, value in item.items() if value}


def _name(author: str) -> dict[str, str]:
    family, comma, given = (part.strip() for part in author.partition(","))
    return {"family": family, "given": given} if comma else {"literal": family}
