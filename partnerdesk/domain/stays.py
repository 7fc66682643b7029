"""Stays: one person's time at another institution, with the status on both sides as the exchange standard has it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A mobility. `direction` is seen from our office: out or in; `year` the first calendar year of the academic
    year (in the receiving institution's scheme), `term` "1/1" for the whole year, "1/2", "2/2", "2/3"…

    `sending_status` is planned, nomination, live, recognized or cancelled; `receiving_status` none, pending, verified
    or rejected. `exit` says how a cancelled one ended: declined, withdrawn or interrupted. `phase` is empty, or the
    phase an office set by hand. `attribute` is long-term, short-term-blended or short-term-doctoral.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    person_id: int = 0
    direction: str = "out"
    sending_id: int | None = None
    sending_unit_id: int | None = None
    receiving_id: int | None = None
    receiving_unit_id: int | None = None
    agreement_id: int | None = None
    condition_id: int | None = None
    programme: str = ""
    grant_number: str = ""
    activity: str = "student-studies"
    attribute: str = "long-term"
    year: int | None = None
    term: str = ""
    non_standard: bool = False
    level_nominated: str = ""
    level_departed: str = ""
    field: str = ""
    language: str = ""
    sending_status: str = "planned"
    receiving_status: str = "none"
    phase: str = ""
    status_comment: str = ""
    selected_on: date | None = None
    nominated_on: date | None = None
    answered_on: date | None = None
    planned_from: date | None = None
    planned_to: date | None = None
    actual_from: date | None = None
    actual_to: date | None = None
    virtual_from: date | None = None
    virtual_to: date | None = None
    interruption_days: int = 0
    home_contact_id: int | None = None
    host_contact_id: int | None = None
    teaching_hours: float | None = None
    with_training: bool = False
    work_programme: str = ""
    practice: str = ""
    practice_adopted: bool = False
    fee_waived: bool = False
    counts_in_balance: bool = True
    fewer_opportunities: bool = False
    green_travel: bool = False
    distance_km: int | None = None
    closed_on: date | None = None
    exit: str = ""
    cancel_reason: str = ""
    tags: tuple[str, ...] = ()
    remark: str = ""
    archived_on: date | None = None
    deleted_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StayEvent:
    """An entry in a stay's log: a message sent, an answer, a decision, a call (`kind` is of `stay_event_kind`)."""

    id: int = 0
    uid: str = ""
    version: int = 1
    stay_id: int = 0
    kind: str = ""
    day: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A warning or an overridable block of a stay that was accepted, with the written reason."""

    id: int = 0
    uid: str = ""
    version: int = 1
    stay_id: int = 0
    rule: str = ""
    reason: str = ""
    day: date | None = None
    who: str = ""
