"""The timeline's model: asks for projects and agreements, opens and closes rows, and keeps the chart up to date."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain import clock
from partnerdesk.domain.journal import Changes
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.portfolio import Insides, Portfolio, ProjectHead
from partnerdesk.domain.projects import TaskLink
from partnerdesk.domain.schedule import Link, Outcome, Plan
from partnerdesk.domain.schedule import Span as Days
from partnerdesk.look.timeline import Chart, Key, Span
from partnerdesk.models.timeline_rows import Blocks, Grouping, Laid, Record, lay, name_of
from partnerdesk.models.timeline_words import TimelineLine, row_sentence, twin_lines
from partnerdesk.services import portfolio

OPEN_AT_ONCE: Final = 200
AT_ONCE: Final = 40


class TimelineModel(QObject):
    """Shows what a query finds, or certain projects. `changed()` when the rows are others, `settled()` when an
    answer has come.
    """

    changed = Signal()
    settled = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._query: ListQuery | None = None
        self._ids: tuple[int, ...] | None = None
        self._agreements = False
        self._by: Grouping = ""
        self._portfolio = Portfolio()
        self._insides: dict[int, Insides] = {}
        self._plans: dict[int, Plan] = {}
        self._blocks: Blocks = {}
        self._turned: dict[Key, bool] = {}
        self._few = True
        self._laid = Laid(clock.today().toordinal())
        self._chart = self._laid.chart()
        self._task_rows: dict[int | str, int] = {}
        self._awake, self._stale, self._loaded = True, False, False
        desk.changed.connect(self._hear)
        desk.opened.connect(self._ask)
        desk.closed.connect(self._forget)

    @property
    def chart(self) -> Chart:
        """The rows and links as they are now."""
        return self._chart

    @property
    def records(self) -> Sequence[Record]:
        """The record of each row; a lane's is its name."""
        return self._laid.records

    @property
    def portfolio(self) -> Portfolio:
        """The projects and agreements, whatever is open of them."""
        return self._portfolio

    @property
    def by(self) -> Grouping:
        """What lanes are made of, "" for none."""
        return self._by

    @property
    def with_agreements(self) -> bool:
        """Whether agreements are shown beside projects."""
        return self._agreements

    @property
    def loaded(self) -> bool:
        """Whether an answer has come since the office was opened."""
        return self._loaded

    def set_query(self, query: ListQuery) -> None:
        """Show the projects that a query finds."""
        if query != self._query or self._ids is not None:
            self._query, self._ids = query, None
            self._ask()

    def set_projects(self, ids: Sequence[int]) -> None:
        """Show certain projects."""
        if tuple(ids) != self._ids:
            self._ids = tuple(ids)
            self._ask()

    def set_lanes(self, by: Grouping, agreements: bool) -> None:
        """Make lanes of partners, countries, programmes or owners; with agreements or without."""
        if (by, agreements) != (self._by, self._agreements):
            ask = agreements and not self._agreements
            self._by, self._agreements = by, agreements
            if not agreements:
                self._portfolio = replace(self._portfolio, agreements=())
            self._lay()
            if ask:
                self._ask()

    def set_awake(self, awake: bool) -> None:
        """A timeline that nobody sees only marks itself stale."""
        self._awake = awake
        if awake and self._stale:
            self._ask()
        elif awake and self._chart.today != clock.today().toordinal():
            self._lay()

    def is_open(self, key: Key) -> bool:
        """Whether what is below a row is shown: lanes and work packages always, projects where they are few."""
        return self._turned.get(key, key[0] != "project" or self._few)

    def toggle(self, row: int, opened: bool | None = None) -> None:
        """Open a row or close it."""
        bar = self._chart.rows[row]
        if bar.open is not None and bar.open is not opened:
            self._turned[bar.key] = not bar.open
            self._lay()
            self._ask_insides()

    def open_all(self, opened: bool) -> None:
        """Open every project, or close it; lanes stay open."""
        self._turned = {("project", one.id): opened for one in self._portfolio.projects}
        self._lay()
        self._ask_insides()

    def open_project(self, project_id: int) -> None:
        """Open one project, shown or about to be."""
        self._turned["project", project_id] = True
        self._lay()
        self._ask_insides()

    def row_of(self, key: Key) -> int:
        """The first row of a thing, -1 where it is not shown."""
        return next((row for row, bar in enumerate(self._chart.rows) if bar.key == key), -1)

    def project_of(self, row: int) -> int:
        """The id of the project that a row belongs to, 0 where it belongs to none."""
        if not 0 <= row < len(self.records):
            return 0
        record = self.records[row]
        if isinstance(record, ProjectHead):
            return record.id
        return getattr(record, "project_id", 0)

    def head_of(self, project_id: int) -> ProjectHead | None:
        """A project from outside."""
        return next((one for one in self._portfolio.projects if one.id == project_id), None)

    def inside_of(self, project_id: int) -> Insides | None:
        """The plan of a project, None while it has not been read."""
        return self._insides.get(project_id)

    def plan_of(self, project_id: int) -> Plan | None:
        """The arithmetic of a project's plan; kept, for a drag asks it at every step."""
        inside = self._insides.get(project_id)
        if inside is None:
            return None
        if project_id not in self._plans:
            self._plans[project_id] = portfolio.plan_of(inside)
        return self._plans[project_id]

    def links_of(self, row: int) -> list[TaskLink]:
        """The links that lead into or out of the task of a row."""
        inside = self._insides.get(self.project_of(row))
        if inside is None or self._chart.rows[row].shape != "task":
            return []
        task = self._chart.rows[row].key[1]
        return [link for link in inside.links if task in (link.task_id, link.before_id)]

    def task_names(self, project_id: int) -> dict[int, str]:
        """What the tasks of a project are called, by id."""
        inside = self._insides.get(project_id)
        return {task.id: name_of(task) for task in inside.tasks} if inside is not None else {}

    def waits_for(self, row: int) -> list[str]:
        """The names of what a row waits for."""
        return [self._chart.rows[link.before].name for link in self._chart.links(row, row) if link.after == row]

    def lines(self) -> list[TimelineLine]:
        """All rows in words, for the table."""
        return twin_lines(self._laid, clock.today())

    def sentence(self, row: int) -> str:
        """A row as a screen reader says it."""
        if not 0 <= row < len(self.records):
            return ""
        return row_sentence(self._chart.rows[row], self.records[row], clock.today())

    def preview(self, row: int, span: Span) -> tuple[dict[int, Span], Outcome | None]:
        """Where rows would lie if that of `row` had these days: itself, and what waits for it. Raises Refused."""
        bar = self._chart.rows[row]
        if bar.shape in ("project", "package") and bar.span is not None:
            return self._taken_along(row, span, span[0] - bar.span[0]), None
        plan = self.plan_of(self.project_of(row)) if bar.shape == "task" else None
        if plan is None or not isinstance(bar.key[1], int):
            return {row: span}, None
        outcome = plan.moved([Days(bar.key[1], *days_of(span))])
        if not self._task_rows:
            self._task_rows = {one.key[1]: at for at, one in enumerate(self._chart.rows) if one.shape == "task"}
        shown = {self._task_rows[one]: (days.first.toordinal(), days.last.toordinal())
                 for one, days in outcome.spans.items() if one in self._task_rows and days.first and days.last}
        return shown or {row: bar.span or span}, outcome

    def _taken_along(self, row: int, span: Span, days: int) -> dict[int, Span]:
        """A project or package with the rows below it, which go as far as it does; stretched, it goes alone."""
        rows, shown = self._chart.rows, {row: span}
        if rows[row].span is None or rows[row].span == span or span[1] - span[0] != _length(rows[row].span):
            return shown
        for at in range(row + 1, len(rows)):
            if rows[at].level <= rows[row].level:
                break
            inner = rows[at].span
            if inner is not None and not rows[at].met:
                shown[at] = (inner[0] + days, inner[1] + days)
        return shown

    def refusal(self, before: int, after: int) -> tuple[int, ...]:
        """The circle of tasks that a link between two rows would close; empty where it may be drawn."""
        one, other = self._chart.rows[before].key[1], self._chart.rows[after].key[1]
        plan = self.plan_of(self.project_of(after))
        if plan is None or not isinstance(one, int) or not isinstance(other, int):
            return ()
        return (one,) if one == other else plan.loop_with(Link(one, other))

    @Slot()
    def _ask(self) -> None:
        query, ids, agreements = self._query, self._ids, self._agreements
        self._stale = not self._awake or not self._desk.is_open
        if self._stale or (query is None and ids is None):
            return
        if ids is not None:
            self._desk.ask(lambda reader: portfolio.some_projects(reader, ids), self._take, key=(self, "heads"))
        elif query is not None:
            self._desk.ask(lambda reader: portfolio.portfolio(reader, query, agreements=agreements), self._take,
                           key=(self, "heads"))

    def _take(self, found: Portfolio) -> None:
        self._portfolio = found
        self._few = sum(one.tasks for one in found.projects) <= OPEN_AT_ONCE
        self._loaded = True
        wanted = self._wanted()
        if wanted and not self._chart.rows:
            # what is open comes with its inside at once, so that nothing jumps
            self._ask_insides()
        else:
            self._lay()
            self._ask_insides()
        self.settled.emit()

    def _wanted(self) -> list[int]:
        return [one.id for one in self._portfolio.projects
                if one.id not in self._insides and self.is_open(("project", one.id))]

    def _ask_insides(self) -> None:
        wanted = self._wanted()
        if wanted and self._desk.is_open:
            some = wanted[:AT_ONCE]
            self._desk.ask(lambda reader: portfolio.insides(reader, some), self._take_insides, key=(self, "insides"))

    def _take_insides(self, found: dict[int, Insides]) -> None:
        self._insides.update(found)
        for one in found:
            self._plans.pop(one, None)
        self._lay()
        self._ask_insides()
        self.settled.emit()

    def _lay(self) -> None:
        self._laid = lay(self._portfolio, self._insides, self._by, self.is_open, clock.today(), self._blocks)
        self._chart = self._laid.chart()
        self._task_rows = {}
        self.changed.emit()

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        touched = changes.ids("project")
        if touched:
            stale = [one for one in touched if one in self._insides]
            if stale and self._awake:
                self._desk.ask(lambda reader: portfolio.insides(reader, stale), self._take_insides)
            else:
                for one in stale:
                    self._insides.pop(one, None)
                    self._plans.pop(one, None)
            self._ask()
        elif changes.ids("agreement") and self._agreements:
            self._ask()

    @Slot()
    def _forget(self) -> None:
        self._portfolio, self._loaded = Portfolio(), False
        self._insides.clear()
        self._plans.clear()
        self._turned.clear()
        self._blocks.clear()
        self._lay()


def _length(span: Span | None) -> int:
    return span[1] - span[0] if span is not None else -1


def days_of(span: Span) -> tuple[date, date]:
    """First and last day of a span of ordinals."""
    return date.fromordinal(span[0]), date.fromordinal(span[1])
