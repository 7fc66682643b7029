"""A table of lines in a form, as high as its rows: what scrolls is the form."""

from collections.abc import Sequence
from typing import Literal, TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.look import tokens
from partnerdesk.models.lines import LinesModel
from partnerdesk.views.data_table import LinesTable

T = TypeVar("T")


class FittedTable(LinesTable[T]):
    """Follows its lines and the user's size of text."""

    def __init__(
        self, name: str, model: LinesModel[T], rows: Literal["row", "row_two"] = "row", parent: QWidget | None = None
    ) -> None:
        super().__init__(name, model, rows, parent)
        self._row_height = rows
        self.setSelectionMode(LinesTable.SelectionMode.SingleSelection)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tokens.watch().changed.connect(self._fit_height)
        self._fit_height()

    def show_lines(self, lines: Sequence[T]) -> None:
        super().show_lines(lines)
        self._fit_height()

    @Slot()
    def _fit_height(self) -> None:
        rows = self.lines.rowCount()
        self.setFixedHeight(tokens.height("table_header") + rows * tokens.height(self._row_height) + 1)
