"""A seal that goes by the file before is the seal that reads everything, whatever was done in between."""

from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from partnerdesk.store import files, leaves, seals
from partnerdesk.store.driver import connect

ROWS = 3000
LENGTHS = (0, 3, 40, 119, 130, 300, 3900, 3970, 4030, 4060, 9000, 16_300, 20_000)


class Filled:
    """A file with a few tables, changed at random."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path, self.chance = path, Random(seed)
        with closing(connect(path, mode="rwc")) as made:
            made.execute("PRAGMA journal_mode=DELETE")
            made.execute("CREATE TABLE step (id INTEGER PRIMARY KEY, at, who, label, label_values, kind, reason, n)")
            made.execute("CREATE TABLE history (id INTEGER PRIMARY KEY, a TEXT, b REAL)")
            made.execute("CREATE TABLE small (id INTEGER PRIMARY KEY, a TEXT)")
            made.execute("CREATE TABLE holes (id INTEGER PRIMARY KEY, a TEXT, b TEXT)")
            made.execute("CREATE TABLE content (sha256 TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (sha256))")
            made.execute("BEGIN")
            made.executemany("INSERT INTO step VALUES (?, 'at', 'who', 'l', '{}', 'do', '', 0)",
                             [(n,) for n in range(1, ROWS)])
            made.executemany("INSERT INTO history VALUES (?, ?, ?)", [(n, self.words(), n / 3) for n in range(1, ROWS)])
            made.executemany("INSERT INTO holes VALUES (?, ?, 'b')", [(n * 3, self.words()) for n in range(1, ROWS)])
            made.execute("INSERT INTO content VALUES ('one', zeroblob(9000))")
            made.execute("COMMIT")

    def words(self) -> str:
        """Mostly short, some about as long as a page, some longer."""
        long = self.chance.random() < 0.03
        return self.chance.choice("abcŁ") * self.chance.choice(LENGTHS if long else LENGTHS[:5])

    def change(self, times: int) -> None:
        """Change, add and remove rows; overwrite some texts by others of the same length, which stay in place."""
        with closing(connect(self.path)) as connection:
            for _ in range(times):
                self._change_one(connection)

    def _change_one(self, connection: Any) -> None:
        table, act = self.chance.choice(("history", "holes", "small")), self.chance.randrange(6)
        row_id = self.chance.randrange(1, ROWS * 3)
        if act == 0:
            connection.execute(f"INSERT OR IGNORE INTO {table} (id, a) VALUES (?, ?)", (row_id, self.words()))
        elif act == 1:
            connection.execute(f"DELETE FROM {table} WHERE id BETWEEN ? AND ?", (row_id, row_id + row_id % 90))
        elif act == 2:
            connection.execute(f"UPDATE {table} SET a = ? WHERE id = ?", (self.words(), row_id))
        elif act == 3:
            connection.execute(f"UPDATE {table} SET a = replace(a, 'a', 'z') WHERE length(a) > 4000 AND id > ?",
                               (row_id,))
        elif act == 4:
            connection.execute("UPDATE step SET n = n + 1 WHERE id = ?", (row_id,))
        else:
            connection.execute("INSERT OR IGNORE INTO content VALUES (?, zeroblob(?))", (str(row_id), row_id))


def taken(path: Path, before: seals.Before | None = None) -> seals.Seal:
    with closing(connect(path, mode="ro", immutable=True)) as connection:
        return seals.take(connection, None, before)


@pytest.mark.parametrize("seed", range(12))
def test_that_what_lies_on_the_same_pages_is_sealed_as_if_it_had_been_read(tmp_path: Path, seed: int) -> None:
    filled = Filled(tmp_path / "live.db", seed)
    before, now = tmp_path / "0.db", tmp_path / "1.db"
    files.copy(filled.path, before)
    for n in range(2, 8):
        seal = taken(before)
        filled.change(filled.chance.choice((0, 1, 5, 60)))
        files.copy(filled.path, now)
        assert taken(now, seals.Before(now, before, seal)) == taken(now)
        before, now = now, tmp_path / f"{n}.db"


def test_that_hardly_a_row_is_read_again_when_hardly_any_was_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled = Filled(tmp_path / "live.db", 1)
    before, now = tmp_path / "0.db", tmp_path / "1.db"
    files.copy(filled.path, before)
    with closing(connect(filled.path)) as connection:
        connection.execute("UPDATE holes SET a = 'new' WHERE id = 300")
        connection.execute("INSERT INTO history VALUES (?, 'new', 1)", (ROWS + 5,))
    files.copy(filled.path, now)
    seal, full, read = taken(before), taken(now), 0
    digests_of = seals.digests_of

    def counted(rows: Any) -> bytes:
        nonlocal read
        read += len(rows)
        return digests_of(rows)

    monkeypatch.setattr(seals, "digests_of", counted)
    assert taken(now, seals.Before(now, before, seal)) == full
    assert 0 < read < full.rows / 3


def test_that_a_file_of_another_kind_is_not_gone_by(tmp_path: Path) -> None:
    filled = Filled(tmp_path / "live.db", 2)
    seal = taken(filled.path)
    other = tmp_path / "other.db"
    with closing(connect(filled.path)) as connection:
        connection.execute("PRAGMA page_size=8192")
        connection.execute(f"VACUUM INTO '{other}'")
    noise = tmp_path / "noise.db"
    noise.write_bytes(b"noise" * 2000)
    for before in (other, noise):
        assert taken(filled.path, seals.Before(filled.path, before, seal)) == seal
    with closing(connect(filled.path, mode="ro")) as connection:
        with leaves.compared(connection, filled.path, filled.path) as same:
            assert same is not None and same.pieces("history") and same.pieces("none") is None
        with leaves.compared(connection, filled.path, noise) as none:
            assert none is None


def test_that_a_tree_that_is_none_is_read_in_the_plain_way(tmp_path: Path) -> None:
    filled = Filled(tmp_path / "live.db", 3)
    seal, hurt = taken(filled.path), tmp_path / "hurt.db"
    with closing(connect(filled.path, mode="ro")) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'history'").fetchone()[0]
    raw = bytearray(filled.path.read_bytes())
    raw[(root - 1) * 4096:root * 4096] = Random(1).randbytes(4096)
    hurt.write_bytes(raw)
    assert taken(filled.path, seals.Before(filled.path, hurt, seal)) == seal
