"""The date field: takes what people write, refuses with a reason, tells once."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from partnerdesk.domain import clock
from partnerdesk.views.kit.calendar import CalendarPopup
from partnerdesk.views.kit.datefield import LenientDateField, order_of
from partnerdesk.views.kit.forms import Field

LAST = date(2026, 12, 31)


@pytest.fixture(autouse=True)
def stopped():
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    with clock.fixed(datetime(2026, 12, 16, 9, 0, tzinfo=UTC)):
        yield
    QLocale.setDefault(before)


class Form(QWidget):
    """A date field in its frame, a second field to go to, and what was told."""

    def __init__(self):
        super().__init__()
        self.told, self.refusals = [], []
        column = QVBoxLayout(self)
        self.field = LenientDateField()
        self.frame = Field("Ends", self.field)
        self.other = QLineEdit()
        column.addWidget(self.frame)
        column.addWidget(self.other)
        self.field.edited.connect(self.told.append)
        self.field.refused.connect(self.refusals.append)


@pytest.fixture
def form(qtbot):
    form = Form()
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
    form.field.setFocus()
    return form


def write(qtbot, form, text):
    form.field.selectAll()
    qtbot.keyClick(form.field, Qt.Key.Key_Delete)
    qtbot.keyClicks(form.field, text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/12/26", LAST),
        ("31.12.2026", LAST),
        ("31122026", LAST),
        ("2026-12-31", LAST),
        ("31 Dec", LAST),
        ("today", date(2026, 12, 16)),
        ("+3m", date(2027, 3, 16)),
    ],
)
def test_that_leaving_the_field_tells_the_day_however_it_is_written(qtbot, form, text, day):
    write(qtbot, form, text)
    assert form.told == []
    form.other.setFocus()
    assert form.told == [day]
    assert form.field.text() == f"{day.day} {day:%b} {day.year}"
    form.field.setFocus()
    form.other.setFocus()
    assert form.told == [day]


def test_that_the_day_understood_stands_beneath_while_it_is_typed(qtbot, form):
    write(qtbot, form, "31.12.26")
    assert form.field.notes.hint == "31 Dec 2026, Thursday"
    assert form.field.accessibleDescription() == "31 Dec 2026, Thursday"
    form.other.setFocus()
    assert form.field.notes.hint == ""


def test_that_what_is_no_day_is_refused_with_the_reason_and_stays(qtbot, form):
    form.field.set_value(LAST)
    write(qtbot, form, "31/31/26")
    assert form.field.notes.error == ""
    form.other.setFocus()
    assert form.other.hasFocus()
    assert form.field.text() == "31/31/26"
    assert form.told == []
    assert form.refusals and form.refusals[0] == form.field.notes.error
    assert form.field.value() == LAST
    form.field.setFocus()
    write(qtbot, form, "30/12/26")
    assert form.field.notes.error == ""
    form.other.setFocus()
    assert form.told == [date(2026, 12, 30)]


def test_that_an_empty_field_means_no_day(qtbot, form):
    form.field.set_value(LAST)
    write(qtbot, form, "")
    qtbot.keyClick(form.field, Qt.Key.Key_Return)
    assert form.told == [None]


def test_that_ctrl_semicolon_means_today(qtbot, form):
    qtbot.keyClick(form.field, Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    assert form.told == [date(2026, 12, 16)]
    assert form.field.text() == "16 Dec 2026"


def test_that_esc_takes_back_what_was_typed(qtbot, form):
    form.field.set_value(LAST)
    write(qtbot, form, "nonsense")
    qtbot.keyClick(form.field, Qt.Key.Key_Escape)
    assert form.field.text() == "31 Dec 2026"
    form.other.setFocus()
    assert form.told == [] and form.refusals == []


def test_that_the_calendar_opens_by_key_and_its_choice_is_told(qtbot, freed, form):
    form.field.set_value(LAST)
    qtbot.keyClick(form.field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    opened = form.field.findChild(CalendarPopup)
    assert opened.grid.cursor_day == LAST
    qtbot.keyClick(opened.grid, Qt.Key.Key_Left)
    qtbot.keyClick(opened.grid, Qt.Key.Key_Return)
    freed(opened)
    assert form.told == [date(2026, 12, 30)]
    qtbot.keyClick(form.field, Qt.Key.Key_F4)
    assert form.field.findChild(CalendarPopup) is not None


def test_that_differing_values_stay_unless_one_is_written(qtbot, form):
    form.field.set_mixed(4)
    assert form.field.placeholderText() == "—"
    form.other.setFocus()
    assert form.told == []
    form.field.setFocus()
    write(qtbot, form, "31/12/26")
    form.other.setFocus()
    assert form.told == [LAST]


def test_that_a_locked_field_takes_nothing(qtbot, form):
    form.field.set_value(LAST)
    form.field.set_locked("Approved versions cannot change")
    write(qtbot, form, "1/1/27")
    qtbot.keyClick(form.field, Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(form.field, Qt.Key.Key_F4)
    assert form.field.findChild(CalendarPopup) is None
    assert (form.told, form.field.text()) == ([], "31 Dec 2026")


def test_that_a_refresh_does_not_disturb_what_is_being_typed(qtbot, form):
    write(qtbot, form, "30.1")
    form.field.set_value(LAST)
    assert form.field.text() == "30.1"


def test_that_the_order_of_day_and_month_follows_the_locale():
    english, german, japanese = QLocale.Language.English, QLocale.Language.German, QLocale.Language.Japanese
    assert order_of(QLocale(english, QLocale.Country.UnitedKingdom)) == "dmy"
    assert order_of(QLocale(english, QLocale.Country.UnitedStates)) == "mdy"
    assert order_of(QLocale(german, QLocale.Country.Germany)) == "dmy"
    assert order_of(QLocale(japanese, QLocale.Country.Japan)) == "ymd"
