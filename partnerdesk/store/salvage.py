"""Brings what can still be read of a damaged office into a new one, and says what could not.

Rows come in this order: by the tables themselves, around the pages that are broken; from pages that no longer hang
on their table; from the journal, which says of every record what it was last. What then still lacks its owner is
left out, and one step of the journal notes down every record whose history has a hole. The damaged file is only read.
"""

import json
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import clock
from partnerdesk.domain.problems import EnvironmentTrouble
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.store import carve, files, journal_check, schema, seals
from partnerdesk.store.codec import dump_row
from partnerdesk.store.driver import connect
from partnerdesk.store.faults import told
from partnerdesk.store.journal_gaps import missing_entries
from partnerdesk.store.office import create_office, open_office
from partnerdesk.store.ranges import LEAST, MOST, UNREADABLE, Gap, Row, chunks, columns_of, quoted
from partnerdesk.store.settle import renew_all
from partnerdesk.store.shapes import Shape
from partnerdesk.store.unit import Unit

Progress = Callable[[int, int, Text], None]
Key = tuple[str, int]


@dataclass(slots=True)
class Tally:
    """A tally of the rows of one table: how many were read, found on loose pages, told by the journal, and lost.

    `gaps` are the ids (first, last) that could not be read; `lost` of them are nowhere else.
    """

    table: str
    read: int = 0
    carved: int = 0
    told: int = 0
    lost: int = 0
    gaps: list[tuple[int, int]] = field(default_factory=list)

    @property
    def kept(self) -> int:
        """Rows that the new office has."""
        return self.read + self.carved + self.told


@dataclass(slots=True)
class Salvaged:
    """What a salvage brought: a tally of each table, links that were cut and rows left out, records to look at.

    `proved` are records that a flipped bit had changed and that the seal of a backup allowed to be put right;
    `doubtful` are records whose journal has a hole or says something else; they are kept as they were found.
    """

    tallies: dict[str, Tally] = field(default_factory=dict)
    cut: list[tuple[str, int, str]] = field(default_factory=list)
    left_out: list[Key] = field(default_factory=list)
    proved: list[Key] = field(default_factory=list)
    doubtful: list[Key] = field(default_factory=list)

    @property
    def kept(self) -> int:
        """Rows in the new office."""
        return sum(tally.kept for tally in self.tallies.values()) - len(self.left_out)

    @property
    def lost(self) -> int:
        """Rows known to have been there that are nowhere any more."""
        return sum(tally.lost for tally in self.tallies.values()) + len(self.left_out)


def salvage(
    source: Path, target: Path, progress: Progress | None = None, seal: seals.Seal | None = None
) -> Salvaged:
    """Make a new office at `target` of what can be read of `source`, which may be damaged in any way.

    Where record and journal differ, the `seal` of a backup can prove that the journal is right.
    `progress(done, total, what)` counts rows and then pages; it may raise Cancelled; then, and on any error, nothing
    is left at `target`. Raises BadFile when the
    target is taken, EnvironmentTrouble when the disk refuses or nothing at all can be read.
    """
    create_office(target).close()
    try:
        with told(), tempfile.TemporaryDirectory(prefix="partnerdesk-") as folder:
            copy = working_copy(source, Path(folder))
            work = _Salvage(copy, target, progress)
            work.run()
            if not work.report.kept:
                raise EnvironmentTrouble(Text(QT_TRANSLATE_NOOP(
                    "PartnerDesk", "Nothing in this file can be read as an office any more.")))
            _settle(target, work.report, progress, seal)
            return work.report
    except BaseException:
        files.remove(target)
        raise


def working_copy(source: Path, folder: Path) -> Path:
    """A copy that the engine can open, with its log folded in and its first 100 bytes mended where they are broken.

    The engine makes it; only what it cannot copy, and what has no log and so is not in use, is copied as a file.
    """
    copy = folder / "copy.partnerdesk"
    if not _copied(source, copy):
        for end in ("", "-wal"):
            part = source.with_name(source.name + end)
            if part.exists():
                shutil.copyfile(part, copy.with_name(copy.name + end))
    if not _opens(copy):
        carve.mend_header(copy, schema.APPLICATION_ID, schema.SCHEMA_VERSION)
        copy.with_name(copy.name + "-wal").unlink(missing_ok=True)
    return copy


def _copied(source: Path, copy: Path) -> bool:
    """Whether the engine could copy the file, and all of it: by a wrong page size it would take but a part."""
    try:
        files.copy(source, copy)
    except UNREADABLE:
        return False
    log = source.with_name(source.name + "-wal")
    return (log.exists() and log.stat().st_size > 0) or copy.stat().st_size >= source.stat().st_size


def _opens(copy: Path) -> bool:
    try:
        with closing(connect(copy)) as connection:
            connection.execute("PRAGMA writable_schema=ON")
            names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
            said = int(connection.execute("PRAGMA page_size").fetchone()[0])
    except UNREADABLE:
        return False
    with carve.mapped(copy) as raw:
        return "institution" in names and 2 * carve.pages_at(raw, said) >= carve.pages_at(raw, carve.page_size(raw))


class _Salvage:
    """One salvage under way: reads the copy, fills the target."""

    def __init__(self, copy: Path, target: Path, progress: Progress | None) -> None:
        self.report = Salvaged()
        self._copy, self._target, self._progress = copy, target, progress
        self._have: dict[str, set[int]] = defaultdict(set)
        self._bad: dict[Key, tuple[Any, ...]] = {}
        self._gaps: dict[str, list[Gap]] = {}
        self._shapes = {table.name: Shape(table) for table in _tables()}
        self._done = self._total = 0

    def run(self) -> None:
        """Fill the target in one transaction."""
        with closing(connect(self._target)) as target, _source(self._copy) as source:
            target.execute("PRAGMA foreign_keys=0")
            target.execute("BEGIN IMMEDIATE")
            self._total = sum(_expected(source, name) for name in self._shapes)
            for name in self._shapes:
                self._read(source, target, name)
            if any(self._gaps.values()):
                self._carve(target)
            account = journal_check.account_of(target)
            tables = _tables_by_uid(target)
            self._send_home(target, tables)
            self._tell(target, account, tables)
            tally = self.report.tallies["history"]
            tally.told += self._store(target, "history", missing_entries(target, account, self._gaps["history"]))
            self._count(account)
            _mend_steps(target)
            self._mend_links(target)
            self._mend_sequence(source, target, account)
            target.execute("COMMIT")

    def _read(self, source: Any, target: Any, name: str) -> None:
        shape, gaps = self._shapes[name], self._gaps.setdefault(name, [])
        tally = self.report.tallies[name] = Tally(name)
        try:
            there = columns_of(source, name)
        except UNREADABLE:
            there = ()
        if not there or not {"id", "sha256"} & set(there):
            gaps.append(Gap(name, LEAST, MOST))
            return
        columns = [column for column in shape.names if column in there]
        for rows in chunks(source, name, columns, gaps):
            whole = [(row[0], shape.filled(columns, row[1:])) for row in rows]
            good = [one for one in whole if shape.fits(one[1])]
            self._bad.update({(name, row_id): values for row_id, values in whole if not shape.fits(values)})
            tally.read += self._store(target, name, good)
            self._done += len(rows)
            self._say(_READING, self._done, max(self._done, self._total))
        tally.gaps = [(gap.least, gap.most) for gap in gaps]

    def _carve(self, target: Any) -> None:
        """Rows on pages that are no longer reached; the journal's own first, for it knows whose the others are."""
        found: dict[str, list[tuple[int, tuple[Any, ...]]]] = defaultdict(list)
        unsure: list[tuple[list[str], Row]] = []
        for row in carve.rows_of(self._copy, partial(self._say, _SEARCHING)):
            fitting = [name for name, shape in self._shapes.items() if shape.carved(row) is not None]
            if not any(self._missing(name, row[0]) for name in fitting):
                continue
            if len(fitting) > 1:
                unsure.append((fitting, row))
            elif (made := self._shapes[fitting[0]].carved(row)) is not None:
                found[fitting[0]].append((row[0], made))
        for name in ("step", "history"):
            self._add_carved(target, name, found.pop(name, []))
        tables = _tables_by_uid(target) if unsure else {}
        for names, row in unsure:
            name = tables.get(str(row[2]), "")
            sure = self._shapes[name].carved(row) if name in names and self._missing(name, row[0]) else None
            if sure is not None:
                found[name].append((row[0], sure))
        for name, rows in found.items():
            self._add_carved(target, name, rows)

    def _missing(self, name: str, row_id: int) -> bool:
        return row_id not in self._have[name] and any(gap.holds(row_id) for gap in self._gaps[name])

    def _add_carved(self, target: Any, name: str, rows: Sequence[tuple[int, tuple[Any, ...]]]) -> None:
        self.report.tallies[name].carved += self._store(target, name, rows)

    def _send_home(self, target: Any, tables: dict[str, str]) -> None:
        """Put rows that were read through another table, whose page lay in its tree, where the journal has them."""
        for name, shape in self._shapes.items():
            if "uid" not in shape.names:
                continue
            strays = [(row_id, uid) for row_id, uid in target.execute(f"SELECT id, uid FROM {quoted(name)}")
                      if tables.get(uid, name) != name]
            for row_id, uid in strays:
                row = target.execute(f"SELECT * FROM {quoted(name)} WHERE id = ?", (row_id,)).fetchone()
                target.execute(f"DELETE FROM {quoted(name)} WHERE id = ?", (row_id,))
                self._have[name].discard(row_id)
                self.report.tallies[name].read -= 1
                home = tables[uid]
                if len(row) == len(self._shapes[home].names) and self._shapes[home].fits(row):
                    self.report.tallies[home].read += self._store(target, home, [(row_id, tuple(row))])

    def _tell(self, target: Any, account: journal_check.Account, tables: dict[str, str]) -> None:
        """Bring back from the journal the records that it holds to be there, and values that could not be read."""
        rows: dict[str, list[tuple[int, tuple[Any, ...]]]] = defaultdict(list)
        for (name, row_id), said in account.records.items():
            row = account.row((name, row_id)) if said is not None and row_id not in self._have[name] else None
            if row is not None:
                values = tuple(row.get(column) for column in self._shapes[name].names)
                if self._shapes[name].fits(values) and values[0] == row_id:
                    rows[name].append((row_id, values))
        for name, known in rows.items():
            self.report.tallies[name].told += self._store(target, name, known)
        for (name, row_id), values in self._bad.items():
            if row_id not in self._have[name]:
                shape = self._shapes[name]
                if _home_of(shape, values, tables) != name:
                    continue
                mended = shape.mended(values)
                if mended is not None and self._store(target, name, [(row_id, mended)]):
                    self.report.tallies[name].read += 1
                    self.report.doubtful.append((name, row_id))

    def _store(self, target: Any, name: str, rows: Sequence[tuple[int, tuple[Any, ...]]]) -> int:
        """Insert rows that are not there yet; how many."""
        have = self._have[name]
        before = target.total_changes
        fresh = [row for row in dict(rows).items() if row[0] not in have]
        target.executemany(self._shapes[name].insert, (values for _, values in fresh))
        n = int(target.total_changes) - int(before)
        if n == len(fresh):
            have.update(row_id for row_id, _ in fresh)
        else:
            have.clear()
            have.update(row[0] for row in target.execute(f"SELECT rowid FROM {quoted(name)}"))
        return n

    def _count(self, account: journal_check.Account) -> None:
        """Of the ids that could not be read, those that are nowhere else and were not taken out by anybody."""
        for name, gaps in self._gaps.items():
            have = self._have[name]
            last = max(have, default=0)
            for gap in gaps:
                ids = range(max(1, gap.least), min(gap.most, last) + 1)
                self.report.tallies[name].lost += sum(
                    one not in have and account.records.get((name, one), "") is not None
                    and (name, one) not in account.forgotten for one in ids)

    def _mend_links(self, target: Any) -> None:
        """Cut links to what is gone, where a record can do without; leave out the others and what hangs on them."""
        for _ in self._shapes:
            broken = target.execute("PRAGMA foreign_key_check").fetchall()
            if not broken:
                return
            for name, row_id, _parent, number in broken:
                self._mend_link(target, name, row_id, number)

    def _mend_link(self, target: Any, name: str, row_id: int, number: int) -> None:
        column = next(row[3] for row in target.execute(f"PRAGMA foreign_key_list({quoted(name)})") if row[0] == number)
        optional = next(not row[3] for row in target.execute(f"PRAGMA table_info({quoted(name)})") if row[1] == column)
        kind = schema.BY_TABLE.get(name)
        if name == "history":
            _stand_in(target, row_id)
        elif optional and kind is not None and column not in kind.owners:
            target.execute(f"UPDATE {quoted(name)} SET {quoted(column)} = NULL WHERE id = ?", (row_id,))
            self.report.cut.append((name, row_id, column))
        else:
            target.execute(f"DELETE FROM {quoted(name)} WHERE id = ?", (row_id,))
            self.report.left_out.append((name, row_id))

    def _mend_sequence(self, source: Any, target: Any, account: journal_check.Account) -> None:
        """Ids that were given once are not given again."""
        last: dict[str, int] = defaultdict(int)
        try:
            for name, given in source.execute("SELECT name, seq FROM sqlite_sequence"):
                if isinstance(given, int) and 0 < given < MOST // 2:
                    last[name] = given
        except UNREADABLE:
            pass
        for name, row_id in (*account.records, *account.forgotten):
            last[name] = max(last[name], row_id)
        for name, given in last.items():
            target.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (given, name))

    def _say(self, what: Text, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress(done, total, what)


_READING = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Reading rows"))
_SEARCHING = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Searching loose pages"))
_SETTLING = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Making lists and search"))
_LABEL = Text(QT_TRANSLATE_NOOP("PartnerDesk", "salvage the office"))
_STAND_IN = QT_TRANSLATE_NOOP("PartnerDesk", "a step that could not be read any more")


def _tables() -> list[sa.Table]:
    """The tables of what cannot be made again, parents first."""
    return [table for table in schema.metadata.sorted_tables if table.name not in schema.DERIVED]


@contextmanager
def _source(copy: Path) -> Iterator[Any]:
    connection = connect(copy)
    try:
        connection.execute("PRAGMA writable_schema=ON")
        yield connection
    finally:
        connection.close()


def _expected(source: Any, name: str) -> int:
    """About how many rows a table holds, by its last id; 0 where it cannot tell."""
    try:
        last = source.execute(f"SELECT max(rowid) FROM {quoted(name)}").fetchone()[0]
    except UNREADABLE:
        return 0
    return last if isinstance(last, int) and 0 < last < MOST // 2 else 0


def _home_of(shape: Shape, values: Sequence[Any], tables: dict[str, str]) -> str:
    """The table that the journal has a row in, by its uid; that of the shape where it does not know."""
    return tables.get(str(values[shape.names.index("uid")]), shape.name) if "uid" in shape.names else shape.name


def _tables_by_uid(target: Any) -> dict[str, str]:
    """Of which table the record with a uid is, as the journal tells."""
    found: dict[str, str] = {}
    for entity, said in target.execute('SELECT entity, "after" FROM history WHERE "before" IS NULL'):
        try:
            found[json.loads(said)["uid"]] = entity
        except (TypeError, ValueError, KeyError):
            continue
    return found


def _stand_in(target: Any, entry: int) -> None:
    """A step for an entry of the journal whose own step is lost."""
    step = target.execute("SELECT step_id FROM history WHERE id = ?", (entry,)).fetchone()[0]
    near = target.execute("SELECT at FROM step WHERE id < ? ORDER BY id DESC LIMIT 1", (step,)).fetchone()
    at = near[0] if near else clock.now().isoformat(timespec="milliseconds")
    n = target.execute("SELECT count(*) FROM history WHERE step_id = ?", (step,)).fetchone()[0]
    target.execute(
        "INSERT OR IGNORE INTO step (id, at, who, label, label_values, kind, state, reason, rows) "
        "VALUES (?, ?, '', ?, '{}', 'do', 'dropped', '', ?)", (step, at, _STAND_IN, n))


def _mend_steps(target: Any) -> None:
    """A step of which entries are lost cannot be undone, and has as many as are left."""
    target.execute("CREATE TEMP TABLE counted AS SELECT step_id, count(*) AS n FROM history GROUP BY step_id")
    target.execute("CREATE UNIQUE INDEX temp.counted_step ON counted (step_id)")
    target.execute(
        "UPDATE step SET state = 'dropped', rows = ifnull((SELECT n FROM counted WHERE step_id = step.id), 0) "
        "WHERE rows <> ifnull((SELECT n FROM counted WHERE step_id = step.id), 0)")


def _settle(target: Path, report: Salvaged, progress: Progress | None, seal: seals.Seal | None) -> None:
    """Make what is derived, and note in one step of the journal all records whose history has a hole."""
    office = open_office(target)
    try:
        with office.write(_LABEL, "", kind="salvage") as unit:
            driver = unit.connection.connection.driver_connection
            assert driver is not None
            account = journal_check.account_of(driver)
            mismatches = list(journal_check.against_records(driver, account))
            proved = _proved(driver, account, mismatches, seal) if seal is not None else set()
            odd = {one.of for one in mismatches if one.of is not None} - proved
            report.proved = sorted(proved)
            _restate(unit, driver, sorted(odd))
            report.doubtful = sorted({*report.doubtful, *odd})
            if progress is not None:
                progress(report.kept, report.kept, _SETTLING)
            renew_all(unit)
    finally:
        office.close()


def _proved(
    driver: Any, account: journal_check.Account, mismatches: Iterable[journal_check.Mismatch], seal: seals.Seal
) -> set[Key]:
    """Records whose sealed digest is that of what the journal says, and not of what is stored: put right."""
    sealed: dict[str, dict[int, bytes]] = {}
    found: set[Key] = set()
    for one in mismatches:
        row = account.row((one.table, one.row_id)) if one.kind == "changed" else None
        sheet = seal.sheets.get(one.table)
        if row is None or sheet is None or not set(sheet.columns) <= set(row):
            continue
        known = sealed.setdefault(one.table, sheet.by_id())
        if known.get(one.row_id) == seals.digests_of([(one.row_id, *(row[name] for name in sheet.columns))]):
            fields = ", ".join(f"{quoted(name)} = ?" for name in one.fields)
            driver.execute(f"UPDATE {quoted(one.table)} SET {fields} WHERE id = ?",
                           (*(row[name] for name in one.fields), one.row_id))
            found.add((one.table, one.row_id))
    return found


def _restate(unit: Unit, driver: Any, odd: Iterable[Key]) -> None:
    entries = []
    for table, row_id in odd:
        kind = schema.BY_TABLE.get(table)
        if kind is None or not isinstance(row_id, int):
            continue
        row = unit.row(table, row_id)
        root = journal_check.root_of(driver, table, row_id) or (kind.root or table, row_id)
        said = None if row is None else dump_row(kind.record, row)
        entries.append((unit.ensure_step(), table, row_id, *root, None, said))
    if entries:
        unit.store_many(schema.history, ("step_id", "entity", "row_id", "root", "root_id", "before", "after"), entries)
        unit.rows += len(entries)
