"""Backups as an office has them: when they are made, where, and what happens when that fails."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain import clock
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.problems import BadFile, EnvironmentTrouble
from partnerdesk.domain.words import text
from partnerdesk.services import backups, checkup, paths
from partnerdesk.services.office import create_file, do, open_file
from partnerdesk.store.backup import listed, make
from partnerdesk.store.journal import next_undo

WHO = "Marta Ilves"
FIXTURES = Path(__file__).parent.parent / "store" / "fixtures"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Any]:
    made = create_file(tmp_path / "Our office.partnerdesk")
    add(made, "First")
    yield made
    made.close()


@pytest.fixture
def folder(office: Any) -> Path:
    return paths.backup_folder(office.path)


def add(office: Any, name: str) -> None:
    with office.write(text("add"), WHO) as unit:
        unit.add(Institution(name=name))


def overview(office: Any) -> backups.Overview:
    with office.read() as reader:
        return backups.overview(office.path)(reader)


def test_that_the_daily_backup_is_due_once_a_day_and_only_after_changes(office: Any) -> None:
    assert backups.daily_is_due(office)
    made = backups.back_up(office, "daily", WHO).backup
    assert not backups.daily_is_due(office)
    with clock.fixed(made.at + timedelta(days=2)):
        assert not backups.daily_is_due(office), "nothing has changed"
        add(office, "Second")
        assert backups.daily_is_due(office)
    with clock.fixed(made.at + timedelta(hours=20)):
        assert not backups.daily_is_due(office)


def test_that_a_cut_off_backup_does_not_count(office: Any) -> None:
    made = backups.back_up(office, "daily", WHO).backup
    made.path.write_bytes(b"")
    assert backups.daily_is_due(office)
    assert [line.whole for line in overview(office).lines] == [False]
    assert backups.back_up_before(office, "import", WHO) is None
    assert len(overview(office).lines) == 2


def test_that_an_office_without_a_step_and_one_open_for_reading_get_none(tmp_path: Path, office: Any) -> None:
    empty = create_file(tmp_path / "empty.partnerdesk")
    assert not backups.daily_is_due(empty)
    assert backups.back_up_before(empty, "import", WHO) is None
    assert overview(empty).lines == ()
    empty.close()
    reading = open_file(office.path, read_only=True)
    assert not backups.daily_is_due(reading)
    reading.close()


def test_that_nothing_is_backed_up_twice_before_large_things(office: Any) -> None:
    backups.back_up_before(office, "import", WHO)
    backups.back_up_before(office, "import", WHO)
    assert len(overview(office).lines) == 1
    add(office, "Second")
    backups.back_up_before(office, "import", WHO)
    assert [line.since for line in overview(office).lines] == [0, 1]


def test_that_a_place_that_fails_is_told_and_stops_nothing(office: Any, folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("no folder")
    told = backups.back_up_before(office, "import", WHO)
    assert told is not None
    assert "could not be made" in str(told)
    with pytest.raises(EnvironmentTrouble):
        backups.back_up(office, "asked", WHO)
    folder.unlink()
    assert backups.back_up_before(office, "import", WHO) is None


def test_that_the_second_place_is_kept_in_the_office_and_gets_every_backup(office: Any, tmp_path: Path) -> None:
    second = tmp_path / "stick"
    second.mkdir()
    do(office, backups.choose_second_place(second), WHO)
    made = backups.back_up(office, "asked", WHO)
    assert made.trouble is None
    copies = listed(second / paths.backup_folder(office.path).name)
    assert [c.sha256 for c in copies] == [made.backup.sha256]
    seen = overview(office)
    assert (len(seen.lines), seen.second, seen.second_there) == (1, second, True)
    shutil.rmtree(paths.backup_folder(office.path))
    assert [line.backup.path for line in overview(office).lines] == [copies[0].path], "the second place has it still"


def test_that_a_second_place_that_is_gone_is_told_while_the_first_has_it(office: Any, tmp_path: Path) -> None:
    do(office, backups.choose_second_place(tmp_path / "unplugged"), WHO)
    made = backups.back_up(office, "asked", WHO)
    assert "not in the second place" in str(made.trouble)
    assert "unplugged" in str(made.trouble)
    seen = overview(office)
    assert [line.backup for line in seen.lines] == [made.backup]
    assert not seen.second_there
    do(office, backups.choose_second_place(None), WHO)
    assert overview(office).second is None


def test_that_old_backups_are_thinned_when_a_new_one_is_made(office: Any, folder: Path) -> None:
    now = clock.now()
    for days in range(40, -1, -1):
        with clock.fixed(now - timedelta(days=days)):
            backups.back_up(office, "daily", WHO)
    ages = sorted((now - b.at).days for b in listed(folder))
    assert ages[:15] == list(range(15))
    assert 18 <= len(ages) <= 22
    assert len(list(folder.iterdir())) == 3 * len(ages)


def test_that_restoring_is_undone_by_restoring_what_was_kept_before(office: Any) -> None:
    old = backups.back_up(office, "asked", WHO).backup
    add(office, "Second")
    restored = backups.restore(office, old, WHO)
    assert restored.before is not None
    with office.read() as reader:
        assert reader.count(Institution) == 1
        assert backups.what_would_be_lost(restored.before)(reader).gained_steps == 1
        undo = next_undo(reader)
        assert undo is not None and str(undo.label) == "add", "a restore is undone by its backup alone"
    backups.restore(office, restored.before, WHO)
    with office.read() as reader:
        assert reader.count(Institution) == 2


def test_that_a_restore_without_a_backup_before_it_is_only_done_when_wanted(
    office: Any, folder: Path, tmp_path: Path
) -> None:
    old = make(office.path, tmp_path / "elsewhere", backups_wish())
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("no folder")
    add(office, "Second")
    with pytest.raises(EnvironmentTrouble):
        backups.restore(office, old, WHO)
    with office.read() as reader:
        assert reader.count(Institution) == 2
    assert backups.restore(office, old, WHO, keep_before=False).before is None
    with office.read() as reader:
        assert reader.count(Institution) == 1


def backups_wish() -> Any:
    from partnerdesk.store.backup import Wish

    return Wish("asked")


def test_that_a_look_inside_opens_the_backup_itself_for_reading(office: Any) -> None:
    made = backups.back_up(office, "asked", WHO).backup
    path, aside = backups.file_to_look_inside(made)
    assert (path, aside) == (made.path, None)
    made.path.write_bytes(made.path.read_bytes()[:-1] + b"x")
    with pytest.raises(BadFile, match="damaged"):
        backups.file_to_look_inside(made)


def test_that_a_look_inside_an_older_backup_leaves_it_as_it_is(tmp_path: Path) -> None:
    old = tmp_path / "old.partnerdesk-backup"
    shutil.copyfile(FIXTURES / "schema_1.partnerdesk", old)
    before = old.read_bytes()
    from partnerdesk.store.backup import read_one

    path, aside = backups.file_to_look_inside(read_one(old))
    assert aside is not None
    opened = open_file(path, read_only=True)
    opened.close()
    shutil.rmtree(aside)
    assert old.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [old.name]


def test_that_a_file_is_backed_up_and_restored_from_outside(office: Any, tmp_path: Path) -> None:
    made = backups.back_up_file(office.path, tmp_path / "kept.partnerdesk-backup")
    (tmp_path / "many").mkdir()
    assert backups.back_up_file(office.path, tmp_path / "many").path.parent == tmp_path / "many"
    add(office, "Second")
    office.close()
    before, moved = backups.restore_file(made.path, office.path, WHO)
    assert before is not None and moved is None
    assert listed(paths.backup_folder(office.path)) == [before]
    again = open_file(office.path)
    with again.read() as reader:
        assert reader.count(Institution) == 1
    again.close()
    assert backups.restore_file(made.path, tmp_path / "new.partnerdesk")[0] is None
    with pytest.raises(BadFile):
        backups.back_up_file(tmp_path / "none.partnerdesk", tmp_path / "x")


def test_that_offices_of_one_name_have_folders_of_their_own(tmp_path: Path) -> None:
    one, other = tmp_path / "a" / "office.partnerdesk", tmp_path / "b" / "office.partnerdesk"
    assert paths.backup_folder(one) != paths.backup_folder(other)
    assert paths.backup_folder(one).name.startswith("office ")


def moved(office: Any, to: Path) -> Any:
    office.close()
    to.parent.mkdir(exist_ok=True)
    office.path.rename(to)
    return open_file(to)


def test_that_an_office_that_was_moved_and_renamed_keeps_its_backups(office: Any, tmp_path: Path) -> None:
    second = tmp_path / "stick"
    second.mkdir()
    do(office, backups.choose_second_place(second), WHO)
    made = backups.back_up(office, "asked", WHO).backup
    there = moved(office, tmp_path / "elsewhere" / "International office.partnerdesk")
    add(there, "Second")
    (line,) = overview(there).lines
    assert (line.backup.sha256, line.since) == (made.sha256, 1)
    assert checkup.check(there.path).backup == made.path.name
    backups.restore(there, line.backup, WHO)
    with there.read() as reader:
        assert [one.name for one in reader.find(Institution)] == ["First"]
    there.close()


def test_that_a_copy_of_an_office_is_another_one(office: Any, tmp_path: Path) -> None:
    backups.back_up(office, "asked", WHO)
    office.close()
    copy = open_file(Path(shutil.copy(office.path, tmp_path / "Copy.partnerdesk")))
    assert overview(copy).lines == ()
    assert checkup.check(copy.path).backup == ""
    copy.close()


def test_that_backups_of_another_office_in_a_place_that_is_gone_stay_with_it(office: Any, tmp_path: Path) -> None:
    other = create_file(tmp_path / "Other.partnerdesk")
    add(other, "Another")
    backups.back_up(other, "asked", WHO)
    other.close()
    other.path.unlink()
    assert overview(office).lines == ()


def test_that_what_a_restore_kept_is_found_after_the_office_was_moved(office: Any, tmp_path: Path) -> None:
    made = backups.back_up(office, "asked", WHO).backup
    add(office, "Second")
    kept = backups.restore(office, made, WHO).before
    assert kept is not None
    checked = checkup.check(office.path)
    assert (checked.findings, checked.backup) == ((), made.path.name)
    there = moved(office, tmp_path / "elsewhere" / "office.partnerdesk")
    lines = overview(there).lines
    assert [line.backup.path for line in lines] == [kept.path, made.path]
    assert (lines[0].since, lines[1].since) == (None, 1)
    assert checkup.check(there.path).findings == ()
    backups.restore(there, lines[0].backup, WHO)
    with there.read() as reader:
        assert {one.name for one in reader.find(Institution)} == {"First", "Second"}
    there.close()
