"""A grid of records in a form: as high as its rows, each cell written by a deed, wrong texts kept in their cells."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.domain.journal import Deed
from partnerdesk.look import tokens
from partnerdesk.models.edit_grid import EditModel
from partnerdesk.views.edit_grid import EditGrid
from partnerdesk.views.form_work import DeedOf, Edit, FormWork, RecordOf
from partnerdesk.views.kit.picker import Option, Provider

OptionsOf = Callable[[str, Any], list[Option] | Provider]
AskFirst = Callable[[Any, Mapping[str, Any]], bool]


@dataclass(frozen=True)
class GridCell:
    """A cell of a grid as a place where a value is edited."""

    grid: "RecordGrid"
    record_id: int
    key: str

    @property
    def record(self) -> RecordOf:
        """The record as it is in the file."""
        return self._record

    def deed(self, record: Any, fields: Mapping[str, Any]) -> Deed[Any]:
        """The deed that changes the record."""
        return self.grid.deed(record, fields)

    def mark(self, edit: Edit, sentence: str, fix: str) -> None:
        """Keep in the cell what was refused."""
        wanted = replace(edit.record, **edit.fields)
        model = self.grid.records
        model.refuse(self.record_id, self.key, model.words_of(wanted, self.key), sentence)

    def forgive(self) -> None:
        """Show the record's own value again."""
        self.grid.records.forgive(self.record_id, self.key)

    def refill(self) -> None:
        """The cell shows the record by itself."""

    def _record(self) -> Any:
        return self.grid.stored(self.record_id)


class RecordGrid(EditGrid):
    """The grid with its model and the work that writes its cells. `record_chosen(id)`, 0 for none.

    `ask_first`, where it is given, says that new values have to wait for something else, such as a reason.
    """

    record_chosen = Signal(int)

    def __init__(
        self, name: str, model: EditModel[Any], work: FormWork, deed: DeedOf, options: OptionsOf | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self.records = model
        self._options = options
        super().__init__(name, model, parent)
        self.deed = deed
        self._work = work
        self._stored: dict[int, Any] = {}
        self._locked = False
        self.ask_first: AskFirst | None = None
        model.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        model.edited.connect(self._write)
        model.judged.connect(self._judged)
        self.row_chosen.connect(self._tell_chosen)
        tokens.watch().changed.connect(self.fit_rows)

    @property
    def current(self) -> Any:
        """The record of the current row, or None."""
        row = self.currentIndex().row()
        return self.records.record_at(row) if 0 <= row < self.records.rowCount() else None

    @property
    def chosen(self) -> list[Any]:
        """The records in which something is selected; the current one where nothing is."""
        rows = [row for row in self.chosen_rows if row < self.records.rowCount()]
        return [self.records.record_at(row) for row in rows] or ([self.current] if self.current is not None else [])

    def options(self, key: str, held: Any) -> list[Option] | Provider:
        return self._options(key, held) if self._options is not None else []

    def stored(self, record_id: int) -> Any:
        """A record as it is in the file."""
        return self._stored.get(record_id)

    def show_records(
        self, records: Sequence[Any], locked: bool, *, other: bool = False, pick: bool = True
    ) -> None:
        """Show these records; `other` when they belong to another owner than before, then the first one is picked."""
        self._stored = {record.id: record for record in records}
        self._locked = locked
        before = 0 if other else max(0, self.currentIndex().row())
        self._show(other)
        if pick and (other or not self.currentIndex().isValid()) and records:
            self.select_row(min(before, len(records) - 1))

    def unpick(self) -> None:
        """Have no current row."""
        self.setCurrentIndex(QModelIndex())
        self.clearSelection()

    @Slot()
    def fit_rows(self) -> None:
        """Be as high as the rows."""
        self.fit()
        wanted = self.wanted_height(400)
        if self.height() != wanted:
            self.setFixedHeight(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_rows()

    def _show(self, other: bool) -> None:
        self.records.become([self._work.latest(record) for record in self._stored.values()], self._locked, other=other)
        self.fit_rows()

    @Slot(object, str, object)
    def _write(self, record: Any, key: str, fields: dict[str, Any]) -> None:
        if self.ask_first is not None and self.ask_first(record, fields):
            return
        self._work.write(GridCell(self, record.id, key), fields)
        # what is on its way shows at once, so that a cell never falls back for a moment
        self._show(False)

    @Slot(int, str, str)
    def _judged(self, record_id: int, key: str, reason: str) -> None:
        target = GridCell(self, record_id, key)
        if reason:
            self._work.set_wrong(target, reason)
        else:
            self._work.drop(target)

    @Slot(int)
    def _tell_chosen(self, row: int) -> None:
        self.record_chosen.emit(self.records.record_at(row).id if 0 <= row < self.records.rowCount() else 0)
