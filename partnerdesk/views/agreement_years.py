"""The strip of academic years of one condition: what it grants in each, and the exceptions of single years."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from partnerdesk.domain.years import AcademicYear
from partnerdesk.look import tokens
from partnerdesk.look.fonts import font
from partnerdesk.look.paint import MIDDLE, dot, rounded, write
from partnerdesk.look.tokens import RADIUS_CONTROL, px

WIDE, GAP, HIGH = 52, 6, 46


@dataclass(frozen=True, slots=True)
class YearCell:
    """One year of the strip: what it grants in words, whether that is an exception, and why."""

    year: int
    words: str
    is_exception: bool = False
    closed: bool = False
    reason: str = ""

    @property
    def sentence(self) -> str:
        """The year as a screen reader says it."""
        return ", ".join(part for part in (str(AcademicYear(self.year)), self.words, self.reason) if part)


class YearStrip(QWidget):
    """Years side by side, as many lines as they need; arrows walk, `chosen(year)` when one is made current."""

    chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._cells: list[YearCell] = []
        self._this_year = 0
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        tokens.watch().changed.connect(self.updateGeometry)

    @property
    def year(self) -> int | None:
        """The current year, None without any."""
        return self._cells[self._at].year if self._cells else None

    def show_years(self, cells: Sequence[YearCell], this_year: int) -> None:
        """Show these years; the current one stays, else it is this year or the first."""
        year = self.year
        before = len(self._cells)
        self._cells, self._this_year = list(cells), this_year
        years = [cell.year for cell in cells]
        wanted = year if year in years else this_year
        self._at = years.index(wanted) if wanted in years else 0
        self._tell()
        if before != len(cells):
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(WIDE) * 4, self.heightForWidth(px(WIDE + GAP) * 6))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(WIDE), self.heightForWidth(max(self.width(), px(WIDE))))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = -(-max(1, len(self._cells)) // self._per_line(width))
        return lines * px(HIGH) + (lines - 1) * px(GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        for at, cell in enumerate(self._cells):
            rect = self._rect(at)
            current = at == self._at
            focused = current and self.hasFocus()
            fill = t.selection if current else t.sunken if cell.closed else t.surface
            rounded(painter, rect, RADIUS_CONTROL, fill, t.focus if focused else t.line2, 2.0 if focused else 1.0,
                    dashed=cell.closed and not focused)
            top = QRectF(rect.left(), rect.top() + px(5), rect.width(), px(16))
            today = cell.year == self._this_year
            write(painter, top, AcademicYear(cell.year).short, font("axis", 600 if today else 400),
                  t.text if today else t.muted, MIDDLE)
            below = QRectF(rect.left() + 2, rect.top() + px(21), rect.width() - 4, px(19))
            write(painter, below, cell.words, font("small" if cell.closed else "name"),
                  t.text2 if cell.closed else t.text, MIDDLE)
            if cell.is_exception:
                dot(painter, QPointF(rect.right() - px(7), rect.top() + px(7)), px(2.5), t.accent)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._place(event.position())
        if at >= 0:
            self._go(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: self._per_line(self.width()),
                 Qt.Key.Key_Up: -self._per_line(self.width())}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not 0 <= self._at + step < len(self._cells):
            super().keyPressEvent(event)
        else:
            self._go(self._at + step)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self._place(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._cells[at].sentence if at >= 0 else "", self)
            return True
        return super().event(event)

    def _go(self, at: int) -> None:
        self._at = at
        self._tell()
        self.update()
        self.chosen.emit(self._cells[at].year)

    def _tell(self) -> None:
        said = self._cells[self._at].sentence if self._cells else ""
        self.setAccessibleName(f"{self._name}: {said}" if said else self._name)

    def _per_line(self, width: int) -> int:
        return max(1, (width + px(GAP)) // px(WIDE + GAP))

    def _rect(self, at: int) -> QRectF:
        line, column = divmod(at, self._per_line(self.width()))
        left = column * px(WIDE + GAP)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = self.width() - left - px(WIDE)
        return QRectF(left, line * px(HIGH + GAP), px(WIDE), px(HIGH))

    def _place(self, at: QPointF) -> int:
        return next((i for i in range(len(self._cells)) if self._rect(i).contains(at)), -1)
