"""The commands that keep an office safe, as typed on the command line."""

import json
from pathlib import Path

import pytest

from partnerdesk.bridge.files import Lock
from partnerdesk.cli import main
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.words import text
from partnerdesk.services.office import create_file, open_file


@pytest.fixture
def office(tmp_path: Path) -> Path:
    made = create_file(tmp_path / "office.partnerdesk")
    with made.write(text("add"), "Marta Ilves") as unit:
        unit.add(Institution(name="First"))
    made.close()
    return made.path


def partners(path: Path) -> int:
    opened = open_file(path, read_only=True)
    try:
        with opened.read() as reader:
            return reader.count(Institution)
    finally:
        opened.close()


def test_that_a_backup_is_made_and_restored(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "kept.partnerdesk-backup"
    assert main(["backup", str(office), "--to", str(to), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"]["institution"] == 1
    opened = open_file(office)
    with opened.write(text("add"), "Marta Ilves") as unit:
        unit.add(Institution(name="Second"))
    opened.close()
    assert main(["restore", str(to), "--into", str(office)]) == 0
    assert "kept in" in capsys.readouterr().out
    assert partners(office) == 1
    assert main(["restore", str(to), "--into", str(tmp_path / "new.partnerdesk"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["before"] is None


def test_that_an_office_open_elsewhere_is_not_restored_into(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "kept.partnerdesk-backup"
    main(["backup", str(office), "--to", str(to)])
    lock = Lock(office, "Jonas Weil")
    assert lock.take()
    try:
        assert main(["restore", str(to), "--into", str(office)]) == 1
    finally:
        lock.release()
    assert "Jonas Weil" in capsys.readouterr().err


def test_that_what_cannot_be_done_is_one_sentence(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(tmp_path / "none"), "--to", str(tmp_path / "x")]) == 1
    assert main(["backup", str(office), "--to", str(office)]) == 1
    assert main(["restore", str(tmp_path / "none"), "--into", str(office)]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 3
    assert all(line.startswith("partnerdesk: ") for line in said)
