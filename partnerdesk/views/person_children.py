"""What a person's form lists: whom to call, languages, studies and posts, documents; a line a field."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from partnerdesk.bridge.desk import Desk
from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Document
from partnerdesk.domain.people import Enrolment, Person, PersonContact, PersonLanguage
from partnerdesk.domain.vocab import label_of, short_of
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import day, day_range, say
from partnerdesk.models.names import language_name
from partnerdesk.services import people
from partnerdesk.services.labels import field_label
from partnerdesk.services.people import PersonFile
from partnerdesk.views.agreement_fields import field_options
from partnerdesk.views.asking_partner import institution_provider
from partnerdesk.views.children import ChildField, ChildSpec
from partnerdesk.views.kit.datefield import LenientDateField as DateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor, TextEditor
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.numberfield import NumberEditor
from partnerdesk.views.partner_children import language_options, term_options, terms

FileOf = Callable[[], PersonFile]
_CODES = ("language", "field", "level", "kind", "skill")


def _tr(source: str) -> str:
    return QCoreApplication.translate("PersonForm", source)


def _label(name: str) -> str:
    return say(field_label(name))


def contact_spec(file: FileOf) -> ChildSpec:
    """Whom to call in an emergency, and who answers for a minor."""

    def fields() -> Sequence[ChildField]:
        return (
            ChildField("name", _label("name"), LineEditor, "wide", required=True),
            ChildField("kind", _label("kind"), lambda: ChoiceEditor(terms("person_contact_kind")), "short"),
            ChildField("relation", _label("relation"), LineEditor, "short"),
            ChildField("phone", _label("phone"), LineEditor, "short"),
            ChildField("email", _label("email"), LineEditor, "short"),
            ChildField("language", _label("language"), lambda: PickerField(language_options()), "short"),
            ChildField("consent_on", _label("consent_on"), DateField, "short"),
        )

    def line(contact: PersonContact) -> tuple[str, str, str]:
        kind = say(label_of("person_contact_kind", contact.kind))
        consent = _tr("consented on {day}").format(day=day(contact.consent_on)) if contact.consent_on else ""
        second = " · ".join(part for part in (kind, contact.relation, consent) if part)
        return contact.name, second, contact.phone or contact.email

    return _spec(file, _tr("Emergency contacts and guardians"), _tr("Add somebody to call"),
                 _tr("Nobody to call yet."), line, fields, PersonContact, lambda c: bool(c.name), Icon.PHONE)


def language_spec(file: FileOf) -> ChildSpec:
    """What languages a person knows."""

    def fields() -> Sequence[ChildField]:
        return (
            ChildField("language", _label("language"), lambda: PickerField(language_options(), required=True), "short",
                       required=True),
            ChildField("level", _label("level"), lambda: ChoiceEditor([("", "—"), *terms("cefr")]), "short"),
            ChildField("skill", _label("skill"),
                       lambda: ChoiceEditor([("", _tr("All")), *terms("language_skill")]), "short"),
            ChildField("certificate", _label("certificate"), LineEditor, "short"),
            ChildField("day", _label("day"), DateField, "short"),
        )

    def line(one: PersonLanguage) -> tuple[str, str, str]:
        skill = say(label_of("language_skill", one.skill)) if one.skill else ""
        second = " · ".join(part for part in (skill, one.certificate, day(one.day) if one.day else "") if part)
        return language_name(one.language), second, one.level

    return _spec(file, _tr("Languages"), _tr("Add a language"), _tr("No languages yet."), line, fields,
                 PersonLanguage, lambda one: bool(one.language), Icon.LANGUAGE)


def enrolment_spec(file: FileOf, desk: Desk) -> ChildSpec:
    """Where a person studies or works."""

    def called(institution_id: Any) -> str:
        found = file().institutions.get(institution_id)
        return found.name if found is not None else ""

    def fields() -> Sequence[ChildField]:
        return (
            ChildField("institution_id", _tr("Institution"),
                       lambda: PickerField(institution_provider(desk), label_of=called), "wide"),
            ChildField("programme_title", _label("programme_title"), LineEditor, "wide"),
            ChildField("level", _label("level"), lambda: ChoiceEditor([("", "—"), *terms("level")]), "short"),
            ChildField("field", _label("field"), lambda: PickerField(field_options()), "short"),
            ChildField("year_of_study", _label("year_of_study"), NumberEditor, "short"),
            ChildField("valid_from", _label("valid_from"), DateField, "short"),
            ChildField("valid_to", _label("valid_to"), DateField, "short"),
        )

    def line(one: Enrolment) -> tuple[str, str, str]:
        at = called(one.institution_id)
        since = day_range(one.valid_from, one.valid_to) if one.valid_from or one.valid_to else ""
        level = say(short_of("level", one.level)) if one.level else ""
        year = _tr("year {n}").format(n=one.year_of_study) if one.year_of_study else ""
        name = one.programme_title or at or _tr("Study or post")
        parts = (at if one.programme_title else "", level, one.field, year, since)
        return name, " · ".join(part for part in parts if part), ""

    return _spec(file, _tr("Studies and posts"), _tr("Add a study or post"), _tr("No study or post yet."), line,
                 fields, Enrolment, lambda e: bool(e.institution_id or e.programme_title), Icon.STUDENTS)


def document_spec(file: FileOf) -> ChildSpec:
    """Papers of the person that belong to no single stay."""

    def fields() -> Sequence[ChildField]:
        return (
            ChildField("title", _label("title"), LineEditor, "wide", required=True),
            ChildField("kind", _label("kind"), lambda: PickerField(term_options("stay_document")), "short"),
            ChildField("state", _label("state"), lambda: ChoiceEditor(terms("document_state")), "short"),
            ChildField("due_on", _label("due_on"), DateField, "short"),
            ChildField("received_on", _label("received_on"), DateField, "short"),
            ChildField("link", _label("link"), LineEditor, "wide"),
            ChildField("note", _label("note"), TextEditor, "wide"),
        )

    def line(document: Document) -> tuple[str, str, str]:
        when = document.received_on or document.due_on
        kind = say(label_of("stay_document", document.kind)) if document.kind else ""
        second = " · ".join(part for part in (kind, day(when) if when else "") if part)
        return document.title, second, say(label_of("document_state", document.state))

    def dropped() -> Document:
        return Document(person_id=file().person.id, received_on=clock.today())

    return _spec(file, _tr("Documents of the person"), _tr("Add a document"), _tr("No documents yet."), line, fields,
                 Document, lambda d: bool(d.title), Icon.DOCUMENT, _itself, dropped)


def _spec(
    file: FileOf, title: str, add: str, none: str, line: Any, fields: Any, record: type[Any], ready: Any, icon: Icon,
    file_of: Any = None, dropped: Any = None,
) -> ChildSpec:
    def owner() -> Person:
        return file().person

    return ChildSpec(
        title, add, none, line, fields, record, ready, lambda one: people.add_part(owner(), one),
        lambda one, name, value: people.change_part(owner(), one, **{name: _clean(name, value)}),
        lambda one: people.remove_part(owner(), one), icon, file_of, dropped)


def _clean(name: str, value: Any) -> Any:
    return value or "" if name in _CODES else value


def _itself(document: Document) -> Document:
    return document
