"""Exported lists: readable, complete, and brought in again without change."""

from pathlib import Path

import pytest

from partnerdesk.domain.problems import BadFile, Refused
from partnerdesk.formats.books import read_book
from partnerdesk.formats.headers import find_header
from partnerdesk.services.exporting import KEYS, export_list
from partnerdesk.services.importing import import_file
from partnerdesk.services.importing_plan import Planner
from partnerdesk.services.mapping import propose
from partnerdesk.services.office import open_file
from partnerdesk.services.samples import make_sample


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("office") / "sample.partnerdesk", "northbridge")


def read(path: Path) -> list[dict[str, object]]:
    head, *rows = read_book(path).first.rows
    return [dict(zip(map(str, head), row, strict=False)) for row in rows]


@pytest.mark.parametrize("what", ["partners", "agreements"])
@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_that_what_is_exported_is_imported_again_without_change(
    office: Path, tmp_path: Path, what: str, ending: str
) -> None:
    target = tmp_path / f"{what}.{ending}"
    count = export_list(what, office, target, "", "de")
    book = read_book(target)
    header = find_header(book.first)
    opened = open_file(office, read_only=True)
    with opened.read() as reader:
        plan = Planner(reader, book, book.first, header, propose(book.first, header)).plan()
    opened.close()
    told = plan.as_json()
    assert (told["new"], told["changed"], told["rejected"], told["duplicates"]) == (0, 0, 0, 0)
    assert told["kinds"][what]["same"] == count
    assert not plan.notes


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_that_papers_without_a_number_and_telephones_come_back_as_they_are(tmp_path: Path, ending: str) -> None:
    made, listed = tmp_path / "made.partnerdesk", tmp_path / "list.csv"
    listed.write_text(
        "Name;Country;Contact;E-mail;Phone;Type;Subject area;Level;Places outgoing;Valid until;Remark\n"
        "University of Lyon;France;Lise Dorn;l.dorn@example.edu;+33 4 72 00-11;Student exchange;0421;B;2;2027;=1+1\n"
        "University of Lyon;France;Lise Dorn;l.dorn@example.edu;+33 4 72 00-11;Student exchange;0613;M;3;2027;=1+1\n"
        "University of Lyon;France;Lise Dorn;l.dorn@example.edu;+33 4 72 00-11;MOU;;;;2029;=1+1\n",
        encoding="utf-8",
    )
    assert import_file(listed, made).as_json()["kinds"]["agreements"]["new"] == 3
    for what in ("partners", "agreements"):
        out = tmp_path / f"{what}.{ending}"
        export_list(what, made, out)
        told = import_file(out, made, dry_run=True).as_json()
        assert (told["new"], told["changed"], told["rejected"]) == (0, 0, 0), what


def test_that_a_paper_is_known_by_its_record_when_all_else_was_changed(tmp_path: Path) -> None:
    made, listed, out = tmp_path / "made.partnerdesk", tmp_path / "list.csv", tmp_path / "out.csv"
    listed.write_text("Name;Country;Subject area;Places\nUniversity of Lyon;France;0421;2\n", encoding="utf-8")
    import_file(listed, made)
    export_list("agreements", made, out)
    out.write_text(out.read_text(encoding="utf-8-sig").replace("0421", "0613"), encoding="utf-8")
    told = import_file(out, made, dry_run=True).as_json()["kinds"]["agreements"]
    assert (told["new"], told["changed"]) == (0, 1)


def test_that_a_search_line_chooses_what_is_exported(office: Path, tmp_path: Path) -> None:
    target = tmp_path / "french.csv"
    count = export_list("partners", office, target, "country:FR")
    rows = read(target)
    assert count == len(rows) > 1
    assert {row["Country code"] for row in rows} == {"FR"}


def test_that_every_filter_key_is_known_to_the_list(office: Path, tmp_path: Path) -> None:
    for what, keys in KEYS.items():
        for key in keys:
            found = [export_list(what, office, tmp_path / "some.csv", f"{sign}{key}:zz") for sign in ("", "-")]
            assert sum(found) > 0, (what, key)


def test_that_countries_are_named_in_the_language_asked_for(office: Path, tmp_path: Path) -> None:
    target = tmp_path / "partners.xlsx"
    export_list("partners", office, target, "country:FR", "de")
    assert {row["Country"] for row in read(target)} == {"Frankreich"}
    with pytest.raises(Refused, match="no country names"):
        export_list("partners", office, target, "", "qq")


def test_that_a_workbook_of_agreements_has_a_sheet_of_conditions(office: Path, tmp_path: Path) -> None:
    target = tmp_path / "agreements.xlsx"
    export_list("agreements", office, target)
    names = [sheet.name for sheet in read_book(target).sheets]
    assert names == ["Agreements", "Conditions"]
    head, *rows = read_book(target).sheets[1].rows
    assert head[:4] == ["Agreement number", "Partner", "Direction", "Activity"]
    assert len(rows) > 153


def test_that_an_agreement_tells_its_places_in_columns_and_in_words(office: Path, tmp_path: Path) -> None:
    target = tmp_path / "agreements.csv"
    export_list("agreements", office, target, "state:running type:student_exchange")
    row = next(r for r in read(target) if r["Places outgoing"])
    assert str(row["Places outgoing"]) in str(row["Summary"])
    assert str(row["ISCED"]).split(", ")[0] in str(row["Summary"])


def test_that_a_file_that_is_no_office_is_not_exported(tmp_path: Path) -> None:
    with pytest.raises(BadFile):
        export_list("partners", tmp_path / "none.partnerdesk", tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()


def test_that_an_unknown_ending_is_refused(office: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        export_list("partners", office, tmp_path / "out.docx")
