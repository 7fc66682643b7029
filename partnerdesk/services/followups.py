"""What users do with follow-ups: say what is to be done by whom until when, on whatever record; do it or put it off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.followup_rules import (
    LINK_OF,
    followup_problems,
    in_order,
    snooze_problems,
)
from partnerdesk.domain.followups import FollowUp, FollowUpLine
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.services.deeds import refuse_blocks, set_fields, trash_mark

if TYPE_CHECKING:
    from datetime import date

    from partnerdesk.store.unit import Reader, Unit

Known = FollowUp | FollowUpLine
"""What deeds take: the record, or the line of a list that stands for it."""


def followups_about(reader: Reader, kind: str, record_id: int) -> tuple[FollowUp, ...]:
    """The follow-ups about one record ("partner", "visit", …): to be done by their days, put off, then done."""
    about: dict[str, Any] = {LINK_OF[kind]: record_id}
    found = reader.find(FollowUp, **about, deleted_at="")
    return tuple(in_order(found, clock.today()))


def followup_lines(reader: Reader, *, done: bool = False) -> list[FollowUpLine]:
    """All follow-ups in the order in which they are to be done; with `done` those that are done too."""
    from partnerdesk.store import followups

    return in_order(followups.followup_lines(reader, done=done), clock.today())


def open_about(reader: Reader, kind: str, ids: Iterable[int]) -> list[FollowUpLine]:
    """What is still to be done about these records of one kind, in its order."""
    from partnerdesk.store import followups

    return in_order(followups.followup_lines(reader, {kind: list(ids)}, done=False), clock.today())


def open_with_partners(reader: Reader, partners: Sequence[int]) -> list[FollowUpLine]:
    """What is still to be done about these partners and the agreements with them, in its order."""
    from partnerdesk.store import followups

    about = {"partner": list(partners), "agreement": followups.papers_of(reader, partners)}
    return in_order(followups.followup_lines(reader, about, done=False), clock.today())


def new_followup(kind: str, record_id: int, title: str = "", **fields: Any) -> FollowUp:
    """A follow-up about a record of a kind; none for ""."""
    about: dict[str, Any] = {LINK_OF[kind]: record_id} if kind else {}
    return FollowUp(title=title, **about, **fields)


def add_followup(followup: FollowUp) -> Deed[int]:
    """Note something to do; the answer is its id."""
    followup = replace(followup, title=followup.title.strip())

    def run(unit: Unit) -> int:
        refuse_blocks(followup_problems(followup))
        return int(unit.add(followup).id)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "add the follow-up {name}"), name=followup.title), run)


def add_followups(followups: Sequence[FollowUp]) -> Deed[list[int]]:
    """Note several things to do in one step; the answers are their ids."""

    def run(unit: Unit) -> list[int]:
        refuse_blocks(problem for one in followups for problem in followup_problems(one))
        return unit.add_many(followups)

    return Deed(counted(len(followups), QT_TRANSLATE_NOOP("PartnerDesk", "add 1 follow-up"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "add {n} follow-ups")), run)


def change_followup(followup: FollowUp, **fields: Any) -> Deed[bool]:
    """Change fields of a follow-up as the user sees it."""

    def run(unit: Unit) -> bool:
        return set_fields(unit, FollowUp, followup.id, followup.version, fields, followup_problems)

    return Deed(_changed(followup, fields), run)


def do_followups(followups: Sequence[Known], on: date | None = None) -> Deed[None]:
    """Say that things are done, today or on a day; those done already keep their day."""
    day = on or clock.today()

    def run(unit: Unit) -> None:
        there = unit.many(FollowUp, [one.id for one in followups]).values()
        unit.change_many(FollowUp, [one.id for one in there if one.done_on is None], done_on=day)

    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "tick off {name}"), followups), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Done: {name}"), followups))


def reopen_followups(followups: Sequence[Known]) -> Deed[None]:
    """Say that things are still to be done."""

    def run(unit: Unit) -> None:
        unit.change_many(FollowUp, [one.id for one in followups], done_on=None)

    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "open {name} again"), followups), run)


def snooze_followups(followups: Sequence[Known], until: date | None, reason: str) -> Deed[None]:
    """Put things off until a day, saying why. Refuses a day that is not after today, or no reason."""
    reason = reason.strip()

    def run(unit: Unit) -> None:
        refuse_blocks(snooze_problems(until, reason, clock.today()))
        unit.change_many(FollowUp, [one.id for one in followups], snoozed_until=until, snooze_reason=reason)

    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "put off {name}"), followups), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Put off {name}"), followups), reason)


def wake_followups(followups: Sequence[Known]) -> Deed[None]:
    """Take back that things were put off."""

    def run(unit: Unit) -> None:
        unit.change_many(FollowUp, [one.id for one in followups], snoozed_until=None, snooze_reason="")

    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "take up {name} now"), followups), run)


def delete_followups(followups: Sequence[Known]) -> Deed[None]:
    """Put follow-ups into the trash."""

    def run(unit: Unit) -> None:
        unit.change_many(FollowUp, [one.id for one in followups], deleted_at=trash_mark())

    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "delete {name}"), followups), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Deleted {name}"), followups))


def _changed(followup: FollowUp, fields: dict[str, Any]) -> Text:
    from partnerdesk.services.labels import field_label

    if len(fields) == 1:
        (only,) = fields
        return text(QT_TRANSLATE_NOOP("PartnerDesk", "change {field} of {name}"), field=field_label(only),
                    name=followup.title)
    return text(QT_TRANSLATE_NOOP("PartnerDesk", "change {name}"), name=followup.title)


def _about(template: str, followups: Sequence[Known]) -> Text:
    if len(followups) == 1:
        return text(template, name=followups[0].title)
    return text(template, name=text(QT_TRANSLATE_NOOP("PartnerDesk", "{n} follow-ups"), n=len(followups)))
