"""Transcripts: what was achieved away, line by line, and what the home institution recognised for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from partnerdesk.domain.coursetable import Course, fails
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text

TRANSCRIPT_WEEKS = 5
"""R71: weeks after the end of a stay within which its transcript comes, where the partner's factsheet names none."""
RECOGNITION_DAYS = 30
"""R72: days after the transcript within which home decides."""
MOST_CREDITS = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """A transcript of records of a stay."""

    id: int = 0
    uid: str = ""
    version: int = 1
    stay_id: int = 0
    issued_on: date | None = None
    received_on: date | None = None
    grade_table_id: int | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptLine:
    """A course as the host reports it; `passed` is False for a failed one, which earns no credits."""

    id: int = 0
    uid: str = ""
    version: int = 1
    transcript_id: int = 0
    position: int = 0
    code: str = ""
    title: str = ""
    credits: float | None = None
    grade: str = ""
    passed: bool = True
    result_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What stands at home for a transcript line: the component, credits and converted grade, or why not.

    `decision` is open, recognised or refused; `method` the sentence on how the grade was converted.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    line_id: int = 0
    component_id: int | None = None
    home_code: str = ""
    home_title: str = ""
    credits: float | None = None
    grade: str = ""
    method: str = ""
    decision: str = "open"
    decided_on: date | None = None
    decided_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a stay brought: credits `achieved` away, `recognised` at home, and how many courses are still open."""

    achieved: float
    recognised: float
    open: int

    @property
    def full(self) -> bool:
        """Whether everything achieved is recognised."""
        return self.achieved > 0 and not self.open and self.recognised + 0.005 >= self.achieved


def achieved(lines: Iterable[TranscriptLine]) -> float:
    """The credits of the courses that were passed."""
    return sum(line.credits or 0.0 for line in lines if line.passed)


def outcome(lines: Iterable[TranscriptLine], decisions: Iterable[Recognition]) -> Outcome:
    """What was achieved, recognised and left open; a failed course needs no decision."""
    lines, by_line = list(lines), {one.line_id: one for one in decisions}
    recognised = sum(one.credits or 0.0 for one in by_line.values() if one.decision == "recognised")
    undecided = [line for line in lines
                 if line.passed and (line.id not in by_line or by_line[line.id].decision == "open")]
    return Outcome(achieved(lines), recognised, len(undecided))


def transcript_due(ends_on: date | None, weeks: int | None = None) -> date | None:
    """The day until which the transcript comes (R71)."""
    return None if ends_on is None else ends_on + timedelta(weeks=TRANSCRIPT_WEEKS if weeks is None else weeks)


def recognition_due(received_on: date | None) -> date | None:
    """The day until which home decides (R72)."""
    return None if received_on is None else received_on + timedelta(days=RECOGNITION_DAYS)


def time_problems(
    ends_on: date | None, received_on: date | None, found: Outcome, today: date, weeks: int | None = None
) -> Iterator[Problem]:
    """R71: the transcript came later than agreed, or is overdue. R72: recognition is not decided in time."""
    due = transcript_due(ends_on, weeks)
    if due is not None and received_on is None and today > due:
        yield Problem("R71", "warn", "received_on", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The transcript is {n} days overdue"), n=(today - due).days))
    elif due is not None and received_on is not None and received_on > due:
        yield Problem("R71", "info", "received_on", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The transcript came {n} days late"), n=(received_on - due).days))
    decide = recognition_due(received_on)
    if decide is not None and found.open and today > decide:
        yield Problem("R72", "warn", "decision", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Recognition has waited {n} days longer than it may"), n=(today - decide).days))


def line_problems(line: TranscriptLine) -> Iterator[Problem]:
    """What is wrong with one course."""
    if line.credits is not None and not 0 <= line.credits <= MOST_CREDITS:
        yield Problem("R71", "block", "credits", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "A course has 0 to {n} credits"), n=int(MOST_CREDITS)))


def recognition_problems(decision: Recognition, line: TranscriptLine) -> Iterator[Problem]:
    """What is wrong with one decision: a refusal says why, and no more is recognised than was achieved."""
    if decision.decision == "refused" and not decision.reason.strip():
        yield Problem("R72", "block", "reason", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "A refusal needs a reason")))
    if decision.decision == "recognised" and not line.passed:
        yield Problem("R72", "block", "decision", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "A failed course cannot be recognised")))
    if decision.decision == "recognised" and (decision.credits or 0.0) > (line.credits or 0.0) + 0.005:
        yield Problem("R72", "warn", "credits", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "More credits are recognised than were achieved")))


def line_of(course: Course, failing: Iterable[str] = ()) -> TranscriptLine:
    """A line from a pasted course; `failing` are the grades with which the host's table fails."""
    lost = fold(course.grade) in {fold(one) for one in failing} or fails(course.grade)
    passed = course.passed if course.passed is not None else not lost
    return TranscriptLine(code=course.code[:40], title=course.title[:200], credits=course.credits,
                          grade=course.grade[:20], passed=passed and not lost, result_on=course.day)
