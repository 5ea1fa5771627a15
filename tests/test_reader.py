"""Reading a document: what loads, and every fault of what does not, with place, reason and what to write."""

from __future__ import annotations

import base64
import gc
import gzip
import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.fault import DocumentError
from timeline.garbage import uncollected
from timeline.reader import load, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from timeline.fault import Fault

CITE = {"source": "loc", "at": "order"}
WHOLE: dict[str, Any] = {
    "title": "A village",
    "period": "1918/1941",
    "themes": [{"id": "policy", "label": "Policy"}, {"id": "famine", "label": "Famine", "color": "#7a1f1f"}],
    "sources": [
        {"id": "loc", "title": "Letters", "kind": "archive", "outline": [{"id": "order", "title": "An order"}]},
        {"id": "book", "title": "A book", "kind": "book", "year": 1986, "repeats": "loc"},
    ],
    "events": [
        {
            "id": "hanging-order",
            "date": "1918-08-11",
            "title": "An order",
            "themes": ["policy"],
            "claims": [
                {
                    "says": "It was given.",
                    "cites": [CITE, {"source": "book"}],
                    "figures": [{"series": "deaths/village", "date": "1933", "low": 2, "value": 3, "high": 4}],
                }
            ],
            "links": [{"to": "hunger", "kind": "led to", "because": "it follows", "cites": [CITE]}],
        },
        {"id": "hunger", "date": "1932~/1933~", "title": "Hunger", "themes": ["famine", "policy"], "importance": 5},
    ],
    "measures": [
        {
            "id": "deaths",
            "label": "Deaths",
            "unit": "people",
            "series": [
                {
                    "id": "village",
                    "label": "Village",
                    "base": "the parish",
                    "observations": [{"date": "1933", "value": 3.5, "cites": [CITE]}],
                }
            ],
        }
    ],
    "glossary": [{"id": "kulak", "term": "kulak", "meaning": "fist", "cites": [CITE]}],
    "tours": [
        {
            "id": "first",
            "title": "First",
            "summary": "A way through",
            "steps": [{"text": "Look", "event": "hunger", "themes": ["famine"], "from": "1932", "to": "1933"}],
        }
    ],
}


def faults(source: bytes) -> list[str]:
    with pytest.raises(DocumentError) as refused:
        read(source, "events.json")
    assert all(fault.record()["problem"] for fault in refused.value.faults)
    return [str(fault) for fault in refused.value.faults]


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    document = deepcopy(WHOLE)
    change(document)
    return json.dumps(document).encode()


def event(**values: object) -> Callable[[dict[str, Any]], object]:
    return lambda document: document["events"][0].update(values)


def test_a_whole_document_loads() -> None:
    document = read(json.dumps(WHOLE).encode(), "events.json")
    assert [str(event.date) for event in document.events] == ["1918-08-11", "1932~/1933~"]
    assert document.events[0].claims[0].figures[0].value == 3


@pytest.mark.parametrize("source", [json.dumps(WHOLE).encode(), b"{", b"[]"], ids=["right", "no JSON", "wrong"])
@pytest.mark.parametrize("searching", [True, False])
def test_reading_leaves_the_search_for_garbage_as_it_was(source: bytes, *, searching: bool) -> None:
    before = gc.isenabled()
    (gc.enable if searching else gc.disable)()
    try:
        outcome(source)
        assert gc.isenabled() is searching
    finally:
        (gc.enable if before else gc.disable)()


def test_what_is_made_while_no_garbage_is_looked_for_is_not_young_afterwards() -> None:
    with uncollected():
        rings: list[list[Any]] = [[] for _ in range(10_000)]
    for ring in rings:
        ring.append(ring)
    assert any(one is rings for one in gc.get_objects(generation=2))  # else the next search would go through them
    assert gc.get_freeze_count() == 0
    del ring, rings
    assert gc.collect() >= 10_000


ORDER = 'events.json:1: event "hanging-order", '


@pytest.mark.parametrize("date", ["-9999", "-9999-01-01", "9998", "9999-12-30", "-9999/9998", "9998-12-31T24:00:00"])
def test_a_date_within_the_years_of_the_axis_loads(date: str) -> None:
    assert outcome(changed(event(date=date))) is None


@pytest.mark.parametrize("date", ["Y-10000", "Y-10000/1930", "9999", "9999-12-31", "1930/9999", "9999-12-31T23:59:59"])
def test_a_date_beyond_the_years_of_the_axis_is_refused(date: str) -> None:
    assert faults(changed(event(date=date))) == [
        f'{ORDER}date: "{date}" lies beyond the years that the axis can show (write a year from -9999 to 9998)'
    ]


@pytest.mark.parametrize(
    "forms",
    [
        (["kulak", "Kulak", "KULAK", "kulak"], ["fist"]),  # of one term
        (["NEP"], ["Nep"]),  # capitals are found in capitals alone
        (["kulak"], ["kulaks"], ["kulak categories"]),
    ],
    ids=str,
)
def test_terms_of_different_forms_load(forms: tuple[list[str], ...]) -> None:
    terms = [{"id": f"t{n}", "term": one, "meaning": "x", "aliases": more} for n, (one, *more) in enumerate(forms)]
    assert len(read(json.dumps({**WHOLE, "glossary": terms}).encode(), "events.json").glossary) == len(terms)


HALF = "holds half a character or U+0000 (write whole characters)"
ESCAPES = [
    (r"\ud83d\ude00", None),
    (r"\uD83D\uDE00\\u0000\\ud83d", None),
    (r"\n\\\ud83d\ude00", None),
    (r"\ud83d", HALF),
    (r"\ud83d\ud83d\ude00", HALF),
    (r"\ud83d\ude00\ude00", HALF),
    (r"\\ud83d\ude00", HALF),
    (r"\\\u0000", HALF),
]


@pytest.mark.parametrize(("escape", "problem"), ESCAPES)
@pytest.mark.parametrize("key", ["text", "q"])  # the models look into the one and not into the other
def test_an_escape_is_a_whole_character_or_refused(key: str, escape: str, problem: str | None) -> None:
    steps = WHOLE["tours"][0]["steps"]
    source = json.dumps({**WHOLE, "tours": [{**WHOLE["tours"][0], "steps": [{**steps[0], key: "mark"}]}]})
    found = outcome(source.replace('"mark"', f'"a{escape}"').encode())
    assert [(fault.field, f"{fault.problem} (write {fault.write})") for fault in found or ()] == (
        [(f"steps[0].{key}", problem)] if problem else []
    )


def test_what_is_wrong_beside_a_fault_is_found_as_well() -> None:
    wrong = changed(event(titel=[{"a": 1}, "x"], title="")).decode()
    deep = wrong.replace('[{"a": 1}, "x"]', f'[{{"a": 1}}, {"[" * 60}{"]" * 60}]')
    assert faults(deep.encode()) == [
        ORDER + "title: is empty (write some words)",
        ORDER + 'titel: is not a key that is known here (write "title")',
        "events.json:1: lists and objects stand more than 50 deep in each other (write no more than 9 in each other)",
    ]


def test_what_cannot_be_opened_is_refused_in_one_line(tmp_path: Path) -> None:
    missing = tmp_path / "none.json"
    cases: list[tuple[Path | str, str]] = [
        (missing, f"{missing}: does not exist (write the path of a document, as in events.json)"),
        (tmp_path, f"{tmp_path}: is a folder (write the path of a file in it)"),
        ("a\0b", "a\\x00b: cannot be read: embedded null byte (write the path of a document, as in events.json)"),
    ]
    for path, problem in cases:
        with pytest.raises(DocumentError) as refused:
            load(path)
        assert str(refused.value) == f"{problem}\n1 fault"


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(_: Path, __: str) -> bytes:
        raise PermissionError

    path = tmp_path / "events.json"
    path.write_bytes(b"{}")
    monkeypatch.setattr("pathlib.Path.open", forbidden)
    with pytest.raises(DocumentError, match=r"may not be read \(write the path of a file that you may read\)"):
        load(path)


def test_what_is_larger_than_the_limit_is_refused_before_it_is_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, page = tmp_path / "events.json", tmp_path / "page.html"
    source = b" " * 100_000 + json.dumps(WHOLE).encode()
    whole.write_bytes(source)
    bomb = base64.b64encode(gzip.compress(source))
    page.write_bytes(b'<script id="timeline-document">' + bomb + b"</script>")
    assert load(whole) == load(page)
    monkeypatch.setattr("timeline.reader.LARGEST", 100_000)
    for path in (whole, page):
        with pytest.raises(DocumentError) as refused:
            load(path)
        assert str(refused.value) == f"{path}: is larger than 268,435,456 bytes (write several documents)\n1 fault"


def test_an_exported_page_is_read_back(tmp_path: Path) -> None:
    document = read(json.dumps(WHOLE).encode(), "events.json")
    packed = base64.b64encode(gzip.compress(document.model_dump_json(by_alias=True, exclude_defaults=True).encode()))
    page = tmp_path / "timeline.html"
    page.write_bytes(b'\n<!DOCTYPE html><script type="text/plain" id="timeline-document">' + packed + b"</script>")
    assert load(page) == document
    page.write_bytes(page.read_bytes().replace(packed, packed[: len(packed) // 8 * 4]))
    with pytest.raises(DocumentError, match="is a page whose document is damaged"):
        load(page)


scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["1930", "policy", "a/b"])
)
keys = (
    st.sampled_from(["id", "date", "title", "themes", "source", "cites", "to", "repeats", "figures", "high", "x"])
    | st.text()
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4), max_leaves=12
)
places = st.sampled_from(["title", "period", "themes", "sources", "events", "measures", "glossary", "tours"])


def outcome(source: bytes) -> tuple[Fault, ...] | None:
    """Give the faults of a document, or None for one that loads."""
    try:
        read(source, "events.json")
    except DocumentError as error:
        return error.faults or pytest.fail("refused without a fault")
    return None


def loads_or_is_refused(document: object) -> None:
    found = outcome(json.dumps(document).encode())
    assert found is None or json.dumps([fault.record() for fault in found], allow_nan=False)
    assert found is None or "\n".join(map(str, found)).encode()


@settings(deadline=None)
@given(values | st.dictionaries(places, values | st.lists(st.dictionaries(keys, values)), max_size=5))
def test_any_json_value_loads_or_is_refused(document: object) -> None:
    loads_or_is_refused(document)


@settings(deadline=None)
@given(st.data(), values)
def test_any_value_put_anywhere_in_a_document_loads_or_is_refused(choose: st.DataObject, value: object) -> None:
    document = deepcopy(WHOLE)
    place: Any = document
    while True:
        key = choose.draw(st.sampled_from(range(len(place)) if isinstance(place, list) else sorted(place)))
        if not isinstance(place[key], list | dict) or not place[key] or choose.draw(st.booleans()):
            break
        place = place[key]
    place[key] = value
    loads_or_is_refused(document)


@settings(deadline=None)
@given(st.binary() | st.text().map(str.encode) | st.integers(0, 2000).map(lambda end: json.dumps(WHOLE).encode()[:end]))
def test_any_bytes_load_or_are_refused_in_words(source: bytes) -> None:
    assert all(str(fault).startswith("events.json:") for fault in outcome(source) or ())


words = st.text(min_size=1).filter(lambda text: text.strip() and "\0" not in text).map(lambda text: text + "x")
dates = st.dates().map(str) | st.sampled_from(["1930", "1932-24", "[..1930-03]", "1932~/1933~", "1931/..", "193X"])
events = st.fixed_dictionaries(
    {"date": dates, "title": words, "themes": st.permutations(["policy", "famine"])},
    optional={
        "label": words,
        "summary": words,
        "place": words,
        "importance": st.integers(1, 5),
        "context": st.booleans(),
    },
)


@settings(deadline=None)
@given(st.lists(events, max_size=5), words)
def test_a_valid_document_comes_back_equal(written: list[dict[str, Any]], title: str) -> None:
    added = [{"id": f"event-{number}", **each} for number, each in enumerate(written)]
    source = json.dumps({**WHOLE, "title": title, "events": [*WHOLE["events"], *added]})
    document = read(source.encode(), "events.json")
    assert read(document.model_dump_json(by_alias=True, exclude_defaults=True).encode(), "again.json") == document
    assert [str(event.date) for event in document.events[2:]] == [event["date"] for event in written]
