"""How stays are filtered, wherever they are shown: list, board, calendar, summary, and who is abroad on a day."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import cohorts as co
from partnerdesk.domain import partners as pa
from partnerdesk.domain import people as pe
from partnerdesk.domain import stays as st
from partnerdesk.domain.listing import Filter
from partnerdesk.domain.phases import EXITS, PATH, PHASES, Phase
from partnerdesk.store import listing, schema
from partnerdesk.store.partners import int_or_zero

fact = schema.stay_fact
stay = schema.KINDS[st.Stay].table
person = schema.KINDS[pe.Person].table
institution = schema.KINDS[pa.Institution].table
_member = schema.KINDS[co.CohortMember].table
AWAY = tuple(PHASES.index(phase) for phase in (
    Phase.NOMINATED, Phase.ACCEPTED, Phase.PREPARING, Phase.ABROAD, Phase.RETURNED, Phase.RECOGNISED, Phase.CLOSED,
    Phase.INTERRUPTED))
_GROUPS = {"open": PATH[:-1], "exits": EXITS}


def joined(*columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Columns of stays with person and partner beside them; lists of ids pay only for what they ask about."""
    return sa.select(*columns).select_from(_with(True, True, True))


def tied(wanted: sa.Select[Any]) -> sa.Select[Any]:
    """A statement about stays with the tables that it speaks of and no others, as sums want it.

    Where it counts or groups the engine does not leave out a join by itself.
    """
    named = wanted.get_final_froms()
    people = person in named
    return wanted.select_from(_with(people or stay in named, people, institution in named))


def _with(stays: bool, people: bool, partners: bool) -> sa.FromClause:
    found: sa.FromClause = fact
    if stays:
        found = found.outerjoin(stay, stay.c.id == fact.c.stay_id)
    if people:
        found = found.outerjoin(person, person.c.id == stay.c.person_id)
    return found.outerjoin(institution, institution.c.id == fact.c.partner_id) if partners else found


def makers(today: date) -> dict[str, listing.Maker]:
    """The filter of each key of a search line about stays."""
    by_number, by_code = int_or_zero, str
    return {
        "country": listing.one_of(fact.c.country, str.upper), "direction": listing.one_of(fact.c.direction),
        "phase": _phase, "year": listing.one_of(fact.c.year, by_number),
        "starts": listing.before_or_after(fact.c.starts_on), "ends": listing.before_or_after(fact.c.ends_on),
        "abroad": _abroad, "missing": _missing, "late": _late, "due": listing.before_or_after(fact.c.next_due),
        "partner": listing.one_of(fact.c.partner_id, by_number), "cohort": _cohort,
        "person": listing.one_of(stay.c.person_id, by_number), "kind": listing.one_of(person.c.kind, by_code),
        "programme": listing.one_of(stay.c.programme), "activity": listing.one_of(stay.c.activity),
        "attribute": listing.one_of(stay.c.attribute), "term": listing.one_of(stay.c.term),
        "sending": listing.one_of(stay.c.sending_status), "receiving": listing.one_of(stay.c.receiving_status),
        "agreement": listing.one_of(stay.c.agreement_id, by_number),
        "condition": listing.one_of(stay.c.condition_id, by_number), "tag": listing.holds(stay.c.tags),
        "archived": _archived,
    }


def kind_at_once(one: Filter, _: date) -> listing.Condition:
    """The filter by kind of person as sums over all stays want it: the stays of these people, found from them."""
    people = sa.select(person.c.id).where(person.c.kind.in_(one.values))
    return fact.c.stay_id.in_(sa.select(stay.c.id).where(stay.c.person_id.in_(people)))


def on_day(day: date) -> listing.Condition:
    """Stays that take in a day, as they were or else as planned, and that were not called off before they began."""
    at = day.isoformat()
    # found by the last days alone: an index by first days or phases would give all there ever were
    return sa.and_(fact.c.ends_on >= at, fact.c.starts_on.concat("") <= at, (fact.c.phase + 0).in_(AWAY))


def _phase(one: Filter, _: date) -> listing.Condition:
    wanted: list[int] = []
    for value in one.values:
        phases = _GROUPS.get(value, tuple(phase for phase in PHASES if phase == value))
        wanted += [PHASES.index(phase) for phase in phases]
    return fact.c.phase.in_(wanted)


def _abroad(one: Filter, today: date) -> listing.Condition:
    day = listing.day_of(one.values[0] if one.values else "", today)
    return on_day(day) if day is not None else sa.false()


def _missing(one: Filter, _: date) -> listing.Condition:
    return fact.c.documents_missing > 0 if "yes" in one.values else fact.c.documents_missing == 0


def _late(one: Filter, today: date) -> listing.Condition:
    late = sa.func.coalesce(fact.c.next_due < today.isoformat(), sa.false())
    return late if "yes" in one.values else sa.not_(late)


def _cohort(one: Filter, _: date) -> listing.Condition:
    cohorts = [int_or_zero(value) for value in one.values]
    return fact.c.stay_id.in_(sa.select(_member.c.stay_id).where(_member.c.cohort_id.in_(cohorts)))


def _archived(one: Filter, _: date) -> listing.Condition:
    return fact.c.shown == (schema.ARCHIVED if "yes" in one.values else schema.SHOWN)
