"""Two people side by side, to make them one: what they differ in is chosen field by field."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.people import Person
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.domain.vocab import label_of
from partnerdesk.look.words import counted, day, say
from partnerdesk.models.names import country_name
from partnerdesk.services import people_merge
from partnerdesk.services.labels import field_label
from partnerdesk.services.people import named
from partnerdesk.services.people_merge import Both
from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.kit.editors import ChoiceEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.scroll import ScrollRoom

TALLEST = 360


def ask_merge(desk: Desk, parent: QWidget, first: int, second: int) -> None:
    """Read the two and show them."""
    desk.ask(lambda reader: people_merge.both(reader, first, second), partial(_show, desk, parent))


def _show(desk: Desk, parent: QWidget, found: Both) -> None:
    MergePeople(desk, parent, found).open()


class MergePeople(DialogShell):
    """Asks which value of each field stays, and merges."""

    def __init__(self, desk: Desk, parent: QWidget, found: Both) -> None:
        super().__init__(parent, parent.tr("Merge two people"), width=520)
        self.subject = object()
        self._desk, self._both = desk, found
        self._fields: dict[str, Field] = {}
        self._options = {one.field: one.options for one in found.choices}
        names = self.tr("{other} becomes part of {name}, whose record stays. One undo brings both back.").format(
            other=_told(found.other), name=_told(found.keep))
        self.body.addWidget(Words(names, "body", "text2", wrap=True))
        if found.moves:
            comes = self.tr("Comes over: {what}").format(what=", ".join(self._moved(found)))
            self.body.addWidget(Words(comes, "small", "text2", wrap=True))
        if found.choices:
            self.body.addWidget(self._make_choices())
        self._wrong = Words("", "small", "danger", wrap=True)
        self._wrong.hide()
        self.body.addWidget(self._wrong)
        self.add_button(self.tr("Leave it"))
        self._go = self.add_button(self.tr("Merge"), "primary", "merge")
        self._go.clicked.disconnect()
        self._go.clicked.connect(self.merge)

    @property
    def fields(self) -> dict[str, Field]:
        """The fields in which the two differ, by name."""
        return self._fields

    @Slot()
    def merge(self) -> None:
        """Make them one."""
        chosen = {name: self._options[name][int(str(field.value()))] for name, field in self._fields.items()}
        self._desk.do(people_merge.merge(self._both.keep, self._both.other, chosen), self._took, self._refused)

    def _make_choices(self) -> QWidget:
        grid = FormGrid(self)
        for one in self._both.choices:
            editor = ChoiceEditor([(str(n), _words(one.field, value) or self.tr("nothing"))
                                   for n, value in enumerate(one.options)])
            editor.setObjectName(one.field)
            field = self._fields[one.field] = Field(say(field_label(one.field)), editor)
            field.set_value("0")
            grid.add(field, short=True)
        if len(self._both.choices) <= 2 * (TALLEST // 60):
            return grid
        room = ScrollRoom(grid, self)
        room.setFixedHeight(TALLEST)
        return room

    def _moved(self, found: Both) -> Sequence[str]:
        words = {
            "stay": (self.tr("1 stay"), self.tr("{n} stays")),
            "application": (self.tr("1 application"), self.tr("{n} applications")),
            "document": (self.tr("1 document"), self.tr("{n} documents")),
            "enrolment": (self.tr("1 study or post"), self.tr("{n} studies or posts")),
            "person_language": (self.tr("1 language"), self.tr("{n} languages")),
            "person_contact": (self.tr("1 contact"), self.tr("{n} contacts")),
        }
        rest = (self.tr("1 more record"), self.tr("{n} more records"))
        return [counted(n, *words.get(table, rest)) for table, n in found.moves.items()]

    def _took(self, _: None) -> None:
        self.accept()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, PartnerDeskError):
            self._wrong.setText(say(error.message))
            self._wrong.show()
            self.fit_height()
        else:
            self._desk.bug.emit(error)


def _told(person: Person) -> str:
    """Two of one name are told apart by what else the list shows of them."""
    mark = person.local_id or person.email or (day(person.birth_date) if person.birth_date else "")
    return f"{named(person)} ({mark})" if mark else named(person)


def _words(field: str, value: Any) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return _tr("Yes") if value else _tr("No")
    if isinstance(value, date):
        return day(value)
    if isinstance(value, tuple):
        return ", ".join(country_name(one) if field == "citizenships" else str(one) for one in value)
    return say(label_of(_TERMS[field], value)) if field in _TERMS and value else str(value)


_TERMS = {"kind": "person_kind", "gender": "gender"}


def _tr(source: str) -> str:
    return QCoreApplication.translate("MergePeople", source)
