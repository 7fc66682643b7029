"""What a partner's form lists: contacts, codes, other names, units, documents; a line a field."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from partnerdesk.domain import clock, identifiers
from partnerdesk.domain.agreements import Document
from partnerdesk.domain.countries import languages
from partnerdesk.domain.partners import Alias, Contact, Identifier, Institution, OrgUnit
from partnerdesk.domain.vocab import label_of, vocabulary
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import day, say
from partnerdesk.models.names import language_name
from partnerdesk.services import partners
from partnerdesk.services.labels import field_label
from partnerdesk.views.children import ChildField, ChildSpec
from partnerdesk.views.kit.datefield import LenientDateField as DateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor, TextEditor, TickEditor
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.kit.pickerfield import PickerField

Owner = Callable[[], Institution]


def _tr(source: str) -> str:
    return QCoreApplication.translate("PartnerForm", source)


def _label(name: str) -> str:
    return say(field_label(name))


def terms(name: str) -> list[tuple[str, str]]:
    """A vocabulary as choices of a drop-down."""
    return [(term.code, say(term.text)) for term in vocabulary(name)]


def term_options(name: str) -> list[Option]:
    """A vocabulary as options of a picker."""
    return [Option(term.code, say(term.text)) for term in vocabulary(name)]


def language_options() -> list[Option]:
    """All languages in the user's language."""
    options = [Option(one.code, language_name(one.code), one.code, one.own_name) for one in languages()]
    return sorted(options, key=lambda option: option.folded)


def contact_spec(owner: Owner, units: Callable[[], Sequence[OrgUnit]]) -> ChildSpec:
    """People to write to."""

    def fields() -> Sequence[ChildField]:
        return (
            ChildField("given_names", _label("given_names"), LineEditor, "short"),
            ChildField("family_name", _label("family_name"), LineEditor, "short", required=True),
            ChildField("title", _tr("Title before the name"), LineEditor, "short"),
            ChildField("function", _label("function"), LineEditor, "short"),
            ChildField("roles", _label("roles"), lambda: PickerField(term_options("contact_role"), many=True), "wide"),
            ChildField("email", _label("email"), LineEditor, "wide"),
            ChildField("phone", _label("phone"), LineEditor, "short"),
            ChildField("language", _label("language"), lambda: _optional(PickerField(language_options())), "short"),
            ChildField("unit_id", _label("unit_id"), lambda: PickerField(unit_options(units())), "wide"),
            ChildField("confirmed_on", _label("confirmed_on"), DateField, "short"),
            ChildField("valid_to", _tr("Holds the office until"), DateField, "short"),
            ChildField("preferred", _label("preferred"), lambda: TickEditor(_tr("Write to this person first")), "wide"),
            ChildField("remark", _label("remark"), TextEditor, "wide"),
        )

    return ChildSpec(
        _tr("Contacts"), _tr("Add a contact"), _tr("No contacts yet."), contact_line, fields, Contact,
        lambda c: bool(c.family_name), lambda c: partners.add_child(owner(), c),
        lambda c, name, value: partners.change_child(owner(), c, **{name: _clean(name, value)}),
        lambda c: partners.remove_child(owner(), c), Icon.CONTACT)


def contact_line(contact: Contact) -> tuple[str, str, str]:
    """Name; function and roles; e-mail."""
    roles = ", ".join(say(label_of("contact_role", role)) for role in contact.roles)
    second = " · ".join(part for part in (contact.function, roles) if part)
    return contact.full_name, second, contact.email or contact.phone


def identifier_spec(owner: Owner) -> ChildSpec:
    """Codes of the institution."""

    def fields() -> Sequence[ChildField]:
        return (
            ChildField("scheme", _label("scheme"), lambda: PickerField(scheme_options(), required=True), "short"),
            ChildField("value", _label("value"), LineEditor, "short", required=True),
            ChildField("valid_from", _label("valid_from"), DateField, "short"),
            ChildField("valid_to", _label("valid_to"), DateField, "short"),
        )

    def stored(identifier: Identifier, name: str, value: Any) -> Any:
        change = {name: value}
        scheme = value if name == "scheme" else identifier.scheme
        if name == "value":
            change["value"] = identifiers.normal(scheme, value)
        return partners.change_child(owner(), identifier, **change)

    return ChildSpec(
        _tr("Codes"), _tr("Add a code"), _tr("No codes yet: ROR, Erasmus code, PIC, SCHAC and others."),
        lambda i: (i.value, "", scheme_name(i.scheme)), fields, lambda: Identifier(scheme="ror"),
        lambda i: bool(i.scheme and i.value),
        lambda i: partners.add_child(owner(), _normal(i)), stored, lambda i: partners.remove_child(owner(), i),
        Icon.LINK)


def alias_spec(owner: Owner) -> ChildSpec:
    """Other names, by which the partner is found too."""

    def fields() -> Sequence[ChildField]:
        return (
            ChildField("name", _label("name"), LineEditor, "wide", required=True),
            ChildField("kind", _label("kind"), lambda: ChoiceEditor(terms("alias_kind")), "short"),
            ChildField("language", _label("language"), lambda: _optional(PickerField(language_options())), "short"),
        )

    return ChildSpec(
        _tr("Other names"), _tr("Add a name"), _tr("No other names yet: former names, translations, acronyms."),
        lambda a: (a.name, "", say(label_of("alias_kind", a.kind))), fields, Alias, lambda a: bool(a.name),
        lambda a: partners.add_child(owner(), a),
        lambda a, name, value: partners.change_child(owner(), a, **{name: _clean(name, value)}),
        lambda a: partners.remove_child(owner(), a), Icon.LANGUAGE)


def unit_spec(owner: Owner, units: Callable[[], Sequence[OrgUnit]]) -> ChildSpec:
    """Faculties, departments, schools and centres as a tree."""

    def fields() -> Sequence[ChildField]:
        return (
            ChildField("name", _label("name"), LineEditor, "wide", required=True),
            ChildField("kind", _label("kind"), lambda: ChoiceEditor([("", "—"), *terms("unit_kind")]), "short"),
            ChildField("code", _tr("Code"), LineEditor, "short"),
            ChildField("parent_id", _label("parent_id"), lambda: PickerField(unit_options(units())), "wide"),
            ChildField("email", _label("email"), LineEditor, "wide"),
            ChildField("active_from", _label("active_from"), DateField, "short"),
            ChildField("active_to", _label("active_to"), DateField, "short"),
        )

    def line(unit: OrgUnit) -> tuple[str, str, str]:
        depth = depth_of(unit, units())
        return "   " * depth + unit.name, "", say(label_of("unit_kind", unit.kind)) if unit.kind else unit.code

    return ChildSpec(
        _tr("Units"), _tr("Add a unit"), _tr("No units yet: faculties, departments, schools."), line, fields, OrgUnit,
        lambda u: bool(u.name), lambda u: partners.add_child(owner(), u),
        lambda u, name, value: partners.change_child(owner(), u, **{name: value}),
        lambda u: partners.remove_child(owner(), u), Icon.UNIT)


def document_spec(owner: Owner) -> ChildSpec:
    """Papers about the partner."""

    def fields() -> Sequence[ChildField]:
        return (
            ChildField("title", _label("title"), LineEditor, "wide", required=True),
            ChildField("kind", _label("kind"), lambda: ChoiceEditor([("", "—"), *terms("document_kind")]), "short"),
            ChildField("state", _label("state"), lambda: ChoiceEditor(terms("document_state")), "short"),
            ChildField("due_on", _label("due_on"), DateField, "short"),
            ChildField("received_on", _label("received_on"), DateField, "short"),
            ChildField("link", _label("link"), LineEditor, "wide"),
            ChildField("note", _label("note"), TextEditor, "wide"),
        )

    def line(document: Document) -> tuple[str, str, str]:
        when = document.received_on or document.due_on
        kind = say(label_of("document_kind", document.kind)) if document.kind else ""
        second = " · ".join(part for part in (kind, day(when) if when else "") if part)
        return document.title, second, say(label_of("document_state", document.state))

    return ChildSpec(
        _tr("Documents"), _tr("Add a document"), _tr("No documents yet."), line, fields, Document,
        lambda d: bool(d.title), lambda d: partners.add_child(owner(), d),
        lambda d, name, value: partners.change_child(owner(), d, **{name: value}),
        lambda d: partners.remove_child(owner(), d), Icon.DOCUMENT, _itself,
        lambda: Document(institution_id=owner().id, received_on=clock.today()))


def _itself(document: Document) -> Document:
    return document


def unit_options(units: Sequence[OrgUnit]) -> list[Option]:
    """Units to choose from, the lower ones indented."""
    return [Option(unit.id, "   " * depth_of(unit, units) + unit.name, unit.code) for unit in as_tree(units)]


def as_tree(units: Sequence[OrgUnit]) -> list[OrgUnit]:
    """Units with each one's children right below it."""
    known = {unit.id for unit in units}
    below: dict[int | None, list[OrgUnit]] = {}
    for unit in sorted(units, key=lambda u: u.name.casefold()):
        below.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)
    ordered: list[OrgUnit] = []

    def walk(parent: int | None) -> None:
        for unit in below.get(parent, ()):
            ordered.append(unit)
            walk(unit.id)

    walk(None)
    return ordered


def depth_of(unit: OrgUnit, units: Sequence[OrgUnit]) -> int:
    """How many units a unit lies below."""
    parents = {one.id: one.parent_id for one in units}
    depth, at = 0, unit.parent_id
    while at is not None and depth < len(parents):
        depth, at = depth + 1, parents.get(at)
    return depth


def scheme_options() -> list[Option]:
    """All schemes of codes."""
    return [Option(one.code, say(one.label), search=one.code) for one in identifiers.SCHEMES]


def scheme_name(code: str) -> str:
    """How a scheme is called."""
    return next((option.label for option in scheme_options() if option.value == code), code)


def _normal(identifier: Identifier) -> Identifier:
    from dataclasses import replace

    return replace(identifier, value=identifiers.normal(identifier.scheme, identifier.value))


def _optional(field: QWidget) -> QWidget:
    return field


def _clean(name: str, value: Any) -> Any:
    if name == "language":
        return value or ""
    return tuple(value) if name == "roles" else value
