"""Where the phase of a stay is derived: the one room that says who is nominated, preparing, abroad or back.

The phase follows from what was recorded on both sides, never from the day it is; what is late does. A room of its own,
as lists and boards show phases before the records behind them are wanted.
"""

from datetime import date
from enum import StrEnum


class Phase(StrEnum):
    """The phase of a stay in the office's own words, in the order in which a stay goes through them."""

    APPLIED = "applied"
    SELECTED = "selected"
    NOMINATED = "nominated"
    ACCEPTED = "accepted"
    PREPARING = "preparing"
    ABROAD = "abroad"
    RETURNED = "returned"
    RECOGNISED = "recognised"
    CLOSED = "closed"
    DECLINED = "declined"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    INTERRUPTED = "interrupted"


PHASES = tuple(Phase)
EXITS = (Phase.DECLINED, Phase.REJECTED, Phase.WITHDRAWN, Phase.INTERRUPTED)
PATH = tuple(phase for phase in PHASES if phase not in EXITS)
STAGES = ("nomination", "departure", "arrival", "return")
SENDING_STATUSES = ("planned", "nomination", "live", "recognized", "cancelled")
RECEIVING_STATUSES = ("none", "pending", "verified", "rejected")
COUNTED = ("nomination", "live", "recognized")
DONE = ("received", "checked", "waived")


def phase_of(
    sending: str, receiving: str, *, selected: bool = False, arrived: bool = False, left: bool = False,
    closed: bool = False, exit: str = "", by_hand: str = "",
) -> Phase:
    """The phase of a stay; every combination gives exactly one.

    `arrived` and `left` say whether the actual days are recorded; `by_hand` is the phase an office set itself, which
    stands while the stay has not ended.
    """
    if sending == "cancelled":
        return Phase(exit) if exit in (*EXITS,) else Phase.INTERRUPTED if arrived else Phase.WITHDRAWN
    if receiving == "rejected":
        return Phase.REJECTED
    if closed:
        return Phase.CLOSED
    if by_hand in (*PATH,):
        return Phase(by_hand)
    if sending == "recognized":
        return Phase.RECOGNISED
    if sending == "planned":
        return Phase.SELECTED if selected else Phase.APPLIED
    return _under_way(sending, receiving, arrived, left)


def _under_way(sending: str, receiving: str, arrived: bool, left: bool) -> Phase:
    if left:
        return Phase.RETURNED
    if arrived:
        return Phase.ABROAD
    if sending == "live":
        return Phase.PREPARING
    return Phase.ACCEPTED if receiving == "verified" else Phase.NOMINATED


def stage_of(phase: Phase) -> str:
    """The stage whose documents are wanted in a phase: nomination, departure, arrival or return."""
    if phase in (Phase.APPLIED, Phase.SELECTED):
        return "nomination"
    if phase in (Phase.NOMINATED, Phase.ACCEPTED, Phase.PREPARING):
        return "departure"
    return "arrival" if phase == Phase.ABROAD else "return"


def counts(sending: str, receiving: str) -> bool:
    """R30: whether a stay uses a place: nominated, live or recognised, and not rejected by the host."""
    return sending in COUNTED and receiving != "rejected"


def span_of(
    planned_from: date | None, planned_to: date | None, actual_from: date | None, actual_to: date | None
) -> tuple[date | None, date | None]:
    """First and last day of a stay: as it was where that is known, else as planned."""
    return actual_from or planned_from, actual_to or planned_to
