"""Who is away on a day: ids by country and name, how many in each country, and how to reach them."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import people as pe
from partnerdesk.domain.abroad import AbroadLine
from partnerdesk.domain.countries import countries
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.phases import PHASES, Phase
from partnerdesk.domain.text import fold
from partnerdesk.store import listing, schema
from partnerdesk.store.prepared import Prepared, among, one_of_ids
from partnerdesk.store.stay_filters import AWAY, fact, institution, joined, makers, person, stay, tied
from partnerdesk.store.unit import Reader

_contact = schema.KINDS[pe.PersonContact].table
_EXPECTED = tuple(PHASES.index(phase) for phase in (Phase.NOMINATED, Phase.ACCEPTED, Phase.PREPARING))


def abroad_ids(
    reader: Reader, query: ListQuery, today: date, limit: int | None = None, among: Sequence[int] | None = None
) -> list[int]:
    """Ids of the stays that a query with a day (`abroad:2026-10-01`) finds, in its order."""
    return listing.ids(reader, "stay", _worded, query, today, limit, among)


def abroad_hits(reader: Reader, query: ListQuery, today: date) -> int:
    """How many a query finds."""
    return listing.hits(reader, "stay", _worded, query, today)


def by_country(reader: Reader, query: ListQuery, today: date) -> dict[str, int]:
    """How many a query finds in each country, the most first."""
    found = listing.rows(reader, "stay", _by_country, query, today)
    return dict(sorted(found, key=lambda one: (-one[1], one[0])))


def abroad_lines(reader: Reader, ids: Sequence[int]) -> dict[int, AbroadLine]:
    """How to reach the people of these stays."""
    if not ids:
        return {}
    rows = _lines().rows(reader.connection, among=one_of_ids(ids))
    contacts: dict[int, tuple[str, str, str]] = {}
    for owner, name, relation, phone in _contacts().rows(
            reader.connection, among=one_of_ids(dict.fromkeys(row[1] for row in rows))):
        contacts.setdefault(owner, (name, relation, phone))
    return {row[0]: _line(row, contacts.get(row[1], ("", "", ""))) for row in rows}


def by_week(reader: Reader, first: date, weeks: int, direction: str) -> list[int]:
    """How many are away on the first day of each of so many weeks from `first` on."""
    days = [(first + timedelta(weeks=n)).isoformat() for n in range(weeks)]
    counts = [0] * weeks
    for starts, ends, n in _spans().rows(
            reader.connection, begins=days[0], ends=days[-1], direction=direction):
        # ISO days sort as text
        counts[_place(days, starts)] += n
        after = _place(days, ends + "~")
        if after < weeks:
            counts[after] -= n
    return [sum(counts[:n + 1]) for n in range(weeks)]


def _place(days: Sequence[str], day: str) -> int:
    return bisect_left(days, day)


def _on_the_day(shape: listing.Shape, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    chosen = sa.select(*columns).where(_shown(shape))
    return listing.narrowed("stay", chosen, fact.c.stay_id, shape, makers(shape.today))


def _shown(shape: listing.Shape) -> listing.Condition:
    """As lists have it, but in every order by the index: a day leaves few."""
    return (fact.c.shown + 0 if shape.few else fact.c.shown) == schema.SHOWN


@lru_cache(maxsize=256)
def _worded(shape: listing.Shape) -> Prepared:
    base = joined(fact.c.stay_id).where(_shown(shape))
    sorts = {
        "name": fact.c.sort_name, "country": _by_name(), "partner": institution.c.name,
        "city": institution.c.city, "starts": fact.c.starts_on, "ends": fact.c.ends_on,
    }
    return listing.worded("stay", base, fact.c.stay_id, shape, makers(shape.today), sorts)


@cache
def _by_name() -> sa.ColumnElement[int | None]:
    """The place of a country among all by their names in English; nothing where it is not known."""
    codes = " ".join(one.code for one in sorted(countries(), key=lambda one: fold(one.name)))
    place = sa.func.instr(codes, fact.c.country, type_=sa.Integer)
    return sa.case((fact.c.country == "", None), else_=place)


@lru_cache(maxsize=64)
def _by_country(shape: listing.Shape) -> Prepared:
    return Prepared(tied(_on_the_day(shape, fact.c.country, sa.func.count())).group_by(fact.c.country))


@cache
def _spans() -> Prepared:
    begins, ends = (sa.bindparam(name, None, type_=sa.Text) for name in ("begins", "ends"))
    return Prepared(
        sa.select(fact.c.starts_on, fact.c.ends_on, sa.func.count())
        .where(fact.c.shown == schema.SHOWN, fact.c.ends_on >= begins, fact.c.starts_on.concat("") <= ends,
               (fact.c.phase + 0).in_(AWAY),
               fact.c.direction == sa.bindparam("direction", None, type_=sa.Text))
        .group_by(fact.c.starts_on, fact.c.ends_on))


@cache
def _lines() -> Prepared:
    columns = (
        fact.c.stay_id, stay.c.person_id, person.c.given_names, person.c.family_name, person.c.name_original,
        person.c.kind, fact.c.direction, fact.c.country, institution.c.name, institution.c.city, person.c.phone,
        person.c.email, fact.c.starts_on, fact.c.ends_on, fact.c.phase, stay.c.actual_from)
    return Prepared(joined(*columns).where(fact.c.stay_id.in_(among())))


@cache
def _contacts() -> Prepared:
    return Prepared(
        sa.select(_contact.c.person_id, _contact.c.name, _contact.c.relation, _contact.c.phone)
        .where(_contact.c.person_id.in_(among()), _contact.c.kind == "emergency").order_by(_contact.c.id))


def _line(row: Sequence[Any], called: tuple[str, str, str]) -> AbroadLine:
    (one, person_id, given, family, original, kind, direction, country, partner, city, phone, email, starts, ends,
     phase, arrived) = row
    return AbroadLine(
        id=one, person_id=person_id, name=f"{given} {family}".strip(), name_original=original, kind=kind,
        direction=direction, country=country, partner=partner or "", city=city or "", phone=phone, email=email,
        call_name=called[0], call_relation=called[1], call_phone=called[2],
        starts_on=date.fromisoformat(starts) if starts else None,
        ends_on=date.fromisoformat(ends) if ends else None,
        arrived=bool(arrived) or phase not in _EXPECTED)
