"""The dated tables that grants are worked out by: what users do with tables and their rates."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.grants import GrantAward, GrantRate, GrantTable, rate_problems, table_problems
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.resources import resource_path
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services.deeds import refuse_blocks, set_fields

if TYPE_CHECKING:
    from partnerdesk.domain.stays import Stay
    from partnerdesk.store.unit import Reader, Unit

STARTING = ("erasmus_2025.json",)


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table with its rates in their order; `awards` says how many grants were worked out by it."""

    table: GrantTable
    rates: tuple[GrantRate, ...]
    awards: int


def table_files(reader: Reader) -> list[TableFile]:
    """All tables, those in the archive last, the newest call first."""
    tables = sorted(reader.find(GrantTable), key=lambda t: (t.archived_on is not None, -(t.call_year or 0), t.name))
    rates = reader.where(GrantRate, "table_id", [t.id for t in tables])
    used = [row[0] for row in reader.columns(GrantAward, ("table_id",), "table_id", [t.id for t in tables])]
    return [TableFile(t, tuple(in_order(r for r in rates if r.table_id == t.id)), used.count(t.id)) for t in tables]


def in_order(rates: Any) -> list[GrantRate]:
    """Rates as they are read: by their place."""
    return sorted(rates, key=lambda one: (one.position, one.id))


def fitting_tables(tables: Sequence[GrantTable], stay: Stay, day: date | None) -> list[GrantTable]:
    """The tables in use, those first that are for the programme of a stay and hold on its first day.

    Then the newest call; a table of another programme comes last.
    """
    def distance(table: GrantTable) -> tuple[bool, bool, int]:
        other = table.programme not in ("", stay.programme)
        holds = day is None or (table.valid_from or day) <= day <= (table.valid_to or day)
        return other, not holds, -(table.call_year or 0)

    return sorted((t for t in tables if t.archived_on is None), key=distance)


def add_table(table: GrantTable, rates: Sequence[GrantRate] = ()) -> Deed[int]:
    """Add a table with its rates; the answer is its id."""

    def run(unit: Unit) -> int:
        refuse_blocks([*table_problems(table), *(p for rate in rates for p in rate_problems(rate))])
        made = unit.add(table)
        for place, rate in enumerate(rates):
            unit.add(dataclasses.replace(rate, id=0, uid="", version=1, table_id=made.id, position=place))
        return made.id

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "add the grant table {name}"), name=table.name), run)


def starting_table(name: str = STARTING[0]) -> tuple[GrantTable, tuple[GrantRate, ...]]:
    """A table to begin with, as it lies beside the program."""
    told = json.loads(resource_path("grants", name).read_text(encoding="utf-8"))
    return GrantTable(**{k: v for k, v in told.items() if k != "rates"}), tuple(map(_rate, told["rates"]))


def _rate(told: dict[str, Any]) -> GrantRate:
    values: dict[str, Any] = {k: float(v) if k in ("amount", "green") else v for k, v in told.items()}
    return GrantRate(**values)


def add_starting_table() -> Deed[int]:
    """Add the table to begin with; what differs from country to country is left for the office to enter."""
    return add_table(*starting_table())


def copy_table(file: TableFile, name: str, call_year: int | None) -> Deed[int]:
    """Begin the table of another call from one there is."""
    fresh = dataclasses.replace(file.table, id=0, uid="", version=1, name=name, call_year=call_year, archived_on=None)
    return add_table(fresh, file.rates)


def change_table(table: GrantTable, **fields: Any) -> Deed[bool]:
    """Change a table. Grants that are frozen keep what was told then (R84)."""

    def run(unit: Unit) -> bool:
        return set_fields(unit, GrantTable, table.id, table.version, fields, table_problems)

    return Deed(_of(QT_TRANSLATE_NOOP("PartnerDesk", "change the grant table {name}"), table), run)


def archive_table(table: GrantTable, back: bool = False) -> Deed[bool]:
    """Take a table out of use, or bring it back."""

    def run(unit: Unit) -> bool:
        return unit.change(GrantTable, table.id, None, archived_on=None if back else clock.today())

    label = QT_TRANSLATE_NOOP("PartnerDesk", "bring back the grant table {name}") if back else QT_TRANSLATE_NOOP(
        "PartnerDesk", "archive the grant table {name}")
    return Deed(_of(label, table), run)


def remove_table(table: GrantTable) -> Deed[None]:
    """Take a table away that no grant was worked out by."""

    def run(unit: Unit) -> None:
        if unit.find(GrantAward, table_id=table.id):
            raise Refused(Problem("R84", "block", "", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "Grants were worked out by this table.")), Text(QT_TRANSLATE_NOOP(
                    "PartnerDesk", "Archive it instead"))))
        for rate in unit.find(GrantRate, table_id=table.id):
            unit.remove(GrantRate, rate.id)
        unit.remove(GrantTable, table.id)

    return Deed(_of(QT_TRANSLATE_NOOP("PartnerDesk", "remove the grant table {name}"), table), run,
                _of(QT_TRANSLATE_NOOP("PartnerDesk", "Removed the grant table {name}"), table))


def add_rate(table: GrantTable, rate: GrantRate) -> Deed[int]:
    """Add a rate at the end of a table."""

    def run(unit: Unit) -> int:
        refuse_blocks(rate_problems(rate))
        place = 1 + max((r.position for r in unit.find(GrantRate, table_id=table.id)), default=-1)
        return unit.add(dataclasses.replace(rate, table_id=table.id, position=place)).id

    return Deed(_of(QT_TRANSLATE_NOOP("PartnerDesk", "add a rate to {name}"), table), run)


def change_rate(table: GrantTable, rate: GrantRate, **fields: Any) -> Deed[bool]:
    """Change a rate of a table."""

    def run(unit: Unit) -> bool:
        return set_fields(unit, GrantRate, rate.id, rate.version, fields, rate_problems)

    return Deed(_of(QT_TRANSLATE_NOOP("PartnerDesk", "change a rate of {name}"), table), run)


def remove_rates(table: GrantTable, rates: Sequence[GrantRate]) -> Deed[None]:
    """Take rates out of a table."""

    def run(unit: Unit) -> None:
        for rate in rates:
            unit.remove(GrantRate, rate.id)

    return Deed(_of(QT_TRANSLATE_NOOP("PartnerDesk", "remove rates of {name}"), table), run,
                _of(QT_TRANSLATE_NOOP("PartnerDesk", "Removed rates of {name}"), table))


def _of(label: str, table: GrantTable) -> Text:
    return text(label, name=table.name)
