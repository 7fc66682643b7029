"""Theme and text size change while windows are open; controls have their measures."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QFocusFrame, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon
from partnerdesk.views.kit.buttons import Button, IconButton
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.style import ThemeKeeper, apply_theme, palette


@pytest.fixture(autouse=True)
def light_desk(qapp):
    apply_theme(qapp, "light", 100)
    yield
    apply_theme(qapp, "light", 100)


@pytest.fixture
def window(qtbot):
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    return made


def ground(widget):
    image = widget.grab().toImage()
    return image.pixelColor(image.width() // 2, 3).name()


@pytest.mark.parametrize("make", [lambda: Button("Save"), QLineEdit, QComboBox, QSpinBox])
def test_that_controls_are_28_high_and_grow_with_the_text(qapp, qtbot, make):
    control = make()
    qtbot.addWidget(control)
    assert control.sizeHint().height() == 28
    apply_theme(qapp, "light", 150)
    assert control.sizeHint().height() == 42


def test_that_an_icon_button_is_square(qtbot):
    button = IconButton(Icon.PRINT, "Print")
    qtbot.addWidget(button)
    assert button.sizeHint() == QSize(28, 28)
    assert button.accessibleName() == "Print"


def test_that_a_button_repaints_in_the_other_theme(qapp, qtbot):
    button = Button("New partner", "primary", icon=Icon.ADD)
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    assert ground(button) == tokens.light().accent.name()
    apply_theme(qapp, "dark", 100)
    assert ground(button) == tokens.dark().accent.name()


def test_that_words_take_ink_and_size_of_the_new_theme(qapp, qtbot):
    words = Words("Prague", "tiny", "muted")
    qtbot.addWidget(words)
    apply_theme(qapp, "dark", 200)
    assert words.palette().color(QPalette.ColorRole.WindowText) == tokens.dark().muted
    assert words.font().pixelSize() == 23


def test_that_the_same_theme_twice_tells_the_same(qapp):
    keeper = apply_theme(qapp, "dark", 100)
    assert apply_theme(qapp, "dark", 100) is keeper
    assert len(qapp.findChildren(ThemeKeeper)) == 1
    assert keeper.mode == "dark"


@pytest.mark.parametrize("theme", [tokens.light(), tokens.dark()], ids=lambda theme: theme.name)
def test_that_a_list_without_focus_has_a_quieter_selection(theme):
    made = palette(theme)
    assert made.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Highlight) == theme.selection
    assert made.color(QPalette.ColorGroup.Inactive, QPalette.ColorRole.Highlight) == theme.sel_inactive
    assert made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == theme.disabled


def test_that_the_ring_goes_with_the_focus_from_button_to_button(window, qtbot):
    one, two, field = Button("One"), Button("Two"), QLineEdit()
    for widget in (one, two, field):
        window.layout().addWidget(widget)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    for button in (one, two):
        button.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        rings = [ring for ring in window.findChildren(QFocusFrame) if ring.widget() is not None]
        assert [ring.widget() for ring in rings] == [button]
        assert rings[0].geometry() == button.geometry().adjusted(-3, -3, 3, 3)
    field.setFocus()
    QApplication.processEvents()
    assert not [ring for ring in window.findChildren(QFocusFrame) if ring.widget() is not None]


def test_that_a_field_does_not_change_its_size_with_the_focus(window, qtbot):
    field = QLineEdit("Beijing")
    window.layout().addWidget(field)
    window.show()
    before = field.geometry(), field.sizeHint()
    field.setFocus()
    QApplication.processEvents()
    assert (field.geometry(), field.sizeHint()) == before
