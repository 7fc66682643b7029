"""What the data of an office lacks or contradicts: each rule looks over all records and yields findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import identifiers, isced, rules
from partnerdesk.domain.agreements import (
    RUNNING,
    Agreement,
    AgreementVersion,
    Condition,
    ConditionYear,
    Facts,
    Party,
    State,
    rolled,
    span_of,
    state_of,
)
from partnerdesk.domain.partners import Alias, Contact, Identifier, Institution, Member, OrgUnit
from partnerdesk.domain.problems import Problem, Severity
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.domain.years import AcademicYear, MonthDay, gaps
from partnerdesk.services.agreements import display_name

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

CONFIRMED_DAYS = 365


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right: the rule's code, how grave, its group, the record, and what to do about it.

    `other_id` is the second record of a pair, 0 where there is none.
    """

    code: str
    severity: Severity
    group: str
    kind: str
    record_id: int
    name: str
    sentence: Text
    fix: Text
    other_id: int = 0


@dataclass(slots=True)
class Everything:
    """All records that the rules look at, read once; what lies in the trash or the archive is left out."""

    today: date
    year_start: MonthDay
    institutions: dict[int, Institution]
    home: int | None
    identifiers: dict[int, list[Identifier]]
    aliases: dict[int, list[Alias]]
    contacts: dict[int, list[Contact]]
    units: dict[int, list[OrgUnit]]
    agreements: dict[int, Agreement]
    partner_of: dict[int, int]
    versions: dict[int, list[AgreementVersion]]
    parties: dict[int, list[Party]]
    conditions: dict[int, list[Condition]]
    exceptions: dict[int, list[ConditionYear]]
    current: dict[int, tuple[int | None, Facts]]
    different: frozenset[tuple[str, str]] = frozenset()
    people: Iterable[tuple[Any, ...]] = ()
    of_partner: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    @property
    def partners(self) -> list[Institution]:
        """The institutions that are not our own."""
        return [one for one in self.institutions.values() if not one.is_home]

    def about_partner(self, institution_id: int) -> tuple[str, int, str]:
        """Kind ("partner", or "home" for our own), id and name of a finding about an institution."""
        one = self.institutions[institution_id]
        return "home" if one.is_home else "partner", institution_id, one.name

    def about_agreement(self, agreement_id: int) -> tuple[str, int, str]:
        """Kind, id and name of a finding about an agreement: its partner and its number."""
        partner = self.institutions.get(self.partner_of.get(agreement_id, 0))
        name = display_name(self.agreements[agreement_id])
        return "agreement", agreement_id, f"{partner.name} · {name}" if partner else name

    def state(self, agreement_id: int) -> State:
        """The state of an agreement today."""
        return state_of(self.current[agreement_id][1], self.today)

    def open_versions(self, agreement_id: int) -> list[AgreementVersion]:
        """The version that counts and those still being worked on."""
        counts = self.current[agreement_id][0]
        return [v for v in self.versions[agreement_id] if v.id == counts or v.status not in ("approved", "replaced")]


def everything(reader: Reader, today: date) -> Everything:
    """Read the records of an office."""
    from partnerdesk.services.people_twins import COLUMNS
    from partnerdesk.store.agreements import all_facts
    from partnerdesk.store.people import every_person
    from partnerdesk.store.settle import year_start

    institutions = {i.id: i for i in reader.find(Institution, deleted_at="") if i.archived_on is None}
    agreements = {a.id: a for a in reader.find(Agreement, deleted_at="") if a.archived_on is None}
    facts = all_facts(reader)
    members = reader.find(Member)
    lead: dict[int, int] = {}
    for member in members:
        if member.role != "home":
            lead.setdefault(member.partnership_id, member.institution_id)
    made = Everything(
        today, MonthDay(*year_start(reader)), institutions,
        next((i.id for i in institutions.values() if i.is_home), None),
        _by(reader.find(Identifier), "institution_id"), _by(reader.find(Alias), "institution_id"),
        _by(reader.find(Contact), "institution_id"), _by(reader.find(OrgUnit), "institution_id"), agreements,
        {a.id: lead[a.partnership_id] for a in agreements.values() if a.partnership_id in lead},
        _by(reader.find(AgreementVersion, "n"), "agreement_id"), _by(reader.find(Party), "agreement_id"),
        _by(reader.find(Condition), "version_id"), _by(reader.find(ConditionYear), "condition_id"),
        {a: facts.get(a, (None, Facts())) for a in agreements}, frozenset(different_pairs(reader)),
        every_person(reader, ("uid", *COLUMNS)),
    )  # fmt: skip
    partnerships = defaultdict(list)
    for agreement in agreements.values():
        partnerships[agreement.partnership_id].append(agreement.id)
    for member in members:
        if member.role != "home":
            made.of_partner[member.institution_id] += partnerships[member.partnership_id]
    return made


def _by(records: Iterable[Any], name: str) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for record in records:
        groups[getattr(record, name)].append(record)
    return groups


def unknown_fields(data: Everything) -> Iterator[Finding]:
    """R16: subject areas that ISCED-F 2013 does not have; they are kept as they stand."""
    sentence = QT_TRANSLATE_NOOP("PartnerDesk", "ISCED-F 2013 does not know the field {code}; it is kept as it stands")
    fix = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Choose a field of ISCED-F 2013 in the conditions"))
    for agreement_id in data.agreements:
        codes = {code for version in data.open_versions(agreement_id) for condition in data.conditions[version.id]
                 for code in condition.fields}
        for code in sorted(codes):
            if not isced.known(code):
                about = data.about_agreement(agreement_id)
                yield Finding("R16", "warn", "fields", *about, text(sentence, code=code), fix)
    fix = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Choose a field of ISCED-F 2013 for the unit"))
    for owner in data.institutions:
        for unit in data.units[owner]:
            if unit.isced and not isced.known(unit.isced):
                yield Finding("R16", "warn", "fields", *data.about_partner(owner), text(sentence, code=unit.isced), fix)


def wrong_codes(data: Everything) -> Iterator[Finding]:
    """Codes of institutions that are not written as their scheme asks, and R01: codes that two bear."""
    bearers: dict[tuple[str, str], list[int]] = defaultdict(list)
    for owner in data.institutions:
        for one in data.identifiers[owner]:
            problem = identifiers.check(one.scheme, one.value)
            if problem is not None:
                yield _told(problem, "codes", data.about_partner(owner))
            if one.scheme in identifiers.UNIQUE_SCHEMES and one.value:
                bearers[one.scheme, identifiers.match_key(one.scheme, one.value)].append(owner)
    sentence = QT_TRANSLATE_NOOP("PartnerDesk", "{scheme} {value} is also that of {other}")
    fix = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Find out whose code it is and remove the other"))
    for (scheme, value), owners in bearers.items():
        for owner in owners:
            for other in owners:
                if other != owner:
                    said = text(sentence, scheme=Text(identifiers.scheme(scheme).label), value=value,
                                other=data.institutions[other].name)
                    yield Finding("R01", "block", "codes", *data.about_partner(owner), said, fix)


def bare_partners(data: Everything) -> Iterator[Finding]:
    """Partners without a country, a contact or an agreement."""
    for one in data.partners:
        about = data.about_partner(one.id)
        if not one.country:
            yield Finding("Q01", "warn", "partners", *about, Text(QT_TRANSLATE_NOOP("PartnerDesk", "No country")),
                          Text(QT_TRANSLATE_NOOP("PartnerDesk", "Enter the country")))
        if not data.contacts[one.id]:
            yield Finding("Q02", "info", "contacts", *about, Text(QT_TRANSLATE_NOOP("PartnerDesk", "No contact")),
                          Text(QT_TRANSLATE_NOOP("PartnerDesk", "Add a person or an address to write to")))
        if not data.of_partner[one.id]:
            yield Finding("Q03", "info", "partners", *about, Text(QT_TRANSLATE_NOOP("PartnerDesk", "No agreement")),
                          Text(QT_TRANSLATE_NOOP("PartnerDesk", "Add the agreement, or archive the partner")))


def contacts(data: Everything) -> Iterator[Finding]:
    """Contacts without e-mail, with a wrong one, or not confirmed for twelve months (R04)."""
    stale = QT_TRANSLATE_NOOP("PartnerDesk", "{name} was last confirmed on {day}")
    mute = QT_TRANSLATE_NOOP("PartnerDesk", "{name} has no e-mail")
    for one in data.institutions.values():
        about = data.about_partner(one.id)
        for contact in data.contacts[one.id]:
            if contact.valid_to is not None and contact.valid_to < data.today:
                continue
            name = contact.full_name or contact.function
            for problem in rules.contact_problems(contact):
                yield _told(problem, "contacts", about)
            if not contact.email:
                yield Finding("Q04", "info", "contacts", *about, text(mute, name=name),
                              Text(QT_TRANSLATE_NOOP("PartnerDesk", "Enter the e-mail")))
            if contact.confirmed_on is not None and (data.today - contact.confirmed_on).days > CONFIRMED_DAYS:
                said = text(stale, name=name, day=contact.confirmed_on)
                yield Finding("R04", "info", "stale", *about, said,
                              Text(QT_TRANSLATE_NOOP("PartnerDesk", "Ask whether the address still holds")))


def bare_agreements(data: Everything) -> Iterator[Finding]:
    """Agreements without version, party or validity, and what breaks the rules within them."""
    never = Text(QT_TRANSLATE_NOOP("PartnerDesk", "The version says neither from when nor until when it holds"))
    enter = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Enter days or academic years, or that it is open-ended"))
    for agreement in data.agreements.values():
        about = data.about_agreement(agreement.id)
        versions = data.versions[agreement.id]
        for problem in (*rules.agreement_problems(agreement),
                        *rules.paper_problems(versions, data.parties[agreement.id])):
            if problem.severity == "block" or data.home is not None:
                yield _told(problem, "agreements", about)
        for version in data.open_versions(agreement.id):
            for problem in rules.version_problems(version):
                yield _told(problem, "agreements", about)
            if not version.open_ended and span_of(version, data.year_start) == (None, None):
                yield Finding("Q05", "warn", "agreements", *about, never, enter)


def conditions(data: Everything) -> Iterator[Finding]:
    """Places outside the agreement's years (R17), exceptions outside the places' years, numbers out of range."""
    look = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Change the years of the condition or of the agreement"))
    for agreement_id in data.agreements:
        about = data.about_agreement(agreement_id)
        for version in data.open_versions(agreement_id):
            for condition in data.conditions[version.id]:
                problems = list(rules.condition_problems(condition, version))
                for exception in data.exceptions[condition.id]:
                    problems += rules.year_problems(exception, condition)
                for problem in problems:
                    yield _told(problem, "conditions", about, look)


def coverage_gaps(data: Everything) -> Iterator[Finding]:
    """R11: years between the agreements of a partner that none covers."""
    sentence = QT_TRANSLATE_NOOP("PartnerDesk", "No agreement covers {years}")
    fix = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Enter the agreement of these years, if there was one"))
    for one in data.partners:
        ranges, running = [], False
        for agreement_id in data.of_partner[one.id]:
            facts = rolled(data.current[agreement_id][1], data.today)
            if facts.ours_on is None or facts.theirs_on is None or facts.starts_on is None:
                continue
            running = running or data.state(agreement_id) in RUNNING
            ends = [day for day in (facts.ends_on, facts.termination_on) if day is not None]
            last = min(ends, default=max(data.today, facts.starts_on))
            first, end = (AcademicYear.of(day, start=data.year_start) for day in (facts.starts_on, last))
            if end.first >= first.first:
                ranges.append((first, end))
        missing = gaps(ranges) if running else ()
        if missing:
            years = ", ".join(str(year) for year in missing)
            yield Finding("R11", "warn", "gaps", *data.about_partner(one.id), text(sentence, years=years), fix)


def duplicate_papers(data: Everything) -> Iterator[Finding]:
    """R20: places of the same kind granted by two agreements that are in effect at the same time."""
    granted: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for agreement_id, agreement in data.agreements.items():
        if data.state(agreement_id) not in RUNNING or agreement_id not in data.partner_of:
            continue
        partner, version_id = data.partner_of[agreement_id], data.current[agreement_id][0] or 0
        for condition in data.conditions[version_id]:
            key = (partner, agreement.type, agreement.programme, condition.direction, condition.activity,
                   condition.own_unit_id, condition.levels, condition.fields, condition.field_note)
            if agreement_id not in granted[key]:
                granted[key].append(agreement_id)
    sentence = QT_TRANSLATE_NOOP("PartnerDesk", "{other} grants the same places at the same time")
    fix = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Archive the one that was entered twice"))
    for one, other in dict.fromkeys((ids[0], other) for ids in granted.values() for other in ids[1:]):
        said = text(sentence, other=display_name(data.agreements[other]))
        yield Finding("R20", "warn", "twice", *data.about_agreement(one), said, fix)


def institutions(data: Everything) -> Iterator[Finding]:
    """What breaks the rules about an institution and its units; R03: a chain of successors in a circle."""
    circle = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Its successors lead back to it"))
    for one in data.institutions.values():
        about = data.about_partner(one.id)
        for problem in rules.institution_problems(one):
            yield _told(problem, "partners", about)
        for unit in data.units[one.id]:
            for problem in rules.unit_problems(unit, data.units[one.id]):
                yield _told(problem, "partners", about)
        seen, at = {one.id}, one.successor_id
        while at is not None and at in data.institutions and at not in seen:
            seen.add(at)
            at = data.institutions[at].successor_id
        if at == one.id and one.successor_id != one.id:
            yield Finding("R03", "block", "partners", *about, circle, Text(""))


def likely_twins(data: Everything) -> Iterator[Finding]:
    """R02: partners that look like the same institution entered twice."""
    from partnerdesk.services.matching import PartnerIndex

    index = PartnerIndex()
    sentence = QT_TRANSLATE_NOOP("PartnerDesk", "May be the same institution as {other}")
    fix = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Compare the two and delete one of them"))
    for one in data.institutions.values():
        names = [one.name, one.name_original, *(a.name for a in data.aliases[one.id] if a.kind != "acronym")]
        codes = [(i.scheme, i.value, identifiers.match_key(i.scheme, i.value)) for i in data.identifiers[one.id]]
        match = index.find([one.name], one.country, one.city, codes)
        if match is not None and pair_of(one, data.institutions[match.ref]) not in data.different:
            said = text(sentence, other=data.institutions[match.ref].name)
            yield Finding("R02", "warn", "twins", *data.about_partner(one.id), said, fix, match.ref)
        index.add(one.id, names, one.country, one.city, codes)


def people_twice(data: Everything) -> Iterator[Finding]:
    """R02: people who look like the same person entered twice."""
    from partnerdesk.services.people_twins import PersonIndex

    index, uids = PersonIndex(), dict[int, str]()
    sentence = QT_TRANSLATE_NOOP("PartnerDesk", "May be the same person as {other}: {why}")
    fix = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Compare the two and merge them"))
    for uid, one, family, given, original, born, esi, number, email, deleted in data.people:
        name = given or original
        if deleted or not (family or name):
            continue
        uids[one] = uid
        twin = index.find(family, name, born or "", esi, number, email)
        if twin is not None and pair_of_uids(uid, uids[twin.person_id]) not in data.different:
            said = text(sentence, other=twin.name, why=twin.why)
            full = " ".join(part for part in (given, family) if part) or original
            yield Finding("R02", "warn" if twin.certain else "info", "people", "person", one, full, said, fix,
                          twin.person_id)
        index.add(one, family, name, born or "", esi, number, email)


def different_pairs(reader: Reader) -> list[tuple[str, str]]:
    """Pairs of institutions or people, by uid, of which somebody said that they are not the same."""
    from partnerdesk.services.office import settings

    return [(first, second) for first, second in settings(reader)["quality.different"]]


def pair_of(one: Institution, other: Institution) -> tuple[str, str]:
    """Two institutions by their uids, whichever comes first."""
    return pair_of_uids(one.uid, other.uid)


def pair_of_uids(one: str, other: str) -> tuple[str, str]:
    """Two uids, whichever comes first."""
    first, second = sorted((one, other))
    return first, second


def _told(problem: Problem, group: str, about: tuple[str, int, str], fix: Text | None = None) -> Finding:
    return Finding(problem.code, problem.severity, group, *about, problem.message, problem.fix or fix or Text(""))


RULES: tuple[Callable[[Everything], Iterator[Finding]], ...] = (
    unknown_fields, wrong_codes, bare_partners, contacts, bare_agreements, conditions, coverage_gaps,
    duplicate_papers, institutions, likely_twins, people_twice,
)  # fmt: skip

