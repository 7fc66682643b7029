"""The columns of exported projects: who with whom, until when, how far; and sheets of their tasks, points and members.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.project_rules import Point, met_day
from partnerdesk.domain.projects import Deliverable, Project, ProjectLine, ProjectMember, Task
from partnerdesk.domain.schedule import days_late, slip
from partnerdesk.domain.vocab import label_of
from partnerdesk.services import projects
from partnerdesk.services.exporting_rows import Column, Country
from partnerdesk.services.project_file import ProjectFile, project_file

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project with its line of the list and all that belongs to it."""

    project: Project
    line: ProjectLine
    file: ProjectFile


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task with what it waits for, written as in plans of other programs: "Survey", "Pilot SS+5"."""

    file: ProjectFile
    task: Task
    package: str
    waits: str
    critical: bool


@dataclass(frozen=True, slots=True)
class PointRow:
    """A milestone or deliverable of a project."""

    file: ProjectFile
    point: Point
    package: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """An institution's part in a project."""

    file: ProjectFile
    member: ProjectMember
    institution: Institution | None


def project_rows(reader: Reader, ids: Sequence[int]) -> list[ProjectRow]:
    """Projects ready to be written, in this order."""
    lines = projects.project_lines(reader, ids)
    files = {i: project_file(reader, i) for i in ids if i in lines}
    return [ProjectRow(file.project, lines[i], file) for i, file in files.items()]


def task_rows(rows: Sequence[ProjectRow]) -> list[TaskRow]:
    """The tasks of these projects in the order of their plans."""
    return [one for row in rows for one in _tasks_of(row.file)]


def point_rows(rows: Sequence[ProjectRow]) -> list[PointRow]:
    """The milestones and deliverables of these projects by the day they are due."""
    return [PointRow(row.file, point, _packages(row.file).get(point.work_package_id or 0, ""))
            for row in rows for point in row.file.points]


def member_rows(rows: Sequence[ProjectRow]) -> list[MemberRow]:
    """The institutions that take part in these projects."""
    return [MemberRow(row.file, one, row.file.institutions.get(one.institution_id))
            for row in rows for one in row.file.members]


def project_columns() -> list[Column]:
    """The columns of the list of projects."""
    return [
        Column("Acronym", lambda r: r.project.acronym), Column("Title", lambda r: r.project.title),
        Column("Kind", lambda r: _word("project_kind", r.project.kind)),
        Column("Programme", lambda r: _word("programme", r.project.programme)),
        Column("Grant number", lambda r: r.project.grant_number),
        Column("Status", lambda r: _word("project_status", r.project.status)),
        Column("Our role", lambda r: _word("project_role", r.project.our_role)),
        Column("Lead institution", lambda r: r.file.name_of(r.project.lead_id)),
        Column("Partners", lambda r: r.line.partners), Column("Number of partners", lambda r: r.line.partner_count),
        Column("Responsible", lambda r: r.project.responsible), Column("Begins", lambda r: r.project.starts_on),
        Column("Ends", lambda r: r.project.ends_on), Column("Extended until", lambda r: r.project.amended_to),
        Column("Budget", lambda r: r.project.budget), Column("Our budget", lambda r: r.project.own_budget),
        Column("Spent", lambda r: r.project.spent), Column("Spent as of", lambda r: r.project.spent_on),
        Column("Currency", lambda r: r.project.currency),
        Column("Tasks", lambda r: r.line.tasks), Column("Progress (%)", lambda r: r.line.progress),
        Column("Points late", lambda r: r.line.late), Column("Next due", lambda r: r.line.next_due),
        Column("Next point", lambda r: r.line.next_title),
        Column("Health", lambda r: _word("project_health", r.line.health)),
        Column("Reason", lambda r: str(r.file.health.reason) if r.line.health else ""),
        Column("Last entered on", lambda r: r.line.active_on), Column("ISCED", lambda r: r.project.field),
        Column("Website", lambda r: r.project.website), Column("Outputs", lambda r: len(r.file.outputs)),
        Column("Hours planned", lambda r: _sum(one.hours for one in r.file.people)),
        Column("Hours worked", lambda r: _sum(one.worked for one in r.file.people)),
        Column("Tags", lambda r: "; ".join(r.project.tags)), Column("Remark", lambda r: r.project.remark),
        Column("Put away on", lambda r: r.project.archived_on), Column("Record ID", lambda r: r.project.uid),
    ]  # fmt: skip


def task_columns() -> list[Column]:
    """The columns of the sheet of tasks."""
    return [
        Column("Project", lambda r: projects.named(r.file.project)), Column("Work package", lambda r: r.package),
        Column("Task", lambda r: r.task.title), Column("Begins", lambda r: r.task.starts_on),
        Column("Ends", lambda r: r.task.ends_on), Column("Days", lambda r: _days(r.task.starts_on, r.task.ends_on)),
        Column("Progress (%)", lambda r: r.task.progress), Column("Waits for", lambda r: r.waits),
        Column("Decides the end", lambda r: r.critical),
        Column("Days late", lambda r: days_late(r.task.ends_on, None, clock.today()) if r.task.progress < 100 else 0),
        Column("Institution", lambda r: r.file.name_of(r.task.institution_id)),
        Column("Responsible", lambda r: r.task.responsible), Column("Agreed from", lambda r: r.task.base_from),
        Column("Agreed until", lambda r: r.task.base_to),
        Column("Days behind the agreed end", lambda r: slip(r.task.base_to, r.task.ends_on)),
        Column("Remark", lambda r: r.task.remark), Column("Record ID", lambda r: r.task.uid),
    ]  # fmt: skip


def point_columns() -> list[Column]:
    """The columns of the sheet of milestones and deliverables."""
    return [
        Column("Project", lambda r: projects.named(r.file.project)), Column("Work package", lambda r: r.package),
        Column("What", lambda r: "Deliverable" if isinstance(r.point, Deliverable) else "Milestone"),
        Column("Number", lambda r: r.point.number), Column("Title", lambda r: r.point.title),
        Column("Due", lambda r: r.point.due_on), Column("Met on", lambda r: met_day(r.point)[0]),
        Column("Days late", lambda r: days_late(r.point.due_on, met_day(r.point)[0], clock.today())),
        Column("Agreed due date", lambda r: r.point.base_due),
        Column("Kind", lambda r: _of_deliverable(r.point, "deliverable_kind", "kind")),
        Column("Dissemination", lambda r: _of_deliverable(r.point, "dissemination", "dissemination")),
        Column("Edition", lambda r: getattr(r.point, "edition", "")),
        Column("Means of verification", lambda r: getattr(r.point, "verification", "")),
        Column("Responsible", lambda r: r.point.responsible), Column("Remark", lambda r: r.point.remark),
        Column("Record ID", lambda r: r.point.uid),
    ]  # fmt: skip


def member_columns(country: Country) -> list[Column]:
    """The columns of the sheet of members."""
    return [
        Column("Project", lambda r: projects.named(r.file.project)),
        Column("Institution", lambda r: r.institution.name if r.institution else ""),
        Column("Country", lambda r: country(r.institution.country) if r.institution else ""),
        Column("Role", lambda r: _word("project_role", r.member.role)),
        Column("Effort (person-months)", lambda r: r.member.effort), Column("Budget", lambda r: r.member.budget),
        Column("Contact", lambda r: r.member.contact), Column("Record ID", lambda r: r.member.uid),
    ]  # fmt: skip


def project_sheets(rows: Sequence[ProjectRow], country: Country) -> list[tuple[str, list[Column], Sequence[Any]]]:
    """The sheets that tell these projects: their titles, columns and rows; the list itself comes first."""
    return [
        ("Projects", project_columns(), rows), ("Tasks", task_columns(), task_rows(rows)),
        ("Milestones and deliverables", point_columns(), point_rows(rows)),
        ("Members", member_columns(country), member_rows(rows)),
    ]


def _tasks_of(file: ProjectFile) -> list[TaskRow]:
    titles, packages = {one.id: one.title for one in file.tasks}, _packages(file)
    critical = frozenset(file.plan.critical()) if file.links else frozenset()
    waits: dict[int, list[str]] = {}
    for link in file.links:
        way = f"{link.kind}{link.lag:+d}" if link.lag else link.kind
        name = titles.get(link.before_id, "")
        waits.setdefault(link.task_id, []).append(name if way == "FS" else f"{name} {way}")
    return [TaskRow(file, one, packages.get(one.work_package_id or 0, ""), "; ".join(waits.get(one.id, ())),
                    one.id in critical) for one in file.tasks]


def _packages(file: ProjectFile) -> dict[int, str]:
    return {one.id: " ".join(part for part in (one.number, one.title) if part) for one in file.packages}


def _of_deliverable(point: Point, vocabulary: str, field: str) -> str:
    return _word(vocabulary, getattr(point, field)) if isinstance(point, Deliverable) else ""


def _days(first: date | None, last: date | None) -> int | None:
    return (last - first).days + 1 if first is not None and last is not None else None


def _sum(hours: Any) -> float | None:
    known = [one for one in hours if one is not None]
    return sum(known) if known else None


def _word(vocabulary: str, code: str) -> str:
    return str(label_of(vocabulary, code)) if code else ""
