"""Files made for the tests of spreadsheets, good ones and traps."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Makes an .xlsx from sheets of rows."""

    def make(*sheets: list[list[object]], name: str = "book.xlsx") -> Path:
        path = tmp_path / name
        book = xlsxwriter.Workbook(str(path))
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        book.close()
        return path

    return make


@pytest.fixture
def altered(workbook: Callable[..., Path], tmp_path: Path) -> Callable[..., Path]:
    """An .xlsx whose parts were rewritten: altered({"xl/worksheets/sheet1.xml": change})."""

    def make(changes: dict[str, Callable[[bytes], bytes]], extra: dict[str, bytes] | None = None) -> Path:
        plain = workbook([["name", "country"], ["Universität Graz", "AT"]], name="plain.xlsx")
        path = tmp_path / "altered.xlsx"
        with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for info in old.infolist():
                data = old.read(info)
                new.writestr(info.filename, changes.get(info.filename, bytes)(data))
            for name, data in (extra or {}).items():
                new.writestr(name, data)
        return path

    return make
