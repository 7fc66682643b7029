"""The participant sheet of a stay, and the list of a cohort, as printed documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.cohorts import Cohort, CohortLeader, CohortMember
from partnerdesk.domain.documents import Block, Cell, Contact, Fact, FactList, Head, People, PrintDocument, Prose, Table
from partnerdesk.domain.grants import line_of
from partnerdesk.domain.learning import completed_on, credits_of, in_force
from partnerdesk.domain.partners import Institution, OrgUnit
from partnerdesk.domain.people import Enrolment, Person
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.transcripts import outcome
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services.prints import Print
from partnerdesk.services.sheets import NAMED, Printer, person_head, place_of
from partnerdesk.services.stay_documents import DocumentMatrix, document_matrix
from partnerdesk.services.stay_file import StayFile, phase_now, stay_file
from partnerdesk.services.wording import NOTHING, Voice

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

_PARTICIPANT = QT_TRANSLATE_NOOP("PartnerDesk", "Participant sheet")
_COHORT = QT_TRANSLATE_NOOP("PartnerDesk", "Cohort list")


def participant_sheets(stay_ids: Sequence[int]) -> Print:
    """All the office has on these stays, one sheet each."""
    return Print(tuple(stay_ids), _participants, QT_TRANSLATE_NOOP("PartnerDesk", "Participant sheets"),
                 "Participant sheet")


def sheets_of_people(person_ids: Sequence[int]) -> Print:
    """The participant sheets of all stays of these people, person by person."""
    return Print(tuple(person_ids), _participants, QT_TRANSLATE_NOOP("PartnerDesk", "Participant sheets"),
                 "Participant sheet", _stays_of)


def cohort_lists(cohort_ids: Sequence[int], *, phones: bool = False, anonymous: bool = False) -> Print:
    """The lists of these cohorts; `phones` adds a column of numbers, `anonymous` leaves out who it is."""
    return Print(tuple(cohort_ids), partial(_cohorts, phones, anonymous), QT_TRANSLATE_NOOP(
        "PartnerDesk", "Cohort lists"))


def _participants(reader: Reader, voice: Voice, ids: Sequence[Any]) -> Iterable[PrintDocument]:
    printer = Printer.of(reader, voice)
    return (participant_sheet(printer, stay_file(reader, one)) for one in ids)


def _stays_of(reader: Reader, ids: Sequence[Any]) -> tuple[Sequence[Any], Text | None]:
    """The stays of these people in the order of the people, and who has none. Raises Refused where nobody has."""
    stays: dict[int, list[Stay]] = {}
    for one in reader.where(Stay, "person_id", ids):
        if not one.deleted_at:
            stays.setdefault(one.person_id, []).append(one)
    left = [one for one in ids if one not in stays]
    found = [stay.id for one in ids for stay in sorted(stays.get(one, ()), key=lambda s: s.planned_from or date.max)]
    if not left:
        return found, None
    people = reader.many(Person, left[:NAMED])
    shown = ", ".join(people[one].full_name or people[one].name_original for one in left[:NAMED])
    shown += ", …" if len(left) > NAMED else ""
    if not found:
        raise Refused(Problem("P07", "block", "person", text(
            QT_TRANSLATE_NOOP("PartnerDesk", "There is no stay to print: {names}."), names=shown)))
    return found, text(QT_TRANSLATE_NOOP("PartnerDesk", "Left out because there is no stay ({n}): {names}."),
                       n=len(left), names=shown)


def _cohorts(
    phones: bool, anonymous: bool, reader: Reader, voice: Voice, ids: Sequence[Any]
) -> Iterable[PrintDocument]:
    printer = Printer.of(reader, voice)
    return (cohort_list(printer, members_of(reader, one), phones, anonymous) for one in ids)


def participant_sheet(printer: Printer, file: StayFile) -> PrintDocument:
    """Identity, study, stay, contacts, checklist, learning agreement, grant, recognition and what happened."""
    say = printer.voice.say
    lines = (f"{place_of(file.sending, printer.voice)} → {place_of(file.receiving, printer.voice)}",)
    facts = (
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Phase"), printer.code("phase", str(file.phase))),
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Academic year"), printer.year(file.stay.year)),
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Activity"), printer.code("activity", file.stay.activity)))
    blocks: list[Block] = [_identity(printer, file), _stay(printer, file), _around(printer, file)]
    if file.documents:
        blocks.append(_checklist(printer, file))
    blocks += [block for block in (_studies(printer, file), _grant(printer, file)) if block is not None]
    if file.events:
        blocks.append(Table(
            say(QT_TRANSLATE_NOOP("PartnerDesk", "What happened")),
            (printer.column(QT_TRANSLATE_NOOP("PartnerDesk", "Day"), 0.16),
             printer.column(QT_TRANSLATE_NOOP("PartnerDesk", "Kind"), 0.26, "left", "strong"),
             printer.column(QT_TRANSLATE_NOOP("PartnerDesk", "Note"), 0.58)),
            tuple((Cell(printer.voice.day(e.day)), Cell(printer.code("stay_event_kind", e.kind)), Cell(e.note))
                  for e in file.events)))
    if file.stay.remark:
        blocks.append(Prose((file.stay.remark,), say(QT_TRANSLATE_NOOP("PartnerDesk", "Remark"))))
    return printer.sheet(_PARTICIPANT, person_head(file.person, lines, facts), blocks,
                         title=f"{say(_PARTICIPANT)} – {file.name}")


def _identity(printer: Printer, file: StayFile) -> FactList:
    person, enrolment, fact = file.person, file.enrolment, printer.fact
    countries = ", ".join(printer.voice.country(code) for code in person.citizenships)
    spoken = ", ".join(f"{one.language} {one.level}".strip() for one in file.languages)
    return FactList(printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Person and study")), (
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Date of birth"), printer.voice.day(person.birth_date)),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Citizenship"), countries),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Number"), person.local_id),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "E-mail"), person.email),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Phone"), person.phone),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Languages"), spoken),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Degree programme"), enrolment.programme_title if enrolment else ""),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Level"), printer.code("level", enrolment.level if enrolment else "")),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Year of study"), enrolment.year_of_study if enrolment else ""),
    ), columns=3)


def _stay(printer: Printer, file: StayFile) -> FactList:
    stay, fact = file.stay, printer.fact
    paper = file.agreement
    condition = file.condition
    used = " · ".join(part for part in (
        printer.code("agreement_type", paper.type) if paper else "", paper.our_code if paper else "",
        printer.number(condition.heads) if condition and condition.heads else "") if part)
    facts = [
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Planned"), printer.days(stay.planned_from, stay.planned_to)),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "As it was"), printer.days(stay.actual_from, stay.actual_to)),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Term"), printer.code("term", stay.term)),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Programme"), printer.code("programme", stay.programme)),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Agreement used"), used),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Field of education"), stay.field),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Status, sending side"),
             printer.code("sending_status", stay.sending_status)),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Status, receiving side"),
             printer.code("receiving_status", stay.receiving_status)),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Days of interruption"), stay.interruption_days),
    ]
    if stay.teaching_hours is not None:
        facts.append(fact(QT_TRANSLATE_NOOP("PartnerDesk", "Teaching hours"), printer.number(stay.teaching_hours)))
    if stay.work_programme:
        facts.append(fact(QT_TRANSLATE_NOOP("PartnerDesk", "Programme of work"), stay.work_programme))
    if stay.practice:
        facts.append(fact(QT_TRANSLATE_NOOP("PartnerDesk", "Practice brought home"), stay.practice))
    return FactList(printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Stay")), tuple(facts), columns=3)


def _around(printer: Printer, file: StayFile) -> People:
    """Who looks after the stay on both sides, and whom to call."""
    say = printer.voice.say
    people = []
    for contact_id, role in ((file.stay.home_contact_id, QT_TRANSLATE_NOOP("PartnerDesk", "Our coordinator")),
                             (file.stay.host_contact_id, QT_TRANSLATE_NOOP("PartnerDesk", "Partner's coordinator"))):
        contact = file.contact(contact_id)
        if contact is not None:
            people.append(Contact(contact.full_name, contact.email, f"{say(role)} · {contact.phone}".rstrip(" ·")))
    for one in file.to_call:
        role = printer.code("person_contact_kind", one.kind)
        parts = (role, one.relation, one.phone)
        people.append(Contact(one.name, one.email, " · ".join(part for part in parts if part)))
    return People(say(QT_TRANSLATE_NOOP("PartnerDesk", "Contacts")), tuple(people))


def _checklist(printer: Printer, file: StayFile) -> Table:
    c = printer.column
    rows = tuple(
        (Cell(printer.code("doc_stage", d.stage)), Cell(d.title or printer.code("stay_document", d.kind)),
         printer.state(d.state), Cell(printer.voice.day(d.due_on)), Cell(printer.voice.day(d.received_on)))
        for d in file.documents)
    done = sum(d.state in ("received", "checked", "waived") for d in file.documents)
    return Table(
        printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Documents")),
        (c(QT_TRANSLATE_NOOP("PartnerDesk", "When"), 0.2), c(QT_TRANSLATE_NOOP("PartnerDesk", "Document"), 0.32,
                                                           "left", "strong"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "State"), 0.18), c(QT_TRANSLATE_NOOP("PartnerDesk", "Due"), 0.15),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Received"), 0.15)),
        rows, note=printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "{n} of {of}"), n=done, of=len(rows)))


def _studies(printer: Printer, file: StayFile) -> FactList | None:
    version = in_force(file.learning)
    if version is None and not file.lines:
        return None
    held = file.components_of(version.id) if version else ()
    found = outcome(file.lines, file.recognitions)
    fact = printer.fact
    signed = completed_on(version) if version else None
    return FactList(printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Studies")), (
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Agreed at the host"),
             f"{printer.number(credits_of(held, 'A'))} ECTS"),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Agreed at home"),
             f"{printer.number(credits_of(held, 'B'))} ECTS"),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Signed by all three"), printer.voice.day(signed)),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Achieved"), f"{printer.number(found.achieved)} ECTS"),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Recognised"), f"{printer.number(found.recognised)} ECTS"),
    ), columns=5)


def _grant(printer: Printer, file: StayFile) -> Table | None:
    if not file.awards:
        return None
    award, c = file.awards[-1], printer.column
    lines = [line_of(kept) for kept in award.lines]
    say = printer.voice.say
    return Table(
        say(QT_TRANSLATE_NOOP("PartnerDesk", "Grant")),
        (c("", 0.6, "left", "strong"), c(QT_TRANSLATE_NOOP("PartnerDesk", "Quantity"), 0.12, "right"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Rate"), 0.13, "right"), c(award.currency, 0.15, "right")),
        tuple((Cell(say(line.what)), Cell(printer.voice.figure(line.quantity)), Cell(printer.voice.money(line.rate)),
               Cell(printer.voice.money(line.amount))) for line in lines),
        note=" · ".join((award.table_name, printer.code("grant_status", award.status))),
        total=(Cell(say(QT_TRANSLATE_NOOP("PartnerDesk", "Total"))), Cell(""), Cell(""),
               Cell(printer.voice.money(award.amount))))


@dataclass(frozen=True, slots=True)
class Members:
    """A cohort with its stays, in the order of names, and all that its list says of them."""

    cohort: Cohort
    leaders: tuple[CohortLeader, ...]
    stays: tuple[Stay, ...]
    people: dict[int, Person]
    enrolments: dict[int, Enrolment]
    institutions: dict[int, Institution]
    units: dict[int, OrgUnit]
    papers: DocumentMatrix


def members_of(reader: Reader, cohort_id: int) -> Members:
    """What the list of a cohort shows. Raises Missing."""
    cohort = reader.get(Cohort, cohort_id)
    ids = [m.stay_id for m in reader.find(CohortMember, cohort_id=cohort_id)]
    stays = [one for one in reader.many(Stay, ids).values() if not one.deleted_at]
    people = reader.many(Person, [one.person_id for one in stays])
    enrolments = {e.person_id: e for e in reader.where(Enrolment, "person_id", people)}
    institutions = reader.many(Institution, [i for s in stays for i in (s.sending_id, s.receiving_id) if i])
    units = reader.many(OrgUnit, [i for s in stays for i in (s.sending_unit_id, s.receiving_unit_id) if i])
    stays.sort(key=lambda one: (people[one.person_id].family_name, people[one.person_id].given_names))
    return Members(cohort, tuple(reader.find(CohortLeader, cohort_id=cohort_id)), tuple(stays), people, enrolments,
                   institutions, units, document_matrix(reader, ids))


def cohort_list(printer: Printer, about: Members, phones: bool = False, anonymous: bool = False) -> PrintDocument:
    """A cohort as a list on its side, with documents, a column to sign in, and totals by country and unit."""
    cohort, say = about.cohort, printer.voice.say
    facts = [
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "People"), len(about.stays)),
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Capacity"), cohort.capacity),
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Academic year"), printer.year(cohort.year)),
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Dates"), printer.days(cohort.starts_on, cohort.ends_on)),
    ]
    if not anonymous and about.leaders:
        named = "; ".join(" · ".join(p for p in (one.name, one.phone) if p) for one in about.leaders)
        facts.append(printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Led by"), named))
    head = Head(cohort.title, lines=(printer.code("cohort_kind", cohort.kind),), facts=tuple(facts))
    blocks: list[Block] = [_members(printer, about, phones, anonymous), _sums(printer, about)]
    notes = (say(QT_TRANSLATE_NOOP("PartnerDesk", "without personal data")),) if anonymous else ()
    return printer.sheet(_COHORT, head, blocks, title=f"{cohort.title} – {say(_COHORT)}", landscape=True, notes=notes)


def _members(printer: Printer, about: Members, phones: bool, anonymous: bool) -> Table:
    c = printer.column
    columns = [c(QT_TRANSLATE_NOOP("PartnerDesk", "No."), 0.04, "right")]
    if not anonymous:
        columns.append(c(QT_TRANSLATE_NOOP("PartnerDesk", "Name"), 0.13, "left", "strong"))
    columns += [
        c(QT_TRANSLATE_NOOP("PartnerDesk", "Partner"), 0.16), c(QT_TRANSLATE_NOOP("PartnerDesk", "Unit"), 0.12),
        c(QT_TRANSLATE_NOOP("PartnerDesk", "Level"), 0.08), c(QT_TRANSLATE_NOOP("PartnerDesk", "Field"), 0.05),
        c(QT_TRANSLATE_NOOP("PartnerDesk", "Dates"), 0.13), c(QT_TRANSLATE_NOOP("PartnerDesk", "Phase"), 0.09),
        c(QT_TRANSLATE_NOOP("PartnerDesk", "Documents"), 0.06)]
    if phones and not anonymous:
        columns.append(c(QT_TRANSLATE_NOOP("PartnerDesk", "Phone"), 0.1))
    if not anonymous:
        columns.append(c(QT_TRANSLATE_NOOP("PartnerDesk", "Signature"), 0.15))
    rows = tuple(_member(printer, about, stay, n, phones, anonymous) for n, stay in enumerate(about.stays, 1))
    return Table(printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Members")), tuple(columns), rows,
                 empty=printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Nobody is in this cohort yet")))


def _member(
    printer: Printer, about: Members, stay: Stay, n: int, phones: bool, anonymous: bool
) -> tuple[Cell, ...]:
    person, out = about.people[stay.person_id], stay.direction == "out"
    partner = about.institutions.get((stay.receiving_id if out else stay.sending_id) or 0)
    unit = about.units.get((stay.sending_unit_id if out else stay.receiving_unit_id) or 0)
    done, needed = about.papers.done(stay.id)
    cells = [Cell(str(n))]
    if not anonymous:
        cells.append(Cell(person.listed_name or person.name_original))
    first, last = stay.actual_from or stay.planned_from, stay.actual_to or stay.planned_to
    cells += [
        Cell(partner.name if partner else NOTHING), Cell(unit.name if unit else ""),
        Cell(printer.code("level", stay.level_nominated)), Cell(stay.field), Cell(printer.days(first, last)),
        Cell(printer.code("phase", str(phase_now(stay)))),
        Cell(f"{done}/{needed}" if needed else "", "HOLDS" if needed and done == needed else "")]
    if phones and not anonymous:
        cells.append(Cell(person.phone))
    if not anonymous:
        cells.append(Cell(""))
    return tuple(cells)


def _sums(printer: Printer, about: Members) -> FactList:
    say = printer.voice.say
    countries: Counter[str] = Counter()
    units: Counter[str] = Counter()
    for stay in about.stays:
        out = stay.direction == "out"
        partner = about.institutions.get((stay.receiving_id if out else stay.sending_id) or 0)
        unit = about.units.get((stay.sending_unit_id if out else stay.receiving_unit_id) or 0)
        countries[printer.voice.country(partner.country) if partner else NOTHING] += 1
        units[unit.name if unit else NOTHING] += 1
    return FactList(say(QT_TRANSLATE_NOOP("PartnerDesk", "Totals")), tuple(
        Fact(say(label), " · ".join(f"{name} {count}" for name, count in counted.most_common()) or NOTHING)
        for label, counted in ((QT_TRANSLATE_NOOP("PartnerDesk", "By country"), countries),
                               (QT_TRANSLATE_NOOP("PartnerDesk", "By unit"), units))))


