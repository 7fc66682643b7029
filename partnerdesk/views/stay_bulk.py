"""Changing many stays at once: the deeds of their way as buttons, and the fields that make sense for many."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.stays import Stay
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import say
from partnerdesk.services import stays
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_fields import plain_language_options, term_choices, term_options, year_editor
from partnerdesk.views.bulk import BulkEditor
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor, TickEditor
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Column, Flow
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.long_work import LongWork
from partnerdesk.views.numberfield import TagsEditor
from partnerdesk.views.stay_deeds import stay_deeds


class StayBulk(BulkEditor):
    """`deed_wanted(key)` begins a deed with all that are selected, `cohort_wanted` puts them into a cohort."""

    deed_wanted = Signal(str)
    cohort_wanted = Signal()
    empty_as_none = ("programme", "term", "level_nominated", "language")

    def __init__(self, desk: Desk, work: LongWork, parent: QWidget | None = None) -> None:
        super().__init__(desk, work, parent)
        editors: Mapping[str, QWidget] = {
            "programme": PickerField(term_options("programme")), "activity": PickerField(term_options("activity")),
            "year": year_editor(), "term": PickerField(term_options("term")),
            "planned_from": LenientDateField(), "planned_to": LenientDateField(),
            "attribute": ChoiceEditor(term_choices("attribute")), "grant_number": LineEditor(),
            "level_nominated": PickerField(term_options("level")), "language": PickerField(plain_language_options()),
            "tags": TagsEditor(), "status_comment": LineEditor(),
            "counts_in_balance": TickEditor(say(field_label("counts_in_balance"))),
            "fee_waived": TickEditor(say(field_label("fee_waived"))),
            "green_travel": TickEditor(say(field_label("green_travel"))),
        }
        for name, editor in editors.items():
            self.form.add(name, say(field_label(name)), editor)
        self.add_above(self._make_strip())

    def title_words(self) -> str:
        return self.tr("1 stay selected") if len(self._ids) == 1 else self.tr("{n} stays selected")

    def verb_words(self) -> str:
        return self.tr("Change the stay") if len(self._ids) == 1 else self.tr("Change {n} stays")

    def read(self, reader: Any, ids: Sequence[int]) -> Iterable[Any]:
        found: dict[int, Stay] = reader.many(Stay, ids)
        return found.values()

    def deed(self, ids: Sequence[int], changes: Mapping[str, Any]) -> Deed[Any]:
        return stays.change_many(ids, {name: "" if value is None and name in self.empty_as_none else value
                                       for name, value in changes.items()})

    def show_records(self, ids: Sequence[int]) -> None:
        self._strip.setVisible(not self._desk.read_only)
        super().show_records(ids)

    def _make_strip(self) -> QWidget:
        self._strip = QWidget(self)
        column = Column(self._strip, (16, 14, 16, 0), 6)
        column.addWidget(Words(self.tr("On their way"), "head"))
        room = QWidget(self._strip)
        flow = Flow(room, 6)
        for deed in stay_deeds():
            button = Button(deed.verb, small=True, icon=deed.icon)
            button.setObjectName(deed.key)
            button.clicked.connect(self._pressed)
            flow.addWidget(button)
        together = Button(self.tr("Add to a cohort…"), small=True, icon=Icon.COHORTS)
        together.clicked.connect(self.cohort_wanted)
        flow.addWidget(together)
        column.addWidget(room)
        return self._strip

    @Slot()
    def _pressed(self) -> None:
        button = self.sender()
        if button is not None:
            self.deed_wanted.emit(button.objectName())
