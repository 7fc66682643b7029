"""Looks an office file over without touching it: is the file whole, do its links hold, are derived rows right."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.store import files, schema, search
from partnerdesk.store.driver import connect
from partnerdesk.store.faults import told
from partnerdesk.store.office import inspect, open_office
from partnerdesk.store.settle import renew_all
from partnerdesk.store.unit import Unit

_MOST = 20
_CHECKED = (*schema.DERIVED, *search.TABLES.values())


@dataclass(frozen=True, slots=True)
class FileState:
    """What is wrong with a file: sentences of the engine, links that lead nowhere, derived rows that differ."""

    damage: tuple[str, ...] = ()
    lost_links: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.damage or self.lost_links or self.stale)


def look_over(path: Path) -> FileState:
    """Check a file on a copy of it. Raises BadFile for what is no office, EnvironmentTrouble."""
    inspect(path)
    with told(), tempfile.TemporaryDirectory(prefix="partnerdesk-") as folder:
        copy = copied(path, Path(folder))
        damage = _integrity(copy)
        if damage:
            return FileState(damage=damage)
        lost = _links(copy)
        return FileState(lost_links=lost, stale=() if lost else stale_rows(copy))


def copied(path: Path, folder: Path) -> Path:
    """A copy of an office, made by the engine. Raises the driver's DatabaseError."""
    copy = folder / "copy.partnerdesk"
    files.copy(path, copy)
    return copy


def _integrity(copy: Path) -> tuple[str, ...]:
    connection = connect(copy)
    try:
        found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_MOST})")]
    finally:
        connection.close()
    return () if found == ["ok"] else tuple(found)


def _links(copy: Path) -> tuple[str, ...]:
    connection = connect(copy)
    try:
        rows = connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST)
    finally:
        connection.close()
    return tuple(f"{table} {row_id}: {parent}" for table, row_id, parent, _ in rows)


def stale_rows(copy: Path) -> tuple[str, ...]:
    """Derived rows ("agreement_fact 12") that are not what the records give."""
    office = open_office(copy)
    try:
        with office.write(Text(QT_TRANSLATE_NOOP("PartnerDesk", "check the office")), "") as unit:
            before = _derived(unit)
            renew_all(unit)
            after = _derived(unit)
    finally:
        office.close()
    return tuple(sorted({f"{table} {row[0]}" for table, row in before ^ after})[:_MOST])


def _derived(unit: Unit) -> set[tuple[str, tuple[object, ...]]]:
    found: set[tuple[str, tuple[object, ...]]] = set()
    for name in _CHECKED:
        if name in schema.metadata.tables:
            query = sa.select(schema.metadata.tables[name])
        else:
            query = sa.select(sa.column("rowid"), sa.column("body")).select_from(sa.table(name))
        found |= {(name, tuple(row)) for row in unit.connection.execute(query)}
    return found
