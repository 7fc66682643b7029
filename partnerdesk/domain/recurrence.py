"""On which days a repeated appointment falls: the part of RFC 5545 that offices use, with work bounded by the period.

A library would search for a rule that never comes true (30 February) until the year 9999; this looks no further
than the days that were asked for.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text

EVERY = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_TIMES = 2_000
MOST_INTERVAL = 1_000
_LONGEST = 2_000
_MOST_VALUES = 400
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_WRITTEN_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\d{6}Z?)?")
_EXCEPT = "EXDATE:"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule: `days` are (n-th of the period or 0, weekday from Monday as 0), `without` days on which it is skipped."""

    every: str
    interval: int = 1
    times: int | None = None
    until: date | None = None
    days: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    week_start: int = 0
    without: tuple[date, ...] = ()

    def rule(self) -> str:
        """The rule of RFC 5545, without the days that are skipped."""
        parts = [f"FREQ={self.every}"]
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.times is not None:
            parts.append(f"COUNT={self.times}")
        if self.until is not None:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        if self.days:
            parts.append("BYDAY=" + ",".join(f"{n or ''}{WEEKDAYS[day]}" for n, day in self.days))
        for name, values in (("BYMONTHDAY", self.month_days), ("BYMONTH", self.months), ("BYSETPOS", self.places)):
            if values:
                parts.append(f"{name}={','.join(map(str, values))}")
        if self.week_start:
            parts.append(f"WKST={WEEKDAYS[self.week_start]}")
        return ";".join(parts)

    def written(self) -> str:
        """How it is stored: the rule, and on a second line the days that are skipped."""
        skipped = ",".join(f"{day:%Y%m%d}" for day in self.without)
        return f"{self.rule()}\n{_EXCEPT}{skipped}" if skipped else self.rule()


def read_rule(written: str) -> Recurrence:
    """The rule in a text such as "FREQ=WEEKLY;COUNT=10", with a line EXDATE:… or without.

    Raises Refused for what is no rule, repeats within a day, or is not known here.
    """
    rule, _, rest = written.strip().partition("\n")
    if len(rule) > _LONGEST:
        raise _refused(_TOO_LONG)
    rule = rule.strip().upper().removeprefix("RRULE:")
    named: dict[str, str] = {}
    for part in rule.split(";"):
        name, equals, value = part.partition("=")
        if not part:
            continue
        if not equals or name in named:
            raise _refused(_UNREADABLE)
        named[name] = value
    if named.get("FREQ") not in EVERY:
        raise _refused(_TOO_OFTEN if named.get("FREQ") in ("SECONDLY", "MINUTELY", "HOURLY") else _UNREADABLE)
    if unknown := next((name for name in named if name not in _KNOWN), ""):
        raise Refused(Problem("A04", "block", "repeats", text(_UNKNOWN, part=unknown[:20])))
    try:
        return _made(named, rest.strip())
    except ValueError as error:
        raise _refused(_UNREADABLE) from error


def falls_on(first: date, rule: Recurrence, since: date, until: date) -> Iterator[date]:
    """The days from `since` to `until`, both included, on which begins what began first on `first`."""
    last = min(until, rule.until) if rule.until is not None else until
    skipped = frozenset(rule.without)
    left = rule.times if rule.times is not None else -1
    begin = 0 if rule.times is not None else max(_periods_before(first, rule, since), 0)
    for n in count(begin):
        start = _start_of(first, rule, n)
        if start is None or start > last or not left:
            return
        for day in _within(first, rule, start):
            if day < first:
                continue
            if day > last or not left:
                return
            left -= 1
            if day >= since and day not in skipped:
                yield day


def said(written: str) -> Text:
    """How often, for people; empty where nothing is repeated. What cannot be read is shown as it stands."""
    if not written.strip():
        return Text("")
    try:
        rule = read_rule(written)
    except Refused:
        return text("{rule}", rule=written)
    how_often = counted(rule.interval, *_SAID[rule.every])
    if rule.times is not None:
        return text(QT_TRANSLATE_NOOP("PartnerDesk", "{how_often}, {n} times"), how_often=how_often, n=rule.times)
    if rule.until is not None:
        return text(QT_TRANSLATE_NOOP("PartnerDesk", "{how_often}, until {day}"), how_often=how_often,
                    day=rule.until)
    return how_often


def _made(named: dict[str, str], rest: str) -> Recurrence:
    interval, times = int(named.get("INTERVAL", "1")), int(named["COUNT"]) if "COUNT" in named else None
    if not 1 <= interval <= MOST_INTERVAL or (times is not None and not 1 <= times <= MOST_TIMES):
        raise _refused(_TOO_MUCH)
    every = named["FREQ"]
    days = tuple(_weekday(each) for each in named["BYDAY"].split(",")) if named.get("BYDAY") else ()
    if any(n for n, _ in days) and every in ("DAILY", "WEEKLY"):
        raise _refused(_UNREADABLE)
    without: tuple[date, ...] = ()
    if rest:
        if not rest.startswith(_EXCEPT):
            raise _refused(_UNREADABLE)
        without = tuple(sorted({_day(each) for each in rest.removeprefix(_EXCEPT).split(",")}))
        if len(without) > MOST_TIMES:
            raise _refused(_TOO_MUCH)
    return Recurrence(
        every, interval, times, _day(named["UNTIL"]) if "UNTIL" in named else None, days,
        _numbers(named.get("BYMONTHDAY", ""), 31), _numbers(named.get("BYMONTH", ""), 12, 1),
        _numbers(named.get("BYSETPOS", ""), 366), WEEKDAYS.index(named.get("WKST", "MO")), without)


def _numbers(listed: str, most: int, least: int | None = None) -> tuple[int, ...]:
    if not listed:
        return ()
    found = tuple(int(each) for each in listed.split(","))
    if len(found) > _MOST_VALUES or any(not n or n > most or n < (-most if least is None else least) for n in found):
        raise ValueError(listed)
    return found


def _weekday(written: str) -> tuple[int, int]:
    match = _DAY.fullmatch(written.strip())
    if match is None:
        raise ValueError(written)
    n = int(match[1] or 0)
    if match[1] and (not n or abs(n) > 53):
        raise ValueError(written)
    return n, WEEKDAYS.index(match[2])


def _day(written: str) -> date:
    match = _WRITTEN_DAY.fullmatch(written.strip())
    if match is None:
        raise ValueError(written)
    return date(int(match[1]), int(match[2]), int(match[3]))


def _periods_before(first: date, rule: Recurrence, since: date) -> int:
    """How many whole periods can be passed over because they lie before `since`."""
    if rule.every == "DAILY":
        passed = (since - first).days
    elif rule.every == "WEEKLY":
        passed = (since - first).days // 7 - 1
    elif rule.every == "MONTHLY":
        passed = (since.year - first.year) * 12 + since.month - first.month - 1
    else:
        passed = since.year - first.year - 1
    return passed // rule.interval


def _start_of(first: date, rule: Recurrence, n: int) -> date | None:
    """The first day of the n-th period; None beyond what a calendar knows."""
    try:
        if rule.every == "DAILY":
            return first + timedelta(days=n * rule.interval)
        if rule.every == "WEEKLY":
            monday = first - timedelta(days=(first.weekday() - rule.week_start) % 7)
            return monday + timedelta(weeks=n * rule.interval)
        if rule.every == "MONTHLY":
            months = first.year * 12 + first.month - 1 + n * rule.interval
            return date(months // 12, months % 12 + 1, 1)
        return date(first.year + n * rule.interval, 1, 1)
    except (OverflowError, ValueError):
        return None


def _within(first: date, rule: Recurrence, start: date) -> list[date]:
    """The days of one period that the rule means, in order."""
    if rule.every == "DAILY":
        found = [start] if _fits(rule, start) else []
    elif rule.every == "WEEKLY":
        days = [start + timedelta(days=n) for n in range(7)] if start <= date.max - timedelta(days=7) else []
        wanted = {day for _, day in rule.days} or {first.weekday()}
        found = [day for day in days if day.weekday() in wanted and (not rule.months or day.month in rule.months)
                 and _fits_month_day(rule, day)]
    elif rule.every == "MONTHLY":
        found = _in_month(first, rule, start.year, start.month) if not rule.months or start.month in rule.months else []
    else:
        found = _in_year(first, rule, start.year)
    if not rule.places:
        return found
    placed = {n - 1 if n > 0 else len(found) + n for n in rule.places}
    return [day for n, day in enumerate(found) if n in placed]


def _fits(rule: Recurrence, day: date) -> bool:
    wanted = {weekday for _, weekday in rule.days}
    return ((not rule.months or day.month in rule.months) and (not wanted or day.weekday() in wanted)
            and _fits_month_day(rule, day))


def _fits_month_day(rule: Recurrence, day: date) -> bool:
    if not rule.month_days:
        return True
    length = monthrange(day.year, day.month)[1]
    return day.day in rule.month_days or day.day - length - 1 in rule.month_days


def _in_month(first: date, rule: Recurrence, year: int, month: int) -> list[date]:
    length = monthrange(year, month)[1]
    if not rule.days and not rule.month_days:
        return [date(year, month, first.day)] if first.day <= length else []
    days = [date(year, month, n) for n in range(1, length + 1)]
    return [day for day in days if _fits_month_day(rule, day) and _fits_days(rule, day, day.day, length)]


def _in_year(first: date, rule: Recurrence, year: int) -> list[date]:
    if rule.months:
        return [day for month in sorted(set(rule.months)) for day in _in_month(first, rule, year, month)]
    if not rule.days and not rule.month_days:
        if (first.month, first.day) == (2, 29) and monthrange(year, 2)[1] < 29:
            return []
        return [date(year, first.month, first.day)]
    new_year = date(year, 1, 1)
    length = (date(year, 12, 31) - new_year).days + 1
    days = [new_year + timedelta(days=n) for n in range(length)]
    return [day for n, day in enumerate(days, 1) if _fits_month_day(rule, day) and _fits_days(rule, day, n, length)]


def _fits_days(rule: Recurrence, day: date, n: int, length: int) -> bool:
    """Whether a day, the n-th of a period of `length` days, is one of the weekdays that are meant."""
    if not rule.days:
        return True
    from_start, from_end = (n - 1) // 7 + 1, -((length - n) // 7 + 1)
    return any(day.weekday() == weekday and nth in (0, from_start, from_end) for nth, weekday in rule.days)


def _refused(sentence: str) -> Refused:
    return Refused(Problem("A04", "block", "repeats", Text(sentence)))


_KNOWN = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST")
_TOO_LONG = QT_TRANSLATE_NOOP("PartnerDesk", "This rule of repetition is too long")
_TOO_OFTEN = QT_TRANSLATE_NOOP("PartnerDesk", "What is repeated within a day cannot be kept")
_TOO_MUCH = QT_TRANSLATE_NOOP("PartnerDesk", "This is repeated too often, or too rarely, to be kept")
_UNREADABLE = QT_TRANSLATE_NOOP("PartnerDesk", "This is no rule of repetition")
_UNKNOWN = QT_TRANSLATE_NOOP("PartnerDesk", "Repetitions by {part} cannot be kept")
_SAID = {
    "DAILY": (QT_TRANSLATE_NOOP("PartnerDesk", "every day"), QT_TRANSLATE_NOOP("PartnerDesk", "every {n} days")),
    "WEEKLY": (QT_TRANSLATE_NOOP("PartnerDesk", "every week"), QT_TRANSLATE_NOOP("PartnerDesk", "every {n} weeks")),
    "MONTHLY": (QT_TRANSLATE_NOOP("PartnerDesk", "every month"), QT_TRANSLATE_NOOP("PartnerDesk", "every {n} months")),
    "YEARLY": (QT_TRANSLATE_NOOP("PartnerDesk", "every year"), QT_TRANSLATE_NOOP("PartnerDesk", "every {n} years")),
}
