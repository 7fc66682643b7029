"""Placement: each applicant in the order of merit on the best wish that is allowed and has a free place.

The same input gives the same output, whatever order it comes in. What was promised or placed by hand is kept and
takes its places first. Nobody is placed over a quota; why a wish was not met is kept with each and put into words
only when somebody asks (`domain.placement_words`).
"""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from partnerdesk.domain.applications import Order

SLACK = 1e-9


class Why(IntEnum):
    """What became of a wish."""

    PLACED = 0
    NOT_NEEDED = 1
    FULL = 2
    SHARE_FULL = 3
    GONE = 4
    CLOSED = 5
    ACTIVITY = 6
    UNIT = 7
    TERM = 8
    LEVEL = 9
    FIELD = 10
    LANGUAGE = 11
    NO_NUMBER = 12


WAITING = (Why.FULL, Why.SHARE_FULL)


@dataclass(frozen=True, slots=True)
class Seat:
    """A condition as the placement sees it.

    `places` are those of the call's year in the condition's unit (None where no number was agreed), `taken` those
    that are used or promised outside the call. `units` is the unit of ours it is for and those above it. `takes` says
    what one person takes for a term; "" for any other.
    `shares` are the places of each of our units, `taken_by` what they have taken; None stands for all the others.
    """

    id: int
    name: str
    places: float | None = None
    taken: float = 0
    open: bool = True
    fits: bool = True
    levels: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    units: tuple[int, ...] = ()
    term: str = ""
    takes: Mapping[str, float] = dataclasses.field(default_factory=dict)
    shares: Mapping[int | None, float] = dataclasses.field(default_factory=dict)
    taken_by: Mapping[int | None, float] = dataclasses.field(default_factory=dict)
    hard: bool = False

    def weight(self, term: str) -> float:
        """What a person takes of the places who stays for a term."""
        return self.takes.get(term, self.takes.get("", 1.0))

    def share_of(self, units: Iterable[int]) -> int | None:
        """The unit whose share somebody of these units (own first, then those above) uses; None for the others'."""
        return next((unit for unit in units if unit in self.shares), None)

    def limit_of(self, share: int | None) -> float:
        """The places of a share; what is not divided is left to all the others."""
        if share in self.shares:
            return self.shares[share]
        return (self.places or 0) - sum(self.shares.values())


@dataclass(frozen=True, slots=True)
class Hopeful:
    """An applicant as the placement sees it.

    `order` is what is compared, the higher the better; `units` the own unit and those above it; `wishes` the seats
    wanted with their terms, best first; `kept` the seat that stays whatever comes, with `kept_term`; `out` says
    that the applicant wants no place any more.
    """

    id: int
    order: Order = ()
    level: str = ""
    field: str = ""
    languages: Mapping[str, str] = dataclasses.field(default_factory=dict)
    units: tuple[int, ...] = ()
    wishes: tuple[tuple[int, str], ...] = ()
    kept: int | None = None
    kept_term: str = ""
    out: bool = False

    @property
    def score(self) -> float:
        """The score out of 100."""
        return self.order[0] if self.order else 0.0


@dataclass(slots=True)
class Filled:
    """What a seat has after the placement: who is there in the order of merit, and who waits for it."""

    taken: float = 0
    here: list[int] = dataclasses.field(default_factory=list)
    waiting: list[int] = dataclasses.field(default_factory=list)
    by_share: dict[int | None, float] = dataclasses.field(default_factory=lambda: defaultdict(float))


@dataclass(frozen=True, slots=True)
class Placement:
    """The outcome of a run. `whys` say of each applicant what became of the wishes, in their order."""

    seats: Mapping[int, Seat]
    hopefuls: Mapping[int, Hopeful]
    ranks: Mapping[int, int]
    placed: Mapping[int, int]
    whys: Mapping[int, tuple[Why, ...]]
    filled: Mapping[int, Filled]

    def wish_met(self, hopeful_id: int) -> int | None:
        """The number of the wish on which somebody is placed; None where it was none of them."""
        seat = self.placed.get(hopeful_id)
        wishes = self.hopefuls[hopeful_id].wishes
        return next((n for n, (wanted, _) in enumerate(wishes, 1) if wanted == seat), None)

    def waits(self, hopeful_id: int) -> bool:
        """Whether somebody without a place waits for one that is full."""
        return hopeful_id not in self.placed and any(why in WAITING for why in self.whys.get(hopeful_id, ()))


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody whose place differs between two runs; `before` and `after` are seats, None for no place."""

    hopeful_id: int
    before: int | None
    after: int | None


def place(seats: Iterable[Seat], hopefuls: Iterable[Hopeful]) -> Placement:
    """Place everybody in turn; applicants of equal order go by their ids, as they were entered."""
    known = {seat.id: seat for seat in seats}
    ranked = sorted(hopefuls, key=lambda one: (tuple(-value for value in one.order), one.id))
    ranks = {one.id: rank for rank, one in enumerate((one for one in ranked if not one.out), 1)}
    filled: dict[int, Filled] = defaultdict(Filled)
    for seat in known.values():
        filled[seat.id].taken = seat.taken
        filled[seat.id].by_share.update(seat.taken_by)
    placed: dict[int, int] = {}
    for one in ranked:
        if one.kept is not None and not one.out:
            placed[one.id] = one.kept
            if one.kept in known:
                _sit(known[one.kept], filled[one.kept], one, one.kept_term)
    whys = {one.id: _settle(one, known, filled, placed) for one in ranked if not one.out}
    for made in filled.values():
        made.here.sort(key=ranks.__getitem__)
    return Placement(known, {one.id: one for one in ranked}, ranks, placed, whys, dict(filled))


def allowed(seat: Seat, one: Hopeful, term: str) -> Why | None:
    """What keeps somebody from a seat whoever else wants it; None when nothing does."""
    if not seat.open:
        return Why.CLOSED
    if not seat.fits:
        return Why.ACTIVITY
    if seat.units and not related(seat.units, one.units):
        return Why.UNIT
    if seat.term and term and seat.term != term:
        return Why.TERM
    if seat.levels and one.level not in seat.levels:
        return Why.LEVEL
    if seat.fields and not one.field.startswith(seat.fields):
        return Why.FIELD
    if seat.languages and not any(speaks(one, wanted) for wanted in seat.languages):
        return Why.LANGUAGE
    return Why.NO_NUMBER if seat.places is None else None


def related(seat: tuple[int, ...], own: tuple[int, ...]) -> bool:
    """Whether one of two units lies within the other; each is told with those above it."""
    return bool(own) and (seat[0] in own or own[0] in seat)


def speaks(one: Hopeful, wanted: str) -> bool:
    """Whether somebody has a language at the level that is wanted ("fr B2"; "fr" alone asks for any level)."""
    language, _, level = wanted.partition(" ")
    has = one.languages.get(language)
    return has is not None and has >= level


def is_free(seat: Seat, filled: Filled, one: Hopeful, term: str) -> Why | None:
    """What keeps somebody from a seat because others are there; None when there is room."""
    weight = seat.weight(term)
    if filled.taken + weight > (seat.places or 0) + SLACK:
        return Why.FULL
    if not seat.shares:
        return None
    share = seat.share_of(one.units)
    return Why.SHARE_FULL if filled.by_share[share] + weight > seat.limit_of(share) + SLACK else None


def moves(before: Placement, after: Placement) -> list[Move]:
    """Whose place differs between two runs, in the order of merit of the later one."""
    everybody = sorted(
        before.hopefuls.keys() | after.hopefuls.keys(), key=lambda i: (after.ranks.get(i, len(after.ranks) + 1), i))
    found = (Move(i, before.placed.get(i), after.placed.get(i)) for i in everybody)
    return [move for move in found if move.before != move.after]


def _settle(
    one: Hopeful, seats: Mapping[int, Seat], filled: dict[int, Filled], placed: dict[int, int]
) -> tuple[Why, ...]:
    """Go through the wishes of one applicant; a kept place is judged too, so that its waiting lists are known."""
    whys: list[Why] = []
    done = False
    for wanted, term in one.wishes:
        if done:
            whys.append(Why.NOT_NEEDED)
        elif placed.get(one.id) == wanted:
            whys.append(Why.PLACED)
            done = True
        else:
            why = _try(one, seats.get(wanted), term, filled)
            if why is None and one.kept is None:
                _sit(seats[wanted], filled[wanted], one, term)
                placed[one.id] = wanted
                why, done = Why.PLACED, True
            elif why in WAITING and one.kept is None:
                filled[wanted].waiting.append(one.id)
            whys.append(Why.NOT_NEEDED if why is None else why)
    return tuple(whys)


def _try(one: Hopeful, seat: Seat | None, term: str, filled: dict[int, Filled]) -> Why | None:
    if seat is None:
        return Why.GONE
    return allowed(seat, one, term) or is_free(seat, filled[seat.id], one, term)


def _sit(seat: Seat, filled: Filled, one: Hopeful, term: str) -> None:
    weight = seat.weight(term)
    share = seat.share_of(one.units) if seat.shares else None
    filled.taken += weight
    filled.by_share[share] += weight
    filled.here.append(one.id)
