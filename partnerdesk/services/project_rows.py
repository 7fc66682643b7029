"""Rows of a plan as tables write them: several new ones below another, and all that a task waits for, in one step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.journal import Deed
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.projects import Project, Task, TaskLink
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.services.project_labels import named
from partnerdesk.services.project_parts import Part, store_part
from partnerdesk.services.project_plan import Moved, link_tasks

if TYPE_CHECKING:
    from partnerdesk.store.unit import Unit

Waiting = tuple[int, str, int]
"""The task that is waited for, how (FS, SS, FF, SF), and the days in between."""


def add_rows(project: Project, records: Sequence[Part], below: Part | None = None) -> Deed[list[int]]:
    """Add parts of one kind below another one of it, or at the end; the answers are their ids. Raises Refused."""

    def run(unit: Unit) -> list[int]:
        made = [store_part(unit, project.id, one) for one in records]
        if below is not None and made:
            kind: type[Any] = type(below)
            known = sorted(unit.find(kind, project_id=project.id), key=lambda one: (one.position, one.id))
            order = [one.id for one in known if one.id not in made]
            place = order.index(below.id) + 1 if below.id in order else len(order)
            order[place:place] = made
            unit.change_each(kind, {one: {"position": n} for n, one in enumerate(order)})
        return made

    return Deed(counted(len(records), QT_TRANSLATE_NOOP("PartnerDesk", "add 1 row to {name}"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "add {n} rows to {name}"), name=named(project)), run)


def set_waits(project: Project, task: Task, wanted: Sequence[Waiting]) -> Deed[Moved]:
    """Let a task wait for just these others; where that makes it too early it goes later, and what waits for it.

    Raises Refused where that would close a circle, with the names of its tasks (R102).
    """

    def run(unit: Unit) -> Moved:
        if any(before == task.id for before, _, _ in wanted):
            raise Refused(Problem("R102", "block", "before_id", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "A task cannot wait for itself"))))
        known = {one.before_id: one for one in unit.find(TaskLink, task_id=task.id)}
        for before in known.keys() - {before for before, _, _ in wanted}:
            unit.remove(TaskLink, known[before].id)
        others = unit.many(Task, [before for before, _, _ in wanted])
        moved, pushed, held = 0, list[str](), ""
        for before, kind, lag in wanted:
            old = known.get(before)
            if before in others and (old is None or (old.kind, old.lag) != (kind, lag)):
                became = link_tasks(project, others[before], task, kind, lag).run(unit)
                moved, held = moved + became.tasks, became.held_by or held
                pushed += [one for one in became.pushed if one not in pushed]
        return Moved(moved, tuple(pushed), held)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "change what {task} waits for"), task=task.title), run)
