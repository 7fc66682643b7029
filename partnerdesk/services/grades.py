"""The grade tables of institutions: entered, pasted, chosen for a stay; how ties are broken is the office's setting."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from partnerdesk.domain.grades import TIES, GradeRow, GradeTable, Tie, row_problems, table_problems
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.transcripts import Transcript
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services import office
from partnerdesk.services.deeds import refuse_blocks, set_fields

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class TableFile:
    """A grade table with its grades, best first."""

    table: GradeTable
    rows: tuple[GradeRow, ...]


@dataclass(frozen=True, slots=True)
class StayTables:
    """What the grades of a stay are converted with: `chosen` by host and home, out of all of both."""

    host: TableFile | None
    home: TableFile | None
    of_host: tuple[TableFile, ...]
    of_home: tuple[TableFile, ...]
    tie: Tie


def tables_of(reader: Reader, institution_id: int | None) -> tuple[TableFile, ...]:
    """The grade tables of an institution with their grades, the newest first."""
    if institution_id is None:
        return ()
    tables = reader.find(GradeTable, institution_id=institution_id)
    rows: dict[int, list[GradeRow]] = {table.id: [] for table in tables}
    for row in reader.where(GradeRow, "table_id", rows):
        rows[row.table_id].append(row)
    files = [TableFile(t, tuple(sorted(rows[t.id], key=lambda r: (r.position, r.id)))) for t in tables]
    return tuple(sorted(files, key=lambda f: (-(f.table.last_year or 0), f.table.id)))


def tables_for(reader: Reader, stay: Stay, transcript: Transcript | None = None) -> StayTables:
    """The tables with which the grades of a stay are converted: from the receiving to the sending institution.

    The host's is the one the transcript names, else of both sides the one whose field and level come closest.
    """
    host, home = tables_of(reader, stay.receiving_id), tables_of(reader, stay.sending_id)
    named = next((f for f in host if transcript is not None and f.table.id == transcript.grade_table_id), None)
    level = stay.level_departed or stay.level_nominated
    return StayTables(named or closest(host, stay.field, level), closest(home, stay.field, level), host, home,
                      tie_of(reader))


def closest(files: Iterable[TableFile], field: str, level: str) -> TableFile | None:
    """The table whose field (ISCED-F, the longest common beginning) and level fit best; of equal ones the newest.

    A table of another field or level does not fit; one without them fits all.
    """
    fitting = [f for f in files if f.rows and field.startswith(f.table.field) and f.table.level in ("", level)]
    return max(fitting, key=lambda f: (len(f.table.field), bool(f.table.level), f.table.last_year or 0), default=None)


def tie_of(reader: Reader) -> Tie:
    """How the office breaks ties."""
    told = office.settings(reader).get("grades.tie", TIES[0])
    return cast(Tie, told) if told in TIES else TIES[0]


def add_table(table: GradeTable, rows: Sequence[GradeRow] = ()) -> Deed[int]:
    """Add a grade table to an institution; the answer is its id. Raises Refused."""

    def run(unit: Unit) -> int:
        refuse_blocks(table_problems(table, rows))
        made = unit.add(table)
        _add_rows(unit, made.id, rows)
        return made.id

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "add the grade table {name}"), name=table.name), run)


def change_table(table: GradeTable, **fields: Any) -> Deed[bool]:
    """Change what a grade table is of. Raises Refused."""

    def run(unit: Unit) -> bool:
        return set_fields(unit, GradeTable, table.id, table.version, fields, lambda one: table_problems(one, ()))

    return Deed(_changed(table), run)


def remove_table(table: GradeTable) -> Deed[None]:
    """Take a grade table away; transcripts that named it find another, grades converted with it stay."""

    def run(unit: Unit) -> None:
        for transcript in unit.find(Transcript, grade_table_id=table.id):
            unit.change(Transcript, transcript.id, None, grade_table_id=None)
        for row in unit.find(GradeRow, table_id=table.id):
            unit.remove(GradeRow, row.id)
        unit.remove(GradeTable, table.id)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "remove the grade table {name}"), name=table.name), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Removed the grade table {name}"), name=table.name))


def set_rows(table: GradeTable, rows: Sequence[GradeRow]) -> Deed[int]:
    """Put other grades into a table instead of those it has, as they are pasted; how many. Raises Refused."""

    def run(unit: Unit) -> int:
        for row in unit.find(GradeRow, table_id=table.id):
            unit.remove(GradeRow, row.id)
        return len(_add_rows(unit, table.id, rows))

    return Deed(_changed(table), run)


def add_row(table: GradeTable, row: GradeRow) -> Deed[int]:
    """Add a grade at the end of a table; the answer is its id. Raises Refused."""

    def run(unit: Unit) -> int:
        return _add_rows(unit, table.id, [row])[0]

    return Deed(_changed(table), run)


def change_row(table: GradeTable, row: GradeRow, **fields: Any) -> Deed[bool]:
    """Change a grade of a table. Raises Refused."""

    def run(unit: Unit) -> bool:
        return set_fields(unit, GradeRow, row.id, row.version, fields, row_problems)

    return Deed(_changed(table), run)


def remove_rows(table: GradeTable, rows: Sequence[GradeRow]) -> Deed[None]:
    """Take grades out of a table."""

    def run(unit: Unit) -> None:
        for row in rows:
            unit.remove(GradeRow, row.id)

    return Deed(_changed(table), run)


def _add_rows(unit: Unit, table_id: int, rows: Sequence[GradeRow]) -> list[int]:
    place = 1 + max((r.position for r in unit.find(GradeRow, table_id=table_id)), default=-1)
    made = [dataclasses.replace(r, id=0, uid="", version=1, table_id=table_id, position=place + at)
            for at, r in enumerate(rows)]
    for row in made:
        refuse_blocks(row_problems(row))
    return unit.add_many(made)


def _changed(table: GradeTable) -> Text:
    return text(QT_TRANSLATE_NOOP("PartnerDesk", "change the grade table {name}"), name=table.name)
