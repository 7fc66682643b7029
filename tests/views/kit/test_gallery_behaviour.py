"""The sheet of parts that behave: named, unclipped at 200 %, in two themes, in both directions of writing."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from partnerdesk.domain import clock
from partnerdesk.look import tokens
from partnerdesk.views.kit.gallery_behaviour import behaviour_sheet
from partnerdesk.views.kit.labels import ShortWords
from partnerdesk.views.kit.style import apply_theme


@pytest.fixture(autouse=True)
def light_desk(qapp):
    apply_theme(qapp, "light", 100)
    with clock.fixed(datetime(2026, 12, 16, 9, 0, tzinfo=UTC)):
        yield
    apply_theme(qapp, "light", 100)


@pytest.fixture
def sheet(qtbot):
    def show(percent=100, direction=Qt.LayoutDirection.LeftToRight):
        made = behaviour_sheet()
        made.setLayoutDirection(direction)
        qtbot.addWidget(made)
        made.resize(1280 * percent // 100, 1500 * percent // 100)
        made.show()
        for _ in range(3):
            QApplication.processEvents()
        return made

    return show


def shown(sheet):
    return [widget for widget in sheet.findChildren(QWidget) if widget.isVisibleTo(sheet)]


def clipped(sheet):
    found = []
    for widget in shown(sheet):
        words = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
        if not words or isinstance(widget.parent(), QLineEdit):
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            cut = widget.height() < widget.heightForWidth(widget.width())
        else:
            hint = widget.sizeHint()
            cut = widget.height() < hint.height() or widget.width() < hint.width()
        inside = QRect(QPoint(0, 0), sheet.size()).contains(QRect(widget.mapTo(sheet, QPoint(0, 0)), widget.size()))
        if cut or not inside:
            found.append(words)
    return found


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("percent", [100, 125, 200])
def test_that_no_word_is_clipped_at_any_text_size(sheet, qapp, percent, direction):
    apply_theme(qapp, "light", percent)
    assert clipped(sheet(percent, direction)) == []


def test_that_a_part_made_before_the_text_grew_is_not_clipped_either(sheet, qapp):
    made = sheet(200)
    apply_theme(qapp, "light", 150)
    for _ in range(3):
        QApplication.processEvents()
    bars = [widget for widget in shown(made) if type(widget).__name__ in ("MessageBar", "ChipBar", "SaveState")]
    assert len(bars) == 7
    assert all(bar.height() >= tokens.px(30) for bar in bars)
    assert [label.text() for label in made.findChildren(ShortWords) if label.height() < label.sizeHint().height()] == []


def test_that_everything_that_takes_the_focus_has_a_name(sheet):
    made, nameless = sheet(), []
    for widget in shown(made):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled():
            words = widget.text() if isinstance(widget, QAbstractButton) else ""
            if not (widget.accessibleName() or words):
                nameless.append(type(widget).__name__)
    assert nameless == []


def test_that_dark_leaves_no_patch_of_white_but_the_toast(sheet, qapp):
    apply_theme(qapp, "dark", 100)
    made = sheet()
    image = made.grab().toImage()
    ground = image.pixelColor(2, 2)
    white = [
        (x, y)
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
        if image.pixelColor(x, y).lightness() > 250
    ]
    assert ground == tokens.dark().surface
    assert len(white) < 40
