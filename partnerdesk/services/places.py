"""Places of conditions: used, held and free in each year, and divided among our own faculties (R30-R32)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnerdesk.domain.agreements import Agreement, AgreementVersion, Condition, ConditionYear
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import OrgUnit
from partnerdesk.domain.quota import (
    PlaceCell,
    PlacesRow,
    Usage,
    cell_of,
    places_of,
    share_problems,
    shares_in,
    states_of,
    weight_of_offer,
)
from partnerdesk.domain.shares import ConditionShare
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.domain.years import AcademicYear
from partnerdesk.services.deeds import refuse_blocks
from partnerdesk.services.listing import this_year
from partnerdesk.services.partners import home_institution
from partnerdesk.services.versions import display_name

if TYPE_CHECKING:
    from partnerdesk.store.places_grid import Granted, Taken
    from partnerdesk.store.unit import Reader, Unit

YEARS_BEFORE, YEARS_SHOWN = 1, 4


@dataclass(frozen=True, slots=True)
class Grid:
    """The grid of places: years side by side, a row for each condition that reaches into one of them."""

    years: tuple[AcademicYear, ...]
    rows: tuple[PlacesRow, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """How the places of a condition in a year are divided: each of our faculties with its share, and what is left."""

    condition: Condition
    agreement: Agreement
    year: int
    places: float | None
    faculties: tuple[OrgUnit, ...]
    shares: dict[int | None, ConditionShare]

    @property
    def given(self) -> int:
        """What the faculties get together."""
        return sum(share.heads or 0 for share in self.shares.values())

    @property
    def left(self) -> float | None:
        """What no faculty has; None where the condition grants nothing to divide."""
        return None if self.places is None else self.places - self.given


def usage(reader: Reader, condition_ids: Sequence[int], year: int) -> dict[int, Usage]:
    """What is granted, used and held of these conditions in the academic year that begins in `year`.

    Stays that were made under an earlier version of a condition count for the one that stands for it now.
    """
    from partnerdesk.store import places_grid as grid

    heirs = grid.kin(reader, condition_ids)
    among = {*condition_ids, *heirs}
    taken = grid.summed(grid.used(reader, year, year, among), heirs)
    chosen = grid.summed(grid.held(reader, year, year, among), heirs)
    offers = grid.moved(grid.offered(reader, year, year), heirs)
    exceptions: dict[int, list[ConditionYear]] = {}
    for one in reader.where(ConditionYear, "condition_id", condition_ids):
        exceptions.setdefault(one.condition_id, []).append(one)
    conditions = reader.many(Condition, condition_ids)
    return {
        i: Usage(places_of(one, exceptions.get(i, ()), year), _used(one, taken.get((i, year))),
                 _held(one, offers.get((i, year), ()), chosen.get((i, year))))
        for i, one in conditions.items()}


def used_in(reader: Reader, condition_ids: Sequence[int], first: int, last: int) -> dict[tuple[int, int], float]:
    """What is used of these conditions in the academic years from `first` to `last`, in their own unit."""
    from partnerdesk.store import places_grid as grid

    heirs = grid.kin(reader, condition_ids)
    taken = grid.summed(grid.used(reader, first, last, {*condition_ids, *heirs}), heirs)
    conditions = reader.many(Condition, {i for i, _ in taken})
    return {(i, year): _used(conditions[i], found) for (i, year), found in taken.items() if i in conditions}


def places_grid(reader: Reader, first: int | None = None, years: int = YEARS_SHOWN) -> Grid:
    """The places of all conditions that count, in some years; without `first` from the last year on."""
    from partnerdesk.store import places_grid as grid
    from partnerdesk.store.settle import year_start

    now = this_year(reader)
    begin = now.first - YEARS_BEFORE if first is None else first
    span = range(begin, begin + years)
    start = year_start(reader)
    states = {i: states_of(facts, span, start) for i, facts in grid.facts(reader).items()}
    cells = _Cells(reader, span)
    rows = []
    for one in grid.granted(reader):
        shown = cells.of(one, states[one.agreement_id])
        if any(cell.state in ("covered", "unsigned") or cell.usage.used or cell.usage.held for cell in shown):
            rows.append(PlacesRow(*one[:10], _codes(one.fields), shown))
    return Grid(tuple(AcademicYear(year, now.southern) for year in span), tuple(rows))


class _Cells:
    """What the cells of conditions need besides them, read at once: stays, offers, exceptions of single years."""

    def __init__(self, reader: Reader, years: range) -> None:
        from partnerdesk.store import places_grid as grid

        heirs = grid.kin(reader, None)
        self._years = years
        self._taken = grid.summed(grid.used(reader, years[0], years[-1]), heirs)
        self._chosen = grid.summed(grid.held(reader, years[0], years[-1]), heirs)
        self._offers = grid.moved(grid.offered(reader, years[0], years[-1]), heirs)
        self._exceptions = grid.exceptions(reader, years[0], years[-1])

    def of(self, one: Granted, states: tuple[str, ...]) -> tuple[PlaceCell, ...]:
        """The cells of a condition in all years."""
        heads, unit = one.months if one.unit == "months" else one.heads, one.unit
        exceptions = self._exceptions.get(one.condition_id)
        first, last = one.first_year or self._years[0], one.last_year or self._years[-1]
        cells = []
        for year, state in zip(self._years, states, strict=True):
            places = heads if exceptions is None else places_of(_condition(one), exceptions, year)
            key = (one.condition_id, year)
            taken, offers, chosen = self._taken.get(key), self._offers.get(key), self._chosen.get(key)
            held = _held(_condition(one), offers or (), chosen) if offers or chosen else 0
            cells.append(cell_of(
                state if first <= year <= last else "none", places,
                0 if taken is None else getattr(taken, unit), held))
        return tuple(cells)


def _condition(one: Granted) -> Condition:
    return Condition(id=one.condition_id, heads=one.heads, months=one.months, places_unit=one.unit,
                     first_year=one.first_year, last_year=one.last_year)


def _codes(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored)) if stored not in ("", "[]") else ()


def division(reader: Reader, condition_id: int, year: int) -> Division:
    """How the places of a condition in a year are divided among our faculties. Raises Missing."""
    from partnerdesk.store import places_grid as grid

    condition = reader.get(Condition, condition_id)
    agreement = reader.get(Agreement, reader.get(AgreementVersion, condition.version_id).agreement_id)
    home = home_institution(reader)
    faculties = sorted(reader.find(OrgUnit, institution_id=home.id), key=lambda u: u.name) if home else []
    shares = shares_in(reader.find(ConditionShare, condition_id=condition_id), year)
    if not shares:
        before = [other for other, heir in grid.kin(reader, (condition_id,)).items() if heir == condition_id]
        shares = shares_in(reader.where(ConditionShare, "condition_id", before), year)
    there = {share.own_unit_id for share in shares.values()}
    kept = tuple(f for f in faculties if f.parent_id is None or f.id in there)
    own = reader.find(ConditionYear, condition_id=condition_id)
    return Division(condition, agreement, year, places_of(condition, own, year), kept, shares)


def shares(reader: Reader, condition_ids: Sequence[int], year: int) -> dict[int, dict[int, int]]:
    """What each of our faculties may send in a year, as {condition: {faculty: heads}}; undivided ones are left out."""
    from partnerdesk.store import places_grid as grid

    heirs = grid.kin(reader, condition_ids)
    own: dict[int, list[ConditionShare]] = {}
    before: dict[int, list[ConditionShare]] = {}
    for one in reader.where(ConditionShare, "condition_id", {*condition_ids, *heirs}):
        kept = before if one.condition_id in heirs else own
        kept.setdefault(heirs.get(one.condition_id, one.condition_id), []).append(one)
    found = {i: shares_in(own.get(i) or before.get(i) or (), year) for i in condition_ids}
    return {i: {unit: share.heads or 0 for unit, share in by_unit.items() if unit is not None}
            for i, by_unit in found.items() if by_unit}


def set_share(now: Division, faculty_id: int, heads: int | None) -> Deed[None]:
    """Give a faculty so many of the places of the year; None takes its share away. Raises Refused (R31)."""

    def run(unit: Unit) -> None:
        stored = division(unit, now.condition.id, now.year)
        shares = {**stored.shares, faculty_id: ConditionShare(own_unit_id=faculty_id, heads=heads)}
        refuse_blocks(share_problems(stored.places, shares.values()))
        _take_over(unit, stored)
        for share in unit.find(ConditionShare, condition_id=now.condition.id, own_unit_id=faculty_id, year=now.year):
            unit.remove(ConditionShare, share.id)
        if heads is not None or faculty_id in stored.shares:
            unit.add(ConditionShare(condition_id=now.condition.id, own_unit_id=faculty_id, year=now.year,
                                    heads=heads or 0))

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "divide the places of {name}"),
                     name=display_name(now.agreement)), run)


def _take_over(unit: Unit, now: Division) -> None:
    """Give the condition of a new version the shares of the one it came from before the first of them is changed."""
    for share in now.shares.values():
        if share.condition_id != now.condition.id:
            unit.add(ConditionShare(condition_id=now.condition.id, own_unit_id=share.own_unit_id, year=share.year,
                                    heads=share.heads))


def _used(condition: Condition, taken: Taken | None) -> float:
    return 0 if taken is None else float(getattr(taken, condition.places_unit))


def _held(condition: Condition, offers: Iterable[str], chosen: Taken | None) -> float:
    """R32: what offers will take that are not answered, and what those take who accepted and are not nominated."""
    return sum(weight_of_offer(condition, term) for term in offers) + _used(condition, chosen)
