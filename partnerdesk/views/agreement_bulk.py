"""Changing many agreements at once: programme, kind, where the paper is; one step for all."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.agreements import Agreement
from partnerdesk.look.words import number, say
from partnerdesk.services import agreements
from partnerdesk.services.labels import field_label
from partnerdesk.views.bulk import BulkForm
from partnerdesk.views.detail import BulkPane, UndoFoot
from partnerdesk.views.kit.editors import LineEditor
from partnerdesk.views.kit.layouts import Measured
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.partner_children import term_options


class AgreementBulk(BulkPane):
    """Nothing is written before Change is pressed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ids: list[int] = []
        self._form = BulkForm(self)
        self._form.add("type", say(field_label("type")), PickerField(term_options("agreement_type"), required=True))
        self._form.add("programme", say(field_label("programme")), PickerField(term_options("programme")))
        self._form.add("location", say(field_label("location")), LineEditor())
        self._form.wanted.connect(self._do)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._form, 1)
        outer.addWidget(UndoFoot(desk, self))
        Measured(self, width_min=300)

    def show_records(self, ids: Sequence[int]) -> None:
        self._ids = list(ids)
        n = number(len(ids))
        title, verb = self.tr("{n} agreements selected"), self.tr("Change {n} agreements")
        self._form.begin(title.format(n=n), verb.format(n=n), n)
        self._desk.ask(lambda reader: reader.many(Agreement, list(ids)[:500]), self._take, key=(self, "bulk"))

    def _take(self, found: dict[int, Agreement]) -> None:
        self._form.show_values(list(found.values()), empty_as_none=("programme",))

    @Slot(object)
    def _do(self, changes: dict[str, Any]) -> None:
        fields = {name: value or "" for name, value in changes.items()}
        self._desk.do(agreements.change_many(self._ids, fields))
