"""All that an office holds, table by table as it is stored: read out whole, and put into a new file again."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.store import files, schema
from partnerdesk.store.driver import connect
from partnerdesk.store.faults import told
from partnerdesk.store.office import create_office, open_office
from partnerdesk.store.settle import renew_all
from partnerdesk.store.unit import Reader

AT_ONCE = 1000
_FILLING = Text(QT_TRANSLATE_NOOP("PartnerDesk", "bring an office in from a folder"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, its columns with where a link leads ("" for none), and its rows by id."""

    table: str
    columns: tuple[str, ...]
    links: dict[str, str]
    rows: Iterable[Sequence[Any]]


def sheets(reader: Reader) -> Iterator[Sheet]:
    """Every table that is not derived, owners before what belongs to them, contents of files left out."""
    for table in _tables():
        columns = tuple(column.name for column in table.columns)
        links = {key.parent.name: key.column.table.name for key in table.foreign_keys}
        yield Sheet(table.name, columns, links, _rows(reader, table))


def contents(reader: Reader) -> Iterator[tuple[str, bytes]]:
    """What is in the attached files: (SHA-256, bytes), one at a time."""
    for digest in reader.connection.execute(sa.select(schema.content.c.sha256).order_by(schema.content.c.sha256)).all():
        data = sa.select(schema.content.c.data).where(schema.content.c.sha256 == digest[0])
        yield digest[0], bytes(reader.connection.execute(data).scalar_one())


def make_office(path: Path, filled: Iterable[Sheet], attached: Iterable[tuple[str, bytes]]) -> None:
    """Make an office of sheets and contents. Whole or not at all: it gets its name when all is stored.

    Raises BadFile when the path is taken or the rows do not fit each other, EnvironmentTrouble.
    """
    files.expect_free(path)
    part = path.with_name(f".{path.name}.part")
    files.remove(part)
    create_office(part).close()
    try:
        with told(), closing(connect(part)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("PRAGMA defer_foreign_keys=1")
            for sheet in filled:
                _fill(connection, sheet)
            connection.executemany("INSERT INTO content (sha256, data) VALUES (?, ?)", attached)
            if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise _unfit()
            connection.execute("COMMIT")
        office = open_office(part)
        try:
            with office.write(_FILLING, "") as unit:
                renew_all(unit)
        finally:
            office.close()
        part.rename(path)
    except BaseException as error:
        files.remove(part)
        if isinstance(error, ValueError | KeyError):
            raise _unfit() from error
        raise


def _rows(reader: Reader, table: sa.Table) -> Iterator[Sequence[Any]]:
    result = reader.connection.execute(sa.select(table).order_by(table.c.id).execution_options(yield_per=AT_ONCE))
    yield from result


def _fill(connection: Any, sheet: Sheet) -> None:
    table = schema.metadata.tables[sheet.table]
    if table not in _tables() or set(sheet.columns) != {column.name for column in table.columns}:
        raise _unfit()
    names = ", ".join(f'"{name}"' for name in sheet.columns)
    connection.executemany(
        f'INSERT INTO "{sheet.table}" ({names}) VALUES ({", ".join("?" * len(sheet.columns))})', sheet.rows)


def _tables() -> list[sa.Table]:
    return [t for t in schema.metadata.sorted_tables if t.name not in schema.DERIVED and t is not schema.content]


def _unfit() -> BadFile:
    return BadFile(Text(QT_TRANSLATE_NOOP(
        "PartnerDesk", "The folder does not hold a whole office: its records do not fit each other.")))
