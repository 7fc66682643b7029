"""What a backup is, and which ones are kept: many of today, fewer of long ago, never fewer than the newest five."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from partnerdesk.domain.journal import Step

Reason = Literal["daily", "asked", "migration", "import", "merge", "restore"]
REASONS: tuple[Reason, ...] = ("daily", "asked", "migration", "import", "merge", "restore")

NEWEST = 5
DAILY_DAYS, WEEKLY_DAYS, MONTHLY_DAYS = 14, 92, 731


@dataclass(frozen=True, slots=True)
class LastStep:
    """The last step of the journal that a backup holds, by which it is known what came after it."""

    id: int = 0
    at: str = ""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup of an office, as its manifest tells of it.

    `number` counts the backups of an office in the order they were made, whatever the clock said; `at` is that
    moment with its time zone; `size` in bytes; `counts` holds the rows of each table; `office` and `place` are the
    name and the folder of the office then. `noted` is False for a file without a readable manifest, of which only
    path, moment and size are known.
    """

    path: Path
    number: int
    at: datetime
    reason: Reason
    size: int
    who: str = ""
    office: str = ""
    sha256: str = ""
    schema: int = 0
    last_step: LastStep = LastStep()
    counts: Mapping[str, int] = field(default_factory=dict)
    noted: bool = True
    place: str = ""


@dataclass(frozen=True, slots=True)
class Since:
    """What an office holds that a backup does not, lost by restoring it, and the other way round: gained.

    Counted are steps of the journal and, by kind of root ("partner"), the records that they touched; `steps` holds
    the newest of those that would be lost, the last one first.
    """

    lost_steps: int = 0
    gained_steps: int = 0
    records: Mapping[str, int] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether both hold the same."""
        return not (self.lost_steps or self.gained_steps)


def kept(backups: Iterable[Backup], now: datetime) -> frozenset[int]:
    """Numbers of the backups to keep at that moment; the others may go.

    Kept are all of today, the last of each day for two weeks, of each week for three months, of each month for two
    years; besides the five made last and the five with the latest dates, so that a wrong clock takes none of them,
    and all that are dated in the future or have no manifest.
    """
    known = sorted(backups, key=lambda b: (b.at, b.number))
    noted = [b for b in known if b.noted]
    keep = {b.number for b in known if not b.noted}
    keep |= {b.number for b in sorted(noted, key=lambda b: b.number)[-NEWEST:]}
    keep |= {b.number for b in noted[-NEWEST:]}
    today = now.astimezone().date()
    days = {b.number: b.at.astimezone().date() for b in noted}
    keep |= {number for number, day in days.items() if day >= today}
    for within, bucket in _BUCKETS:
        last: dict[object, int] = {}
        for b in noted:
            if 0 < (today - days[b.number]).days <= within:
                last[bucket(days[b.number])] = b.number
        keep |= set(last.values())
    return frozenset(keep)


def next_number(known: Collection[Backup]) -> int:
    """The number of the backup to be made next."""
    return 1 + max((b.number for b in known), default=0)


def newest(backups: Sequence[Backup]) -> Backup | None:
    """The backup made last, by number and not by the clock."""
    return max((b for b in backups if b.noted), key=lambda b: b.number, default=None)


def is_due(last: Backup | None, step: LastStep, now: datetime) -> bool:
    """Whether the daily backup is to be made: something changed since the last one, and that is a day old.

    A last backup that is dated in the future says nothing about a day, so it counts as old.
    """
    if last is None:
        return True
    if last.last_step == step:
        return False
    age = (now - last.at).total_seconds()
    return age < 0 or age >= 86_400


def _by_day(day: date) -> object:
    return day


def _by_week(day: date) -> object:
    return day.isocalendar()[:2]


def _by_month(day: date) -> object:
    return day.year, day.month


_BUCKETS: tuple[tuple[int, Callable[[date], object]], ...] = (
    (DAILY_DAYS, _by_day), (WEEKLY_DAYS, _by_week), (MONTHLY_DAYS, _by_month))
