"""Writes lost entries of the journal again where records and neighbours leave no doubt what they said.

An import notes thousands of new records one after the other. Where a broken page took entries out of such a run,
the entries at both ends name the step and the records between them; when exactly as many records lie between as
entries are missing, none has another entry, and all are in their first version, each entry said what its record
holds now. With them the step is whole, so that the import can still be undone.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from partnerdesk.store import journal_check
from partnerdesk.store.codec import dump_row
from partnerdesk.store.ranges import Gap, quoted
from partnerdesk.store.schema import BY_TABLE

_MOST = 10_000

Entry = tuple[int, tuple[Any, ...]]


def missing_entries(connection: Any, account: journal_check.Account, gaps: Iterable[Gap]) -> list[Entry]:
    """The entries (id, values in the order of the columns) that can be written again."""
    made: list[Entry] = []
    for gap in gaps:
        for least, most in _holes(connection, gap):
            made += _run(connection, account, least, most)
    return made


def _holes(connection: Any, gap: Gap) -> Iterator[tuple[int, int]]:
    """What is still missing of a gap, without what was found elsewhere; the gap itself may be the whole table."""
    there = [row[0] for row in connection.execute(
        "SELECT id FROM history WHERE id BETWEEN ? AND ? ORDER BY id", (gap.least, gap.most))]
    at = gap.least
    for one in (*there, gap.most + 1):
        if 0 < one - at <= _MOST:
            yield at, one - 1
        at = one + 1


def _run(connection: Any, account: journal_check.Account, least: int, most: int) -> list[Entry]:
    before = _insertion(connection, least - 1)
    after = _insertion(connection, most + 1)
    if before is None or after is None or before[:2] != after[:2]:
        return []
    step, table, first = before
    rows = range(first + 1, after[2])
    if len(rows) != most - least + 1:
        return []
    made: list[Entry] = []
    for entry, row_id in zip(range(least, most + 1), rows, strict=True):
        said = _as_new(connection, table, row_id) if account.records.get((table, row_id)) is None else None
        root = journal_check.root_of(connection, table, row_id)
        if said is None or root is None or (table, row_id) in account.forgotten:
            return []
        made.append((entry, (entry, step, table, row_id, *root, None, said)))
    return made


def _insertion(connection: Any, entry: int) -> tuple[int, str, int] | None:
    """Step, table and row of an entry that tells of a new record."""
    row = connection.execute(
        'SELECT step_id, entity, row_id FROM history WHERE id = ? AND "before" IS NULL AND "after" IS NOT NULL',
        (entry,)).fetchone()
    return None if row is None else (row[0], row[1], row[2])


def _as_new(connection: Any, table: str, row_id: int) -> str | None:
    """What the journal says of a record that came and was never changed."""
    kind = BY_TABLE[table]
    names = [column.name for column in kind.table.columns]
    wanted = f"SELECT {', '.join(map(quoted, names))} FROM {quoted(table)} WHERE id = ? AND version = 1"
    row = connection.execute(wanted, (row_id,)).fetchone()
    return None if row is None else dump_row(kind.record, dict(zip(names, row, strict=True)))
