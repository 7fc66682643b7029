"""An office as files: a free place for it, taken away with its logs, copied by the engine."""

from contextlib import closing
from pathlib import Path

import pytest

from partnerdesk.domain.problems import BadFile
from partnerdesk.store import files
from partnerdesk.store.driver import DatabaseError, connect


def test_that_a_file_is_taken_away_with_its_logs_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "office.partnerdesk"
    names = ["office.partnerdesk", *(f"office.partnerdesk{end}" for end in ("-wal", "-shm", "-journal"))]
    for name in (*names, "office.partnerdesk.lock"):
        (tmp_path / name).touch()
    files.remove(path)
    assert [one.name for one in tmp_path.iterdir()] == ["office.partnerdesk.lock"]
    files.remove(path)


def test_that_a_path_that_is_taken_or_without_a_folder_is_refused(tmp_path: Path) -> None:
    files.expect_free(tmp_path / "new")
    (tmp_path / "taken").touch()
    with pytest.raises(BadFile, match="There is already a file named taken"):
        files.expect_free(tmp_path / "taken")
    for expect in (files.expect_free, files.expect_folder):
        with pytest.raises(BadFile, match="does not exist"):
            expect(tmp_path / "none" / "new")


def test_that_a_copy_holds_what_is_still_in_the_log(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "one", mode="rwc")) as writing:
        writing.execute("PRAGMA journal_mode=WAL")
        writing.execute("CREATE TABLE t (n INTEGER)")
        writing.execute("INSERT INTO t VALUES (7)")
        assert (tmp_path / "one-wal").stat().st_size > 0
        files.copy(tmp_path / "one", tmp_path / "two")
    with closing(connect(tmp_path / "two", mode="ro")) as copied:
        assert copied.execute("SELECT n FROM t").fetchone() == (7,)


def test_that_what_is_not_there_is_not_copied(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError):
        files.copy(tmp_path / "none", tmp_path / "two")
