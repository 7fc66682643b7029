"""What went either way with each partnership, summed by the engine: a balance never reads a million stays."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import partners as pa
from partnerdesk.domain.balance import BalanceTerms, Flow, Standing
from partnerdesk.store import schema
from partnerdesk.store.prepared import Prepared, among, one_of_ids
from partnerdesk.store.unit import Reader

_fact = schema.stay_fact
_terms = schema.KINDS[BalanceTerms].table
_member = schema.KINDS[pa.Member].table
_institution = schema.KINDS[pa.Institution].table
_partnership = schema.KINDS[pa.Partnership].table


def flows(reader: Reader, partnership_ids: Sequence[int]) -> dict[int, list[Flow]]:
    """What went which way in each year with these partnerships, stays in the archive included."""
    found: dict[int, list[Flow]] = defaultdict(list)
    for partnership, *row in _flows().rows(reader.connection, among=one_of_ids(partnership_ids)):
        found[partnership].append(Flow(**dict(zip(_OF_FLOW, row, strict=True))))
    return found


_OF_FLOW = ("year", "direction", "heads", "months", "terms", "planned_heads", "planned_months", "planned_terms")


@cache
def _flows() -> Prepared:
    f = _fact.c
    sums = [sa.func.sum(which * number) for which in (f.counted, f.planned) for number in (1, f.months, f.terms)]
    return Prepared(
        sa.select(f.partnership_id, f.year, f.direction, *sums)
        .where(f.partnership_id.in_(among()), f.shown != schema.HIDDEN)
        .group_by(f.partnership_id, f.year, f.direction)
        .having(sa.func.sum(f.counted + f.planned) > 0))


def standings(reader: Reader) -> list[Standing]:
    """How every partnership stands that exchanges people or has an opening balance, by the name of its partner."""
    sums = {row[0]: row[1:] for some in (_sums(), _set_sums()) for row in some.rows(reader.connection)}
    found = []
    for row in _around().rows(reader.connection):
        partnership, partner, name, country, title, *terms = row
        unit, opening, since, bound = terms[0] or "heads", terms[1] or 0.0, terms[2], terms[3]
        sent, received, planned_sent, planned_received = (n or 0 for n in sums.get(partnership, (0, 0, 0, 0)))
        if partnership in sums or opening:
            found.append(Standing(
                partnership_id=partnership, partner_id=partner, partner=name, country=country, title=title, unit=unit,
                opening=opening, since=since, bound=bound, sent=sent, received=received, planned_sent=planned_sent,
                planned_received=planned_received))
    return found


@cache
def _sums() -> Prepared:
    """Sent, received and both as planned, in people, with the partnerships whose balance nobody has set."""
    own = sa.select(_terms.c.partnership_id)
    return Prepared(_summing(sa.literal_column("1")).where(_fact.c.partnership_id.not_in(own)))


@cache
def _set_sums() -> Prepared:
    """The same with the others, in the unit of each, from its first counted year on."""
    f, t = _fact.c, _terms.c
    weight = sa.case((t.unit == "months", f.months), (t.unit == "terms", f.terms), else_=1)
    return Prepared(
        _summing(weight).join(_terms, t.partnership_id == f.partnership_id)
        .where(f.partnership_id.in_(sa.select(t.partnership_id)),
               sa.or_(t.since.is_(None), f.year.is_(None), f.year >= t.since)))


def _summing(weight: sa.ColumnElement[Any]) -> sa.Select[Any]:
    f = _fact.c

    def total(which: sa.Column[Any], direction: str) -> sa.ColumnElement[Any]:
        return sa.func.sum(sa.case((f.direction == direction, which * weight), else_=0))

    return (
        sa.select(f.partnership_id, *(total(which, way) for which in (f.counted, f.planned) for way in ("out", "in")))
        .where(f.shown != schema.HIDDEN, f.partnership_id.is_not(None)).group_by(f.partnership_id))


@cache
def _around() -> Prepared:
    """Every partnership with its first partner that is not in the trash, and how its balance is kept."""
    first = (
        sa.select(_member.c.partnership_id, sa.func.min(_member.c.id).label("member_id"))
        .where(_member.c.role != "home").group_by(_member.c.partnership_id).subquery())
    t = _terms.c
    return Prepared(
        sa.select(_partnership.c.id, _institution.c.id, _institution.c.name, _institution.c.country,
                  _partnership.c.title, t.unit, t.opening, t.since, t.bound)
        .select_from(
            _partnership.join(first, first.c.partnership_id == _partnership.c.id)
            .join(_member, _member.c.id == first.c.member_id)
            .join(_institution, _institution.c.id == _member.c.institution_id)
            .outerjoin(_terms, t.partnership_id == _partnership.c.id))
        .where(_institution.c.deleted_at == "")
        .order_by(_institution.c.name, _partnership.c.id))
