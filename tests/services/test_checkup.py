"""Checks, repairs and salvages as users meet them: names, sentences, and which backup has what was lost."""

import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from partnerdesk.cli import main
from partnerdesk.domain.agreements import Document, Party, SignOff
from partnerdesk.domain.findings import Finding
from partnerdesk.domain.problems import BadFile, NewerFile
from partnerdesk.domain.words import text
from partnerdesk.services import attachments, checkup
from partnerdesk.services.office import do
from partnerdesk.services.samples import make_sample
from partnerdesk.store import backup, seals
from partnerdesk.store.checkup import stale_rows
from partnerdesk.store.driver import connect
from partnerdesk.store.office import open_office

PAGE = 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_sample(tmp_path / "office.partnerdesk", "northbridge")


def hurt(path: Path, sql: str) -> None:
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys=0")
        connection.execute(sql)


def without_pages_of(path: Path, table: str) -> None:
    """Break the root page of a table."""
    with closing(connect(path)) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    raw = bytearray(path.read_bytes())
    raw[(root - 1) * PAGE:root * PAGE] = b"\xa5" * PAGE
    path.write_bytes(raw)


def test_that_a_sound_office_is_sound_and_its_backup_too(path: Path, tmp_path: Path) -> None:
    made = backup.make(path, tmp_path / "backups", backup.Wish("asked"))
    checked = checkup.check(path, [tmp_path / "backups"])
    assert checked.sound
    assert checked.findings == ()
    assert checked.backup == made.path.name
    assert checkup.check_backup(made.path).sound


def test_that_a_finding_names_its_record(path: Path) -> None:
    hurt(path, "UPDATE institution SET remark = 'x' WHERE id = 3")
    checked = checkup.check(path)
    with closing(connect(path)) as connection:
        name = connection.execute("SELECT name FROM institution WHERE id = 3").fetchone()[0]
    assert not checked.sound
    assert [(one.root, one.root_id, checked.place(one)) for one in checked.findings] == [("partner", 3, name)]
    assert name in checked.lines()[0]


def test_that_a_derived_row_gone_wrong_is_told(path: Path) -> None:
    hurt(path, "UPDATE partner_fact SET sort_name = 'another' WHERE institution_id = 3")
    checked = checkup.check(path)
    assert not checked.sound
    assert [one.area for one in checked.findings] == ["derived"]
    assert stale_rows(path) == ("partner_fact 3",)


def test_that_a_lost_link_is_told(path: Path) -> None:
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys=0")
        connection.execute("UPDATE institution SET successor_id = 9999 WHERE id = 3")
    checked = checkup.check(path)
    assert not checked.sound
    assert any("institution" in line for line in checked.lines() if line.startswith("Links between records"))


def test_that_checking_changes_nothing(path: Path) -> None:
    before = path.read_bytes()
    checkup.check(path)
    assert path.read_bytes() == before


def test_that_a_rule_broken_so_that_it_blocks_leaves_the_file_sound(path: Path) -> None:
    office = open_office(path)
    with office.write(text("bare"), "Marta Ilves") as unit:
        for one in unit.find(Party, side="partner"):
            if one.agreement_id == 2:
                for sign_off in unit.find(SignOff, party_id=one.id):
                    unit.remove(SignOff, sign_off.id)
                unit.remove(Party, one.id)
    office.close()
    checked = checkup.check(path)
    assert any("no partner's side" in str(one.sentence) for one in checked.findings if one.area == "rules")
    assert checked.sound


def test_that_a_salvage_says_which_backup_has_what_was_lost(path: Path, tmp_path: Path) -> None:
    made = backup.make(path, tmp_path / "backups", backup.Wish("asked"))
    without_pages_of(path, "step")
    report = checkup.salvage(path, tmp_path / "new.partnerdesk", [tmp_path / "backups"])
    said = "\n".join(report.lines())
    assert "rows were brought into a new office" in said
    assert checkup.check(tmp_path / "new.partnerdesk").sound
    with closing(connect(path.with_name("new.partnerdesk"))) as connection:
        lost = [one for one in seals.compare(seals.read(backup.seal_of(made)), connection) if one.kind == "missing"]
    assert (made.path.name in said) == bool(lost)


def test_that_the_weekly_check_is_due_after_seven_days_or_when_the_clock_went_back() -> None:
    now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    asked = {gap: checkup.due((now - timedelta(days=gap)).isoformat(), now) for gap in (0, 6, 7, -1)}
    assert asked == {0: False, 6: False, 7: True, -1: True}
    assert checkup.due("", now)


def test_that_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="is not there"):
        checkup.check(tmp_path / "none.partnerdesk")


def test_that_the_command_line_checks_and_repairs(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(path)]) == 0
    assert "is sound" in capsys.readouterr().out
    hurt(path, "DELETE FROM contact WHERE id = 2")
    assert main(["check", str(path)]) == 1
    assert "It is missing although nobody took it out." in capsys.readouterr().out
    new = tmp_path / "new.partnerdesk"
    assert main(["check", str(path), "--repair", "--to", str(new)]) == 0
    assert "told by the journal" in capsys.readouterr().out
    assert main(["check", str(new), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["sound"], told["damage"], told["checks"]) == (True, [], [])
    assert main(["check", str(path), "--repair"]) == 2


@pytest.mark.parametrize("verb", ["check", "repair", "salvage"])
def test_that_an_office_of_a_newer_version_is_refused_and_not_taken_for_damaged(
    path: Path, tmp_path: Path, verb: str
) -> None:
    hurt(path, "CREATE TABLE of_later (id INTEGER PRIMARY KEY, name TEXT)")
    hurt(path, "PRAGMA user_version=99")
    target = tmp_path / "new.partnerdesk"
    with pytest.raises(NewerFile, match="newer version"):
        checkup.check(path) if verb == "check" else getattr(checkup, verb)(path, target)
    assert not target.exists()


def test_that_a_damaged_number_of_the_version_is_a_finding(path: Path) -> None:
    hurt(path, "PRAGMA user_version=99")
    assert not checkup.check(path).sound


@pytest.mark.parametrize("verb", ["check", "salvage"])
def test_that_a_text_named_like_an_office_is_no_damaged_one(tmp_path: Path, verb: str) -> None:
    path = tmp_path / "notes.partnerdesk"
    path.write_text("Dear colleague, " * 2000)
    with pytest.raises(BadFile, match="is not a PartnerDesk office"):
        checkup.check(path) if verb == "check" else checkup.salvage(path, tmp_path / "new.partnerdesk")
    assert [p.name for p in tmp_path.iterdir()] == ["notes.partnerdesk"]


def test_that_a_row_without_a_name_is_told_in_words_and_by_its_whole_number() -> None:
    checked = checkup.Checked("office.partnerdesk", ())
    about = [("contact", 10), ("history", 200), ("sign_off", 0), ("", 0)]
    places = [checked.place(Finding("types", "block", text("x"), "repair", table, row)) for table, row in about]
    assert places == ["Contact 10", "History entry 200", "Approval", "office.partnerdesk"]


def test_that_a_changed_byte_of_an_attached_file_is_found_and_told_apart_from_the_backup(
    path: Path, tmp_path: Path
) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7 " + bytes(range(256)) * 40)
    office = open_office(path)
    do(office, attachments.attach(Document(institution_id=2), scan), "")
    office.close()
    backup.make(path, tmp_path / "backups", backup.Wish("asked"))
    hurt(path, "UPDATE content SET data = CAST(substr(data, 1, 500) || x'00' || substr(data, 502) AS BLOB)")
    found = checkup.check(path, [tmp_path / "backups"]).findings
    assert [one.area for one in found] == ["contents"]
