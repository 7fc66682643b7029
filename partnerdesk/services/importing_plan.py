"""Plans an import: what becomes of each row, compared with what is there, before anything is written."""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.countries import find_country
from partnerdesk.domain.importing import (
    AGREEMENTS,
    PARTNERS,
    ColumnMapping,
    Difference,
    Note,
    Outcome,
    PlannedRow,
    Tally,
)
from partnerdesk.domain.problems import Cancelled
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.formats.books import Book, Row, Sheet
from partnerdesk.formats.headers import Header, is_blank, repeats
from partnerdesk.services.importing_cells import Facts, RowReader
from partnerdesk.services.importing_compare import (
    AgreementRecord,
    PartnerRecord,
    compare_agreements,
    compare_partner,
    same_value,
)
from partnerdesk.services.importing_drafts import (
    AgreementDraft,
    PartnerDraft,
    agreement_draft,
    ends_first,
    field_notes,
    has_agreement,
    partner_draft,
)
from partnerdesk.services.importing_stored import stored_partners
from partnerdesk.services.matching import PartnerIndex

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]

_EVERY = 500
_TOTALS = frozenset(["total", "totals", "sum", "gesamt", "summe", "insgesamt", "somme", "suma", "razem", "totale"])
_LONGEST_TOTAL = 30
_SUMS = frozenset([*_TOTALS, "gesamtsumme", "gesamtzahl", "sume", "ogolem", "totaux", "subtotal", "zwischensumme"])
_BETWEEN_NAMES = re.compile(r"\s+/\s+|\s*[;|\r\n]+\s*")
NEW, SAME_AS_TWIN = "new", "same"


@dataclass(slots=True)
class _Line:
    """One row on its way into the plan."""

    number: int
    partner: PartnerRecord | None = None
    agreement: AgreementRecord | None = None
    name: str = ""
    country: str = ""
    notes: list[Note] = field(default_factory=list)
    reason: Text | None = None
    twin: str = ""
    held_agreement: bool = False


@dataclass(slots=True)
class Plan:
    """What an import will do: shown as the preview, committed as it is.

    `basis` is the last step of the journal it was planned on; another one since then voids it.
    """

    book: Book
    sheet: Sheet
    header: Header
    mapping: ColumnMapping
    basis: int
    rows: tuple[PlannedRow, ...]
    kinds: dict[str, Tally]
    partners: list[PartnerRecord]
    agreements: list[AgreementRecord]

    @property
    def changes_something(self) -> bool:
        """Whether a commit would write anything."""
        return any(tally.new or tally.changed for tally in self.kinds.values())

    @property
    def notes(self) -> tuple[tuple[int, Note], ...]:
        """All notes with the numbers of their rows, for the list of data quality."""
        return tuple((row.number, note) for row in self.rows for note in row.notes)

    def count(self, outcome: Outcome) -> int:
        """How many records of all kinds go that way."""
        return sum(getattr(tally, outcome.value) for tally in self.kinds.values())

    def as_json(self) -> dict[str, Any]:
        """The totals and the same five numbers per kind."""
        totals = {outcome.value: self.count(outcome) for outcome in Outcome}
        return {**totals, "kinds": {kind: tally.as_dict() for kind, tally in self.kinds.items()}}


class Planner:
    """Makes the plan of one sheet. Decisions on likely duplicates: row number -> "new" or "same"."""

    def __init__(
        self,
        reader: Reader,
        book: Book,
        sheet: Sheet,
        header: Header,
        mapping: ColumnMapping,
        decisions: Mapping[int, str] | None = None,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> None:
        self._reader = reader
        self._book, self._sheet, self._header, self._mapping = book, sheet, header, mapping
        self._decisions = decisions or {}
        self._progress, self._stop = progress, stop
        self._index = PartnerIndex.of_office(reader)
        self._partners: dict[int, PartnerRecord] = {}
        self._agreements: list[AgreementRecord] = []
        self._by_identity: dict[tuple[Any, ...], list[AgreementRecord]] = defaultdict(list)
        self._lines: list[_Line] = []
        self._held: dict[str, int] = {}
        self._section: str | None = None
        self._placeless = "partner.country" not in mapping.targets
        self._naming = next(
            (c.index for c, key in zip(header.columns, mapping.targets, strict=True) if key == "partner.name"), -1
        )

    def plan(self) -> Plan:
        """Read every row, match it, compare what is found with what is stored. Raises Cancelled."""
        from partnerdesk.services.journal import recent_steps

        steps = recent_steps(self._reader, 1)
        cells = RowReader(self._sheet.rows, self._header, self._mapping, clock.today())
        body: Sequence[Row] = self._sheet.rows
        for place in range(self._header.row + 1, len(body)):
            if place % _EVERY == 0:
                self._tick(place, len(body))
            row = body[place]
            if not is_blank(row):
                self._lines.append(self._line(place + 1, row, cells))
        self._compare()
        rows = tuple(_planned(line) for line in self._lines)
        return Plan(
            self._book, self._sheet, self._header, self._mapping, steps[0].id if steps else 0, rows, self._kinds(),
            list(self._partners.values()), self._agreements,
        )  # fmt: skip

    def _line(self, number: int, row: Row, cells: RowReader) -> _Line:
        line = _Line(number)
        if repeats(row, self._header):
            line.reason = Text(QT_TRANSLATE_NOOP("PartnerDesk", "This row repeats the header"))
            return line
        if self._placeless and (section := _section(row)):
            self._section = section
            line.reason = Text(QT_TRANSLATE_NOOP("PartnerDesk", "This row names the country of the rows below it"))
            return line
        facts = cells.facts(row)
        if self._section:
            facts.values["partner.country"] = self._section
        draft = partner_draft(facts)
        line.name, line.country, line.notes = draft.name, draft.fields.get("country", ""), facts.notes
        line.reason = _unusable(facts, draft, self._named(row))
        if line.reason is None:
            self._place(line, draft, facts)
        if line.partner is not None and has_agreement(facts):
            self._add_agreement(line, facts, draft)
        elif line.twin:
            line.held_agreement = has_agreement(facts)
        if facts.unread and line.partner is not None:
            _keep_unread(line, facts.unread)
        return line

    def _named(self, row: Row) -> str:
        """The cell of the partner's name as the file holds it."""
        cell = row[self._naming] if 0 <= self._naming < len(row) else None
        return cell if isinstance(cell, str) else ""

    def _place(self, line: _Line, draft: PartnerDraft, facts: Facts) -> None:
        """Find the partner a row means, or make it a new one, or hold it back as a likely duplicate."""
        names = [name for name in (draft.name, draft.fields.get("name_original", ""), *draft.aliases) if name]
        city = draft.fields.get("city", "")
        match = self._index.find(names, line.country, city, draft.codes)
        decision = self._decisions.get(line.number, "")
        if match is not None and (match.certain or decision == SAME_AS_TWIN):
            line.partner = self._joined(match.ref, line, draft)
            return
        if match is not None and decision != NEW:
            line.twin = self._index.known[match.ref].name
            self._held.setdefault("|".join((fold(draft.name), line.country, fold(city))), line.number)
            return
        if not draft.name:
            sentence = QT_TRANSLATE_NOOP("PartnerDesk", "Nobody here has the code {code}, and the row gives no name")
            line.reason = text(sentence, code=draft.codes[0][1])
            return
        ref = -1 - len(self._partners)
        while ref in self._partners:
            ref -= 1
        self._index.add(ref, names, line.country, city, draft.codes)
        self._partners[ref] = PartnerRecord(ref, draft, [line.number])
        line.partner = self._partners[ref]

    def _joined(self, ref: int, line: _Line, draft: PartnerDraft) -> PartnerRecord:
        """The record of a partner that is known already, with what this row adds."""
        line.name = line.name or self._index.known[ref].name
        self._index.claim(ref, draft.codes)
        record = self._partners.get(ref)
        if record is None:
            record = self._partners[ref] = PartnerRecord(ref, draft, [line.number])
            return record
        record.rows.append(line.number)
        line.notes += _absorb(record, draft)
        return record

    def _add_agreement(self, line: _Line, facts: Facts, partner: PartnerDraft) -> None:
        assert line.partner is not None
        draft = agreement_draft(facts, self._mapping, partner)
        if ends_first(draft.terms):
            line.reason = Text(QT_TRANSLATE_NOOP("PartnerDesk", "The agreement ends before it begins"))
            return
        line.notes += field_notes(draft)
        key = line.partner.ref, draft.uid or draft.identity
        for known in self._by_identity[key]:
            if draft.uid or (
                known.draft.period == draft.period and known.draft.concluded_on == draft.concluded_on
            ):
                known.rows.append(line.number)
                known.draft.conditions += [c for c in draft.conditions if c not in known.draft.conditions]
                line.agreement = known
                return
        record = AgreementRecord(line.partner, draft, [line.number])
        self._by_identity[key].append(record)
        self._agreements.append(record)
        line.agreement = record

    def _compare(self) -> None:
        """Set each record beside what is stored of it."""
        stored = stored_partners(self._reader, [ref for ref in self._partners if ref > 0])
        by_partner: dict[int, list[AgreementRecord]] = defaultdict(list)
        for agreement in self._agreements:
            by_partner[agreement.partner.ref].append(agreement)
        for ref, record in self._partners.items():
            if ref > 0:
                compare_partner(record, stored[ref], self._index)
                compare_agreements(by_partner[ref], stored[ref])

    def _kinds(self) -> dict[str, Tally]:
        kinds = {PARTNERS: Tally(), AGREEMENTS: Tally()}
        for partner in self._partners.values():
            kinds[PARTNERS].add(partner.outcome)
        for agreement in self._agreements:
            kinds[AGREEMENTS].add(agreement.outcome)
        kinds[PARTNERS].duplicates = len(self._held)
        kinds[AGREEMENTS].duplicates = sum(line.held_agreement for line in self._lines)
        for line in self._lines:
            if line.reason is not None:
                kinds[PARTNERS if line.partner is None else AGREEMENTS].add(Outcome.REJECTED)
        return kinds

    def _tick(self, done: int, total: int) -> None:
        if self._stop is not None and self._stop():
            raise Cancelled
        if self._progress is not None:
            self._progress(done, total)


def _unusable(facts: Facts, draft: PartnerDraft, written: str) -> Text | None:
    """Why a row can be no partner, None when it can; `written` is the cell of its name as the file holds it."""
    name = draft.name
    if not name and not draft.codes:
        if facts.notes:
            return facts.notes[0].message
        return Text(QT_TRANSLATE_NOOP("PartnerDesk", "The row gives neither a name nor a code"))
    if is_total(name or draft.codes[0][1]):
        return Text(QT_TRANSLATE_NOOP("PartnerDesk", "This row looks like a total"))
    if _names_several(draft, written):
        return Text(QT_TRANSLATE_NOOP("PartnerDesk", "The row names several partners: give each a row of its own"))
    if name and not name[0].isalpha() and not any(letter.isalpha() for letter in name):
        return text(QT_TRANSLATE_NOOP("PartnerDesk", "“{name}” is no name of a partner"), name=name[:40])
    return None


def is_total(said: str) -> bool:
    """Whether a cell heads a sum: "Total", "Suma:", "Grand total", "Total: 12 partners"."""
    words = fold(said).split() if len(said) < _LONGEST_TOTAL else []
    if _SUMS.isdisjoint(words) and not any(map(str.isdecimal, words)):
        return False
    rest = [word for word in words if word not in _SUMS and not word.isdecimal()]
    return len(rest) < len(words) and (not rest or rest == ["grand"] or said.rstrip().endswith(":") or ":" in said)


def _names_several(draft: PartnerDraft, written: str) -> bool:
    """Whether a row holds as many Erasmus codes as names, and more than one."""
    if len(draft.codes) < 2:
        return False
    codes = sum(scheme == "erasmus" for scheme, _, _ in draft.codes)
    return codes > 1 and len(_BETWEEN_NAMES.split(written.strip())) == codes


def _section(row: Row) -> str | None:
    """The country that heads a group of rows: the one cell of its row that holds anything."""
    filled = [cell for cell in row if cell is not None and str(cell).strip()]
    return find_country(filled[0]) if len(filled) == 1 and isinstance(filled[0], str) and len(filled[0]) > 3 else None


def _absorb(record: PartnerRecord, draft: PartnerDraft) -> list[Note]:
    """Add what another row says of the same partner; where it contradicts, the first row stands."""
    notes: list[Note] = []
    kept = record.draft.fields
    for name, value in draft.fields.items():
        if name not in kept:
            kept[name] = value
        elif name == "tags":
            kept[name] = tuple(dict.fromkeys((*kept[name], *value)))
        elif name == "remark":
            kept[name] = kept[name] if value in kept[name] else f"{kept[name]}\n{value}"
        elif not same_value(name, kept[name], value):
            sentence = QT_TRANSLATE_NOOP("PartnerDesk", "Row {row} says “{first}” for the same partner; that is kept")
            notes.append(Note(name, text(sentence, row=record.rows[0], first=str(kept[name])[:60])))
    marks = {contact.mark for contact in record.draft.contacts}
    record.draft = dataclasses.replace(
        record.draft,
        codes=tuple(dict.fromkeys((*record.draft.codes, *draft.codes))),
        aliases=tuple(dict.fromkeys((*record.draft.aliases, *draft.aliases))),
        units=tuple(dict.fromkeys((*record.draft.units, *draft.units))),
        contacts=(*record.draft.contacts, *(one for one in draft.contacts if one.mark not in marks)),
        responsible=record.draft.responsible or draft.responsible,
    )
    return notes


def _keep_unread(line: _Line, unread: list[str]) -> None:
    """Cells that could not be read stay in the remark, so that nothing of the file is lost."""
    assert line.partner is not None
    stays: dict[str, Any] = line.agreement.draft.stays if line.agreement else line.partner.draft.fields
    lines = [one for one in unread if one not in stays.get("remark", "")]
    if lines:
        stays["remark"] = "\n".join(part for part in (stays.get("remark", ""), *lines) if part)


def _planned(line: _Line) -> PlannedRow:
    outcome, differences, brings = Outcome.SAME, list[Difference](), list[str]()
    for kind, record in (("partner", line.partner), ("agreement", line.agreement)):
        if record is not None and record.rows[0] == line.number:
            differences += record.differences
            outcome = _leading(outcome, record.outcome)
            if record.outcome is Outcome.NEW:
                brings.append(kind)
    if line.agreement is not None and line.agreement.outcome is Outcome.NEW:
        outcome = Outcome.NEW
    if line.twin:
        outcome = Outcome.DUPLICATE
    if line.reason is not None:
        outcome = Outcome.REJECTED
    name = line.name or (line.partner.draft.name if line.partner else "")
    about = _about(line.agreement.draft) if line.agreement else ""
    return PlannedRow(
        line.number, outcome, name, line.country, about, tuple(differences), tuple(line.notes), line.reason, line.twin,
        tuple(brings),
    )


def _leading(one: Outcome, other: Outcome) -> Outcome:
    order = (Outcome.NEW, Outcome.CHANGED, Outcome.SAME)
    return min(one, other, key=order.index)


def _about(draft: AgreementDraft) -> str:
    """An agreement in a few words for the preview: number or title, fields, our unit."""
    fields = [code for condition in draft.conditions for code in condition.get("fields", ())]
    name = draft.stays.get("our_code", "") or draft.stays.get("title", "")
    parts = [name, ", ".join(dict.fromkeys(fields)), draft.own_unit, draft.partner_unit]
    return " · ".join(part for part in parts if part)
