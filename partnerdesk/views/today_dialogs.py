"""The two small questions of the day's work: until when and why something waits, and what is to be done anew."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.followup_rules import snooze_problems
from partnerdesk.look.words import say
from partnerdesk.services.labels import field_label
from partnerdesk.views.followup_lines import PeoplePicker
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.kit.editors import LineEditor
from partnerdesk.views.kit.forms import Field


class SnoozeDialog(DialogShell):
    """Asks until when something can wait, and why. `wanted(day, reason)` when both are told."""

    wanted = Signal(object, str)

    def __init__(self, parent: QWidget, what: str, until: date | None) -> None:
        super().__init__(parent, parent.tr("Put off"), what)
        self.until, self.reason = LenientDateField(parent=self), LineEditor(parent=self)
        self.until.set_value(until)
        self._fields = {
            "snoozed_until": Field(say(field_label("snoozed_until")), self.until, required=True),
            "snooze_reason": Field(say(field_label("snooze_reason")), self.reason, required=True)}
        for field in self._fields.values():
            self.body.addWidget(field)
        self.add_button(self.tr("Cancel"))
        self.add_button(self.tr("Put off"), "primary", "ok")
        self.verb_chosen.connect(self._take)
        first = self.until if until is None else self.reason
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def ready(self) -> bool:
        """Not without a day to come and a reason."""
        self.until.commit()
        problems = {one.field: one for one in snooze_problems(self.until.value(), self.reason.value(), clock.today())}
        for name, field in self._fields.items():
            field.set_error(say(problems[name].message) if name in problems else "")
        self.fit_height()
        return not problems and not self.until.notes.error

    @Slot(str)
    def _take(self, _: str) -> None:
        self.wanted.emit(self.until.value(), self.reason.value())


class NewFollowUp(DialogShell):
    """Asks what is to be done, by whom, until when, or shows one there is; `wanted(fields)` has the answer."""

    wanted = Signal(object)

    def __init__(
        self, parent: QWidget, people: Sequence[str], who: str, due: date | None = None, title: str = ""
    ) -> None:
        """With a `title` it is one that there is already."""
        super().__init__(parent, parent.tr("Follow-up") if title else parent.tr("New follow-up"))
        self.title, self.people = LineEditor(parent=self), PeoplePicker(people)
        self.due = LenientDateField(parent=self)
        self.due.set_value(due)
        self.people.set_value(who)
        self.title.set_value(title)
        self._what = Field(self.tr("What is to be done"), self.title, required=True)
        for field in (self._what, Field(self.tr("Who"), self.people), Field(say(field_label("due_on")), self.due)):
            self.body.addWidget(field)
        self.add_button(self.tr("Cancel"))
        self.add_button(self.tr("Save") if title else self.tr("Add"), "primary", "ok")
        self.verb_chosen.connect(self._take)
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def ready(self) -> bool:
        """Not without words."""
        self.due.commit()
        self._what.set_error("" if self.title.value().strip() else self.tr("Say what is to be done"))
        self.fit_height()
        return bool(self.title.value().strip()) and not self.due.notes.error

    @Slot(str)
    def _take(self, _: str) -> None:
        fields: dict[str, Any] = {"title": self.title.value(), "responsible": self.people.value() or "",
                                  "due_on": self.due.value()}
        self.wanted.emit(fields)
