"""Which backups are kept, whatever the clock says."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.backups import NEWEST, Backup, LastStep, is_due, kept, newest, next_number

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def backup(number: int, at: datetime, *, noted: bool = True, step: int = 1) -> Backup:
    return Backup(Path(f"{number}"), number, at, "daily", 1, last_step=LastStep(step, "then"), noted=noted)


def made(*hours_ago: float) -> list[Backup]:
    """Backups of so many hours ago, numbered in that order."""
    return [backup(n, NOW - timedelta(hours=h)) for n, h in enumerate(hours_ago, start=1)]


moments = st.integers(min_value=-3 * 366 * 24, max_value=3 * 366 * 24).map(lambda h: NOW + timedelta(hours=h))
piles = st.lists(moments, max_size=60).map(lambda found: [backup(n, at) for n, at in enumerate(found, start=1)])


def test_that_all_of_today_are_kept() -> None:
    today = made(*(n / 4 for n in range(40)))
    assert kept(today, NOW) == {b.number for b in today}


def test_that_three_years_of_daily_backups_thin_to_days_weeks_and_months() -> None:
    pile = [backup(n, NOW - timedelta(days=1200 - n)) for n in range(1, 1201)]
    days = sorted((NOW - b.at).days for b in pile if b.number in kept(pile, NOW))
    assert days[:15] == list(range(15))
    weekly = [d for d in days if 14 < d <= 92]
    monthly = [d for d in days if 92 < d <= 731]
    assert 10 <= len(weekly) <= 15, "one a week, and the last of each month"
    assert 20 <= len(monthly) <= 22
    assert max(days) <= 731


def test_that_of_one_day_the_last_is_kept() -> None:
    pile = made(52, 50, 49, 3, 2, 1, 0.5, 0.2, 0.1)
    assert 3 in kept(pile, NOW)
    assert not {1, 2} & kept(pile, NOW)


@given(piles, moments)
def test_that_never_fewer_than_the_newest_five_are_kept(pile: list[Backup], now: datetime) -> None:
    keep = kept(pile, now)
    assert {b.number for b in pile[-NEWEST:]} <= keep, "those made last, although the clock ran backwards"
    latest = sorted(pile, key=lambda b: (b.at, b.number))[-NEWEST:]
    assert {b.number for b in latest} <= keep, "those with the latest dates"


@given(piles, moments)
def test_that_nothing_dated_today_or_in_the_future_goes(pile: list[Backup], now: datetime) -> None:
    assert {b.number for b in pile if b.at.date() >= now.date()} <= kept(pile, now)


@given(piles, moments, st.integers(min_value=0, max_value=900))
def test_that_thinning_day_by_day_ends_where_thinning_once_does(
    pile: list[Backup], now: datetime, days: int
) -> None:
    later = now + timedelta(days=days)
    early = [b for b in pile if b.number in kept(pile, now)]
    assert kept(early, later) >= kept(pile, later), "an early thinning took what a later one would have kept"


@given(piles, moments)
def test_that_thinning_twice_takes_nothing_more(pile: list[Backup], now: datetime) -> None:
    once = kept(pile, now)
    assert kept([b for b in pile if b.number in once], now) == once


def test_that_files_without_a_manifest_are_left_alone() -> None:
    old = backup(0, NOW - timedelta(days=4000), noted=False)
    assert 0 in kept([old, *made(0, 1, 2, 3, 4, 5, 6)], NOW)


def test_that_a_backup_is_due_when_a_day_has_gone_and_something_changed() -> None:
    day_old = backup(1, NOW - timedelta(hours=24), step=7)
    assert is_due(None, LastStep(), NOW)
    assert is_due(day_old, LastStep(8, "now"), NOW)
    assert not is_due(day_old, day_old.last_step, NOW)
    assert not is_due(backup(1, NOW - timedelta(hours=23)), LastStep(8, "now"), NOW)


def test_that_a_last_backup_of_the_future_does_not_keep_the_next_from_being_made() -> None:
    assert is_due(backup(1, NOW + timedelta(days=3000)), LastStep(8, "now"), NOW)


def test_that_the_newest_is_the_one_made_last() -> None:
    pile = [backup(2, NOW - timedelta(days=3000)), backup(1, NOW)]
    found = newest(pile)
    assert found is not None
    assert (found.number, next_number(pile), next_number([])) == (2, 3, 1)
