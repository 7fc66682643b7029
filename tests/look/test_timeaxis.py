"""The axis of a timeline: days lie where they belong at every scale, and ticks meet without holes."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.look.timeaxis import LAST_DAY, LEAST, MOST, SCALES, TimeAxis, short_month

DAYS = st.dates(date(1850, 1, 1), date(2250, 1, 1)).map(date.toordinal)
SCALE = st.floats(LEAST, MOST)
TIERS = ("day", "week", "month", "quarter", "year", "decade", "century")


@given(DAYS, SCALE, st.floats(-2000, 4000))
def test_that_a_place_and_its_day_are_each_others(start, per_day, x):
    axis = TimeAxis(start, per_day)
    assert axis.x(axis.day(x)) == pytest.approx(x, abs=1e-3)


@given(DAYS, SCALE, SCALE, st.floats(0, 1500))
def test_that_the_day_under_the_pointer_stays_when_zooming(start, before, after, x):
    axis = TimeAxis(start, before)
    zoomed = axis.zoomed(after, x)
    if 1.0 < zoomed.start < LAST_DAY - 1:
        assert zoomed.day(x) == pytest.approx(axis.day(x), abs=1e-3)


@given(DAYS, SCALE, st.sampled_from(TIERS), st.integers(0, 6))
def test_that_ticks_cover_what_is_in_sight_without_holes(start, per_day, tier, begins):
    axis = TimeAxis(start, max(per_day, 0.5) if tier in ("day", "week") else per_day)
    ticks = list(axis.ticks(tier, 1000.0, begins))
    assert axis.x(ticks[0].first) <= 0.0 and axis.x(ticks[-1].after) >= 1000.0
    assert all(one.after == other.first for one, other in pairwise(ticks))
    if tier == "week":
        assert {tick.day.weekday() for tick in ticks} == {begins}


def test_that_a_leap_day_has_a_place_of_its_own():
    axis = TimeAxis(date(2028, 2, 1).toordinal(), 20.0)
    february = next(axis.ticks("month", 100.0))
    assert february.after - february.first == 29
    assert axis.x(date(2028, 3, 1).toordinal()) - axis.x(date(2028, 2, 28).toordinal()) == pytest.approx(40.0)
    plain = TimeAxis(date(2027, 2, 1).toordinal(), 20.0)
    assert next(plain.ticks("month", 100.0)).after == date(2027, 3, 1).toordinal()


def test_that_the_ends_of_all_time_break_nothing():
    for tier in TIERS:
        assert list(TimeAxis(LAST_DAY - 3.0, 10.0).ticks(tier, 500.0))
        assert list(TimeAxis(1.0, 10.0).ticks(tier, 500.0))


@pytest.mark.parametrize(("scale", "tiers"), [
    (40.0, ("month", "day")), (SCALES["week"], ("month", "week")), (SCALES["month"], ("year", "month")),
    (SCALES["quarter"], ("year", "quarter")), (SCALES["year"], ("decade", "year")), (0.02, ("century", "decade"))])
def test_that_each_scale_has_its_two_tiers_whatever_the_size_of_text(scale, tiers):
    assert TimeAxis(1.0, scale).tiers == tiers
    assert TimeAxis(1.0, scale * 2, 2.0).tiers == tiers


def test_that_september_is_three_letters_long():
    assert short_month(date(2026, 9, 1)) == "Sep"
