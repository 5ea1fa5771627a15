"""What a page holds for its scripts, packed as base64 of gzip: the document, the plan, the bibliography."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from timeline import chart
from timeline.bibliography import bibtex, csl, short
from timeline.columnar import folded
from timeline.compact import pack
from timeline.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.document import Step, Timeline
    from timeline.page import Page
    from timeline.plan import Plan


def document(timeline: Timeline, drawn: Plan) -> str:
    """Return a document, with its events in time order."""
    return pack(folded(timeline, drawn.order))


def plan(page: Page) -> str:
    """Return a page's plan, with the words, the figure's template, the tours, and how articles are told."""
    timeline = page.timeline
    record = (
        page.drawn.record()
        | chart.template(page.drawn)
        | {
            "words": WORDS,
            "tours": [
                {"id": tour.id, "title": tour.title, "steps": [_step(page, step) for step in tour.steps]}
                for tour in timeline.tours
            ],
            "title": timeline.title,
            "version": timeline.version,
            "editors": timeline.editors,
            "url": timeline.url,
            "sources": {source.id: short(source) for source in timeline.sources},
            "views": [name for name, _ in page.views],
            "telling": telling(page, set(range(len(page.events))) - set(page.first)),
        }
    )
    return pack(json.dumps(record, ensure_ascii=False, separators=(",", ":")))


def telling(page: Page, unlisted: Iterable[int]) -> dict[str, Any]:
    """Return what articles are made with in the browser, of the events that the list leaves out, by their indices.

    Rival numbers come as they stand in the article, with their measures: there are few, and to find them takes all the
    evidence.
    """
    rivals = {}
    for index in sorted({*map(page.place, page.evidence.giving)} & {*unlisted}):
        if measures := page.evidence.of_event(page.events[index]):
            rivals[index] = page.side_by_side(measures), [groups[0].measure.id for groups in measures]
    return {
        "rivals": rivals,
        "forms": page.glossary.forms,
        "questions": {question: page.question_id(question) for question in page.evidence.questions},
    }


def bibliography(page: Page) -> str:
    """Return a page's sources: as BibTeX, and as CSL-JSON."""
    sources = page.timeline.sources
    return pack(json.dumps({"bibtex": bibtex(sources), "csl": csl(sources)}, ensure_ascii=False))


def _step(page: Page, step: Step) -> dict[str, Any]:
    """Return a step with the view in which it is read: events, themes and measures by their numbers."""
    themes, measures = [*page.themes], [measure.id for measure in page.timeline.measures]
    first, last = page.drawn.period
    start = max(step.start.start, first) if step.start else first
    end = min(step.end.end, last) if step.end else last
    return {
        "text": step.text,
        "event": page.place(step.event) if step.event else None,
        "themes": sorted(themes.index(theme) for theme in step.themes),
        "q": step.q,
        "window": [start, end] if start < end else [first, last],
        "measure": measures.index(step.measure) if step.measure else None,
    }
