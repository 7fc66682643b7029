"""The parts of a project: members, work packages, tasks, milestones, deliverables, risks, people and documents come,
change, take another place and go.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Document
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.project_rules import (
    member_problems,
    package_problems,
    person_problems,
    point_problems,
    risk_problems,
    task_problems,
)
from partnerdesk.domain.projects import (
    Deliverable,
    Milestone,
    Project,
    ProjectMember,
    ProjectPerson,
    Risk,
    Task,
    TaskLink,
    WorkPackage,
)
from partnerdesk.domain.schedule import Plan, Span
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.services.deeds import refuse_blocks, set_fields
from partnerdesk.services.project_labels import changed_text, named
from partnerdesk.services.project_plan import read_plan, store_outcome, waiting_problem

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit

Part = ProjectMember | WorkPackage | Task | Milestone | Deliverable | Risk | ProjectPerson | Document
_DAYS = ("starts_on", "ends_on")
_NOUNS: dict[type[Any], str] = {
    ProjectMember: QT_TRANSLATE_NOOP("PartnerDesk", "a member"),
    WorkPackage: QT_TRANSLATE_NOOP("PartnerDesk", "a work package"),
    Task: QT_TRANSLATE_NOOP("PartnerDesk", "a task"),
    Milestone: QT_TRANSLATE_NOOP("PartnerDesk", "a milestone"),
    Deliverable: QT_TRANSLATE_NOOP("PartnerDesk", "a deliverable"),
    Risk: QT_TRANSLATE_NOOP("PartnerDesk", "a risk"),
    ProjectPerson: QT_TRANSLATE_NOOP("PartnerDesk", "a person"),
    Document: QT_TRANSLATE_NOOP("PartnerDesk", "a document"),
}


def add_part(project: Project, record: Part) -> Deed[int]:
    """Add a part at the end of those of its kind; the answer is its id. An institution takes part once. Raises Refused.
    """

    def run(unit: Unit) -> int:
        return store_part(unit, project.id, record)

    label = QT_TRANSLATE_NOOP("PartnerDesk", "add {what} to {name}")
    return Deed(text(label, what=Text(_NOUNS[type(record)]), name=named(project)), run)


def store_part(unit: Unit, project_id: int, record: Part) -> int:
    """Store a new part inside a unit at the end of those of its kind; its id. Raises Refused."""
    made: Any = dataclasses.replace(record, project_id=project_id)
    if isinstance(made, ProjectMember):
        known = unit.find(ProjectMember, project_id=project_id, institution_id=made.institution_id)
        if known:
            raise Refused(Problem("R00", "block", "institution_id", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "This institution takes part already"))))
    if not isinstance(made, Document):
        made = dataclasses.replace(made, position=_next_place(unit, type(made), project_id))
    refuse_blocks(_problems_of(unit, made))
    return int(unit.add(made).id)


def change_part(project: Project, record: Part, **fields: Any) -> Deed[bool]:
    """Change a part as the user sees it. New days of a task push what waits for it, and are refused with the first day
    that does where the task itself has to wait. Raises Refused, Superseded.
    """

    def run(unit: Unit) -> bool:
        if isinstance(record, Task) and not fields.keys().isdisjoint(_DAYS):
            return _change_days(unit, project, record, fields)
        return set_fields(unit, type(record), record.id, record.version, fields,
                          lambda outcome: _problems_of(unit, outcome))

    return Deed(changed_text(named(project), fields), run)


def move_part(project: Project, record: Part, place: int) -> Deed[bool]:
    """Give a part another place among those of its kind, counted from 0; a task among those of its work package."""

    def run(unit: Unit) -> bool:
        others: Any = _row_of(unit, record)
        before = [one.id for one in others]
        ids = [one for one in before if one != record.id]
        ids.insert(max(place, 0), record.id)
        if ids == before:
            return False
        unit.change_each(type(record), {one: {"position": n} for n, one in enumerate(ids)})
        return True

    label = QT_TRANSLATE_NOOP("PartnerDesk", "move {what} in {name}")
    return Deed(text(label, what=Text(_NOUNS[type(record)]), name=named(project)), run)


def remove_part(project: Project, record: Part) -> Deed[None]:
    """Take a part away. A task takes its links along; what was in a work package becomes part of the project itself."""

    def run(unit: Unit) -> None:
        take_part(unit, record)

    what, name = Text(_NOUNS[type(record)]), named(project)
    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "remove {what} from {name}"), what=what, name=name), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Removed {what} from {name}"), what=what, name=name))


def remove_parts(project: Project, records: Sequence[Part]) -> Deed[None]:
    """Take many parts away in one step."""

    def run(unit: Unit) -> None:
        for one in records:
            take_part(unit, one)

    n = len(records)
    return Deed(counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "remove 1 part from {name}"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "remove {n} parts from {name}"), name=named(project)), run,
                counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "Removed 1 part from {name}"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "Removed {n} parts from {name}"), name=named(project)))


def take_part(unit: Unit, record: Part) -> None:
    """Take a part out inside a unit, with the links of a task; what named it stands without it."""
    if isinstance(record, Task):
        for link in (*unit.find(TaskLink, task_id=record.id), *unit.find(TaskLink, before_id=record.id)):
            unit.remove(TaskLink, link.id)
        _let_go(unit, (Milestone, Deliverable), "task_id", record.id)
    if isinstance(record, WorkPackage):
        _let_go(unit, (Task, Milestone, Deliverable), "work_package_id", record.id)
    unit.remove(type(record), record.id)


def _let_go(unit: Unit, kinds: Sequence[type[Any]], column: str, record_id: int) -> None:
    for kind in kinds:
        unit.change_many(kind, [i for (i,) in unit.columns(kind, ("id",), column, [record_id])], **{column: None})


def _change_days(unit: Unit, project: Project, record: Task, fields: dict[str, Any]) -> bool:
    """Change a task together with its days, and push what waits for it."""
    tasks, plan = read_plan(unit, project.id)
    outcome = dataclasses.replace(unit.get(Task, record.id), **fields)
    wish = Span(record.id, outcome.starts_on, outcome.ends_on)
    refuse_blocks(p for p in _problems_of(unit, outcome) if p.field in (*fields, "ends_on"))
    problem = waiting_problem(tasks, plan, wish)
    if problem is not None:
        raise Refused(problem)
    changed = unit.change(Task, record.id, record.version, **fields)
    behind = Plan(plan.spans.values(), (one for one in plan.links if one.after != record.id))
    moved = behind.moved([wish])
    pushed = {one: moved.spans[one] for one in moved.pushed}
    store_outcome(unit, tasks, dataclasses.replace(moved, spans=pushed))
    return changed or bool(pushed)


def _row_of(reader: Reader, record: Part) -> list[Any]:
    """The parts among which one has its place, in their order."""
    fields: dict[str, Any] = {"project_id": record.project_id}
    if isinstance(record, Task):
        fields["work_package_id"] = reader.get(Task, record.id).work_package_id
    return sorted(reader.find(type(record), **fields), key=lambda one: (one.position, one.id))


def _next_place(reader: Reader, kind: type[Any], project_id: int) -> int:
    return 1 + max((place for (place,) in reader.columns(kind, ("position",), "project_id", [project_id])), default=-1)


def _problems_of(reader: Reader, record: Part) -> list[Problem]:
    if isinstance(record, ProjectMember):
        return list(member_problems(record))
    if isinstance(record, Risk):
        return list(risk_problems(record))
    if isinstance(record, ProjectPerson):
        return list(person_problems(record))
    if isinstance(record, Document):
        return []
    project = reader.get(Project, record.project_id)
    if isinstance(record, WorkPackage):
        return list(package_problems(record, project))
    if isinstance(record, Task):
        return list(task_problems(record, project))
    return list(point_problems(record, project, clock.today()))
