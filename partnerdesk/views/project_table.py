"""A table of one kind of parts of a project: typed into, added, removed, ordered and pasted, the row's rest beneath."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.cells import Unreadable
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.problems import Refused
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import counted, number, say
from partnerdesk.models.project_grid import PartColumn, PartModel, PlanNames
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_fields import term_options
from partnerdesk.views.kit.buttons import Button, IconButton
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Row
from partnerdesk.views.kit.messagebar import ChoiceBar
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.project_work import ProjectWork
from partnerdesk.views.record_grid import RecordGrid

_NOT_PASTED = ("row", "waits", "weight")
_CODES = ("deliverable_kind", "dissemination")


@dataclass(frozen=True, slots=True)
class Detail:
    """A field of the chosen row that has no column, or none where the table is narrow; `place` as in `FormGrid`."""

    name: str
    editor: Callable[[], QWidget]
    place: str = "short"
    label: str = ""


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One kind of parts: what it is called, its columns, the further fields of a row, and where its records are."""

    key: str
    title: str
    add_text: str
    none_text: str
    columns: Sequence[PartColumn]
    details: Sequence[Detail]
    records: Callable[[], Sequence[Any]]
    blank: Callable[[], Any]
    first: str = "title"


class PartTable(QWidget):
    """A head with Add, the grid, what is pasted, and the fields of the row the keyboard is in. `chosen(table)`."""

    chosen = Signal(object)

    def __init__(self, spec: TableSpec, work: ProjectWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec, self._work = spec, work
        self._awaited = 0
        self._locked = False
        self._pasted: list[Any] = []
        self._fields: dict[str, Field] = {}
        column = Column(self, 0, 4)
        column.addWidget(self._make_head())
        self.none = Words(spec.none_text, "tiny", "muted", wrap=True)
        self.none.setContentsMargins(16, 0, 16, 0)
        column.addWidget(self.none)
        self.model = PartModel(spec.columns)
        self.grid = RecordGrid(spec.title, self.model, work, self._deed, self._options)
        self.grid.setObjectName(spec.key)
        self.grid.add_wanted.connect(self.add)
        self.grid.remove_wanted.connect(self.remove)
        self.grid.paste_wanted.connect(self.paste)
        self.grid.record_chosen.connect(self._record_chosen)
        self.grid.installEventFilter(self)
        column.addWidget(self.grid)
        column.addWidget(self._make_paste_bar())
        column.addWidget(self._make_detail())
        self.show_detail(False)

    @property
    def current(self) -> Any:
        """The record of the row the keyboard is in, as it is in the file; None where there is none."""
        shown = self.grid.current
        if shown is None or self._work.about is None:
            return None
        # what has just come is known before the grid shows it
        return next((one for one in self.spec.records() if one.id == shown.id), None)

    def show_records(self, names: PlanNames, locked: bool, fresh: bool) -> None:
        """Show the records of the project as they are now."""
        records = self.spec.records()
        self._locked = locked
        if fresh:
            self._cancel_paste()
        self.model.set_names(names)
        self.grid.show_records(records, locked, other=fresh, pick=False)
        self.grid.setVisible(bool(records))
        self.none.setVisible(not records)
        self._count.setText(number(len(records)) if records else "")
        for button in (self.add_button, self.up_button, self.down_button, self.remove_button):
            button.setVisible(not locked and (button is self.add_button or bool(records)))
        self._go_to_awaited()
        self._renew_detail(fresh)

    def show_detail(self, shown: bool) -> None:
        """Show or hide the fields of the chosen row."""
        self._wants_detail = shown
        self._renew_detail(shown)

    def begin(self) -> None:
        """Put the keyboard into the first row, or on what adds one."""
        if self.model.rowCount():
            if self.grid.current is None:
                self.grid.select_row(0)
            self.grid.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.add_button.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def add(self) -> None:
        """Add a record below the current one and go to it."""
        if not self._locked:
            self.grid.commit()
            self._work.add_parts([self.spec.blank()], self.current, self._added)

    @Slot()
    def remove(self) -> None:
        """Take the chosen records away."""
        chosen = [one for one in self.grid.chosen if self.grid.stored(one.id) is not None]
        if chosen and not self._locked:
            self._work.remove_parts(chosen)

    @Slot()
    def move_up(self) -> None:
        """Put the current record above the one before it."""
        self._move(-1)

    @Slot()
    def move_down(self) -> None:
        """Put the current record below the one after it."""
        self._move(1)

    @Slot(str)
    def paste(self, written: str) -> None:
        """Take one value into the current cell, or show what rows of a spreadsheet would add."""
        lines = [line for line in written.splitlines() if line.strip()]
        if self._locked or not lines:
            return
        if len(lines) == 1 and "\t" not in lines[0] and self.current is not None:
            self.model.setData(self.grid.currentIndex(), lines[0])
            return
        self._pasted, wrong = self._read_rows([line.split("\t") for line in lines])
        rows = counted(len(self._pasted), self.tr("1 row"), self.tr("{n} rows"))
        unread = counted(wrong, self.tr("1 cell cannot be read and stays empty"),
                         self.tr("{n} cells cannot be read and stay empty"))
        rest = f"{rows}; {unread}" if wrong else rows
        self._bar.show_message("warn" if wrong else "info", self.tr("Pasting:"), rest, self.tr("Add them"))
        self._bar_room.show()
        button = self._bar.findChild(Button)
        if button is not None:
            button.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt+Up and Alt+Down move the current row, before the grid takes the keys for itself."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                if event.type() == QEvent.Type.KeyPress:
                    self._move(step)
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _make_head(self) -> QWidget:
        head = QWidget()
        row = Row(head, (16, 4, 16, 0), 4)
        row.addWidget(ShortWords(self.spec.title, "head"))
        self._count = Words("", "tiny", "muted")
        row.addWidget(self._count)
        row.addStretch(1)
        self.up_button = IconButton(Icon.UP, self.tr("Move the row up"), parent=head)
        self.down_button = IconButton(Icon.DOWN, self.tr("Move the row down"), parent=head)
        self.remove_button = IconButton(Icon.DELETE, self.tr("Remove the row"), parent=head)
        self.add_button = Button(self.spec.add_text, "link", icon=Icon.ADD, parent=head)
        for button, act in ((self.up_button, self.move_up), (self.down_button, self.move_down),
                            (self.remove_button, self.remove), (self.add_button, self.add)):
            button.clicked.connect(act)
            row.addWidget(button)
        return head

    def _make_paste_bar(self) -> QWidget:
        self._bar_room = QWidget()
        row = Row(self._bar_room, (16, 4, 16, 4), 8)
        self._bar = ChoiceBar(self.tr("Leave it"))
        self._bar.acted.connect(self._apply_paste)
        self._bar.second_acted.connect(self._cancel_paste)
        row.addWidget(self._bar, 1)
        self._bar_room.hide()
        return self._bar_room

    def _make_detail(self) -> QWidget:
        self.detail = QWidget()
        column = Column(self.detail, (16, 8, 16, 8), 8)
        grid = FormGrid()
        for one in self.spec.details:
            field = Field(one.label or say(field_label(one.name)), one.editor())
            self._fields[one.name] = self._work.bind(one.name, field, self._bound_record, self._deed)
            grid.add(field, short=one.place == "short", wide=one.place == "wide")
        column.addWidget(grid)
        self._wants_detail = False
        return self.detail

    def _bound_record(self) -> Any:
        return self.current

    def _deed(self, record: Any, values: Mapping[str, Any]) -> Deed[Any]:
        return self._work.part_deed(record, values)

    def _options(self, key: str, held: Any) -> list[Option]:
        kind, names = self.model.value_of(key), self._work.names
        if kind == "institution":
            found = [Option(i, name) for i, name in names.institutions.items()]
        elif kind == "package":
            found = [Option(i, name) for i, name in names.packages.items()]
        elif kind == "task":
            found = [Option(i, name, number(n)) for n, (i, name) in enumerate(names.tasks, start=1)]
        else:
            name = kind.removeprefix("term:")
            return [Option(o.value, o.label, str(o.value) if name in _CODES else "") for o in term_options(name)]
        return [Option(None, self.tr("None")), *found]

    def _move(self, by: int) -> None:
        record = self.current
        if record is not None and not self._locked:
            self.grid.commit()
            self._work.move_part(record, self.spec.records(), by)

    def _renew_detail(self, fresh: bool) -> None:
        record = self.current
        shown = self._wants_detail and record is not None and bool(self.spec.details)
        self.detail.setVisible(shown)
        if shown:
            if fresh:
                self._work.show_fields(list(self._fields.values()))
            for field in self._fields.values():
                field.set_locked(self.tr("This office is open for reading only.") if self._locked else "")

    def _read_rows(self, rows: Sequence[Sequence[str]]) -> tuple[list[Any], int]:
        """The records of pasted rows, columns by their heads where there are any; how many cells were unreadable."""
        columns = [c for c in self.model.columns if self.model.value_of(c.key) not in _NOT_PASTED]
        heads = {c.title.casefold(): c.key for c in columns} | {c.key: c.key for c in columns}
        named = [heads.get(cell.strip().casefold(), "") for cell in rows[0]]
        order = named if sum(map(bool, named)) * 2 > len(named) else []
        wrong, made = 0, []
        for cells in rows[1:] if order else rows:
            record = self.spec.blank()
            for key, cell in zip(order or [c.key for c in columns], cells, strict=False):
                if key and cell.strip():
                    try:
                        record = replace(record, **{key: self.model.read(record, key, cell.strip())})
                    except (Unreadable, Refused):
                        wrong += 1
            made.append(record)
        return made, wrong

    @Slot(str)
    def _apply_paste(self, _: str = "") -> None:
        pasted = self._pasted
        self._cancel_paste()
        if pasted:
            self._work.add_parts(pasted, self.current, self._added)

    @Slot()
    def _cancel_paste(self) -> None:
        self._pasted = []
        self._bar.clear()
        self._bar_room.hide()

    @Slot(int)
    def _record_chosen(self, record_id: int) -> None:
        if record_id:
            self.chosen.emit(self)
        self._renew_detail(True)

    def _added(self, ids: Sequence[int]) -> None:
        if ids:
            self._awaited = ids[0]
            self._go_to_awaited()

    def _go_to_awaited(self) -> None:
        """Go to what was added once it is there, and type over the name it was given."""
        if self._awaited and self.model.row_of(self._awaited) >= 0:
            self.grid.go_to(self._awaited, self.spec.first)
            self.grid.setFocus()
            self._awaited = 0
            if self.model.value_of(self.spec.first) == "text":
                self.grid.edit(self.grid.currentIndex())

