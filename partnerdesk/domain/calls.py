"""Calls for applications: who wants to go where, how they are ranked, and what was decided for each."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One round of selection for an academic year; `term` empty means any term of it."""

    id: int = 0
    uid: str = ""
    version: int = 1
    title: str = ""
    programme: str = ""
    activity: str = "student-studies"
    year: int | None = None
    term: str = ""
    opens_on: date | None = None
    closes_on: date | None = None
    answer_by: date | None = None
    remark: str = ""
    archived_on: date | None = None
    deleted_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePart:
    """A part of the score with its weight and the points that can be had."""

    id: int = 0
    uid: str = ""
    version: int = 1
    call_id: int = 0
    position: int = 0
    name: str = ""
    weight: float = 1.0
    best: float = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """A person's application. `scores` hold "part id=points", `languages` "en=B2".

    `offer` is none, offered, accepted, declined, waiting, placed or withdrawn; `wish` is the number of the wish that
    was met, `by_hand` that the office placed the person itself, which a run of the placement keeps.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    call_id: int = 0
    person_id: int = 0
    unit_id: int | None = None
    field: str = ""
    level: str = ""
    languages: tuple[str, ...] = ()
    scores: tuple[str, ...] = ()
    offer: str = "none"
    condition_id: int | None = None
    wish: int | None = None
    by_hand: bool = False
    stay_id: int | None = None
    decided_on: date | None = None
    decided_by: str = ""
    explanation: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A wish of an application: the condition whose place is wanted, first wish `position` 1."""

    id: int = 0
    uid: str = ""
    version: int = 1
    application_id: int = 0
    position: int = 1
    condition_id: int = 0
    term: str = ""
