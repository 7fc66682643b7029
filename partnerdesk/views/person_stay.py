"""Asks what stay a person begins: out or in, with which partner, in which year and term."""

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain import clock
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.years import AcademicYear
from partnerdesk.look.words import say
from partnerdesk.services import stays
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_fields import year_editor
from partnerdesk.views.asking_partner import partner_provider
from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.kit.editors import ChoiceEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.partner_children import term_options, terms

_ACTIVITY = {"staff": "staff-teacher", "pupil": "school-exchange"}


class AskStay(DialogShell):
    """`made(id)` when the stay has been entered."""

    made = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget, person_id: int) -> None:
        super().__init__(parent, parent.tr("New stay"), width=460)
        self._desk = desk
        self._person: Person | None = None
        self.subject = object()
        self._fields: dict[str, Field] = {}
        grid = FormGrid(self)
        self._grid = grid
        self._add("partner", self.tr("Partner"), PickerField(partner_provider(desk)), "wide")
        self._add("direction", say(field_label("direction")), ChoiceEditor(terms("direction")), "short")
        self._add("activity", say(field_label("activity")), PickerField(term_options("activity"), required=True),
                  "short")
        self._add("year", say(field_label("year")), year_editor(), "short")
        self._add("term", say(field_label("term")), PickerField(term_options("term")), "short")
        self.body.addWidget(grid)
        self._fields["direction"].set_value("out")
        self._fields["activity"].set_value("student-studies")
        self._fields["year"].set_value(AcademicYear.of(clock.today()).first)
        self.add_button(self.tr("Cancel"))
        self._go = self.add_button(self.tr("Begin stay"), "primary")
        self._go.clicked.disconnect()
        self._go.clicked.connect(self._save)
        self._fields["partner"].editor.setFocus()  # type: ignore[attr-defined]
        desk.ask(lambda reader: reader.get(Person, person_id), self._take, key=(self, "person"))

    def _add(self, name: str, label: str, editor: QWidget, place: str) -> None:
        editor.setObjectName(name)
        self._fields[name] = Field(label, editor)
        self._grid.add(self._fields[name], short=place == "short", wide=place == "wide")

    def _take(self, person: Person) -> None:
        self._person = person
        self._fields["activity"].set_value(_ACTIVITY.get(person.kind, "student-studies"))

    @Slot()
    def _save(self) -> None:
        partner, person = self._fields["partner"].value(), self._person
        if person is None:
            return
        typed: dict[str, Any] = {name: self._fields[name].value() for name in ("direction", "activity", "year")}
        stay = Stay(**typed, term=str(self._fields["term"].value() or ""))
        institution = Institution(id=int(str(partner))) if partner is not None else None
        self._desk.do(stays.new_stay(person, institution, stay), self._took, self._refused)

    def _took(self, stay_id: int) -> None:
        self.accept()
        self.made.emit(stay_id)

    def _refused(self, error: Any) -> None:
        sentence = say(error.message) if isinstance(error, PartnerDeskError) else str(error)
        problem = getattr(error, "problems", [None])[0]
        self._fields.get(getattr(problem, "field", ""), self._fields["partner"]).set_error(sentence)
