"""Countries from the command line: a row for every code, the brief, the map in three kinds of file."""

import csv
import sqlite3
from pathlib import Path

import pytest

from partnerdesk.cli import main
from partnerdesk.services.samples import make_sample

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("cli") / "northbridge.partnerdesk", "northbridge")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_that_every_code_has_a_row_with_every_measure(office: Path, tmp_path: Path,
                                                      capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "countries.csv"
    assert main(["export", "countries", "--from", str(office), "--to", str(target)]) == 0
    assert "Wrote 250 countries" in capsys.readouterr().out
    found = {row["Code"]: row for row in rows(target)}
    assert len(found) == 250 and {"FR", "XK", "TV"} <= set(found)
    with sqlite3.connect(office) as raw:
        partners = dict(raw.execute("SELECT country, count(*) FROM institution WHERE is_home = 0 AND deleted_at = '' "
                                    "AND archived_on IS NULL GROUP BY country"))
    raw.close()
    assert {code: int(row["Partners"]) for code, row in found.items() if int(row["Partners"])} == partners
    assert found["FR"]["Subregion"] == "Western Europe"


def test_that_the_numbers_of_a_year_are_fewer_than_those_of_all(office: Path, tmp_path: Path) -> None:
    every, one = tmp_path / "every.csv", tmp_path / "one.csv"
    assert main(["export", "countries", "--from", str(office), "--to", str(every)]) == 0
    assert main(["export", "countries", "--from", str(office), "--to", str(one), "--year", "2025/2026"]) == 0
    whole, year = (sum(int(row["Outgoing"]) for row in rows(path)) for path in (every, one))
    assert 0 < year < whole


@pytest.mark.parametrize("country", ["FR", "France", "FR,DE"])
def test_that_a_brief_is_printed(office: Path, tmp_path: Path, country: str) -> None:
    target = tmp_path / "brief.pdf"
    assert main(["print", "country", "--country", country, "--from", str(office), "--to", str(target)]) == 0
    assert target.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(("ending", "start"), [(".pdf", b"%PDF"), (".svg", b"<?xml"), (".png", b"\x89PNG")])
def test_that_the_map_is_printed(office: Path, tmp_path: Path, ending: str, start: bytes) -> None:
    target = tmp_path / f"map{ending}"
    assert main(["print", "map", "--measure", "balance", "--year", "2025/2026", "--from", str(office),
                 "--to", str(target)]) == 0
    assert target.read_bytes().startswith(start)


@pytest.mark.parametrize(("given", "sentence", "code"), [
    (["country"], "print country needs --country.", 2),
    (["country", "--country", "Atlantis"], "There is no country “Atlantis”.", 1),
    (["map", "--measure", "height"], "There is no measure height. Choose one of abroad, agreements,", 1)])
def test_that_what_cannot_be_is_said_in_one_sentence(
        office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], given: list[str], sentence: str,
        code: int) -> None:
    target = tmp_path / "none.pdf"
    assert main(["print", *given, "--from", str(office), "--to", str(target)]) == code
    assert sentence in capsys.readouterr().err
    assert not target.exists()


def test_that_a_map_wants_an_ending_it_knows(office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["print", "map", "--from", str(office), "--to", str(tmp_path / "map.gif")]) == 1
    assert "map.gif has to end in .pdf, .svg or .png." in capsys.readouterr().err
