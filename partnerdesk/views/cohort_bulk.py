"""Changing many cohorts at once: kind, way, year, programme, room."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.cohorts import Cohort
from partnerdesk.domain.journal import Deed
from partnerdesk.look.words import say
from partnerdesk.services import cohorts
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_fields import whole_editor, year_editor
from partnerdesk.views.bulk import BulkEditor
from partnerdesk.views.kit.editors import ChoiceEditor
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.long_work import LongWork
from partnerdesk.views.partner_children import term_options, terms


class CohortBulk(BulkEditor):
    """The fields that make sense for many cohorts."""

    empty_as_none = ("programme",)

    def __init__(self, desk: Desk, work: LongWork, parent: QWidget | None = None) -> None:
        super().__init__(desk, work, parent)
        for name, editor in (
            ("kind", ChoiceEditor(terms("cohort_kind"))), ("year", year_editor()), ("capacity", whole_editor()),
            ("programme", PickerField(term_options("programme"))),
        ):
            self.form.add(name, say(field_label(name)), editor)

    def title_words(self) -> str:
        return self.tr("{n} cohorts selected")

    def verb_words(self) -> str:
        return self.tr("Change {n} cohorts")

    def read(self, reader: Any, ids: Sequence[int]) -> Iterable[Any]:
        found: dict[int, Cohort] = reader.many(Cohort, ids)
        return found.values()

    def deed(self, ids: Sequence[int], changes: Mapping[str, Any]) -> Deed[Any]:
        fields = {name: value or "" if name == "programme" else value for name, value in changes.items()}
        return cohorts.change_many(ids, fields, len(ids))
