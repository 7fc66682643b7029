"""The rules a stay is judged by (R50-R59, R70-R72): its days, its agreement, its person, its papers and deadlines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from partnerdesk.domain.agreements import Condition, ConditionYear, Document
from partnerdesk.domain.countries import language_name
from partnerdesk.domain.doc_rules import departure_problem, lacking
from partnerdesk.domain.durations import SHORT, days_360, months_of
from partnerdesk.domain.factsheets import Factsheet
from partnerdesk.domain.learning import credit_problems, semesters
from partnerdesk.domain.phases import span_of
from partnerdesk.domain.problems import Problem, Severity
from partnerdesk.domain.stay_terms import deadline_of
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.transcripts import Outcome, time_problems
from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text

ASSOCIATED = frozenset((
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT",
    "LI", "LT", "LU", "LV", "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "TR",
))
"""Countries that take part in Erasmus+ as members or associated. Source: Programme Guide 2025."""
OVERRIDABLE = frozenset({"R51", "R58", "R71", "R72"})
"""Rules whose blocks can be passed with a written reason; so can a missing signature of R60."""
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2", "NS")
DECISION_WEEKS, DEADLINE_NOTICE_DAYS = 5, 30


@dataclass(frozen=True, slots=True)
class Cover:
    """The days in which an agreement signed by both sides holds; None is open."""

    agreement_id: int
    starts_on: date | None
    ends_on: date | None

    def holds(self, first: date, last: date) -> bool:
        """Whether all the days lie in it."""
        return (self.starts_on is None or self.starts_on <= first) and (self.ends_on is None or last <= self.ends_on)

    def meets(self, first: date, last: date) -> bool:
        """Whether any of the days lies in it."""
        return (self.starts_on is None or self.starts_on <= last) and (self.ends_on is None or first <= self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a stay is judged with. `covers` are the agreements with the partner, or the one it names; `signed` whether
    the first learning agreement has its three signatures; `credits` what is agreed to be studied, None where nothing
    is; `undecided` how many lines of the transcript nobody has decided on; `languages` are (code, CEFR level);
    `accepted` the rules that were passed with a reason.
    """

    today: date
    partner_country: str = ""
    covers: tuple[Cover, ...] = ()
    condition: Condition | None = None
    condition_years: tuple[int | None, int | None] = (None, None)
    exceptions: tuple[ConditionYear, ...] = ()
    others: tuple[Stay, ...] = ()
    languages: tuple[tuple[str, str], ...] = ()
    factsheet: Factsheet | None = None
    documents: tuple[Document, ...] = ()
    signed: bool = False
    credits: float | None = None
    transcript_on: date | None = None
    undecided: int = 0
    accepted: frozenset[str] = frozenset()


def stay_problems(stay: Stay, around: Around) -> Iterator[Problem]:
    """All that the rules say of a stay as it is now; of one that is over only what is wrong in itself."""
    yield from day_problems(stay)
    if stay.closed_on is not None or stay.sending_status in ("cancelled", "recognized"):
        return
    yield from cover_problems(stay, around)
    yield from overlap_problems(stay, around.others)
    yield from condition_problems(stay, around)
    yield from duration_problems(stay, around)
    yield from cycle_problems(stay, around.others)
    yield from deadline_problems(stay, around)
    yield from paper_problems(stay, around)
    yield from agreed_problems(stay, around.credits)
    yield from waiting_problems(stay, around)


def day_problems(stay: Stay) -> Iterator[Problem]:
    """R50: an end before its beginning."""
    for first, last in (("planned_from", "planned_to"), ("actual_from", "actual_to"), ("virtual_from", "virtual_to")):
        begins, ends = getattr(stay, first), getattr(stay, last)
        if begins is not None and ends is not None and ends < begins:
            yield Problem("R50", "block", last, Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "The stay ends before it begins")))
    if stay.interruption_days < 0:
        yield Problem("R50", "block", "interruption_days", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Days of interruption cannot be negative")))
    begins, ends = _span(stay)
    if begins and ends and begins <= ends and stay.interruption_days >= days_360(begins, ends):
        yield Problem("R50", "block", "interruption_days", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The interruption is longer than the stay")))


def cover_problems(stay: Stay, around: Around) -> Iterator[Problem]:
    """R51: days outside the agreements with the partner, a year the condition leaves out; free movers need none."""
    begins, ends = _span(stay)
    if stay.programme != "free-mover" and begins is not None and ends is not None and begins <= ends:
        if not any(cover.meets(begins, ends) for cover in around.covers):
            yield Problem("R51", "block", "agreement_id", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "No agreement with the partner is in effect in these days")))
        elif not any(cover.holds(begins, ends) for cover in around.covers):
            yield _warn("R51", "planned_to", QT_TRANSLATE_NOOP(
                "PartnerDesk", "Some of these days lie outside the agreement"))
    if around.condition is None or stay.year is None:
        return
    first, last = around.condition_years
    closed = any(one.year == stay.year and one.closed for one in around.exceptions)
    if closed or (first is not None and stay.year < first) or (last is not None and stay.year > last):
        yield _warn("R51", "year", QT_TRANSLATE_NOOP("PartnerDesk", "The condition grants no places in this year"))


def overlap_problems(stay: Stay, others: Iterable[Stay]) -> Iterator[Problem]:
    """R52: another stay of the same person in the same days; the same stay twice is none at all."""
    begins, ends = _span(stay)
    if begins is None or ends is None or not _stands(stay):
        return
    for other in others:
        first, last = _span(other)
        if other.id == stay.id or first is None or last is None or not _stands(other):
            continue
        if (first, last, other.receiving_id) == (begins, ends, stay.receiving_id):
            yield Problem("R52", "block", "planned_from", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "This person has the same stay already")))
        elif first <= ends and begins <= last:
            yield _warn("R52", "planned_from", QT_TRANSLATE_NOOP(
                "PartnerDesk", "Another stay of this person lies in the same days"))


def condition_problems(stay: Stay, around: Around) -> Iterator[Problem]:
    """R54: level, field, language, activity or direction that the condition does not name."""
    asked = around.condition
    if asked is None:
        return
    if asked.direction != stay.direction or asked.activity != stay.activity:
        yield _warn("R54", "condition_id", QT_TRANSLATE_NOOP("PartnerDesk", "The condition is for other stays"))
    if asked.levels and stay.level_nominated and stay.level_nominated not in asked.levels:
        yield _warn("R54", "level_nominated", QT_TRANSLATE_NOOP(
            "PartnerDesk", "The condition is not for this level"))
    if asked.fields and stay.field and not any(
            stay.field.startswith(one) or one.startswith(stay.field) for one in asked.fields):
        yield _warn("R54", "field", QT_TRANSLATE_NOOP("PartnerDesk", "The condition is not for this field"))
    if asked.languages and not around.languages:
        yield Problem("R54", "info", "language", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The condition asks for {languages}; no language of the person is entered"),
            languages=", ".join(f"{language_name(code)} {level}".strip() for code, _, level in (
                one.partition(" ") for one in asked.languages))))
    elif asked.languages and not any(_speaks(around.languages, one) for one in asked.languages):
        yield _warn("R54", "language", QT_TRANSLATE_NOOP(
            "PartnerDesk", "No language is on the level that the condition asks for"))


def duration_problems(stay: Stay, around: Around) -> Iterator[Problem]:
    """R55: shorter or longer than Erasmus+ allows for what it is; too few hours taught."""
    begins, ends = _span(stay)
    if not stay.programme.startswith("erasmus") or begins is None or ends is None or ends < begins:
        return
    staff = stay.activity.startswith("staff")
    days = (ends - begins).days + 1 - stay.interruption_days
    if staff:
        yield from _days_between(days, 2 if around.partner_country in ASSOCIATED else 5, 60)
        if stay.activity == "staff-teacher":
            yield from _taught(stay, days)
    elif stay.attribute in SHORT or stay.activity == "student-short":
        yield from _days_between(days, 5, 30)
    elif stay.activity.startswith("student"):
        months = months_of(begins, ends, stay.interruption_days)
        if not 2 <= months <= 12:
            yield _warn("R55", "planned_to", QT_TRANSLATE_NOOP(
                "PartnerDesk", "Students go for 2 to 12 months, this is {n}"), n=f"{months:.1f}")


def hours_needed(days: int, with_training: bool = False) -> float:
    """The hours to be taught in so many days: 8 a week, or 4 with training, and their share of a week begun."""
    a_week = 4.0 if with_training else 8.0
    weeks, rest = divmod(max(days, 1), 7)
    if weeks == 0:
        return a_week
    return a_week * (weeks + min(rest, 5) / 5)


def cycle_problems(stay: Stay, others: Iterable[Stay]) -> Iterator[Problem]:
    """R56: more than 12 months in the same cycle of study, physical Erasmus+ stays taken together."""
    if not stay.programme.startswith("erasmus") or not stay.activity.startswith("student") or not _stands(stay):
        return
    cycle = _cycle(stay)
    same = [one for one in others if one.id != stay.id and _stands(one) and one.programme.startswith("erasmus")
            and one.activity.startswith("student") and cycle and _cycle(one) == cycle]
    months = sum(months_of(*_span(one), one.interruption_days) for one in (stay, *same))
    if same and months > 12:
        yield _warn("R56", "planned_to", QT_TRANSLATE_NOOP(
            "PartnerDesk", "{n} months in the same cycle of study are more than 12"), n=f"{months:.1f}")


def deadline_problems(stay: Stay, around: Around) -> Iterator[Problem]:
    """R57: nominated after the host's deadline, or not yet while it comes near or is over."""
    by = deadline_of(stay.term, around.factsheet)
    if by is None or stay.sending_status == "cancelled":
        return
    if stay.sending_status != "planned":
        if stay.nominated_on is not None and stay.nominated_on > by:
            yield _warn("R57", "nominated_on", QT_TRANSLATE_NOOP(
                "PartnerDesk", "Nominated {n} days after the deadline"), n=(stay.nominated_on - by).days)
    elif by < around.today:
        yield _warn("R57", "nominated_on", QT_TRANSLATE_NOOP(
            "PartnerDesk", "The deadline for nominations was {n} days ago"), n=(around.today - by).days)
    elif (left := (by - around.today).days) <= DEADLINE_NOTICE_DAYS:
        severity: Severity = "warn" if left <= 3 else "info"
        yield Problem("R57", severity, "nominated_on", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The deadline for nominations is in {n} days"), n=left))


def paper_problems(stay: Stay, around: Around) -> Iterator[Problem]:
    """R58: documents that must be there before departure, while the stay is on its way out."""
    if stay.sending_status in ("nomination", "live") and stay.actual_from is None:
        problem = departure_problem(around.documents)
        if problem is not None:
            yield replace(problem, field="documents")


def agreed_problems(stay: Stay, credits: float | None) -> Iterator[Problem]:
    """R59: what is agreed to be studied away, where anything is."""
    if credits is not None and stay.attribute not in SHORT and stay.activity == "student-studies":
        yield from credit_problems(credits, semesters(stay.term, *_span(stay)))


def waiting_problems(stay: Stay, around: Around) -> Iterator[Problem]:
    """R70-R72: an answer, a transcript or a recognition that takes longer than agreed."""
    sheet, today = around.factsheet, around.today
    if stay.nominated_on is not None and stay.sending_status != "cancelled":
        weeks = (sheet.decision_weeks if sheet is not None else None) or DECISION_WEEKS
        by = stay.nominated_on + timedelta(weeks=weeks)
        answered = stay.answered_on or (today if stay.receiving_status == "pending" else None)
        if answered is not None and answered > by:
            yield _warn("R70", "answered_on", QT_TRANSLATE_NOOP(
                "PartnerDesk", "The answer is {n} days late"), n=(answered - by).days)
    if stay.activity == "student-studies" and stay.actual_to is not None and stay.sending_status in (
            "live", "recognized"):
        undecided = around.undecided if stay.direction == "out" else 0
        weeks_told = sheet.transcript_weeks if sheet is not None else None
        yield from time_problems(stay.actual_to, around.transcript_on, Outcome(0, 0, undecided), today, weeks_told)


def step_problems(stay: Stay, step: str, around: Around, on: date) -> Iterator[Problem]:
    """What stands against a step of a stay (`stay_status.FORWARD`) on a day: only blocks hold it up."""
    if step in ("nominate", "ask_again"):
        if stay.sending_id is None or stay.receiving_id is None:
            yield Problem("R60", "block", "receiving_id", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "A nomination needs a partner")))
        yield from cover_problems(stay, around)
    elif step == "go_live" and stay.activity.startswith("student") and not around.signed:
        yield Problem("R60", "block", "learning", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The learning agreement lacks signatures")))
    elif step == "arrive":
        yield from paper_problems(stay, around)
    elif step == "leave" and stay.actual_from is not None and on < stay.actual_from:
        yield Problem("R50", "block", "actual_to", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The stay ends before it begins")))
    elif step == "recognise":
        yield from _unrecognised(stay, around)
    elif step == "close":
        yield from _unreturned(around)
    if on > around.today and step in ("arrive", "leave"):
        yield Problem("R50", "block", "actual_from" if step == "arrive" else "actual_to", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "This day is still to come")))


def can_be_passed(problem: Problem) -> bool:
    """Whether a block can be passed with a written reason."""
    return problem.code in OVERRIDABLE or (problem.code, problem.field) == ("R60", "learning")


def _unrecognised(stay: Stay, around: Around) -> Iterator[Problem]:
    if stay.actual_to is None:
        yield Problem("R60", "block", "actual_to", Text(QT_TRANSLATE_NOOP("PartnerDesk", "The stay is not over yet")))
    elif stay.activity != "student-studies" or stay.direction != "out":
        return
    elif around.transcript_on is None:
        yield Problem("R71", "block", "transcript", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "There is no transcript yet")))
    elif around.undecided:
        yield Problem("R72", "block", "recognition", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "{n} courses are not decided on"), n=around.undecided))


def _unreturned(around: Around) -> Iterator[Problem]:
    for document in lacking(around.documents, "return"):
        if document.stage == "return":
            what = document.title or label_of("stay_document", document.kind)
            yield Problem("R58", "block", "documents", text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "Missing after return: {document}"), document=what))


def _days_between(days: int, least: int, most: int) -> Iterator[Problem]:
    if not least <= days <= most:
        yield _warn("R55", "planned_to", QT_TRANSLATE_NOOP(
            "PartnerDesk", "It has to last {least} to {most} days, this is {n}"), least=least, most=most, n=days)


def _taught(stay: Stay, days: int) -> Iterator[Problem]:
    needed = hours_needed(days, stay.with_training)
    if (stay.teaching_hours or 0) < needed:
        yield _warn("R55", "teaching_hours", QT_TRANSLATE_NOOP(
            "PartnerDesk", "At least {n} hours are to be taught"), n=f"{needed:g}")


def _speaks(known: Iterable[tuple[str, str]], wanted: str) -> bool:
    """Whether one of the levels reaches what a condition asks for, "en B2" or "en"."""
    code, _, level = wanted.partition(" ")
    least = LEVELS.index(level) if level in LEVELS else 0
    return any(one == code and (LEVELS.index(has) if has in LEVELS else 0) >= least for one, has in known)


def _cycle(stay: Stay) -> str:
    return {"5": "1", "6": "1", "7": "2", "8": "3"}.get(stay.level_departed or stay.level_nominated, "")


def _stands(stay: Stay) -> bool:
    return stay.sending_status != "cancelled" and stay.receiving_status != "rejected" and not stay.deleted_at


def _span(stay: Stay) -> tuple[date | None, date | None]:
    return span_of(stay.planned_from, stay.planned_to, stay.actual_from, stay.actual_to)


def _warn(code: str, field: str, template: str, **values: object) -> Problem:
    return Problem(code, "warn", field, text(template, **values))
