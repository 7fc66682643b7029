"""Writes tables to .csv, .xlsx and .json: whole or not at all, text as text, never a formula."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from partnerdesk.domain.problems import EnvironmentTrouble, Problem, Refused
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.formats.atomic import write_atomically
from partnerdesk.formats.books import Cell
from partnerdesk.formats.sheets import FORMULA_STARTS

ENDINGS = (".csv", ".xlsx", ".json")
_WIDEST, _NARROWEST = 60, 8
_LONGEST_CELL = 32_767


@dataclass(frozen=True, slots=True)
class Page:
    """One table to be written: its title, its header and its rows."""

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def write_table(path: Path | str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], title: str = "") -> int:
    """Write rows under a header in the format of the path's ending; the number of rows written.

    An old file is replaced only when the new one is complete. Raises Refused for an unknown ending,
    EnvironmentTrouble when the place cannot be written to.
    """
    return write_pages(path, [Page(title, columns, rows)])


def write_pages(path: Path | str, pages: Sequence[Page]) -> int:
    """Write tables as the sheets of a workbook; .csv and .json hold the first alone. The rows of the first."""
    path = Path(path)
    writers: dict[str, Callable[[IO[bytes], Sequence[Page]], int]] = {
        ".csv": _write_csv, ".xlsx": _write_xlsx, ".json": _write_json,
    }  # fmt: skip
    writer = writers.get(path.suffix.lower())
    if writer is None:
        sentence = text(
            QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” has to end in .csv, .xlsx or .json."), file=path.name
        )
        raise Refused(Problem("F01", "block", "path", sentence))
    try:
        return write_atomically(path, lambda stream: writer(stream, pages))
    except OSError as error:
        reason = error.strerror or str(error)
        raise EnvironmentTrouble(
            text(
                QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” cannot be written: {reason}."), file=path.name, reason=reason
            )
        ) from error


def harmless(value: str) -> str:
    """Text that a spreadsheet program opening a CSV file does not take for a formula."""
    return f"'{value}" if value.lstrip("'").startswith(FORMULA_STARTS) and not _is_number(value) else value


def _is_number(value: str) -> bool:
    return value[:1] in "+-" and value[1:].replace(".", "", 1).replace(" ", "").isdecimal()


def _write_csv(stream: IO[bytes], pages: Sequence[Page]) -> int:
    wrapper = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", errors="replace", write_through=True)
    writer = csv.writer(wrapper, lineterminator="\r\n")
    writer.writerow([harmless(name) for name in pages[0].columns])
    count = 0
    for row in pages[0].rows:
        writer.writerow([_csv_cell(cell) for cell in row])
        count += 1
    wrapper.detach()
    return count


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int | float) else harmless(cell.replace("\x00", ""))


def _write_json(stream: IO[bytes], pages: Sequence[Page]) -> int:
    records = [dict(zip(pages[0].columns, map(_json_cell, row), strict=True)) for row in pages[0].rows]
    stream.write(json.dumps(records, ensure_ascii=False, indent=1).encode("utf-8", "replace"))
    stream.write(b"\n")
    return len(records)


def _json_cell(cell: Cell) -> str | int | float | bool | None:
    return cell.isoformat() if isinstance(cell, date) else cell


def _write_xlsx(stream: IO[bytes], pages: Sequence[Page]) -> int:
    import xlsxwriter

    options = {
        "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True,
        "default_date_format": "yyyy-mm-dd", "nan_inf_to_errors": True,
    }  # fmt: skip
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, options)
    try:
        counts = [
            _fill_sheet(book, book.add_worksheet(_sheet_name(page.title)), page.columns, page.rows) for page in pages
        ]
    finally:
        book.close()
    stream.write(packed.getbuffer())
    return counts[0]


def _fill_sheet(book: Any, sheet: Any, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    bold = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"})
    widths = [len(name) for name in columns]
    for index, name in enumerate(columns):
        sheet.write_string(0, index, name, bold)
    number = 0
    for number, row in enumerate(rows, 1):
        for index, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, index, cell[:_LONGEST_CELL])
                widths[index] = max(widths[index], len(cell))
            elif isinstance(cell, bool):
                sheet.write_boolean(number, index, cell)
            elif isinstance(cell, int | float):
                sheet.write_number(number, index, cell)
            elif isinstance(cell, datetime):
                sheet.write_datetime(number, index, cell.replace(tzinfo=None), moment)
            elif isinstance(cell, date):
                sheet.write_datetime(number, index, cell, day)
                widths[index] = max(widths[index], 11)
    for index, width in enumerate(widths):
        sheet.set_column(index, index, min(_WIDEST, max(_NARROWEST, width + 2)))
    sheet.freeze_panes(1, 0)
    if columns:
        sheet.autofilter(0, 0, max(1, number), len(columns) - 1)
    return number


def _sheet_name(title: str) -> str:
    """A name Excel accepts: at most 31 characters, none of []:*?/\\, no apostrophe at an end."""
    cleaned = "".join(" " if letter in "[]:*?/\\" else letter for letter in title)[:31].strip(" '")
    return cleaned if cleaned and cleaned.lower() != "history" else "Sheet1"
