"""What is written opens as it was: text stays text, nothing becomes a formula, a failure leaves the old file."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.problems import EnvironmentTrouble, Refused
from partnerdesk.formats.books import Cell, read_book
from partnerdesk.formats.writing import harmless, write_table

COLUMNS = ("code", "formula", "name", "on", "places", "yes")
ROW: tuple[Cell, ...] = ("0086", "=1+1", "清华大学", date(2027, 8, 31), 12, True)


def test_that_a_workbook_keeps_leading_zeros_and_formulas_as_text(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    assert write_table(path, COLUMNS, [ROW], "Partners: all [2024]") == 1
    book = read_book(path)
    assert book.first.rows == [list(COLUMNS), list(ROW)]
    assert book.first.name == "Partners  all  2024"


def test_that_a_csv_opens_in_excel_without_formulas(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_table(path, COLUMNS, [ROW, ("-5", "@SUM(A1)", "+1", None, 1.5, False)])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1] == ["0086", "'=1+1", "清华大学", "2027-08-31", "12", "TRUE"]
    assert rows[2] == ["-5", "'@SUM(A1)", "+1", "", "1.5", "FALSE"]


@pytest.mark.parametrize("value", ["+49 30 1234-5", "=1+1", "'=1+1", "''-x", "'quoted'", "-", "@office"])
def test_that_a_csv_gives_back_what_was_kept_from_being_a_formula(tmp_path: Path, value: str) -> None:
    path = tmp_path / "out.csv"
    write_table(path, ("name", "phone"), [("Graz", value)])
    assert read_book(path).first.rows[1] == ["Graz", value]


@given(st.text(max_size=20))
def test_that_no_cell_of_a_csv_begins_like_a_formula(value: str) -> None:
    safe = harmless(value)
    assert not safe.startswith(("=", "@", "\t", "\r"))
    assert not safe.startswith(("+", "-")) or safe[1:].replace(".", "", 1).replace(" ", "").isdecimal()


def test_that_json_holds_records_with_iso_days(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    write_table(path, COLUMNS, [ROW])
    assert json.loads(path.read_text(encoding="utf-8"))[0] == {
        "code": "0086", "formula": "=1+1", "name": "清华大学", "on": "2027-08-31", "places": 12, "yes": True,
    }  # fmt: skip


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".json"])
def test_that_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out{ending}"
    path.write_bytes(b"old")

    def breaking() -> Iterator[tuple[Cell, ...]]:
        yield ROW
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_table(path, COLUMNS, breaking())
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == b"old"


def test_that_an_unknown_ending_and_a_missing_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"\.csv, \.xlsx or \.json"):
        write_table(tmp_path / "out.pdf", COLUMNS, [ROW])
    with pytest.raises(EnvironmentTrouble, match="cannot be written"):
        write_table(tmp_path / "missing" / "out.csv", COLUMNS, [ROW])
