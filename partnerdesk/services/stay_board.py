"""Questions behind the board of stays and the sums beside it, and the reminder about what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnerdesk.domain import clock
from partnerdesk.domain.phases import Phase
from partnerdesk.domain.stay_board import Owing, StayCard, StaySums

if TYPE_CHECKING:
    from partnerdesk.domain.cohorts import Cohort
    from partnerdesk.domain.listing import ListQuery
    from partnerdesk.store.unit import Reader


@dataclass(frozen=True, slots=True)
class Columns:
    """The first ids of each column that was asked for, and the cards of those that were not known."""

    ids: Mapping[Phase, Sequence[int]]
    cards: Mapping[int, StayCard]


def phase_counts(reader: Reader, query: ListQuery) -> dict[Phase, int]:
    """How many stays a query finds in each phase; phases without any are left out."""
    from partnerdesk.store import stay_board

    return stay_board.phase_counts(reader, query, clock.today())


def columns(
    reader: Reader, query: ListQuery, lengths: Mapping[Phase, int], known: frozenset[int] = frozenset()
) -> Columns:
    """The beginning of each column, as long as asked, with the cards of all but those `known`."""
    from partnerdesk.store import stay_board

    ids = stay_board.first_ids(reader, query, lengths, clock.today())
    wanted = [i for some in ids.values() for i in some if i not in known]
    return Columns(ids, stay_board.stay_cards(reader, wanted))


def stay_cards(reader: Reader, ids: Sequence[int]) -> dict[int, StayCard]:
    """These stays as cards; those that are gone are left out."""
    from partnerdesk.store import stay_board

    return stay_board.stay_cards(reader, ids)


def phases_of(reader: Reader, ids: Sequence[int]) -> dict[int, Phase]:
    """The phase each of these stays is in."""
    return {i: card.phase for i, card in stay_cards(reader, ids).items()}


def stay_sums(reader: Reader, query: ListQuery) -> StaySums:
    """The sums of what a query finds: directions, phases, countries, documents missing."""
    from partnerdesk.store import stay_board

    return stay_board.stay_sums(reader, query, clock.today())


def cohort_of(reader: Reader, query: ListQuery) -> Cohort | None:
    """The cohort that a query asks for by itself, None where it asks for several or none."""
    from partnerdesk.domain.cohorts import Cohort

    asked = [one for one in query.filters if one.key == "cohort" and not one.negated]
    if len(asked) != 1 or len(asked[0].values) != 1 or not asked[0].values[0].isdigit():
        return None
    found = reader.many(Cohort, [int(asked[0].values[0])])
    return next(iter(found.values()), None)


def owing(reader: Reader, query: ListQuery) -> list[Owing]:
    """Who owes documents among the stays a query finds."""
    from partnerdesk.store import stay_board

    return stay_board.owing(reader, query, clock.today())
