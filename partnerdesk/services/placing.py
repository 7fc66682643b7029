"""Runs of the placement of a call: what goes in, what would come out, and what is written of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Condition, ConditionYear
from partnerdesk.domain.applications import KEPT, OUT, awaits, languages_of, missing_parts, order_of, points_of
from partnerdesk.domain.calls import Application, Call, ScorePart, Wish
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import OrgUnit
from partnerdesk.domain.people import Person
from partnerdesk.domain.placement import Hopeful, Placement, Seat, place
from partnerdesk.domain.placement_words import explanation
from partnerdesk.domain.problems import Missing, Problem, Refused
from partnerdesk.domain.quota import places_of, reaches, weight_of_offer
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.vocab_stays import TERM
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.domain.years import AcademicYear, MonthDay
from partnerdesk.services import places
from partnerdesk.services.calls import parts_of

if TYPE_CHECKING:
    from partnerdesk.store.calls import Offered, TakenElsewhere
    from partnerdesk.store.unit import Reader, Unit

@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run decides about an application that nobody has decided on yet."""

    application_id: int
    offer: str
    condition_id: int | None = None
    wish: int | None = None


@dataclass(frozen=True, slots=True)
class CallFile:
    """Everything a call's page shows. `placement` is what a run would give now, whatever was written before.

    `wishes` are conditions with their terms, best first, by application; `people` are given and family names.
    `heirs` lead from conditions of older versions of agreements to those that count now.
    """

    call: Call
    parts: tuple[ScorePart, ...]
    applications: Mapping[int, Application]
    wishes: Mapping[int, tuple[tuple[int, str], ...]]
    people: Mapping[int, tuple[str, str]]
    units: Mapping[int, OrgUnit]
    places: Mapping[int, Offered]
    conditions: Mapping[int, Condition]
    heirs: Mapping[int, int]
    placement: Placement

    def name(self, application_id: int) -> str:
        """The applicant's name as a sentence has it."""
        return " ".join(part for part in self.people.get(self.applications[application_id].person_id, ()) if part)

    def listed_name(self, application_id: int) -> str:
        """The applicant's name as a list has it: family name first."""
        given, family = self.people.get(self.applications[application_id].person_id, ("", ""))
        return ", ".join(part for part in (family, given) if part)

    def seat_name(self, condition_id: int | None) -> str:
        """What a place is called; "" for none."""
        seat = self.placement.seats.get(self.heirs.get(condition_id or 0, condition_id or 0))
        return seat.name if seat is not None else ""

    def explanation(self, application_id: int) -> Text:
        """Why an applicant is placed as they are, made when asked for."""
        return explanation(self.placement, application_id)

    def outcome(self, application: Application) -> Outcome:
        """What a run decides about an application; what stands where it decides nothing."""
        if not awaits(application):
            return Outcome(application.id, application.offer, application.condition_id, application.wish)
        seat = self.placement.placed.get(application.id)
        if seat is not None:
            return Outcome(application.id, "placed", seat, self.placement.wish_met(application.id))
        return Outcome(application.id, "waiting" if self.placement.waits(application.id) else "none")

    def differs(self, application: Application) -> bool:
        """Whether a run would decide otherwise than what stands."""
        now = Outcome(application.id, application.offer, application.condition_id, application.wish)
        return self.outcome(application) != now


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it would be written: every outcome, those that differ from what stands, and counts."""

    file: CallFile
    outcomes: tuple[Outcome, ...]
    changes: tuple[Outcome, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many are placed, wait, have no place, were kept, and are out."""
        decided = Counter(one.offer for one in self.outcomes)
        others = [a for a in self.file.applications.values() if not awaits(a)]
        return {"placed": decided["placed"], "waiting": decided["waiting"], "none": decided["none"],
                "kept": sum(a.offer not in OUT for a in others), "out": sum(a.offer in OUT for a in others)}

    @property
    def unscored(self) -> int:
        """How many applicants lack points in some part and so are counted with none there."""
        return sum(bool(missing_parts(points_of(a.scores), self.file.parts)) for a in self.file.applications.values()
                   if a.offer not in OUT)

    @property
    def by_wish(self) -> dict[int, int]:
        """How many of those the run places have which wish."""
        return dict(sorted(Counter(one.wish for one in self.outcomes if one.wish is not None).items()))

    @property
    def over(self) -> list[int]:
        """Seats in which more are promised than there are places, which only hands can have done."""
        return [i for i, seat in self.file.placement.seats.items() if over(seat, self.file.placement)]


def over(seat: Seat, placement: Placement) -> bool:
    """Whether more is promised of a seat than there is."""
    filled = placement.filled.get(seat.id)
    return seat.places is not None and filled is not None and filled.taken > seat.places


def call_file(reader: Reader, call_id: int) -> CallFile:
    """A call with all its applications and what a run would make of them. Raises Missing."""
    call = reader.get(Call, call_id)
    parts = parts_of(reader, call_id)
    applications = {one.id: one for one in reader.find(Application, call_id=call_id)}
    wishes: dict[int, list[tuple[int, str]]] = defaultdict(list)
    columns = ("application_id", "position", "id", "condition_id", "term")
    for application_id, _, _, condition_id, term in sorted(
            reader.columns(Wish, columns, "application_id", applications)):
        wishes[application_id].append((condition_id, term))
    alive = _alive(reader, applications.values())
    wanted = {condition for own in wishes.values() for condition, _ in own} | {
        a.condition_id for a in applications.values() if a.condition_id is not None}
    seats = _Seats(reader, call, wanted)
    units = _units(reader)
    hopefuls = [_hopeful(one, parts, wishes.get(one.id, ()), call, seats.heirs, units, alive)
                for one in applications.values()]
    return CallFile(
        call, parts, applications, {i: tuple(own) for i, own in wishes.items()},
        _names(reader, [a.person_id for a in applications.values()]), units, seats.places, seats.conditions,
        seats.heirs, place(seats.seats(units), hopefuls))


def plan_run(reader: Reader, call_id: int) -> Run:
    """What a run of the placement would decide. Raises Missing."""
    return run_of(call_file(reader, call_id))


def run_of(file: CallFile) -> Run:
    """What a run decides, of a call that was read already."""
    awaiting = [one for one in file.applications.values() if awaits(one)]
    outcomes = tuple(sorted((file.outcome(one) for one in awaiting),
                            key=lambda one: file.placement.ranks[one.application_id]))
    changed = {one.id for one in awaiting if file.differs(one)}
    return Run(file, outcomes, tuple(one for one in outcomes if one.application_id in changed))


def run_deed(run: Run) -> Deed[int]:
    """Write a run as it was shown, in one step; how many applications changed.

    Raises Refused when something changed since that makes a run decide otherwise.
    """
    call = run.file.call

    def write(unit: Unit) -> int:
        now = plan_run(unit, call.id)
        if now.outcomes != run.outcomes:
            raise Refused(Problem("R61", "block", "", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "Something changed since the placement was shown")), Text(QT_TRANSLATE_NOOP(
                    "PartnerDesk", "Look at it again"))))
        noted = {"decided_on": clock.today(), "decided_by": unit.who}
        unit.change_each(Application, {
            one.application_id: {"offer": one.offer, "condition_id": one.condition_id, "wish": one.wish, **noted}
            for one in now.changes})
        return len(now.changes)

    n = run.counts["placed"]
    return Deed(
        text(QT_TRANSLATE_NOOP("PartnerDesk", "placement of {name}"), name=call.title), write,
        counted(n, QT_TRANSLATE_NOOP("PartnerDesk", "Placed 1 applicant"),
                QT_TRANSLATE_NOOP("PartnerDesk", "Placed {n} applicants")))


def year_of(call: Call) -> int:
    """The first calendar year of a call's academic year. Raises Refused where it has none."""
    if call.year is None:
        raise Refused(Problem("R61", "block", "year", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Choose the academic year of the call"))))
    return call.year


def seat_of(reader: Reader, call: Call, condition_id: int) -> Seat:
    """A condition as the placement of a call sees it, whether anybody wishes for it or not. Raises Missing."""
    found = _Seats(reader, call, [condition_id]).seats(_units(reader))
    if not found:
        raise Missing
    return found[0]


class _Seats:
    """The conditions that a call is about, with what is taken of them elsewhere."""

    def __init__(self, reader: Reader, call: Call, wanted: Iterable[int]) -> None:
        from partnerdesk.store import calls, places_grid
        from partnerdesk.store.settle import year_start

        self._call, self._year = call, year_of(call)
        self._begin = MonthDay(*year_start(reader))
        every = places_grid.kin(reader, None)
        self.heirs = {i: every[i] for i in wanted if i in every}
        ids = {self.heirs.get(i, i) for i in wanted}
        self.conditions = reader.many(Condition, ids)
        self.places = calls.offered(reader, ids)
        self._exceptions: dict[int, list[ConditionYear]] = defaultdict(list)
        for one in reader.where(ConditionYear, "condition_id", ids):
            self._exceptions[one.condition_id].append(one)
        self._shares = places.shares(reader, sorted(ids), self._year)
        self._taken: dict[int, list[TakenElsewhere]] = defaultdict(list)
        for taken in calls.taken_elsewhere(reader, call.id, self._year):
            self._taken[every.get(taken.condition_id, taken.condition_id)].append(taken)

    def seats(self, units: Mapping[int, OrgUnit]) -> list[Seat]:
        """Each condition as the placement sees it."""
        partners = Counter(place.partner_id for place in self.places.values())
        return [self._seat(one, self.places[i], partners, units) for i, one in self.conditions.items()
                if i in self.places]

    def _seat(
        self, one: Condition, at: Offered, partners: Counter[int], units: Mapping[int, OrgUnit]
    ) -> Seat:
        own = self._exceptions.get(one.id, ())
        year = AcademicYear(self._year)
        first, last = year.first_day(self._begin), year.last_day(self._begin)
        closed = any(each.closed and each.year == self._year for each in own)
        applies = (one.first_year or self._year) <= self._year <= (one.last_year or self._year)
        shares: dict[int | None, float] = {i: float(n) for i, n in self._shares.get(one.id, {}).items()}
        seat = Seat(
            one.id, _name(one, at, partners[at.partner_id] > 1), places_of(one, own, self._year),
            open=applies and not closed and at.counting and reaches(at.facts, first, last),
            fits=one.direction == "out" and one.activity == self._call.activity, levels=one.levels,
            fields=one.fields, languages=one.languages, units=_above(one.own_unit_id, units), term=self._call.term,
            takes={term.code: weight_of_offer(one, term.code) for term in TERM} | {"": weight_of_offer(one, "")}
            if one.places_unit != "heads" else {}, shares=shares, hard=one.overflow == "hard")
        by_share: dict[int | None, float] = defaultdict(float)
        for taken in self._taken.get(one.id, ()):
            by_share[seat.share_of(_above(taken.unit_id, units))] += _weight(one, taken)
        return replace(seat, taken=sum(by_share.values()), taken_by=by_share if seat.shares else {})


def _weight(condition: Condition, taken: TakenElsewhere) -> float:
    if taken.term is not None:
        return weight_of_offer(condition, taken.term)
    if condition.places_unit == "months":
        return taken.months
    return taken.semesters if condition.places_unit == "semesters" else 1.0


def _name(one: Condition, at: Offered, several: bool) -> str:
    """The partner, with field or code where the call is about more than one condition of it."""
    about = ", ".join(one.fields) or at.code if several else ""
    return f"{at.partner} ({about})" if about else at.partner


def _units(reader: Reader) -> dict[int, OrgUnit]:
    from partnerdesk.services.partners import home_institution

    home = home_institution(reader)
    return {unit.id: unit for unit in reader.find(OrgUnit, institution_id=home.id)} if home is not None else {}


def _above(unit_id: int | None, units: Mapping[int, OrgUnit]) -> tuple[int, ...]:
    """A unit and those above it, from below."""
    found: list[int] = []
    while unit_id is not None and unit_id not in found:
        found.append(unit_id)
        unit_id = units[unit_id].parent_id if unit_id in units else None
    return tuple(found)


def _names(reader: Reader, person_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Given and family names by person; one whose name is only known in the original script has it as given."""
    names = ("id", "given_names", "family_name", "name_original")
    return {i: (given or ("" if family else original), family)
            for i, given, family, original in reader.columns(Person, names, "id", person_ids)}


def _alive(reader: Reader, applications: Iterable[Application]) -> set[int]:
    """The stays that came of applications and still stand."""
    stays = reader.many(Stay, [a.stay_id for a in applications if a.stay_id is not None])
    return {i for i, stay in stays.items()
            if stay.sending_status != "cancelled" and stay.receiving_status != "rejected" and not stay.deleted_at}


def _hopeful(
    one: Application, parts: Sequence[ScorePart], wishes: Sequence[tuple[int, str]], call: Call,
    heirs: Mapping[int, int], units: Mapping[int, OrgUnit], alive: set[int],
) -> Hopeful:
    ended = one.stay_id is not None and one.stay_id not in alive
    out = one.offer in OUT or ended
    kept = one.condition_id if (one.offer in KEPT or one.by_hand) and not out else None
    wanted = tuple((heirs.get(condition, condition), term or call.term) for condition, term in wishes)
    kept = heirs.get(kept, kept) if kept is not None else None
    return Hopeful(
        one.id, order_of(points_of(one.scores), parts), one.level, one.field, languages_of(one.languages),
        _above(one.unit_id, units), wanted, kept, dict(wanted).get(kept or 0, call.term), out)


def summary_of(run: Run) -> dict[str, Any]:
    """A run with its reasons as plain values, as the command line gives it out: no person's data but names."""
    file, placement = run.file, run.file.placement
    people = []
    for one in sorted(file.applications.values(), key=lambda a: (placement.ranks.get(a.id, 10**9), a.id)):
        outcome = file.outcome(one)
        people.append({
            "application": one.id, "rank": placement.ranks.get(one.id), "name": file.name(one.id),
            "score": placement.hopefuls[one.id].score, "offer": outcome.offer, "wish": outcome.wish,
            "placed_at": file.seat_name(outcome.condition_id) or None, "by_hand": one.by_hand,
            "explanation": str(file.explanation(one.id))})
    seats = [{
        "condition": seat.id, "name": seat.name, "places": seat.places, "taken_elsewhere": seat.taken,
        "placed": len(placement.filled[i].here), "waiting": len(placement.filled[i].waiting)}
        for i, seat in sorted(placement.seats.items(), key=lambda item: item[1].name)]
    return {"call": file.call.title, "year": str(AcademicYear(year_of(file.call))), "counts": run.counts,
            "changed": len(run.changes), "without_all_points": run.unscored,
            "by_wish": {str(wish): n for wish, n in run.by_wish.items()}, "applications": people, "places": seats}


def sentence_of(run: Run) -> Text:
    """A run in one sentence."""
    n = run.counts
    return text(QT_TRANSLATE_NOOP(
        "PartnerDesk", "{placed} placed, {waiting} waiting, {none} without a place, {kept} kept, {out} withdrawn"),
        placed=n["placed"], waiting=n["waiting"], none=n["none"], kept=n["kept"], out=n["out"])


def place_call(office: Any, name: str, *, dry_run: bool = False, who: str = "command line") -> Run:
    """Run the placement of the call of that title in an open office. Raises Refused."""
    from partnerdesk.services.calls import call_named
    from partnerdesk.services.office import do

    with office.read() as reader:
        run = plan_run(reader, call_named(reader, name).id)
    if not dry_run and run.changes:
        do(office, run_deed(run), who)
    return run
