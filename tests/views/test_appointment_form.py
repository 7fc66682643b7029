"""The form of an appointment, filled as a user fills it: entered, changed, left out once, deleted, refused in place."""

from datetime import date

import pytest

from partnerdesk.domain.visits import Appointment
from partnerdesk.services import appointments
from partnerdesk.services.office import create_file
from partnerdesk.views.appointment_form import AppointmentForm

DAY = date(2026, 3, 2)


@pytest.fixture
def program(drive, tmp_path):
    create_file(tmp_path / "office.partnerdesk").close()
    return drive(tmp_path / "office.partnerdesk")


def opened(program, *given, **more):
    form = AppointmentForm(program.house.desk, program.window, *given, **more)
    form.open()
    program.settle()
    return form


def there(program):
    return program.ask(lambda reader: reader.find(Appointment, deleted_at=""))


def add(program, **fields):
    made = program.do(appointments.new_appointment(Appointment(title="Fair", **{"starts_on": DAY, **fields})))
    return program.ask(lambda reader: reader.get(Appointment, made))


def test_that_an_appointment_is_entered_by_keyboard(program):
    form = opened(program, day=DAY)
    program.keys("Fair in Porto")
    program.fill("begins", "9.30", form)
    program.fill("ends", "11", form)
    program.fill("place", "Hall 2", form)
    program.press("Add appointment", form)
    one, = there(program)
    assert (one.title, one.starts_on, one.ends_on, one.begins, one.ends, one.place, one.kind) == (
        "Fair in Porto", DAY, DAY, "09:30", "11:00", "Hall 2", "meeting")
    program.keys("<Ctrl+Z>")
    assert there(program) == []


def test_that_what_is_refused_is_said_at_its_field_and_can_be_mended(program):
    form = opened(program, day=DAY)
    program.press("Add appointment", form)
    assert form.fields["title"].editor.notes.error == "An appointment needs a title"
    form.fields["title"].set_value("Fair")
    form.fields["ends_on"].set_value(date(2026, 3, 1))
    form.fields["begins"].set_value("25:00")
    program.press("Add appointment", form)
    assert form.fields["ends_on"].editor.notes.error == "The end lies before the beginning"
    assert "time" in form.fields["begins"].editor.notes.error
    form.fields["starts_on"].set_value(date(2026, 2, 1))
    form.fields["begins"].set_value("")
    program.press("Add appointment", form)
    assert [(one.starts_on, one.ends_on) for one in there(program)] == [(date(2026, 2, 1), date(2026, 3, 1))]


def test_that_repetitions_are_chosen_and_one_time_left_out(program):
    form = opened(program, day=DAY)
    assert not form.fields["until"].isVisible()
    form.fields["title"].set_value("Team")
    repeats = form.fields["repeats"].editor
    repeats.set_value("FORTNIGHT")
    repeats.edited.emit("FORTNIGHT")
    assert form.fields["until"].isVisible()
    form.fields["until"].set_value(date(2026, 4, 30))
    program.press("Add appointment", form)
    one, = there(program)
    assert one.repeats == "FREQ=WEEKLY;INTERVAL=2;UNTIL=20260430"
    second = program.ask(lambda reader: appointments.appointments_between(reader, DAY, date(2026, 3, 31)))[1]
    form = opened(program, one, occurrence=second)
    assert form.fields["repeats"].value() == "FORTNIGHT" and form.fields["until"].value() == date(2026, 4, 30)
    program.press("Leave out 16 Mar 2026", form)
    assert there(program)[0].repeats.endswith("EXDATE:20260316")


def test_that_only_what_changed_is_written_and_a_rule_of_its_own_stays(program):
    rule = "FREQ=MONTHLY;BYDAY=-1FR\nEXDATE:20260327"
    one = add(program, repeats=rule)
    form = opened(program, one)
    assert form.fields["repeats"].value() == "own" and not form.fields["until"].isVisible()
    program.press("Save", form)
    assert there(program) == [one]
    form = opened(program, one)
    program.fill("title", "Fairs", form)
    program.press("Save", form)
    changed, = there(program)
    assert (changed.title, changed.repeats, changed.version) == ("Fairs", rule, one.version + 1)


def test_that_an_appointment_is_deleted_from_its_form_and_comes_back(program):
    form = opened(program, add(program))
    gone = []
    form.removed.connect(gone.append)
    program.press("Delete", form)
    assert there(program) == [] and len(gone) == 1
    program.keys("<Ctrl+Z>")
    assert len(there(program)) == 1


def test_that_the_form_is_freed_when_it_is_closed(program, freed):
    form = opened(program, add(program))
    form.reject()
    freed(form)
