"""A small month beside the day's work: which days have something overdue, due this week, or planned."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.dates import add_months
from partnerdesk.domain.today import LATER, OVERDUE, WEEK
from partnerdesk.look import tokens
from partnerdesk.look.icons import mirror
from partnerdesk.look.paint import MIDDLE, dot, rounded, say_line
from partnerdesk.look.tokens import RADIUS_CONTROL, px
from partnerdesk.look.words import counted, long_day

HEAD, CELL, WEEKS = 24, 29, 6
TONES: Final = {OVERDUE: "danger", WEEK: "warn", LATER: "accent"}


def first_of_weeks(month: date) -> date:
    """The first day shown of a month: a first day of the week."""
    first = month.replace(day=1)
    return first - timedelta(days=(first.isoweekday() - QLocale().firstDayOfWeek().value) % 7)


class MiniMonth(QWidget):
    """Weeks of days with a dot beneath those that have something. `chosen(date)` when a day is pressed."""

    chosen = Signal(object)
    turned = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.month = clock.today().replace(day=1)
        self.cursor_day = clock.today()
        self._dots: Mapping[date, tuple[str, int]] = {}
        self._under: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tokens.watch().changed.connect(self.updateGeometry)
        self._say()

    @property
    def title(self) -> str:
        """Month and year."""
        return f"{QLocale().standaloneMonthName(self.month.month)} {self.month.year}"

    @property
    def weeks(self) -> int:
        """How many weeks the month takes."""
        first, last = first_of_weeks(self.month), add_months(self.month, 1) - timedelta(days=1)
        return (last - first).days // 7 + 1

    def set_dots(self, dots: Mapping[date, tuple[str, int]]) -> None:
        """Show the most pressing urgency of each day and how many things it has."""
        self._dots = dots
        self.update()

    def turn(self, months: int) -> None:
        """Show the month so many on or back."""
        self.go_to(add_months(self.month, months))

    def go_to(self, day: date) -> None:
        """Put the keyboard on a day and show its month."""
        weeks = self.weeks
        self.cursor_day, self.month = day, day.replace(day=1)
        if weeks != self.weeks:
            self.updateGeometry()
        self._say()
        self.update()
        self.turned.emit()

    def day_at(self, at: QPointF) -> date | None:
        """The day at a point."""
        step = self.width() / 7
        column, week = int(at.x() // step), int((at.y() - px(HEAD)) // px(CELL))
        if not (0 <= column < 7 and 0 <= week < self.weeks):
            return None
        if self.isRightToLeft():
            column = 6 - column
        return first_of_weeks(self.month) + timedelta(days=week * 7 + column)

    def sizeHint(self) -> QSize:
        return QSize(px(231), px(HEAD) + self.weeks * px(CELL))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        onward = -1 if self.isRightToLeft() else 1
        days = {Qt.Key.Key_Left: -onward, Qt.Key.Key_Right: onward, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        key = Qt.Key(event.key())
        if key in days:
            self.go_to(self.cursor_day + timedelta(days=days[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.go_to(add_months(self.cursor_day, 1 if key == Qt.Key.Key_PageDown else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.cursor_day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.cursor_day = day
            self.chosen.emit(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._under = self.day_at(event.position())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._under = None
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            day = self.day_at(QPointF(event.pos()))  # type: ignore[attr-defined]
            QToolTip.showText(event.globalPos(), self._told(day) if day else "", self)  # type: ignore[attr-defined]
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        mirror(painter, QRectF(self.rect()), self.layoutDirection())
        step, first = self.width() / 7, first_of_weeks(self.month)
        for column in range(7):
            name = QLocale().standaloneDayName((first + timedelta(days=column)).isoweekday(),
                                               QLocale.FormatType.NarrowFormat)
            say_line(painter, QRectF(column * step, 0, step, px(HEAD)), name, "tiny", t.muted, MIDDLE)
        for n in range(self.weeks * 7):
            week, column = divmod(n, 7)
            cell = QRectF(column * step, px(HEAD) + week * px(CELL), step, px(CELL))
            self._paint_day(painter, cell, first + timedelta(days=n))

    def _paint_day(self, painter: QPainter, cell: QRectF, day: date) -> None:
        t = tokens.current()
        box = QRectF(0, 0, px(24), px(21))
        box.moveCenter(QPointF(cell.center().x(), cell.top() + px(11.5)))
        ink, weight = (t.text if day.month == self.month.month else t.disabled), 400
        if day == clock.today():
            rounded(painter, box, px(RADIUS_CONTROL), t.accent)
            ink, weight = t.on_accent, 600
        elif day == self._under:
            rounded(painter, box, px(RADIUS_CONTROL), t.hover)
        if day == self.cursor_day and self.hasFocus():
            rounded(painter, box, px(RADIUS_CONTROL), None, t.focus, 2)
        say_line(painter, box, QLocale().toString(day.day), "small_number", ink, MIDDLE, weight)
        found = self._dots.get(day)
        if found is not None and day.month == self.month.month:
            dot(painter, QPointF(cell.center().x(), cell.top() + px(25)), px(2), t.tone(TONES[found[0]]).fill)

    def _told(self, day: date) -> str:
        found = self._dots.get(day)
        things = counted(found[1], self.tr("1 thing"), self.tr("{n} things")) if found else ""
        return ", ".join(part for part in (long_day(day), things) if part)

    def _say(self) -> None:
        self.setAccessibleName(self.tr("Month, {day}").format(day=self._told(self.cursor_day)))


class DotLegend(QWidget):
    """What the dots mean; for the eye only."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tokens.watch().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(px(231), px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        from PySide6.QtGui import QFontMetricsF

        from partnerdesk.look.fonts import kept_font

        painter, t = QPainter(self), tokens.current()
        mirror(painter, QRectF(self.rect()), self.layoutDirection())
        words = {OVERDUE: self.tr("overdue"), WEEK: self.tr("this week"), LATER: self.tr("planned")}
        left, metrics = 0.0, QFontMetricsF(kept_font("tiny"))
        for urgency, word in words.items():
            dot(painter, QPointF(left + px(3), self.height() / 2), px(2.5), t.tone(TONES[urgency]).fill)
            wide = metrics.horizontalAdvance(word)
            say_line(painter, QRectF(left + px(10), 0, wide + 1, self.height()), word, "tiny", t.muted)
            left += px(10) + wide + px(14)
