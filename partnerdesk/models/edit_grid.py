"""Records as an editable grid: cells, what was typed wrongly, rows refreshed one by one, copying."""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from partnerdesk.domain.cells import Unreadable
from partnerdesk.domain.problems import Refused
from partnerdesk.look.cells import CELL_ROLE, Cell, plain
from partnerdesk.look.words import say

Index = QModelIndex | QPersistentModelIndex
Kind = Literal["choice", "many", "text", "tick", "told"]
RECORD_ROLE = int(Qt.ItemDataRole.UserRole) + 1
PROBLEM_ROLE = int(Qt.ItemDataRole.UserRole) + 2
"""(severity, sentence) of what is wrong with a cell, or None."""
STRUCK_ROLE = int(Qt.ItemDataRole.UserRole) + 3
"""Whether the row stands for something taken out, and is struck through."""

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One column of the grid: `kind` says how it is edited, `told` ones only show.

    With `grows` the column takes what room is left; a `spare` one goes where there is none.
    """

    key: str
    title: str
    width: int
    kind: Kind
    right: bool = False
    grows: bool = False
    spare: bool = False


class EditModel(QAbstractTableModel, Generic[R]):
    """Rows are records with an id. `edited(record, key, fields)` when a cell has a new value; `judged(record id, key,
    reason)` when a cell's text cannot be read or stored (it stays there), "" when it can.
    """

    edited = Signal(object, str, object)
    judged = Signal(int, str, str)

    def __init__(self, columns: Sequence[GridColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: list[R] = []
        self._locked = False
        self._wrong: dict[tuple[int, str], tuple[str, str]] = {}

    @property
    def columns(self) -> tuple[GridColumn, ...]:
        """The columns in their order."""
        return self._columns

    @property
    def records(self) -> Sequence[R]:
        """The records in their order."""
        return tuple(self._rows)

    @property
    def locked(self) -> bool:
        """Whether nothing can be changed."""
        return self._locked

    def words_of(self, record: R, key: str) -> str:
        """A cell in words, "" where nothing is said."""
        raise NotImplementedError

    def cell_of(self, record: R, key: str) -> Cell:
        """What a cell shows."""
        return self.words_of(record, key)

    def typed_words(self, record: R, key: str) -> str:
        """What stands in the editor of a cell; it can be read back by `read_cell`."""
        return self.words_of(record, key)

    def read_cell(self, record: R, key: str, written: str) -> dict[str, Any]:
        """The fields that a text in column `key` stands for. Raises Unreadable, Refused."""
        raise NotImplementedError

    def warning(self, record: R, key: str) -> tuple[str, str] | None:
        """(severity, sentence) of what a rule says of a cell."""
        return None

    def sentence(self, record: R) -> str:
        """A record as a screen reader says it."""
        return ", ".join(words for column in self._columns if (words := self.words_of(record, column.key)))

    def open_cell(self, record: R, key: str) -> bool:
        """Whether a cell can be changed in a grid that is not locked."""
        return True

    def struck(self, record: R) -> bool:
        """Whether a row stands for something taken out."""
        return False

    def held(self, record: R, key: str) -> Any:
        """What a picker has chosen when it opens."""
        return getattr(record, key)

    def record_at(self, row: int) -> R:
        """The record in a row."""
        return self._rows[row]

    def row_of(self, record_id: int) -> int:
        """The row of a record, or -1."""
        return next((at for at, r in enumerate(self._rows) if _id(r) == record_id), -1)

    def can_edit(self, row: int, column: int) -> bool:
        """Whether a cell can be changed now."""
        if self._locked or not 0 <= row < len(self._rows):
            return False
        return self.open_cell(self._rows[row], self._columns[column].key)

    def set_value(self, row: int, key: str, fields: dict[str, Any]) -> bool:
        """Give the cell in column `key` other values; `edited` follows when they differ."""
        record = self._rows[row]
        if self._locked or not self.open_cell(record, key):
            return False
        self.forgive(_id(record), key)
        if all(getattr(record, name) == value for name, value in fields.items()):
            return False
        self.edited.emit(record, key, fields)
        return True

    def refuse(self, record_id: int, key: str, written: str, reason: str) -> None:
        """Keep a text that could not be stored in its cell, with the reason."""
        self._wrong[record_id, key] = (written, reason)
        self._renew_cell(record_id, key)
        self.judged.emit(record_id, key, reason)

    def forgive(self, record_id: int, key: str) -> None:
        """Forget the wrong text of a cell."""
        if self._wrong.pop((record_id, key), None) is not None:
            self._renew_cell(record_id, key)
            self.judged.emit(record_id, key, "")

    def copied(self, indexes: Iterable[Index]) -> tuple[str, str]:
        """The cells as tab-separated text and as an HTML table, with a header row where whole rows are copied."""
        places = sorted((i.row(), i.column()) for i in indexes)
        rows = sorted({row for row, _ in places})
        columns = sorted({column for _, column in places})
        lines = [[self.words_of(self._rows[r], self._columns[c].key) if (r, c) in set(places) else ""
                  for c in columns] for r in rows]
        if len(columns) == len(self._columns):
            lines.insert(0, [column.title for column in self._columns])
        tsv = "\n".join("\t".join(line) for line in lines)
        cells = "".join("<tr>" + "".join(f"<td>{html.escape(w)}</td>" for w in line) + "</tr>" for line in lines)
        return tsv, f"<table>{cells}</table>"

    def become(self, rows: Sequence[R], locked: bool, *, other: bool = False) -> None:
        """Turn the rows into these by removing, inserting and renewing single ones; `other` when they are of another
        owner, so that what was typed wrongly goes.
        """
        self._locked = locked
        if other:
            self._wrong.clear()
        wanted = {_id(r) for r in rows}
        for at in range(len(self._rows) - 1, -1, -1):
            if _id(self._rows[at]) not in wanted:
                self.beginRemoveRows(QModelIndex(), at, at)
                gone = self._rows.pop(at)
                self._wrong = {k: v for k, v in self._wrong.items() if k[0] != _id(gone)}
                self.endRemoveRows()
        for at, record in enumerate(rows):
            stays = at < len(self._rows) and _id(self._rows[at]) == _id(record)
            here = at if stays else self.row_of(_id(record))
            if here < 0:
                self.beginInsertRows(QModelIndex(), at, at)
                self._rows.insert(at, record)
                self.endInsertRows()
            elif here != at:
                self.beginMoveRows(QModelIndex(), here, here, QModelIndex(), at)
                self._rows.insert(at, self._rows.pop(here))
                self.endMoveRows()
            if self._rows[at] != record or self.stale(record):
                self._rows[at] = record
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(self._columns) - 1))

    def stale(self, record: R) -> bool:
        """Whether a row that is the same shows something else that is not."""
        return False

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if (index.isValid() and self._columns[index.column()].kind == "text"
                and self.can_edit(index.row(), index.column())):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        record, column = self._rows[index.row()], self._columns[index.column()]
        wrong = self._wrong.get((_id(record), column.key))
        if role == RECORD_ROLE:
            return record
        if role == STRUCK_ROLE:
            return self.struck(record)
        if role == PROBLEM_ROLE:
            return ("block", wrong[1]) if wrong else self.warning(record, column.key)
        if role == CELL_ROLE:
            return wrong[0] if wrong else self.cell_of(record, column.key)
        if role == Qt.ItemDataRole.DisplayRole:
            return wrong[0] if wrong else plain(self.cell_of(record, column.key))
        if role == Qt.ItemDataRole.EditRole:
            return wrong[0] if wrong else self.typed_words(record, column.key)
        if role == Qt.ItemDataRole.ToolTipRole:
            found = ("", wrong[1]) if wrong else self.warning(record, column.key)
            return found[1] if found else self.words_of(record, column.key)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if index.column() == 0:
                return self.sentence(record)
            words = wrong[0] if wrong else self.words_of(record, column.key)
            return f"{column.title}: {words or QCoreApplication.translate('EditGrid', 'empty')}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self.can_edit(index.row(), index.column()):
            return False
        record, key = self._rows[index.row()], self._columns[index.column()].key
        written = str(value).strip()
        try:
            fields = self.read_cell(record, key, written)
        except (Unreadable, Refused) as trouble:
            self.refuse(_id(record), key, written, say(trouble.message))
            return False
        return self.set_value(index.row(), key, fields)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _renew_cell(self, record_id: int, key: str) -> None:
        row = self.row_of(record_id)
        column = next(at for at, c in enumerate(self._columns) if c.key == key)
        if row >= 0:
            self.dataChanged.emit(self.index(row, column), self.index(row, column))


def _id(record: Any) -> int:
    found: int = record.id
    return found
