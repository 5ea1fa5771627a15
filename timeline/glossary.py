"""The words of a glossary in a running text: each is marked where a reader first meets it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.document import Term


class Glossary:
    """A document's terms, ready to be found by any of their forms.

    A form is found as a whole word, whatever its case; one in capitals, such as NEP, is found in capitals alone.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._forms = forms = sorted(
            ((form, term.id) for term in terms for form in (term.term, *term.aliases)), key=_rank
        )
        # A form is told by its group: the small letters of what is found, as in "İstanbul", may spell another word.
        self._terms: dict[int | None, str] = {group: term for group, (_, term) in enumerate(forms, 1)}
        found = "|".join(f"({re.escape(form)})" if form.isupper() else f"(?i:({re.escape(form)}))" for form, _ in forms)
        self._pattern = re.compile(rf"(?<!\w)(?:{found})(?!\w)") if forms else None

    @property
    def forms(self) -> list[tuple[str, str]]:
        """The forms as regular expressions of the browser's, in the order in which they are looked for, with terms."""
        return [(_spelled(form), term) for form, term in self._forms]

    def mark(self, text: str, seen: set[str]) -> Markup:
        """Return a text with each term that is not among ``seen`` as a link to its meaning, and add it there."""
        if self._pattern is None:
            return escape(text)
        parts, last = [], 0
        for match in self._pattern.finditer(text):
            term = self._terms[match.lastindex]
            if term in seen:
                continue
            seen.add(term)
            link = Markup('<a class="term" href="#term_{}">{}</a>').format(term, match[0])
            parts += [escape(text[last : match.start()]), link]
            last = match.end()
        return Markup("").join([*parts, escape(text[last:])])


def _spelled(form: str) -> str:
    """Return a form, letter by letter, in all that the letter may be; in capitals, in itself alone."""
    spelled = (_variants(letter, exact=form.isupper()) for letter in form)
    return "".join("[" + "".join(rf"\u{{{ord(one):x}}}" for one in sorted(letters)) + "]" for letters in spelled)


def _variants(letter: str, *, exact: bool) -> set[str]:
    others = set() if exact else {letter.lower(), letter.upper(), letter.title()}
    return {letter, *(other for other in others if re.fullmatch(re.escape(letter), other, re.IGNORECASE))}


def _rank(form: tuple[str, str]) -> tuple[int, bool]:
    """Return the order in which forms are looked for: "kulak" stands in "kulak categories", and "Nep" fits "NEP"."""
    return -len(form[0]), not form[0].isupper()
