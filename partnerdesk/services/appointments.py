"""What users do with appointments, fairs and deadlines of their own, and the question which there are in a period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.appointment_rules import Occurrence, appointment_problems, occurrences
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.recurrence import read_rule
from partnerdesk.domain.visits import Appointment
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, counted, text
from partnerdesk.services.deeds import refuse_blocks, set_fields, trash_mark
from partnerdesk.services.labels import field_label

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit

MOST = 5_000
"""How many times of appointments one question answers."""


def appointments_between(
    reader: Reader, since: date, until: date, *, responsible: str = "", project_id: int | None = None
) -> list[Occurrence]:
    """The times of appointments between two days, both included, in their order; repeated ones each time anew.

    `responsible` and `project_id` narrow them to somebody's or a project's own.
    """
    from partnerdesk.store.appointments import appointments_around

    # told in the time of this desk they may be on the day before or after
    day = timedelta(days=1)
    around = appointments_around(reader, max(since, date.min + day) - day, min(until, date.max - day) + day)
    chosen = (one for one in around if (not responsible or one.responsible == responsible)
              and (project_id is None or one.project_id == project_id))
    each = [occurrences(one, since, until) for one in chosen]
    return list(islice(merge(*map(_in_order, each), key=_order), MOST))


def appointments_of_project(reader: Reader, project_id: int) -> list[Appointment]:
    """The appointments of a project by their days, repeated ones once."""
    found = reader.find(Appointment, "starts_on", project_id=project_id)
    return [one for one in found if not one.deleted_at]


def new_appointment(appointment: Appointment) -> Deed[int]:
    """Enter an appointment; the answer is its id. Raises Refused."""
    appointment = tidy(appointment)

    def run(unit: Unit) -> int:
        refuse_blocks(appointment_problems(appointment))
        return int(unit.add(appointment).id)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "add the appointment {name}"), name=appointment.title), run)


def change_appointment(appointment: Appointment, **fields: Any) -> Deed[bool]:
    """Change fields of an appointment as the user sees it. Raises Refused, Superseded."""

    def run(unit: Unit) -> bool:
        return set_fields(unit, Appointment, appointment.id, appointment.version, fields, _judged(frozenset(fields)))

    name = appointment.title
    if len(fields) == 1:
        label = text(QT_TRANSLATE_NOOP("PartnerDesk", "{field} of the appointment {name}"),
                     field=field_label(next(iter(fields))), name=name)
    else:
        label = text(QT_TRANSLATE_NOOP("PartnerDesk", "change the appointment {name}"), name=name)
    return Deed(label, run)


def move_appointment(appointment: Appointment, days: int) -> Deed[bool]:
    """Put an appointment, a repeated one with all its times, so many days later (earlier with a minus)."""

    def later(day: date | None) -> date | None:
        return None if day is None else day + timedelta(days=days)

    return replace(change_appointment(
        appointment, starts_on=later(appointment.starts_on), ends_on=later(appointment.ends_on)),
        label=text(QT_TRANSLATE_NOOP("PartnerDesk", "move the appointment {name}"), name=appointment.title))


def skip_time(occurrence: Occurrence) -> Deed[bool]:
    """Take one time out of a repeated appointment; one that is not repeated goes into the trash."""
    one = occurrence.appointment
    if not one.repeats:
        deed = delete_appointments([one])

        def run(unit: Unit) -> bool:
            deed.run(unit)
            return True

        return Deed(deed.label, run, deed.done)
    rule = read_rule(one.repeats)
    repeats = replace(rule, without=tuple(sorted({*rule.without, occurrence.of_day}))).written()
    return replace(change_appointment(one, repeats=repeats), label=text(QT_TRANSLATE_NOOP(
        "PartnerDesk", "leave out {name} on {day}"), name=one.title, day=occurrence.of_day.isoformat()))


def delete_appointments(appointments: Sequence[Appointment]) -> Deed[None]:
    """Put appointments into the trash."""

    def run(unit: Unit) -> None:
        unit.change_many(Appointment, [one.id for one in appointments], deleted_at=trash_mark())

    n = len(appointments)
    if n == 1:
        name = appointments[0].title
        return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "delete the appointment {name}"), name=name), run,
                    text(QT_TRANSLATE_NOOP("PartnerDesk", "Deleted the appointment {name}"), name=name))
    return Deed(counted(n, *_DELETE), run, counted(n, *_DELETED))


def tidy(appointment: Appointment) -> Appointment:
    """An appointment with its texts tidied; without an end it ends on the day on which it begins."""
    return replace(
        appointment, title=" ".join(appointment.title.split()), place=" ".join(appointment.place.split()),
        url=appointment.url.strip(), ends_on=appointment.ends_on or appointment.starts_on,
        zone=appointment.zone if appointment.begins else "")


def _judged(changed: frozenset[str]) -> Any:
    """The rules of appointments, which speak of a day or time where the other end of it was changed."""
    moments = frozenset(("starts_on", "begins", "ends_on", "ends"))

    def judge(one: Appointment) -> Iterable[Any]:
        for problem in appointment_problems(one):
            if problem.field in moments and changed & moments and problem.field not in changed:
                yield replace(problem, field=next(iter(sorted(changed & moments))))
            else:
                yield problem

    return judge


def _order(one: Occurrence) -> tuple[date, str, int]:
    return one.starts_on, one.begins, one.appointment.id


def _in_order(some: Iterable[Occurrence]) -> list[Occurrence]:
    return sorted(islice(some, MOST), key=_order)


_DELETE = (QT_TRANSLATE_NOOP("PartnerDesk", "delete 1 appointment"),
           QT_TRANSLATE_NOOP("PartnerDesk", "delete {n} appointments"))
_DELETED = (QT_TRANSLATE_NOOP("PartnerDesk", "Deleted 1 appointment"),
            QT_TRANSLATE_NOOP("PartnerDesk", "Deleted {n} appointments"))
