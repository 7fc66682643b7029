"""How derived rows are put in the place of older ones, beside the journal."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from partnerdesk.store import bulk, schema
from partnerdesk.store.unit import Reader


def shown(away: bool, archived_on: object) -> int:
    """Where a list shows a record: nowhere, in the list or in the archive."""
    if away:
        return schema.HIDDEN
    return schema.SHOWN if archived_on is None else schema.ARCHIVED


def replace(unit: Reader, table: sa.Table, key: str, ids: Iterable[int], rows: Sequence[dict[str, Any]]) -> None:
    """Put rows into a derived table in the place of those of `ids`."""
    driver: Any = unit.connection.connection.driver_connection
    driver.executemany(f"DELETE FROM {table.name} WHERE {key} = ?", [(one,) for one in ids])
    if rows:
        bulk.insert(driver, table.name, bulk.of_rows(rows))
