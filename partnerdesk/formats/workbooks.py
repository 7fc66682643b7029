"""Reads XLSX, XLS and ODS through calamine, once `zips` and `biff` have found the file harmless."""

from datetime import date, datetime, time, timedelta
from itertools import chain
from operator import countOf, itemgetter
from pathlib import Path
from typing import Any

from partnerdesk.domain.collector import paused
from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.formats import biff, zips
from partnerdesk.formats.limits import Limits
from partnerdesk.formats.sheets import Cell, Row, Sheet

_KEPT = frozenset([str, int, bool, datetime, date])


def read(path: Path, kind: str, limits: Limits) -> list[Sheet]:
    """Every worksheet of the file, empty ones included, row 1 first; BadFile when it cannot be read."""
    if kind == "xls":
        biff.check(path, limits)
    else:
        zips.check(path, kind, limits)
    import python_calamine as calamine

    try:
        with paused():
            return _read(calamine.CalamineWorkbook.from_path(str(path)), limits)
    except calamine.PasswordError as error:
        raise BadFile(zips.locked(path)) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise BadFile(zips.damaged(path)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise BadFile(zips.damaged(path)) from error


def _read(workbook: object, limits: Limits) -> list[Sheet]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    assert isinstance(workbook, CalamineWorkbook)
    metas = [meta for meta in workbook.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
    if len(metas) > limits.sheets:
        raise BadFile(
            text(QT_TRANSLATE_NOOP("PartnerDesk", "The file has more than {limit} sheets."), limit=limits.sheets)
        )
    sheets: list[Sheet] = []
    cells = 0
    for meta in metas:
        sheet = workbook.get_sheet_by_name(meta.name)
        cells += sheet.total_height * sheet.total_width
        if sheet.total_height > limits.rows or cells > limits.box:
            raise BadFile(
                text(QT_TRANSLATE_NOOP("PartnerDesk", "The table has more than {limit:,} cells."), limit=limits.box)
            )
        rows = sheet.to_python(skip_empty_area=False) if sheet.end else []
        sheets.append(Sheet(meta.name, _as_cells(rows)))
    return sheets


def _as_cells(rows: list[list[Any]]) -> list[Row]:
    """The rows, all of one length, with calamine's values made Cells in place: text and days stay as they are."""
    if countOf(map(type, chain.from_iterable(rows)), str) == sum(map(len, rows)):
        for row in rows:
            if "" in row:
                row[:] = [value or None for value in row]
        return rows
    for place in range(len(rows[0])):
        kinds = set(map(type, map(itemgetter(place), rows)))
        if not kinds <= _KEPT:
            for row in rows:
                value = row[place]
                row[place] = (value or None) if value.__class__ is str else _cell(value)
        elif "" in map(itemgetter(place), rows):
            for row in rows:
                if row[place] == "":
                    row[place] = None
    return rows


def _cell(value: object) -> Cell:
    """One of calamine's values as a Cell: whole numbers as int, nothing as None, times as text."""
    if value.__class__ is float:
        return int(value) if value.is_integer() and -1e15 < value < 1e15 else value
    if isinstance(value, bool | int | datetime | date):
        return value
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        return str(value)
    return None if value is None else str(value)
