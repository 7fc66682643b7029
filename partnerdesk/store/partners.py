"""The list of partners: which institutions, in what order, and what a line shows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import agreements as ag
from partnerdesk.domain import partners as pa
from partnerdesk.domain.agreements import STATES, rolled, state_of
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.partners import PartnerLine
from partnerdesk.store import listing, schema
from partnerdesk.store.driver import facts_of
from partnerdesk.store.unit import Reader

_institution = schema.KINDS[pa.Institution].table
_partnership = schema.KINDS[pa.Partnership].table
_agreement = schema.KINDS[ag.Agreement].table
_fact = schema.agreement_fact
_partner = schema.partner_fact


def partner_ids(reader: Reader, query: ListQuery, today: date, limit: int | None = None) -> list[int]:
    """Ids of the partners that a query finds, in its order."""
    joined = (
        sa.select(_institution.c.id)
        .join(_partner, _partner.c.institution_id == _institution.c.id)
        .outerjoin(_partnership, _partnership.c.id == _partner.c.partnership_id)
        .where(_institution.c.is_home == 0, _institution.c.deleted_at == "")
    )
    if not any(one.key == "archived" for one in query.filters):
        joined = joined.where(_institution.c.archived_on.is_(None))
    return listing.ids(reader, "partner", joined, _institution.c.id, query, _makers(), _sorts(today), today, limit)


def partner_count(reader: Reader) -> int:
    """How many partners there are, those in the archive and the trash left out."""
    query = sa.select(sa.func.count()).select_from(_institution).where(
        _institution.c.is_home == 0, _institution.c.deleted_at == "", _institution.c.archived_on.is_(None))
    return int(reader.connection.execute(query).scalar_one())


def partner_lines(reader: Reader, ids: Sequence[int], today: date, year: int) -> dict[int, PartnerLine]:
    """What the list shows of these partners; `year` is the first calendar year of the academic year."""
    if not ids:
        return {}
    query = (
        sa.select(_institution, _partnership.c.forms, _partnership.c.tier, _partnership.c.stage,
                  _partnership.c.responsible, _partnership.c.next_review)
        .outerjoin(_partner, _partner.c.institution_id == _institution.c.id)
        .outerjoin(_partnership, _partnership.c.id == _partner.c.partnership_id)
        .where(_institution.c.id.in_(ids), _institution.c.deleted_at == "")
    )
    lead = _leading(reader, ids, today)
    places = listing.places_by(reader, _fact.c.partner_id, ids, year, today)
    rows = reader.connection.execute(query)
    return {row.id: _line(row, lead.get(row.id), places) for row in rows}


def countries(reader: Reader) -> dict[str, int]:
    """How many partners there are in each country, for the filter's choices."""
    query = (sa.select(_institution.c.country, sa.func.count()).where(
        _institution.c.is_home == 0, _institution.c.deleted_at == "").group_by(_institution.c.country))
    return {row[0]: row[1] for row in reader.connection.execute(query)}


def deleted_ids(reader: Reader) -> list[int]:
    """Partners in the trash, the last deleted first."""
    query = sa.select(_institution.c.id).where(_institution.c.deleted_at != "").order_by(
        _institution.c.deleted_at.desc(), _institution.c.id)
    return list(reader.connection.execute(query).scalars())


def _leading(reader: Reader, ids: Sequence[int], today: date) -> dict[int, tuple[ag.State, ag.Facts, int]]:
    query = (sa.select(_fact).join(_agreement, _agreement.c.id == _fact.c.agreement_id)
             .where(_fact.c.partner_id.in_(ids), _agreement.c.deleted_at == "", _agreement.c.archived_on.is_(None)))
    best: dict[int, tuple[ag.State, ag.Facts, int]] = {}
    for row in reader.connection.execute(query):
        facts = facts_of(row.ours_on, row.theirs_on, row.starts_on, row.ends_on, row.notice_on, row.termination_on,
                         row.superseded_on, row.renew_months)
        state = state_of(facts, today)
        known = best.get(row.partner_id)
        n = known[2] + 1 if known else 1
        if known is None or STATES.index(state) < STATES.index(known[0]):
            best[row.partner_id] = (state, rolled(facts, today), n)
        else:
            best[row.partner_id] = (known[0], known[1], n)
    return best


def _line(row: Any, lead: tuple[ag.State, ag.Facts, int] | None, places: dict[tuple[int, str], int]) -> PartnerLine:
    import json

    state, facts, n = lead if lead else ("", ag.Facts(), 0)
    return PartnerLine(
        id=row.id, name=row.name, name_original=row.name_original, short_name=row.short_name, city=row.city,
        country=row.country, status=row.status, forms=tuple(json.loads(row.forms)) if row.forms else (),
        tier=row.tier, stage=row.stage or "", responsible=row.responsible or "",
        next_review=date.fromisoformat(row.next_review) if row.next_review else None, state=str(state),
        ends_on=facts.ends_on, open_ended=bool(n) and facts.ends_on is None and state in ag.RUNNING,
        notice_on=facts.notice_on, agreements=n, places_out=places.get((row.id, "out"), 0),
        places_in=places.get((row.id, "in"), 0), archived=row.archived_on is not None,
    )


def _best_rank(today: date) -> sa.ScalarSelect[int]:
    return (sa.select(sa.func.min(listing.rank(today)))
            .join(_agreement, _agreement.c.id == _fact.c.agreement_id)
            .where(_fact.c.partner_id == _institution.c.id, _agreement.c.deleted_at == "",
                   _agreement.c.archived_on.is_(None)).scalar_subquery())


def _lead_end(today: date) -> sa.ScalarSelect[str]:
    return (sa.select(_fact.c.ends_on)
            .join(_agreement, _agreement.c.id == _fact.c.agreement_id)
            .where(_fact.c.partner_id == _institution.c.id, _agreement.c.deleted_at == "",
                   _agreement.c.archived_on.is_(None))
            .order_by(listing.rank(today)).limit(1).scalar_subquery())


def _sorts(today: date) -> dict[str, sa.ColumnElement[Any]]:
    return {
        "name": _partner.c.sort_name, "country": _institution.c.country, "city": _institution.c.city,
        "short_name": _institution.c.short_name, "tier": _partnership.c.tier, "stage": _partnership.c.stage,
        "responsible": _partnership.c.responsible, "next_review": _partnership.c.next_review,
        "state": _best_rank(today), "ends": _lead_end(today), "status": _institution.c.status,
        "agreements": _n_agreements(),
    }


def _n_agreements() -> sa.ScalarSelect[int]:
    return (sa.select(sa.func.count()).select_from(_fact).join(_agreement, _agreement.c.id == _fact.c.agreement_id)
            .where(_fact.c.partner_id == _institution.c.id, _agreement.c.deleted_at == "",
                   _agreement.c.archived_on.is_(None)).scalar_subquery())


def _with_agreement(condition: listing.Condition) -> listing.Condition:
    return sa.exists(sa.select(_fact.c.agreement_id).join(_agreement, _agreement.c.id == _fact.c.agreement_id).where(
        _fact.c.partner_id == _institution.c.id, _agreement.c.deleted_at == "", _agreement.c.archived_on.is_(None),
        condition))


def _state(one: Filter, today: date) -> listing.Condition:
    made = _best_rank(today).in_(listing.state_ranks(one.values))
    return sa.or_(made, _best_rank(today).is_(None)) if "none" in one.values else made


def _ends(one: Filter, today: date) -> listing.Condition:
    running = [STATES.index(s) for s in ag.RUNNING]
    return _with_agreement(sa.and_(
        listing.before_or_after(_fact.c.ends_on)(one, today), listing.rank(today).in_(running)))


def _covered(one: Filter, today: date) -> listing.Condition:
    running = [STATES.index(s) for s in ag.RUNNING]
    covered = _with_agreement(listing.rank(today).in_(running))
    return covered if "yes" in one.values else sa.not_(covered)


def _archived(one: Filter, _: date) -> listing.Condition:
    return _institution.c.archived_on.is_not(None) if "yes" in one.values else _institution.c.archived_on.is_(None)


def _contact(one: Filter, _: date) -> listing.Condition:
    contact = schema.KINDS[pa.Contact].table
    has = sa.exists(sa.select(contact.c.id).where(contact.c.institution_id == _institution.c.id))
    return has if "yes" in one.values else sa.not_(has)


def _makers() -> dict[str, listing.Maker]:
    return {
        "country": listing.one_of(_institution.c.country, str.upper), "city": listing.one_of(_institution.c.city),
        "status": listing.one_of(_institution.c.status), "tier": listing.one_of(_partnership.c.tier, int_or_zero),
        "stage": listing.one_of(_partnership.c.stage), "responsible": listing.one_of(_partnership.c.responsible),
        "forms": listing.holds(_partnership.c.forms), "tag": listing.holds(_institution.c.tags),
        "state": _state, "ends": _ends, "covered": _covered, "archived": _archived, "contact": _contact,
        "review": listing.before_or_after(_partnership.c.next_review),
    }


def int_or_zero(value: str) -> int:
    """A number given as text; 0 where it is none, which no tier is."""
    return int(value) if value.isdigit() else 0
