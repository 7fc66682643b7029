"""Seals: a digest of every row of an office, kept beside a backup, that tells silent change to the row.

71 of 100 flipped bits that change content pass SQLite's own check, for nothing in a page says what it held. A seal
does: eight bytes of BLAKE2b for each row of each table that holds records, the journal included. What is derived
from the records (facts, search text) is left out, as it can be made again and compared.

A backup never changes, so any difference to its seal is damage. The live file has two others to speak for it, see
`store.journal_check`: its own journal, and the seal of the newest backup for all that has not been written since. A
seal of the live file itself would have to be renewed with every save, and a save that a flipped bit preceded would seal
the damage.
"""

import hashlib
import json
import sys
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import accumulate, chain
from marshal import dumps
from pathlib import Path
from typing import Any

from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.store import schema
from partnerdesk.store.driver import DatabaseError
from partnerdesk.store.leaves import Compared, compared
from partnerdesk.store.ranges import UNREADABLE, Gap, Row, chunks, columns_of, quoted, within

SUFFIX = ".seal"
STRUCTURE = "sqlite_master"
FIXED_STEP = "step: what never changes"
_MAGIC = b"PartnerDesk seal 1\n"
_SIZE = 8
_FIXED = ("id", "at", "who", "label", "label_values", "kind", "reason")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The digests of one table: `runs` are pairs (first id, how many ids in a row), `digests` 8 bytes a row."""

    table: str
    columns: tuple[str, ...]
    runs: tuple[int, ...]
    digests: bytes

    def __len__(self) -> int:
        return len(self.digests) // _SIZE

    def ids(self) -> Iterator[int]:
        """The ids in the order of the digests."""
        pairs = zip(self.runs[::2], self.runs[1::2], strict=True)
        return chain.from_iterable(range(first, first + n) for first, n in pairs)

    def by_id(self) -> dict[int, bytes]:
        """The digest of each id."""
        digests = self.digests
        return {one: digests[at:at + _SIZE] for one, at in zip(self.ids(), range(0, len(digests), _SIZE), strict=True)}


@dataclass(frozen=True, slots=True)
class Seal:
    """The digests of a whole office at one moment.

    `structure` is the digest of its tables' and indexes' declarations; `last_step` and `last_history` are the
    journal's ids at that moment, by which what was written afterwards is told from damage.
    """

    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    structure: str = ""
    last_step: int = 0
    last_history: int = 0

    @property
    def rows(self) -> int:
        """How many rows are sealed; of a step what never changes is sealed a second time and not counted."""
        return sum(len(sheet) for name, sheet in self.sheets.items() if name != FIXED_STEP)


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not as it was sealed: changed, missing, added or unreadable. Table `sqlite_master` with id 0
    stands for the declarations of the tables.
    """

    table: str
    row_id: int
    kind: str


def sealed_tables(connection: Any) -> list[str]:
    """The tables of a file that hold what cannot be made again, by name."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return sorted(n for n in names if isinstance(n, str) and n not in schema.DERIVED and not n.startswith("search_"))


@dataclass(frozen=True, slots=True)
class Before:
    """A finished file to be sealed, and one that was sealed before it: what both have need not be read again."""

    path: Path
    other: Path
    seal: Seal


def take(connection: Any, progress: Progress | None = None, before: Before | None = None) -> Seal:
    """Seal what a driver's connection sees, as one consistent state.

    `progress(done, total)` counts rows roughly and may raise to stop. Raises the driver's DatabaseError when
    something cannot be read: a damaged file is not sealed. The seal is the same whatever is known from `before`.
    """
    with _Moment(connection), ExitStack() as stack:
        names = sealed_tables(connection)
        known = stack.enter_context(compared(connection, before.path, before.other)) if before is not None else None
        step = _Counted(connection, names, progress)
        if before is not None and known is not None:
            step.go_by(known, before.seal)
        gaps: list[Gap] = []
        sheets = {name: step.sheet(name, name, _sealed_columns(connection, name), gaps) for name in names}
        if "step" in names:
            sheets[FIXED_STEP] = step.sheet(FIXED_STEP, "step", _FIXED, gaps)
        if gaps:
            raise DatabaseError(f"database disk image is malformed: {gaps[0].table}")
        return Seal(sheets, structure_of(connection), _last(connection, "step"), _last(connection, "history"))


def compare(
    seal: Seal, connection: Any, progress: Progress | None = None, names: Iterable[str] | None = None
) -> Iterator[Difference]:
    """Where a driver's connection sees something else than was sealed, table by table, by id; reads around damage.

    `names` are the sheets to compare, all when none are given.
    """
    with _Moment(connection):
        wanted = list(seal.sheets) if names is None else list(names)
        if names is None and structure_of(connection) != seal.structure:
            yield Difference(STRUCTURE, 0, "changed")
        present = _present(connection)
        step = _Counted(connection, [seal.sheets[n].table for n in wanted if seal.sheets[n].table in present], progress)
        for name in wanted:
            yield from _compared(seal.sheets[name], connection, step, name)
        if names is None:
            known = {sheet.table for sheet in seal.sheets.values()}
            yield from (Difference(name, 0, "added") for name in sorted(present - known))


def write(seal: Seal, path: Path) -> None:
    """Write a seal to a file, whole or not at all. Raises OSError."""
    head = {
        "structure": seal.structure, "last_step": seal.last_step, "last_history": seal.last_history,
        "sheets": [[name, s.table, s.columns, len(s.runs), len(s.digests)] for name, s in seal.sheets.items()],
    }
    lines = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    parts = [_MAGIC, len(lines).to_bytes(8, "little"), lines]
    for sheet in seal.sheets.values():
        parts += [_packed(sheet.runs), sheet.digests]
    body = b"".join(parts)
    new = path.with_name(path.name + ".new")
    new.write_bytes(body + hashlib.sha256(body).digest())
    new.replace(path)


def read(path: Path) -> Seal:
    """Read a seal from its file. Raises BadFile when it is not one or has changed itself, OSError."""
    raw = path.read_bytes()
    body, check = raw[:-32], raw[-32:]
    if not body.startswith(_MAGIC) or hashlib.sha256(body).digest() != check:
        raise BadFile(text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "{name} is damaged, so the backup beside it cannot be compared with it."), name=path.name))
    at = len(_MAGIC) + 8
    end = at + int.from_bytes(body[len(_MAGIC):at], "little")
    head = json.loads(body[at:end])
    sheets = {}
    for name, table, columns, runs, digests in head["sheets"]:
        middle = end + 8 * runs
        sheets[name] = Sheet(table, tuple(columns), _unpacked(body[end:middle]), body[middle:middle + digests])
        end = middle + digests
    return Seal(sheets, head["structure"], head["last_step"], head["last_history"])


def structure_of(connection: Any) -> str:
    """A digest of how the tables and indexes are declared, and of the file's own numbers."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    said = sorted(repr(row) for row in rows)
    said += [str(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("application_id", "user_version")]
    return blake2b("\n".join(said).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def digests_of(rows: Sequence[Row]) -> bytes:
    """Eight bytes for each row (id and values). Version 2 of marshal never refers back, so equal rows give equal
    bytes whatever the interpreter; text, blob, integer and real are told apart.
    """
    return b"".join([blake2b(dumps(row, 2), digest_size=_SIZE).digest() for row in rows])


def _sealed_columns(connection: Any, table: str) -> Sequence[str]:
    """All columns; of an attached file its SHA-256 alone, which proves its bytes better than a second digest."""
    return ("sha256",) if table == schema.content.name else columns_of(connection, table)


class _Moment:
    """One consistent state for the length of a block, within the transaction that is under way if there is one."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._mine = False

    def __enter__(self) -> None:
        self._mine = not self._connection.in_transaction
        if self._mine:
            self._connection.execute("BEGIN")

    def __exit__(self, *_: object) -> None:
        if self._mine and self._connection.in_transaction:
            self._connection.execute("ROLLBACK")


class _Counted:
    """Makes sheets and says how far it is."""

    def __init__(self, connection: Any, tables: Iterable[str], progress: Progress | None) -> None:
        self._connection, self._progress = connection, progress
        self._known: Compared | None = None
        self._seal = Seal()
        self._done = 0
        self._total = sum(_last(connection, table) for table in tables) if progress else 0

    def sheet(self, name: str, table: str, columns: Sequence[str], gaps: list[Gap], upper: int | None = None) -> Sheet:
        """The digests of one table, by id."""
        runs: list[int] = []
        parts: list[bytes] = []
        counted = name == table
        for more, digests in self._parts(name, table, columns, gaps, upper):
            for first, n in more:
                _add_run(runs, first, n)
            parts.append(digests)
            if self._progress is not None:
                self._done += len(digests) // _SIZE * counted
                self._progress(self._done, max(self._total, self._done))
        return Sheet(table, tuple(columns), tuple(runs), b"".join(parts))

    def go_by(self, known: Compared, seal: Seal) -> None:
        """Take from an earlier seal what lies on pages that have not changed since."""
        self._known, self._seal = known, seal

    def _parts(
        self, name: str, table: str, columns: Sequence[str], gaps: list[Gap], upper: int | None
    ) -> Iterator[tuple[Iterable[tuple[int, int]], bytes]]:
        old = self._seal.sheets.get(name)
        pieces = None
        if self._known is not None and old is not None and (old.table, old.columns) == (table, tuple(columns)):
            pieces = self._known.pieces(table)
        if pieces is None or old is None:
            for rows in chunks(self._connection, table, columns, gaps, upper):
                yield _runs_of(rows), digests_of(rows)
            return
        cut = _Cut(old)
        for piece in pieces:
            if piece.same:
                yield cut.part(piece.least, piece.most)
            else:
                for rows in within(self._connection, table, columns, piece.least, piece.most):
                    yield _runs_of(rows), digests_of(rows)


class _Cut:
    """Cuts the rows between two ids out of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._digests = sheet.digests
        self._firsts, self._lengths = sheet.runs[::2], sheet.runs[1::2]
        self._before = (0, *accumulate(self._lengths))

    def part(self, least: int, most: int) -> tuple[list[tuple[int, int]], bytes]:
        """Their runs and their digests."""
        start, end = bisect_right(self._firsts, least), bisect_right(self._firsts, most)
        runs = []
        for n in range(max(0, start - 1), end):
            first = max(least, self._firsts[n])
            last = min(most, self._firsts[n] + self._lengths[n] - 1)
            if first <= last:
                runs.append((first, last - first + 1))
        at = self._place(least, start)
        return runs, self._digests[at * _SIZE:(at + sum(n for _, n in runs)) * _SIZE]

    def _place(self, least: int, start: int) -> int:
        """How many rows come before that id; `start` is how many runs begin at it or before."""
        if not start:
            return 0
        return self._before[start - 1] + min(self._lengths[start - 1], least - self._firsts[start - 1])


def _compared(old: Sheet, connection: Any, step: _Counted, name: str) -> Iterator[Difference]:
    if not set(old.columns) <= set(columns_of(connection, old.table)):
        yield from (Difference(old.table, one, "missing") for one in old.ids())
        return
    gaps: list[Gap] = []
    new = step.sheet(name, old.table, old.columns, gaps, max(old.ids(), default=0))
    if new == old and not gaps:
        return
    before, now = old.by_id(), new.by_id()
    twice = len(new) - len(now)
    for one in sorted(before.keys() | now.keys()):
        if one not in now:
            lost = any(gap.holds(one) for gap in gaps)
            yield Difference(old.table, one, "unreadable" if lost else "missing")
        elif one not in before:
            yield Difference(old.table, one, "added")
        elif before[one] != now[one]:
            yield Difference(old.table, one, "changed")
    if twice or (gaps and not any(gap.holds(one) for gap in gaps for one in before)):
        yield Difference(old.table, 0, "unreadable")


def _runs_of(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """The ids of these rows as runs of neighbours, or one by one."""
    first, last = rows[0][0], rows[-1][0]
    if last - first + 1 == len(rows):
        return [(first, len(rows))]
    return [(row[0], 1) for row in rows]


def _add_run(runs: list[int], first: int, n: int) -> None:
    if runs and runs[-2] + runs[-1] == first:
        runs[-1] += n
    else:
        runs += [first, n]


def _present(connection: Any) -> set[str]:
    return set(sealed_tables(connection))


def _last(connection: Any, table: str) -> int:
    """The last id of a table; 0 when it is empty or cannot be asked."""
    try:
        row = connection.execute(f"SELECT max(rowid) FROM {quoted(table)}").fetchone()
    except UNREADABLE:
        return 0
    return row[0] if row and isinstance(row[0], int) else 0


def _packed(numbers: Iterable[int]) -> bytes:
    made = array("q", numbers)
    if made.itemsize != 8:  # pragma: no cover - no such machine is known
        raise OverflowError
    return _little(made).tobytes()


def _unpacked(raw: bytes) -> tuple[int, ...]:
    made = array("q")
    made.frombytes(raw)
    return tuple(_little(made))


def _little(numbers: "array[int]") -> "array[int]":
    """The same numbers in the order of bytes of the file."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
