"""The sidebar's list of pages: groups, counts, a badge, and an icon rail where it is narrow."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.cells import CELL_ROLE, NavRow
from partnerdesk.look.fonts import font
from partnerdesk.look.icons import mirror, paint_icon
from partnerdesk.look.paint import CENTER, RIGHT, badge, dot, focus_ring, rounded, write
from partnerdesk.look.tokens import RADIUS_CONTROL, px

Index = QModelIndex | QPersistentModelIndex

ROW: Final = 29
GROUP: Final = 32
RAIL: Final = 64


class NavModel(QAbstractListModel):
    """The rows of the sidebar as they stand; counts change without a reset."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[NavRow] = []

    def set_rows(self, rows: Sequence[NavRow]) -> None:
        """Show `rows`; the same keys in the same order only change in place."""
        if [row.key for row in rows] == [row.key for row in self._rows]:
            self._rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row_of(self, key: str) -> int:
        """Where the page `key` stands, or -1."""
        return next((i for i, row in enumerate(self._rows) if row.key == key and row.icon), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role == CELL_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return row.word
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(part for part in (row.word, row.count, row.badge) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self._rows[index.row()]
        if row.icon is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class NavDelegate(QStyledItemDelegate):
    """Paints a page row or a group's head."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(CELL_ROLE)
        if not isinstance(row, NavRow):
            return
        painter.save()
        mirror(painter, QRectF(option.rect), option.direction)
        rail = option.rect.width() < px(RAIL)
        if row.icon is None:
            self._paint_group(painter, QRectF(option.rect), row, rail)
        else:
            self._paint_page(painter, option, row, rail)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(CELL_ROLE)
        group = isinstance(row, NavRow) and row.icon is None
        return QSize(px(40), px(GROUP if group else ROW))

    def _paint_group(self, painter: QPainter, rect: QRectF, row: NavRow, rail: bool) -> None:
        t = tokens.current()
        if rail:
            painter.fillRect(QRectF(rect.left() + 8, round(rect.center().y()), rect.width() - 16, 1), t.line)
            return
        words = rect.adjusted(px(8), px(8), -px(8), 0)
        write(painter, words, row.word, font("tiny", 600), t.muted)

    def _paint_page(self, painter: QPainter, option: QStyleOptionViewItem, row: NavRow, rail: bool) -> None:
        t = tokens.current()
        box = QRectF(option.rect).adjusted(0, 0, 0, -1)
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if on or hover:
            rounded(painter, box, px(RADIUS_CONTROL), t.selection if on else t.line)
        view = option.widget
        if view is not None and view.hasFocus() and option.state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, box, px(RADIUS_CONTROL), t)
        side = px(16)
        left = box.center().x() - side / 2 if rail else box.left() + px(8)
        place = QRectF(round(left), round(box.center().y() - side / 2), side, side)
        assert row.icon is not None
        paint_icon(painter, place, row.icon, t.accent_text if on else t.text2)
        if rail:
            if row.badge:
                dot(painter, QPointF(place.right() + 1, place.top() + 1), px(3), t.danger.fill)
            return
        self._paint_words(painter, box, row, on)

    def _paint_words(self, painter: QPainter, box: QRectF, row: NavRow, on: bool) -> None:
        t = tokens.current()
        right = box.right() - px(8)
        if row.badge:
            right -= badge(painter, right, box.center().y(), row.badge, t) + px(6)
        elif row.count:
            counts = QRectF(right - px(60), box.top(), px(60), box.height())
            write(painter, counts, row.count, font("small_number"), t.text2 if on else t.muted, RIGHT)
            right -= px(12 + 7 * len(row.count))
        words = QRectF(box.left() + px(34), box.top(), right - box.left() - px(34), box.height())
        write(painter, words, row.word, font("body", 600 if on else 400), t.text if on else t.text2, CENTER)


class NavView(QListView):
    """The list of pages; `chosen` tells the key of the page the user goes to."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = NavModel(self)
        self._silent = False
        self.setModel(self._model)
        self.setItemDelegate(NavDelegate(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._tell)
        # the sidebar's own ground shows through
        self.viewport().setAutoFillBackground(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        tokens.watch().changed.connect(self.scheduleDelayedItemsLayout)

    def set_rows(self, rows: Sequence[NavRow]) -> None:
        """Show these rows; the page shown stays marked."""
        key = self.value
        self._model.set_rows(rows)
        if key and not self.value:
            self.set_value(key)

    @property
    def value(self) -> str:
        """The key of the page marked, or ""."""
        row = self.currentIndex().data(CELL_ROLE)
        return row.key if isinstance(row, NavRow) else ""

    def set_value(self, key: str) -> None:
        """Mark the page `key`, "" for none, without telling anyone."""
        self._silent = True
        place = self._model.row_of(key)
        self.setCurrentIndex(self._model.index(place) if place >= 0 else QModelIndex())
        if place < 0:
            self.clearSelection()
        self._silent = False

    def sizeHint(self) -> QSize:
        rows = range(self._model.rowCount())
        return QSize(px(176), sum(self.sizeHintForRow(row) for row in rows))

    @Slot()
    def _tell(self) -> None:
        if self.value and not self._silent:
            self.chosen.emit(self.value)
