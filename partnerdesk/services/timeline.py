"""What the hand does on a timeline, each one step to be undone: put bars to other days, link tasks, take links away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from partnerdesk.domain.journal import Deed
from partnerdesk.domain.portfolio import ProjectHead
from partnerdesk.domain.projects import Deliverable, Milestone, Project, Task, TaskLink, WorkPackage
from partnerdesk.domain.schedule import moved_day
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.services.project_parts import change_part
from partnerdesk.services.project_plan import Moved, link_tasks, move_task, move_tasks, unlink_tasks
from partnerdesk.services.project_whole import shift_project

if TYPE_CHECKING:
    from partnerdesk.store.unit import Unit

Placed = ProjectHead | WorkPackage | Task | Milestone | Deliverable


def place(head: ProjectHead, record: Placed, first: date, last: date) -> Deed[Moved]:
    """Put a bar to other days: of the same length it moves, of another it is stretched; what depends on it follows.

    A project takes everything along, a work package its tasks, a task pushes what waits for it. Raises Refused.
    """
    project = _of(head)
    if isinstance(record, Task):
        return move_task(project, record, first, last)

    def run(unit: Unit) -> Moved:
        if isinstance(record, ProjectHead):
            whole = unit.get(Project, record.id)
            start = whole.starts_on or whole.ends_on
            return Moved(shift_project(whole, (first - start).days).run(unit) if start else 0)
        if isinstance(record, WorkPackage):
            return _place_package(unit, project, record, first, last)
        change_part(project, record, due_on=last).run(unit)
        return Moved(1)

    called = _name(head) if isinstance(record, ProjectHead) else f"{record.number} {record.title}".strip()
    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "move {name}"), name=called), run)


def link(head: ProjectHead, before: Task, after: Task) -> Deed[Moved]:
    """Let a task wait for the end of another. Raises Refused where that would close a circle."""
    return link_tasks(_of(head), before, after)


def unlink(head: ProjectHead, links: Sequence[TaskLink]) -> Deed[None]:
    """Let tasks no longer wait for others; their days stay."""
    return unlink_tasks(_of(head), links)


def _place_package(unit: Unit, project: Project, package: WorkPackage, first: date, last: date) -> Moved:
    """A package that moves takes its tasks along; one that is stretched leaves them."""
    now = unit.get(WorkPackage, package.id)
    change_part(project, now, starts_on=first, ends_on=last).run(unit)
    if now.starts_on is None or now.ends_on is None or (last - first) != (now.ends_on - now.starts_on):
        return Moved(1)
    days = (first - now.starts_on).days
    wishes = {one.id: (moved_day(one.starts_on, days), moved_day(one.ends_on, days))
              for one in unit.find(Task, project_id=project.id, work_package_id=package.id)}
    moved = move_tasks(project, wishes).run(unit) if wishes else Moved()
    points: list[Milestone | Deliverable] = [
        *unit.find(Milestone, work_package_id=package.id, met_on=None),
        *unit.find(Deliverable, work_package_id=package.id, submitted_on=None)]
    for point in points:
        if point.due_on is not None:
            change_part(project, point, due_on=moved_day(point.due_on, days)).run(unit)
    return replace(moved, tasks=moved.tasks + 1)


def _of(head: ProjectHead) -> Project:
    """As much of the project as deeds need to name it."""
    return Project(id=head.id, acronym=head.acronym, title=head.title)


def _name(head: ProjectHead) -> str:
    return head.acronym or head.title
