"""Backups: verified, whole or not there, made while others write, and never by opening the office file itself."""

import errno
import json
import os
import shutil
import threading
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain import clock
from partnerdesk.domain.backups import Backup
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.problems import BadFile, Cancelled, EnvironmentTrouble
from partnerdesk.domain.words import Text, text
from partnerdesk.store import backup, seals
from partnerdesk.store.backup import Wish
from partnerdesk.store.driver import connect
from partnerdesk.store.office import Office, create_office, open_office

WISH = Wish("asked", "Marta Ilves")
ROWS = 3000


@pytest.fixture
def office(tmp_path: Path) -> Any:
    made = create_office(tmp_path / "Our office.partnerdesk")
    with made.write(text("new"), "Marta Ilves") as unit:
        unit.add_many([Institution(name=f"Partner {n}", remark="r" * 200) for n in range(ROWS)])
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def add(office: Office, name: str) -> None:
    with office.write(text(name), "Marta Ilves") as unit:
        unit.add(Institution(name=name))


def names(path: Path) -> set[str]:
    with closing(connect(path, mode="ro", immutable=True)) as connection:
        return {row[0] for row in connection.execute("SELECT name FROM institution")}


def nothing_left(folder: Path) -> bool:
    return not folder.exists() or not list(folder.iterdir())


def test_that_a_backup_is_verified_and_tells_what_it_holds(office: Office, folder: Path) -> None:
    made = backup.make(office.path, folder, WISH)
    assert backup.listed(folder) == [made]
    assert (made.number, made.reason, made.who, made.office) == (1, "asked", "Marta Ilves", "Our office.partnerdesk")
    assert made.counts["institution"] == ROWS
    assert made.sha256 == backup.hash_of(made.path)
    assert made.size == made.path.stat().st_size
    with closing(connect(office.path, mode="ro")) as connection:
        assert backup.last_step_of(connection) == made.last_step
    backup.verify(made)


def counted_reading(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows each call worked out the digests of, from now on."""
    counted: list[int] = []
    digests_of = seals.digests_of

    def count(rows: Any) -> bytes:
        counted.append(len(rows))
        return digests_of(rows)

    monkeypatch.setattr(seals, "digests_of", count)
    return counted


def whole_seal(made: Backup) -> bool:
    """Whether the seal of a backup is that of reading every row."""
    with closing(connect(made.path, mode="ro", immutable=True)) as connection:
        return seals.read(backup.seal_of(made)) == seals.take(connection)


def test_that_a_second_backup_is_sealed_by_the_first_and_yet_in_full(
    office: Office, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.make(office.path, folder, WISH)
    add(office, "Another")
    counted = counted_reading(monkeypatch)
    made = backup.make(office.path, folder, WISH)
    assert 0 < sum(counted) < ROWS / 3
    assert whole_seal(made)
    assert made.counts["institution"] == ROWS + 1


@pytest.mark.parametrize("hurt", ["file", "seal", "none"])
def test_that_a_first_backup_that_is_no_longer_what_it_was_is_not_gone_by(
    office: Office, folder: Path, monkeypatch: pytest.MonkeyPatch, hurt: str
) -> None:
    first = backup.make(office.path, folder, WISH)
    other = {"file": first.path, "seal": backup.seal_of(first)}.get(hurt)
    if other is None:
        backup.seal_of(first).unlink()
    else:
        raw = bytearray(other.read_bytes())
        raw[-5] ^= 1
        other.write_bytes(raw)
    counted = counted_reading(monkeypatch)
    made = backup.make(office.path, folder, WISH)
    assert sum(counted) > ROWS
    assert whole_seal(made)


def test_that_a_backup_is_one_file_that_opens_by_itself(office: Office, folder: Path) -> None:
    made = backup.make(office.path, folder, WISH)
    opened = open_office(made.path, read_only=True)
    with opened.read() as reader:
        assert reader.count(Institution) == ROWS
    opened.close()
    assert sorted(p.name.removeprefix(made.path.name) for p in folder.iterdir()) == ["", ".json", ".seal"]
    backup.verify(made)


def test_that_the_seal_beside_a_backup_is_that_of_its_rows(office: Office, folder: Path) -> None:
    made = backup.make(office.path, folder, WISH)
    seal = seals.read(backup.seal_of(made))
    with closing(connect(office.path, mode="ro")) as connection:
        assert list(seals.compare(seal, connection)) == []
    add(office, "Later")
    with closing(connect(office.path, mode="ro")) as connection:
        assert [(d.kind, d.row_id) for d in seals.compare(seal, connection, names=["institution"])] == [
            ("added", ROWS + 1)]


@pytest.mark.parametrize("place", [0, 30, 5000, -2])
def test_that_a_flipped_byte_is_found(office: Office, folder: Path, place: int) -> None:
    made = backup.make(office.path, folder, WISH)
    raw = bytearray(made.path.read_bytes())
    raw[place] ^= 4
    made.path.write_bytes(raw)
    with pytest.raises(BadFile, match="damaged"):
        backup.verify(made)


def test_that_a_backup_cut_short_is_found(office: Office, folder: Path) -> None:
    made = backup.make(office.path, folder, WISH)
    os.truncate(made.path, made.size - 4096)
    with pytest.raises(BadFile, match="damaged"):
        backup.verify(made)


@pytest.mark.parametrize("mode", ["WAL", "TRUNCATE"])
def test_that_a_backup_is_one_state_while_others_write(tmp_path: Path, folder: Path, mode: str) -> None:
    """Each step writes two partners; a backup holding one of them alone would be no state of the office."""
    office = create_office(tmp_path / "busy.partnerdesk")
    with office.write(text("new"), "Marta Ilves") as unit:
        unit.add_many([Institution(name=f"Partner {n}", remark="r" * 400) for n in range(ROWS)])
    office.close()
    with closing(connect(office.path)) as connection:
        connection.execute(f"PRAGMA journal_mode={mode}")
    written = 0

    def write_too(done: int, total: int, what: Text) -> None:
        nonlocal written
        if total and done < total and written < 5:
            written += 1
            with closing(connect(office.path)) as other:
                other.execute("BEGIN IMMEDIATE")
                for half in "ab":
                    other.execute("UPDATE institution SET name = ? WHERE id = ?", (f"{half}{written}", ord(half)))
                other.execute("COMMIT")

    made = backup.make(office.path, folder, WISH, write_too)
    assert written
    seen = {name[1:] for name in names(made.path) if name[0] in "ab" and name[1:].isdigit()}
    halves = {name[0] for name in names(made.path) if name[0] in "ab" and name[1:].isdigit()}
    assert len(seen) <= 1
    assert halves in (set(), {"a", "b"})


def test_that_saves_go_on_while_a_backup_is_made(office: Office, folder: Path) -> None:
    saved = []

    def save_too(done: int, total: int, what: Text) -> None:
        if total and not saved:
            add(office, "meanwhile")
            saved.append(done)

    made = backup.make(office.path, folder, WISH, save_too)
    assert saved
    assert "meanwhile" not in names(made.path), "the state is that of the beginning"
    assert "meanwhile" in names(backup.make(office.path, folder, WISH).path)


def test_that_a_cancelled_backup_leaves_nothing(office: Office, folder: Path) -> None:
    calls = 0

    def stop_at(n: int) -> Any:
        def progress(done: int, total: int, what: Text) -> None:
            nonlocal calls
            calls += 1
            if calls == n:
                raise Cancelled

        return progress

    backup.make(office.path, folder, WISH, stop_at(-1))
    shutil.rmtree(folder)
    total = calls
    assert total > 10
    for n in range(1, total, max(1, total // 25)):
        calls = 0
        with pytest.raises(Cancelled):
            backup.make(office.path, folder, WISH, stop_at(n))
        assert nothing_left(folder)
    assert [t.name for t in threading.enumerate() if t.name.startswith("backup")] == []


def test_that_a_damaged_office_gives_no_backup(office: Office, folder: Path) -> None:
    office.close()
    raw = bytearray(office.path.read_bytes())
    raw[4096 * 20:4096 * 21] = os.urandom(4096)
    office.path.write_bytes(raw)
    with pytest.raises(EnvironmentTrouble, match="damaged"):
        backup.make(office.path, folder, WISH)
    assert nothing_left(folder)


def test_that_a_copy_that_lost_rows_is_not_kept(
    office: Office, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = backup.transfer

    def lossy(source: Any, target: Any, *rest: Any) -> None:
        really(source, target, *rest)
        target.execute("DELETE FROM institution WHERE id = 7")

    monkeypatch.setattr(backup, "transfer", lossy)
    with pytest.raises(EnvironmentTrouble, match="all rows"):
        backup.make(office.path, folder, WISH)
    assert nothing_left(folder)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [(errno.ENOSPC, "disk of the backups is full"), (errno.EACCES, "cannot be written to"),
     (errno.EROFS, "cannot be written to"), (errno.ENOENT, "not there"), (errno.EIO, "not there")],
)
def test_that_a_place_that_refuses_is_told_in_a_sentence(
    office: Office, folder: Path, monkeypatch: pytest.MonkeyPatch, error: int, sentence: str
) -> None:
    def refuse(path: Path) -> None:
        raise OSError(error, os.strerror(error))

    with monkeypatch.context() as patched:
        patched.setattr(backup, "_sync", refuse)
        with pytest.raises(EnvironmentTrouble, match=sentence):
            backup.make(office.path, folder, WISH)
    assert nothing_left(folder)
    backup.make(office.path, folder, WISH)


def test_that_a_disk_without_room_is_refused_before_it_is_filled(
    office: Office, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 9, 1))
    with pytest.raises(EnvironmentTrouble, match="full"):
        backup.make(office.path, folder, WISH)
    assert nothing_left(folder)


def test_that_a_folder_that_is_a_file_is_told(office: Office, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(EnvironmentTrouble, match="could not be made"):
        backup.make(office.path, tmp_path / "taken", WISH)


def test_that_what_was_broken_off_is_cleared_away_later(office: Office, folder: Path) -> None:
    folder.mkdir()
    old, fresh, orphan = (folder / f".x{backup.SUFFIX}.1.part", folder / f".y{backup.SUFFIX}.2.part.seal",
                          folder / f"z{backup.SUFFIX}.json")
    for path in (old, fresh, orphan):
        path.write_text("")
    long_ago = (datetime.now() - timedelta(hours=2)).timestamp()
    for path in (old, orphan):
        os.utime(path, (long_ago, long_ago))
    made = backup.make(office.path, folder, WISH)
    assert (old.exists(), fresh.exists(), orphan.exists()) == (False, True, False)
    assert backup.listed(folder) == [made]


def test_that_two_backups_within_a_second_are_two(office: Office, folder: Path) -> None:
    made = [backup.make(office.path, folder, WISH) for _ in range(3)]
    assert [b.number for b in backup.listed(folder)] == [3, 2, 1]
    assert len({b.path for b in made}) == 3


def test_that_numbers_count_on_when_the_clock_runs_backwards(office: Office, folder: Path) -> None:
    first = backup.make(office.path, folder, WISH)
    with clock.fixed(first.at - timedelta(days=4000)):
        second = backup.make(office.path, folder, WISH)
    assert [b.number for b in backup.listed(folder)] == [second.number, first.number]
    assert second.number > first.number


@pytest.mark.parametrize("note", ["", "{", "[]", '{"number": 1}', json.dumps({"reason": "x"})])
def test_that_a_backup_without_its_manifest_is_listed_and_checked(office: Office, folder: Path, note: str) -> None:
    made = backup.make(office.path, folder, WISH)
    made.path.with_name(made.path.name + backup.NOTE).write_text(note)
    found = backup.read_one(made.path)
    assert (found.noted, found.size) == (False, made.size)
    backup.verify(found)
    os.truncate(made.path, 100_000)
    with pytest.raises(BadFile):
        backup.verify(backup.read_one(made.path))


def test_that_a_second_place_gets_the_same_backup(office: Office, folder: Path, tmp_path: Path) -> None:
    made = backup.make(office.path, folder, WISH)
    copy = backup.copy_to(made, tmp_path / "second")
    backup.verify(copy)
    assert copy.path.read_bytes() == made.path.read_bytes()
    assert seals.read(backup.seal_of(copy)) == seals.read(backup.seal_of(made))


def test_that_a_second_place_that_garbles_is_found(
    office: Office, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backup.make(office.path, folder, WISH)

    def garbled(source: Path, to: Path, *rest: Any) -> None:
        to.write_bytes(source.read_bytes()[:-1] + b"x")

    monkeypatch.setattr(backup, "_copy", garbled)
    with pytest.raises(EnvironmentTrouble, match="second place"):
        backup.copy_to(made, tmp_path / "second")
    assert nothing_left(tmp_path / "second")


def test_that_a_removed_backup_leaves_nothing(office: Office, folder: Path) -> None:
    backup.remove(backup.make(office.path, folder, WISH))
    assert nothing_left(folder)


def test_that_a_named_file_is_not_written_over(office: Office, tmp_path: Path) -> None:
    to = tmp_path / "kept.partnerdesk-backup"
    made = backup.make_file(office.path, to, WISH)
    assert backup.read_one(to) == made
    with pytest.raises(BadFile, match="already"):
        backup.make_file(office.path, to, WISH)
    with pytest.raises(BadFile, match="does not exist"):
        backup.make_file(office.path, tmp_path / "nowhere" / "x", WISH)
    with pytest.raises(BadFile, match="not there"):
        backup.read_one(tmp_path / "nothing.partnerdesk-backup")


def test_that_the_office_file_is_opened_by_the_engine_alone(
    office: Office, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An open and close of the live file by the program itself would drop the engine's locks on it."""
    opened: list[str] = []
    really = os.open, Path.open, shutil.copyfile

    def note(which: int) -> Any:
        def call(path: Any, *args: Any, **kwargs: Any) -> Any:
            opened.append(str(path))
            return really[which](path, *args, **kwargs)

        return call

    monkeypatch.setattr(os, "open", note(0))
    monkeypatch.setattr(Path, "open", note(1))
    monkeypatch.setattr(shutil, "copyfile", note(2))
    backup.copy_to(backup.make(office.path, folder, WISH), folder / "second")
    assert opened
    assert str(office.path) not in opened
