"""What another desk has changed: read from the journal, so that open views can follow without starting anew."""

import sqlalchemy as sa

from partnerdesk.domain.journal import Changes
from partnerdesk.domain.words import Text
from partnerdesk.store import schema
from partnerdesk.store.unit import CHUNK, Reader


def last_step(reader: Reader) -> int:
    """The id of the newest step, 0 where there is none."""
    return int(reader.connection.execute(sa.select(sa.func.coalesce(sa.func.max(schema.step.c.id), 0))).scalar_one())


def news_since(reader: Reader, step_id: int) -> Changes:
    """All records that look different since a step, as one piece of news; its `step_id` is the newest step's."""
    newest = last_step(reader)
    touched: dict[str, set[int]] = {}
    if newest > step_id:
        history = schema.history.c
        found = sa.select(history.root, history.root_id).where(history.step_id > step_id).distinct()
        for root, root_id in reader.connection.execute(found):
            touched.setdefault(root, set()).add(root_id)
        _spread(reader, touched)
    return Changes(newest, Text(""), {kind: frozenset(ids) for kind, ids in touched.items()})


def _spread(reader: Reader, touched: dict[str, set[int]]) -> None:
    """Add the records that show something of a touched one: agreements of partners, partners of agreements."""
    agreement, member = schema.BY_TABLE["agreement"].table.c, schema.BY_TABLE["partnership_member"].table.c
    partnerships = set(touched.get("partnership", ()))
    partnerships |= _among(reader, agreement.partnership_id, agreement.id, touched.get("agreement", set()))
    partnerships |= _among(reader, member.partnership_id, member.institution_id, touched.get("partner", set()))
    partners = _among(reader, member.institution_id, member.partnership_id, partnerships)
    agreements = _among(reader, agreement.id, agreement.partnership_id, partnerships)
    if "setting" in touched:
        institution = schema.BY_TABLE["institution"].table.c.id
        partners |= set(reader.connection.execute(sa.select(institution)).scalars())
        agreements |= set(reader.connection.execute(sa.select(agreement.id)).scalars())
    for kind, ids in (("partner", partners), ("agreement", agreements)):
        if ids:
            touched.setdefault(kind, set()).update(ids)


def _among(reader: Reader, wanted: sa.Column[int], where: sa.Column[int], values: set[int]) -> set[int]:
    found: set[int] = set()
    ordered = sorted(values)
    for start in range(0, len(ordered), CHUNK):
        query = sa.select(wanted).where(where.in_(ordered[start:start + CHUNK]), wanted.is_not(None))
        found |= set(reader.connection.execute(query).scalars())
    return found
