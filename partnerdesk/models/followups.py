"""How follow-ups read in lists: what stands under the title, whether they are late, and until when they can wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain.agreements import months_before
from partnerdesk.domain.followup_rules import Dated, is_late, is_snoozed
from partnerdesk.domain.followups import FollowUp, FollowUpLine
from partnerdesk.look.words import day, near, number


@dataclass(frozen=True, slots=True)
class FollowUpWords:
    """A follow-up as a row shows it: `lead` comes first in the second line, in danger's colour where it is `late`."""

    title: str
    lead: str
    rest: str
    late: bool
    done: bool

    @property
    def sentence(self) -> str:
        """The row as a screen reader says it."""
        return ", ".join(part for part in (self.title, self.lead, self.rest) if part)


@dataclass(frozen=True, slots=True)
class Later:
    """A day until which something can wait, and what it is called."""

    until: date
    words: str


def _tr(source: str) -> str:
    return QCoreApplication.translate("FollowUps", source)


def followup_words(one: FollowUp | FollowUpLine, today: date) -> FollowUpWords:
    """How a follow-up reads today."""
    about = one.about if isinstance(one, FollowUpLine) else ""
    reason = one.snooze_reason if is_snoozed(one, today) else ""
    rest = " · ".join(part for part in (one.responsible, about, reason) if part)
    return FollowUpWords(one.title, _lead(one, today), rest, is_late(one, today), one.done_on is not None)


def due_words(one: Dated, today: date) -> str:
    """When it is due: "9 days late", "today", "tomorrow", else the day."""
    if one.due_on is None:
        return ""
    return near(one.due_on) if one.due_on <= today + timedelta(days=1) else day(one.due_on)


def laters(today: date) -> Sequence[Later]:
    """The days until which things are put off most."""
    monday = today + timedelta(days=7 - today.weekday())
    return (
        Later(today + timedelta(days=1), _tr("Until tomorrow")), Later(monday, _tr("Until next Monday")),
        Later(today + timedelta(days=14), _tr("For two weeks")), Later(months_before(today, -1), _tr("For a month")))


def count_words(followups: Sequence[FollowUp]) -> str:
    """How many are still to be done, beside a tab's title; nothing for none."""
    n = sum(one.done_on is None for one in followups)
    return number(n) if n else ""


def _lead(one: FollowUp | FollowUpLine, today: date) -> str:
    if one.done_on is not None:
        return _tr("Done on {day}").format(day=day(one.done_on))
    if is_snoozed(one, today):
        return _tr("Put off until {day}").format(day=day(one.snoozed_until))
    if one.due_on is None:
        return ""
    said = due_words(one, today)
    return said if one.due_on < today else _tr("due {day}").format(day=said)
