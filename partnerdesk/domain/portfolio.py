"""What a timeline of many things is told: projects in outline, the inside of those that are open, agreements."""

from dataclasses import dataclass
from datetime import date

from partnerdesk.domain.projects import Deliverable, Milestone, Task, TaskLink, WorkPackage


@dataclass(frozen=True, slots=True)
class Side:
    """An institution that takes part: its id, its name and the code of its country."""

    id: int
    name: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectHead:
    """A project from outside; `ends_on` is the end once agreed where `amended_to` is a later one.

    `progress` in percent of the task days, `next_due` the earliest day of what is neither met nor done.
    """

    id: int
    acronym: str = ""
    title: str = ""
    status: str = ""
    programme: str = ""
    responsible: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    amended_to: date | None = None
    tasks: int = 0
    progress: int = 0
    open_points: int = 0
    next_due: date | None = None
    sides: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementHead:
    """An agreement from outside, in the period it is in; `draft` while it is not signed by both."""

    id: int
    type: str = ""
    title: str = ""
    programme: str = ""
    responsible: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    draft: bool = False
    ended: bool = False
    sides: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True)
class Insides:
    """What is inside a project; `critical` are the tasks that decide when it ends."""

    packages: tuple[WorkPackage, ...] = ()
    tasks: tuple[Task, ...] = ()
    links: tuple[TaskLink, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    critical: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Projects in the order they were asked for, agreements by partner, and when the office's academic years begin."""

    projects: tuple[ProjectHead, ...] = ()
    agreements: tuple[AgreementHead, ...] = ()
    year_start: tuple[int, int] = (9, 1)
