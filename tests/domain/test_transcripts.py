"""Transcripts: what was achieved, what was recognised, and what is late."""

from datetime import date

import pytest

from partnerdesk.domain.coursetable import Course
from partnerdesk.domain.transcripts import (
    Outcome,
    Recognition,
    TranscriptLine,
    line_of,
    line_problems,
    outcome,
    recognition_problems,
    time_problems,
)

PASSED = TranscriptLine(id=1, credits=6.0)
FAILED = TranscriptLine(id=2, credits=4.0, passed=False)
OTHER = TranscriptLine(id=3, credits=5.0)


def test_that_a_failed_course_earns_nothing_and_waits_for_no_decision():
    assert outcome([PASSED, FAILED, OTHER], []) == Outcome(11.0, 0.0, 2)


def test_that_only_what_home_decided_counts_as_recognised():
    decided = [Recognition(line_id=1, credits=6.0, decision="recognised"),
               Recognition(line_id=3, credits=5.0, decision="refused", reason="twice")]
    found = outcome([PASSED, FAILED, OTHER], decided)
    assert found == Outcome(11.0, 6.0, 0)
    assert not found.full
    assert outcome([PASSED], decided[:1]).full


@pytest.mark.parametrize(("received", "today", "said"), [
    (None, date(2026, 3, 7), []),
    (None, date(2026, 3, 10), ["The transcript is 3 days overdue"]),
    (date(2026, 3, 9), date(2026, 3, 10), ["The transcript came 2 days late"]),
    (date(2026, 2, 1), date(2026, 3, 3), []),
    (date(2026, 2, 1), date(2026, 3, 5), ["Recognition has waited 2 days longer than it may"]),
])
def test_that_what_is_late_is_said(received, today, said):
    found = time_problems(date(2026, 1, 31), received, Outcome(6.0, 0.0, 1), today)
    assert [str(problem.message) for problem in found] == said


def test_that_the_partner_may_have_its_own_weeks():
    assert list(time_problems(date(2026, 1, 31), None, Outcome(0, 0, 0), date(2026, 3, 28), weeks=8)) == []


def test_that_decided_courses_are_never_late():
    assert list(time_problems(date(2026, 1, 1), date(2026, 1, 2), Outcome(6, 6, 0), date(2026, 9, 1))) == []


def test_that_a_refusal_says_why_and_a_failed_course_is_not_recognised():
    refused = Recognition(line_id=1, decision="refused")
    assert [p.field for p in recognition_problems(refused, PASSED)] == ["reason"]
    taken = Recognition(line_id=2, decision="recognised", credits=4.0)
    assert [p.field for p in recognition_problems(taken, FAILED)] == ["decision"]
    more = Recognition(line_id=1, decision="recognised", credits=7.0)
    assert [(p.severity, p.field) for p in recognition_problems(more, PASSED)] == [("warn", "credits")]


def test_that_credits_beyond_reason_are_refused():
    assert [p.severity for p in line_problems(TranscriptLine(credits=400.0))] == ["block"]


def test_that_a_grade_which_fails_at_the_host_fails_here():
    assert not line_of(Course(title="Logic", grade="9"), failing=["9"]).passed
    assert not line_of(Course(title="Logic", grade="FX")).passed
    assert line_of(Course(title="Logic", grade="12", passed=True)).passed
    assert not line_of(Course(title="Logic", grade="12", passed=False)).passed
