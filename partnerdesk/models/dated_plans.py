"""What bringing in a calendar or the plan of a project would do, as tables: each entry with what becomes of it."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QObject

from partnerdesk.domain.importing import Outcome
from partnerdesk.look.cells import Cell, Chip, Soft, TwoLine
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import NOTHING, day, day_range, say
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
        LineColumn(_tr("Entry"), _event), LineColumn(_tr("When"), _event_when, 148),
        LineColumn(_tr("Becomes"), _becomes, 104), LineColumn(_tr("Result"), _event_chip, 104))
    return LinesModel(columns, lambda row: row.number, _event_sentence, parent)


def plan_model(parent: QObject) -> LinesModel[PlanRow]:
    """An empty table of the lines of a plan."""
    columns = (
        LineColumn(_tr("Line"), _line), LineColumn(_tr("When"), _line_when, 148),
        LineColumn(_tr("Becomes"), _kind, 104), LineColumn(_tr("Result"), _line_chip, 104))
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


def _event(row: EventRow) -> Cell:
    told = [say(one) for one in (row.changes, row.repeats, *row.notes) if one is not None]
    return TwoLine(row.title or NOTHING, " · ".join(told))


def _event_when(row: EventRow) -> Cell:
    first, begins, last, ends = row.when
    days = _days(first, last)
    hours = f"{begins}–{ends}" if ends and ends != begins and first == last else begins
    return Soft(f"{days} {hours}".strip() or NOTHING)


def _becomes(row: EventRow) -> Cell:
    return Soft(_tr("Left out") if row.skipped else kind_word(row.kind))


def _event_chip(row: EventRow) -> Cell:
    if row.skipped:
        return Chip("neutral", _tr("Left out"), Icon.DASH)
    if row.gone:
        return Chip("warn", _tr("Called off"), Icon.REMOVE)
    return _chip(row.outcome)


def _event_sentence(row: EventRow) -> str:
    shown = _event(row)
    second = shown.second if isinstance(shown, TwoLine) else ""
    chip = _event_chip(row)
    word = chip.word if isinstance(chip, Chip) else ""
    return ", ".join(part for part in (row.title, kind_word(row.kind), word, second) if part)


def _line(row: PlanRow) -> Cell:
    told = [say(one) for one in (row.changes, *row.notes) if one is not None]
    return TwoLine(row.title, " · ".join(told))


def _line_when(row: PlanRow) -> Cell:
    return Soft(_days(*row.when) or NOTHING)


def _kind(row: PlanRow) -> Cell:
    return Soft(kind_word(row.kind))


def _line_chip(row: PlanRow) -> Cell:
    return _chip(row.outcome)


def _line_sentence(row: PlanRow) -> str:
    shown = _line(row)
    second = shown.second if isinstance(shown, TwoLine) else ""
    return ", ".join(part for part in (row.title, kind_word(row.kind), _word(row.outcome), second) if part)


def _days(first: date | None, last: date | None) -> str:
    if first is None or last is None or first == last:
        one = first or last
        return day(one) if one is not None else ""
    return day_range(first, last)


def _chip(outcome: Outcome) -> Chip:
    kind, icon = _CHIPS[outcome]
    return Chip(kind, _word(outcome), icon)


def _word(outcome: Outcome) -> str:
    words = {Outcome.NEW: _tr("New"), Outcome.CHANGED: _tr("Changed"), Outcome.SAME: _tr("The same"),
             Outcome.REJECTED: _tr("Rejected"), Outcome.DUPLICATE: _tr("Twice")}
    return words[outcome]


def _tr(source: str) -> str:
    return QCoreApplication.translate("DatedPlans", source)
