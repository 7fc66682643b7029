"""The one SQLite driver of the process, and how a connection to an office file is set up.

Imports nothing heavy: the first page of the last list is read through here before SQLAlchemy is loaded.
"""

from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

try:
    from sqlcipher3 import dbapi2 as dbapi
except ImportError:  # no wheel for this machine: the standard library's SQLite does
    import sqlite3 as dbapi

from partnerdesk.domain.states import STATES, Facts, rolled, state_of

__all__ = ["FACTS", "DatabaseError", "connect", "dbapi", "facts_of", "keep_journal", "state_rank", "uri"]

DatabaseError = dbapi.DatabaseError

_PRAGMAS = (
    ("trusted_schema", 0), ("cell_size_check", 1), ("mmap_size", 0), ("foreign_keys", 1), ("secure_delete", 1),
    ("temp_store", 2), ("fullfsync", 1),
)


def uri(path: Path, *, mode: str = "rw", immutable: bool = False) -> str:
    """The SQLite URI of a file; `mode` is ro, rw or rwc."""
    return f"file:{quote(str(path))}?mode={mode}" + ("&immutable=1" if immutable else "")


def connect(path: Path, *, mode: str = "rw", immutable: bool = False) -> Any:
    """A connection with the safety settings made and read back, and our SQL functions known to it."""
    connection = dbapi.connect(
        uri(path, mode=mode, immutable=immutable), uri=True, isolation_level=None, check_same_thread=False,
        timeout=5.0,
    )
    for name, value in _PRAGMAS:
        connection.execute(f"PRAGMA {name}={value}")
        row = connection.execute(f"PRAGMA {name}").fetchone()
        if row is not None and int(row[0]) != value:
            connection.close()
            raise dbapi.OperationalError(f"pragma {name} refused")
    connection.create_function("pd_rank", 9, state_rank, deterministic=True)
    connection.create_function("pd_end", 3, rolled_end, deterministic=True)
    connection.create_function("pd_notice", 4, rolled_notice, deterministic=True)
    return connection


def keep_journal(connection: Any, *, log: bool = True) -> str:
    """Choose write-ahead logging, or a truncated journal where that cannot or (`log`) must not be; always synced
    in full.
    """
    mode = str(connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]).lower() if log else ""
    if mode != "wal":
        mode = str(connection.execute("PRAGMA journal_mode=TRUNCATE").fetchone()[0]).lower()
    connection.execute("PRAGMA synchronous=FULL")
    return mode


def state_rank(
    ours: str | None, theirs: str | None, starts: str | None, ends: str | None, notice: str | None,
    termination: str | None, superseded: str | None, renew: int | None, today: str,
) -> int:
    """Place of an agreement's state in `domain.agreements.STATES`, for SQL that filters and sorts by it."""
    facts = facts_of(ours, theirs, starts, ends, notice, termination, superseded, renew)
    return _RANK[state_of(facts, _day(today))]


def rolled_end(ends: str, renew: int, today: str) -> str:
    """The end of the period that a signed, self-renewing agreement is in today."""
    return str(_period(ends, None, renew, today).ends_on)


def rolled_notice(ends: str, notice: str, renew: int, today: str) -> str:
    """The last notice day of the period that a signed, self-renewing agreement is in today."""
    return str(_period(ends, notice, renew, today).notice_on)


FACTS = ("ours_on", "theirs_on", "starts_on", "ends_on", "notice_on", "termination_on", "superseded_on", "renew_months")
"""The columns of agreement_fact that `facts_of` takes, in its order."""


def facts_of(
    ours: str | None, theirs: str | None, starts: str | None, ends: str | None, notice: str | None,
    termination: str | None, superseded: str | None, renew: int | None,
) -> Facts:
    """The facts of an agreement from their stored ISO days."""
    return Facts(
        _day(ours) if ours else None, _day(theirs) if theirs else None, _day(starts) if starts else None,
        _day(ends) if ends else None, _day(notice) if notice else None, _day(termination) if termination else None,
        _day(superseded) if superseded else None, renew)


def _period(ends: str, notice: str | None, renew: int, today: str) -> Facts:
    return rolled(facts_of(today, today, None, ends, notice, None, None, renew), _day(today))


_RANK = {state: place for place, state in enumerate(STATES)}
_days: dict[str, date] = {}


def _day(iso: str) -> date:
    day = _days.get(iso)
    if day is None:
        if len(_days) > 50_000:
            _days.clear()
        day = _days[iso] = date.fromisoformat(iso)
    return day
