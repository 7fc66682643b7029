"""The list of people: who, in what order, and what a line shows."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import partners as pa
from partnerdesk.domain import people as pe
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.people import PersonLine
from partnerdesk.store import listing, schema, stay_filters
from partnerdesk.store.partners import int_or_zero
from partnerdesk.store.prepared import Prepared, one_of_ids
from partnerdesk.store.prepared import among as among_ids
from partnerdesk.store.unit import Reader

_person = schema.KINDS[pe.Person].table
_enrolment = schema.KINDS[pe.Enrolment].table
_contact = schema.KINDS[pe.PersonContact].table
_institution = schema.KINDS[pa.Institution].table
_home = _institution.alias("home")
_fact = schema.person_fact
_stay = schema.stay_fact
_SHOWN = ("id", "kind", "title", "given_names", "family_name", "name_original", "birth_date", "gender", "citizenships",
          "email", "phone", "local_id", "esi", "function", "tags", "needs_support", "retention_due", "anonymised_on",
          "archived_on")
_DAYS = ("birth_date", "retention_due")
_LISTS = ("citizenships", "tags")


def person_ids(
    reader: Reader, query: ListQuery, today: date, limit: int | None = None, among: Sequence[int] | None = None
) -> list[int]:
    """Ids of the people that a query finds, in its order, of all or of those `among`."""
    return listing.ids(reader, "person", _worded, query, today, limit, among)


def person_hits(reader: Reader, query: ListQuery, today: date) -> int:
    """How many people a query finds."""
    return listing.hits(reader, "person", _worded, query, today)


def person_count(reader: Reader) -> int:
    """How many people there are, those in the archive and the trash left out."""
    query = sa.select(sa.func.count()).select_from(_fact).where(_fact.c.shown == schema.SHOWN)
    return int(reader.connection.execute(query).scalar_one())


def person_lines(reader: Reader, ids: Sequence[int]) -> dict[int, PersonLine]:
    """What the list shows of these people."""
    if not ids:
        return {}
    studies = {row[0]: row[1:] for row in _studies().rows(reader.connection, among=one_of_ids(ids))}
    rows = _lines().rows(reader.connection, among=one_of_ids(ids))
    return {row[0]: _line(row, studies.get(row[0], ("", "", ""))) for row in rows}


def every_person(reader: Reader, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """The named columns of every person, as stored, in the order of their ids."""
    driver: Any = reader.connection.connection.driver_connection
    columns = ", ".join(_person.c[name].name for name in names)
    found: list[tuple[Any, ...]] = driver.execute(f"SELECT {columns} FROM person ORDER BY id").fetchall()
    return found


def some_people(reader: Reader, names: Sequence[str], ids: Iterable[int]) -> list[tuple[Any, ...]]:
    """The named columns of these people, as stored."""
    return [tuple(row) for row in reader.columns(pe.Person, tuple(names), "id", sorted(ids))]


def people_near(reader: Reader, esi: str, local_id: str, email: str, born: str) -> list[int]:
    """People who share one of these with somebody; an empty value is shared with nobody."""
    same = [column == value for column, value in (
        (_person.c.esi, esi), (_person.c.local_id, local_id), (_person.c.birth_date, born),
        (sa.func.lower(_person.c.email), email.lower())) if value]
    if not same:
        return []
    return list(reader.connection.execute(sa.select(_person.c.id).where(sa.or_(*same))).scalars())


@lru_cache(maxsize=256)
def _worded(shape: listing.Shape) -> Prepared:
    joined = (
        sa.select(_fact.c.person_id)
        .outerjoin(_person, _person.c.id == _fact.c.person_id)
        .where(listing.shown(_fact, shape))
    )
    if shape.sort in _OF_STAY:
        joined = joined.outerjoin(_stay, _stay.c.stay_id == _fact.c.last_stay_id)
    if shape.sort == "partner":
        joined = joined.outerjoin(_institution, _institution.c.id == _stay.c.partner_id)
    if shape.sort == "at" or any(one.key == "home" for one in shape.filters):
        joined = joined.outerjoin(_home, _home.c.id == _fact.c.institution_id)
    return listing.worded("person", joined, _fact.c.person_id, shape, _MAKERS, _SORTS)


@cache
def _lines() -> Prepared:
    return Prepared(
        sa.select(*(_person.c[name] for name in _SHOWN), _home.c.name, _home.c.is_home, _fact.c.stays,
                  _fact.c.last_stay_id, _stay.c.direction, _institution.c.name, _stay.c.country, _stay.c.starts_on,
                  _stay.c.ends_on, _stay.c.phase)
        .outerjoin(_fact, _fact.c.person_id == _person.c.id)
        .outerjoin(_home, _home.c.id == _fact.c.institution_id)
        .outerjoin(_stay, _stay.c.stay_id == _fact.c.last_stay_id)
        .outerjoin(_institution, _institution.c.id == _stay.c.partner_id)
        .where(_person.c.id.in_(among_ids()), _person.c.deleted_at == ""))


@cache
def _studies() -> Prepared:
    """What each person studies; of several the one that ends last comes last."""
    ends = sa.func.coalesce(_enrolment.c.valid_to, "9999", type_=sa.Text)
    return Prepared(
        sa.select(_enrolment.c.person_id, _enrolment.c.programme_title, _enrolment.c.field, _enrolment.c.level)
        .where(_enrolment.c.person_id.in_(among_ids())).order_by(ends, _enrolment.c.id))


def _line(row: Any, study: tuple[str, str, str]) -> PersonLine:
    n = len(_SHOWN)
    own = dict(zip(_SHOWN, row[:n], strict=True))
    at, at_home, stays, last, direction, partner, country, starts, ends, phase = row[n:]
    for name in _DAYS:
        own[name] = date.fromisoformat(own[name]) if own[name] else None
    for name in _LISTS:
        own[name] = tuple(json.loads(own[name])) if own[name] else ()
    archived, anonymised = own.pop("archived_on"), own.pop("anonymised_on")
    own["needs_support"] = bool(own["needs_support"])
    return PersonLine(
        **own, at=at or "", at_home=bool(at_home), programme_title=study[0], field=study[1], level=study[2],
        stays=stays or 0, last_stay_id=last, direction=direction or "", partner=partner or "", country=country or "",
        starts_on=date.fromisoformat(starts) if starts else None, ends_on=date.fromisoformat(ends) if ends else None,
        phase=phase, anonymised=anonymised is not None, archived=archived is not None)


_OF_STAY = ("partner", "country", "phase", "starts", "ends")
_SORTS: dict[str, sa.ColumnElement[Any]] = {
    "name": _fact.c.sort_name, "kind": _person.c.kind, "birth": _person.c.birth_date, "email": _person.c.email,
    "local_id": _person.c.local_id, "function": _person.c.function, "stays": _fact.c.stays, "at": _home.c.name,
    "partner": _institution.c.name, "country": _stay.c.country, "phase": _stay.c.phase, "starts": _stay.c.starts_on,
    "ends": _stay.c.ends_on, "retention": _person.c.retention_due,
}


def _of_any_stay(one: Filter, today: date) -> listing.Condition:
    """A filter on stays holds for the people who have one such."""
    stays = stay_filters.joined(stay_filters.stay.c.person_id).where(
        stay_filters.stay.c.deleted_at == "", stay_filters.makers(today)[one.key](one, today))
    return _fact.c.person_id.in_(stays)


def _archived(one: Filter, _: date) -> listing.Condition:
    return _person.c.archived_on.is_not(None) if "yes" in one.values else _person.c.archived_on.is_(None)


def _has(*conditions: listing.Condition) -> listing.Maker:
    def make(one: Filter, _: date) -> listing.Condition:
        has = sa.and_(*conditions)
        return has if "yes" in one.values else sa.not_(has)

    return make


def _study(column: sa.ColumnElement[Any]) -> listing.Maker:
    def make(one: Filter, today: date) -> listing.Condition:
        return _fact.c.person_id.in_(
            sa.select(_enrolment.c.person_id).where(listing.one_of(column)(one, today)))

    return make


def _field(one: Filter, _: date) -> listing.Condition:
    begins = (_enrolment.c.field.like(f"{listing.escaped(value)}%", escape="\\") for value in one.values)
    return _fact.c.person_id.in_(sa.select(_enrolment.c.person_id).where(sa.or_(*begins)))


def _called(kind: str) -> listing.Condition:
    return _fact.c.person_id.in_(sa.select(_contact.c.person_id).where(_contact.c.kind == kind))


def _minor(one: Filter, today: date) -> listing.Condition:
    year = today.year - 18
    came = f"{year}{today.isoformat()[4:]}"
    young = sa.or_(_person.c.birth_date > came, sa.and_(_person.c.birth_date.is_(None), _person.c.kind == "pupil"))
    return young if "yes" in one.values else sa.not_(sa.func.coalesce(young, sa.false()))


_MAKERS: dict[str, listing.Maker] = {
    "kind": listing.one_of(_person.c.kind), "citizenship": listing.holds(_person.c.citizenships),
    "tag": listing.holds(_person.c.tags), "level": _study(_enrolment.c.level), "field": _field,
    "at": listing.one_of(_fact.c.institution_id, int_or_zero), "home": _has(_home.c.is_home == 1),
    **dict.fromkeys(("partner", "country", "direction", "phase", "year", "abroad", "programme", "activity", "missing",
                     "cohort"), _of_any_stay),
    "stay": _has(_fact.c.stays > 0),
    "minor": _minor, "guardian": _has(_called("guardian")), "emergency": _has(_called("emergency")),
    "support": _has(_person.c.needs_support == 1), "archived": _archived,
    "retention": listing.before_or_after(_person.c.retention_due), "email": _has(_person.c.email != ""),
}
