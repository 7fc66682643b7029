"""Small tables in a form: as high as their rows, following their records."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.tokens import px
from partnerdesk.models.agreements import Line, LinesModel
from partnerdesk.views.kit.table import DeskTable

MOST_ROWS = 400


class SmallTable(DeskTable):
    """A table of `Line`s inside a scrolling form; `chosen(key)` when the current row changes, 0 for none."""

    chosen = Signal(int)
    opened = Signal(int)
    remove_wanted = Signal(int)

    def __init__(
        self, name: str, titles: Sequence[str], widths: Sequence[int], *, two_lines: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`widths` at 100 %; the column with 0 takes what is left."""
        super().__init__(name, "row_two" if two_lines else "row", parent)
        self._two, self._widths = two_lines, tuple(widths)
        self.lines = LinesModel(titles, self)
        self.setModel(self.lines)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionsMovable(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.selectionModel().currentRowChanged.connect(self._row_changed)
        self.activated.connect(self._activated)
        self._fit()
        tokens.watch().changed.connect(self._fit)

    @property
    def key(self) -> int:
        """The record of the current row, 0 for none."""
        return self.lines.key_at(self.currentIndex().row())

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these rows."""
        self.lines.show_lines(lines[:MOST_ROWS])
        self._fit()

    def choose(self, key: int) -> None:
        """Make a row the current one."""
        row = self.lines.row_of(key)
        if row >= 0:
            self.setCurrentIndex(self.lines.index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.key:
            self.remove_wanted.emit(self.key)
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex, QModelIndex)
    def _row_changed(self, now: QModelIndex, _: QModelIndex) -> None:
        self.chosen.emit(self.lines.key_at(now.row()) if now.isValid() else 0)

    @Slot(QModelIndex)
    def _activated(self, index: QModelIndex) -> None:
        self.opened.emit(self.lines.key_at(index.row()))

    @Slot()
    def _fit(self) -> None:
        for at, width in enumerate(self._widths):
            if width:
                self.setColumnWidth(at, px(width))
            else:
                self.horizontalHeader().setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        row = tokens.height("row_two" if self._two else "row")
        wanted = tokens.height("table_header") + self.lines.rowCount() * row + 1
        if self.height() != wanted:
            self.setFixedHeight(wanted)
