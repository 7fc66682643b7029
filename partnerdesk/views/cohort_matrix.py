"""The papers of a cohort as a table of people by documents; any block of cells is put into a state together."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from partnerdesk.domain.vocab import label_of
from partnerdesk.look import tokens
from partnerdesk.look.icons import icon
from partnerdesk.look.paint import hairline
from partnerdesk.look.tokens import px
from partnerdesk.look.words import say
from partnerdesk.models.cohorts import PapersModel
from partnerdesk.models.stay_documents import STATES
from partnerdesk.views.kit.clip import clip
from partnerdesk.views.kit.delegates import Index
from partnerdesk.views.kit.table import DeskTable

KEYS = {Qt.Key.Key_R: "received", Qt.Key.Key_C: "checked", Qt.Key.Key_Q: "requested", Qt.Key.Key_N: "required",
        Qt.Key.Key_X: "rejected", Qt.Key.Key_W: "waived"}
_NEXT = {"required": "received", "requested": "received", "received": "checked", "checked": "required",
         "rejected": "received", "waived": "required"}
_PERSON, _PAPER = 130, 110


class NamesColumn(DeskTable):
    """The first column of a table once more, above it: it stays where it is while the others scroll away below it."""

    def __init__(self, table: DeskTable) -> None:
        super().__init__(table.accessibleName(), "row_two", table)
        self._table = table
        self.setFocusProxy(table)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSelectionBehavior(table.selectionBehavior())
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self.horizontalHeader().setSectionsMovable(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        table.horizontalScrollBar().valueChanged.connect(self.viewport().update)

    def lay(self) -> None:
        """Lie over the first column of the table, no wider and no higher than what is seen of it."""
        table = self._table
        for column in range(1, self.model().columnCount()):
            self.setColumnHidden(column, True)
        wide = table.columnWidth(0)
        self.setColumnWidth(0, wide)
        seen = table.viewport().geometry()
        left = seen.right() + 1 - wide if table.isRightToLeft() else seen.left()
        self.setGeometry(left, 0, wide, seen.bottom() + 1)
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._table.horizontalScrollBar().value() > self._table.horizontalScrollBar().minimum():
            edge = 0 if self.isRightToLeft() else self.viewport().width() - 1
            painter = QPainter(self.viewport())
            hairline(painter, QPointF(edge, 0), QPointF(edge, self.viewport().height()), tokens.current().line2)
            painter.end()


class PapersTable(DeskTable):
    """`state_wanted(documents, state)` for the documents of the cells chosen; `member_opened(stay)` on a name."""

    state_wanted = Signal(object, str)
    member_opened = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, "row_two", parent)
        self.papers = PapersModel(self)
        self.locked = False
        self.setModel(self.papers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.horizontalHeader().setSectionsMovable(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.doubleClicked.connect(self._opened)
        self.papers.modelReset.connect(self._fit)
        self.names = NamesColumn(self)
        self.names.doubleClicked.connect(self._opened)
        tokens.watch().changed.connect(self._fit)

    @property
    def chosen(self) -> list[int]:
        """The documents of the cells chosen."""
        cells = (self.papers.document_at(at.row(), at.column()) for at in self.selectedIndexes())
        return [cell.document_id for cell in cells if cell is not None]

    def put(self, state: str) -> None:
        """Ask for a state of the documents chosen."""
        chosen = self.chosen
        if chosen and not self.locked:
            self.state_wanted.emit(chosen, state)

    def copy(self) -> None:
        """Copy the cells chosen for a spreadsheet, in words."""
        rows: dict[int, dict[int, str]] = defaultdict(dict)
        for at in self.selectedIndexes():
            cell = self.papers.document_at(at.row(), at.column())
            said = str(at.data() or "") if at.column() == 0 else (
                say(label_of("document_state", cell.state)) if cell is not None else "")
            rows[at.row()][at.column()] = said
        lines = [[row[column] for column in sorted(row)] for _, row in sorted(rows.items())]
        words = "\n".join("\t".join(line) for line in lines)
        QGuiApplication.clipboard().setMimeData(clip(words, ""))

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Show a cell, also from below the names."""
        super().scrollTo(index, hint)
        below = self.columnWidth(0) - self.visualRect(index).left()
        if index.column() > 0 and below > 0 and not self.isRightToLeft():
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - below)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.names.lay()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = Qt.Key(event.key()), event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif plain and key in KEYS:
            self.put(KEYS[key])
        elif plain and key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.open_menu(event.globalPos())

    def open_menu(self, at: QPoint) -> None:
        """The states to choose from."""
        if not self.chosen or self.locked:
            return
        menu = QMenu(self)
        for key, state in KEYS.items():
            action = menu.addAction(icon(STATES[state][1]), say(label_of("document_state", state)))
            action.setData(state)
            action.setShortcut(QKeySequence(key))
        menu.triggered.connect(self._chosen_in_menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    @Slot(object)
    def _chosen_in_menu(self, action: Any) -> None:
        self.put(str(action.data()))

    def _go_on(self) -> None:
        """The next state of the cell the keyboard is on, for all cells chosen; on a name the stay."""
        at = self.currentIndex()
        cell = self.papers.document_at(at.row(), at.column())
        if cell is not None:
            self.put(_NEXT[cell.state])
        elif at.column() == 0:
            self._opened(at)

    @Slot(object)
    def _opened(self, at: Any) -> None:
        if at.column() == 0 and 0 <= at.row() < len(self.papers.members):
            self.member_opened.emit(self.papers.members[at.row()].id)
        elif self.papers.document_at(at.row(), at.column()) is not None:
            self.open_menu(self.viewport().mapToGlobal(self.visualRect(at).bottomLeft()))

    @Slot()
    def _fit(self) -> None:
        for column in range(self.papers.columnCount()):
            self.setColumnWidth(column, px(_PAPER if column else _PERSON))
        self.names.lay()


def needs_reason(state: str) -> bool:
    """Whether a state wants to be explained."""
    return state in ("rejected", "waived")


def ids_in(documents: Sequence[int]) -> tuple[int, ...]:
    """Document ids, each once."""
    return tuple(dict.fromkeys(documents))
