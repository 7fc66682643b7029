"""What the board of stays shows: cards, how many stand in each phase, and the sums beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from partnerdesk.domain.phases import Phase

ENDED = (Phase.RETURNED, Phase.RECOGNISED, Phase.CLOSED, Phase.DECLINED, Phase.REJECTED, Phase.WITHDRAWN,
         Phase.INTERRUPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class StayCard:
    """A stay as a card. `partner` is the host of one who goes out and the home of one who comes in; `missing` counts
    the documents that are wanted by now and are not there, `next_due` is the first day one of them is due.
    """

    id: int
    person_id: int
    name: str
    name_original: str
    kind: str
    partner_id: int | None
    partner: str
    country: str
    direction: str
    phase: Phase
    starts_on: date | None
    ends_on: date | None
    documents: int
    done: int
    missing: int
    next_due: date | None

    def late_by(self, today: date) -> int:
        """Days since the first missing document was due; 0 where none is late."""
        if not self.missing or self.next_due is None:
            return 0
        return max((today - self.next_due).days, 0)


@dataclass(frozen=True, slots=True)
class Sought:
    """How many documents of a kind are missing, and how many of these are late."""

    kind: str
    missing: int
    late: int


@dataclass(frozen=True, slots=True)
class StaySums:
    """The sums of a choice of stays: `directions` ("out", "in"), `phases` and `countries` with their numbers of stays,
    the largest first for countries; documents missing by kind; and how many people should be reminded of them.
    """

    stays: int = 0
    directions: Mapping[str, int] = field(default_factory=dict)
    phases: Mapping[Phase, int] = field(default_factory=dict)
    countries: tuple[tuple[str, int], ...] = ()
    sought: tuple[Sought, ...] = ()
    people: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Owing:
    """Somebody who owes documents: of which kinds, and when the first of them is due."""

    stay_id: int
    name: str
    email: str
    partner: str
    kinds: tuple[str, ...]
    due_on: date | None
