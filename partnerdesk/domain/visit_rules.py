"""The rules for visits: a title, days in order, meetings within them and one at a time."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import combinations
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from partnerdesk.domain.problems import Problem
from partnerdesk.domain.rules import email_looks_right
from partnerdesk.domain.visits import AgendaItem, Visit, VisitPerson, VisitPlace
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text

LONGEST_SPAN = 366
_WRITTEN = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(am|pm)?", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*\u2022\u2013\u2014]|\(?\d{1,3}[.)])\s+")


def visit_problems(visit: Visit) -> Iterator[Problem]:
    """What is wrong with a visit's own fields."""
    if not visit.title.strip():
        yield Problem("V01", "block", "title", Text(QT_TRANSLATE_NOOP("PartnerDesk", "A visit needs a title")))
    if visit.starts_on is None or visit.ends_on is None:
        return
    if visit.ends_on < visit.starts_on:
        yield Problem("R10", "block", "ends_on", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The end lies before the beginning")))
    elif (visit.ends_on - visit.starts_on).days >= LONGEST_SPAN:
        yield Problem("V02", "warn", "ends_on", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The visit takes longer than a year")))


def standing_problems(visit: Visit, today: date) -> Iterator[Problem]:
    """What does not fit the day: told, never hindered."""
    last = visit.ends_on or visit.starts_on
    if visit.status == "held" and visit.starts_on is not None and visit.starts_on > today:
        yield Problem("V03", "warn", "status", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Held, although it begins in the future")))
    if last is None or last >= today:
        return
    if visit.status in ("planned", "confirmed"):
        yield Problem("V04", "warn", "status", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The visit is over: was it held?")), Text(QT_TRANSLATE_NOOP("PartnerDesk", "It was held")))
    elif visit.status == "held" and not visit.outcomes.strip():
        yield Problem("V05", "info", "outcomes", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "No outcomes are written down")), Text(QT_TRANSLATE_NOOP("PartnerDesk", "Write them down")))


def place_problems(place: VisitPlace) -> Iterator[Problem]:
    """What is wrong with an institution of a visit."""
    if not place.institution_id:
        yield Problem("V06", "block", "institution_id", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Choose an institution")))


def person_problems(person: VisitPerson) -> Iterator[Problem]:
    """What is wrong with somebody who takes part."""
    if not person.name.strip():
        yield Problem("V07", "block", "name", Text(QT_TRANSLATE_NOOP("PartnerDesk", "A contact needs a name")))
    if person.email and not email_looks_right(person.email):
        yield Problem("V07", "block", "email", Text(QT_TRANSLATE_NOOP("PartnerDesk", "The e-mail is incomplete")))


def agenda_problems(item: AgendaItem) -> Iterator[Problem]:
    """What is wrong with one meeting by itself."""
    if not item.title.strip():
        yield Problem("V08", "block", "title", Text(QT_TRANSLATE_NOOP("PartnerDesk", "A meeting needs a title")))
    for name in ("begins", "ends"):
        written = getattr(item, name)
        if written and read_time(written) != written:
            yield Problem("V09", "block", name, Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "Write a time such as 9:30 or 14:00")))
    if item.begins and item.ends and item.ends <= item.begins:
        yield Problem("V10", "block", "ends", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The end lies before the beginning")))
    if item.zone and not zone_known(item.zone):
        yield Problem("V11", "block", "zone", Text(QT_TRANSLATE_NOOP("PartnerDesk", "This time zone is not known")))


def days_problems(visit: Visit, places: Iterable[VisitPlace], agenda: Iterable[AgendaItem]) -> Iterator[Problem]:
    """Which days of places and meetings lie outside the visit."""
    days = {one.day for one in places} | {one.day for one in agenda}
    outside = sorted(day for day in days if day is not None and not _within(visit, day))
    if outside:
        yield Problem("V12", "warn", "day", counted(
            len(outside), QT_TRANSLATE_NOOP("PartnerDesk", "1 day of places and meetings lies outside the visit"),
            QT_TRANSLATE_NOOP("PartnerDesk", "{n} days of places and meetings lie outside the visit")))


def clashes(agenda: Sequence[AgendaItem]) -> list[tuple[AgendaItem, AgendaItem]]:
    """Meetings that are at the same time in the same zone; without an end a meeting takes up its beginning only."""
    timed = sorted((one for one in agenda if one.day is not None and one.begins), key=agenda_order)
    return [(first, then) for first, then in combinations(timed, 2)
            if first.day == then.day and first.zone == then.zone
            and (then.begins < first.ends or then.begins == first.begins)]


def clash_problems(agenda: Sequence[AgendaItem]) -> Iterator[Problem]:
    """Which meetings are at the same time."""
    for first, then in clashes(agenda):
        yield Problem("V13", "warn", "begins", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "“{first}” and “{then}” are at the same time"), first=first.title, then=then.title))


def agenda_order(item: AgendaItem) -> tuple[date, str, int, int]:
    """What an agenda is sorted by: day and time, those without first on their day, then as they were entered."""
    return item.day or date.max, item.begins, item.position, item.id


def read_time(written: str) -> str:
    """A time as HH:MM, from 9, 9:30, 9.30, 0930, 2 pm or 14h15; "" where it names none."""
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        return ""
    hours, minutes, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hours <= 12:
        return ""
    if half:
        hours = hours % 12 + (12 if half == "pm" else 0)
    return f"{hours:02}:{minutes:02}" if hours < 24 and minutes < 60 else ""


def outcome_lines(outcomes: str) -> list[str]:
    """The outcomes one by one, without the signs of a list before them."""
    lines = (_BULLET.sub("", line).strip() for line in outcomes.splitlines())
    return [line for line in lines if line]


@lru_cache(maxsize=512)
def zone_known(zone: str) -> bool:
    """Whether a name is that of a time zone of the IANA list."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _within(visit: Visit, day: date) -> bool:
    first, last = visit.starts_on or visit.ends_on, visit.ends_on or visit.starts_on
    return first is None or last is None or first <= day <= last
