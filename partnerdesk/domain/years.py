"""Academic years, never calendar years: how they are written, what they span and what a series leaves out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text

EARLIEST, LATEST = 1800, 2198

_LEAD = (
    r"(?:(?:the|ay|a\.y\.|acad(?:emic|\.)?\s+year|academic|study\s+year|year|"
    r"akademisches\s+jahr|studienjahr|hochschuljahr|ann[ée]e(?:\s+(?:universitaire|acad[ée]mique))?|"
    r"curso(?:\s+acad[ée]mico)?|a[ñn]o(?:\s+acad[ée]mico)?|anno\s+accademico|a\.\s?a\.|ano\s+letivo|"
    r"rok(?:\s+akademicki)?|r\.\s?a\.)\s*:?\s*)?"
)
_SHAPE = re.compile(_LEAD + r"(\d{4}|\d{2}(?=\s*[-/‐-―−]))(?:\s*[-/‐-―−]\s*(\d{4}|\d{2}))?", re.IGNORECASE)


class MonthDay(NamedTuple):
    """A day of the year, such as the first of September."""

    month: int
    day: int


NORTHERN_START = MonthDay(9, 1)
SOUTHERN_START = MonthDay(1, 1)


class NotAYear(Refused):
    """A text that names no academic year; `problems[0]` says why and what to write instead."""


@dataclass(frozen=True, slots=True, order=True)
class AcademicYear:
    """One academic year: "2025/2026" in the north, "2026/2026" where it lies inside a calendar year."""

    first: int
    southern: bool = False

    def __post_init__(self) -> None:
        if not EARLIEST <= self.first <= LATEST:
            raise NotAYear(_problem("Y02", _RANGE, first=EARLIEST, last=LATEST))

    @classmethod
    def parse(cls, written: str, southern: bool = False) -> "AcademicYear":
        """The year written as 2025/2026, 2025/26, 25/26, 2025-2026, 2025, AY 2025–26…; raises NotAYear.

        Twice the same year is a southern one; a single number takes the scheme of `southern`.
        """
        match = _SHAPE.fullmatch(" ".join(written.split()))
        if match is None or (not written.isprintable() and not written.strip()):
            raise NotAYear(_problem("Y01", _NO_YEAR, written=written[:40]))
        first = _full(match[1])
        if match[2] is None:
            return cls(first, southern)
        second = _full(match[2], first)
        if second not in (first, first + 1):
            raise NotAYear(_problem("Y03", _NOT_ONE_YEAR, first=first, second=second))
        return cls(first, southern=second == first)

    @classmethod
    def of(cls, day: date, southern: bool = False, start: MonthDay | None = None) -> "AcademicYear":
        """The academic year in which `day` lies, when years begin on `start`."""
        month, first_day = start or _usual_start(southern)
        begun = (day.month, day.day) >= (month, first_day)
        return cls(day.year if begun else day.year - 1, southern)

    @property
    def last(self) -> int:
        """The calendar year in which it is named to end."""
        return self.first if self.southern else self.first + 1

    @property
    def short(self) -> str:
        """ "25/26", or "2026" for a southern year."""
        return str(self.first) if self.southern else f"{self.first % 100:02}/{self.last % 100:02}"

    @property
    def next(self) -> "AcademicYear":
        """The year that follows."""
        return AcademicYear(self.first + 1, self.southern)

    @property
    def previous(self) -> "AcademicYear":
        """The year before."""
        return AcademicYear(self.first - 1, self.southern)

    def first_day(self, start: MonthDay | None = None) -> date:
        """The day it begins: 1 September, in the south 1 January, or as the office sets it."""
        return date(self.first, *(start or _usual_start(self.southern)))

    def last_day(self, start: MonthDay | None = None) -> date:
        """The day before the next one begins."""
        return date(self.first + 1, *(start or _usual_start(self.southern))) - timedelta(days=1)

    def holds(self, day: date, start: MonthDay | None = None) -> bool:
        """Whether `day` lies in it."""
        return self.first_day(start) <= day <= self.last_day(start)

    def __str__(self) -> str:
        return f"{self.first}/{self.last}"


YearRange = tuple[AcademicYear, AcademicYear]


def years_through(first: AcademicYear, last: AcademicYear) -> Iterator[AcademicYear]:
    """Every year from `first` to `last`, both included; none when last is before first."""
    return (AcademicYear(year, first.southern) for year in range(first.first, last.first + 1))


def years_touched(first_day: date, last_day: date, southern: bool = False) -> YearRange:
    """The range of academic years that a validity between two days reaches into."""
    return AcademicYear.of(first_day, southern), AcademicYear.of(last_day, southern)


def said(first: AcademicYear, last: AcademicYear) -> str:
    """A range for people: "2025/2026 – 2027/2028", one year alone when both are the same."""
    return str(first) if first == last else f"{first} – {last}"


def gaps(ranges: Iterable[YearRange], within: YearRange | None = None) -> tuple[AcademicYear, ...]:
    """R11: years that no range covers, between the first and the last covered one or `within`.

    All years are taken in the scheme (north or south) of `within`, else of the first range.
    """
    covered: set[int] = set()
    southern = within[0].southern if within else None
    for first, last in ranges:
        southern = first.southern if southern is None else southern
        covered.update(range(first.first, last.first + 1))
    if within is None and not covered:
        return ()
    begin, end = (within[0].first, within[1].first) if within else (min(covered), max(covered))
    return tuple(AcademicYear(y, bool(southern)) for y in range(begin, end + 1) if y not in covered)


def amendment_day(year: AcademicYear, start: MonthDay | None = None) -> date:
    """R13: until when places of `year` are amended: 31 January inside the academic year before it.

    For 2026/2027 that is 31 January 2026.
    """
    before = year.previous
    here = date(before.first, 1, 31)
    return here if before.holds(here, start) else date(before.first + 1, 1, 31)


def _usual_start(southern: bool) -> MonthDay:
    return SOUTHERN_START if southern else NORTHERN_START


def _full(digits: str, after: int | None = None) -> int:
    """Four digits from two: the first year lies in 1970-2069, the second follows the first."""
    if len(digits) == 4:
        return int(digits)
    short = int(digits)
    if after is None:
        return 1970 + (short - 1970) % 100
    return after + (short - after) % 100


_NO_YEAR = QT_TRANSLATE_NOOP("PartnerDesk", "“{written}” is not an academic year")
_NOT_ONE_YEAR = QT_TRANSLATE_NOOP("PartnerDesk", "{first} to {second} is not one academic year")
_RANGE = QT_TRANSLATE_NOOP("PartnerDesk", "The year has to lie between {first} and {last}")
_HINT = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Write it like 2026/2027 or 26/27"))


def _problem(code: str, template: str, **values: object) -> Problem:
    return Problem(code, "block", "", text(template, **values), _HINT)
