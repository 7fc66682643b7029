"""The rules for appointments, and when they are: told in the time of the desk that looks, repeated ones day by day."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.recurrence import falls_on, read_rule
from partnerdesk.domain.visit_rules import read_time, zone_known
from partnerdesk.domain.visits import Appointment
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text

LONGEST_DAYS = 3_660


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time an appointment is: days, both included, and times HH:MM of this desk, empty for whole days.

    `of_day` is the day of the series in the appointment's own zone, which a change of this one time alone needs.
    """

    appointment: Appointment
    starts_on: date
    ends_on: date
    begins: str = ""
    ends: str = ""
    of_day: date = date.min


def appointment_problems(one: Appointment) -> Iterator[Problem]:
    """What is wrong with an appointment."""
    if not one.title.strip():
        yield _block("A01", "title", QT_TRANSLATE_NOOP("PartnerDesk", "An appointment needs a title"))
    if one.starts_on is None:
        yield _block("A01", "starts_on", QT_TRANSLATE_NOOP("PartnerDesk", "An appointment needs a day"))
    last = one.ends_on or one.starts_on
    if one.starts_on is not None and last is not None:
        if last < one.starts_on or (last == one.starts_on and one.begins and one.ends and one.ends < one.begins):
            field = "ends_on" if last < one.starts_on else "ends"
            yield _block("A02", field, QT_TRANSLATE_NOOP("PartnerDesk", "The end lies before the beginning"))
        elif (last - one.starts_on).days > LONGEST_DAYS:
            yield _block("A02", "ends_on", QT_TRANSLATE_NOOP("PartnerDesk", "This is longer than ten years"))
    for name in ("begins", "ends"):
        written = getattr(one, name)
        if written and read_time(written) != written:
            yield _block("A03", name, QT_TRANSLATE_NOOP("PartnerDesk", "Write a time such as 9:30 or 14:00"))
    if one.ends and not one.begins:
        yield _block("A03", "begins", QT_TRANSLATE_NOOP("PartnerDesk", "A time is missing at which it begins"))
    if one.zone and not zone_known(one.zone):
        yield _block("A03", "zone", QT_TRANSLATE_NOOP("PartnerDesk", "This time zone is not known"))
    if one.repeats:
        try:
            read_rule(one.repeats)
        except Refused as refused:
            yield from refused.problems


def occurrences(one: Appointment, since: date, until: date, zone: tzinfo | None = None) -> Iterator[Occurrence]:
    """The times an appointment is, of which a part lies between two days, both included, in the time of this desk.

    `zone` stands for the desk's own time zone, the computer's where it is not given.
    """
    if one.starts_on is None:
        return
    length = min(max(((one.ends_on or one.starts_on) - one.starts_on).days, 0), LONGEST_DAYS)
    # told in another zone it may be on the day before or after
    first = since - timedelta(days=min(length + 1, (since - date.min).days))
    last = until + timedelta(days=min(1, (date.max - until).days))
    days: Iterable[date] = [one.starts_on] if first <= one.starts_on <= last else []
    if one.repeats:
        with suppress(Refused):
            days = falls_on(one.starts_on, read_rule(one.repeats), first, last)
    for day in days:
        found = _told_here(one, day, length, zone)
        if found is not None and found.starts_on <= until and found.ends_on >= since:
            yield found


def _told_here(one: Appointment, day: date, length: int, zone: tzinfo | None) -> Occurrence | None:
    """One time of an appointment in the desk's own time; None beyond what a calendar knows."""
    try:
        last = day + timedelta(days=length)
        if not one.begins or not one.zone or not zone_known(one.zone):
            return Occurrence(one, day, last, one.begins, one.ends, day)
        start = _moment(day, one.begins, one.zone).astimezone(zone)
        end = _moment(last, one.ends or one.begins, one.zone).astimezone(zone)
    except (OverflowError, ValueError):
        return None
    return Occurrence(one, start.date(), end.date(), f"{start:%H:%M}", f"{end:%H:%M}" if one.ends else "", day)


def _moment(day: date, hour: str, zone: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), ZoneInfo(zone))


def _block(code: str, field: str, sentence: str) -> Problem:
    return Problem(code, "block", field, Text(sentence))
