"""The rules for follow-ups: something to do, about one record at most; and which of them comes first."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol, TypeVar

from partnerdesk.domain.followups import ABOUT, FollowUp
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text


class Dated(Protocol):
    """A follow-up, or a line of a list of them."""

    @property
    def id(self) -> int: ...

    @property
    def due_on(self) -> date | None: ...

    @property
    def done_on(self) -> date | None: ...

    @property
    def snoozed_until(self) -> date | None: ...


T = TypeVar("T", bound=Dated)

LINK_OF = {
    "partner": "institution_id", "agreement": "agreement_id", "person": "person_id", "stay": "stay_id",
    "cohort": "cohort_id", "call": "call_id", "project": "project_id", "visit": "visit_id",
}
"""The link of a follow-up by the kind of record it is about."""


def followup_problems(followup: FollowUp) -> Iterator[Problem]:
    """What is wrong with a follow-up's own fields."""
    if not followup.title.strip():
        yield Problem("F01", "block", "title", Text(QT_TRANSLATE_NOOP("PartnerDesk", "Say what is to be done")))
    if sum(getattr(followup, link) is not None for link in ABOUT) > 1:
        yield Problem("F02", "block", "", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "A follow-up is about one record at most")))


def snooze_problems(until: date | None, reason: str, today: date) -> Iterator[Problem]:
    """What is wrong with putting something off until a day."""
    if until is None or until <= today:
        yield Problem("F03", "block", "snoozed_until", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Choose a day after today")))
    if not reason.strip():
        yield Problem("F04", "block", "snooze_reason", Text(QT_TRANSLATE_NOOP("PartnerDesk", "Say why it can wait")))


def is_snoozed(one: Dated, today: date) -> bool:
    """Whether an open follow-up is out of the way today."""
    return one.done_on is None and one.snoozed_until is not None and one.snoozed_until > today


def is_late(one: Dated, today: date) -> bool:
    """Whether a follow-up should have been done before today; what was put off is not late until it comes back."""
    return one.done_on is None and one.due_on is not None and one.due_on < today and not is_snoozed(one, today)


def in_order(followups: Iterable[T], today: date) -> list[T]:
    """What is to be done now by its day, then what is put off, then what was done, the last first."""

    def place(one: T) -> tuple[int, date, int]:
        if one.done_on is not None:
            return 2, date.fromordinal(date.max.toordinal() + 1 - one.done_on.toordinal()), -one.id
        if one.snoozed_until is not None and is_snoozed(one, today):
            return 1, one.snoozed_until, one.id
        return 0, one.due_on or date.max, one.id

    return sorted(followups, key=place)
