"""Meters with their words, and the coverage strip as a widget."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.coverage import HEAD, LANE, Coverage, coverage_height, lane_at, paint_coverage
from partnerdesk.look.fonts import font
from partnerdesk.look.icons import mirror
from partnerdesk.look.paint import RIGHT, focus_ring, meter, write
from partnerdesk.look.tokens import px


class MeterLine(QWidget):
    """ "Places out, 2025/26 — 7 of 10" over a bar, or "Progress — 63 %"; the number is red past the total."""

    def __init__(self, label: str, used: int = 0, total: int = 0, parent: QWidget | None = None, *,
                 percent: bool = False) -> None:
        super().__init__(parent)
        self._label, self._percent = label, percent
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_value(used, total)
        tokens.watch().changed.connect(self.updateGeometry)

    def set_value(self, used: int, total: int, held: int = 0) -> None:
        """Show `used` of `total`, with `held` places besides."""
        self._used, self._total, self._held = used, total, held
        self.setAccessibleName(f"{self._label}: {self._words()}")
        self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(font("small")).horizontalAdvance(self._label + self._words())
        return QSize(words + px(20), px(27))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        mirror(painter, QRectF(self.rect()), self.layoutDirection())
        line = QRectF(0, 0, self.width(), px(18))
        ink = t.danger.text if self._used > self._total else t.text
        number = self._words()
        room = QFontMetrics(font("small_number", 500)).horizontalAdvance(number) + px(8)
        write(painter, line.adjusted(0, 0, -room, 0), self._label, font("small"), t.muted)
        write(painter, line, number, font("small_number", 500), ink, RIGHT)
        bar = QRectF(0, px(21), self.width(), px(5))
        meter(painter, bar, self._used, self._total, self._held, t)

    def _words(self) -> str:
        if self._percent:
            return self.tr("{n} %").format(n=self._used)
        return self.tr("{used} of {total}").format(used=self._used, total=self._total)


class CoverageView(QWidget):
    """The coverage strip of a partner; Up, Down and Enter, or a click, choose a lane."""

    lane_chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coverage: Coverage | None = None
        self._at = 0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tokens.watch().changed.connect(self.updateGeometry)

    def show_coverage(self, coverage: Coverage, sentence: str) -> None:
        """Draw `coverage`; `sentence` says the same to a screen reader."""
        self._coverage = coverage
        self._at = min(self._at, max(0, len(coverage.lanes) - 1))
        self.setAccessibleDescription(sentence)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        lanes = len(self._coverage.lanes) if self._coverage else 0
        return QSize(px(340), round(coverage_height(lanes, tokens.scale())) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._coverage is None:
            return
        painter = QPainter(self)
        mirror(painter, QRectF(self.rect()), self.layoutDirection())
        paint_coverage(painter, QRectF(self.rect()).adjusted(0, 2, -1, 0), self._coverage)
        if self.hasFocus() and self._coverage.lanes:
            top = 2 + (HEAD + self._at * LANE) * tokens.scale()
            focus_ring(painter, QRectF(0, top, self.width(), LANE * tokens.scale()), px(tokens.RADIUS_BAR))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        lane = self._lane(event)
        if lane is not None:
            self._at = lane
            self.lane_chosen.emit(lane)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._lane(event) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:
        self.unsetCursor()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        lanes = len(self._coverage.lanes) if self._coverage else 0
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and 0 <= self._at + step < lanes:
            self._at += step
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and lanes:
            self.lane_chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def _lane(self, event: QMouseEvent) -> int | None:
        if self._coverage is None:
            return None
        return lane_at(event.position().y() - 2, self._coverage, tokens.scale())
