"""Days as people write them, and the arithmetic of months that notices and ranges need."""

import calendar
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text

Order = Literal["dmy", "mdy", "ymd"]

EARLIEST_YEAR, LATEST_YEAR = 1800, 2199
_LONGEST = 60

_NUMBERS = re.compile(r"(\d+)(?:\s*[-./,\s]\s*(\d+))?(?:\s*[-./,\s]\s*(\d+))?\.?")
_OFFSETS = re.compile(r"(?:[+-]\s*\d+\s*[dwmy]\s*)+", re.IGNORECASE)
_OFFSET = re.compile(r"([+-])\s*(\d+)\s*([dwmy])", re.IGNORECASE)
_CLOCK = re.compile(r"(?<=\d)[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$", re.IGNORECASE)
_MEANT_DAYS = {
    "today": 0, "heute": 0, "aujourd hui": 0, "hoy": 0, "dzis": 0, "dzisiaj": 0,
    "tomorrow": 1, "morgen": 1, "demain": 1, "manana": 1, "jutro": 1,
    "yesterday": -1, "gestern": -1, "hier": -1, "ayer": -1, "wczoraj": -1,
}  # fmt: skip
_MONTHS = (
    "january januar janner janvier enero styczen stycznia",
    "february februar feber fevrier febrero luty lutego",
    "march marz maerz mars marzo marzec marca",
    "april avril abril kwiecien kwietnia",
    "may mai mayo maj maja",
    "june juni juin junio czerwiec czerwca",
    "july juli juillet julio lipiec lipca",
    "august aout agosto sierpien sierpnia",
    "september sept septembre septiembre setiembre wrzesien wrzesnia",
    "october oktober octobre octubre pazdziernik pazdziernika",
    "november novembre noviembre listopad listopada",
    "december dezember decembre diciembre grudzien grudnia",
)
_WEEKDAY_NAMES = (
    "monday tuesday wednesday thursday friday saturday sunday",
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag",
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "lunes martes miercoles jueves viernes sabado domingo",
    "poniedzialek wtorek sroda czwartek piatek sobota niedziela",
)
_WEEKDAYS = tuple(name for names in _WEEKDAY_NAMES for name in names.split())
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_FILLERS = frozenset(["de", "del", "of", "the", "den", "der", "dnia", "le", "el", "am"])
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|er|o|º|ª)?")


class NotADay(Refused):
    """A text that names no day, or more than one; `problem` says why and what to write instead."""

    @property
    def problem(self) -> Problem:
        """The single reason."""
        return self.problems[0]


def parse_day(written: str, today: date, order: Order = "dmy") -> date | None:
    """The day that `written` names, None for an empty text; raises NotADay.

    Understands 31/12/26, 31.12.2026, 31122026, 2026-12-31, "31 Dec", "31 December 2026", today,
    tomorrow, +3m, -2w, +1y-1d; month names in English, German, French, Spanish and Polish. A day
    without a year lies in the year of `today`; a clock time after the day is passed over.
    """
    tidy = " ".join(unicodedata.normalize("NFKC", written).replace("−", "-").replace("–", "-").split())
    if not tidy:
        return None
    if len(tidy) > _LONGEST:
        raise _not_a_day("D01", text(QT_TRANSLATE_NOOP("PartnerDesk", "This is not a date")))
    if _OFFSETS.fullmatch(tidy):
        return _moved(today, tidy)
    plain = _CLOCK.sub("", tidy)
    if numbers := _NUMBERS.fullmatch(plain):
        return _numeric([part for part in numbers.groups() if part is not None], today, order)
    words = fold(tidy)
    if words in _MEANT_DAYS:
        return today + timedelta(days=_MEANT_DAYS[words])
    return _worded(fold(plain).split(), today)


def add_months(day: date, months: int) -> date:
    """The same day `months` later (or earlier); the last of the month where that day does not exist.

    Raises OverflowError outside the years 1-9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(f"{day} {months:+} months")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def fitting_orders(writings: Iterable[str], today: date) -> tuple[Order, ...]:
    """Orders in which every text of a column can be read, each giving other days than those before it.

    One means the column tells its order, more that a person has to say, none that some text is no day.
    """
    writings = list(writings)
    orders: tuple[Order, ...] = ("dmy", "mdy", "ymd")
    fitting: dict[tuple[date | None, ...], Order] = {}
    for order in orders:
        try:
            days = tuple(parse_day(written, today, order) for written in writings)
        except NotADay:
            continue
        fitting.setdefault(days, order)
    return tuple(fitting.values())


def _moved(today: date, offsets: str) -> date:
    day = today
    try:
        for sign, number, unit in _OFFSET.findall(offsets):
            amount = int(sign + number)
            match unit.lower():
                case "d":
                    day += timedelta(days=amount)
                case "w":
                    day += timedelta(weeks=amount)
                case "m":
                    day = add_months(day, amount)
                case _:
                    day = add_months(day, 12 * amount)
    except OverflowError:
        raise _out_of_range() from None
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise _out_of_range()
    return day


def _numeric(parts: list[str], today: date, order: Order) -> date:
    if len(parts) == 1:
        parts = _cut_run(parts[0], order)
    if len(parts[0]) == 4:
        order = "ymd"
    if len(parts) == 2:
        if len(parts[0]) == 4 or len(parts[1]) == 4:
            raise _day_missing()
        first, second = (_number(part) for part in parts)
        return _made(today.year, *((second, first) if order == "dmy" else (first, second)))
    if len(parts[0]) == 3 or len(parts[1]) > 2:
        raise _unreadable(parts)
    if order == "ymd" and len(parts[2]) == 4:
        order = _order_of_year_last(parts)
    return _ordered(parts, today, order)


def _ordered(parts: list[str], today: date, order: Order) -> date:
    position = {letter: place for place, letter in enumerate(order)}
    year = _full_year(parts[position["y"]], today)
    month, day = (_number(parts[position[letter]]) for letter in "md")
    if month > 12 >= day:
        other = _made(year, day, month)
        raise _not_a_day(
            "D03",
            text(QT_TRANSLATE_NOOP("PartnerDesk", "There is no month {month}"), month=month),
            text(QT_TRANSLATE_NOOP("PartnerDesk", "Write {day} if that is the day meant"), day=other.isoformat()),
        )
    return _made(year, month, day)


def _order_of_year_last(parts: list[str]) -> Order:
    """Day and month of 31/12/2026 for an office that writes the year first and so gives no hint."""
    first, second = (_number(part) for part in parts[:2])
    if first == second or first > 12 or second > 12:
        return "mdy" if second > 12 else "dmy"
    raise _not_a_day(
        "D04",
        text(QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” can be two different days"), what="/".join(parts)),
        text(
            QT_TRANSLATE_NOOP("PartnerDesk", "Write {one} or {other}"),
            one=f"{parts[2]}-{second:02}-{first:02}",
            other=f"{parts[2]}-{first:02}-{second:02}",
        ),
    )


def _cut_run(digits: str, order: Order) -> list[str]:
    if len(digits) == 8:
        if order == "ymd" or not EARLIEST_YEAR <= int(digits[4:]) <= LATEST_YEAR:
            return [digits[:4], digits[4:6], digits[6:]]
        return [digits[:2], digits[2:4], digits[4:]]
    if len(digits) == 6:
        return [digits[:2], digits[2:4], digits[4:]]
    if len(digits) <= 2:
        raise _not_a_day(
            "D02",
            text(QT_TRANSLATE_NOOP("PartnerDesk", "The month is missing")),
            text(QT_TRANSLATE_NOOP("PartnerDesk", "Write day and month, for example 31/12")),
        )
    if len(digits) == 4:
        raise _day_missing()
    raise _unreadable([digits])


def _worded(words: list[str], today: date) -> date:
    """Day, month name and year in any order, the day first where both could be meant."""
    names = [word for word in words if not _ORDINAL.fullmatch(word) and word not in _FILLERS]
    numbers = [match[1] for word in words if (match := _ORDINAL.fullmatch(word))]
    if len(names) == 2:
        names = [name for name in names if not _is_weekday(name)] or names[1:]
    if len(names) != 1 or len(numbers) > 2:
        raise _unreadable(words)
    month = _month(names[0])
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) != 4]
    if len(days) == 2 and not years:
        years = [days.pop()]
    if len(days) != 1 or len(years) > 1:
        raise _day_missing()
    return _made(_full_year(years[0], today) if years else today.year, month, _number(days[0]))


def _month(name: str) -> int:
    if name in _MONTH_OF:
        return _MONTH_OF[name]
    months = sorted({number for known, number in _MONTH_OF.items() if known.startswith(name)})
    if len(months) == 1 and len(name) >= 2:
        return months[0]
    if months:
        raise _not_a_day(
            "D04",
            text(QT_TRANSLATE_NOOP("PartnerDesk", "“{name}” can be more than one month"), name=name),
            text(QT_TRANSLATE_NOOP("PartnerDesk", "Write the name of the month in full")),
        )
    raise _not_a_day("D01", text(QT_TRANSLATE_NOOP("PartnerDesk", "“{name}” is not a month"), name=name))


def _is_weekday(name: str) -> bool:
    return len(name) >= 2 and any(known.startswith(name) for known in _WEEKDAYS)


def _number(digits: str) -> int:
    return int(digits) if len(digits) <= 4 else 9999


def _full_year(digits: str, today: date) -> int:
    """Two digits mean the year nearest to now: from 69 years ago to 30 years ahead."""
    if len(digits) == 4:
        return int(digits)
    if len(digits) != 2:
        raise _unreadable([digits])
    oldest = today.year - 69
    return oldest + (int(digits) - oldest) % 100


def _made(year: int, month: int, day: int) -> date:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise _out_of_range()
    if not 1 <= month <= 12:
        raise _not_a_day("D03", text(QT_TRANSLATE_NOOP("PartnerDesk", "There is no month {month}"), month=month))
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise _not_a_day(
            "D03",
            text(
                QT_TRANSLATE_NOOP("PartnerDesk", "There is no day {day} in month {month} of {year}"),
                day=day,
                month=month,
                year=year,
            ),
            text(QT_TRANSLATE_NOOP("PartnerDesk", "The last day of that month is the {last}"), last=last),
        )
    return date(year, month, day)


def _not_a_day(code: str, message: Text, fix: Text | None = None) -> NotADay:
    hint = text(QT_TRANSLATE_NOOP("PartnerDesk", "Write it like 31/12/2026, 31 Dec or +3m"))
    return NotADay(Problem(code, "block", "", message, fix or hint))


def _unreadable(parts: list[str]) -> NotADay:
    what = " ".join(parts)
    return _not_a_day("D01", text(QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is not a date"), what=what))


def _day_missing() -> NotADay:
    return _not_a_day(
        "D02",
        text(QT_TRANSLATE_NOOP("PartnerDesk", "The day is missing")),
        text(QT_TRANSLATE_NOOP("PartnerDesk", "Write the day too, for example 31/12/2026")),
    )


def _out_of_range() -> NotADay:
    return _not_a_day(
        "D05",
        text(
            QT_TRANSLATE_NOOP("PartnerDesk", "The year has to lie between {first} and {last}"),
            first=EARLIEST_YEAR,
            last=LATEST_YEAR,
        ),
    )
