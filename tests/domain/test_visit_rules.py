"""What the rules say of visits, their places, people and meetings."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.visit_rules import (
    agenda_order,
    agenda_problems,
    clash_problems,
    clashes,
    days_problems,
    outcome_lines,
    person_problems,
    place_problems,
    read_time,
    standing_problems,
    visit_problems,
    zone_known,
)
from partnerdesk.domain.visits import AgendaItem, Visit, VisitPerson, VisitPlace

TODAY = date(2026, 3, 2)
MONDAY = date(2026, 3, 9)


def told(problems):
    return [(one.severity, one.field) for one in problems]


def test_that_a_visit_needs_a_title_and_ends_after_it_begins():
    assert told(visit_problems(Visit())) == [("block", "title")]
    backwards = Visit(title="Kyoto", starts_on=MONDAY, ends_on=MONDAY - timedelta(days=1))
    assert told(visit_problems(backwards)) == [("block", "ends_on")]
    assert told(visit_problems(Visit(title="Kyoto", starts_on=MONDAY, ends_on=MONDAY))) == []
    assert told(visit_problems(Visit(title="Kyoto", ends_on=MONDAY))) == []


def test_that_a_visit_of_more_than_a_year_is_told_not_hindered():
    leap = Visit(title="Kyoto", starts_on=date(2028, 2, 29), ends_on=date(2029, 2, 28))
    assert told(visit_problems(leap)) == []
    longer = Visit(title="Kyoto", starts_on=date(2028, 2, 29), ends_on=date(2029, 3, 1))
    assert told(visit_problems(longer)) == [("warn", "ends_on")]


@pytest.mark.parametrize(("status", "starts", "outcomes", "wanted"), [
    ("planned", -5, "", [("warn", "status")]), ("confirmed", -5, "", [("warn", "status")]),
    ("held", -5, "", [("info", "outcomes")]), ("held", -5, "A joint course", []), ("cancelled", -5, "", []),
    ("planned", 5, "", []), ("held", 5, "", [("warn", "status")]), ("confirmed", 0, "", []),
])
def test_that_what_does_not_fit_the_day_is_told(status, starts, outcomes, wanted):
    day = TODAY + timedelta(days=starts)
    visit = Visit(title="Kyoto", status=status, starts_on=day, ends_on=day, outcomes=outcomes)
    assert told(standing_problems(visit, TODAY)) == wanted


def test_that_places_and_people_need_what_names_them():
    assert told(place_problems(VisitPlace())) == [("block", "institution_id")]
    assert told(place_problems(VisitPlace(institution_id=3))) == []
    assert told(person_problems(VisitPerson(email="ada@"))) == [("block", "name"), ("block", "email")]
    assert told(person_problems(VisitPerson(name="Ada", email="ada@example.edu"))) == []


def test_that_a_meeting_needs_a_title_and_times_in_order():
    assert told(agenda_problems(AgendaItem())) == [("block", "title")]
    assert told(agenda_problems(AgendaItem(title="Rector", begins="9:30"))) == [("block", "begins")]
    assert told(agenda_problems(AgendaItem(title="Rector", begins="09:30", ends="09:30"))) == [("block", "ends")]
    assert told(agenda_problems(AgendaItem(title="Rector", begins="09:30", ends="10:00", zone="Asia/Tokyo"))) == []
    assert told(agenda_problems(AgendaItem(title="Rector", zone="Asia/Nowhere"))) == [("block", "zone")]


@pytest.mark.parametrize("zone", ["../etc/passwd", "/etc/passwd", "Asia", "", "\x00", "Europe/"])
def test_that_no_name_of_a_file_is_taken_for_a_time_zone(zone):
    assert not zone_known(zone)


@pytest.mark.parametrize(("written", "meant"), [
    ("9", "09:00"), ("9:30", "09:30"), ("9.30", "09:30"), ("0930", "09:30"), ("14h15", "14:15"), ("2 pm", "14:00"),
    ("12 am", "00:00"), ("12pm", "12:00"), ("00:00", "00:00"), ("23:59", "23:59"), ("24:00", ""), ("9:60", ""),
    ("13 pm", ""), ("0 am", ""), ("noon", ""), ("", ""), ("9:3", ""),
])
def test_that_times_are_read_as_people_write_them(written, meant):
    assert read_time(written) == meant


@given(st.times())
def test_that_a_stored_time_reads_as_itself(time):
    assert read_time(f"{time:%H:%M}") == f"{time:%H:%M}"


def meeting(begins, ends="", day=MONDAY, zone="Asia/Tokyo", title="Meeting", **more):
    return AgendaItem(title=title, day=day, begins=begins, ends=ends, zone=zone, **more)


def test_that_meetings_at_the_same_time_are_told():
    one, two = meeting("09:00", "10:00", title="Rector"), meeting("09:30", "11:00", title="Deans")
    assert [str(each.message) for each in clash_problems([two, one])] == ["“Rector” and “Deans” are at the same time"]
    assert clashes([one, meeting("10:00", "11:00")]) == []
    assert clashes([one, meeting("09:30", day=MONDAY + timedelta(days=1))]) == []
    assert clashes([one, meeting("09:30", zone="Europe/Riga")]) == []
    assert len(clashes([meeting("09:00"), meeting("09:00")])) == 1
    assert clashes([meeting("09:00"), meeting("09:15")]) == []


def test_that_days_outside_the_visit_are_told():
    visit = Visit(title="Kyoto", starts_on=MONDAY, ends_on=MONDAY + timedelta(days=2))
    inside = [meeting("09:00"), meeting("09:00", day=None)]
    assert told(days_problems(visit, [VisitPlace(institution_id=1, day=MONDAY)], inside)) == []
    late = [VisitPlace(institution_id=1, day=MONDAY + timedelta(days=3))]
    assert told(days_problems(visit, late, inside)) == [("warn", "day")]
    assert told(days_problems(Visit(title="Kyoto"), late, inside)) == []


def test_that_an_agenda_goes_by_day_and_time_with_whole_days_first():
    given = [meeting("14:00", id=1), meeting("", id=2), meeting("09:00", day=MONDAY + timedelta(days=1), id=3),
             meeting("08:00", day=None, id=4), meeting("09:00", id=5)]
    assert [one.id for one in sorted(given, key=agenda_order)] == [2, 5, 1, 3, 4]


def test_that_outcomes_are_taken_line_by_line_without_the_signs_of_a_list():
    written = ("- Joint course in data science\n\n• Two places more\n1. Send the draft\n"
               "(2) Visit again\n2027 is open\n3.5 % fee")
    assert outcome_lines(written) == [
        "Joint course in data science", "Two places more", "Send the draft", "Visit again", "2027 is open", "3.5 % fee"]
