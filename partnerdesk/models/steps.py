"""The journal of an office, a step's changes, the trash and the imports, as tables."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from partnerdesk.domain import clock
from partnerdesk.domain.journal import Entry, Step
from partnerdesk.look.cells import Cell, Chip, Number, Soft, TwoLine
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import day, number, say
from partnerdesk.models.history import changes_of
from partnerdesk.models.lines import LineColumn, LinesModel
from partnerdesk.services.changes import BatchLine, TouchedRow
from partnerdesk.services.labels import table_label
from partnerdesk.services.trash import TrashLine

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Change:
    """One changed field of one record, in words."""

    place: int
    about: str
    field: str
    before: str
    after: str


def _tr(source: str) -> str:
    return QCoreApplication.translate("Steps", source)


def moment_words(at: datetime) -> str:
    """ "Today 10:42", else "12 Mar 2026 10:42", where the user is."""
    here = at.astimezone()
    time = f"{here:%H:%M}"
    if here.date() == clock.now().astimezone().date():
        return _tr("Today {time}").format(time=time)
    return f"{day(here.date())} {time}"


def steps_model(parent: QObject) -> LinesModel[Step]:
    """An empty table of steps."""
    columns = (
        LineColumn(_tr("When"), _when, 130), LineColumn(_tr("What"), _what), LineColumn(_tr("Who"), _who, 120),
        LineColumn(_tr("Rows"), _rows, 56, right=True), LineColumn(_tr("State"), _state, 110),
    )  # fmt: skip
    return LinesModel(columns, lambda step: step.id, step_sentence, parent)


def step_title(step: Step) -> str:
    """What a step did, beginning with a capital."""
    said = say(step.label)
    return said[:1].upper() + said[1:]


def step_sentence(step: Step) -> str:
    """A step as a screen reader says it."""
    chip = _state(step)
    parts = (step_title(step), step.who, moment_words(step.at), chip.word if isinstance(chip, Chip) else "")
    return ", ".join(part for part in parts if part)


def changes_model(parent: QObject) -> LinesModel[Change]:
    """An empty table of changed fields."""
    columns = (
        LineColumn[Change](_tr("Record"), lambda c: c.about, 200),
        LineColumn[Change](_tr("Field"), lambda c: Soft(c.field), 190),
        LineColumn[Change](_tr("From"), lambda c: Soft(c.before), 170),
        LineColumn[Change](_tr("To"), lambda c: c.after),
    )  # fmt: skip
    return LinesModel(columns, lambda c: c.place, change_sentence, parent)


def change_sentence(change: Change) -> str:
    """A changed field as a screen reader says it."""
    return _tr("{record}, {field}: from {before} to {after}").format(
        record=change.about, field=change.field, before=change.before, after=change.after)


def changes_in_words(rows: list[TouchedRow]) -> list[Change]:
    """What a step changed, field by field; what only the program knows is left out."""
    told = [(say(row.about), *change) for row in rows for change in changes_of(_readable(row.entry))]
    return [Change(place, about, field, before[:_LONGEST], after[:_LONGEST])
            for place, (about, field, before, after) in enumerate(told)]


def trash_model(parent: QObject) -> LinesModel[TrashLine]:
    """An empty table of what lies in the trash."""
    columns = (
        LineColumn(_tr("Record"), _gone), LineColumn(_tr("Kind"), _gone_kind, 110),
        LineColumn(_tr("Deleted"), _gone_when, 140),
    )  # fmt: skip
    return LinesModel(columns, lambda line: line.key, trash_sentence, parent)


def trash_sentence(line: TrashLine) -> str:
    """A deleted record as a screen reader says it."""
    parts = (line.name, line.about, kind_word(line.kind), _deleted(line))
    return ", ".join(part for part in parts if part)


def kind_word(kind: str) -> str:
    """ "partner", "agreement", "person" or another kind of record as a word of the user's."""
    return say(table_label({"partner": "institution", "output": "joint_output"}.get(kind, kind)))


def batches_model(parent: QObject) -> LinesModel[BatchLine]:
    """An empty table of imports."""
    columns = (
        LineColumn(_tr("File"), _file), LineColumn(_tr("New"), _Counted("new"), 64, right=True),
        LineColumn(_tr("Changed"), _Counted("changed"), 76, right=True),
        LineColumn(_tr("Rejected"), _Counted("rejected"), 76, right=True), LineColumn(_tr("State"), _batch_state, 110),
    )  # fmt: skip
    return LinesModel(columns, lambda line: line.batch.id, batch_sentence, parent)


def batch_sentence(line: BatchLine) -> str:
    """An import as a screen reader says it."""
    return _tr("{file}: {new} new, {changed} changed").format(
        file=line.batch.file_name or _tr("Pasted rows"), new=number(line.counts.get("new", 0)),
        changed=number(line.counts.get("changed", 0)))


def _readable(entry: Entry) -> Entry:
    """An entry of a setting with its value out of the JSON it is stored in."""
    if entry.table != "setting":
        return entry
    return replace(entry, before=_loaded(entry.before), after=_loaded(entry.after))


def _loaded(row: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    if row is None or "value" not in row:
        return row
    value = json.loads(row["value"])
    return {**row, "value": ", ".join(map(str, value)) if isinstance(value, list) else str(value)}


def _when(step: Step) -> Cell:
    return Soft(moment_words(step.at))


def _what(step: Step) -> Cell:
    return TwoLine(step_title(step), step.reason)


def _who(step: Step) -> Cell:
    return Soft(step.who)


def _rows(step: Step) -> Cell:
    return Number(number(step.rows))


def _state(step: Step) -> Cell:
    if step.state == "undone":
        return Chip("neutral", _tr("Undone"), Icon.UNDO)
    if step.kind == "import":
        return Chip("info", _tr("Import"), Icon.IMPORT)
    if step.kind == "purge":
        return Chip("danger", _tr("Purged"), Icon.DELETE)
    return Soft("")


def _gone(line: TrashLine) -> Cell:
    return TwoLine(line.name, line.about)


def _gone_kind(line: TrashLine) -> Cell:
    return Soft(kind_word(line.kind))


def _deleted(line: TrashLine) -> str:
    return moment_words(datetime.fromisoformat(line.record.deleted_at))


def _gone_when(line: TrashLine) -> Cell:
    return Soft(_deleted(line))


def _file(line: BatchLine) -> Cell:
    when = moment_words(line.step.at) if line.step else day(line.batch.day)
    return TwoLine(line.batch.file_name or _tr("Pasted rows"), when)


class _Counted:
    """Shows one of an import's counts."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, line: BatchLine) -> Cell:
        return Number(number(line.counts.get(self._name, 0)))


def _batch_state(line: BatchLine) -> Cell:
    if line.step is None or line.step.state == "done":
        return Chip("success", _tr("Imported"), Icon.HOLDS)
    return Chip("neutral", _tr("Undone"), Icon.UNDO)
