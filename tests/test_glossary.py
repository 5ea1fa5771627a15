"""Words to know in a running text: which forms are found, where, and how often."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markupsafe import Markup, escape

from timeline.document import Term
from timeline.glossary import Glossary

TERMS = {
    "kulak": ["kulak", "kulaks"],
    "categories": ["kulak categories"],
    "nep": ["NEP", "New Economic Policy"],
    "may": ["MAY", "МАЙ"],
    "nepman": ["Nepman", "Nep"],
    "cpp": ["C++", "(x|y)*", "a.b"],
    "city": ["İstanbul"],
    "soviet": ["soviet"],
    "mir": ["мир"],
    "fist": ["Kulak", "fist"],
}


def glossary(terms: dict[str, list[str]]) -> Glossary:
    return Glossary([Term(id=name, term=one, meaning="so", aliases=(*more,)) for name, (one, *more) in terms.items()])


def plainly(marked: Markup) -> str:
    """Write a link to a meaning as these tests do: ``[kulak: Kulaks]``."""
    return re.sub(r'<a class="term" href="#term_([a-z]+)">(.*?)</a>', r"[\1: \2]", str(marked))


MARKED = {
    "whatever its case": ("A Kulak.", "A [kulak: Kulak]."),
    "an alias": ("KULAKS!", "[kulak: KULAKS]!"),
    "once": ("kulak, kulaks, kulak", "[kulak: kulak], kulaks, kulak"),
    "whole words alone": ("kulakish subkulak kulak_ 1kulak kulaké", "kulakish subkulak kulak_ 1kulak kulaké"),
    "beside signs": ("anti-kulak's", "anti-[kulak: kulak]&#39;s"),
    "the longest form": ("the kulak categories, a kulak", "the [categories: kulak categories], a [kulak: kulak]"),
    "no word inside a longer form that is known": (
        "kulak categories, kulak categories", "[categories: kulak categories], kulak categories",
    ),
    "capitals": ("in May, MAY and may", "in May, [may: MAY] and may"),
    "capitals of any script": ("Май МАЙ", "Май [may: МАЙ]"),
    "capitals before small letters of the same": ("NEP and nep", "[nep: NEP] and [nepman: nep]"),
    "small letters as capitals": ("МИР", "[mir: МИР]"),
    "forms of signs": ("C++ is (x|y)* but axb", "[cpp: C++] is (x|y)* but axb"),
    "no pattern": ("acb", "acb"),
    "letters that are small in two ways": ("İstanbul, ſoviet", "[city: İstanbul], [soviet: ſoviet]"),
    "hostile text": ("<b>kulak</b> & \"'", "&lt;b&gt;[kulak: kulak]&lt;/b&gt; &amp; &#34;&#39;"),
    "the first of terms with one form": ("kulak fist", "[kulak: kulak] [fist: fist]"),
    "nothing": ("", ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MARKED.values(), ids=MARKED)
def test_a_term_is_marked_where_it_is_first_met(text: str, expected: str) -> None:
    assert plainly(glossary(TERMS).mark(text, set())) == expected


def test_what_has_been_seen_is_not_marked_again() -> None:
    words, seen = glossary(TERMS), {"nep"}
    assert plainly(words.mark("kulak NEP", seen)) == "[kulak: kulak] NEP"
    assert seen == {"nep", "kulak"}
    assert plainly(words.mark("kulaks мир", seen)) == "kulaks [mir: мир]"


def test_without_terms_a_text_is_but_escaped() -> None:
    assert glossary({}).mark("<kulak>", set()) == Markup("&lt;kulak&gt;")


words_ = st.text("aBİſ<>&\"'.+*([\\ ", min_size=1, max_size=4) | st.sampled_from(["ab", "AB", "Ab b", "a", "B a"])
forms = words_.filter(lambda form: bool(form.strip()))
vocabularies = st.lists(st.lists(forms, min_size=1, max_size=3), max_size=5).map(
    lambda lists: {chr(ord("a") + place): these for place, these in enumerate(lists)}
)
texts = st.lists(words_ | st.sampled_from(" ,-b_1"), max_size=12).map("".join)
LINK = re.compile(r'<a class="term" href="#term_([a-z])">([^<>]*)</a>')


@settings(deadline=None)
@given(vocabularies, texts, st.sets(st.sampled_from("abc")))
def test_without_its_tags_a_marked_text_is_the_text_and_each_term_is_marked_once(
    terms: dict[str, list[str]], text: str, before: set[str]
) -> None:
    seen = {*before}
    marked = str(glossary(terms).mark(text, seen))
    links = LINK.findall(marked)
    assert LINK.sub(r"\2", marked) == str(escape(text))
    assert len({term for term, _ in links}) == len(links)
    assert before.isdisjoint(term for term, _ in links)
    assert seen == before.union(term for term, _ in links)
    assert glossary(terms).mark(text, seen) == escape(text)
    for link in LINK.finditer(marked):
        assert not re.search(r"\w$", Markup(LINK.sub(r"\2", marked[: link.start()])).unescape())
        assert not re.match(r"\w", Markup(LINK.sub(r"\2", marked[link.end() :])).unescape())
        found = Markup(link[2]).unescape()
        capitals = [form for form in terms[link[1]] if form.isupper()]
        others = [form for form in terms[link[1]] if form not in capitals]
        assert found in capitals or any(re.fullmatch(re.escape(form), found, re.IGNORECASE) for form in others)


@settings(deadline=None)
@given(vocabularies, st.data())
def test_every_form_is_found_whatever_it_is_written_with(terms: dict[str, list[str]], data: st.DataObject) -> None:
    assume(terms)
    form = data.draw(st.sampled_from([form for these in terms.values() for form in these]))
    links = LINK.findall(str(glossary(terms).mark(form, set())))
    assert [text for _, text in links] == [str(escape(form))]
