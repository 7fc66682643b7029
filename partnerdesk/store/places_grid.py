"""What stays and offers take of the places of conditions, summed by the engine, for any number of conditions."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from partnerdesk.domain import agreements as ag
from partnerdesk.domain import calls as ca
from partnerdesk.domain import partners as pa
from partnerdesk.domain import stays as st
from partnerdesk.domain.phases import COUNTED
from partnerdesk.domain.quota import HELD
from partnerdesk.store import schema
from partnerdesk.store.driver import FACTS, facts_of
from partnerdesk.store.prepared import Prepared, among, one_of_ids
from partnerdesk.store.unit import Reader

_stay = schema.KINDS[st.Stay].table
_condition = schema.KINDS[ag.Condition].table
_exception = schema.KINDS[ag.ConditionYear].table
_version = schema.KINDS[ag.AgreementVersion].table
_agreement = schema.KINDS[ag.Agreement].table
_institution = schema.KINDS[pa.Institution].table
_application = schema.KINDS[ca.Application].table
_call = schema.KINDS[ca.Call].table
_fact = schema.agreement_fact


@dataclass(frozen=True, slots=True)
class Taken:
    """What the stays of a condition in one year take of its places, in each unit."""

    heads: int = 0
    months: float = 0
    semesters: float = 0

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(self.heads + other.heads, self.months + other.months, self.semesters + other.semesters)


class Granted(NamedTuple):
    """What the grid of places shows of a condition of the version that counts of an agreement."""

    condition_id: int
    agreement_id: int
    partner_id: int
    partner: str
    country: str
    code: str
    programme: str
    direction: str
    activity: str
    unit: str
    fields: str
    first_year: int | None
    last_year: int | None
    heads: int | None
    months: float | None


def used(reader: Reader, first: int, last: int, condition_ids: Collection[int] | None = None) -> dict[
        tuple[int, int], Taken]:
    """R30: what is used in the years from `first` to `last`, by (condition, year), of all conditions or of some.

    Months and semesters are summed for conditions alone that count in them: heads are read from an index.
    """
    few = condition_ids is not None
    values = {"first": first, "last": last, "among": one_of_ids(condition_ids or ())}
    found = {(i, year): Taken(heads) for i, year, heads in _heads(few).rows(reader.connection, **values)}
    for condition, year, months, terms in _lengths(few).rows(reader.connection, **values):
        found[condition, year] = Taken(found[condition, year].heads, months, terms)
    return found


def held(reader: Reader, first: int, last: int, condition_ids: Collection[int] | None = None) -> dict[
        tuple[int, int], Taken]:
    """R32: what those take who are selected and not yet nominated, as `used` does."""
    few = condition_ids is not None
    values = {"first": first, "last": last, "among": one_of_ids(condition_ids or ())}
    return {(i, year): Taken(heads, months or 0, terms or 0)
            for i, year, heads, months, terms in _chosen(few).rows(reader.connection, **values)}


@cache
def _chosen(few: bool) -> Prepared:
    f = schema.stay_fact.c
    chosen = sa.and_(_stay.c.sending_status == "planned", _stay.c.selected_on.is_not(None))
    return Prepared(_using(few, sa.func.count(), sa.func.sum(f.months), sa.func.sum(f.terms), which=chosen)
                    .join(schema.stay_fact, f.stay_id == _stay.c.id))


@cache
def _heads(few: bool) -> Prepared:
    return Prepared(_using(few, sa.func.count()))


@cache
def _lengths(few: bool) -> Prepared:
    f, c = schema.stay_fact.c, _condition.c
    long = sa.select(c.id).where(c.places_unit != "heads")
    return Prepared(
        _using(few, sa.func.sum(f.months), sa.func.sum(f.terms)).join(schema.stay_fact, f.stay_id == _stay.c.id)
        .where(_stay.c.condition_id.in_(long)))


def _using(few: bool, *sums: sa.ColumnElement[Any], which: sa.ColumnElement[bool] | None = None) -> sa.Select[Any]:
    """Sums by condition and year of the stays that count, or of those that `which` chooses."""
    s = _stay.c
    if which is None:
        which = sa.and_(s.sending_status.in_(COUNTED), s.receiving_status != "rejected")
    first, last = sa.bindparam("first", None, type_=sa.Integer), sa.bindparam("last", None, type_=sa.Integer)
    query = (
        sa.select(s.condition_id, s.year, *sums)
        .where(s.condition_id.is_not(None), s.year.between(first, last), s.deleted_at == "", which)
        .group_by(s.condition_id, s.year))
    return query.where(s.condition_id.in_(among())) if few else query


def offered(reader: Reader, first: int, last: int) -> dict[tuple[int, int], list[str]]:
    """R32: the terms of the offers that nobody has answered yet, by (condition, year of the call)."""
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for condition, year, term in _offered().rows(reader.connection, first=first, last=last):
        found[condition, year].append(term)
    return found


@cache
def _offered() -> Prepared:
    a, c = _application.c, _call.c
    first, last = sa.bindparam("first", None, type_=sa.Integer), sa.bindparam("last", None, type_=sa.Integer)
    return Prepared(
        sa.select(a.condition_id, c.year, c.term).join(_call, c.id == a.call_id)
        .where(a.offer.in_(HELD), a.condition_id.is_not(None), a.stay_id.is_(None), c.deleted_at == "",
               c.year.between(first, last)))


def exceptions(reader: Reader, first: int, last: int) -> dict[int, list[ag.ConditionYear]]:
    """Exceptions of single years from `first` to `last`, by condition."""
    found: dict[int, list[ag.ConditionYear]] = defaultdict(list)
    for row in _exceptions().rows(reader.connection, first=first, last=last):
        condition, year, heads, months, closed = row
        found[condition].append(
            ag.ConditionYear(condition_id=condition, year=year, heads=heads, months=months, closed=bool(closed)))
    return found


@cache
def _exceptions() -> Prepared:
    first, last = sa.bindparam("first", None, type_=sa.Integer), sa.bindparam("last", None, type_=sa.Integer)
    return Prepared(sa.select(*(_exception.c[n] for n in _OF_YEAR)).where(_exception.c.year.between(first, last)))


_OF_YEAR = ("condition_id", "year", "heads", "months", "closed")


def granted(reader: Reader) -> list[Granted]:
    """Every condition of the versions that count of the agreements shown in lists, by partner."""
    return [Granted._make(row) for row in _granted().rows(reader.connection)]


@cache
def _granted() -> Prepared:
    c, f, a, i = _condition.c, _fact.c, _agreement.c, _institution.c
    return Prepared(
        sa.select(c.id, f.agreement_id, sa.func.coalesce(i.id, 0), sa.func.coalesce(i.name, ""),
                  sa.func.coalesce(i.country, ""), a.our_code, a.programme, c.direction, c.activity, c.places_unit,
                  c.fields, c.first_year, c.last_year, c.heads, c.months)
        .select_from(
            _fact.join(_condition, c.version_id == f.version_id).join(_agreement, a.id == f.agreement_id)
            .outerjoin(_institution, i.id == sa.func.coalesce(c.partner_id, f.partner_id)))
        .where(f.shown == schema.SHOWN)
        .order_by(f.sort_name, f.agreement_id, c.direction.desc(), c.position, c.id))


def facts(reader: Reader) -> dict[int, ag.Facts]:
    """The facts of the agreements shown in lists, by agreement."""
    return {row[0]: facts_of(*row[1:]) for row in _facts().rows(reader.connection)}


@cache
def _facts() -> Prepared:
    return Prepared(sa.select(_fact.c.agreement_id, *(_fact.c[name] for name in FACTS))
                    .where(_fact.c.shown == schema.SHOWN))


def kin(reader: Reader, condition_ids: Sequence[int] | None) -> dict[int, int]:
    """The conditions of other versions that stand for these ones, as {other: this}; of all that count without ids.

    A new version takes its conditions over as new ones, and stays keep the one they were made under. The heir is
    the condition in the same direction for the same activity, on the same place of the paper where there is one.
    """
    few = condition_ids is not None
    own, other = defaultdict(list), []
    wanted = set(condition_ids or ())
    for row in _kin(few).rows(reader.connection, among=one_of_ids(wanted)):
        condition, agreement, direction, activity, position, counting = row
        key = (agreement, direction, activity)
        if condition in wanted if few else counting:
            own[key].append((position, condition))
        else:
            other.append((key, position, condition))
    return {
        condition: next((i for at, i in heirs if at == position), heirs[0][1])
        for key, position, condition in other if (heirs := own.get(key))}


@cache
def _kin(few: bool) -> Prepared:
    """All conditions of the agreements that have more than one version."""
    c, v = _condition.c, _version.c
    several = sa.select(v.agreement_id).group_by(v.agreement_id).having(sa.func.count() > 1)
    query = (
        sa.select(c.id, v.agreement_id, c.direction, c.activity, c.position,
                  sa.func.coalesce(_fact.c.version_id == v.id, 0))
        .join(_version, v.id == c.version_id).outerjoin(_fact, _fact.c.agreement_id == v.agreement_id)
        .where(v.agreement_id.in_(several)).order_by(c.id))
    if few:
        theirs = sa.select(v.agreement_id).join(_condition, c.version_id == v.id).where(c.id.in_(among()))
        query = query.where(v.agreement_id.in_(theirs.scalar_subquery()))
    return Prepared(query)


def summed(taken: dict[tuple[int, int], Taken], heirs: dict[int, int]) -> dict[tuple[int, int], Taken]:
    """What was taken under a condition of another version added to the one that stands for it now."""
    found: dict[tuple[int, int], Taken] = defaultdict(Taken)
    for (condition, year), one in taken.items():
        found[heirs.get(condition, condition), year] += one
    return found


def moved(offers: dict[tuple[int, int], list[str]], heirs: dict[int, int]) -> dict[tuple[int, int], list[str]]:
    """The same for offers."""
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for (condition, year), terms in offers.items():
        found[heirs.get(condition, condition), year] += terms
    return found
