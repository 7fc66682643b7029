"""Who is away on a day: for the page, and as a whole for the list that is printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from partnerdesk.domain import clock
from partnerdesk.domain.abroad import AbroadGroup, AbroadLine, AbroadList
from partnerdesk.domain.listing import Filter, ListQuery

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

AT_ONCE = 5000


def query_of(day: date, direction: str = "out", kinds: Sequence[str] = (), words: Sequence[str] = (),
             countries: Sequence[str] = ()) -> ListQuery:
    """The question who is away on a day; `kinds` are student, staff or pupil, none means all."""
    filters = [Filter("abroad", ":", (day.isoformat(),)), Filter("direction", ":", (direction,))]
    if kinds:
        filters.append(Filter("kind", ":", tuple(kinds)))
    if countries:
        filters.append(Filter("country", ":", tuple(countries)))
    return ListQuery(words=tuple(words), filters=tuple(filters), sort="country")


def abroad_on(
    reader: Reader, day: date, direction: str = "out", kinds: Sequence[str] = (), words: Sequence[str] = (),
    countries: Sequence[str] = (),
) -> AbroadList:
    """Everybody who is away on a day, by country and name; with `direction` in those who are here from elsewhere.

    Who has not arrived yet is in it where the stay is nominated at least and planned over the day.
    """
    from partnerdesk.domain.countries import country_name

    ids = abroad_ids(reader, query_of(day, direction, kinds, words, countries))
    groups: dict[str, list[AbroadLine]] = {}
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start:start + AT_ONCE]
        found = abroad_lines(reader, some)
        for one in some:
            groups.setdefault(found[one].country, []).append(found[one])
    named = sorted(groups.items(), key=lambda group: (not group[0], country_name(group[0])))
    return AbroadList(day, direction, tuple(AbroadGroup(code, tuple(lines)) for code, lines in named))


def abroad_ids(
    reader: Reader, query: ListQuery, limit: int | None = None, among: Sequence[int] | None = None
) -> list[int]:
    """Ids of the stays that a query of `query_of` finds, in its order, of all or of those `among`."""
    from partnerdesk.store import abroad

    return abroad.abroad_ids(reader, query, clock.today(), limit, among)


def abroad_hits(reader: Reader, query: ListQuery) -> int:
    """How many a query finds."""
    from partnerdesk.store import abroad

    return abroad.abroad_hits(reader, query, clock.today())


def abroad_count(reader: Reader) -> int:
    """How many of our people are away today."""
    return abroad_hits(reader, query_of(clock.today()))


def abroad_lines(reader: Reader, ids: Sequence[int]) -> dict[int, AbroadLine]:
    """How to reach the people of these stays."""
    from partnerdesk.store import abroad

    return abroad.abroad_lines(reader, ids)


def by_country(reader: Reader, query: ListQuery) -> dict[str, int]:
    """How many a query finds in each country, the most first."""
    from partnerdesk.store import abroad

    return abroad.by_country(reader, query, clock.today())


def by_week(reader: Reader, first: date, weeks: int, direction: str) -> list[int]:
    """How many are away on the first day of each of so many weeks from `first` on."""
    from partnerdesk.store import abroad

    return abroad.by_week(reader, first, weeks, direction)
