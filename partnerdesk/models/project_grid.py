"""The parts of a project as grids: work packages, tasks, points, people and risks, each a table of typed columns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale, QObject

from partnerdesk.domain import cells, clock
from partnerdesk.domain.cells import Unreadable
from partnerdesk.domain.dates import NotADay, parse_day
from partnerdesk.domain.projects import Task, TaskLink
from partnerdesk.domain.vocab import short_of, vocabulary
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.look.cells import Cell, Chip, Number, Soft
from partnerdesk.look.icons import Icon
from partnerdesk.look.paint import MINUS
from partnerdesk.look.words import day, number, say
from partnerdesk.models.edit_grid import EditModel, GridColumn

KINDS = ("FS", "SS", "FF", "SF")
_WAIT = re.compile(r"(\d{1,5})\s*(FS|SS|FF|SF)?\s*(?:([+\-−])\s*(\d{1,4})\s*d?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Wait:
    """What a task waits for: another task, how, and how many days pass in between."""

    before_id: int
    kind: str = "FS"
    lag: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow(Task):
    """A task with what it waits for, as the table of tasks edits both."""

    waits: tuple[Wait, ...] = ()


@dataclass(frozen=True, slots=True)
class PartColumn:
    """A column of a table of parts: how it is laid out, and what kind of value it holds.

    `value` is text, day, spanned (a day that follows from others where it is not given), done (a day that settles a
    point), percent, amount, scale, row, institution, package, task, waits, weight, or term:NAME for a code of a
    vocabulary.
    """

    grid: GridColumn
    value: str


@dataclass(frozen=True, slots=True)
class PlanNames:
    """What the rows of a project refer to by id; `spans` the days that follow for a work package by (id, field),
    `problems` what the rules say by (record type, id, field).
    """

    institutions: Mapping[int, str] = field(default_factory=dict)
    packages: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)
    tasks: Sequence[tuple[int, str]] = ()
    spans: Mapping[tuple[int, str], date] = field(default_factory=dict)
    problems: Mapping[tuple[str, int, str], tuple[str, str]] = field(default_factory=dict)

    def row_of(self, task_id: int | None) -> int:
        """The number of a task's row from 1 on, 0 where it is not there."""
        return next((n for n, (known, _) in enumerate(self.tasks, start=1) if known == task_id), 0)

    def task_at(self, row: int) -> int | None:
        """The task in a numbered row."""
        return self.tasks[row - 1][0] if 0 < row <= len(self.tasks) else None


class PartModel(EditModel[Any]):
    """A table of parts of one kind; the names of what they refer to come with `set_names`."""

    def __init__(self, columns: Sequence[PartColumn], parent: QObject | None = None) -> None:
        super().__init__([one.grid for one in columns], parent)
        self._values = {one.grid.key: one.value for one in columns}
        self._first = next((one.grid.key for one in columns if one.grid.grows), "")
        self._names = PlanNames()
        self._renamed = False

    def value_of(self, key: str) -> str:
        """What kind of value a column holds."""
        return self._values[key]

    def set_names(self, names: PlanNames) -> None:
        """Say what the rows refer to, before they are shown."""
        self._renamed = names != self._names
        self._names = names

    def words_of(self, record: Any, key: str) -> str:
        kind = self._values[key]
        if kind == "row":
            row = self._names.row_of(record.id)
            return number(row) if row else ""
        if kind == "waits":
            return wait_words(record.waits, self._names)
        if kind == "spanned" and getattr(record, key) is None:
            found = self._names.spans.get((record.id, key))
            return _tr("({day})").format(day=day(found)) if found is not None else ""
        return _words(kind, getattr(record, key), self._names)

    def cell_of(self, record: Any, key: str) -> Cell:
        kind, words = self._values[key], self.words_of(record, key)
        if kind in ("amount", "percent", "scale", "row"):
            return Number(words)
        if kind == "weight":
            return _weight_chip(record.weight)
        if kind == "done":
            return Chip("success", words, Icon.TICK) if words else Soft("")
        return words if key == self._first else Soft(words)

    def typed_words(self, record: Any, key: str) -> str:
        kind = self._values[key]
        value = None if kind in ("row", "waits") else getattr(record, key)
        if kind == "spanned":
            return _words("day", value, self._names)
        if kind in ("amount", "percent", "scale"):
            return "" if value is None else f"{value:.2f}".removesuffix(".00")
        return self.words_of(record, key)

    def read_cell(self, record: Any, key: str, written: str) -> dict[str, Any]:
        return {key: self.read(record, key, written.strip())}

    def read(self, record: Any, key: str, written: str) -> Any:
        """The value a text stands for in a column. Raises Unreadable."""
        kind = self._values[key]
        if kind in ("day", "done", "spanned"):
            return _day(written)
        if kind == "percent":
            return _bounded(written.rstrip("% "), 0, 100, 0)
        if kind == "scale":
            return _bounded(written, 1, 5, getattr(record, key))
        if kind == "amount":
            return _amount(written)
        if kind == "waits":
            return read_waits(written, self._names)
        return self._read_name(kind, record, key, written)

    def warning(self, record: Any, key: str) -> tuple[str, str] | None:
        return self._names.problems.get((kind_name(record), record.id, key))

    def stale(self, record: Any) -> bool:
        return self._renamed

    def become(self, rows: Sequence[Any], locked: bool, *, other: bool = False) -> None:
        super().become(rows, locked, other=other)
        self._renamed = False

    def _read_name(self, kind: str, record: Any, key: str, written: str) -> Any:
        """A text that names something: an institution, a package, a task, a word of a vocabulary; else itself."""
        if kind == "text":
            return written
        if kind.startswith("term:"):
            return read_word(kind.removeprefix("term:"), written)
        if not written:
            return None
        if kind == "task":
            found = self._names.task_at(cells.count(written) or 0)
        else:
            held = self._names.institutions if kind == "institution" else self._names.packages
            folded = written.casefold()
            found = next((i for i, name in held.items() if folded in (name.casefold(), name.split(" ")[0].casefold())),
                         None)
        if found is None:
            raise Unreadable(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is not in this project"),
                                  what=written[:40]))
        return found


def kind_name(record: Any) -> str:
    """The type of a record, a row of tasks counting as a task."""
    return "Task" if isinstance(record, TaskRow) else type(record).__name__


def rows_of_tasks(tasks: Sequence[Task], links: Sequence[TaskLink]) -> list[TaskRow]:
    """The tasks with what each waits for."""
    waits: dict[int, list[Wait]] = {}
    for link in links:
        waits.setdefault(link.task_id, []).append(Wait(link.before_id, link.kind, link.lag))
    names = [one.name for one in fields(Task)]
    return [TaskRow(**{name: getattr(task, name) for name in names}, waits=tuple(sorted(waits.get(task.id, ()))))
            for task in tasks]


def task_of(row: TaskRow) -> Task:
    """The task alone."""
    return Task(**{one.name: getattr(row, one.name) for one in fields(Task)})


def wait_words(waits: Sequence[Wait], names: PlanNames) -> str:
    """ "3, 5SS+10": the numbers of the rows waited for, how, and the days in between."""
    said = []
    for one in sorted(waits, key=lambda w: names.row_of(w.before_id)):
        lag = f"{'+' if one.lag > 0 else MINUS}{abs(one.lag)}" if one.lag else ""
        kind = one.kind if one.kind != "FS" or lag else ""
        said.append(f"{names.row_of(one.before_id)}{kind}{lag}")
    return ", ".join(said)


def read_waits(written: str, names: PlanNames) -> tuple[Wait, ...]:
    """What a text like "3, 5SS+10" waits for. Raises Unreadable, where a number is no row too."""
    found = {}
    for part in re.split(r"[,;]", written):
        if not part.strip():
            continue
        match = _WAIT.fullmatch(part.strip())
        if match is None:
            raise Unreadable(text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "“{what}” is no dependency: write the number of a task, as in 3 or 3SS+5"),
                what=part.strip()[:40]))
        row, kind, sign, days = match.groups()
        task_id = names.task_at(int(row))
        if task_id is None:
            raise Unreadable(text(QT_TRANSLATE_NOOP("PartnerDesk", "There is no task {n}"), n=row))
        lag = int(days or 0) * (1 if sign == "+" else -1)
        found[task_id] = Wait(task_id, (kind or "FS").upper(), lag)
    return tuple(sorted(found.values()))


def read_word(name: str, written: str) -> str:
    """The code of a vocabulary meant by a word of the user's language or by the code itself. Raises Unreadable."""
    folded = written.strip().casefold()
    for term in vocabulary(name):
        if folded in (term.code.casefold(), say(term.text).casefold(), say(term.short_text).casefold()):
            return term.code
    raise Unreadable(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” cannot be chosen here"), what=written[:40]))


def _words(kind: str, value: Any, names: PlanNames) -> str:
    if value is None or value == "":
        return ""
    if kind in ("day", "done", "spanned"):
        return day(value) if isinstance(value, date) else ""
    if kind in ("amount", "scale", "weight"):
        return number(value, 0 if float(value).is_integer() else 2)
    if kind == "percent":
        return _tr("{n} %").format(n=number(value))
    if kind == "institution":
        return names.institutions.get(value, "")
    if kind == "package":
        return names.packages.get(value, "")
    if kind == "task":
        return number(names.row_of(value)) if names.row_of(value) else ""
    if kind.startswith("term:"):
        name = kind.removeprefix("term:")
        return value if name in ("deliverable_kind", "dissemination") else say(short_of(name, value))
    return str(value)


def _weight_chip(weight: int) -> Chip:
    """How heavy a risk is: its weight with the word for it."""
    if weight >= 15:
        return Chip("danger", _tr("{n} high").format(n=number(weight)), Icon.PROBLEM)
    if weight >= 8:
        return Chip("warn", _tr("{n} medium").format(n=number(weight)), Icon.PROBLEM)
    return Chip("neutral", _tr("{n} low").format(n=number(weight)), Icon.DASH)


def _day(written: str) -> date | None:
    """A day as it is typed in every field of days, or as spreadsheets write it. Raises Unreadable."""
    try:
        return parse_day(written, clock.today())
    except NotADay:
        return cells.one_day(written, "dmy", clock.today())


def _bounded(written: str, low: int, high: int, none: int) -> int:
    """A whole number between two, `none` for nothing. Raises Unreadable."""
    value = cells.number(written) if written else none
    if value is None:
        return none
    if value != int(value) or not low <= value <= high:
        raise Unreadable(Text(QT_TRANSLATE_NOOP("PartnerDesk", "A whole number from {low} to {high} is needed"),
                              {"low": low, "high": high}))
    return int(value)


def _amount(written: str) -> float | None:
    """An amount in the user's manner, "1,188.50", or in another; None for nothing. Raises Unreadable."""
    if not written:
        return None
    found, right = QLocale().toDouble(written)
    value = found if right else cells.number(written)
    if value is not None and value < 0:
        raise Unreadable(Text(QT_TRANSLATE_NOOP("PartnerDesk", "This cannot be less than nothing")))
    return None if value is None else float(value)


def _tr(source: str) -> str:
    return QCoreApplication.translate("Projects", source)
