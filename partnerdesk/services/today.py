"""What wants doing today, from everything the office holds; and putting it off, or doing it in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.followup_rules import snooze_problems
from partnerdesk.domain.followups import FollowUp, Snooze
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.today import DayWork, Item, work_of
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services.deeds import refuse_blocks

if TYPE_CHECKING:
    from pathlib import Path

    from partnerdesk.store.today import Ask
    from partnerdesk.store.unit import Reader, Unit

    Source = Callable[[Reader, Ask], list[Item]]

FIRST = 30
"""How many of each kind are looked for at first, to show something at once."""
BACKUP_DAYS = 7
MOVING_SHOWN = 3
ENDING = "ends<90d state:in_effect,expiring,notice_window,terminating"
ARRIVING = "direction:in starts<30d phase:nominated,accepted,preparing"
MISSING = "missing:yes late:yes phase:open"
LATE = "late:yes"
IN_PLACE = frozenset({"done", "confirm", "met", "handed-in", "arrived", "left", "pay"})
"""The fixes that `fix` does; all others lead somewhere."""


@dataclass(frozen=True, slots=True)
class Counter:
    """A figure at the head: `n` with what stands beside it, and the page and search line that list the same."""

    key: str
    n: int
    beside: int
    page: str
    line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """Somebody who leaves, comes or ends a stay on a day; `begins` at the beginning of the stay."""

    stay_id: int
    name: str
    direction: str
    kind: str
    partner: str
    city: str
    day: date
    begins: bool


@dataclass(frozen=True, slots=True)
class PlacesOut:
    """Places for outgoing people in the academic year `year`: what there is, is used and is held by offers."""

    year: str = ""
    places: int = 0
    used: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands around the list: the counters, who comes and goes (the next ones of `movers`), places."""

    counters: tuple[Counter, ...] = ()
    moving: tuple[Moving, ...] = ()
    movers: int = 0
    places: PlacesOut = PlacesOut()


def first_work(reader: Reader, who: str = "", limit: int = FIRST) -> DayWork:
    """The most pressing of the day's work, at once; `more` where there may be others behind."""
    today = clock.today()
    found, more = _found(reader, who, limit, _first())
    followups, off = _followups(reader, who, today)
    return work_of((*found, *followups), (*_snoozes(reader), *off), today, who, more=more)


def day_work(reader: Reader, who: str = "", path: Path | None = None) -> DayWork:
    """All that wants doing; with the `path` of the office also whether it has been backed up."""
    from partnerdesk.domain.today_papers import backup

    today = clock.today()
    found, _ = _found(reader, who, -1, (*_first(), *_then()))
    followups, off = _followups(reader, who, today)
    found += followups
    if path is not None and not who and not is_bare(reader):
        last = last_backup(path)
        if last is None or (today - last).days >= BACKUP_DAYS:
            found.append(backup(last, today))
    return work_of(found, (*_snoozes(reader), *off), today, who)


def today_rows(reader: Reader, who: str = "") -> list[Item]:
    """All that wants doing, in its order: for a file."""
    return list(day_work(reader, who).items)


def beside(reader: Reader) -> Beside:
    """What stands around the list."""
    from partnerdesk.domain.query import parse
    from partnerdesk.services import abroad, listing
    from partnerdesk.store import today_counts as counts
    from partnerdesk.store.today import Ask

    today = clock.today()
    ask = Ask(today)
    away = abroad.by_country(reader, abroad.query_of(today))
    arriving, people, points = (each(reader, ask) for each in (
        counts.arriving, counts.missing_papers, counts.late_points))
    ending = listing.agreement_hits(reader, parse(ENDING, ("ends", "state")).listing())
    moving = counts.comers_and_goers(reader, ask)
    return Beside(
        (Counter("abroad", sum(away.values()), len(away), "abroad"),
         Counter("arriving", *arriving, "stays", ARRIVING), Counter("ending", ending, 90, "agreements", ENDING),
         Counter("papers", people[1], people[0], "stays", MISSING), Counter("late", *points, "projects", LATE)),
        tuple(_moving(row) for row in moving[:MOVING_SHOWN]), len(moving), places_out(reader))


def is_bare(reader: Reader) -> bool:
    """Whether the office holds nothing yet that work could come from."""
    from partnerdesk.services.listing import partner_count

    return partner_count(reader) == 0 and not reader.count(FollowUp)


def places_out(reader: Reader) -> PlacesOut:
    """Places for outgoing students in the coming academic year, counted in heads."""
    from partnerdesk.services.places import places_grid

    grid = places_grid(reader, _coming_year(reader), 1)
    cells = [row.cells[0].usage for row in grid.rows if row.direction == "out" and row.unit == "heads"]
    granted = [usage for usage in cells if usage.places is not None]
    return PlacesOut(str(grid.years[0]), round(sum(usage.places or 0 for usage in granted)),
                     round(sum(usage.used for usage in granted)), round(sum(usage.held for usage in granted)))


def last_backup(path: Path) -> date | None:
    """The day of the last backup beside an office, None where there is none."""
    from partnerdesk.services.paths import backup_folder
    from partnerdesk.store import backup

    return max((one.at.astimezone().date() for one in backup.listed(backup_folder(path))), default=None)


def quality_item(reader: Reader) -> Item | None:
    """What is wrong in the data, as one line; None where nothing is. It looks at all records, so it takes its time."""
    from partnerdesk.domain.today_papers import quality
    from partnerdesk.services.quality import findings

    n = sum(one.severity != "info" for one in findings(reader))
    return quality(n) if n else None


def responsible_people(reader: Reader) -> list[str]:
    """Those of whom the day's work can be asked: the people of the settings."""
    from partnerdesk.services.office import settings

    return [str(name) for name in settings(reader)["office.people"]]


def snooze(items: Sequence[Item], until: date | None, reason: str, who: str = "") -> Deed[None]:
    """Put things off until a day, saying why. Refuses a day that is not after today, or no reason."""
    reason = reason.strip()

    def run(unit: Unit) -> None:
        refuse_blocks(snooze_problems(until, reason, clock.today()))
        noted = [one.fix_id for one in items if one.kind == "followup"]
        unit.change_many(FollowUp, noted, snoozed_until=until, snooze_reason=reason)
        for one in items:
            if one.kind != "followup":
                _put_off(unit, Snooze(key=one.key, until=until, reason=reason, who=who))

    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "put off {name}"), items), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Put off: {name}"), items), reason)


def wake(items: Sequence[Item]) -> Deed[None]:
    """Take back that things were put off."""

    def run(unit: Unit) -> None:
        noted = [one.fix_id for one in items if one.kind == "followup"]
        unit.change_many(FollowUp, noted, snoozed_until=None, snooze_reason="")
        for one in items:
            for old in unit.find(Snooze, key=one.key):
                unit.remove(Snooze, old.id)

    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "take up {name} now"), items), run)


def fix(item: Item) -> Deed[Any]:
    """Do what an item wants where it stands; only for the fixes of IN_PLACE. Raises Refused as the deed does."""
    from partnerdesk.services import today_fixes

    return today_fixes.fix(item)


def _found(reader: Reader, who: str, limit: int, sources: Sequence[Source]) -> tuple[list[Item], bool]:
    from partnerdesk.store.today import Ask

    ask = Ask(clock.today(), who, limit)
    found: list[Item] = []
    more = False
    for source in sources:
        some = source(reader, ask)
        more = more or len(some) >= limit > 0
        found += some
    return found, more


def _first() -> tuple[Source, ...]:
    """The questions that are answered at once, and tell most of what is overdue."""
    from partnerdesk.store import today, today_projects, today_stays

    return (
        today.agreement_ends, today.agreements_unsigned, today_stays.nominations, today_stays.departure_papers,
        today_stays.movements, today_projects.points, today_projects.tasks, today_projects.visits)


def _then() -> tuple[Source, ...]:
    """Questions that take a little longer, and those about housekeeping."""
    from partnerdesk.store import today, today_projects, today_stays

    return (
        today.agreement_notices, today.amendment, today_stays.answers, today_stays.offers, today_stays.later_papers,
        today_stays.transcripts, today_stays.payments, today.contacts, today.reviews, today_projects.reviews,
        today_projects.quiet)


def _followups(reader: Reader, who: str, today: date) -> tuple[list[Item], list[Snooze]]:
    """Open follow-ups, and the snoozes that stand in their own fields."""
    from partnerdesk.store.today import followups

    found = followups(reader, who)
    return [item for item, _ in found], [
        Snooze(key=item.key, until=line.snoozed_until, reason=line.snooze_reason) for item, line in found
        if line.snoozed_until is not None and line.snoozed_until > today]


def _snoozes(reader: Reader) -> list[Snooze]:
    return reader.find(Snooze)


def _put_off(unit: Unit, wanted: Snooze) -> None:
    old = unit.find(Snooze, key=wanted.key)
    if old:
        unit.change(Snooze, old[0].id, None, until=wanted.until, reason=wanted.reason, who=wanted.who)
    else:
        unit.add(wanted)


def _coming_year(reader: Reader) -> int:
    """The academic year that people are placed for: the next one from the beginning of the calendar year on."""
    from partnerdesk.services.listing import this_year

    return this_year(reader).first + 1 if clock.today().month < 9 else this_year(reader).first


def _moving(row: tuple[Any, ...]) -> Moving:
    stay, name, direction, kind, partner, city, day, begins = row
    return Moving(stay_id=stay, name=name, direction=direction, kind=kind, partner=partner or "", city=city or "",
                  day=date.fromisoformat(day), begins=bool(begins))


def _about(template: str, items: Sequence[Item]) -> Text:
    if len(items) == 1:
        return text(template, name=items[0].what)
    return text(template, name=text(QT_TRANSLATE_NOOP("PartnerDesk", "{n} things"), n=len(items)))
