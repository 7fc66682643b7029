"""The project on the desk: what is known of it, and how its fields and the rows of its tables are written and kept."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from PySide6.QtCore import QObject

from partnerdesk.bridge.desk import Answer, Desk
from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Document
from partnerdesk.domain.journal import Changes, Deed
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.project_rules import (
    late_problems,
    package_problems,
    point_problems,
    project_problems,
    task_problems,
)
from partnerdesk.domain.projects import Project
from partnerdesk.domain.schedule import days_late
from partnerdesk.look.words import counted, say
from partnerdesk.models.project_grid import PlanNames, TaskRow, kind_name, rows_of_tasks, task_of
from partnerdesk.models.project_outputs import OutputEntry, entry_of, output_of
from partnerdesk.services import outputs, project_parts, project_rows
from partnerdesk.services.projects import ProjectFile, project_file
from partnerdesk.views.form_work import FormWork
from partnerdesk.views.kit.savestate import SaveState


class ProjectWork(FormWork):
    """Asks for a project with all that belongs to it, and writes its fields and its parts."""

    about: ProjectFile | None
    kind = "project"

    def __init__(self, desk: Desk, foot: SaveState, parent: QObject) -> None:
        super().__init__(desk, foot, parent)
        self.state = foot
        self._names = PlanNames()
        self._tasks: list[TaskRow] = []
        self._problems: Sequence[Problem] = ()

    @property
    def project(self) -> Project | None:
        """The project shown, edits on their way included."""
        return None if self.about is None else cast(Project, self.latest(self.about.project))

    @property
    def file(self) -> ProjectFile:
        """All that the form shows; only asked for while a project is shown."""
        assert self.about is not None
        return self.about

    @property
    def tasks(self) -> list[TaskRow]:
        """The tasks with what each waits for, in the order of the plan."""
        return self._tasks

    @property
    def names(self) -> PlanNames:
        """What the rows of the tables refer to, and what the rules say of them."""
        return self._names

    def question(self, record_id: int) -> Callable[[Any], ProjectFile]:
        return lambda reader: project_file(reader, record_id)

    def id_of(self, about: ProjectFile) -> int:
        return about.project.id

    def concerns(self, changes: Changes) -> bool:
        if self.record_id in changes.ids("project"):
            return True
        about = self.about
        if about is None:
            return False
        return bool(changes.ids("partner") & about.institutions.keys()) or bool(changes.ids("output"))

    def prepare(self) -> None:
        file = self.file
        self._tasks = rows_of_tasks(file.tasks, file.links)
        self._problems = file.problems
        self._names = PlanNames(
            {one.institution_id: file.name_of(one.institution_id) for one in file.members},
            {one.id: " ".join(part for part in (one.number, one.title) if part) for one in file.packages},
            {one.id: one.name for one in file.units.values()},
            tuple((one.id, one.title) for one in file.tasks), dict(_spans(file)), dict(self._judged(file)))

    @property
    def progress(self) -> int:
        """How much of the work is done, in percent."""
        return self.file.progress

    def first_day(self) -> date | None:
        """The first day of the project, or of its plan."""
        return self.file.span[0] if self.about is not None else None

    def health(self) -> tuple[str, str]:
        """The light and the gravest reason for it."""
        found = self.file.health
        return found.light, say(found.reason)

    def whole_problems(self) -> list[Problem]:
        """What the rules say of the project as a whole, and cannot be seen in the lists of points."""
        project = self.project
        own = [] if project is None else list(project_problems(project))
        return [*own, *(one for one in self._problems if one.field not in ("met_on", "submitted_on"))]

    def field_problems(self) -> dict[str, str]:
        """What is doubtful about fields of the project itself, by field; "" where all is well."""
        project = self.project
        found = dict.fromkeys(("own_budget", "next_review", "status"), "")
        if project is not None:
            found |= {p.field: say(p.message) for p in project_problems(project) if p.severity == "warn"}
            found |= {p.field: say(p.message) for p in self._problems if p.field in found}
        return found

    def plan_problems(self) -> list[Problem]:
        """What the rules say of the plan as a whole."""
        return [one for one in self._problems if one.code in ("R100", "R102") or one.field == "due_on"]

    def tab_of(self, problem: Problem) -> str:
        """The tab in which a problem is mended."""
        if problem.field in ("status", "next_review", "own_budget", "ends_on", "starts_on", "amended_to"):
            return "overview" if problem.field == "next_review" else "project"
        return "plan"

    def institution_name(self, institution_id: Any) -> str:
        """What an institution that is named in the project is called."""
        return self.about.name_of(institution_id) if self.about is not None else ""

    def partner_ids(self) -> tuple[int, ...]:
        """The institutions that take part."""
        return tuple(one.institution_id for one in self.file.members)

    def part_deed(self, record: Any, values: Mapping[str, Any]) -> Deed[Any]:
        """The deed that changes a row of a table."""
        project = self.file.project
        if isinstance(record, TaskRow):
            task, values = task_of(record), dict(values)
            if "waits" in values:
                wanted = [(one.before_id, one.kind, one.lag) for one in values["waits"]]
                return project_rows.set_waits(project, task, wanted)
            begins = values.get("starts_on")
            if "ends_on" not in values and begins is not None and task.starts_on and task.ends_on:
                # another first day moves a task, another last day makes it longer or shorter
                values["ends_on"] = begins + (task.ends_on - task.starts_on)
            return project_parts.change_part(project, task, **values)
        return project_parts.change_part(project, record, **values)

    def add_parts(self, records: Sequence[Any], below: Any, answer: Answer) -> None:
        """Add rows below another one, tasks to its work package; the answer gets their ids."""
        made = [task_of(one) if isinstance(one, TaskRow) else one for one in records]
        if isinstance(below, TaskRow):
            below = task_of(below)
            made = [one if one.work_package_id else replace(one, work_package_id=below.work_package_id)
                    for one in made]
        self.do(project_rows.add_rows(self.file.project, made, below), answer)

    def remove_parts(self, records: Sequence[Any]) -> None:
        """Take rows away."""
        found = [task_of(one) if isinstance(one, TaskRow) else one for one in records]
        if len(found) == 1:
            self.do(project_parts.remove_part(self.file.project, found[0]))
        else:
            self.do(project_parts.remove_parts(self.file.project, found))

    def move_part(self, record: Any, records: Sequence[Any], by: int) -> None:
        """Put a row further up or down among its like, a task among those of its work package."""
        row = [one for one in records if not isinstance(one, TaskRow)
               or one.work_package_id == record.work_package_id]
        place = next((n for n, one in enumerate(row) if one.id == record.id), -1) + by
        if 0 <= place < len(row):
            moved = task_of(record) if isinstance(record, TaskRow) else record
            self.do(project_parts.move_part(self.file.project, moved, place))

    def add_document(self, document: Document) -> Deed[int]:
        """The deed that adds a document."""
        return project_parts.add_part(self.file.project, document)

    def change_document(self, document: Document, name: str, value: Any) -> Deed[Any]:
        """The deed that changes a field of a document."""
        return project_parts.change_part(self.file.project, document, **{name: value})

    def remove_document(self, document: Document) -> Deed[None]:
        """The deed that takes a document away."""
        return project_parts.remove_part(self.file.project, document)

    def outputs(self) -> list[OutputEntry]:
        """The outputs with the institutions that have a part in them, the latest first."""
        file = self.file
        found = [entry_of(one, file.output_partners.get(one.id, ())) for one in file.outputs]
        return sorted(found, key=lambda one: (-(one.in_year or 0), one.title))

    def add_output(self, entry: OutputEntry) -> Deed[int]:
        """The deed that notes an output of this project."""
        return outputs.new_output(replace(output_of(entry), project_id=self.record_id), entry.members)

    def change_output(self, entry: OutputEntry, name: str, value: Any) -> Deed[Any]:
        """The deed that changes an output, or who has a part in it."""
        if name == "members":
            return outputs.change_output(output_of(entry), value or ())
        return outputs.change_output(output_of(entry), **{name: value})

    def remove_output(self, entry: OutputEntry) -> Deed[None]:
        """The deed that puts an output into the trash."""
        return outputs.delete_outputs([output_of(entry)])

    def _judged(self, file: ProjectFile) -> Iterator[tuple[tuple[str, int, str], tuple[str, str]]]:
        """What the rules say of single rows, by type, id and field."""
        today = clock.today()
        found: list[tuple[Any, Problem]] = [(one, p) for one in file.packages
                                            for p in package_problems(one, file.project)]
        found += [(one, p) for one in file.tasks for p in task_problems(one, file.project)]
        for point in file.points:
            found += [(point, p) for p in point_problems(point, file.project, today)]
            found += [(point, replace(p, field="due_on")) for p in late_problems([point], today)]
        late = {one.id: days_late(one.ends_on, None, today) for one in file.tasks if one.progress < 100}
        for record, problem in found:
            yield (kind_name(record), record.id, problem.field), (problem.severity, say(problem.message))
        for task_id, days in late.items():
            if days:
                words = counted(days, self.tr("1 day over its end"), self.tr("{n} days over its end"))
                yield ("Task", task_id, "title"), ("warn", words)


def _spans(file: ProjectFile) -> Iterator[tuple[tuple[int, str], date]]:
    """The days that work packages span by their tasks."""
    for package in file.packages:
        tasks = [one for one in file.tasks if one.work_package_id == package.id]
        first = min((one.starts_on for one in tasks if one.starts_on), default=None)
        last = max((one.ends_on for one in tasks if one.ends_on), default=None)
        if first is not None:
            yield (package.id, "starts_on"), first
        if last is not None:
            yield (package.id, "ends_on"), last
