"""What the rules for documents ask of a stay: the person, both countries, the grant and the partner's deadline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from partnerdesk.domain.doc_rules import Case, is_minor, needs_visa
from partnerdesk.domain.factsheets import Factsheet
from partnerdesk.domain.grants import GrantAward
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.phases import span_of
from partnerdesk.domain.stays import Stay

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

FIELDS = frozenset((
    "person_id", "sending_id", "receiving_id", "direction", "programme", "activity", "year", "term", "nominated_on",
    "planned_from", "planned_to", "actual_from", "actual_to", "green_travel", "grant_number", "sending_status",
    "closed_on"))
"""The fields of a stay that decide which documents it needs and when."""
SECOND_TERMS = ("2/2", "2/3", "3/3", "3/4", "4/4")


def cases_of(reader: Reader, stays: Sequence[Stay]) -> list[Case]:
    """What decides the documents of each stay, in their order; read in few queries."""
    if not stays:
        return []
    people = reader.many(Person, {stay.person_id for stay in stays})
    sides = {i for stay in stays for i in (stay.sending_id, stay.receiving_id) if i is not None}
    countries = dict(reader.columns(Institution, ("id", "country"), "id", sides))
    granted = {i for (i,) in reader.columns(GrantAward, ("stay_id",), "stay_id", {stay.id for stay in stays})}
    sheets = {(one.institution_id, one.year): one for one in reader.where(
        Factsheet, "institution_id", {stay.receiving_id for stay in stays if stay.receiving_id})}
    return [_case(stay, people.get(stay.person_id, Person()), countries.get(stay.sending_id or 0, ""),
                  countries.get(stay.receiving_id or 0, ""), stay.id in granted,
                  sheets.get((stay.receiving_id or 0, stay.year))) for stay in stays]


def nominate_by(stay: Stay, sheet: Factsheet | None) -> date | None:
    """The day until which the partner takes the nomination; the day it was sent where no deadline is known."""
    if sheet is None:
        return stay.nominated_on
    first, second = sheet.nominate_first, sheet.nominate_second
    wanted = second if stay.term in SECOND_TERMS else first
    return wanted or stay.nominated_on


def _case(stay: Stay, person: Person, home: str, host: str, granted: bool, sheet: Factsheet | None) -> Case:
    starts, ends = span_of(stay.planned_from, stay.planned_to, stay.actual_from, stay.actual_to)
    held = {
        "visa": needs_visa(person.citizenships, home, host),
        "minor": is_minor(person.birth_date, starts, person.kind),
        "green": stay.green_travel,
        "grant": granted or bool(stay.grant_number),
    }
    return Case(
        programme=stay.programme, activity=stay.activity, direction=stay.direction, person_kind=person.kind,
        conditions=frozenset(name for name, holds in held.items() if holds), nominate_by=nominate_by(stay, sheet),
        starts_on=starts, ends_on=ends)
