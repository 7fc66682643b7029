"""The trip pack: what a delegation takes along about the country, its hosts, the meetings and what is still open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnerdesk.domain.agreements import RUNNING
from partnerdesk.domain.followups import FollowUpLine
from partnerdesk.domain.lines import StayLine
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.visits import VisitLine
from partnerdesk.services import followups, listing, stays, visits
from partnerdesk.services.visits import VisitFile

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

MOST_PEOPLE = 40
MOST_VISITS = 8


@dataclass(frozen=True, slots=True)
class CountryFacts:
    """A country in figures: partners, agreements in force, stays by direction in the year that runs, our people there
    now (`here` holds the first of them), and the last visits.
    """

    country: str
    year: int
    partners: int
    agreements: int
    out: int
    incoming: int
    there: int
    here: tuple[StayLine, ...]
    visits: tuple[VisitLine, ...]


@dataclass(frozen=True, slots=True)
class TripPack:
    """The visit with its agenda, the countries it leads to, the partners whose summaries go along (ids in the order
    of the journey), and what is still open with them and from the visit itself.
    """

    file: VisitFile
    countries: tuple[CountryFacts, ...]
    partners: tuple[int, ...]
    followups: tuple[FollowUpLine, ...]


def trip_pack(reader: Reader, visit_id: int) -> TripPack:
    """All that goes into the pack of a visit. Raises Missing."""
    file = visits.visit_file(reader, visit_id)
    partners = tuple(dict.fromkeys(
        one.institution_id for one in file.places
        if (found := file.institutions.get(one.institution_id)) is not None and not found.is_home))
    lands = dict.fromkeys(code for code in (file.visit.country, *map(file.land, partners)) if code)
    own = followups.open_about(reader, "visit", [visit_id])
    with_partners = followups.open_with_partners(reader, partners)
    return TripPack(file, tuple(country_facts(reader, code, visit_id) for code in lands), partners,
                    (*own, *with_partners))


def country_facts(reader: Reader, country: str, but: int = 0) -> CountryFacts:
    """A country in figures; the visit `but` is not told among the others."""
    year = listing.this_year(reader).first
    of = Filter("country", values=(country,))
    there = ListQuery(filters=(Filter("abroad", values=("today",)), of, Filter("direction", values=("out",))),
                      sort="name")
    running = Filter("state", values=tuple(str(state) for state in RUNNING))
    ids = [i for i in visits.visit_ids(reader, ListQuery(filters=(of,), sort="starts", descending=True)) if i != but]
    lines = visits.visit_lines(reader, ids[:MOST_VISITS])
    who = stays.stay_ids(reader, there, MOST_PEOPLE)
    named = stays.stay_lines(reader, who)

    def way(direction: str) -> int:
        filters = (of, Filter("direction", values=(direction,)), Filter("year", values=(str(year),)))
        return stays.stay_hits(reader, ListQuery(filters=filters))

    return CountryFacts(
        country, year, listing.partner_hits(reader, ListQuery(filters=(of,))),
        listing.agreement_hits(reader, ListQuery(filters=(of, running))), way("out"), way("in"),
        stays.stay_hits(reader, there), tuple(named[i] for i in who if i in named),
        tuple(lines[i] for i in ids[:MOST_VISITS] if i in lines))

