"""Places of a condition in a year: granted, used, held by offers, free (R30-R32); divided among our faculties."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from partnerdesk.domain.agreements import Condition, ConditionYear, Facts, places_in
from partnerdesk.domain.durations import months_of, terms_of
from partnerdesk.domain.phases import counts, span_of
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.shares import ConditionShare
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text

HELD = ("offered",)
"""What an offer is called that nobody has answered yet."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Places of one condition in one year, in the condition's unit; `places` None where it does not apply."""

    places: float | None = None
    used: float = 0
    held: float = 0

    @property
    def free(self) -> float | None:
        """R32: what can still be offered; below nothing where too much was promised."""
        return None if self.places is None else self.places - self.used - self.held

    @property
    def over(self) -> bool:
        """R30: more is used than there is."""
        return self.places is not None and self.used > self.places

    def __add__(self, other: "Usage") -> "Usage":
        nothing = self.places is None and other.places is None
        places = None if nothing else (self.places or 0) + (other.places or 0)
        return Usage(places, self.used + other.used, self.held + other.held)


@dataclass(frozen=True, slots=True)
class PlaceCell:
    """One condition in one year. `state` is covered, unsigned (both sides have not approved), outside (the agreement
    does not reach into the year) or none (the condition is not for the year).
    """

    usage: Usage = Usage()
    state: str = "covered"

    @property
    def red(self) -> bool:
        """Whether something is wrong: no agreement where there is one to be, or more used than there is."""
        return self.state == "outside" or self.usage.over or (self.state == "none" and self.usage.used > 0)


@dataclass(frozen=True, slots=True)
class PlacesRow:
    """A condition with what it grants in some years: one row of the grid of places."""

    condition_id: int
    agreement_id: int
    partner_id: int
    partner: str
    country: str = ""
    code: str = ""
    programme: str = ""
    direction: str = "out"
    activity: str = "student-studies"
    unit: str = "heads"
    fields: tuple[str, ...] = ()
    cells: tuple[PlaceCell, ...] = ()


def totals(rows: Iterable[PlacesRow]) -> dict[str, tuple[Usage, ...]]:
    """The sums of rows in each year, by the unit that places are counted in; with plain numbers, for rows are many."""
    found: dict[str, list[list[float | None]]] = {}
    for row in rows:
        if row.unit not in found:
            found[row.unit] = [[None, 0, 0] for _ in row.cells]
        for cell, sums in zip(row.cells, found[row.unit], strict=True):
            usage = cell.usage
            if usage.places is not None:
                sums[0] = usage.places + (sums[0] or 0)
            if usage.used or usage.held:
                sums[1] = usage.used + (sums[1] or 0)
                sums[2] = usage.held + (sums[2] or 0)
    return {unit: tuple(Usage(places, used or 0, held or 0) for places, used, held in sums)
            for unit, sums in found.items()}


def states_of(facts: Facts, years: Iterable[int], year_start: tuple[int, int]) -> tuple[str, ...]:
    """For each year whether an agreement reaches into it, and is signed: covered, unsigned or outside."""
    there = "covered" if facts.ours_on is not None and facts.theirs_on is not None else "unsigned"
    return tuple(
        there if reaches(facts, date(year, *year_start), date(year + 1, *year_start) - timedelta(days=1)) else "outside"
        for year in years)


@lru_cache(maxsize=4096)
def cell_of(state: str, places: float | None, used: float, held: float) -> PlaceCell:
    """What the grid shows of a condition in a year: nothing is granted where no agreement reaches into it.

    Most of a large grid are the same few cells, which are made once.
    """
    return PlaceCell(Usage(places if state in ("covered", "unsigned") else None, used, held), state)


def reaches(facts: Facts, first: date, last: date) -> bool:
    """Whether an agreement has a day between two others; one that renews itself goes on until it is ended."""
    ends = [facts.termination_on, None if facts.renew_months else facts.ends_on]
    if facts.superseded_on is not None:
        ends.append(facts.superseded_on - timedelta(days=1))
    end = min((day for day in ends if day is not None), default=date.max)
    return (facts.starts_on or first) <= last and end >= first


def places_of(condition: Condition, exceptions: Iterable[ConditionYear], year: int) -> float | None:
    """What a condition grants in a year, in its own unit; None where it does not apply or says no number."""
    exceptions = tuple(exceptions)
    heads = places_in(condition, exceptions, year)
    if condition.places_unit != "months":
        return heads
    if heads is None and condition.heads is not None:
        return None
    own = next((one for one in exceptions if one.year == year), None)
    if own is not None and own.closed:
        return 0
    return condition.months if own is None or own.months is None else own.months


def weight_of(unit: str, months: float, terms: float) -> float:
    """What one stay takes of the places of a condition: one head, its months, or its semesters."""
    return {"months": months, "semesters": terms}.get(unit, 1)


def weight_of_offer(condition: Condition, term: str) -> float:
    """What an offer will take that has no stay yet; months as many as the condition has for each head."""
    if condition.places_unit == "months":
        return (condition.months or 0) / (condition.heads or 1)
    return weight_of(condition.places_unit, 0, terms_of(term))


def usage_of(
    condition: Condition, exceptions: Iterable[ConditionYear], year: int, stays: Iterable[Stay],
    offers: Iterable[str] = (), offer_term: str = "",
) -> Usage:
    """R30, R32 for one condition: `stays` that are linked to it in the year, `offers` of the applications for it."""
    places = Usage(places_of(condition, exceptions, year))
    held = sum(weight_of_offer(condition, offer_term) for offer in offers if offer in HELD)
    return sum((taken_by(stay, condition.places_unit) for stay in stays), places + Usage(held=held))


def taken_by(stay: Stay, unit: str) -> Usage:
    """What one stay takes: a place used once it is nominated, held from the acceptance of the offer until then."""
    weight = weight_of(unit, months_of(*_span(stay), stay.interruption_days), terms_of(stay.term, stay.attribute))
    if counts(stay.sending_status, stay.receiving_status):
        return Usage(used=weight)
    return Usage(held=weight) if stay.sending_status == "planned" and stay.selected_on is not None else Usage()


def overflow_problems(condition: Condition, usage: Usage) -> list[Problem]:
    """R30: more used than granted; it blocks where the condition says that no more may go."""
    if not usage.over:
        return []
    sentence = text(QT_TRANSLATE_NOOP("PartnerDesk", "{used} of {places} places are used"),
                    used=amount(usage.used), places=amount(usage.places or 0))
    return [Problem("R30", "block" if condition.overflow == "hard" else "warn", "condition_id", sentence)]


def share_problems(places: float | None, shares: Iterable[ConditionShare]) -> list[Problem]:
    """R31: our faculties together get more than the condition grants."""
    given = sum(share.heads or 0 for share in shares)
    if places is None or given <= places:
        return []
    sentence = QT_TRANSLATE_NOOP("PartnerDesk", "The faculties get {given} places, but there are {places}")
    fix = QT_TRANSLATE_NOOP("PartnerDesk", "Give {less} fewer")
    return [Problem("R31", "block", "heads", text(sentence, given=given, places=amount(places)),
                    text(fix, less=amount(given - places)))]


def shares_in(shares: Iterable[ConditionShare], year: int) -> dict[int | None, ConditionShare]:
    """By faculty the share that holds in a year: the year's own before that of every year."""
    found: dict[int | None, ConditionShare] = {}
    for share in sorted(shares, key=lambda one: (one.year is not None, one.id)):
        if share.year in (None, year):
            found[share.own_unit_id] = share
    return found


def amount(number: float) -> str:
    """A number of places as people write it: whole ones without digits behind the point."""
    return f"{number:.0f}" if number == int(number) else f"{number:.1f}"


def _span(stay: Stay) -> tuple[date | None, date | None]:
    return span_of(stay.planned_from, stay.planned_to, stay.actual_from, stay.actual_to)
