"""The calendar: a month walked by keys and mouse."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from partnerdesk.domain import clock
from partnerdesk.views.kit.calendar import CalendarGrid, CalendarPopup, months_on

KEYS = Qt.Key


@pytest.fixture(autouse=True)
def stopped():
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    with clock.fixed(datetime(2026, 12, 16, 9, 0, tzinfo=UTC)):
        yield
    QLocale.setDefault(before)


@pytest.fixture
def grid(qtbot):
    grid = CalendarGrid(date(2026, 12, 31))
    qtbot.addWidget(grid)
    with qtbot.waitExposed(grid):
        grid.show()
    return grid


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        ([KEYS.Key_Left], date(2026, 12, 30)),
        ([KEYS.Key_Right], date(2027, 1, 1)),
        ([KEYS.Key_Up, KEYS.Key_Up], date(2026, 12, 17)),
        ([KEYS.Key_Down], date(2027, 1, 7)),
        ([KEYS.Key_PageDown, KEYS.Key_PageDown], date(2027, 2, 28)),
        ([KEYS.Key_PageUp], date(2026, 11, 30)),
        ([KEYS.Key_Home], date(2026, 12, 28)),
        ([KEYS.Key_End], date(2027, 1, 3)),
    ],
)
def test_that_keys_walk_days_weeks_and_months(qtbot, grid, keys, day):
    for key in keys:
        qtbot.keyClick(grid, key)
    assert grid.cursor_day == day
    assert f"{day.day} {day:%b} {day.year}" in grid.accessibleName()


def test_that_shift_and_page_keys_walk_years_and_stop_at_the_first(qtbot, grid):
    qtbot.keyClick(grid, KEYS.Key_PageDown, Qt.KeyboardModifier.ShiftModifier)
    assert grid.cursor_day == date(2027, 12, 31)
    grid.go_to(date(1800, 1, 5))
    qtbot.keyClick(grid, KEYS.Key_PageUp)
    assert grid.cursor_day == date(1800, 1, 5)
    assert months_on(date.max, 1) == date.max


def test_that_arrows_follow_the_eye_where_writing_runs_from_the_right(qtbot, grid):
    grid.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.keyClick(grid, KEYS.Key_Left)
    assert grid.cursor_day == date(2027, 1, 1)


def test_that_a_click_chooses_the_day_painted_there(qtbot, grid):
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        grid.setLayoutDirection(direction)
        with qtbot.waitSignal(grid.chosen) as told:
            place = grid.place_of(date(2026, 12, 3)).center()
            qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=place.toPoint())
        assert told.args == [date(2026, 12, 3)]


def test_that_the_week_begins_as_the_user_is_used_to(grid):
    assert grid.first_shown() == date(2026, 11, 30)
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    assert grid.first_shown() == date(2026, 11, 29)


def popup(qtbot, selected):
    host = QWidget()
    qtbot.addWidget(host)
    host.show()
    opened = CalendarPopup(selected, host)
    opened.open_under(host)
    return host, opened


@pytest.mark.parametrize(
    ("name", "day"), [("Today", date(2026, 12, 16)), ("+3 months", date(2027, 3, 31)), ("Clear", None)]
)
def test_that_the_foot_offers_today_three_months_and_clear(qtbot, freed, name, day):
    host, opened = popup(qtbot, date(2026, 12, 31))
    button = next(one for one in opened.findChildren(QAbstractButton) if one.text() == name)
    told = []
    opened.chosen.connect(told.append)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    freed(opened)
    assert told == [day]
    assert host.isVisible()


def test_that_the_arrow_buttons_turn_months_and_everything_has_a_name(qtbot, freed):
    _, opened = popup(qtbot, None)
    buttons = {one.accessibleName() or one.text(): one for one in opened.findChildren(QAbstractButton)}
    assert set(buttons) == {"Earlier month", "Later month", "Today", "+3 months", "Clear"}
    qtbot.mouseClick(buttons["Later month"], Qt.MouseButton.LeftButton)
    assert opened.grid.title == "January 2027"
    assert opened.grid.hasFocus() or opened.focusProxy() is opened.grid
    qtbot.keyClick(opened.grid, KEYS.Key_Escape)
    freed(opened)
