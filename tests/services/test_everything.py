"""An open folder of everything: readable, explained, proved, and back in equal."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.problems import BadFile, Cancelled, EnvironmentTrouble
from partnerdesk.services import attachments, journal
from partnerdesk.services.everything import export_everything, import_everything
from partnerdesk.services.office import do
from partnerdesk.services.samples import make_sample
from partnerdesk.store import schema
from partnerdesk.store.driver import connect
from partnerdesk.store.office import open_office

PAPER = b"%PDF-1.7 \x00\xff scanned"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("office")
    path = place / "Oxford.partnerdesk"
    make_sample(path, "oxford")
    scan = place / "=scan.pdf"
    scan.write_bytes(PAPER)
    opened = open_office(path)
    for _ in range(2):
        do(opened, attachments.attach(Document(institution_id=2, note='=1+1\n"x"; 清华大学'), scan), "Marta Ilves")
    with opened.read() as reader:
        step = journal.undo_state(reader).undo
    assert step is not None
    do(opened, journal.undo_deed(step), "Marta Ilves")
    opened.close()
    return path


@pytest.fixture
def folder(office: Path, tmp_path: Path) -> Path:
    export_everything(office, tmp_path / "open")
    return tmp_path / "open"


def stored(path: Path) -> dict[str, list[Any]]:
    """Every row of every table of an office, the derived ones and the next free numbers included."""
    connection = connect(path, mode="ro")
    try:
        names = [*(table.name for table in schema.metadata.sorted_tables), "search_partner", "search_agreement"]
        rows = {name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=str) for name in names}
        return rows
    finally:
        connection.close()


def test_that_a_folder_becomes_an_equal_office_again(office: Path, folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.partnerdesk"
    left = import_everything(folder, again)
    assert left.files == 1
    assert left.records > 20
    before, after = stored(office), stored(again)
    for name in before:
        assert after[name] == before[name], name


def test_that_undo_goes_on_in_the_office_that_was_made(folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.partnerdesk"
    import_everything(folder, again)
    opened = open_office(again)
    with opened.read() as reader:
        state = journal.undo_state(reader)
        (document,) = [d for d in reader.find(Document) if d.sha256]
        assert attachments.data_of(reader, document) == PAPER
    assert state.undo is not None
    assert state.redo is not None
    do(opened, journal.redo_deed(state.redo), "Marta Ilves")
    opened.close()


def test_that_every_column_is_explained_and_every_code_has_a_word(folder: Path) -> None:
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for path in (folder / "tables").iterdir():
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for column in next(csv.reader(stream)):
                part = readme.split(f"## {path.stem}\n")[1].split("\n## ")[0]
                assert f"\n| {column} | " in part, (path.stem, column)
                assert f"\n| {column} | {column} | " not in part, "a column is explained by its own name"
    with (folder / "codes.csv").open(encoding="utf-8-sig", newline="") as stream:
        codes = list(csv.DictReader(stream))
    assert {"vocabulary", "code", "word"} == set(codes[0])
    assert any(code["code"] == "signed_agreement" for code in codes)


def test_that_no_cell_of_a_table_is_a_formula(folder: Path) -> None:
    with (folder / "tables" / "document.csv").open(encoding="utf-8-sig", newline="") as stream:
        notes = [row["note"] for row in csv.DictReader(stream)]
    assert any(note.startswith("'=1+1") for note in notes)
    assert (folder / "files").exists()


@pytest.mark.parametrize("harm", ["changed", "missing", "manifest", "climbs"])
def test_that_a_folder_that_was_changed_is_refused(folder: Path, tmp_path: Path, harm: str) -> None:
    rows = folder / "records" / "institution.jsonl"
    about = json.loads((folder / "office.json").read_text(encoding="utf-8"))
    if harm == "changed":
        rows.write_text(rows.read_text(encoding="utf-8").replace("Tsinghua", "Tsinhgua"), encoding="utf-8")
    elif harm == "missing":
        rows.unlink()
    elif harm == "manifest":
        (folder / "office.json").write_text("{}")
    else:
        about["files"]["files/../../secret"] = "0" * 64
        (folder / "office.json").write_text(json.dumps(about))
    with pytest.raises(BadFile):
        import_everything(folder, tmp_path / "again.partnerdesk")
    assert not [p for p in tmp_path.iterdir() if "again" in p.name], "something half made is left"


def test_that_rows_that_do_not_fit_each_other_are_refused(folder: Path, tmp_path: Path) -> None:
    import hashlib

    rows = folder / "records" / "institution.jsonl"
    rows.write_text("".join(rows.read_text(encoding="utf-8").splitlines(keepends=True)[:1]), encoding="utf-8")
    about = json.loads((folder / "office.json").read_text(encoding="utf-8"))
    about["files"]["records/institution.jsonl"] = hashlib.sha256(rows.read_bytes()).hexdigest()
    (folder / "office.json").write_text(json.dumps(about))
    with pytest.raises(BadFile, match="do not fit"):
        import_everything(folder, tmp_path / "again.partnerdesk")


def test_that_nothing_is_written_over(office: Path, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="already"):
        export_everything(office, folder)
    with pytest.raises(BadFile, match="already"):
        import_everything(folder, office)
    (tmp_path / "empty").mkdir()
    export_everything(office, tmp_path / "empty")
    assert (tmp_path / "empty" / "office.json").exists()


def test_that_stopping_leaves_nothing(office: Path, folder: Path, tmp_path: Path) -> None:
    def stop(done: int, total: int, what: object) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        export_everything(office, tmp_path / "out", stop)
    with pytest.raises(Cancelled):
        import_everything(folder, tmp_path / "again.partnerdesk", stop)
    assert [p.name for p in tmp_path.iterdir()] == ["open"]


def test_that_a_place_that_refuses_is_told(office: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentTrouble, match="cannot be written"):
        export_everything(office, tmp_path / "file" / "below")
