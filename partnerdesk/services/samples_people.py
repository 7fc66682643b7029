"""Who and where in a sample office: institutions with codes, names and units, contacts, and the relation to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from partnerdesk.domain.partners import (
    Alias,
    Contact,
    Identifier,
    Institution,
    Member,
    OrgUnit,
    Partnership,
)
from partnerdesk.domain.text import fold
from partnerdesk.services.samples_pile import Pile
from partnerdesk.services.samples_terms import Moment

Told = Mapping[str, Any]

FORMS = {
    "S": "student_exchange", "F": "faculty_exchange", "R": "joint_research", "C": "curriculum_development",
    "B": "best_practice", "O": "other",
}  # fmt: skip
_STATUS = {"prospect": "prospect", "proposal": "prospect", "dormant": "dormant", "ended": "ended"}
_SOUTHERN = frozenset({"AR", "AU", "BR", "CL", "FJ", "NZ", "PE", "ZA"})
_CHARTER = (date(2021, 1, 1), date(2029, 12, 31))
_PHONES = {"GB": "+44 1632 9601{:02}", "US": "+1 510 555 01{:02}"}
_ROLES = {
    "dir": (("institutional", "signee"), ("Director of international relations", "Head of global engagement",
                                          "Director, international office")),
    "ex": (("outgoing", "incoming"), ("Exchange coordinator", "Mobility officer", "Student exchange adviser")),
    "out": (("outgoing",), ("Outgoing student adviser", "Exchange coordinator")),
    "in": (("incoming",), ("Incoming student adviser", "Admissions officer for exchange students")),
    "fac": (("departmental",), ("Departmental coordinator", "Associate dean, international")),
    "res": (("research",), ("Professor, joint research", "Research partnerships lead")),
    "staff": (("staff",), ("Staff mobility officer",)),
    "signee": (("signee",), ("Pro-Vice-Chancellor, international",)),
}  # fmt: skip


@dataclass(slots=True)
class Card:
    """What the agreements need to know of an institution."""

    institution: Institution
    told: Told
    units: dict[str, OrgUnit] = field(default_factory=dict)
    contacts: list[Contact] = field(default_factory=list)

    @property
    def signee(self) -> Contact:
        """Who signs for it."""
        return next(c for c in self.contacts if "signee" in c.roles)


def put_institution(pile: Pile, told: Told, moment: Moment, *, is_home: bool = False) -> Card:
    """An institution with its codes, other names and units."""
    chance = pile.chance(told["key"])
    latitude, longitude = told["at"]
    charter = _CHARTER if "pic" in told else (None, None)
    institution = pile.put(Institution(
        name=told["name"], name_original=told.get("original", ""), short_name=told["short"],
        org_type="EPLUS-EDU-HEI", country=told["country"], city=told["city"], street=told.get("street", ""),
        postcode=told.get("postcode", ""), website=told["host"], latitude=latitude, longitude=longitude,
        geo_precision=told.get("precision", "exact"), is_home=is_home,
        status=_STATUS.get(told.get("stage", ""), "active"), hemisphere="s" if told["country"] in _SOUTHERN else "n",
        charter_from=charter[0], charter_to=charter[1], founded=told.get("founded"),
        source="European Commission, ECHE list, 2025-10-30" if "pic" in told else "",
        verified_on=moment.today - timedelta(days=chance.randint(30, 300))), told["key"])
    for scheme, value in _codes(told):
        pile.put(Identifier(institution_id=institution.id, scheme=scheme, value=value, preferred=scheme == "ror"),
                 f"{told['key']}/{scheme}")
    for written in told.get("names", ()):
        kind, language, name = written.split("|")
        pile.put(Alias(institution_id=institution.id, kind=kind, language=language, name=name),
                 f"{told['key']}/{written}")
    card = Card(institution, told)
    for written in told.get("units", ()):
        _put_unit(pile, card, written)
    return card


def put_contacts(pile: Pile, card: Card, moment: Moment) -> None:
    """The people of a partner: invented names, addresses that reach nobody."""
    chance = pile.chance(f"{card.told['key']}/people")
    for place, written in enumerate(card.told["people"]):
        title, given, family, role, language = written.split("|")
        roles, functions = _ROLES[role]
        stale = chance.random() < 0.2
        unit = next(iter(card.units.values()), None) if role in ("fac", "res") else None
        card.contacts.append(pile.put(Contact(
            institution_id=card.institution.id, unit_id=unit.id if unit else None, title=title, given_names=given,
            family_name=family, function=chance.choice(functions), roles=roles, email=_email(given, family),
            language=language, valid_from=_joined(card.told["since"], moment, chance), preferred=place == 0,
            confirmed_on=moment.today - timedelta(days=chance.randint(380, 700) if stale else chance.randint(12, 330)),
        ), f"{card.told['key']}/{given} {family}"))


def put_colleagues(pile: Pile, home: Card, story: Told, moment: Moment) -> dict[str, Contact]:
    """The people of the home office by their key, and those who sign for it."""
    colleagues = {}
    for place, written in enumerate(story["colleagues"]):
        key, title, given, family, function, role = written.split("|")
        colleagues[key] = pile.put(Contact(
            institution_id=home.institution.id, title=title, given_names=given, family_name=family, function=function,
            roles=_ROLES[role][0][:1], email=_email(given, family), language="en", preferred=place == 0,
            phone=_PHONES[home.institution.country].format(place + 1),
            confirmed_on=moment.today - timedelta(days=20)), key)
        home.contacts.append(colleagues[key])
    for written in story["signees"]:
        title, given, family = written.split(" ", 2)
        home.contacts.insert(0, pile.put(Contact(
            institution_id=home.institution.id, title=title, given_names=given, family_name=family,
            function=_ROLES["signee"][1][0], roles=_ROLES["signee"][0], email=_email(given, family), language="en",
            confirmed_on=moment.today - timedelta(days=40)), written))
    return colleagues


def put_partnership(
    pile: Pile, told: Told, home: Card, partners: list[Card], responsible: Contact, moment: Moment
) -> Partnership:
    """The relation to one partner, or to the several of a network."""
    chance = pile.chance(f"{told['key']}/partnership")
    stage = told.get("stage", "active")
    network = len(partners) > 1
    partnership = pile.put(Partnership(
        code=told.get("code", ""), title=told["title"], kind="network" if network else "bilateral",
        forms=tuple(FORMS[letter] for letter in told["forms"]), own_unit_id=home.units[told["unit"]].id,
        responsible=f"{responsible.given_names} {responsible.family_name}",
        started_on=date(told["since"], chance.randint(1, 12), chance.randint(1, 28)),
        ended_on=moment.september(-1) - timedelta(days=1) if stage == "ended" else None, stage=stage,
        tier=told["tier"], purpose=told["purpose"], goals=told.get("goals", ""),
        next_review=moment.day(told["review"]) if told["review"] else None), told["key"])
    if network:
        pile.put(Member(partnership_id=partnership.id, institution_id=home.institution.id, role="home"),
                 f"{told['key']}/home")
    for card in partners:
        pile.put(Member(partnership_id=partnership.id, institution_id=card.institution.id),
                 f"{told['key']}/{card.told['key']}")
    return partnership


def _put_unit(pile: Pile, card: Card, written: str) -> None:
    code, name, kind, parent, isced = written.split("|")
    above = card.units[parent].id if parent else None
    card.units[code] = pile.put(OrgUnit(
        institution_id=card.institution.id, parent_id=above, code=code, name=name, kind=kind, isced=isced),
        f"{card.told['key']}/{code}")


def _codes(told: Told) -> list[tuple[str, str]]:
    return [(scheme, told[key]) for scheme, key in
            (("ror", "ror"), ("erasmus", "erasmus"), ("pic", "pic"), ("schac", "host")) if key in told]


def _email(given: str, family: str) -> str:
    return ".".join(fold(f"{given} {family}").split()) + "@example.edu"


def _joined(since: int, moment: Moment, chance: Random) -> date:
    earliest = max(since, moment.year - 9)
    return date(chance.randint(earliest, max(earliest, moment.year - 2)), chance.randint(1, 12), 1)
