"""The days of a month or a week with what each has, painted; walked by keys, and some of it dragged to another day."""

from collections.abc import Iterator
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.agenda import Dated
from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon, mirror, paint_icon
from partnerdesk.look.paint import CENTER, MIDDLE, RIGHT, hairline, rounded, say_line
from partnerdesk.look.tokens import RADIUS_BAR, RADIUS_CONTROL, STROKE_INLINE, px
from partnerdesk.models.agenda import ICONS, AgendaModel, day_sentence, entry_second, entry_words

HEAD, DAY, GAP = 26, 24, 2
LINE, TALL = 20, 40
LEAST_CELL = 76


class AgendaGrid(QWidget):
    """Weeks of seven days. `opened(entry)` to show a record, `day_opened(date)` for a list of all of a day,
    `moved(entry, days)` when something was put on another day, `empty_chosen(date)` to enter something new.

    Arrows walk the days, Space the things of a day, Enter opens, Shift and arrows put a thing on another day.
    """

    opened = Signal(object)
    day_opened = Signal(object)
    moved = Signal(object, int)
    empty_chosen = Signal(object)
    turned = Signal(int)

    def __init__(self, model: AgendaModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.cursor_day = model.at
        self.part = -1
        self._under: tuple[date | None, Dated | None] = (None, None)
        self._pressed: tuple[QPointF, Dated] | None = None
        self._over: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        model.changed.connect(self._renew)
        tokens.watch().changed.connect(self._renew)

    @property
    def current(self) -> Dated | None:
        """The thing of the day that the keyboard is on."""
        found = self._model.on(self.cursor_day)
        return found[self.part] if 0 <= self.part < len(found) else None

    def minimumSizeHint(self) -> QSize:
        return QSize(px(320), px(HEAD) + self._model.weeks * px(LEAST_CELL))

    def cell_of(self, day: date) -> QRectF:
        """Where a day lies."""
        week, column = divmod((day - self._model.first).days, 7)
        if self.isRightToLeft():
            column = 6 - column
        wide, high = self.width() / 7, (self.height() - px(HEAD)) / self._model.weeks
        left, top = round(column * wide), px(HEAD) + round(week * high)
        return QRectF(left, top, round((column + 1) * wide) - left, px(HEAD) + round((week + 1) * high) - top)

    def day_at(self, at: QPointF) -> date | None:
        """The day at a point."""
        if at.y() < px(HEAD) or not 0 <= at.x() < self.width():
            return None
        column = int(at.x() * 7 // self.width())
        week = int((at.y() - px(HEAD)) * self._model.weeks // max(1, self.height() - px(HEAD)))
        if self.isRightToLeft():
            column = 6 - column
        return self._model.first + timedelta(days=week * 7 + column) if week < self._model.weeks else None

    def places(self, day: date) -> Iterator[tuple[QRectF, Dated | int]]:
        """Where the things of a day lie; the last place may say how many more there are."""
        cell, found = self.cell_of(day), self._model.on(day)
        high = px(LINE if self._model.by_month else TALL)
        top = cell.top() + px(DAY)
        room = int((cell.bottom() - px(4) - top + px(GAP)) // (high + px(GAP)))
        shown = len(found) if len(found) <= room else max(0, room - 1)
        listed: list[Dated | int] = [*found[:shown], *([len(found) - shown] if shown < len(found) else ())]
        for n, one in enumerate(listed):
            yield QRectF(cell.left() + px(4), top + n * (high + px(GAP)), cell.width() - px(8),
                         px(LINE) if isinstance(one, int) else high), one

    def entry_at(self, at: QPointF) -> tuple[date | None, Dated | int | None]:
        """The day at a point with its thing there, or the number of those not shown."""
        day = self.day_at(at)
        found = next((one for rect, one in self.places(day) if rect.contains(at)), None) if day else None
        return day, found

    def go_to(self, day: date, part: int = -1) -> None:
        """Put the keyboard on a day, turning to its month or week."""
        self.cursor_day, self.part = day, part
        outside = day.month != self._model.at.month if self._model.by_month else not (
            self._model.first <= day <= self._model.last)
        if outside:
            self._model.show(day)
        self._say()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, onward = Qt.Key(event.key()), -1 if self.isRightToLeft() else 1
        steps = {Qt.Key.Key_Left: -onward, Qt.Key.Key_Right: onward, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        if key in steps and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._move(self.current, steps[key])
        elif key in steps:
            self.go_to(self.cursor_day + timedelta(days=steps[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Home:
            self.go_to(clock.today())
        elif key == Qt.Key.Key_Space:
            n = len(self._model.on(self.cursor_day))
            self.go_to(self.cursor_day, (self.part + 1) % n if n else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day, one = self.entry_at(event.position())
        if day is None or event.button() != Qt.MouseButton.LeftButton:
            return
        found = self._model.on(day)
        self.go_to(day, found.index(one) if isinstance(one, Dated) else -1)
        if isinstance(one, Dated):
            self._pressed = event.position(), one

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        day, one = self.entry_at(event.position())
        if self._pressed is not None and self._pressed[1].movable and self._far(event.position()):
            self._over = day
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            self._under = day, one if isinstance(one, Dated) else None
            self.setCursor(Qt.CursorShape.PointingHandCursor if one is not None else Qt.CursorShape.ArrowCursor)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, over = self._pressed, self._over
        self._pressed = self._over = None
        self.unsetCursor()
        day, one = self.entry_at(event.position())
        if pressed is not None and over is not None:
            self._move(pressed[1], (over - self.cursor_day).days)
        elif pressed is not None and one == pressed[1]:
            self.opened.emit(one)
        elif isinstance(one, int) and day is not None:
            self.day_opened.emit(day)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        day, one = self.entry_at(event.position())
        if day is not None and one is None:
            self.empty_chosen.emit(day)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.turned.emit(-1 if event.angleDelta().y() > 0 else 1)
            event.accept()
        else:
            super().wheelEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._under = None, None
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            _, one = self.entry_at(QPointF(event.pos()))  # type: ignore[attr-defined]
            words = f"{entry_words(one)}\n{entry_second(one)}" if isinstance(one, Dated) else ""
            QToolTip.showText(event.globalPos(), words, self)  # type: ignore[attr-defined]
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        painter.fillRect(self.rect(), t.surface)
        painter.fillRect(0, 0, self.width(), px(HEAD), t.sunken)
        for n in range(7):
            day = self._model.first + timedelta(days=n)
            cell = self.cell_of(day)
            name = QLocale().standaloneDayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
            box = QRectF(cell.left() + px(10), 0, cell.width() - px(20), px(HEAD))
            say_line(painter, box, name, "label", t.muted, RIGHT if self.isRightToLeft() else CENTER)
        for n in range(7 * self._model.weeks):
            self._paint_day(painter, self._model.first + timedelta(days=n))

    def _paint_day(self, painter: QPainter, day: date) -> None:
        t, cell, model = tokens.current(), self.cell_of(day), self._model
        outside = model.by_month and day.month != model.at.month
        if outside or day.isoweekday() > 5:
            painter.fillRect(cell, t.sunken if outside else t.hover)
        if self._over == day and self._pressed is not None:
            rounded(painter, cell.adjusted(2, 2, -2, -2), px(RADIUS_CONTROL), t.accent_soft, t.accent, 2)
        hairline(painter, QPointF(cell.left(), cell.bottom() - 1), QPointF(cell.right(), cell.bottom() - 1), t.line)
        side = cell.left() if self.isRightToLeft() else cell.right() - 1
        hairline(painter, QPointF(side, cell.top()), QPointF(side, cell.bottom()), t.line)
        box = QRectF(0, cell.top() + px(3), px(24), px(18))
        box.moveLeft(cell.right() - px(28) if self.isRightToLeft() else cell.left() + px(4))
        ink, weight = (t.disabled if outside else t.text2), 400
        if day == clock.today():
            rounded(painter, box, px(RADIUS_CONTROL), t.accent)
            ink, weight = t.on_accent, 600
        say_line(painter, box, QLocale().toString(day.day), "small_number", ink, MIDDLE, weight)
        if day == self.cursor_day and self.hasFocus():
            rounded(painter, cell.adjusted(2, 2, -3, -3), px(RADIUS_CONTROL), None, t.focus, 2)
        for rect, one in self.places(day):
            if isinstance(one, int):
                words = self.tr("{n} more").format(n=one)
                say_line(painter, rect.adjusted(px(4), 0, 0, 0), words, "tiny", t.accent_text)
            else:
                self._paint_entry(painter, rect, one, day, faint=outside)

    def _paint_entry(self, painter: QPainter, rect: QRectF, one: Dated, day: date, *, faint: bool) -> None:
        t, tall = tokens.current(), not self._model.by_month
        painter.save()
        mirror(painter, rect, self.layoutDirection())
        ground, ink = self._colours(one)
        if faint:
            painter.setOpacity(0.6)
        if self._pressed is not None and self._pressed[1] == one and self._over is not None:
            painter.setOpacity(0.45)
        under = self._under == (day, one)
        rounded(painter, rect, px(RADIUS_BAR), t.line if under else ground)
        if self.hasFocus() and day == self.cursor_day and self.current == one:
            rounded(painter, rect, px(RADIUS_BAR), None, t.focus, 2)
        side = px(13)
        line = QRectF(rect.left(), rect.top(), rect.width(), px(LINE))
        sign = Icon.PROBLEM if one.late(clock.today()) else Icon.TICK if one.done else ICONS[one.kind]
        place = QRectF(line.left() + px(4), line.center().y() - side / 2, side, side)
        paint_icon(painter, place, sign, ink, STROKE_INLINE)
        words = line.adjusted(px(21), 0, -px(4), 0)
        say_line(painter, words, entry_words(one, timed=not tall), "tiny", t.muted if one.done else ink)
        if tall:
            second = words.translated(0, px(17))
            say_line(painter, second, entry_second(one), "count", t.muted)
        painter.restore()

    def _colours(self, one: Dated) -> tuple[QColor, QColor]:
        t = tokens.current()
        if one.late(clock.today()):
            return t.danger.soft, t.danger.text
        if one.done:
            return t.neutral_soft, t.muted
        if one.kind in ("visit", "appointment", "meeting"):
            return t.accent_soft, t.accent_text
        return t.neutral_soft, t.text2

    def _enter(self) -> None:
        found = self._model.on(self.cursor_day)
        if self.current is not None:
            self.opened.emit(self.current)
        elif len(found) == 1:
            self.opened.emit(found[0])
        elif found:
            self.day_opened.emit(self.cursor_day)
        else:
            self.empty_chosen.emit(self.cursor_day)

    def _move(self, one: Dated | None, days: int) -> None:
        if one is not None and one.movable and days:
            self.cursor_day += timedelta(days=days)
            self.part = -1
            self.moved.emit(one, days)

    def _far(self, at: QPointF) -> bool:
        assert self._pressed is not None
        return (at - self._pressed[0]).manhattanLength() >= QApplication.startDragDistance()

    @Slot()
    def _renew(self) -> None:
        if not self._model.first <= self.cursor_day <= self._model.last:
            self.cursor_day, self.part = self._model.at, -1
        self._say()
        self.updateGeometry()
        self.update()

    def _say(self) -> None:
        one = self.current
        words = entry_words(one) if one is not None else day_sentence(self.cursor_day, self._model.on(self.cursor_day))
        self.setAccessibleName(words)
