"""Appointments in the calendar of the office: entered there, opened there, one time of them left out there."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from partnerdesk.domain.visits import Appointment
from partnerdesk.services import appointments
from partnerdesk.services.office import create_file
from partnerdesk.views.appointment_form import AppointmentForm

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def program(drive, tmp_path):
    create_file(tmp_path / "office.partnerdesk").close()
    shown = drive(tmp_path / "office.partnerdesk")
    shown.house.go("today")
    shown.settle()
    shown.window.page.show_view("month")
    shown.settle()
    return shown


def form_of(program):
    return next(one for one in program.window.findChildren(AppointmentForm) if one.isVisible())


def click_entry(program, day):
    grid = program.window.page.agenda.grid
    (rect, _), = grid.places(day)
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, rect.center().toPoint())
    program.settle()


def test_that_an_appointment_is_entered_and_opened_in_the_calendar(program):
    program.press("New appointment")
    program.keys("Fair in Porto")
    program.press("Add appointment", form_of(program))
    assert [str(one.title) for one in program.window.page.agenda.model.on(date(2026, 3, 2))] == ["Fair in Porto"]
    click_entry(program, date(2026, 3, 2))
    assert form_of(program).appointment.title == "Fair in Porto"
    program.press("Delete", form_of(program))
    assert program.window.page.agenda.model.on(date(2026, 3, 2)) == ()


def test_that_one_time_of_a_series_is_left_out_from_the_calendar(program):
    program.do(appointments.new_appointment(Appointment(title="Team", starts_on=date(2026, 3, 3),
                                                        repeats="FREQ=WEEKLY;COUNT=3")))
    program.settle()
    click_entry(program, date(2026, 3, 10))
    program.press("Leave out 10 Mar 2026", form_of(program))
    shown = program.window.page.agenda.model
    assert [bool(shown.on(date(2026, 3, day))) for day in (3, 10, 17)] == [True, False, True]
