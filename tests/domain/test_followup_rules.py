"""What the rules say of follow-ups, and in which order they come."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.followup_rules import followup_problems, in_order, is_late, is_snoozed, snooze_problems
from partnerdesk.domain.followups import ABOUT, FollowUp

TODAY = date(2026, 3, 2)
DAYS = st.none() | st.dates(TODAY - timedelta(days=40), TODAY + timedelta(days=40))


def codes(followup):
    return [one.code for one in followup_problems(followup)]


def test_that_a_follow_up_says_what_is_to_be_done():
    assert codes(FollowUp(title="  ")) == ["F01"]
    assert codes(FollowUp(title="Send the signed copy")) == []


def test_that_a_follow_up_is_about_one_record_at_most():
    for link in ABOUT:
        assert codes(FollowUp(title="Call", **{link: 7})) == []
    assert codes(FollowUp(title="Call", institution_id=1, visit_id=2)) == ["F02"]


def test_that_putting_off_wants_a_later_day_and_a_reason():
    def fields(until, reason):
        return [one.field for one in snooze_problems(until, reason, TODAY)]

    assert fields(TODAY + timedelta(days=1), "They are on leave") == []
    assert fields(TODAY, "They are on leave") == ["snoozed_until"]
    assert fields(None, "") == ["snoozed_until", "snooze_reason"]


def test_that_what_was_put_off_is_late_only_once_it_is_back():
    due = TODAY - timedelta(days=9)
    put_off = FollowUp(due_on=due, snoozed_until=TODAY + timedelta(days=1))
    assert is_late(FollowUp(due_on=due), TODAY)
    assert is_snoozed(put_off, TODAY) and not is_late(put_off, TODAY)
    assert is_late(put_off, TODAY + timedelta(days=1))
    assert not is_late(FollowUp(due_on=due, done_on=TODAY), TODAY)
    assert not is_late(FollowUp(due_on=TODAY), TODAY)


@given(st.lists(st.tuples(DAYS, DAYS, DAYS), max_size=12))
def test_that_open_ones_come_first_then_those_put_off_then_those_done(days):
    given = [FollowUp(id=n, due_on=due, done_on=done, snoozed_until=until) for n, (due, done, until) in enumerate(days)]
    found = in_order(given, TODAY)
    assert sorted(one.id for one in found) == [one.id for one in given]
    places = [2 if one.done_on else 1 if is_snoozed(one, TODAY) else 0 for one in found]
    assert places == sorted(places)
    due = [one.due_on or date.max for one, place in zip(found, places, strict=True) if place == 0]
    assert due == sorted(due)
    done = [one.done_on for one in found if one.done_on]
    assert done == sorted(done, reverse=True)
