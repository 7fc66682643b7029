"""The arithmetic of plans: who waits for whom, what a move pushes, what decides the end; plain values only.

A day is a `date`; a span lasts from its first to its last day, both included. Counted from the beginning of its first
to the beginning of the day after its last, a link with a lag of n days asks:

    FS  the later begins  >= the earlier ends    + n        SS  the later begins >= the earlier begins + n
    FF  the later ends    >= the earlier ends    + n        SF  the later ends   >= the earlier begins + n

So with a lag of 0 a task after FS begins on the day after. A link binds nothing where a day it speaks of is missing.
"""

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from partnerdesk.domain.dates import EARLIEST_YEAR, LATEST_YEAR
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text


@dataclass(frozen=True, slots=True)
class Span:
    """A task's id with its first and last day, both included; None where a day is not planned yet."""

    id: int
    first: date | None = None
    last: date | None = None

    @property
    def days(self) -> int:
        """How many days it lasts, 0 where a day is missing."""
        return 0 if self.first is None or self.last is None else (self.last - self.first).days + 1

    def later(self, days: int) -> "Span":
        """The same span so many days later. Raises Refused outside the years of dates."""
        return Span(self.id, moved_day(self.first, days), moved_day(self.last, days))


@dataclass(frozen=True, slots=True)
class Link:
    """Task `after` waits for `before`; `kind` FS, SS, FF or SF, `lag` in days."""

    before: int
    after: int
    kind: str = "FS"
    lag: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a move does: the spans that change, those of them only pushed, and the link that held a moved one back."""

    spans: dict[int, Span] = field(default_factory=dict)
    pushed: tuple[int, ...] = ()
    held_by: Link | None = None


class Looped(Refused):
    """Tasks that wait for each other in a circle: `ids`, each before the next and the last before the first."""

    def __init__(self, ids: tuple[int, ...]) -> None:
        super().__init__(Problem("R102", "block", "before_id", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "These tasks wait for each other in a circle"))))
        self.ids = ids


class Plan:
    """Spans and links with their order worked out once; it never changes, moves answer with an Outcome.

    Links from or to spans that are not given count for nothing. Only what needs an order raises Looped.
    """

    def __init__(self, spans: Iterable[Span], links: Iterable[Link] = ()) -> None:
        self.spans: dict[int, Span] = {one.id: one for one in spans}
        self.links = tuple(one for one in links if one.before in self.spans and one.after in self.spans)
        self._into: dict[int, list[Link]] = {}
        self._out: dict[int, list[Link]] = {}
        for one in self.links:
            self._into.setdefault(one.after, []).append(one)
            self._out.setdefault(one.before, []).append(one)
        self._order = _sorted(self.spans, self._into, self._out)
        self._rank = {one: at for at, one in enumerate(self._order)}

    @property
    def loop(self) -> tuple[int, ...]:
        """The ids of one circle of tasks, each before the next; empty where there is none."""
        return _circle([one for one in self.spans if one not in self._rank], self._into)

    def loop_with(self, link: Link) -> tuple[int, ...]:
        """The circle that a new link would close, beginning with the task that is to wait; empty where it may be."""
        came: dict[int, int] = {link.after: link.after}
        waiting = [link.after]
        while waiting:
            at = waiting.pop()
            if at == link.before:
                return _way_back(came, link.before, link.after)
            for one in self._out.get(at, ()):
                if one.after not in came:
                    came[one.after] = at
                    waiting.append(one.after)
        return ()

    def waits_for(self, task_id: int) -> tuple[Link, ...]:
        """The links that lead into a task."""
        return tuple(self._into.get(task_id, ()))

    def leads_to(self, task_id: int) -> tuple[Link, ...]:
        """The links that lead out of a task."""
        return tuple(self._out.get(task_id, ()))

    def broken(self) -> tuple[Link, ...]:
        """The links that the spans do not keep."""
        return tuple(one for one in self.links if lacking(one, self.spans[one.before], self.spans[one.after]) > 0)

    def moved(self, wishes: Iterable[Span]) -> Outcome:
        """Tasks put to new days, and what that pushes; raises Looped, Refused.

        A task of the same length moves, one of another length is stretched; neither begins (or ends) before the tasks
        it waits for allow: it stays at the first days they do, and `held_by` names the link. What waits for it is
        pushed later, only as far as needed and never stretched; nothing is pulled earlier.
        """
        self._check()
        wished = {one.id: one for one in wishes}
        now = dict(self.spans)
        held: Link | None = None
        changed: dict[int, Span] = {}
        waiting = [(self._rank[one], one) for one in wished]
        heapq.heapify(waiting)
        seen: set[int] = set()
        while waiting:
            _, at = heapq.heappop(waiting)
            if at in seen:
                continue
            seen.add(at)
            if at in wished:
                now[at], stop = self._placed(wished[at], now)
                held = held or stop
            else:
                now[at] = now[at].later(max((lacking(one, now[one.before], now[at])
                                             for one in self._into[at] if one.before in changed), default=0))
            if now[at] != self.spans[at]:
                changed[at] = now[at]
                for one in self._out.get(at, ()):
                    heapq.heappush(waiting, (self._rank[one.after], one.after))
        return Outcome(changed, tuple(one for one in changed if one not in wished), held)

    def settled(self) -> dict[int, Span]:
        """The spans that have to go later so that every link is kept, each as little as possible; raises Looped."""
        self._check()
        now = dict(self.spans)
        for at in self._order:
            now[at] = now[at].later(max((lacking(one, now[one.before], now[at]) for one in self._into.get(at, ())),
                                        default=0))
        return {at: one for at, one in now.items() if one != self.spans[at]}

    def floats(self) -> dict[int, int]:
        """How many days each task with both days can slip before the end of the whole plan does; {} with a loop."""
        if self.loop:
            return {}
        now = {**self.spans, **self.settled()}
        dated = {at: one for at, one in now.items() if one.first is not None and one.last is not None}
        end = max((one.last for one in dated.values() if one.last is not None), default=date.min)
        spare: dict[int, int] = {}
        for at in reversed(self._order):
            last = now[at].last
            if at in dated and last is not None:
                spare[at] = min([(end - last).days, *(spare[one.after] - _gap(one, now[at], now[one.after])
                                                      for one in self._out.get(at, ()) if one.after in dated)])
        return spare

    def critical(self) -> tuple[int, ...]:
        """The tasks that may not slip by a day without the end of the plan doing so, in the order of their work."""
        spare = self.floats()
        return tuple(sorted((at for at, days in spare.items() if days == 0),
                            key=lambda at: (self.spans[at].first or date.max, self._rank[at])))

    def _check(self) -> None:
        if len(self._order) < len(self.spans):
            raise Looped(self.loop)

    def _placed(self, wish: Span, now: Mapping[int, Span]) -> tuple[Span, Link | None]:
        """A wish as the tasks it waits for allow it, and the link that held it most."""
        rigid = wish.days == self.spans[wish.id].days
        most = {"S": 0, "F": 0}
        held: Link | None = None
        for one in self._into.get(wish.id, ()):
            days = lacking(one, now[one.before], wish)
            if days > max(most.values()):
                held = one
            most[one.kind[1]] = max(most[one.kind[1]], days)
        if rigid:
            return wish.later(max(most.values())), held
        placed = Span(wish.id, moved_day(wish.first, most["S"]), moved_day(wish.last, most["F"]))
        if placed.first is not None and placed.last is not None and placed.last < placed.first:
            placed = replace(placed, last=placed.first)
        return placed, held


def find_loop(links: Iterable[Link]) -> tuple[int, ...]:
    """The ids of one circle of tasks, each before the next; empty where there is none."""
    links = list(links)
    return Plan((Span(at) for one in links for at in (one.before, one.after)), links).loop


def lacking(link: Link, before: Span, after: Span) -> int:
    """How many days `after` is too early for a link; 0 where it keeps it or a day is missing."""
    return max(0, _gap(link, before, after))


def moved_day(day: date | None, days: int) -> date | None:
    """A day so many days later, None stays None. Raises Refused outside the years of dates."""
    if day is None or days == 0:
        return day
    ordinal = day.toordinal() + days
    if not _FIRST <= ordinal <= _LAST:
        raise Refused(outside_problem())
    return date.fromordinal(ordinal)


def outside_problem() -> Problem:
    """What is said of a day that would lie outside the years of dates."""
    return Problem("D04", "block", "", text(QT_TRANSLATE_NOOP(
        "PartnerDesk", "Days go from the year {first} to {last}"), first=EARLIEST_YEAR, last=LATEST_YEAR))


def shifted(spans: Iterable[Span], days: int) -> dict[int, Span]:
    """Every span so many days later (earlier with a minus): there and back is where it was. Raises Refused."""
    return {one.id: one.later(days) for one in spans}


def delayed(spans: Iterable[Span], since: date, days: int) -> dict[int, Span]:
    """The spans that a pause of `days` from `since` on changes: what begins then goes later, what runs is longer."""
    changed: dict[int, Span] = {}
    for one in spans:
        first = moved_day(one.first, days) if one.first is not None and one.first >= since else one.first
        last = moved_day(one.last, days) if one.last is not None and one.last >= since else one.last
        if (first, last) != (one.first, one.last):
            changed[one.id] = Span(one.id, first, last)
    return changed


def scaled_day(day: date | None, start: date, before: int, after: int) -> date | None:
    """Where a day goes when the `before` days from `start` on become `after` (both at least 1)."""
    return None if day is None else moved_day(start, _scaled((day - start).days, before, after))


def scaled(spans: Iterable[Span], start: date, before: int, after: int) -> dict[int, Span]:
    """Every span when the `before` days from `start` on become `after`, none shorter than a day.

    Spans that followed each other still do, those of a few days may need `Plan.settled` afterwards.
    """
    made: dict[int, Span] = {}
    for one in spans:
        first = scaled_day(one.first, start, before, after)
        last = one.last
        if last is not None:
            last = moved_day(start, _scaled((last - start).days + 1, before, after) - 1)
            last = max(last, first) if last is not None and first is not None else last
        made[one.id] = Span(one.id, first, last)
    return made


def slip(base: date | None, now: date | None) -> int | None:
    """By how many days something now lies later than agreed (earlier with a minus), None where either is missing."""
    return None if base is None or now is None else (now - base).days


def days_late(due: date | None, met: date | None, today: date) -> int:
    """How many days late something is, or was when it was met; 0 in time or without a day."""
    return 0 if due is None else max(0, ((met or today) - due).days)


_FIRST, _LAST = date(EARLIEST_YEAR, 1, 1).toordinal(), date(LATEST_YEAR, 12, 31).toordinal()


def _gap(link: Link, before: Span, after: Span) -> int:
    """How many days `after` would have to go later to just keep a link; below 0 there is room, 0 where days miss."""
    asked = before.first if link.kind[0] == "S" else before.last
    has = after.first if link.kind[1] == "S" else after.last
    if asked is None or has is None:
        return 0
    ends = (link.kind[0] == "F") - (link.kind[1] == "F")
    return asked.toordinal() + ends + link.lag - has.toordinal()


def _scaled(n: int, before: int, after: int) -> int:
    # rounded down, so that the last day stays within the new end
    return n * after // before


def _sorted(ids: Iterable[int], into: Mapping[int, list[Link]], out: Mapping[int, list[Link]]) -> list[int]:
    """Ids with every task after those it waits for; what lies in or behind a circle is left out."""
    left = {one: len(into.get(one, ())) for one in ids}
    free = [one for one, n in left.items() if n == 0]
    for at in free:
        for one in out.get(at, ()):
            left[one.after] -= 1
            if left[one.after] == 0:
                free.append(one.after)
    return free


def _circle(stuck: list[int], into: Mapping[int, list[Link]]) -> tuple[int, ...]:
    """A circle among tasks that never come free: whoever walks back to what they wait for meets it."""
    if not stuck:
        return ()
    among = set(stuck)
    walked: dict[int, int] = {}
    at = stuck[0]
    while at not in walked:
        walked[at] = len(walked)
        at = next(one.before for one in into[at] if one.before in among)
    way = list(walked)[walked[at]:]
    way.reverse()
    return tuple(way)


def _way_back(came: Mapping[int, int], at: int, start: int) -> tuple[int, ...]:
    way = [at]
    while at != start:
        at = came[at]
        way.append(at)
    way.reverse()
    return tuple(way)
