"""The statements a unit runs all the time: worded once for each table, then only run."""

from functools import cache

import sqlalchemy as sa


def quoted(name: str) -> str:
    """A name as SQL takes any name."""
    return f'"{name}"'


@cache
def names_of(table: sa.Table) -> tuple[str, ...]:
    """The columns of a table in their order."""
    return tuple(column.name for column in table.columns)


@cache
def one(table: sa.Table) -> str:
    """The row of one id."""
    return f'SELECT {", ".join(map(quoted, names_of(table)))} FROM {table.name} WHERE id = ?'


@cache
def some(table: str, names: tuple[str, ...], field: str, n: int) -> str:
    """Named columns of the rows of which a field holds one of `n` values."""
    marks = ",".join("?" * n)
    return f'SELECT {", ".join(map(quoted, names))} FROM {table} WHERE {quoted(field)} IN ({marks}) ORDER BY id'


@cache
def within(table: str, names: tuple[str, ...], field: str) -> str:
    """The same for a range of values."""
    return (f'SELECT {", ".join(map(quoted, names))} FROM {table} '
            f"WHERE {quoted(field)} BETWEEN ? AND ? ORDER BY id")


@cache
def equal(table: sa.Table, order: str, fields: tuple[tuple[str, bool], ...]) -> str:
    """Rows whose fields equal parameters in that order; with True instead: are empty."""
    wanted = " AND ".join(f"{quoted(name)} IS NULL" if empty else f"{quoted(name)} = ?" for name, empty in fields)
    return (f'SELECT {", ".join(map(quoted, names_of(table)))} FROM {table.name}'
            f"{' WHERE ' if wanted else ''}{wanted} ORDER BY {quoted(order)}, id")


@cache
def insert(table: sa.Table) -> sa.Insert:
    """One more row."""
    return sa.insert(table)


@cache
def update(table: sa.Table) -> sa.Update:
    """Values of the row of one id."""
    return sa.update(table).where(table.c.id == sa.bindparam("wanted_id"))


@cache
def delete(table: sa.Table) -> sa.Delete:
    """The row of one id, taken out."""
    return sa.delete(table).where(table.c.id == sa.bindparam("wanted_id"))
