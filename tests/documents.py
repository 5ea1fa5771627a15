"""Valid documents for hypothesis: all of the format, small, with every kind of reference."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Any, get_args

from hypothesis import strategies as st

from timeline.document import LinkKind, SourceKind, Symbol

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

Row = dict[str, Any]

HOSTILE = ["</script><!--", "{{ 7*7 }}", "%E0%A4%", "__proto__", "\u202eleft", "a\r\n\tb", "\x1b[2J", "😀", "&lt;"]
marked = st.sampled_from(HOSTILE)
texts = marked | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12).map(
    lambda text: f"{text}x"
)
addresses = st.text(string.ascii_letters + string.punctuation + "éж", min_size=1).map(lambda text: f"https://{text}")
languages = st.sampled_from(["en", "de-AT", "ru"])
flags, colors = st.booleans(), st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
numbers = (
    (st.floats(-1e100, 1e100) | st.floats(-1e6, 1e6)).filter(lambda one: one == 0 or abs(one) >= 1e-100)
    | st.integers(-(2**53), 2**53)  # beyond, a number of a document is the nearest that a float holds
    | st.sampled_from([1e100, -1e100, 1e-100, -0.0])
)
years = st.integers(1900, 1960) | st.integers(-9999, 9998)


def year(number: int) -> str:
    """Write a year as EDTF has it."""
    return f"-{-number:04}" if number < 0 else f"{number:04}"


plain_years = years.map(year)
months = st.builds("{}-{:02}".format, plain_years, st.integers(1, 12) | st.integers(21, 41))
days = st.builds("{}-{:02}-{:02}".format, plain_years, st.integers(1, 12), st.integers(1, 28))
spans = st.tuples(years, years).map(sorted).map(lambda ends: f"{year(ends[0])}/{year(ends[1])}")
marks = st.sampled_from(["", "", "~", "?", "%"])
closed = (
    st.builds("{}{}".format, plain_years | months | days, marks)
    | spans
    | st.sampled_from(["193X", "1930-XX", "1930-03-XX", "XXXX-05", "[..1930-03]", "[1930..]", "[1929,1931]"])
    | st.sampled_from(["{1929,1931}", "1932~/1933~", "1931/", "/1931-04", "1918-~08-11", "1950S2"])
)
dates = closed | st.builds("{}/..".format, plain_years) | st.builds("../{}".format, plain_years)


def some(draw: Callable[..., Any], **optional: SearchStrategy[Any]) -> Row:
    """Draw some of the keys that may be missing; ``from_`` stands for ``from``."""
    return {key.rstrip("_"): draw(values) for key, values in optional.items() if draw(flags)}


def subset(names: list[str], least: int = 0) -> SearchStrategy[list[str]]:
    """Draw some of the names, each once."""
    return st.lists(st.sampled_from(names), min_size=least, max_size=3, unique=True) if names else st.just([])


@st.composite
def quantities(draw: Callable[..., Any]) -> Row:
    """Draw a number at a date: a value, a range, both, or a bound."""
    low, value, high = sorted(draw(st.lists(numbers, min_size=3, max_size=3)))
    given_keys = draw(
        st.sampled_from(["value", "low", "high", "low high", "low value", "value high", "low value high"])
    )
    given = {key: number for key, number in (("low", low), ("value", value), ("high", high)) if key in given_keys}
    return {"date": draw(closed), **given, **some(draw, unsure=flags)}


@st.composite
def sources(draw: Callable[..., Any], names: list[str]) -> list[Row]:
    """Draw sources with outlines; each repeats only what stands before it, so that there is no ring."""
    drawn = []
    for index, name in enumerate(names):
        earlier = st.sampled_from(names[:index]) if index else st.nothing()
        outline = [
            {"id": f"part-{number}", "title": title, **(some(draw, repeats=earlier) if index else {})}
            for number, title in enumerate(draw(st.lists(texts, max_size=2)))
        ]
        more = some(
            draw, author=st.lists(texts, max_size=2), year=years, within=texts, volume=texts, pages=texts,
            publisher=texts, url=addresses, file=texts, note=texts, outline=st.just(outline),
            **({"repeats": earlier} if index else {}),
        )  # fmt: skip
        kind = draw(st.sampled_from(get_args(SourceKind)))
        drawn.append({"id": name, "title": draw(texts), "kind": kind, **more})
    return drawn


def cites(known: list[Row], least: int = 0) -> SearchStrategy[list[Row]]:
    """Draw cites of known sources, at a part of their outlines or at none."""

    @st.composite
    def cite(draw: Callable[..., Any]) -> Row:
        source = draw(st.sampled_from(known))
        ids = [part["id"] for part in source.get("outline", ())]
        others = [other["id"] for other in known if other is not source]
        at = {"at": st.sampled_from(ids)} if ids else {}
        return {"source": source["id"], **some(draw, **at, **({"repeats": st.sampled_from(others)} if others else {}))}

    return st.lists(cite(), min_size=least, max_size=2) if known else st.just([])


@st.composite
def measures(draw: Callable[..., Any], themes: list[str], known: list[Row]) -> list[Row]:
    """Draw measures with series; two of them may share a scope."""
    drawn = []
    for number in range(draw(st.sampled_from([1, 2, 1, 0]))):
        series = [
            {
                "id": f"series-{one}", "label": draw(texts), "base": draw(texts),
                **some(
                    draw, scope=st.sampled_from(["all", "some"]), cites=cites(known),
                    observations=st.lists(observations(known), min_size=1, max_size=4),
                ),
            }
            for one in range(draw(st.integers(1, 2)))
        ]  # fmt: skip
        more = some(draw, themes=subset(themes), per=st.sampled_from(["moment", "year"]))
        drawn.append({"id": f"measure-{number}", "label": draw(texts), "unit": draw(texts), **more, "series": series})
    return drawn


@st.composite
def observations(draw: Callable[..., Any], known: list[Row]) -> Row:
    """Draw a point of a series."""
    return {**draw(quantities()), **some(draw, cites=cites(known), note=texts)}


@st.composite
def claims(draw: Callable[..., Any], known: list[Row], series: list[str]) -> Row:
    """Draw a statement with figures and a correction."""

    @st.composite
    def figure(draw: Callable[..., Any]) -> Row:
        return {"series": draw(st.sampled_from(series)), **draw(quantities())}

    figures = st.lists(figure(), min_size=1, max_size=2) if series else st.just([])
    right = st.fixed_dictionaries({"says": texts, "cites": cites(known, 1)}, optional={"figures": figures})
    more = some(draw, by=texts, question=st.sampled_from(["Why?", "Who?"]), figures=figures, correction=right)
    return {"says": draw(texts), "cites": draw(cites(known, 1)), **more}


@st.composite
def events(draw: Callable[..., Any], names: list[str], themes: list[str], known: list[Row], series: list[str]) -> Any:  # noqa: ANN401 - a list of rows
    """Draw events with claims and links."""
    drawn = []
    for name in names:
        others = [other for other in names if other != name]
        link = st.fixed_dictionaries(
            {"to": st.sampled_from(others or names), "kind": st.sampled_from(get_args(LinkKind)), "because": texts},
            optional={"cites": cites(known)},
        )
        more = some(
            draw, label=texts, summary=texts, importance=st.integers(1, 5), place=texts, context=flags,
            claims=st.lists(claims(known, series), min_size=1, max_size=2) if known else st.just([]),
            links=st.lists(link, min_size=1, max_size=2) if others else st.just([]),
        )  # fmt: skip
        own = draw(subset(themes, 1))
        drawn.append({"id": name, "date": draw(dates), "title": draw(texts), "themes": own, **more})
    return drawn


@st.composite
def glossary(draw: Callable[..., Any], known: list[Row]) -> list[Row]:
    """Draw terms; no two have a form in common."""
    forms = draw(st.lists(texts, max_size=4, unique_by=str.casefold))
    return [
        {
            "id": f"term-{number}", "term": form, "meaning": draw(texts),
            **some(draw, original=texts, aliases=st.just([f"{form}s"]), cites=cites(known)),
        }
        for number, form in enumerate(forms)
        if not form.endswith("s")
    ]  # fmt: skip


@st.composite
def tours(draw: Callable[..., Any], names: list[str], themes: list[str], measured: list[str]) -> list[Row]:
    """Draw tours whose steps name what there is."""
    views = {"event": names, "measure": measured}
    chosen = {key: st.sampled_from(ids) for key, ids in views.items() if ids}
    drawn = []
    for number in range(draw(st.integers(0, 2))):
        steps = []
        for _ in range(draw(st.integers(1, 2))):
            ends = {"from_": st.sampled_from(["1920", "-0043", "1930-03"]), "to": st.sampled_from(["1941", "9998"])}
            more = some(draw, **chosen, **ends, themes=subset(themes), q=texts | st.just(""))
            steps.append({"text": draw(texts), **more})
        drawn.append({"id": f"tour-{number}", "title": draw(texts), "summary": draw(texts), "steps": steps})
    return drawn


@st.composite
def documents(draw: Callable[..., Any]) -> Row:
    """Draw a valid document."""
    themes = [f"theme-{number}" for number in range(draw(st.integers(1, 3)))]
    names = [f"event-{number}" for number in range(draw(st.sampled_from([2, 3, 5, 1, 0])))]
    known = draw(sources([f"source-{number}" for number in range(draw(st.sampled_from([2, 3, 1, 0])))]))
    measured = draw(measures(themes, known))
    series = [f"{measure['id']}/{one['id']}" for measure in measured for one in measure["series"]]
    theme = {"label": texts}, {"summary": texts, "color": colors, "symbol": st.sampled_from(get_args(Symbol))}
    return {
        "title": draw(texts),
        **some(
            draw, summary=texts, language=languages, period=spans, version=texts, editors=st.lists(texts, max_size=2),
            licence=texts, url=addresses, contact=texts,
        ),
        "themes": [{"id": name, **draw(st.fixed_dictionaries(theme[0], optional=theme[1]))} for name in themes],
        "sources": known,
        "events": draw(events(names, themes, known, series)),
        "measures": measured,
        "glossary": draw(glossary(known)),
        "tours": draw(tours(names, themes, [measure["id"] for measure in measured])),
    }  # fmt: skip
