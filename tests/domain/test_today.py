"""The day's work: each thing once, in its order, without what was put off."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.followups import Snooze
from partnerdesk.domain.today import (
    KINDS,
    LATER,
    MOST_OF_A_KIND,
    OVERDUE,
    SOFT,
    URGENCIES,
    WEEK,
    Item,
    gathered,
    in_order,
    said_once,
    urgency_of,
    work_of,
)
from partnerdesk.domain.words import Text

TODAY = date(2026, 3, 2)


def thing(key, days=0, kind="followup", **fields):
    when = None if days is None else TODAY + timedelta(days=days)
    return Item(key=key, kind=kind, what=Text(key), why=Text(""), when=when, **fields)


things = st.builds(
    thing, key=st.sampled_from([f"key {n}" for n in range(20)]),
    days=st.one_of(st.none(), st.integers(-400, 400)), kind=st.sampled_from(KINDS),
    covers=st.lists(st.sampled_from([f"key {n}" for n in range(20)]), max_size=3).map(tuple),
    who=st.sampled_from(["", "Ada", "Jonas"]))


def test_that_a_thing_is_overdue_when_its_day_has_passed():
    assert urgency_of(thing("a", -1), TODAY) == OVERDUE


def test_that_a_thing_is_due_this_week_from_today_to_the_sixth_day_after():
    assert [urgency_of(thing("a", days), TODAY) for days in (0, 6, 7)] == [WEEK, WEEK, LATER]


def test_that_a_thing_without_a_day_comes_later():
    assert urgency_of(thing("a", None), TODAY) == LATER


def test_that_housekeeping_is_never_overdue():
    assert {urgency_of(thing("a", -300, kind), TODAY) for kind in SOFT} == {WEEK}


def test_that_what_says_a_thing_more_exactly_covers_what_says_it_in_general():
    general, exact = thing("ends:1", kind="agreement-ends"), thing("notice:1", covers=("ends:1",))
    assert said_once([general, exact]) == [exact]


def test_that_nothing_covers_itself_away():
    alone = thing("a", covers=("a",))
    assert said_once([alone]) == [alone]


def test_that_what_was_put_off_does_not_give_way_to_what_it_covers():
    general, exact = thing("ends:1", kind="agreement-ends"), thing("notice:1", covers=("ends:1",))
    off = Snooze(key="notice:1", until=TODAY + timedelta(days=1), reason="They are on holiday")
    work = work_of([general, exact], [off], TODAY)
    assert (work.items, [item.key for item, _ in work.aside]) == ((), ["notice:1"])


def test_that_what_was_put_off_until_today_is_back():
    off = Snooze(key="a", until=TODAY, reason="x")
    assert [item.key for item in work_of([thing("a")], [off], TODAY).items] == ["a"]


def test_that_many_contacts_become_one_line_that_counts_them():
    contacts = [thing(f"contact:{n}", -n, "contact") for n in range(MOST_OF_A_KIND + 1)]
    (one,) = gathered(contacts)
    assert (one.n, one.key, one.when) == (6, "contact:all", TODAY - timedelta(days=5))


def test_that_a_few_contacts_stand_by_themselves():
    contacts = [thing(f"contact:{n}", -n, "contact") for n in range(MOST_OF_A_KIND)]
    assert gathered(contacts) == contacts


def test_that_the_badge_counts_what_is_overdue_and_due_this_week():
    work = work_of([thing("a", -1), thing("b", 3), thing("c", 30), thing("d", None)], [], TODAY)
    assert (work.pressing, work.counts) == (2, {OVERDUE: 1, WEEK: 1, LATER: 2})


@given(st.lists(things, max_size=30))
def test_that_no_key_stands_twice_and_no_thing_that_is_covered(found):
    once = said_once(found)
    keys = [item.key for item in once]
    covered = {key for item in once for key in item.covers if key != item.key}
    assert len(set(keys)) == len(keys)
    assert not covered & set(keys)


@given(st.lists(things, max_size=30))
def test_that_urgencies_follow_each_other_and_days_within_them(found):
    listed = in_order(found, TODAY)
    places = [URGENCIES.index(urgency_of(item, TODAY)) for item in listed]
    assert places == sorted(places)
    for urgency in URGENCIES:
        days = [item.when or date.max for item in listed if urgency_of(item, TODAY) == urgency]
        assert days == sorted(days)


@given(st.lists(things, max_size=30), st.permutations(range(30)))
def test_that_the_order_in_which_things_are_found_changes_nothing_that_is_shown(found, order):
    # of two with one key the first counts, so only different keys are shuffled
    found = list({item.key: item for item in found}.values())
    other = [found[n] for n in order if n < len(found)]
    assert work_of(found, [], TODAY) == work_of(other, [], TODAY)


@given(st.lists(things, max_size=30), st.sampled_from(["Ada", "Jonas"]))
def test_that_one_persons_work_holds_nobody_elses(found, who):
    assert all(item.who == who for item in work_of(found, [], TODAY, who).items)
