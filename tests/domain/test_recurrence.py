"""Repeated appointments fall on the days that an independent library names, and absurd rules cost nothing."""

from datetime import date, datetime, time, timedelta

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.problems import Refused
from partnerdesk.domain.recurrence import WEEKDAYS, Recurrence, falls_on, read_rule, said

DAYS = st.dates(date(2019, 1, 1), date(2027, 12, 31))


@st.composite
def rules(draw):
    every = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    nth = st.integers(-5, 5) if every in ("MONTHLY", "YEARLY") else st.just(0)
    days = draw(st.lists(st.tuples(nth, st.integers(0, 6)), max_size=3, unique=True))
    month_days = [] if every == "WEEKLY" else draw(st.lists(st.sampled_from([1, 15, 28, 29, 31, -1, -3]), max_size=2,
                                                            unique=True))
    months = draw(st.lists(st.integers(1, 12), max_size=3, unique=True))
    places = draw(st.lists(st.sampled_from([1, 2, -1]), max_size=2, unique=True)) if days and every != "DAILY" else []
    times = draw(st.none() | st.integers(1, 30))
    until = draw(st.none() | DAYS) if times is None else None
    return Recurrence(every, draw(st.integers(1, 5)), times, until, tuple(days), tuple(month_days), tuple(months),
                      tuple(places), draw(st.sampled_from((0, 6))))


@given(DAYS, rules(), DAYS, st.integers(0, 900))
def test_that_a_rule_falls_on_the_days_that_another_library_names(first, rule, since, length):
    until = since + timedelta(days=length)
    theirs = rrule.rrulestr(rule.rule(), dtstart=datetime.combine(first, time()))
    named = []
    for moment in theirs.xafter(datetime.combine(first, time()), inc=True):
        if moment.date() > until:
            break
        named.append(moment.date())
    assert list(falls_on(first, rule, since, until)) == [day for day in named if day >= since]


@given(rules(), st.lists(DAYS, max_size=3, unique=True))
def test_that_a_rule_is_read_back_as_it_was_written(rule, without):
    rule = Recurrence(rule.every, rule.interval, rule.times, rule.until, rule.days, rule.month_days, rule.months,
                      rule.places, rule.week_start, tuple(sorted(without)))
    assert read_rule(rule.written()) == rule


def test_that_skipped_days_are_left_out_but_counted():
    rule = read_rule("FREQ=WEEKLY;COUNT=4\nEXDATE:20260309")
    days = list(falls_on(date(2026, 3, 2), rule, date(2026, 1, 1), date(2026, 12, 31)))
    assert days == [date(2026, 3, 2), date(2026, 3, 16), date(2026, 3, 23)]


@pytest.mark.parametrize("absurd", ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
                                    "FREQ=YEARLY;INTERVAL=999;BYMONTH=2;BYMONTHDAY=31"])
def test_that_a_rule_that_never_comes_true_ends_with_the_period(absurd):
    assert list(falls_on(date(2026, 3, 2), read_rule(absurd), date(2026, 1, 1), date(2027, 12, 31))) == []


def test_that_a_rule_of_long_ago_and_one_at_the_end_of_the_calendar_are_answered():
    assert list(falls_on(date(1800, 1, 1), read_rule("FREQ=DAILY"), date(2026, 3, 1), date(2026, 3, 2))) == [
        date(2026, 3, 1), date(2026, 3, 2)]
    last = list(falls_on(date(9999, 12, 30), read_rule("FREQ=WEEKLY"), date(9999, 12, 1), date.max))
    assert last in ([date(9999, 12, 30)], [])


@pytest.mark.parametrize("wrong", [
    "", "FREQ=", "FREQ=SECONDLY", "FREQ=HOURLY;COUNT=3", "FREQ=WEEKLY;COUNT=0", "FREQ=WEEKLY;INTERVAL=0",
    "FREQ=DAILY;COUNT=99999999", "FREQ=YEARLY;BYEASTER=0", "FREQ=YEARLY;BYWEEKNO=20", "FREQ=MONTHLY;BYDAY=99MO",
    "FREQ=WEEKLY;BYDAY=2MO", "FREQ=WEEKLY;UNTIL=soon", "FREQ=WEEKLY;FREQ=DAILY", "FREQ=MONTHLY;BYMONTHDAY=0",
    "FREQ=DAILY;BYMONTH=13", "FREQ=WEEKLY;WKST=XX", "FREQ=WEEKLY;UNTIL=20260230", "X" * 5_000,
    "FREQ=WEEKLY\nRDATE:20260101",
])  # fmt: skip
def test_that_what_is_no_rule_is_refused_in_a_sentence(wrong):
    with pytest.raises(Refused) as refused:
        read_rule(wrong)
    assert str(refused.value)


def test_that_rules_are_said_in_words():
    assert str(said("FREQ=WEEKLY;INTERVAL=2")) == "every 2 weeks"
    assert str(said("FREQ=DAILY;COUNT=3")) == "every day, 3 times"
    assert str(said("FREQ=YEARLY;UNTIL=20301231")) == "every year, until 2030-12-31"
    assert str(said("")) == "" and len(WEEKDAYS) == 7
