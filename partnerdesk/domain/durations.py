"""How long a stay is: in days of months that have thirty each (R80), in months, and in semesters."""

from calendar import monthrange
from datetime import date

MONTH = 30
SHORT = ("short-term-blended", "short-term-doctoral")
YEAR_WEIGHT, SEMESTER_WEIGHT = 2.0, 1.0


def days_360(first: date, last: date) -> int:
    """Days from `first` to `last`, both counted, with every month 30 days long; 0 when last is before first.

    15 September to 14 February are 150, all of February 30. Source: the Erasmus+ rules on grants per month.
    """
    if last < first:
        return 0
    ends = MONTH if last.day == monthrange(last.year, last.month)[1] else min(last.day, MONTH)
    begins = min(first.day, MONTH)
    whole = 12 * MONTH * (last.year - first.year) + MONTH * (last.month - first.month)
    return max(whole + ends - begins + 1, 1)


def months_of(first: date | None, last: date | None, interruption_days: int = 0) -> float:
    """Months of 30 days between two days, both counted, less the interruption; 0.0 where a day is missing."""
    if first is None or last is None:
        return 0.0
    return max(days_360(first, last) - interruption_days, 0) / MONTH


def terms_of(term: str, attribute: str = "long-term") -> float:
    """The weight of a stay in a balance kept in semesters: a year 2, a part of one 1, a short stay 0.

    `term` is "1/1" for the whole year, "1/2" for the first half; a stay without one counts as a semester.
    """
    if attribute in SHORT:
        return 0.0
    return YEAR_WEIGHT if term == "1/1" else SEMESTER_WEIGHT
