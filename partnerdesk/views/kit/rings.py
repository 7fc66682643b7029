"""The focus ring of buttons and ticks: it lies around the widget, outside its room, cut by no parent."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QCheckBox, QFocusFrame, QPushButton, QRadioButton, QToolButton, QWidget
from shiboken6 import isValid

from partnerdesk.look import tokens

_FRAMED = (QPushButton, QToolButton, QCheckBox, QRadioButton)


class Ring(QFocusFrame):
    """A focus frame that comes back after a change of theme, when Qt hides it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        tokens.watch().changed.connect(self._come_back)

    @Slot()
    def _come_back(self) -> None:
        framed_widget = self.widget()
        if framed_widget is not None and framed_widget.isVisible():
            self.show()
            self.raise_()


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
    frame = Ring(widget)
    frame.setWidget(widget)
    return frame
