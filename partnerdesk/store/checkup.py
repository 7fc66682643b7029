"""Looks an office over from the pages of its file to what its journal says, and names each thing that is wrong.

Everything is looked at on a copy that the engine makes, so the office itself is neither written to nor read around
the engine. The order is that of trust: what stands on a broken page is not judged by its links.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain.findings import AREAS, Area, Finding, Remedy
from partnerdesk.domain.problems import PartnerDeskError, Severity
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.store import files, journal_check, schema, seals, search
from partnerdesk.store.codec import column_types
from partnerdesk.store.contents import damaged as damaged_contents
from partnerdesk.store.driver import DatabaseError, connect
from partnerdesk.store.faults import told
from partnerdesk.store.office import open_office
from partnerdesk.store.ranges import UNREADABLE, columns_of, quoted
from partnerdesk.store.settle import renew_all
from partnerdesk.store.unit import Unit

Progress = Callable[[int, int, Text], None]
MOST, _MOST_STALE = 200, 20
_INDEX = ("missing from index", "entries in index", "non-unique entry", "fts5", "inverted index")


@dataclass(frozen=True, slots=True)
class Sealed:
    """The seal to compare with: of the file itself, or (`exact` False) of a backup made of it earlier."""

    seal: seals.Seal
    exact: bool = True


def look(path: Path, sealed: Sealed | None = None, progress: Progress | None = None) -> list[Finding]:
    """Everything that is wrong with a file, by area; at most 200 findings of each.

    `progress(done, total, what)` may raise Cancelled. Raises BadFile for what is not there or from a newer version.
    """
    with told(), TemporaryDirectory(prefix="partnerdesk-") as folder:
        _tell(progress, 0)
        try:
            copy = Path(folder) / "copy.partnerdesk"
            files.copy(path, copy)
            with closing(connect(copy)) as connection:
                found = _on_pages(connection, sealed, _Stop(connection, progress))
        except UNREADABLE:
            return [_file(_UNREADABLE)]
        if not any(f.area in ("file", "structure", "types", "links") for f in found):
            _tell(progress, 8)
            found += _within(copy)
        return sorted(found, key=lambda f: _PLACES[f.area])


class _Stop:
    """Says how far the check is, and ends the engine's statement under way when `progress` raises."""

    def __init__(self, connection: Any, progress: Progress | None) -> None:
        self._progress, self._place = progress, 0
        self._raised: BaseException | None = None
        connection.set_progress_handler(self.look, 50_000)

    def go_on(self, place: int) -> None:
        """The next room; raises what `progress` raised."""
        self._place = place
        self.look()
        self.hear()

    def hear(self) -> None:
        """Raise what `progress` raised meanwhile."""
        if self._raised is not None:
            raise self._raised

    def look(self) -> int:
        """1 when the statement is to end."""
        if self._raised is None:
            try:
                _tell(self._progress, self._place)
            except BaseException as error:
                self._raised = error
        return int(self._raised is not None)


def _on_pages(connection: Any, sealed: Sealed | None, stop: _Stop) -> list[Finding]:
    """What the driver alone can tell, as far as the file lets it."""
    rooms: tuple[Callable[[], Iterator[Finding]], ...] = (
        partial(pages, connection), partial(structure, connection), partial(types, connection),
        partial(links, connection), partial(journal, connection),
        partial(against_seal, connection, sealed), partial(sequences, connection))
    found: list[Finding] = []
    for place, room in enumerate(rooms):
        stop.go_on(place + 1)
        try:
            found += islice(room(), MOST)
        except UNREADABLE:
            stop.hear()
            found.append(_file(_UNREADABLE))
    stop.hear()
    return [one for place, one in enumerate(found) if one not in found[:place]]


def pages(connection: Any) -> Iterator[Finding]:
    """What the engine's own check of pages and indexes finds."""
    for (said,) in connection.execute(f"PRAGMA integrity_check({MOST})"):
        words = str(said)
        if words == "ok":
            continue
        if any(mark in words.lower() for mark in _INDEX):
            yield Finding("index", "warn", text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "An index is not what it should be: {what}"), what=words), "repair")
        else:
            yield _file(QT_TRANSLATE_NOOP("PartnerDesk", "The file is damaged: {what}"), what=words)


def structure(connection: Any) -> Iterator[Finding]:
    """Tables, columns and indexes that are not as this version declares them; an older file is left to migration."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > schema.SCHEMA_VERSION:
        yield Finding("structure", "block", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "It says that it was written by a newer version of PartnerDesk.")), "salvage")
    if version != schema.SCHEMA_VERSION:
        return
    for table in schema.metadata.sorted_tables:
        declared = [(c.name, str(c.type), bool(c.primary_key)) for c in table.columns]
        there = [(str(row[1]), str(row[2]), bool(row[5])) for row in connection.execute(
            f"PRAGMA table_info({quoted(table.name)})")]
        if declared != there:
            yield Finding("structure", "block", text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "The table {table} does not have the columns it should have."), table=table.name),
                "salvage", table.name)
        missing = {str(index.name) for index in table.indexes} - {
            str(row[1]) for row in connection.execute(f"PRAGMA index_list({quoted(table.name)})")}
        for name in sorted(missing):
            yield Finding("structure", "warn", text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "The index {name} is missing."), name=name), "salvage", table.name)


def types(connection: Any) -> Iterator[Finding]:
    """Values that are not of their column's kind: numbers in text, dates and lists that cannot be read."""
    for name, kind in schema.BY_TABLE.items():
        wanted = {column: _fits(column, *of) for column, of in column_types(kind.record).items()}
        if not set(wanted) <= set(columns_of(connection, name)):
            continue
        bad = " OR ".join(f"NOT ({condition})" for condition in wanted.values())
        for (row_id,) in connection.execute(f"SELECT rowid FROM {quoted(name)} WHERE {bad}").fetchmany(MOST):
            wrong = [column for column, condition in wanted.items() if not connection.execute(
                f"SELECT {condition} FROM {quoted(name)} WHERE rowid = ?", (row_id,)).fetchone()[0]]
            said = text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "Some values cannot be read: {fields}"), fields=", ".join(wrong))
            yield _about(connection, "types", "block", said, "repair", name, row_id)


def links(connection: Any) -> Iterator[Finding]:
    """Links that lead nowhere."""
    for name, row_id, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(MOST):
        said = text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "It belongs to a record that is not there ({table})."), table=parent)
        yield _about(connection, "links", "block", said, "repair", name, row_id)


def journal(connection: Any) -> Iterator[Finding]:
    """Records that hold something else than their history says."""
    account = journal_check.account_of(connection)
    for one in journal_check.against_records(connection, account):
        said = text(_MISMATCHES[one.kind], fields=", ".join(one.fields)) if one.fields else Text(_PLAIN[one.kind])
        table, row_id = one.of if one.of is not None and _names_a_row(one.of) else (one.table, one.row_id)
        yield _about(connection, "journal", "block", said, "repair" if one.kind == "missing" else "open", table, row_id)


def against_seal(connection: Any, sealed: Sealed | None) -> Iterator[Finding]:
    """Rows that are not as they were sealed, though nobody wrote them since."""
    if sealed is None:
        return
    compare = seals.compare if sealed.exact else journal_check.since_backup
    for one in compare(sealed.seal, connection):
        yield _about(connection, "seal", "block", Text(_DIFFERENCES[one.kind]), "open", one.table, one.row_id)


def sequences(connection: Any) -> Iterator[Finding]:
    """Tables that would give an id a second time."""
    given = dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))
    for name in (*schema.BY_TABLE, "step"):
        last = connection.execute(f"SELECT max(id) FROM {quoted(name)}").fetchone()[0] or 0
        if not isinstance(given.get(name, 0), int) or given.get(name, 0) < last:
            yield Finding("file", "warn", text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "The counter of the table {table} is behind."), table=name), "salvage", name)


def _within(copy: Path) -> list[Finding]:
    """What takes the whole program to tell: attached files, and what is derived."""
    found: list[Finding] = []
    office = open_office(copy)
    try:
        with office.read() as reader:
            for digest in islice(damaged_contents(reader), MOST):
                found.append(Finding("contents", "block", text(QT_TRANSLATE_NOOP(
                    "PartnerDesk", "An attached file is damaged or missing ({digest})."), digest=digest[:12]), "open",
                    "content"))
    finally:
        office.close()
    try:
        stale = stale_rows(copy)
    except (PartnerDeskError, DatabaseError, sa.exc.DatabaseError, ValueError):
        stale = ("",)
    if stale:
        one = QT_TRANSLATE_NOOP("PartnerDesk", "1 row of the lists and the search is out of date.")
        many = QT_TRANSLATE_NOOP("PartnerDesk", "{n} rows of the lists and the search are out of date.")
        found.append(Finding("derived", "warn", counted(len(stale), one, many), "repair"))
    return found


def stale_rows(copy: Path) -> tuple[str, ...]:
    """At most 20 derived rows ("agreement_fact 12") that are not what the records of a private copy give."""
    office = open_office(copy)
    try:
        with office.write(Text(QT_TRANSLATE_NOOP("PartnerDesk", "check the office")), "") as unit:
            before = _derived(unit)
            renew_all(unit)
            after = _derived(unit)
    finally:
        office.close()
    return tuple(sorted({f"{table} {row[0]}" for table, row in before ^ after})[:_MOST_STALE])


def _derived(unit: Unit) -> set[tuple[str, tuple[object, ...]]]:
    found: set[tuple[str, tuple[object, ...]]] = set()
    for name in (*schema.DERIVED, *search.TABLES.values()):
        if name in schema.metadata.tables:
            query = sa.select(schema.metadata.tables[name])
        else:
            query = sa.select(sa.column("rowid"), sa.column("body")).select_from(sa.table(name))
        found |= {(name, tuple(row)) for row in unit.connection.execute(query)}
    return found


def _fits(column: str, kind: Any, optional: bool) -> str:
    """The SQL condition under which a stored value is readable."""
    name = quoted(column)
    by_type = {
        bool: f"{name} IS 0 OR {name} IS 1", int: f"typeof({name}) = 'integer'",
        float: f"typeof({name}) IN ('real', 'integer')", str: f"typeof({name}) = 'text'",
        tuple: f"CASE WHEN json_valid({name}) THEN json_type({name}) = 'array' ELSE 0 END"}
    day = f"typeof({name}) = 'text' AND ({name} = '' OR (length({name}) = 10 AND ifnull(date({name}) = {name}, 0)))"
    condition = by_type.get(kind, day)
    return f"{name} IS NULL OR ({condition})" if optional else f"{name} IS NOT NULL AND ({condition})"


def _about(
    connection: Any, area: Area, severity: Severity, sentence: Text, remedy: Remedy, table: str, row_id: int
) -> Finding:
    root = journal_check.root_of(connection, table, row_id) if _is_there(connection, table, row_id) else None
    root = root or _remembered_root(connection, table, row_id)
    return Finding(area, severity, sentence, remedy, table, row_id, *root)


def _names_a_row(key: tuple[Any, Any]) -> bool:
    """Whether table and id are what they should be; in a broken entry of the journal they may be anything."""
    return key[0] in schema.BY_TABLE and isinstance(key[1], int)


def _is_there(connection: Any, table: str, row_id: int) -> bool:
    return table in schema.BY_TABLE and connection.execute(
        f"SELECT 1 FROM {quoted(table)} WHERE rowid = ?", (row_id,)).fetchone() is not None


def _remembered_root(connection: Any, table: str, row_id: int) -> tuple[str, int]:
    """The record that a row which is gone belonged to, as the journal remembers."""
    row = connection.execute(
        "SELECT root, root_id FROM history WHERE entity = ? AND row_id = ? ORDER BY id DESC LIMIT 1", (table, row_id),
    ).fetchone()
    known = row is not None and isinstance(row[0], str) and isinstance(row[1], int)
    return (row[0], row[1]) if known else ("", 0)


def _file(sentence: str, **values: object) -> Finding:
    return Finding("file", "block", Text(sentence, values), "salvage")


def _tell(progress: Progress | None, place: int) -> None:
    if progress is not None:
        progress(place, 9, _CHECKING)


_PLACES = {area: place for place, area in enumerate(AREAS)}
_CHECKING = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Checking the office"))
_UNREADABLE = QT_TRANSLATE_NOOP("PartnerDesk", "Parts of the file cannot be read.")
_MISMATCHES = {
    "changed": QT_TRANSLATE_NOOP("PartnerDesk", "It holds something else than its history says: {fields}"),
    "chain": QT_TRANSLATE_NOOP("PartnerDesk", "Its history contradicts itself: {fields}"),
    "added": QT_TRANSLATE_NOOP("PartnerDesk", "Nobody entered it: {fields}"),
    "missing": QT_TRANSLATE_NOOP("PartnerDesk", "It is missing: {fields}"),
    "unreadable": QT_TRANSLATE_NOOP("PartnerDesk", "Its history cannot be read: {fields}"),
}
_PLAIN = {
    "changed": QT_TRANSLATE_NOOP("PartnerDesk", "It holds something else than its history says."),
    "chain": QT_TRANSLATE_NOOP("PartnerDesk", "Its history contradicts itself."),
    "added": QT_TRANSLATE_NOOP("PartnerDesk", "It is there although its history says nothing of it."),
    "missing": QT_TRANSLATE_NOOP("PartnerDesk", "It is missing although nobody took it out."),
    "unreadable": QT_TRANSLATE_NOOP("PartnerDesk", "Its history cannot be read."),
}
_DIFFERENCES = {
    "changed": QT_TRANSLATE_NOOP("PartnerDesk", "It is not what the backup holds, and nobody changed it since."),
    "added": QT_TRANSLATE_NOOP("PartnerDesk", "The backup does not hold it, and nobody entered it since."),
    "missing": QT_TRANSLATE_NOOP("PartnerDesk", "The backup holds it, and nobody took it out since."),
    "unreadable": QT_TRANSLATE_NOOP("PartnerDesk", "The backup holds it, and it cannot be read here."),
}
