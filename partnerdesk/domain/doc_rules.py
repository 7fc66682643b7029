"""Which documents a stay needs, when they are due, and which of them must be there before it goes on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.phases import DONE, STAGES
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text

ADULT = 18
FURTHEST = 730
_AREA = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO CH"
_EEA = frozenset(_AREA.split())
FREE_MOVEMENT = (_EEA, frozenset({"GB", "IE"}))


@dataclass(frozen=True, slots=True, kw_only=True)
class DocRule:
    """One document required of the stays that fit. An empty programme, activity, direction or person kind fits all.

    `stage` is nomination, departure, arrival or return; due `due_days` after (negative: before) the `anchor`, which is
    nomination, start or end of the stay. A `mandatory` one holds the stay back at its stage.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    position: int = 0
    programme: str = ""
    activity: str = ""
    direction: str = ""
    person_kind: str = ""
    stage: str = "departure"
    kind: str = ""
    mandatory: bool = False
    anchor: str = "start"
    due_days: int = 0
    only_if: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What decides which documents a stay needs, and from which days their due days are counted.

    `nominate_by` is the partner's deadline or the day of nomination; `starts_on` and `ends_on` are the actual days
    where they are known, else the planned ones.
    """

    programme: str = ""
    activity: str = ""
    direction: str = "out"
    person_kind: str = "student"
    conditions: frozenset[str] = frozenset()
    nominate_by: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    def anchor(self, name: str) -> date | None:
        """The day that an anchor stands for."""
        return {"nomination": self.nominate_by, "start": self.starts_on, "end": self.ends_on}.get(name)


def fits(rule: DocRule, case: Case) -> bool:
    """Whether a rule asks for its document in a case."""
    asked = ((rule.programme, case.programme), (rule.activity, case.activity), (rule.direction, case.direction),
             (rule.person_kind, case.person_kind))
    return (rule.active and bool(rule.kind) and all(not wanted or wanted == held for wanted, held in asked)
            and (not rule.only_if or rule.only_if in case.conditions))


def fitting(rules: Iterable[DocRule], case: Case) -> list[DocRule]:
    """The rules that hold for a case, one for each document and stage, in the order of stages.

    Where several ask for the same document at the same stage, the one that says most about the stay holds.
    """
    held: dict[tuple[str, str], DocRule] = {}
    for rule in sorted(rules, key=lambda one: (one.position, one.id)):
        key = (rule.stage, rule.kind)
        if fits(rule, case) and (key not in held or _closeness(rule) > _closeness(held[key])):
            held[key] = rule
    return sorted(held.values(), key=lambda one: (stage_place(one.stage), one.position, one.id))


def due_day(rule: DocRule, case: Case) -> date | None:
    """The day a document is due in a case; None while the day it is counted from is not known."""
    day = case.anchor(rule.anchor)
    return None if day is None else day + timedelta(days=rule.due_days)


def stage_place(stage: str) -> int:
    """The place of a stage on the way of a stay; documents without one come last."""
    return STAGES.index(stage) if stage in STAGES else len(STAGES)


def is_minor(birth_date: date | None, on: date | None, person_kind: str) -> bool:
    """Whether a person is under eighteen on a day; a pupil whose date of birth is not known counts as one."""
    if birth_date is None:
        return person_kind == "pupil"
    if on is None:
        return False
    come_of_age = birth_date.year + ADULT, birth_date.month, birth_date.day
    return (on.year, on.month, on.day) < come_of_age


def needs_visa(citizenships: Iterable[str], home: str, destination: str) -> bool:
    """Whether a visa or permit has to be thought of: no citizenship of the destination, and none that moves freely.

    `home` stands for a citizenship that is not known. Countries are ISO 3166-1 alpha-2; free movement is that of the
    European Economic Area with Switzerland, and that of the United Kingdom with Ireland.
    """
    held = set(citizenships) or ({home} if home else set())
    if not held or not destination or destination in held:
        return False
    return not any(destination in area and held & area for area in FREE_MOVEMENT)


def lacking(documents: Iterable[Document], stage: str = "departure") -> list[Document]:
    """The mandatory documents of a stage and those before it that are not there, the first due first (R58)."""
    reached = stage_place(stage)
    found = [d for d in documents
             if d.mandatory and d.state not in DONE and d.stage in STAGES and stage_place(d.stage) <= reached]
    return sorted(found, key=lambda d: (d.due_on or date.max, stage_place(d.stage), d.id))


def departure_problem(documents: Iterable[Document]) -> Problem | None:
    """R58: a stay cannot go abroad without its mandatory documents, unless that is accepted with a reason."""
    missing = [d for d in lacking(documents) if d.stage == "departure"]
    if not missing:
        return None
    names = ", ".join(d.title or str(label_of("stay_document", d.kind)) for d in missing)
    return Problem("R58", "block", "", text(QT_TRANSLATE_NOOP(
        "PartnerDesk", "Missing before departure: {documents}"), documents=names),
        Text(QT_TRANSLATE_NOOP("PartnerDesk", "Go all the same, with a reason")), {"kinds": [d.kind for d in missing]})


def rule_problems(rule: DocRule) -> Iterator[Problem]:
    """What is wrong with a rule."""
    if not rule.kind:
        yield Problem("R58", "block", "kind", Text(QT_TRANSLATE_NOOP("PartnerDesk", "A rule needs a document")))
    if rule.stage not in STAGES:
        yield Problem("R58", "block", "stage", Text(QT_TRANSLATE_NOOP("PartnerDesk", "A rule needs a stage")))
    if abs(rule.due_days) > FURTHEST:
        yield Problem("R58", "block", "due_days", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "A document is due within {n} days of the day it is counted from"), n=FURTHEST))


def _closeness(rule: DocRule) -> int:
    return sum(bool(part) for part in (rule.programme, rule.activity, rule.direction, rule.person_kind))


def _set(*rules: DocRule) -> tuple[DocRule, ...]:
    return tuple(replace(rule, position=place) for place, rule in enumerate(rules))


def _before_nomination(kind: str, person_kind: str = "student", only_if: str = "") -> DocRule:
    return DocRule(stage="nomination", kind=kind, person_kind=person_kind, anchor="nomination", due_days=-14,
                   only_if=only_if)


def _before_departure(kind: str, days: int, **more: Any) -> DocRule:
    return DocRule(stage="departure", kind=kind, mandatory=True, anchor="start", due_days=-days, **more)


def _on_return(kind: str, days: int = 28, **more: Any) -> DocRule:
    return DocRule(stage="return", kind=kind, anchor="end", due_days=days, **more)


STARTING_SET = _set(
    _before_nomination("application_form"),
    _before_nomination("records_home"),
    _before_nomination("language_certificate"),
    _before_nomination("motivation_letter"),
    _before_nomination("cv"),
    _before_nomination("passport", "", "visa"),
    _before_departure("learning_agreement", 30, activity="student-studies"),
    _before_departure("learning_agreement", 30, activity="student-traineeship"),
    _before_departure("mobility_agreement", 14, person_kind="staff"),
    _before_departure("grant_agreement", 14, direction="out", only_if="grant"),
    _before_departure("insurance", 14, direction="out"),
    _before_departure("residence_permit", 7, only_if="visa"),
    _before_departure("emergency_contact", 14),
    _before_departure("guardian_consent", 14, only_if="minor"),
    _before_departure("school_consent", 14, only_if="minor"),
    DocRule(stage="arrival", kind="arrival", anchor="start", due_days=14),
    DocRule(stage="arrival", kind="learning_change", anchor="start", due_days=35, person_kind="student", active=False),
    _on_return("attendance", mandatory=True),
    _on_return("transcript", activity="student-studies", mandatory=True),
    _on_return("report", direction="out"),
    _on_return("travel_proof", direction="out", only_if="green"),
    _on_return("recognition", 58, direction="out", activity="student-studies"),
)
"""What an office begins with: the usual papers of an exchange. Arrival within 14 days, papers of return within 28."""
