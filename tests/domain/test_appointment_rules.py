"""Appointments are judged, and told in the time of the desk that looks."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.appointment_rules import appointment_problems, occurrences
from partnerdesk.domain.visits import Appointment

VIENNA = ZoneInfo("Europe/Vienna")
DAY = date(2026, 3, 2)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def fields_refused(**fields):
    given = {"title": "Fair", "starts_on": DAY, **fields}
    return [problem.field for problem in appointment_problems(Appointment(**given))]


@pytest.mark.parametrize(("fields", "refused"), [
    ({}, []), ({"title": " "}, ["title"]), ({"starts_on": None}, ["starts_on"]),
    ({"ends_on": date(2026, 3, 1)}, ["ends_on"]), ({"ends_on": date(2046, 3, 1)}, ["ends_on"]),
    ({"begins": "10:00", "ends": "09:00"}, ["ends"]), ({"begins": "10:00", "ends": "10:00"}, []),
    ({"begins": "25:00"}, ["begins"]), ({"ends": "10:00"}, ["begins"]), ({"begins": "9:00"}, ["begins"]),
    ({"begins": "10:00", "zone": "Mars/Base"}, ["zone"]), ({"begins": "10:00", "zone": "Asia/Tokyo"}, []),
    ({"repeats": "FREQ=SECONDLY"}, ["repeats"]), ({"repeats": "FREQ=WEEKLY"}, []),
])  # fmt: skip
def test_that_an_appointment_is_judged_at_its_fields(fields, refused):
    assert fields_refused(**fields) == refused


def told(one, since=YEAR[0], until=YEAR[1], zone=VIENNA):
    return [(o.starts_on, o.begins, o.ends_on, o.ends) for o in occurrences(one, since, until, zone)]


def test_that_times_of_another_zone_are_told_in_the_desks_own():
    one = Appointment(title="Talk", starts_on=DAY, begins="01:00", ends_on=DAY, ends="02:30", zone="Asia/Tokyo")
    assert told(one) == [(date(2026, 3, 1), "17:00", date(2026, 3, 1), "18:30")]
    assert told(one, DAY, DAY) == [] and told(one, date(2026, 3, 1), date(2026, 3, 1)) != []


def test_that_a_weekly_time_of_another_zone_moves_when_only_here_the_clock_is_put_forward():
    one = Appointment(title="Call", starts_on=DAY, begins="15:00", zone="America/Sao_Paulo", repeats="FREQ=WEEKLY")
    hours = {o.begins for o in occurrences(one, date(2026, 3, 1), date(2026, 4, 15), VIENNA)}
    assert hours == {"19:00", "20:00"}


def test_that_whole_days_and_floating_times_stay_where_they_are():
    assert told(Appointment(title="Holiday", starts_on=DAY)) == [(DAY, "", DAY, "")]
    assert told(Appointment(title="Lunch", starts_on=DAY, begins="12:00")) == [(DAY, "12:00", DAY, "")]


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 60), st.dates(date(2020, 1, 1), date(2030, 1, 1)),
       st.integers(0, 90), st.sampled_from(("", "FREQ=WEEKLY", "FREQ=MONTHLY;COUNT=5")),
       st.sampled_from(("", "Asia/Tokyo", "Pacific/Honolulu")))  # fmt: skip
def test_that_a_period_holds_exactly_what_touches_it(first, length, since, days, repeats, zone):
    until = since + timedelta(days=days)
    one = Appointment(title="x", starts_on=first, ends_on=first + timedelta(days=length),
                      begins="23:00" if zone else "", zone=zone, repeats=repeats)
    near = list(occurrences(one, since, until, VIENNA))
    wide = [o for o in occurrences(one, since - timedelta(days=200), until + timedelta(days=200), VIENNA)
            if o.starts_on <= until and o.ends_on >= since]
    assert near == wide


def test_that_a_rule_that_cannot_be_read_leaves_the_first_time():
    assert told(Appointment(title="x", starts_on=DAY, repeats="nonsense")) == [(DAY, "", DAY, "")]


def test_that_the_ends_of_the_calendar_are_answered():
    one = Appointment(title="x", starts_on=date(9999, 12, 30), begins="23:00", zone="Pacific/Honolulu",
                      repeats="FREQ=DAILY")
    assert len(told(one, date(9999, 12, 1), date.max)) <= 3
    assert told(Appointment(title="x", starts_on=date.min), date.min, date.min) == [(date.min, "", date.min, "")]
