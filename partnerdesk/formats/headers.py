"""Finds the row of a sheet that names the columns, past titles and blank rows, and tidies its words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from partnerdesk.domain import headers
from partnerdesk.domain.identifiers import erasmus_code
from partnerdesk.formats.books import Cell, Row, Sheet

_LOOK_AT = 40
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Column:
    """A column that holds something: its place in the rows (from 0) and its tidy, unique name."""

    index: int
    name: str


@dataclass(frozen=True, slots=True)
class Header:
    """Which row names the columns: `row` counts from 0, -1 when no row does and `columns` are lettered."""

    row: int
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns from left to right."""
        return tuple(column.name for column in self.columns)


def find_header(sheet: Sheet) -> Header:
    """The likeliest header of a sheet."""
    top = list(islice(enumerate(sheet.rows), _LOOK_AT))
    width = _usual_width(sheet.rows)
    best, best_score = -1, 0.0
    for place, row in top:
        score = _score(row, sheet.rows[place + 1 : place + 40], width)
        if score > best_score + 0.001:
            best, best_score = place, score
    return header_at(sheet, best)


def header_at(sheet: Sheet, row: int) -> Header:
    """The header when the user says which row it is (from 0; -1 for none)."""
    names: Row = sheet.rows[row] if 0 <= row < len(sheet.rows) else []
    filled = _filled_columns(sheet.rows[row + 1 :])
    width = max([len(names), *(index + 1 for index in filled)])
    columns: list[Column] = []
    seen: Counter[str] = Counter()
    for index in range(width):
        name = headers.tidy(names[index]) if index < len(names) and names[index] is not None else ""
        if not name and index not in filled:
            continue
        name = name or _letters(index)
        seen[name.casefold()] += 1
        if seen[name.casefold()] > 1:
            name = f"{name} ({seen[name.casefold()]})"
        columns.append(Column(index, name))
    return Header(row if row >= 0 else -1, tuple(columns))


def is_blank(row: Sequence[Cell]) -> bool:
    """Whether no cell of a row holds more than blanks."""
    for cell in row:  # noqa: SIM110  # a generator costs more than what it asks, once per row
        if cell is not None and (cell.__class__ is not str or cell.strip(" \t\xa0\r\n")):
            return False
    return True


def repeats(row: Sequence[Cell], header: Header) -> bool:
    """Whether a row is the header once more, as printed lists have it on every page."""
    if header.row < 0 or not header.columns:
        return header.row >= 0
    first = header.columns[0]
    cell = row[first.index] if first.index < len(row) else None
    if isinstance(cell, str) and first.name[:1] not in cell:
        return False
    return all(_said(row, column.index) == column.name for column in reversed(header.columns))


def _said(row: Sequence[Cell], index: int) -> str:
    return headers.tidy(row[index]) if index < len(row) and row[index] is not None else ""


def _usual_width(rows: Sequence[Row]) -> int:
    """How many cells most rows fill."""
    widths = Counter(_filled(row) for row in islice(rows, 200))
    del widths[0]
    return max(widths, key=lambda width: (widths[width], width), default=1)


def _filled(row: Sequence[Cell]) -> int:
    return sum(cell is not None and (not isinstance(cell, str) or not cell.isspace()) for cell in row)


def _filled_columns(rows: Sequence[Row]) -> set[int]:
    found: set[int] = set()
    for row in rows:
        found.update(i for i, cell in enumerate(row) if i not in found and cell is not None and not is_blank((cell,)))
    return found


def _score(row: Row, below: Sequence[Row], width: int) -> float:
    """How much a row looks like names of columns: 0 not at all."""
    cells = [cell for cell in row if cell is not None and not is_blank((cell,))]
    if not cells or not any(not is_blank(other) for other in below):
        return 0.0
    words = [headers.tidy(cell) for cell in cells if isinstance(cell, str)]
    labels = [word for word in words if _could_label(word)]
    distinct = len({word.casefold() for word in labels})
    known = sum(1 for word in labels if headers.known_as(word))
    if distinct < (0.5 if known > 1 else 0.7) * len(cells) or (known == 0 and len(cells) < 0.5 * width):
        return 0.0
    enough = min(1.0, len(cells) / max(1, width))
    if len(cells) == 1 and width > 1:
        return 0.0
    if known == 0:
        return 0.4 * enough if _below_differs(row, below) else 0.0
    return enough + 2 * known / len(cells) + 0.05 * known


def _could_label(word: str) -> bool:
    if not word or len(word) > _LONGEST or "@" in word or "://" in word:
        return False
    if not any(letter.isalpha() for letter in word):
        return False
    return bool(headers.known_as(word)) or erasmus_code(word) is None


def _below_differs(row: Row, below: Sequence[Row]) -> bool:
    """Whether some column under unknown words holds what no header would: numbers, days, addresses, codes."""
    for index, cell in enumerate(row):
        if not isinstance(cell, str):
            continue
        values = [other[index] for other in below if index < len(other) and other[index] is not None]
        if values and all(_is_data(value) for value in values):
            return True
    return False


def _is_data(value: Cell) -> bool:
    if isinstance(value, bool | int | float | date):
        return True
    return isinstance(value, str) and not _could_label(value.strip())


def _letters(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
