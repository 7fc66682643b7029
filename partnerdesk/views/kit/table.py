"""The table every list page shows: whole rows, hover, one hairline a row, header with sorting."""

from typing import Literal

from PySide6.QtCore import QEvent, QPointF, Qt, Slot
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.paint import hairline
from partnerdesk.look.tokens import height, px
from partnerdesk.views.kit.delegates import TableDelegate


class HeadEnd(QWidget):
    """The end of the header above the scroll bar, so that the header reaches the table's edge."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, t = QPainter(self), tokens.current()
        painter.fillRect(self.rect(), t.sunken)
        bottom = self.height() - 1
        hairline(painter, QPointF(0, bottom), QPointF(self.width(), bottom), t.line)


class DeskTable(QTableView):
    """A QTableView dressed: rows of 44 with two lines, or of 30; `name` is its accessible name."""

    def __init__(self, name: str, rows: Literal["row", "row_two"] = "row_two", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._scale = tokens.scale()
        self._hover = -1
        self.setAccessibleName(name)
        self.setItemDelegate(TableDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._dress_header(self.horizontalHeader())
        self._end = HeadEnd(self)
        self.addScrollBarWidget(self._end, Qt.AlignmentFlag.AlignTop)
        self._measure()
        tokens.watch().changed.connect(self._measure)

    @property
    def hover_row(self) -> int:
        """The row under the pointer, or -1."""
        return self._hover

    def set_hover_row(self, row: int) -> None:
        """Show `row` as under the pointer; -1 for none."""
        before, self._hover = self._hover, row
        for changed in {before, row} - {-1}:
            top = self.rowViewportPosition(changed)
            self.viewport().update(0, top, self.viewport().width(), self.rowHeight(changed))

    def set_rows(self, rows: Literal["row", "row_two"]) -> None:
        """Switch between rows of one and of two lines."""
        self._rows = rows
        self._measure()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self.rowAt(event.position().toPoint().y())
        if row != self._hover:
            self.set_hover_row(row)
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.set_hover_row(-1)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    @Slot()
    def _measure(self) -> None:
        self.verticalHeader().setMinimumSectionSize(height(self._rows))
        self.verticalHeader().setDefaultSectionSize(height(self._rows))
        self.horizontalHeader().setFixedHeight(height("table_header"))
        self._end.setFixedHeight(height("table_header"))
        self.verticalScrollBar().setSingleStep(height(self._rows))
        self._scale_columns(tokens.scale() / self._scale)
        self._scale = tokens.scale()
        self.viewport().update()

    def _scale_columns(self, factor: float) -> None:
        """Keep the words of each column as readable as they were when the text grows."""
        header = self.horizontalHeader()
        header.setMinimumSectionSize(px(40))
        if factor == 1.0:
            return
        for column in range(header.count()):
            if header.sectionResizeMode(column) == QHeaderView.ResizeMode.Interactive:
                header.resizeSection(column, round(header.sectionSize(column) * factor))

    def _dress_header(self, header: QHeaderView) -> None:
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setFrameShape(QFrame.Shape.NoFrame)
