"""What the lists have in common: filters and sorting turned into conditions, ids in order, places per year."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import agreements as ag
from partnerdesk.domain.agreements import STATES
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.store import schema, search
from partnerdesk.store.unit import Reader

Condition = sa.ColumnElement[bool]
Maker = Callable[[Filter, date], Condition]

fact = schema.agreement_fact


def rank(today: date, table: Any = fact) -> sa.ColumnElement[int]:
    """The place of an agreement's state in `STATES`, as an SQL expression."""
    return sa.func.pd_rank(
        table.c.ours_on, table.c.theirs_on, table.c.starts_on, table.c.ends_on, table.c.notice_on,
        table.c.termination_on, table.c.superseded_on, table.c.renew_months, today.isoformat(), type_=sa.Integer,
    )


def ids(
    reader: Reader, kind: str, base: sa.Select[Any], key: sa.ColumnElement[int], query: ListQuery,
    makers: Mapping[str, Maker], sorts: Mapping[str, sa.ColumnElement[Any]], today: date, limit: int | None,
) -> list[int]:
    """Ids of a list in order. Unknown filters match nothing; empty values sort last."""
    wanted = base
    hits = search.hits(kind, query.words)
    if hits is not None:
        wanted = wanted.where(key.in_(hits))
    for word in query.without:
        misses = search.hits(kind, (word,))
        if misses is not None:
            wanted = wanted.where(key.not_in(misses))
    for one in query.filters:
        maker = makers.get(one.key)
        condition = maker(one, today) if maker is not None else sa.false()
        wanted = wanted.where(sa.not_(condition) if one.negated else condition)
    column = sorts.get(query.sort) if query.sort else None
    if column is not None:
        empty = sa.or_(column.is_(None), column == "") if isinstance(column.type, sa.Text) else column.is_(None)
        wanted = wanted.order_by(empty, column.desc() if query.descending else column)
    wanted = wanted.order_by(*(c for name, c in sorts.items() if name == "name"), key)
    if limit is not None:
        wanted = wanted.limit(limit)
    return list(reader.connection.execute(wanted).scalars())


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
        return sa.or_(*(column.like(f'%"{_escaped(v)}"%', escape="\\") for v in one.values))

    return make


def before_or_after(column: sa.ColumnElement[Any]) -> Maker:
    """A filter on a day: `ends<90d`, `ends>2027-01-01`, `ends:2027` (within that year)."""

    def make(one: Filter, today: date) -> Condition:
        value = one.values[0] if one.values else ""
        if one.op == ":" and len(value) == 4 and value.isdigit():
            return column.between(f"{value}-01-01", f"{value}-12-31")
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
    reader: Reader, key: sa.ColumnElement[int], wanted: Sequence[int], year: int, today: date
) -> dict[tuple[int, str], int]:
    """Heads granted in the academic year that begins in `year`, by (key value, direction).

    `key` is a column of agreement_fact. For a partner only agreements that are in force count; for one
    agreement the version that counts does, whatever its state.
    """
    condition = schema.KINDS[ag.Condition].table
    exception = schema.KINDS[ag.ConditionYear].table
    version = schema.KINDS[ag.AgreementVersion].table
    agreement = schema.KINDS[ag.Agreement].table
    heads = sa.case((exception.c.closed == 1, 0), else_=sa.func.coalesce(exception.c.heads, condition.c.heads, 0))
    first = sa.func.coalesce(condition.c.first_year, version.c.first_year, 0)
    last = sa.func.coalesce(condition.c.last_year, version.c.last_year, 9999)
    query = (
        sa.select(key, condition.c.direction, sa.func.sum(heads))
        .select_from(fact)
        .join(version, version.c.id == fact.c.version_id)
        .join(condition, condition.c.version_id == version.c.id)
        .outerjoin(exception, sa.and_(exception.c.condition_id == condition.c.id, exception.c.year == year))
        .where(key.in_(wanted), first <= year, last >= year)
        .group_by(key, condition.c.direction)
    )
    if key is fact.c.partner_id:
        running = [STATES.index(s) for s in ag.RUNNING]
        query = query.join(agreement, agreement.c.id == fact.c.agreement_id).where(
            agreement.c.deleted_at == "", rank(today).in_(running))
    return {(row[0], row[1]): int(row[2] or 0) for row in reader.connection.execute(query)}


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
