"""The courses of a transcript with what home says to them, as one grid of a row a course."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from partnerdesk.domain import cells
from partnerdesk.domain.grades import Conversion, convert
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.transcripts import Recognition, TranscriptLine, recognition_problems
from partnerdesk.domain.vocab import label_of, read_term
from partnerdesk.look.cells import Cell, Chip, Number, Soft
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import say
from partnerdesk.models.edit_grid import EditModel, GridColumn
from partnerdesk.models.stay_learning import credit_words
from partnerdesk.services import transcripts
from partnerdesk.services.transcripts import Tables

AT_HOST = ("code", "title", "credits", "grade", "passed")
AT_HOME = ("title", "home_title", "home_credits", "home_grade", "decision")
"""The columns of the two halves, which a narrow pane shows one at a time."""
OF_HOME = {"home_code": "home_code", "home_title": "home_title", "home_credits": "credits", "home_grade": "grade",
           "decision": "decision", "reason": "reason", "method": "method"}
"""The fields of a row that belong to the recognition, and their names there."""
_STATES = {
    "open": ("neutral", Icon.DRAFT), "recognised": ("success", Icon.RECOGNISED), "refused": ("danger", Icon.ENDED)}


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course as the host reports it, with what home says to it."""

    id: int
    version: int
    line: TranscriptLine
    code: str
    title: str
    credits: float | None
    grade: str
    passed: bool
    home_code: str = ""
    home_title: str = ""
    home_credits: float | None = None
    home_grade: str = ""
    decision: str = "open"
    reason: str = ""
    method: str = ""


def rows_of(lines: Iterable[TranscriptLine], decisions: Iterable[Recognition]) -> list[CourseRow]:
    """The rows of a transcript in its order."""
    held = {one.line_id: one for one in decisions}
    return [_row(line, held.get(line.id)) for line in lines]


def row_deed(row: CourseRow, fields: Mapping[str, Any], name: str) -> Deed[Any]:
    """The deed that changes a row: the line, or what home says to it."""
    if set(fields) <= OF_HOME.keys():
        return transcripts.change_recognition(row.line, name, **{OF_HOME[key]: value for key, value in fields.items()})
    return transcripts.change_line(row.line, name, **fields)


def conversion_of(row: CourseRow, tables: Tables) -> Conversion | None:
    """What the grade of a row is at home, as far as the tables tell."""
    return convert(tables.host, tables.home, row.grade, tables.tie) if row.passed and row.grade else None


class TranscriptModel(EditModel[CourseRow]):
    """A row a course; the right half is home's."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((
            GridColumn("code", _tr("Code"), 76, "text"),
            GridColumn("title", _tr("Course at the host"), 106, "text", grows=True),
            GridColumn("credits", _tr("Credits"), 64, "text", right=True),
            GridColumn("grade", _tr("Grade"), 56, "text"),
            GridColumn("passed", _tr("Passed"), 76, "tick", spare=True),
            GridColumn("home_title", _tr("At home"), 84, "text", grows=True),
            GridColumn("home_credits", _tr("Credits"), 64, "text", right=True, spare=True),
            GridColumn("home_grade", _tr("Grade"), 60, "text"),
            GridColumn("decision", _tr("Decision"), 138, "choice"),
        ), parent)

    def words_of(self, record: CourseRow, key: str) -> str:
        value = getattr(record, key)
        if key in ("credits", "home_credits"):
            return credit_words(value)
        if key == "passed":
            return _tr("Yes") if record.passed else _tr("No")
        if key == "decision":
            return say(label_of("recognition_decision", record.decision))
        return str(value)

    def cell_of(self, record: CourseRow, key: str) -> Cell:
        words = self.words_of(record, key)
        if key in ("credits", "home_credits"):
            return Number(words)
        if key == "decision":
            if not record.passed:
                return Soft("")
            kind, icon = _STATES[record.decision]
            return Chip(kind, words, icon)
        return Soft(words) if key in ("code", "passed", "grade", "home_grade") else words

    def read_cell(self, record: CourseRow, key: str, written: str) -> dict[str, Any]:
        if key in ("credits", "home_credits"):
            value = cells.number(written)
            return {key: None if value is None else float(value)}
        if key == "passed":
            return {key: cells.flag(written) is not False}
        if key == "decision":
            return {key: read_term("recognition_decision", written) or "open"}
        # a grade typed by hand was not converted
        return {key: written, "method": ""} if key == "home_grade" else {key: written}

    def open_cell(self, record: CourseRow, key: str) -> bool:
        return record.passed or key not in OF_HOME

    def warning(self, record: CourseRow, key: str) -> tuple[str, str] | None:
        if key == "home_credits":
            said = Recognition(credits=record.home_credits, decision=record.decision, reason=record.reason or "-")
            found = [p for p in recognition_problems(said, record.line) if p.field == "credits"]
            return (found[0].severity, say(found[0].message)) if found else None
        return None


def _row(line: TranscriptLine, held: Recognition | None) -> CourseRow:
    row = CourseRow(line.id, line.version, line, line.code, line.title, line.credits, line.grade, line.passed)
    if held is None:
        return row
    return CourseRow(
        line.id, line.version + held.version, line, line.code, line.title, line.credits, line.grade, line.passed,
        held.home_code, held.home_title, held.credits, held.grade, held.decision, held.reason, held.method)


def _tr(source: str) -> str:
    return QCoreApplication.translate("Transcript", source)
