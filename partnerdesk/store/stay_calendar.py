"""Stays along the months: which lie in a stretch of days, by country or partner, and who comes first in each."""

import json
from datetime import date
from functools import lru_cache
from typing import Any, Literal

import sqlalchemy as sa

from partnerdesk.domain.listing import ListQuery
from partnerdesk.store import listing
from partnerdesk.store.prepared import Prepared
from partnerdesk.store.stay_filters import fact, institution, makers, tied
from partnerdesk.store.unit import Reader

Grouping = Literal["country", "partner"]


def stays_within(
    reader: Reader, query: ListQuery, today: date, first: date, last: date, by: Grouping
) -> list[tuple[Any, str, list[int]]]:
    """Of each group its key (country code or id of the partner), its name where that is stored, and the ids of the
    stays that have a day from `first` to `last`, those that begin first at the beginning.
    """
    worded = _by_partner if by == "partner" else _by_country
    rows = listing.rows(reader, "stay", worded, query, today, first=first.isoformat(), last=last.isoformat())
    return [(key, name or "", json.loads(ids)) for key, name, ids in rows]


@lru_cache(maxsize=64)
def _by_country(shape: listing.Shape) -> Prepared:
    return _grouped(shape, fact.c.country, sa.literal(""))


@lru_cache(maxsize=64)
def _by_partner(shape: listing.Shape) -> Prepared:
    return _grouped(shape, fact.c.partner_id, institution.c.name)


def _grouped(shape: listing.Shape, key: sa.ColumnElement[Any], name: sa.ColumnElement[Any]) -> Prepared:
    first, last = (sa.bindparam(each, None, type_=sa.Text) for each in ("first", "last"))
    chosen = sa.select(key.label("key"), name.label("name"), fact.c.stay_id).where(
        listing.shown(fact, shape), fact.c.ends_on >= first, fact.c.starts_on.concat("") <= last)
    within = tied(listing.narrowed("stay", chosen, fact.c.stay_id, shape, makers(shape.today)))
    ordered = within.order_by(fact.c.starts_on, fact.c.sort_name, fact.c.stay_id).subquery()
    return Prepared(
        sa.select(ordered.c.key, sa.func.max(ordered.c.name), sa.func.json_group_array(ordered.c.stay_id))
        .group_by(ordered.c.key))
