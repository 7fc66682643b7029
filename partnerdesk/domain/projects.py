"""Joint projects: what is planned, by whom and until when, and what was handed in; records and list lines."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A joint project; money in units of `currency`, `spent` as of `spent_on`.

    `amended_to` is the end a funder granted later than `ends_on`; `lead_id` the institution that coordinates.
    `health` is what the office says (green, amber, red), empty to let the dates speak. A `template` is only copied.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    acronym: str = ""
    title: str = ""
    kind: str = ""
    programme: str = ""
    grant_number: str = ""
    our_role: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    amended_to: date | None = None
    budget: float | None = None
    own_budget: float | None = None
    spent: float | None = None
    spent_on: date | None = None
    currency: str = ""
    status: str = "idea"
    responsible: str = ""
    lead_id: int | None = None
    partnership_id: int | None = None
    field: str = ""
    website: str = ""
    summary: str = ""
    health: str = ""
    health_reason: str = ""
    decisions: str = ""
    next_review: date | None = None
    baseline_on: date | None = None
    template: bool = False
    tags: tuple[str, ...] = ()
    remark: str = ""
    archived_on: date | None = None
    deleted_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectMember:
    """An institution's part in a project; `effort` in person-months."""

    id: int = 0
    uid: str = ""
    version: int = 1
    project_id: int = 0
    position: int = 0
    institution_id: int = 0
    unit_id: int | None = None
    role: str = "partner"
    effort: float | None = None
    budget: float | None = None
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPackage:
    """A part of a project; without days of its own it spans its tasks. `base_…` are the days once agreed."""

    id: int = 0
    uid: str = ""
    version: int = 1
    project_id: int = 0
    position: int = 0
    number: str = ""
    title: str = ""
    lead_id: int | None = None
    responsible: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    base_from: date | None = None
    base_to: date | None = None
    objectives: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A piece of work from its first to its last day, both included; `progress` in percent.

    `work_package_id` None means a task of the project itself.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    project_id: int = 0
    work_package_id: int | None = None
    position: int = 0
    title: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    progress: int = 0
    responsible: str = ""
    institution_id: int | None = None
    base_from: date | None = None
    base_to: date | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLink:
    """Task `task_id` waits for `before_id`: FS from its end, SS from its start, FF and SF with its own end.

    `lag` days pass in between; with a lag of 0 a task after FS begins on the day after.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    task_id: int = 0
    before_id: int = 0
    kind: str = "FS"
    lag: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A point at which something can be verified; `task_id` is the task that leads to it."""

    id: int = 0
    uid: str = ""
    version: int = 1
    project_id: int = 0
    work_package_id: int | None = None
    task_id: int | None = None
    position: int = 0
    number: str = ""
    title: str = ""
    due_on: date | None = None
    met_on: date | None = None
    base_due: date | None = None
    verification: str = ""
    responsible: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverable:
    """A thing that is handed in; `edition` is the one last submitted."""

    id: int = 0
    uid: str = ""
    version: int = 1
    project_id: int = 0
    work_package_id: int | None = None
    task_id: int | None = None
    position: int = 0
    number: str = ""
    title: str = ""
    kind: str = "R"
    dissemination: str = "PU"
    due_on: date | None = None
    submitted_on: date | None = None
    base_due: date | None = None
    edition: str = ""
    institution_id: int | None = None
    responsible: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """What may go wrong; `likelihood` and `impact` from 1 to 5."""

    id: int = 0
    uid: str = ""
    version: int = 1
    project_id: int = 0
    position: int = 0
    title: str = ""
    likelihood: int = 3
    impact: int = 3
    response: str = ""
    responsible: str = ""
    state: str = "open"
    review_on: date | None = None

    @property
    def weight(self) -> int:
        """Likelihood times impact, 1 to 25."""
        return self.likelihood * self.impact


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectPerson:
    """Somebody who works in a project, with the hours planned and worked so far."""

    id: int = 0
    uid: str = ""
    version: int = 1
    project_id: int = 0
    position: int = 0
    name: str = ""
    institution_id: int | None = None
    role: str = ""
    email: str = ""
    hours: float | None = None
    worked: float | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectLine:
    """One line of the list of projects; `progress` in percent of the task days, `late` points due and not met."""

    id: int = 0
    acronym: str = ""
    title: str = ""
    kind: str = ""
    programme: str = ""
    status: str = ""
    our_role: str = ""
    responsible: str = ""
    partners: str = ""
    partner_count: int = 0
    starts_on: date | None = None
    ends_on: date | None = None
    budget: float | None = None
    currency: str = ""
    tasks: int = 0
    progress: int = 0
    late: int = 0
    next_due: date | None = None
    next_title: str = ""
    health: str = ""
    active_on: date | None = None
    template: bool = False
    archived: bool = False
