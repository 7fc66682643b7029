"""Keeps the mouse wheel from changing a field that the pointer merely passes over while a form scrolls."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QApplication, QComboBox, QScrollBar, QWidget

_CHANGED_BY_WHEEL = (QComboBox, QAbstractSpinBox, QAbstractSlider)


class WheelGuard(QObject):
    """Application-wide event filter: a combo or spin box without focus hands the wheel to what scrolls."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._wheel = QEvent.Type.Wheel
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stop wheel events on their way to an unfocused field, leaving them to its parents."""
        if event.type() != self._wheel:
            return False
        if not isinstance(watched, _CHANGED_BY_WHEEL) or isinstance(watched, QScrollBar):
            return False
        if _has_focus(watched):
            return False
        event.ignore()
        return True


def _has_focus(widget: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))
