"""Cells pasted from a spreadsheet into the conditions grid: read dry into a plan, done as one step."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QCoreApplication

from partnerdesk.domain import cellwords, headers
from partnerdesk.domain.agreements import Condition
from partnerdesk.domain.cells import Unreadable
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.text import fold
from partnerdesk.look.words import say
from partnerdesk.models.condition_cells import read_cell
from partnerdesk.models.edit_grid import GridColumn

_TARGETS = {
    "places.direction": "direction", "places.activity": "activity", "places.heads": "heads",
    "places.months": "months", "places.days": "days", "places.fields": "fields", "places.levels": "levels",
    "places.languages": "languages", "places.year": "years",
}


@dataclass(slots=True)
class PastePlan:
    """What a paste would do: cells to fill, rows to add, and what cannot be read."""

    fills: list[tuple[Condition, dict[str, Any]]] = field(default_factory=list)
    rows: list[Condition] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def cells(self) -> int:
        """How many cells of existing rows it fills."""
        return sum(len(fields) for _, fields in self.fills)

    @property
    def nothing(self) -> bool:
        """Whether it would change nothing."""
        return not self.fills and not self.rows


def plan_paste(
    written: str, conditions: Sequence[Condition], columns: Sequence[GridColumn], row: int, column: int,
    template: Condition,
) -> PastePlan:
    """What pasting the text at (row, column) would do. A header row names the columns, and then rows are added.

    New rows start from `template`; a direction of "both" makes two rows.
    """
    lines = [line for line in csv.reader(io.StringIO(written), delimiter="\t") if any(cell.strip() for cell in line)]
    plan = PastePlan()
    if not lines:
        return plan
    keys = _headed(lines[0], columns)
    if keys:
        for at, line in enumerate(lines[1:], 2):
            _add(plan, at, line, keys, template)
        plan.problems += [_tr("The column “{name}” is not used").format(name=name)
                          for name, key in zip(lines[0], keys, strict=True) if name.strip() and not key]
        return plan
    for at, line in enumerate(lines):
        under = [c.key for c in columns[column:column + len(line)]]
        if row + at < len(conditions):
            _fill(plan, at + 1, line, under, conditions[row + at])
        else:
            _add(plan, at + 1, line, under, template)
    return plan


def _headed(first: Sequence[str], columns: Sequence[GridColumn]) -> list[str]:
    """The key of each column that a header row names, "" for others; empty when it is no header row."""
    own = {fold(column.title): column.key for column in columns}
    keys = [own.get(fold(name)) or _TARGETS.get(headers.known_as(name), "") for name in first]
    named = sum(1 for key in keys if key)
    # one word such as "Out" or "Places" may be a value; a header row names at least two columns
    return keys if named >= 2 or (named == 1 and len(first) == 1 and not _is_value(first[0], keys[0])) else []


def _is_value(written: str, key: str) -> bool:
    try:
        read_cell(key, written)
    except (Unreadable, Refused):
        return False
    return True


def _fill(plan: PastePlan, at: int, line: Sequence[str], keys: Sequence[str], condition: Condition) -> None:
    fields = _read(plan, at, line, keys)
    changed = {name: value for name, value in fields.items() if getattr(condition, name) != value}
    if changed:
        plan.fills.append((condition, changed))


def _add(plan: PastePlan, at: int, line: Sequence[str], keys: Sequence[str], template: Condition) -> None:
    both = [i for i, key in enumerate(keys[:len(line)]) if key == "direction" and _says_both(line[i])]
    kept = [(cell, key) for i, (cell, key) in enumerate(zip(line, keys, strict=False)) if i not in both]
    fields = _read(plan, at, [cell for cell, _ in kept], [key for _, key in kept])
    if not fields and not both:
        return
    made = replace(template, **fields)
    ways = ("out", "in") if both else (made.direction,)
    plan.rows += [replace(made, direction=way) for way in ways]


def _says_both(cell: str) -> bool:
    try:
        return cellwords.direction(cell) == "both"
    except Unreadable:
        return False


def _read(plan: PastePlan, at: int, line: Sequence[str], keys: Sequence[str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for cell, key in zip(line, keys, strict=False):
        if not key or key == "exceptions" or (not cell.strip() and key in ("direction", "activity")):
            continue
        try:
            fields |= read_cell(key, cell.strip())
        except (Unreadable, Refused) as trouble:
            plan.problems.append(_tr("Row {n}: {why}").format(n=at, why=say(trouble.message)))
    return fields


def _tr(source: str) -> str:
    return QCoreApplication.translate("Conditions", source)
