"""Changing many partners at once: who is responsible, tier, stage, next review, status; one step for all."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.partners import PartnerLine
from partnerdesk.domain.vocab import vocabulary
from partnerdesk.look.words import number, say
from partnerdesk.services import listing, partners
from partnerdesk.services.labels import field_label
from partnerdesk.views.bulk import BulkForm
from partnerdesk.views.detail import BulkPane, UndoFoot
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor
from partnerdesk.views.kit.layouts import Measured
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.partner_children import terms

_RELATION = ("responsible", "tier", "stage", "next_review")


class PartnerBulk(BulkPane):
    """Nothing is written before Change is pressed."""

    def __init__(self, desk: Desk, people: Callable[[], Sequence[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._people = desk, people
        self._ids: list[int] = []
        self._form = BulkForm(self)
        self._responsible = PickerField()
        tiers = [(None, "—"), *((int(t.code), say(t.text)) for t in vocabulary("tier"))]
        for name, editor in (
            ("responsible", self._responsible), ("tier", ChoiceEditor(tiers)), ("stage", ChoiceEditor(terms("stage"))),
            ("next_review", LenientDateField()), ("status", ChoiceEditor(terms("institution_status"))),
        ):
            self._form.add(name, say(field_label(name)), editor)
        self._form.wanted.connect(self._do)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._form, 1)
        outer.addWidget(UndoFoot(desk, self))
        Measured(self, width_min=300)

    @property
    def form(self) -> BulkForm:
        """The form."""
        return self._form

    def show_records(self, ids: Sequence[int]) -> None:
        self._ids = list(ids)
        n = number(len(ids))
        self._form.begin(self.tr("{n} partners selected").format(n=n), self.tr("Change {n} partners").format(n=n), n)
        self._responsible.set_options([Option(name, name) for name in self._people()])
        self._desk.ask(lambda reader: listing.partner_lines(reader, list(ids)[:500]), self._take, key=(self, "bulk"))

    def _take(self, lines: dict[int, PartnerLine]) -> None:
        self._form.show_values(list(lines.values()), empty_as_none=("responsible",))

    @Slot(object)
    def _do(self, changes: dict[str, Any]) -> None:
        relation = {name: value for name, value in changes.items() if name in _RELATION}
        if "responsible" in relation:
            relation["responsible"] = relation["responsible"] or ""
        own = {name: value for name, value in changes.items() if name not in _RELATION}
        self._desk.do(partners.change_many(self._ids, own, relation, len(self._ids)))
