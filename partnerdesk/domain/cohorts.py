"""Cohorts: stays that are looked after together, such as an intake, a staff week or a school group."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """A group; `kind` is intake, group, bip, staff-week or school-group, `capacity` None means no limit."""

    id: int = 0
    uid: str = ""
    version: int = 1
    title: str = ""
    kind: str = "intake"
    direction: str = "out"
    programme: str = ""
    activity: str = ""
    year: int | None = None
    term: str = ""
    partner_id: int | None = None
    unit_id: int | None = None
    capacity: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    remark: str = ""
    archived_on: date | None = None
    deleted_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortLeader:
    """Who leads a cohort; the number is the one to ring on the way."""

    id: int = 0
    uid: str = ""
    version: int = 1
    cohort_id: int = 0
    name: str = ""
    role: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortMember:
    """A stay's place in a cohort; a stay may be in several."""

    id: int = 0
    uid: str = ""
    version: int = 1
    cohort_id: int = 0
    stay_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortLine:
    """One line of the list of cohorts: `members` stays of people, `done` of their `documents` are there."""

    id: int = 0
    title: str = ""
    kind: str = ""
    direction: str = ""
    programme: str = ""
    year: int | None = None
    term: str = ""
    partner_id: int = 0
    partner: str = ""
    leaders: str = ""
    members: int = 0
    capacity: int | None = None
    documents: int = 0
    done: int = 0
    missing: int = 0
    starts_on: date | None = None
    ends_on: date | None = None
    archived: bool = False

    @property
    def over(self) -> bool:
        """Whether there are more members than the cohort has room for."""
        return self.capacity is not None and self.members > self.capacity
