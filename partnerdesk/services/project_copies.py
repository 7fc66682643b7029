"""Projects made after others: as a template to be copied again and again, or as a new project with the same plan.

Days are counted from the beginning, in months and days, so that what ends with month 12 does so in the copy too.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import schedule
from partnerdesk.domain.dates import EARLIEST_YEAR, LATEST_YEAR
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.project_rules import end_of, project_problems
from partnerdesk.domain.projects import Project, ProjectMember, Task, TaskLink
from partnerdesk.domain.relative_days import first_day, last_day
from partnerdesk.domain.schedule import Span
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services.deeds import refuse_blocks
from partnerdesk.services.partners import home_institution
from partnerdesk.services.project_file import ProjectFile, plan_of, project_file
from partnerdesk.services.project_labels import named

if TYPE_CHECKING:
    from partnerdesk.store.unit import Unit

_LEFT_BEHIND: dict[str, Any] = {
    "id": 0, "uid": "", "version": 1, "spent": None, "spent_on": None, "status": "idea", "health": "",
    "health_reason": "", "decisions": "", "next_review": None, "baseline_on": None, "grant_number": "",
    "amended_to": None, "archived_on": None, "deleted_at": "", "partnership_id": None}
"""What a copy of a project does not take over: what was granted, done, judged and spent."""

_NEW: dict[str, Any] = {"id": 0, "uid": "", "version": 1}


def copy_project(source_id: int, *, members: bool = False, **fields: Any) -> Deed[int]:
    """A new project with the plan of another (or of a template); the answer is its id.

    `fields` are those of the new one, `starts_on` the day from which its days are counted; with `members` the
    institutions of the source take part in it too, else only our own. What was done, met, spent and agreed is left
    behind. Raises Refused, Missing.
    """

    def run(unit: Unit) -> int:
        source = project_file(unit, source_id)
        return _Copy(unit, source, {"template": False, **fields}, members).store()

    name = str(fields.get("acronym") or fields.get("title") or "")
    if name:
        return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "new project {name}"), name=name), run)
    return Deed(Text(QT_TRANSLATE_NOOP("PartnerDesk", "copy a project")), run)


def save_as_template(project: Project, title: str) -> Deed[int]:
    """Keep the plan of a project as a template: tasks, links, points and risks without names of partners and people.

    Its days stay as they are; what matters is how far they lie from the beginning. The answer is the template's id.
    """

    def run(unit: Unit) -> int:
        fields = {"template": True, "acronym": "", "title": title.strip() or project.title or project.acronym,
                  "responsible": ""}
        return _Copy(unit, project_file(unit, project.id), fields, False).store()

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "keep {name} as a template"), name=named(project)), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Kept {name} as a template"), name=named(project)))


class _Copy:
    """One copy on its way into the file."""

    def __init__(self, unit: Unit, source: ProjectFile, fields: Mapping[str, Any], members: bool) -> None:
        self._unit, self._source = unit, source
        home = home_institution(unit)
        self._home = home.id if home is not None else 0
        self._kept = {one.institution_id for one in source.members} if members else {self._home}
        first, _ = source.span
        wanted = fields.get("starts_on") or first
        self._old, self._new = first or wanted, wanted
        given = {name: value for name, value in fields.items() if name != "starts_on"}
        made = dataclasses.replace(source.project, **{**_LEFT_BEHIND, **self._own_days(), **given})
        self._project = dataclasses.replace(made, lead_id=self._partner(made.lead_id))

    def store(self) -> int:
        """Store the project and all its parts; its id. Raises Refused."""
        refuse_blocks(project_problems(self._project))
        made = self._unit.add(self._project)
        members = [one for one in self._source.members if one.institution_id in self._kept]
        self._add_all(made.id, [dataclasses.replace(one, **_NEW) for one in members])
        if self._home and not members:
            self._add_all(made.id, [ProjectMember(institution_id=self._home, role=made.our_role or "partner")])
        packages = self._add_all(made.id, [dataclasses.replace(
            one, **_NEW, starts_on=self._first(one.starts_on), ends_on=self._last(one.ends_on, one.starts_on),
            base_from=None, base_to=None, responsible="", lead_id=self._partner(one.lead_id))
            for one in self._source.packages], self._source.packages)
        tasks = self._add_all(made.id, self._tasks(packages), self._source.tasks)
        self._unit.add_many([TaskLink(task_id=tasks[one.task_id], before_id=tasks[one.before_id], kind=one.kind,
                                      lag=one.lag) for one in self._source.links])
        self._add_all(made.id, [dataclasses.replace(self._point(one, packages, tasks), met_on=None)
                                for one in self._source.milestones])
        self._add_all(made.id, [dataclasses.replace(
            self._point(one, packages, tasks), submitted_on=None, edition="",
            institution_id=self._partner(one.institution_id)) for one in self._source.deliverables])
        self._add_all(made.id, [dataclasses.replace(one, **_NEW, state="open", responsible="", review_on=None)
                                for one in self._source.risks])
        return made.id

    def _own_days(self) -> dict[str, Any]:
        project = self._source.project
        if self._new is None:
            return {}
        end = end_of(project)
        return {"starts_on": self._new, "ends_on": self._last(end, project.starts_on)}

    def _tasks(self, packages: Mapping[int, int]) -> list[Task]:
        """The tasks on their new days, pushed where months of other lengths would break a link."""
        made = [dataclasses.replace(
            one, starts_on=self._first(one.starts_on), ends_on=self._last(one.ends_on, one.starts_on))
            for one in self._source.tasks]
        kept = not self._source.plan.broken()
        later: Mapping[int, Span] = plan_of(made, self._source.links).settled() if kept else {}
        return [dataclasses.replace(
            one, **_NEW, progress=0, base_from=None, base_to=None, responsible="",
            starts_on=later[one.id].first if one.id in later else one.starts_on,
            ends_on=later[one.id].last if one.id in later else one.ends_on,
            work_package_id=packages.get(one.work_package_id or 0), institution_id=self._partner(one.institution_id))
            for one in made]

    def _point(self, one: Any, packages: Mapping[int, int], tasks: Mapping[int, int]) -> Any:
        due = self._last(one.due_on, None)
        end = self._project.ends_on
        return dataclasses.replace(
            one, **_NEW, due_on=min(due, end) if due is not None and end is not None else due, base_due=None,
            responsible="", work_package_id=packages.get(one.work_package_id or 0), task_id=tasks.get(one.task_id or 0))

    def _partner(self, institution_id: int | None) -> int | None:
        return institution_id if institution_id in self._kept else None

    def _first(self, day: date | None) -> date | None:
        return self._moved(day, first_day)

    def _last(self, day: date | None, begins: date | None) -> date | None:
        """Where a last day goes, never before the first day of the same thing."""
        last, first = self._moved(day, last_day), self._moved(begins, first_day)
        return max(last, first) if last is not None and first is not None else last

    def _moved(self, day: date | None, way: Any) -> date | None:
        if day is None or self._old is None or self._new is None:
            return day
        try:
            moved: date = way(day, self._old, self._new)
        except OverflowError:
            moved = date.max
        if not EARLIEST_YEAR <= moved.year <= LATEST_YEAR:
            raise Refused(schedule.outside_problem())
        return moved

    def _add_all(self, project_id: int, records: Iterable[Any], old: Iterable[Any] = ()) -> dict[int, int]:
        """Store new parts; the new id of each old one."""
        made = self._unit.add_many([dataclasses.replace(one, project_id=project_id) for one in records])
        return dict(zip((one.id for one in old), made, strict=False))
