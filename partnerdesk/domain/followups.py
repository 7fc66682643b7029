"""What somebody has to do until when, on whatever record; and what of the day's work was put off."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A thing to do; at most one of the links says what it is about.

    Snoozed until a day it is out of the way; `snooze_reason` says why.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    title: str = ""
    responsible: str = ""
    due_on: date | None = None
    done_on: date | None = None
    snoozed_until: date | None = None
    snooze_reason: str = ""
    institution_id: int | None = None
    agreement_id: int | None = None
    person_id: int | None = None
    stay_id: int | None = None
    cohort_id: int | None = None
    call_id: int | None = None
    project_id: int | None = None
    visit_id: int | None = None
    source_uid: str = ""
    remark: str = ""
    deleted_at: str = ""


ABOUT = ("institution_id", "agreement_id", "person_id", "stay_id", "cohort_id", "call_id", "project_id", "visit_id")
"""The links of a follow-up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """A thing of the day's work that is out of the way until a day; `key` names it ("agreement-ends:12")."""

    id: int = 0
    uid: str = ""
    version: int = 1
    key: str = ""
    until: date | None = None
    reason: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpLine:
    """One line of a list of follow-ups: `root` and `root_id` name the record it is about, `about` says its name."""

    id: int = 0
    title: str = ""
    responsible: str = ""
    due_on: date | None = None
    done_on: date | None = None
    snoozed_until: date | None = None
    snooze_reason: str = ""
    root: str = ""
    root_id: int = 0
    about: str = ""
