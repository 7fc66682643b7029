"""What becomes of an application by hand: placed, offered, accepted with a stay, declined, withdrawn."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.applications import KEPT, OUT
from partnerdesk.domain.calls import Application
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.phases import Phase
from partnerdesk.domain.placement import Hopeful, Move, Placement, Seat, Why, allowed, is_free, moves, place
from partnerdesk.domain.placement_words import what_changed
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.quota import amount
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.services import stay_deeds
from partnerdesk.services.placing import CallFile, call_file, seat_of
from partnerdesk.services.stays import enter_stay, proposed_stay

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What a run would give once somebody is out: who moves, in the order of merit, and why."""

    before: Placement
    after: Placement
    moves: tuple[Move, ...]

    def said(self, move: Move) -> Text:
        """One move with its reason."""
        return what_changed(self.before, self.after, move)


def aftermath(file: CallFile, gone: Sequence[int]) -> Aftermath:
    """What changes when these applicants withdraw; those who go are not among the moves."""
    before = file.placement
    people = [dataclasses.replace(one, out=True, kept=None) if one.id in gone else one
              for one in before.hopefuls.values()]
    after = place(before.seats.values(), people)
    return Aftermath(before, after, tuple(m for m in moves(before, after) if m.hopeful_id not in gone))


def offer_places(applications: Sequence[Application]) -> Deed[int]:
    """Offer their places to those who are placed; how many offers were made. Raises Refused."""

    def run(unit: Unit) -> int:
        for one in applications:
            _expect(unit, one, ("placed",), "offered")
        files = {one.call_id: call_file(unit, one.call_id) for one in applications}
        for one in applications:
            said = one.explanation or str(files[one.call_id].explanation(one.id))
            _decide(unit, one, offer="offered", explanation=said)
        return len(applications)

    return Deed(*_labels(applications, QT_TRANSLATE_NOOP("PartnerDesk", "offer 1 place"),
                         QT_TRANSLATE_NOOP("PartnerDesk", "offer {n} places"),
                         run, QT_TRANSLATE_NOOP("PartnerDesk", "Offered 1 place"),
                         QT_TRANSLATE_NOOP("PartnerDesk", "Offered {n} places")))


def accept_offers(applications: Sequence[Application]) -> Deed[list[int]]:
    """Note that offers were accepted: each makes a selected stay; the ids of the stays. Raises Refused."""

    def run(unit: Unit) -> list[int]:
        for one in applications:
            _expect(unit, one, ("offered",), "accepted")
        files = {one.call_id: call_file(unit, one.call_id) for one in applications}
        made = []
        for one in applications:
            stay_id = _enter(unit, files[one.call_id], one)
            _decide(unit, one, offer="accepted", stay_id=stay_id)
            made.append(stay_id)
        return made

    return Deed(*_labels(applications, QT_TRANSLATE_NOOP("PartnerDesk", "accept 1 offer"),
                         QT_TRANSLATE_NOOP("PartnerDesk", "accept {n} offers"), run,
                         QT_TRANSLATE_NOOP("PartnerDesk", "Accepted: 1 stay was entered"),
                         QT_TRANSLATE_NOOP("PartnerDesk", "Accepted: {n} stays were entered")))


def decline_offers(applications: Sequence[Application]) -> Deed[None]:
    """Note that offers were declined; their places are free again. Raises Refused."""

    def run(unit: Unit) -> None:
        for one in applications:
            _expect(unit, one, ("offered",), "declined")
            _decide(unit, one, offer="declined", condition_id=None, wish=None, by_hand=False)

    return Deed(*_labels(applications, QT_TRANSLATE_NOOP("PartnerDesk", "decline 1 offer"),
                         QT_TRANSLATE_NOOP("PartnerDesk", "decline {n} offers"), run))


def withdraw(applications: Sequence[Application]) -> Deed[None]:
    """Take applicants out of the call; a stay that came of it is cancelled. Raises Refused where it cannot be."""

    def run(unit: Unit) -> None:
        for one in applications:
            if one.stay_id is not None:
                _cancel(unit, one.stay_id)
            _decide(unit, one, offer="withdrawn", condition_id=None, wish=None, by_hand=False)

    return Deed(*_labels(applications, QT_TRANSLATE_NOOP("PartnerDesk", "withdraw 1 application"),
                         QT_TRANSLATE_NOOP("PartnerDesk", "withdraw {n} applications"), run,
                         QT_TRANSLATE_NOOP("PartnerDesk", "Withdrew 1 application"),
                         QT_TRANSLATE_NOOP("PartnerDesk", "Withdrew {n} applications")))


def reopen(applications: Sequence[Application]) -> Deed[None]:
    """Let the next run decide about applications again: placed by hand, offered, declined or withdrawn.

    Raises Refused where a stay came of one.
    """

    def run(unit: Unit) -> None:
        for one in applications:
            stay = unit.many(Stay, [one.stay_id]).get(one.stay_id) if one.stay_id is not None else None
            if stay is not None and stay.sending_status != "cancelled":
                raise Refused(Problem("R61", "block", "offer", Text(QT_TRANSLATE_NOOP(
                    "PartnerDesk", "A stay came from this application; withdraw it instead"))))
            _decide(unit, one, offer="none", condition_id=None, wish=None, by_hand=False, stay_id=None, explanation="")

    return Deed(*_labels(applications, QT_TRANSLATE_NOOP("PartnerDesk", "decide anew about 1 application"),
                         QT_TRANSLATE_NOOP("PartnerDesk", "decide anew about {n} applications"), run))


def hand_problems(reader: Reader, application_id: int, condition_id: int, reason: str = "") -> list[Problem]:
    """What speaks against placing somebody by hand: over the quota (R30) it blocks where that is hard, else needs a
    written reason; what the condition asks for (R54) needs one too.
    """
    application = reader.get(Application, application_id)
    file = call_file(reader, application.call_id)
    seat = file.placement.seats.get(condition_id) or _seat_beside(reader, file, condition_id)
    hopeful = file.placement.hopefuls[application_id]
    term = dict(hopeful.wishes).get(condition_id, file.call.term)
    others = place([seat], _there(file, condition_id, application_id))
    found = []
    unfit = allowed(seat, hopeful, term)
    if unfit is not None:
        found.append(Problem("R54", "warn", "condition_id", _UNFIT[unfit], Text(_REASON)))
    full = is_free(seat, others.filled[seat.id], hopeful, term) if seat.places is not None else None
    if full is not None:
        sentence = QT_TRANSLATE_NOOP("PartnerDesk", "{place} is full: {taken} of {places} places are taken")
        found.append(Problem("R30", "block" if seat.hard else "warn", "condition_id", text(
            sentence, place=seat.name, taken=amount(others.filled[seat.id].taken), places=amount(seat.places or 0)),
            Text(_HARD if seat.hard else _REASON)))
    return [] if reason.strip() and all(p.severity == "warn" for p in found) else found


def place_by_hand(application: Application, name: str, condition_id: int, reason: str = "") -> Deed[None]:
    """Give somebody a place that runs keep. Raises Refused over a hard quota, or without a reason for a warning."""

    def run(unit: Unit) -> None:
        if application.offer in (*KEPT, *OUT):
            _expect(unit, application, ("none", "placed", "waiting"), "placed")
        found = hand_problems(unit, application.id, condition_id, reason)
        if found:
            raise Refused(*sorted(found, key=lambda problem: problem.severity))
        file = call_file(unit, application.call_id)
        wishes = [wanted for wanted, _ in file.placement.hopefuls[application.id].wishes]
        wish = wishes.index(condition_id) + 1 if condition_id in wishes else None
        _decide(unit, application, offer="placed", condition_id=condition_id, wish=wish, by_hand=True,
                explanation=reason.strip())

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "place {name} by hand"), name=name), run,
                reason=reason.strip())


def _seat_beside(reader: Reader, file: CallFile, condition_id: int) -> Seat:
    """A seat that nobody of the call wishes for."""
    return seat_of(reader, file.call, condition_id)


def _there(file: CallFile, condition_id: int, without: int) -> list[Hopeful]:
    """Those who hold a place of a seat as it was written, by a run or by hand, but for one."""
    people = file.placement.hopefuls
    return [dataclasses.replace(people[one.id], kept=condition_id) for one in file.applications.values()
            if one.condition_id is not None and file.heirs.get(one.condition_id, one.condition_id) == condition_id
            and one.id != without and not people[one.id].out]


def _enter(unit: Unit, file: CallFile, one: Application) -> int:
    """The selected stay that comes of an accepted offer."""
    assert one.condition_id is not None
    condition_id = file.heirs.get(one.condition_id, one.condition_id)
    at, call = file.places[condition_id], file.call
    terms = {file.heirs.get(condition, condition): term for condition, term in file.wishes.get(one.id, ())}
    term = terms.get(condition_id) or call.term
    stay = Stay(
        direction="out", agreement_id=at.agreement_id, condition_id=condition_id, activity=call.activity,
        programme=call.programme or at.programme, year=call.year, term=term, selected_on=clock.today(),
        sending_unit_id=one.unit_id, level_nominated=one.level, field=one.field)
    if term:
        partner = unit.many(Institution, [at.partner_id]).get(at.partner_id)
        likely = proposed_stay(unit, unit.get(Person, one.person_id), partner, file.conditions[condition_id], "out",
                               call.year, term)
        stay = dataclasses.replace(stay, planned_from=likely.planned_from, planned_to=likely.planned_to,
                                   attribute=likely.attribute)
    return enter_stay(unit, one.person_id, at.partner_id or None, stay)


def _cancel(unit: Unit, stay_id: int) -> None:
    """Cancel the stay that came of an application, by the rules of stays."""
    stay = unit.many(Stay, [stay_id]).get(stay_id)
    if stay is not None and stay.sending_status != "cancelled":
        stay_deeds.cancel([stay_id], Phase.WITHDRAWN).run(unit)


def _expect(unit: Unit, seen: Application, offers: tuple[str, ...], wanted: str) -> None:
    """Refuse to decide about an application that is not where it has to be."""
    now = unit.get(Application, seen.id)
    if now.offer not in offers or (wanted != "placed" and now.condition_id is None):
        raise Refused(Problem("R61", "block", "offer", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "What is “{offer}” cannot become “{wanted}”"), offer=label_of("offer", now.offer),
            wanted=label_of("offer", wanted))))


def _decide(unit: Unit, one: Application, **fields: Any) -> None:
    unit.change(Application, one.id, one.version, **fields, decided_on=clock.today(), decided_by=unit.who)


def _labels(
    applications: Sequence[Application], single: str, many: str, run: Callable[[Any], Any], done: str = "",
    done_many: str = "",
) -> tuple[Any, ...]:
    """Label, run and toast of a deed with some applications."""
    n = len(applications)
    label = counted(n, single, many)
    return (label, run, counted(n, done, done_many)) if done else (label, run)


_HARD = QT_TRANSLATE_NOOP("PartnerDesk", "The agreement allows no more; choose another place or change the agreement")
_REASON = QT_TRANSLATE_NOOP("PartnerDesk", "Write down why this one may go all the same")
_UNFIT = {
    Why.CLOSED: Text(QT_TRANSLATE_NOOP("PartnerDesk", "The agreement grants no places in this year")),
    Why.ACTIVITY: Text(QT_TRANSLATE_NOOP("PartnerDesk", "The condition is for another activity or direction")),
    Why.UNIT: Text(QT_TRANSLATE_NOOP("PartnerDesk", "The condition is for another faculty")),
    Why.TERM: Text(QT_TRANSLATE_NOOP("PartnerDesk", "The wish is for another term than the call")),
    Why.LEVEL: Text(QT_TRANSLATE_NOOP("PartnerDesk", "The level is not one that the condition takes")),
    Why.FIELD: Text(QT_TRANSLATE_NOOP("PartnerDesk", "The field is not one that the condition is for")),
    Why.LANGUAGE: Text(QT_TRANSLATE_NOOP("PartnerDesk", "The language that the condition asks for is missing")),
    Why.NO_NUMBER: Text(QT_TRANSLATE_NOOP("PartnerDesk", "The condition says no number of places")),
}
