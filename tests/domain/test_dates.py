"""Days as people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from partnerdesk.domain.dates import EARLIEST_YEAR, LATEST_YEAR, NotADay, Order, add_months, fitting_orders, parse_day

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(EARLIEST_YEAR, 1, 1), date(LATEST_YEAR, 12, 31))
ORDERS = st.sampled_from(("dmy", "mdy", "ymd"))


@pytest.mark.parametrize(
    "written",
    [
        "31/12/26", "31.12.2026", "31-12-2026", "31122026", "311226", "2026-12-31", "20261231", "2026/12/31",
        "2026.12.31", "31 Dec", "31/12", "31.12.", "31 December 2026", "December 31, 2026", "31st of December 2026",
        "Dec 31", "31. Dezember 2026", "31 décembre 2026", "31 de diciembre de 2026", "31 grudnia 2026",
        "31-Dec-26", "31 / 12 / 2026", " 31.12.2026 ", "31\xa0Dec\xa02026", "３１／１２／２０２６",
        "2026-12-31T00:00:00", "2026-12-31 00:00", "31/12/2026 09:30:00", "+37d", "2026 12 31", "2026 Dec 31",
        "Thursday, 31 December 2026", "jeudi 31 décembre 2026", "czw. 31 gru 2026", "31.12.26.",
    ],
)  # fmt: skip
def test_that_one_day_is_understood_in_every_usual_shape(written: str) -> None:
    assert parse_day(written, TODAY) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("today", TODAY),
        ("Heute", TODAY),
        ("aujourd'hui", TODAY),
        ("tomorrow", date(2026, 11, 25)),
        ("mañana", date(2026, 11, 25)),
        ("yesterday", date(2026, 11, 23)),
        ("+3m", date(2027, 2, 24)),
        ("-2w", date(2026, 11, 10)),
        ("−2w", date(2026, 11, 10)),
        ("+10d", date(2026, 12, 4)),
        ("+1y", date(2027, 11, 24)),
        ("+1y -1d", date(2027, 11, 23)),
        ("+ 2 W", date(2026, 12, 8)),
        ("5 mai 2027", date(2027, 5, 5)),
        ("1er août 2027", date(2027, 8, 1)),
        ("3 wrz 2027", date(2027, 9, 3)),
        ("12 paź", date(2026, 10, 12)),
        ("14 März 27", date(2027, 3, 14)),
        ("9 ene 2027", date(2027, 1, 9)),
        ("1/1/60", date(1960, 1, 1)),
        ("1/1/50", date(2050, 1, 1)),
        ("29 Feb 2028", date(2028, 2, 29)),
        ("20102010", date(2010, 10, 20)),
    ],
)
def test_that_words_offsets_and_months_are_understood(written: str, day: date) -> None:
    assert parse_day(written, TODAY) == day


@pytest.mark.parametrize("written", ["", "  ", "\xa0", "\t"])
def test_that_an_empty_text_is_no_day_and_no_error(written: str) -> None:
    assert parse_day(written, TODAY) is None


@pytest.mark.parametrize(
    ("written", "reason", "fix"),
    [
        ("12/31/26", "There is no month 31", "Write 2026-12-31 if that is the day meant"),
        ("31/02/2026", "There is no day 31 in month 2 of 2026", "The last day of that month is the 28"),
        ("29 Feb 2027", "There is no day 29 in month 2 of 2027", "The last day of that month is the 28"),
        ("12/2026", "The day is missing", "Write the day too, for example 31/12/2026"),
        ("2026-12", "The day is missing", "Write the day too, for example 31/12/2026"),
        ("2026", "The day is missing", "Write the day too, for example 31/12/2026"),
        ("December 2026", "The day is missing", "Write the day too, for example 31/12/2026"),
        ("31", "The month is missing", "Write day and month, for example 31/12"),
        ("3 jui 2026", "“jui” can be more than one month", "Write the name of the month in full"),
        ("3 ma 2026", "“ma” can be more than one month", "Write the name of the month in full"),
        ("3 foo 2026", "“foo” is not a month", "Write it like 31/12/2026, 31 Dec or +3m"),
        ("soon", "“soon” is not a month", "Write it like 31/12/2026, 31 Dec or +3m"),
        ("1/1/0026", "The year has to lie between 1800 and 2199", "Write it like 31/12/2026, 31 Dec or +3m"),
        ("+9999y", "The year has to lie between 1800 and 2199", "Write it like 31/12/2026, 31 Dec or +3m"),
        ("00/00/2026", "There is no month 0", "Write it like 31/12/2026, 31 Dec or +3m"),
        ("1234567", "“1234567” is not a date", "Write it like 31/12/2026, 31 Dec or +3m"),
        ("1/2/3/4", "“1 2 3 4” is not a date", "Write it like 31/12/2026, 31 Dec or +3m"),
        ("x" * 200, "This is not a date", "Write it like 31/12/2026, 31 Dec or +3m"),
    ],
)
def test_that_what_is_impossible_or_ambiguous_is_refused_with_the_reason(written: str, reason: str, fix: str) -> None:
    with pytest.raises(NotADay) as refusal:
        parse_day(written, TODAY)
    problem = refusal.value.problem
    assert (str(problem.message), str(problem.fix), problem.severity) == (reason, fix, "block")


@pytest.mark.parametrize(("order", "day"), [("dmy", date(2026, 2, 1)), ("mdy", date(2026, 1, 2))])
def test_that_the_offices_order_decides_between_day_and_month(order: Order, day: date) -> None:
    assert parse_day("1/2/2026", TODAY, order) == day
    assert parse_day("1/2", TODAY, order) == day


def test_that_a_year_first_office_is_asked_when_the_year_comes_last() -> None:
    assert parse_day("31/12/2026", TODAY, "ymd") == parse_day("12/31/2026", TODAY, "ymd") == date(2026, 12, 31)
    assert parse_day("5/5/2026", TODAY, "ymd") == date(2026, 5, 5)
    with pytest.raises(NotADay) as refusal:
        parse_day("3/4/2026", TODAY, "ymd")
    assert str(refusal.value.problem.fix) == "Write 2026-04-03 or 2026-03-04"


@given(DAYS, ORDERS)
def test_that_iso_days_come_back_in_every_order(day: date, order: Order) -> None:
    assert parse_day(day.isoformat(), TODAY, order) == day


@given(DAYS, st.sampled_from("/.- "), st.sampled_from(["", " "]))
def test_that_written_days_come_back_in_their_order(day: date, mark: str, gap: str) -> None:
    y, m, d = f"{day.year:04}", str(day.month), f"{day.day:02}"
    joint = f"{gap}{mark}{gap}"
    assert parse_day(joint.join((d, m, y)), TODAY, "dmy") == day
    assert parse_day(joint.join((m, d, y)), TODAY, "mdy") == day
    assert parse_day(joint.join((y, m, d)), TODAY, "dmy") == day
    assert parse_day(d + f"{day.month:02}" + y, TODAY, "dmy") == day


@given(DAYS)
def test_that_month_names_come_back(day: date) -> None:
    for written in (day.strftime("%d %B %Y"), day.strftime("%b %d, %Y"), day.strftime("%A %d %b %Y")):
        assert parse_day(written, TODAY, "dmy") == day


@given(st.dates(TODAY - timedelta(days=365 * 69), TODAY + timedelta(days=365 * 30)))
def test_that_two_digit_years_mean_the_nearest_century(day: date) -> None:
    assert parse_day(f"{day.day}.{day.month}.{day.year % 100:02}", TODAY) == day


@given(st.one_of(st.text(max_size=70), st.text("0123456789/.-+dwmy JanMar", max_size=20)), ORDERS)
@example("²/12/2026", "dmy")
@example("+99999999999999999999d", "dmy")
@example("99999999999999999999/1/1", "dmy")
@example("1/1/99999", "ymd")
def test_that_any_text_gives_a_day_or_a_reason(written: str, order: Order) -> None:
    try:
        day = parse_day(written, TODAY, order)
    except NotADay as refusal:
        assert str(refusal.problem.message)
        assert refusal.problem.fix is not None
    else:
        assert day is None or EARLIEST_YEAR <= day.year <= LATEST_YEAR


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 9, 1), -12, date(2026, 9, 1)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_that_months_are_added_within_the_month(day: date, months: int, moved: date) -> None:
    assert add_months(day, months) == moved


@given(DAYS, st.integers(-600, 600))
def test_that_adding_months_lands_in_the_right_month(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year - day.year) * 12 + moved.month - day.month == months
    assert moved.day <= day.day


def test_that_a_column_tells_its_order() -> None:
    assert fitting_orders(["1/1/2021", "12/31/2029", ""], TODAY) == ("mdy",)
    assert fitting_orders(["01-01-2021", "31-12-2029"], TODAY) == ("dmy",)
    assert fitting_orders(["1/2/2021"], TODAY) == ("dmy", "mdy")
    assert fitting_orders(["13/2/21"], TODAY) == ("dmy", "ymd")
    assert fitting_orders(["2021-02-01", "today"], TODAY) == ("dmy",)
    assert fitting_orders(["nonsense"], TODAY) == ()
