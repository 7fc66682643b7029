"""What to know before many nominations are sent or answered: places before and after, and what conditions say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Condition
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.quota import Usage, taken_by
from partnerdesk.domain.stay_rules import condition_problems, cover_problems
from partnerdesk.domain.stay_status import take_step
from partnerdesk.domain.stays import Stay
from partnerdesk.services.places import usage
from partnerdesk.services.stay_around import arounds, partner_of

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

STEPS = frozenset({"nominate", "ask_again", "accept", "reject"})
"""The steps of a stay that are weighed."""
MOST = 400


@dataclass(frozen=True, slots=True)
class PlacesAfter:
    """The places of one condition in one year as they stand, and as they will once the step is taken."""

    partner: str
    activity: str
    year: int
    before: Usage
    after: Usage


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a rule says of a person against agreement and condition."""

    name: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a step brings: the places of the conditions that it is about, and who does not fit them."""

    places: tuple[PlacesAfter, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def weigh(reader: Reader, ids: Sequence[int], step: str) -> Weighed:
    """What one of `STEPS` brings for these stays, of which no more than `MOST` are looked at."""
    stays = list(reader.many(Stay, ids[:MOST]).values())
    return Weighed(_places(reader, stays, step), _doubts(reader, stays) if step != "reject" else ())


def _places(reader: Reader, stays: Sequence[Stay], step: str) -> tuple[PlacesAfter, ...]:
    conditions = reader.many(Condition, {one for stay in stays if (one := stay.condition_id) is not None})
    partners = reader.many(Institution, {one for stay in stays if (one := partner_of(stay)) is not None})
    groups: dict[tuple[int, int], list[Stay]] = defaultdict(list)
    for stay in stays:
        if stay.condition_id in conditions and stay.year is not None:
            groups[stay.condition_id or 0, stay.year].append(stay)
    found = []
    for (condition_id, year), some in groups.items():
        unit, partner = conditions[condition_id].places_unit, partners.get(partner_of(some[0]) or 0)
        before = usage(reader, [condition_id], year)[condition_id]
        used, held = before.used, before.held
        for stay in some:
            now, then = taken_by(stay, unit), taken_by(take_step(stay, step, clock.today()), unit)
            used, held = used + then.used - now.used, held + then.held - now.held
        found.append(PlacesAfter(partner.name if partner is not None else "", conditions[condition_id].activity, year,
                                 before, Usage(before.places, used, held)))
    return tuple(sorted(found, key=lambda one: (one.partner.casefold(), one.activity, one.year)))


def _doubts(reader: Reader, stays: Sequence[Stay]) -> tuple[Doubt, ...]:
    around = arounds(reader, stays)
    people = reader.many(Person, {stay.person_id for stay in stays})
    found = []
    for stay in stays:
        said = [*cover_problems(stay, around[stay.id]), *condition_problems(stay, around[stay.id])]
        found += [Doubt(people[stay.person_id].full_name, one) for one in said
                  if one.severity != "info" and one.code not in around[stay.id].accepted]
    return tuple(found)
