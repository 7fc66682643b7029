"""What a visit's form lists: places, people, meetings, documents; a line a field."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Document
from partnerdesk.domain.visit_rules import read_time
from partnerdesk.domain.visits import AgendaItem, Visit, VisitPerson, VisitPlace
from partnerdesk.domain.vocab import label_of
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import day, say
from partnerdesk.models.names import country_name
from partnerdesk.models.visits import day_head, times_words, zone_countries, zone_name
from partnerdesk.services import visits
from partnerdesk.services.labels import field_label
from partnerdesk.services.visits import VisitFile
from partnerdesk.views.asking_partner import institution_provider
from partnerdesk.views.children import ChildField, ChildSpec
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor, TextEditor
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.partner_children import terms

FileOf = Callable[[], VisitFile]
_CODES = ("zone", "side")


def _tr(source: str) -> str:
    return QCoreApplication.translate("VisitForm", source)


def _label(name: str) -> str:
    return say(field_label(name))


class TimeEditor(LineEditor):
    """A time of the day; what people write becomes HH:MM, what names none stays and is refused."""

    def __init__(self) -> None:
        super().__init__("9:30")

    def value(self) -> str:
        """The time as it is stored, or the words that name none."""
        written = super().value()
        return read_time(written) or written

    def commit(self) -> None:
        super().commit()
        if not self.isReadOnly() and read_time(self.text()):
            self.setText(self.value())


def place_spec(file: FileOf, desk: Desk) -> ChildSpec:
    """The institutions of the visit."""

    def fields() -> Sequence[ChildField]:
        return (
            ChildField("institution_id", _label("institution_id"), _institution(file, desk, required=True), "wide",
                       required=True),
            ChildField("day", _label("day"), LenientDateField, "short"),
            ChildField("aim", _label("aim"), TextEditor, "wide"),
        )

    def line(place: VisitPlace) -> tuple[str, str, str]:
        found = file().institutions.get(place.institution_id)
        where = ", ".join(p for p in (found.city, country_name(found.country)) if p) if found is not None else ""
        second = " · ".join(part for part in (where, place.aim) if part)
        return file().called(place.institution_id), second, day(place.day) if place.day else ""

    return _spec(file, _tr("Places"), _tr("Add a place"), _tr("No institution yet."), line, fields, VisitPlace,
                 lambda one: bool(one.institution_id), Icon.PARTNERS)


def person_spec(file: FileOf, desk: Desk) -> ChildSpec:
    """Who takes part: of our side first, then of theirs."""

    def fields() -> Sequence[ChildField]:
        return (
            ChildField("name", _label("name"), LineEditor, "wide", required=True),
            ChildField("side", _tr("Side"), lambda: ChoiceEditor(terms("visit_side")), "short"),
            ChildField("function", _label("function"), LineEditor, "short"),
            ChildField("institution_id", _label("institution_id"), _institution(file, desk), "wide"),
            ChildField("email", _label("email"), LineEditor, "short"),
            ChildField("phone", _label("phone"), LineEditor, "short"),
        )

    def line(person: VisitPerson) -> tuple[str, str, str]:
        second = " · ".join(part for part in (person.function, file().called(person.institution_id)) if part)
        return person.name, second, person.email or person.phone

    return _spec(file, _tr("People"), _tr("Add somebody"), _tr("Nobody yet."), line, fields, VisitPerson,
                 lambda one: bool(one.name), Icon.CONTACT, group=lambda one: say(label_of("visit_side", one.side)))


def agenda_spec(file: FileOf, desk: Desk, blank: Callable[[], AgendaItem]) -> ChildSpec:
    """The meetings by their days."""

    def fields() -> Sequence[ChildField]:
        return (
            ChildField("title", _label("title"), LineEditor, "wide", required=True),
            ChildField("day", _label("day"), LenientDateField, "short"),
            ChildField("zone", _label("zone"), lambda: PickerField(zone_options(), label_of=zone_name), "short"),
            ChildField("begins", _label("begins"), TimeEditor, "short"),
            ChildField("ends", _label("ends"), TimeEditor, "short"),
            ChildField("institution_id", _label("institution_id"), _institution(file, desk), "wide"),
            ChildField("place", _label("place"), LineEditor, "wide"),
            ChildField("note", _label("note"), TextEditor, "wide"),
        )

    def line(item: AgendaItem) -> tuple[str, str, str]:
        at = file().called(item.institution_id)
        second = " · ".join(part for part in (at if at != item.title else "", item.place, item.note) if part)
        times = times_words(item)
        return item.title, second, f"{times} {zone_name(item.zone)}".strip() if times else ""

    return _spec(file, _tr("Meetings"), _tr("Add a meeting"), _tr("No meeting yet."), line, fields, blank,
                 lambda one: bool(one.title), Icon.DATE, group=lambda one: day_head(one.day))


def document_spec(file: FileOf) -> ChildSpec:
    """Papers of the visit: programme, notes, pictures."""

    def fields() -> Sequence[ChildField]:
        return (
            ChildField("title", _label("title"), LineEditor, "wide", required=True),
            ChildField("received_on", _label("received_on"), LenientDateField, "short"),
            ChildField("link", _label("link"), LineEditor, "wide"),
            ChildField("note", _label("note"), TextEditor, "wide"),
        )

    def line(document: Document) -> tuple[str, str, str]:
        received = day(document.received_on) if document.received_on else ""
        return document.title, document.note, received

    def dropped() -> Document:
        return Document(visit_id=file().visit.id, state="received", received_on=clock.today())

    return _spec(file, _tr("Documents of the visit"), _tr("Add a document"), _tr("No documents yet."), line, fields,
                 lambda: Document(state="received"), lambda one: bool(one.title), Icon.DOCUMENT, _itself, dropped)


def zone_options() -> Sequence[Option]:
    """The time zones by their cities, with their country beside them."""
    found = [Option(zone, zone_name(zone), country_name(land)) for zone, land in zone_countries().items()]
    return sorted(found, key=lambda one: one.label)


def _institution(file: FileOf, desk: Desk, required: bool = False) -> Callable[[], PickerField]:
    def called(institution_id: Any) -> str:
        return file().called(institution_id)

    return lambda: PickerField(institution_provider(desk), required=required, label_of=called)


def _spec(
    file: FileOf, title: str, add: str, none: str, line: Any, fields: Any, blank: Any, ready: Any, icon: Icon,
    file_of: Any = None, dropped: Any = None, group: Any = None,
) -> ChildSpec:
    def owner() -> Visit:
        return file().visit

    return ChildSpec(
        title, add, none, line, fields, blank, ready, lambda one: visits.add_part(owner(), one),
        lambda one, name, value: visits.change_part(owner(), one, **{name: _clean(name, value)}),
        lambda one: visits.remove_part(owner(), one), icon, file_of, dropped, group)


def _clean(name: str, value: Any) -> Any:
    return value or "" if name in _CODES else value


def _itself(document: Document) -> Document:
    return document
