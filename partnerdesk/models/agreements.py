"""All that the pane of one agreement shows, asked for in one question, and the small tables in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import (
    RUNNING,
    Agreement,
    AgreementVersion,
    Condition,
    ConditionYear,
    Party,
    SignOff,
    State,
    completed_on,
    notice_day,
    rolled,
    span_of,
    state_of,
)
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.paper_rules import Granted, erasmus_problems, twin_problems
from partnerdesk.domain.partners import Contact, Institution, OrgUnit
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.rules import agreement_problems, condition_problems, paper_problems, version_problems
from partnerdesk.domain.words import Text
from partnerdesk.domain.years import AcademicYear, MonthDay, amendment_day
from partnerdesk.look.cells import CELL_ROLE, Cell, plain, right_aligned
from partnerdesk.services import agreements, journal, office
from partnerdesk.services.agreements import AgreementFile, agreement_file
from partnerdesk.services.gathering import gather

Index = QModelIndex | QPersistentModelIndex
SEALED = ("approved", "replaced")


@dataclass(frozen=True, slots=True)
class Dossier:
    """An agreement with everyone and everything its pane names. `year` is the academic year today."""

    file: AgreementFile
    state: State
    year: AcademicYear
    year_start: MonthDay
    institutions: Mapping[int, Institution]
    contacts: tuple[Contact, ...]
    units: tuple[OrgUnit, ...]
    relatives: Mapping[int, str]
    heirs: tuple[int, ...]
    others: tuple[Granted, ...] = ()

    @property
    def agreement(self) -> Agreement:
        """What stays the same over all versions."""
        return self.file.agreement

    def version(self, version_id: int | None) -> AgreementVersion | None:
        """A version by id."""
        return next((v for v in self.file.versions if v.id == version_id), None)

    def sign_off(self, version_id: int, party_id: int) -> SignOff | None:
        """A party's approval of a version."""
        return next((s for s in self.file.sign_offs if (s.version_id, s.party_id) == (version_id, party_id)), None)

    def side_on(self, version: AgreementVersion, side: str) -> date | None:
        """The day on which a side ("our", "partner") had approved a version."""
        return completed_on(self.file.parties, self.file.sign_offs, version.id, side)

    def span(self, version: AgreementVersion) -> tuple[date | None, date | None]:
        """First and last day of a version, the last one of the period that a self-renewing agreement is in."""
        starts, ends = span_of(version, self.year_start)
        current = self.file.current
        if current is not None and current.id == version.id:
            ends = rolled(self.file.facts, clock.today()).ends_on
        return starts, ends

    def notice_on(self, version: AgreementVersion) -> date | None:
        """The last day to give notice (R14)."""
        return notice_day(self.span(version)[1], version.notice_months)

    def problems(self, agreement: Agreement, version: AgreementVersion) -> Iterator[Problem]:
        """What the rules say of the paper and the terms shown, whose edits may still be on their way."""
        yield from agreement_problems(agreement)
        yield from version_problems(version)
        yield from paper_problems(self.file.versions, self.file.parties)

    def condition_problems(self, condition: Condition, version: AgreementVersion) -> Iterator[Problem]:
        """What the rules say of one condition (R16, R17, R20)."""
        yield from condition_problems(condition, version)
        yield from erasmus_problems(self.agreement, condition)
        current = self.file.current
        if self.state in RUNNING and current is not None and current.id == version.id:
            yield from twin_problems(self.agreement, condition, self.others)

    @property
    def amend_by(self) -> date:
        """Until when numbers can be amended for the next year that is still open (R13)."""
        year = self.year.next
        while amendment_day(year, self.year_start) < clock.today():
            year = year.next
        return amendment_day(year, self.year_start)

    @property
    def amend_year(self) -> AcademicYear:
        """The academic year that `amend_by` is about."""
        year = self.year.next
        while amendment_day(year, self.year_start) < clock.today():
            year = year.next
        return year

    def exceptions_of(self, version_id: int) -> tuple[ConditionYear, ...]:
        """The exceptions of a version's conditions."""
        ids = {c.id for c in self.file.conditions_of(version_id)}
        return tuple(e for e in self.file.exceptions if e.condition_id in ids)

    def contacts_of(self, institution_id: int) -> tuple[Contact, ...]:
        """The contacts of a party, signees first."""
        own = [c for c in self.contacts if c.institution_id == institution_id]
        return tuple(sorted(own, key=lambda c: ("signee" not in c.roles, c.family_name, c.given_names)))

    def units_of(self, institution_id: int) -> tuple[OrgUnit, ...]:
        """The units of a party by name."""
        return tuple(sorted((u for u in self.units if u.institution_id == institution_id), key=lambda u: u.name))

    def contact(self, contact_id: int | None) -> Contact | None:
        """A contact by id."""
        return next((c for c in self.contacts if c.id == contact_id), None)

    def party(self, party_id: int) -> Party | None:
        """A party by id."""
        return next((p for p in self.file.parties if p.id == party_id), None)

    @property
    def names(self) -> dict[tuple[str, int], str]:
        """What the records in it are called, for histories and comparisons."""
        named: dict[tuple[str, int], str] = {("institution", k): i.name for k, i in self.institutions.items()}
        named |= {("contact", c.id): c.full_name or c.function for c in self.contacts}
        named |= {("org_unit", u.id): u.name for u in self.units}
        named |= {("agreement", k): name for k, name in self.relatives.items()}
        named |= {("agreement_party", p.id): named.get(("institution", p.institution_id), "")
                  for p in self.file.parties}
        return named


def dossier(agreement_id: int) -> Callable[[Any], Dossier]:
    """The question for one agreement; it raises Missing."""

    def question(reader: Any) -> Dossier:
        file = agreement_file(reader, agreement_id)
        wanted = {p.institution_id for p in file.parties} | {m.id for m in file.members}
        wanted |= {i.id for i in (file.partner, file.home) if i is not None}
        written = str(office.settings(reader)["office.year_start"])
        start = MonthDay(*(int(part) for part in written.split("-")))
        heirs = reader.find(Agreement, predecessor_id=agreement_id)
        before = file.agreement.predecessor_id
        relatives = [*heirs, *reader.many(Agreement, [before] if before else []).values()]
        return Dossier(
            file, state_of(file.facts, clock.today()), AcademicYear.of(clock.today(), start=start), start,
            reader.many(Institution, wanted),
            tuple(reader.where(Contact, "institution_id", wanted)),
            tuple(reader.where(OrgUnit, "institution_id", wanted)),
            {a.id: agreements.display_name(a) for a in relatives},
            tuple(a.id for a in heirs if not a.deleted_at),
            _granted(reader, file),
        )

    return question


def _granted(reader: Any, file: AgreementFile) -> tuple[Granted, ...]:
    """The places that the partner's other agreements in effect grant."""
    if file.partner is None:
        return ()
    papers = next(gather(reader, (file.partner.id,))).papers
    return tuple(Granted(agreements.display_name(paper.agreement), paper.agreement, condition)
                 for paper in papers if paper.state in RUNNING and paper.agreement.id != file.agreement.id
                 for condition in paper.conditions)


def history(agreement_id: int) -> Callable[[Any], Any]:
    """The question for an agreement's journal."""

    def question(reader: Any) -> Any:
        return journal.agreement_history(reader, agreement_id)

    return question


def together(label: Text, deeds: Sequence[Deed[Any]], done: Text | None = None) -> Deed[None]:
    """Several deeds as one step of the journal; `done` is said when it is."""

    def run(unit: Any) -> None:
        for deed in deeds:
            deed.run(unit)

    return Deed(label, run, done)


def paste_deed(
    agreement: Agreement, version: AgreementVersion, fills: Sequence[tuple[Condition, Mapping[str, Any]]],
    rows: Sequence[Condition], label: Text,
) -> Deed[None]:
    """Fill cells of conditions and add new ones in one step."""
    deeds: list[Deed[Any]] = [agreements.change_condition(agreement, condition, **fields)
                              for condition, fields in fills]
    deeds += [agreements.add_condition(agreement, version, row) for row in rows]
    return together(label, deeds)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a small table: the record's id, its cells, a sentence and further words for the tooltip."""

    key: int
    cells: tuple[Cell, ...]
    sentence: str
    tip: str = ""


class LinesModel(QAbstractTableModel):
    """A small table made whole: versions, log, documents, history. Rows that stay are left alone."""

    def __init__(self, titles: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = tuple(titles)
        self._lines: list[Line] = []

    @property
    def lines(self) -> Sequence[Line]:
        """The rows."""
        return tuple(self._lines)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other rows; those with the same key are renewed in place."""
        wanted = [line.key for line in lines]
        kept = set(wanted)
        for at in range(len(self._lines) - 1, -1, -1):
            if self._lines[at].key not in kept:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._lines[at]
                self.endRemoveRows()
        for at, line in enumerate(lines):
            here = self.row_of(line.key)
            if here != at:
                if here >= 0:
                    self.beginRemoveRows(QModelIndex(), here, here)
                    del self._lines[here]
                    self.endRemoveRows()
                self.beginInsertRows(QModelIndex(), at, at)
                self._lines.insert(at, line)
                self.endInsertRows()
            elif self._lines[at] != line:
                self._lines[at] = line
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(self._titles) - 1))

    def row_of(self, key: int) -> int:
        """The row of a record, or -1."""
        return next((at for at, line in enumerate(self._lines) if line.key == key), -1)

    def key_at(self, row: int) -> int:
        """The record in a row, 0 for none."""
        return self._lines[row].key if 0 <= row < len(self._lines) else 0

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        cell = line.cells[index.column()]
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return plain(cell)
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.tip or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.sentence
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if right_aligned(cell) else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section] if 0 <= section < len(self._titles) else None
        return None
