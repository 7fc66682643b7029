"""When the parts of an academic year are, in both hemispheres, and what a partner's factsheet says of them."""

from calendar import monthrange
from datetime import date, timedelta

from partnerdesk.domain.factsheets import Factsheet

NORTH_FIRST_MONTH, SOUTH_FIRST_MONTH = 9, 2
MONTHS = 10
Span = tuple[date, date]


def parts_of(term: str) -> tuple[int, int]:
    """The number of a part and of how many: "2/3" is (2, 3). Anything else counts as the whole year, (1, 1)."""
    number, _, of = term.partition("/")
    if not (number.isdigit() and of.isdigit()):
        return 1, 1
    n, m = int(number), int(of)
    return (n, m) if 1 <= n <= m <= 9 else (1, 1)


def is_second_half(term: str) -> bool:
    """Whether a part of the year begins in its second half."""
    n, m = parts_of(term)
    return 2 * (n - 1) >= m


def term_span(year: int, term: str, southern: bool = False, sheet: Factsheet | None = None) -> Span:
    """First and last day that a part of the academic year is expected to have.

    The dates of the host's factsheet count where they are known; else a northern year is taken to run from September
    to June, a southern one from February to November of the same calendar year, in equal parts.
    """
    told = _told(term, sheet)
    if told is not None:
        return told
    first, last = _whole(year, southern)
    n, m = parts_of(term)
    if MONTHS % m == 0:
        months = MONTHS // m
        begins = _month_on(first, months * (n - 1))
        return begins, _month_on(first, months * n) - timedelta(days=1)
    days = (last - first).days + 1
    return first + timedelta(days=days * (n - 1) // m), first + timedelta(days=days * n // m - 1)


def deadline_of(term: str, sheet: Factsheet | None) -> date | None:
    """The day by which the host wants nominations for a part of the year (R57)."""
    if sheet is None:
        return None
    return sheet.nominate_second if is_second_half(term) else sheet.nominate_first


def year_of(day: date, southern: bool = False) -> int:
    """The first calendar year of the academic year that a day lies in, by the host's hemisphere.

    A northern year begins in August, as terms do in places, a southern one in January.
    """
    return day.year if southern or day.month >= NORTH_FIRST_MONTH - 1 else day.year - 1


def _told(term: str, sheet: Factsheet | None) -> Span | None:
    if sheet is None:
        return None
    spans = {"1/1": (sheet.first_from, sheet.second_to), "1/2": (sheet.first_from, sheet.first_to),
             "2/2": (sheet.second_from, sheet.second_to)}
    begins, ends = spans.get(term, (None, None))
    return (begins, ends) if begins is not None and ends is not None else None


def _whole(year: int, southern: bool) -> Span:
    first = date(year, SOUTH_FIRST_MONTH if southern else NORTH_FIRST_MONTH, 1)
    return first, _month_on(first, MONTHS) - timedelta(days=1)


def _month_on(day: date, months: int) -> date:
    """The same day of the month so many months later."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
