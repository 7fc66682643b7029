"""The calendar of an office: what it shows between two days, and what is moved in it."""

from datetime import date, timedelta

import pytest

from partnerdesk.domain.calls import Call
from partnerdesk.domain.followups import FollowUp
from partnerdesk.domain.people import Person
from partnerdesk.domain.projects import Milestone, Project
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.visits import AgendaItem, Appointment, Visit
from partnerdesk.services import agenda
from tests.services.noting import Desk

TODAY = date(2026, 3, 2)


def on(days):
    return TODAY + timedelta(days=days)


@pytest.fixture
def desk(tmp_path, stopped_clock):
    made = Desk(tmp_path / "agenda.partnerdesk")
    yield made
    made.office.close()


def shown(desk, first=TODAY, last=TODAY + timedelta(days=30), who=""):
    return [(one.kind, str(one.title), one.day) for one in desk.ask(
        lambda reader: agenda.agenda(reader, first, last, who))]


def test_that_every_dated_thing_is_shown_once(desk):
    (visit,) = desk.add(Visit(title="Beijing", starts_on=on(-2), ends_on=on(3)))
    (project,) = desk.add(Project(acronym="GREEN", status="running"))
    desk.add(AgendaItem(visit_id=visit, title="Dinner", day=on(1), begins="19:00"),
             Milestone(project_id=project, number="M1", title="Pilot", due_on=on(4)),
             FollowUp(title="Call", due_on=on(5)), Call(title="Main round", closes_on=on(6)),
             Appointment(title="Fair", starts_on=on(7), ends_on=on(8)))
    assert sorted(shown(desk)) == sorted([
        ("visit", "Beijing", on(-2)), ("meeting", "Dinner", on(1)), ("milestone", "M1 Pilot · GREEN", on(4)),
        ("followup", "Call", on(5)), ("call", "Main round closes", on(6)), ("appointment", "Fair", on(7))])


def test_that_a_repeated_appointment_stands_on_each_of_its_days_and_stays_there(desk):
    desk.add(Appointment(title="Team", starts_on=TODAY, repeats="FREQ=WEEKLY"))
    found = desk.ask(lambda reader: agenda.agenda(reader, TODAY, on(20)))
    assert [(one.day, one.movable) for one in found] == [(TODAY, False), (on(7), False), (on(14), False)]


def test_that_people_who_leave_on_one_day_are_counted_and_one_is_named(desk):
    home = desk.ask(lambda reader: reader.connection.exec_driver_sql("SELECT id FROM institution").scalar())
    ada, ben = desk.add(Person(given_names="Ada", family_name="Berg"), Person(given_names="Ben", family_name="Kos"))
    for person, day in ((ada, on(2)), (ben, on(2)), (ada, on(9))):
        desk.add(Stay(person_id=person, sending_id=home, sending_status="live", receiving_status="verified",
                      planned_from=day, planned_to=on(200)))
    assert sorted(shown(desk)) == [("begins", "2 people leave", on(2)), ("begins", "Ada Berg leaves", on(9))]


def test_that_a_follow_up_and_an_appointment_are_put_on_another_day(desk):
    desk.add(FollowUp(title="Call", due_on=on(5)), Appointment(title="Fair", starts_on=on(7), ends_on=on(8)))
    for one in desk.ask(lambda reader: agenda.agenda(reader, TODAY, on(30))):
        desk.do(agenda.move(one, 3))
    assert shown(desk) == [("appointment", "Fair", on(10)), ("followup", "Call", on(8))]
    desk.undo()
    desk.undo()
    assert sorted(shown(desk)) == [("appointment", "Fair", on(7)), ("followup", "Call", on(5))]


def test_that_a_milestone_is_not_moved_here(desk):
    (project,) = desk.add(Project(acronym="GREEN", status="running"))
    desk.add(Milestone(project_id=project, title="Pilot", due_on=on(4)))
    (one,) = desk.ask(lambda reader: agenda.agenda(reader, TODAY, on(30)))
    with pytest.raises(ValueError, match="milestone"):
        agenda.move(one, 1)


def test_that_one_persons_calendar_leaves_others_out(desk):
    desk.add(FollowUp(title="Mine", due_on=on(5), responsible="Ada"), FollowUp(title="Theirs", due_on=on(5)),
             Appointment(title="Fair", starts_on=on(7), responsible="Ben"))
    assert [title for _, title, _ in shown(desk, who="Ada")] == ["Mine"]


def test_that_nothing_outside_the_days_is_shown(desk):
    desk.add(FollowUp(title="Before", due_on=on(-1)), FollowUp(title="After", due_on=on(31)))
    assert shown(desk) == []
