"""The calendar's entries: each on all of its days, in the order in which a day shows them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.agenda import KINDS, Dated, by_day, in_order
from partnerdesk.domain.words import Text

FIRST = date(2026, 3, 2)


def entry(kind="visit", start=0, length=0, **fields):
    day = FIRST + timedelta(days=start)
    return Dated(kind=kind, title=Text("x"), day=day, until=day + timedelta(days=length), **fields)


entries = st.lists(st.builds(
    entry, kind=st.sampled_from(KINDS), start=st.integers(-30, 60), length=st.integers(0, 20),
    begins=st.sampled_from(["", "08:00", "14:30"]), row_id=st.integers(1, 99)), max_size=30)


@given(entries, st.integers(0, 41))
def test_that_a_day_shows_exactly_what_it_lies_in(found, length):
    last = FIRST + timedelta(days=length)
    shown = by_day(found, FIRST, last)
    for n in range(length + 1):
        day = FIRST + timedelta(days=n)
        assert sorted(map(id, shown.get(day, ()))) == sorted(id(one) for one in found if one.day <= day <= one.until)
    assert all(FIRST <= day <= last for day in shown)


def test_that_spans_come_before_whole_days_and_these_before_times():
    timed, whole, span = entry(begins="08:00"), entry(), entry(length=3)
    assert in_order([timed, whole, span]) == [span, whole, timed]


@pytest.mark.parametrize(("kind", "fixed", "movable"), [
    ("followup", False, True), ("followup", True, False), ("appointment", False, True), ("visit", False, False),
    ("agreement-ends", False, False)])
def test_that_only_what_is_the_offices_own_can_be_moved(kind, fixed, movable):
    assert entry(kind, fixed=fixed).movable is movable


def test_that_what_is_done_is_not_late():
    assert entry("milestone", -3).late(FIRST)
    assert not entry("milestone", -3, done=True).late(FIRST)
    assert not entry("visit", -3).late(FIRST)
