"""All that belongs to one stay, read in one question: its form, its rules and its prints need no other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from partnerdesk.domain.agreements import Agreement, AgreementVersion, Condition, Document
from partnerdesk.domain.cohorts import Cohort, CohortMember
from partnerdesk.domain.factsheets import Factsheet
from partnerdesk.domain.grants import GrantAward, GrantPayment
from partnerdesk.domain.learning import LearningComponent, LearningVersion
from partnerdesk.domain.partners import Contact, Institution, OrgUnit
from partnerdesk.domain.people import Enrolment, Person, PersonContact, PersonLanguage
from partnerdesk.domain.phases import Phase, phase_of
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.quota import Usage
from partnerdesk.domain.stay_rules import Around, stay_problems
from partnerdesk.domain.stay_terms import term_span
from partnerdesk.domain.stays import Override, Stay, StayEvent
from partnerdesk.domain.transcripts import Recognition, Transcript, TranscriptLine
from partnerdesk.services.partners import home_institution
from partnerdesk.services.places import usage
from partnerdesk.services.stay_around import arounds, partner_of
from partnerdesk.services.versions import display_name

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

T = TypeVar("T", LearningComponent, TranscriptLine)


@dataclass(frozen=True, slots=True)
class ConditionChoice:
    """A condition that a stay uses or could use, with its agreement and its places in the year of the stay."""

    condition: Condition
    agreement: Agreement
    usage: Usage | None


@dataclass(frozen=True, slots=True)
class StayFile:
    """A stay with everyone and everything its form names. `partner` is the institution on the other side.

    `others` are the further stays of the same person, `factsheet` the host's of the stay's year.
    """

    stay: Stay
    person: Person
    phase: Phase
    sending: Institution | None
    receiving: Institution | None
    home: Institution | None
    agreement: Agreement | None
    terms: AgreementVersion | None
    condition: Condition | None
    enrolment: Enrolment | None
    languages: tuple[PersonLanguage, ...]
    to_call: tuple[PersonContact, ...]
    documents: tuple[Document, ...]
    learning: tuple[LearningVersion, ...]
    components: tuple[LearningComponent, ...]
    transcripts: tuple[Transcript, ...]
    lines: tuple[TranscriptLine, ...]
    recognitions: tuple[Recognition, ...]
    awards: tuple[GrantAward, ...]
    payments: tuple[GrantPayment, ...]
    events: tuple[StayEvent, ...]
    overrides: tuple[Override, ...]
    cohorts: tuple[Cohort, ...]
    others: tuple[Stay, ...]
    factsheet: Factsheet | None
    contacts: tuple[Contact, ...]
    units: tuple[OrgUnit, ...]
    institutions: Mapping[int, Institution]
    choices: tuple[ConditionChoice, ...]
    around: Around

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the rules say of the stay as it is, without what was accepted with a reason."""
        return self.problems_of(self.stay)

    def problems_of(self, stay: Stay) -> tuple[Problem, ...]:
        """The same of the stay with edits that are still on their way."""
        found = stay_problems(stay, self.around)
        return tuple(problem for problem in found if problem.code not in self.around.accepted)

    @property
    def name(self) -> str:
        """Who it is about."""
        return self.person.full_name or self.person.name_original

    @property
    def partner(self) -> Institution | None:
        """The institution on the other side: the host of our people, the home of those who come."""
        return self.receiving if self.stay.direction == "out" else self.sending

    @property
    def term_days(self) -> tuple[date, date] | None:
        """First and last day of the term of the stay at the host, where its year and term are known."""
        if self.stay.year is None or not self.stay.term:
            return None
        southern = self.receiving is not None and self.receiving.hemisphere == "s"
        return term_span(self.stay.year, self.stay.term, southern, self.factsheet)

    @property
    def is_staff(self) -> bool:
        """Whether it is about teaching or training, which earns no credits."""
        return self.stay.activity.startswith("staff")

    def contact(self, contact_id: int | None) -> Contact | None:
        """A contact by id."""
        return next((c for c in self.contacts if c.id == contact_id), None)

    def contacts_of(self, institution_id: int | None) -> tuple[Contact, ...]:
        """The contacts of one side by name."""
        own = [c for c in self.contacts if c.institution_id == institution_id]
        return tuple(sorted(own, key=lambda c: (c.family_name, c.given_names)))

    def units_of(self, institution_id: int | None) -> tuple[OrgUnit, ...]:
        """The units of one side by name."""
        return tuple(sorted((u for u in self.units if u.institution_id == institution_id), key=lambda u: u.name))

    def components_of(self, version_id: int) -> tuple[LearningComponent, ...]:
        """The components of a version of the learning agreement in their order."""
        return tuple(c for c in self.components if c.version_id == version_id)

    def lines_of(self, transcript_id: int) -> tuple[TranscriptLine, ...]:
        """The courses of a transcript in their order."""
        return tuple(line for line in self.lines if line.transcript_id == transcript_id)

    def payments_of(self, award_id: int) -> tuple[GrantPayment, ...]:
        """The instalments of a grant in their order."""
        return tuple(p for p in self.payments if p.award_id == award_id)

    @property
    def names(self) -> dict[tuple[str, int], str]:
        """What the records in it are called, for its history."""
        named: dict[tuple[str, int], str] = {("institution", k): i.name for k, i in self.institutions.items()}
        named |= {("contact", c.id): c.full_name or c.function for c in self.contacts}
        named |= {("org_unit", u.id): u.name for u in self.units}
        named[("person", self.person.id)] = self.name
        if self.agreement is not None:
            named[("agreement", self.agreement.id)] = display_name(self.agreement)
        return named


def stay_file(reader: Reader, stay_id: int) -> StayFile:
    """All that belongs to one stay. Raises Missing."""
    stay = reader.get(Stay, stay_id)
    person = reader.get(Person, stay.person_id)
    agreement, terms = _agreement(reader, stay.agreement_id)
    others = [one for one in reader.find(Stay, person_id=person.id) if one.id != stay_id and not one.deleted_at]
    home = home_institution(reader)
    institutions = reader.many(Institution, _institutions([stay, *others], home))
    sides = [i for i in (stay.sending_id, stay.receiving_id) if i is not None]
    learning = sorted(reader.find(LearningVersion, stay_id=stay_id), key=lambda v: v.n)
    transcripts = reader.find(Transcript, stay_id=stay_id)
    lines = _in_order(reader.where(TranscriptLine, "transcript_id", [t.id for t in transcripts]))
    awards = sorted(reader.find(GrantAward, stay_id=stay_id), key=lambda a: a.n)
    members = reader.find(CohortMember, stay_id=stay_id)
    enrolments = sorted(reader.find(Enrolment, person_id=person.id), key=lambda e: (
        e.institution_id == stay.sending_id, e.valid_to is None, e.id))
    return StayFile(
        stay, person, phase_now(stay), institutions.get(stay.sending_id or 0), institutions.get(stay.receiving_id or 0),
        home, agreement, terms,
        reader.many(Condition, [stay.condition_id] if stay.condition_id else []).get(stay.condition_id or 0),
        enrolments[-1] if enrolments else None,
        tuple(reader.find(PersonLanguage, person_id=person.id)), tuple(reader.find(PersonContact, person_id=person.id)),
        tuple(reader.find(Document, stay_id=stay_id)), tuple(learning),
        _in_order(reader.where(LearningComponent, "version_id", [v.id for v in learning])), tuple(transcripts), lines,
        tuple(reader.where(Recognition, "line_id", [line.id for line in lines])), tuple(awards),
        tuple(sorted(reader.where(GrantPayment, "award_id", [a.id for a in awards]), key=lambda p: (p.award_id, p.n))),
        tuple(reader.find(StayEvent, "day", stay_id=stay_id)), tuple(reader.find(Override, stay_id=stay_id)),
        tuple(reader.many(Cohort, [m.cohort_id for m in members]).values()), tuple(others),
        _factsheet(reader, stay), tuple(reader.where(Contact, "institution_id", sides)),
        tuple(reader.where(OrgUnit, "institution_id", sides)), institutions,
        condition_choices(reader, stay), arounds(reader, [stay])[stay_id],
    )


def phase_now(stay: Stay) -> Phase:
    """The phase that a stay is in."""
    return phase_of(
        stay.sending_status, stay.receiving_status, selected=stay.selected_on is not None,
        arrived=stay.actual_from is not None, left=stay.actual_to is not None, closed=stay.closed_on is not None,
        exit=stay.exit, by_hand=stay.phase)


def _agreement(reader: Reader, agreement_id: int | None) -> tuple[Agreement | None, AgreementVersion | None]:
    """An agreement with the version of it that counts."""
    from partnerdesk.store.agreements import facts_for

    if agreement_id is None:
        return None, None
    version_id, _ = facts_for(reader, agreement_id)
    versions = reader.many(AgreementVersion, [version_id] if version_id else [])
    return reader.get(Agreement, agreement_id), versions.get(version_id or 0)


def condition_choices(reader: Reader, stay: Stay) -> tuple[ConditionChoice, ...]:
    """The conditions of the agreements with the partner in the direction of the stay, its own among them."""
    from partnerdesk.store.stays import versions_of

    partner = partner_of(stay)
    versions = reader.many(AgreementVersion, versions_of(reader, partner) if partner is not None else [])
    found = [one for one in reader.where(Condition, "version_id", versions) if one.direction == stay.direction]
    if stay.condition_id is not None and all(one.id != stay.condition_id for one in found):
        own = reader.get(Condition, stay.condition_id)
        versions |= reader.many(AgreementVersion, [own.version_id])
        found.append(own)
    agreements = reader.many(Agreement, {version.agreement_id for version in versions.values()})
    used = usage(reader, [one.id for one in found], stay.year) if stay.year is not None and found else {}
    return tuple(ConditionChoice(one, agreements[versions[one.version_id].agreement_id], used.get(one.id))
                 for one in found)


def _institutions(stays: Iterable[Stay], home: Institution | None) -> set[int]:
    found = {i for stay in stays for i in (stay.sending_id, stay.receiving_id) if i is not None}
    return found | {home.id} if home is not None else found


def _factsheet(reader: Reader, stay: Stay) -> Factsheet | None:
    """The factsheet of the receiving institution for the year of the stay."""
    if stay.receiving_id is None or stay.year is None:
        return None
    found = reader.find(Factsheet, institution_id=stay.receiving_id, year=stay.year)
    return found[-1] if found else None


def _in_order(records: Iterable[T]) -> tuple[T, ...]:
    return tuple(sorted(records, key=lambda record: (record.position, record.id)))
