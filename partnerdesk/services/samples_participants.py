"""The people who go and come in a sample office: invented, with names from where they are at home."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from partnerdesk.domain.agreements import Agreement, Condition
from partnerdesk.domain.partners import Institution, Partnership
from partnerdesk.domain.people import Enrolment, Person, PersonContact, PersonLanguage
from partnerdesk.domain.resources import resource_path
from partnerdesk.domain.text import fold
from partnerdesk.services.samples_pile import Pile
from partnerdesk.services.samples_terms import Moment

_COURSES = {
    "07": "Engineering", "05": "Natural sciences", "02": "Arts and humanities", "03": "Social sciences",
    "04": "Business and law", "06": "Computing", "09": "Health", "01": "Education", "08": "Environment",
}


@dataclass(frozen=True, slots=True)
class Place:
    """One condition in one academic year, with what a stay on it has to know."""

    condition: Condition
    agreement: Agreement
    partner: Institution
    home: Institution
    partnership: Partnership
    year: int


def put_person(pile: Pile, place: Place, chance: Random, key: str, staff: bool, moment: Moment) -> Person:
    """A person on a place, with what they study or do and whom to call."""
    country = place.home.country if place.condition.direction == "out" else place.partner.country
    own = country if chance.random() < 0.88 else chance.choice(("IN", "FR", "PL", "NG", "BR", "IE"))
    given, family, original = invented(own, chance)
    age = chance.randint(29, 58) if staff else chance.randint(20, 26)
    number = pile.count(Person) + 1
    email, phone = reachable(given, family, number)
    person = pile.put(Person(
        kind="staff" if staff else "student", given_names=given, family_name=family, name_original=original,
        birth_date=date(place.year - age, chance.randint(1, 12), chance.randint(1, 28)), citizenships=(own,),
        email=email, phone=phone, local_id=f"{'S' if staff else ''}{place.year % 100}{number:05}",
        function=chance.choice(("Senior lecturer", "Programme manager", "Reader", "Librarian")) if staff else "",
        consents=("data", "partner") if chance.random() < 0.9 else ("data",),
        gender=chance.choice(("1", "2", "2", "9")),
        needs_support=not staff and chance.random() < 0.03), key)
    condition = place.condition
    sender = place.home if condition.direction == "out" else place.partner
    field = condition.fields[0] if condition.fields else ""
    pile.put(Enrolment(
        person_id=person.id, institution_id=sender.id,
        unit_id=condition.own_unit_id if condition.direction == "out" else condition.partner_unit_id,
        programme_title="" if staff else _COURSES.get(field[:2], "Liberal studies"), field=field,
        level=condition.levels[0] if condition.levels and not staff else "",
        year_of_study=None if staff else chance.randint(2, 4), valid_from=date(place.year - 2, 9, 1)), key)
    if not staff and place.year >= moment.year - 1:
        _put_around(pile, person, condition, chance, key, family)
    return person


def _put_around(pile: Pile, person: Person, condition: Condition, chance: Random, key: str, family: str) -> None:
    given = invented(person.citizenships[0], chance)[0]
    pile.put(PersonContact(person_id=person.id, name=f"{given} {family}", relation=chance.choice(
        ("Mother", "Father", "Sister", "Aunt")), phone=f"+44 1632 95{person.id % 10000:04}"), key)
    for written in condition.languages[:1]:
        language, level = (*written.split(), "B2")[:2]
        pile.put(PersonLanguage(person_id=person.id, language=language, level=level,
                                certificate="Language centre" if chance.random() < 0.6 else ""), key)


def reachable(given: str, family: str, number: int) -> tuple[str, str]:
    """An address and a number that reach nobody."""
    return f"{'.'.join(fold(f'{given} {family}').split())}.{number}@example.edu", f"+44 1632 96{number % 10000:04}"


@cache
def _pools() -> dict[str, dict[str, list[str]]]:
    pools: dict[str, dict[str, list[str]]] = json.loads(
        resource_path("samples", "people_names.json").read_text(encoding="utf-8"))
    return pools


def invented(country: str, chance: Random) -> tuple[str, str, str]:
    """Given names, family name, and the name in its own script where that is another one."""
    pool = next((p for p in _pools().values() if country in p["countries"]), _pools()["english"])
    given, _, given_own = chance.choice(pool["given"]).partition("|")
    family, _, family_own = chance.choice(pool["family"]).partition("|")
    return given, family, f"{family_own}{given_own}"
