"""Popups, menus and dialogs have no black corners where the screen does not blend windows."""

import pytest
from PySide6.QtWidgets import QMenu, QWidget

from partnerdesk.look import tokens
from partnerdesk.views.kit import corners
from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.kit.popup import Popup
from partnerdesk.views.kit.style import apply_theme


def a_popup(parent):
    return Popup(parent)


def a_dialog(parent):
    dialog = DialogShell(parent, "Save view")
    dialog.add_button("Cancel")
    return dialog


def a_menu(parent):
    menu = QMenu(parent)
    menu.addAction("Edit")
    return menu


@pytest.mark.parametrize("make", [a_popup, a_dialog, a_menu])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_that_every_pixel_of_a_window_in_front_is_painted_where_nothing_shows_through(
        make, mode, qapp, qtbot, monkeypatch):
    monkeypatch.setattr(corners, "see_through", lambda: False)
    apply_theme(qapp, mode, 100)
    parent = QWidget()
    qtbot.addWidget(parent)
    shown = make(parent)
    shown.resize(200, 120)
    picture = shown.grab().toImage()
    apply_theme(qapp, "light", 100)
    edges = {picture.pixelColor(x, y).name() for x in (0, picture.width() - 1) for y in (0, picture.height() - 1)}
    line = (tokens.dark() if mode == "dark" else tokens.light()).line2
    assert edges == {line.name()}


def test_that_corners_are_round_where_the_screen_blends_windows(qapp, qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    popup = Popup(parent)
    popup.resize(200, 120)
    assert popup.grab().toImage().pixelColor(0, 0).alpha() < 255
