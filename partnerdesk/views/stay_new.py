"""Asks for a new stay: who goes out or comes in, at which partner, under which condition, in which year and term."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.agreements import Condition
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.problems import PartnerDeskError
from partnerdesk.domain.stays import Stay
from partnerdesk.look.words import day_range, number, say
from partnerdesk.models.condition_cells import sentence
from partnerdesk.models.names import country_name
from partnerdesk.services import people, stays
from partnerdesk.services.labels import field_label
from partnerdesk.services.stay_file import ConditionChoice, condition_choices
from partnerdesk.services.versions import display_name
from partnerdesk.views.agreement_fields import term_choices, term_options, year_editor
from partnerdesk.views.asking_partner import partner_provider
from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.kit.editors import ChoiceEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.picker import Option, Reply
from partnerdesk.views.kit.pickerfield import PickerField

MOST = 20


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was found for what stands in the fields."""

    person: Person | None
    partner: Institution | None
    choices: Sequence[ConditionChoice]
    stay: Stay | None


class NewStay(DialogShell):
    """`made(id)` when the stay has been entered. With a person it is about that one."""

    made = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget, person_id: int | None = None) -> None:
        super().__init__(parent, parent.tr("New stay"), width=500)
        self._desk = desk
        self._answer = _Answer(None, None, (), None)
        self._fields: dict[str, Field] = {}
        self._grid = FormGrid(self)
        self._add("direction", say(field_label("direction")), ChoiceEditor(term_choices("direction")), "short")
        self._add("term", say(field_label("term")), PickerField(term_options("term"), required=True), "short")
        self._add("person", self.tr("Person"), PickerField(person_provider(desk), label_of=self._person_name), "wide")
        self._add("partner", self.tr("Partner"), PickerField(partner_provider(desk), label_of=self._partner_name),
                  "wide")
        self._add("condition", say(field_label("condition_id")), PickerField((), placeholder=self.tr("None")), "wide")
        self._add("activity", say(field_label("activity")), PickerField(term_options("activity"), required=True),
                  "short")
        self._add("year", say(field_label("year")), year_editor(), "short")
        self.body.addWidget(self._grid)
        self._days = Words("", "small", "text2", wrap=True)
        self.body.addWidget(self._days)
        self._fields["direction"].set_value("out")
        self._fields["term"].set_value("1/2")
        self._fields["activity"].set_value("student-studies")
        self.add_button(self.tr("Cancel"))
        self._go = self.add_button(self.tr("Enter the stay"), "primary")
        self._go.clicked.disconnect()
        self._go.clicked.connect(self._save)
        for field in self._fields.values():
            field.edited.connect(self._edited)
        if person_id is not None:
            self._fields["person"].set_value(person_id)
        self._fields["partner" if person_id is not None else "person"].editor.setFocus()  # type: ignore[attr-defined]
        self._ask()

    @property
    def fields(self) -> dict[str, Field]:
        """The fields by name."""
        return self._fields

    def _add(self, name: str, label: str, editor: QWidget, place: str) -> None:
        editor.setObjectName(name)
        self._fields[name] = Field(label, editor)
        self._grid.add(self._fields[name], short=place == "short", wide=place == "wide")

    def _value(self, name: str) -> Any:
        return self._fields[name].value()

    def _person_name(self, _: Any) -> str:
        return people.named(self._answer.person) if self._answer.person is not None else ""

    def _partner_name(self, _: Any) -> str:
        return self._answer.partner.name if self._answer.partner is not None else ""

    @Slot(object)
    def _edited(self, _: object) -> None:
        field = self.sender()
        if isinstance(field, Field):
            field.set_error("")
            if field in (self._fields["partner"], self._fields["direction"]):
                self._fields["condition"].set_value(None)
        self._ask()

    def _ask(self) -> None:
        """Ask for the conditions of the partner, and for the stay as it will most likely be."""
        person_id, partner_id, condition_id = (self._value(name) for name in ("person", "partner", "condition"))
        direction, year, term = str(self._value("direction")), self._value("year"), str(self._value("term") or "1/2")

        def question(reader: Any) -> _Answer:
            person = reader.many(Person, [person_id]).get(person_id) if person_id else None
            partner = reader.many(Institution, [partner_id]).get(partner_id) if partner_id else None
            asked = Stay(direction=direction, year=year, condition_id=condition_id,
                         **{"receiving_id" if direction == "out" else "sending_id": partner_id})
            choices = condition_choices(reader, asked)
            condition = next((c.condition for c in choices if c.condition.id == condition_id), None)
            stay = stays.proposed_stay(reader, person or Person(), partner, condition, direction, year, term)
            return _Answer(person, partner, choices, stay)

        self._desk.ask(question, self._take, key=(self, "proposal"))

    def _take(self, answer: _Answer) -> None:
        self._answer = answer
        editor = self._fields["condition"].editor
        assert isinstance(editor, PickerField)
        editor.set_options([self._option(choice) for choice in answer.choices])
        for name in ("person", "partner"):
            self._fields[name].set_value(self._value(name))
        stay = answer.stay
        if stay is None:
            return
        if self._value("year") is None:
            self._fields["year"].set_value(stay.year)
        if self._value("condition") is not None or (answer.person is not None and answer.person.kind != "student"):
            self._fields["activity"].set_value(stay.activity)
        self._days.setText(self.tr("Planned from the term: {days}").format(
            days=day_range(stay.planned_from, stay.planned_to)))

    def _option(self, choice: ConditionChoice) -> Option:
        free = choice.usage.free if choice.usage is not None else None
        right = self.tr("{n} free").format(n=number(max(free, 0))) if free is not None else ""
        label: Condition = choice.condition
        return Option(label.id, f"{sentence(label)} · {display_name(choice.agreement)}", right)

    @Slot()
    def _save(self) -> None:
        answer = self._answer
        if answer.person is None:
            self._fields["person"].set_error(self.tr("Choose a person"))
            self.fit_height()
            return
        if answer.stay is not None:
            stay = replace(answer.stay, activity=str(self._value("activity")))
            self._desk.do(stays.new_stay(answer.person, answer.partner, stay), self._took, self._refused)

    def _took(self, stay_id: int) -> None:
        self.accept()
        self.made.emit(stay_id)

    def _refused(self, error: Exception) -> None:
        sentence_ = say(error.message) if isinstance(error, PartnerDeskError) else str(error)
        self._fields["person"].set_error(sentence_)
        self.fit_height()


def person_provider(desk: Desk) -> Callable[[str, Reply], None]:
    """People whose words begin with what is typed, for pickers."""

    def provide(typed: str, reply: Reply) -> None:
        def question(reader: Any) -> Sequence[Option]:
            ids = people.person_ids(reader, ListQuery(words=tuple(typed.split()), sort="name"), MOST)
            lines = people.person_lines(reader, ids)
            return [Option(i, people.named(lines[i]), lines[i].local_id or country_name(lines[i].country))
                    for i in ids if i in lines]

        desk.ask(question, reply, key="pick a person")

    return provide
