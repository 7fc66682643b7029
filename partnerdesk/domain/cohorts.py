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
