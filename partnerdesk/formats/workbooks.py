"""Reads XLSX, XLS and ODS through calamine, once `zips` and `biff` have found the file harmless."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from partnerdesk.domain.collector import paused
from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.formats import biff, zips
from partnerdesk.formats.limits import Limits
from partnerdesk.formats.sheets import Cell, Row, Sheet


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
        sheets.append(Sheet(meta.name, [_cells(row) for row in rows]))
    return sheets


def _cells(row: list[Any]) -> Row:
    """A row of calamine's values as Cells; text, which most are, without a call for each."""
    return [(value or None) if value.__class__ is str else _cell(value) for value in row]


def _cell(value: object) -> Cell:
    """One of calamine's values as a Cell: whole numbers as int, nothing as None, times as text."""
    if value.__class__ is str:
        return value or None
    if value.__class__ is float:
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, bool | int | datetime | date):
        return value
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        return str(value)
    return None if value is None else str(value)
