"""The tables and panes of the Data page: columns that share the width, Enter opens, a foot with words and buttons."""

from collections.abc import Sequence
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import QItemSelectionModel, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QStackedWidget, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.look import tokens
from partnerdesk.look.tokens import px
from partnerdesk.models.lines import LinesModel
from partnerdesk.views.kit.labels import Pane, ShortWords
from partnerdesk.views.kit.layouts import Column, Row
from partnerdesk.views.kit.table import DeskTable

T = TypeVar("T")
_LEAST, _FIRM = 150, 120


class LinesTable(DeskTable, Generic[T]):
    """A table over lines; columns without a width share what is left, wide ones give way, narrow ones stay.

    `opened()` on Enter and double click, `picked()` when the current row is another one.
    """

    opened = Signal()
    picked = Signal()

    def __init__(
        self, name: str, model: LinesModel[T], rows: Literal["row", "row_two"] = "row_two",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, rows, parent)
        self._lines = model
        self.setModel(model)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionsMovable(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.selectionModel().currentRowChanged.connect(self._moved)
        model.columnsInserted.connect(self._share)
        model.columnsRemoved.connect(self._share)
        tokens.watch().changed.connect(self._share)

    @property
    def lines(self) -> LinesModel[T]:
        """The model."""
        return self._lines

    @property
    def current(self) -> T | None:
        """The line of the current row."""
        return self._lines.line_at(self.currentIndex().row())

    @property
    def chosen(self) -> list[T]:
        """The selected lines in their order."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self._lines.lines[row] for row in rows]

    def show_lines(self, lines: Sequence[T]) -> None:
        """Show other lines; the current one stays current where it is still there."""
        at = self.current
        key = self._lines.key_of(at) if at is not None else None
        self._lines.set_lines(lines)
        if key is not None and (row := self._lines.row_of(key)) >= 0 and row != self.currentIndex().row():
            self.select_row(row)

    def select_row(self, row: int) -> None:
        """Make a row the current and selected one."""
        flag = QItemSelectionModel.SelectionFlag
        index = self._lines.index(row, 0)
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.opened.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            self.opened.emit()

    @Slot()
    def _moved(self) -> None:
        self.picked.emit()

    @Slot()
    def _share(self) -> None:
        columns = self._lines.columns
        room = self.viewport().width()
        firm = sum(px(column.width) for column in columns if column.width <= _FIRM)
        soft = sum(px(column.width) for column in columns if column.width > _FIRM)
        open_ones = [n for n, column in enumerate(columns) if not column.width]
        least = px(_LEAST) * len(open_ones)
        squeeze = min(1.0, max(0.5, (room - least - firm) / soft)) if soft else 1.0
        widths = [round(px(c.width) * (squeeze if c.width > _FIRM else 1.0)) for c in columns]
        left = room - sum(widths)
        for place, n in enumerate(open_ones):
            widths[n] = max(px(40), left // (len(open_ones) - place))
            left -= widths[n]
        for n, width in enumerate(widths):
            self.horizontalHeader().resizeSection(n, width)


class Foot(Pane):
    """A strip below a table: words at the left, buttons at the right."""

    def __init__(self, parent: QWidget | None = None, *, tall: bool = False) -> None:
        """A `tall` one has room for buttons of full height."""
        super().__init__("footer", parent)
        self._words = ShortWords("", "tiny", "muted")
        pad = 8 if tall else 2
        self._row = Row(self, (16, pad, 16, pad), 8)
        self._row.addWidget(self._words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._fit()
        tokens.watch().changed.connect(self._fit)

    def say(self, words: str) -> None:
        """Say something at the left."""
        self._words.setText(words)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def say_at_right(self) -> None:
        """Have the words at the right and the buttons before them, as lists of records have their counts."""
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._row.setDirection(Row.Direction.RightToLeft)

    def add(self, button: QWidget) -> None:
        """Add a button at the other end."""
        self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    @Slot()
    def _fit(self) -> None:
        self.setMinimumHeight(tokens.height("footer"))


class Part(QWidget):
    """One tab of the Data page; it asks only while it is seen. `noticed(kind, words)` for the page's message bar."""

    noticed = Signal(str, str)
    counted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._awake = False
        self._stale = True
        self._column = Column(self)

    @property
    def awake(self) -> bool:
        """Whether it is seen."""
        return self._awake

    @property
    def count(self) -> int | None:
        """The number on its tab, None for none."""
        return None

    def focus_first(self) -> None:
        """Put the keyboard where the part begins."""

    @property
    def desk(self) -> Desk:
        """The office it is about."""
        return self._desk

    def set_awake(self, awake: bool) -> None:
        """A part that nobody sees only marks itself stale."""
        self._awake = awake
        if awake and self._stale:
            self.renew()

    def mark_stale(self, *_: Any) -> None:
        """Something it shows has changed."""
        self._stale = True
        if self._awake:
            self.renew()

    def renew(self) -> None:
        """Ask again for what it shows."""
        self._stale = False

    def forget(self) -> None:
        """The office has been closed."""
        self._stale = True


class TableOrEmpty(QStackedWidget):
    """A table, and what is shown in its place when it has no lines."""

    def __init__(self, table: QWidget, empty: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addWidget(table)
        self.addWidget(empty)

    def show_empty(self, empty: bool) -> None:
        """Show the one or the other."""
        self.setCurrentIndex(1 if empty else 0)
