"""Restoring: into the file itself, whole or not at all, and undoable by the backup made before."""

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.partners import Institution
from partnerdesk.domain.problems import BadFile, Cancelled, EnvironmentTrouble
from partnerdesk.domain.words import Text, text
from partnerdesk.store import backup as backups
from partnerdesk.store.backup import Wish
from partnerdesk.store.driver import connect
from partnerdesk.store.journal import recent_steps
from partnerdesk.store.office import Office, create_office, open_office
from partnerdesk.store.restore import restore, restore_file, since, steps_since
from tests.store.walks import content

WISH = Wish("asked")
WHO = "Marta Ilves"
FIXTURES = Path(__file__).with_name("fixtures")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = create_office(tmp_path / "Our office.partnerdesk")
    add(made, *(f"Partner {n}" for n in range(1500)))
    yield made
    made.close()


def add(office: Office, *names: str) -> None:
    with office.write(text("add {name}", name=names[-1]), WHO) as unit:
        unit.add_many([Institution(name=name, remark="r" * 150) for name in names])


def names(office: Office) -> list[str]:
    with office.read() as reader:
        return [one.name for one in reader.find(Institution)]


def test_that_the_office_holds_what_the_backup_held_and_says_so_in_its_journal(office: Office, tmp_path: Path) -> None:
    before = names(office)
    made = backups.make(office.path, tmp_path / "b", WISH)
    add(office, "Later")
    changes = restore(made, office, WHO)
    assert names(office) == before
    with office.read() as reader:
        last = recent_steps(reader, 1)[0]
    assert (last.id, last.kind, last.who) == (changes.step_id, "restore", WHO)
    assert changes.ids("partner") == frozenset(range(1, 1502)), "what came after and is gone again is news too"


def test_that_a_restore_is_undone_by_the_backup_made_before_it(office: Office, tmp_path: Path) -> None:
    old = backups.make(office.path, tmp_path / "b", WISH)
    add(office, "Later")
    later = content(office)
    new = backups.make(office.path, tmp_path / "b", Wish("restore"))
    restore(old, office, WHO)
    restore(new, office, WHO)
    assert content(office) == later


def test_that_saves_work_after_a_restore_and_the_write_ahead_log_stays(office: Office, tmp_path: Path) -> None:
    made = backups.make(office.path, tmp_path / "b", WISH)
    restore(made, office, WHO)
    add(office, "After")
    with closing(connect(office.path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    office.close()
    again = open_office(office.path)
    assert names(again)[-1] == "After"
    again.close()


def test_that_a_reader_under_way_keeps_its_state(office: Office, tmp_path: Path) -> None:
    made = backups.make(office.path, tmp_path / "b", WISH)
    add(office, "Later")
    with office.read() as reader:
        assert reader.count(Institution) == 1501
        restore(made, office, WHO)
        assert reader.count(Institution) == 1501
    with office.read() as reader:
        assert reader.count(Institution) == 1500


def test_that_a_cancelled_restore_changes_nothing(office: Office, tmp_path: Path) -> None:
    made = backups.make(office.path, tmp_path / "b", WISH)
    add(office, "Later")
    later = content(office)
    seen: list[Text] = []
    stop_at = [0]

    def progress(done: int, total: int, what: Text) -> None:
        seen.append(what)
        if len(seen) == stop_at[0]:
            raise Cancelled

    copy = create_office(tmp_path / "copy.partnerdesk")
    restore(made, copy, WHO, progress)
    copy.close()
    assert {str(what) for what in seen} == {"Checking the backup", "Reading the backup", "Restoring"}
    for n in range(1, len(seen) + 1):
        stop_at[0] = n
        seen.clear()
        with pytest.raises(Cancelled):
            restore(made, office, WHO, progress)
        assert content(office) == later
        assert [p.name for p in tmp_path.iterdir() if p.name.startswith("partnerdesk-")] == []


def test_that_a_damaged_backup_is_refused(office: Office, tmp_path: Path) -> None:
    made = backups.make(office.path, tmp_path / "b", WISH)
    raw = bytearray(made.path.read_bytes())
    raw[9000] ^= 1
    made.path.write_bytes(raw)
    before = content(office)
    with pytest.raises(BadFile, match="damaged"):
        restore(made, office, WHO)
    assert content(office) == before


def test_that_a_read_only_office_is_not_restored_into(office: Office, tmp_path: Path) -> None:
    made = backups.make(office.path, tmp_path / "b", WISH)
    reading = open_office(office.path, read_only=True)
    with pytest.raises(EnvironmentTrouble, match="reading only"):
        restore(made, reading, WHO)
    reading.close()


def test_that_what_is_no_office_is_refused(office: Office, tmp_path: Path) -> None:
    stray = tmp_path / "stray.partnerdesk-backup"
    stray.write_text("no backup" * 1000)
    with pytest.raises(BadFile):
        restore(backups.read_one(stray), office, WHO)


def test_that_an_older_backup_is_brought_up_to_date_on_the_way(office: Office) -> None:
    old = FIXTURES / "schema_1.partnerdesk"
    if not old.exists():
        pytest.skip("there is one schema only")
    restore(backups.read_one(old), office, WHO)
    office.close()
    again = open_office(office.path)
    assert names(again)
    again.close()


def test_that_the_preview_counts_what_would_be_lost(office: Office, tmp_path: Path) -> None:
    made = backups.make(office.path, tmp_path / "b", WISH)
    with office.read() as reader:
        assert since(made, reader).nothing
        assert steps_since(made, reader) == 0
    add(office, "One", "Two")
    add(office, "Three")
    with office.read() as reader:
        seen = since(made, reader)
        assert steps_since(made, reader) == 2
    assert (seen.lost_steps, seen.gained_steps, dict(seen.records)) == (2, 0, {"partner": 3})
    assert [str(step.label) for step in seen.steps] == ["add Three", "add Two"]


def test_that_the_preview_tells_what_a_backup_has_that_the_office_has_not(office: Office, tmp_path: Path) -> None:
    old = backups.make(office.path, tmp_path / "b", WISH)
    add(office, "On one way")
    new = backups.make(office.path, tmp_path / "b", Wish("restore"))
    restore(old, office, WHO)
    add(office, "On the other")
    with office.read() as reader:
        assert steps_since(new, reader) is None
        seen = since(new, reader)
    assert (seen.lost_steps, seen.gained_steps) == (2, 1), "the restoring is a step too"


def test_that_a_backup_becomes_a_new_office(office: Office, tmp_path: Path) -> None:
    made = backups.make(office.path, tmp_path / "b", WISH)
    to = tmp_path / "new.partnerdesk"
    assert restore_file(made, to, WHO) is None
    opened = open_office(to)
    assert names(opened) == names(office)
    opened.close()


@pytest.mark.parametrize("kind", ["garbage", "damaged"])
def test_that_a_file_that_is_past_saving_is_moved_aside(office: Office, tmp_path: Path, kind: str) -> None:
    made = backups.make(office.path, tmp_path / "b", WISH)
    before = names(office)
    office.close()
    raw = bytearray(os.urandom(90_000) if kind == "garbage" else office.path.read_bytes())
    raw[30 * 4096:32 * 4096] = os.urandom(2 * 4096)
    office.path.write_bytes(raw)
    log = office.path.with_name(office.path.name + "-wal")
    log.write_bytes(b"stale")
    moved = restore_file(made, office.path, WHO)
    assert moved is not None
    assert moved.read_bytes() == bytes(raw)
    assert not log.exists()
    opened = open_office(office.path)
    assert names(opened) == before
    opened.close()


def test_that_an_office_nobody_has_open_is_restored_in_place(office: Office, tmp_path: Path) -> None:
    made = backups.make(office.path, tmp_path / "b", WISH)
    add(office, "Later")
    office.close()
    assert restore_file(replace(made), office.path, WHO) is None
    opened = open_office(office.path)
    assert "Later" not in names(opened)
    opened.close()


def test_that_a_folder_that_is_not_there_is_told(office: Office, tmp_path: Path) -> None:
    made = backups.make(office.path, tmp_path / "b", WISH)
    with pytest.raises(BadFile, match="does not exist"):
        restore_file(made, tmp_path / "nowhere" / "x.partnerdesk", WHO)


def test_that_a_restore_that_no_disk_holds_changes_nothing(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backups.make(office.path, tmp_path / "b", WISH)
    add(office, "Later")
    before = content(office)
    really = backups.transfer

    def full(source: Any, target: Any, progress: Any, what: Text) -> None:
        if str(office.path) == target.execute("PRAGMA database_list").fetchone()[2]:
            pages = target.execute("PRAGMA page_count").fetchone()[0]
            target.execute(f"PRAGMA max_page_count={pages}")
        really(source, target, progress, what)

    with closing(connect(made.path)) as connection:
        connection.execute("CREATE TABLE filler AS SELECT hex(randomblob(400000)) AS h")
    grown = replace(made, size=made.path.stat().st_size, sha256="", noted=False)
    monkeypatch.setattr(backups, "transfer", full)
    with pytest.raises(EnvironmentTrouble, match="full"):
        restore(grown, office, WHO)
    assert content(office) == before
