"""What a stored row of each table looks like, by which a loose row is known and a broken value is told."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from partnerdesk.store import schema
from partnerdesk.store.codec import column_types, encode
from partnerdesk.store.ranges import Row, quoted


class Shape:
    """What a row of a table looks like: its columns, which values fit, and what stands in for those that do not."""

    def __init__(self, table: sa.Table) -> None:
        self.name = table.name
        self.names = tuple(column.name for column in table.columns)
        columns = ", ".join(map(quoted, self.names))
        marks = ", ".join("?" * len(self.names))
        self.insert = f"INSERT OR IGNORE INTO {quoted(table.name)} ({columns}) VALUES ({marks})"
        kind = schema.BY_TABLE.get(table.name)
        self._blank = encode(kind.record()) if kind is not None else {}
        self._types = tuple(_allowed(column) for column in table.columns)
        self._days = _days(kind.record) if kind is not None else frozenset()
        self._entity = self.names.index("entity") if "entity" in self.names else None

    def filled(self, columns: Sequence[str], values: Sequence[Any]) -> tuple[Any, ...]:
        """The values in the order of the table, new columns with what they hold at first."""
        if len(columns) == len(self.names):
            return tuple(values)
        there = dict(zip(columns, values, strict=True))
        return tuple(there.get(name, self._blank.get(name)) for name in self.names)

    def fits(self, values: Sequence[Any]) -> bool:
        """Whether each value is of the kind its column holds, and all text is text."""
        return all(self._well(n, value) for n, value in enumerate(values)) and (
            self._entity is None or values[self._entity] in schema.BY_TABLE)

    def carved(self, row: Row) -> tuple[Any, ...] | None:
        """The values of a row (id and values) as found on a page, when they fit; the id stands there as None."""
        if len(row) != len(self.names) + 1:
            return None
        values = (row[0], *row[2:]) if row[1] is None else row[1:]
        return values if self.fits(values) else None

    def mended(self, values: Sequence[Any]) -> tuple[Any, ...] | None:
        """The values with the unreadable ones blank; None where that would not say anything."""
        if self.name in ("history", "step", "content"):
            return None
        blank = [self._blank[name] for name in self.names]
        return tuple(v if self._well(n, v) else b for n, (v, b) in enumerate(zip(values, blank, strict=True)))

    def _well(self, n: int, value: Any) -> bool:
        """Whether a value is what its column can hold."""
        return _is_a(value, self._types[n]) and (n not in self._days or not value or _is_day(value))


def _allowed(column: "sa.Column[Any]") -> tuple[type, ...]:
    by_type: tuple[tuple[type, tuple[type, ...]], ...] = (
        (sa.Integer, (int,)), (sa.Float, (float, int)), (sa.LargeBinary, (bytes,)), (sa.Text, (str,)))
    found = next(kinds for declared, kinds in by_type if isinstance(column.type, declared))
    return (*found, type(None)) if column.nullable else found


def _is_a(value: Any, kinds: tuple[type, ...]) -> bool:
    return isinstance(value, kinds) and not (
        isinstance(value, str) and not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value))


def _days(record: type) -> frozenset[int]:
    """The places of the columns that hold a day."""
    return frozenset(n for n, (kind, _) in enumerate(column_types(record).values()) if kind is date)


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
