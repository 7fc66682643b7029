"""What the overview of a project says: its days and month, what comes next, what is late, its money and its people."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain import clock
from partnerdesk.domain.projects import Deliverable, Milestone, Project, Task
from partnerdesk.look.cells import Chip
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import counted, day, near, number
from partnerdesk.models.project_words import money, month_of, part_name
from partnerdesk.models.stay_words import short_range

_SOON = 30


@dataclass(frozen=True, slots=True)
class PointRow:
    """A task, milestone or deliverable that is late or comes next: where it stands and how it reads."""

    table: str
    record: Any
    due: date
    name: str
    second: str
    chip: Chip

    @property
    def late(self) -> bool:
        """Whether it was due before today."""
        return self.due < clock.today()


def _tr(source: str) -> str:
    return QCoreApplication.translate("Projects", source)


def open_points(
    tasks: Sequence[Task], milestones: Sequence[Milestone], deliverables: Sequence[Deliverable]
) -> list[PointRow]:
    """Everything that has a day and is not done, the earliest first; a task counts by its last day."""
    today = clock.today()
    found = [_row("milestones", one, one.due_on, today) for one in milestones if one.met_on is None and one.due_on]
    found += [_row("deliverables", one, one.due_on, today) for one in deliverables
              if one.submitted_on is None and one.due_on]
    found += [_row("tasks", one, one.ends_on, today) for one in tasks if one.progress < 100 and one.ends_on]
    return sorted(found, key=lambda row: (row.due, row.name))


def _row(table: str, record: Any, due: date, today: date) -> PointRow:
    words = {"milestones": _tr("Milestone"), "deliverables": _tr("Deliverable"), "tasks": _tr("Task")}[table]
    done = _tr("{n} % done").format(n=number(record.progress)) if table == "tasks" and record.progress else ""
    second = " · ".join(part for part in (words, done, record.responsible, day(due)) if part)
    if due < today:
        chip = Chip("danger", near(due), Icon.PROBLEM)
    elif (due - today).days <= _SOON:
        chip = Chip("warn", near(due), Icon.SOON)
    else:
        chip = Chip("neutral", near(due), Icon.DATE)
    return PointRow(table, record, due, part_name(record), second, chip)


def time_words(project: Project) -> str:
    """From when until when, the month it is in, and that it was extended."""
    ends = project.amended_to or project.ends_on
    if project.starts_on is None and ends is None:
        return _tr("no dates yet")
    parts = [short_range(project.starts_on, ends)]
    month = month_of(project, clock.today())
    if month is not None:
        parts.append(_tr("month {n} of {all}").format(n=number(month[0]), all=number(month[1])))
    if project.amended_to is not None and project.ends_on is not None and project.amended_to != project.ends_on:
        parts.append(_tr("extended from {day}").format(day=day(project.ends_on)))
    return "  ·  ".join(parts)


def money_facts(project: Project) -> Iterator[tuple[str, str]]:
    """Labels and amounts that are known."""
    if project.budget is not None:
        yield _tr("Budget"), money(project.budget, project.currency)
    if project.own_budget is not None:
        yield _tr("Our budget"), money(project.own_budget, project.currency)
    if project.spent is not None:
        spent = money(project.spent, project.currency)
        as_of = _tr("{amount}, as of {day}").format(amount=spent, day=day(project.spent_on))
        yield _tr("Spent"), as_of if project.spent_on else spent


def hours_words(people: Sequence[Any]) -> str:
    """How many people work in it, and the hours worked of those planned."""
    if not people:
        return ""
    planned, worked = (sum(getattr(one, name) or 0 for one in people) for name in ("hours", "worked"))
    heads = counted(len(people), _tr("1 person"), _tr("{n} people"))
    if not planned and not worked:
        return heads
    return _tr("{people}, {worked} of {planned} hours worked").format(
        people=heads, worked=number(worked), planned=number(planned))
