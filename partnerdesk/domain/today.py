"""What wants doing: one list over agreements, stays, projects, visits and the rest, the most pressing first.

Nothing stands in it twice: what says a thing more exactly covers what says it in general. Nothing stands in it that is
already done, and what was put off stands aside until its day.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from partnerdesk.domain.followups import Snooze
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text

OVERDUE, WEEK, LATER = "overdue", "week", "later"
URGENCIES = (OVERDUE, WEEK, LATER)
WEEK_DAYS = 7
MOST_OF_A_KIND = 5
"""So many things that can wait stand by themselves; more of a kind become one line."""

KINDS = (
    "agreement-sign", "agreement-notice", "agreement-ends", "agreement-draft", "amendment", "nominate", "nominated",
    "incoming", "offers", "arrival", "return", "departure-papers", "papers", "transcripts", "recognition", "payment",
    "milestone", "deliverable", "tasks", "project-review", "project-quiet", "visit", "outcomes", "followup", "review",
    "contact", "backup", "quality",
)
SOFT = frozenset({"contact", "quality", "project-quiet", "review", "project-review", "backup"})
"""Kinds that never count as overdue: good housekeeping, for which nobody waits."""
_RANK = {kind: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that wants doing.

    `key` names it for as long as it wants doing, over days and openings of the file: what was put off is known by it.
    `root` and `root_id` are the record it is about ("agreement", 12), or "" where a page deals with it; `fix` names
    what its button does, `fix_id` the row that is done to. `line` is the search line of a list that shows all it
    speaks of, `covers` are the keys of what it says more exactly. `n` counts what one line stands for.
    """

    key: str
    kind: str
    what: Text
    why: Text
    when: date | None = None
    who: str = ""
    root: str = ""
    root_id: int = 0
    fix: str = "open"
    fix_id: int = 0
    page: str = ""
    line: str = ""
    covers: tuple[str, ...] = ()
    n: int = 1


@dataclass(frozen=True, slots=True)
class DayWork:
    """What wants doing on a day: `items` in their order, and `aside` with the snooze of each that was put off.

    `more` says that there may be others behind these.
    """

    today: date
    items: tuple[Item, ...] = ()
    aside: tuple[tuple[Item, Snooze], ...] = ()
    more: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def pressing(self) -> int:
        """How many are overdue or due this week: the badge of the sidebar."""
        return self.counts.get(OVERDUE, 0) + self.counts.get(WEEK, 0)

    def of(self, urgency: str) -> tuple[Item, ...]:
        """Those of an urgency, in their order."""
        return tuple(item for item in self.items if urgency_of(item, self.today) == urgency)


def urgency_of(item: Item, today: date) -> str:
    """Overdue, due within seven days, or later; housekeeping is never overdue, what has no day comes later."""
    if item.when is None:
        return LATER
    if item.when < today:
        return WEEK if item.kind in SOFT else OVERDUE
    return WEEK if item.when < today + timedelta(days=WEEK_DAYS) else LATER


def in_order(items: Iterable[Item], today: date) -> list[Item]:
    """By urgency, then by day, then by kind; what has no day stands last."""
    def place(item: Item) -> tuple[int, date, int, str]:
        urgency = URGENCIES.index(urgency_of(item, today))
        return urgency, item.when or date.max, _RANK.get(item.kind, len(KINDS)), item.key

    return sorted(items, key=place)


def said_once(items: Iterable[Item]) -> list[Item]:
    """Each key once, without what others say more exactly."""
    by_key: dict[str, Item] = {}
    for item in items:
        by_key.setdefault(item.key, item)
    covered = {key for item in by_key.values() for key in item.covers if key != item.key}
    return [item for item in by_key.values() if item.key not in covered]


def gathered(items: Iterable[Item], most: int = MOST_OF_A_KIND) -> list[Item]:
    """Many of one kind that can wait become one line, which leads to the page that lists them."""
    items = list(items)
    of_kind = {kind: [item for item in items if item.kind == kind] for kind in _TOGETHER}
    many = {kind: found for kind, found in of_kind.items() if len(found) > most}
    rest = [item for item in items if item.kind not in many]
    return [*rest, *(_together(kind, found) for kind, found in many.items())]


def _together(kind: str, items: Sequence[Item]) -> Item:
    what, why, page, line = _TOGETHER[kind]
    n = sum(item.n for item in items)
    names = {item.who for item in items}
    return Item(key=f"{kind}:all", kind=kind, what=text(what, n=n), why=Text(why), n=n, page=page, line=line,
                when=min((item.when for item in items if item.when), default=None),
                who=names.pop() if len(names) == 1 else "")


def parted(
    items: Iterable[Item], snoozes: Iterable[Snooze], today: date
) -> tuple[list[Item], list[tuple[Item, Snooze]]]:
    """What wants doing now, and what was put off until a day after today."""
    off = {one.key: one for one in snoozes if one.until is not None and one.until > today}
    now, aside = [], []
    for item in items:
        if item.key in off:
            aside.append((item, off[item.key]))
        else:
            now.append(item)
    return now, aside


def of_person(items: Iterable[Item], who: str) -> list[Item]:
    """What one person is responsible for; "" means everybody's."""
    return [item for item in items if not who or item.who == who]


def work_of(
    items: Iterable[Item], snoozes: Collection[Snooze], today: date, who: str = "", *, more: bool = False
) -> DayWork:
    """The day's work out of all that was found: once each, gathered, without what was put off, in its order."""
    # what was put off goes last: else what it covers would come back in its place
    now, aside = parted(gathered(said_once(of_person(items, who))), snoozes, today)
    listed = in_order(now, today)
    counts: dict[str, int] = {}
    for item in listed:
        urgency = urgency_of(item, today)
        counts[urgency] = counts.get(urgency, 0) + 1
    return DayWork(today, tuple(listed), tuple(sorted(aside, key=lambda one: (one[1].until or today, one[0].key))),
                   more, counts)


_TOGETHER = {
    "contact": (QT_TRANSLATE_NOOP("PartnerDesk", "Confirm {n} contacts"),
                QT_TRANSLATE_NOOP("PartnerDesk", "Not confirmed for 12 months"), "data", ""),
    "project-quiet": (QT_TRANSLATE_NOOP("PartnerDesk", "{n} projects without activity"),
                      QT_TRANSLATE_NOOP("PartnerDesk", "Nothing was entered for 90 days"), "projects", ""),
    "review": (QT_TRANSLATE_NOOP("PartnerDesk", "Review {n} partnerships"),
               QT_TRANSLATE_NOOP("PartnerDesk", "Their reviews are due"), "partners", ""),
}
