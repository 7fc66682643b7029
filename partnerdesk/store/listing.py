"""What the lists have in common: filters and sorting turned into conditions, ids in order, places per year."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import agreements as ag
from partnerdesk.domain import partners as pa
from partnerdesk.domain.agreements import STATES
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.store import schema, search
from partnerdesk.store.prepared import Prepared, among, one_of_ids, together
from partnerdesk.store.settle import year_start
from partnerdesk.store.unit import Reader

Condition = sa.ColumnElement[bool]
Maker = Callable[[Filter, date], Condition]

fact = schema.agreement_fact
_partnership = schema.KINDS[pa.Partnership].table
_NEVER_EMPTY = ("state", "agreements")
_PLACE = {state: place for place, state in enumerate(STATES)}


def rank(today: date) -> sa.ColumnElement[int]:
    """The place of an agreement's state in `STATES`, as an SQL expression.

    It says what `domain.agreements.state_of` says, which a test compares; a call into Python for each of
    60,000 agreements would be felt.
    """
    at, f = today.isoformat(), fact.c
    soon = (today + timedelta(days=ag.NOTICE_HORIZON_DAYS)).isoformat()
    later = (today + timedelta(days=ag.EXPIRY_HORIZON_DAYS)).isoformat()
    asked = sa.func.pd_rank(f.ours_on, f.theirs_on, f.starts_on, f.ends_on, f.notice_on, f.termination_on,
                            f.superseded_on, f.renew_months, at, type_=sa.Integer)
    unsigned = sa.case(
        (f.ends_on < at, _PLACE[ag.State.EXPIRED]),
        (sa.func.coalesce(f.ours_on, f.theirs_on).is_(None), _PLACE[ag.State.DRAFT]),
        (f.theirs_on.is_(None), _PLACE[ag.State.WAITING_PARTNER]), else_=_PLACE[ag.State.WAITING_US])
    return sa.case(
        (_renewed(today), asked), (f.termination_on <= at, _PLACE[ag.State.TERMINATED]),
        (sa.or_(f.ours_on.is_(None), f.theirs_on.is_(None)), unsigned),
        (f.superseded_on <= at, _PLACE[ag.State.SUPERSEDED]), (f.ends_on < at, _PLACE[ag.State.EXPIRED]),
        (f.starts_on > at, _PLACE[ag.State.FUTURE]), (f.termination_on.is_not(None), _PLACE[ag.State.TERMINATING]),
        (f.notice_on.between(at, soon), _PLACE[ag.State.NOTICE_WINDOW]),
        (f.ends_on <= later, _PLACE[ag.State.EXPIRING]), else_=_PLACE[ag.State.IN_EFFECT])


def running(today: date) -> Condition:
    """Whether an agreement is in force."""
    return rank(today).in_([_PLACE[state] for state in ag.RUNNING])


def ends_on(today: date) -> sa.ColumnElement[str]:
    """The last day of an agreement, of the period it is in where it renews itself."""
    end = sa.func.pd_end(fact.c.ends_on, fact.c.renew_months, today.isoformat(), type_=sa.Text)
    return sa.case((_renewed(today), end), else_=fact.c.ends_on)


def notice_on(today: date) -> sa.ColumnElement[str]:
    """The last day to give notice, of the period that an agreement is in."""
    moved = sa.func.pd_notice(fact.c.ends_on, fact.c.notice_on, fact.c.renew_months, today.isoformat(), type_=sa.Text)
    return sa.case((sa.and_(_renewed(today), fact.c.notice_on.is_not(None)), moved), else_=fact.c.notice_on)


def _renewed(today: date) -> Condition:
    return sa.and_(fact.c.renew_months > 0, fact.c.ends_on < today.isoformat(), fact.c.ours_on.is_not(None),
                   fact.c.theirs_on.is_not(None))


@dataclass(frozen=True, slots=True)
class Shape:
    """What the wording of a list's statement depends on; words, ids and limit are parameters of it.

    `matched` and `misses` say whether words are searched for and how many must not be there, `few` that only some
    ids are asked about, `counting` that only the number of records is wanted, `walked` that the order is walked and
    each record looked up among the words, as a first page of very many is found soonest.
    """

    filters: tuple[Filter, ...]
    sort: str
    descending: bool
    today: date
    matched: bool
    misses: int
    few: bool
    counting: bool = False
    walked: bool = False

    @property
    def by_name(self) -> bool:
        """Whether the order is that of the names."""
        return self.sort in ("", "name", "partner")


def shown(derived: sa.Table, shape: Shape) -> Condition:
    """Whether a list shows a record at all; those in the archive only where a filter asks about it.

    Of a few records it is worked out from the record, not looked up in the index of all that are shown; in another
    order than that index has too, for records are read much faster in the order in which they are stored.
    """
    column = derived.c.shown if shape.by_name and not shape.few else derived.c.shown + 0
    if any(one.key == "archived" for one in shape.filters):
        return column.in_((schema.SHOWN, schema.ARCHIVED))
    return column == schema.SHOWN


def ids(
    reader: Reader, kind: str, worded: Callable[[Shape], Prepared], query: ListQuery, today: date, limit: int | None,
    some: Sequence[int] | None = None, walked: bool = False,
) -> list[int]:
    """Ids of a list in order, of all records or of `some`; `worded` gives the statement for a shape of question.

    Words that few records hold are looked up before, so that the list is not walked in search of them.
    """
    asked = _asked(reader, kind, query, today, some)
    if asked is None:
        return []
    shape, values = asked
    if walked and shape.matched:
        shape = replace(shape, walked=True)
    return worded(shape).ids(reader.connection, limit=_all_or(limit), **values)


def hits(reader: Reader, kind: str, worded: Callable[[Shape], Prepared], query: ListQuery, today: date) -> int:
    """How many records a list finds; much less work than their ids in order."""
    asked = _asked(reader, kind, query, today, None)
    if asked is None:
        return 0
    shape, values = asked
    counting = replace(shape, sort="", descending=False, counting=True)
    return int(worded(counting).rows(reader.connection, **values)[0][0])


def rows(
    reader: Reader, kind: str, worded: Callable[[Shape], Prepared], query: ListQuery, today: date, **values: Any
) -> list[tuple[Any, ...]]:
    """What a statement made for a shape of question gives, such as counts by group."""
    asked = _asked(reader, kind, query, today, None)
    if asked is None:
        return []
    shape, known = asked
    return worded(shape).rows(reader.connection, **known, **values)


def _asked(
    reader: Reader, kind: str, query: ListQuery, today: date, some: Sequence[int] | None
) -> tuple[Shape, dict[str, str]] | None:
    """The shape of a question with the values of its parameters; None where nothing can be found."""
    words = search.match_text(query.words)
    misses = [match for word in query.without if (match := search.match_text((word,)))]
    found = search.few_hits(reader, kind, words) if words else None
    if found is not None:
        some = found if some is None else sorted(set(found).intersection(some))
    if some is not None and not some:
        return None
    shape = Shape(query.filters, query.sort, query.descending, today, bool(words) and found is None, len(misses),
                  some is not None)
    values = {f"miss{n}": match for n, match in enumerate(misses)}
    return shape, {"match": words, "among": one_of_ids(some or ()), **values}


def narrowed(
    kind: str, base: sa.Select[Any], key: sa.ColumnElement[int], shape: Shape, makers: Mapping[str, Maker]
) -> sa.Select[Any]:
    """The records that a shape of question finds, in no order. Unknown filters match nothing."""
    wanted = base
    if shape.matched:
        among_hits = search.is_hit(kind, "match", key) if shape.walked else key.in_(search.hits(kind, "match"))
        wanted = wanted.where(among_hits)
    for n in range(shape.misses):
        wanted = wanted.where(key.not_in(search.hits(kind, f"miss{n}")))
    for one in shape.filters:
        maker = makers.get(one.key)
        condition = maker(one, shape.today) if maker is not None else sa.false()
        wanted = wanted.where(sa.not_(sa.func.coalesce(condition, sa.false())) if one.negated else condition)
    if shape.few:
        wanted = wanted.where(key.in_(among()))
    return wanted


def worded(
    kind: str, base: sa.Select[Any], key: sa.ColumnElement[int], shape: Shape, makers: Mapping[str, Maker],
    sorts: Mapping[str, sa.ColumnElement[Any]], order: Sequence[sa.ColumnElement[Any]] | None = None,
) -> Prepared:
    """The statement of a list for a shape of question. Unknown filters match nothing; empty values sort last.

    `order` says the whole order where an index has it ready.
    """
    wanted = narrowed(kind, base, key, shape, makers)
    if shape.counting:
        # a limit keeps the engine from making one statement of both, in which it would join what nothing asks about
        return Prepared(sa.select(sa.func.count()).select_from(wanted.limit(-1).subquery()))
    if order is not None:
        return _in_one_row(wanted.order_by(*order))
    name = sorts["name"]
    column = sorts.get(shape.sort, name)
    if column is not name:
        wanted = wanted.order_by(*_empty_last(column, shape))
    turned = shape.descending and column is name and shape.sort
    return _in_one_row(wanted.order_by(name.desc() if turned else name, key))


def _in_one_row(ordered: sa.Select[Any]) -> Prepared:
    return Prepared(together(ordered.limit(sa.bindparam("limit", None, type_=sa.Integer))))


def _empty_last(column: sa.ColumnElement[Any], shape: Shape) -> tuple[sa.ColumnElement[Any], ...]:
    """What to order by so that nothing, NULL or an empty text, comes behind all values."""
    if shape.sort in _NEVER_EMPTY:
        keys: tuple[sa.ColumnElement[Any], ...] = ()
    elif isinstance(column, sa.Column) and not column.nullable and column.table is not _partnership:
        keys = (column == "",)
    else:
        column = sa.func.nullif(column, "", type_=sa.Text) if isinstance(column.type, sa.Text) else column
        keys = (column.is_(None),)
    return (*keys, column.desc() if shape.descending else column)


def _all_or(limit: int | None) -> int:
    return -1 if limit is None else limit


def one_of(column: sa.ColumnElement[Any], change: Callable[[str], Any] = str) -> Maker:
    """A filter on equal values: `country:FR,DE`; an empty value means that nothing is entered."""

    def make(one: Filter, _: date) -> Condition:
        values = [change(v) for v in one.values if v not in ("", "-")]
        made = column.in_(values)
        return sa.or_(made, column.is_(None), column == "") if len(values) < len(one.values) else made

    return make


def holds(column: sa.ColumnElement[Any]) -> Maker:
    """A filter on a stored list of codes: `forms:joint_research` holds when any of the values is in it."""

    def make(one: Filter, _: date) -> Condition:
        stored = (escaped(json.dumps(value, ensure_ascii=False)) for value in one.values)
        return sa.or_(*(column.like(f"%{value}%", escape="\\") for value in stored))

    return make


def before_or_after(column: sa.ColumnElement[Any]) -> Maker:
    """A filter on a day: `ends<90d`, `ends>2027-01-01`, `ends:2027` (within that year)."""

    def make(one: Filter, today: date) -> Condition:
        value = one.values[0] if one.values else ""
        if one.op == ":" and len(value) == 4 and value.isdigit():
            return sa.and_(column >= f"{value}-01-01", column <= f"{value}-12-31")
        limit = day_of(value, today)
        if limit is None:
            return sa.false()
        if one.op in ("<", "<="):
            return sa.and_(column.is_not(None), column >= today.isoformat(), column <= limit.isoformat())
        if one.op in (">", ">="):
            return column >= limit.isoformat()
        return column == limit.isoformat()

    return make


def day_of(value: str, today: date) -> date | None:
    """The day meant by `90d`, `12w`, `6m`, `1y`, `today` or an ISO day."""
    if value == "today":
        return today
    if value[:-1].isdigit() and value[-1:] in "dwmy":
        n = int(value[:-1])
        if value[-1] in "dw":
            return today + timedelta(days=n * (7 if value[-1] == "w" else 1))
        return ag.months_before(today, -n * (12 if value[-1] == "y" else 1))
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def state_ranks(values: Sequence[str]) -> list[int]:
    """The places of states named in a filter; "running" stands for all that are in force."""
    places: list[int] = []
    for value in values:
        if value == "running":
            places += [STATES.index(s) for s in ag.RUNNING]
        elif value in {str(s) for s in STATES}:
            places.append([str(s) for s in STATES].index(value))
    return places


def places_by(
    reader: Reader, key: sa.Column[int], wanted: Sequence[int], year: int, today: date
) -> dict[tuple[int, str], int]:
    """Heads granted in the academic year that begins in `year`, by (key value, direction).

    `key` is a column of agreement_fact. Of each agreement the version that counts does, in the years it reaches
    into; for a partner only agreements that are in force and not in the archive.
    """
    start = year_start(reader)
    begins, ends = date(year, *start), date(year + 1, *start) - timedelta(days=1)
    found = _places(key, today).rows(reader.connection, among=one_of_ids(wanted), year=year, begins=begins.isoformat(),
                                     ends=ends.isoformat())
    return {(owner, direction): int(heads or 0) for owner, direction, heads in found}


@cache
def _places(key: sa.Column[int], today: date) -> Prepared:
    condition = schema.KINDS[ag.Condition].table
    exception = schema.KINDS[ag.ConditionYear].table
    year = sa.bindparam("year", None, type_=sa.Integer)
    begins, ends = sa.bindparam("begins", None, type_=sa.Text), sa.bindparam("ends", None, type_=sa.Text)
    heads = sa.case((exception.c.closed == 1, 0), else_=sa.func.coalesce(exception.c.heads, condition.c.heads, 0))
    query = (
        sa.select(key, condition.c.direction, sa.func.sum(heads))
        .select_from(fact)
        .join(condition, condition.c.version_id == fact.c.version_id)
        .outerjoin(exception, sa.and_(exception.c.condition_id == condition.c.id, exception.c.year == year))
        .where(
            key.in_(among()), sa.func.coalesce(condition.c.first_year, year) <= year,
            sa.func.coalesce(condition.c.last_year, year) >= year,
            sa.func.coalesce(fact.c.starts_on, begins) <= ends,
            sa.or_(fact.c.ends_on.is_(None), fact.c.ends_on >= begins, fact.c.renew_months > 0))
        .group_by(key, condition.c.direction)
    )
    if key is fact.c.partner_id:
        query = query.where(fact.c.shown == schema.SHOWN, running(today))
    return Prepared(query)


def escaped(value: str) -> str:
    """A text in which LIKE takes every character for itself, with a backslash as escape."""
    return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
