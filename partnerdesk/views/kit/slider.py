"""A slider: a line with a round knob; arrow keys, PgUp and PgDn, click and drag move it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.icons import mirror
from partnerdesk.look.paint import rounded
from partnerdesk.look.tokens import px

KNOB, LINE, WIDE = 14, 4, 96


class Slider(QAbstractSlider):
    """Lies level; `name` is its accessible name."""

    def __init__(self, name: str, lowest: int, highest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(lowest, highest)
        self.setSingleStep(max(1, (highest - lowest) // 50))
        self.setPageStep(max(1, (highest - lowest) // 10))
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.valueChanged.connect(self.update)
        tokens.watch().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(px(WIDE), px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        mirror(painter, QRectF(self.rect()), self.layoutDirection())
        middle, open_ = self.height() / 2, self.isEnabled()
        line = QRectF(px(KNOB) / 2, middle - px(LINE) / 2, self.width() - px(KNOB), px(LINE))
        rounded(painter, line, px(LINE) / 2, t.line)
        x = line.left() + line.width() * self._share()
        rounded(painter, QRectF(line.left(), line.top(), x - line.left(), line.height()), px(LINE) / 2,
                t.accent if open_ else t.disabled)
        side = px(KNOB)
        knob = QRectF(x - side / 2, middle - side / 2, side, side)
        rounded(painter, knob, side / 2, t.surface, t.accent if open_ else t.disabled, px(2))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._follow(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._follow(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def _follow(self, at: QPointF) -> None:
        x = self.width() - at.x() if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else at.x()
        share = (x - px(KNOB) / 2) / max(1, self.width() - px(KNOB))
        self.setValue(round(self.minimum() + min(max(share, 0.0), 1.0) * (self.maximum() - self.minimum())))

    def _share(self) -> float:
        return (self.value() - self.minimum()) / max(1, self.maximum() - self.minimum())
