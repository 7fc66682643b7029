"""Toasts: one at a time, with Undo, waiting under the pointer."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from partnerdesk.look import tokens
from partnerdesk.views.kit.toast import Toasts


@pytest.fixture
def window(qtbot):
    window = QWidget()
    window.resize(800, 500)
    qtbot.addWidget(window)
    window.toasts = Toasts(window)
    window.told = []
    window.toasts.acted.connect(window.told.append)
    with qtbot.waitActive(window):
        window.show()
    return window


def button(toast, name):
    return next(one for one in toast.findChildren(QAbstractButton) if one.accessibleName() == name)


def test_that_it_stands_bottom_centre_sixteen_up_and_stays_so(qtbot, window):
    window.toasts.show("Deleted Universidad de Sevilla", "Undo")
    toast = window.toasts.current
    assert (toast.height(), toast.geometry().bottom()) == (40, 500 - 16 - 1)
    assert abs(toast.geometry().center().x() - 400) <= 1
    window.resize(600, 400)
    assert toast.geometry().bottom() == 400 - 16 - 1
    assert abs(toast.geometry().center().x() - 300) <= 1


def test_that_undo_is_told_with_its_token_and_the_toast_goes(qtbot, freed, window):
    window.toasts.show("Deleted Universidad de Sevilla", "Undo", "step 12")
    toast = window.toasts.current
    qtbot.mouseClick(button(toast, "Undo"), Qt.MouseButton.LeftButton)
    freed(toast)
    assert window.told == ["step 12"]
    assert window.toasts.current is None


def test_that_the_next_takes_the_place_of_the_last(freed, window):
    window.toasts.show("First")
    first = window.toasts.current
    window.toasts.show("Second")
    freed(first)
    assert window.toasts.current.text == "Second"
    assert window.toasts.current.accessibleName() == "Second"


def test_that_its_time_stands_still_under_the_pointer(window):
    window.toasts.show("Deleted", "Undo")
    toast = window.toasts.current
    assert toast.waiting
    middle = QPointF(toast.rect().center())
    QApplication.sendEvent(toast, QEnterEvent(middle, middle, middle))
    assert not toast.waiting
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast.waiting


def test_that_keys_reach_undo_and_dismiss(qtbot, freed, window):
    window.toasts.show("Deleted", "Undo")
    toast = window.toasts.current
    button(toast, "Undo").setFocus()
    qtbot.keyClick(button(toast, "Undo"), Qt.Key.Key_Escape)
    freed(toast)
    window.toasts.show("Deleted", "Undo", "again")
    qtbot.keyClick(button(window.toasts.current, "Undo"), Qt.Key.Key_Space)
    assert window.told == ["again"]


def test_that_a_long_sentence_stays_in_a_narrow_window_at_double_size(window):
    tokens.set_current(tokens.light(), 200)
    try:
        window.resize(420, 400)
        window.toasts.show("Deleted Universidad de Sevilla and 41 other partners with their agreements", "Undo")
        toast = window.toasts.current
        assert window.rect().contains(toast.geometry())
        for name in ("Undo", "Dismiss"):
            one = button(toast, name)
            assert toast.rect().contains(one.geometry())
            assert one.size().width() >= one.sizeHint().width()
    finally:
        tokens.set_current(tokens.light(), 100)
