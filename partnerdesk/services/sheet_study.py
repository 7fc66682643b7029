"""Learning agreement, the sheet of its changes, and the transcript with recognition, as printed documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.documents import Block, Cell, Fact, FactList, Head, PrintDocument, Prose, Signatures, Table
from partnerdesk.domain.grades import GradeRow, GradeTable
from partnerdesk.domain.learning import (
    LearningComponent,
    LearningVersion,
    changes_only,
    credits_of,
    holding,
    in_force,
)
from partnerdesk.domain.transcripts import Recognition, Transcript, TranscriptLine, outcome
from partnerdesk.domain.words import QT_TRANSLATE_NOOP
from partnerdesk.services.grades import tables_for
from partnerdesk.services.prints import Print
from partnerdesk.services.sheets import Printer, person_head, place_of
from partnerdesk.services.stay_file import StayFile, stay_file
from partnerdesk.services.wording import NOTHING, Voice

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

_PARTS = ("A", "B", "C", "D")
_AGREEMENT = QT_TRANSLATE_NOOP("PartnerDesk", "Learning agreement")
_CHANGES = QT_TRANSLATE_NOOP("PartnerDesk", "Changes to the learning agreement")
_TRANSCRIPT = QT_TRANSLATE_NOOP("PartnerDesk", "Transcript of records and recognition")


def learning_agreements(stay_ids: Sequence[int]) -> Print:
    """The learning agreement in force of each of these stays."""
    return Print(tuple(stay_ids), _agreements, QT_TRANSLATE_NOOP("PartnerDesk", "Learning agreements"),
                 "Learning agreement")


def learning_changes(stay_ids: Sequence[int]) -> Print:
    """What the last version changes, of each of these stays."""
    return Print(tuple(stay_ids), _changes, _CHANGES, "Changes to the learning agreement")


def transcripts(stay_ids: Sequence[int]) -> Print:
    """The transcript with what was recognised for it, of each of these stays."""
    return Print(tuple(stay_ids), _transcripts, QT_TRANSLATE_NOOP("PartnerDesk", "Transcripts of records"),
                 "Transcript of records")


def _agreements(reader: Reader, voice: Voice, ids: Sequence[Any]) -> Iterable[PrintDocument]:
    printer = Printer.of(reader, voice)
    return (agreement_sheet(printer, stay_file(reader, one)) for one in ids)


def _changes(reader: Reader, voice: Voice, ids: Sequence[Any]) -> Iterable[PrintDocument]:
    printer = Printer.of(reader, voice)
    return (changes_sheet(printer, stay_file(reader, one)) for one in ids)


def _transcripts(reader: Reader, voice: Voice, ids: Sequence[Any]) -> Iterable[PrintDocument]:
    printer = Printer.of(reader, voice)
    for one in ids:
        file = stay_file(reader, one)
        yield transcript_sheet(printer, file, *_grade_table(reader, file))


def study_head(printer: Printer, file: StayFile) -> Head:
    """The head of a sheet on the studies of a stay: who, from where to where, when."""
    stay, enrolment = file.stay, file.enrolment
    route = f"{place_of(file.sending, printer.voice)} → {place_of(file.receiving, printer.voice)}"
    facts = [
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Academic year"), printer.year(stay.year)),
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Term"), printer.code("term", stay.term)),
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Planned stay"),
                     printer.days(stay.planned_from, stay.planned_to)),
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Level"), printer.code("level", stay.level_nominated)),
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Field of education"), stay.field),
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Degree programme"),
                     enrolment.programme_title if enrolment else ""),
    ]
    return person_head(file.person, (route,), tuple(facts))


def agreement_sheet(printer: Printer, file: StayFile) -> PrintDocument:
    """The version in force of a learning agreement: its tables with totals, and the three signatures."""
    version = in_force(file.learning)
    components = file.components_of(version.id) if version else ()
    blocks: list[Block] = []
    for part in _PARTS:
        rows = [c for c in holding(components) if c.part == part]
        if rows or part in "AB":
            blocks.append(_components(printer, part, rows, credits_of(components, part)))
    blocks.append(_signatures(printer, version, file))
    return printer.sheet(_AGREEMENT, study_head(printer, file), blocks, title=_titled(printer, _AGREEMENT, file),
                         notes=_version_note(printer, version))


def changes_sheet(printer: Printer, file: StayFile) -> PrintDocument:
    """Only what the newest version changes, with the reasons, for the three to sign."""
    version = max(file.learning, key=lambda v: v.n, default=None)
    changed = changes_only(file.components_of(version.id)) if version else []
    c = printer.column
    rows = tuple(
        (Cell(_change_word(printer, one)), Cell(one.part), Cell(one.code), Cell(one.title),
         Cell(printer.number(one.credits)), Cell(_reason(printer, one))) for one in changed)
    table = Table(
        printer.voice.say(_CHANGES),
        (c(QT_TRANSLATE_NOOP("PartnerDesk", "Change"), 0.13, "left", "strong"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Table"), 0.07), c(QT_TRANSLATE_NOOP("PartnerDesk", "Number"), 0.13),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Component"), 0.35), c("ECTS", 0.08, "right"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Reason"), 0.24)),
        rows, empty=printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Nothing is changed")))
    blocks = (table, _totals_after(printer, file, version), _signatures(printer, version, file))
    return printer.sheet(_CHANGES, study_head(printer, file), blocks, title=_titled(printer, _CHANGES, file),
                         notes=_version_note(printer, version))


def transcript_sheet(
    printer: Printer, file: StayFile, table: GradeTable | None, rows: Sequence[GradeRow]
) -> PrintDocument:
    """The courses taken, what they count as at home and how grades were converted, and the host's grade table."""
    transcript = file.transcripts[-1] if file.transcripts else None
    lines = file.lines_of(transcript.id) if transcript else ()
    decisions = {one.line_id: one for one in file.recognitions}
    blocks: list[Block] = [_courses(printer, lines, decisions), _outcome(printer, file, transcript, lines)]
    methods = dict.fromkeys(one.method for one in decisions.values() if one.method)
    if methods:
        blocks.append(Prose(tuple(methods), printer.voice.say(QT_TRANSLATE_NOOP(
            "PartnerDesk", "How grades were converted"))))
    if table is not None and rows:
        blocks.append(_grades(printer, table, rows))
    return printer.sheet(_TRANSCRIPT, study_head(printer, file), blocks, title=_titled(printer, _TRANSCRIPT, file))


def _components(printer: Printer, part: str, rows: Sequence[LearningComponent], total: float) -> Table:
    c = printer.column
    cells = tuple(
        (Cell(one.code), Cell(one.title), Cell(printer.code("term", one.term)), Cell(printer.number(one.credits)),
         Cell(_recognised(printer, one))) for one in rows)
    closing = (Cell(printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Total"))), Cell(""), Cell(""),
               Cell(printer.number(total)), Cell("")) if rows else ()
    return Table(
        printer.code("la_part", part),
        (c(QT_TRANSLATE_NOOP("PartnerDesk", "Number"), 0.14, "left", "quiet"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Component"), 0.4, "left", "strong"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Term"), 0.16), c("ECTS", 0.08, "right"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Recognition"), 0.22)),
        cells, empty=printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Nothing entered yet")), total=closing)


def _recognised(printer: Printer, one: LearningComponent) -> str:
    if one.part != "B":
        return one.conditions
    automatic = printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "automatic"))
    return one.conditions or (automatic if one.auto_recognised else NOTHING)


def _change_word(printer: Printer, one: LearningComponent) -> str:
    word = QT_TRANSLATE_NOOP("PartnerDesk", "Deleted") if one.change == "deleted" else QT_TRANSLATE_NOOP(
        "PartnerDesk", "Added")
    return printer.voice.say(word)


def _reason(printer: Printer, one: LearningComponent) -> str:
    parts = (printer.code("la_reason", one.reason_code) if one.reason_code else "", one.reason)
    return ": ".join(part for part in parts if part)


def _totals_after(printer: Printer, file: StayFile, version: LearningVersion | None) -> FactList:
    held = file.components_of(version.id) if version else ()
    facts = tuple(Fact(printer.code("la_part", part), f"{printer.number(credits_of(held, part))} ECTS")
                  for part in _PARTS if part in "AB" or credits_of(held, part))
    return FactList(printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Credits after the changes")), facts,
                    columns=max(2, len(facts)))


def _signatures(printer: Printer, version: LearningVersion | None, file: StayFile) -> Signatures:
    signed = version or LearningVersion()
    sides = (
        (QT_TRANSLATE_NOOP("PartnerDesk", "Student"), file.name if signed.student_signed_on else "",
         signed.student_signed_on),
        (QT_TRANSLATE_NOOP("PartnerDesk", "Sending institution"), signed.sending_signed_by, signed.sending_signed_on),
        (QT_TRANSLATE_NOOP("PartnerDesk", "Receiving institution"), signed.receiving_signed_by,
         signed.receiving_signed_on),
    )
    return Signatures(tuple(
        Fact(printer.voice.say(label), ", ".join(p for p in (name, printer.voice.day(day) if day else "") if p))
        for label, name, day in sides))


def _version_note(printer: Printer, version: LearningVersion | None) -> tuple[str, ...]:
    if version is None:
        return ()
    return (printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Version {n}"), n=version.n),)


def _courses(printer: Printer, lines: Sequence[TranscriptLine], decisions: dict[int, Recognition]) -> Table:
    c, say = printer.column, printer.voice.say
    rows = []
    for line in lines:
        home = decisions.get(line.id, Recognition())
        stands = home.home_title or home.home_code
        rows.append((
            Cell(line.code), Cell(line.title), Cell(printer.number(line.credits)), Cell(line.grade or NOTHING),
            Cell("" if line.passed else say(QT_TRANSLATE_NOOP("PartnerDesk", "not passed"))),
            Cell(stands or (home.reason if home.decision == "refused" else "")),
            Cell(printer.number(home.credits) if home.decision == "recognised" else ""),
            Cell(home.grade), Cell(printer.code("recognition_decision", home.decision) if line.passed else NOTHING)))
    found = outcome(lines, decisions.values())
    total = (Cell(say(QT_TRANSLATE_NOOP("PartnerDesk", "Total"))), Cell(""), Cell(printer.number(found.achieved)),
             Cell(""), Cell(""), Cell(""), Cell(printer.number(found.recognised)), Cell(""), Cell("")) if rows else ()
    return Table(
        say(QT_TRANSLATE_NOOP("PartnerDesk", "Courses")),
        (c(QT_TRANSLATE_NOOP("PartnerDesk", "Number"), 0.09, "left", "quiet"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Course at the host"), 0.25, "left", "strong"), c("ECTS", 0.06, "right"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Grade"), 0.07), c("", 0.09),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Recognised as"), 0.2), c("ECTS", 0.06, "right"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Grade at home"), 0.08),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Decision"), 0.1)),
        tuple(rows), empty=say(QT_TRANSLATE_NOOP("PartnerDesk", "No transcript yet")), total=total)


def _outcome(
    printer: Printer, file: StayFile, transcript: Transcript | None, lines: Sequence[TranscriptLine]
) -> FactList:
    found = outcome(lines, file.recognitions)
    fact = printer.fact
    return FactList(printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Result")), (
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Achieved"), f"{printer.number(found.achieved)} ECTS"),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Recognised"), f"{printer.number(found.recognised)} ECTS"),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Issued on"),
             printer.voice.day(transcript.issued_on if transcript else None)),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Received"),
             printer.voice.day(transcript.received_on if transcript else None)),
    ), columns=4)


def _grades(printer: Printer, table: GradeTable, rows: Sequence[GradeRow]) -> Table:
    c, say = printer.column, printer.voice.say
    years = f"{table.first_year}–{table.last_year}" if table.first_year and table.last_year else ""
    passes, fails = QT_TRANSLATE_NOOP("PartnerDesk", "passes"), QT_TRANSLATE_NOOP("PartnerDesk", "does not pass")
    return Table(
        say(QT_TRANSLATE_NOOP("PartnerDesk", "Grade table of the host")),
        (c(QT_TRANSLATE_NOOP("PartnerDesk", "Grade"), 0.3, "left", "strong"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Share (%)"), 0.2, "right"), c("", 0.5)),
        tuple((Cell(row.label), Cell(printer.number(row.percent)), Cell(say(passes if row.passing else fails)))
              for row in rows),
        note=" · ".join(part for part in (table.name, years) if part))


def _grade_table(reader: Reader, file: StayFile) -> tuple[GradeTable | None, Sequence[GradeRow]]:
    """The host's grade table that the transcript names, else the closest: the one its grades are converted by."""
    transcript = file.transcripts[-1] if file.transcripts else None
    chosen = tables_for(reader, file.stay, transcript).host if transcript is not None else None
    return (chosen.table, chosen.rows) if chosen is not None else (None, ())


def _titled(printer: Printer, what: str, file: StayFile) -> str:
    return f"{printer.voice.say(what)} – {file.name}"
