"""Bars of the timeline taken by a real pointer: moved with what depends on them, stretched, and taken back."""

import pytest

from partnerdesk.domain.projects import Task

pytestmark = pytest.mark.timeout(300)


def spans(office):
    return {one.title: (one.starts_on, one.ends_on) for one in office.find(Task) if one.starts_on}


def bar(program, name):
    left, top, wide, high = program.wait_for(name, kind="bar")["place"]
    return left, top + high // 2, wide


@pytest.fixture
def program(start, northbridge):
    found = start(northbridge.path)
    found.come_up()
    found.come_to_front()
    found.click("Projects", kind="cell")
    switch = found.until(lambda: [one for one in found.seen["things"]
                                  if one["label"].startswith("How projects are shown")], "the switch is there")[0]
    found.click_at(switch["place"], 0.8)
    found.until(lambda: found.things(kind="bar"), "bars are in sight")
    return found


def test_that_a_bar_moved_by_the_pointer_takes_what_depends_on_it_along_and_undo_brings_all_back(program, northbridge):
    before = spans(northbridge)
    name = "Cycle tests, 5,000 h"
    left, y, wide = bar(program, name)
    x = left + wide // 2
    program.carry((x, y), (x + 120, y))
    program.until(lambda: spans(northbridge)[name] != before[name], "the task has other days")
    after = spans(northbridge)
    moved = (after[name][0] - before[name][0]).days
    assert moved > 0 and (after[name][1] - after[name][0]) == (before[name][1] - before[name][0])
    assert after["Plan for the test plant"][0] > before["Plan for the test plant"][0]
    assert {task for task in after if after[task] != before[task]} > {name}
    program.keys("ctrl+z")
    program.until(lambda: spans(northbridge) == before, "all days are as they were")


def test_that_the_end_of_a_bar_is_stretched_by_the_pointer(program, northbridge):
    before = spans(northbridge)
    name = "Cycle tests, 5,000 h"
    left, y, wide = bar(program, name)
    end = left + wide - 1
    program.carry((end, y), (end + 80, y))
    program.until(lambda: spans(northbridge)[name] != before[name], "the task has another end")
    after = spans(northbridge)
    assert after[name][0] == before[name][0] and after[name][1] > before[name][1]
