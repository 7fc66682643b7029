"""Statements that lists ask all the time: worded once, then run by the driver, for wording costs more than asking."""

import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite


class Prepared:
    """A statement in the words of the driver; what differs from one question to the next are named parameters."""

    def __init__(self, statement: sa.Select[Any]) -> None:
        worded = statement.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
        self._sql = str(worded)
        self._names = tuple(worded.positiontup or ())
        self._given = dict(worded.params)

    def rows(self, connection: sa.Connection, **values: Any) -> list[tuple[Any, ...]]:
        """The stored rows, with these values for the parameters."""
        found: list[tuple[Any, ...]] = self._run(connection, values).fetchall()
        return found

    def ids(self, connection: sa.Connection, **values: Any) -> list[int]:
        """The ids that a statement made by `together` gives, in its order."""
        found: list[int] = json.loads(self._run(connection, values).fetchone()[0])
        return found

    def _run(self, connection: sa.Connection, values: dict[str, Any]) -> Any:
        driver: Any = connection.connection.driver_connection
        return driver.execute(self._sql, [values[n] if n in values else self._given[n] for n in self._names])


def together(ordered: sa.Select[Any]) -> sa.Select[Any]:
    """One row that holds all ids of a statement in their order.

    The driver gives way to the other threads with every row; in one row 60,000 ids cost neither it nor the window
    anything, and they are read at once.
    """
    inner = ordered.subquery()
    return sa.select(sa.func.json_group_array(next(iter(inner.c))))


def among(name: str = "among") -> sa.Select[Any]:
    """The values of a parameter of ids as `one_of_ids` gives it, for IN."""
    return sa.select(sa.func.json_each(sa.bindparam(name, None, type_=sa.Text)).table_valued("value").c.value)


def one_of_ids(ids: Iterable[int]) -> str:
    """Ids as the value of one parameter."""
    return json.dumps(list(ids))


_DIALECT = sqlite.dialect(paramstyle="qmark")
