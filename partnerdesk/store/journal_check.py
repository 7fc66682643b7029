"""Checks the records of the live file against the journal: what each must hold now, and which holds something else.

A seal cannot be kept of a file that changes with every save. The journal can stand in for it: it was written in the
same transactions, on other pages, and says of every record how it came, each field that changed since, and the
version it has. Told from its first entry on, it gives each record's content a second time, and its own chain (what
an entry found must be what the one before left) a third. A flipped bit in a record or in the journal sets the two
at odds.

What the journal cannot prove is who did a step, when and why; for these, and for all that was not written since,
`since_backup` compares with the seal of the newest backup.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from partnerdesk.store import seals
from partnerdesk.store.codec import dump_row, fill_row
from partnerdesk.store.ranges import UNREADABLE, Gap, chunks, columns_of, quoted
from partnerdesk.store.schema import BY_TABLE, Kind

Key = tuple[str, int]
Told = str | dict[str, Any] | None
Tick = Callable[[int], None]

RESTATING = ("salvage",)
"""Kinds of steps whose entries say what a record holds whatever was there before."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Where journal and records disagree: of which row, how ("changed", "missing", "added", "unreadable", "chain"),
    in which fields; `table` may be the journal's own, history or step.
    """

    table: str
    row_id: int
    kind: str
    fields: tuple[str, ...] = ()
    of: Key | None = None


@dataclass(slots=True)
class Account:
    """What the journal tells: the state of each record that ever was, as JSON, as values or None where it is gone."""

    records: dict[Key, Told] = field(default_factory=dict)
    mismatches: list[Mismatch] = field(default_factory=list)
    forgotten: set[Key] = field(default_factory=set)

    def row(self, key: Key) -> dict[str, Any] | None:
        """The whole row a record must be stored as now; None when it must not be there or is not known."""
        told = self.records.get(key)
        return _values(key, told) if told is not None else None


def account_of(connection: Any, tick: Tick | None = None, gaps: list[Gap] | None = None) -> Account:
    """Read the whole journal; `tick(n)` hears of rows read and may raise to stop."""
    restating = {row[0] for row in _safe(connection, f"SELECT id FROM step WHERE kind IN {_list(RESTATING)}")}
    teller = _Teller(restating)
    steps: Counter[int] = Counter()
    columns = ("id", "step_id", "entity", "row_id", "root", "root_id", "before", "after")
    for rows in chunks(connection, "history", columns, [] if gaps is None else gaps):
        for row in rows:
            steps[row[2]] += 1
            teller.hear(*row[1:])
        if tick is not None:
            tick(len(rows))
    for step_id, said in _safe(connection, "SELECT id, rows FROM step"):
        if steps[step_id] != said:
            teller.account.mismatches.append(Mismatch("step", step_id, "chain", ("rows",)))
    return teller.account


def against_records(connection: Any, account: Account, tick: Tick | None = None) -> Iterator[Mismatch]:
    """Every record that is not stored as the journal tells, and what is at odds within the journal."""
    yield from account.mismatches
    for table, kind in BY_TABLE.items():
        yield from _table(connection, table, kind, account, tick)


def since_backup(
    seal: seals.Seal, connection: Any, progress: seals.Progress | None = None
) -> Iterator[seals.Difference]:
    """What differs from the seal of a backup although no step wrote it since.

    Nothing when the backup is of another line of the office's life: steps it holds are not in the journal.
    """
    if _another_line(connection, seal):
        return
    written = set(connection.execute("SELECT entity, row_id FROM history WHERE id > ?", (seal.last_history,)))
    purged = connection.execute(
        "SELECT 1 FROM step WHERE kind = 'purge' AND id > ? LIMIT 1", (seal.last_step,)).fetchone() is not None
    names = [name for name in seal.sheets if name not in ("step", "sqlite_sequence")]
    for one in seals.compare(seal, connection, progress, names):
        if not _explained(connection, one, seal, written, purged):
            yield one


def root_of(connection: Any, table: str, row_id: int) -> Key | None:
    """The record that a row belongs to ("partner", 3), where the way to it is whole."""
    kind = BY_TABLE.get(table)
    for _ in BY_TABLE:
        if kind is None:
            return None
        if kind.root:
            return kind.root, row_id
        owners = ", ".join(kind.owners)
        found = _safe(connection, f"SELECT {owners} FROM {kind.table.name} WHERE id = {row_id}")
        led = next(((n, v) for n, v in zip(kind.owners, found[0], strict=True) if isinstance(v, int)), None) \
            if found else None
        if led is None:
            return None
        kind, row_id = BY_TABLE.get(kind.links[led[0]]), led[1]
    return None


def _explained(connection: Any, one: seals.Difference, seal: seals.Seal, written: set[Key], purged: bool) -> bool:
    if one.table == "history":
        if one.kind == "added":
            return one.row_id > seal.last_history
        return one.kind == "changed" and purged and bool(_safe(connection, (
            f'SELECT 1 FROM history WHERE id = {one.row_id} AND "before" IS NULL AND "after" IS NULL')))
    if one.table == "step":
        return one.kind == "added" and one.row_id > seal.last_step
    if one.table == "content":
        return one.kind in ("added", "missing")
    return (one.table, one.row_id) in written


def _another_line(connection: Any, seal: seals.Seal) -> bool:
    """Whether the last steps and entries of the backup are all others than those of the file."""
    journal = [seal.sheets[name] for name in (seals.FIXED_STEP, "history") if name in seal.sheets]
    return any(len(sheet) for sheet in journal) and not any(_alike(connection, sheet) for sheet in journal)


def _alike(connection: Any, sealed: seals.Sheet) -> bool:
    """Whether one of the last three rows of a sheet is still as it was sealed."""
    if not set(sealed.columns) <= set(columns_of(connection, sealed.table)):
        return False
    by_id = sealed.by_id()
    last = sorted(by_id)[-3:]
    wanted = ", ".join(("rowid", *map(quoted, sealed.columns)))
    ids = ", ".join(map(str, last))
    rows = _safe(connection, f"SELECT {wanted} FROM {quoted(sealed.table)} WHERE rowid IN ({ids})")
    return any(by_id[row[0]] == seals.digests_of([row]) for row in rows)


class _Teller:
    """Hears the journal's entries in their order and keeps what each record is by then."""

    def __init__(self, restating: set[int]) -> None:
        self.account = Account()
        self._restating = restating
        self._odd: set[Key] = set()

    def hear(self, entry: int, step: int, table: Any, row_id: Any, root: Any, root_id: Any, before: Any,
             after: Any) -> None:
        """One entry of the journal."""
        key = (table, row_id)
        kind = BY_TABLE.get(table)
        if kind is None:
            self._at_odds(entry, key, "unreadable")
            return
        if before is None and after is None:
            self.account.records.pop(key, None)
            self.account.forgotten.add(key)
            self._forgive(key)
            return
        if kind.root and (root != kind.root or root_id != row_id):
            self._at_odds(entry, key, "chain", ("root",))
        if step in self._restating:
            self._forgive(key)
            self.account.records[key] = after
            return
        self._tell(entry, key, before, after)

    def _tell(self, entry: int, key: Key, before: str | None, after: str | None) -> None:
        records = self.account.records
        known = records.get(key)
        if before is None:
            if known is not None or not _readable(after):
                self._at_odds(entry, key, "chain" if known is not None else "unreadable")
            records[key] = after
            return
        old, new = _parsed(before), _parsed(after) if after is not None else {}
        if old is None or new is None:
            self._at_odds(entry, key, "unreadable")
            records[key] = None if after is None else records.get(key)
            return
        state = _values(key, known) if known is not None else None
        if state is None:
            self._at_odds(entry, key, "chain")
            return
        expected = {**state, **old} if after is not None else fill_row(BY_TABLE[key[0]].record, old)
        wrong = tuple(sorted(name for name, value in expected.items() if state.get(name) != value))
        if wrong:
            self._at_odds(entry, key, "chain", wrong)
        if after is None:
            records[key] = None
        else:
            records[key] = {**state, **new, "version": state["version"] + 1}

    def _forgive(self, key: Key) -> None:
        """What was at odds about a record before its content was said anew no longer matters."""
        if self._odd and key in self._odd:
            self._odd.discard(key)
            self.account.mismatches = [one for one in self.account.mismatches if one.of != key]

    def _at_odds(self, entry: int, key: Key, kind: str, fields: tuple[str, ...] = ()) -> None:
        self._odd.add(key)
        self.account.mismatches.append(Mismatch("history", entry, kind, fields, key))


def _table(
    connection: Any, table: str, kind: Kind, account: Account, tick: Tick | None
) -> Iterator[Mismatch]:
    columns = [column.name for column in kind.table.columns]
    if not set(columns) <= set(columns_of(connection, table)):
        return
    seen: set[int] = set()
    gaps: list[Gap] = []
    for rows in chunks(connection, table, columns, gaps):
        for row in rows:
            seen.add(row[0])
            told = account.records.get((table, row[0]))
            stored = dict(zip(columns, row[1:], strict=True))
            if told is None:
                yield Mismatch(table, row[0], "added", (), (table, row[0]))
            elif not _same(kind, stored, told):
                yield Mismatch(table, row[0], "changed", _differing(table, stored, told), (table, row[0]))
        if tick is not None:
            tick(len(rows))
    for (name, row_id), told in account.records.items():
        if name == table and told is not None and row_id not in seen:
            yield Mismatch(table, row_id, "missing", (), (name, row_id))


def _same(kind: Kind, stored: Mapping[str, Any], told: Told) -> bool:
    if isinstance(told, str):
        try:
            if dump_row(kind.record, stored) == told:
                return True
        except TypeError:  # bytes where text was
            return False
    return not _differing(kind.table.name, stored, told)


def _differing(table: str, stored: Mapping[str, Any], told: Told) -> tuple[str, ...]:
    values = _values((table, 0), told) or {}
    return tuple(sorted(name for name, value in stored.items() if name not in values or values[name] != value))


def _values(key: Key, told: Told) -> dict[str, Any] | None:
    if not isinstance(told, str):
        return told
    parsed = _parsed(told)
    return None if parsed is None else fill_row(BY_TABLE[key[0]].record, parsed)


def _parsed(said: Any) -> dict[str, Any] | None:
    try:
        found = json.loads(said)
    except (TypeError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _readable(said: Any) -> bool:
    return isinstance(said, str) and said.startswith("{") and said.endswith("}")


def _safe(connection: Any, sql: str) -> list[Any]:
    """The rows of a small query, none when they cannot be read."""
    try:
        return list(connection.execute(sql))
    except UNREADABLE:
        return []


def _list(words: tuple[str, ...]) -> str:
    return "(" + ", ".join(f"'{word}'" for word in words) + ")"
