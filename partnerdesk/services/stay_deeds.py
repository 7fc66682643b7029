"""How stays go on: nominate, answer, live, arrive, leave, recognise, close, cancel; one or many, each one step.

A block that can be passed (R51, R58, R71, R72, a missing signature) is passed with a written reason, which is kept.
Many stays go on together or not at all.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.people import Person
from partnerdesk.domain.phases import EXITS, Phase, counts
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.quota import overflow_problems
from partnerdesk.domain.stay_rules import Around, can_be_passed, day_problems, overlap_problems, step_problems
from partnerdesk.domain.stay_status import change_problems, exit_problems, steps_to, take_step
from partnerdesk.domain.stays import Override, Stay, StayEvent
from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.services.deeds import batched
from partnerdesk.services.places import usage
from partnerdesk.services.stay_around import arounds

if TYPE_CHECKING:
    from partnerdesk.store.unit import Unit

_EVENTS = {"nominate": "nominated", "ask_again": "nominated", "accept": "answer", "reject": "answer",
           "cancel": "decision"}
_WITH_REASON = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Go on all the same, with a reason"))
_KEPT = ("id", "uid", "version")


@dataclasses.dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of stays: steps, or the phase they are to reach; the day, the reason, a comment of the office."""

    steps: tuple[str, ...] = ()
    phase: Phase | None = None
    on: date | None = None
    reason: str = ""
    comment: str = ""


def select(ids: Sequence[int], on: date | None = None, *, name: str = "") -> Deed[None]:
    """Choose applicants to be nominated."""
    return _deed(ids, Wish(("select",), on=on), QT_TRANSLATE_NOOP("PartnerDesk", "select {name}"), name)


def nominate(ids: Sequence[int], on: date | None = None, reason: str = "", *, name: str = "") -> Deed[None]:
    """Note that nominations were sent; who was rejected is asked about again."""
    wish = Wish(phase=Phase.NOMINATED, on=on, reason=reason)
    return _deed(ids, wish, QT_TRANSLATE_NOOP("PartnerDesk", "nominate {name}"), name)


def answer(
    ids: Sequence[int], accepted: bool, on: date | None = None, comment: str = "", *, name: str = ""
) -> Deed[None]:
    """Note the answer of the receiving side, with a comment of the office where it rejects."""
    if accepted:
        wish = Wish(("accept",), on=on, comment=comment)
        return _deed(ids, wish, QT_TRANSLATE_NOOP("PartnerDesk", "accept {name}"), name)
    wish = Wish(("reject",), on=on, comment=comment)
    return _deed(ids, wish, QT_TRANSLATE_NOOP("PartnerDesk", "reject {name}"), name)


def ask_again(ids: Sequence[int], on: date | None = None, *, name: str = "") -> Deed[None]:
    """Ask the receiving side again about who was rejected."""
    return _deed(ids, Wish(("ask_again",), on=on), QT_TRANSLATE_NOOP("PartnerDesk", "ask again about {name}"), name)


def go_live(ids: Sequence[int], reason: str = "", *, name: str = "") -> Deed[None]:
    """Begin to prepare the departure: the host has accepted and the first learning agreement is signed."""
    wish = Wish(("go_live",), reason=reason)
    return _deed(ids, wish, QT_TRANSLATE_NOOP("PartnerDesk", "prepare the departure of {name}"), name)


def arrive(ids: Sequence[int], on: date | None = None, reason: str = "", *, name: str = "") -> Deed[None]:
    """Note the arrival; papers that must be there before departure hold it up, unless there is a reason (R58)."""
    wish = Wish(("arrive",), on=on, reason=reason)
    return _deed(ids, wish, QT_TRANSLATE_NOOP("PartnerDesk", "note the arrival of {name}"), name)


def leave(ids: Sequence[int], on: date | None = None, *, name: str = "") -> Deed[None]:
    """Note the last day at the host."""
    return _deed(ids, Wish(("leave",), on=on), QT_TRANSLATE_NOOP("PartnerDesk", "note the return of {name}"), name)


def recognise(ids: Sequence[int], reason: str = "", *, name: str = "") -> Deed[None]:
    """Recognise what was achieved; the stay is read-only from then on."""
    wish = Wish(("recognise",), reason=reason)
    return _deed(ids, wish, QT_TRANSLATE_NOOP("PartnerDesk", "recognise the stay of {name}"), name)


def close(ids: Sequence[int], on: date | None = None, reason: str = "", *, name: str = "") -> Deed[None]:
    """Close stays that are recognised, or over where nothing is to be recognised by us."""
    wish = Wish(phase=Phase.CLOSED, on=on, reason=reason)
    return _deed(ids, wish, QT_TRANSLATE_NOOP("PartnerDesk", "close the stay of {name}"), name)


def reopen(ids: Sequence[int], *, name: str = "") -> Deed[None]:
    """Open closed stays again."""
    return _deed(ids, Wish(("reopen",)), QT_TRANSLATE_NOOP("PartnerDesk", "open the stay of {name} again"), name)


def cancel(
    ids: Sequence[int], way_out: Phase, reason: str = "", on: date | None = None, *, name: str = ""
) -> Deed[None]:
    """End stays before their time: declined by the person, withdrawn, or broken off after the arrival."""
    wish = Wish(phase=way_out, on=on, reason=reason)
    return _deed(ids, wish, QT_TRANSLATE_NOOP("PartnerDesk", "cancel the stay of {name}"), name, reason=reason)


def move_to(ids: Sequence[int], phase: Phase, reason: str = "", *, name: str = "") -> Deed[None]:
    """Bring stays into a phase by the steps that lead there, each under its rules; as dragged on the board."""
    wish = Wish(phase=phase, reason=reason)
    label = text(QT_TRANSLATE_NOOP("PartnerDesk", "{phase}: {name}"), phase=label_of("phase", phase),
                 name=_who(ids, name))
    return Deed(label, _runner(ids, wish), label, reason=reason)


def extend(stay: Stay, planned_to: date, note: str = "", *, name: str = "") -> Deed[None]:
    """Let a stay last until another day, with a line in its log; what the rules say of it is said in its form."""

    def run(unit: Unit) -> None:
        now = unit.get(Stay, stay.id)
        around = arounds(unit, [now])[now.id]
        after = dataclasses.replace(now, planned_to=planned_to)
        _refuse([*change_problems(now, after), *day_problems(after), *overlap_problems(after, around.others)])
        if unit.change(Stay, stay.id, stay.version, planned_to=planned_to):
            unit.add(StayEvent(stay_id=stay.id, kind="extension", day=clock.today(), note=note))

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "extend the stay of {name}"), name=_who([stay.id], name)), run)


def interrupt(stay: Stay, days: int, note: str = "", *, name: str = "") -> Deed[None]:
    """Note how many days a stay was interrupted altogether, with a line in its log."""

    def run(unit: Unit) -> None:
        now = unit.get(Stay, stay.id)
        after = dataclasses.replace(now, interruption_days=days)
        _refuse([*change_problems(now, after), *day_problems(after)])
        if unit.change(Stay, stay.id, stay.version, interruption_days=days):
            unit.add(StayEvent(stay_id=stay.id, kind="decision", day=clock.today(), note=note))

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "interrupt the stay of {name}"), name=_who([stay.id], name)), run)


def accept_warning(stay: Stay, rule: str, reason: str, *, name: str = "") -> Deed[int]:
    """Accept what a rule says of a stay, with the reason."""

    def run(unit: Unit) -> int:
        if not reason.strip():
            raise Refused(Problem("R00", "block", "reason", Text(QT_TRANSLATE_NOOP("PartnerDesk", "Say why"))))
        return unit.add(Override(stay_id=stay.id, rule=rule, reason=reason, day=clock.today(), who=unit.who)).id

    label = text(QT_TRANSLATE_NOOP("PartnerDesk", "accept a warning of {name}"), name=_who([stay.id], name))
    return Deed(label, run, reason=reason)


def take_back_acceptance(override: Override, *, name: str = "") -> Deed[None]:
    """Let a rule speak again."""

    def run(unit: Unit) -> None:
        unit.remove(Override, override.id)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "let a warning of {name} stand"),
                     name=_who([override.stay_id], name)), run)


def _deed(ids: Sequence[int], wish: Wish, label: str, name: str, reason: str = "") -> Deed[None]:
    return Deed(text(label, name=_who(ids, name)), _runner(ids, wish), reason=reason or wish.reason)


def _who(ids: Sequence[int], name: str) -> str | Text:
    if name and len(ids) == 1:
        return name
    return counted(len(ids), QT_TRANSLATE_NOOP("PartnerDesk", "1 stay"), QT_TRANSLATE_NOOP("PartnerDesk", "{n} stays"))


def _runner(ids: Sequence[int], wish: Wish) -> Any:
    def run(unit: Unit) -> None:
        for some in batched(ids):
            stays = unit.many(Stay, some)
            _take_all(unit, [stays[i] for i in some if i in stays], wish)

    return run


def _take_all(unit: Unit, stays: Sequence[Stay], wish: Wish) -> None:
    """Bring some stays on, all of them or none."""
    around = arounds(unit, stays)
    ways = [_way(stay, around[stay.id], wish) for stay in stays]
    bad = [(way.before, problem) for way in ways for problem in way.blocks(wish.reason)]
    if bad:
        raise Refused(*_told(unit, bad, len(stays)))
    alike: dict[tuple[tuple[str, Any], ...], list[int]] = {}
    for way in ways:
        alike.setdefault(tuple(way.fields.items()), []).append(way.before.id)
    for fields, some in alike.items():
        if fields:
            unit.change_many(Stay, some, **dict(fields))
    unit.add_many([event for way in ways for event in way.events(wish)])
    passed = [(way.before.id, rule) for way in ways for rule in way.passed]
    passed += _over_places(unit, ways, around, wish.reason)
    unit.add_many([Override(stay_id=stay, rule=rule, reason=wish.reason, day=clock.today(), who=unit.who)
                   for stay, rule in passed])


def _over_places(
    unit: Unit, ways: Sequence[_Way], around: Mapping[int, Around], reason: str
) -> list[tuple[int, str]]:
    """R30: nominations beyond the places of a condition are refused, or passed with a reason where it is soft."""
    taking: dict[tuple[int, int], list[Stay]] = {}
    for way in ways:
        old, new = way.before, way.after
        taken = counts(new.sending_status, new.receiving_status) and not counts(
            old.sending_status, old.receiving_status)
        if taken and new.condition_id is not None and new.year is not None:
            taking.setdefault((new.condition_id, new.year), []).append(new)
    passed: list[tuple[int, str]] = []
    for (condition_id, year), some in taking.items():
        condition = around[some[0].id].condition
        used = usage(unit, [condition_id], year).get(condition_id)
        for problem in overflow_problems(condition, used) if condition is not None and used is not None else ():
            fresh = [stay for stay in some if "R30" not in around[stay.id].accepted]
            if problem.severity == "block":
                raise Refused(problem)
            if fresh and not reason.strip():
                raise Refused(dataclasses.replace(
                    problem, severity="block", fix=_WITH_REASON, values={"passable": True}))
            passed += [(stay.id, "R30") for stay in fresh]
    return passed


@dataclasses.dataclass(frozen=True, slots=True)
class _Way:
    """A stay before and after its steps, with what stands against them."""

    before: Stay
    after: Stay
    steps: tuple[str, ...]
    problems: tuple[Problem, ...]
    accepted: frozenset[str]

    @property
    def fields(self) -> dict[str, Any]:
        """What differs afterwards."""
        return {name: getattr(self.after, name) for name in Stay.__dataclass_fields__
                if name not in _KEPT and getattr(self.after, name) != getattr(self.before, name)}

    @property
    def passed(self) -> list[str]:
        """The rules that are passed for the first time."""
        codes = dict.fromkeys(p.code for p in self.problems if can_be_passed(p))
        return [code for code in codes if code not in self.accepted]

    def blocks(self, reason: str) -> Iterator[Problem]:
        """What holds the stay up, given a reason or not."""
        for problem in self.problems:
            if not can_be_passed(problem):
                yield problem
            elif problem.code not in self.accepted and not reason.strip():
                yield dataclasses.replace(problem, fix=_WITH_REASON, values={"passable": True})

    def events(self, wish: Wish) -> Iterator[StayEvent]:
        """The lines that the steps leave in the log."""
        for step in self.steps:
            if step in _EVENTS:
                note = wish.comment or wish.reason
                yield StayEvent(stay_id=self.before.id, kind=_EVENTS[step], day=wish.on or clock.today(), note=note)


def _way(stay: Stay, around: Around, wish: Wish) -> _Way:
    """The steps of a stay towards what is wanted, and the blocks on the way."""
    if wish.phase in EXITS and wish.phase != Phase.REJECTED:
        return _way_out(stay, wish)
    steps = wish.steps or steps_to(stay, wish.phase or Phase.APPLIED)
    if isinstance(steps, Problem):
        return _Way(stay, stay, (), (steps,), around.accepted)
    found: list[Problem] = []
    now = stay
    for step in steps:
        on = wish.on or _usual_day(now, step)
        found += [p for p in step_problems(now, step, around, on) if p.severity == "block"]
        following = take_step(now, step, on)
        found += [p for p in change_problems(now, following) if p.severity == "block"]
        found += [p for p in day_problems(following) if p.severity == "block"]
        now = following
    if wish.comment:
        now = dataclasses.replace(now, status_comment=wish.comment)
    if not steps and now.phase:
        now = dataclasses.replace(now, phase="")
    return _Way(stay, now, steps, tuple(_distinct(found)), around.accepted)


def _way_out(stay: Stay, wish: Wish) -> _Way:
    on = wish.on or clock.today()
    broken_off = wish.phase == Phase.INTERRUPTED and stay.actual_from is not None and stay.actual_to is None
    after = dataclasses.replace(
        stay, sending_status="cancelled", exit=str(wish.phase), cancel_reason=wish.reason, phase="",
        actual_to=on if broken_off else stay.actual_to)
    problems = (*exit_problems(stay, str(wish.phase)), *(p for p in day_problems(after) if p.severity == "block"))
    return _Way(stay, after, ("cancel",), problems, frozenset())


def _usual_day(stay: Stay, step: str) -> date:
    """The day a step is dated on where none is given: as planned where that is over, else today."""
    today = clock.today()
    if step == "arrive" and stay.planned_from is not None and stay.planned_from <= today:
        return stay.planned_from
    if step == "leave" and stay.planned_to is not None and stay.planned_to <= today and (
            stay.actual_from is None or stay.actual_from <= stay.planned_to):
        return stay.planned_to
    return today


def _distinct(problems: Iterable[Problem]) -> Iterator[Problem]:
    seen = set()
    for problem in problems:
        key = (problem.code, problem.field, str(problem.message))
        if key not in seen:
            seen.add(key)
            yield problem


def _told(unit: Unit, bad: Sequence[tuple[Stay, Problem]], many: int) -> list[Problem]:
    """The problems; of many stays each with the name it is about."""
    if many == 1:
        return [problem for _, problem in bad]
    people = unit.many(Person, {stay.person_id for stay, _ in bad})
    label = QT_TRANSLATE_NOOP("PartnerDesk", "{name}: {problem}")
    return [dataclasses.replace(problem, message=text(
        label, name=people[stay.person_id].full_name or people[stay.person_id].name_original, problem=problem.message))
        for stay, problem in bad]


def _refuse(problems: Iterable[Problem]) -> None:
    blocks = [p for p in problems if p.severity == "block"]
    if blocks:
        raise Refused(*blocks)
