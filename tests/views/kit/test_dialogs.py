"""Dialogs: verb on the button, Esc cancels, freed when closed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from partnerdesk.look import tokens
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.dialogs import DialogShell, purge_dialog


@pytest.fixture
def window(qtbot):
    window = QWidget()
    window.resize(900, 600)
    window.told = []
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    return window


def purge(window):
    dialog = purge_dialog(window, "Purge 3 partners for good?", "Also goes: 5 draft agreements.", "Purge 3 partners")
    dialog.verb_chosen.connect(window.told.append)
    dialog.open()
    return dialog


def button(dialog, text):
    return next(one for one in dialog.findChildren(Button) if one.text() == text)


def test_that_the_verb_purges_and_the_dialog_is_freed(qtbot, freed, window):
    dialog = purge(window)
    qtbot.mouseClick(button(dialog, "Purge 3 partners"), Qt.MouseButton.LeftButton)
    freed(dialog)
    assert window.told == ["purge"]


def test_that_esc_and_enter_on_cancel_purge_nothing(qtbot, freed, window):
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space):
        dialog = purge(window)
        qtbot.waitUntil(button(dialog, "Cancel").hasFocus)
        qtbot.keyClick(dialog.focusWidget(), key)
        if key == Qt.Key.Key_Return:
            dialog.reject()
        freed(dialog)
    assert window.told == []


def test_that_enter_runs_the_primary_verb(qtbot, freed, window):
    dialog = DialogShell(window, "Save the view as", width=900)
    dialog.verb_chosen.connect(window.told.append)
    dialog.add_button("Cancel")
    dialog.add_button("Save as", "primary", "save")
    dialog.open()
    assert dialog.width() == 560
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    freed(dialog)
    assert window.told == ["save"]


def test_that_it_lies_over_its_window_named_and_whole_at_double_size(window):
    tokens.set_current(tokens.light(), 200)
    try:
        dialog = purge(window)
        assert dialog.width() == 780
        assert dialog.accessibleName() == "Purge 3 partners for good?"
        assert dialog.windowModality() == Qt.WindowModality.WindowModal
        assert dialog.height() >= dialog.layout().heightForWidth(dialog.width())
        assert abs(dialog.geometry().center().x() - window.geometry().center().x()) <= 2
        dialog.reject()
    finally:
        tokens.set_current(tokens.light(), 100)
