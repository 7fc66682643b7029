"""The list of stays: which, in what order, and what a line shows; and the agreements around them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain.agreements import Facts
from partnerdesk.domain.lines import StayLine
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.phases import PHASES
from partnerdesk.domain.text import fold
from partnerdesk.store import listing, schema, search
from partnerdesk.store.driver import FACTS, facts_of
from partnerdesk.store.prepared import Prepared, one_of_ids
from partnerdesk.store.prepared import among as among_ids
from partnerdesk.store.stay_filters import fact, institution, joined, makers, person, stay
from partnerdesk.store.unit import Reader

_agreement_fact = schema.agreement_fact
_AT_ONCE = 500
_PAGE, _MANY = 100, 50_000
_READY = frozenset({"", "name", "starts", "ends"})
_OF_FACTS = frozenset({"country", "phase", "starts", "ends", "year", "direction", "months", "missing", "due"})


def stay_ids(
    reader: Reader, query: ListQuery, today: date, limit: int | None = None, among: Sequence[int] | None = None
) -> list[int]:
    """Ids of the stays that a query finds, in its order, of all or of those `among`."""
    if query.sort == "partner" and among is None and not (query.words or query.without or query.filters):
        return _by_partner(reader, query.descending, limit)
    walked = limit is not None and limit <= _PAGE and among is None and _many_of_order(reader, query)
    return listing.ids(reader, "stay", _worded, query, today, limit, among, walked)


def _many_of_order(reader: Reader, query: ListQuery) -> bool:
    """Whether very many stays hold some short words, and an index has their order ready."""
    if not query.words or query.filters or query.without or query.sort not in _READY:
        return False
    short = all(0 < len(fold(word)) <= search.SHORT for word in query.words)
    return short and search.hits_up_to(reader, "stay", query.words, _MANY) > _MANY


def stay_hits(reader: Reader, query: ListQuery, today: date) -> int:
    """How many stays a query finds."""
    return listing.hits(reader, "stay", _worded, query, today)


def stay_count(reader: Reader) -> int:
    """How many stays there are, those in the archive and the trash left out."""
    query = sa.select(sa.func.count()).select_from(fact).where(fact.c.shown == schema.SHOWN)
    return int(reader.connection.execute(query).scalar_one())


def stay_lines(reader: Reader, ids: Sequence[int]) -> dict[int, StayLine]:
    """What the list shows of these stays."""
    if not ids:
        return {}
    home = _homes().rows(reader.connection)
    southern = bool(home) and home[0][0] == "s"
    return {row[0]: _line(row, southern) for row in _lines().rows(reader.connection, among=one_of_ids(ids))}


def facts_around(
    reader: Reader, partners: Iterable[int], agreements: Iterable[int]
) -> list[tuple[int, int | None, Facts]]:
    """Agreements of these partners, and those named: (id, partner, facts of the state)."""
    found: dict[int, tuple[int, int | None, Facts]] = {}
    columns = [_agreement_fact.c[name] for name in FACTS]
    for column, values in ((_agreement_fact.c.partner_id, list(partners)),
                           (_agreement_fact.c.agreement_id, list(agreements))):
        for start in range(0, len(values), _AT_ONCE):
            query = sa.select(_agreement_fact.c.agreement_id, _agreement_fact.c.partner_id, *columns).where(
                column.in_(values[start:start + _AT_ONCE]), _agreement_fact.c.shown != schema.HIDDEN)
            for agreement, partner, *days in reader.connection.execute(query):
                found[agreement] = (agreement, partner, facts_of(*days))
    return list(found.values())


def versions_of(reader: Reader, partner_id: int) -> list[int]:
    """The versions that count of the agreements with a partner, those in the trash left out."""
    query = sa.select(_agreement_fact.c.version_id).where(
        _agreement_fact.c.partner_id == partner_id, _agreement_fact.c.shown != schema.HIDDEN,
        _agreement_fact.c.version_id.is_not(None))
    return list(reader.connection.execute(query).scalars())


def _by_partner(reader: Reader, descending: bool, limit: int | None) -> list[int]:
    """All stays in the order of the names of their partners, then of the people; without a partner last.

    There are few partners: each has its stays in order in an index, so that a million need not be sorted by names.
    """
    found = dict(_partners().rows(reader.connection)) if limit is None else None
    ids: list[int] = []
    for partner in _partner_order(reader, descending):
        if found is not None:
            ids += json.loads(found.get(partner, "[]"))
        else:
            ids += [i for (i,) in _at_partner(partner is None).rows(reader.connection, partner=partner)]
        if limit is not None and len(ids) >= limit:
            return ids[:limit]
    return ids


def _partner_order(reader: Reader, descending: bool) -> list[int | None]:
    name = institution.c.name
    query = sa.select(institution.c.id).order_by(name == "", name.desc() if descending else name, institution.c.id)
    return [*reader.connection.execute(query).scalars(), None]


@cache
def _partners() -> Prepared:
    # in the very order of the index, which the condition must not lead away from
    ordered = (sa.select(fact.c.partner_id, fact.c.stay_id).where(fact.c.shown + 0 == schema.SHOWN)
               .order_by(fact.c.partner_id, fact.c.shown, fact.c.sort_name, fact.c.stay_id).subquery())
    return Prepared(sa.select(ordered.c.partner_id, sa.func.json_group_array(ordered.c.stay_id))
                    .group_by(ordered.c.partner_id))


@cache
def _at_partner(none: bool) -> Prepared:
    partner = fact.c.partner_id.is_(None) if none else fact.c.partner_id == sa.bindparam("partner", None,
                                                                                        type_=sa.Integer)
    return Prepared(sa.select(fact.c.stay_id).where(partner, fact.c.shown == schema.SHOWN)
                    .order_by(fact.c.sort_name, fact.c.stay_id))


@lru_cache(maxsize=256)
def _worded(shape: listing.Shape) -> Prepared:
    order = _ready_order(shape)
    # joined to what it does not speak of, the engine would look each stay up in the order of an index of partners
    alone = shape.sort in _OF_FACTS and not shape.filters
    base = sa.select(fact.c.stay_id) if alone else joined(fact.c.stay_id)
    seen = listing.shown(fact, replace(shape, sort="stored") if shape.sort == "partner" else shape)
    base = base.where(fact.c.shown == schema.SHOWN if order is not None else seen)
    return listing.worded("stay", base, fact.c.stay_id, shape, makers(shape.today), _sorts(), order)


def _ready_order(shape: listing.Shape) -> list[sa.ColumnElement[Any]] | None:
    """The order that an index of all stays has ready, where nothing is filtered; words are looked up along it."""
    if shape.filters or shape.few or shape.counting:
        return None
    f = fact.c
    column: sa.Column[Any]
    if shape.sort == "phase":
        column, then = f.phase, f.starts_on
    elif shape.sort in ("starts", "ends"):
        column, then = f.starts_on if shape.sort == "starts" else f.ends_on, f.sort_name
    else:
        return None
    first: sa.ColumnElement[Any] = column.desc() if shape.descending else column.asc()
    return [first.nulls_last() if column.nullable else first, then, f.stay_id]


def _sorts() -> dict[str, sa.ColumnElement[Any]]:
    return {
        "name": fact.c.sort_name, "partner": institution.c.name, "country": fact.c.country, "phase": fact.c.phase,
        "starts": fact.c.starts_on, "ends": fact.c.ends_on, "year": fact.c.year, "term": stay.c.term,
        "direction": fact.c.direction, "programme": stay.c.programme, "activity": stay.c.activity,
        "months": fact.c.months, "missing": fact.c.documents_missing, "due": fact.c.next_due,
        "kind": person.c.kind, "nominated": stay.c.nominated_on,
    }


@cache
def _lines() -> Prepared:
    return Prepared(
        joined(
            fact.c.stay_id, stay.c.person_id, person.c.given_names, person.c.family_name, person.c.name_original,
            person.c.kind, fact.c.partner_id, institution.c.name, fact.c.country, fact.c.direction, fact.c.phase,
            stay.c.sending_status, stay.c.receiving_status, stay.c.programme, stay.c.activity, stay.c.attribute,
            fact.c.year, stay.c.term, fact.c.starts_on, fact.c.ends_on, fact.c.months, fact.c.documents,
            fact.c.documents_done, fact.c.documents_missing, fact.c.next_due, stay.c.archived_on,
            institution.c.hemisphere)
        .where(fact.c.stay_id.in_(among_ids()), stay.c.deleted_at == ""))


@cache
def _homes() -> Prepared:
    """The hemisphere of our own institution."""
    return Prepared(sa.select(institution.c.hemisphere).where(
        institution.c.is_home == 1, institution.c.deleted_at == "").order_by(institution.c.id).limit(1))


def _line(row: Any, home_southern: bool) -> StayLine:
    (id_, person_id, given, family, original, kind, partner_id, partner, country, direction, phase, sending, receiving,
     programme, activity, attribute, year, term, starts, ends, months, documents, done, missing, due, archived,
     hemisphere) = row
    return StayLine(
        id=id_, person_id=person_id, name=", ".join(part for part in (family, given) if part) or original,
        name_original=original, kind=kind, partner_id=partner_id or 0, partner=partner or "", country=country,
        direction=direction, phase=str(PHASES[phase]), sending_status=sending, receiving_status=receiving,
        programme=programme, activity=activity, attribute=attribute, year=year, term=term, starts_on=_day(starts),
        ends_on=_day(ends), months=months, documents=documents, documents_done=done, documents_missing=missing,
        next_due=_day(due), archived=archived is not None,
        southern=hemisphere == "s" if direction == "out" else home_southern,
    )


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
