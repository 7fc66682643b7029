"""The form that changes many records at once: shared values shown, differing ones as "—", a preview, one button."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Column, Row


class BulkForm(QWidget):
    """`wanted(changes)` carries what the user changed, by field name, when the button is pressed."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changes: dict[str, Any] = {}
        self._fields: dict[str, Field] = {}
        self._n = ""
        column = Column(self, (16, 16, 16, 16), 10)
        self._title = Words("", "record", wrap=True)
        note = self.tr("Fields that differ show “—”. Only what you change here is written.")
        column.addWidget(self._title)
        column.addWidget(Words(note, "tiny", "muted", wrap=True))
        self._grid = FormGrid(self)
        column.addWidget(self._grid)
        self._preview = Words("", "small", "text2", wrap=True)
        column.addWidget(self._preview)
        row = Row(None, 0, 8)
        self._apply = Button("", "primary", parent=self)
        self._apply.clicked.connect(self._press)
        row.addWidget(self._apply)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    @property
    def fields(self) -> dict[str, Field]:
        """The fields by name."""
        return self._fields

    def add(self, name: str, label: str, editor: QWidget) -> Field:
        """Add a field."""
        field = Field(label, editor)
        field.setObjectName(name)
        field.edited.connect(self._edited)
        self._grid.add(field, short=True)
        self._fields[name] = field
        return field

    def begin(self, title: str, verb: str, n: str) -> None:
        """Start over for other records; `n` is their number in words."""
        self._n = n
        self._changes.clear()
        self._title.setText(title)
        self._apply.setText(verb)
        self._show_preview()

    def show_values(self, records: Sequence[Any], empty_as_none: Sequence[str] = ()) -> None:
        """Show what the records share."""
        for name, field in self._fields.items():
            values = {getattr(record, name) for record in records}
            if len(values) == 1:
                value = values.pop()
                field.set_mixed(0)
                field.set_value(value or None if name in empty_as_none else value)
            else:
                field.set_mixed(len(records))

    @Slot(object)
    def _edited(self, value: object) -> None:
        field = self.sender()
        if isinstance(field, Field):
            field.set_mixed(0)
            field.set_value(value)
            self._changes[field.objectName()] = value
            self._show_preview()

    def _show_preview(self) -> None:
        self._apply.setVisible(bool(self._changes))
        fields = ", ".join(self._fields[name].label for name in self._changes)
        text = self.tr("{fields} will be the same for all {n}.").format(fields=fields, n=self._n)
        self._preview.setText(text if self._changes else "")

    @Slot()
    def _press(self) -> None:
        changes = dict(self._changes)
        self._changes.clear()
        self._show_preview()
        self.wanted.emit(changes)
