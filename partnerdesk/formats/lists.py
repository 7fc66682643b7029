"""Reads JSON lists: a list of objects, bare or under any key, becomes a table with dotted column names."""

import json
from pathlib import Path

from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.formats import encodings
from partnerdesk.formats.limits import MEGABYTE, Limits
from partnerdesk.formats.sheets import Cell, Row, Sheet

_WRAPPERS = 3
_FEW = 10
_LONGEST_CELL = 131_072


def read(path: Path, limits: Limits) -> "list[Sheet]":
    """One sheet for each list of objects in the file; BadFile when there is none."""
    tables = _tables(_loaded(path, limits))
    if not tables:
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” holds no list of records."), file=path.name))
    return [Sheet(name or path.stem, _rows(records, limits)) for name, records in tables]


def _loaded(path: Path, limits: Limits) -> object:
    if path.stat().st_size > limits.list_size:
        raise BadFile(
            text(
                QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” is larger than {size} MB."),
                file=path.name,
                size=limits.list_size // MEGABYTE,
            )
        )
    data = path.read_bytes()
    records = data.count(b"{") + data.count(b"[")
    # a text may hold colons too, but few records with this many of them are no list
    if records > limits.list_braces or data.count(b",") > limits.cells or (
        records < _FEW and data.count(b'":') > _FEW * limits.columns
    ):
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” holds too many records."), file=path.name))
    encoding, _ = encodings.find(path)
    try:
        written = data.decode(encoding)
        return _lines(written) or json.loads(written)
    except RecursionError as error:
        raise BadFile(
            text(QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” is nested too deeply."), file=path.name)
        ) from error
    except ValueError as error:
        reason = f"{error.lineno}" if isinstance(error, json.JSONDecodeError) else "?"
        raise BadFile(
            text(
                QT_TRANSLATE_NOOP("PartnerDesk", "“{file}” is no valid JSON (line {line}): it may be incomplete."),
                file=path.name,
                line=reason,
            )
        ) from error


def _lines(written: str) -> list[object]:
    """The records of a file that has one on each line; [] for any other."""
    lines = [line for line in written.splitlines() if line.strip()]
    if len(lines) < 2 or not all(line.strip().startswith("{") and line.strip().endswith("}") for line in lines):
        return []
    try:
        return [json.loads(line) for line in lines]
    except json.JSONDecodeError:
        return []


def _tables(data: object) -> list[tuple[str, list[dict[str, object]]]]:
    """The lists of objects in `data` with the key they stand under, the longest first."""
    if isinstance(data, list):
        if data and all(isinstance(item, list) for item in data):
            return [("", [dict(zip(map(str, data[0]), item, strict=False)) for item in data[1:]])]
        records = [item for item in data if isinstance(item, dict)]
        return [("", records)] if records else []
    if not isinstance(data, dict):
        return []
    found = _lists_within(data, _WRAPPERS)
    if not found and data and all(isinstance(value, dict) for value in data.values()):
        found = [("", [{"key": key, **value} for key, value in data.items()])]
    if not found and len(data) > 1 and not any(isinstance(value, dict | list) for value in data.values()):
        found = [("", [data])]
    return sorted(found, key=lambda table: -len(table[1]))


def _lists_within(data: dict[str, object], depth: int) -> list[tuple[str, list[dict[str, object]]]]:
    """The lists of objects under the keys of an object, and under those of the objects that wrap them."""
    found: list[tuple[str, list[dict[str, object]]]] = []
    for key, value in data.items():
        if isinstance(value, list) and (records := [item for item in value if isinstance(item, dict)]):
            found.append((str(key), records))
    if not found and depth:
        for value in data.values():
            if isinstance(value, dict):
                found += _lists_within(value, depth - 1)
    return found


def _rows(records: list[dict[str, object]], limits: Limits) -> "list[Row]":
    columns: dict[str, int] = {}
    flat: list[dict[str, Cell]] = []
    for record in records:
        cells: dict[str, Cell] = {}
        _flatten(record, "", cells, limits.depth)
        for name in cells:
            columns.setdefault(name, len(columns))
        flat.append(cells)
    if len(columns) > limits.columns:
        raise BadFile(
            text(QT_TRANSLATE_NOOP("PartnerDesk", "The table has more than {limit:,} columns."), limit=limits.columns)
        )
    if len(flat) * len(columns) > limits.cells:
        raise BadFile(
            text(QT_TRANSLATE_NOOP("PartnerDesk", "The table has more than {limit:,} cells."), limit=limits.cells)
        )
    head: Row = list(columns)
    return [head, *([cells.get(name) for name in columns] for cells in flat)]


def _flatten(record: dict[str, object], prefix: str, cells: "dict[str, Cell]", depth: int) -> None:
    if depth == 0:
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "The records are nested too deeply.")))
    for key, value in record.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            _flatten(value, f"{name}.", cells, depth - 1)
        elif isinstance(value, list):
            cells[name] = "; ".join(part for part in (_joined(item, depth - 1) for item in value) if part)
        elif isinstance(value, str) and len(value) > _LONGEST_CELL:
            raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "A value under “{name}” is too long."), name=name[:40]))
        elif value is None or isinstance(value, str | bool | int | float):
            cells[name] = value


def _joined(item: object, depth: int) -> str:
    """A list's item in one piece of text."""
    if depth <= 0:
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "The records are nested too deeply.")))
    if isinstance(item, dict):
        item = list(item.values())
    if isinstance(item, list):
        return ", ".join(part for part in (_joined(part, depth - 1) for part in item) if part)
    return "" if item is None else str(item)
