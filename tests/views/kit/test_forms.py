"""Fields tell values, errors, locks and mixed values the same way, whatever they edit."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QLabel, QPushButton

from partnerdesk.look.icons import Icon
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor, TextEditor, TickEditor, ToggleChip, ToggleEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.style import apply_theme


@pytest.fixture(autouse=True)
def light_desk(qapp):
    apply_theme(qapp, "light", 100)


def make_choice():
    return ChoiceEditor(((1, "1 · Strategic"), (2, "2 · Active")))


def make_toggles():
    return ToggleEditor((("students", "Students", Icon.STUDENTS), ("staff", "Staff", Icon.STAFF)))


EDITORS = {
    "line": (LineEditor, "Beijing", ""),
    "text": (TextEditor, "Two\nlines", ""),
    "choice": (make_choice, 2, None),
    "tick": (lambda: TickEditor("Abroad"), True, False),
    "toggles": (make_toggles, frozenset({"staff"}), frozenset()),
}
EVERY = pytest.mark.parametrize("make, value, empty", EDITORS.values(), ids=EDITORS)


@pytest.fixture
def shown(qtbot):
    def show(make, label="City", **options):
        field = Field(label, make(), **options)
        qtbot.addWidget(field)
        field.resize(320, field.sizeHint().height())
        field.show()
        return field

    return show


def visible_words(field):
    return [label.text() for label in field.findChildren(QLabel) if label.isVisible() and label.text()]


@EVERY
def test_that_a_value_given_is_the_value_read_and_is_not_told_back(shown, make, value, empty):
    field = shown(make)
    told = []
    field.edited.connect(told.append)
    field.set_value(value)
    assert field.value() == value
    field.set_value(None)
    assert field.value() == empty
    assert told == []


@EVERY
def test_that_an_error_stands_beneath_with_its_fix(shown, qtbot, make, value, empty):
    field = shown(make)
    field.set_error("It has no ending", "Add .edu")
    assert "It has no ending" in visible_words(field)
    fix = next(b for b in field.findChildren(QPushButton) if b.text() == "Add .edu")
    with qtbot.waitSignal(field.fix_wanted, timeout=1000):
        qtbot.mouseClick(fix, Qt.MouseButton.LeftButton)
    field.set_error("")
    assert "It has no ending" not in visible_words(field)


@EVERY
def test_that_differing_records_are_counted_and_leaving_tells_nothing(shown, make, value, empty):
    field = shown(make)
    told = []
    field.edited.connect(told.append)
    field.set_value(value)
    field.set_mixed(4)
    assert "4 records differ" in visible_words(field)
    field.editor.commit()
    assert told == []


@EVERY
def test_that_the_accessible_name_is_the_label_without_the_star(shown, make, value, empty):
    field = shown(make, "Responsible", required=True)
    assert field.editor.accessibleName() == "Responsible"
    assert field.label == "Responsible"


def test_that_what_is_said_beneath_is_said_to_a_screen_reader(shown):
    field = shown(LineEditor, help_text="Used for the map")
    assert field.editor.accessibleDescription() == "Used for the map"
    field.set_error("No such city")
    assert field.editor.accessibleDescription() == "No such city"


def test_that_a_typed_line_is_told_once_on_enter(shown, qtbot):
    field = shown(LineEditor)
    told = []
    field.edited.connect(told.append)
    qtbot.keyClicks(field.editor, " Lyon ")
    assert told == []
    qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    field.editor.commit()
    assert told == ["Lyon"]


def test_that_escape_takes_back_what_was_typed(shown, qtbot):
    field = shown(LineEditor)
    field.set_value("Lyon")
    qtbot.keyClicks(field.editor, "x")
    qtbot.keyClick(field.editor, Qt.Key.Key_Escape)
    assert field.value() == "Lyon"


def test_that_a_refresh_does_not_overwrite_words_being_typed(shown, qtbot):
    field = shown(LineEditor)
    field.activateWindow()
    field.editor.setFocus()
    qtbot.waitUntil(field.editor.hasFocus)
    qtbot.keyClicks(field.editor, "Ly")
    field.set_value("Paris")
    assert field.value() == "Ly"


def test_that_a_locked_line_cannot_be_typed_in_and_says_why(shown, qtbot):
    field = shown(LineEditor)
    field.set_value("2019-114")
    field.set_locked("Approved versions do not change")
    qtbot.keyClicks(field.editor, "9")
    assert field.value() == "2019-114"
    assert field.editor.toolTip() == field.editor.accessibleDescription() == "Approved versions do not change"
    field.set_locked("")
    assert not field.editor.toolTip()
    qtbot.keyClicks(field.editor, "9")
    assert "9" in field.value()[-1:] + field.value()[:1]


def test_that_a_warning_stands_beneath_its_field_until_something_is_wrong(shown, qtbot):
    field = shown(LineEditor)
    field.set_warning("The programme ends before", "End with it")
    assert "The programme ends before" in visible_words(field)
    assert not field.editor.property("error")
    field.set_error("No year")
    assert "The programme ends before" not in visible_words(field)
    field.set_error("")
    with qtbot.waitSignal(field.fix_wanted):
        next(b for b in field.findChildren(Button) if b.text() == "End with it").click()


def test_that_a_text_grows_with_its_lines_to_six(shown):
    field = shown(TextEditor)
    heights = []
    for lines in (1, 2, 4, 6, 12):
        field.set_value("\n".join(["line"] * lines))
        heights.append(field.editor.height())
    assert heights[0] == heights[1] < heights[2] < heights[3] == heights[4]


def test_that_the_wheel_does_not_change_a_choice(shown, qapp):
    field = shown(make_choice)
    field.set_value(1)
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    qapp.sendEvent(field.editor, wheel)
    assert field.value() == 1


def test_that_an_unknown_choice_shows_as_none(shown):
    field = shown(make_choice)
    field.set_value(7)
    assert field.editor.currentIndex() == -1


def test_that_choosing_the_same_again_tells_nothing(shown):
    field = shown(make_choice)
    told = []
    field.edited.connect(told.append)
    field.set_value(1)
    field.editor.activated.emit(0)
    field.editor.activated.emit(1)
    assert told == [2]


def test_that_a_toggle_tells_the_whole_set_at_once(shown, qtbot):
    field = shown(make_toggles)
    told = []
    field.edited.connect(told.append)
    chips = field.findChildren(ToggleChip)
    for chip in chips:
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert told == [frozenset({"students"}), frozenset({"students", "staff"})]


def test_that_a_mixed_tick_becomes_a_plain_one_when_clicked(shown, qtbot):
    field = shown(lambda: TickEditor("Abroad"))
    field.set_mixed(3)
    told = []
    field.edited.connect(told.append)
    qtbot.mouseClick(field.editor, Qt.MouseButton.LeftButton, pos=QPoint(8, field.editor.height() // 2))
    assert told == [True]
    assert not field.editor.isTristate()


@pytest.mark.parametrize("width, columns", [(320, 1), (480, 1), (700, 2)])
def test_that_a_form_has_two_columns_only_where_it_is_wide(qtbot, width, columns):
    grid = FormGrid()
    qtbot.addWidget(grid)
    fields = [grid.add(Field(name, LineEditor())) for name in ("City", "Country", "Region")]
    grid.resize(width, 400)
    grid.show()
    grid.grab()
    assert len({field.x() for field in fields}) == columns


def test_that_short_fields_pair_up_even_in_a_narrow_pane(qtbot):
    grid = FormGrid()
    qtbot.addWidget(grid)
    one, two, lone = (grid.add(Field(name, LineEditor()), short=True) for name in ("Tier", "Since", "Until"))
    grid.resize(360, 400)
    grid.show()
    grid.grab()
    assert one.y() == two.y() < lone.y()
    assert abs(one.width() - two.width()) <= 1
    assert lone.width() == 360


@pytest.mark.parametrize("kind", [LineEditor, TextEditor, LenientDateField])
def test_that_undo_in_a_field_with_nothing_typed_is_the_offices(shown, qtbot, kind):
    field = shown(kind)
    undone = []
    action = QAction(field.window())
    action.setShortcut(QKeySequence.StandardKey.Undo)
    action.triggered.connect(lambda: undone.append(1))
    field.window().addAction(action)
    field.editor.setFocus()
    qtbot.waitUntil(field.editor.hasFocus)
    qtbot.keyClick(field.editor, "z", Qt.KeyboardModifier.ControlModifier)
    assert undone == [1]
    qtbot.keyClicks(field.editor, "31")
    qtbot.keyClick(field.editor, "z", Qt.KeyboardModifier.ControlModifier)
    assert undone == [1]
