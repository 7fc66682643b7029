"""The Log tab of a stay: what was sent, answered, decided and said, each entry with a day and a note."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.stays import StayEvent
from partnerdesk.domain.vocab import label_of
from partnerdesk.look.cells import Soft, TwoLine
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import day, say
from partnerdesk.models.agreements import Line
from partnerdesk.services import stays
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_fields import Section, term_choices
from partnerdesk.views.agreement_tables import SmallTable
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.layouts import Column
from partnerdesk.views.stay_work import StayWork


class LogTab(Section):
    """A line to add an entry, the entries with the latest first, and the fields of the chosen one."""

    def __init__(self, work: StayWork, parent: QWidget | None = None) -> None:
        super().__init__("", parent, margins=(0, 12, 0, 16))
        self.setAccessibleName(self.tr("Log"))
        self._work = work
        self._make_form()
        self.events = SmallTable(self.tr("Log"), (self.tr("Day"), self.tr("What happened")), (106, 0))
        self.events.chosen.connect(self._chosen)
        self.events.remove_wanted.connect(self._remove)
        self.body.addWidget(self.events)
        self._make_entry()
        self.body.addStretch()

    def renew(self, fresh: bool) -> None:
        """Show the log as it is now."""
        about = self._work.about
        if about is None:
            return
        events = sorted(about.events, key=lambda e: (e.day or clock.today(), e.id), reverse=True)
        self.events.show_lines([self._line(event) for event in events])
        self.events.setVisible(bool(events))
        if fresh:
            self._work.show_fields(self._fields)
        self._form.setVisible(not self._work.desk.read_only)
        self._show_entry()

    def focus_first(self) -> None:
        """Put the cursor where an entry is written."""
        self._note.setFocus()

    @Slot()
    def add_event(self) -> None:
        """Write what stands in the line into the log."""
        stay = self._work.stay
        self._day.commit()
        when = self._day.value()
        if stay is None or self._day.notes.error:
            return
        if when is None:
            self._day_field.set_error(self.tr("The log needs a day"))
            return
        self._day_field.set_error("")
        kind = str(self._kind.value() or "note")
        self._work.do(stays.log_event(stay, kind, when, self._note.value(), self._work.name))
        self._note.set_value("")

    def _make_form(self) -> None:
        self._form = QWidget()
        column = Column(self._form, (16, 0, 16, 0), 10)
        form = FormGrid()
        self._kind = ChoiceEditor(term_choices("stay_event_kind"))
        self._kind.set_value("message")
        self._day = LenientDateField()
        self._day.set_value(clock.today())
        self._note = LineEditor()
        self._note.returnPressed.connect(self.add_event)
        self._day_field = Field(say(field_label("day")), self._day)
        form.add(Field(self.tr("What happened"), self._kind), short=True)
        form.add(self._day_field, short=True)
        form.add(Field(say(field_label("note")), self._note), wide=True)
        column.addWidget(form)
        self.add_button = Button(self.tr("Add to the log"), small=True, icon=Icon.ADD)
        self.add_button.clicked.connect(self.add_event)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._form)

    def _make_entry(self) -> None:
        self._entry = QWidget()
        column = Column(self._entry, (16, 0, 16, 0), 10)
        form = FormGrid()
        self._fields: list[Field] = []
        labels = {"kind": self.tr("What happened"), "day": say(field_label("day")), "note": say(field_label("note"))}
        editors: dict[str, QWidget] = {
            "kind": ChoiceEditor(term_choices("stay_event_kind")), "day": LenientDateField(), "note": LineEditor()}
        for name, editor in editors.items():
            field = Field(labels[name], editor)
            self._work.bind(name, field, self._event, self._deed)
            self._fields.append(field)
            form.add(field, short=name != "note", wide=name == "note")
        column.addWidget(form)
        self.remove_entry = Button(self.tr("Remove this entry"), small=True, icon=Icon.DELETE)
        self.remove_entry.clicked.connect(self._remove_shown)
        column.addWidget(self.remove_entry, 0, Qt.AlignmentFlag.AlignLeft)
        self._entry.hide()
        self.body.addWidget(self._entry)

    def _line(self, event: StayEvent) -> Line:
        kind = say(label_of("stay_event_kind", event.kind))
        sentence = ", ".join(part for part in (day(event.day), kind, event.note) if part)
        return Line(event.id, (Soft(day(event.day)), TwoLine(kind, event.note)), sentence, event.note)

    def _event(self) -> StayEvent | None:
        about, key = self._work.about, self.events.key
        return next((e for e in about.events if e.id == key), None) if about is not None and key else None

    def _deed(self, event: StayEvent, fields: Mapping[str, Any]) -> Deed[Any]:
        return stays.change_event(event, self._work.name, **fields)

    @Slot(int)
    def _chosen(self, _: int) -> None:
        self._work.show_fields(self._fields)
        self._show_entry()

    def _show_entry(self) -> None:
        self._entry.setVisible(self._event() is not None and not self._work.desk.read_only)

    @Slot()
    def _remove_shown(self) -> None:
        self._remove(self.events.key)

    @Slot(int)
    def _remove(self, _: int) -> None:
        event = self._event()
        if event is not None and not self._work.desk.read_only:
            self._work.do(stays.remove_event(event, self._work.name))
