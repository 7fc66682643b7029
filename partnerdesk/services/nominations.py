"""Nominations to partners: who is to be told by when, what is missing, the list and the message that go out."""

from __future__ import annotations

import dataclasses
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock, isced
from partnerdesk.domain.agreements import Document
from partnerdesk.domain.countries import country_name, language_name
from partnerdesk.domain.factsheets import Factsheet
from partnerdesk.domain.filenames import clean_name
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.nominations import OPEN, Nomination, Nominee, in_order, missing_data
from partnerdesk.domain.partners import Contact, Institution
from partnerdesk.domain.people import Enrolment, Person, PersonLanguage
from partnerdesk.domain.phases import DONE
from partnerdesk.domain.problems import Missing, Problem
from partnerdesk.domain.stay_terms import deadline_of, is_second_half
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.domain.years import AcademicYear
from partnerdesk.formats.mail import write_eml
from partnerdesk.formats.writing import write_table
from partnerdesk.services import stay_deeds
from partnerdesk.services.deeds import refuse_blocks, set_fields
from partnerdesk.services.listing import this_year
from partnerdesk.services.office import settings

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit

_ROLES = ("incoming", "web-form", "institutional", "departmental")


@dataclass(frozen=True, slots=True)
class Message:
    """What is written to a partner: whom to, about what, and the text."""

    to: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class NominationSheet:
    """What a printed nomination list shows: the nomination, our name, and the table as its XLSX has it."""

    nomination: Nomination
    office: str
    today: date
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def nominations(reader: Reader, partner_id: int | None = None) -> list[Nomination]:
    """What is to be told to partners, late ones first; of one partner or all."""
    from partnerdesk.store.nominations import stays_in_question

    stays = reader.many(Stay, stays_in_question(reader, this_year(reader).first, partner_id))
    around = _Around(reader, stays.values())
    groups: dict[tuple[int, int, bool], list[Nominee]] = defaultdict(list)
    for stay in stays.values():
        if stay.receiving_id in around.partners and stay.person_id in around.people:
            key = (stay.receiving_id or 0, stay.year or 0, is_second_half(stay.term))
            groups[key].append(around.nominee(stay))
    made = [around.nomination(*key, nominees) for key, nominees in groups.items()]
    return in_order(made)


def to_nominate(reader: Reader) -> int:
    """How many people are still to be nominated."""
    from partnerdesk.store import nominations as stored

    return stored.to_nominate(reader)


def nomination_sheet(reader: Reader, partner_id: int, year: int, second_half: bool) -> NominationSheet:
    """The facts of a nomination list, for the printed page. Raises Missing when there is nobody to nominate."""
    for one in nominations(reader, partner_id):
        if one.key == (partner_id, year, second_half):
            return NominationSheet(one, our_name(reader), clock.today(), COLUMNS, rows_of(one))
    raise Missing


def nominate(nominees: Sequence[Nominee], reason: str = "") -> Deed[None]:
    """Note that these nominations were sent, in one step with a line in each log; the rules of stays hold."""
    name = nominees[0].person.full_name if len(nominees) == 1 else ""
    return stay_deeds.nominate([one.stay.id for one in nominees], reason=reason, name=name)


def record_answers(nominees: Sequence[Nominee], accepted: bool, comment: str = "") -> Deed[None]:
    """Note the partner's answer about these nominees, with the office's comment."""
    name = nominees[0].person.full_name if len(nominees) == 1 else ""
    return stay_deeds.answer([one.stay.id for one in nominees], accepted, comment=comment, name=name)


def ask_again(nominees: Sequence[Nominee]) -> Deed[None]:
    """Ask the partner again about those who were rejected: they are pending once more."""
    name = nominees[0].person.full_name if len(nominees) == 1 else ""
    return stay_deeds.ask_again([one.stay.id for one in nominees], name=name)


def message_of(nomination: Nomination, office: str) -> Message:
    """The message that goes with a nomination: who is nominated, without more than names and terms."""
    year = str(AcademicYear(nomination.year))
    half = _SPRING if nomination.second_half else _AUTUMN
    people = nomination.of(OPEN) or nomination.nominees
    subject = str(text(_SUBJECT, office=office, year=year, half=Text(half)))
    greeting = nomination.contact.full_name if nomination.contact is not None else nomination.partner.name
    lines = [f"{n}. {one.person.listed_name}{_told(one)}" for n, one in enumerate(people, 1)]
    body = [str(text(_GREETING, name=greeting)), "",
            str(counted(len(people), _ONE, _MANY, year=year, half=Text(half), partner=nomination.partner.name)), "",
            *lines, "", str(Text(_CLOSING)), "", office]
    to = nomination.contact.email if nomination.contact is not None else ""
    return Message(to, subject, "\n".join(body) + "\n")


def write_list(nomination: Nomination, path: Path) -> int:
    """Write the nomination list to a .xlsx (or .csv, .json); the number of people in it."""
    return write_table(path, COLUMNS, rows_of(nomination), str(Text(_TITLE)))


def write_message(nomination: Nomination, office: str, path: Path) -> None:
    """Write the message as an .eml draft with the list attached."""
    message = message_of(nomination, office)
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / file_name(nomination, ".xlsx")
        write_list(nomination, table)
        write_eml(path, message.to, message.subject, message.body, ((table.name, table.read_bytes()),))


def file_name(nomination: Nomination, ending: str) -> str:
    """What the file of a nomination is called: year and partner, nobody's name."""
    year = AcademicYear(nomination.year).short.replace("/", "-")
    partner = nomination.partner.name.replace("/", " ").replace("\\", " ")
    return clean_name(f"{Text(_TITLE)} {year} {partner}{ending}")


def rows_of(nomination: Nomination) -> tuple[tuple[Any, ...], ...]:
    """The table of a nomination list under `COLUMNS`: those still to be nominated, else all."""
    people = nomination.of(OPEN) or nomination.nominees
    return tuple((n, *_row(one)) for n, one in enumerate(people, 1))


def our_name(reader: Reader) -> str:
    """The name we sign with."""
    from partnerdesk.services.partners import home_institution

    home = home_institution(reader)
    return home.name if home is not None else str(settings(reader)["office.name"])


def factsheets(reader: Reader, institution_id: int) -> list[Factsheet]:
    """A partner's factsheets, the latest year first."""
    return sorted(reader.find(Factsheet, institution_id=institution_id), key=lambda one: -(one.year or 0))


def add_factsheet(institution: Institution, year: int, **fields: Any) -> Deed[int]:
    """Begin the factsheet of a year: the last one a year on, and what is given; the answer is its id."""

    def run(unit: Unit) -> int:
        last = next(iter(factsheets(unit, institution.id)), None) or Factsheet(institution_id=institution.id)
        moved: dict[str, Any] = {
            name: _later(getattr(last, name), year - last.year) for name in _DAYS if last.year is not None}
        made = dataclasses.replace(last, id=0, uid="", version=1, year=year, checked_on=None, **{**moved, **fields})
        refuse_blocks(_sheet_problems(unit, made))
        return unit.add(made).id

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "factsheet {year} of {name}"), year=str(AcademicYear(year)),
                     name=institution.name), run)


def change_factsheet(institution: Institution, factsheet: Factsheet, **fields: Any) -> Deed[bool]:
    """Change fields of a factsheet; that it was looked at today is noted with them."""

    def run(unit: Unit) -> bool:
        refuse_blocks(_sheet_problems(unit, dataclasses.replace(factsheet, **fields)))
        return set_fields(unit, Factsheet, factsheet.id, factsheet.version, {"checked_on": clock.today(), **fields})

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "change the factsheet of {name}"), name=institution.name), run)


def remove_factsheet(institution: Institution, factsheet: Factsheet) -> Deed[None]:
    """Take a factsheet away."""

    def run(unit: Unit) -> None:
        unit.remove(Factsheet, factsheet.id)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "remove a factsheet of {name}"), name=institution.name), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Removed a factsheet of {name}"), name=institution.name))


def _sheet_problems(reader: Reader, sheet: Factsheet) -> list[Problem]:
    """A partner has one factsheet for a year, and terms end after they begin."""
    found = []
    if sheet.year is None:
        found.append(Problem("R57", "block", "year", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Choose the academic year of the factsheet"))))
    others = reader.find(Factsheet, institution_id=sheet.institution_id, year=sheet.year)
    if any(one.id != sheet.id for one in others):
        found.append(Problem("R57", "block", "year", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "There is a factsheet of this year already"))))
    for first, last in (("first_from", "first_to"), ("second_from", "second_to")):
        begins, ends = getattr(sheet, first), getattr(sheet, last)
        if begins is not None and ends is not None and ends < begins:
            found.append(Problem("R57", "block", last, Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "The term ends before it begins"))))
    return found


class _Around:
    """What nominations need besides the stays, read in a few queries."""

    def __init__(self, reader: Reader, stays: Iterable[Stay]) -> None:
        stays = list(stays)
        people = {one.person_id for one in stays}
        partners = {one.receiving_id for one in stays if one.receiving_id is not None}
        self.people = reader.many(Person, people)
        self.partners = reader.many(Institution, partners)
        self._enrolments: dict[int, Enrolment] = {}
        for one in sorted(reader.where(Enrolment, "person_id", people),
                          key=lambda e: (e.valid_to is None, str(e.valid_to or ""), e.id)):
            self._enrolments[one.person_id] = one
        self._languages: dict[int, list[str]] = defaultdict(list)
        for spoken in reader.where(PersonLanguage, "person_id", people):
            self._languages[spoken.person_id].append(f"{spoken.language} {spoken.level}".strip())
        self._documents: dict[int, list[Document]] = defaultdict(list)
        for paper in reader.where(Document, "stay_id", [one.id for one in stays]):
            if paper.stay_id is not None and paper.state not in DONE:
                self._documents[paper.stay_id].append(paper)
        self._sheets = {(one.institution_id, one.year): one
                        for one in reader.where(Factsheet, "institution_id", partners)}
        self._contacts: dict[int, list[Contact]] = defaultdict(list)
        for contact in reader.where(Contact, "institution_id", partners):
            self._contacts[contact.institution_id].append(contact)

    def nominee(self, stay: Stay) -> Nominee:
        """A stay with its person and what is missing."""
        person, enrolment = self.people[stay.person_id], self._enrolments.get(stay.person_id)
        languages = tuple(self._languages.get(stay.person_id, ()))
        return Nominee(stay, person, enrolment, languages, missing_data(
            stay, person, enrolment, languages, self._documents.get(stay.id, ())))

    def nomination(self, partner_id: int, year: int, second: bool, nominees: Sequence[Nominee]) -> Nomination:
        """The nominees of one partner and half year, by name, with deadline and contact."""
        sheet = self._sheets.get((partner_id, year))
        listed = tuple(sorted(nominees, key=lambda one: (one.person.listed_name.casefold(), one.stay.id)))
        return Nomination(self.partners[partner_id], year, second, listed,
                          deadline_of("2/2" if second else "1/2", sheet), _contact(self._contacts.get(partner_id, ())))


def _contact(contacts: Iterable[Contact]) -> Contact | None:
    """Whom nominations go to: the first fitting role that has an address, preferred ones first."""
    today = clock.today()
    able = [one for one in contacts if one.email and (one.valid_to is None or one.valid_to >= today)]
    for role in _ROLES:
        fitting = sorted((one for one in able if role in one.roles), key=lambda one: (not one.preferred, one.id))
        if fitting:
            return fitting[0]
    return able[0] if able else None


def _told(one: Nominee) -> str:
    return f", {label_of('term', one.stay.term)}" if one.stay.term else ""


def _row(one: Nominee) -> tuple[Any, ...]:
    stay, person, study = one.stay, one.person, one.enrolment
    level = stay.level_nominated or (study.level if study else "")
    field = stay.field or (study.field if study else "")
    return (
        person.family_name, person.given_names, person.birth_date,
        ", ".join(country_name(code) for code in person.citizenships), person.email,
        str(label_of("level", level)) if level else "", f"{field} {isced.title(field)}".strip(),
        study.programme_title if study else "", ", ".join(_spoken(each) for each in one.languages),
        str(label_of("term", stay.term)) if stay.term else "", stay.planned_from, stay.planned_to)


def _spoken(each: str) -> str:
    code, _, level = each.partition(" ")
    return f"{language_name(code)} {level}".strip()


def _later(day: date | None, years: int) -> date | None:
    if day is None:
        return None
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


_DAYS = ("nominate_first", "nominate_second", "apply_first", "apply_second", "first_from", "first_to", "second_from",
         "second_to")
_TITLE = QT_TRANSLATE_NOOP("PartnerDesk", "Nominations")
_AUTUMN = QT_TRANSLATE_NOOP("PartnerDesk", "first half")
_SPRING = QT_TRANSLATE_NOOP("PartnerDesk", "second half")
_SUBJECT = QT_TRANSLATE_NOOP("PartnerDesk", "Nominations for {year}, {half}: {office}")
_GREETING = QT_TRANSLATE_NOOP("PartnerDesk", "Dear {name},")
_ONE = QT_TRANSLATE_NOOP(
    "PartnerDesk", "we are pleased to nominate this person for an exchange at {partner} in {year}, {half}:")
_MANY = QT_TRANSLATE_NOOP(
    "PartnerDesk", "we are pleased to nominate these {n} people for an exchange at {partner} in {year}, {half}:")
_CLOSING = QT_TRANSLATE_NOOP(
    "PartnerDesk", "The details are in the attached list. We look forward to your answer.\n\nWith kind regards")
COLUMNS = tuple(str(Text(word)) for word in (
    QT_TRANSLATE_NOOP("PartnerDesk", "No."), QT_TRANSLATE_NOOP("PartnerDesk", "Family name"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Given names"), QT_TRANSLATE_NOOP("PartnerDesk", "Date of birth"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Citizenship"), QT_TRANSLATE_NOOP("PartnerDesk", "E-mail"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Level"), QT_TRANSLATE_NOOP("PartnerDesk", "Field of study"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Degree programme"), QT_TRANSLATE_NOOP("PartnerDesk", "Languages"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Term"), QT_TRANSLATE_NOOP("PartnerDesk", "From"),
    QT_TRANSLATE_NOOP("PartnerDesk", "Until")))
