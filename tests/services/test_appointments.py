"""Appointments are entered, changed, moved, left out once, thrown away and brought back."""

from datetime import date

import pytest

from partnerdesk.domain.problems import Refused, Superseded
from partnerdesk.domain.visits import Appointment
from partnerdesk.services import appointments, journal, trash
from partnerdesk.services.office import create_file, do

DAY = date(2026, 3, 2)


class Desk:
    """An office with short ways to deal with its appointments."""

    def __init__(self, path):
        self.office = create_file(path)

    def do(self, deed):
        return do(self.office, deed, "Marta Ilves")[0]

    def add(self, title="Fair", **fields):
        return self.get(self.do(appointments.new_appointment(Appointment(title=title, **{"starts_on": DAY, **fields}))))

    def get(self, appointment_id):
        with self.office.read() as reader:
            return reader.get(Appointment, appointment_id)

    def days(self, since=date(2026, 1, 1), until=date(2026, 12, 31), **narrow):
        with self.office.read() as reader:
            return [(one.appointment.title, one.starts_on)
                    for one in appointments.appointments_between(reader, since, until, **narrow)]


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path / "appointments.partnerdesk")
    yield made
    made.office.close()


def test_that_an_appointment_is_entered_tidily_and_undone_in_one_step(desk):
    one = desk.add("  Fair   in  Porto ", place=" Hall  2 ", zone="Europe/Lisbon")
    assert (one.title, one.place, one.ends_on, one.zone) == ("Fair in Porto", "Hall 2", DAY, "")
    with desk.office.read() as reader:
        state = journal.undo_state(reader)
    assert "Fair in Porto" in str(state.undo.label)
    desk.do(journal.undo_deed(state.undo))
    assert desk.days() == []


def test_that_an_appointment_without_title_or_day_is_refused(desk):
    for wrong in (Appointment(title="", starts_on=DAY), Appointment(title="Fair")):
        with pytest.raises(Refused):
            desk.do(appointments.new_appointment(wrong))
    assert desk.days() == []


def test_that_a_period_holds_its_appointments_in_order_and_repeated_ones_each_time(desk):
    desk.add("Team day", begins="09:00", repeats="FREQ=WEEKLY;COUNT=3", responsible="Marta")
    desk.add("Fair", starts_on=date(2026, 3, 8), ends_on=date(2026, 3, 10))
    desk.add("Old", starts_on=date(2020, 1, 1))
    assert desk.days() == [("Team day", DAY), ("Fair", date(2026, 3, 8)), ("Team day", date(2026, 3, 9)),
                           ("Team day", date(2026, 3, 16))]
    assert desk.days(date(2026, 3, 10), date(2026, 3, 10)) == [("Fair", date(2026, 3, 8))]
    assert {title for title, _ in desk.days(responsible="Marta")} == {"Team day"}
    assert desk.days(date.min, date.max, project_id=5) == []


def test_that_fields_change_under_the_rules_and_an_old_hand_is_told(desk):
    one = desk.add(begins="10:00", ends="11:00")
    assert desk.do(appointments.change_appointment(one, ends="12:00"))
    with pytest.raises(Refused) as refused:
        desk.do(appointments.change_appointment(desk.get(one.id), begins="13:00"))
    assert refused.value.problems[0].field == "begins"
    with pytest.raises(Superseded):
        desk.do(appointments.change_appointment(one, title="Other"))


def test_that_an_appointment_moves_with_its_end_and_back(desk):
    one = desk.add(ends_on=date(2026, 3, 4))
    desk.do(appointments.move_appointment(one, 7))
    moved = desk.get(one.id)
    assert (moved.starts_on, moved.ends_on) == (date(2026, 3, 9), date(2026, 3, 11))
    desk.do(appointments.move_appointment(moved, -7))
    assert (desk.get(one.id).starts_on, desk.get(one.id).ends_on) == (one.starts_on, one.ends_on)


def test_that_one_time_is_left_out_of_a_series_and_a_single_one_thrown_away(desk):
    one = desk.add(repeats="FREQ=WEEKLY;COUNT=3")
    with desk.office.read() as reader:
        second = appointments.appointments_between(reader, date(2026, 3, 9), date(2026, 3, 9))[0]
    desk.do(appointments.skip_time(second))
    assert [day for _, day in desk.days()] == [DAY, date(2026, 3, 16)]
    desk.do(appointments.delete_appointments([desk.get(one.id)]))
    single = desk.add("Once")
    with desk.office.read() as reader:
        desk.do(appointments.skip_time(appointments.appointments_between(reader, DAY, DAY)[0]))
    assert desk.days() == []
    with desk.office.read() as reader:
        lines = trash.trash_lines(reader)
    assert {line.name for line in lines} == {"Fair", "Once"}
    desk.do(trash.restore([line for line in lines if line.record.id == single.id]))
    assert desk.days() == [("Once", DAY)]
