"""Who agrees with whom: computed from a document's cites, dates and numbers, and never typed.

A *statement* is a claim of an event, a correction, or an observation of a series. Statements are weighed by their
origins: a place that repeats another source counts as that source, so that two texts after one book count once.
Figures of one scope whose dates overlap are rivals; they agree where their ranges meet. A series is a scope of its own
unless it names one that it shares; another scope is set beside them but never weighed against them. An observation
for which nothing is cited has its series for an origin.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import chain, combinations
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.document import Cite, Claim, Event, Measure, Quantity, Series, Source, Timeline


Places = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, eq=False)
class Statement:
    """Something that sources say. ``event`` is ``None`` for an observation, which stands in no event.

    ``places`` are what it cites, each once: a source, and a part of it; ``wrong`` is whether a correction stands on it,
    and ``right`` whether it is itself a correction.
    """

    says: str
    cites: tuple[Cite, ...]
    origins: frozenset[str]
    places: Places = ()
    event: Event | None = None
    claim: Claim | None = None
    wrong: bool = False
    right: bool = False
    numbers: list[Number] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Number:
    """A figure or an observation, as one of a series: ``quantity`` as the document has it, and who gives it."""

    quantity: Quantity
    measure: Measure
    series: Series
    statement: Statement

    @property
    def rounded(self) -> tuple[bool, bool]:
        """Whether its lower and its upper end are those of its value's rounding, for want of a bound."""
        given = self.quantity.value is not None
        return given and self.quantity.low is None, given and self.quantity.high is None

    @cached_property
    def range(self) -> tuple[float, float]:
        """The numbers that it may mean: from bound to bound; a value's rounding is its bound, else one is open."""
        value, low, high = self.quantity.value, self.quantity.low, self.quantity.high
        least, most = (-inf, inf) if value is None else rounding(value)
        return (least if low is None else low, most if high is None else high)

    def meets(self, other: Number) -> bool:
        """Tell whether both speak of a time that they have in common."""
        return self.quantity.date.start < other.quantity.date.end and other.quantity.date.start < self.quantity.date.end

    def agrees(self, other: Number) -> bool:
        """Tell whether there is a number that both may mean: none is rounded to 62 and to 63."""
        low, high = max(self.range[0], other.range[0]), min(self.range[1], other.range[1])
        if low != high or self.quantity.value == other.quantity.value:
            return low <= high
        below, above = sorted((self, other), key=lambda number: number.range)
        return not (below.rounded[1] and above.rounded[0])

    def rivals(self, other: Number) -> bool:
        """Tell whether two numbers of one scope are of one time and of different origin."""
        return self.meets(other) and not self.statement.origins & other.statement.origins


def rounding(value: float) -> tuple[float, float]:
    """Return the numbers that a plain number may stand for: 62 is 61.5 to 62.5, 73.3 is 73.25 to 73.35.

    >>> rounding(62.0), rounding(7.5)
    ((61.5, 62.5), (7.45, 7.55))
    """
    middle = Decimal(f"{value:.15g}")  # as it is written, without what a float adds to it
    half = Decimal(5).scaleb(min(int(middle.normalize().as_tuple().exponent), 0) - 1)
    return float(middle - half), float(middle + half)


@dataclass(frozen=True)
class Group:
    """Numbers of one scope that speak of one time, in the order of what they say."""

    measure: Measure
    scope: str
    numbers: tuple[Number, ...]

    @property
    def one_date(self) -> bool:
        """Whether all the numbers are of the very same date."""
        return len({number.quantity.date.text for number in self.numbers}) == 1

    @property
    def words(self) -> str:
        """The scope, with the date that its numbers have in common, if they have one."""
        return f"{self.scope}, {self.numbers[0].quantity.date.words}" if self.one_date else self.scope

    @property
    def unsure(self) -> bool:
        """Whether any number has not been checked in print."""
        return any(number.quantity.unsure for number in self.numbers)

    @property
    def told(self) -> bool:
        """Whether a claim or a correction gives any of the numbers."""
        return any(number.statement.event for number in self.numbers)

    @property
    def span(self) -> tuple[float, float] | None:
        """The least and the greatest number named, as a value or a bound, but for what is corrected."""
        standing = [number.quantity for number in self.numbers if not number.statement.wrong]
        named = [end for one in standing for end in (one.value, one.low, one.high) if end is not None]
        return (min(named), max(named)) if named else None

    @cached_property
    def rivals(self) -> bool:
        """Whether two of the numbers are of different origin."""
        return any(one.rivals(other) for one, other in combinations(self.numbers, 2))

    @cached_property
    def differ(self) -> bool:
        """Whether two of different origin cannot both be right."""
        return any(one.rivals(other) and not one.agrees(other) for one, other in combinations(self.numbers, 2))


class Evidence:
    """All statements of a document, and what they are to each other."""

    def __init__(self, timeline: Timeline, events: Sequence[Event]) -> None:
        self._sources = {source.id: source for source in timeline.sources}
        self._parts = {(source.id, part.id): part for source in timeline.sources for part in source.outline}
        self._series = {f"{m.id}/{series.id}": (m, series) for m in timeline.measures for series in m.series}
        self._weighed: dict[tuple[tuple[str | None, ...], ...], tuple[frozenset[str], Places]] = {}
        self._scopes: defaultdict[tuple[str, str, str], list[Number]] = defaultdict(list)
        self._told: defaultdict[str, list[Number]] = defaultdict(list)
        """The numbers that each event gives, by its id."""
        self.statements = [*self._observed(timeline)]
        asked: defaultdict[str, list[Statement]] = defaultdict(list)
        # All that is to be known of claims is noted as one goes by: they lie far apart in memory.
        for statement, event, claim in self._claimed(events):
            self.statements.append(statement)
            if statement.numbers:
                self._told[event.id] += statement.numbers
            if claim.question and not statement.right:
                asked[claim.question].append(statement)
        self.questions = {question: answers for question, answers in asked.items() if len(answers) > 1}
        """The questions that several claims answer, each with its answers in time order of their events."""

    def _observed(self, timeline: Timeline) -> Iterator[Statement]:
        for measure in timeline.measures:
            for series in measure.series:
                for observation in series.observations:
                    cites = observation.cites or series.cites
                    name = f"{measure.id}/{series.id}"
                    origins, places = self._weigh(cites)
                    said = Statement("", cites, origins or frozenset({name}), places)
                    yield self._numbered(said, [(name, observation)])

    def _claimed(self, events: Iterable[Event]) -> Iterator[tuple[Statement, Event, Claim]]:
        for event in events:
            for claim in event.claims:
                wrong = claim.correction is not None
                said = Statement(claim.says, claim.cites, *self._weigh(claim.cites), event, claim, wrong=wrong)
                yield self._numbered(said, [(figure.series, figure) for figure in claim.figures]), event, claim
                if right := claim.correction:
                    said = Statement(right.says, right.cites, *self._weigh(right.cites), event, claim, right=True)
                    yield self._numbered(said, [(figure.series, figure) for figure in right.figures]), event, claim

    def _numbered(self, statement: Statement, quantities: Iterable[tuple[str, Quantity]]) -> Statement:
        for name, quantity in quantities:
            number = Number(quantity, *self._series[name], statement)
            statement.numbers.append(number)
            self._scopes[scope(number)].append(number)
        return statement

    def repeats(self, cite: Cite) -> Source | None:
        """Return the source that a cited place takes what it says from, if it does."""
        part = self._parts.get((cite.source, cite.at or ""))
        name = cite.repeats or (part and part.repeats) or self._sources[cite.source].repeats
        return self._sources[name] if name else None

    def _weigh(self, cites: tuple[Cite, ...]) -> tuple[frozenset[str], Places]:
        """Return the origins of what is cited, and its places; statements that cite the same have the same ones."""
        key = tuple((cite.source, cite.at, cite.repeats) for cite in cites)
        if key not in self._weighed:
            places = dict.fromkeys((cite.source, cite.at) for cite in cites)
            self._weighed[key] = frozenset(map(self._origin, cites)), tuple(places)
        return self._weighed[key]

    def _origin(self, cite: Cite) -> str:
        origin = self.repeats(cite) or self._sources[cite.source]
        while origin.repeats:
            origin = self._sources[origin.repeats]
        return origin.id

    def confirmed(self, statement: Statement) -> bool:
        """Tell whether another origin says the same: one that is cited as well, or one whose number agrees."""
        return len(statement.origins) > 1 or any(number.agrees(other) for number, other in self._rivals(statement))

    def contradicted(self, statement: Statement) -> bool:
        """Tell whether a correction stands on it, or another origin's number, itself not corrected, differs."""
        return statement.wrong or any(not number.agrees(other) for number, other in self._rivals(statement))

    def _rivals(self, statement: Statement) -> list[tuple[Number, Number]]:
        """Return each number of a statement with each of another origin that no correction stands on."""
        return [
            (number, other)
            for number in statement.numbers
            for other in self._together[number].numbers
            if number.rivals(other) and not other.statement.wrong
        ]

    @property
    def giving(self) -> Iterable[str]:
        """The ids of the events that give any number."""
        return self._told.keys()

    @property
    def numbers(self) -> Iterator[Number]:
        """All numbers; those of a series are in the order of the statements."""
        return chain.from_iterable(self._scopes.values())

    @cached_property
    def _together(self) -> dict[Number, Group]:
        """Each number with the group in which it stands."""
        found = [group for numbers in self._scopes.values() for group in groups(numbers)]
        return {number: group for group in found for number in group.numbers}

    def of_event(self, event: Event) -> list[list[Group]]:
        """Return the scopes of an event's figures, by measure, where any of a measure's has rivals."""
        own: defaultdict[tuple[str, str, str], list[Number]] = defaultdict(list)
        for number in self._told.get(event.id, ()):
            own[scope(number)].append(number)
        found: defaultdict[str, list[Group]] = defaultdict(list)
        for of_one in self._scopes if own else ():
            its = own[of_one]
            found[of_one[0]] += groups([one for one in self._scopes[of_one] if any(one.meets(other) for other in its)])
        return [of_one for of_one in found.values() if any(group.rivals for group in of_one)]

    def of_measure(self, measure: Measure) -> list[Group]:
        """Return the groups of a measure's numbers with rivals and, where any differ, those that claims give alone."""
        scopes = [numbers for (name, *_), numbers in self._scopes.items() if name == measure.id]
        found = [group for numbers in scopes for group in groups(numbers)]
        differ = any(group.differ for group in found)
        return [group for group in found if group.rivals or (differ and group.told)]


def scope(number: Number) -> tuple[str, str, str]:
    """Return what a number is of: its measure, and within it the scope that its series names, or the series."""
    named = number.series.scope
    return (number.measure.id, named, "") if named else (number.measure.id, "", number.series.id)


def groups(numbers: Iterable[Number]) -> list[Group]:
    """Part the numbers of one scope by time: those whose dates overlap, or are joined by others, stand together."""
    found: list[list[Number]] = []
    until = -inf
    for number in sorted(numbers, key=lambda number: number.quantity.date.start):
        if number.quantity.date.start >= until:
            found.append([])
        found[-1].append(number)
        until = max(until, number.quantity.date.end)
    return [_group(together) for together in found]


def _group(numbers: list[Number]) -> Group:
    first = numbers[0]
    return Group(first.measure, first.series.scope or first.series.label, tuple(sorted(numbers, key=_place)))


def _place(number: Number) -> tuple[float, float]:
    """Return where one reads a number off a scale: in the middle of its range, or at its one bound."""
    ends = [end for end in number.range if abs(end) < inf]
    return sum(ends) / len(ends), number.quantity.date.start
