"""The calendar of stays: its stretch goes with the buttons, rows open by keys, bars lie where they should."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest

from partnerdesk.domain.journal import Deed
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import Text
from partnerdesk.look import tokens
from partnerdesk.services.office import create_file
from partnerdesk.views.kit.buttons import Button, IconButton
from partnerdesk.views.kit.style import apply_theme
from partnerdesk.views.stay_calendar import Axis, StayCalendar, lane_room

TODAY = date(2026, 3, 2)
pytestmark = pytest.mark.usefixtures("stopped_clock")


def fill(unit):
    home = unit.add(Institution(name="Northbridge", is_home=True)).id
    partner = unit.add(Institution(name="Universidad de Chile", country="CL")).id
    person = unit.add(Person(given_names="Ana", family_name="Diallo")).id
    return [unit.add(Stay(
        person_id=person, sending_id=home, receiving_id=partner, sending_status="live", receiving_status="verified",
        planned_from=TODAY + timedelta(days=n), planned_to=TODAY + timedelta(days=90 + n),
        actual_from=TODAY + timedelta(days=n))).id for n in range(5)]


@pytest.fixture
def shown(qtbot, qapp, desk, tmp_path):
    apply_theme(qapp, "light", 100)
    answers = []
    desk.adopt(create_file(tmp_path / "office.partnerdesk"))
    desk.do(Deed(Text("fill"), fill), answers.append)
    qtbot.waitUntil(lambda: bool(answers) and desk.idle)
    calendar = StayCalendar(desk)
    calendar.stays = answers[0]
    qtbot.addWidget(calendar)
    calendar.resize(1000, 500)
    with qtbot.waitActive(calendar):
        calendar.show()
    calendar.set_query(ListQuery())
    qtbot.waitUntil(lambda: calendar.model.stays == 5)
    return calendar


def press(calendar, name):
    button = next(b for kind in (Button, IconButton) for b in calendar.findChildren(kind)
                  if name in (b.text(), b.accessibleName()))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_that_the_stretch_is_a_year_with_today_in_it_and_goes_with_its_buttons(shown, qtbot, desk):
    assert (shown.axis.first, shown.axis.last) == (date(2025, 12, 1), date(2026, 11, 30))
    press(shown, "Later")
    assert shown.axis.first == date(2026, 3, 1)
    press(shown, "Earlier")
    press(shown, "Earlier")
    assert shown.axis.first == date(2025, 9, 1)
    press(shown, "Today")
    assert shown.axis.first == date(2025, 12, 1)
    shown.zoom.setFocus()
    QTest.keyClick(shown.zoom, Qt.Key.Key_Right)
    assert shown.axis.months == 24
    qtbot.waitUntil(lambda: desk.idle)


def test_that_days_lie_in_proportion_and_stay_within_the_room():
    axis, room = Axis(date(2026, 1, 1), 12), QRectF(100, 0, 365, 20)
    assert axis.x(date(2026, 1, 1), room) == 100
    assert axis.x(date(2026, 2, 1), room) == pytest.approx(131)
    assert axis.x(date(2025, 5, 1), room) == 100
    assert axis.x(date(2030, 5, 1), room) == 465
    assert [begin.month for begin in axis.begins] == [*range(1, 13), 1]


def test_that_return_opens_a_stay_and_arrows_close_its_group(shown):
    opened = []
    shown.opened.connect(opened.append)
    shown.setFocus()
    shown.lanes.setCurrentIndex(shown.model.index(2, 0))
    QTest.keyClick(shown.lanes, Qt.Key.Key_Return)
    assert opened == [shown.stays[1]]
    shown.lanes.setCurrentIndex(shown.model.index(0, 0))
    QTest.keyClick(shown.lanes, Qt.Key.Key_Left)
    assert shown.model.rowCount() == 1
    QTest.keyClick(shown.lanes, Qt.Key.Key_Right)
    assert shown.model.rowCount() == 6


def test_that_a_bar_is_painted_from_its_first_to_its_last_day(shown, qtbot):
    qtbot.waitUntil(lambda: shown.model.index(1, 0).data() is not None)
    QTest.qWait(20)
    picture = shown.lanes.viewport().grab().toImage()
    rect = shown.lanes.visualRect(shown.model.index(1, 0))
    room, color = lane_room(QRectF(rect)), tokens.current().series[0].name()

    def at(day):
        return picture.pixelColor(round(shown.axis.x(day, room)), rect.center().y()).name()

    assert at(TODAY + timedelta(days=45)) == color
    assert at(TODAY + timedelta(days=88)) == color
    assert at(TODAY + timedelta(days=94)) != color
    assert at(TODAY - timedelta(days=5)) != color


def test_that_a_change_keeps_the_row_and_the_scroll(shown, qtbot, desk):
    shown.resize(1000, 190)
    shown.lanes.setCurrentIndex(shown.model.index(4, 0))
    shown.lanes.verticalScrollBar().setValue(40)
    at = shown.lanes.verticalScrollBar().value()
    assert at
    desk.do(Deed(Text("try"), lambda unit: unit.change(Stay, shown.stays[0], None, deleted_at="2026-03-02")))
    qtbot.waitUntil(lambda: desk.idle and shown.model.stays == 4)
    assert shown.lanes.currentIndex().row() == 3
    assert shown.lanes.verticalScrollBar().value() == at
