"""How a state looks: its chip, from the vocabulary's word and icon and one table of kinds."""

from partnerdesk.domain.states import State
from partnerdesk.domain.vocab import label_of, vocabulary
from partnerdesk.look.cells import Cell, Chip, Soft
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import NOTHING, say

_KINDS = {
    State.NOTICE_WINDOW: "warn", State.EXPIRING: "warn", State.TERMINATING: "danger", State.IN_EFFECT: "success",
    State.WAITING_US: "info", State.WAITING_PARTNER: "info", State.FUTURE: "accent", State.DRAFT: "neutral",
    State.EXPIRED: "danger", State.TERMINATED: "neutral", State.SUPERSEDED: "neutral",
}


def state_chip(state: str) -> Chip | None:
    """The chip of an agreement's state, None where there is no agreement."""
    if not state:
        return None
    term = vocabulary("state").term(state)
    icon = Icon[term.icon] if term is not None and term.icon else None
    return Chip(_KINDS[State(state)], say(label_of("state", state)), icon)


def state_cell(state: str) -> Cell:
    """The state as a table cell."""
    return state_chip(state) or Soft(NOTHING)
