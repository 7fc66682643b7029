"""Changing many visits at once: kind, status, who looks after them, tags."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.visits import Visit
from partnerdesk.look.words import say
from partnerdesk.services import visits
from partnerdesk.services.labels import field_label
from partnerdesk.views.bulk import BulkEditor
from partnerdesk.views.filters import country_options
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.long_work import LongWork
from partnerdesk.views.numberfield import TagsEditor
from partnerdesk.views.partner_children import terms


class VisitBulk(BulkEditor):
    """The fields that make sense for many visits."""

    empty_as_none = ("country",)

    def __init__(self, desk: Desk, work: LongWork, parent: QWidget | None = None) -> None:
        super().__init__(desk, work, parent)
        for name, editor in (
            ("kind", ChoiceEditor(terms("visit_kind"))), ("status", ChoiceEditor(terms("visit_status"))),
            ("country", PickerField(country_options())), ("responsible", LineEditor()), ("tags", TagsEditor()),
        ):
            self.form.add(name, say(field_label(name)), editor)

    def title_words(self) -> str:
        return self.tr("{n} visits selected")

    def verb_words(self) -> str:
        return self.tr("Change {n} visits")

    def read(self, reader: Any, ids: Sequence[int]) -> Iterable[Any]:
        found: dict[int, Visit] = reader.many(Visit, ids)
        return found.values()

    def deed(self, ids: Sequence[int], changes: Mapping[str, Any]) -> Deed[Any]:
        fields = {name: value or "" if name == "country" else value for name, value in changes.items()}
        return visits.change_many(ids, fields, len(ids))
