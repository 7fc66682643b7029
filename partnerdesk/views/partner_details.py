"""The fields of an institution that are looked up rather than worked on: names, place, addresses, charter."""

from typing import Any

from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import Institution
from partnerdesk.look.words import say
from partnerdesk.services import partners
from partnerdesk.services.labels import field_label
from partnerdesk.views.detail import Binder
from partnerdesk.views.filters import country_options
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor, TextEditor
from partnerdesk.views.kit.forms import Field, FormGrid
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.kit.savestate import SaveState
from partnerdesk.views.links import web_editor
from partnerdesk.views.numberfield import NumberEditor, TagsEditor
from partnerdesk.views.partner_children import term_options, terms


class PartnerDetails(FormGrid):
    """One line a field; each is saved when it is left. Empty until `make_more` has made its groups one by one."""

    def __init__(self, desk: Desk, state: SaveState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._institution: Institution | None = None
        self.binder = Binder(desk, state, self._deed)
        self._groups = [self._add_names, self._add_place, self._add_map, self._add_web, self._add_rest]

    def make_more(self) -> bool:
        """Make the next group; False when all are there."""
        if self._groups:
            self._groups.pop(0)()
        return bool(self._groups)

    def show_partner(self, institution: Institution, fresh: bool) -> None:
        """Show an institution, or what it has become."""
        self._institution = institution
        self.binder.show(self._value, fresh)

    def flush(self) -> bool:
        """Commit what is being typed."""
        return self.binder.flush()

    def _add_names(self) -> None:
        self._field("name", LineEditor(), "wide", required=True)
        self._field("name_original", LineEditor(), "wide")
        self._field("short_name", LineEditor(), "short")
        self._field("status", ChoiceEditor(terms("institution_status")), "short")
        self._field("org_type", PickerField(term_options("org_type")), "wide")

    def _add_place(self) -> None:
        self.add_head(self.tr("Place"))
        self._field("country", PickerField(country_options()), "short")
        self._field("city", LineEditor(), "short")
        self._field("region", LineEditor(), "short")
        self._field("postcode", LineEditor(), "short")
        self._field("street", LineEditor(), "wide")

    def _add_map(self) -> None:
        self._field("latitude", NumberEditor(decimals=5), "short")
        self._field("longitude", NumberEditor(decimals=5), "short")
        self._field("geo_precision", ChoiceEditor([("", "—"), *terms("geo_precision")]), "short")
        self._field("hemisphere", ChoiceEditor(terms("hemisphere")), "short")

    def _add_web(self) -> None:
        self.add_head(self.tr("On the web"))
        self._field("catalogue_url", web_editor(), "wide")
        self._field("factsheet_url", web_editor(), "wide")

    def _add_rest(self) -> None:
        self.add_head(self.tr("More"))
        self._field("founded", NumberEditor(), "short")
        self._field("verified_on", LenientDateField(), "short")
        self._field("charter_from", LenientDateField(), "short")
        self._field("charter_to", LenientDateField(), "short")
        self._field("tags", TagsEditor(), "wide")
        self._field("grading_note", TextEditor(), "wide")
        self._field("remark", TextEditor(), "wide")

    def _field(self, name: str, editor: QWidget, place: str, required: bool = False) -> None:
        field = Field(say(field_label(name)), editor, required=required)
        self.add(field, short=place == "short", wide=place == "wide")
        self.binder.bind(name, field)

    def _value(self, name: str) -> Any:
        value = getattr(self._institution, name)
        return value or None if name in ("country", "org_type") else value

    def _deed(self, name: str, value: Any) -> Deed[Any] | None:
        if self._institution is None or value == self._value(name):
            return None
        if name in ("country", "org_type"):
            value = value or ""
        return partners.change_institution(self._institution, **{name: value})
