"""Places of a condition: granted, used, held, free; divided among faculties."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.agreements import Condition, ConditionYear
from partnerdesk.domain.phases import RECEIVING_STATUSES, SENDING_STATUSES
from partnerdesk.domain.quota import (
    Usage,
    amount,
    overflow_problems,
    places_of,
    share_problems,
    shares_in,
    usage_of,
)
from partnerdesk.domain.shares import ConditionShare
from partnerdesk.domain.stays import Stay

FOUR = Condition(id=1, heads=4)


def stays(*statuses: tuple[str, str]) -> list[Stay]:
    return [Stay(id=n, sending_status=s, receiving_status=r) for n, (s, r) in enumerate(statuses, 1)]


def test_that_two_live_one_nominated_and_one_offer_leave_nothing_of_four_places() -> None:
    there = stays(("live", "verified"), ("live", "verified"), ("nomination", "pending"), ("nomination", "rejected"))
    usage = usage_of(FOUR, (), 2026, there, ["offered", "declined"])
    assert (usage.places, usage.used, usage.held, usage.free) == (4, 3, 1, 0)
    assert not usage.over


def test_that_a_planned_and_a_cancelled_stay_use_no_place() -> None:
    assert usage_of(FOUR, (), 2026, stays(("planned", "none"), ("cancelled", "verified"))).used == 0


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(SENDING_STATUSES), st.sampled_from(RECEIVING_STATUSES))),
       st.lists(st.sampled_from(["none", "offered", "accepted", "declined", "waiting"])),
       st.sampled_from(["heads", "months", "semesters"]))
def test_that_free_used_and_held_are_the_places_after_any_changes_of_status(
    changes: list[tuple[int, str, str]], offers: list[str], unit: str
) -> None:
    condition = replace(FOUR, places_unit=unit, months=40.0)
    there = stays(*[("planned", "none")] * 6)
    for which, sending, receiving in changes:
        there[which] = replace(there[which], sending_status=sending, receiving_status=receiving)
        usage = usage_of(condition, (), 2026, there, offers)
        assert usage.free is not None
        assert usage.free + usage.used + usage.held == usage.places


def test_that_a_year_outside_the_condition_grants_nothing() -> None:
    usage = usage_of(replace(FOUR, first_year=2027), (), 2026, stays(("live", "verified")))
    assert (usage.places, usage.free, usage.used) == (None, None, 1)


def test_that_a_closed_year_grants_no_place_and_an_exception_its_own_number() -> None:
    closed = ConditionYear(condition_id=1, year=2026, closed=True)
    more = ConditionYear(condition_id=1, year=2027, heads=6)
    assert [places_of(FOUR, (closed, more), year) for year in (2025, 2026, 2027)] == [4, 0, 6]


def test_that_places_in_months_and_semesters_are_used_by_the_length_of_a_stay() -> None:
    half = replace(stays(("live", "verified"))[0], term="1/2")
    five = replace(half, planned_from=date(2025, 9, 1), planned_to=date(2026, 1, 31))
    assert usage_of(replace(FOUR, places_unit="months", months=40.0), (), 2025, [five]).used == 5
    assert usage_of(replace(FOUR, places_unit="semesters"), (), 2025, [half, replace(half, term="1/1")]).used == 3


def test_that_more_than_granted_warns_or_blocks_as_the_condition_says() -> None:
    full = Usage(2, 3, 0)
    assert [p.severity for p in overflow_problems(FOUR, full)] == ["warn"]
    assert [p.severity for p in overflow_problems(replace(FOUR, overflow="hard"), full)] == ["block"]
    assert not overflow_problems(FOUR, Usage(3, 3, 1))


def test_that_faculties_cannot_get_more_than_there_is() -> None:
    shares = [ConditionShare(id=1, own_unit_id=1, heads=3), ConditionShare(id=2, own_unit_id=2, heads=2)]
    (problem,) = share_problems(4, shares)
    assert (problem.code, problem.severity) == ("R31", "block")
    assert str(problem.message) == "The faculties get 5 places, but there are 4"
    assert not share_problems(5, shares)


def test_that_a_share_of_a_year_stands_before_that_of_every_year() -> None:
    always, once = ConditionShare(id=5, own_unit_id=1, heads=3), ConditionShare(id=2, own_unit_id=1, heads=1, year=2026)
    assert shares_in([once, always], 2026) == {1: once}
    assert shares_in([once, always], 2027) == {1: always}


def test_that_sums_of_usage_keep_what_does_not_apply_apart() -> None:
    assert Usage(None, 1) + Usage(3, 1, 1) == Usage(3, 2, 1)
    assert (Usage(None) + Usage(None)).free is None


def test_that_whole_numbers_are_written_without_digits_behind_the_point() -> None:
    assert [amount(4.0), amount(4.5)] == ["4", "4.5"]
