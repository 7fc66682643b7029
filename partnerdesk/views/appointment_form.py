"""The form of an appointment: a fair, a meeting, a deadline of one's own; with its time zone and its repetitions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain import clock
from partnerdesk.domain.appointment_rules import Occurrence
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.problems import PartnerDeskError, Refused
from partnerdesk.domain.recurrence import Recurrence, read_rule
from partnerdesk.domain.recurrence import said as said_rule
from partnerdesk.domain.visits import Appointment
from partnerdesk.look.tokens import px
from partnerdesk.look.words import day as day_words
from partnerdesk.look.words import say
from partnerdesk.models.visits import zone_name
from partnerdesk.services import appointments
from partnerdesk.services.labels import field_label
from partnerdesk.views.asking_partner import institution_provider
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.dialogs import WIDE, DialogShell
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor, TextEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Column
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.kit.scroll import ScrollRoom
from partnerdesk.views.partner_children import terms
from partnerdesk.views.visit_children import TimeEditor, zone_options

NEVER, AS_IT_IS = "", "own"
_AROUND, _LEAST, _BAR_ROOM = 170, 160, 14
_SIMPLE = {"DAILY": ("DAILY", 1), "WEEKLY": ("WEEKLY", 1), "FORTNIGHT": ("WEEKLY", 2), "MONTHLY": ("MONTHLY", 1),
           "YEARLY": ("YEARLY", 1)}
_TEXTS = ("begins", "ends", "zone", "place", "url", "responsible", "remark")


@dataclass(frozen=True, slots=True)
class _Around:
    """What the appointment refers to: the projects there are, and the name of its institution."""

    projects: Sequence[tuple[int, str]] = ()
    institution: str = ""


class AppointmentForm(DialogShell):
    """`saved(id)` when it is in the file, `removed(id)` when it went, or one time of it.

    Without an appointment it makes one, beginning on `day`; with an `occurrence` that time can be left out alone.
    """

    saved = Signal(int)
    removed = Signal(int)

    def __init__(
        self, desk: Desk, parent: QWidget, appointment: Appointment | None = None, *, day: date | None = None,
        project_id: int | None = None, occurrence: Occurrence | None = None,
    ) -> None:
        heading = parent.tr("New appointment") if appointment is None else parent.tr("Appointment")
        super().__init__(parent, heading, width=WIDE)
        self.subject = object()
        self._desk, self._occurrence = desk, occurrence
        self._is_new = appointment is None
        self._one = appointment or Appointment(starts_on=day or clock.today(), project_id=project_id)
        self._institution = ""
        self._refused_at: set[str] = set()
        self.fields: dict[str, Field] = {}
        self._grid = FormGrid(self)
        self._add_fields()
        ground = QWidget(self)
        self._pad = Column(ground)
        self._pad.addWidget(self._grid)
        self._room = ScrollRoom(ground, self)
        self.body.addWidget(self._room)
        self.said = Words("", "small", "danger", wrap=True)
        self.said.hide()
        self.body.addWidget(self.said)
        self._add_buttons()
        self._show()
        desk.ask(self._question, self._take_around, key=(self, "around"), quiet=True)
        self.fields["title"].editor.setFocus()  # type: ignore[attr-defined]

    @property
    def appointment(self) -> Appointment:
        """The appointment as it was when the form was opened."""
        return self._one

    def fit_height(self) -> None:
        """The fields scroll where the window has no room for them all, as with large text."""
        width = px(WIDE) - 2 * px(18)
        wanted = self._grid.heightForWidth(width) if self._grid.hasHeightForWidth() else self._grid.sizeHint().height()
        window = self.parentWidget()
        room = window.window().height() - px(_AROUND) if window is not None else wanted
        high = max(room, px(_LEAST))
        # the bar stands over padding
        self._pad.setContentsMargins(0, 0, px(_BAR_ROOM) if wanted > high else 0, 0)
        self._room.setFixedHeight(min(wanted, high))
        super().fit_height()

    def typed(self) -> dict[str, Any]:
        """What stands in the fields, as an appointment keeps it."""
        found = {name: field.value() for name, field in self.fields.items() if name not in ("repeats", "until")}
        found |= {name: found[name] or "" for name in _TEXTS}
        found["title"] = found["title"] or ""
        found["ends_on"] = found["ends_on"] or found["starts_on"]
        return {**found, "repeats": self._repeats()}

    def _add_fields(self) -> None:
        self._add("title", LineEditor(), wide=True)
        self._add("kind", ChoiceEditor(terms("appointment_kind")))
        self._add("zone", PickerField(zone_options(), label_of=zone_name, placeholder=self.tr("Where one is")))
        self._add("starts_on", LenientDateField())
        self._add("begins", TimeEditor())
        self._add("ends_on", LenientDateField())
        self._add("ends", TimeEditor())
        self._add("repeats", ChoiceEditor(self._choices()))
        self._add("until", LenientDateField(), self.tr("Repeats until"))
        self.fields["repeats"].edited.connect(self._tell_until)
        self._add("place", LineEditor(), wide=True)
        self._add("institution_id", PickerField(institution_provider(self._desk), label_of=self._institution_name))
        self._add("project_id", PickerField(()))
        self._add("responsible", LineEditor())
        self._add("url", LineEditor())
        self._add("remark", TextEditor(), wide=True)

    def _add(self, name: str, editor: QWidget, label: str = "", wide: bool = False) -> None:
        editor.setObjectName(name)
        required = name in ("title", "starts_on")
        self.fields[name] = Field(label or say(field_label(name)), editor, required=required)
        self._grid.add(self.fields[name], short=not wide, wide=wide)

    def _add_buttons(self) -> None:
        writes = not self._desk.read_only
        if not self._is_new and writes:
            delete = self.add_button(self.tr("Delete"), "quiet")
            delete.clicked.disconnect()
            delete.clicked.connect(self.remove)
            if self._occurrence is not None and self._one.repeats:
                skip = self.add_button(self.tr("Leave out {day}").format(day=day_words(self._occurrence.starts_on)))
                skip.clicked.disconnect()
                skip.clicked.connect(self.leave_out)
        self.add_button(self.tr("Cancel") if writes else self.tr("Close"))
        if writes:
            go = self.add_button(self.tr("Add appointment") if self._is_new else self.tr("Save"), "primary")
            go.clicked.disconnect()
            go.clicked.connect(self.save)

    def _show(self) -> None:
        one = self._one
        for name, field in self.fields.items():
            if name not in ("repeats", "until"):
                field.set_value(getattr(one, name))
        rule = _rule_of(one)
        self.fields["repeats"].set_value(_choice_of(one, rule))
        self.fields["until"].set_value(rule.until if rule is not None else None)
        self._tell_until()

    def _choices(self) -> list[tuple[str, str]]:
        choices = [(NEVER, self.tr("Once")), ("DAILY", self.tr("Every day")), ("WEEKLY", self.tr("Every week")),
                   ("FORTNIGHT", self.tr("Every two weeks")), ("MONTHLY", self.tr("Every month")),
                   ("YEARLY", self.tr("Every year"))]
        if _choice_of(self._one, _rule_of(self._one)) == AS_IT_IS:
            choices.append((AS_IT_IS, say(said_rule(self._one.repeats))))
        return choices

    def _repeats(self) -> str:
        """The rule that is chosen; days that were left out stay so."""
        choice, until = self.fields["repeats"].value(), self.fields["until"].value()
        if choice == NEVER:
            return ""
        if choice == AS_IT_IS:
            return self._one.repeats
        every, interval = _SIMPLE[str(choice)]
        known = _rule_of(self._one)
        without = known.without if known is not None else ()
        return Recurrence(every, interval, until=until if isinstance(until, date) else None, without=without).written()

    @Slot()
    def save(self) -> None:
        """Write what was typed; what is refused is said at its field."""
        self._clear_errors()
        if any(field.editor.notes.error for field in self.fields.values()):
            self.fit_height()
            return
        typed = self.typed()
        if self._is_new:
            self._desk.do(appointments.new_appointment(replace(self._one, **typed)), self._saved, self._refused)
            return
        tidy = appointments.tidy(replace(self._one, **typed))
        changed = {name: getattr(tidy, name) for name in typed if getattr(tidy, name) != getattr(self._one, name)}
        if changed:
            self._desk.do(appointments.change_appointment(self._one, **changed), self._changed, self._refused)
        else:
            self.accept()

    @Slot()
    def remove(self) -> None:
        """Put the appointment into the trash."""
        self._desk.do(appointments.delete_appointments([self._one]), self._removed, self._refused)

    @Slot()
    def leave_out(self) -> None:
        """Take this one time out of the series."""
        if self._occurrence is not None:
            self._desk.do(appointments.skip_time(replace(self._occurrence, appointment=self._one)), self._removed,
                          self._refused)

    @Slot()
    def _tell_until(self) -> None:
        choice = self.fields["repeats"].value()
        self.fields["until"].setVisible(choice not in (NEVER, AS_IT_IS))
        self.fit_height()

    def _clear_errors(self) -> None:
        self.said.hide()
        # what a date field says of what was typed into it stays
        for name in self._refused_at:
            self.fields[name].set_error("")
        self._refused_at.clear()
        for field in self.fields.values():
            field.editor.commit()

    def _question(self, reader: Any) -> _Around:
        from partnerdesk.services.projects import project_names

        found = reader.many(Institution, [self._one.institution_id] if self._one.institution_id else ())
        return _Around(project_names(reader), next((one.name for one in found.values()), ""))

    def _take_around(self, around: _Around) -> None:
        self._institution = around.institution
        projects = self.fields["project_id"].editor
        assert isinstance(projects, PickerField)
        projects.set_options([Option(i, name) for i, name in around.projects])
        self.fields["institution_id"].set_value(self.fields["institution_id"].value())

    def _institution_name(self, institution_id: Any) -> str:
        return self._institution if institution_id == self._one.institution_id else ""

    def _saved(self, appointment_id: int) -> None:
        self.accept()
        self.saved.emit(appointment_id)

    def _changed(self, _: bool) -> None:
        self._saved(self._one.id)

    def _removed(self, _: Any) -> None:
        self.accept()
        self.removed.emit(self._one.id)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, PartnerDeskError):
            self._desk.bug.emit(error)
            return
        problems = error.problems if isinstance(error, Refused) else ()
        beside = [problem for problem in problems if problem.field in self.fields]
        for problem in beside:
            self.fields[problem.field].set_error(say(problem.message))
            self._refused_at.add(problem.field)
        if not beside:
            self.said.setText(say(error.message))
            self.said.show()
        self.fit_height()


def _rule_of(one: Appointment) -> Recurrence | None:
    if not one.repeats:
        return None
    try:
        return read_rule(one.repeats)
    except Refused:
        return None


def _choice_of(one: Appointment, rule: Recurrence | None) -> str:
    if not one.repeats:
        return NEVER
    for choice, (every, interval) in _SIMPLE.items():
        if rule is not None and rule == Recurrence(every, interval, until=rule.until, without=rule.without):
            return choice
    return AS_IT_IS
