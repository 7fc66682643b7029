"""Plans a registrar's list: people with what they study and their stays, row by row, before anything is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock, identifiers
from partnerdesk.domain.importing import PEOPLE, STAYS, ColumnMapping, Difference, Note, Outcome, PlannedRow, Tally
from partnerdesk.domain.people import Person
from partnerdesk.domain.people_rules import person_problems
from partnerdesk.domain.problems import Cancelled
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.domain.years import AcademicYear, MonthDay
from partnerdesk.formats.books import Book, Row, Sheet
from partnerdesk.formats.headers import Header, is_blank, repeats
from partnerdesk.services.importing_cells import Facts, RowReader
from partnerdesk.services.importing_people_compare import compare_people, compare_stays, merged
from partnerdesk.services.importing_people_drafts import (
    PersonDraft,
    PersonRecord,
    StayDraft,
    StayRecord,
    call_of,
    person_draft,
    stay_draft,
    study_of,
)
from partnerdesk.services.importing_plan import NEW, SAME_AS_TWIN, Plan, is_total
from partnerdesk.services.matching import SCHEME_ORDER, PartnerIndex
from partnerdesk.services.partners import home_institution
from partnerdesk.services.people_twins import PersonIndex, Twin

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

_EVERY = 500


@dataclass(slots=True)
class PeoplePlan(Plan):
    """The plan of a registrar's list."""

    people: list[PersonRecord] = field(default_factory=list)
    stays: list[StayRecord] = field(default_factory=list)


@dataclass(slots=True)
class _Line:
    """One row on its way into the plan."""

    number: int
    person: PersonRecord | None = None
    stay: StayRecord | None = None
    name: str = ""
    about: str = ""
    notes: list[Note] = field(default_factory=list)
    reason: Text | None = None
    twin: Twin | None = None
    held_stay: bool = False


class PeoplePlanner:
    """Makes the plan of one sheet. Decisions on likely duplicates: row number -> "new" or "same"."""

    def __init__(
        self, reader: Reader, book: Book, sheet: Sheet, header: Header, mapping: ColumnMapping,
        decisions: Mapping[int, str] | None = None, progress: Callable[[int, int], None] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> None:  # fmt: skip
        from partnerdesk.store.settle import year_start

        self._reader = reader
        self._book, self._sheet, self._header, self._mapping = book, sheet, header, mapping
        self._decisions = decisions or {}
        self._progress, self._stop = progress, stop
        self._today = clock.today()
        self._index = PersonIndex.of_office(reader)
        self._partners = PartnerIndex.of_office(reader)
        self._home = home_institution(reader)
        self._year_start = MonthDay(*year_start(reader))
        self._people: dict[int, PersonRecord] = {}
        self._stays: list[StayRecord] = []
        self._of_person: dict[int, list[StayRecord]] = defaultdict(list)
        self._found: dict[str, int | None] = {}
        self._lines: list[_Line] = []
        self._held = 0

    def plan(self) -> PeoplePlan:
        """Read every row, match it, compare what is found with what is stored. Raises Cancelled."""
        from partnerdesk.services.journal import recent_steps

        steps = recent_steps(self._reader, 1)
        cells = RowReader(self._sheet.rows, self._header, self._mapping, self._today)
        body: Sequence[Row] = self._sheet.rows
        for place in range(self._header.row + 1, len(body)):
            if place % _EVERY == 0:
                self._tick(place, len(body))
            row = body[place]
            if not is_blank(row):
                self._lines.append(self._line(place + 1, row, cells))
        compare_people(self._reader, [one for one in self._people.values() if one.ref > 0])
        compare_stays(self._reader, [one for one in self._stays if one.person.ref > 0])
        rows = tuple(_planned(line) for line in self._lines)
        return PeoplePlan(
            self._book, self._sheet, self._header, self._mapping, steps[0].id if steps else 0, rows, self._kinds(),
            [], [], list(self._people.values()), self._stays,
        )  # fmt: skip

    def _line(self, number: int, row: Row, cells: RowReader) -> _Line:
        line = _Line(number)
        if repeats(row, self._header):
            line.reason = Text(QT_TRANSLATE_NOOP("PartnerDesk", "This row repeats the header"))
            return line
        facts = cells.facts(row)
        draft = person_draft(facts, self._mapping)
        line.name, line.notes = draft.name, facts.notes
        line.reason = self._unusable(facts, draft, line)
        if line.reason is not None:
            return line
        stay = stay_draft(facts, self._mapping, draft.fields["kind"], self._year_start)
        self._place(line, draft)
        if line.person is None:
            line.held_stay = stay is not None and line.twin is not None
            return line
        partner = self._place_stay(line, stay) if stay is not None else None
        self._add_study(line, facts, stay, partner)
        if call := call_of(facts):
            _add_once(line.person.calls, call)
        return line

    def _unusable(self, facts: Facts, draft: PersonDraft, line: _Line) -> Text | None:
        """Why a row can be no person, None when it can; fields under no rule's grace are dropped with a note."""
        fields = draft.fields
        if not draft.name and not fields.get("local_id") and not fields.get("esi"):
            if facts.notes:
                return facts.notes[0].message
            return Text(QT_TRANSLATE_NOOP("PartnerDesk", "The row gives neither a name nor a number"))
        if draft.name and is_total(draft.name):
            return Text(QT_TRANSLATE_NOOP("PartnerDesk", "This row looks like a total"))
        if draft.name and not any(letter.isalpha() for letter in draft.name):
            return text(QT_TRANSLATE_NOOP("PartnerDesk", "“{name}” is no name of a person"), name=draft.name[:40])
        probe = Person(**{"family_name": "?", **fields})
        for problem in person_problems(probe, self._today):
            if problem.severity == "block":
                fields.pop(problem.field, None)
                line.notes.append(Note(problem.field, problem.message))
        return None

    def _place(self, line: _Line, draft: PersonDraft) -> None:
        """Find the person a row means, or make them a new one, or hold the row back as a likely duplicate."""
        fields = draft.fields
        keys = (draft.family, draft.given or fields.get("name_original", ""), draft.born, fields.get("esi", ""),
                fields.get("local_id", ""), fields.get("email", ""))
        twin = self._index.find(*keys)
        decision = self._decisions.get(line.number, "")
        if twin is not None and (twin.certain or decision == SAME_AS_TWIN):
            line.person = self._joined(twin.person_id, line, draft)
            return
        if twin is not None and decision != NEW:
            line.twin = twin
            self._held += 1
            return
        if not draft.name:
            number = fields.get("local_id") or fields.get("esi")
            sentence = QT_TRANSLATE_NOOP("PartnerDesk", "Nobody here has the number {number}, and there is no name")
            line.reason = text(sentence, number=number)
            return
        ref = -1 - len(self._people)
        while ref in self._people:
            ref -= 1
        self._index.add(ref, *keys)
        line.person = self._people[ref] = PersonRecord(ref, draft, [line.number])

    def _joined(self, ref: int, line: _Line, draft: PersonDraft) -> PersonRecord:
        """The record of a person that is known already, with what this row adds."""
        line.name = line.name or self._index.name_of(ref)
        record = self._people.get(ref)
        if record is None:
            record = self._people[ref] = PersonRecord(ref, draft, [line.number])
            return record
        sentence = QT_TRANSLATE_NOOP("PartnerDesk", "The same person as in row {row}")
        line.notes.append(Note("", text(sentence, row=record.rows[0])))
        line.notes += merged(record, draft)
        record.rows.append(line.number)
        return record

    def _place_stay(self, line: _Line, draft: StayDraft) -> int | None:
        """Add the stay of a row to its person; the partner's id, None where the stay cannot be made."""
        assert line.person is not None
        partner, line.reason = self._partner_of(draft)
        if partner is None:
            return None
        name = self._partners.known[partner].name
        line.about = " · ".join(p for p in (name, _time_words(draft.fields)) if p)
        starts, ends = draft.fields.get("planned_from"), draft.fields.get("planned_to")
        if starts and ends and ends < starts:
            line.reason = Text(QT_TRANSLATE_NOOP("PartnerDesk", "The stay ends before it begins"))
            return None
        for known in self._of_person[line.person.ref]:
            if known.is_same(partner, draft.fields):
                known.fields = {**draft.fields, **known.fields}
                known.rows.append(line.number)
                line.stay = known
                return partner
        line.stay = StayRecord(line.person, partner, name, draft.fields, [line.number])
        self._of_person[line.person.ref].append(line.stay)
        self._stays.append(line.stay)
        return partner

    def _partner_of(self, draft: StayDraft) -> tuple[int | None, Text | None]:
        """The partner that a row names, or why there is none."""
        if not (draft.written or draft.coded):
            return None, Text(QT_TRANSLATE_NOOP("PartnerDesk", "The stay names no partner"))
        for said in (draft.coded, draft.written):
            if said and (found := self._look_up(said)) is not None:
                return found, None
        if draft.coded:
            sentence = QT_TRANSLATE_NOOP("PartnerDesk", "Nobody here has the code {code}: the stay is left out")
            return None, text(sentence, code=draft.coded[:60])
        sentence = QT_TRANSLATE_NOOP("PartnerDesk", "There is no partner “{name}”: the stay is left out")
        return None, text(sentence, name=draft.written[:60])

    def _look_up(self, said: str) -> int | None:
        """The partner that has a code or name in any scheme; each spelling is looked up once."""
        if said not in self._found:
            owners = (self._partners.owner(scheme, identifiers.match_key(scheme, said)) for scheme in SCHEME_ORDER)
            found = next((owner for owner in owners if owner is not None), None)
            if found is None:
                match = self._partners.find([said], "", "", ())
                found = match.ref if match is not None and match.certain else None
            self._found[said] = found
        return self._found[said]

    def _add_study(self, line: _Line, facts: Facts, stay: StayDraft | None, partner: int | None) -> None:
        study = study_of(facts)
        if not study:
            return
        assert line.person is not None
        written = study.pop("at", "")
        at = self._home.id if self._home is not None else None
        if written:
            ours = self._home is not None and fold(written) in (fold(self._home.name), fold(self._home.short_name))
            at = at if ours else self._look_up(written)
            if at is None:
                sentence = QT_TRANSLATE_NOOP("PartnerDesk", "There is no partner “{name}”")
                line.notes.append(Note("", text(sentence, name=written[:60])))
        elif stay is not None and stay.direction == "in":
            at = partner
        _add_once(line.person.studies, {**study, "institution_id": at})

    def _kinds(self) -> dict[str, Tally]:
        kinds = {PEOPLE: Tally(), STAYS: Tally()}
        for person in self._people.values():
            kinds[PEOPLE].add(person.outcome)
        for stay in self._stays:
            kinds[STAYS].add(stay.outcome)
        kinds[PEOPLE].duplicates = self._held
        kinds[STAYS].duplicates = sum(line.held_stay for line in self._lines)
        for line in self._lines:
            if line.reason is not None:
                kinds[PEOPLE if line.person is None else STAYS].add(Outcome.REJECTED)
        return kinds

    def _tick(self, done: int, total: int) -> None:
        if self._stop is not None and self._stop():
            raise Cancelled
        if self._progress is not None:
            self._progress(done, total)


def _planned(line: _Line) -> PlannedRow:
    outcome, differences, brings = Outcome.SAME, list[Difference](), list[str]()
    order = (Outcome.NEW, Outcome.CHANGED, Outcome.SAME)
    for kind, record in (("person", line.person), ("stay", line.stay)):
        if record is not None and record.rows[0] == line.number:
            differences += record.differences
            outcome = min(outcome, record.outcome, key=order.index)
            if record.outcome is Outcome.NEW:
                brings.append(kind)
    if line.twin is not None:
        outcome = Outcome.DUPLICATE
    if line.reason is not None:
        outcome = Outcome.REJECTED
    twin = line.twin
    return PlannedRow(
        line.number, outcome, line.name, "", line.about, tuple(differences), tuple(line.notes), line.reason,
        (twin.name or str(twin.why)) if twin is not None else "", tuple(brings), max(twin.person_id, 0) if twin else 0)


def _time_words(fields: Mapping[str, Any]) -> str:
    year = fields.get("year")
    return " ".join(part for part in (str(AcademicYear(year)) if year else "", str(fields.get("term", ""))) if part)


def _add_once(known: list[dict[str, Any]], more: dict[str, Any]) -> None:
    if more not in known:
        known.append(more)
