"""Changing many people at once: what they are, tags, consents, support, until when they are kept."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.people import Person
from partnerdesk.look.words import say
from partnerdesk.services import people
from partnerdesk.services.labels import field_label
from partnerdesk.views.bulk import BulkEditor
from partnerdesk.views.filters import country_options
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.long_work import LongWork
from partnerdesk.views.numberfield import TagsEditor
from partnerdesk.views.partner_children import term_options, terms


class PersonBulk(BulkEditor):
    """The fields that make sense for many people."""

    def __init__(self, desk: Desk, work: LongWork, parent: QWidget | None = None) -> None:
        super().__init__(desk, work, parent)
        for name, editor in (
            ("kind", ChoiceEditor(terms("person_kind"))), ("function", LineEditor()),
            ("citizenships", PickerField(country_options(), many=True)), ("tags", TagsEditor()),
            ("consents", PickerField(term_options("consent"), many=True)), ("retention_due", LenientDateField()),
        ):
            self.form.add(name, say(field_label(name)), editor)

    def title_words(self) -> str:
        return self.tr("{n} people selected")

    def verb_words(self) -> str:
        return self.tr("Change {n} people")

    def read(self, reader: Any, ids: Sequence[int]) -> Iterable[Any]:
        found: dict[int, Person] = reader.many(Person, ids)
        return found.values()

    def deed(self, ids: Sequence[int], changes: Mapping[str, Any]) -> Deed[Any]:
        return people.change_many(ids, changes, len(ids))
