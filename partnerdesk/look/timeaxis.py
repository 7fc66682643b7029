"""Days along a line, from single days to centuries: where a day lies, and which ticks a head shows at that scale."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Final, Literal, NamedTuple

from PySide6.QtCore import QLocale

Tier = Literal["day", "week", "month", "quarter", "year", "decade", "century"]
LAST_DAY: Final = date.max.toordinal()
MOST: Final = 48.0
LEAST: Final = 0.01
SCALES: Final[dict[str, float]] = {"week": 8.0, "month": 41.3 * 12 / 365.25, "quarter": 0.53, "year": 0.16}
"""How many px at 100 % a day takes at each named scale."""
_TIERS: Final[tuple[tuple[float, Tier, Tier], ...]] = (
    (18.0, "month", "day"), (3.2, "month", "week"), (0.85, "year", "month"), (0.28, "year", "quarter"),
    (0.05, "decade", "year"), (0.0, "century", "decade"))
_MONTHS: Final[dict[Tier, int]] = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


class Tick(NamedTuple):
    """A stretch of the head: its first day and the day after its last, as ordinals."""

    tier: Tier
    first: int
    after: int

    @property
    def day(self) -> date:
        """The first day."""
        return date.fromordinal(self.first)


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """`start` is the day (ordinal, with its fraction) at x = 0, `per_day` the px a day takes, `unit` the px of the
    painter that one px of the drawings is. Years begin on `year` (month, day), as academic years do.
    """

    start: float
    per_day: float
    unit: float = 1.0
    year: tuple[int, int] = (1, 1)

    @property
    def scale(self) -> float:
        """The px of the drawings that a day takes."""
        return self.per_day / self.unit

    @property
    def tiers(self) -> tuple[Tier, Tier]:
        """What the head shows at this scale: above and below."""
        return next((upper, lower) for least, upper, lower in _TIERS if self.scale >= least)

    def x(self, day: float) -> float:
        """Where the beginning of a day (ordinal) lies."""
        return (day - self.start) * self.per_day

    def day(self, x: float) -> float:
        """The day at `x` with its fraction, as ordinal."""
        return self.start + x / self.per_day

    def moved(self, px: float) -> "TimeAxis":
        """The axis after its contents went `px` to the left, as far as days go."""
        return replace(self, start=min(max(self.start + px / self.per_day, 1.0), LAST_DAY - 1.0))

    def zoomed(self, per_day: float, x: float) -> "TimeAxis":
        """The axis at another scale, the day at `x` staying where it is."""
        kept = self.day(x)
        wanted = min(max(per_day, LEAST * self.unit), MOST * self.unit)
        start = kept - x / wanted
        return replace(self, start=min(max(start, 1.0), LAST_DAY - 1.0), per_day=wanted)

    def ticks(self, tier: Tier, width: float, week_begins: int = 0) -> Iterator[Tick]:
        """The ticks that a `width` from x = 0 shows a part of; weeks begin on a weekday (0 is Monday)."""
        first, last = max(1, int(self.start)), min(LAST_DAY, int(self.day(width)) + 1)
        if tier in ("day", "week"):
            step = 7 if tier == "week" else 1
            at = first - (first - 1 - week_begins) % step
            while at <= last:
                yield Tick(tier, max(1, at), min(at + step, LAST_DAY))
                at += step
            return
        if tier == "year" and self.year != (1, 1):
            yield from self._years(first, last)
            return
        step = _MONTHS[tier]
        begin = date.fromordinal(first)
        month = ((begin.year * 12 + begin.month - 1) // step) * step
        at = _first_of(month)
        while at <= last:
            month += step
            after = _first_of(month)
            yield Tick(tier, at, after)
            if after >= LAST_DAY:
                return
            at = after

    def _years(self, first: int, last: int) -> Iterator[Tick]:
        """Years that begin within a calendar year."""
        number = max(1, date.fromordinal(first).year - 1)
        while number < 9998:
            begin, after = _day_of(number, self.year), _day_of(number + 1, self.year)
            if begin > last:
                return
            if after > first:
                yield Tick("year", begin, after)
            number += 1


def short_month(day: date) -> str:
    """ "Sep", as a month stands by itself."""
    return _month(day.month, QLocale().name())


def short_weekday(day: date) -> str:
    """ "Mon", as a day of the week stands by itself."""
    return _weekday(day.isoweekday(), QLocale().name())


@cache
def _month(number: int, name: str) -> str:
    return _locale(name).standaloneMonthName(number, QLocale.FormatType.ShortFormat).rstrip(".")


@cache
def _weekday(number: int, name: str) -> str:
    return _locale(name).standaloneDayName(number, QLocale.FormatType.ShortFormat).rstrip(".")


def _locale(name: str) -> QLocale:
    here = QLocale(name)
    if here.language() in (QLocale.Language.C, QLocale.Language.English):
        # the British tables say "Sept", which is wider than every other month
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    return here


def _day_of(year: int, day: tuple[int, int]) -> int:
    month, number = day
    return date(year, month, 28 if (month, number) == (2, 29) else number).toordinal()


def _first_of(month: int) -> int:
    """The first day of a month counted from the year 0, as far as days go."""
    if month < 12:
        return 1
    return date(month // 12, month % 12 + 1, 1).toordinal() if month < 120_000 else LAST_DAY
