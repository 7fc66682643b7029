"""The list of cohorts: there are a few hundred at most, so they are read whole and sorted out here."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import cohorts as co
from partnerdesk.domain import partners as pa
from partnerdesk.domain.cohorts import CohortLine
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.text import fold
from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.years import AcademicYear
from partnerdesk.store import schema
from partnerdesk.store.listing import day_of
from partnerdesk.store.unit import Reader

_cohort = schema.KINDS[co.Cohort].table
_member = schema.KINDS[co.CohortMember].table
_leader = schema.KINDS[co.CohortLeader].table
_institution = schema.KINDS[pa.Institution].table
_stay = schema.stay_fact
_OWN = ("id", "title", "kind", "direction", "programme", "year", "term", "capacity", "starts_on", "ends_on")


def cohort_ids(
    reader: Reader, query: ListQuery, today: date, limit: int | None = None, among: Sequence[int] | None = None
) -> list[int]:
    """Ids of the cohorts that a query finds, in its order, of all or of those `among`."""
    lines = [one for one in _all(reader, among) if _found(one, query, today)]
    lines.sort(key=lambda one: fold(one.title))
    key = _SORTS.get(query.sort)
    if key is not None:
        empty = [one for one in lines if key(one) in (None, "")]
        held = [one for one in lines if key(one) not in (None, "")]
        held.sort(key=key, reverse=query.descending)
        lines = held + empty
    elif query.descending:
        lines.reverse()
    return [one.id for one in lines][:limit]


def cohort_lines(reader: Reader, ids: Sequence[int]) -> dict[int, CohortLine]:
    """What the list shows of these cohorts."""
    return {one.id: one for one in _all(reader, ids)} if ids else {}


def cohort_count(reader: Reader) -> int:
    """How many cohorts there are, those in the archive and the trash left out."""
    query = sa.select(sa.func.count()).select_from(_cohort).where(
        _cohort.c.deleted_at == "", _cohort.c.archived_on.is_(None))
    return int(reader.connection.execute(query).scalar_one())


def _all(reader: Reader, among: Sequence[int] | None) -> list[CohortLine]:
    sums = (
        sa.select(_member.c.cohort_id, sa.func.count().label("n"), sa.func.sum(_stay.c.documents).label("documents"),
                  sa.func.sum(_stay.c.documents_done).label("done"),
                  sa.func.sum(_stay.c.documents_missing).label("missing"))
        .join(_stay, _stay.c.stay_id == _member.c.stay_id).where(_stay.c.shown != schema.HIDDEN)
        .group_by(_member.c.cohort_id).subquery())
    names = (sa.select(_leader.c.cohort_id, sa.func.group_concat(_leader.c.name, ", ").label("names"))
             .group_by(_leader.c.cohort_id).subquery())
    query = (
        sa.select(*(_cohort.c[name] for name in _OWN), _cohort.c.archived_on, _cohort.c.partner_id,
                  _institution.c.name, names.c.names, sums.c.n, sums.c.documents, sums.c.done, sums.c.missing)
        .outerjoin(_institution, _institution.c.id == _cohort.c.partner_id)
        .outerjoin(names, names.c.cohort_id == _cohort.c.id).outerjoin(sums, sums.c.cohort_id == _cohort.c.id)
        .where(_cohort.c.deleted_at == ""))
    if among is not None:
        query = query.where(_cohort.c.id.in_(list(among)))
    return [_line(row) for row in reader.connection.execute(query)]


def _line(row: Any) -> CohortLine:
    own: dict[str, Any] = dict(zip(_OWN, row[:len(_OWN)], strict=True))
    archived, partner_id, partner, leaders, members, documents, done, missing = row[len(_OWN):]
    for name in ("starts_on", "ends_on"):
        own[name] = date.fromisoformat(own[name]) if own[name] else None
    return CohortLine(
        **own, partner_id=partner_id or 0, partner=partner or "", leaders=leaders or "", members=members or 0,
        documents=documents or 0, done=done or 0, missing=missing or 0, archived=archived is not None)


_SORTS: dict[str, Callable[[CohortLine], Any]] = {
    "kind": lambda one: one.kind, "year": lambda one: one.year, "members": lambda one: one.members,
    "partner": lambda one: fold(one.partner), "starts": lambda one: one.starts_on, "ends": lambda one: one.ends_on,
    "missing": lambda one: one.missing, "programme": lambda one: one.programme,
}


def _found(one: CohortLine, query: ListQuery, today: date) -> bool:
    year = str(AcademicYear(one.year)) if one.year is not None else ""
    words = fold(" ".join((one.title, one.partner, one.leaders, one.programme, str(label_of("cohort_kind", one.kind)),
                           year))).split()
    if not any(each.key == "archived" for each in query.filters) and one.archived:
        return False
    if not all(_holds(words, each) for each in query.words) or any(_holds(words, each) for each in query.without):
        return False
    return all(_fits(one, each, today) != each.negated for each in query.filters)


def _holds(words: Sequence[str], phrase: str) -> bool:
    parts = fold(phrase).split()
    if len(parts) > 1:
        return f" {' '.join(parts)}" in f" {' '.join(words)}"
    return not parts or any(word.startswith(parts[0]) for word in words)


def _fits(one: CohortLine, asked: Filter, today: date) -> bool:
    held = {"kind": one.kind, "direction": one.direction, "year": str(one.year or ""), "programme": one.programme,
            "partner": str(one.partner_id or "")}
    if asked.key in held:
        return held[asked.key] in {"" if value == "-" else value for value in asked.values}
    yes = {"archived": one.archived, "over": one.over, "missing": one.missing > 0}
    if asked.key in yes:
        return yes[asked.key] == ("yes" in asked.values)
    if asked.key in ("starts", "ends") and asked.values:
        limit, day = day_of(asked.values[0], today), one.starts_on if asked.key == "starts" else one.ends_on
        if limit is None or day is None:
            return False
        if asked.op.startswith("<"):
            return today <= day <= limit
        return day >= limit if asked.op.startswith(">") else day == limit
    return False
