"""What stands beside the day's work: the month with its days, who comes and goes next, and the places left."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from partnerdesk.domain.today import LATER, URGENCIES, Item, urgency_of
from partnerdesk.look import tokens
from partnerdesk.look.fonts import kept_font
from partnerdesk.look.icons import Icon, mirror
from partnerdesk.look.paint import RIGHT, avatar, focus_ring, say_line
from partnerdesk.look.tokens import px
from partnerdesk.look.words import counted, day, number
from partnerdesk.services.today import Beside, Moving, PlacesOut
from partnerdesk.views.kit.buttons import Button, IconButton
from partnerdesk.views.kit.labels import Pane, Rule, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Row
from partnerdesk.views.kit.meters import MeterLine
from partnerdesk.views.kit.scroll import ScrollRoom
from partnerdesk.views.today_month import DotLegend, MiniMonth

WIDTH: Final = 264
WIDE: Final = 320
_ANY: Final = 16777215


class MovingRow(QAbstractButton):
    """Somebody who comes or goes: initials, name, where, and what happens when."""

    def __init__(self, moving: Moving, parent: QWidget) -> None:
        super().__init__(parent)
        self.moving = moving
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{moving.name}, {self._where()}, {self._when()}")
        tokens.watch().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        box = QRectF(self.rect())
        if self.underMouse():
            painter.fillRect(box, t.hover)
        mirror(painter, box, self.layoutDirection())
        avatar(painter, QRectF(0, px(8), px(24), px(24)), self.moving.name, t)
        left = px(33)
        when = self._when()
        # the day stays whole, the name gives way
        room = min(QFontMetricsF(kept_font("tiny")).horizontalAdvance(when) + px(8), box.width() / 2)
        say_line(painter, QRectF(left, px(3), box.width() - left - room, px(18)), self.moving.name, "body", t.text)
        say_line(painter, QRectF(left, px(20), box.width() - left - room, px(16)), self._where(), "tiny", t.muted)
        say_line(painter, QRectF(box.width() - room, 0, room, box.height()), when, "tiny", t.text2, RIGHT)
        if self.hasFocus():
            focus_ring(painter, box.adjusted(1, 1, -1, -1), px(4), t)

    def _where(self) -> str:
        one = self.moving
        place = one.city or one.partner
        if one.direction == "in" and one.begins:
            return self.tr("Comes from {place}").format(place=place)
        return f"{place} · {self.tr('staff')}" if one.kind == "staff" else place

    def _when(self) -> str:
        one = self.moving
        on = day(one.day).rpartition(" ")[0]
        if one.begins:
            return (self.tr("Leaves {day}") if one.direction == "out" else self.tr("Arrives {day}")).format(day=on)
        return (self.tr("Back {day}") if one.direction == "out" else self.tr("Home {day}")).format(day=on)


class TodaySide(QWidget):
    """The right column. `day_chosen(date)`, `stay_chosen(id)`, `moving_wanted()` and `places_wanted()` lead on."""

    day_chosen = Signal(object)
    stay_chosen = Signal(int)
    moving_wanted = Signal()
    places_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        body = Pane("surface")
        self._column = Column(body, (16, 14, 16, 16), 0)
        self._add_month(body)
        self._add_moving(body)
        self._add_places(body)
        self._column.addStretch(1)
        self._body, self._stacked = body, False
        self._room = ScrollRoom(body, self)
        Column(self, (1, 1, 0, 0)).addWidget(self._room)

    def set_stacked(self, stacked: bool, width: int) -> None:
        """Stand below the list as high as all of it, or beside it so wide."""
        self._stacked = stacked
        self.setMinimumWidth(0 if stacked else width)
        self.setMaximumWidth(_ANY if stacked else width)
        self._fit()

    def show_items(self, items: Sequence[Item], today: date) -> None:
        """Put dots beneath the days on which these things are due."""
        dots: dict[date, tuple[str, int]] = {}
        for item in items:
            if item.when is not None:
                urgency, n = dots.get(item.when, (LATER, 0))
                mine = urgency_of(item, today)
                dots[item.when] = min(urgency, mine, key=URGENCIES.index), n + 1
        self.month.set_dots(dots)

    def show_beside(self, beside: Beside) -> None:
        """Show who comes and goes, and the places."""
        while self._moving_rows.count():
            item = self._moving_rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for moving in beside.moving:
            self._moving_rows.addWidget(Rule(self._moving_body))
            row = MovingRow(moving, self._moving_body)
            row.clicked.connect(self._moving_pressed)
            self._moving_rows.addWidget(row)
        self._all.setText(self.tr("All {n}").format(n=number(beside.movers)))
        self._moving_body.setVisible(bool(beside.moving))
        self._show_places(beside.places)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        painter.fillRect(self.rect(), t.surface)
        x = self.width() - 1 if self.isRightToLeft() else 0
        painter.fillRect(*((0, 0, self.width(), 1) if self._stacked else (x, 0, 1, self.height())), t.line)

    def _fit(self) -> None:
        self._body.ensurePolished()
        self.setMinimumHeight(self._body.sizeHint().height() + 2 if self._stacked else 0)

    def _add_month(self, body: QWidget) -> None:
        head = Row(None, 0, 2)
        self.month = MiniMonth(body)
        self._title = Words(self.month.title, "strong", parent=body)
        head.addWidget(self._title, 1)
        self._back = IconButton(Icon.LEFT, self.tr("Month before"), parent=body)
        self._on = IconButton(Icon.RIGHT, self.tr("Next month"), parent=body)
        self._back.clicked.connect(self._turn_back)
        self._on.clicked.connect(self._turn_on)
        head.addWidget(self._back)
        head.addWidget(self._on)
        self._column.addLayout(head)
        self._column.addWidget(self.month)
        self._column.addSpacing(px(4))
        self._column.addWidget(DotLegend(body))
        self.month.chosen.connect(self.day_chosen)
        self.month.turned.connect(self._turned)

    def _add_moving(self, body: QWidget) -> None:
        self._moving_body = QWidget(body)
        column = Column(self._moving_body, (0, 16, 0, 0), 0)
        head = Row(None, (0, 0, 0, 5), 8)
        head.addWidget(Words(self.tr("Coming and going"), "strong", parent=self._moving_body), 1)
        self._all = Button("", "link", parent=self._moving_body)
        self._all.clicked.connect(self.moving_wanted)
        head.addWidget(self._all)
        column.addLayout(head)
        self._moving_rows = Column(None, 0, 0)
        column.addLayout(self._moving_rows)
        self._moving_body.hide()
        self._column.addWidget(self._moving_body)

    def _add_places(self, body: QWidget) -> None:
        self._places = QWidget(body)
        column = Column(self._places, (0, 16, 0, 0), 0)
        column.addWidget(Rule(self._places))
        column.addSpacing(px(14))
        self._places_title = Button("", "link", parent=self._places)
        self._places_title.clicked.connect(self.places_wanted)
        self._year = Words("", "strong", parent=self._places)
        head = Row(None, (0, 0, 0, 4), 8)
        head.addWidget(self._year, 1)
        head.addWidget(self._places_title)
        column.addLayout(head)
        self._meter = MeterLine(self.tr("Placed"), parent=self._places)
        column.addWidget(self._meter)
        foot = Row(None, (0, 6, 0, 0), 8)
        self._held = ShortWords("", "tiny", "muted", parent=self._places)
        self._free = Words("", "tiny", "muted", parent=self._places)
        foot.addWidget(self._held, 1)
        foot.addWidget(self._free)
        column.addLayout(foot)
        self._places.hide()
        self._column.addWidget(self._places)

    def _show_places(self, places: PlacesOut) -> None:
        self._places.setVisible(places.places > 0)
        self._year.setText(self.tr("Places out, {year}").format(year=places.year))
        self._places_title.setText(self.tr("Places"))
        self._meter.set_value(places.used, places.places, places.held)
        self._held.setText(counted(places.held, self.tr("1 held by an open offer"),
                                   self.tr("{n} held by open offers")) if places.held else "")
        self._free.setText(self.tr("{n} free").format(n=number(max(places.places - places.used - places.held, 0))))

    @Slot()
    def _turn_back(self) -> None:
        self.month.turn(-1)

    @Slot()
    def _turn_on(self) -> None:
        self.month.turn(1)

    @Slot()
    def _turned(self) -> None:
        self._title.setText(self.month.title)
        self._fit()

    @Slot()
    def _moving_pressed(self) -> None:
        row = self.sender()
        if isinstance(row, MovingRow):
            self.stay_chosen.emit(row.moving.stay_id)
