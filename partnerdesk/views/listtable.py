"""The table of a list page: paints its rows in one go, keeps selection and scroll when rows move under it."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from partnerdesk.models.listing import Index, ListModel
from partnerdesk.views.kit.rows import RowPainter, rows_within
from partnerdesk.views.kit.table import DeskTable

FEW_ROWS = 4
_Flag = QItemSelectionModel.SelectionFlag


class ListTable(DeskTable):
    """`entered_record` when the user wants to go on into the form."""

    entered_record = Signal()
    resized = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, "row_two", parent)
        self.setSortingEnabled(False)
        self.horizontalHeader().setSortIndicatorShown(True)
        self.horizontalHeader().setSectionsClickable(True)
        self.horizontalHeader().sectionClicked.connect(self._sort_by)
        self.horizontalHeader().setStretchLastSection(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.recalling = False
        self._kept: list[int] = []
        self._current: int | None = None
        self._scroll = 0
        self._painter = RowPainter(self, self._line, self._cell)

    def selected_runs(self) -> list[tuple[int, int]]:
        """First and last row of each unbroken run of selected rows, from top to bottom."""
        runs: list[tuple[int, int]] = []
        chosen = self.selectionModel().selection()
        for first, last in sorted((part.top(), part.bottom()) for part in map(chosen.at, range(chosen.count()))):
            if runs and first <= runs[-1][1] + 1:
                runs[-1] = (runs[-1][0], max(last, runs[-1][1]))
            else:
                runs.append((first, last))
        return runs

    def select_row(self, row: int) -> None:
        """Select a row and bring it into sight."""
        index = self.model().index(row, max(0, self.horizontalHeader().logicalIndex(0)))
        flags = _Flag.ClearAndSelect | _Flag.Rows | _Flag.Current
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def set_sort(self, column: int, descending: bool) -> None:
        """Show by which column the list is sorted, without asking for it."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header = self.horizontalHeader()
        header.blockSignals(True)
        header.setSortIndicator(column, order)
        header.blockSignals(False)
        header.update()

    @Slot()
    def remember(self) -> None:
        """Note what is selected before rows move in bulk."""
        model = self._list()
        self.recalling = True
        self._kept = [model.id_at(i.row()) for i in self.selectionModel().selectedRows() if i.row() < model.rowCount()]
        at = self.currentIndex().row()
        self._current = model.id_at(at) if 0 <= at < model.rowCount() else None
        self._scroll = self.verticalScrollBar().value()

    @Slot()
    def recall(self) -> None:
        """Select again what was selected, as far as it is still there."""
        model = self._list()
        chosen = QItemSelection()
        last = model.columnCount() - 1
        for record_id in self._kept:
            row = model.row_of(record_id)
            if row >= 0:
                chosen.select(model.index(row, 0), model.index(row, last))
        current = model.row_of(self._current) if self._current is not None else -1
        if current >= 0:
            self.selectionModel().setCurrentIndex(model.index(current, 0), _Flag.NoUpdate)
        self.verticalScrollBar().setValue(self._scroll)
        self.recalling = False
        self.selectionModel().select(chosen, _Flag.ClearAndSelect)

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Paint a few changed rows cell by cell: told of several cells, Qt would paint the whole table again."""
        if not first.isValid() or last.row() - first.row() >= FEW_ROWS:
            super().dataChanged(first, last, roles)
            return
        for row in range(first.row(), last.row() + 1):
            for column in range(first.column(), last.column() + 1):
                if not self.isColumnHidden(column):
                    cell = self.model().index(row, column)
                    super().dataChanged(cell, cell, roles)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not isinstance(self.model(), ListModel):
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        # Qt's stubs do not know that a region can be walked
        parts = [(part.top(), part.bottom()) for part in cast("Iterable[QRect]", event.region())]
        self._painter.paint(painter, rows_within(self, parts))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and self.currentIndex().isValid():
            self.entered_record.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            self.entered_record.emit()

    @Slot(int)
    def _sort_by(self, section: int) -> None:
        model = self._list()
        key = model.columns[section].sort
        if not key:
            self.set_sort(self._sorted_section(), model.query.descending)
            return
        descending = model.query.sort == key and not model.query.descending
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        model.sort(section, order)
        self.horizontalHeader().setSortIndicator(section, order)

    def _sorted_section(self) -> int:
        model = self._list()
        return next((n for n, c in enumerate(model.columns) if c.sort == model.query.sort), -1)

    def _line(self, row: int) -> Any:
        return self._list().wanted_line(row)

    def _cell(self, line: Any, column: int) -> Any:
        return self._list().columns[column].cell(line)

    def _list(self) -> ListModel:
        model = self.model()
        assert isinstance(model, ListModel)
        return model
