"""Reads all rows of a table in the order of their ids, around what is damaged.

The engine stops at the first page it cannot read. Here the ids behind it are asked for in ever smaller ranges,
until what is left out is the broken pages alone.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from partnerdesk.store.driver import DatabaseError

AT_ONCE = 2000
_LARGE_AT_ONCE = 4
# a broken name in a file comes out of the driver as a broken text in its own error
UNREADABLE = (DatabaseError, UnicodeError)
LEAST, MOST = -(2**63), 2**63 - 1
_TRIES = 20_000

Row = tuple[Any, ...]


class Gap(NamedTuple):
    """Ids of a table, both ends included, that could not be read; `most` may lie far behind the last row."""

    table: str
    least: int
    most: int

    def holds(self, row_id: int) -> bool:
        """Whether an id lies within."""
        return self.least <= row_id <= self.most


def quoted(name: str) -> str:
    """A name for use in SQL."""
    return '"' + name.replace('"', '""') + '"'


def lenient(raw: bytes) -> str:
    """Text whose bytes may be broken: each broken one becomes a lone surrogate, so that no two texts look alike."""
    return raw.decode("utf-8", "surrogateescape")


def columns_of(connection: Any, table: str) -> tuple[str, ...]:
    """Names of a table's columns in their order; empty where there is no such table."""
    return tuple(row[1] for row in connection.execute(f"PRAGMA table_info({quoted(table)})"))


def chunks(
    connection: Any, table: str, columns: Sequence[str], gaps: list[Gap], upper: int | None = None
) -> Iterator[list[Row]]:
    """Rows (id, values of the columns) in lists of at most 2,000, four where they hold files.

    What cannot be read is added to `gaps`.
    `upper` is an id known to be the last one, where the table itself may not be able to tell. On a damaged file
    the ids may come out of order or twice.
    """
    reader = _Reader(connection, table, columns)
    at = LEAST
    try:
        for rows in reader.all():
            yield rows
            at = max(at, rows[-1][0] + 1)
    except UNREADABLE:
        yield from _piecewise(reader, at, _last_id(connection, table, upper), gaps)


def within(connection: Any, table: str, columns: Sequence[str], least: int, most: int) -> Iterator[list[Row]]:
    """Rows as `chunks` gives them, of these ids only and from a sound file. Raises the driver's error."""
    return _Reader(connection, table, columns).between(least, most)


class _Reader:
    """The queries of one table."""

    def __init__(self, connection: Any, table: str, columns: Sequence[str]) -> None:
        self.table = table
        self._connection = connection
        names = ", ".join(("rowid", *map(quoted, columns)))
        self._all = f"SELECT {names} FROM {quoted(table)} NOT INDEXED"
        self._some = f"{self._all} WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
        self._at_once = _LARGE_AT_ONCE if _has_blobs(connection, table) else AT_ONCE

    def all(self) -> Iterator[list[Row]]:
        """Every row. Raises the driver's error at the first that cannot be read."""
        cursor = self._connection.execute(self._all)
        while rows := cursor.fetchmany(self._at_once):
            yield rows

    def between(self, least: int, most: int) -> Iterator[list[Row]]:
        """The rows of a range. Raises the driver's error at the first that cannot be read."""
        cursor = self._connection.execute(self._some, (least, most))
        while rows := cursor.fetchmany(self._at_once):
            yield rows

    def some(self, least: int, most: int, found: list[Row]) -> bool:
        """Add the rows of a range to `found`, one by one; False when it could not be read to its end."""
        before = self._connection.text_factory
        self._connection.text_factory = lenient
        try:
            found.extend(self._connection.execute(self._some, (least, most)))
        except UNREADABLE:
            return False
        finally:
            self._connection.text_factory = before
        return True


def _has_blobs(connection: Any, table: str) -> bool:
    """Whether single rows may be as large as an attached file."""
    return any(row[2] == "BLOB" for row in connection.execute(f"PRAGMA table_info({quoted(table)})"))


def _piecewise(reader: _Reader, least: int, most: int, gaps: list[Gap]) -> Iterator[list[Row]]:
    """The rows from `least` on, range by range, widest first, so that large sound parts are found early."""
    open_ranges = deque([(least, most)] if least <= most else [])
    lost: list[tuple[int, int]] = []
    for _ in range(_TRIES):
        if not open_ranges:
            break
        low, high = open_ranges.popleft()
        found: list[Row] = []
        whole = reader.some(low, high, found)
        if found:
            yield found
        if whole:
            continue
        low = max(low, found[-1][0] + 1) if found else low
        if low >= high:
            lost += [(low, high)] if low == high else []
            continue
        middle = (low + high) // 2
        open_ranges += [(low, middle), (middle + 1, high)]
    gaps += _joined(reader.table, [*lost, *open_ranges])


def _joined(table: str, lost: Iterable[tuple[int, int]]) -> list[Gap]:
    """Lost ranges that touch are one gap."""
    made: list[Gap] = []
    for low, high in sorted(lost):
        if made and low <= made[-1].most + 1:
            made[-1] = Gap(table, made[-1].least, max(high, made[-1].most))
        else:
            made.append(Gap(table, low, high))
    return made


def _last_id(connection: Any, table: str, upper: int | None) -> int:
    """The last id that a table can have: as it says itself, or as the engine remembers it given."""
    known = [] if upper is None else [upper]
    for sql, values in ((f"SELECT max(rowid) FROM {quoted(table)}", ()),
                        ("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))):
        try:
            row = connection.execute(sql, values).fetchone()
        except UNREADABLE:
            continue
        if row is not None and isinstance(row[0], int):
            known.append(row[0])
    return max(known, default=MOST)
