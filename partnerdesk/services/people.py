"""What users do with people: who they are, what they study, whom to call for them, and what becomes of the record."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Document
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.partners import Institution, OrgUnit
from partnerdesk.domain.people import Enrolment, Person, PersonContact, PersonLanguage, PersonLine
from partnerdesk.domain.people_rules import (
    contact_problems,
    enrolment_problems,
    esi_normal,
    guardian_problems,
    language_problems,
    orcid_normal,
    person_problems,
)
from partnerdesk.domain.phases import COUNTED, Phase, span_of
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.services.below import rows_of_people
from partnerdesk.services.deeds import (
    batched,
    purge_rows,
    refuse_blocks,
    set_archived,
    set_fields,
    set_fields_of_many,
    trash_mark,
)
from partnerdesk.services.stay_documents import require_many
from partnerdesk.services.stay_file import phase_now

if TYPE_CHECKING:
    from datetime import date

    from partnerdesk.store.unit import Reader, Unit

Part = PersonContact | PersonLanguage | Enrolment | Document
_ASKED_FOR = frozenset({"citizenships", "birth_date", "kind"})
"""What the documents of a stay depend on."""

_NOUNS: dict[type[Any], str] = {
    PersonContact: QT_TRANSLATE_NOOP("PartnerDesk", "somebody to call"),
    PersonLanguage: QT_TRANSLATE_NOOP("PartnerDesk", "a language"),
    Enrolment: QT_TRANSLATE_NOOP("PartnerDesk", "a study or post"),
    Document: QT_TRANSLATE_NOOP("PartnerDesk", "a document"),
}


@dataclass(frozen=True, slots=True)
class PersonStay:
    """A stay as its person's form and sheet tell it; `partner` is the institution on the other side."""

    stay: Stay
    partner: Institution | None
    phase: Phase

    @property
    def span(self) -> tuple[date | None, date | None]:
        """First and last day, as it was or as planned."""
        stay = self.stay
        return span_of(stay.planned_from, stay.planned_to, stay.actual_from, stay.actual_to)


@dataclass(frozen=True, slots=True)
class PersonFile:
    """Everything a person's form, sheet and register extract show; the stays that begin last come first."""

    person: Person
    contacts: tuple[PersonContact, ...]
    languages: tuple[PersonLanguage, ...]
    enrolments: tuple[Enrolment, ...]
    documents: tuple[Document, ...]
    stays: tuple[PersonStay, ...]
    stay_documents: tuple[Document, ...]
    institutions: Mapping[int, Institution]
    units: Mapping[int, OrgUnit]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the rules say of the person as a whole."""
        today = clock.today()
        return (*person_problems(self.person, today), *guardian_problems(self.person, self.contacts, today))


def person_file(reader: Reader, person_id: int) -> PersonFile:
    """All that belongs to one person. Raises Missing."""
    person = reader.get(Person, person_id)
    enrolments = tuple(reader.find(Enrolment, person_id=person_id))
    stays = [one for one in reader.find(Stay, person_id=person_id) if not one.deleted_at]
    partners = {_partner_id(one) for one in stays} | {one.institution_id for one in enrolments}
    institutions = reader.many(Institution, [i for i in partners if i is not None])
    told = [PersonStay(one, institutions.get(_partner_id(one) or 0), phase_now(one)) for one in stays]
    told.sort(key=lambda one: (str(one.span[0] or ""), one.stay.year or 0, one.stay.id), reverse=True)
    return PersonFile(
        person, tuple(reader.find(PersonContact, person_id=person_id)),
        tuple(reader.find(PersonLanguage, person_id=person_id)), enrolments,
        tuple(reader.find(Document, person_id=person_id)), tuple(told),
        tuple(reader.where(Document, "stay_id", [one.id for one in stays])), institutions,
        reader.many(OrgUnit, [one.unit_id for one in enrolments if one.unit_id is not None]))


def person_ids(
    reader: Reader, query: ListQuery, limit: int | None = None, among: Sequence[int] | None = None
) -> list[int]:
    """Ids of the people a query finds, in its order, of all or of those `among`."""
    from partnerdesk.store import people

    return people.person_ids(reader, query, clock.today(), limit, among)


def person_lines(reader: Reader, ids: Sequence[int]) -> dict[int, PersonLine]:
    """What the list shows of these people."""
    from partnerdesk.store import people

    return people.person_lines(reader, ids)


def person_hits(reader: Reader, query: ListQuery) -> int:
    """How many people a query finds."""
    from partnerdesk.store import people

    return people.person_hits(reader, query, clock.today())


def person_count(reader: Reader) -> int:
    """How many people the office has."""
    from partnerdesk.store import people

    return people.person_count(reader)


def new_person(person: Person, enrolment: Enrolment | None = None) -> Deed[int]:
    """Add a person, with what they study or where they work; the answer is the id."""
    person = tidied(person)

    def run(unit: Unit) -> int:
        refuse_blocks(judge(person))
        made = unit.add(person).id
        if enrolment is not None:
            refuse_blocks(enrolment_problems(enrolment))
            unit.add(dataclasses.replace(enrolment, person_id=made))
        return made

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "new person {name}"), name=named(person)), run)


def change_person(person: Person, **fields: Any) -> Deed[bool]:
    """Change fields of a person as the user sees them."""
    fields = {name: _tidy(name, value) for name, value in fields.items()}

    def run(unit: Unit) -> bool:
        changed = set_fields(unit, Person, person.id, person.version, fields, judge)
        if changed and fields.keys() & _ASKED_FOR:
            to_come = [s for s in unit.find(Stay, person_id=person.id) if s.actual_from is None and not s.deleted_at]
            require_many(unit, to_come)
        return changed

    return Deed(_changed(person, fields), run)


def add_part(person: Person, record: Part) -> Deed[int]:
    """Add somebody to call, a language, a study or a document to a person; the answer is its id."""
    record = dataclasses.replace(record, person_id=person.id)

    def run(unit: Unit) -> int:
        refuse_blocks(_problems_of(record))
        return int(unit.add(record).id)

    label = QT_TRANSLATE_NOOP("PartnerDesk", "add {what} to {name}")
    return Deed(text(label, what=Text(_NOUNS[type(record)]), name=named(person)), run)


def change_part(person: Person, record: Part, **fields: Any) -> Deed[bool]:
    """Change somebody to call, a language, a study or a document of a person."""

    def run(unit: Unit) -> bool:
        return set_fields(unit, type(record), record.id, record.version, fields, _problems_of)

    return Deed(_changed(person, fields), run)


def remove_part(person: Person, record: Part) -> Deed[None]:
    """Take somebody to call, a language, a study or a document away from a person."""

    def run(unit: Unit) -> None:
        unit.remove(type(record), record.id)

    what = Text(_NOUNS[type(record)])
    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "remove {what} from {name}"), what=what, name=named(person)), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Removed {what} from {name}"), what=what, name=named(person)))


def archive_people(people: Sequence[Person], *, back: bool = False) -> Deed[None]:
    """Put people out of the way without losing anything, or bring them back."""

    def run(unit: Unit) -> None:
        set_archived(unit, Person, people, back)

    if back:
        return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "bring {name} back from the archive"), people), run,
                    _about(QT_TRANSLATE_NOOP("PartnerDesk", "Brought back {name}"), people))
    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "archive {name}"), people), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Archived {name}"), people))


def delete_people(people: Sequence[Person]) -> Deed[None]:
    """Put people and their planned or cancelled stays into the trash; a stay that counts holds its person."""

    def run(unit: Unit) -> None:
        mark = trash_mark()
        for some in batched(people):
            names = {one.id: named(one) for one in some}
            stays = unit.columns(Stay, ("id", "person_id", "sending_status", "deleted_at"), "person_id", names)
            here = [row for row in stays if not row[3]]
            _refuse_counted(names, here)
            unit.change_many(Stay, [row[0] for row in here], deleted_at=mark)
            unit.change_many(Person, list(names), deleted_at=mark)

    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "delete {name}"), people), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Deleted {name}"), people))


def restore_people(people: Sequence[Person]) -> Deed[None]:
    """Take people out of the trash, with the stays that went with them."""

    def run(unit: Unit) -> None:
        for some in batched(people):
            marks = {one.id: one.deleted_at for one in some}
            stays = unit.columns(Stay, ("id", "person_id", "deleted_at"), "person_id", marks)
            unit.change_many(Stay, [i for i, person, mark in stays if mark and mark == marks[person]], deleted_at="")
            unit.change_many(Person, list(marks), deleted_at="")

    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "restore {name}"), people), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Restored {name}"), people))


def purge_people(people: Sequence[Person]) -> Deed[None]:
    """Remove people in the trash for good, with their stays and all papers; this cannot be undone."""

    def run(unit: Unit) -> None:
        for some in batched(people):
            ids = [one.id for one in some]
            purge_rows(unit, rows_of_people(unit, ids))

    # the label stays in the journal, so it names nobody
    return Deed(counted(len(people), QT_TRANSLATE_NOOP("PartnerDesk", "purge 1 person"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "purge {n} people")), run, kind="purge")


def change_many(ids: Sequence[int], fields: Mapping[str, Any], n: int) -> Deed[None]:
    """Set the same fields on many people in one step."""

    def run(unit: Unit) -> None:
        set_fields_of_many(unit, Person, ids, fields, judge)

    return Deed(counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "change 1 person"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "change {n} people")), run,
                counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "Changed 1 person"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "Changed {n} people")))


def named(person: Person | PersonLine) -> str:
    """What a person is called in a sentence."""
    return " ".join(p for p in (person.given_names, person.family_name) if p) or person.name_original


def tidied(person: Person) -> Person:
    """A person with codes and blanks as they are stored."""
    return dataclasses.replace(person, **{name: _tidy(name, getattr(person, name)) for name in _TIDY})


def judge(person: Person) -> list[Problem]:
    """What the rules say of a person today."""
    return list(person_problems(person, clock.today()))


def _tidy(name: str, value: Any) -> Any:
    return _TIDY[name](value) if name in _TIDY and isinstance(value, str) else value


_TIDY: dict[str, Any] = {
    "esi": esi_normal, "orcid": orcid_normal, "family_name": str.strip, "given_names": str.strip,
    "name_original": str.strip, "email": str.strip, "local_id": str.strip,
}


def _problems_of(record: Part) -> list[Problem]:
    if isinstance(record, PersonContact):
        return list(contact_problems(record))
    if isinstance(record, PersonLanguage):
        return list(language_problems(record))
    return list(enrolment_problems(record)) if isinstance(record, Enrolment) else []


def _refuse_counted(names: Mapping[int, str], stays: Sequence[Any]) -> None:
    held = next((person for _, person, status, _ in stays if status in COUNTED), None)
    if held is not None:
        sentence = QT_TRANSLATE_NOOP("PartnerDesk", "{name} has a stay that was nominated and cannot be deleted.")
        raise Refused(Problem("R18", "block", "", text(sentence, name=names[held]),
                              Text(QT_TRANSLATE_NOOP("PartnerDesk", "Archive it instead."))))


def _partner_id(stay: Stay) -> int | None:
    return stay.receiving_id if stay.direction == "out" else stay.sending_id


def _changed(person: Person, fields: Mapping[str, Any]) -> Text:
    from partnerdesk.services.labels import field_label

    name = named(person)
    if len(fields) == 1:
        (only,) = fields
        return text(QT_TRANSLATE_NOOP("PartnerDesk", "change {field} of {name}"), field=field_label(only), name=name)
    return text(QT_TRANSLATE_NOOP("PartnerDesk", "change {name}"), name=name)


def _about(template: str, people: Sequence[Person]) -> Text:
    if len(people) == 1:
        return text(template, name=named(people[0]))
    return text(template, name=text(QT_TRANSLATE_NOOP("PartnerDesk", "{n} people"), n=len(people)))
