"""The calendar of stays: bars along the months, by country or partner, with a line for today."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Literal, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain import clock
from partnerdesk.domain.dates import add_months
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.phases import EXITS, Phase
from partnerdesk.domain.stay_board import StayCard
from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon, mirror, paint_icon
from partnerdesk.look.paint import MIDDLE, hairline, rounded, say_line
from partnerdesk.look.tokens import STROKE_INLINE, mixed, px
from partnerdesk.look.words import number
from partnerdesk.models.listing import ID_ROLE, LINE_ROLE
from partnerdesk.models.months import month_name
from partnerdesk.models.stay_calendar import GROUP_ROLE, OPEN_ROLE, StayCalendarModel
from partnerdesk.models.stay_words import card_name, card_partner
from partnerdesk.services.stay_calendar import StayGroup
from partnerdesk.views.kit.buttons import Button, IconButton
from partnerdesk.views.kit.labels import ShortWords
from partnerdesk.views.kit.layouts import Column, Measured, Row
from partnerdesk.views.kit.segmented import Segmented
from partnerdesk.views.kit.table import DeskTable

LABELS, NARROW_LABELS, NARROW = 300, 150, 640
HEAD: Final = 44
BAR: Final = 14
_PLANNED = (Phase.APPLIED, Phase.SELECTED, Phase.NOMINATED, Phase.ACCEPTED, Phase.PREPARING)


class Axis:
    """Days across a width: where a day lies, and where the months begin."""

    def __init__(self, first: date, months: int) -> None:
        self.first = first
        self.months = months
        self.last = add_months(first, months) - timedelta(days=1)
        self._days = (self.last - first).days + 1

    @property
    def begins(self) -> list[date]:
        """The first day of each month, and that of the month after the last."""
        return [add_months(self.first, n) for n in range(self.months + 1)]

    def x(self, day: date, room: QRectF) -> float:
        """Where the beginning of a day lies, at the nearest edge where it lies outside."""
        share = (day - self.first).days / self._days
        return room.left() + room.width() * min(max(share, 0.0), 1.0)


def lane_room(rect: QRectF) -> QRectF:
    """The part of a row or head in which days lie, beside the names."""
    labels = px(LABELS if rect.width() >= px(NARROW) else NARROW_LABELS)
    return rect.adjusted(labels, 0, -px(16), 0)


class LaneDelegate(QStyledItemDelegate):
    """Paints a head of a group, or a stay: its name, and a bar from its first to its last day."""

    def __init__(self, parent: "Lanes") -> None:
        super().__init__(parent)
        self._lanes = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(px(200), px(28))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        t, rect = tokens.current(), QRectF(option.rect)
        painter.save()
        mirror(painter, rect, option.direction)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        group = index.data(GROUP_ROLE)
        if chosen:
            painter.fillRect(rect, t.selection if self._lanes.hasFocus() else t.sel_inactive)
        elif index.row() == self._lanes.hover_row:
            painter.fillRect(rect, t.hover)
        elif group is not None:
            painter.fillRect(rect, t.sunken)
        room = lane_room(rect)
        for begin in self._lanes.axis.begins:
            x = self._lanes.axis.x(begin, room)
            hairline(painter, QPointF(x, rect.top()), QPointF(x, rect.bottom() + 1), t.line)
        if group is not None:
            self._paint_group(painter, rect, room, group, bool(index.data(OPEN_ROLE)))
        else:
            self._paint_stay(painter, rect, room, index.data(LINE_ROLE))
        today = clock.today()
        if self._lanes.axis.first <= today <= self._lanes.axis.last:
            x = self._lanes.axis.x(today, room)
            painter.fillRect(QRectF(x - 0.75, rect.top(), 1.5, rect.height()), t.danger.fill)
        hairline(painter, QPointF(rect.left(), rect.bottom()), QPointF(rect.right() + 1, rect.bottom()), t.line)
        painter.restore()

    def _paint_group(self, painter: QPainter, rect: QRectF, room: QRectF, group: StayGroup, is_open: bool) -> None:
        t = tokens.current()
        chevron = QRectF(rect.left() + px(12), rect.center().y() - px(7), px(14), px(14))
        paint_icon(painter, chevron, Icon.DOWN if is_open else Icon.RIGHT, t.text2, STROKE_INLINE)
        n = number(len(group.stays))
        place = QRectF(rect.left() + px(30), rect.top(), room.left() - rect.left() - px(80), rect.height())
        say_line(painter, place, self._lanes.group_name(group), "head", t.text)
        side = QRectF(room.left() - px(60), rect.top(), px(48), rect.height())
        say_line(painter, side, n, "count", t.muted, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _paint_stay(self, painter: QPainter, rect: QRectF, room: QRectF, card: StayCard | None) -> None:
        if card is None:
            return
        t = tokens.current()
        names = QRectF(rect.left() + px(30), rect.top(), room.left() - rect.left() - px(42), rect.height())
        if names.width() > px(200):
            half = names.width() * 0.55
            say_line(painter, QRectF(names.left(), names.top(), half - px(8), names.height()), card_name(card), "name",
                     t.text)
            names.setLeft(names.left() + half)
            say_line(painter, names, card_partner(card), "small", t.muted)
        else:
            say_line(painter, names, card_name(card), "name", t.text)
        if card.starts_on is None or card.ends_on is None:
            return
        axis = self._lanes.axis
        left, right = axis.x(card.starts_on, room), axis.x(card.ends_on + timedelta(days=1), room)
        bar = QRectF(left, rect.center().y() - px(BAR) / 2, max(right - left, px(3)), px(BAR))
        color = t.series[1] if card.direction == "in" else t.series[0]
        if card.phase in _PLANNED:
            rounded(painter, bar, px(tokens.RADIUS_BAR), mixed(t.surface, color, 0.12), color, 1.0, dashed=True)
        elif card.phase in EXITS:
            rounded(painter, bar, px(tokens.RADIUS_BAR), t.neutral_soft, t.line2)
        else:
            rounded(painter, bar, px(tokens.RADIUS_BAR), color)


class Lanes(DeskTable):
    """The rows below the months; a head is opened and closed by click, Return, Left and Right."""

    entered = Signal(object)

    def __init__(self, name: str, model: StayCalendarModel, parent: QWidget) -> None:
        super().__init__(name, "row", parent)
        self.axis = Axis(date(2000, 1, 1), 12)
        self._calendar = model
        self._kept: tuple[int, int] = (0, 0)
        self.setItemDelegate(LaneDelegate(self))
        self.setModel(model)
        self.setSelectionMode(DeskTable.SelectionMode.SingleSelection)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)

    def group_name(self, group: StayGroup) -> str:
        """A group in the user's words."""
        return self._calendar.name_of(group)

    def show_axis(self, axis: Axis) -> None:
        """Show another stretch of days."""
        self.axis = axis
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.data(GROUP_ROLE) is not None:
            self._calendar.toggle(index.row())
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._enter(self.indexAt(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, key = self.currentIndex(), Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(index)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and index.data(GROUP_ROLE) is not None:
            ahead = (key == Qt.Key.Key_Right) is (self.layoutDirection() == Qt.LayoutDirection.LeftToRight)
            if ahead is not bool(index.data(OPEN_ROLE)):
                self._toggle(index.row())
        else:
            super().keyPressEvent(event)

    def _enter(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        if index.data(GROUP_ROLE) is not None:
            self._toggle(index.row())
        else:
            self.entered.emit(index.data(ID_ROLE))

    def _toggle(self, row: int) -> None:
        self._calendar.toggle(row)
        self.setCurrentIndex(self._calendar.index(row, 0))

    @Slot()
    def _keep(self) -> None:
        self._kept = (self.currentIndex().data(ID_ROLE) or 0, self.verticalScrollBar().value())

    @Slot()
    def _restore(self) -> None:
        stay, at = self._kept
        row = self._calendar.row_of(stay) if stay else -1
        if row >= 0:
            self.setCurrentIndex(self._calendar.index(row, 0))
        self.verticalScrollBar().setValue(at)


class MonthHead(QWidget):
    """Years over months, and today as a dot on its line."""

    def __init__(self, lanes: Lanes, parent: QWidget) -> None:
        super().__init__(parent)
        self._lanes = lanes
        Measured(self, height=HEAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        rect = QRectF(self.rect())
        painter.fillRect(rect, t.sunken)
        mirror(painter, rect, self.layoutDirection())
        axis = self._lanes.axis
        room = lane_room(QRectF(0, 0, self._lanes.viewport().width(), rect.height()))
        begins = axis.begins
        step = 1 if room.width() / axis.months >= px(34) else 3
        for place, (begin, following) in enumerate(pairwise(begins)):
            left, right = axis.x(begin, room), axis.x(following, room)
            if begin.month == 1 or place == 0:
                say_line(painter, QRectF(left + px(4), px(3), px(60), px(16)), str(begin.year), "head", t.text)
            if place % step == 0:
                wide = (right - left) * step
                say_line(painter, QRectF(left, px(22), wide, px(16)), month_name(begin), "axis", t.muted, MIDDLE)
            hairline(painter, QPointF(left, px(20)), QPointF(left, rect.bottom()), t.line)
        hairline(painter, QPointF(0, rect.bottom()), QPointF(rect.right() + 1, rect.bottom()), t.line)
        today = clock.today()
        if axis.first <= today <= axis.last:
            x = axis.x(today, room)
            rounded(painter, QRectF(x - px(4), rect.bottom() - px(8), px(8), px(8)), px(4), t.danger.fill)


class StayCalendar(QWidget):
    """Hosted by the page of stays. `opened(id)` when a stay is to be seen, `counted(n)` when an answer has come,
    `selection_changed(ids)` with the one stay that is selected, or none.
    """

    opened = Signal(object)
    counted = Signal(int)
    selection_changed = Signal(list)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = StayCalendarModel(desk, self)
        self.lanes = Lanes(self.tr("Stays along the months"), self.model, self)
        self._first = add_months(clock.today().replace(day=1), -3)
        self._head = MonthHead(self.lanes, self)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._head.update)
        column = Column(self, 0, 0)
        column.addWidget(self._make_tools())
        column.addWidget(self._head)
        column.addWidget(self.lanes, 1)
        self.setFocusProxy(self.lanes)
        self.lanes.entered.connect(self.opened)
        self.lanes.selectionModel().selectionChanged.connect(self._tell_selected)
        self.model.settled.connect(self._settled)
        self._show()

    @property
    def selected(self) -> list[int]:
        """The id of the selected stay; none on the head of a group."""
        chosen = [index.data(ID_ROLE) for index in self.lanes.selectionModel().selectedRows()]
        return [one for one in chosen if one is not None]

    @property
    def axis(self) -> Axis:
        """The days it shows."""
        return self.lanes.axis

    def set_query(self, query: ListQuery) -> None:
        """Show the stays that a query finds."""
        self.model.set_query(query)

    def set_awake(self, awake: bool) -> None:
        """A calendar that nobody sees only marks itself stale."""
        self.model.set_awake(awake)

    def go_to(self, first: date) -> None:
        """Begin with the month of a day."""
        self._first = first.replace(day=1)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._later.start()

    def _make_tools(self) -> QWidget:
        tools = QWidget(self)
        row = Row(tools, (16, 0, 16, 8), 8)
        back = IconButton(Icon.LEFT, self.tr("Earlier"), edge=True, parent=tools)
        back.clicked.connect(self._earlier)
        today = Button(self.tr("Today"), parent=tools)
        today.clicked.connect(self._go_today)
        on = IconButton(Icon.RIGHT, self.tr("Later"), edge=True, parent=tools)
        on.clicked.connect(self._go_later)
        self._said = ShortWords("", "name", parent=tools)
        self.zoom = Segmented(self.tr("Stretch"), (
            ("6", self.tr("6 months")), ("12", self.tr("1 year")), ("24", self.tr("2 years"))), tools)
        self.zoom.set_value("12")
        self.zoom.chosen.connect(self._show)
        self.by = Segmented(self.tr("Grouped by"), (
            ("country", self.tr("Country")), ("partner", self.tr("Partner"))), tools)
        self.by.chosen.connect(self._show)
        for part in (back, today, on):
            row.addWidget(part)
        row.addWidget(self._said, 1)
        row.addWidget(self.by)
        row.addWidget(self.zoom)
        return tools

    @Slot()
    def _show(self) -> None:
        axis = Axis(self._first, int(self.zoom.value))
        self.lanes.show_axis(axis)
        self._head.update()
        ends = axis.begins[-2]
        self._said.setText(f"{month_name(axis.first, with_year=True)} \N{EN DASH} {month_name(ends, with_year=True)}")
        self.model.set_stretch(axis.first, axis.last, cast(Literal["country", "partner"], self.by.value))

    @Slot()
    def _settled(self) -> None:
        self._head.update()
        self.counted.emit(self.model.stays)

    @Slot()
    def _tell_selected(self) -> None:
        self.selection_changed.emit(self.selected)

    @Slot()
    def _earlier(self) -> None:
        self.go_to(add_months(self._first, -max(1, self.axis.months // 4)))

    @Slot()
    def _go_later(self) -> None:
        self.go_to(add_months(self._first, max(1, self.axis.months // 4)))

    @Slot()
    def _go_today(self) -> None:
        self.go_to(add_months(clock.today().replace(day=1), -(self.axis.months // 4)))
