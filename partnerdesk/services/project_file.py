"""Everything that a project's form, timeline and papers show, read at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Document
from partnerdesk.domain.outputs import JointOutput, OutputMember
from partnerdesk.domain.partners import Institution, OrgUnit
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.project_rules import (
    Health,
    Point,
    Standing,
    before_its_task_problems,
    early_problems,
    end_of,
    frame_problems,
    health_of,
    late_problems,
    loop_problem,
    met_day,
    point_name,
    standing_problems,
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
from partnerdesk.domain.schedule import Link, Plan, Span, days_late

if TYPE_CHECKING:
    from datetime import date

    from partnerdesk.store.unit import Reader


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """All that belongs to one project, each kind in its order.

    `tasks` follow their work packages, those of the project itself last; `institutions` by id are all that are named
    anywhere in it, `units` those of members. `output_partners` are the institutions of each output.
    """

    project: Project
    members: tuple[ProjectMember, ...]
    packages: tuple[WorkPackage, ...]
    tasks: tuple[Task, ...]
    links: tuple[TaskLink, ...]
    milestones: tuple[Milestone, ...]
    deliverables: tuple[Deliverable, ...]
    risks: tuple[Risk, ...]
    people: tuple[ProjectPerson, ...]
    documents: tuple[Document, ...]
    outputs: tuple[JointOutput, ...]
    output_partners: Mapping[int, tuple[int, ...]]
    institutions: Mapping[int, Institution]
    units: Mapping[int, OrgUnit]
    active_on: date | None

    @property
    def plan(self) -> Plan:
        """The tasks with their links, ready to be reckoned with; it is made anew each time."""
        return plan_of(self.tasks, self.links)

    @property
    def points(self) -> tuple[Point, ...]:
        """Milestones and deliverables by the day they are due, those without one last."""
        return in_time([*self.milestones, *self.deliverables])

    @property
    def span(self) -> tuple[date | None, date | None]:
        """First and last day: the project's own, else those of its tasks and points."""
        days = [day for one in self.tasks for day in (one.starts_on, one.ends_on) if day is not None]
        days += [one.due_on for one in self.points if one.due_on is not None]
        return (self.project.starts_on or min(days, default=None), end_of(self.project) or max(days, default=None))

    @property
    def progress(self) -> int:
        """How much of the work is done in percent, tasks weighed by their days, those without days as one."""
        weighed = [(max((one.ends_on - one.starts_on).days + 1, 1) if one.starts_on and one.ends_on else 1,
                    one.progress) for one in self.tasks]
        days = sum(n for n, _ in weighed)
        return sum(n * progress for n, progress in weighed) // days if days else 0

    @property
    def standing(self) -> Standing:
        """What the light is judged by today."""
        return standing_of(self.tasks, self.points, self.risks, clock.today())

    @property
    def health(self) -> Health:
        """The light with its reasons."""
        return health_of(self.project, self.standing, clock.today())

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the rules say of the project as a whole today, the gravest first."""
        today, plan = clock.today(), self.plan
        found = [*frame_problems(self.project, self.points), *standing_problems(self.project, self.active_on, today)]
        if not self.project.template:
            found += late_problems(self.points, today)
        found += before_its_task_problems(self.points, {one.id: one for one in self.tasks})
        titles = {one.id: one.title for one in self.tasks}
        if plan.loop:
            found.append(loop_problem(plan.loop, titles))
        else:
            found += early_problems([titles[one] for one in dict.fromkeys(one.after for one in plan.broken())])
        return tuple(sorted(found, key=lambda one: ("block", "warn", "info").index(one.severity)))

    def name_of(self, institution_id: int | None) -> str:
        """The name of an institution that takes part; "" for none."""
        found = self.institutions.get(institution_id or 0)
        return found.name if found is not None else ""


def project_file(reader: Reader, project_id: int) -> ProjectFile:
    """All that belongs to one project. Raises Missing."""
    from partnerdesk.store.projects import active_days

    project = reader.get(Project, project_id)
    members = reader.find(ProjectMember, "position", project_id=project_id)
    packages, tasks = packages_and_tasks(reader, project_id)
    deliverables = reader.find(Deliverable, "position", project_id=project_id)
    people = reader.find(ProjectPerson, "position", project_id=project_id)
    outputs = [one for one in reader.find(JointOutput, project_id=project_id) if not one.deleted_at]
    shares: dict[int, tuple[int, ...]] = {one.id: () for one in outputs}
    for share in reader.where(OutputMember, "output_id", list(shares)):
        shares[share.output_id] += (share.institution_id,)
    some: tuple[ProjectMember | Task | Deliverable | ProjectPerson, ...] = (*members, *tasks, *deliverables, *people)
    taking_part = {project.lead_id, *(one.institution_id for one in some), *(one.lead_id for one in packages),
                   *(i for partners in shares.values() for i in partners)}
    return ProjectFile(
        project, tuple(members), packages, tasks, links_of(reader, tasks),
        tuple(reader.find(Milestone, "position", project_id=project_id)), tuple(deliverables),
        tuple(reader.find(Risk, "position", project_id=project_id)), tuple(people),
        tuple(reader.find(Document, project_id=project_id)), tuple(outputs), shares,
        reader.many(Institution, [i for i in taking_part if i is not None]),
        reader.many(OrgUnit, [one.unit_id for one in members if one.unit_id is not None]),
        active_days(reader, [project_id]).get(project_id))


def packages_and_tasks(reader: Reader, project_id: int) -> tuple[tuple[WorkPackage, ...], tuple[Task, ...]]:
    """The work packages of a project in their order, and its tasks in the order of these."""
    packages = reader.find(WorkPackage, "position", project_id=project_id)
    place = {one.id: n for n, one in enumerate(packages)}
    tasks = reader.find(Task, "position", project_id=project_id)
    tasks.sort(key=lambda one: (place.get(one.work_package_id or 0, len(place)), one.position, one.id))
    return tuple(packages), tuple(tasks)


def points_of(reader: Reader, project_id: int) -> tuple[Point, ...]:
    """The milestones and deliverables of a project by the day they are due."""
    return in_time([*reader.find(Milestone, project_id=project_id), *reader.find(Deliverable, project_id=project_id)])


def links_of(reader: Reader, tasks: Iterable[Task]) -> tuple[TaskLink, ...]:
    """The links that lead into these tasks."""
    return tuple(reader.where(TaskLink, "task_id", [one.id for one in tasks]))


def plan_of(tasks: Iterable[Task], links: Iterable[TaskLink]) -> Plan:
    """Tasks with their links, ready to be reckoned with."""
    return Plan((Span(one.id, one.starts_on, one.ends_on) for one in tasks),
                (Link(one.before_id, one.task_id, one.kind, one.lag) for one in links))


def in_time(points: Iterable[Point]) -> tuple[Point, ...]:
    """Milestones and deliverables by the day they are due, those without one last."""
    return tuple(sorted(points, key=lambda one: (one.due_on is None, str(one.due_on), one.number, one.position)))


def standing_of(tasks: Iterable[Task], points: Iterable[Point], risks: Iterable[Risk], today: date) -> Standing:
    """What the light of a project is judged by."""
    still = [one for one in points if met_day(one)[0] is None]
    late = [one for one in still if days_late(one.due_on, None, today)]
    first = min(late, key=lambda one: (str(one.due_on), point_name(one)), default=None)
    undone = [one for one in tasks if one.progress < 100]
    return Standing(
        late=len(late), late_days=days_late(first.due_on, None, today) if first is not None else 0,
        late_name=point_name(first) if first is not None else "",
        task_days=max((days_late(one.ends_on, None, today) for one in undone), default=0),
        open_points=len(still) + len(undone),
        risk=max((one.weight for one in risks if one.state == "open"), default=0))
