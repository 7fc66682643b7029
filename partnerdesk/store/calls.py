"""Calls as lists show them, and what a placement has to know of conditions and of what is taken elsewhere."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import agreements as ag
from partnerdesk.domain import calls as ca
from partnerdesk.domain import partners as pa
from partnerdesk.domain import stays as st
from partnerdesk.domain.phases import COUNTED
from partnerdesk.store import schema
from partnerdesk.store.driver import FACTS, facts_of
from partnerdesk.store.prepared import Prepared, among, one_of_ids
from partnerdesk.store.unit import Reader

_call = schema.KINDS[ca.Call].table
_application = schema.KINDS[ca.Application].table
_stay = schema.KINDS[st.Stay].table
_condition = schema.KINDS[ag.Condition].table
_version = schema.KINDS[ag.AgreementVersion].table
_agreement = schema.KINDS[ag.Agreement].table
_institution = schema.KINDS[pa.Institution].table
_fact = schema.agreement_fact


@dataclass(frozen=True, slots=True)
class Offered:
    """Where a condition stands: its agreement and partner, and whether its version is the one that counts."""

    condition_id: int
    agreement_id: int
    partner_id: int
    partner: str
    country: str
    city: str
    code: str
    programme: str
    counting: bool
    facts: ag.Facts


@dataclass(frozen=True, slots=True)
class TakenElsewhere:
    """Places that something outside the call takes: a stay with its months and semesters, or an offer (`term`)."""

    condition_id: int
    unit_id: int | None
    months: float = 0
    semesters: float = 0
    term: str | None = None


def call_counts(reader: Reader) -> dict[int, dict[str, int]]:
    """How many applications each call has, by what became of them."""
    a = _application.c
    found: dict[int, dict[str, int]] = {}
    query = sa.select(a.call_id, a.offer, sa.func.count()).group_by(a.call_id, a.offer)
    for call, offer, n in reader.connection.execute(query):
        found.setdefault(call, {})[offer] = n
    return found


def open_calls(reader: Reader) -> int:
    """How many calls are neither in the archive nor in the trash."""
    query = sa.select(sa.func.count()).where(_call.c.deleted_at == "", _call.c.archived_on.is_(None))
    return int(reader.connection.execute(query).scalar_one())


def offered(reader: Reader, condition_ids: Collection[int]) -> dict[int, Offered]:
    """Where these conditions stand, by their ids."""
    return _offered_rows(_places(False).rows(reader.connection, among=one_of_ids(condition_ids)))


def open_to_wishes(reader: Reader, direction: str, activity: str) -> dict[int, Offered]:
    """The conditions that count for an activity in a direction, of agreements that are shown in lists."""
    return _offered_rows(_places(True).rows(reader.connection, direction=direction, activity=activity))


def _offered_rows(rows: list[tuple[Any, ...]]) -> dict[int, Offered]:
    found = {}
    for condition, agreement, partner, name, country, city, code, programme, counting, *days in rows:
        found[condition] = Offered(condition, agreement, partner or 0, name or "", country or "", city or "", code,
                                   programme, bool(counting), facts_of(*days))
    return found


@cache
def _places(wished: bool) -> Prepared:
    c, f, a, i = _condition.c, _fact.c, _agreement.c, _institution.c
    query = (
        sa.select(c.id, a.id, i.id, i.name, i.country, i.city, a.our_code, a.programme,
                  sa.func.coalesce(f.version_id == c.version_id, 0), *(f[name] for name in FACTS))
        .select_from(_condition).join(_version, _version.c.id == c.version_id)
        .join(_agreement, a.id == _version.c.agreement_id).join(_fact, f.agreement_id == a.id)
        .outerjoin(_institution, i.id == sa.func.coalesce(c.partner_id, f.partner_id)))
    if not wished:
        return Prepared(query.where(c.id.in_(among())))
    direction, activity = (sa.bindparam(name, None, type_=sa.Text) for name in ("direction", "activity"))
    return Prepared(query.where(f.version_id == c.version_id, f.shown == schema.SHOWN, c.direction == direction,
                                c.activity == activity).order_by(f.sort_name, c.position, c.id))


def taken_elsewhere(reader: Reader, call_id: int, year: int) -> list[TakenElsewhere]:
    """What takes places in a year besides this call: stays that count or are selected, offers of other calls."""
    s, f, a, c = _stay.c, schema.stay_fact.c, _application.c, _call.c
    own = sa.select(a.stay_id).where(a.call_id == call_id, a.stay_id.is_not(None))
    counted = sa.and_(s.sending_status.in_(COUNTED), s.receiving_status != "rejected")
    chosen = sa.and_(s.sending_status == "planned", s.selected_on.is_not(None))
    stays = (sa.select(s.condition_id, s.sending_unit_id, f.months, f.terms)
             .join(schema.stay_fact, f.stay_id == s.id)
             .where(s.condition_id.is_not(None), s.year == year, s.deleted_at == "", sa.or_(counted, chosen),
                    s.id.not_in(own)))
    found = [TakenElsewhere(condition, unit, months or 0, terms or 0)
             for condition, unit, months, terms in reader.connection.execute(stays)]
    offers = (sa.select(a.condition_id, a.unit_id, c.term).join(_call, c.id == a.call_id)
              .where(a.offer.in_(("offered", "placed")), a.condition_id.is_not(None), a.stay_id.is_(None),
                     c.deleted_at == "", c.year == year, c.id != call_id))
    return found + [TakenElsewhere(condition, unit, term=term)
                    for condition, unit, term in reader.connection.execute(offers)]
