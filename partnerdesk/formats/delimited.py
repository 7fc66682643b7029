"""Reads CSV and TSV: finds encoding and delimiter, or takes those the user chose."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.formats import encodings
from partnerdesk.formats.limits import Limits
from partnerdesk.formats.sheets import FORMULA_STARTS, Row

DELIMITERS = ("\t", ";", "|", ",")
"""What may part cells; where two fit equally well, the earlier is the less likely accident."""

_SAMPLE = 64 * 1024
_RUNAWAY_LINES = 60
_ANNOUNCED = re.compile(r"\A\ufeff?\"?sep=(.)\"?\r?\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a delimited text, how it was read and how else it could be."""

    rows: "list[Row]"
    encoding: str
    delimiter: str
    encodings: tuple[str, ...]


def read(path: Path, encoding: str | None, delimiter: str | None, limits: Limits) -> Table:
    """The table in the text file at `path`; BadFile when it is none or breaks a limit."""
    if encoding:
        chosen = encoding
        choices: tuple[str, ...] = encodings.ALL
    else:
        chosen, choices = encodings.find(path)
    encodings.check(path, chosen)
    with path.open(encoding=chosen, newline="") as stream:
        sample = stream.read(_SAMPLE)
    announced = _ANNOUNCED.match(sample)
    found = delimiter or (announced.group(1) if announced else find_delimiter(sample))
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        with path.open(encoding=chosen, newline="") as stream:
            rows, runaway = _rows(stream, found, quoting, limits)
        if not runaway:
            break
    if announced:
        del rows[0]
    return Table(rows, chosen, found, choices)


def parsed(pasted: str, limits: Limits) -> Table:
    """The table in a text that was pasted: tabs if it has any, else whatever fits."""
    if "\x00" in pasted:
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "What was copied is no table.")))
    delimiter = "\t" if "\t" in pasted[:_SAMPLE] else find_delimiter(pasted[:_SAMPLE])
    rows, _ = _rows(io.StringIO(pasted, newline=""), delimiter, csv.QUOTE_MINIMAL, limits)
    return Table(rows, "utf-8", delimiter, ())


def find_delimiter(sample: str) -> str:
    """The delimiter of a text, by how evenly it parts the lines; a comma when nothing parts them.

    The standard library's Sniffer is not asked: its patterns take quadratic time on hostile quotes and
    it takes a decimal comma for a delimiter.
    """
    best, best_rank = ",", (0.0, 0, 0)
    for place, delimiter in enumerate(DELIMITERS):
        widths = _widths(sample, delimiter)
        common = Counter(width for width in widths if width > 1).most_common(1)
        if not common:
            continue
        width, times = common[0]
        evenness = round(min(1.0, times / len(widths) + 0.1), 1) - _like_prose(sample, delimiter)
        rank = (evenness, -widths.index(width), -place)
        if best_rank == (0.0, 0, 0) or rank > best_rank:
            best, best_rank = delimiter, rank
    return best


def _like_prose(sample: str, delimiter: str) -> float:
    """What a delimiter loses when a blank follows it nearly always, as in sentences and addresses."""
    followed = sample.count(f"{delimiter} ")
    return 0.1 if followed > 0.9 * sample.count(delimiter) else 0.0


def _widths(sample: str, delimiter: str) -> list[int]:
    widths: list[int] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if len(row) > 1 or any(cell.strip() for cell in row):
                widths.append(len(row))
            if len(widths) == 200:
                break
    except csv.Error:
        pass
    return widths[:-1] if len(widths) > 2 and len(sample) >= _SAMPLE else widths


def _rows(stream: Iterable[str], delimiter: str, quoting: int, limits: Limits) -> "tuple[list[Row], bool]":
    """All rows, and whether a quotation mark left open ran away with the lines after it."""
    rows: list[Row] = []
    cells = 0
    seen = 0
    reader = csv.reader(stream, delimiter=delimiter, quoting=quoting, skipinitialspace=True)  # type: ignore[arg-type]
    try:
        for row in reader:
            if reader.line_num - seen > _RUNAWAY_LINES and quoting != csv.QUOTE_NONE:
                return rows, True
            seen = reader.line_num
            cells += len(row)
            _check_size(len(rows), len(row), cells, limits)
            rows.append([_bared(cell) if cell[:1] == "'" else cell or None for cell in row])
    except csv.Error as error:
        if quoting != csv.QUOTE_NONE:
            return rows, True
        raise BadFile(
            text(
                QT_TRANSLATE_NOOP("PartnerDesk", "Line {line} holds a cell too long for a table."), line=reader.line_num
            )
        ) from error
    except TypeError as error:
        raise BadFile(
            text(
                QT_TRANSLATE_NOOP("PartnerDesk", "“{delimiter}” cannot part the cells of a table."), delimiter=delimiter
            )
        ) from error
    return rows, False


def _bared(cell: str) -> str:
    """A cell without the apostrophe that kept it from being taken for a formula, see `writing.harmless`."""
    return cell[1:] if cell.lstrip("'").startswith(FORMULA_STARTS) else cell


def _check_size(rows: int, width: int, cells: int, limits: Limits) -> None:
    if rows >= limits.rows:
        raise BadFile(
            text(QT_TRANSLATE_NOOP("PartnerDesk", "The table has more than {limit:,} rows."), limit=limits.rows)
        )
    if width > limits.columns:
        raise BadFile(
            text(QT_TRANSLATE_NOOP("PartnerDesk", "The table has more than {limit:,} columns."), limit=limits.columns)
        )
    if cells > limits.cells:
        raise BadFile(
            text(QT_TRANSLATE_NOOP("PartnerDesk", "The table has more than {limit:,} cells."), limit=limits.cells)
        )
