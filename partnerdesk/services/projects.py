"""What users do with projects: find, enter, change, put away; their parts and plan are in rooms of their own."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.project_rules import frame_problems, project_problems
from partnerdesk.domain.projects import Project, ProjectLine, ProjectMember
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.services.deeds import (
    refuse_blocks,
    set_archived,
    set_fields,
    set_fields_of_many,
    trash_mark,
)
from partnerdesk.services.partners import home_institution
from partnerdesk.services.project_copies import copy_project as copy_project
from partnerdesk.services.project_copies import save_as_template as save_as_template
from partnerdesk.services.project_file import ProjectFile as ProjectFile
from partnerdesk.services.project_file import points_of
from partnerdesk.services.project_file import project_file as project_file
from partnerdesk.services.project_labels import changed_text
from partnerdesk.services.project_labels import named as named
from partnerdesk.services.project_parts import add_part as add_part
from partnerdesk.services.project_parts import change_part as change_part
from partnerdesk.services.project_parts import move_part as move_part
from partnerdesk.services.project_parts import remove_part as remove_part
from partnerdesk.services.project_parts import remove_parts as remove_parts
from partnerdesk.services.project_plan import Moved as Moved
from partnerdesk.services.project_plan import link_tasks as link_tasks
from partnerdesk.services.project_plan import move_task as move_task
from partnerdesk.services.project_plan import move_tasks as move_tasks
from partnerdesk.services.project_plan import settle_project as settle_project
from partnerdesk.services.project_plan import unlink_tasks as unlink_tasks
from partnerdesk.services.project_whole import delay_project as delay_project
from partnerdesk.services.project_whole import set_baseline as set_baseline
from partnerdesk.services.project_whole import shift_project as shift_project
from partnerdesk.services.project_whole import stretch_project as stretch_project

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit

_DAYS = frozenset({"starts_on", "ends_on", "amended_to"})
TALLIED = ("status", "kind", "programme", "our_role", "responsible")
"""The fields by which the list can be counted."""


def project_ids(
    reader: Reader, query: ListQuery, limit: int | None = None, among: Sequence[int] | None = None
) -> list[int]:
    """Ids of the projects a query finds, in its order, of all or of those `among`; no templates unless asked for."""
    from partnerdesk.store import projects

    return projects.project_ids(reader, query, clock.today(), limit, among)


def project_lines(reader: Reader, ids: Sequence[int]) -> dict[int, ProjectLine]:
    """What the list shows of these projects."""
    from partnerdesk.store import projects

    return projects.project_lines(reader, ids, clock.today())


def project_hits(reader: Reader, query: ListQuery) -> int:
    """How many projects a query finds."""
    from partnerdesk.store import projects

    return projects.project_hits(reader, query, clock.today())


def project_count(reader: Reader) -> int:
    """How many projects the office has, templates left out."""
    from partnerdesk.store import projects

    return projects.project_count(reader)


def project_tallies(reader: Reader, field: str) -> dict[str, int]:
    """How many projects of the list have each value of one of the fields `TALLIED`."""
    from partnerdesk.store import projects

    return projects.project_tallies(reader, field)


def project_names(reader: Reader) -> list[tuple[int, str]]:
    """The projects that others can be filtered by or linked to, by name; templates left out."""
    found = [one for one in reader.find(Project, template=False) if not one.deleted_at]
    return sorted(((one.id, named(one)) for one in found), key=lambda one: fold(one[1]))


def templates(reader: Reader) -> list[ProjectLine]:
    """The templates that a new project can be made from, by name."""
    ids = project_ids(reader, ListQuery(filters=(Filter("template", values=("yes",)),)))
    lines = project_lines(reader, ids)
    return [lines[i] for i in ids]


def partner_names(reader: Reader) -> list[tuple[int, str]]:
    """The partners that take part in any project, by name."""
    ids = {one.institution_id for one in reader.find(ProjectMember)}
    found = [one for one in reader.many(Institution, sorted(ids)).values() if not one.is_home and not one.deleted_at]
    return sorted(((one.id, one.name) for one in found), key=lambda one: fold(one[1]))


def projects_of(reader: Reader, institution_id: int) -> list[ProjectLine]:
    """The projects that an institution takes part in, those that run first, then by name."""
    from partnerdesk.domain.project_rules import RUNNING

    ids = {one.project_id for one in reader.find(ProjectMember, institution_id=institution_id)}
    found = [one for one in project_lines(reader, sorted(ids)).values() if not one.template]
    return sorted(found, key=lambda one: (one.status not in RUNNING, fold(named(one))))


def new_project(project: Project, partners: Iterable[int] = ()) -> Deed[int]:
    """Add a project with these partners; our own institution takes part in its role. The answer is the id."""
    wanted = list(dict.fromkeys(partners))

    def run(unit: Unit) -> int:
        refuse_blocks(project_problems(project))
        home = home_institution(unit)
        made = project
        if home is not None and made.our_role == "coordinator" and made.lead_id is None:
            made = dataclasses.replace(made, lead_id=home.id)
        stored = unit.add(made)
        roles = dict.fromkeys(wanted, "partner")
        if home is not None:
            roles = {home.id: made.our_role or "partner", **roles}
        if made.lead_id is not None:
            roles[made.lead_id] = "coordinator"
        unit.add_many([ProjectMember(project_id=stored.id, position=place, institution_id=one, role=role)
                       for place, (one, role) in enumerate(roles.items())])
        return stored.id

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "new project {name}"), name=named(project)), run)


def change_project(project: Project, **fields: Any) -> Deed[bool]:
    """Change fields of a project as the user sees it; its days may leave no milestone or deliverable outside."""

    def run(unit: Unit) -> bool:
        return set_fields(unit, Project, project.id, project.version, fields, _Rules(unit, fields))

    return Deed(changed_text(named(project), fields), run)


def change_many(ids: Sequence[int], fields: Mapping[str, Any], n: int) -> Deed[None]:
    """Set the same fields on many projects in one step."""

    def run(unit: Unit) -> None:
        set_fields_of_many(unit, Project, ids, fields, _Rules(unit, fields))

    return Deed(counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "change 1 project"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "change {n} projects")), run,
                counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "Changed 1 project"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "Changed {n} projects")))


def archive_projects(projects: Sequence[Project], *, back: bool = False) -> Deed[None]:
    """Put projects out of the way without losing anything, or bring them back."""

    def run(unit: Unit) -> None:
        set_archived(unit, Project, projects, back)

    if back:
        return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "bring {name} back from the archive"), projects), run,
                    _about(QT_TRANSLATE_NOOP("PartnerDesk", "Brought back {name}"), projects))
    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "archive {name}"), projects), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Archived {name}"), projects))


def delete_projects(projects: Sequence[Project]) -> Deed[None]:
    """Put projects into the trash with their plans; outputs, visits and follow-ups remain."""

    def run(unit: Unit) -> None:
        unit.change_many(Project, [one.id for one in projects], deleted_at=trash_mark())

    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "delete {name}"), projects), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Deleted {name}"), projects))


class _Rules:
    """What is judged of a changed project; the points of its plan only where its days change."""

    def __init__(self, unit: Reader, fields: Mapping[str, Any]) -> None:
        self._unit, self._fields = unit, fields

    def __call__(self, project: Project) -> list[Problem]:
        found = list(project_problems(project))
        if not _DAYS.isdisjoint(self._fields):
            for one in frame_problems(project, points_of(self._unit, project.id)):
                # the end is told by two fields: the sentence belongs to the one that was changed
                ends = [name for name in ("amended_to", "ends_on") if name in self._fields]
                if one.field == "starts_on" or ends:
                    found.append(one if one.field == "starts_on" else dataclasses.replace(one, field=ends[0]))
        return found


def _about(template: str, projects: Sequence[Project]) -> Text:
    if len(projects) == 1:
        return text(template, name=named(projects[0]))
    return text(template, name=text(QT_TRANSLATE_NOOP("PartnerDesk", "{n} projects"), n=len(projects)))
