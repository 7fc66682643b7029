import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from partnerdesk.views.kit.menus import MenuBar


@pytest.fixture
def page(qtbot):
    """A bar with one menu over a part that has a field and a shortcut of its own."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    window.bar, part = MenuBar(window), QWidget(window)
    window.bar.addMenu("&File").addAction("Open")
    column.addWidget(window.bar)
    column.addWidget(part)
    window.field = QLineEdit(part)
    window.heard = []
    shortcut = QShortcut(QKeySequence("Ctrl+P"), part, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(lambda: window.heard.append("printed"))
    with qtbot.waitActive(window):
        window.show()
    window.field.setFocus()
    return window


def test_that_a_shortcut_works_after_a_menu_was_left_with_one_escape(page, qtbot):
    QTest.keyClick(page.field, "f", Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Escape)
    assert page.bar.hasFocus()
    QTest.keySequence(page.bar, QKeySequence("Ctrl+P"))
    assert page.heard == ["printed"]
    assert page.field.hasFocus()


def test_that_letters_and_arrows_still_lead_through_the_bar(page):
    QTest.keyClick(page.field, "f", Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Escape)
    QTest.keyClick(page.bar, Qt.Key.Key_Control)
    assert page.bar.hasFocus()
    QTest.keyClick(page.bar, Qt.Key.Key_Down)
    assert QApplication.activePopupWidget() is not None
    QApplication.activePopupWidget().close()


def test_that_all_menus_have_room_when_written_from_right_to_left(page, qtbot):
    for name in ("&Edit", "&Record", "&Go", "&Help"):
        page.bar.addMenu(name).addAction("One")
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    page.bar.resize(page.bar.sizeHint())
    qtbot.waitUntil(lambda: all(page.bar.rect().contains(page.bar.actionGeometry(a)) for a in page.bar.actions()))
