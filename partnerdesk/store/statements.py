"""The statements a unit runs all the time: worded once for each table, then only run."""

from functools import cache
from typing import Any

import sqlalchemy as sa


def quoted(name: str) -> str:
    """A name as SQL takes any name."""
    return f'"{name}"'


@cache
def by_id(table: sa.Table) -> sa.Select[Any]:
    """The row of one id."""
    return sa.select(table).where(table.c.id == sa.bindparam("wanted_id"))


@cache
def among(table: sa.Table, field: str) -> sa.Select[Any]:
    """Rows of which a field holds one of some values."""
    return sa.select(table).where(table.c[field].in_(sa.bindparam("wanted", expanding=True))).order_by(table.c.id)


@cache
def some(table: str, names: tuple[str, ...], field: str, n: int) -> str:
    """The same for named columns, `n` values."""
    marks = ",".join("?" * n)
    return f'SELECT {", ".join(map(quoted, names))} FROM {table} WHERE {quoted(field)} IN ({marks}) ORDER BY id'


@cache
def within(table: str, names: tuple[str, ...], field: str) -> str:
    """The same for a range of values."""
    return (f'SELECT {", ".join(map(quoted, names))} FROM {table} '
            f"WHERE {quoted(field)} BETWEEN ? AND ? ORDER BY id")


@cache
def equal(table: sa.Table, order: str, fields: tuple[tuple[str, bool], ...]) -> sa.Select[Any]:
    """Rows whose fields equal parameters of the same names; with True instead: are empty."""
    wanted = (table.c[name].is_(None) if empty else table.c[name] == sa.bindparam(name) for name, empty in fields)
    return sa.select(table).where(*wanted).order_by(table.c[order], table.c.id)


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
