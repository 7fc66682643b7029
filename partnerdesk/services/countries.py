"""What users ask about countries: every measure in every country, and all that the office has in some of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.abroad import AbroadLine
from partnerdesk.domain.countries import country, country_name
from partnerdesk.domain.lines import AgreementLine, PartnerLine
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.measures import NOWHERE, CountryTable
from partnerdesk.domain.partners import Contact
from partnerdesk.domain.visits import VisitLine
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services import abroad, listing
from partnerdesk.services.listing import this_year

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

CHOICES = "map.choices"
"""The setting that says which piece of land an office draws with which country."""
VISITS_YEARS, QUIET_YEARS, MOST_FIELDS, MOST_CONTACTS = 3, 3, 5, 12


@dataclass(frozen=True, slots=True)
class PartnerPin:
    """A partner whose place is known, in degrees."""

    id: int
    name: str
    country: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class MapFacts:
    """All that the map shows of an office: every measure, partners with a place, our own place and country, choices."""

    table: CountryTable
    pins: tuple[PartnerPin, ...]
    home: tuple[float, float] | None
    home_country: str
    choices: dict[str, str]


@dataclass(frozen=True, slots=True)
class PartnerStanding:
    """A partner in a country with the balance of its partnership, None where none is kept."""

    line: PartnerLine
    balance: float | None = None
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class CountrySheet:
    """All that the office has in some countries. `codes` in the order they were chosen in."""

    codes: tuple[str, ...]
    table: CountryTable
    partners: tuple[PartnerStanding, ...]
    agreements: tuple[AgreementLine, ...]
    there_now: tuple[AbroadLine, ...]
    fields: tuple[tuple[str, int], ...]
    contacts: tuple[tuple[Contact, str], ...]
    visits: tuple[VisitLine, ...]
    gaps: tuple[Text, ...]

    @property
    def title(self) -> str:
        """The English names of the countries."""
        return ", ".join(country_name(code) for code in self.codes)


def country_table(reader: Reader) -> CountryTable:
    """Every measure in every country and academic year."""
    from partnerdesk.store import countries

    today, year = clock.today(), this_year(reader)
    counted = {key: countries.numbers(reader, key, today) for key in countries.MEASURES}
    return CountryTable(tuple(one.measure for one in countries.MEASURES.values()), counted, year.first, year.southern)


def map_facts(reader: Reader) -> MapFacts:
    """All that the map shows of the office."""
    from partnerdesk.services.office import settings
    from partnerdesk.services.partners import home_institution
    from partnerdesk.store import countries

    home = home_institution(reader)
    place = None
    if home is not None and home.latitude is not None and home.longitude is not None:
        place = home.latitude, home.longitude
    chosen = settings(reader).get(CHOICES, {})
    return MapFacts(
        country_table(reader), tuple(PartnerPin(*row) for row in countries.pins(reader)), place,
        home.country if home is not None else "", dict(chosen) if isinstance(chosen, dict) else {})


def country_sheet(reader: Reader, codes: Sequence[str]) -> CountrySheet:
    """All that the office has in some countries."""
    from partnerdesk.services.balance import standings
    from partnerdesk.services.visits import visit_ids, visit_lines

    known = {one.partner_id: one for one in standings(reader)}
    query = _query(codes)
    partners = _lines(listing.partner_ids, listing.partner_lines, reader, query)
    agreements = _lines(listing.agreement_ids, listing.agreement_lines, reader, _query(codes, state="running"))
    since = clock.today().year - VISITS_YEARS
    visits = [one for one in _lines(visit_ids, visit_lines, reader, query)
              if one.starts_on is None or one.starts_on.year >= since]
    groups = abroad.abroad_on(reader, clock.today(), "out", countries=[code or "-" for code in codes]).groups
    table = country_table(reader)
    return CountrySheet(
        tuple(codes), table,
        tuple(PartnerStanding(line, known[line.id].balance, known[line.id].beyond) if line.id in known
              else PartnerStanding(line) for line in partners),
        tuple(agreements), tuple(line for group in groups for line in group.lines), _fields(reader, codes),
        _contacts(reader, codes), tuple(sorted(visits, key=_newest)), tuple(_gaps(reader, table, codes, partners)))


def pins_in(reader: Reader, codes: Sequence[str]) -> list[PartnerPin]:
    """The partners in these countries whose place is known."""
    from partnerdesk.store import countries

    return [pin for row in countries.pins(reader) if (pin := PartnerPin(*row)).country in codes]


def _newest(visit: VisitLine) -> int:
    return -visit.starts_on.toordinal() if visit.starts_on else 0


def _query(codes: Sequence[str], **more: str) -> ListQuery:
    """A question about a list, of these countries alone."""
    filters = [Filter("country", ":", tuple(code or "-" for code in codes))]
    return ListQuery(filters=(*filters, *(Filter(key, ":", (value,)) for key, value in more.items())))


def _lines(ids: Callable[..., list[int]], lines: Callable[..., dict[int, Any]], reader: Reader,
           query: ListQuery) -> list[Any]:
    wanted = ids(reader, query)
    found = lines(reader, wanted)
    return [found[one] for one in wanted if one in found]


def _fields(reader: Reader, codes: Sequence[str]) -> tuple[tuple[str, int], ...]:
    from partnerdesk.store import countries

    return tuple(countries.fields_studied(reader, codes)[:MOST_FIELDS])


def _contacts(reader: Reader, codes: Sequence[str]) -> tuple[tuple[Contact, str], ...]:
    from partnerdesk.store import countries

    found = countries.contacts_in(reader, codes)[:MOST_CONTACTS]
    people = reader.many(Contact, [one for one, _ in found])
    return tuple((people[one], partner) for one, partner in found if one in people)


def _gaps(reader: Reader, table: CountryTable, codes: Sequence[str], partners: Sequence[PartnerLine]) -> list[Text]:
    """What is missing: agreements for a direction, exchange in the last years, partners without an agreement."""
    from partnerdesk.store import countries

    if not partners:
        return [Text(QT_TRANSLATE_NOOP("PartnerDesk", "No partner yet"))]
    gaps = []
    granted = countries.granted(reader, codes, clock.today())
    for (direction, kind), words in _WANTED.items():
        if not any(way == direction and activity.startswith(kind) for way, activity in granted):
            gaps.append(Text(words))
    idle = sum(not line.agreements for line in partners)
    if idle:
        gaps.append(text(_IDLE[0] if idle == 1 else _IDLE[1], n=idle))
    recent = range(table.year - QUIET_YEARS + 1, table.year + 1)
    for key, words in (("out", _NONE_OUT), ("in", _NONE_IN)):
        if not any(table.total(key, codes, year) for year in recent):
            gaps.append(text(words, n=QUIET_YEARS))
    return gaps


_WANTED = {
    ("out", "student"): QT_TRANSLATE_NOOP("PartnerDesk", "No agreement in effect for outgoing students"),
    ("in", "student"): QT_TRANSLATE_NOOP("PartnerDesk", "No agreement in effect for incoming students"),
    ("out", "staff"): QT_TRANSLATE_NOOP("PartnerDesk", "No agreement in effect for outgoing staff"),
    ("in", "staff"): QT_TRANSLATE_NOOP("PartnerDesk", "No agreement in effect for incoming staff"),
}
_IDLE = (QT_TRANSLATE_NOOP("PartnerDesk", "{n} partner without an agreement"),
         QT_TRANSLATE_NOOP("PartnerDesk", "{n} partners without an agreement"))
_NONE_OUT = QT_TRANSLATE_NOOP("PartnerDesk", "Nobody went in the last {n} years")
_NONE_IN = QT_TRANSLATE_NOOP("PartnerDesk", "Nobody came in the last {n} years")


def area_title(codes: Sequence[str]) -> Text | str:
    """What a choice of countries is called: the region or subregion that it is, else the countries' names."""
    from partnerdesk.domain.measures import areas, members

    chosen = set(codes)
    for number, name in areas():
        if len(chosen) > 1 and chosen == set(members(number)):
            return Text(name)
    return ", ".join(country_name(code) if code != NOWHERE else "" for code in codes)


def about(code: str) -> tuple[str, str]:
    """The English name of a country and of its subregion; the code itself where no list knows it."""
    found = country(code)
    return (found.name, found.subregion_label) if found is not None else (code, "")
