"""Which stays are to be nominated, or were nominated and have not been accepted yet."""

import sqlalchemy as sa

from partnerdesk.domain.phases import PHASES, Phase
from partnerdesk.store import schema
from partnerdesk.store.unit import Reader

_PHASES = (Phase.SELECTED, Phase.NOMINATED, Phase.REJECTED)


def to_nominate(reader: Reader) -> int:
    """How many outgoing stays with a partner are selected and not yet nominated."""
    f = schema.stay_fact.c
    query = sa.select(sa.func.count()).where(
        f.direction == "out", f.shown == schema.SHOWN, f.phase == PHASES.index(Phase.SELECTED),
        f.partner_id.is_not(None))
    return int(reader.connection.execute(query).scalar_one())


def stays_in_question(reader: Reader, since: int, partner_id: int | None = None) -> list[int]:
    """Ids of outgoing stays that are selected, nominated or rejected, of all partners or one; those rejected only
    from the academic year `since` on. By partner and name.
    """
    f = schema.stay_fact.c
    phases = [PHASES.index(phase) for phase in _PHASES]
    query = (
        sa.select(f.stay_id)
        .where(f.direction == "out", f.shown == schema.SHOWN, f.phase.in_(phases), f.partner_id.is_not(None),
               sa.or_(f.phase != PHASES.index(Phase.REJECTED), f.year >= since))
        .order_by(f.partner_id, f.sort_name, f.stay_id))
    if partner_id is not None:
        query = query.where(f.partner_id == partner_id)
    return list(reader.connection.execute(query).scalars())
