"""An office file in figures: versions, journal, sizes and counts, and nothing that anybody entered."""

import sqlalchemy as sa

from partnerdesk.store import schema
from partnerdesk.store.driver import dbapi
from partnerdesk.store.unit import Reader

_PRAGMAS = ("journal_mode", "page_size", "page_count", "freelist_count", "user_version")


def library() -> str:
    """Name and version of the SQLite that the program uses."""
    return f"{dbapi.__name__.split('.')[0]} {dbapi.sqlite_version}"


def figures(reader: Reader) -> dict[str, str]:
    """Settings of the file and numbers of rows by table."""
    found = {name: str(reader.connection.exec_driver_sql(f"PRAGMA {name}").scalar()) for name in _PRAGMAS}
    for table in schema.metadata.sorted_tables:
        rows = reader.connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        found[f"rows of {table.name}"] = str(rows)
    return found
