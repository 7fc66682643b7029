"""The terms of a call in its pane: title, year, days, and the parts of the score with weight and best points."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.calls import ScorePart
from partnerdesk.domain.problems import PartnerDeskError, Refused
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import say
from partnerdesk.services import calls
from partnerdesk.services.labels import field_label
from partnerdesk.services.placing import CallFile
from partnerdesk.views.agreement_fields import term_choices, term_options, year_editor
from partnerdesk.views.kit.buttons import Button, IconButton
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor, TextEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Column, Row
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.kit.scroll import ScrollRoom
from partnerdesk.views.numberfield import NumberEditor

_PART = ("name", "weight", "best")


class CallTerms(ScrollRoom):
    """The call itself. `told(state, sentence)`: saving, saved or refused."""

    told = Signal(str, str)
    delete_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._body = QWidget()
        super().__init__(self._body, parent)
        self._desk = desk
        self._file: CallFile | None = None
        self.fields: dict[str, Field] = {}
        self.parts: dict[int, dict[str, Field]] = {}
        self._rows: list[QWidget] = []
        self._column = Column(self._body, (16, 12, 16, 16), 12)
        grid = FormGrid()
        self._add(grid, "title", LineEditor(), wide=True)
        self._add(grid, "year", year_editor())
        self._add(grid, "term", ChoiceEditor([("", self.tr("Any term")), *term_choices("term")]))
        self._add(grid, "activity", PickerField(term_options("activity"), required=True), wide=True)
        self._add(grid, "programme", PickerField(term_options("programme")), wide=True)
        for name in ("opens_on", "closes_on", "answer_by"):
            self._add(grid, name, LenientDateField())
        self._add(grid, "remark", TextEditor(), wide=True)
        self._column.addWidget(grid)
        self._column.addWidget(Words(self.tr("Score"), "head"))
        self._column.addWidget(Words(self.tr("Each part counts as a share of its best points, by its weight. "
                                             "Where scores are equal, the first part decides."), "small", "muted",
                                     wrap=True))
        self._room = Column(None, 0, 8)
        self._column.addLayout(self._room)
        row = Row(None, 0, 8)
        self.add_button = Button(self.tr("Add a part"), small=True, icon=Icon.ADD)
        self.add_button.clicked.connect(self.add_part)
        self.delete_button = Button(self.tr("Delete the call"), "quiet", small=True, icon=Icon.DELETE)
        self.delete_button.clicked.connect(self.delete_wanted)
        row.addWidget(self.add_button)
        row.addStretch(1)
        row.addWidget(self.delete_button)
        self._column.addLayout(row)
        self._column.addStretch(1)

    def show_file(self, file: CallFile | None) -> None:
        """Show a call; what is being typed stays."""
        other = self._file is None or file is None or self._file.call.id != file.call.id
        self._file = file
        self._body.setVisible(file is not None)
        if file is None:
            return
        locked = self.tr("This office is open for reading only") if self._desk.read_only else ""
        for name, field in self.fields.items():
            if other or not field.editor.notes.error:
                field.set_error("")
                value = getattr(file.call, name)
                field.set_value(value if value != "" or name == "term" else None)
            field.set_locked(locked)
        if list(self.parts) != [part.id for part in file.parts]:
            self._make_parts(file)
        for part in file.parts:
            for name, field in self.parts[part.id].items():
                if other or not field.editor.notes.error:
                    field.set_error("")
                    field.set_value(getattr(part, name))
                field.set_locked(locked)
        self.add_button.setVisible(not locked)
        self.delete_button.setVisible(not locked)

    def flush(self) -> bool:
        """Commit the field being edited."""
        fields = [*self.fields.values(), *(f for own in self.parts.values() for f in own.values())]
        for field in fields:
            if field.editor.hasFocus():  # type: ignore[attr-defined]
                field.editor.commit()
        return all(not field.editor.notes.error for field in fields)

    @Slot()
    def add_part(self) -> None:
        """Add a part to the score, to be named in its place."""
        if self._file is not None:
            name, n = self.tr("New part"), 2
            taken = {part.name for part in self._file.parts}
            while name in taken:
                name, n = self.tr("New part {n}").format(n=n), n + 1
            self._desk.do(calls.add_part(self._file.call, ScorePart(name=name)), None, self._failed)

    def write(self, name: str, value: Any) -> None:
        """Write a field of the call."""
        if self._file is not None:
            given = value if value is not None or name in ("year", "opens_on", "closes_on", "answer_by") else ""
            took = _Took(self, self.fields[name])
            self.told.emit("saving", "")
            self._desk.do(calls.change_call(self._file.call, **{name: given}), took, took.refused)

    def write_part(self, part_id: int, name: str, value: Any) -> None:
        """Write a field of a part of the score."""
        part = next((one for one in self._file.parts if one.id == part_id), None) if self._file is not None else None
        if self._file is None or part is None:
            return
        took = _Took(self, self.parts[part_id][name])
        given = str(value or "") if name == "name" else float(value if value is not None else 0)
        self.told.emit("saving", "")
        self._desk.do(calls.change_part(self._file.call, part, **{name: given}), took, took.refused)

    def remove(self, part_id: int) -> None:
        """Take a part out of the score."""
        part = next((one for one in self._file.parts if one.id == part_id), None) if self._file is not None else None
        if self._file is not None and part is not None:
            self._desk.do(calls.remove_part(self._file.call, part), None, self._failed)

    def _add(self, grid: FormGrid, name: str, editor: QWidget, *, wide: bool = False) -> None:
        editor.setObjectName(name)
        field = Field(say(field_label(name)), editor)
        field.edited.connect(_Edited(self, name))
        self.fields[name] = field
        grid.add(field, short=not wide, wide=wide)

    def _make_parts(self, file: CallFile) -> None:
        for row in self._rows:
            self._room.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, self.parts = [], {}
        labels: Mapping[str, str] = {
            "name": self.tr("Part"), "weight": self.tr("Weight"), "best": self.tr("Best points")}
        for part in file.parts:
            row = QWidget(self._body)
            line = Row(row, 0, 8)
            own = {"name": Field(labels["name"], LineEditor()), "weight": Field(labels["weight"],
                   NumberEditor(decimals=2)), "best": Field(labels["best"], NumberEditor(decimals=2))}
            for name in _PART:
                own[name].editor.setObjectName(f"{name}_{part.id}")  # type: ignore[attr-defined]
                own[name].edited.connect(_EditedPart(self, part.id, name))
                line.addWidget(own[name], 2 if name == "name" else 1)
            take_out = IconButton(Icon.REMOVE, self.tr("Remove “{part}”").format(part=part.name))
            take_out.clicked.connect(_Remove(self, part.id))
            line.addWidget(take_out, 0, Qt.AlignmentFlag.AlignBottom)
            self.parts[part.id] = own
            self._rows.append(row)
            self._room.addWidget(row)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, PartnerDeskError):
            self.told.emit("refused", say(error.message))
        else:
            self._desk.bug.emit(error)


class _Edited:
    """Called with the new value of a field of the call."""

    def __init__(self, terms: CallTerms, name: str) -> None:
        self._terms, self._name = terms, name

    def __call__(self, value: Any) -> None:
        self._terms.write(self._name, value)


class _EditedPart:
    """Called with the new value of a field of a part."""

    def __init__(self, terms: CallTerms, part_id: int, name: str) -> None:
        self._terms, self._part_id, self._name = terms, part_id, name

    def __call__(self, value: Any) -> None:
        self._terms.write_part(self._part_id, self._name, value)


class _Remove:
    """Called when a part is to go."""

    def __init__(self, terms: CallTerms, part_id: int) -> None:
        self._terms, self._part_id = terms, part_id

    def __call__(self) -> None:
        self._terms.remove(self._part_id)


class _Took:
    """Called when a field was taken, or refused."""

    def __init__(self, terms: CallTerms, field: Field) -> None:
        self._terms, self._field = terms, field

    def __call__(self, _: Any) -> None:
        self._field.set_error("")
        self._terms.told.emit("saved", "")

    def refused(self, error: Exception) -> None:
        """Say beside the field why."""
        if isinstance(error, PartnerDeskError):
            fix = error.problems[0].fix if isinstance(error, Refused) else None
            self._field.set_error(say(error.message), say(fix) if fix is not None else "")
            self._terms.told.emit("refused", say(error.message))
