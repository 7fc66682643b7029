"""Applicants with their wishes and points out of a spreadsheet: planned row by row, then written as it was shown."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import cells, cellwords, clock, countries, isced
from partnerdesk.domain.applications import points_of, points_problems
from partnerdesk.domain.calls import Application, Call, ScorePart, Wish
from partnerdesk.domain.cells import Raw, Unreadable, plain
from partnerdesk.domain.dates import Order
from partnerdesk.domain.identifiers import match_key
from partnerdesk.domain.importing import Outcome
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import OrgUnit
from partnerdesk.domain.people import Enrolment, Person, PersonLanguage
from partnerdesk.domain.people_rules import person_key, person_problems
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.text import fold, squeezed
from partnerdesk.domain.vocab import read_term
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.formats.books import Book, Row, Sheet, book_from_text, read_book
from partnerdesk.formats.headers import Header, header_at, is_blank
from partnerdesk.services.calls import Goal, enter_application, goals, parts_of, write_points, write_wishes
from partnerdesk.services.matching import SCHEME_ORDER, PartnerIndex
from partnerdesk.services.partners import home_institution
from partnerdesk.services.people_twins import PersonIndex

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit

_LOOK_AT = 25
_WISH = re.compile(r"(?:wish|choice|wunsch|preference|priority|prioritat|voeu|opcion|wybor)\D{0,8}(\d)|"
                   r"(\d)(?:st|nd|rd|th|\.)?\s*(?:wish|choice|wunsch|preference|priority|prioritat|voeu|opcion|wybor)")
_HEADERS = {
    "family": "family name|surname|last name|nachname|familienname|nom|apellido|apellidos|nazwisko",
    "given": "given name|given names|first name|vorname|prenom|nombre|imie",
    "name": "name|applicant|student|full name|bewerber|bewerberin",
    "born": "date of birth|birth date|born|birthday|geburtsdatum|date de naissance|fecha de nacimiento|data urodzenia",
    "email": "e mail|email|mail|e mail address|courriel",
    "number": "student number|matriculation number|matrikelnummer|student id|number|local id|id",
    "citizenship": "citizenship|nationality|staatsangehorigkeit|nationalite|nacionalidad|obywatelstwo",
    "level": "level|level of study|study level|eqf|cycle|niveau|stufe|nivel|poziom",
    "field": "field|field of study|isced|isced code|isced field|fach|studienfach|domaine|area",
    "unit": "faculty|department|unit|fakultat|faculte|facultad|wydzial",
    "degree": "degree programme|programme of study|study programme|studiengang|programme",
    "languages": "languages|language|sprachen|langues|idiomas|jezyki|language level",
    "term": "term|semester|semestre|period|semestr",
}
_KEY_OF = {word: key for key, words in _HEADERS.items() for word in words.split("|")}


@dataclass(frozen=True, slots=True)
class ApplicantRow:
    """One row of the file and what becomes of it; `notes` say what could not be taken as it stands."""

    number: int
    name: str
    outcome: Outcome
    reason: Text | None = None
    notes: tuple[Text, ...] = ()
    person: Person | None = None
    person_id: int | None = None
    application_id: int | None = None
    fields: tuple[tuple[str, Any], ...] = ()
    degree: str = ""
    wishes: tuple[tuple[int, str], ...] = ()
    points: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ApplicantPlan:
    """What an import of applicants would do: each row, the columns that were understood and those that were not."""

    call: Call
    book: Book
    sheet: Sheet
    header: Header
    rows: tuple[ApplicantRow, ...]
    used: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()

    def count(self, outcome: Outcome) -> int:
        """How many rows go one way."""
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows go which way."""
        return {str(outcome): self.count(outcome) for outcome in Outcome}

    @property
    def writes(self) -> bool:
        """Whether anything would be written."""
        return any(row.outcome in (Outcome.NEW, Outcome.CHANGED) for row in self.rows)


def plan_from_file(reader: Reader, call: Call, path: Path) -> ApplicantPlan:
    """What importing a file of applicants would do. Raises BadFile, Refused when no column names a person."""
    return make_plan(reader, call, read_book(path))


def plan_from_text(reader: Reader, call: Call, pasted: str) -> ApplicantPlan:
    """The same for rows copied from a spreadsheet."""
    return make_plan(reader, call, book_from_text(pasted))


def make_plan(reader: Reader, call: Call, book: Book) -> ApplicantPlan:
    """Read the first table of a book as applicants of a call. Raises Refused when no column names a person."""
    sheet = book.first
    parts = parts_of(reader, call.id)
    header = _header(sheet, parts)
    planner = _Planner(reader, call, header, parts, sheet)
    rows = tuple(planner.row(n, row) for n, row in enumerate(sheet.rows[header.row + 1:], header.row + 2)
                 if not is_blank(row))
    return ApplicantPlan(call, book, sheet, header, rows, planner.used, planner.unused)


def import_deed(plan: ApplicantPlan) -> Deed[int]:
    """Write a plan as one step; how many applications came or changed. Raises Refused when the office changed."""

    def run(unit: Unit) -> int:
        now = make_plan(unit, unit.get(Call, plan.call.id), plan.book)
        if now.rows != plan.rows:
            raise Refused(Problem("R61", "block", "", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "Something changed since the rows were shown")), Text(QT_TRANSLATE_NOOP(
                    "PartnerDesk", "Look at them again"))))
        written = [row for row in now.rows if row.outcome in (Outcome.NEW, Outcome.CHANGED)]
        for row in written:
            _write(unit, now.call.id, row)
        return len(written)

    n = plan.count(Outcome.NEW) + plan.count(Outcome.CHANGED)
    return Deed(
        text(QT_TRANSLATE_NOOP("PartnerDesk", "import applicants for {name}"), name=plan.call.title), run,
        counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "Imported 1 application"),
                QT_TRANSLATE_NOOP("PartnerDesk", "Imported {n} applications")), kind="import")


def key_of(name: str, parts: Sequence[ScorePart]) -> str:
    """What a column is for: "part 7", "wish 2", or one of the known ones; "" for none."""
    said = " ".join(re.sub(r"[^\w]+", " ", fold(name)).split())
    part = next((part for part in parts if fold(part.name) == said), None)
    if part is not None:
        return f"part {part.id}"
    match = _WISH.fullmatch(said) or _WISH.match(said)
    if match:
        return f"wish {match[1] or match[2]}"
    return _KEY_OF.get(said, "")


def _header(sheet: Sheet, parts: Sequence[ScorePart]) -> Header:
    """The row that names the most columns we know."""
    best, most = -1, 0
    for n, row in enumerate(sheet.rows[:_LOOK_AT]):
        known = {key_of(plain(cell), parts) for cell in row if isinstance(cell, str)} - {""}
        if len(known) > most and known & {"family", "name"}:
            best, most = n, len(known)
    if best < 0:
        sentence = QT_TRANSLATE_NOOP("PartnerDesk", "No column gives the names of the applicants.")
        fix = QT_TRANSLATE_NOOP("PartnerDesk", "Call a column “Name”, or two “Family name” and “Given names”")
        raise Refused(Problem("F02", "block", "mapping", Text(sentence), Text(fix)))
    return header_at(sheet, best)


@dataclass(slots=True)
class _Draft:
    """What a row says so far."""

    values: dict[str, Any] = field(default_factory=dict)
    wishes: dict[int, str] = field(default_factory=dict)
    points: dict[int, float] = field(default_factory=dict)
    notes: list[Text] = field(default_factory=list)


class _Planner:
    """Turns rows into planned rows, with everything of the office that is needed at hand."""

    def __init__(
        self, reader: Reader, call: Call, header: Header, parts: Sequence[ScorePart], sheet: Sheet
    ) -> None:
        self._reader, self._call = reader, call
        self._parts = {part.id: part for part in parts}
        self._people = PersonIndex.of_office(reader)
        self._partners = PartnerIndex.of_office(reader)
        self._goals: dict[int, list[Goal]] = defaultdict(list)
        for goal in goals(reader, call):
            self._goals[goal.place.partner_id].append(goal)
        home = home_institution(reader)
        units = reader.find(OrgUnit, institution_id=home.id) if home is not None else []
        self._units = {fold(word): unit.id for unit in units for word in (unit.name, unit.code) if word}
        self._applications = {one.person_id: one for one in reader.find(Application, call_id=call.id)}
        self._wishes: dict[int, list[Wish]] = defaultdict(list)
        for wish in sorted(reader.where(Wish, "application_id", [a.id for a in self._applications.values()]),
                           key=lambda w: w.position):
            self._wishes[wish.application_id].append(wish)
        keys = [(column, key_of(column.name, parts)) for column in header.columns]
        twice = Counter(key for _, key in keys)
        self._columns = [(column, key) for n, (column, key) in enumerate(keys)
                         if key and (twice[key] == 1 or key not in [k for _, k in keys[:n]])]
        self.used = tuple(column.name for column, _ in self._columns)
        self.unused = tuple(column.name for column in header.columns if column.name not in self.used)
        born = [column.index for column, key in self._columns if key == "born"]
        orders = cells.day_orders(row[at] for at in born for row in sheet.rows[header.row + 1:] if at < len(row))
        self._order: Order = orders.common if orders is not None else "dmy"
        self._seen: dict[tuple[str, str, str], int] = {}

    def row(self, number: int, row: Row) -> ApplicantRow:
        """What becomes of one row."""
        draft = _Draft()
        for column, key in self._columns:
            cell = row[column.index] if column.index < len(row) else None
            if not cells.says_nothing(cell):
                self._read(draft, key, column.name, cell)
        person = _person(draft)
        name = person.full_name
        reason = self._refused(number, person)
        if reason is not None:
            return ApplicantRow(number, name, Outcome.REJECTED, reason)
        known_id = self._known(draft, person)
        wishes = self._wished(draft)
        fields = tuple(sorted((key, draft.values[key]) for key in ("level", "field", "unit_id", "languages")
                              if key in draft.values))
        made = ApplicantRow(
            number, name, Outcome.NEW, None, tuple(draft.notes), person, known_id, None, fields,
            draft.values.get("degree", ""), wishes, tuple(sorted(draft.points.items())))
        known = self._applications.get(known_id or 0)
        return made if known is None else self._compared(made, known)

    def _known(self, draft: _Draft, person: Person) -> int | None:
        """The person of the office that a row means; one that only resembles is told of, not taken."""
        born = person.birth_date.isoformat() if person.birth_date else ""
        twin = self._people.find(person.family_name, person.given_names, born, "", person.local_id, person.email)
        if twin is None or twin.certain:
            return twin.person_id if twin is not None else None
        same = person_key(twin.name, "") == person_key(person.family_name, person.given_names)
        stored = self._reader.get(Person, twin.person_id).birth_date
        if same and (stored is None or person.birth_date is None):
            return twin.person_id
        draft.notes.append(text(QT_TRANSLATE_NOOP("PartnerDesk", "May be the same as {name}"), name=twin.name))
        return None

    def _refused(self, number: int, person: Person) -> Text | None:
        if not person.full_name:
            return Text(QT_TRANSLATE_NOOP("PartnerDesk", "No name"))
        for problem in person_problems(person, clock.today()):
            if problem.severity == "block":
                return problem.message
        key = (fold(person.full_name), str(person.birth_date or ""), person.local_id or person.email)
        first = self._seen.setdefault(key, number)
        if first != number:
            return text(QT_TRANSLATE_NOOP("PartnerDesk", "The same person as in row {row}"), row=first)
        return None

    def _compared(self, made: ApplicantRow, known: Application) -> ApplicantRow:
        """A row about an application that is there: what it would change."""
        points = points_of(known.scores)
        wishes = tuple((w.condition_id, w.term) for w in self._wishes[known.id])
        differs = (any(points.get(part) != value for part, value in made.points)
                   or (made.wishes and made.wishes != wishes)
                   or any(getattr(known, key) != value for key, value in made.fields))
        return replace(made, outcome=Outcome.CHANGED if differs else Outcome.SAME, application_id=known.id)

    def _read(self, draft: _Draft, key: str, column: str, cell: Raw) -> None:
        kind, _, number = key.partition(" ")
        try:
            if kind == "part":
                self._read_points(draft, self._parts[int(number)], cell)
            elif kind == "wish":
                draft.wishes[int(number)] = plain(cell)
            elif kind == "unit":
                self._read_unit(draft, cell)
            elif kind == "born":
                draft.values["born"] = cells.one_day(cell, self._order, clock.today())
            else:
                _READERS[kind](draft, cell)
        except Unreadable as error:
            draft.notes.append(text(QT_TRANSLATE_NOOP("PartnerDesk", "{column}: {problem}"), column=column,
                                    problem=error.message))

    def _read_points(self, draft: _Draft, part: ScorePart, cell: Raw) -> None:
        points = cells.number(cell)
        for problem in points_problems(points, part):
            raise Unreadable(problem.message)
        if points is not None:
            draft.points[part.id] = float(points)

    def _read_unit(self, draft: _Draft, cell: Raw) -> None:
        unit = self._units.get(fold(plain(cell)))
        if unit is None:
            raise Unreadable(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is none of our units"), what=plain(cell)))
        draft.values["unit_id"] = unit

    def _wished(self, draft: _Draft) -> tuple[tuple[int, str], ...]:
        found: dict[int, str] = {}
        for number, written in sorted(draft.wishes.items()):
            goal = self._goal(number, written, draft)
            if goal is not None:
                found.setdefault(goal.condition.id, draft.values.get("term", ""))
        return tuple(found.items())

    def _goal(self, number: int, written: str, draft: _Draft) -> Goal | None:
        """The condition that a wish means: the partner by code or name, then what fits the applicant best."""
        said = squeezed(written)
        codes = [(scheme, said, key) for scheme in SCHEME_ORDER if (key := match_key(scheme, said))]
        ref = next((found for scheme, _, key in codes
                    if (found := self._partners.owner(scheme, key)) is not None), None)
        if ref is None:
            match = self._partners.find([said], "", "", ())
            ref = match.ref if match is not None and match.certain else None
        if ref is None:
            self._note(draft, _NO_PARTNER, number, written)
            return None
        able = self._goals.get(ref, [])
        if not able:
            self._note(draft, _NO_PLACES, number, written)
            return None
        return max(able, key=lambda goal: _fit(goal, draft.values))

    @staticmethod
    def _note(draft: _Draft, template: str, number: int, written: str) -> None:
        draft.notes.append(text(template, n=number, what=written[:60]))


def _fit(goal: Goal, values: dict[str, Any]) -> tuple[bool, bool, bool, int]:
    """How well a condition suits an applicant; of equals the first of the agreement wins."""
    condition = goal.condition
    own = values.get("field", "")
    return (bool(own and condition.fields and own.startswith(condition.fields)), not condition.fields,
            not condition.levels or values.get("level", "") in condition.levels, -condition.position)


def _person(draft: _Draft) -> Person:
    said = draft.values
    family, given = said.get("family", ""), said.get("given", "")
    if not family and "name" in said:
        first, comma, last = said["name"].partition(",")
        family, given = (first, last) if comma else (first.rpartition(" ")[2], first.rpartition(" ")[0])
    return Person(
        family_name=family.strip(), given_names=given.strip(), birth_date=said.get("born"), email=said.get("email", ""),
        local_id=said.get("number", ""), citizenships=said.get("citizenship", ()))


def _write(unit: Unit, call_id: int, row: ApplicantRow) -> None:
    assert row.person is not None
    application_id = row.application_id
    fields = dict(row.fields)
    if application_id is None:
        person = unit.get(Person, row.person_id) if row.person_id is not None else _new_person(unit, row)
        application_id = enter_application(unit, call_id, person, row.wishes, fields)
    else:
        unit.change(Application, application_id, None, **fields)
        if row.wishes:
            for wish in unit.find(Wish, application_id=application_id):
                unit.remove(Wish, wish.id)
            write_wishes(unit, application_id, row.wishes)
    write_points(unit, application_id, dict(row.points))


def _new_person(unit: Unit, row: ApplicantRow) -> Person:
    assert row.person is not None
    fields = dict(row.fields)
    person = unit.add(row.person)
    home = home_institution(unit)
    unit.add(Enrolment(
        person_id=person.id, institution_id=home.id if home is not None else None, unit_id=fields.get("unit_id"),
        programme_title=row.degree, field=fields.get("field", ""), level=fields.get("level", "")))
    for spoken in fields.get("languages", ()):
        code, _, level = spoken.partition("=")
        unit.add(PersonLanguage(person_id=person.id, language=code, level=level))
    return person


def _plain(key: str) -> Callable[[_Draft, Raw], None]:
    def read(draft: _Draft, cell: Raw) -> None:
        draft.values[key] = squeezed(plain(cell))

    return read


def _email(draft: _Draft, cell: Raw) -> None:
    draft.values["email"] = next(iter(cells.mails(cell)), "")


def _citizenship(draft: _Draft, cell: Raw) -> None:
    found = [countries.find_country(each.strip()) for each in re.split(r"[,;/]", plain(cell))]
    if not all(found):
        raise Unreadable(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is no country"), what=plain(cell)[:40]))
    draft.values["citizenship"] = tuple(found)


def _level(draft: _Draft, cell: Raw) -> None:
    found = cellwords.levels(cell)
    if len(found) != 1:
        raise Unreadable(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is no level of study"), what=plain(cell)[:40]))
    draft.values["level"] = found[0]


def _field(draft: _Draft, cell: Raw) -> None:
    code = isced.normal(plain(cell))
    found = cellwords.fields(cell)
    draft.values["field"] = code if isced.known(code) else next(iter(found.codes), "") if found is not None else ""
    if not draft.values["field"]:
        draft.values.pop("field")
        raise Unreadable(text(
            QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is no field of ISCED-F"), what=plain(cell)[:40]))


def _languages(draft: _Draft, cell: Raw) -> None:
    found = cellwords.languages(cell)
    if found is not None and found.languages:
        draft.values["languages"] = tuple(each.replace(" ", "=") for each in found.languages)


def _term(draft: _Draft, cell: Raw) -> None:
    found = read_term("term", plain(cell))
    if found is None:
        raise Unreadable(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{what}” is no term"), what=plain(cell)[:40]))
    draft.values["term"] = found


_READERS: dict[str, Callable[[_Draft, Raw], None]] = {
    **{key: _plain(key) for key in ("family", "given", "name", "number", "degree")}, "email": _email,
    "citizenship": _citizenship, "level": _level, "field": _field, "languages": _languages, "term": _term,
}
_NO_PARTNER = QT_TRANSLATE_NOOP("PartnerDesk", "Wish {n}: “{what}” is no partner of ours")
_NO_PLACES = QT_TRANSLATE_NOOP("PartnerDesk", "Wish {n}: “{what}” has no places in this call")
