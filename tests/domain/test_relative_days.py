"""Days told from a beginning: the same start gives the same day, another keeps months and order."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.relative_days import Offset, day_at, first_day, last_day, month_of, offset_of

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@given(days, days)
def test_that_the_same_start_gives_the_same_day(day: date, start: date) -> None:
    assert day_at(offset_of(day, start), start) == day
    assert first_day(day, start, start) == day and last_day(day, start, start) == day


@given(days, days, days, days)
def test_that_days_keep_their_order_from_any_start(one: date, other: date, old: date, new: date) -> None:
    earlier, later = sorted((one, other))
    told = first_day(earlier, old, new), first_day(later, old, new)
    assert told[0] is not None and told[1] is not None and told[0] <= told[1]


def test_that_month_12_ends_with_the_last_day_of_month_12() -> None:
    assert last_day(date(2027, 12, 31), date(2027, 1, 1), date(2028, 9, 1)) == date(2029, 8, 31)
    assert last_day(date(2027, 3, 31), date(2027, 1, 1), date(2028, 1, 1)) == date(2028, 3, 31)
    assert first_day(date(2027, 4, 1), date(2027, 1, 1), date(2028, 9, 1)) == date(2028, 12, 1)
    assert last_day(None, date(2027, 1, 1), date(2028, 1, 1)) is None and first_day(None, date.min, date.max) is None


def test_that_a_day_the_month_does_not_have_is_its_last() -> None:
    assert day_at(Offset(1, 30), date(2027, 1, 1)) == date(2027, 2, 28)
    assert day_at(Offset(1, 30), date(2028, 1, 1)) == date(2028, 2, 29)
    assert day_at(Offset(1, 0), date(2027, 1, 31)) == date(2027, 2, 28)


def test_that_months_of_a_project_count_from_one() -> None:
    start = date(2027, 3, 15)
    assert [month_of(day, start) for day in (start, date(2027, 4, 14), date(2027, 4, 15), date(2027, 3, 14))] == [
        1, 1, 2, 0]
