"""Points and languages of applications, and the score made of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.applications import (
    awaits,
    call_problems,
    languages_of,
    missing_parts,
    order_of,
    part_problems,
    points_of,
    points_problems,
    score_of,
    with_points,
)
from partnerdesk.domain.calls import Application, Call, ScorePart

GRADE = ScorePart(id=1, name="Grades", weight=3, best=30)
TALK = ScorePart(id=2, name="Interview", weight=1, best=10)


def test_that_the_score_weighs_each_part_by_its_share_of_the_best_points():
    assert score_of({1: 30, 2: 10}, (GRADE, TALK)) == 100
    assert score_of({1: 15, 2: 10}, (GRADE, TALK)) == pytest.approx(62.5)


def test_that_a_part_without_points_counts_nothing_and_is_told():
    assert score_of({1: 30}, (GRADE, TALK)) == 75
    assert missing_parts({1: 30}, (GRADE, TALK)) == [TALK]


def test_that_a_call_without_parts_ranks_nobody_above_another():
    assert score_of({}, ()) == 0
    assert order_of({}, ()) == (0,)


def test_that_equal_scores_are_told_apart_by_the_parts_in_their_order():
    even = ScorePart(id=1, name="Grades", best=10), ScorePart(id=2, name="Interview", best=10)
    assert order_of({1: 6, 2: 4}, even) > order_of({1: 4, 2: 6}, even)


def test_that_points_are_set_and_taken_out_one_part_at_a_time():
    assert with_points(("1=20",), 2, 7.5) == ("1=20", "2=7.5")
    assert with_points(("1=20", "2=7.5"), 1, None) == ("2=7.5",)
    assert points_of(("x", "1=20", "2=")) == {1: 20}


@given(st.dictionaries(st.integers(1, 9), st.floats(0, 100).map(lambda v: round(v, 2)), max_size=5))
def test_that_points_are_read_as_they_were_written(points):
    entries = ()
    for part, value in points.items():
        entries = with_points(entries, part, value)
    assert points_of(entries) == points


@pytest.mark.parametrize(("points", "refused"), [(None, False), (0, False), (30, False), (30.5, True), (-1, True)])
def test_that_points_outside_their_part_are_refused(points, refused):
    assert bool(points_problems(points, GRADE)) is refused


def test_that_a_part_needs_a_name_and_best_points():
    assert {p.field for p in part_problems(ScorePart(best=0, weight=-1))} == {"name", "best", "weight"}
    assert not part_problems(GRADE)


def test_that_a_call_needs_a_title_and_a_year():
    assert {p.field for p in call_problems(Call())} == {"title", "year"}


def test_that_of_two_levels_in_a_language_the_higher_counts():
    assert languages_of(("fr=B1", "fr=A2", "en")) == {"fr": "B1", "en": ""}


@pytest.mark.parametrize(("offer", "by_hand", "open_"), [
    ("none", False, True), ("waiting", False, True), ("placed", False, True), ("placed", True, False),
    ("offered", False, False), ("accepted", False, False), ("declined", False, False), ("withdrawn", False, False)])
def test_that_a_run_decides_only_about_those_nobody_has_decided_on(offer, by_hand, open_):
    assert awaits(Application(offer=offer, by_hand=by_hand)) is open_
