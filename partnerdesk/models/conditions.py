"""The conditions of one version as an editable grid: cells, what was typed wrongly, copying."""

import html
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from partnerdesk.domain.agreements import AgreementVersion, Condition, ConditionYear, places_in
from partnerdesk.domain.cells import Unreadable
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.rules import condition_problems
from partnerdesk.look.cells import CELL_ROLE, plain
from partnerdesk.look.words import say
from partnerdesk.models.condition_cells import (
    GridColumn,
    cell_of,
    grid_columns,
    read_cell,
    sentence,
    typed_words,
    unknown_fields,
    words_of,
)

Index = QModelIndex | QPersistentModelIndex
CONDITION_ROLE = int(Qt.ItemDataRole.UserRole) + 1
PROBLEM_ROLE = int(Qt.ItemDataRole.UserRole) + 2
"""(severity, sentence) of what is wrong with a cell, or None."""


class ConditionsModel(QAbstractTableModel):
    """Rows are conditions, refreshed one by one. `edited(condition, key, fields)` when a cell has a new value;
    `judged(condition id, key, reason)` when a cell's text cannot be read or stored (it stays there), "" when it can.
    """

    edited = Signal(object, str, object)
    judged = Signal(int, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = grid_columns()
        self._rows: list[Condition] = []
        self._exceptions: dict[int, tuple[ConditionYear, ...]] = {}
        self._version: AgreementVersion | None = None
        self._locked = False
        self._wrong: dict[tuple[int, str], tuple[str, str]] = {}

    @property
    def columns(self) -> tuple[GridColumn, ...]:
        """The columns in their order."""
        return self._columns

    @property
    def conditions(self) -> Sequence[Condition]:
        """The conditions in their order."""
        return tuple(self._rows)

    @property
    def locked(self) -> bool:
        """Whether the version is approved, so that nothing can be changed."""
        return self._locked

    def show_conditions(
        self, version: AgreementVersion | None, conditions: Sequence[Condition],
        exceptions: Iterable[ConditionYear], locked: bool,
    ) -> None:
        """Show a version's conditions; rows that stay the same are left alone."""
        other = version is None or self._version is None or version.id != self._version.id
        self._version, self._locked = version, locked
        if other:
            self._wrong.clear()
        grouped: dict[int, list[ConditionYear]] = {}
        for exception in sorted(exceptions, key=lambda e: e.year):
            grouped.setdefault(exception.condition_id, []).append(exception)
        before = self._exceptions
        self._exceptions = {k: tuple(v) for k, v in grouped.items()}
        self._become(list(conditions), before)

    def condition_at(self, row: int) -> Condition:
        """The condition in a row."""
        return self._rows[row]

    def row_of(self, condition_id: int) -> int:
        """The row of a condition, or -1."""
        return next((at for at, c in enumerate(self._rows) if c.id == condition_id), -1)

    def exceptions_of(self, condition_id: int) -> tuple[ConditionYear, ...]:
        """The exceptions of a condition in the order of years."""
        return self._exceptions.get(condition_id, ())

    def places(self, direction: str, year: int) -> int:
        """Places that all conditions of a direction grant together in the academic year beginning in `year`."""
        version = self._version or AgreementVersion()
        total = 0
        for condition in self._rows:
            first = version.first_year if condition.first_year is None else condition.first_year
            last = version.last_year if condition.last_year is None else condition.last_year
            if condition.direction == direction:
                whole = replace(condition, first_year=first, last_year=last)
                total += places_in(whole, self.exceptions_of(condition.id), year) or 0
        return total

    def set_value(self, row: int, key: str, fields: dict[str, Any]) -> bool:
        """Give the cell in column `key` other values; `edited` follows when they differ."""
        condition = self._rows[row]
        if self._locked:
            return False
        self.forgive(condition.id, key)
        if all(getattr(condition, name) == value for name, value in fields.items()):
            return False
        self.edited.emit(condition, key, fields)
        return True

    def refuse(self, condition_id: int, key: str, written: str, reason: str) -> None:
        """Keep a text that could not be stored in its cell, with the reason."""
        self._wrong[condition_id, key] = (written, reason)
        self._renew_cell(condition_id, key)
        self.judged.emit(condition_id, key, reason)

    def forgive(self, condition_id: int, key: str) -> None:
        """Forget the wrong text of a cell."""
        if self._wrong.pop((condition_id, key), None) is not None:
            self._renew_cell(condition_id, key)
            self.judged.emit(condition_id, key, "")

    def copied(self, indexes: Iterable[Index]) -> tuple[str, str]:
        """The cells as tab-separated text and as an HTML table, with a header row where whole rows are copied."""
        places = sorted((i.row(), i.column()) for i in indexes)
        rows = sorted({row for row, _ in places})
        columns = sorted({column for _, column in places})
        lines = [[words_of(self._rows[r], self._columns[c].key, self.exceptions_of(self._rows[r].id))
                  if (r, c) in set(places) else "" for c in columns] for r in rows]
        if len(columns) == len(self._columns):
            lines.insert(0, [column.title for column in self._columns])
        tsv = "\n".join("\t".join(line) for line in lines)
        cells = "".join("<tr>" + "".join(f"<td>{html.escape(w)}</td>" for w in line) + "</tr>" for line in lines)
        return tsv, f"<table>{cells}</table>"

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and not self._locked and self._columns[index.column()].kind == "text":
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        condition, column = self._rows[index.row()], self._columns[index.column()]
        exceptions = self.exceptions_of(condition.id)
        wrong = self._wrong.get((condition.id, column.key))
        if role == CONDITION_ROLE:
            return condition
        if role == PROBLEM_ROLE:
            return ("block", wrong[1]) if wrong else self._warning(condition, column.key)
        if role == CELL_ROLE:
            return wrong[0] if wrong else cell_of(condition, column.key, exceptions)
        if role == Qt.ItemDataRole.DisplayRole:
            return wrong[0] if wrong else plain(cell_of(condition, column.key, exceptions))
        if role == Qt.ItemDataRole.EditRole:
            return wrong[0] if wrong else typed_words(condition, column.key)
        if role == Qt.ItemDataRole.ToolTipRole:
            found = ("", wrong[1]) if wrong else self._warning(condition, column.key)
            return found[1] if found else words_of(condition, column.key, exceptions)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if index.column() == 0:
                return sentence(condition, exceptions)
            words = wrong[0] if wrong else words_of(condition, column.key, exceptions)
            return f"{column.title}: {words or _tr('empty')}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or self._locked:
            return False
        condition, key = self._rows[index.row()], self._columns[index.column()].key
        written = str(value).strip()
        try:
            fields = read_cell(key, written)
        except (Unreadable, Refused) as trouble:
            self.refuse(condition.id, key, written, say(trouble.message))
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

    def _warning(self, condition: Condition, key: str) -> tuple[str, str] | None:
        if key == "fields" and (unknown := unknown_fields(condition.fields)):
            return "warn", _tr("ISCED-F 2013 does not know {codes}").format(codes=", ".join(unknown))
        if key == "years":
            for problem in condition_problems(condition, self._version):
                if problem.field in ("first_year", "last_year"):
                    return problem.severity, say(problem.message)
        return None

    def _renew_cell(self, condition_id: int, key: str) -> None:
        row = self.row_of(condition_id)
        column = next(at for at, c in enumerate(self._columns) if c.key == key)
        if row >= 0:
            self.dataChanged.emit(self.index(row, column), self.index(row, column))

    def _become(self, rows: list[Condition], before: dict[int, tuple[ConditionYear, ...]]) -> None:
        """Turn the rows into these by removing, inserting and renewing single ones."""
        wanted = {c.id for c in rows}
        for at in range(len(self._rows) - 1, -1, -1):
            if self._rows[at].id not in wanted:
                self.beginRemoveRows(QModelIndex(), at, at)
                gone = self._rows.pop(at)
                self._wrong = {k: v for k, v in self._wrong.items() if k[0] != gone.id}
                self.endRemoveRows()
        for at, condition in enumerate(rows):
            here = self.row_of(condition.id)
            if here < 0:
                self.beginInsertRows(QModelIndex(), at, at)
                self._rows.insert(at, condition)
                self.endInsertRows()
            elif here != at:
                self.beginMoveRows(QModelIndex(), here, here, QModelIndex(), at)
                self._rows.insert(at, self._rows.pop(here))
                self.endMoveRows()
            exceptions = before.get(condition.id, ())
            if self._rows[at] != condition or exceptions != self.exceptions_of(condition.id):
                self._rows[at] = condition
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(self._columns) - 1))


def _tr(source: str) -> str:
    return QCoreApplication.translate("Conditions", source)
