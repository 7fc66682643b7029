"""The tasks of a project as one works on them: moved and stretched with what waits for them, linked, set to a progress.

Each is one step that can be undone; what is done to a plan as a whole is in `project_whole`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from partnerdesk.domain.journal import Deed
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.project_rules import link_problems, loop_problem, task_problems
from partnerdesk.domain.projects import Project, Task, TaskLink
from partnerdesk.domain.schedule import Link, Outcome, Plan, Span, lacking
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.services.deeds import refuse_blocks
from partnerdesk.services.project_labels import named

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit

Days = tuple[date | None, date | None]
"""The first and the last day of a task, both included."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a move: how many tasks have other days, the titles of those that were pushed, and the title of
    the task that held a moved one back ("" where it went where it was put).
    """

    tasks: int = 0
    pushed: tuple[str, ...] = ()
    held_by: str = ""

    @property
    def message(self) -> Text | None:
        """What is worth saying of it; None where it did just what was asked."""
        pushed = counted(len(self.pushed), QT_TRANSLATE_NOOP("PartnerDesk", "1 task that waits went later"),
                         QT_TRANSLATE_NOOP("PartnerDesk", "{n} tasks that wait went later"))
        if self.held_by and self.pushed:
            return text(QT_TRANSLATE_NOOP("PartnerDesk", "Held by “{name}”; {pushed}"), name=self.held_by,
                        pushed=pushed)
        if self.held_by:
            return text(QT_TRANSLATE_NOOP("PartnerDesk", "It has to wait for “{name}”"), name=self.held_by)
        return pushed if self.pushed else None


def read_plan(reader: Reader, project_id: int) -> tuple[dict[int, Task], Plan]:
    """The tasks of a project by id, as much of them as moves and sentences need, and its plan."""
    fields = ("id", "title", "starts_on", "ends_on", "progress")
    tasks = {i: Task(id=i, project_id=project_id, title=title, starts_on=_day(first), ends_on=_day(last),
                     progress=progress)
             for i, title, first, last, progress in reader.columns(Task, fields, "project_id", [project_id])}
    links = reader.columns(TaskLink, ("before_id", "task_id", "kind", "lag"), "task_id", tasks)
    return tasks, Plan((Span(one.id, one.starts_on, one.ends_on) for one in tasks.values()),
                       (Link(*link) for link in links))


def move_task(project: Project, task: Task, starts_on: date | None, ends_on: date | None) -> Deed[Moved]:
    """Put a task to other days: of the same length it moves, of another it is stretched; what waits for it is pushed.

    It goes no earlier than what it waits for allows. Raises Refused.
    """
    label = QT_TRANSLATE_NOOP("PartnerDesk", "move {task} in {name}")
    return move_tasks(project, {task.id: (starts_on, ends_on)}, text(label, task=task.title, name=named(project)))


def move_tasks(project: Project, wishes: Mapping[int, Days], label: Text | None = None) -> Deed[Moved]:
    """Put many tasks to other days at once, such as those of a work package. Raises Refused."""

    def run(unit: Unit) -> Moved:
        tasks, plan = read_plan(unit, project.id)
        spans = [Span(one, *days) for one, days in wishes.items() if one in tasks]
        refuse_blocks(p for one in spans for p in task_problems(
            replace(tasks[one.id], starts_on=one.first, ends_on=one.last)) if p.field == "ends_on")
        return store_outcome(unit, tasks, plan.moved(spans))

    many = counted(len(wishes), QT_TRANSLATE_NOOP("PartnerDesk", "move 1 task in {name}"),
                   QT_TRANSLATE_NOOP("PartnerDesk", "move {n} tasks in {name}"), name=named(project))
    return Deed(label or many, run)


def store_outcome(unit: Unit, tasks: Mapping[int, Task], outcome: Outcome) -> Moved:
    """Write what a move changes, and tell it by titles."""
    unit.change_each(Task, {i: {"starts_on": one.first, "ends_on": one.last} for i, one in outcome.spans.items()})
    held = tasks[outcome.held_by.before].title if outcome.held_by is not None else ""
    return Moved(len(outcome.spans), tuple(tasks[one].title for one in outcome.pushed), held)


def waiting_problem(tasks: Mapping[int, Task], plan: Plan, wish: Span) -> Problem | None:
    """Why typed days of a task do not do: what it waits for, and the first day (or last) that does.

    A task that stands too early already is not held up by that where its new days make it no worse.
    """
    outcome = plan.moved([wish])
    held, was = outcome.held_by, plan.spans[wish.id]
    if held is None or lacking(held, plan.spans[held.before], wish) <= lacking(held, plan.spans[held.before], was):
        return None
    got = outcome.spans.get(wish.id, was)
    field, day = ("ends_on", got.last) if got.first == wish.first else ("starts_on", got.first)
    sentence = QT_TRANSLATE_NOOP("PartnerDesk", "It has to wait for “{name}”: not before {day}")
    return Problem("R102", "block", field, text(sentence, name=tasks[held.before].title, day=day), values={"day": day})


def link_tasks(project: Project, before: Task, after: Task, kind: str = "FS", lag: int = 0) -> Deed[Moved]:
    """Let a task wait for another; what is too early goes later at once. Two tasks have one link: it is changed.

    Raises Refused where that would close a circle, with the names of its tasks (R102).
    """

    def run(unit: Unit) -> Moved:
        known = unit.find(TaskLink, task_id=after.id, before_id=before.id)
        made = TaskLink(task_id=after.id, before_id=before.id, kind=kind, lag=lag)
        tasks, plan = read_plan(unit, project.id)
        _refuse_link(tasks, plan, made)
        if known:
            unit.change(TaskLink, known[0].id, None, kind=kind, lag=lag)
        else:
            unit.add(made)
        return _settle_behind(unit, project.id, after.id)

    label = QT_TRANSLATE_NOOP("PartnerDesk", "let {task} wait for {other}")
    return Deed(text(label, task=after.title, other=before.title), run)


def unlink_tasks(project: Project, links: Sequence[TaskLink]) -> Deed[None]:
    """Let tasks no longer wait for others; their days stay."""

    def run(unit: Unit) -> None:
        for one in links:
            unit.remove(TaskLink, one.id)

    return Deed(counted(len(links), QT_TRANSLATE_NOOP("PartnerDesk", "remove a dependency from {name}"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "remove {n} dependencies from {name}"), name=named(project)),
                run, counted(len(links), QT_TRANSLATE_NOOP("PartnerDesk", "Removed a dependency from {name}"),
                             QT_TRANSLATE_NOOP("PartnerDesk", "Removed {n} dependencies from {name}"),
                             name=named(project)))


def settle_project(project: Project) -> Deed[Moved]:
    """Push every task that stands before what it waits for, each as little as possible."""

    def run(unit: Unit) -> Moved:
        tasks, plan = read_plan(unit, project.id)
        spans = plan.settled()
        return store_outcome(unit, tasks, Outcome(spans, tuple(spans)))

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "put the tasks of {name} in order"), name=named(project)), run)


def _refuse_link(tasks: Mapping[int, Task], plan: Plan, made: TaskLink) -> None:
    refuse_blocks(link_problems(made))
    if made.before_id not in tasks or made.task_id not in tasks:
        raise Refused(Problem("R102", "block", "before_id", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Both tasks have to be in the same project"))))
    circle = plan.loop_with(Link(made.before_id, made.task_id))
    if circle:
        raise Refused(loop_problem(circle, {i: one.title for i, one in tasks.items()}))


def _settle_behind(unit: Unit, project_id: int, task_id: int) -> Moved:
    """Let a task keep its new link, and push what waits for it."""
    tasks, plan = read_plan(unit, project_id)
    outcome = plan.moved([plan.spans[task_id]])
    return store_outcome(unit, tasks, Outcome(outcome.spans, tuple(outcome.spans)))


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
