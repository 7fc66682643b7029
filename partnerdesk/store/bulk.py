"""Many new rows of one record type at once, worked column by column: an import of 100,000 lives by it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from json.encoder import encode_basestring
from typing import Any

from partnerdesk.store.codec import blank_row, dump, encoders, values_of


@dataclass(slots=True)
class Batch:
    """`n` stored rows: what is the same in all of them, and a list per field for the rest."""

    n: int
    fixed: dict[str, Any] = field(default_factory=dict)
    varied: dict[str, Sequence[Any]] = field(default_factory=dict)

    def column(self, name: str) -> Sequence[Any]:
        """The values of one field, row by row."""
        return self.varied[name] if name in self.varied else [self.fixed[name]] * self.n

    def put(self, name: str, values: Sequence[Any]) -> None:
        """Set one field of all rows."""
        self.fixed.pop(name, None)
        self.varied.pop(name, None)
        if values[0] == values[-1] and values.count(values[0]) == self.n:
            self.fixed[name] = values[0]
        else:
            self.varied[name] = values


def of_records(records: Sequence[Any]) -> Batch:
    """The rows of at least one record, all of one type."""
    record: Any = type(records[0])
    columns = zip(*map(values_of(record), records), strict=True)
    return _stored(record, len(records), dict(zip(encoders(record), columns, strict=True)))


def of_values(record: type[Any], values: Sequence[Mapping[str, Any]]) -> Batch:
    """The rows of at least one record told by those fields that differ from a new one. Raises AttributeError."""
    blank = record()
    names = {name for one in values for name in one}
    columns = {name: [one.get(name, old) for one in values] for name in names for old in (getattr(blank, name),)}
    return _stored(record, len(values), columns)


def of_rows(rows: Sequence[Mapping[str, Any]]) -> Batch:
    """At least one stored row, all with the same names."""
    batch = Batch(len(rows))
    for name in rows[0]:
        batch.put(name, [row[name] for row in rows])
    return batch


def _stored(record: Any, n: int, columns: Mapping[str, Sequence[Any]]) -> Batch:
    batch = Batch(n, dict(blank_row(record)))
    known = encoders(record)
    for name, values in columns.items():
        encoder = known[name]
        batch.put(name, values)
        if encoder is None:
            continue
        if name in batch.varied:
            batch.varied[name] = [encoder(value) for value in values]
        else:
            batch.fixed[name] = encoder(batch.fixed[name])
    return batch


def told(record: Any, batch: Batch) -> list[str]:
    """What `codec.dump_row` says of each row."""
    blank = blank_row(record)
    parts: list[Iterable[str]] = []
    for name, old in blank.items():
        head = f',"{name}":'
        if name in batch.varied:
            parts.append(_told_column(head, old, batch.varied[name]))
        elif batch.fixed[name] != old:
            parts.append([f"{head}{dump(batch.fixed[name])}"] * batch.n)
    if not parts:
        return ["{}"] * batch.n
    return ["{" + "".join(said)[1:] + "}" for said in zip(*parts, strict=True)]


def _told_column(head: str, old: Any, values: Sequence[Any]) -> list[str]:
    if all(value.__class__ is str for value in values):
        return [f"{head}{encode_basestring(value)}" if value != old else "" for value in values]
    if all(value.__class__ is int for value in values):
        return [f"{head}{value}" if value != old else "" for value in values]
    return [f"{head}{'null' if value is None else dump(value)}" if value != old else "" for value in values]


def insert(driver: Any, table: str, batch: Batch) -> None:
    """Insert the rows. What is the same in all of them stands in the statement: binding it costs the most."""
    bound = dict(batch.varied)
    written: dict[str, str] = {}
    for name, value in batch.fixed.items():
        literal = _literal(value)
        if literal is None:
            bound[name] = [value] * batch.n
        else:
            written[name] = literal
    names = ", ".join(f'"{name}"' for name in (*bound, *written))
    marks = ", ".join((*("?" * len(bound)), *written.values()))
    rows: Iterable[Any] = zip(*bound.values(), strict=True) if bound else [()] * batch.n
    driver.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def _literal(value: Any) -> str | None:
    """A value as SQL, None when it has to be bound."""
    if value is None:
        return "NULL"
    if value.__class__ is int:
        return str(value)
    if value.__class__ is str and len(value) < 200 and "\x00" not in value:
        return "'" + value.replace("'", "''") + "'"
    return None
