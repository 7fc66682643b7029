"""Plain tables of cells, which every reader of spreadsheets makes."""

from dataclasses import dataclass
from datetime import date, datetime

Cell = str | int | float | bool | date | datetime | None
Row = list[Cell]


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet program takes for the beginning of a formula."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of cells. Row 1 of the file is `rows[0]`; rows may differ in length."""

    name: str
    rows: list[Row]

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return not any(cell is not None and cell != "" for row in self.rows for cell in row)
