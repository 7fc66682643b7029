"""R60: how the statuses of a stay may change on both sides, and which steps lead from one phase to another.

Statuses only go forward, as the exchange standard has it; what an office recorded as a day can be taken back.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from partnerdesk.domain.phases import EXITS, PATH, Phase, phase_of
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text

SENDING_MOVES = {
    "planned": ("nomination", "cancelled"), "nomination": ("live", "cancelled"), "live": ("recognized", "cancelled"),
    "recognized": (), "cancelled": (),
}
RECEIVING_MOVES = {
    "none": ("pending",), "pending": ("verified", "rejected"), "verified": (), "rejected": ("pending",),
}
PAIRS = frozenset((
    ("planned", "none"), ("nomination", "pending"), ("nomination", "verified"), ("nomination", "rejected"),
    ("live", "verified"), ("recognized", "verified"),
    *(("cancelled", receiving) for receiving in RECEIVING_MOVES),
))
"""Statuses (sending, receiving) that can stand beside each other."""

FORWARD = {
    Phase.APPLIED: "select", Phase.SELECTED: "nominate", Phase.NOMINATED: "accept", Phase.ACCEPTED: "go_live",
    Phase.PREPARING: "arrive", Phase.ABROAD: "leave", Phase.RETURNED: "recognise", Phase.RECOGNISED: "close",
}
BACK = {
    Phase.SELECTED: "unselect", Phase.ABROAD: "unarrive", Phase.RETURNED: "unleave", Phase.CLOSED: "reopen",
}
BEGINS = {
    "select": (Phase.APPLIED,), "nominate": (Phase.APPLIED, Phase.SELECTED, Phase.REJECTED),
    "ask_again": (Phase.REJECTED,), "accept": (Phase.NOMINATED,), "reject": (Phase.NOMINATED,),
    "go_live": (Phase.ACCEPTED,), "arrive": (Phase.PREPARING,), "leave": (Phase.ABROAD,),
    "recognise": (Phase.RETURNED,), "close": (Phase.RETURNED, Phase.RECOGNISED), "reopen": (Phase.CLOSED,),
    "move": (*PATH, Phase.REJECTED), "cancel": (*PATH[:-2], Phase.REJECTED), "document": tuple(Phase),
}
"""The phases in which each deed can be done."""
FREE_FIELDS = frozenset({"closed_on", "archived_on", "remark", "status_comment", "tags", "practice",
                         "practice_adopted", "deleted_at"})
"""What can still be written of a stay that is recognised or closed."""
_PARTIES = ("person_id", "direction", "sending_id", "receiving_id")


def derived_phase(stay: Stay) -> Phase:
    """The phase that follows from the statuses and days of a stay, whatever was set by hand."""
    return phase_of(
        stay.sending_status, stay.receiving_status, selected=stay.selected_on is not None,
        arrived=stay.actual_from is not None, left=stay.actual_to is not None, closed=stay.closed_on is not None,
        exit=stay.exit)


def earns_credits(stay: Stay) -> bool:
    """Whether the stay is recognised by us before it is closed: ours who went to study."""
    return stay.direction == "out" and not stay.activity.startswith("staff")


def change_problems(before: Stay, after: Stay) -> Iterator[Problem]:
    """Why a stay cannot become what it would: a status that does not follow (R60), other parties (R53), read-only."""
    yield from sealed_problems(before, after)
    yield from party_problems(before, after)
    yield from status_problems(before, after)


def status_problems(before: Stay, after: Stay) -> Iterator[Problem]:
    """R60: every change of status that is not in the tables, and pairs that cannot stand beside each other."""
    for field, moves, said in (
        ("sending_status", SENDING_MOVES,
         QT_TRANSLATE_NOOP("PartnerDesk", "On the sending side “{old}” cannot become “{new}”")),
        ("receiving_status", RECEIVING_MOVES,
         QT_TRANSLATE_NOOP("PartnerDesk", "On the receiving side “{old}” cannot become “{new}”")),
    ):
        old, new = getattr(before, field), getattr(after, field)
        if old != new and new not in moves.get(old, ()):
            yield Problem("R60", "block", field, text(said, old=label_of(field, old), new=label_of(field, new)),
                          _fix(moves.get(old, ()), field))
    yield from pair_problems(after)


def pair_problems(stay: Stay) -> Iterator[Problem]:
    """R60: statuses and days that cannot stand beside each other."""
    sending, receiving = stay.sending_status, stay.receiving_status
    if (sending, receiving) not in PAIRS:
        sentence = QT_TRANSLATE_NOOP(
            "PartnerDesk", "A stay that is “{sending}” with us cannot be “{receiving}” with the partner")
        yield Problem("R60", "block", "receiving_status", text(
            sentence, sending=label_of("sending_status", sending), receiving=label_of("receiving_status", receiving)))
    if stay.actual_from is not None and sending in ("planned", "nomination"):
        yield Problem("R60", "block", "actual_from", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Nobody can have arrived before the stay is accepted and live")))
    if stay.actual_to is not None and stay.actual_from is None:
        yield Problem("R60", "block", "actual_to", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Nobody can have left without having arrived")))
    if stay.closed_on is not None and derived_phase(replace(stay, closed_on=None)) not in (
            Phase.RETURNED, Phase.RECOGNISED, *EXITS):
        yield Problem("R60", "block", "closed_on", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "A stay is closed when it is over")))
    if stay.phase and stay.phase not in PATH:
        yield Problem("R60", "block", "phase", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Only a phase on the way can be set by hand")))


def party_problems(before: Stay, after: Stay) -> Iterator[Problem]:
    """R53: who goes from where to where stays as it was nominated."""
    if before.sending_status == "planned":
        return
    for field in _PARTIES:
        if getattr(before, field) != getattr(after, field):
            yield Problem("R53", "block", field, Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "Person and institutions cannot change once the nomination was sent")),
                Text(QT_TRANSLATE_NOOP("PartnerDesk", "Cancel this stay and enter a new one")))


def sealed_problems(before: Stay, after: Stay) -> Iterator[Problem]:
    """R60: a recognised or closed stay is read-only but for remarks and its closing."""
    if before.sending_status != "recognized" and before.closed_on is None:
        return
    for field in Stay.__dataclass_fields__:
        if field not in FREE_FIELDS and getattr(before, field) != getattr(after, field):
            sentence = QT_TRANSLATE_NOOP("PartnerDesk", "A stay that is recognised or closed cannot be changed")
            fix = QT_TRANSLATE_NOOP("PartnerDesk", "Open it again first") if before.closed_on is not None else ""
            yield Problem("R60", "block", field, Text(sentence), Text(fix) if fix else None)


def steps_to(stay: Stay, target: Phase) -> tuple[str, ...] | Problem:
    """The steps that lead a stay to a phase, or why none do."""
    now = derived_phase(stay)
    if target == now:
        return ()
    if target in EXITS:
        return _steps_out(now, target)
    if now == Phase.REJECTED:
        on = steps_to(replace(stay, receiving_status="pending"), target)
        return on if isinstance(on, Problem) else ("ask_again", *on)
    if now in EXITS:
        return _no_way(now, target, QT_TRANSLATE_NOOP("PartnerDesk", "It has ended: enter a new stay"))
    here, there = PATH.index(now), PATH.index(target)
    if there > here:
        return _steps_on(stay, here, there)
    return _steps_back(stay, now, target)


def next_step(stay: Stay) -> str:
    """The step that brings a stay on, "" where it has ended."""
    now = derived_phase(stay)
    if now == Phase.REJECTED:
        return "ask_again"
    if now == Phase.APPLIED:
        return "nominate"
    if now == Phase.RETURNED and not earns_credits(stay):
        return "close"
    return FORWARD.get(now, "")


def take_step(stay: Stay, step: str, on: date) -> Stay:
    """The stay after a step; its rules are asked before. Days that are known already stay."""
    changes: dict[str, dict[str, object]] = {
        "select": {"selected_on": on}, "unselect": {"selected_on": None},
        "nominate": {"sending_status": "nomination", "receiving_status": "pending", "nominated_on": on,
                     "selected_on": stay.selected_on or on},
        "ask_again": {"receiving_status": "pending", "nominated_on": on, "answered_on": None},
        "accept": {"receiving_status": "verified", "answered_on": on},
        "reject": {"receiving_status": "rejected", "answered_on": on},
        "go_live": {"sending_status": "live"},
        "arrive": {"actual_from": on}, "unarrive": {"actual_from": None, "actual_to": None},
        "leave": {"actual_to": on}, "unleave": {"actual_to": None},
        "recognise": {"sending_status": "recognized"}, "close": {"closed_on": on}, "reopen": {"closed_on": None},
    }
    return replace(stay, phase="", **changes[step])  # type: ignore[arg-type]


def exit_problems(stay: Stay, way_out: str) -> Iterator[Problem]:
    """Why a stay cannot end this way before its time: over already, or not begun."""
    if way_out not in (Phase.DECLINED, Phase.WITHDRAWN, Phase.INTERRUPTED):
        yield Problem("R60", "block", "exit", Text(QT_TRANSLATE_NOOP("PartnerDesk", "Say how the stay ended")))
    if stay.sending_status in ("recognized", "cancelled") or stay.closed_on is not None:
        yield Problem("R60", "block", "sending_status", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "A stay that is over cannot be cancelled")))
    elif way_out == Phase.INTERRUPTED and stay.actual_from is None:
        yield Problem("R60", "block", "exit", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Only a stay that has begun can be broken off")),
            Text(QT_TRANSLATE_NOOP("PartnerDesk", "Withdraw it instead")))
    elif way_out == Phase.DECLINED and stay.actual_from is not None:
        yield Problem("R60", "block", "exit", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "A stay that has begun was not declined")),
            Text(QT_TRANSLATE_NOOP("PartnerDesk", "Break it off instead")))


def _steps_out(now: Phase, target: Phase) -> tuple[str, ...] | Problem:
    if target == Phase.REJECTED:
        if now == Phase.NOMINATED:
            return ("reject",)
        return _no_way(now, target, QT_TRANSLATE_NOOP("PartnerDesk", "Only a nomination can be rejected"))
    if now in (Phase.DECLINED, Phase.WITHDRAWN, Phase.INTERRUPTED, Phase.RECOGNISED, Phase.CLOSED):
        return _no_way(now, target, QT_TRANSLATE_NOOP("PartnerDesk", "The stay is over"))
    return ("cancel",)


def _steps_on(stay: Stay, here: int, there: int) -> tuple[str, ...]:
    steps = [FORWARD[phase] for phase in PATH[here:there]]
    if "nominate" in steps and "select" in steps:
        steps.remove("select")
    if steps[-1] == "close" and not earns_credits(stay) and "recognise" in steps:
        steps.remove("recognise")
    return tuple(steps)


def _steps_back(stay: Stay, now: Phase, target: Phase) -> tuple[str, ...] | Problem:
    steps: list[str] = []
    at, trial = now, stay
    while at != target:
        step = BACK.get(at)
        if step is None or PATH.index(at) < PATH.index(target):
            return _no_way(now, target, QT_TRANSLATE_NOOP(
                "PartnerDesk", "A nomination, an answer and a recognition are not taken back; undo the step instead"))
        steps.append(step)
        trial = take_step(trial, step, stay.actual_from or date.min)
        at = derived_phase(trial)
    return tuple(steps)


def _no_way(now: Phase, target: Phase, fix: str) -> Problem:
    sentence = QT_TRANSLATE_NOOP("PartnerDesk", "“{old}” cannot become “{new}”")
    return Problem("R60", "block", "phase", text(sentence, old=label_of("phase", now), new=label_of("phase", target)),
                   Text(fix))


def _fix(moves: tuple[str, ...], field: str) -> Text:
    if not moves:
        return Text(QT_TRANSLATE_NOOP("PartnerDesk", "It stays as it is"))
    if len(moves) == 1:
        return text(QT_TRANSLATE_NOOP("PartnerDesk", "It can become “{only}”"), only=label_of(field, moves[0]))
    return text(QT_TRANSLATE_NOOP("PartnerDesk", "It can become “{one}” or “{other}”"),
                one=label_of(field, moves[0]), other=label_of(field, moves[1]))
