"""Grants: days, months, bands, top-ups and travel, line by line; instalments and what holds the last one."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.durations import days_360
from partnerdesk.domain.grants import (
    GrantAward,
    GrantPayment,
    GrantRate,
    GrantTable,
    Journey,
    calculate,
    calendar_days,
    great_circle_km,
    instalments,
    line_json,
    line_of,
    paid_days,
    payment_problems,
    rate_problems,
    table_problems,
)

WINTER = Journey(starts_on=date(2025, 9, 15), ends_on=date(2026, 2, 14))
BANDS = ((10, 99, 28, 56), (100, 499, 211, 285), (500, 1999, 309, 417), (2000, 2999, 395, 535),
         (3000, 3999, 580, 785), (4000, 7999, 1188, 1188), (8000, None, 1735, 1735))
RATES = (
    GrantRate(kind="month", amount=570.0),
    GrantRate(kind="short-day", low=1, high=14, amount=70.0), GrantRate(kind="short-day", low=15, high=30, amount=50.0),
    GrantRate(kind="top-up-once", key="fewer-opportunities", low=1, high=14, amount=100.0),
    GrantRate(kind="top-up-once", key="fewer-opportunities", low=15, high=30, amount=150.0),
    GrantRate(kind="top-up-month", key="fewer-opportunities", amount=250.0),
    GrantRate(kind="top-up-month", key="traineeship", amount=150.0),
    *(GrantRate(kind="travel", low=low, high=high, amount=float(plain), green=float(green))
      for low, high, plain, green in BANDS),
)
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
SHORT = Journey(attribute="short-term-blended", starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 20))
STAFF = (GrantRate(kind="staff-day", amount=160.0),)


def told(journey: Journey, rates: tuple[GrantRate, ...] = RATES) -> list[tuple[str, str, str, str]]:
    return [(str(line.what), f"{line.quantity}", f"{line.rate}", f"{line.amount}")
            for line in calculate(journey, rates).lines]


def test_that_153_days_of_the_calendar_are_150_counted_and_five_months() -> None:
    assert calendar_days(date(2025, 9, 15), date(2026, 2, 14)) == 153
    assert paid_days(WINTER) == 150
    assert calculate(WINTER, RATES).amount == Decimal("2850.00")
    assert told(WINTER) == [("Months", "5", "570.00", "2850.00")]


def test_that_142_days_are_four_months_and_22_days_at_a_thirtieth() -> None:
    broken = replace(WINTER, interruption_days=8)
    assert paid_days(broken) == 142
    assert calculate(broken, RATES).amount == Decimal("2698.00")
    assert told(broken)[1] == ("Further days", "22", "19.00", "418.00")
    assert [str(line.of) for line in calculate(broken, RATES).lines] == ["None", "a thirtieth of 570.00"]


@given(DAYS, st.integers(0, 500), st.integers(0, 40))
def test_that_a_longer_stay_never_has_fewer_days(first: date, length: int, more: int) -> None:
    last = first + timedelta(days=length)
    assert days_360(first, last) <= days_360(first, last + timedelta(days=more))
    assert days_360(first, last) <= days_360(first - timedelta(days=more), last)


@given(DAYS, st.integers(0, 400), st.integers(0, 40), st.integers(0, 10))
def test_that_a_longer_stay_never_gets_less(first: date, length: int, more: int, broken: int) -> None:
    one = Journey(starts_on=first, ends_on=first + timedelta(days=length), interruption_days=broken)
    longer = replace(one, ends_on=first + timedelta(days=length + more))
    assert calculate(one, RATES).amount <= calculate(longer, RATES).amount


@given(DAYS, st.integers(0, 400), st.booleans(), st.booleans(), st.none() | st.integers(0, 15000),
       st.sampled_from(["student-studies", "student-traineeship", "staff-teacher", "student-short"]))
def test_that_a_calculation_is_the_sum_of_lines_that_can_be_followed(
    first: date, length: int, poor: bool, green: bool, km: int | None, activity: str
) -> None:
    journey = Journey(activity=activity, starts_on=first, ends_on=first + timedelta(days=length),
                      fewer_opportunities=poor, green=green, distance_km=km)
    found = calculate(journey, (*RATES, *STAFF))
    assert found.amount == sum(line.amount for line in found.lines)
    for line in found.lines:
        assert abs(line.quantity * line.rate - line.amount) < Decimal("0.01")
        assert line.amount == line.amount.quantize(Decimal("0.01"))
        kept = line_of(line_json(line))
        assert (kept.amount, str(kept.what), str(kept.of)) == (line.amount, str(line.what), str(line.of))


def test_that_a_short_stay_is_paid_by_the_day_in_two_bands() -> None:
    assert told(SHORT) == [("Days 1 to 14", "14", "70.00", "980.00"), ("Days 15 to 20", "6", "50.00", "300.00")]


@pytest.mark.parametrize(("last", "top_up"), [(14, "100.00"), (15, "150.00")])
def test_that_the_top_up_of_a_short_stay_depends_on_its_days(last: int, top_up: str) -> None:
    journey = replace(SHORT, ends_on=date(2026, 3, last), fewer_opportunities=True)
    assert told(journey)[-1] == ("Top-up for fewer opportunities", "1", top_up, top_up)


def test_that_the_top_up_of_a_long_stay_is_paid_by_the_month() -> None:
    assert told(replace(WINTER, fewer_opportunities=True))[1:] == [
        ("Top-up for fewer opportunities", "5", "250.00", "1250.00")]
    trainee = replace(WINTER, activity="student-traineeship", interruption_days=8)
    assert told(trainee)[2:] == [
        ("Top-up for a traineeship", "4", "150.00", "600.00"),
        ("Top-up for a traineeship", "22", "5.00", "110.00")]


def test_that_staff_get_the_whole_rate_for_14_days_and_70_percent_after() -> None:
    journey = Journey(activity="staff-teacher", starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 16))
    assert told(journey, STAFF) == [("Days 1 to 14", "14", "160.00", "2240.00"),
                                    ("Days 15 to 16", "2", "112.00", "224.00")]
    assert str(calculate(journey, STAFF).lines[1].of) == "70 % of 160.00"


@pytest.mark.parametrize("band", BANDS)
@pytest.mark.parametrize("green", [False, True])
def test_that_travel_is_paid_by_the_band_of_the_distance(band: tuple[int, int | None, int, int], green: bool) -> None:
    low, high, plain, greener = band
    for km in (low, high or 20000):
        line = calculate(replace(WINTER, distance_km=km, green=green), RATES).lines[-1]
        assert line.amount == (greener if green else plain)


def test_that_nothing_is_paid_for_less_than_ten_kilometres() -> None:
    assert len(calculate(replace(WINTER, distance_km=9), RATES).lines) == 1


def test_that_a_rate_of_the_group_of_a_country_stands_before_that_for_all() -> None:
    rates = (*RATES, GrantRate(kind="country", key="NO", region="1"), GrantRate(kind="month", region="1", amount=674.0))
    assert calculate(replace(WINTER, country="NO"), rates).amount == Decimal("3370.00")
    assert calculate(replace(WINTER, country="PL"), rates).amount == Decimal("2850.00")


def test_that_a_missing_rate_or_day_is_said_instead_of_counted_as_nothing() -> None:
    assert [str(p.message) for p in calculate(WINTER, ()).problems] == ["The table has no rate per month"]
    assert calculate(replace(WINTER, ends_on=None), RATES).problems[0].field == "starts_on"


def test_that_distances_are_those_of_the_great_circle() -> None:
    oxford, beijing, berkeley = (51.752, -1.256), (39.908, 116.397), (37.872, -122.273)
    assert abs(great_circle_km(oxford, beijing) - 8180) < 60
    assert abs(great_circle_km(oxford, berkeley) - 8580) < 80
    assert great_circle_km(oxford, oxford) == 0
    assert great_circle_km((0.0, 0.0), (0.0, 180.0)) == 20015
    assert great_circle_km(oxford, beijing) == great_circle_km(beijing, oxford)


def test_that_80_and_20_percent_make_the_whole() -> None:
    assert instalments(Decimal("2698.01"), 80) == (
        (Decimal(80), Decimal("2158.41"), False), (Decimal(20), Decimal("539.60"), True))


@given(st.integers(0, 10**7), st.integers(1, 100), st.integers(0, 10**7))
def test_that_instalments_and_what_was_paid_are_the_award(cents: int, percent: int, paid: int) -> None:
    amount, before = Decimal(cents) / 100, Decimal(paid) / 100
    parts = instalments(amount, percent, before)
    assert sum(part for _, part, _ in parts) + before == amount
    assert [final for *_, final in parts].count(True) == 1


def test_that_more_paid_than_awarded_and_an_early_last_instalment_are_warned_of() -> None:
    award = GrantAward(amount=100.0)
    paid = [GrantPayment(amount=80.0, paid_on=date(2026, 1, 1)),
            GrantPayment(amount=30.0, paid_on=date(2026, 2, 1), final=True)]
    problems = payment_problems(award, paid, ["Transcript of records"])
    assert [(p.code, p.severity) for p in problems] == [("R85", "warn"), ("R85", "warn")]
    assert str(problems[0].message) == "110.00 is paid, but 100.00 is awarded"
    assert str(problems[1].message) == "The last instalment is held until these are in: Transcript of records"
    assert not payment_problems(award, [replace(p, paid_on=None) for p in paid], ["Transcript of records"])


def test_that_tables_and_rates_are_judged() -> None:
    assert [p.field for p in table_problems(GrantTable(first_payment_percent=0, valid_from=date(2026, 1, 2),
                                                       valid_to=date(2026, 1, 1)))] == [
        "name", "first_payment_percent", "valid_to"]
    assert [p.field for p in rate_problems(GrantRate(kind="country", low=2, high=1, amount=-1.0))] == [
        "high", "amount", "key"]
    assert not rate_problems(RATES[0])
