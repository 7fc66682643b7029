"""The list of agreements: which, in what order, and what a line shows."""

from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import agreements as ag
from partnerdesk.domain import partners as pa
from partnerdesk.domain.agreements import AgreementLine, rolled, state_of
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.store import listing, schema
from partnerdesk.store.driver import FACTS, facts_of
from partnerdesk.store.partners import int_or_zero
from partnerdesk.store.prepared import Prepared, one_of_ids
from partnerdesk.store.prepared import among as among_ids
from partnerdesk.store.unit import Reader

_agreement = schema.KINDS[ag.Agreement].table
_version = schema.KINDS[ag.AgreementVersion].table
_institution = schema.KINDS[pa.Institution].table
_partnership = schema.KINDS[pa.Partnership].table
_condition = schema.KINDS[ag.Condition].table
_fact = schema.agreement_fact
_OF_AGREEMENT = ("id", "type", "title", "programme", "our_code", "partner_code", "archived_on")


def agreement_ids(
    reader: Reader, query: ListQuery, today: date, limit: int | None = None, among: Sequence[int] | None = None
) -> list[int]:
    """Ids of the agreements that a query finds, in its order, of all or of those `among`."""
    return listing.ids(reader, "agreement", _worded, query, today, limit, among)


def agreement_hits(reader: Reader, query: ListQuery, today: date) -> int:
    """How many agreements a query finds."""
    return listing.hits(reader, "agreement", _worded, query, today)


@lru_cache(maxsize=256)
def _worded(shape: listing.Shape) -> Prepared:
    joined = (
        sa.select(_fact.c.agreement_id)
        .outerjoin(_agreement, _agreement.c.id == _fact.c.agreement_id)
        .outerjoin(_partnership, _partnership.c.id == _agreement.c.partnership_id)
        .outerjoin(_institution, _institution.c.id == _fact.c.partner_id)
        .where(listing.shown(_fact, shape))
    )
    return listing.worded("agreement", joined, _fact.c.agreement_id, shape, _makers(shape.today), _sorts(shape.today))


def agreement_count(reader: Reader) -> int:
    """How many agreements there are, those in the archive and the trash left out."""
    query = sa.select(sa.func.count()).select_from(_fact).where(_fact.c.shown == schema.SHOWN)
    return int(reader.connection.execute(query).scalar_one())


def agreement_lines(reader: Reader, ids: Sequence[int], today: date, year: int) -> dict[int, AgreementLine]:
    """What the list shows of these agreements; `year` is the first calendar year of the academic year."""
    if not ids:
        return {}
    places = listing.places_by(reader, _fact.c.agreement_id, ids, year, today)
    rows = _lines().rows(reader.connection, among=one_of_ids(ids))
    return {row[0]: _line(row, today, places) for row in rows}


@cache
def _lines() -> Prepared:
    every = _version.alias()
    versions = sa.select(sa.func.count()).where(every.c.agreement_id == _agreement.c.id).scalar_subquery()
    return Prepared(
        sa.select(*(_agreement.c[name] for name in _OF_AGREEMENT), _fact.c.partner_id, _institution.c.name,
                  _institution.c.country, _version.c.n, _version.c.first_year, _version.c.open_ended, versions,
                  _partnership.c.responsible, *(_fact.c[name] for name in FACTS))
        .join(_fact, _fact.c.agreement_id == _agreement.c.id)
        .join(_partnership, _partnership.c.id == _agreement.c.partnership_id)
        .outerjoin(_version, _version.c.id == _fact.c.version_id)
        .outerjoin(_institution, _institution.c.id == _fact.c.partner_id)
        .where(_agreement.c.id.in_(among_ids()), _agreement.c.deleted_at == ""))


def facts_for(reader: Reader, agreement_id: int) -> tuple[int | None, ag.Facts]:
    """Id of the version that counts, and the facts of the state."""
    row = reader.connection.execute(sa.select(_fact).where(_fact.c.agreement_id == agreement_id)).first()
    return (row.version_id, _facts(row)) if row is not None else (None, ag.Facts())


def facts_of_partner(reader: Reader, institution_id: int) -> dict[int, tuple[int | None, ag.Facts]]:
    """Version that counts and facts of each agreement of a partner, by agreement id."""
    query = (sa.select(_fact).join(_agreement, _agreement.c.id == _fact.c.agreement_id)
             .where(_fact.c.partner_id == institution_id, _agreement.c.deleted_at == ""))
    return {row.agreement_id: (row.version_id, _facts(row)) for row in reader.connection.execute(query)}


def all_facts(reader: Reader) -> dict[int, tuple[int | None, ag.Facts]]:
    """Version that counts and facts of every agreement, by agreement id."""
    return {row.agreement_id: (row.version_id, _facts(row)) for row in reader.connection.execute(sa.select(_fact))}


def _facts(row: Any) -> ag.Facts:
    return facts_of(row.ours_on, row.theirs_on, row.starts_on, row.ends_on, row.notice_on, row.termination_on,
                    row.superseded_on, row.renew_months)


def _line(row: Any, today: date, places: dict[tuple[int, str], int]) -> AgreementLine:
    (agreement, kind, title, programme, our_code, partner_code, archived, partner, name, country, n, first_year,
     open_ended, versions, responsible, *days) = row
    facts = facts_of(*days)
    now = rolled(facts, today)
    return AgreementLine(
        id=agreement, partner_id=partner or 0, partner=name or "", country=country or "", type=kind, title=title,
        programme=programme, our_code=our_code, partner_code=partner_code, n=n or 1, versions=versions,
        state=str(state_of(facts, today)), starts_on=facts.starts_on, ends_on=now.ends_on, open_ended=bool(open_ended),
        by_years=first_year is not None, notice_on=now.notice_on, places_out=places.get((agreement, "out"), 0),
        places_in=places.get((agreement, "in"), 0), responsible=responsible, archived=archived is not None,
    )


def _sorts(today: date) -> dict[str, sa.ColumnElement[Any]]:
    return {
        "partner": _fact.c.sort_name, "type": _agreement.c.type, "our_code": _agreement.c.our_code,
        "partner_code": _agreement.c.partner_code, "programme": _agreement.c.programme,
        "country": _institution.c.country, "state": listing.rank(today), "starts": _fact.c.starts_on,
        "ends": listing.ends_on(today), "notice": listing.notice_on(today), "responsible": _partnership.c.responsible,
        "name": _fact.c.sort_name,
    }


def _state(one: Filter, today: date) -> listing.Condition:
    return listing.rank(today).in_(listing.state_ranks(one.values))


def _archived(one: Filter, _: date) -> listing.Condition:
    return _agreement.c.archived_on.is_not(None) if "yes" in one.values else _agreement.c.archived_on.is_(None)


def _by_condition(column: sa.ColumnElement[Any]) -> listing.Maker:
    def make(one: Filter, today: date) -> listing.Condition:
        return sa.exists(sa.select(_condition.c.id).where(
            _condition.c.version_id == _fact.c.version_id, listing.one_of(column)(one, today)))

    return make


def _field(one: Filter, today: date) -> listing.Condition:
    return sa.exists(sa.select(_condition.c.id).where(
        _condition.c.version_id == _fact.c.version_id,
        sa.or_(*(_condition.c.fields.like(f'%"{listing.escaped(v)}%', escape="\\") for v in one.values))))


def _makers(today: date) -> dict[str, listing.Maker]:
    return {
        "country": listing.one_of(_institution.c.country, str.upper), "type": listing.one_of(_agreement.c.type),
        "programme": listing.one_of(_agreement.c.programme), "state": _state, "archived": _archived,
        "ends": listing.before_or_after(listing.ends_on(today)), "starts": listing.before_or_after(_fact.c.starts_on),
        "notice": listing.before_or_after(listing.notice_on(today)),
        "responsible": listing.one_of(_partnership.c.responsible),
        "tier": listing.one_of(_partnership.c.tier, int_or_zero),
        "direction": _by_condition(_condition.c.direction), "activity": _by_condition(_condition.c.activity),
        "field": _field, "partner": listing.one_of(_fact.c.partner_id, int_or_zero),
    }
