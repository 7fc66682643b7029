"""Learning agreements: credits, pairs, signatures, and versions of changes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.learning import (
    LearningComponent,
    LearningVersion,
    Totals,
    changes_only,
    completed_on,
    component_problems,
    credit_problems,
    first_completed_on,
    in_force,
    next_pair,
    next_version,
    pairing_problems,
    pairings,
    plain_credits,
    semesters,
    totals,
)

ALGO = LearningComponent(id=1, position=0, part="A", code="CS1", title="Algorithms", credits=6.0, pair=1)
LOGIC = LearningComponent(id=2, position=1, part="A", code="CS2", title="Logic", credits=4.5)
HOME = LearningComponent(id=3, position=2, part="B", title="Informatik I", credits=6.0, pair=1)
ONLINE = LearningComponent(id=4, position=3, part="C", title="Preparation", credits=2.0)
SIGNED = LearningVersion(id=1, n=1, student_signed_on=date(2026, 4, 1), sending_signed_on=date(2026, 4, 9),
                         receiving_signed_on=date(2026, 4, 5))


def test_that_credits_are_added_up_by_table_without_what_was_deleted():
    found = totals([ALGO, LOGIC, HOME, ONLINE, replace(LOGIC, id=9, change="deleted")])
    assert found == Totals(10.5, 6.0, 2.0)
    assert found.studied == 12.5


def test_that_three_signatures_make_it_complete_on_the_day_of_the_last():
    assert completed_on(SIGNED) == date(2026, 4, 9)
    assert completed_on(replace(SIGNED, receiving_signed_on=None)) is None


def test_that_the_last_complete_version_holds():
    second = LearningVersion(id=2, n=2, kind="change")
    assert in_force([second, SIGNED]) == SIGNED
    assert in_force([second]) == second
    assert in_force([]) is None
    later = replace(SIGNED, id=2, n=2, sending_signed_on=date(2026, 10, 1))
    assert in_force([later, SIGNED]) == later
    assert first_completed_on([second, later, SIGNED]) == date(2026, 4, 9)
    assert first_completed_on([second]) is None


@pytest.mark.parametrize(("term", "found"), [("1/1", 2.0), ("1/2", 1.0), ("2/3", 2 / 3), ("4/4", 0.5), ("", 1.0)])
def test_that_a_term_says_how_many_semesters_it_is(term, found):
    assert semesters(term) == found


def test_that_a_stay_without_a_term_is_counted_by_its_months():
    assert semesters("", date(2026, 9, 1), date(2027, 6, 30)) == 2.0


@pytest.mark.parametrize(("credits", "terms", "said"), [
    (30, 1, []), (35, 1, []), (29.5, 1, ["29.5 credits are fewer than the 30 of a stay this long"]),
    (36, 1, ["36 credits are more than the 35 of a stay this long"]), (60, 2, []),
    (30, 2, ["30 credits are fewer than the 60 of a stay this long"]), (0, 1, []), (20, 2 / 3, []),
])
def test_that_too_few_or_too_many_credits_a_semester_are_said(credits, terms, said):
    assert [str(p.message) for p in credit_problems(credits, terms)] == said


def test_that_an_office_may_have_its_own_thresholds():
    assert list(credit_problems(20, 1, low=18, high=24)) == []


def test_that_pairs_stand_before_what_stands_alone():
    found = pairings([LOGIC, HOME, ALGO])
    assert [(p.key, [c.id for c in p.away], [c.id for c in p.home]) for p in found] == [(1, [1], [3]), (None, [2], [])]
    assert next_pair([ALGO, LOGIC]) == 2


def test_that_what_nothing_answers_is_said_only_once_there_is_a_table_of_home():
    assert [str(p.message) for p in pairing_problems([ALGO, LOGIC, HOME])] == ["Nothing at home stands for Logic"]
    assert list(pairing_problems([ALGO, LOGIC])) == []


def test_that_a_component_with_too_many_credits_is_refused():
    assert [p.severity for p in component_problems(replace(ALGO, credits=121.0))] == ["block"]
    assert [p.field for p in component_problems(replace(ALGO, change="deleted"))] == ["reason_code"]
    assert list(component_problems(replace(ALGO, change="deleted", reason_code="timetable"))) == []


def test_that_a_version_of_changes_starts_from_what_held_last():
    gone = replace(LOGIC, change="deleted", reason_code="timetable")
    fresh = LearningComponent(id=5, position=4, title="Ethics", credits=4.5, change="inserted", reason="instead")
    version, components = next_version(replace(SIGNED, sending_signed_by="Ms Kallas"), [ALGO, gone, HOME, fresh],
                                       date(2026, 10, 1))
    assert (version.n, version.kind, version.id, version.made_on) == (2, "change", 0, date(2026, 10, 1))
    assert version.sending_signed_by == "Ms Kallas"
    assert completed_on(version) is None
    assert [c.title for c in components] == ["Algorithms", "Informatik I", "Ethics"]
    assert all((c.id, c.change, c.reason_code, c.reason) == (0, "", "", "") for c in components)


def test_that_only_changes_are_shown_deletions_first():
    gone = replace(LOGIC, change="deleted")
    fresh = replace(LOGIC, id=7, position=0, change="inserted")
    assert changes_only([ALGO, fresh, HOME, gone]) == [gone, fresh]


def test_that_credits_are_written_plainly():
    assert [plain_credits(value) for value in (30.0, 7.5, 6.666)] == ["30", "7.5", "6.67"]


COMPONENTS = st.lists(st.builds(
    LearningComponent, part=st.sampled_from("ABCD"), credits=st.none() | st.integers(0, 30).map(float),
    change=st.sampled_from(["", "inserted", "deleted"]), pair=st.none() | st.integers(1, 4),
    position=st.integers(0, 20)))


@given(COMPONENTS)
def test_that_a_new_version_has_the_credits_of_the_last(components):
    _, kept = next_version(SIGNED, components, date(2026, 10, 1))
    assert totals(kept) == totals(components)
    assert changes_only(kept) == []


@given(COMPONENTS)
def test_that_every_component_that_holds_is_in_one_pairing(components):
    numbered = [replace(c, id=at) for at, c in enumerate(components)]
    found = [c.id for p in pairings(numbered) for c in (*p.away, *p.home)]
    assert sorted(found) == [c.id for c in numbered if c.change != "deleted"]
