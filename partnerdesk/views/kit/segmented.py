"""One choice of few, side by side in one frame: Board | List."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.fonts import font
from partnerdesk.look.paint import MIDDLE, hairline, rounded, write
from partnerdesk.look.tokens import RADIUS_CONTROL, px


class Segmented(QWidget):
    """A row of words of which one is on; arrow keys and clicks choose."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """`name` is the accessible name, `choices` are (key, word) from left to right."""
        super().__init__(parent)
        self._name = name
        self._choices = list(choices)
        self._at = 0
        self._hover = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", True)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell()
        tokens.watch().changed.connect(self.updateGeometry)

    @property
    def value(self) -> str:
        """The key of the word that is on."""
        return self._choices[self._at][0]

    def set_value(self, key: str) -> None:
        """Turn `key` on without telling anyone."""
        self._at = [known for known, _ in self._choices].index(key)
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()), px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        frame, open_ = QRectF(self.rect()), self.isEnabled()
        rounded(painter, frame, px(RADIUS_CONTROL), t.surface if open_ else t.sunken)
        clip = QPainterPath()
        clip.addRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), px(RADIUS_CONTROL) - 0.5, px(RADIUS_CONTROL) - 0.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, rect in enumerate(self._rects()):
            if place == self._at or (place == self._hover and open_):
                painter.save()
                painter.setClipPath(clip)
                painter.fillRect(rect, (t.selection if open_ else t.line) if place == self._at else t.hover)
                painter.restore()
            face = font("body", 500 if place == self._at else 400)
            write(painter, rect, self._choices[place][1], face, t.text if open_ else t.disabled, MIDDLE)
        rounded(painter, frame, px(RADIUS_CONTROL), None, t.line2)
        for rect in self._rects()[1:]:
            hairline(painter, QPointF(rect.left(), frame.top()), QPointF(rect.left(), frame.bottom()), t.line2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place(event.position())
        if place >= 0:
            self._choose(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._set_hover(self._place(event.position()))

    def leaveEvent(self, event: object) -> None:
        self._set_hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._choose(min(max(self._at + step, 0), len(self._choices) - 1))

    def _choose(self, place: int) -> None:
        if place != self._at:
            self._at = place
            self._tell()
            self.update()
            self.chosen.emit(self.value)

    def _tell(self) -> None:
        self.setAccessibleName(f"{self._name}: {self._choices[self._at][1]}")

    def _set_hover(self, place: int) -> None:
        if place != self._hover:
            self._hover = place
            self.update()

    def _widths(self) -> list[int]:
        metrics = QFontMetrics(font("body", 500))
        return [metrics.horizontalAdvance(word) + 2 * px(10) + 2 for _, word in self._choices]

    def _rects(self) -> list[QRectF]:
        left, rects = 0.0, []
        for wide in self._widths():
            rects.append(QRectF(left, 0, wide, self.height()))
            left += wide
        return rects

    def _place(self, at: QPointF) -> int:
        return next((i for i, rect in enumerate(self._rects()) if rect.contains(at)), -1)
