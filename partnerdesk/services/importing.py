"""Bringing a spreadsheet into an office: read, map, plan, commit; one call for the command line."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.collector import paused
from partnerdesk.domain.importing import DIRECTION, PEOPLE, STAY_DIRECTION, ColumnMapping, Outcome
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.problems import BadFile, Problem, Refused
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.formats.books import Book, Cell, Sheet, book_from_text, read_book
from partnerdesk.formats.headers import Header, find_header
from partnerdesk.formats.writing import write_table
from partnerdesk.services.importing_commit import Committer
from partnerdesk.services.importing_plan import Plan, Planner, Progress, Stop
from partnerdesk.services.mapping import mapping_for

if TYPE_CHECKING:
    from partnerdesk.store.office import Office
    from partnerdesk.store.unit import Reader, Unit

__all__ = [
    "ImportResult", "Plan", "Progress", "Start", "Stop", "import_deed", "import_file", "make_plan", "reject_rows",
    "save_rejects", "start_from_file", "start_from_text",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Start:
    """What an import begins with: the file as it was read, and what was found in it."""

    book: Book
    sheet: Sheet
    header: Header
    mapping: ColumnMapping


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of an import from the command line."""

    plan: Plan
    committed: bool

    def as_json(self) -> dict[str, Any]:
        """Totals and kinds, see Plan.as_json."""
        return self.plan.as_json()

    def sentence(self) -> str:
        """The outcome for people, a line per kind, and what needs a look."""
        said = [
            str(text(_COUNTED, kind=kind, **tally.as_dict()))
            for kind, tally in self.plan.kinds.items()
            if any(tally.as_dict().values())
        ]
        said += [str(text(_REJECTED, row=row.number, reason=row.reason)) for row in _rejected(self.plan)[:_SHOWN]]
        if notes := len(self.plan.notes):
            said.append(str(counted(notes, *_NOTED)))
        names = zip(self.plan.mapping.names, self.plan.mapping.targets, strict=True)
        if unused := [name for name, target in names if not target]:
            said.append(str(text(_UNUSED, columns=", ".join(unused))))
        if not self.committed:
            said.append(str(Text(_NOTHING_WRITTEN)))
        return "\n".join(said)


_SHOWN = 20
_COUNTED = QT_TRANSLATE_NOOP(
    "PartnerDesk",
    "{kind}: {new} new, {changed} changed, {same} the same, {rejected} rejected, {duplicates} likely duplicates",
)
_REJECTED = QT_TRANSLATE_NOOP("PartnerDesk", "Row {row} was rejected: {reason}")
_NOTED = (QT_TRANSLATE_NOOP("PartnerDesk", "1 cell needs a look; it is listed under data quality"),
          QT_TRANSLATE_NOOP("PartnerDesk", "{n} cells need a look; they are listed under data quality"))
_UNUSED = QT_TRANSLATE_NOOP("PartnerDesk", "Columns that were not used: {columns}")
_NOTHING_WRITTEN = QT_TRANSLATE_NOOP("PartnerDesk", "Nothing was written")


def start_from_file(
    reader: Reader | None, path: Path, *, sheet: str | None = None, encoding: str | None = None,
    delimiter: str | None = None,
) -> Start:  # fmt: skip
    """Read a file, find its table and its header, and map its columns. Raises BadFile."""
    with paused():
        return _start(reader, read_book(path, encoding=encoding, delimiter=delimiter), sheet)


def start_from_text(reader: Reader | None, pasted: str) -> Start:
    """The same for rows copied from a spreadsheet. Raises BadFile."""
    return _start(reader, book_from_text(pasted), None)


def make_plan(
    reader: Reader,
    start: Start,
    decisions: Mapping[int, str] | None = None,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> Plan:
    """What committing would do, row by row. Raises Refused when no column names a partner, Cancelled.

    `decisions` settle likely duplicates by row number: "same" joins the twin, "new" makes a partner.
    `progress` hears rows done and rows in all; `stop` answers whether the user has had enough.
    """
    _expect_names(start.mapping)
    with paused():
        if start.mapping.kind == PEOPLE:
            from partnerdesk.services.importing_people import PeoplePlanner

            return PeoplePlanner(
                reader, start.book, start.sheet, start.header, start.mapping, decisions, progress, stop).plan()
        planner = Planner(reader, start.book, start.sheet, start.header, start.mapping, decisions, progress, stop)
        return planner.plan()


def import_deed(plan: Plan, stop: Stop | None = None) -> Deed[None]:
    """Commit a plan as one step. Its run raises Refused when the office changed since, Cancelled."""

    def run(unit: Unit) -> None:
        if plan.changes_something:
            with paused():
                _committer(unit, plan, stop).commit()

    name = plan.book.path.name
    label = text(QT_TRANSLATE_NOOP("PartnerDesk", "import {file}"), file=name)
    if not name:
        label = Text(QT_TRANSLATE_NOOP("PartnerDesk", "paste rows"))
    return Deed(label, run, kind="import")


def reject_rows(plan: Plan) -> tuple[list[str], list[list[Cell]]]:
    """Rejected rows, likely duplicates and rows with unread cells: header and cells, reasons in front."""
    columns = [str(Text(_ROW)), str(Text(_RESULT)), str(Text(_REASON)), *plan.header.names]
    rows: list[list[Cell]] = []
    for row in plan.rows:
        reason = _why(row)
        if reason:
            cells = plan.sheet.rows[row.number - 1]
            own = [cells[c.index] if c.index < len(cells) else None for c in plan.header.columns]
            rows.append([row.number, str(Text(_RESULTS[row.outcome])), reason, *own])
    return columns, rows


def save_rejects(plan: Plan, path: Path) -> int:
    """Write what `reject_rows` gives to a .csv, .xlsx or .json; the number of rows."""
    columns, rows = reject_rows(plan)
    return write_table(path, columns, rows, "Rejects")


def import_file(
    file: Path,
    office_path: Path,
    *,
    dry_run: bool = False,
    sheet: str | None = None,
    direction: str | None = None,
    rejects: Path | None = None,
    who: str = "command line",
) -> ImportResult:
    """Import a file into an office file, which is made when there is none. Raises BadFile, Refused.

    A dry run changes nothing; a file that cannot be read leaves no new office behind.
    """
    from partnerdesk.services.backups import back_up_before
    from partnerdesk.services.office import do

    started = start_from_file(None, file, sheet=sheet)
    with _opened(office_path, dry_run) as office:
        with office.read() as reader:
            mapping = mapping_for(reader, started.sheet, started.header)
            if direction:
                mapping = mapping.with_constant(DIRECTION, direction).with_constant(STAY_DIRECTION, direction)
            plan = make_plan(reader, Start(started.book, started.sheet, started.header, mapping))
        if not dry_run and plan.changes_something:
            untold = back_up_before(office, "import", who)
            if untold is not None:
                logging.getLogger("partnerdesk").warning("%s", untold)
            do(office, import_deed(plan), who)
    if rejects is not None:
        save_rejects(plan, rejects)
    return ImportResult(plan, not dry_run)


@contextmanager
def _opened(path: Path, dry_run: bool) -> Iterator[Office]:
    """The office at `path`, a new one there, or for a dry run one that is thrown away."""
    import tempfile

    from partnerdesk.services.office import create_file, open_file

    if path.exists():
        office = open_file(path, read_only=dry_run)
        try:
            yield office
        finally:
            office.close()
        return
    with tempfile.TemporaryDirectory() as folder:
        office = create_file(Path(folder) / "new.partnerdesk" if dry_run else path)
        try:
            yield office
        except BaseException:
            office.close()
            if not dry_run:
                path.unlink(missing_ok=True)
            raise
        finally:
            office.close()


def _start(reader: Reader | None, book: Book, sheet_name: str | None) -> Start:
    sheet = book.first
    if sheet_name is not None:
        named = [one for one in book.sheets if one.name == sheet_name]
        if not named or named[0].is_empty:
            sentence = QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” has no sheet “{sheet}” with anything in it.")
            raise BadFile(text(sentence, file=book.path.name, sheet=sheet_name))
        sheet = named[0]
    header = find_header(sheet)
    return Start(book, sheet, header, mapping_for(reader, sheet, header))


def _committer(unit: Unit, plan: Plan, stop: Stop | None) -> Committer:
    from partnerdesk.services.importing_people import PeoplePlan
    from partnerdesk.services.importing_people_commit import PeopleCommitter

    return PeopleCommitter(unit, plan, stop) if isinstance(plan, PeoplePlan) else Committer(unit, plan, stop)


def _expect_names(mapping: ColumnMapping) -> None:
    if mapping.kind == PEOPLE:
        if not _WHO & set(mapping.targets):
            sentence = QT_TRANSLATE_NOOP("PartnerDesk", "No column gives the name or the number of a person.")
            fix = QT_TRANSLATE_NOOP("PartnerDesk", "Say in the mapping which column does")
            raise Refused(Problem("F02", "block", "mapping", Text(sentence), Text(fix)))
        return
    if not any(key == "partner.name" or key.startswith("code.") for key in mapping.targets):
        sentence = QT_TRANSLATE_NOOP("PartnerDesk", "No column of the file gives the name or the code of a partner.")
        fix = QT_TRANSLATE_NOOP("PartnerDesk", "Say in the mapping which column does")
        raise Refused(Problem("F02", "block", "mapping", Text(sentence), Text(fix)))


def _rejected(plan: Plan) -> list[Any]:
    return [row for row in plan.rows if row.outcome is Outcome.REJECTED]


def _why(row: Any) -> str:
    if row.reason is not None:
        return str(row.reason)
    if row.twin:
        return str(text(QT_TRANSLATE_NOOP("PartnerDesk", "It may be the same as {name}"), name=row.twin))
    return "; ".join(f"{note.column}: {note.message}" if note.column else str(note.message) for note in row.notes)


_WHO = {"person.family_name", "person.given_names", "person.full_name", "person.local_id", "person.esi"}
_ROW = QT_TRANSLATE_NOOP("PartnerDesk", "Row")
_RESULT = QT_TRANSLATE_NOOP("PartnerDesk", "Result")
_REASON = QT_TRANSLATE_NOOP("PartnerDesk", "Reason")
_RESULTS = {
    Outcome.NEW: QT_TRANSLATE_NOOP("PartnerDesk", "new"),
    Outcome.CHANGED: QT_TRANSLATE_NOOP("PartnerDesk", "changed"),
    Outcome.SAME: QT_TRANSLATE_NOOP("PartnerDesk", "the same"),
    Outcome.REJECTED: QT_TRANSLATE_NOOP("PartnerDesk", "rejected"),
    Outcome.DUPLICATE: QT_TRANSLATE_NOOP("PartnerDesk", "likely duplicate"),
}
