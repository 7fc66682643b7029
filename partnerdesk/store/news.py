"""What another desk has changed: read from the journal, so that open views can follow without starting anew."""

import sqlalchemy as sa

from partnerdesk.domain.journal import Changes, Mark
from partnerdesk.domain.words import Text
from partnerdesk.store import schema, settle_projects, settle_stays
from partnerdesk.store.unit import CHUNK, Reader


def mark(reader: Reader) -> Mark:
    """How far the journal goes now, and the highest id of each kind of record."""
    step = schema.step.c
    last = reader.connection.execute(sa.select(step.id, step.at).order_by(step.id.desc()).limit(1)).first()
    rows = reader.connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence")
    given: dict[str, int] = dict(map(tuple, rows))
    highest = {kind.root: given.get(kind.table.name, 0) for kind in schema.KINDS.values() if kind.root}
    return Mark(last.id if last else 0, last.at if last else "", highest)


def news_since(reader: Reader, seen: Mark) -> tuple[Changes, Mark]:
    """All records that look different since a mark as one piece of news, and the mark from which to go on.

    Where the journal went back, because a backup was restored, every record that is or may have been there is named;
    the news are then of the kind "restore".
    """
    now = mark(reader)
    if _went_back(reader, seen):
        touched = {kind: frozenset(range(1, max(last, seen.highest.get(kind, 0)) + 1))
                   for kind, last in now.highest.items()}
        return Changes(now.step_id, Text(""), touched, "restore"), now
    found: dict[str, set[int]] = {}
    if now.step_id > seen.step_id:
        history = schema.history.c
        roots = sa.select(history.root, history.root_id).where(history.step_id > seen.step_id).distinct()
        for root, root_id in reader.connection.execute(roots):
            found.setdefault(root, set()).add(root_id)
        _spread(reader, found)
    return Changes(now.step_id, Text(""), {kind: frozenset(ids) for kind, ids in found.items()}), now


def _went_back(reader: Reader, seen: Mark) -> bool:
    """Whether the step that was heard last is no longer in the journal, or is another one under its id."""
    if not seen.step_id:
        return False
    at = reader.connection.execute(sa.select(schema.step.c.at).where(schema.step.c.id == seen.step_id)).scalar()
    return at is None or bool(seen.at and at != seen.at)


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
    settle_stays.spread(reader, touched)
    settle_projects.spread(reader, touched)


def _among(reader: Reader, wanted: sa.Column[int], where: sa.Column[int], values: set[int]) -> set[int]:
    found: set[int] = set()
    ordered = sorted(values)
    for start in range(0, len(ordered), CHUNK):
        query = sa.select(wanted).where(where.in_(ordered[start:start + CHUNK]), wanted.is_not(None))
        found |= set(reader.connection.execute(query).scalars())
    return found
