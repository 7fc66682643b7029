"""Appointments of a period: those that lie in it, and those of before that are repeated."""

from datetime import date

import sqlalchemy as sa

from partnerdesk.domain.visits import Appointment
from partnerdesk.store import schema
from partnerdesk.store.codec import decode
from partnerdesk.store.unit import Reader

_table = schema.KINDS[Appointment].table


def appointments_around(reader: Reader, since: date, until: date) -> list[Appointment]:
    """Appointments that may be between two days, both included, by their days; those in the trash left out."""
    c = _table.c
    last = sa.func.coalesce(c.ends_on, c.starts_on)
    query = sa.select(_table).where(
        c.deleted_at == "", c.starts_on <= until.isoformat(), sa.or_(last >= since.isoformat(), c.repeats != "")
    ).order_by(c.starts_on, c.begins, c.id)
    return [decode(Appointment, row) for row in reader.connection.execute(query)]
