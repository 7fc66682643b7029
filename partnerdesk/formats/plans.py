"""Reads project plans that other programs wrote as tables: the CSV (or workbook) of MS Project and of GanttProject.

A plan comes out as work packages, tasks, links and milestones; what cannot be kept is named, a circle is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

from partnerdesk.domain import cells
from partnerdesk.domain.cells import plain
from partnerdesk.domain.dates import NotADay, Order
from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.schedule import Link, find_loop
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.formats.books import Row, Sheet, read_book
from partnerdesk.formats.headers import is_blank
from partnerdesk.formats.plan_cells import (
    Wait,
    key_of,
    last_day,
    read_day,
    read_length,
    read_percent,
    read_waits,
)

MOST_TASKS = 5_000
MOST_LINKS = 20_000
_LOOK_AT = 25
_DEEPEST = 20
_SHOWN_OF_LOOP = 6


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a plan: `level` 1 and deeper as it is indented, `notes` say what of it could not be taken."""

    row: int
    number: str
    title: str
    level: int = 1
    starts_on: date | None = None
    ends_on: date | None = None
    milestone: bool = False
    progress: int = 0
    people: str = ""
    remark: str = ""
    waits: tuple[Wait, ...] = ()
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan as it was read; `unused` are the columns that were not understood."""

    name: str
    items: tuple[Item, ...] = field(default_factory=tuple)
    used: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


def read_plan(path: Path, today: date) -> PlanFile:
    """The plan in a file. Raises BadFile, also where tasks wait for each other in a circle."""
    book = read_book(path)
    sheet = book.first
    header = _header(sheet)
    if header is None:
        raise BadFile(text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "“{file}” is no project plan: it needs columns such as Name, Start and Finish."),
            file=path.name))
    reader = _Reader(sheet, header, today)
    items = reader.items()
    if not items:
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” holds no task."), file=path.name))
    _refuse_circle(items)
    name = path.stem
    if len(items) > 1 and _holds_all(items):
        name, items = items[0].title, items[1:]
    return PlanFile(name, tuple(items), reader.used, reader.unused)


def looks_like_plan(names: Iterable[str]) -> bool:
    """Whether these names of columns are those of a plan and not of a list of partners or people."""
    keys = {key_of(name) for name in names}
    return "title" in keys and "start" in keys and bool(keys & {"finish", "duration"}) and bool(
        keys & {"before", "level", "outline", "progress"})


def _header(sheet: Sheet) -> int | None:
    """The row that names the most columns of a plan."""
    best, most = None, 0
    for n, row in enumerate(sheet.rows[:_LOOK_AT]):
        keys = {key_of(cell) for cell in row if isinstance(cell, str)} - {""}
        if len(keys) > most and "title" in keys and keys & {"start", "finish", "before", "duration"}:
            best, most = n, len(keys)
    return best


class _Reader:
    """Turns the rows of one sheet into items."""

    def __init__(self, sheet: Sheet, header: int, today: date) -> None:
        self._rows: list[Row] = sheet.rows[header + 1:]
        self._first = header + 2
        self._today = today
        self._at: dict[str, int] = {}
        names = [plain(cell) for cell in sheet.rows[header]]
        for index, name in enumerate(names):
            key = key_of(name)
            if key and key not in self._at:
                self._at[key] = index
        self.used = tuple(names[index] for index in self._at.values())
        self.unused = tuple(name for index, name in enumerate(names) if name and index not in self._at.values())
        self._order = self._find_order()

    def items(self) -> list[Item]:
        """Every line that has a name, up to where a second table begins."""
        found: list[Item] = []
        links = 0
        for row_number, row in enumerate(self._rows, self._first):
            if is_blank(row):
                continue
            if found and self._begins_other_table(row):
                break
            if not self._said(row, "title"):
                continue
            if len(found) >= MOST_TASKS:
                raise BadFile(text(QT_TRANSLATE_NOOP(
                    "PartnerDesk", "The plan has more than {limit:,} tasks."), limit=MOST_TASKS))
            found.append(self._item(row_number, len(found) + 1, row))
            links += len(found[-1].waits)
            if links > MOST_LINKS:
                raise BadFile(text(QT_TRANSLATE_NOOP(
                    "PartnerDesk", "The plan has more than {limit:,} links between tasks."), limit=MOST_LINKS))
        return self._known(found)

    def _item(self, row_number: int, n: int, row: Row) -> Item:
        notes: list[Text] = []
        first, last = self._day(row, "start", notes), self._day(row, "finish", notes)
        length = read_length(self._cell(row, "duration"))
        if last is None and first is not None and length is not None and length[0] > 0:
            last = last_day(first, *length)
        if first is not None and last is not None and last < first:
            notes.append(Text(QT_TRANSLATE_NOOP("PartnerDesk", "It ends before it begins; the end was left out")))
            last = None
        waits, unread = read_waits(self._cell(row, "before"))
        notes += [text(QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is no predecessor"), what=one) for one in unread]
        people = self._said(row, "leader") or self._said(row, "people")
        progress = read_percent(self._cell(row, "progress")) if self._said(row, "progress") else 0
        if progress is None:
            notes.append(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is no percentage"),
                              what=self._said(row, "progress")[:40]))
        number = self._said(row, "number").removesuffix(".0") or str(n)
        return Item(row_number, number, self._said(row, "title")[:500], self._level(row), first, last,
                    self._is_milestone(row, length), progress or 0, people[:500], self._said(row, "note")[:5_000],
                    tuple(waits), tuple(notes))

    def _known(self, items: list[Item]) -> list[Item]:
        """The items with only those predecessors that are in the file; the others are named."""
        times = Counter(item.number for item in items)
        made = []
        for item in items:
            waits = tuple(dict.fromkeys(wait for wait in item.waits if times[wait.number]))
            missing = [wait.number for wait in item.waits if not times[wait.number]]
            notes = [text(QT_TRANSLATE_NOOP("PartnerDesk", "It waits for number {n}, which is not in the file"), n=one)
                     for one in dict.fromkeys(missing)]
            if times[item.number] > 1:
                notes.append(text(QT_TRANSLATE_NOOP(
                    "PartnerDesk", "Number {n} stands in more than one row; the first is meant"), n=item.number))
            made.append(Item(item.row, item.number, item.title, item.level, item.starts_on, item.ends_on,
                             item.milestone, item.progress, item.people, item.remark, waits, (*item.notes, *notes)))
        return made

    def _begins_other_table(self, row: Row) -> bool:
        """GanttProject writes its resources below its tasks, under a header of their own."""
        return (key_of(self._said(row, "number")) == "number" and key_of(self._said(row, "title")) == "title")

    def _level(self, row: Row) -> int:
        written = self._said(row, "level").removesuffix(".0")
        if written.isdigit():
            return min(int(written), _DEEPEST)
        outline = self._said(row, "outline").strip(".")
        return min(outline.count(".") + 1, _DEEPEST) if outline else 1

    def _is_milestone(self, row: Row, length: tuple[float, bool] | None) -> bool:
        try:
            marked = cells.flag(self._cell(row, "milestone"))
        except cells.Unreadable:
            marked = None
        return bool(marked) or (length is not None and length[0] == 0)

    def _day(self, row: Row, key: str, notes: list[Text]) -> date | None:
        try:
            return read_day(self._cell(row, key), self._order, self._today)
        except NotADay as error:
            notes.append(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{what}”: {problem}"), what=self._said(row, key)[:40],
                              problem=error.message))
            return None

    def _find_order(self) -> Order:
        """Whether days or months come first: as a day beyond 12 tells, else as the lengths fit better."""
        own = [cell for row in self._rows for key in ("start", "finish") if (cell := self._cell(row, key))]
        told = cells.day_orders(own)
        if told is not None:
            return told.common
        return max(("dmy", "mdy"), key=self._fitting)

    def _fitting(self, order: Order) -> int:
        """How many rows end when their length says so, if days are written in this order."""
        fit = 0
        for row in self._rows[:200]:
            try:
                first = read_day(self._cell(row, "start"), order, self._today)
                last = read_day(self._cell(row, "finish"), order, self._today)
            except NotADay:
                continue
            length = read_length(self._cell(row, "duration"))
            if first is not None and last is not None:
                fit += last >= first
                fit += 2 * (length is not None and length[0] > 0 and last == last_day(first, *length))
        return fit

    def _cell(self, row: Row, key: str) -> cells.Raw:
        index = self._at.get(key)
        return row[index] if index is not None and index < len(row) else None

    def _said(self, row: Row, key: str) -> str:
        return plain(self._cell(row, key)).strip()


def _refuse_circle(items: Sequence[Item]) -> None:
    at: dict[str, int] = {}
    for n, item in enumerate(items):
        at.setdefault(item.number, n)
    loop = find_loop(Link(at[wait.number], n, wait.kind, wait.lag) for n, item in enumerate(items)
                     for wait in item.waits)
    if loop:
        names = [items[n].title for n in loop[:_SHOWN_OF_LOOP]]
        names += ["…"] if len(loop) > _SHOWN_OF_LOOP else []
        raise BadFile(text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Tasks of this plan wait for each other in a circle: {names}."),
            names=" → ".join([*names, items[loop[0]].title])))


def _holds_all(items: Sequence[Item]) -> bool:
    """Whether the first line stands for the whole project, with everything else below it."""
    if items[0].level >= min(item.level for item in items[1:]):
        return False
    # a line that only has tasks below it is the one work package there is
    return items[0].level == 0 or any(later.level > one.level for one, later in pairwise(items[1:]))
