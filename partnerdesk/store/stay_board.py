"""The board of stays: how many stand in each phase, the first cards of a column, and the sums beside the board."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache, partial
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import agreements as ag
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.phases import DONE, EXITS, PHASES, STAGES, Phase, stage_of
from partnerdesk.domain.stay_board import ENDED, Owing, Sought, StayCard, StaySums
from partnerdesk.store import listing, schema, search
from partnerdesk.store.prepared import Prepared, among, one_of_ids, together
from partnerdesk.store.stay_filters import fact, institution, joined, kind_at_once, makers, person, stay, tied
from partnerdesk.store.unit import Reader

_document = schema.KINDS[ag.Document].table
_AT_REST = tuple(PHASES.index(phase) for phase in (Phase.CLOSED, *EXITS))
_stage = sa.case(*((_document.c.stage == name, place) for place, name in enumerate(STAGES)), else_=0)
_reached = sa.case(*((fact.c.phase == place, STAGES.index(stage_of(phase))) for place, phase in enumerate(PHASES)))
MANY = 50_000
_IN_INDEX = frozenset({"phase", "direction", "country"})
_owed = sa.and_(_document.c.state.not_in(DONE), _stage <= _reached)


def phase_counts(reader: Reader, query: ListQuery, today: date) -> dict[Phase, int]:
    """How many stays a query finds in each phase; phases without any are left out."""
    found = listing.rows(reader, "stay", _counting, query, today)
    return {PHASES[place]: n for place, n in found}


def phase_ids(reader: Reader, query: ListQuery, phase: Phase, today: date, limit: int) -> list[int]:
    """The first ids of a column: those that begin first, where stays have ended those that began last.

    The order of the query is not asked for: a board has its own.
    """
    own = ListQuery(query.words, query.without, query.filters, "name", phase in ENDED)
    return listing.ids(reader, "stay", partial(_column, phase), own, today, limit)


def first_ids(
    reader: Reader, query: ListQuery, lengths: Mapping[Phase, int], today: date
) -> dict[Phase, list[int]]:
    """The first ids of columns, as `phase_ids` gives those of one.

    Where words are found in some stays, all these are read at once; in search of them each column would be walked.
    """
    if not query.words or search.hits_up_to(reader, "stay", query.words, MANY) > MANY:
        return {phase: phase_ids(reader, query, phase, today, n) for phase, n in lengths.items()}
    found: dict[Phase, list[int]] = {phase: [] for phase in lengths}
    for place, one in listing.rows(reader, "stay", _all_found, query, today):
        found.get(PHASES[place], []).append(one)
    return {phase: (ids[::-1] if phase in ENDED else ids)[:lengths[phase]] for phase, ids in found.items()}


def stay_cards(reader: Reader, ids: Sequence[int]) -> dict[int, StayCard]:
    """These stays as cards; those that are gone are left out."""
    if not ids:
        return {}
    return {row[0]: _card(row) for row in _cards().rows(reader.connection, among=one_of_ids(ids))}


def stay_sums(reader: Reader, query: ListQuery, today: date) -> StaySums:
    """The sums of what a query finds."""
    directions: dict[str, int] = defaultdict(int)
    phases: dict[Phase, int] = defaultdict(int)
    countries: dict[str, int] = defaultdict(int)
    for place, direction, country, n in listing.rows(reader, "stay", _summing, query, today):
        directions[direction] += n
        phases[PHASES[place]] += n
        countries[country] += n
    sought = [Sought(kind, n, late) for kind, n, late in listing.rows(reader, "stay", _seeking, query, today)]
    people = listing.rows(reader, "stay", _reminding, query, today)
    return StaySums(
        sum(directions.values()), dict(directions), dict(phases),
        tuple(sorted(countries.items(), key=lambda one: (-one[1], one[0]))),
        tuple(sorted(sought, key=lambda one: (-one.missing, one.kind))), people[0][0] if people else 0)


def owing(reader: Reader, query: ListQuery, today: date) -> list[Owing]:
    """Who owes documents among the stays a query finds, by name, a line a stay."""
    found: dict[int, tuple[tuple[str, str, str], list[str], list[str]]] = {}
    for one, given, family, email, partner, kind, due in listing.rows(reader, "stay", _owing, query, today):
        _, kinds, days = found.setdefault(one, ((f"{given} {family}".strip(), email, partner or ""), [], []))
        kinds.append(kind)
        days += [due] if due else []
    return [
        Owing(stay_id=one, name=name, email=email, partner=partner, kinds=tuple(dict.fromkeys(kinds)),
              due_on=date.fromisoformat(min(days)) if days else None)
        for one, ((name, email, partner), kinds, days) in found.items()]


def _found(
    shape: listing.Shape, *columns: sa.ColumnElement[Any], other: Mapping[str, listing.Maker] | None = None
) -> sa.Select[Any]:
    chosen = sa.select(*columns).where(listing.shown(fact, shape))
    return tied(listing.narrowed("stay", chosen, fact.c.stay_id, shape, {**makers(shape.today), **(other or {})}))


def _summed(shape: listing.Shape, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """As `_found`, for sums over all stays: what no index holds is read in the order in which it is stored."""
    held = not shape.matched and not shape.misses and all(one.key in _IN_INDEX for one in shape.filters)
    return _found(shape if held else replace(shape, sort="stored"), *columns, other={"kind": kind_at_once})


@lru_cache(maxsize=256)
def _counting(shape: listing.Shape) -> Prepared:
    return Prepared(_summed(shape, fact.c.phase, sa.func.count()).group_by(fact.c.phase))


@lru_cache(maxsize=1024)
def _column(phase: Phase, shape: listing.Shape) -> Prepared:
    begins = fact.c.starts_on.desc() if shape.descending else fact.c.starts_on
    key = fact.c.stay_id.desc() if shape.descending else fact.c.stay_id
    wanted = _found(shape, fact.c.stay_id).where(fact.c.phase == PHASES.index(phase)).order_by(begins, key)
    return Prepared(together(wanted.limit(sa.bindparam("limit", None, type_=sa.Integer))))


@lru_cache(maxsize=64)
def _all_found(shape: listing.Shape) -> Prepared:
    wanted = _found(replace(shape, sort="stored"), fact.c.phase, fact.c.stay_id)
    return Prepared(wanted.order_by(fact.c.starts_on, fact.c.stay_id))


@lru_cache(maxsize=64)
def _summing(shape: listing.Shape) -> Prepared:
    groups = (fact.c.phase, fact.c.direction, fact.c.country)
    return Prepared(_summed(shape, *groups, sa.func.count()).group_by(*groups))


@lru_cache(maxsize=64)
def _seeking(shape: listing.Shape) -> Prepared:
    late = sa.func.coalesce(sa.func.sum(_document.c.due_on < shape.today.isoformat()), 0)
    wanted = _lacking(shape, _document.c.kind, sa.func.count(), late).join(
        _document, _document.c.stay_id == fact.c.stay_id).where(_owed)
    return Prepared(wanted.group_by(_document.c.kind))


@lru_cache(maxsize=64)
def _reminding(shape: listing.Shape) -> Prepared:
    return Prepared(_lacking(shape, sa.func.count(sa.distinct(stay.c.person_id))))


@lru_cache(maxsize=64)
def _owing(shape: listing.Shape) -> Prepared:
    columns = (fact.c.stay_id, person.c.given_names, person.c.family_name, person.c.email, institution.c.name,
               _document.c.kind, _document.c.due_on)
    wanted = _lacking(shape, *columns).join(_document, _document.c.stay_id == fact.c.stay_id).where(_owed)
    return Prepared(wanted.order_by(fact.c.sort_name, fact.c.stay_id, _document.c.id))


def _lacking(shape: listing.Shape, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Stays under way that lack a document which is wanted by now."""
    stored = replace(shape, sort="stored")
    return _found(stored, *columns).where(fact.c.documents_missing > 0, fact.c.phase.not_in(_AT_REST))


@cache
def _cards() -> Prepared:
    columns = (fact.c.stay_id, stay.c.person_id, person.c.given_names, person.c.family_name, person.c.name_original,
               person.c.kind, fact.c.partner_id, institution.c.name, fact.c.country, fact.c.direction, fact.c.phase,
               fact.c.starts_on, fact.c.ends_on, fact.c.documents, fact.c.documents_done, fact.c.documents_missing,
               fact.c.next_due)
    return Prepared(joined(*columns).where(fact.c.stay_id.in_(among())))


def _card(row: Sequence[Any]) -> StayCard:
    (one, person_id, given, family, original, kind, partner_id, partner, country, direction, place, starts, ends,
     documents, done, missing, due) = row
    return StayCard(
        id=one, person_id=person_id, name=f"{given} {family}".strip(), name_original=original, kind=kind,
        partner_id=partner_id, partner=partner or "", country=country, direction=direction, phase=PHASES[place],
        starts_on=_day(starts), ends_on=_day(ends), documents=documents, done=done, missing=missing,
        next_due=_day(due))


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
