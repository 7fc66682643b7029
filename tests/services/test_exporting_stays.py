"""Exported stays: all that a search finds, each with its person, its days and how its papers stand."""

from datetime import date
from pathlib import Path

import pytest

from partnerdesk.formats.books import read_book
from partnerdesk.services.exporting import export_list
from partnerdesk.services.samples import make_sample


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("office") / "sample.partnerdesk", "northbridge")


def read(path: Path) -> list[dict[str, object]]:
    head, *rows = read_book(path).first.rows
    return [dict(zip(map(str, head), row, strict=False)) for row in rows]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_that_those_abroad_are_written_with_names_days_and_papers(office: Path, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"stays.{ending}"
    count = export_list("stays", office, target, "phase:abroad direction:out")
    rows = read(target)
    assert count == len(rows) > 1
    assert {row["Phase"] for row in rows} == {"Abroad"}
    assert all(row["Family name"] and row["Partner"] and row["Arrived on"] for row in rows)


def test_that_days_are_days_in_a_workbook(office: Path, tmp_path: Path) -> None:
    target = tmp_path / "stays.xlsx"
    export_list("stays", office, target, "phase:closed")
    assert isinstance(read(target)[0]["Left on"], date)
