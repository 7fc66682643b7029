"""What the rules say of a stay: days, agreements, other stays, conditions, durations, deadlines, papers, waiting."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.agreements import Condition, ConditionYear, Document
from partnerdesk.domain.factsheets import Factsheet
from partnerdesk.domain.stay_rules import Around, Cover, hours_needed, stay_problems, step_problems
from partnerdesk.domain.stays import Stay

TODAY = date(2026, 3, 2)
COVER = Cover(1, date(2026, 1, 1), date(2028, 12, 31))
AROUND = Around(today=TODAY, partner_country="FR", covers=(COVER,))
STAY = Stay(id=1, person_id=1, sending_id=1, receiving_id=2, programme="erasmus-ka131", year=2026, term="1/2",
            planned_from=date(2026, 9, 1), planned_to=date(2027, 1, 31), level_nominated="6")


def said(stay: Stay = STAY, around: Around = AROUND, **changes) -> set[tuple[str, str]]:
    return {(p.code, str(p.severity)) for p in stay_problems(replace(stay, **changes), around)}


def test_that_an_ordinary_semester_says_nothing():
    assert said() == set()


@pytest.mark.parametrize("first, last", [
    ("planned_from", "planned_to"), ("actual_from", "actual_to"), ("virtual_from", "virtual_to")])
def test_that_a_stay_that_ends_before_it_begins_is_refused(first, last):
    day = date(2026, 9, 1)
    found = list(stay_problems(replace(STAY, **{first: day, last: day - timedelta(days=1)}), AROUND))
    assert ("R50", "block", last) in {(p.code, p.severity, p.field) for p in found}


def test_that_the_same_day_is_a_stay_of_one_day():
    assert ("R50", "block") not in said(planned_to=STAY.planned_from)


def test_that_an_interruption_is_shorter_than_the_stay():
    assert ("R50", "block") in said(interruption_days=150)
    assert ("R50", "block") not in said(interruption_days=20)


@pytest.mark.parametrize("covers, expected", [
    ((), ("R51", "block")), ((Cover(1, None, date(2026, 8, 31)),), ("R51", "block")),
    ((Cover(1, None, date(2026, 12, 31)),), ("R51", "warn")),
    ((Cover(1, None, date(2026, 12, 31)), Cover(2, None, None)), None)])
def test_that_the_days_lie_in_an_agreement_in_effect(covers, expected):
    found = {one for one in said(around=replace(AROUND, covers=covers)) if one[0] == "R51"}
    assert found == ({expected} if expected else set())


def test_that_a_free_mover_needs_no_agreement():
    assert said(around=replace(AROUND, covers=()), programme="free-mover") == set()


@pytest.mark.parametrize("years, closed", [((2027, 2028), False), ((None, 2025), False), ((2026, 2026), True)])
def test_that_a_year_the_condition_leaves_out_is_told(years, closed):
    condition = Condition(id=3, direction="out")
    exceptions = (ConditionYear(condition_id=3, year=2026, closed=True),) if closed else ()
    around = replace(AROUND, condition=condition, condition_years=years, exceptions=exceptions)
    assert said(around=around) == {("R51", "warn")}


def test_that_stays_in_the_same_days_are_told_and_the_very_same_one_is_refused():
    other = replace(STAY, id=2, receiving_id=3, planned_from=date(2027, 1, 31), planned_to=date(2027, 3, 31))
    assert said(around=replace(AROUND, others=(other,))) == {("R52", "warn")}
    later = replace(other, planned_from=date(2027, 2, 1))
    assert said(around=replace(AROUND, others=(later,))) == set()
    assert said(around=replace(AROUND, others=(replace(STAY, id=2),))) == {("R52", "block")}
    gone = replace(STAY, id=2, sending_status="cancelled")
    assert said(around=replace(AROUND, others=(gone,))) == set()


def test_that_level_field_and_language_below_the_condition_are_told():
    condition = Condition(direction="out", levels=("7",), fields=("061",), languages=("en B2",))
    around = replace(AROUND, condition=condition, languages=(("en", "B1"),))
    found = {p.field for p in stay_problems(replace(STAY, field="0311"), around) if p.code == "R54"}
    assert found == {"level_nominated", "field", "language"}
    good = replace(around, languages=(("en", "C1"),))
    assert said(around=good, level_nominated="7", field="0613") == set()


def test_that_a_language_nobody_entered_is_asked_for_and_not_held_against_the_person():
    condition = Condition(direction="out", languages=("en B2",))
    assert said(around=replace(AROUND, condition=condition)) == {("R54", "info")}


def test_that_of_a_stay_that_is_over_only_what_is_wrong_in_itself_is_said():
    late = replace(STAY, sending_status="recognized", receiving_status="verified", nominated_on=date(2026, 2, 10))
    around = replace(AROUND, covers=(), factsheet=Factsheet(nominate_first=date(2026, 2, 1)))
    assert said(late, around) == set()
    assert said(late, around, planned_to=date(2026, 8, 1)) == {("R50", "block")}


@pytest.mark.parametrize("days, activity, attribute, country, told", [
    (58, "student-studies", "long-term", "FR", True), (60, "student-traineeship", "long-term", "FR", False),
    (361, "student-studies", "long-term", "FR", True), (4, "student-studies", "short-term-blended", "FR", True),
    (5, "student-studies", "short-term-blended", "FR", False), (31, "student-short", "long-term", "FR", True),
    (2, "staff-training", "long-term", "FR", False), (2, "staff-training", "long-term", "GB", True),
    (5, "staff-training", "long-term", "GB", False), (61, "staff-training", "long-term", "FR", True)])
def test_that_stays_are_as_long_as_they_may_be(days, activity, attribute, country, told):
    first = date(2026, 9, 1)
    last = first + timedelta(days=days - 1)
    if attribute == "long-term" and activity in ("student-studies", "student-traineeship"):
        last = first + timedelta(days=round(days * 365 / 360) - 1)
    found = said(around=replace(AROUND, partner_country=country), activity=activity, attribute=attribute,
                 planned_from=first, planned_to=last)
    assert (("R55", "warn") in found) == told


@pytest.mark.parametrize("days, training, hours", [(3, False, 8), (7, False, 8), (7, True, 4), (10, False, 12.8),
                                                   (14, False, 16), (14, True, 8), (13, False, 16)])
def test_that_eight_hours_a_week_are_taught_four_with_training_and_a_share_of_a_week_begun(days, training, hours):
    assert hours_needed(days, training) == pytest.approx(hours)


@given(st.integers(1, 400), st.booleans())
def test_that_longer_teaching_never_needs_fewer_hours(days, training):
    assert hours_needed(days + 1, training) >= hours_needed(days, training)


def test_that_too_few_hours_taught_are_told():
    week = {"activity": "staff-teacher", "planned_from": date(2026, 9, 7), "planned_to": date(2026, 9, 11)}
    assert said(teaching_hours=7, **week) == {("R55", "warn")}
    assert said(teaching_hours=8, **week) == set()
    assert said(teaching_hours=4, with_training=True, **week) == set()


def test_that_months_of_one_cycle_are_added_up():
    year = replace(STAY, id=2, planned_from=date(2024, 9, 1), planned_to=date(2025, 6, 30))
    assert said(around=replace(AROUND, others=(year,))) == {("R56", "warn")}
    assert said(around=replace(AROUND, others=(replace(year, level_nominated="7"),))) == set()
    assert said(around=replace(AROUND, others=(replace(year, programme="bilateral"),))) == set()


@pytest.mark.parametrize("deadline, expected", [
    (date(2026, 3, 1), "warn"), (date(2026, 3, 4), "warn"), (date(2026, 3, 20), "info"), (date(2026, 5, 1), None)])
def test_that_the_deadline_of_the_host_is_told_before_and_after(deadline, expected):
    sheet = Factsheet(institution_id=2, year=2026, nominate_first=deadline)
    found = said(around=replace(AROUND, factsheet=sheet))
    assert found == ({("R57", expected)} if expected else set())


def test_that_a_late_nomination_is_told():
    sheet = Factsheet(nominate_first=date(2026, 2, 1))
    stay = replace(STAY, sending_status="nomination", receiving_status="pending", nominated_on=date(2026, 2, 10))
    assert said(stay, replace(AROUND, factsheet=sheet)) == {("R57", "warn")}


def test_that_papers_wanted_before_departure_hold_up_the_arrival():
    papers = (Document(kind="insurance", stage="departure", mandatory=True, state="required"),
              Document(kind="cv", stage="departure", state="required"),
              Document(kind="report", stage="return", mandatory=True, state="required"))
    live = replace(STAY, sending_status="live", receiving_status="verified")
    around = replace(AROUND, documents=papers)
    assert {p.code for p in step_problems(live, "arrive", around, TODAY)} == {"R58"}
    done = tuple(replace(one, state="waived") for one in papers)
    assert not list(step_problems(live, "arrive", replace(around, documents=done), TODAY))


def test_that_nobody_arrives_on_a_day_to_come():
    live = replace(STAY, sending_status="live", receiving_status="verified")
    assert [p.code for p in step_problems(live, "arrive", AROUND, TODAY + timedelta(days=1))] == ["R50"]


def test_that_a_stay_goes_live_with_the_first_learning_agreement_signed_and_staff_without_one():
    accepted = replace(STAY, sending_status="nomination", receiving_status="verified")
    assert [p.code for p in step_problems(accepted, "go_live", AROUND, TODAY)] == ["R60"]
    assert not list(step_problems(accepted, "go_live", replace(AROUND, signed=True), TODAY))
    assert not list(step_problems(replace(accepted, activity="staff-teacher"), "go_live", AROUND, TODAY))


@pytest.mark.parametrize("credits, told", [(29, True), (30, False), (35, False), (36, True)])
def test_that_credits_outside_the_usual_are_told(credits, told):
    assert (("R59", "warn") in said(around=replace(AROUND, credits=float(credits)))) == told


def test_that_an_answer_later_than_agreed_is_told():
    pending = replace(STAY, sending_status="nomination", receiving_status="pending", nominated_on=date(2026, 1, 10))
    assert said(pending) == {("R70", "warn")}
    sheet = Factsheet(decision_weeks=8)
    assert said(pending, replace(AROUND, factsheet=sheet)) == set()
    assert said(replace(pending, receiving_status="verified", answered_on=date(2026, 2, 1))) == set()


def test_that_a_transcript_and_a_recognition_later_than_agreed_are_told():
    back = replace(STAY, sending_status="live", receiving_status="verified", actual_from=date(2025, 9, 1),
                   actual_to=date(2026, 1, 20), planned_from=None, planned_to=None)
    around = replace(AROUND, covers=(Cover(1, None, None),))
    assert said(back, around) == {("R71", "warn")}
    came = replace(around, transcript_on=date(2026, 1, 25), undecided=3)
    assert said(back, came) == {("R72", "warn")}
