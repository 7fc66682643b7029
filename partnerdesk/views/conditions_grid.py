"""The conditions as a grid for the keyboard: arrows, F2, Enter, Tab to the next cell, pickers, copy and paste."""

from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QStyleOptionViewItem, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon, paint_icon
from partnerdesk.look.paint import focus_ring
from partnerdesk.look.tokens import RADIUS_BAR, STROKE_INLINE, px
from partnerdesk.models.condition_cells import GridColumn, words_of
from partnerdesk.models.conditions import PROBLEM_ROLE, ConditionsModel
from partnerdesk.views.agreement_fields import field_options, find_language_options, term_options
from partnerdesk.views.kit.clip import clip
from partnerdesk.views.kit.delegates import Index, TableDelegate, has_focus_within
from partnerdesk.views.kit.menus import CELL_PAD, PANE_PAD
from partnerdesk.views.kit.picker import Option, PickerPopup, Provider
from partnerdesk.views.kit.table import DeskTable

_TOLD_BELOW = ("years", "levels", "fields", "languages", "exceptions")
"""Columns whose content the form below says too, and which a locked grid does without where it is narrow."""
_LEAST = 0.75
"""The part of its width a column has to have to be worth showing."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)


class GridDelegate(TableDelegate):
    """Cells of the grid: a ring around the current one, a sign where something is wrong."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        problem = index.data(PROBLEM_ROLE)
        if problem is not None:
            option = QStyleOptionViewItem(option)
        super().paint(painter, option, index)
        t, rect = tokens.current(), QRectF(option.rect)
        if problem is not None:
            side = px(13)
            place = QRectF(rect.right() - side - px(3), rect.center().y() - side / 2, side, side)
            painter.fillRect(place.adjusted(-px(2), -2, 2, 2), t.surface)
            tone = t.danger if problem[0] == "block" else t.warn
            paint_icon(painter, place, Icon.PROBLEM, tone.text, STROKE_INLINE)
        view = option.widget
        if isinstance(view, DeskTable) and view.currentIndex() == index and has_focus_within(view):
            focus_ring(painter, rect.adjusted(1, 1, -1, -2), RADIUS_BAR)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), px(30))


class ConditionsGrid(DeskTable):
    """The editable table. `add_wanted` on Ctrl+N or Insert, `remove_wanted` on Del, `paste_wanted(text)`."""

    add_wanted = Signal()
    remove_wanted = Signal()
    paste_wanted = Signal(str)
    row_chosen = Signal(int)

    def __init__(self, name: str, model: ConditionsModel, parent: QWidget | None = None) -> None:
        super().__init__(name, "row", parent)
        self._grid = model
        self._popup: PickerPopup | None = None
        self._at = QPersistentModelIndex()
        self._checked: set[Any] | None = None
        self.setModel(model)
        self.setItemDelegate(GridDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.AnyKeyPressed | triggers.DoubleClicked)
        self.horizontalHeader().setSectionsMovable(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.fit()
        tokens.watch().changed.connect(self.fit)
        self.selectionModel().currentRowChanged.connect(self._row_changed)

    @property
    def popup(self) -> PickerPopup | None:
        """The picker that is open over a cell."""
        return self._popup

    @property
    def fits(self) -> bool:
        """Whether all columns shown have room."""
        return self.horizontalHeader().length() <= self.viewport().width()

    def go_to(self, condition_id: int, key: str) -> None:
        """Make a cell the current one."""
        row = self._grid.row_of(condition_id)
        column = next(at for at, c in enumerate(self._grid.columns) if c.key == key)
        if row >= 0:
            self._make_current(self._grid.index(row, column))

    def select_row(self, row: int) -> None:
        """Make a row the current one, its column kept."""
        if 0 <= row < self._grid.rowCount():
            self._make_current(self._grid.index(row, max(0, self.currentIndex().column())))

    @Slot()
    def fit(self) -> None:
        """Give the columns their widths; a locked grid shows those that say something and have room."""
        widths = {at: px(column.width) for at, column in enumerate(self._grid.columns)}
        room = self.viewport().width()
        if self._grid.locked and sum(widths.values()) > room:
            widths = self._narrowed(widths, room)
        bar = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(
            bar.ScrollBarAlwaysOff if sum(widths.values()) <= room else bar.ScrollBarAsNeeded)
        for at in range(len(self._grid.columns)):
            self.setColumnHidden(at, at not in widths)
            if at in widths:
                self.setColumnWidth(at, widths[at])

    def change_cell(self, index: QModelIndex, typed: str = "") -> None:
        """Begin to edit a cell by what its column asks for: typing, a picker, or a tick turned over."""
        if not index.isValid() or self._grid.locked:
            return
        column = self._grid.columns[index.column()]
        if column.kind == "tick":
            condition = self._grid.condition_at(index.row())
            self._grid.set_value(index.row(), column.key, {column.key: not getattr(condition, column.key)})
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
        columns = self._grid.columnCount()
        at = self.currentIndex().row() * columns + self.currentIndex().column() + step
        row, column = divmod(at, columns)
        if 0 <= row < self._grid.rowCount():
            index = self._grid.index(row, column)
            self._make_current(index)
            if self._grid.columns[column].kind == "text":
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
        condition = self._grid.condition_at(index.row())
        held: Any = getattr(condition, column.key)
        many = column.kind == "many"
        popup = PickerPopup(self, _options(column.key, held), held if many else (held,), many=many,
                            name=column.title, add_text=self._add_text(column.key))
        popup.chosen.connect(self._chosen)
        popup.toggled.connect(self._toggled)
        popup.add_asked.connect(self._added)
        popup.closed.connect(self._popup_closed)
        self._popup, self._at = popup, QPersistentModelIndex(index)
        rect = self.visualRect(index)
        popup.open_at(self.viewport().mapToGlobal(rect.bottomLeft() + QPoint(0, 2)))
        if typed:
            popup.type_text(typed)

    def _add_text(self, key: str) -> str:
        return self.tr("Keep “{text}” as it stands") if key == "fields" else ""

    @Slot(object)
    def _chosen(self, value: Any) -> None:
        self._store(value)

    @Slot(object)
    def _toggled(self, values: set[Any]) -> None:
        self._checked = values

    @Slot(str)
    def _added(self, typed: str) -> None:
        self._store_many({*self._held(), typed})

    @Slot()
    def _popup_closed(self) -> None:
        self._popup = None
        self.setFocus()
        checked, self._checked = self._checked, None
        if checked is not None:
            self._store_many(checked)

    def _held(self) -> tuple[Any, ...]:
        column = self._grid.columns[self._at.column()]
        held: tuple[Any, ...] = getattr(self._grid.condition_at(self._at.row()), column.key)
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

    def _narrowed(self, widths: dict[int, int], room: int) -> dict[int, int]:
        """The columns that are not empty, without those that are said below and have no room; the second takes the
        rest.
        """
        rows, columns = self._grid.conditions, self._grid.columns
        held = [at for at in widths
                if any(words_of(row, columns[at].key, self._grid.exceptions_of(row.id)) for row in rows)]
        shown: dict[int, int] = {}
        # the last one keeps to the padding of the pane
        more = px(PANE_PAD - CELL_PAD)
        room -= more
        for at in held:
            left = room - sum(shown.values())
            if columns[at].key not in _TOLD_BELOW or left >= widths[at] * _LEAST:
                shown[at] = min(widths[at], left) if columns[at].key in _TOLD_BELOW else widths[at]
        spare = room - sum(shown.values())
        if len(shown) > 1 and spare > 0:
            shown[list(shown)[1]] += spare
        if shown:
            shown[list(shown)[-1]] += more
        return shown

    @Slot(QModelIndex, QModelIndex)
    def _row_changed(self, now: QModelIndex, _: QModelIndex) -> None:
        self.row_chosen.emit(now.row() if now.isValid() else -1)


def _options(key: str, held: Any) -> list[Option] | Provider:
    if key == "languages":
        return find_language_options
    if key == "fields":
        known = field_options()
        codes = {option.value for option in known}
        return [Option(code, code, "?") for code in held if code not in codes] + known
    return term_options({"levels": "level"}.get(key, key))
