"""The calendar of an office: what there is between two days, and moving what is the office's own to another day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.agenda import Dated, in_order
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit


def agenda(reader: Reader, first: date, last: date, who: str = "") -> list[Dated]:
    """All that has a day from `first` to `last`, in its order; with `who` what that person is responsible for."""
    from partnerdesk.services.appointments import appointments_between
    from partnerdesk.store.agenda import dated_between

    found = dated_between(reader, first, last, who)
    for one in appointments_between(reader, first, last, responsible=who):
        found.append(Dated(
            kind="appointment", title=text("{title}", title=one.appointment.title), day=one.starts_on,
            until=one.ends_on, begins=one.begins, ends=one.ends, root="appointment", root_id=one.appointment.id,
            row_id=one.appointment.id, fixed=bool(one.appointment.repeats)))
    return in_order((*found, *_nominations(reader, first, last, who)))


def move(entry: Dated, days: int) -> Deed[Any]:
    """Put a follow-up or an appointment so many days later. Raises ValueError for what is not the office's own."""
    if not entry.movable:
        raise ValueError(entry.kind)
    to = entry.day + timedelta(days=days)

    def run(unit: Unit) -> None:
        if entry.kind == "followup":
            from partnerdesk.domain.followups import FollowUp
            from partnerdesk.services.followups import change_followup

            change_followup(unit.get(FollowUp, entry.row_id), due_on=to).run(unit)
        else:
            from partnerdesk.domain.visits import Appointment
            from partnerdesk.services.appointments import move_appointment

            move_appointment(unit.get(Appointment, entry.row_id), days).run(unit)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "move {name}"), name=entry.title), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Moved: {name}"), name=entry.title))


def _nominations(reader: Reader, first: date, last: date, who: str) -> list[Dated]:
    """Deadlines of partners for those who are still to be nominated."""
    from partnerdesk.store.today import Ask
    from partnerdesk.store.today_stays import nominations

    return [Dated(kind="nominate", title=one.what, day=one.when, until=one.when, root="nominations",
                  root_id=one.root_id, line=one.key)
            for one in nominations(reader, Ask(clock.today(), who))
            if one.when is not None and first <= one.when <= last]
