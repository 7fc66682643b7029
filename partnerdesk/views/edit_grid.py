"""Records as a grid for the keyboard: arrows, F2, Enter, Tab to the next cell, pickers, copy and paste."""

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.cells import CELL_ROLE, Chip
from partnerdesk.look.fonts import font
from partnerdesk.look.icons import Icon, paint_icon
from partnerdesk.look.paint import focus_ring, hairline
from partnerdesk.look.tokens import RADIUS_BAR, STROKE_INLINE, px
from partnerdesk.models.edit_grid import PROBLEM_ROLE, STRUCK_ROLE, EditModel, GridColumn
from partnerdesk.views.kit.clip import clip
from partnerdesk.views.kit.delegates import Index, TableDelegate, has_focus_within, holds_figures
from partnerdesk.views.kit.menus import CELL_PAD, PANE_PAD, cell_pads
from partnerdesk.views.kit.picker import Option, PickerPopup, Provider
from partnerdesk.views.kit.table import DeskTable

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)


class GridDelegate(TableDelegate):
    """Cells of the grid: a ring around the current one, a sign where something is wrong."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        problem = index.data(PROBLEM_ROLE)
        view = option.widget
        focused = isinstance(view, DeskTable) and has_focus_within(view)
        if isinstance(view, DeskTable) and not focused and view.selectionModel().rowIntersectsSelection(index.row()):
            option = QStyleOptionViewItem(option)
            option.state |= QStyle.StateFlag.State_Selected
        super().paint(painter, option, index)
        t, rect = tokens.current(), QRectF(option.rect)
        if problem is not None:
            side = px(13)
            # the last column ends where the pane's padding begins
            end = px(PANE_PAD - CELL_PAD) if index.column() == index.model().columnCount() - 1 else 0
            place = QRectF(rect.right() - side - px(3) - end, rect.center().y() - side / 2, side, side)
            painter.fillRect(place.adjusted(-px(2), -2, 2, 2), t.surface)
            tone = t.danger if problem[0] == "block" else t.warn
            paint_icon(painter, place, Icon.PROBLEM, tone.text, STROKE_INLINE)
        if index.data(STRUCK_ROLE):
            _strike(painter, rect, index)
        if focused and isinstance(view, DeskTable) and view.currentIndex() == index:
            focus_ring(painter, rect.adjusted(1, 1, -1, -2), RADIUS_BAR)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), px(30))


class EditGrid(DeskTable):
    """The editable table. `add_wanted` on Ctrl+N or Insert, `remove_wanted` on Del, `paste_wanted(text)`."""

    add_wanted = Signal()
    remove_wanted = Signal()
    paste_wanted = Signal(str)
    row_chosen = Signal(int)

    def __init__(self, name: str, model: EditModel[Any], parent: QWidget | None = None) -> None:
        super().__init__(name, "row", parent)
        self._grid = model
        self._popup: PickerPopup | None = None
        self._at = QPersistentModelIndex()
        self._checked: set[Any] | None = None
        self._shown: frozenset[str] | None = None
        self.setModel(model)
        self.setItemDelegate(GridDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.AnyKeyPressed | triggers.DoubleClicked)
        self.horizontalHeader().setSectionsMovable(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.fit()
        # a slot that is overridden would be called after the grid has gone
        tokens.watch().changed.connect(self._follow_size)
        self.selectionModel().currentRowChanged.connect(self._row_changed)

    @property
    def popup(self) -> PickerPopup | None:
        """The picker that is open over a cell."""
        return self._popup

    @property
    def fits(self) -> bool:
        """Whether all columns shown have room."""
        return self.horizontalHeader().length() <= self.viewport().width()

    def options(self, key: str, held: Any) -> list[Option] | Provider:
        """What the picker of a column offers."""
        raise NotImplementedError

    def add_text(self, key: str) -> str:
        """What the last row of a picker says that keeps what was typed; "" where only options can be chosen."""
        return ""

    def go_to(self, record_id: int, key: str) -> None:
        """Make a cell the current one."""
        row = self._grid.row_of(record_id)
        column = next(at for at, c in enumerate(self._grid.columns) if c.key == key)
        if row >= 0:
            self._make_current(self._grid.index(row, column))

    def select_row(self, row: int) -> None:
        """Make a row the current one, its column kept."""
        if 0 <= row < self._grid.rowCount():
            self._make_current(self._grid.index(row, max(0, self.currentIndex().column())))

    @property
    def chosen_rows(self) -> list[int]:
        """The rows in which something is selected."""
        return sorted({index.row() for index in self.selectionModel().selectedIndexes()})

    def fit(self) -> None:
        """Give the columns their widths; those that grow share what room is left, spare ones go where it is short."""
        columns, room = self._grid.columns, self.viewport().width()
        widths = {at: px(column.width) for at, column in enumerate(columns)
                  if self._shown is None or column.key in self._shown}
        for at in reversed([at for at in widths if columns[at].spare]):
            if sum(widths.values()) > room:
                del widths[at]
        growing = [at for at in widths if columns[at].grows]
        for at in growing:
            widths[at] += max(0, room - sum(px(columns[at].width) if at in growing else wide
                                            for at, wide in widths.items())) // len(growing)
        bar = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(
            bar.ScrollBarAlwaysOff if sum(widths.values()) <= room else bar.ScrollBarAsNeeded)
        for at in range(len(columns)):
            self.setColumnHidden(at, at not in widths)
            if at in widths:
                self.setColumnWidth(at, widths[at])

    def show_columns(self, keys: Collection[str]) -> None:
        """Show these columns only."""
        self._shown = frozenset(keys)
        self.fit()

    def wanted_height(self, most: int = 12) -> int:
        """The height that shows all rows, up to `most`."""
        bar = 0 if self.fits else self.horizontalScrollBar().sizeHint().height()
        rows = min(max(1, self._grid.rowCount()), most)
        return tokens.height("table_header") + rows * tokens.height("row") + bar + 2

    def change_cell(self, index: QModelIndex, typed: str = "") -> None:
        """Begin to edit a cell by what its column asks for: typing, a picker, or a tick turned over."""
        if not index.isValid() or not self._grid.can_edit(index.row(), index.column()):
            return
        column = self._grid.columns[index.column()]
        if column.kind == "tick":
            record = self._grid.record_at(index.row())
            self._grid.set_value(index.row(), column.key, {column.key: not getattr(record, column.key)})
        elif column.kind in ("choice", "many"):
            self._open_picker(index, column, typed)
        elif column.kind == "text":
            self.edit(index)

    def commit(self) -> None:
        """Take what is being typed in a cell."""
        editor = self.indexWidget(self.currentIndex())
        if self.state() == QAbstractItemView.State.EditingState:
            focus = QGuiApplication.focusObject()
            if isinstance(focus, QWidget) and self.isAncestorOf(focus) and focus is not self:
                self.commitData(focus)
                self.closeEditor(focus, QAbstractItemDelegate.EndEditHint.NoHint)
        elif editor is not None:
            self.commitData(editor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something in the grid, whatever else listens to them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit(QGuiApplication.clipboard().text())
        elif event.matches(QKeySequence.StandardKey.New) or event.key() == Qt.Key.Key_Insert:
            self.add_wanted.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_wanted.emit()
        elif event.key() in _ENTER or (event.key() == Qt.Key.Key_F4):
            self.change_cell(index)
        elif not self._types(event, index):
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._grid.columns[index.column()].kind != "text":
            self.change_cell(index)
        else:
            super().mouseDoubleClickEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Tab goes to the next cell and edits on where cells are typed into; Enter goes down."""
        hints = QAbstractItemDelegate.EndEditHint
        super().closeEditor(editor, hints.NoHint)
        self.setFocus()
        step = {hints.EditNextItem: 1, hints.EditPreviousItem: -1}.get(hint)
        if step is not None:
            self._step(step)

    def _step(self, step: int) -> None:
        """Go to the next cell shown, and type on where it is typed into."""
        columns = self._grid.columnCount()
        at = self.currentIndex().row() * columns + self.currentIndex().column() + step
        while at >= 0 and self.isColumnHidden(at % columns):
            at += step
        row, column = divmod(at, columns)
        if 0 <= row < self._grid.rowCount():
            index = self._grid.index(row, column)
            self._make_current(index)
            if self._grid.columns[column].kind == "text" and self._grid.can_edit(row, column):
                self.edit(index)

    def _make_current(self, index: QModelIndex) -> None:
        """Make one cell the current and only selected one, whatever keys are held."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _types(self, event: QKeyEvent, index: QModelIndex) -> bool:
        """Letters open a picker with what was typed; the space bar opens it or turns a tick over."""
        if not index.isValid() or self._grid.locked:
            return False
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        kind = self._grid.columns[index.column()].kind
        typed = event.text()
        if held or kind in ("text", "told") or not typed.isprintable() or not typed:
            return False
        if kind == "tick" and typed != " ":
            return False
        self.change_cell(index, typed.strip())
        return True

    def _ours(self, event: QKeyEvent) -> bool:
        standard = QKeySequence.StandardKey
        return (event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Insert, Qt.Key.Key_F2, Qt.Key.Key_Return)
                or any(event.matches(key) for key in (standard.Copy, standard.Paste, standard.New)))

    def _open_picker(self, index: QModelIndex, column: GridColumn, typed: str) -> None:
        if self._popup is not None:
            return
        held = self._grid.held(self._grid.record_at(index.row()), column.key)
        many = column.kind == "many"
        popup = PickerPopup(self, self.options(column.key, held), held if many else (held,), many=many,
                            name=column.title, add_text=self.add_text(column.key))
        popup.chosen.connect(self._chosen)
        popup.toggled.connect(self._toggled)
        popup.add_asked.connect(self._added)
        popup.closed.connect(self._popup_closed)
        self._popup, self._at = popup, QPersistentModelIndex(index)
        rect = self.visualRect(index)
        popup.open_at(self.viewport().mapToGlobal(rect.bottomLeft() + QPoint(0, 2)))
        if typed:
            popup.type_text(typed)

    @Slot(object)
    def _chosen(self, value: Any) -> None:
        self._store(value)

    @Slot(object)
    def _toggled(self, values: set[Any]) -> None:
        self._checked = values

    @Slot(str)
    def _added(self, typed: str) -> None:
        if self._grid.columns[self._at.column()].kind == "many":
            self._store_many({*self._held(), typed})
        else:
            self._store(typed)

    @Slot()
    def _follow_size(self) -> None:
        self.fit()

    @Slot()
    def _popup_closed(self) -> None:
        self._popup = None
        self.setFocus()
        checked, self._checked = self._checked, None
        if checked is not None:
            self._store_many(checked)

    def _held(self) -> tuple[Any, ...]:
        column = self._grid.columns[self._at.column()]
        held: tuple[Any, ...] = self._grid.held(self._grid.record_at(self._at.row()), column.key)
        return held

    def _store_many(self, chosen: set[Any]) -> None:
        """Keep the order of what was there; what is new follows."""
        if self._at.isValid():
            before = self._held()
            self._store(tuple(v for v in before if v in chosen) + tuple(sorted(chosen - set(before))))

    def _store(self, value: Any) -> None:
        if self._at.isValid():
            key = self._grid.columns[self._at.column()].key
            self._grid.set_value(self._at.row(), key, {key: value})

    def _copy(self) -> None:
        tsv, table = self._grid.copied(self.selectionModel().selectedIndexes() or [self.currentIndex()])
        QGuiApplication.clipboard().setMimeData(clip(tsv, table))

    @Slot()
    def _rescale(self) -> None:
        # a slot that a subclass replaces would be called on after the grid is gone
        self.fit()

    @Slot(QModelIndex, QModelIndex)
    def _row_changed(self, now: QModelIndex, _: QModelIndex) -> None:
        self.row_chosen.emit(now.row() if now.isValid() else -1)


def _strike(painter: QPainter, rect: QRectF, index: Index) -> None:
    """A line through the words of a cell."""
    words = index.data()
    if not words or isinstance(index.data(CELL_ROLE), Chip):
        return
    right = holds_figures(index.model(), index.column())
    last = index.column() == index.model().columnCount() - 1
    before, after = cell_pads(index.column() == 0, last, right)
    wide = min(QFontMetricsF(font("body")).horizontalAdvance(str(words)), rect.width() - before - after)
    left = rect.right() - after - wide if right else rect.left() + before
    middle = rect.center().y()
    hairline(painter, QPointF(left, middle), QPointF(left + wide, middle), tokens.current().text2)
