"""Which documents a stay needs, when they are due, and what holds it back."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.doc_rules import (
    STARTING_SET,
    Case,
    DocRule,
    departure_problem,
    due_day,
    fits,
    fitting,
    is_minor,
    lacking,
    needs_visa,
    rule_problems,
)
from partnerdesk.domain.phases import STAGES
from partnerdesk.domain.vocab import vocabulary

OUT = Case(programme="erasmus-ka131", activity="student-studies", nominate_by=date(2026, 5, 1),
           starts_on=date(2026, 9, 15), ends_on=date(2027, 2, 14))


def kinds(case, stage):
    return [rule.kind for rule in fitting(STARTING_SET, case) if rule.stage == stage]


def test_that_a_student_going_abroad_needs_the_usual_papers():
    assert kinds(OUT, "nomination") == [
        "application_form", "records_home", "language_certificate", "motivation_letter", "cv"]
    assert kinds(OUT, "departure") == ["learning_agreement", "insurance", "emergency_contact"]
    assert kinds(OUT, "arrival") == ["arrival"]
    assert kinds(OUT, "return") == ["attendance", "transcript", "report", "recognition"]


def test_that_circumstances_ask_for_more():
    case = replace(OUT, conditions=frozenset({"visa", "minor", "green", "grant"}))
    assert "passport" in kinds(case, "nomination")
    wanted = {"grant_agreement", "residence_permit", "guardian_consent", "school_consent"}
    assert wanted <= set(kinds(case, "departure"))
    assert "travel_proof" in kinds(case, "return")


def test_that_staff_have_a_mobility_agreement_and_no_application():
    case = replace(OUT, activity="staff-teacher", person_kind="staff")
    assert kinds(case, "nomination") == []
    assert kinds(case, "departure") == ["mobility_agreement", "insurance", "emergency_contact"]
    assert kinds(case, "return") == ["attendance", "report"]


def test_that_a_guest_brings_no_insurance_proof_and_writes_no_report():
    case = replace(OUT, direction="in")
    assert "insurance" not in kinds(case, "departure")
    assert kinds(case, "return") == ["attendance", "transcript"]


def test_that_papers_are_due_from_the_day_they_are_counted_from():
    due = {rule.kind: due_day(rule, OUT) for rule in fitting(STARTING_SET, OUT)}
    assert due["cv"] == date(2026, 4, 17)
    assert due["learning_agreement"] == date(2026, 8, 16)
    assert due["arrival"] == date(2026, 9, 29)
    assert due["transcript"] == date(2027, 3, 14)


def test_that_a_paper_has_no_due_day_before_its_day_is_known():
    assert due_day(DocRule(kind="cv", anchor="end"), replace(OUT, ends_on=None)) is None


def test_that_the_rule_that_says_most_about_the_stay_holds():
    general = DocRule(id=1, kind="cv", due_days=0)
    special = DocRule(id=2, kind="cv", due_days=-5, position=1, programme="erasmus-ka131")
    other = DocRule(id=3, kind="cv", due_days=-9, position=2, programme="turing")
    assert fitting([general, special, other], OUT) == [special]
    assert fitting([general, special, other], replace(OUT, programme="swap")) == [general]


def test_that_a_rule_out_of_use_asks_for_nothing():
    assert not fits(DocRule(kind="cv", active=False), OUT)


def test_that_every_rule_of_the_starting_set_speaks_of_known_things():
    for rule in STARTING_SET:
        assert list(rule_problems(rule)) == []
        for name, value in (("stay_document", rule.kind), ("doc_stage", rule.stage), ("doc_anchor", rule.anchor),
                            ("doc_condition", rule.only_if), ("activity", rule.activity),
                            ("person_kind", rule.person_kind)):
            assert not value or value in {term.code for term in vocabulary(name)}
    assert [rule.position for rule in STARTING_SET] == list(range(len(STARTING_SET)))


@pytest.mark.parametrize(("citizens", "home", "to", "visa"), [
    (("DE",), "DE", "FR", False), (("DE",), "DE", "JP", True), (("JP",), "DE", "JP", False),
    (("IN",), "DE", "FR", True), (("IN", "PT"), "DE", "FR", False), ((), "DE", "FR", False),
    ((), "DE", "US", True), (("GB",), "GB", "IE", False), (("GB",), "GB", "ES", True), ((), "", "US", False),
    (("CH",), "CH", "NO", False),
])
def test_that_a_visa_is_thought_of_where_movement_is_not_free(citizens, home, to, visa):
    assert needs_visa(citizens, home, to) is visa


def test_that_who_turns_eighteen_on_the_first_day_is_no_minor():
    assert is_minor(date(2008, 9, 16), date(2026, 9, 15), "student")
    assert not is_minor(date(2008, 9, 15), date(2026, 9, 15), "student")
    assert is_minor(None, date(2026, 9, 15), "pupil")
    assert not is_minor(None, date(2026, 9, 15), "student")
    assert is_minor(date(2008, 2, 29), date(2026, 2, 28), "student")


LEARNING = Document(id=1, stage="departure", kind="learning_agreement", mandatory=True, state="required",
                    due_on=date(2026, 8, 16))
INSURANCE = Document(id=2, stage="departure", kind="insurance", mandatory=True, state="rejected",
                     due_on=date(2026, 8, 1))
RETURN = Document(id=3, stage="return", kind="transcript", mandatory=True, state="required")
OPTIONAL = Document(id=4, stage="departure", kind="other", state="required")


def test_that_missing_papers_hold_a_stay_back_at_its_stage():
    assert lacking([LEARNING, INSURANCE, RETURN, OPTIONAL]) == [INSURANCE, LEARNING]
    assert lacking([RETURN, LEARNING], "return") == [LEARNING, RETURN]
    problem = departure_problem([LEARNING, INSURANCE, RETURN, OPTIONAL])
    assert problem is not None
    assert problem.severity == "block"
    assert str(problem.message) == "Missing before departure: Insurance proof, Learning agreement"


@pytest.mark.parametrize("state", ["received", "checked", "waived"])
def test_that_what_is_there_or_waived_holds_nothing_back(state):
    assert departure_problem([replace(LEARNING, state=state)]) is None


CASES = st.builds(
    Case, programme=st.sampled_from(["", "erasmus-ka131", "turing"]),
    activity=st.sampled_from([t.code for t in vocabulary("activity")]), direction=st.sampled_from(["out", "in"]),
    person_kind=st.sampled_from(["student", "staff", "pupil"]),
    conditions=st.frozensets(st.sampled_from(["visa", "minor", "green", "grant"])))


@given(CASES)
def test_that_no_document_is_asked_for_twice_at_a_stage(case):
    found = [(rule.stage, rule.kind) for rule in fitting(STARTING_SET, case)]
    assert len(found) == len(set(found))
    places = [STAGES.index(stage) for stage, _ in found]
    assert places == sorted(places)


@given(CASES, st.sampled_from(["visa", "minor", "green", "grant"]))
def test_that_a_circumstance_never_takes_a_document_away(case, more):
    before = {(rule.stage, rule.kind) for rule in fitting(STARTING_SET, case)}
    after = fitting(STARTING_SET, replace(case, conditions=case.conditions | {more}))
    assert before <= {(rule.stage, rule.kind) for rule in after}


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(-700, 700))
def test_that_a_due_day_moves_with_the_day_it_is_counted_from(day, days):
    rule = DocRule(kind="cv", anchor="start", due_days=days)
    due = due_day(rule, replace(OUT, starts_on=day))
    later = due_day(rule, replace(OUT, starts_on=day.replace(day=1)))
    assert due is not None
    assert later is not None
    assert due - later == day - day.replace(day=1)
