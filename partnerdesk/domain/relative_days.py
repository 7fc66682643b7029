"""Days told from the beginning of a project, as templates and grant agreements do: in month 7, on day 12 of it."""

from dataclasses import dataclass
from datetime import date, timedelta

from partnerdesk.domain.dates import add_months

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Offset:
    """So many whole months and then days after a beginning (before it with a minus in `months`)."""

    months: int
    days: int


def offset_of(day: date, start: date) -> Offset:
    """How far a day lies after `start`; `day_at` from the same start is that day again."""
    months = (day.year - start.year) * 12 + day.month - start.month
    if add_months(start, months) > day:
        months -= 1
    return Offset(months, (day - add_months(start, months)).days)


def day_at(offset: Offset, start: date) -> date:
    """The day so far after another start; in a shorter month the last of it, so that days keep their order.

    Raises OverflowError outside the years 1-9999.
    """
    begins = add_months(start, offset.months)
    return min(begins + timedelta(days=offset.days), add_months(start, offset.months + 1) - _DAY)


def first_day(day: date | None, old: date, new: date) -> date | None:
    """Where a day on which something begins goes when a project begins on `new` instead of `old`."""
    return None if day is None else day_at(offset_of(day, old), new)


def last_day(day: date | None, old: date, new: date) -> date | None:
    """Where a day on which something ends goes: the end of month 12 stays the end of month 12."""
    return None if day is None else day_at(offset_of(day + _DAY, old), new) - _DAY


def month_of(day: date, start: date) -> int:
    """The month of a project in which a day lies: 1 is the first, 0 the one before it."""
    return offset_of(day, start).months + 1
