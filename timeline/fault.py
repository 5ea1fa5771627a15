"""A fault: what is wrong at one place of a document, and what to write there instead."""

from __future__ import annotations

from dataclasses import dataclass

SHOWN = 60
"""The length in characters from which a quoted value is cut."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: in which file, line and column (from 1), whose and which field, and what to write.

    ``where`` names the entry (``event "hanging-order"``, or ``event 3`` for the third if it has no id), ``id`` is its
    id; both are empty where the document itself is meant. ``line`` and ``column`` are None where the whole file is.
    ``value`` is what stands there, as JSON cut to a readable length, of a list or an object only that it is one; it is
    empty for what is missing, and where a file is no JSON.
    """

    file: str
    line: int | None
    column: int | None
    where: str
    id: str
    field: str
    value: str
    problem: str
    write: str

    def __str__(self) -> str:
        place = visible(self.file) if self.line is None else f"{visible(self.file)}:{self.line}"
        parts = ", ".join(part for part in (self.where, self.field) if part)
        advice = f" (write {self.write})" if self.write else ""
        return f"{place}: {parts}: {self.problem}{advice}" if parts else f"{place}: {self.problem}{advice}"

    def record(self) -> dict[str, str | int | None]:
        """Give the fault as a flat record for ``--format json``."""
        return {name: getattr(self, name) for name in self.__slots__}


class RefusedError(ValueError):
    """A value is refused: ``problem`` says why, ``write`` what to write instead."""

    def __init__(self, problem: str, write: str) -> None:
        super().__init__(problem, write)
        self.problem, self.write = problem, write

    def __str__(self) -> str:
        return f"{self.problem} (write {self.write})"


class DocumentError(ValueError):
    """A document is refused; ``faults`` are all of its faults, in the order of the file."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults):,} faults"
        return "\n".join([*map(str, self.faults), count])


def quoted(text: str) -> str:
    r"""Put a text in quotes, on one line, cut to a readable length, with nothing that a terminal would obey.

    >>> print(quoted('1918-13'), quoted('a\n\x1b[2J'))
    "1918-13" "a\n\x1b[2J"
    """
    cut = text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
    return f'"{visible(cut)}"'


def visible(text: str) -> str:
    r"""Return a text, such as the name of a file, on one line and with nothing that a terminal would obey.

    >>> print(visible('a\x1b[31m.json'))
    a\x1b[31m.json
    """
    return "".join(one if one.isprintable() else one.encode("unicode_escape", "surrogatepass").decode() for one in text)
