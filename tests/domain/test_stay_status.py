"""How stays may go on: the table of statuses is total, parties stay, what is over is read-only."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.phases import EXITS, PHASES, RECEIVING_STATUSES, SENDING_STATUSES, Phase
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.stay_status import (
    PAIRS,
    RECEIVING_MOVES,
    SENDING_MOVES,
    change_problems,
    derived_phase,
    exit_problems,
    pair_problems,
    party_problems,
    status_problems,
    steps_to,
    take_step,
)
from partnerdesk.domain.stays import Stay

ON = date(2026, 3, 2)
PLANNED = Stay(id=1, person_id=1, sending_id=1, receiving_id=2)
STEPS = ("select", "unselect", "nominate", "ask_again", "accept", "reject", "go_live", "arrive", "unarrive", "leave",
         "unleave", "recognise", "close", "reopen")


def gone(*steps: str, start: Stay = PLANNED) -> Stay:
    for step in steps:
        start = take_step(start, step, ON)
    return start


@pytest.mark.parametrize("field, moves, codes", [
    ("sending_status", SENDING_MOVES, SENDING_STATUSES), ("receiving_status", RECEIVING_MOVES, RECEIVING_STATUSES)])
def test_that_every_change_of_status_outside_the_table_is_refused_with_its_reason(field, moves, codes):
    for old in codes:
        for new in codes:
            before, after = replace(PLANNED, **{field: old}), replace(PLANNED, **{field: new})
            said = [p for p in status_problems(before, after) if p.field == field and p.code == "R60" and p.fix]
            assert bool(said) == (old != new and new not in moves[old])
            assert all(p.severity == "block" and str(p.message) and str(p.fix) for p in said)


def test_that_the_statuses_beside_each_other_are_those_of_the_table():
    for sending in SENDING_STATUSES:
        for receiving in RECEIVING_STATUSES:
            stay = replace(PLANNED, sending_status=sending, receiving_status=receiving)
            assert bool(list(pair_problems(stay))) == ((sending, receiving) not in PAIRS)


@given(st.lists(st.sampled_from((*STEPS, *(f"cancel {way}" for way in EXITS))), max_size=14),
       st.sampled_from(("out", "in")), st.sampled_from(("student-studies", "staff-teacher")))
def test_that_any_sequence_of_steps_keeps_a_legal_pair_of_statuses_and_a_phase(steps, direction, activity):
    now = replace(PLANNED, direction=direction, activity=activity)
    for step in steps:
        name, _, way = step.partition(" ")
        if name == "cancel":
            after = replace(now, sending_status="cancelled", exit=way, actual_to=now.actual_to)
            problems = [*exit_problems(now, way)]
        else:
            after = take_step(now, name, ON)
            problems = [*change_problems(now, after)]
        if not any(p.severity == "block" for p in problems):
            now = after
        assert (now.sending_status, now.receiving_status) in PAIRS
        assert not list(pair_problems(now))
        assert derived_phase(now) in PHASES


@given(st.lists(st.sampled_from(PHASES), max_size=10), st.sampled_from(("out", "in")))
def test_that_the_way_to_a_phase_ends_in_it_or_is_refused_with_a_reason(targets, direction):
    now = replace(PLANNED, direction=direction)
    for target in targets:
        way = steps_to(now, target)
        if isinstance(way, Problem):
            assert way.severity == "block"
            assert str(way.message) and str(way.fix)
            continue
        if way == ("cancel",):
            if list(exit_problems(now, target)):
                continue
            now = replace(now, sending_status="cancelled", exit=target)
        else:
            for step in way:
                following = take_step(now, step, ON)
                assert not [p for p in change_problems(now, following) if p.severity == "block"]
                now = following
        assert derived_phase(now) == target


def test_that_the_way_forward_passes_every_phase_and_closes_what_earns_no_credits_without_recognition():
    assert steps_to(PLANNED, Phase.CLOSED) == (
        "nominate", "accept", "go_live", "arrive", "leave", "recognise", "close")
    guest = replace(PLANNED, direction="in")
    assert steps_to(guest, Phase.CLOSED) == ("nominate", "accept", "go_live", "arrive", "leave", "close")


def test_that_a_rejected_stay_is_asked_about_again_and_not_taken_back():
    rejected = gone("nominate", "reject")
    assert steps_to(rejected, Phase.NOMINATED) == ("ask_again",)
    assert steps_to(rejected, Phase.ACCEPTED) == ("ask_again", "accept")
    assert isinstance(steps_to(rejected, Phase.SELECTED), Problem)


def test_that_a_day_can_be_taken_back_but_a_status_cannot():
    abroad = gone("nominate", "accept", "go_live", "arrive")
    assert steps_to(abroad, Phase.PREPARING) == ("unarrive",)
    assert isinstance(steps_to(abroad, Phase.ACCEPTED), Problem)


@pytest.mark.parametrize("field", ["person_id", "sending_id", "receiving_id"])
def test_that_parties_change_only_while_the_stay_is_planned(field):
    after = replace(PLANNED, **{field: 9})
    assert not list(party_problems(PLANNED, after))
    nominated = gone("nominate")
    (problem,) = party_problems(nominated, replace(nominated, **{field: 9}))
    assert (problem.code, problem.severity) == ("R53", "block")


def test_that_a_recognised_stay_is_read_only_but_for_remarks_and_its_closing():
    over = gone("nominate", "accept", "go_live", "arrive", "leave", "recognise")
    assert [p.field for p in change_problems(over, replace(over, planned_to=ON))] == ["planned_to"]
    assert not list(change_problems(over, replace(over, remark="x", closed_on=ON)))


def test_that_nobody_arrives_before_the_stay_is_live():
    (problem,) = pair_problems(replace(gone("nominate", "accept"), actual_from=ON))
    assert (problem.code, problem.field) == ("R60", "actual_from")


def test_that_only_what_has_begun_is_broken_off():
    assert list(exit_problems(PLANNED, "interrupted"))
    abroad = gone("nominate", "accept", "go_live", "arrive")
    assert not list(exit_problems(abroad, "interrupted"))
    assert list(exit_problems(abroad, "declined"))
