"""The calendar of a date field: a month of days, walked by arrow keys, with Today, +3 months and Clear beneath."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.dates import EARLIEST_YEAR, LATEST_YEAR, add_months
from partnerdesk.look import tokens, words
from partnerdesk.look.fonts import font
from partnerdesk.look.icons import Icon
from partnerdesk.look.paint import MIDDLE, hairline, rounded, write
from partnerdesk.look.tokens import px
from partnerdesk.views.kit.buttons import Button, IconButton
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Column, Row
from partnerdesk.views.kit.popup import Popup

WIDTH, PAD, CELL, HEAD, WEEKS, FOOT = 236, 11, 26, 22, 6, 34


def months_on(day: date, months: int) -> date:
    """The same day some months on or back, staying within the years there are."""
    try:
        moved = add_months(day, months)
    except OverflowError:
        return day
    return moved if EARLIEST_YEAR <= moved.year <= LATEST_YEAR else day


class CalendarGrid(QWidget):
    """Six weeks of days; `cursor` is where the keyboard is, `selected` what the field holds."""

    chosen = Signal(object)
    moved = Signal(object)

    def __init__(self, selected: date | None, parent: QWidget | None = None) -> None:
        """`selected` may be None: then the keyboard begins at today."""
        super().__init__(parent)
        self.selected = selected
        self.cursor_day = selected or clock.today()
        self._under: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._say()

    @property
    def title(self) -> str:
        """Month and year in the user's language."""
        locale = QLocale()
        return f"{locale.standaloneMonthName(self.cursor_day.month)} {self.cursor_day.year}"

    def first_shown(self) -> date:
        """The day in the upper corner, a first day of the week; never before year 1."""
        first = self.cursor_day.replace(day=1)
        back = (first.isoweekday() - QLocale().firstDayOfWeek().value) % 7
        return first - timedelta(days=back) if first.toordinal() > back else first

    def go_to(self, day: date) -> None:
        """Put the keyboard on `day`, turning to its month."""
        if day != self.cursor_day:
            self.cursor_day = day
            self._say()
            self.update()
            self.moved.emit(day)

    def day_at(self, at: QPointF) -> date | None:
        """The day under a point, or None between and beside the days."""
        column = int((at.x() - px(PAD)) // self._step()) if at.x() >= px(PAD) else -1
        week = int((at.y() - px(HEAD)) // px(CELL)) if at.y() >= px(HEAD) else -1
        if not (0 <= column < 7 and 0 <= week < WEEKS):
            return None
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            column = 6 - column
        return _shifted(self.first_shown(), week * 7 + column)

    def place_of(self, day: date) -> QRectF:
        """Where a shown day is painted."""
        week, column = divmod((day - self.first_shown()).days, 7)
        return self._cell(week, column)

    def sizeHint(self) -> QSize:
        """Weekday names and six weeks."""
        return QSize(px(WIDTH), px(HEAD) + WEEKS * px(CELL))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows by day and week, PgUp and PgDn by month (Shift: year), Home and End of the week, Enter."""
        key = Qt.Key(event.key())
        far = 12 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        onward = 1 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else -1
        days = {
            Qt.Key.Key_Left: -onward,
            Qt.Key.Key_Right: onward,
            Qt.Key.Key_Up: -7,
            Qt.Key.Key_Down: 7,
            Qt.Key.Key_Home: -self._day_of_week(),
            Qt.Key.Key_End: 6 - self._day_of_week(),
        }
        if key in days:
            self.go_to(_shifted(self.cursor_day, days[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.go_to(months_on(self.cursor_day, far if key == Qt.Key.Key_PageDown else -far))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.cursor_day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a day chooses it."""
        day = self.day_at(event.position())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which day the pointer is over."""
        self._point_at(self.day_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """No day is under the pointer any more."""
        self._point_at(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel turns months."""
        if event.angleDelta().y():
            self.go_to(months_on(self.cursor_day, -1 if event.angleDelta().y() > 0 else 1))
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Weekday names, then the days."""
        painter = QPainter(self)
        first = self.first_shown()
        for column in range(7):
            head = self._cell(0, column)
            head.moveTop(0)
            write(painter, head, _weekday(_shifted(first, column)), font("tiny"), tokens.current().muted, MIDDLE)
        for number in range(WEEKS * 7):
            self._paint_day(painter, _shifted(first, number), self._cell(*divmod(number, 7)))

    def _paint_day(self, painter: QPainter, day: date, cell: QRectF) -> None:
        t = tokens.current()
        radius = px(tokens.RADIUS_CONTROL)
        ink, weight = (t.text if day.month == self.cursor_day.month else t.disabled), 400
        if day == self.selected:
            rounded(painter, cell, radius, t.accent)
            ink, weight = t.on_accent, 600
        elif day == self._under:
            rounded(painter, cell, radius, t.hover)
        if day == clock.today() and day != self.selected:
            rounded(painter, cell, radius, None, t.control)
        if day == self.cursor_day and self.hasFocus() and day != self.selected:
            rounded(painter, cell, radius, None, t.focus, 2)
        write(painter, cell, QLocale().toString(day.day), font("small_number", weight), ink, MIDDLE)

    def _cell(self, week: int, column: int) -> QRectF:
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            column = 6 - column
        left = px(PAD) + column * self._step()
        return QRectF(round(left), px(HEAD) + week * px(CELL), round(self._step()), px(CELL))

    def _step(self) -> float:
        return (self.width() - 2 * px(PAD)) / 7

    def _day_of_week(self) -> int:
        return int((self.cursor_day.isoweekday() - QLocale().firstDayOfWeek().value) % 7)

    def _point_at(self, day: date | None) -> None:
        if day != self._under:
            self._under = day
            self.update()

    def _say(self) -> None:
        self.setAccessibleName(self.tr("Calendar, {day}").format(day=words.long_day(self.cursor_day)))


class CalendarPopup(Popup):
    """The calendar under a date field. `chosen` gives a day, or None for Clear."""

    chosen = Signal(object)

    def __init__(self, selected: date | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.grid = CalendarGrid(selected, self)
        self.setAccessibleName(self.tr("Calendar"))
        self._title = Words(self.grid.title, "strong")
        self._build()
        self.grid.chosen.connect(self._choose)
        self.grid.moved.connect(self._moved)
        self.setFocusProxy(self.grid)

    def sizeHint(self) -> QSize:
        """236 wide."""
        return QSize(px(WIDTH), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame, and the line above the foot."""
        super().paintEvent(event)
        top = self.height() - px(FOOT) - 1
        hairline(QPainter(self), QPointF(1, top), QPointF(self.width() - 1, top), tokens.current().line)

    @Slot(object)
    def _choose(self, day: date | None) -> None:
        self.close()
        self.chosen.emit(day)

    @Slot(object)
    def _moved(self, day: date) -> None:
        self._title.setText(self.grid.title)

    @Slot()
    def _back(self) -> None:
        self.grid.go_to(months_on(self.grid.cursor_day, -1))

    @Slot()
    def _on(self) -> None:
        self.grid.go_to(months_on(self.grid.cursor_day, 1))

    @Slot()
    def _today(self) -> None:
        self._choose(clock.today())

    @Slot()
    def _three_months(self) -> None:
        self._choose(months_on(self.grid.selected or clock.today(), 3))

    @Slot()
    def _clear(self) -> None:
        self._choose(None)

    def _build(self) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        back = IconButton(Icon.RIGHT if mirrored else Icon.LEFT, self.tr("Earlier month"), keys="PgUp")
        onward = IconButton(Icon.LEFT if mirrored else Icon.RIGHT, self.tr("Later month"), keys="PgDn")
        back.clicked.connect(self._back)
        onward.clicked.connect(self._on)
        column = Column(self, (0, 4, 0, 0))
        head = Row(None, (11, 3, 8, 3), 0)
        head.addWidget(self._title, 1)
        for button in (back, onward):
            button.setFixedSize(px(26), px(26))
            head.addWidget(button)
        column.addLayout(head)
        column.addWidget(self.grid)
        column.addSpacing(px(6) + 1)
        foot = QWidget(self)
        foot.setFixedHeight(px(FOOT))
        row = Row(foot, (11, 0, 11, 0), 12)
        actions = (
            (self.tr("Today"), self._today),
            (self.tr("+3 months"), self._three_months),
            (self.tr("Clear"), self._clear),
        )
        for place, (verb, action) in enumerate(actions):
            if place == len(actions) - 1:
                row.addStretch()
            link = Button(verb, "link")
            link.clicked.connect(action)
            row.addWidget(link)
        column.addWidget(foot)


def _shifted(day: date, days: int) -> date:
    return date.fromordinal(min(date.max.toordinal(), max(1, day.toordinal() + days)))


def _weekday(day: date) -> str:
    short = QLocale().standaloneDayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
    if len(short) <= 2 or short.isascii():
        return short[:2]
    return QLocale().standaloneDayName(day.isoweekday(), QLocale.FormatType.NarrowFormat)
