"""The rules for projects (R100-R103): days in order and within the project, what is late, and how it goes on the whole.

What a plan asks of its tasks is in `schedule`; here it becomes sentences.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from partnerdesk.domain.problems import Problem
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
from partnerdesk.domain.rules import email_looks_right
from partnerdesk.domain.schedule import days_late
from partnerdesk.domain.vocab_projects import LINK_KIND
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text

Point = Milestone | Deliverable
QUIET_DAYS = 90
LONG_LATE_DAYS = 30
TASK_LATE_DAYS = 14
GRAVE_RISK = 15
LONGEST_LAG = 3650
RUNNING = ("granted", "running", "suspended")
"""The states in which a project has dates to keep."""

_ENDS_FIRST = QT_TRANSLATE_NOOP("PartnerDesk", "The end lies before the beginning")


def project_problems(project: Project) -> Iterator[Problem]:
    """What is wrong with a project's own fields."""
    if not project.acronym.strip() and not project.title.strip():
        yield _block("R00", "acronym", QT_TRANSLATE_NOOP("PartnerDesk", "A project needs an acronym or a title"))
    if project.starts_on is not None and project.ends_on is not None and project.ends_on < project.starts_on:
        yield _block("R10", "ends_on", _ENDS_FIRST)
    if project.ends_on is not None and project.amended_to is not None and project.amended_to < project.ends_on:
        yield _block("R10", "amended_to", QT_TRANSLATE_NOOP("PartnerDesk", "An extension ends after the first end"))
    for name in ("budget", "own_budget", "spent"):
        if (getattr(project, name) or 0) < 0:
            yield _block("R00", name, QT_TRANSLATE_NOOP("PartnerDesk", "An amount is not below 0"))
    if project.budget is not None and 0 <= project.budget < (project.own_budget or 0):
        yield _warn("R00", "own_budget", QT_TRANSLATE_NOOP("PartnerDesk", "Our share is larger than the whole budget"))


def end_of(project: Project) -> date | None:
    """The last day of a project: the one an amendment granted, else the first agreed."""
    return project.amended_to or project.ends_on


def member_problems(member: ProjectMember) -> Iterator[Problem]:
    """What is wrong with an institution's part."""
    if not member.institution_id:
        yield _block("R00", "institution_id", QT_TRANSLATE_NOOP("PartnerDesk", "Choose an institution"))
    if (member.effort or 0) < 0:
        yield _block("R00", "effort", QT_TRANSLATE_NOOP("PartnerDesk", "An effort is not below 0"))
    if (member.budget or 0) < 0:
        yield _block("R00", "budget", QT_TRANSLATE_NOOP("PartnerDesk", "An amount is not below 0"))


def package_problems(package: WorkPackage, project: Project | None = None) -> Iterator[Problem]:
    """What is wrong with a work package; outside its project it is told, not hindered."""
    if not package.title.strip() and not package.number.strip():
        yield _block("R00", "title", QT_TRANSLATE_NOOP("PartnerDesk", "A work package needs a title"))
    yield from _span_problems(package.starts_on, package.ends_on, project)


def task_problems(task: Task, project: Project | None = None) -> Iterator[Problem]:
    """What is wrong with a task; outside its project it is told, not hindered."""
    if not task.title.strip():
        yield _block("R00", "title", QT_TRANSLATE_NOOP("PartnerDesk", "A task needs a title"))
    if not 0 <= task.progress <= 100:
        yield _block("R00", "progress", QT_TRANSLATE_NOOP("PartnerDesk", "Progress goes from 0 to 100 %"))
    yield from _span_problems(task.starts_on, task.ends_on, project)


def point_problems(point: Point, project: Project | None, today: date) -> Iterator[Problem]:
    """What is wrong with a milestone or deliverable: R100 holds its due date within the project."""
    if not point.title.strip():
        yield _block("R00", "title", _UNTITLED[type(point)])
    if project is not None and point.due_on is not None:
        if project.starts_on is not None and point.due_on < project.starts_on:
            yield _block("R100", "due_on", QT_TRANSLATE_NOOP("PartnerDesk", "Due before the project begins"))
        end = end_of(project)
        if end is not None and point.due_on > end:
            yield Problem("R100", "block", "due_on", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "Due after the project ends")), Text(QT_TRANSLATE_NOOP(
                    "PartnerDesk", "Enter the extension of the project first")))
    met, field = met_day(point)
    if met is not None and met > today:
        yield _block("R101", field, QT_TRANSLATE_NOOP("PartnerDesk", "This day is still to come"))


def frame_problems(project: Project, points: Iterable[Point]) -> Iterator[Problem]:
    """R100 seen from the project: the milestones and deliverables that its days would leave outside."""
    end = end_of(project)
    end_field = "amended_to" if project.amended_to is not None else "ends_on"
    for point in points:
        if point.due_on is None:
            continue
        if project.starts_on is not None and point.due_on < project.starts_on:
            yield _block("R100", "starts_on", QT_TRANSLATE_NOOP(
                "PartnerDesk", "{name} would be due before the project begins"), name=point_name(point))
        if end is not None and point.due_on > end:
            yield _block("R100", end_field, QT_TRANSLATE_NOOP(
                "PartnerDesk", "{name} would be due after the project ends"), name=point_name(point))


def risk_problems(risk: Risk) -> Iterator[Problem]:
    """What is wrong with a risk."""
    if not risk.title.strip():
        yield _block("R00", "title", QT_TRANSLATE_NOOP("PartnerDesk", "A risk needs a title"))
    for name in ("likelihood", "impact"):
        if not 1 <= getattr(risk, name) <= 5:
            yield _block("R00", name, QT_TRANSLATE_NOOP("PartnerDesk", "Likelihood and impact go from 1 to 5"))


def person_problems(person: ProjectPerson) -> Iterator[Problem]:
    """What is wrong with somebody who works in a project."""
    if not person.name.strip():
        yield _block("R00", "name", QT_TRANSLATE_NOOP("PartnerDesk", "A contact needs a name"))
    if person.email and not email_looks_right(person.email):
        yield _block("R00", "email", QT_TRANSLATE_NOOP("PartnerDesk", "The e-mail is incomplete"))
    for name in ("hours", "worked"):
        if (getattr(person, name) or 0) < 0:
            yield _block("R00", name, QT_TRANSLATE_NOOP("PartnerDesk", "Hours are not below 0"))
    if person.valid_from is not None and person.valid_to is not None and person.valid_to < person.valid_from:
        yield _block("R10", "valid_to", _ENDS_FIRST)


def link_problems(link: TaskLink) -> Iterator[Problem]:
    """What is wrong with a link by itself; whether it closes a circle is R102."""
    if not link.before_id:
        yield _block("R00", "before_id", QT_TRANSLATE_NOOP("PartnerDesk", "Choose the task it waits for"))
    if link.kind not in LINK_KIND:
        yield _block("R00", "kind", QT_TRANSLATE_NOOP("PartnerDesk", "Choose how it waits"))
    if not -LONGEST_LAG <= link.lag <= LONGEST_LAG:
        yield Problem("R00", "block", "lag", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Days in between go from −{n} to {n}"), n=LONGEST_LAG))


def loop_problem(loop: Sequence[int], names: Mapping[int, str]) -> Problem:
    """R102: the circle that tasks would wait in, told from task to task back to the first."""
    told = [names.get(one, "?") for one in (*loop, *loop[:1])]
    return Problem("R102", "block", "before_id", text(QT_TRANSLATE_NOOP(
        "PartnerDesk", "These tasks would wait for each other in a circle: {names}"), names=" → ".join(told)))


def early_problems(early: Sequence[str]) -> Iterator[Problem]:
    """R102: tasks, given by title, that stand before what they wait for, as a plan from elsewhere may have them."""
    if early:
        yield Problem("R102", "warn", "starts_on", counted(
            len(early), QT_TRANSLATE_NOOP("PartnerDesk", "“{name}” stands before what it waits for"),
            QT_TRANSLATE_NOOP("PartnerDesk", "{n} tasks stand before what they wait for, the first is “{name}”"),
            name=early[0]))


def late_problems(points: Iterable[Point], today: date) -> Iterator[Problem]:
    """R101: what is due and was not met, the longest late first."""
    late = [(days_late(one.due_on, None, today), one) for one in points if met_day(one)[0] is None]
    for days, point in sorted(late, key=lambda one: -one[0]):
        if days:
            yield Problem("R101", "warn", met_day(point)[1], _days_late(point_name(point), days))


def before_its_task_problems(points: Iterable[Point], tasks: Mapping[int, Task]) -> Iterator[Problem]:
    """R101: what is due before the task that leads to it ends."""
    for point in points:
        task = tasks.get(point.task_id or 0)
        if (task is not None and task.ends_on is not None and point.due_on is not None and task.progress < 100
                and met_day(point)[0] is None and point.due_on < task.ends_on):
            yield Problem("R101", "warn", "due_on", counted(
                (task.ends_on - point.due_on).days,
                QT_TRANSLATE_NOOP("PartnerDesk", "{name} is due a day before “{task}” ends"),
                QT_TRANSLATE_NOOP("PartnerDesk", "{name} is due {n} days before “{task}” ends"),
                name=point_name(point), task=task.title))


def standing_problems(project: Project, active_on: date | None, today: date) -> Iterator[Problem]:
    """R103 and what does not fit the day: told, never hindered."""
    if project.status not in RUNNING or project.template:
        return
    if active_on is not None and (today - active_on).days >= QUIET_DAYS:
        yield Problem("R103", "info", "", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Nothing was entered here for {n} days"), n=(today - active_on).days))
    end = end_of(project)
    if end is not None and end < today:
        yield _warn("R101", "status", QT_TRANSLATE_NOOP("PartnerDesk", "The project is over: finish it or extend it"))
    if project.next_review is not None and project.next_review < today:
        yield Problem("R101", "warn", "next_review", counted(
            (today - project.next_review).days, QT_TRANSLATE_NOOP("PartnerDesk", "The review was yesterday"),
            QT_TRANSLATE_NOOP("PartnerDesk", "The review was {n} days ago")))


@dataclass(frozen=True, slots=True)
class Standing:
    """What the light of a project is judged by, all as of today.

    `late` milestones and deliverables not met, the longest by `late_days` and called `late_name`; `task_days` the
    days that the latest unfinished task is over its end; `open_points` all that is not met; `risk` the weight of the
    gravest open risk.
    """

    late: int = 0
    late_days: int = 0
    late_name: str = ""
    task_days: int = 0
    open_points: int = 0
    risk: int = 0


@dataclass(frozen=True, slots=True)
class Health:
    """How a project goes: `light` green, amber or red, empty where nothing is to be kept; `own` is our own word."""

    light: str
    reasons: tuple[Text, ...]
    own: bool = False

    @property
    def reason(self) -> Text:
        """The gravest reason."""
        return self.reasons[0]


def health_of(project: Project, now: Standing, today: date) -> Health:
    """The light of a project with its reasons: what the office says, else what dates, money and risks say."""
    red, amber = _grave(project, now, today), _notable(project, now)
    if project.health:
        said = project.health_reason.strip()
        own = text("{reason}", reason=said) if said else Text(QT_TRANSLATE_NOOP("PartnerDesk", "The office says so"))
        return Health(project.health, (own, *red, *amber), True)
    if project.status not in RUNNING or project.template:
        return Health("", (Text(QT_TRANSLATE_NOOP("PartnerDesk", "The project is not running")),))
    if red or amber:
        return Health("red" if red else "amber", (*red, *amber))
    return Health("green", (Text(QT_TRANSLATE_NOOP("PartnerDesk", "Everything that was due is met")),))


def _grave(project: Project, now: Standing, today: date) -> list[Text]:
    found = []
    if now.late_days >= LONG_LATE_DAYS:
        found.append(_late(now))
    end = end_of(project)
    if end is not None and end < today and now.open_points:
        found.append(counted(now.open_points, QT_TRANSLATE_NOOP("PartnerDesk", "Over, with 1 thing open"),
                             QT_TRANSLATE_NOOP("PartnerDesk", "Over, with {n} things open")))
    budget = project.own_budget if project.own_budget is not None else project.budget
    if budget is not None and project.spent is not None and project.spent > budget:
        found.append(Text(QT_TRANSLATE_NOOP("PartnerDesk", "More is spent than the budget holds")))
    return found


def _notable(project: Project, now: Standing) -> list[Text]:
    found = []
    if 0 < now.late_days < LONG_LATE_DAYS:
        found.append(_late(now))
    if now.task_days >= TASK_LATE_DAYS:
        found.append(text(QT_TRANSLATE_NOOP("PartnerDesk", "A task is {n} days over its end"), n=now.task_days))
    if now.risk >= GRAVE_RISK:
        found.append(Text(QT_TRANSLATE_NOOP("PartnerDesk", "A grave risk is open")))
    if project.status == "suspended":
        found.append(Text(QT_TRANSLATE_NOOP("PartnerDesk", "The project is suspended")))
    return found


def _late(now: Standing) -> Text:
    first = _days_late(now.late_name, now.late_days)
    if now.late == 1:
        return first
    return counted(now.late - 1, QT_TRANSLATE_NOOP("PartnerDesk", "{first}, 1 more is late"),
                   QT_TRANSLATE_NOOP("PartnerDesk", "{first}, {n} more are late"), first=first)


def _days_late(name: str, days: int) -> Text:
    return counted(days, QT_TRANSLATE_NOOP("PartnerDesk", "{name} is 1 day late"),
                   QT_TRANSLATE_NOOP("PartnerDesk", "{name} is {n} days late"), name=name)


def met_day(point: Point) -> tuple[date | None, str]:
    """The day on which a milestone was met or a deliverable submitted, and the field that holds it."""
    return (point.met_on, "met_on") if isinstance(point, Milestone) else (point.submitted_on, "submitted_on")


def point_name(point: Point) -> str:
    """What a milestone or deliverable is called in a sentence: its number, and its title."""
    return " ".join(part for part in (point.number.strip(), point.title.strip()) if part)


_UNTITLED = {
    Milestone: QT_TRANSLATE_NOOP("PartnerDesk", "A milestone needs a title"),
    Deliverable: QT_TRANSLATE_NOOP("PartnerDesk", "A deliverable needs a title"),
}


def _span_problems(first: date | None, last: date | None, project: Project | None) -> Iterator[Problem]:
    if first is not None and last is not None and last < first:
        yield _block("R10", "ends_on", _ENDS_FIRST)
    if project is None:
        return
    if first is not None and project.starts_on is not None and first < project.starts_on:
        yield _warn("R100", "starts_on", QT_TRANSLATE_NOOP("PartnerDesk", "Begins before the project"))
    end = end_of(project)
    if last is not None and end is not None and last > end:
        yield _warn("R100", "ends_on", QT_TRANSLATE_NOOP("PartnerDesk", "Ends after the project"))


def _block(code: str, field: str, template: str, **values: object) -> Problem:
    return Problem(code, "block", field, text(template, **values))


def _warn(code: str, field: str, template: str, **values: object) -> Problem:
    return Problem(code, "warn", field, text(template, **values))
