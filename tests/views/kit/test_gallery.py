"""The sheet of all components: named, unclipped at 200 % and in a longer language, alike after a live switch."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.words import pseudo
from partnerdesk.views.kit.gallery import Gallery
from partnerdesk.views.kit.style import apply_theme


@pytest.fixture(autouse=True)
def light_desk(qapp):
    apply_theme(qapp, "light", 100)
    yield
    apply_theme(qapp, "light", 100)


@pytest.fixture
def sheet(qtbot):
    def show(width=1280, height=1440):
        made = Gallery()
        qtbot.addWidget(made)
        made.resize(width, height)
        made.show()
        QApplication.processEvents()
        return made

    return show


def clipped(parent):
    """What has less room than its words need."""
    found = []
    for widget in parent.findChildren(QWidget):
        if not widget.isVisibleTo(parent):
            continue
        if isinstance(widget, QLabel) and widget.text():
            needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
            narrow = not widget.wordWrap() and widget.width() < widget.sizeHint().width()
            if narrow or widget.height() < needed:
                found.append(f"label {widget.text()}")
        elif isinstance(widget, QAbstractButton) and widget.text() and not isinstance(widget.parent(), QLineEdit):
            hint = widget.sizeHint()
            if widget.width() < hint.width() or widget.height() < hint.height():
                found.append(f"button {widget.text()}")
        elif isinstance(widget, QLineEdit) and widget.height() < widget.sizeHint().height():
            found.append(f"field {widget.text()}")
    return found


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_that_nothing_is_clipped_at_any_text_size(sheet, qapp, percent):
    apply_theme(qapp, "light", percent)
    assert clipped(sheet(1280 * percent // 100, 1440 * percent // 100)) == []


def test_that_nothing_is_clipped_in_a_language_half_as_long_again(sheet):
    made = sheet(1920, 1600)
    for widget in made.findChildren(QWidget):
        if isinstance(widget, QLabel | QAbstractButton) and widget.text():
            widget.setText(pseudo(widget.text()))
    for _ in range(3):
        # a label's new height goes up through grid, column and row, one event each
        QApplication.processEvents()
    assert clipped(made) == []


def test_that_everything_that_takes_the_focus_has_a_name(sheet):
    made = sheet()
    nameless = []
    for widget in made.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(made) and widget.isEnabled():
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            if not (widget.accessibleName() or text):
                nameless.append(type(widget).__name__)
    assert nameless == []


def test_that_a_live_switch_to_dark_and_back_leaves_no_trace(sheet, qapp):
    made = sheet()
    before = made.grab().toImage()
    apply_theme(qapp, "dark", 100)
    QApplication.processEvents()
    dark = made.grab().toImage()
    assert dark.pixelColor(2, 2) == tokens.dark().surface
    apply_theme(qapp, "light", 100)
    QApplication.processEvents()
    assert made.grab().toImage() == before


def test_that_dark_leaves_no_patch_of_white(sheet, qapp):
    apply_theme(qapp, "dark", 100)
    image = sheet().grab().toImage().scaled(640, 720)
    white = sum(image.pixelColor(x, y).lightness() > 250 for x in range(image.width()) for y in range(image.height()))
    assert white < 640 * 720 * 0.001
