"""Calendars come in once, as it was shown, and go out under ids that stay; nothing personal goes out unasked."""

from datetime import date
from pathlib import Path

import pytest

from partnerdesk.domain.followups import FollowUp
from partnerdesk.domain.importing import Outcome
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.problems import BadFile, EnvironmentTrouble, Refused
from partnerdesk.domain.projects import Milestone, Project, Task
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.visits import AgendaItem, Appointment, Visit, VisitPerson
from partnerdesk.domain.words import Text
from partnerdesk.formats.icalendars import read_calendar
from partnerdesk.services import appointments, journal
from partnerdesk.services.dated import Scope, dated_things
from partnerdesk.services.exporting_calendar import write_dated
from partnerdesk.services.importing_calendar import import_deed, plan_from_file
from partnerdesk.services.office import create_file, do

DAY = date(2026, 3, 9)
EVENTS = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:team@example.org
SUMMARY:Team meeting
DTSTART;TZID=Europe/Vienna:20260309T100000
DTEND;TZID=Europe/Vienna:20260309T110000
RRULE:FREQ=WEEKLY;COUNT=4
LOCATION:Room 2
ATTENDEE:mailto:a@example.org
END:VEVENT
BEGIN:VEVENT
UID:fair@example.org
SUMMARY:Fair in Porto
CATEGORIES:Event
DTSTART;VALUE=DATE:20260316
DTEND;VALUE=DATE:20260319
END:VEVENT
BEGIN:VEVENT
UID:kyoto@example.org
SUMMARY:Delegation from Kyoto
CATEGORIES:Visit
DTSTART;VALUE=DATE:20260401
DTEND;VALUE=DATE:20260404
END:VEVENT
BEGIN:VEVENT
UID:off@example.org
SUMMARY:Called off
STATUS:CANCELLED
DTSTART;VALUE=DATE:20260401
END:VEVENT
BEGIN:VTODO
UID:write@example.org
SUMMARY:Write to Lyon
DUE;VALUE=DATE:20260320
END:VTODO
END:VCALENDAR
"""


class Desk:
    """An office with short ways to deal with its calendar."""

    def __init__(self, folder):
        self.folder = folder
        self.office = create_file(folder / "calendars.partnerdesk")

    def do(self, deed):
        return do(self.office, deed, "Marta Ilves")[0]

    def all(self, record):
        with self.office.read() as reader:
            return reader.find(record, deleted_at="")

    def add(self, *records):
        with self.office.write(Text("put"), "Marta Ilves") as unit:
            return [unit.add(one) for one in records]

    def plan(self, content, decisions=None, name="team.ics", project_id=None):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        with self.office.read() as reader:
            return plan_from_file(reader, path, decisions, project_id)

    def bring(self, content, **more):
        plan = self.plan(content, **more)
        self.do(import_deed(plan))
        return plan

    def written(self, scope=None):
        path = self.folder / "out.ics"
        with self.office.read() as reader:
            write_dated(reader, path, scope or Scope())
        return path.read_bytes()


@pytest.fixture
def desk(tmp_path, stopped_clock):
    made = Desk(tmp_path)
    yield made
    made.office.close()


def test_that_events_become_appointments_and_visits_and_tasks_follow_ups(desk):
    plan = desk.bring(EVENTS)
    assert [(row.kind, row.outcome) for row in plan.rows] == [
        ("appointment", Outcome.NEW), ("appointment", Outcome.NEW), ("visit", Outcome.NEW),
        ("appointment", Outcome.SAME), ("followup", Outcome.NEW)]
    team, fair = desk.all(Appointment)
    assert (team.begins, team.ends, team.zone, team.place, team.kind) == (
        "10:00", "11:00", "Europe/Vienna", "Room 2", "meeting")
    assert (fair.kind, fair.starts_on, fair.ends_on, fair.begins) == ("event", date(2026, 3, 16), date(2026, 3, 18), "")
    assert [(one.title, one.ends_on) for one in desk.all(Visit)] == [("Delegation from Kyoto", date(2026, 4, 3))]
    assert [(one.title, one.due_on) for one in desk.all(FollowUp)] == [("Write to Lyon", date(2026, 3, 20))]
    assert [(str(what), n) for what, n in plan.left] == [("people invited", 1)]


def test_that_the_same_calendar_changes_nothing_a_second_time_and_one_step_takes_it_back(desk):
    desk.bring(EVENTS)
    with desk.office.read() as reader:
        before = journal.undo_state(reader).undo
    again = desk.plan(EVENTS)
    assert not again.writes and again.counts["same"] == 5 and str(again.sentence).startswith("0 new, 0 changed")
    desk.do(import_deed(again))
    with desk.office.read() as reader:
        step = journal.undo_state(reader).undo
    assert step.id == before.id and "team.ics" in str(step.label)
    desk.do(journal.undo_deed(step))
    assert not desk.all(Appointment) and not desk.all(Visit) and not desk.all(FollowUp)


def test_that_a_changed_event_changes_its_appointment_and_a_called_off_one_goes(desk):
    desk.bring(EVENTS)
    changed = EVENTS.replace("20260309T110000", "20260309T120000").replace(
        "SUMMARY:Fair in Porto", "SUMMARY:Fair in Porto\nSTATUS:CANCELLED")
    plan = desk.bring(changed)
    assert [(row.outcome, row.changed, row.gone) for row in plan.rows[:2]] == [
        (Outcome.CHANGED, ("ends",), False), (Outcome.CHANGED, (), True)]
    assert [str(row.changes) for row in plan.rows[:2]] == ["Ends", "Called off: goes into the trash"]
    assert [(one.title, one.ends) for one in desk.all(Appointment)] == [("Team meeting", "12:00")]
    assert desk.plan(changed).counts["changed"] == 0


def test_that_what_lies_in_the_trash_stays_there(desk):
    desk.bring(EVENTS)
    desk.do(appointments.delete_appointments(desk.all(Appointment)))
    plan = desk.plan(EVENTS)
    assert not plan.writes and "trash" in str(plan.rows[0].notes[0])


def test_that_the_user_decides_what_an_event_becomes(desk):
    plan = desk.bring(EVENTS, decisions={1: "skip", 2: "visit", 3: "appointment"})
    assert [one.title for one in desk.all(Visit)] == ["Fair in Porto"]
    assert [one.title for one in desk.all(Appointment)] == ["Delegation from Kyoto"]
    assert plan.counts["new"] == 3


def test_that_a_calendar_for_a_project_goes_into_it(desk):
    project, = desk.add(Project(acronym="BRIDGE"))
    desk.bring(EVENTS, project_id=project.id)
    assert {one.project_id for one in (*desk.all(Appointment), *desk.all(Visit), *desk.all(FollowUp))} == {project.id}


def test_that_an_office_that_changed_meanwhile_is_not_written_over(desk):
    plan = desk.plan(EVENTS)
    desk.bring(EVENTS)
    with pytest.raises(Refused, match="changed"):
        desk.do(import_deed(plan))


def test_that_files_that_are_none_are_refused_in_a_sentence(desk):
    for content in ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "name,country\n", "x" * 11_000_000):
        with pytest.raises(BadFile) as refused:
            desk.plan(content)
        assert str(refused.value).endswith(".")
    with desk.office.read() as reader, pytest.raises(EnvironmentTrouble):
        plan_from_file(reader, desk.folder / "nowhere.ics")


@pytest.fixture
def full(desk):
    partner, = desk.add(Institution(name="Kyoto University", country="JP"))
    person, = desk.add(Person(given_names="Ada", family_name="Alpha"))
    stay, = desk.add(Stay(person_id=person.id, receiving_id=partner.id, planned_from=DAY, planned_to=date(2026, 7, 1)))
    project, = desk.add(Project(acronym="BRIDGE", title="Bridges", status="running"))
    visit, = desk.add(Visit(title="Kyoto comes", starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 3), city="Vienna",
                            project_id=project.id, responsible="Marta Ilves"))
    desk.add(
        Milestone(project_id=project.id, number="M1", title="Signed", due_on=date(2026, 5, 1)),
        Task(project_id=project.id, title="Draft", starts_on=DAY, ends_on=date(2026, 3, 20)),
        AgendaItem(visit_id=visit.id, day=date(2026, 4, 1), begins="09:00", ends="10:00", title="Rector",
                   zone="Europe/Vienna"),
        VisitPerson(visit_id=visit.id, name="Ben Beta"),
        Appointment(title="Fair", starts_on=DAY, ends_on=DAY, begins="10:00", zone="Asia/Tokyo",
                    repeats="FREQ=WEEKLY;COUNT=3"),
        FollowUp(title="Thank Kyoto", due_on=date(2026, 4, 10), visit_id=visit.id, remark="a\nb "),
        FollowUp(title="Ask Ada", due_on=DAY, stay_id=stay.id), FollowUp(title="Done", due_on=DAY, done_on=DAY))
    return desk, project, visit


def test_that_all_dated_things_go_out_without_anything_personal(full):
    desk, _, _ = full
    read = read_calendar(desk.written())
    assert {one.title for one in read.entries} == {
        "Fair", "M1 Signed (BRIDGE)", "Kyoto comes", "Rector", "Thank Kyoto", "Done"}
    assert read.left == {} and len({one.uid for one in read.entries}) == len(read.entries)
    assert b"Ada" not in desk.written(Scope(stays=True)) and b"Ben Beta" not in desk.written()
    named = desk.written(Scope(stays=True, personal=True))
    assert b"Ada Alpha to Kyoto University" in named and b"Ben Beta" in named and b"Ask Ada" in named


def test_that_a_calendar_can_be_of_one_project_visit_or_person(full):
    desk, project, visit = full

    def titles(**scope):
        with desk.office.read() as reader:
            return {one.title for one in dated_things(reader, Scope(**scope))}

    assert titles(project_id=project.id) == {"M1 Signed (BRIDGE)", "Draft (BRIDGE)", "Kyoto comes", "Rector"}
    assert titles(visit_id=visit.id) == {"Kyoto comes", "Rector", "Thank Kyoto"}
    assert titles(responsible="Marta Ilves") == {"Kyoto comes", "Rector"}
    assert titles(since=date(2026, 4, 20)) == {"Fair", "M1 Signed (BRIDGE)"}


def test_that_a_second_export_keeps_its_ids_and_only_changes_what_changed(full):
    desk, _, visit = full
    first = {one.uid: one for one in read_calendar(desk.written()).entries}
    with desk.office.write(Text("move"), "Marta Ilves") as unit:
        unit.change(Visit, visit.id, ends_on=date(2026, 4, 4))
    second = {one.uid: one for one in read_calendar(desk.written()).entries}
    assert first.keys() == second.keys()
    assert [one.title for uid, one in second.items() if one != first[uid]] == ["Kyoto comes"]


def test_that_the_offices_own_calendar_changes_nothing_when_it_comes_back(full):
    desk, _, _ = full
    plan = desk.plan(desk.written(Scope(stays=True, personal=True)))
    assert [row.title for row in plan.rows if row.outcome is not Outcome.SAME] == []
    assert len(plan.rows) == 8


def test_that_a_calendar_of_another_office_comes_in_as_one_of_strangers(full, tmp_path):
    desk, _, _ = full
    (tmp_path / "other").mkdir()
    other = Desk(tmp_path / "other")
    plan = other.bring(desk.written())
    assert {row.outcome for row in plan.rows} == {Outcome.NEW}
    assert not other.plan(desk.written()).writes
    assert {one.uid for one in read_calendar(other.written()).entries} >= {
        one.uid for one in read_calendar(desk.written()).entries if one.categories != ("Visit",) or one.begins}
    other.office.close()


def test_that_real_calendars_come_in_once(desk, inputs):
    folder = Path(inputs) / "ical"
    if not folder.is_dir():
        pytest.skip("no real calendars among the input files")
    for path in sorted(folder.glob("*.ics")):
        data = path.read_bytes()
        if not read_calendar(data).entries:
            with pytest.raises(BadFile, match="no event"):
                desk.plan(data, name=path.name)
            continue
        plan = desk.bring(data, name=path.name)
        assert plan.writes and not desk.plan(data, name=path.name).writes
    assert len(desk.all(Appointment)) == 9
