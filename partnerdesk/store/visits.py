"""The list of visits: which, in what order, and what a line shows."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import followups as fo
from partnerdesk.domain import partners as pa
from partnerdesk.domain import visits as vi
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.visits import VisitLine
from partnerdesk.store import listing, schema
from partnerdesk.store.partners import int_or_zero
from partnerdesk.store.prepared import Prepared, one_of_ids
from partnerdesk.store.prepared import among as among_ids
from partnerdesk.store.unit import Reader

_visit = schema.KINDS[vi.Visit].table
_place = schema.KINDS[vi.VisitPlace].table
_person = schema.KINDS[vi.VisitPerson].table
_followup = schema.KINDS[fo.FollowUp].table
_institution = schema.KINDS[pa.Institution].table
_fact = schema.visit_fact
_SHOWN = ("id", "title", "kind", "direction", "status", "starts_on", "ends_on", "city", "responsible")


def visit_ids(
    reader: Reader, query: ListQuery, today: date, limit: int | None = None, among: Sequence[int] | None = None
) -> list[int]:
    """Ids of the visits that a query finds, in its order, of all or of those `among`."""
    return listing.ids(reader, "visit", _worded, query, today, limit, among)


def visit_hits(reader: Reader, query: ListQuery, today: date) -> int:
    """How many visits a query finds."""
    return listing.hits(reader, "visit", _worded, query, today)


def visit_count(reader: Reader) -> int:
    """How many visits there are, those in the archive and the trash left out."""
    query = sa.select(sa.func.count()).select_from(_fact).where(_fact.c.shown == schema.SHOWN)
    return int(reader.connection.execute(query).scalar_one())


def visit_lines(reader: Reader, ids: Sequence[int]) -> dict[int, VisitLine]:
    """What the list shows of these visits."""
    if not ids:
        return {}
    among = one_of_ids(ids)
    partners: dict[int, list[str]] = defaultdict(list)
    for visit, name in _partners().rows(reader.connection, among=among):
        partners[visit].append(name)
    people = dict(_people().rows(reader.connection, among=among))
    to_do = dict(_to_do().rows(reader.connection, among=among))
    rows = _lines().rows(reader.connection, among=among)
    return {row[0]: _line(row, ", ".join(partners[row[0]]), people.get(row[0], 0), to_do.get(row[0], 0))
            for row in rows}


def visits_with(reader: Reader, institution_id: int) -> list[int]:
    """Ids of the visits to or from an institution, the last first, those in the trash left out."""
    places = sa.select(_place.c.visit_id).where(_place.c.institution_id == institution_id)
    query = (sa.select(_fact.c.visit_id).where(_fact.c.visit_id.in_(places), _fact.c.shown != schema.HIDDEN)
             .order_by(_fact.c.starts_on.desc(), _fact.c.visit_id.desc()))
    return list(reader.connection.execute(query).scalars())


@lru_cache(maxsize=256)
def _worded(shape: listing.Shape) -> Prepared:
    base = (sa.select(_fact.c.visit_id).outerjoin(_visit, _visit.c.id == _fact.c.visit_id)
            .where(listing.shown(_fact, shape)))
    return listing.worded("visit", base, _fact.c.visit_id, shape, _MAKERS, _SORTS)


@cache
def _lines() -> Prepared:
    return Prepared(
        sa.select(*(_visit.c[name] for name in _SHOWN), _visit.c.outcomes != "", _visit.c.archived_on, _fact.c.country)
        .outerjoin(_fact, _fact.c.visit_id == _visit.c.id)
        .where(_visit.c.id.in_(among_ids()), _visit.c.deleted_at == ""))


@cache
def _partners() -> Prepared:
    return Prepared(
        sa.select(_place.c.visit_id, _institution.c.name)
        .join(_institution, _institution.c.id == _place.c.institution_id)
        .where(_place.c.visit_id.in_(among_ids())).order_by(_place.c.position, _place.c.id))


@cache
def _people() -> Prepared:
    return Prepared(sa.select(_person.c.visit_id, sa.func.count())
                    .where(_person.c.visit_id.in_(among_ids())).group_by(_person.c.visit_id))


@cache
def _to_do() -> Prepared:
    return Prepared(
        sa.select(_followup.c.visit_id, sa.func.count())
        .where(_followup.c.visit_id.in_(among_ids()), *_open()).group_by(_followup.c.visit_id))


def _open() -> tuple[listing.Condition, ...]:
    return _followup.c.done_on.is_(None), _followup.c.deleted_at == ""


def _line(row: Any, partners: str, people: int, to_do: int) -> VisitLine:
    own: dict[str, Any] = dict(zip(_SHOWN, row[:len(_SHOWN)], strict=True))
    outcomes, archived, country = row[len(_SHOWN):]
    for name in ("starts_on", "ends_on"):
        own[name] = date.fromisoformat(own[name]) if own[name] else None
    return VisitLine(**own, country=country or "", partners=partners, people=people, open_followups=to_do,
                     outcomes=bool(outcomes), archived=archived is not None)


_SORTS: dict[str, sa.ColumnElement[Any]] = {
    "name": _fact.c.sort_name, "kind": _visit.c.kind, "direction": _visit.c.direction, "status": _visit.c.status,
    "starts": _fact.c.starts_on, "ends": _fact.c.ends_on, "country": _fact.c.country, "city": _visit.c.city,
    "responsible": _visit.c.responsible,
}


def _with(table: sa.FromClause, column: sa.ColumnElement[Any]) -> listing.Maker:
    """A filter on the institutions of visits."""

    def make(one: Filter, today: date) -> listing.Condition:
        return _fact.c.visit_id.in_(
            sa.select(table.c.visit_id).where(listing.one_of(column, int_or_zero)(one, today)))

    return make


def _over(one: Filter, today: date) -> listing.Condition:
    over = sa.func.coalesce(_fact.c.ends_on < today.isoformat(), sa.false())
    return over if "yes" in one.values else sa.not_(over)


def _yes_or_no(condition: listing.Condition) -> listing.Maker:
    def make(one: Filter, _: date) -> listing.Condition:
        return condition if "yes" in one.values else sa.not_(condition)

    return make


_MAKERS: dict[str, listing.Maker] = {
    "kind": listing.one_of(_visit.c.kind), "direction": listing.one_of(_visit.c.direction),
    "status": listing.one_of(_visit.c.status), "country": listing.one_of(_fact.c.country),
    "responsible": listing.one_of(_visit.c.responsible), "project": listing.one_of(_visit.c.project_id, int_or_zero),
    "partner": _with(_place, _place.c.institution_id), "tag": listing.holds(_visit.c.tags),
    "starts": listing.before_or_after(_fact.c.starts_on), "ends": listing.before_or_after(_fact.c.ends_on),
    "over": _over, "outcomes": _yes_or_no(_visit.c.outcomes != ""),
    "todo": _yes_or_no(_fact.c.visit_id.in_(
        sa.select(_followup.c.visit_id).where(_followup.c.visit_id.is_not(None), *_open()))),
    "archived": _yes_or_no(_visit.c.archived_on.is_not(None)),
}
