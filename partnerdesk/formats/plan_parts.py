"""What the lines of a plan become in a project: work packages, their tasks and milestones, and who waits for whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.formats.plan_cells import MOST_LAG, Wait
from partnerdesk.formats.plans import Item

_NUMBERED = re.compile(r"((?:WP|AP|LT|PT|TP|M|MS|D)\s?\d+(?:\.\d+)*|\d+(?:\.\d+)*)\s*[-–:.)]*\s+(?=\S)", re.IGNORECASE)
_MOST_REACHED = 50

Before = tuple[int, str, int]
"""A task that something waits for, by its place, with kind and lag."""


@dataclass(frozen=True, slots=True)
class Part:
    """One line as a part of a project: `kind` package, task or milestone; `package` the place of its work package.

    `leads` is the place of the task that leads to a milestone; `notes` what of the line could not be kept.
    """

    kind: str
    item: Item
    number: str
    title: str
    package: int | None = None
    leads: int | None = None
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Wire:
    """A link between two tasks by their places among the parts: `after` waits for `before`."""

    after: int
    before: int
    kind: str
    lag: int


@dataclass(frozen=True, slots=True)
class Parts:
    """A whole plan: its parts in the order of the file, and the links among its tasks."""

    parts: tuple[Part, ...]
    wires: tuple[Wire, ...]

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day of anything in it."""
        known = [day for part in self.parts for day in (part.item.starts_on, part.item.ends_on) if day is not None]
        return (min(known), max(known)) if known else (None, None)


def parts_of(items: Sequence[Item]) -> Parts:
    """What the lines become. Lines in between, that only gather others, are named in the notes of what they gather."""
    kinds = _kinds(items)
    at = {number: n for n, number in reversed(list(enumerate(item.number for item in items)))}
    places = {n: place for place, n in enumerate(n for n in range(len(items)) if kinds[n] != "gathering")}
    notes: list[list[Text]] = [list(item.notes) for item in items]
    through = _through(items, kinds, at)
    wires: dict[tuple[int, int], Wire] = {}
    leads: dict[int, int] = {}
    for n, item in enumerate(items):
        for wait in item.waits:
            for before, kind, lag in _tasks_before(items, kinds, through, at[wait.number], wait, notes[n]):
                if kinds[n] == "task":
                    wires.setdefault((n, before), Wire(places[n], places[before], kind, lag))
                elif kinds[n] == "milestone":
                    _lead(items, leads, n, before)
                else:
                    notes[n].append(text(_OF_PACKAGE, name=items[before].title))
    made: list[Part] = []
    package: int | None = None
    for n, item in enumerate(items):
        if kinds[n] == "package":
            package = places[n]
        elif item.level <= _top(items):
            package = None
        if kinds[n] == "gathering":
            continue
        number, title = _numbered(item.title) if kinds[n] != "task" else ("", item.title)
        lead = places[leads[n]] if n in leads else None
        made.append(Part(kinds[n], item, number, title, None if kinds[n] == "package" else package, lead,
                         tuple({str(note): note for note in notes[n]}.values())))
    return Parts(tuple(made), tuple(wires.values()))


def _top(items: Sequence[Item]) -> int:
    return min(item.level for item in items)


def _kinds(items: Sequence[Item]) -> list[str]:
    """Package, gathering (a line within a package that only holds others), task or milestone."""
    top = _top(items)
    kinds = []
    for n, item in enumerate(items):
        if n + 1 < len(items) and items[n + 1].level > item.level:
            kinds.append("package" if item.level == top else "gathering")
        else:
            kinds.append("milestone" if item.milestone else "task")
    return kinds


def _through(items: Sequence[Item], kinds: Sequence[str], at: dict[str, int]) -> dict[int, dict[Before, None]]:
    """The tasks that each milestone comes down to, through other milestones; a milestone has no length of its own."""
    found: dict[int, dict[Before, None]] = {}
    for start in (n for n, kind in enumerate(kinds) if kind == "milestone"):
        open_ = [start]
        while open_:
            n = open_[-1]
            on = [at[wait.number] for wait in items[n].waits]
            missing = [one for one in on if kinds[one] == "milestone" and one not in found]
            if missing and n not in found:
                open_ += missing
                continue
            open_.pop()
            if n not in found:
                reached: dict[Before, None] = {}
                for one, wait in zip(on, items[n].waits, strict=True):
                    if kinds[one] == "task":
                        reached[one, wait.kind[0] + "S", wait.lag] = None
                    for task, kind, lag in islice(found.get(one, ()), _MOST_REACHED):
                        reached[task, kind, lag + wait.lag] = None
                found[n] = reached
    return found


def _tasks_before(
    items: Sequence[Item], kinds: Sequence[str], through: dict[int, dict[Before, None]], n: int, wait: Wait,
    notes: list[Text]
) -> list[Before]:
    """The tasks that a link from the line `n` comes down to, with its kind and lag; what is none is noted."""
    if kinds[n] == "task":
        return [(n, wait.kind, wait.lag)]
    if kinds[n] == "milestone" and wait.kind in ("FS", "SS") and through[n]:
        return [(task, kind, lag + wait.lag) for task, kind, lag in islice(through[n], _MOST_REACHED)
                if abs(lag + wait.lag) <= MOST_LAG]
    notes.append(text(_OF_MILESTONE if kinds[n] == "milestone" else _OF_PACKAGE, name=items[n].title))
    return []


def _lead(items: Sequence[Item], leads: dict[int, int], n: int, before: int) -> None:
    """Of the tasks that a milestone waits for the one that ends last leads to it."""
    known = leads.get(n)
    if known is None or (items[before].ends_on or date.min) > (items[known].ends_on or date.min):
        leads[n] = before


def _numbered(title: str) -> tuple[str, str]:
    """The number that stands before a name, as in "WP2 Teaching" or "1.3 Report", and the name."""
    match = _NUMBERED.match(title)
    return ("".join(match[1].split()), title[match.end():]) if match else ("", title)


_OF_PACKAGE = QT_TRANSLATE_NOOP("PartnerDesk", "It waits for “{name}”, which is no single task; this was left out")
_OF_MILESTONE = QT_TRANSLATE_NOOP("PartnerDesk", "It waits for the milestone “{name}” alone; this was left out")
