"""Changing many partners at once: who is responsible, tier, stage, next review, status; one step for all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.vocab import vocabulary
from partnerdesk.look.words import say
from partnerdesk.services import listing, partners
from partnerdesk.services.labels import field_label
from partnerdesk.views.bulk import BulkEditor
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.long_work import LongWork
from partnerdesk.views.partner_children import terms

_RELATION = ("responsible", "tier", "stage", "next_review")


class PartnerBulk(BulkEditor):
    """The fields that make sense for many partners, of the institution and of the relation to it."""

    empty_as_none = ("responsible",)

    def __init__(self, desk: Desk, work: LongWork, people: Callable[[], Sequence[str]],
                 parent: QWidget | None = None) -> None:
        super().__init__(desk, work, parent)
        self._people = people
        self._responsible = PickerField()
        tiers = [(None, "—"), *((int(t.code), say(t.text)) for t in vocabulary("tier"))]
        for name, editor in (
            ("responsible", self._responsible), ("tier", ChoiceEditor(tiers)), ("stage", ChoiceEditor(terms("stage"))),
            ("next_review", LenientDateField()), ("status", ChoiceEditor(terms("institution_status"))),
        ):
            self.form.add(name, say(field_label(name)), editor)

    def title_words(self) -> str:
        return self.tr("{n} partners selected")

    def verb_words(self) -> str:
        return self.tr("Change {n} partners")

    def show_records(self, ids: Sequence[int]) -> None:
        self._responsible.set_options([Option(name, name) for name in self._people()])
        super().show_records(ids)

    def read(self, reader: Any, ids: Sequence[int]) -> Iterable[Any]:
        return listing.partner_lines(reader, ids).values()

    def deed(self, ids: Sequence[int], changes: Mapping[str, Any]) -> Deed[Any]:
        relation = {name: value for name, value in changes.items() if name in _RELATION}
        if "responsible" in relation:
            relation["responsible"] = relation["responsible"] or ""
        own = {name: value for name, value in changes.items() if name not in _RELATION}
        return partners.change_many(ids, own, relation, len(ids))
