"""The question behind the calendar of stays: who is away when, by country or partner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from partnerdesk.domain import clock

if TYPE_CHECKING:
    from partnerdesk.domain.listing import ListQuery
    from partnerdesk.store.stay_calendar import Grouping
    from partnerdesk.store.unit import Reader


@dataclass(frozen=True, slots=True)
class StayGroup:
    """Stays of one country or partner in a stretch of days; `key` is a country code or the id of a partner, "" where
    there is none.
    """

    key: str
    name: str
    stays: Sequence[int]


def stays_within(
    reader: Reader, query: ListQuery, first: date, last: date, by: Grouping = "country"
) -> list[StayGroup]:
    """The stays a query finds that have a day from `first` to `last`, by group in the order of names."""
    from partnerdesk.domain.countries import country_name
    from partnerdesk.domain.text import fold
    from partnerdesk.store import stay_calendar

    found = [StayGroup("" if key is None else str(key), country_name(key) if by == "country" and key else name, ids)
             for key, name, ids in stay_calendar.stays_within(reader, query, clock.today(), first, last, by)]
    return sorted(found, key=lambda group: (not group.key, fold(group.name)))
