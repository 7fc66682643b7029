"""Changing many agreements at once: programme, kind, where the paper is; one step for all."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.agreements import Agreement
from partnerdesk.domain.journal import Deed
from partnerdesk.look.words import say
from partnerdesk.services import agreements
from partnerdesk.services.labels import field_label
from partnerdesk.views.bulk import BulkEditor
from partnerdesk.views.kit.editors import LineEditor
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.long_work import LongWork
from partnerdesk.views.partner_children import term_options


class AgreementBulk(BulkEditor):
    """The fields that make sense for many agreements."""

    empty_as_none = ("programme",)

    def __init__(self, desk: Desk, work: LongWork, parent: QWidget | None = None) -> None:
        super().__init__(desk, work, parent)
        self.form.add("type", say(field_label("type")), PickerField(term_options("agreement_type"), required=True))
        self.form.add("programme", say(field_label("programme")), PickerField(term_options("programme")))
        self.form.add("location", say(field_label("location")), LineEditor())

    def title_words(self) -> str:
        return self.tr("{n} agreements selected")

    def verb_words(self) -> str:
        return self.tr("Change {n} agreements")

    def read(self, reader: Any, ids: Sequence[int]) -> Iterable[Any]:
        found: dict[int, Agreement] = reader.many(Agreement, ids)
        return found.values()

    def deed(self, ids: Sequence[int], changes: Mapping[str, Any]) -> Deed[Any]:
        return agreements.change_many(ids, {name: value or "" for name, value in changes.items()})
