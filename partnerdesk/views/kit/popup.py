"""The frame of everything that pops up: rounded, one hairline, no shadow, kept on the screen, freed when closed."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol
from weakref import ref

import shiboken6
from PySide6.QtCore import QPoint, QPropertyAnimation, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QCursor, QGuiApplication, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from partnerdesk.look import tokens
from partnerdesk.views.kit import corners, motion

GAP, FADE_MS = 4, 80


class Popup(QWidget):
    """A frameless popup on `raised`; `closed` comes once, whatever closed it, and then it is deleted."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        flags = Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
        super().__init__(parent, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, corners.see_through())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._closing = False
        self._anchor: QRect | None = None
        self._pointer = QCursor.pos()
        self._fade = QPropertyAnimation(self, b"windowOpacity", self)
        self._fade.setDuration(FADE_MS)
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)

    def open_under(self, anchor: QWidget) -> None:
        """Show below `anchor`, aligned with its leading edge; above where the screen ends."""
        self._anchor = QRect(anchor.mapToGlobal(QPoint(0, 0)), anchor.size())
        self.refit()
        self.show()

    def open_at(self, at: QPoint) -> None:
        """Show with the upper left corner at the global point `at`, moved so that it lies on the screen."""
        self._anchor = None
        self._put(at, self.sizeHint())
        self.show()

    def refit(self) -> None:
        """Take the size it wants now, keeping to its anchor."""
        size = self.sizeHint()
        if self._anchor is None:
            self.resize(size)
            return
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self._anchor.right() + 1 - size.width() if mirrored else self._anchor.left()
        below, above = self._anchor.bottom() + 1 + GAP, self._anchor.top() - GAP - size.height()
        room = _room(self._anchor.center(), self)
        fits = below + size.height() <= room.bottom() + 1 or above < room.top()
        self._put(QPoint(left, below if fits else above), size)

    def pointer_moved(self) -> bool:
        """Whether the user moved the pointer since this was last asked.

        Rows that appear or shift under a pointer at rest must not take the keyboard's place.
        """
        before, self._pointer = self._pointer, QCursor.pos()
        return before != self._pointer

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground and its hairline."""
        painter = QPainter(self)
        t = tokens.current()
        corners.ground(painter, QRectF(self.rect()), tokens.px(tokens.RADIUS_CARD), t.raised, t.line2)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard goes to the part that stands for it."""
        super().showEvent(event)
        if motion.duration(FADE_MS) and self.isWindow():
            self._fade.start()
        proxy = self.focusProxy()
        if proxy is not None:
            proxy.setFocus(Qt.FocusReason.PopupFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """A popup that a click outside hides is closed for good."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._close_once()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that it is over."""
        super().closeEvent(event)
        self._close_once()

    def _close_once(self) -> None:
        if not self._closing:
            self._closing = True
            self.closed.emit()
            self.deleteLater()

    def _put(self, at: QPoint, size: QSize) -> None:
        room = _room(at, self)
        x = max(room.left(), min(at.x(), room.right() + 1 - size.width()))
        y = max(room.top(), min(at.y(), room.bottom() + 1 - size.height()))
        self.setGeometry(QRect(QPoint(x, y), size))


class LateReply:
    """Carries an answer home to `owner.take_answer(*ticket, found)`, or nowhere when the owner has gone."""

    def __init__(self, owner: "Answered", *ticket: int) -> None:
        self._owner = ref(owner)
        self._ticket = ticket

    def __call__(self, found: Sequence[Any]) -> None:
        """Deliver what was found."""
        owner = self._owner()
        if owner is not None and shiboken6.isValid(owner):
            owner.take_answer(*self._ticket, found)


class Answered(Protocol):
    """A popup that asks and is answered later."""

    @property
    def take_answer(self) -> Callable[..., None]:
        """Takes the ticket of the question and what was found."""


def _room(at: QPoint, widget: QWidget) -> QRect:
    screen = QGuiApplication.screenAt(at) or widget.screen()
    return screen.availableGeometry()
