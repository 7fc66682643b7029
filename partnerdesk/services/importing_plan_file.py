"""Brings a plan of another program into a project, or makes a project of it; planned line by line, then written.

Lines are known again by their names, so the same file changes nothing a second time; what the file does not name stays.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.importing import Outcome
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.problems import EnvironmentTrouble, Problem, Refused
from partnerdesk.domain.project_rules import loop_problem, package_problems, point_problems, task_problems
from partnerdesk.domain.projects import Milestone, Project, Task, TaskLink, WorkPackage
from partnerdesk.domain.schedule import Link, Plan, Span
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.formats.plan_parts import Part, Parts, parts_of
from partnerdesk.formats.plans import PlanFile, read_plan
from partnerdesk.services.importing_calendar import note_import
from partnerdesk.services.labels import field_label
from partnerdesk.services.project_labels import named

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit

PACKAGE, TASK, MILESTONE = "package", "task", "milestone"
RECORDS: dict[str, type[Any]] = {PACKAGE: WorkPackage, TASK: Task, MILESTONE: Milestone}
Waited = tuple[int, str, int]
"""A task that is waited for, by its place in the plan, with kind and lag."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One line of the plan and what becomes of it.

    `fields` are what would be written, `changed` the names of those that differ from what is there, `waits` the links
    that are new or other than now; `package` and `leads` are places of other lines, -1 for none.
    """

    number: int
    kind: str
    title: str
    outcome: Outcome
    when: tuple[date | None, date | None] = (None, None)
    record_id: int = 0
    version: int = 0
    fields: tuple[tuple[str, Any], ...] = ()
    changed: tuple[str, ...] = ()
    waits: tuple[Waited, ...] = ()
    package: int = -1
    leads: int = -1
    notes: tuple[Text, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether it would be written."""
        return self.outcome in (Outcome.NEW, Outcome.CHANGED)

    @property
    def changes(self) -> Text | None:
        """What differs from the record that is there, in words."""
        labels = [field_label(name) for name in self.changed[:3]]
        if self.waits and self.outcome is Outcome.CHANGED:
            labels = [*labels[:2], Text(QT_TRANSLATE_NOOP("PartnerDesk", "What it waits for"))]
        if not labels:
            return None
        template = ("{a}", "{a}, {b}", "{a}, {b}, {c}")[len(labels) - 1]
        return text(template, **dict(zip("abc", labels, strict=False)))


@dataclass(frozen=True, slots=True)
class ProjectPlan:
    """What bringing in a plan would do to a project, or to one that is made for it (`project` without an id)."""

    path: Path
    sha256: str
    file: PlanFile
    project: Project
    rows: tuple[PlanRow, ...]

    def count(self, outcome: Outcome) -> int:
        """How many lines go one way."""
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """How many lines go which way."""
        return {str(outcome): self.count(outcome) for outcome in Outcome}

    @property
    def kinds(self) -> Counter[str]:
        """How many work packages, tasks and milestones the file has."""
        return Counter(row.kind for row in self.rows)

    @property
    def links(self) -> int:
        """How many links would come or change."""
        return sum(len(row.waits) for row in self.rows)

    @property
    def writes(self) -> bool:
        """Whether anything would be written."""
        return any(row.writes for row in self.rows)

    @property
    def sentence(self) -> Text:
        """What would happen, in one line."""
        return text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "{new} new, {changed} changed, {same} the same, {rejected} rejected"), **{
                name: self.count(outcome) for name, outcome in (
                    ("new", Outcome.NEW), ("changed", Outcome.CHANGED), ("same", Outcome.SAME),
                    ("rejected", Outcome.REJECTED))})


def plan_from_file(reader: Reader, path: Path, project_id: int | None = None) -> ProjectPlan:
    """What importing a plan would do. Raises BadFile, EnvironmentTrouble, and Refused where it would close a circle."""
    file = read_plan(path, clock.today())
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise EnvironmentTrouble(text(
            QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” cannot be read: {reason}."), file=path.name,
            reason=error.strerror or str(error))) from error
    return make_plan(reader, file, path, project_id, digest)


def make_plan(
    reader: Reader, file: PlanFile, path: Path, project_id: int | None = None, sha256: str = ""
) -> ProjectPlan:
    """The same for a plan that has been read."""
    parts = parts_of(file.items)
    if project_id is None:
        first, last = parts.days
        project = Project(title=file.name[:300], status=_status(first, last), starts_on=first, ends_on=last)
        known = _Known((), (), (), ())
    else:
        project = reader.get(Project, project_id)
        tasks = reader.find(Task, project_id=project_id)
        known = _Known(reader.find(WorkPackage, project_id=project_id), tasks,
                       reader.find(Milestone, project_id=project_id),
                       reader.where(TaskLink, "task_id", [one.id for one in tasks]))
    return ProjectPlan(path, sha256, file, project, tuple(_Planner(project, parts, known).rows()))


def import_deed(plan: ProjectPlan) -> Deed[int]:
    """Write a plan as one step; the id of the project. Raises Refused when the office changed."""

    def run(unit: Unit) -> int:
        now = make_plan(unit, plan.file, plan.path, plan.project.id or None, plan.sha256)
        if now.rows != plan.rows:
            raise Refused(Problem("R61", "block", "", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "Something changed since the rows were shown")), Text(QT_TRANSLATE_NOOP(
                    "PartnerDesk", "Look at them again"))))
        project_id = now.project.id or _make_project(unit, now.project)
        _Writer(unit, project_id, now.rows).write()
        if now.writes:
            note_import(unit, plan.path.name, plan.sha256, plan.counts)
        return project_id

    n = plan.count(Outcome.NEW) + plan.count(Outcome.CHANGED)
    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "import the plan of {name}"), name=named(plan.project)), run,
                counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "Imported 1 line of the plan"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "Imported {n} lines of the plan")), kind="import")


def _status(first: date | None, last: date | None) -> str:
    """Where a project of these days stands today."""
    today = clock.today()
    if first is None or first > today:
        return "idea"
    return "finished" if last is not None and last < today else "running"


def _make_project(unit: Unit, project: Project) -> int:
    from partnerdesk.services.projects import new_project

    return new_project(project).run(unit)


class _Known:
    """What a project has already, found by the names of lines; each record is found once."""

    def __init__(self, packages: Any, tasks: Any, milestones: Any, links: Any) -> None:
        self._found: dict[str, dict[str, list[Any]]] = {kind: defaultdict(list) for kind in RECORDS}
        for kind, records in ((PACKAGE, packages), (TASK, tasks), (MILESTONE, milestones)):
            for one in records:
                if kind != TASK and one.number:
                    self._found[kind][f"#{fold(one.number)}"].append(one)
                self._found[kind][fold(one.title)].append(one)
        self._taken: set[tuple[str, int]] = set()
        self.tasks: dict[int, Task] = {one.id: one for one in tasks}
        self.links: dict[tuple[int, int], TaskLink] = {(one.task_id, one.before_id): one for one in links}

    def find(self, part: Part, package_id: int) -> Any:
        """The record that a line means; of tasks of one name first the one in the same work package."""
        named_so = [*(self._found[part.kind].get(f"#{fold(part.number)}", ()) if part.number else ()),
                    *self._found[part.kind].get(fold(part.title), ())]
        free = [one for one in named_so if (part.kind, one.id) not in self._taken]
        if part.kind == TASK:
            free.sort(key=lambda one: (one.work_package_id or 0) != package_id)
        if not free:
            return None
        self._taken.add((part.kind, free[0].id))
        return free[0]


class _Planner:
    """Compares the lines of a plan with what a project has."""

    def __init__(self, project: Project, parts: Parts, known: _Known) -> None:
        self._project, self._parts, self._known = project, parts, known
        self._ids: dict[int, int] = {}
        self._today = clock.today()
        self._with_tasks = {part.package for part in parts.parts if part.package is not None}

    def rows(self) -> list[PlanRow]:
        """What becomes of each line. Raises Refused where the links would close a circle with those that are there."""
        records = []
        for place, part in enumerate(self._parts.parts):
            package_id = self._ids.get(part.package, 0) if part.package is not None else 0
            record = self._known.find(part, package_id)
            self._ids[place] = record.id if record is not None else -place - 1
            records.append(record)
        early = self._check_links()
        waits: dict[int, list[Waited]] = defaultdict(list)
        for wire in self._parts.wires:
            link = self._known.links.get((self._ids[wire.after], self._ids[wire.before]))
            if link is None or (link.kind, link.lag) != (wire.kind, wire.lag):
                waits[wire.after].append((wire.before, wire.kind, wire.lag))
        return [self._row(place, part, record, tuple(waits[place]), place in early)
                for place, (part, record) in enumerate(zip(self._parts.parts, records, strict=True))]

    def _row(self, place: int, part: Part, record: Any, waits: tuple[Waited, ...], early: bool) -> PlanRow:
        wanted = self._fields(place, part)
        item = part.item
        when = (item.starts_on or item.ends_on, item.ends_on or item.starts_on)
        notes = [*part.notes, *([Text(_EARLY)] if early else ())]
        package, leads = (-1 if one is None else one for one in (part.package, part.leads))
        if record is None:
            changed: tuple[str, ...] = ()
            outcome, fields, made = Outcome.NEW, wanted, RECORDS[part.kind](**wanted)
        else:
            links = self._links_of(part)
            changed = tuple(name for name, value in (*wanted.items(), *links.items())
                            if value not in (None, "") and getattr(record, name) != value and name != "title")
            fields = {name: wanted[name] for name in changed if name in wanted}
            outcome = Outcome.CHANGED if changed or waits else Outcome.SAME
            made = RECORDS[part.kind](**{name: fields.get(name, getattr(record, name)) for name in wanted})
        blocks = [one.message for one in self._problems(made) if one.severity == "block"]
        if blocks and outcome is not Outcome.SAME:
            return PlanRow(item.row, part.kind, item.title, Outcome.REJECTED, when, package=package, leads=leads,
                           notes=(*blocks, *notes))
        record_id, version = (record.id, record.version) if record is not None else (0, 0)
        return PlanRow(item.row, part.kind, item.title, outcome, when, record_id, version, tuple(fields.items()),
                       changed, waits, package, leads, tuple(notes))

    def _fields(self, place: int, part: Part) -> dict[str, Any]:
        item = part.item
        if part.kind == TASK:
            return {"title": part.title, "starts_on": item.starts_on or item.ends_on,
                    "ends_on": item.ends_on or item.starts_on, "progress": item.progress,
                    "responsible": item.people, "remark": item.remark}
        due = item.ends_on or item.starts_on
        if part.kind == MILESTONE:
            met = due if item.progress == 100 and due is not None and due <= self._today else None
            return {"number": part.number, "title": part.title, "due_on": due, "met_on": met,
                    "responsible": item.people, "remark": item.remark}
        # a work package with tasks spans them
        own = place not in self._with_tasks
        return {"number": part.number, "title": part.title, "starts_on": item.starts_on if own else None,
                "ends_on": item.ends_on if own else None, "responsible": item.people, "objectives": item.remark}

    def _links_of(self, part: Part) -> dict[str, int]:
        """The records that a line that is there would point to now, where these are there already."""
        found = {"work_package_id": self._ids[part.package] if part.package is not None else 0,
                 "task_id": self._ids[part.leads] if part.leads is not None else 0}
        own = {TASK: ("work_package_id",), MILESTONE: ("work_package_id", "task_id"), PACKAGE: ()}[part.kind]
        return {name: found[name] for name in own if found[name]}

    def _problems(self, made: Any) -> list[Problem]:
        if isinstance(made, Milestone):
            return list(point_problems(made, self._project, self._today))
        if isinstance(made, Task):
            return list(task_problems(made))
        return list(package_problems(made))

    def _check_links(self) -> set[int]:
        """The places of tasks that begin earlier than their links allow. Raises Refused for a circle."""
        names = {i: one.title for i, one in self._known.tasks.items()}
        spans = {i: Span(i, one.starts_on, one.ends_on) for i, one in self._known.tasks.items()}
        for place, part in enumerate(self._parts.parts):
            if part.kind == TASK:
                i, item = self._ids[place], part.item
                names[i] = part.title
                spans[i] = Span(i, item.starts_on or item.ends_on, item.ends_on or item.starts_on)
        links = {pair: Link(one.before_id, one.task_id, one.kind, one.lag) for pair, one in self._known.links.items()}
        for wire in self._parts.wires:
            pair = self._ids[wire.after], self._ids[wire.before]
            links[pair] = Link(pair[1], pair[0], wire.kind, wire.lag)
        plan = Plan(spans.values(), links.values())
        if plan.loop:
            raise Refused(loop_problem(plan.loop, names))
        early = {link.after for link in plan.broken()}
        return {place for place, i in self._ids.items() if i in early and self._parts.parts[place].kind == TASK}


class _Writer:
    """Writes the rows of a plan into a project."""

    def __init__(self, unit: Unit, project_id: int, rows: tuple[PlanRow, ...]) -> None:
        self._unit, self._project_id, self._rows = unit, project_id, rows
        self._ids = {place: row.record_id for place, row in enumerate(rows) if row.record_id}

    def write(self) -> None:
        """Packages first, then the tasks in them, then the milestones that tasks lead to, then the links."""
        for kind in (PACKAGE, TASK, MILESTONE):
            self._add(kind)
            self._change(kind)
        self._link()

    def _add(self, kind: str) -> None:
        new = [(place, row) for place, row in enumerate(self._rows)
               if row.kind == kind and row.outcome is Outcome.NEW]
        if not new:
            return
        record = RECORDS[kind]
        last = max((one.position for one in self._unit.find(record, project_id=self._project_id)), default=0)
        made = self._unit.add_many([
            record(project_id=self._project_id, position=last + n, **dict(row.fields), **self._links_of(row))
            for n, (_, row) in enumerate(new, 1)])
        self._ids.update((place, i) for (place, _), i in zip(new, made, strict=True))

    def _change(self, kind: str) -> None:
        for row in self._rows:
            if row.kind == kind and row.outcome is Outcome.CHANGED:
                links = {name: i for name, i in self._links_of(row).items() if name in row.changed}
                self._unit.change(RECORDS[kind], row.record_id, **dict(row.fields), **links)

    def _links_of(self, row: PlanRow) -> dict[str, int]:
        found: dict[str, int] = {}
        if row.kind in (TASK, MILESTONE) and row.package in self._ids:
            found["work_package_id"] = self._ids[row.package]
        if row.kind == MILESTONE and row.leads in self._ids:
            found["task_id"] = self._ids[row.leads]
        return found

    def _link(self) -> None:
        new: list[TaskLink] = []
        for place, row in enumerate(self._rows):
            if not row.waits or place not in self._ids:
                continue
            task_id = self._ids[place]
            known = {one.before_id: one for one in self._unit.find(TaskLink, task_id=task_id)}
            for before, kind, lag in row.waits:
                before_id = self._ids.get(before, 0)
                if before_id in known:
                    self._unit.change(TaskLink, known[before_id].id, kind=kind, lag=lag)
                elif before_id:
                    new.append(TaskLink(task_id=task_id, before_id=before_id, kind=kind, lag=lag))
        self._unit.add_many(new)


_EARLY = QT_TRANSLATE_NOOP("PartnerDesk", "It begins before what it waits for allows; the days were kept")
