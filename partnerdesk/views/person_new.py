"""A new person: a name is enough; who is like them already is shown before they are saved."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.people import Person, PersonLine
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import day, say
from partnerdesk.models.people import second_line, shown_name
from partnerdesk.services import people
from partnerdesk.services.labels import field_label
from partnerdesk.services.people_twins import Twin, twins
from partnerdesk.views.children import ChildRow
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Column
from partnerdesk.views.partner_children import terms

PAUSE_MS = 150


class NewPerson(DialogShell):
    """`made(id)` for a new one, `existing_chosen(id)` when the user goes to one that is there already."""

    made = Signal(int)
    existing_chosen = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget, like: Person | None = None) -> None:
        super().__init__(parent, parent.tr("New person"), width=460)
        self.subject = object()
        self._desk = desk
        self._like = like or Person()
        self._fields: dict[str, Field] = {}
        self._grid = FormGrid(self)
        self._add_field("given_names", LineEditor())
        self._add_field("family_name", LineEditor(), required=True)
        self._add_field("kind", ChoiceEditor(terms("person_kind")))
        self._add_field("birth_date", LenientDateField())
        self._add_field("email", LineEditor())
        self._add_field("local_id", LineEditor())
        self._fields["kind"].set_value(self._like.kind)
        self.body.addWidget(self._grid)
        self._like_words = Words(self.tr("Is it one of these?"), "tiny", "muted")
        self._like_words.hide()
        self.body.addWidget(self._like_words)
        self._rows = Column(None, 0, 1)
        self.body.addLayout(self._rows)
        self.add_button(self.tr("Cancel"))
        self._add = self.add_button(self.tr("Add person"), "primary")
        self._add.clicked.disconnect()
        self._add.clicked.connect(self._save)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._fields["given_names"].editor.setFocus()  # type: ignore[attr-defined]

    def person(self) -> Person:
        """The person as far as it has been typed."""
        typed: dict[str, Any] = {name: field.value() for name, field in self._fields.items()}
        like = self._like
        return Person(**typed, citizenships=like.citizenships, function=like.function, tags=like.tags)

    def _add_field(self, name: str, editor: QWidget, required: bool = False) -> None:
        field = Field(say(field_label(name)), editor, required=required)
        editor.setObjectName(name)
        self._grid.add(field, short=True)
        self._fields[name] = field
        if isinstance(editor, LineEditor):
            editor.textEdited.connect(self._typed)
        else:
            field.edited.connect(self._typed)

    @Slot()
    def _typed(self) -> None:
        self._pause.start()

    @Slot()
    def _look(self) -> None:
        person = self.person()
        if not self._desk.is_open:
            return

        def question(reader: Any) -> list[tuple[Twin, PersonLine]]:
            found = twins(reader, person)[:4]
            lines = people.person_lines(reader, [one.person_id for one in found])
            return [(one, lines[one.person_id]) for one in found if one.person_id in lines]

        self._desk.ask(question, self._show_like, key=(self, "like"))

    def _show_like(self, found: Sequence[tuple[Twin, PersonLine]]) -> None:
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._like_words.setVisible(bool(found))
        for twin, line in found:
            born = day(line.birth_date) if line.birth_date else ""
            row = ChildRow(Icon.CONTACT, shown_name(line), second_line(line), born, self)
            row.setToolTip(say(twin.why))
            row.setCheckable(False)
            row.setObjectName(str(line.id))
            row.clicked.connect(self._go_there)
            self._rows.addWidget(row)
        QTimer.singleShot(0, self, self.adjustSize)

    @Slot()
    def _go_there(self) -> None:
        sender = self.sender()
        if sender is not None:
            chosen = int(sender.objectName())
            self.reject()
            self.existing_chosen.emit(chosen)

    @Slot()
    def _save(self) -> None:
        self._desk.do(people.new_person(self.person()), self._took, self._refused)

    def _took(self, person_id: int) -> None:
        self.accept()
        self.made.emit(person_id)

    def _refused(self, error: Exception) -> None:
        sentence = say(error.message) if isinstance(error, PartnerDeskError) else str(error)
        problem = getattr(error, "problems", [None])[0]
        field = self._fields.get(getattr(problem, "field", ""), self._fields["family_name"])
        field.set_error(sentence)
        QTimer.singleShot(0, self, self.adjustSize)
