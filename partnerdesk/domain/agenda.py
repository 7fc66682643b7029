"""All that has a day, as a calendar shows it: one entry a thing, on each of its days in their order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from partnerdesk.domain.words import Text

MOVABLE = frozenset({"followup", "appointment"})
"""Kinds whose day is the office's own to choose, so that they may be dragged to another."""
KINDS = ("visit", "appointment", "meeting", "agreement-ends", "agreement-notice", "milestone", "deliverable",
         "followup", "nominate", "call", "begins", "ends")
_RANK = {kind: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """One thing from `day` until `until`, both included; `begins` and `ends` HH:MM, empty for whole days.

    `root` and `root_id` are the record to open, `line` a search line of stays instead; `row_id` is what is moved.
    `fixed` says why it cannot be, though its kind can.
    """

    kind: str
    title: Text
    day: date
    until: date
    begins: str = ""
    ends: str = ""
    root: str = ""
    root_id: int = 0
    row_id: int = 0
    line: str = ""
    done: bool = False
    fixed: bool = False

    @property
    def key(self) -> tuple[str, int, date, str]:
        """What tells it from all others."""
        return self.kind, self.row_id or self.root_id, self.day, self.line

    @property
    def movable(self) -> bool:
        """Whether it may be dragged to another day."""
        return self.kind in MOVABLE and not self.fixed

    def late(self, today: date) -> bool:
        """Whether it should have been done before today."""
        return not self.done and self.until < today and self.kind in ("followup", "milestone", "deliverable")


def in_order(entries: Iterable[Dated]) -> list[Dated]:
    """What goes over several days first, then whole days, then by time, kind and words."""
    return sorted(entries, key=lambda one: (
        one.until == one.day, bool(one.begins), one.begins, _RANK.get(one.kind, len(KINDS)), str(one.title),
        one.row_id or one.root_id))


def by_day(entries: Iterable[Dated], first: date, last: date) -> Mapping[date, tuple[Dated, ...]]:
    """The entries of each day between two, in the order in which a day shows them; days without any are left out."""
    found: dict[date, list[Dated]] = {}
    for one in in_order(entries):
        day, until = max(one.day, first), min(one.until, last)
        while day <= until:
            found.setdefault(day, []).append(one)
            day += timedelta(days=1)
    return {day: tuple(listed) for day, listed in found.items()}
