"""A table of lines that are all there: findings, steps, rows of a plan. Changes come row by row, never by a reset."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from partnerdesk.look.cells import CELL_ROLE, Cell, plain, right_aligned
from partnerdesk.models.listing import LINE_ROLE

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")


@dataclass(frozen=True)
class LineColumn(Generic[T]):
    """One column: its title, what it shows of a line, its width at 100 % (0 takes what is left)."""

    title: str
    cell: Callable[[T], Cell]
    width: int = 0
    right: bool = False


class LinesModel(QAbstractTableModel, Generic[T]):
    """Lines in their order; `key` tells one from another, `sentence` says one to a screen reader.

    `more_wanted()` when the view has come to the end and `set_more(True)` said that there is more.
    """

    more_wanted = Signal()

    def __init__(
        self, columns: Sequence[LineColumn[T]], key: Callable[[T], Hashable], sentence: Callable[[T], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._key, self._sentence = key, sentence
        self._lines: list[T] = []
        self._more = False

    @property
    def columns(self) -> tuple[LineColumn[T], ...]:
        """The columns in their order."""
        return self._columns

    @property
    def lines(self) -> Sequence[T]:
        """The lines in their order."""
        return self._lines

    def line_at(self, row: int) -> T | None:
        """The line of a row, None where there is none."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, key: Hashable) -> int:
        """The row of the line with that key, -1 when it is gone."""
        return next((row for row, line in enumerate(self._lines) if self._key(line) == key), -1)

    def key_of(self, line: T) -> Hashable:
        """What tells a line from the others."""
        return self._key(line)

    def set_more(self, more: bool) -> None:
        """Say whether there is more to come at the end."""
        self._more = more

    def set_lines(self, lines: Sequence[T]) -> None:
        """Show other lines; those that stay where they are only change in place."""
        new = list(lines)
        head = self._common(new, backwards=False, room=min(len(new), len(self._lines)))
        tail = self._common(new, backwards=True, room=min(len(new), len(self._lines)) - head)
        self._renew(new, 0, head)
        self._renew(new, len(new) - tail, len(new), len(self._lines) - tail)
        gone = len(self._lines) - tail
        if gone > head:
            self.beginRemoveRows(QModelIndex(), head, gone - 1)
            del self._lines[head:gone]
            self.endRemoveRows()
        if len(new) - tail > head:
            self.beginInsertRows(QModelIndex(), head, len(new) - tail - 1)
            self._lines[head:head] = new[head:len(new) - tail]
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more

    def fetchMore(self, parent: Index) -> None:
        self._more = False
        self.more_wanted.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(line)
        if role not in (CELL_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.TextAlignmentRole):
            return None
        cell = self._columns[index.column()].cell(line)
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if right_aligned(cell) else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return plain(cell)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = self._columns[section].right
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _common(self, new: Sequence[T], *, backwards: bool, room: int) -> int:
        """How many lines at the beginning (or end) have the same keys as before."""
        same = 0
        while same < room:
            place = -1 - same if backwards else same
            if self._key(new[place]) != self._key(self._lines[place]):
                break
            same += 1
        return same

    def _renew(self, new: Sequence[T], first: int, last: int, at: int | None = None) -> None:
        """Take over lines first to last (exclusive) of `new` in place, telling of those that differ."""
        start = first if at is None else at
        for step in range(last - first):
            if self._lines[start + step] != new[first + step]:
                self._lines[start + step] = new[first + step]
                self.dataChanged.emit(self.index(start + step, 0), self.index(start + step, len(self._columns) - 1))
