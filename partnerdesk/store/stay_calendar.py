"""Stays along the months: which lie in a stretch of days, by country or partner, and who comes first in each."""

import json
from datetime import date
from functools import lru_cache, partial
from typing import Any, Literal

import sqlalchemy as sa

from partnerdesk.domain.listing import ListQuery
from partnerdesk.store import listing
from partnerdesk.store.prepared import Prepared, together
from partnerdesk.store.stay_filters import fact, institution, makers, tied
from partnerdesk.store.unit import Reader

Grouping = Literal["country", "partner"]


def stays_within(
    reader: Reader, query: ListQuery, today: date, first: date, last: date, by: Grouping
) -> list[tuple[Any, str, list[int]]]:
    """Of each group its key (country code or id of the partner), its name where that is stored, and the ids of the
    stays that have a day from `first` to `last`, those that begin first at the beginning.
    """
    key = fact.c.partner_id if by == "partner" else fact.c.country
    days = {"first": first.isoformat(), "last": last.isoformat()}
    groups = listing.rows(reader, "stay", partial(_groups, key), query, today, **days)
    ordered = listing.rows(reader, "stay", partial(_ordered, key), query, today, **days)
    ids: list[int] = json.loads(ordered[0][0]) if ordered else []
    found, start = [], 0
    for each, name, n in groups:
        found.append((each, name or "", ids[start:start + n]))
        start += n
    return found


@lru_cache(maxsize=64)
def _groups(key: sa.Column[Any], shape: listing.Shape) -> Prepared:
    name = institution.c.name if key is fact.c.partner_id else sa.literal("")
    return Prepared(_within(shape, key, sa.func.max(name), sa.func.count()).group_by(key).order_by(key))


@lru_cache(maxsize=64)
def _ordered(key: sa.Column[Any], shape: listing.Shape) -> Prepared:
    return Prepared(together(_within(shape, fact.c.stay_id).order_by(key, fact.c.starts_on, fact.c.stay_id)))


def _within(shape: listing.Shape, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    first, last = (sa.bindparam(each, None, type_=sa.Text) for each in ("first", "last"))
    chosen = sa.select(*columns).where(
        listing.shown(fact, shape), fact.c.ends_on >= first, fact.c.starts_on.concat("") <= last)
    return tied(listing.narrowed("stay", chosen, fact.c.stay_id, shape, makers(shape.today)))
