"""The menu bar: keys that are no letters of a menu go past it to the page, also while the bar has the keyboard."""

from functools import reduce

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenuBar

from partnerdesk.look.tokens import px

_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class MenuBar(QMenuBar):
    """After Esc in a menu the bar keeps the keyboard; a shortcut pressed then gives it back first, so that it works.

    Qt restores the widget that had the keyboard before when the bar is left by Esc.
    """

    def sizeHint(self) -> QSize:
        """All menus side by side; written from right to left Qt would count only those that have room already."""
        hint = super().sizeHint()
        if self.isRightToLeft():
            places = [self.actionGeometry(action) for action in self.actions() if action.isVisible()]
            hint.setWidth(reduce(QRect.united, places, QRect()).width() + px(8))
        return hint

    def event(self, event: QEvent) -> bool:
        """Leave before the shortcut is looked for."""
        if (event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.hasFocus()
                and event.modifiers() & _HELD and event.key() not in _BARE):
            escape = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(self, escape)
            event.ignore()
            return False
        return super().event(event)


_BARE = (Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_Shift, Qt.Key.Key_AltGr)
