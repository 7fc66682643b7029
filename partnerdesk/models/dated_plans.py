"""What bringing in a calendar or the plan of a project would do, as tables: each entry with what becomes of it."""

from PySide6.QtCore import QCoreApplication, QObject

from partnerdesk.domain.importing import Outcome
from partnerdesk.look.cells import Cell, Chip, Soft, TwoLine
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import NOTHING, day, say
from partnerdesk.models.lines import LineColumn, LinesModel
from partnerdesk.services.importing_calendar import APPOINTMENT, FOLLOWUP, OWN, VISIT, CalendarPlan, EventRow
from partnerdesk.services.importing_plan_file import MILESTONE, PACKAGE, TASK, PlanRow, ProjectPlan

_CHIPS = {
    Outcome.NEW: ("success", Icon.ADD), Outcome.CHANGED: ("info", Icon.EDIT), Outcome.SAME: ("neutral", Icon.TICK),
    Outcome.REJECTED: ("danger", Icon.ENDED), Outcome.DUPLICATE: ("warn", Icon.DUPLICATE),
}  # fmt: skip


def event_model(parent: QObject) -> LinesModel[EventRow]:
    """An empty table of the entries of a calendar."""
    columns = (
        LineColumn(_tr("Entry"), _event), LineColumn(_tr("When"), _event_when, 116),
        LineColumn(_tr("Becomes"), _becomes, 108), LineColumn(_tr("Result"), _event_chip, 100))
    return LinesModel(columns, lambda row: row.number, _event_sentence, parent)


def plan_model(parent: QObject) -> LinesModel[PlanRow]:
    """An empty table of the lines of a plan."""
    columns = (
        LineColumn(_tr("Line"), _line), LineColumn(_tr("When"), _line_when, 116),
        LineColumn(_tr("Becomes"), _kind, 108), LineColumn(_tr("Result"), _line_chip, 100))
    return LinesModel(columns, lambda row: row.number, _line_sentence, parent)


def kind_word(kind: str) -> str:
    """What an entry or line becomes."""
    words = {APPOINTMENT: _tr("Appointment"), VISIT: _tr("Visit"), FOLLOWUP: _tr("Follow-up"), OWN: _tr("Own date"),
             PACKAGE: _tr("Work package"), TASK: _tr("Task"), MILESTONE: _tr("Milestone")}
    return words[kind]


def left_words(plan: CalendarPlan | ProjectPlan) -> str:
    """What of the file cannot be kept, in one line; "" where all can."""
    if isinstance(plan, ProjectPlan):
        unused = plan.file.unused
        return _tr("Columns that were not used: {columns}").format(columns=", ".join(unused)) if unused else ""
    left = [f"{say(what)} ({n})" if n > 1 else say(what) for what, n in plan.left]
    return _tr("Not kept: {what}").format(what=", ".join(left)) if left else ""


def notes_of(row: EventRow | PlanRow) -> str:
    """What is to be said of an entry or line besides its result, in full."""
    repeats = row.repeats if isinstance(row, EventRow) else None
    return " · ".join(say(one) for one in (row.changes, repeats, *row.notes) if one is not None)


def _event(row: EventRow) -> Cell:
    return TwoLine(row.title or NOTHING, notes_of(row))


def _event_when(row: EventRow) -> Cell:
    first, begins, last, ends = row.when
    if first != last and last is not None:
        return TwoLine(f"{day(first)} {begins}".strip(), _tr("until {day}").format(day=day(last)))
    return TwoLine(day(first), f"{begins}–{ends}" if ends and ends != begins else begins)


def _becomes(row: EventRow) -> Cell:
    return Soft(_tr("Left out") if row.skipped else kind_word(row.kind))


def _event_chip(row: EventRow) -> Cell:
    if row.skipped:
        return Chip("neutral", _tr("Left out"), Icon.DASH)
    if row.gone:
        return Chip("warn", _tr("Called off"), Icon.REMOVE)
    return _chip(row.outcome)


def _event_sentence(row: EventRow) -> str:
    chip = _event_chip(row)
    word = chip.word if isinstance(chip, Chip) else ""
    return ", ".join(part for part in (row.title, kind_word(row.kind), word, notes_of(row)) if part)


def _line(row: PlanRow) -> Cell:
    return TwoLine(row.title, notes_of(row))


def _line_when(row: PlanRow) -> Cell:
    first, last = row.when
    return TwoLine(day(first), _tr("until {day}").format(day=day(last)) if last != first else "")


def _kind(row: PlanRow) -> Cell:
    return Soft(kind_word(row.kind))


def _line_chip(row: PlanRow) -> Cell:
    return _chip(row.outcome)


def _line_sentence(row: PlanRow) -> str:
    return ", ".join(part for part in (row.title, kind_word(row.kind), _word(row.outcome), notes_of(row)) if part)


def _chip(outcome: Outcome) -> Chip:
    kind, icon = _CHIPS[outcome]
    return Chip(kind, _word(outcome), icon)


def _word(outcome: Outcome) -> str:
    words = {Outcome.NEW: _tr("New"), Outcome.CHANGED: _tr("Changed"), Outcome.SAME: _tr("Same"),
             Outcome.REJECTED: _tr("Rejected"), Outcome.DUPLICATE: _tr("Twice")}
    return words[outcome]


def _tr(source: str) -> str:
    return QCoreApplication.translate("DatedPlans", source)
