"""Rows read straight from pages are those the engine reads, whatever their size, and never a guess."""

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.store import carve


def filled(path: Path, size: int, rows: int, seed: int = 1) -> list[tuple[object, ...]]:
    """A file of that page size with values of every kind, some longer than a page."""
    chance = Random(seed)
    made: list[tuple[object, ...]] = []
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA page_size={size}")
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b INTEGER, c REAL, d BLOB, e TEXT)")
        for n in range(1, rows + 1):
            long = "Łódź " * chance.choice((0, 1, 20, 400 if n % 7 == 0 else 3))
            made.append((n * 3, long, chance.randrange(-(2**62), 2**62) >> chance.randrange(62), chance.random() + 0.1,
                         chance.randbytes(chance.randrange(40)), None if n % 5 == 0 else "e"))
        connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", made)
        connection.commit()
    return made


@pytest.mark.parametrize("size", [512, 1024, 4096, 16384, 65536])
def test_that_every_row_of_every_page_size_is_found_as_it_is(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.db"
    made = filled(path, size, 600)
    told: list[tuple[int, int]] = []
    found = [(row[0], *row[2:]) for row in carve.rows_of(path, lambda *at: told.append(at)) if len(row) == 7]
    assert sorted(found) == sorted(made)
    assert told == [(page, path.stat().st_size // size) for page, _ in told]
    assert told or path.stat().st_size // size < 256


def test_that_an_empty_file_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    assert list(carve.rows_of(path)) == []


@pytest.mark.parametrize("size", [512, 1024, 4096, 16384])
def test_that_the_page_size_is_told_without_the_header_and_a_mended_file_opens(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.db"
    made = filled(path, size, 600)
    raw = path.read_bytes()
    path.write_bytes(bytes(100) + raw[100:])
    assert carve.page_size(path.read_bytes()) == size
    carve.mend_header(path, 7, 2)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT * FROM t ORDER BY id").fetchall() == made
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA application_id").fetchone() == (7,)


@given(st.integers(0, 2**32), st.integers(0, 255))
def test_that_any_bytes_are_read_without_an_error(
    tmp_path_factory: pytest.TempPathFactory, seed: int, cells: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "noise.db"
    noise = Random(seed).randbytes(8192)
    path.write_bytes(bytes(4096) + b"\x0d\0\0\0" + bytes([cells]) + noise[5:])
    for row in carve.rows_of(path):
        assert len(row) > 1
