"""The phase of a stay as a chip: its word, its icon, and how pressing it is."""

from partnerdesk.domain.phases import PHASES, Phase
from partnerdesk.domain.vocab import vocabulary
from partnerdesk.look.cells import Cell, Chip, Soft
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import NOTHING, say

_KINDS = {
    Phase.APPLIED: "neutral", Phase.SELECTED: "neutral", Phase.NOMINATED: "info", Phase.ACCEPTED: "info",
    Phase.PREPARING: "warn", Phase.ABROAD: "success", Phase.RETURNED: "warn", Phase.RECOGNISED: "success",
    Phase.CLOSED: "neutral", Phase.REJECTED: "danger",
}


def phase_chip(phase: str) -> Chip:
    """The chip of a phase."""
    term = next(one for one in vocabulary("phase") if one.code == phase)
    return Chip(_KINDS.get(Phase(phase), "neutral"), say(term.text), Icon[term.icon])


def phase_cell(place: int | None) -> Cell:
    """The cell for a phase by its place in `PHASES`; a dash where there is no stay."""
    return Soft(NOTHING) if place is None else phase_chip(PHASES[place])
