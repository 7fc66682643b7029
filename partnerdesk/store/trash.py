"""Which records of a type lie in the trash."""

from typing import Any

import sqlalchemy as sa

from partnerdesk.store.schema import KINDS
from partnerdesk.store.unit import Reader


def deleted_ids(reader: Reader, record: type[Any]) -> list[int]:
    """Ids of the records of a type in the trash, the last deleted first."""
    table = KINDS[record].table
    query = sa.select(table.c.id).where(table.c.deleted_at != "").order_by(table.c.deleted_at.desc(), table.c.id)
    return list(reader.connection.execute(query).scalars())
