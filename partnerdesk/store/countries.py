"""What is counted by country: each measure one registered function that gives rows of country, year and number."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import agreements as ag
from partnerdesk.domain import partners as pa
from partnerdesk.domain import people as pe
from partnerdesk.domain import projects as pr
from partnerdesk.domain import stays as st
from partnerdesk.domain.measures import NO_YEAR, NOWHERE, Measure, Numbers
from partnerdesk.domain.phases import PHASES
from partnerdesk.domain.words import QT_TRANSLATE_NOOP
from partnerdesk.store import listing, schema
from partnerdesk.store.stay_filters import AWAY, fact, on_day
from partnerdesk.store.unit import Reader

Rows = Iterable[Sequence[Any]]
Counting = Callable[[Reader, date], Rows]

_institution = schema.KINDS[pa.Institution].table
_contact = schema.KINDS[pa.Contact].table
_condition = schema.KINDS[ag.Condition].table
_person = schema.KINDS[pe.Person].table
_stay = schema.KINDS[st.Stay].table
_member = schema.KINDS[pr.ProjectMember].table
_partner = schema.partner_fact
_agreement = schema.agreement_fact
_project = schema.project_fact
_WENT = ",".join(PHASES[place] for place in AWAY)
_STAYS = f"country:{{country}} year:{{year}} phase:{_WENT}"
_YEAR_AHEAD = 365


@dataclass(frozen=True, slots=True)
class Counted:
    """A measure and the function that counts it."""

    measure: Measure
    count: Counting


MEASURES: dict[str, Counted] = {}


def measured(measure: Measure) -> Callable[[Counting], Counting]:
    """Register the function that counts a measure."""

    def register(count: Counting) -> Counting:
        MEASURES[measure.key] = Counted(measure, count)
        return count

    return register


def numbers(reader: Reader, key: str, today: date) -> Numbers:
    """One measure by country and academic year."""
    found: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for country, year, n in MEASURES[key].count(reader, today):
        if n:
            found[country or NOWHERE][year if year is not None else NO_YEAR] += n
    return {country: dict(years) for country, years in found.items()}


@measured(Measure(
    "partners", QT_TRANSLATE_NOOP("PartnerDesk", "Partners"), QT_TRANSLATE_NOOP("PartnerDesk", "{n} partner"),
    QT_TRANSLATE_NOOP("PartnerDesk", "{n} partners"), "partners", "country:{country}"))
def _partners(reader: Reader, _: date) -> Rows:
    return _rows(reader, sa.select(_institution.c.country, sa.null(), sa.func.count())
                 .join(_partner, _partner.c.institution_id == _institution.c.id)
                 .where(_partner.c.shown == schema.SHOWN).group_by(_institution.c.country))


def _agreements(reader: Reader, *conditions: listing.Condition) -> Rows:
    return _rows(reader, sa.select(_institution.c.country, sa.null(), sa.func.count())
                 .select_from(_agreement.outerjoin(_institution, _institution.c.id == _agreement.c.partner_id))
                 .where(_agreement.c.shown == schema.SHOWN, *conditions).group_by(_institution.c.country))


@measured(Measure(
    "agreements", QT_TRANSLATE_NOOP("PartnerDesk", "Agreements in effect"),
    QT_TRANSLATE_NOOP("PartnerDesk", "{n} agreement in effect"),
    QT_TRANSLATE_NOOP("PartnerDesk", "{n} agreements in effect"), "agreements", "country:{country} state:running",
    short=QT_TRANSLATE_NOOP("PartnerDesk", "In effect")))
def _in_effect(reader: Reader, today: date) -> Rows:
    return _agreements(reader, listing.running(today))


@measured(Measure(
    "ending", QT_TRANSLATE_NOOP("PartnerDesk", "Ending within a year"),
    QT_TRANSLATE_NOOP("PartnerDesk", "{n} agreement ending within a year"),
    QT_TRANSLATE_NOOP("PartnerDesk", "{n} agreements ending within a year"), "agreements",
    f"country:{{country}} state:running ends<{_YEAR_AHEAD}d", short=QT_TRANSLATE_NOOP("PartnerDesk", "Ending")))
def _ending(reader: Reader, today: date) -> Rows:
    end, last = listing.ends_on(today), listing.day_of(f"{_YEAR_AHEAD}d", today)
    assert last is not None
    return _agreements(reader, listing.running(today), end.is_not(None), end >= today.isoformat(),
                       end <= last.isoformat())


def _stays(reader: Reader, *conditions: listing.Condition, sign: int = 1, of_staff: bool = False) -> list[Any]:
    query = sa.select(fact.c.country, fact.c.year, sign * sa.func.count()).where(
        fact.c.shown == schema.SHOWN, fact.c.phase.in_(AWAY), *conditions)
    if of_staff:
        query = query.where(fact.c.stay_id.in_(
            sa.select(_stay.c.id).join(_person, _person.c.id == _stay.c.person_id).where(_person.c.kind == "staff")))
    return _rows(reader, query.group_by(fact.c.country, fact.c.year))


@measured(Measure(
    "out", QT_TRANSLATE_NOOP("PartnerDesk", "Outgoing"), QT_TRANSLATE_NOOP("PartnerDesk", "{n} out"),
    QT_TRANSLATE_NOOP("PartnerDesk", "{n} out"), "stays", f"{_STAYS} direction:out", yearly=True,
    short=QT_TRANSLATE_NOOP("PartnerDesk", "Out")))
def _out(reader: Reader, _: date) -> Rows:
    return _stays(reader, fact.c.direction == "out")


@measured(Measure(
    "in", QT_TRANSLATE_NOOP("PartnerDesk", "Incoming"), QT_TRANSLATE_NOOP("PartnerDesk", "{n} in"),
    QT_TRANSLATE_NOOP("PartnerDesk", "{n} in"), "stays", f"{_STAYS} direction:in", yearly=True,
    short=QT_TRANSLATE_NOOP("PartnerDesk", "In")))
def _in(reader: Reader, _: date) -> Rows:
    return _stays(reader, fact.c.direction == "in")


@measured(Measure(
    "stays", QT_TRANSLATE_NOOP("PartnerDesk", "Stays, out and in"), QT_TRANSLATE_NOOP("PartnerDesk", "{n} stay"),
    QT_TRANSLATE_NOOP("PartnerDesk", "{n} stays"), "stays", _STAYS, yearly=True,
    short=QT_TRANSLATE_NOOP("PartnerDesk", "Stays")))
def _both(reader: Reader, _: date) -> Rows:
    return _stays(reader)


@measured(Measure(
    "balance", QT_TRANSLATE_NOOP("PartnerDesk", "Balance, out less in"),
    QT_TRANSLATE_NOOP("PartnerDesk", "balance {n}"), QT_TRANSLATE_NOOP("PartnerDesk", "balance {n}"), "stays", _STAYS,
    yearly=True, diverging=True, short=QT_TRANSLATE_NOOP("PartnerDesk", "Balance")))
def _balance(reader: Reader, _: date) -> Rows:
    return [*_stays(reader, fact.c.direction == "out"), *_stays(reader, fact.c.direction == "in", sign=-1)]


@measured(Measure(
    "staff", QT_TRANSLATE_NOOP("PartnerDesk", "Staff, out and in"),
    QT_TRANSLATE_NOOP("PartnerDesk", "{n} stay of staff"), QT_TRANSLATE_NOOP("PartnerDesk", "{n} stays of staff"),
    "stays", f"{_STAYS} kind:staff", yearly=True, short=QT_TRANSLATE_NOOP("PartnerDesk", "Staff")))
def _staff(reader: Reader, _: date) -> Rows:
    return _stays(reader, of_staff=True)


@measured(Measure(
    "abroad", QT_TRANSLATE_NOOP("PartnerDesk", "Our people there now"),
    QT_TRANSLATE_NOOP("PartnerDesk", "{n} person there now"),
    QT_TRANSLATE_NOOP("PartnerDesk", "{n} people there now"), "stays",
    "country:{country} direction:out abroad:today",
    short=QT_TRANSLATE_NOOP("PartnerDesk", "There now")))
def _abroad(reader: Reader, today: date) -> Rows:
    return _rows(reader, sa.select(fact.c.country, sa.null(), sa.func.count())
                 .where(fact.c.shown == schema.SHOWN, fact.c.direction == "out", on_day(today))
                 .group_by(fact.c.country))


@measured(Measure(
    "projects", QT_TRANSLATE_NOOP("PartnerDesk", "Projects with partners there"),
    QT_TRANSLATE_NOOP("PartnerDesk", "{n} project"), QT_TRANSLATE_NOOP("PartnerDesk", "{n} projects"), "projects",
    "country:{country}", short=QT_TRANSLATE_NOOP("PartnerDesk", "Projects")))
def _projects(reader: Reader, _: date) -> Rows:
    return _rows(reader, sa.select(_institution.c.country, sa.null(), sa.func.count(sa.distinct(_member.c.project_id)))
                 .select_from(_member.join(_institution, _institution.c.id == _member.c.institution_id)
                              .join(_project, _project.c.project_id == _member.c.project_id))
                 .where(_project.c.shown == schema.SHOWN, _institution.c.is_home == 0)
                 .group_by(_institution.c.country))


def pins(reader: Reader) -> list[tuple[int, str, str, float, float]]:
    """Id, name, country, latitude and longitude of the partners whose place is known."""
    at = _institution.c
    query = (sa.select(at.id, at.name, at.country, at.latitude, at.longitude)
             .join(_partner, _partner.c.institution_id == at.id)
             .where(_partner.c.shown == schema.SHOWN, at.latitude.is_not(None), at.longitude.is_not(None))
             .order_by(at.id))
    return [(one, name, country, lat, lon) for one, name, country, lat, lon in _rows(reader, query)]


def fields_studied(reader: Reader, codes: Sequence[str]) -> list[tuple[str, int]]:
    """The broad fields (ISCED-F, two digits) of the stays with these countries, the most stays first."""
    broad = sa.func.substr(_stay.c.field, 1, 2, type_=sa.Text)
    query = (sa.select(broad, sa.func.count()).select_from(fact.join(_stay, _stay.c.id == fact.c.stay_id))
             .where(fact.c.shown == schema.SHOWN, fact.c.phase.in_(AWAY), fact.c.country.in_(codes),
                    _stay.c.field != "").group_by(broad).order_by(sa.func.count().desc(), broad))
    return [(code, n) for code, n in _rows(reader, query)]


def contacts_in(reader: Reader, codes: Sequence[str]) -> list[tuple[int, str]]:
    """Ids of the contacts at partners in these countries with the partner's name: preferred ones first."""
    query = (sa.select(_contact.c.id, _institution.c.name)
             .join(_institution, _institution.c.id == _contact.c.institution_id)
             .join(_partner, _partner.c.institution_id == _institution.c.id)
             .where(_partner.c.shown == schema.SHOWN, _institution.c.country.in_(codes), _contact.c.valid_to.is_(None))
             .order_by(_contact.c.preferred.desc(), _institution.c.name, _contact.c.id))
    return [(one, name) for one, name in _rows(reader, query)]


def granted(reader: Reader, codes: Sequence[str], today: date) -> set[tuple[str, str]]:
    """Direction and activity of everything that agreements in effect with these countries grant."""
    query = (sa.select(_condition.c.direction, _condition.c.activity).distinct()
             .select_from(_condition.join(_agreement, _agreement.c.version_id == _condition.c.version_id)
                          .join(_institution, _institution.c.id == _agreement.c.partner_id))
             .where(_agreement.c.shown == schema.SHOWN, _institution.c.country.in_(codes), listing.running(today)))
    return {(direction, activity) for direction, activity in _rows(reader, query)}


def _rows(reader: Reader, query: sa.Executable) -> list[Any]:
    return list(reader.connection.execute(query))
