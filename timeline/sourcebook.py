"""What each source says in a document: cited places in words, claims under their sources, sources with their claims."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from timeline.bibliography import short
from timeline.disagreement import Evidence
from timeline.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.disagreement import Group, Number, Statement
    from timeline.document import Cite, Claim, Event, Measure, Source, Timeline


LISTED = 2_000
"""Statements that the sources of a document list; where there are more, each source has an even part of them."""


class Said(NamedTuple):
    """What a source says, as a line under the part of it that says so; a series' observations are one line."""

    text: str
    event: Event | None = None
    measure: Measure | None = None
    statuses: tuple[str, ...] = ()


class Heard(NamedTuple):
    """What a source says in a document: a sentence, lines by the titles of its parts, and how many are left out."""

    summary: str
    parts: list[tuple[str | None, list[Said]]]
    rest: int


class Sourcebook:
    """The sources of a document, and the evidence that they give."""

    def __init__(self, timeline: Timeline, events: Sequence[Event]) -> None:
        self.evidence = Evidence(timeline, events)
        self._sources = {source.id: source for source in timeline.sources}
        self._parts = {(source.id, part.id): part for source in timeline.sources for part in source.outline}
        self._said_by: dict[str, list[Statement]] = {}
        for statement in self.evidence.statements:
            for name in dict.fromkeys(source for source, _ in statement.places):
                self._said_by.setdefault(name, []).append(statement)
        self._many = sum(map(len, self._said_by.values())) > LISTED

    def by_source(self, event: Event) -> list[tuple[Source, list[Claim]]]:
        """Return an event's claims under the source that each cites first, but for answers to a question."""
        found: dict[str, list[Claim]] = {}
        for claim in event.claims:
            if not claim.question:
                found.setdefault(claim.cites[0].source, []).append(claim)
        return [(self._sources[name], claims) for name, claims in found.items()]

    @staticmethod
    def by_question(event: Event) -> list[tuple[str, list[Claim]]]:
        """Return an event's answers to questions, by question."""
        found: dict[str, list[Claim]] = {}
        for claim in event.claims:
            if claim.question:
                found.setdefault(claim.question, []).append(claim)
        return list(found.items())

    @staticmethod
    def cited(event: Event) -> set[str]:
        """Return the ids of the sources that an event cites."""
        own = {cite.source for claim in event.claims for cite in claim.cites}
        return own | {cite.source for claim in event.claims if claim.correction for cite in claim.correction.cites}

    def locator(self, cite: Cite, within: Source | None = None) -> str:
        """Return a cited source in few words, with the place in it; under the source's own heading the place alone."""
        source = self._sources[cite.source]
        part = self._parts[cite.source, cite.at].title if cite.at else None
        if part and source is within:
            return part
        return say("location", title=short(source), part=part) if part else short(source)

    def locates(self, cites: Sequence[Cite], within: Source | None) -> list[Cite]:
        """Return the cites, or none where the only one says no more than the heading it stands under."""
        told = len(cites) != 1 or within is None or cites[0].source != within.id
        return [*cites] if told or cites[0].at or self.evidence.repeats(cites[0]) else []

    def who(self, number: Number) -> str:
        """Return who gives a number: whose judgement it is, or the place that is cited first, with its origin.

        Others are counted by their origins: a second text after the same book is not one more.
        """
        said = number.statement
        if said.claim and said.claim.by and not said.right:
            return said.claim.by
        if not said.cites or (number.series.scope and said.event is None):
            return number.series.label
        first, origin = self.locator(said.cites[0]), self.evidence.repeats(said.cites[0])
        first += f" ({say('repeats', title=short(origin))})" if origin else ""
        return say("and_others", first=first, count=len(said.origins) - 1) if len(said.origins) > 1 else first

    def classes(self, number: Number) -> str:
        """Return how a number is marked: as corrected, as not checked, as one of the record's own texts."""
        marks = {"wrong": number.statement.wrong, "unsure": number.quantity.unsure, "own": self.own_text(number)}
        return " ".join(name for name, holds in marks.items() if holds)

    def own_text(self, number: Number) -> bool:
        """Tell whether a text that the record is drawn from, one with a file of its own, gives a number."""
        return any(self._sources[cite.source].file for cite in number.statement.cites)

    def own(self, groups: Sequence[Group]) -> bool:
        """Tell whether the record's own texts give any of the numbers."""
        return any(self.own_text(number) for group in groups for number in group.numbers)

    def heard(self, source: Source) -> Heard:
        """Return all that a source says: its statements in the order of its parts, and how often each stands alone.

        Of very many statements it lists the first, and counts the others.
        """
        statements = {statement: self._statuses(statement) for statement in self._said_by.get(source.id, [])}
        statuses = Counter(chain.from_iterable(statements.values()))
        both = sum(len(found) > 1 for found in statements.values())
        summary = say("heard_one" if len(statements) == 1 else "heard", count=len(statements))
        counts = [say(f"heard_{status}", count=count) for status, count in sorted(statuses.items())]
        counts += [say("heard_both", count=both)] if both else []
        lines = self._lines(source, statements)
        total = sum(map(len, lines.values()))
        most = max(1, LISTED // len(self._sources)) if self._many else total
        rest, parts = total - min(most, total), []
        for place in (*(part.id for part in source.outline), None):
            said = [
                one if isinstance(one, Said) else _said(one, statements[one]) for one in lines.get(place, [])[:most]
            ]
            most -= len(said)
            if said:
                parts.append((self._parts[source.id, place].title if place else None, said))
        return Heard(f"{summary}: {', '.join(counts)}" if counts else "", parts, rest)

    @staticmethod
    def _lines(source: Source, statements: Iterable[Statement]) -> dict[str | None, list[Statement | Said]]:
        """Return what makes a line of each part of a source: statements of events, and at the end a part's series."""
        lines: dict[str | None, list[Statement | Said]] = {}
        observed: dict[tuple[str | None, str, str], list[Number]] = {}
        for statement in statements:
            for name, place in statement.places:
                if name != source.id:
                    continue
                if statement.event is None:
                    number = statement.numbers[0]
                    observed.setdefault((place, number.measure.id, number.series.id), []).append(number)
                else:
                    lines.setdefault(place, []).append(statement)
        for (place, *_), numbers in observed.items():
            measure, label = numbers[0].measure, numbers[0].series.label
            words = "series_figures_one" if len(numbers) == 1 else "series_figures"
            line = say(words, measure=measure.label, series=label, count=len(numbers))
            lines.setdefault(place, []).append(Said(line, measure=measure))
        return lines

    def _statuses(self, statement: Statement) -> tuple[str, ...]:
        """Return what other sources make of a statement, as words of the interface."""
        if len(statement.origins) == 1 and not (statement.numbers or statement.wrong):
            return ("alone",)  # nothing could be found, as of most of a large document
        found = [name for name in ("confirmed", "contradicted") if getattr(self.evidence, name)(statement)]
        return tuple(found) or ("alone",)


def _said(statement: Statement, statuses: tuple[str, ...]) -> Said:
    """Return a statement of an event as a line."""
    says = say("corrects", says=statement.says) if statement.right else statement.says
    return Said(says, statement.event, statuses=statuses)
