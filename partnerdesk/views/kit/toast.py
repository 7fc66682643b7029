"""The toast: one sentence about what was just done, with Undo, gone after ten seconds."""

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QRectF, QSize, Qt, QTimer, QVariantAnimation, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.fonts import font
from partnerdesk.look.icons import Icon, paint_icon
from partnerdesk.look.paint import CENTER, MIDDLE, rounded, write
from partnerdesk.look.tokens import STROKE_INLINE, mixed, px
from partnerdesk.views.kit import motion

SECONDS, UP, WIDEST = 10, 16, 560


class TipButton(QAbstractButton):
    """A button on the toast's ground: words in 600, or the × alone."""

    def __init__(self, text: str, parent: QWidget, icon: Icon | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Room for the words and the ring."""
        if self._icon is not None:
            return QSize(px(28), px(28))
        return QSize(QFontMetrics(font("strong")).horizontalAdvance(self.text()) + px(16), px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words or icon; ground under the pointer; ring with the focus."""
        painter, t = QPainter(self), tokens.current()
        toast = self.parentWidget()
        painter.setOpacity(toast.shown if isinstance(toast, Toast) else 1.0)
        box = QRectF(self.rect())
        if self.underMouse() or self.isDown():
            rounded(painter, box, tokens.RADIUS_CONTROL, mixed(t.tip_bg, t.tip_text, 0.14))
        if self.hasFocus():
            rounded(painter, box, tokens.RADIUS_CONTROL, None, t.tip_text, 2)
        if self._icon is None:
            write(painter, box, self.text(), font("strong"), t.tip_text, MIDDLE)
            return
        side = px(14)
        place = QRectF(0, 0, side, side)
        place.moveCenter(box.center())
        paint_icon(painter, place, self._icon, t.tip_text, STROKE_INLINE)


class Toast(QWidget):
    """One sentence at the bottom of its window; `acted` when its button is pressed, `gone` when it is over."""

    acted = Signal()
    gone = Signal()

    def __init__(self, text: str, action: str, parent: QWidget) -> None:
        """`action` is the word on the button, such as "Undo"; "" for none."""
        super().__init__(parent)
        self.shown = 1.0
        self._window = parent
        self._text = text
        self._over = False
        self.setAccessibleName(text)
        self._action = TipButton(action, self) if action else None
        self._close = TipButton(self.tr("Dismiss"), self, Icon.REMOVE)
        if self._action is not None:
            self._action.clicked.connect(self._act)
        self._close.clicked.connect(self.finish)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SECONDS * 1000)
        self._timer.timeout.connect(self._time_is_up)
        self._fade = QVariantAnimation(self)
        self._fade.setDuration(motion.duration(80))
        self._fade.setStartValue(0.0)
        self._fade.setEndValue(1.0)
        self._fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._fade.valueChanged.connect(self._faded)
        parent.installEventFilter(self)
        tokens.watch().changed.connect(self.place)

    @property
    def text(self) -> str:
        """The sentence."""
        return self._text

    @property
    def waiting(self) -> bool:
        """Whether its time is running."""
        return self._timer.isActive()

    def appear(self) -> None:
        """Show it, announce it to screen readers and let its time begin."""
        self.place()
        self.show()
        self.raise_()
        if motion.duration(80):
            self._fade.start()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._text))

    @Slot()
    def finish(self) -> None:
        """Take it away for good."""
        if not self._over:
            self._over = True
            self._timer.stop()
            self.hide()
            self.gone.emit()
            self.deleteLater()

    @Slot()
    def place(self) -> None:
        """Bottom centre of the window, 16 up; narrower than it."""
        window = self._window
        size = self.sizeHint()
        width = min(size.width(), window.width() - 2 * px(UP))
        self.setGeometry((window.width() - width) // 2, window.height() - size.height() - px(UP), width, size.height())
        self._lay()

    def sizeHint(self) -> QSize:
        """The sentence and its buttons, 40 high."""
        words = QFontMetrics(font("body")).horizontalAdvance(self._text) + 2
        action = self._action.sizeHint().width() + px(8) if self._action is not None else 0
        wide = px(14) + words + px(20) + action + px(28) + px(6)
        return QSize(min(px(WIDEST), wide), tokens.height("toast"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place while the window changes its size."""
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self.place()
        return False

    def enterEvent(self, event: QEvent) -> None:
        """Wait under the pointer."""
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Go on, the full time anew."""
        if not self._over:
            self._timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc dismisses, when the keyboard is here."""
        if event.key() == Qt.Key.Key_Escape:
            self.finish()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and sentence."""
        painter, t = QPainter(self), tokens.current()
        painter.setOpacity(self.shown)
        rounded(painter, QRectF(self.rect()), px(tokens.RADIUS_CARD), t.tip_bg)
        first = self._action or self._close
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if mirrored:
            room = QRectF(first.geometry().right() + px(10), 0, 0, self.height())
            room.setRight(self.width() - px(14))
        else:
            room = QRectF(px(14), 0, first.x() - px(24), self.height())
        write(painter, room, self._text, font("body"), t.tip_text, CENTER)

    @Slot()
    def _act(self) -> None:
        self.acted.emit()
        self.finish()

    @Slot()
    def _time_is_up(self) -> None:
        focused = self._window.window().focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self._timer.start()
        else:
            self.finish()

    @Slot(object)
    def _faded(self, value: float) -> None:
        self.shown = value
        self.update()
        for button in (self._action, self._close):
            if button is not None:
                button.update()

    def _lay(self) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        end = self.width() - px(6)
        for button in (self._close, self._action):
            if button is None:
                continue
            size = button.sizeHint()
            end -= size.width()
            left = self.width() - end - size.width() if mirrored else end
            button.setGeometry(left, (self.height() - size.height()) // 2, size.width(), size.height())
            end -= px(8)


class Toasts(QObject):
    """Shows toasts in a window, one at a time: the next takes the place of the last."""

    acted = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._toast: Toast | None = None
        self._token = ""

    @property
    def current(self) -> Toast | None:
        """The toast that is shown, if any."""
        return self._toast

    def show(self, text: str, action: str = "", token: str = "") -> None:
        """Show a sentence; `acted` carries `token` when the user presses the button called `action`."""
        self.dismiss()
        self._token = token
        self._toast = Toast(text, action, self._window)
        self._toast.acted.connect(self._acted)
        self._toast.gone.connect(self._gone)
        self._toast.appear()

    @Slot()
    def dismiss(self) -> None:
        """Take away what is shown."""
        if self._toast is not None:
            self._toast.finish()

    @Slot()
    def _acted(self) -> None:
        self.acted.emit(self._token)

    @Slot()
    def _gone(self) -> None:
        self._toast = None
