"""What users do with transcripts: enter or paste courses, convert their grades, decide what home recognises."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.coursetable import Course
from partnerdesk.domain.grades import GradeRow, Tie, convert, failing
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.learning import LearningComponent, LearningVersion, holding, in_force
from partnerdesk.domain.text import fold
from partnerdesk.domain.transcripts import (
    Recognition,
    Transcript,
    TranscriptLine,
    line_of,
    line_problems,
    recognition_problems,
)
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.services.deeds import refuse_blocks, set_fields
from partnerdesk.services.stay_documents import settle_document

if TYPE_CHECKING:
    from partnerdesk.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Tables:
    """The grade tables of host and home with which grades are converted, and how ties are broken."""

    host: tuple[GradeRow, ...] = ()
    home: tuple[GradeRow, ...] = ()
    tie: Tie = "best"

    @property
    def usable(self) -> bool:
        """Whether both sides have grades."""
        return bool(self.host) and bool(self.home)


def change_transcript(stay_id: int, name: str = "", **fields: Any) -> Deed[bool]:
    """Say when the transcript was issued and came, and by which grade table; the document follows the day it came."""

    def run(unit: Unit) -> bool:
        transcript = _ensure(unit, stay_id)
        changed = unit.change(Transcript, transcript.id, None, **fields)
        if "received_on" in fields:
            day = fields["received_on"]
            settle_document(unit, stay_id, "transcript", "required" if day is None else "received", day)
        return changed

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "change the transcript of {name}"), name=name), run)


def add_line(stay_id: int, line: TranscriptLine, name: str = "") -> Deed[int]:
    """Add a course to the transcript of a stay, which is begun where there is none; the answer is its id."""

    def run(unit: Unit) -> int:
        return _add(unit, stay_id, [line])[0]

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "add a course to the transcript of {name}"), name=name), run)


def paste_lines(stay_id: int, courses: Sequence[Course], host: Iterable[GradeRow] = (), name: str = "") -> Deed[int]:
    """Add pasted courses; a grade with which the host's table fails is a failed course. How many there are."""
    lost = failing(host)

    def run(unit: Unit) -> int:
        return len(_add(unit, stay_id, [line_of(course, lost) for course in courses]))

    label = QT_TRANSLATE_NOOP("PartnerDesk", "paste {n} courses into the transcript of {name}")
    return Deed(text(label, n=len(courses), name=name), run)


def change_line(line: TranscriptLine, name: str = "", **fields: Any) -> Deed[bool]:
    """Change a course of a transcript. Raises Refused."""

    def run(unit: Unit) -> bool:
        return set_fields(unit, TranscriptLine, line.id, line.version, fields, line_problems)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "change the transcript of {name}"), name=name), run)


def remove_lines(lines: Sequence[TranscriptLine], name: str = "") -> Deed[None]:
    """Take courses out of a transcript, with what home decided on them."""

    def run(unit: Unit) -> None:
        for decision in unit.where(Recognition, "line_id", [line.id for line in lines]):
            unit.remove(Recognition, decision.id)
        for line in lines:
            unit.remove(TranscriptLine, line.id)

    values: dict[str, object] = {"n": len(lines), "name": name}
    if len(lines) == 1:
        return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "remove a course of {name}"), name=name), run,
                    text(QT_TRANSLATE_NOOP("PartnerDesk", "Removed a course of {name}"), name=name))
    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "remove {n} courses of {name}"), **values), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Removed {n} courses of {name}"), **values))


def change_recognition(line: TranscriptLine, name: str = "", **fields: Any) -> Deed[int]:
    """Change what home says to a course, which is begun where nothing was said yet. Raises Refused.

    A decision is dated and signed with who made it; taken back it is neither. The answer is its id.
    """

    def run(unit: Unit) -> int:
        return _recognise(unit, line, dict(fields))

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "change the recognition of {name}"), name=name), run)


def decide(lines: Sequence[TranscriptLine], decision: str, reason: str = "", name: str = "") -> Deed[int]:
    """Recognise or refuse courses, or open them again; failed ones are passed over. How many changed.

    What is recognised without other figures has its title and credits. Raises Refused for a refusal without reason.
    """

    def run(unit: Unit) -> int:
        changed = 0
        for line in lines:
            if decision == "recognised" and not line.passed:
                continue
            held = _recognition(unit, line)
            fields: dict[str, Any] = {"decision": decision}
            if decision == "recognised":
                fields |= {"credits": line.credits if held.credits is None else held.credits,
                           "home_title": held.home_title or line.title, "home_code": held.home_code}
            if reason:
                fields["reason"] = reason
            _recognise(unit, line, fields)
            changed += held.decision != decision
        return changed

    label = {"recognised": QT_TRANSLATE_NOOP("PartnerDesk", "recognise courses of {name}"),
             "refused": QT_TRANSLATE_NOOP("PartnerDesk", "refuse courses of {name}"),
             "open": QT_TRANSLATE_NOOP("PartnerDesk", "open the recognition of {name} again")}[decision]
    return Deed(text(label, name=name), run, reason=reason)


def pair_with_agreement(stay_id: int, name: str = "") -> Deed[int]:
    """Name for each undecided course what stands for it at home in the learning agreement; how many were found.

    A course is found by its code, else by its title; where nothing is paired with it at home it stands for itself.
    """

    def run(unit: Unit) -> int:
        version = in_force(unit.find(LearningVersion, stay_id=stay_id))
        components = holding(unit.find(LearningComponent, version_id=version.id)) if version is not None else []
        found = 0
        for line in _lines(unit, stay_id):
            held, away = _recognition(unit, line), _component_of(line, components)
            if away is None or held.decision != "open" or held.component_id is not None:
                continue
            ours = next((c for c in components if c.part == "B" and c.pair is not None and c.pair == away.pair), away)
            _recognise(unit, line, {"component_id": ours.id, "home_code": ours.code, "home_title": ours.title,
                                    "credits": min(ours.credits or line.credits or 0.0, line.credits or 0.0)})
            found += 1
        return found

    label = QT_TRANSLATE_NOOP("PartnerDesk", "pair the courses of {name} with the learning agreement")
    return Deed(text(label, name=name), run)


def convert_grades(stay_id: int, tables: Tables, name: str = "") -> Deed[int]:
    """Convert the grades of the passed courses that are not decided yet, with the sentence on how; how many."""

    def run(unit: Unit) -> int:
        found = 0
        for line in _lines(unit, stay_id):
            conversion = convert(tables.host, tables.home, line.grade, tables.tie) if line.passed else None
            if conversion is not None and _recognition(unit, line).decision == "open":
                _recognise(unit, line, {"grade": conversion.grade, "method": str(conversion.method)})
                found += 1
        return found

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "convert the grades of {name}"), name=name), run)


def _component_of(line: TranscriptLine, components: Sequence[LearningComponent]) -> LearningComponent | None:
    away = [c for c in components if c.part != "B"]
    code, title = fold(line.code), fold(line.title)
    by_code = next((c for c in away if code and fold(c.code) == code), None)
    return by_code or next((c for c in away if title and fold(c.title) == title), None)


def _ensure(unit: Unit, stay_id: int) -> Transcript:
    held = unit.find(Transcript, stay_id=stay_id)
    return held[0] if held else unit.add(Transcript(stay_id=stay_id))


def _lines(unit: Unit, stay_id: int) -> list[TranscriptLine]:
    held = unit.find(Transcript, stay_id=stay_id)
    lines = unit.where(TranscriptLine, "transcript_id", [one.id for one in held])
    return sorted(lines, key=lambda line: (line.position, line.id))


def _add(unit: Unit, stay_id: int, lines: Sequence[TranscriptLine]) -> list[int]:
    transcript = _ensure(unit, stay_id)
    place = 1 + max((one.position for one in unit.find(TranscriptLine, transcript_id=transcript.id)), default=-1)
    made = [dataclasses.replace(one, id=0, uid="", version=1, transcript_id=transcript.id, position=place + at)
            for at, one in enumerate(lines)]
    for one in made:
        refuse_blocks(line_problems(one))
    return unit.add_many(made)


def _recognition(unit: Unit, line: TranscriptLine) -> Recognition:
    held = unit.find(Recognition, line_id=line.id)
    return held[0] if held else Recognition(line_id=line.id)


def _recognise(unit: Unit, line: TranscriptLine, fields: dict[str, Any]) -> int:
    held = _recognition(unit, line)
    if fields.get("decision", held.decision) != held.decision:
        decided = fields["decision"] != "open"
        fields |= {"decided_on": clock.today() if decided else None, "decided_by": unit.who if decided else ""}
    outcome = dataclasses.replace(held, **fields)
    now = unit.get(TranscriptLine, line.id)
    refuse_blocks(p for p in recognition_problems(outcome, now) if p.field in fields or p.field == "reason")
    if not held.id:
        return unit.add(outcome).id
    unit.change(Recognition, held.id, None, **fields)
    return held.id
