"""The focus ring of buttons and ticks: it lies around the widget, outside its room, cut by no parent."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QCheckBox, QFocusFrame, QPushButton, QRadioButton, QToolButton, QWidget
from shiboken6 import isValid

_FRAMED = (QPushButton, QToolButton, QCheckBox, QRadioButton)


class RingBearer(QObject):
    """Carries the one ring of the program from widget to widget as the focus goes."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._frame: QFocusFrame | None = None
        app.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if self._frame is not None and isValid(self._frame):
            self._frame.setWidget(None)  # type: ignore[arg-type]
            self._frame.deleteLater()
        self._frame = framed(new) if new is not None and wants_ring(new) else None


def wants_ring(widget: QWidget) -> bool:
    """Whether the ring lies around the widget; fields and lists draw theirs inside."""
    return isinstance(widget, _FRAMED) or bool(widget.property("ring"))


def framed(widget: QWidget) -> QFocusFrame:
    """A ring around `widget` that follows it as it moves."""
    frame = QFocusFrame(widget)
    frame.setWidget(widget)
    return frame
