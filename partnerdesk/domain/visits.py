"""Visits and delegations, what they are for and what came of them; and other dated things of an office."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A journey of ours (`direction` out) or guests of ours (in)."""

    id: int = 0
    uid: str = ""
    version: int = 1
    title: str = ""
    kind: str = "delegation"
    direction: str = "out"
    status: str = "planned"
    starts_on: date | None = None
    ends_on: date | None = None
    country: str = ""
    city: str = ""
    purpose: str = ""
    outcomes: str = ""
    responsible: str = ""
    project_id: int | None = None
    tags: tuple[str, ...] = ()
    remark: str = ""
    archived_on: date | None = None
    deleted_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPlace:
    """An institution that is visited, or whose people visit us."""

    id: int = 0
    uid: str = ""
    version: int = 1
    visit_id: int = 0
    position: int = 0
    institution_id: int = 0
    day: date | None = None
    aim: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPerson:
    """Who takes part: of our delegation (`side` ours) or of theirs."""

    id: int = 0
    uid: str = ""
    version: int = 1
    visit_id: int = 0
    position: int = 0
    side: str = "ours"
    name: str = ""
    function: str = ""
    institution_id: int | None = None
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One meeting of a visit; times as HH:MM of the place, or empty."""

    id: int = 0
    uid: str = ""
    version: int = 1
    visit_id: int = 0
    position: int = 0
    day: date | None = None
    begins: str = ""
    ends: str = ""
    zone: str = ""
    title: str = ""
    institution_id: int | None = None
    place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    """One line of the list of visits; `open_followups` still to do."""

    id: int = 0
    title: str = ""
    kind: str = ""
    direction: str = ""
    status: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    country: str = ""
    city: str = ""
    partners: str = ""
    people: int = 0
    responsible: str = ""
    open_followups: int = 0
    outcomes: bool = False
    archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A dated thing of its own, such as a fair or a meeting: whole days, or times HH:MM in the IANA zone `zone`.

    `repeats` is a recurrence rule of RFC 5545, `source_uid` names the event of the calendar it was read from.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    title: str = ""
    kind: str = "meeting"
    starts_on: date | None = None
    begins: str = ""
    ends_on: date | None = None
    ends: str = ""
    zone: str = ""
    repeats: str = ""
    place: str = ""
    url: str = ""
    responsible: str = ""
    institution_id: int | None = None
    project_id: int | None = None
    source_uid: str = ""
    remark: str = ""
    deleted_at: str = ""
