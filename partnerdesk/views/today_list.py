"""The day's work as a list: a row has icon, what, why, when, one button that does it, and one that puts it off."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from partnerdesk.look import tokens
from partnerdesk.look.fonts import kept_font
from partnerdesk.look.icons import Icon, mirror, paint_icon
from partnerdesk.look.paint import MIDDLE, RIGHT, focus_ring, hairline, rounded, say_line
from partnerdesk.look.tokens import RADIUS_CONTROL, STROKE_INLINE, px
from partnerdesk.models.today import ROW_ROLE, HeadRow, TaskRow, TodayModel
from partnerdesk.models.today_words import fix_words
from partnerdesk.views.kit.scroll import BAR

Index = QModelIndex | QPersistentModelIndex

ROW: Final = 43
HEAD: Final = 32
PAD: Final = 16
BUTTON: Final = 78
SNOOZE: Final = 24
WHEN: Final = 82
GAP: Final = 10
_BESIDE: Final = 420
"""Under this width the day stands in the second line, before why."""


class TaskPlaces:
    """Where the parts of a row lie, in a painting that runs from left to right."""

    def __init__(self, rect: QRectF) -> None:
        middle, right = rect.center().y(), rect.right() - px(PAD)
        self.snooze = QRectF(right - px(SNOOZE), middle - px(SNOOZE) / 2, px(SNOOZE), px(SNOOZE))
        # all buttons are as wide as the longest word, so that days stand beneath each other
        wide = min(max(px(BUTTON), round(_widest(tokens.scale(), QLocale().name())) + 2 * px(8)), rect.width() / 3)
        self.fix = QRectF(self.snooze.left() - px(GAP) - wide, middle - px(12), wide, px(24))
        self.icon = QRectF(rect.left() + px(PAD), middle - px(8), px(16), px(16))
        self.narrow = rect.width() < px(_BESIDE)
        side = 0 if self.narrow else px(WHEN)
        self.when = QRectF(self.fix.left() - px(14) - side, rect.top(), side, rect.height())
        left = rect.left() + px(PAD) + px(28)
        self.words = QRectF(left, rect.top(), max(0.0, self.when.left() - px(GAP) - left), rect.height())


@lru_cache(maxsize=8)
def _widest(scale: float, language: str) -> float:
    """The width of the longest word of a button in a size of text and a language."""
    metrics = QFontMetricsF(kept_font("body", 500))
    return max(metrics.horizontalAdvance(word) for word in fix_words().values())


class TaskDelegate(QStyledItemDelegate):
    """Paints a head or a thing to do."""

    def __init__(self, parent: "TodayList") -> None:
        super().__init__(parent)
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(200), px(HEAD if isinstance(index.data(ROW_ROLE), HeadRow) else ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, rect = index.data(ROW_ROLE), QRectF(option.rect)
        if row is None:
            return
        painter.save()
        mirror(painter, rect, option.direction)
        if isinstance(row, HeadRow):
            self._paint_head(painter, rect, row, bool(option.state & QStyle.StateFlag.State_Selected))
        else:
            self._paint_task(painter, rect, option, index, row)
        painter.restore()

    def _paint_head(self, painter: QPainter, rect: QRectF, row: HeadRow, chosen: bool) -> None:
        t = tokens.current()
        if chosen:
            painter.fillRect(rect, t.selection if self._list.hasFocus() else t.sel_inactive)
        left = rect.left() + px(PAD)
        words = QRectF(left, rect.top() + px(5), rect.width() - 2 * px(PAD), rect.height() - px(8))
        if row.is_open is not None:
            arrow = QRectF(left, words.center().y() - px(6.5), px(13), px(13))
            paint_icon(painter, arrow, Icon.DOWN if row.is_open else Icon.RIGHT, t.text2, STROKE_INLINE)
            words.setLeft(left + px(18))
        ink = t.muted if row.urgency in ("later", "aside") else t.text
        say_line(painter, words, row.word, "strong", ink)
        wide = QRectF(words)
        wide.setLeft(words.left() + _width(row.word, "strong") + px(8))
        say_line(painter, wide, row.count, "small_number", t.muted)

    def _paint_task(
        self, painter: QPainter, rect: QRectF, option: QStyleOptionViewItem, index: Index, row: TaskRow
    ) -> None:
        t, view = tokens.current(), self._list
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        pointed = view.pointed[0] == index.row()
        if chosen:
            painter.fillRect(rect, t.selection if view.hasFocus() else t.sel_inactive)
            painter.fillRect(QRectF(rect.left(), rect.top(), px(3), rect.height()), t.accent)
        elif pointed:
            painter.fillRect(rect, t.hover)
        places = TaskPlaces(rect)
        paint_icon(painter, places.icon, row.icon, t.role(row.role))
        self._paint_words(painter, places, row)
        part = view.pointed[1] if pointed else ""
        rounded(painter, places.fix, px(RADIUS_CONTROL), t.hover if part == "fix" else t.surface, t.line2)
        say_line(painter, places.fix.adjusted(px(4), 0, -px(4), 0), row.fix, "body", t.text, MIDDLE, 500)
        if part == "snooze":
            rounded(painter, places.snooze, px(RADIUS_CONTROL), t.line)
        inset = px(4)
        paint_icon(painter, places.snooze.adjusted(inset, inset, -inset, -inset), Icon.SNOOZE, t.text2)
        if chosen and view.hasFocus():
            ring = {"fix": places.fix, "snooze": places.snooze}.get(view.part)
            if ring is not None:
                focus_ring(painter, ring, px(RADIUS_CONTROL), t)
        bottom = rect.bottom()
        hairline(painter, QPointF(rect.left(), bottom), QPointF(rect.right() + 1, bottom), t.line)

    def _paint_words(self, painter: QPainter, places: TaskPlaces, row: TaskRow) -> None:
        t, words = tokens.current(), places.words
        ink = t.danger.text if row.late else t.text2
        half = px(18)
        top = words.center().y() - half + px(0.5)
        say_line(painter, QRectF(words.left(), top, words.width(), half), row.what, "body", t.text, weight=500)
        second = QRectF(words.left(), top + half - px(1), words.width(), half - px(1))
        if places.narrow:
            if row.when:
                say_line(painter, second, row.when, "tiny", ink)
                second.setLeft(min(second.right(), second.left() + _width(row.when, "tiny") + px(8)))
        elif row.when:
            wide = places.when.adjusted(-px(30), 0, 0, 0) if len(row.when) > 14 else places.when
            say_line(painter, wide, row.when, "small_number", ink, RIGHT, 500 if row.late else 400)
        say_line(painter, second, row.why, "tiny", t.muted)


def _width(word: str, style: str) -> float:
    return QFontMetricsF(kept_font(style)).horizontalAdvance(word)


class TodayList(QListView):
    """The list. `entered(row)` opens a thing, `fix_wanted(row)` and `snooze_wanted(row)` are its two buttons.

    Up and Down walk the things, Left and Right the buttons of one, Enter does what the ring is on, Space the first
    button, S puts off.
    """

    entered = Signal(int)
    fix_wanted = Signal(int)
    snooze_wanted = Signal(int)
    toggled = Signal()
    menu_wanted = Signal(int, object)
    parts = ("", "fix", "snooze")

    def __init__(self, name: str, model: TodayModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.part = ""
        self.pointed: tuple[int, str] = (-1, "")
        self.setModel(model)
        self.setItemDelegate(TaskDelegate(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().rangeChanged.connect(self._reach_under)
        tokens.watch().changed.connect(self.scheduleDelayedItemsLayout)
        self.selectionModel().currentChanged.connect(self._other_row)

    def select_row(self, row: int) -> None:
        """Go to a row and bring it into sight."""
        if row >= 0:
            index = self._model.index(row)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def part_at(self, at: QPointF) -> tuple[int, str]:
        """Row and part ("", "fix" or "snooze") at a point of the viewport; row -1 where there is none."""
        index = self.indexAt(at.toPoint())
        row = index.data(ROW_ROLE) if index.isValid() else None
        if row is None:
            return -1, ""
        if isinstance(row, HeadRow):
            return index.row(), ""
        rect = QRectF(self.visualRect(index))
        places = TaskPlaces(rect)
        if self.isRightToLeft():
            at = QPointF(rect.left() + rect.right() - at.x(), at.y())
        for name, place in (("fix", places.fix), ("snooze", places.snooze)):
            if place.contains(at):
                return index.row(), name
        return index.row(), ""

    def place_of(self, row: int, part: str) -> QRectF:
        """Where a button of a row lies in the viewport."""
        index = self._model.index(row)
        rect = QRectF(self.visualRect(index))
        places = TaskPlaces(rect)
        place = places.fix if part == "fix" else places.snooze
        if self.isRightToLeft():
            place.moveLeft(rect.left() + rect.right() - place.right())
        return place

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = Qt.Key(event.key()), self.currentIndex().row()
        onward = -1 if self.isRightToLeft() else 1
        head = self._model.head_at(row)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and row >= 0:
            self._press(row, "fix" if key == Qt.Key.Key_Space and not self.part else self.part)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and row >= 0 and head is None:
            step = onward if key == Qt.Key.Key_Right else -onward
            place = min(max(self.parts.index(self.part) + step, 0), len(self.parts) - 1)
            self.part = self.parts[place]
            self.viewport().update()
        elif key == Qt.Key.Key_S and row >= 0 and head is None and not event.modifiers():
            self.snooze_wanted.emit(row)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        row, part = self.part_at(event.position())
        if row >= 0 and event.button() == Qt.MouseButton.LeftButton and (part or self._model.head_at(row)):
            self._press(row, part)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row, part = self.part_at(event.position())
        if row >= 0 and not part and self._model.item_at(row) is not None:
            self.entered.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._point(self.part_at(event.position()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row = self.indexAt(event.pos()).row() if event.reason() == QContextMenuEvent.Reason.Mouse else (
            self.currentIndex().row())
        if self._model.item_at(row) is not None:
            self.select_row(row)
            self.menu_wanted.emit(row, event.globalPos())

    def leaveEvent(self, event: QEvent) -> None:
        self._point((-1, ""))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            return self._tell_tip(event)
        return super().viewportEvent(event)

    @Slot()
    def _reach_under(self) -> None:
        """Rows reach under the scroll bar, which stands over their padding."""
        under = -BAR if self.verticalScrollBar().maximum() > 0 else 0
        self.setViewportMargins(*((under, 0, 0, 0) if self.isRightToLeft() else (0, 0, under, 0)))

    @Slot()
    def _other_row(self) -> None:
        self.part = ""

    def _press(self, row: int, part: str) -> None:
        if self._model.head_at(row) is not None:
            self.toggled.emit()
        elif part == "fix":
            self.fix_wanted.emit(row)
        elif part == "snooze":
            self.snooze_wanted.emit(row)
        else:
            self.entered.emit(row)

    def _point(self, pointed: tuple[int, str]) -> None:
        if pointed != self.pointed:
            self.pointed = pointed
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if pointed[1] else Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def _tell_tip(self, event: QEvent) -> bool:
        at = event.pos()  # type: ignore[attr-defined]
        row, part = self.part_at(QPointF(at))
        shown = self._model.index(row).data(ROW_ROLE) if row >= 0 else None
        if not isinstance(shown, TaskRow):
            QToolTip.hideText()
            return True
        words = self.tr("Put off (S)") if part == "snooze" else f"{shown.what}\n{shown.why}"
        QToolTip.showText(event.globalPos(), words, self.viewport())  # type: ignore[attr-defined]
        return True
