"""The list of partners: which institutions, in what order, and what a line shows."""

import json
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import agreements as ag
from partnerdesk.domain import partners as pa
from partnerdesk.domain.agreements import STATES, rolled, state_of
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.partners import PartnerLine
from partnerdesk.store import listing, schema
from partnerdesk.store.driver import FACTS, facts_of
from partnerdesk.store.prepared import Prepared, one_of_ids
from partnerdesk.store.prepared import among as among_ids
from partnerdesk.store.unit import Reader

_institution = schema.KINDS[pa.Institution].table
_partnership = schema.KINDS[pa.Partnership].table
_fact = schema.agreement_fact
_partner = schema.partner_fact
_SHOWN = ("id", "name", "name_original", "short_name", "city", "country", "status", "archived_on")


def partner_ids(
    reader: Reader, query: ListQuery, today: date, limit: int | None = None, among: Sequence[int] | None = None
) -> list[int]:
    """Ids of the partners that a query finds, in its order, of all or of those `among`."""
    return listing.ids(reader, "partner", _worded, query, today, limit, among)


def partner_hits(reader: Reader, query: ListQuery, today: date) -> int:
    """How many partners a query finds."""
    return listing.hits(reader, "partner", _worded, query, today)


@lru_cache(maxsize=256)
def _worded(shape: listing.Shape) -> Prepared:
    joined = (
        sa.select(_partner.c.institution_id)
        .outerjoin(_institution, _institution.c.id == _partner.c.institution_id)
        .outerjoin(_partnership, _partnership.c.id == _partner.c.partnership_id)
        .where(listing.shown(_partner, shape))
    )
    lead = _lead(shape)
    if shape.sort in _OF_LEAD or any(one.key == "state" for one in shape.filters):
        joined = joined.outerjoin(lead, lead.c.partner_id == _partner.c.institution_id)
    return listing.worded("partner", joined, _partner.c.institution_id, shape, _makers(lead), _sorts(lead))


def partner_count(reader: Reader) -> int:
    """How many partners there are, those in the archive and the trash left out."""
    query = sa.select(sa.func.count()).select_from(_partner).where(_partner.c.shown == schema.SHOWN)
    return int(reader.connection.execute(query).scalar_one())


def partner_lines(reader: Reader, ids: Sequence[int], today: date, year: int) -> dict[int, PartnerLine]:
    """What the list shows of these partners; `year` is the first calendar year of the academic year."""
    if not ids:
        return {}
    lead = _leading(reader, ids, today)
    places = listing.places_by(reader, _fact.c.partner_id, ids, year, today)
    rows = _lines().rows(reader.connection, among=one_of_ids(ids))
    return {row[0]: _line(row, lead.get(row[0]), places) for row in rows}


@cache
def _lines() -> Prepared:
    return Prepared(
        sa.select(*(_institution.c[n] for n in _SHOWN), _partnership.c.forms, _partnership.c.tier, _partnership.c.stage,
                  _partnership.c.responsible, _partnership.c.next_review)
        .outerjoin(_partner, _partner.c.institution_id == _institution.c.id)
        .outerjoin(_partnership, _partnership.c.id == _partner.c.partnership_id)
        .where(_institution.c.id.in_(among_ids()), _institution.c.deleted_at == ""))


def countries(reader: Reader) -> dict[str, int]:
    """How many partners there are in each country, for the filter's choices."""
    query = (sa.select(_institution.c.country, sa.func.count()).where(
        _institution.c.is_home == 0, _institution.c.deleted_at == "").group_by(_institution.c.country))
    return {row[0]: row[1] for row in reader.connection.execute(query)}


def _leading(reader: Reader, ids: Sequence[int], today: date) -> dict[int, tuple[ag.State, ag.Facts, int]]:
    """State and facts of each partner's leading agreement, and how many it has: the most pressing state, of equal
    ones the first to end.
    """
    best: dict[int, tuple[ag.State, ag.Facts, int]] = {}
    for partner, *days in _papers().rows(reader.connection, among=one_of_ids(ids)):
        facts = facts_of(*days)
        state, now = state_of(facts, today), rolled(facts, today)
        known = best.get(partner)
        if known is None:
            best[partner] = (state, now, 1)
        elif _pressing(state, now) < _pressing(known[0], known[1]):
            best[partner] = (state, now, known[2] + 1)
        else:
            best[partner] = (known[0], known[1], known[2] + 1)
    return best


@cache
def _papers() -> Prepared:
    return Prepared(
        sa.select(*(_fact.c[name] for name in ("partner_id", *FACTS)))
        .where(_fact.c.partner_id.in_(among_ids()), _fact.c.shown == schema.SHOWN).order_by(_fact.c.agreement_id))


def _pressing(state: ag.State, facts: ag.Facts) -> tuple[int, date]:
    return STATES.index(state), facts.ends_on or date.max


def _line(row: Any, lead: tuple[ag.State, ag.Facts, int] | None, places: dict[tuple[int, str], int]) -> PartnerLine:
    (partner, name, original, short, city, country, status, archived, forms, tier, stage, responsible,
     review) = row
    state, facts, n = lead if lead else ("", ag.Facts(), 0)
    return PartnerLine(
        id=partner, name=name, name_original=original, short_name=short, city=city, country=country, status=status,
        forms=tuple(json.loads(forms)) if forms else (), tier=tier, stage=stage or "", responsible=responsible or "",
        next_review=date.fromisoformat(review) if review else None, state=str(state), ends_on=facts.ends_on,
        open_ended=bool(n) and facts.ends_on is None and state in ag.RUNNING, notice_on=facts.notice_on, agreements=n,
        places_out=places.get((partner, "out"), 0), places_in=places.get((partner, "in"), 0),
        archived=archived is not None,
    )


_OF_LEAD = ("state", "ends", "agreements")
_NO_END = "9999-12-31"


def _lead(shape: listing.Shape) -> sa.Subquery:
    """Of each partner that is asked about how many agreements it has, and the leading one as one text: a letter for
    the state, then the end.
    """
    letter = sa.func.substr("abcdefghijkl", listing.rank(shape.today) + 1, 1, type_=sa.Text)
    end = sa.func.coalesce(listing.ends_on(shape.today), _NO_END, type_=sa.Text)
    query = (sa.select(_fact.c.partner_id, sa.func.min(letter + end).label("lead"), sa.func.count().label("n"))
             .where(_fact.c.shown == schema.SHOWN).group_by(_fact.c.partner_id))
    return (query.where(_fact.c.partner_id.in_(among_ids())) if shape.few else query).subquery()


def _sorts(lead: sa.Subquery) -> dict[str, sa.ColumnElement[Any]]:
    return {
        "name": _partner.c.sort_name, "country": _institution.c.country, "city": _institution.c.city,
        "short_name": _institution.c.short_name, "tier": _partnership.c.tier, "stage": _partnership.c.stage,
        "responsible": _partnership.c.responsible, "next_review": _partnership.c.next_review,
        "state": sa.func.coalesce(sa.func.substr(lead.c.lead, 1, 1), "~", type_=sa.Text),
        "status": _institution.c.status,
        "ends": sa.func.nullif(sa.func.substr(lead.c.lead, 2), _NO_END, type_=sa.Text),
        "agreements": sa.func.coalesce(lead.c.n, 0, type_=sa.Integer),
    }


def _with_agreement(*conditions: listing.Condition) -> listing.Condition:
    return _partner.c.institution_id.in_(
        sa.select(_fact.c.partner_id)
        .where(_fact.c.partner_id.is_not(None), _fact.c.shown == schema.SHOWN, *conditions))


def _state(lead: sa.Subquery) -> listing.Maker:
    def make(one: Filter, today: date) -> listing.Condition:
        letters = ["abcdefghijkl"[place] for place in listing.state_ranks(one.values)]
        made = sa.func.coalesce(sa.func.substr(lead.c.lead, 1, 1), "").in_(letters)
        return sa.or_(made, lead.c.lead.is_(None)) if "none" in one.values else made

    return make


def _ends(one: Filter, today: date) -> listing.Condition:
    within = listing.before_or_after(listing.ends_on(today))(one, today)
    return _with_agreement(within, listing.running(today))


def _covered(one: Filter, today: date) -> listing.Condition:
    covered = _with_agreement(listing.running(today))
    return covered if "yes" in one.values else sa.not_(covered)


def _archived(one: Filter, _: date) -> listing.Condition:
    return _institution.c.archived_on.is_not(None) if "yes" in one.values else _institution.c.archived_on.is_(None)


def _contact(one: Filter, _: date) -> listing.Condition:
    contact = schema.KINDS[pa.Contact].table
    has = _partner.c.institution_id.in_(sa.select(contact.c.institution_id))
    return has if "yes" in one.values else sa.not_(has)


def _makers(lead: sa.Subquery) -> dict[str, listing.Maker]:
    return {
        "country": listing.one_of(_institution.c.country, str.upper), "city": listing.one_of(_institution.c.city),
        "status": listing.one_of(_institution.c.status), "tier": listing.one_of(_partnership.c.tier, int_or_zero),
        "stage": listing.one_of(_partnership.c.stage), "responsible": listing.one_of(_partnership.c.responsible),
        "forms": listing.holds(_partnership.c.forms), "tag": listing.holds(_institution.c.tags),
        "state": _state(lead), "ends": _ends, "covered": _covered, "archived": _archived, "contact": _contact,
        "review": listing.before_or_after(_partnership.c.next_review),
    }


def int_or_zero(value: str) -> int:
    """A number given as text; 0 where it is none, which no tier is."""
    return int(value) if value.isdigit() else 0
