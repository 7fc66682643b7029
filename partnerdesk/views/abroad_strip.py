"""A slider over the days of a year and a half, with a bar for each week that says how many are away in it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.dates import add_months
from partnerdesk.look import tokens
from partnerdesk.look.icons import mirror
from partnerdesk.look.paint import MIDDLE, dot, focus_ring, hairline, rounded, say_line
from partnerdesk.look.tokens import px
from partnerdesk.look.words import long_day, number
from partnerdesk.models.months import month_name

WEEKS: Final = 78
BEFORE: Final = 26
HIGH: Final = 64
_HEAD: Final = 16


def first_of(day: date) -> date:
    """The first day of the stretch that shows `day` a third of the way along."""
    monday = day - timedelta(days=day.weekday())
    return monday - timedelta(weeks=BEFORE)


class DayStrip(QWidget):
    """Arrow keys go by a day, with Ctrl by a week, PgUp and PgDn by a month, Home is today. `moved(day)` meanwhile."""

    moved = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._day = clock.today()
        self._first = first_of(self._day)
        self._weeks: Sequence[int] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tell()
        tokens.watch().changed.connect(self.updateGeometry)

    @property
    def day(self) -> date:
        """The day it stands on."""
        return self._day

    @property
    def first(self) -> date:
        """The first day it shows."""
        return self._first

    def set_day(self, day: date) -> None:
        """Stand on a day without telling anyone; the stretch moves along where the day lies outside it."""
        self._day = day
        if not self._first <= day < self._first + timedelta(weeks=WEEKS):
            self._first, self._weeks = first_of(day), ()
        self._tell()
        self.update()

    def set_weeks(self, first: date, weeks: Sequence[int]) -> None:
        """Say how many are away at the beginning of each week; what is of another stretch is passed over."""
        if first == self._first:
            self._weeks = weeks
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(400), px(HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        mirror(painter, QRectF(self.rect()), self.layoutDirection())
        ground = self._ground()
        self._paint_months(painter, ground)
        most = max((*self._weeks, 1))
        wide = ground.width() / WEEKS
        for place, n in enumerate(self._weeks):
            high = (ground.height() - px(2)) * n / most
            bar = QRectF(ground.left() + place * wide, ground.bottom() - high, max(1.0, wide - px(2)), high)
            here = 0 <= (self._day - self._first).days - 7 * place < 7
            rounded(painter, bar, px(1), t.accent if here else t.sequential[0])
        hairline(painter, ground.bottomLeft(), ground.bottomRight(), t.line2)
        today = self._x(clock.today(), ground)
        if ground.left() <= today <= ground.right():
            painter.fillRect(QRectF(today - 0.75, ground.top(), 1.5, ground.height()), t.danger.fill)
        at = self._x(self._day, ground)
        painter.fillRect(QRectF(at - 1, ground.top(), 2, ground.height()), t.accent)
        dot(painter, QPointF(at, ground.bottom()), px(5), t.surface)
        dot(painter, QPointF(at, ground.bottom()), px(4), t.accent)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()).adjusted(px(8), 0, -px(8), 0), px(tokens.RADIUS_CONTROL), t)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ahead = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        days = 7 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1
        targets = {
            Qt.Key.Key_Left: self._day - timedelta(days=ahead * days),
            Qt.Key.Key_Right: self._day + timedelta(days=ahead * days),
            Qt.Key.Key_PageUp: add_months(self._day, -1), Qt.Key.Key_PageDown: add_months(self._day, 1),
            Qt.Key.Key_Home: clock.today(),
        }
        target = targets.get(Qt.Key(event.key()))
        if target is None:
            super().keyPressEvent(event)
        else:
            self._move(target)

    def _paint_months(self, painter: QPainter, ground: QRectF) -> None:
        t = tokens.current()
        month = add_months(self._first.replace(day=1), 1)
        while (left := self._x(month, ground)) < ground.right():
            following = add_months(month, 1)
            right = min(self._x(following, ground), ground.right())
            hairline(painter, QPointF(left, ground.top()), QPointF(left, ground.bottom()), t.line)
            place = QRectF(left, 0, right - left, px(_HEAD))
            words = month_name(month, with_year=month.month == 1)
            if month.month == 1 and place.width() < px(50):
                words = str(month.year)
            say_line(painter, place, words, "axis", t.muted, MIDDLE)
            month = following

    def _ground(self) -> QRectF:
        return QRectF(self.rect()).adjusted(px(16), px(_HEAD), -px(16), -px(8))

    def _x(self, day: date, ground: QRectF) -> float:
        return ground.left() + ground.width() * (day - self._first).days / (7 * WEEKS)

    def _go_to(self, x: float) -> None:
        ground = self._ground()
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            x = self.width() - x
        share = min(max((x - ground.left()) / ground.width(), 0.0), 1.0)
        self._move(self._first + timedelta(days=min(round(share * 7 * WEEKS), 7 * WEEKS - 1)))

    def _move(self, day: date) -> None:
        if day != self._day:
            self.set_day(day)
            self.moved.emit(day)

    def _tell(self) -> None:
        place = (self._day - self._first).days // 7
        away = f", {number(self._weeks[place])}" if 0 <= place < len(self._weeks) else ""
        self.setAccessibleName(f"{self._name}: {long_day(self._day)}{away}")
