"""The columns of exported people: headers that the import of people knows again, and what each says of a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Enrolment, Person, PersonContact, PersonLine
from partnerdesk.domain.vocab import label_of
from partnerdesk.services import people
from partnerdesk.services.exporting_rows import Column

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

Country = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with the study that counts, whom to call first, and the line of the list."""

    person: Person
    line: PersonLine
    study: Enrolment
    at: str
    call: PersonContact


def person_rows(reader: Reader, ids: Sequence[int]) -> list[PersonRow]:
    """People ready to be written, in this order."""
    lines = people.person_lines(reader, ids)
    records = reader.many(Person, ids)
    studies: dict[int, Enrolment] = {}
    for study in sorted(reader.where(Enrolment, "person_id", ids), key=lambda one: str(one.valid_to or "9999")):
        studies[study.person_id] = study
    calls: dict[int, PersonContact] = {}
    for call in reader.where(PersonContact, "person_id", ids):
        if call.kind == "emergency":
            calls.setdefault(call.person_id, call)
    homes = reader.many(Institution, {one.institution_id for one in studies.values() if one.institution_id})
    made = []
    for i in ids:
        if i in lines:
            study = studies.get(i, Enrolment())
            at = homes[study.institution_id].name if study.institution_id in homes else ""
            made.append(PersonRow(records[i], lines[i], study, at, calls.get(i, PersonContact())))
    return made


def person_columns(country: Country) -> list[Column]:
    """The columns of the list of people."""
    return [
        Column("Our number of the person", lambda r: r.person.local_id),
        Column("European Student Identifier", lambda r: r.person.esi), Column("ORCID", lambda r: r.person.orcid),
        Column("Title before the name", lambda r: r.person.title),
        Column("Family name", lambda r: r.person.family_name), Column("Given names", lambda r: r.person.given_names),
        Column("Name in original script", lambda r: r.person.name_original),
        Column("Kind of person", lambda r: _word("person_kind", r.person.kind)),
        Column("Date of birth", lambda r: r.person.birth_date),
        Column("Gender", lambda r: _word("gender", r.person.gender)),
        Column("Citizenships", lambda r: "; ".join(country(code) for code in r.person.citizenships)),
        Column("E-mail", lambda r: r.person.email), Column("Phone", lambda r: r.person.phone),
        Column("Function", lambda r: r.person.function), Column("Home institution", lambda r: r.at),
        Column("Degree programme", lambda r: r.study.programme_title), Column("ISCED", lambda r: r.study.field),
        Column("Level", lambda r: r.study.level), Column("Year of study", lambda r: r.study.year_of_study),
        Column("Emergency contact", lambda r: r.call.name), Column("Emergency phone", lambda r: r.call.phone),
        Column("Tags", lambda r: "; ".join(r.person.tags)), Column("Remark", lambda r: r.person.remark),
        Column("Count of stays", lambda r: r.line.stays), Column("Support needed", lambda r: r.person.needs_support),
        Column("Keep until", lambda r: r.person.retention_due), Column("Put away on", lambda r: r.person.archived_on),
        Column("Record ID", lambda r: r.person.uid),
    ]  # fmt: skip


def _word(vocabulary: str, code: str) -> str:
    return str(label_of(vocabulary, code)) if code else ""
