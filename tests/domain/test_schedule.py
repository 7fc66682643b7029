"""Plans: nothing before what it waits for, circles found, the critical path as an independent search finds it."""

from datetime import date, timedelta
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain import schedule
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.schedule import Link, Looped, Plan, Span

START = date(2027, 1, 1)
KINDS = ("FS", "SS", "FF", "SF")


def day(n: int) -> date:
    return START + timedelta(days=n)


def span(task: int, first: int, last: int) -> Span:
    return Span(task, day(first), day(last))


@st.composite
def plans(draw: st.DrawFn, most: int = 9) -> Plan:
    """Plans without circles, their spans as somebody wrote them: links may be broken."""
    n = draw(st.integers(1, most))
    spans = []
    for task in range(1, n + 1):
        first = draw(st.integers(0, 60))
        spans.append(span(task, first, first + draw(st.integers(0, 20))))
    order = draw(st.permutations(range(1, n + 1)))
    links = []
    for at, after in enumerate(order):
        for before in order[:at]:
            if draw(st.integers(0, 2)) == 0:
                links.append(Link(before, after, draw(st.sampled_from(KINDS)), draw(st.integers(-3, 9))))
    return Plan(spans, links)


def settled(plan: Plan) -> Plan:
    return Plan({**plan.spans, **plan.settled()}.values(), plan.links)


@given(plans())
def test_that_after_settling_no_task_stands_before_what_it_waits_for(plan: Plan) -> None:
    made = settled(plan)
    assert made.broken() == ()
    assert made.settled() == {}
    for task, one in made.spans.items():
        before = plan.spans[task]
        assert one.first is not None and before.first is not None and one.first >= before.first
        assert one.days == before.days


@given(plans(), st.data())
def test_that_a_move_keeps_every_link_and_pushes_only_as_far_as_needed(plan: Plan, data: st.DataObject) -> None:
    made = settled(plan)
    task = data.draw(st.sampled_from(sorted(made.spans)))
    by = data.draw(st.integers(-40, 40))
    outcome = made.moved([made.spans[task].later(by)])
    after = Plan({**made.spans, **outcome.spans}.values(), made.links)
    assert after.broken() == ()
    assert set(outcome.pushed) == set(outcome.spans) - {task}
    for pushed in outcome.pushed:
        now, was = after.spans[pushed], made.spans[pushed]
        assert now.days == was.days and now.first is not None and was.first is not None and now.first > was.first
        a_day_less = now.later(-1)
        assert any(schedule.lacking(one, after.spans[one.before], a_day_less) for one in made.waits_for(pushed))
    wished = made.spans[task].later(by)
    assert (after.spans[task] == wished) == (outcome.held_by is None)


@given(plans(), st.data())
def test_that_a_stretch_keeps_every_link_and_at_least_one_day(plan: Plan, data: st.DataObject) -> None:
    made = settled(plan)
    task = data.draw(st.sampled_from(sorted(made.spans)))
    first = data.draw(st.integers(-20, 80))
    outcome = made.moved([span(task, first, first + data.draw(st.integers(0, 50)))])
    after = Plan({**made.spans, **outcome.spans}.values(), made.links)
    assert after.broken() == ()
    assert after.spans[task].days >= 1


@given(plans(), st.data())
def test_that_many_tasks_moved_at_once_keep_every_link(plan: Plan, data: st.DataObject) -> None:
    made = settled(plan)
    some = data.draw(st.sets(st.sampled_from(sorted(made.spans)), min_size=1))
    outcome = made.moved(made.spans[task].later(data.draw(st.integers(-30, 30))) for task in some)
    assert Plan({**made.spans, **outcome.spans}.values(), made.links).broken() == ()


@given(plans(), st.data())
def test_that_the_float_is_what_a_task_can_slip_and_no_day_more(plan: Plan, data: st.DataObject) -> None:
    made = settled(plan)
    end = max(one.last for one in made.spans.values() if one.last is not None)
    spare = made.floats()
    task = data.draw(st.sampled_from(sorted(spare)))
    for days, keeps in ((spare[task], True), (spare[task] + 1, False)):
        moved = {**made.spans, **made.moved([made.spans[task].later(days)]).spans}
        assert (max(one.last for one in moved.values() if one.last is not None) == end) is keeps


def on_longest_ways(plan: Plan) -> set[int]:
    """The tasks on any longest way from the first day to the end, as a general search of graphs finds them."""
    graph = nx.DiGraph()
    first = min(one.first for one in plan.spans.values() if one.first is not None)
    for task, one in plan.spans.items():
        assert one.first is not None
        graph.add_edge("source", task, weight=-(one.first - first).days)
        graph.add_edge(task, "sink", weight=-one.days)
    for link in plan.links:
        before, after = plan.spans[link.before].days, plan.spans[link.after].days
        offset = {"FS": before, "SS": 0, "FF": before - after, "SF": -after}[link.kind] + link.lag
        old = graph.get_edge_data(link.before, link.after, {"weight": 0.5})["weight"]
        graph.add_edge(link.before, link.after, weight=-offset if old == 0.5 else min(old, -offset))
    there = nx.single_source_bellman_ford_path_length(graph, "source")
    back = nx.single_source_bellman_ford_path_length(graph.reverse(), "sink")
    return {task for task in plan.spans if there[task] + back[task] == there["sink"]}


@given(plans(12))
def test_that_the_critical_path_is_the_longest_way_through_the_plan(plan: Plan) -> None:
    made = settled(plan)
    assert set(made.critical()) == on_longest_ways(made)
    assert made.critical()


@given(st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), max_size=14))
def test_that_a_circle_is_found_whenever_there_is_one_and_named_link_by_link(pairs: list[tuple[int, int]]) -> None:
    links = [Link(before, after) for before, after in pairs]
    graph = nx.DiGraph(pairs)
    loop = schedule.find_loop(links)
    assert bool(loop) == (not nx.is_directed_acyclic_graph(graph))
    for before, after in zip(loop, (*loop[1:], *loop[:1]), strict=True):
        assert (before, after) in pairs


@given(plans(), st.data())
def test_that_a_link_is_refused_just_when_it_closes_a_circle(plan: Plan, data: st.DataObject) -> None:
    ids = st.sampled_from(sorted(plan.spans))
    link = Link(data.draw(ids), data.draw(ids))
    circle = plan.loop_with(link)
    assert bool(circle) == bool(Plan(plan.spans.values(), (*plan.links, link)).loop)
    if circle:
        assert (circle[0], circle[-1]) == (link.after, link.before)
        known = {(one.before, one.after) for one in plan.links}
        assert all(pair in known for pair in pairwise(circle))


def test_that_moving_in_a_circle_is_refused_with_its_tasks() -> None:
    plan = Plan([span(1, 0, 1), span(2, 2, 3)], [Link(1, 2), Link(2, 1)])
    with pytest.raises(Looped) as told:
        plan.moved([span(1, 5, 6)])
    assert sorted(told.value.ids) == [1, 2]
    assert told.value.problems[0].code == "R102"
    assert plan.floats() == {} and plan.critical() == ()


@given(st.integers(-3000, 3000), plans())
def test_that_shifting_there_and_back_changes_nothing(days: int, plan: Plan) -> None:
    there = schedule.shifted(plan.spans.values(), days)
    assert schedule.shifted(there.values(), -days) == plan.spans
    assert Plan(there.values(), plan.links).broken() == plan.broken()


def test_that_days_beyond_the_calendar_are_refused() -> None:
    with pytest.raises(Refused):
        Span(1, date(2199, 12, 1), date(2199, 12, 31)).later(1)
    assert Span(1, date(2199, 12, 1), date(2199, 12, 30)).later(1).last == date(2199, 12, 31)


@given(plans(), st.integers(0, 80), st.integers(1, 50))
def test_that_a_pause_touches_nothing_before_it_and_adds_its_days_after(plan: Plan, since: int, days: int) -> None:
    changed = schedule.delayed(plan.spans.values(), day(since), days)
    for task, one in plan.spans.items():
        now = changed.get(task, one)
        assert one.first is not None and one.last is not None and now.first is not None and now.last is not None
        assert (now.first - one.first).days == (days if one.first >= day(since) else 0)
        assert (now.last - one.last).days == (days if one.last >= day(since) else 0)


def test_that_a_running_task_is_longer_by_a_pause() -> None:
    changed = schedule.delayed([span(1, 0, 9), span(2, 10, 19), span(3, 0, 4)], day(5), 30)
    assert changed == {1: span(1, 0, 39), 2: span(2, 40, 49)}


@given(plans(), st.integers(1, 90), st.integers(1, 400))
def test_that_scaling_keeps_the_order_of_days_and_at_least_a_day(plan: Plan, before: int, after: int) -> None:
    made = schedule.scaled(plan.spans.values(), START, before, after)
    days = sorted((one.first, made[task].first) for task, one in plan.spans.items()
                  if one.first is not None)
    firsts = [first for _, first in days if first is not None]
    assert firsts == sorted(firsts)
    assert all(one.days >= 1 for one in made.values())


def test_that_twice_as_long_a_project_has_tasks_twice_as_long() -> None:
    made = schedule.scaled([span(1, 0, 9), span(2, 10, 19)], START, 20, 40)
    assert made == {1: span(1, 0, 19), 2: span(2, 20, 39)}
    assert schedule.scaled_day(day(10), START, 20, 40) == day(20)


@pytest.mark.parametrize(("kind", "first", "last"), [
    ("FS", 12, 14), ("SS", 2, 4), ("FF", 9, 11), ("SF", -1, 1),
])  # fmt: skip
def test_that_each_kind_of_link_holds_the_day_it_speaks_of(kind: str, first: int, last: int) -> None:
    plan = Plan([span(1, 0, 9), span(2, -20, -18)], [Link(1, 2, kind, 2)])
    assert plan.settled() == {2: span(2, first, last)}


def test_that_a_task_after_another_begins_on_the_day_after() -> None:
    plan = Plan([span(1, 0, 9), span(2, 3, 5)], [Link(1, 2)])
    assert plan.settled() == {2: span(2, 10, 12)}
    assert [one.after for one in plan.broken()] == [2]


def test_that_tasks_without_days_neither_push_nor_are_pushed() -> None:
    plan = Plan([span(1, 0, 9), Span(2), Span(3, day(4), None)], [Link(1, 2), Link(2, 3), Link(1, 3)])
    assert plan.settled() == {3: Span(3, day(10), None)}
    assert plan.floats() == {1: 0}
    assert plan.leads_to(1) == (Link(1, 2), Link(1, 3))


def test_that_a_task_can_be_given_days_and_waits_then() -> None:
    plan = Plan([span(1, 0, 9), Span(2)], [Link(1, 2), Link(1, 7)])
    outcome = plan.moved([span(2, 2, 4)])
    assert outcome.spans[2].first == day(10) and outcome.held_by == Link(1, 2)


def test_that_lateness_counts_days_until_met_or_today() -> None:
    assert schedule.days_late(day(0), None, day(13)) == 13
    assert schedule.days_late(day(0), day(4), day(13)) == 4
    assert schedule.days_late(day(0), day(-4), day(13)) == 0
    assert schedule.days_late(None, None, day(13)) == 0


def test_that_the_slip_against_what_was_agreed_has_a_sign() -> None:
    assert schedule.slip(day(3), day(10)) == 7
    assert schedule.slip(day(10), day(3)) == -7
    assert schedule.slip(None, day(3)) is None
