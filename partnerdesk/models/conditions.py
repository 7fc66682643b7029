"""The conditions of one version as an editable grid, with the exceptions of single years."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from partnerdesk.domain.agreements import AgreementVersion, Condition, ConditionYear, places_in
from partnerdesk.domain.rules import condition_problems
from partnerdesk.look.cells import Cell
from partnerdesk.look.words import say
from partnerdesk.models.condition_cells import (
    cell_of,
    grid_columns,
    read_cell,
    sentence,
    typed_words,
    unknown_fields,
    words_of,
)
from partnerdesk.models.edit_grid import EditModel


class ConditionsModel(EditModel[Condition]):
    """The conditions of a version with the exceptions of single years."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(grid_columns(), parent)
        self._exceptions: dict[int, tuple[ConditionYear, ...]] = {}
        self._before: dict[int, tuple[ConditionYear, ...]] = {}
        self._version: AgreementVersion | None = None

    @property
    def conditions(self) -> Sequence[Condition]:
        """The conditions in their order."""
        return self.records

    def show_conditions(
        self, version: AgreementVersion | None, conditions: Sequence[Condition],
        exceptions: Iterable[ConditionYear], locked: bool,
    ) -> None:
        """Show a version's conditions; rows that stay the same are left alone."""
        other = version is None or self._version is None or version.id != self._version.id
        self._version = version
        grouped: dict[int, list[ConditionYear]] = {}
        for exception in sorted(exceptions, key=lambda e: e.year):
            grouped.setdefault(exception.condition_id, []).append(exception)
        self._before, self._exceptions = self._exceptions, {k: tuple(v) for k, v in grouped.items()}
        self.become(conditions, locked, other=other)

    def condition_at(self, row: int) -> Condition:
        """The condition in a row."""
        return self.record_at(row)

    def exceptions_of(self, condition_id: int) -> tuple[ConditionYear, ...]:
        """The exceptions of a condition in the order of years."""
        return self._exceptions.get(condition_id, ())

    def places(self, direction: str, year: int) -> int:
        """Places that all conditions of a direction grant together in the academic year beginning in `year`."""
        version = self._version or AgreementVersion()
        total = 0
        for condition in self.records:
            first = version.first_year if condition.first_year is None else condition.first_year
            last = version.last_year if condition.last_year is None else condition.last_year
            if condition.direction == direction:
                whole = replace(condition, first_year=first, last_year=last)
                total += places_in(whole, self.exceptions_of(condition.id), year) or 0
        return total

    def words_of(self, record: Condition, key: str) -> str:
        return words_of(record, key, self.exceptions_of(record.id))

    def cell_of(self, record: Condition, key: str) -> Cell:
        return cell_of(record, key, self.exceptions_of(record.id))

    def typed_words(self, record: Condition, key: str) -> str:
        return typed_words(record, key)

    def read_cell(self, record: Condition, key: str, written: str) -> dict[str, Any]:
        return read_cell(key, written)

    def sentence(self, record: Condition) -> str:
        return sentence(record, self.exceptions_of(record.id))

    def stale(self, record: Condition) -> bool:
        return self._before.get(record.id, ()) != self.exceptions_of(record.id)

    def warning(self, record: Condition, key: str) -> tuple[str, str] | None:
        if key == "fields" and (unknown := unknown_fields(record.fields)):
            return "warn", _tr("ISCED-F 2013 does not know {codes}").format(codes=", ".join(unknown))
        if key == "years":
            for problem in condition_problems(record, self._version):
                if problem.field in ("first_year", "last_year"):
                    return problem.severity, say(problem.message)
        return None


def _tr(source: str) -> str:
    return QCoreApplication.translate("Conditions", source)
