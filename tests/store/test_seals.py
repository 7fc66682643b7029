"""Seals: equal rows give equal digests, any other value of any column is told, and a damaged seal says so."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.partners import Alias, Institution
from partnerdesk.domain.problems import BadFile
from partnerdesk.domain.words import text
from partnerdesk.store import seals
from partnerdesk.store.driver import DatabaseError, connect
from partnerdesk.store.office import create_office

VALUES = st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.text(
    st.characters(codec="utf-8")) | st.binary()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    office = create_office(tmp_path / "sealed.partnerdesk")
    with office.write(text("new"), "Marta Ilves") as unit:
        unit.add_many([Institution(name=f"Partner {n}", city="Łódź") for n in range(300)])
        unit.add_many([Alias(institution_id=n, name=f"Alias {n}") for n in range(1, 301)])
    with office.write(text("gone"), "Marta Ilves") as unit:
        unit.remove(Alias, 7)
    office.close()
    return office.path


@pytest.fixture
def connection(path: Path) -> Iterator[Any]:
    made = connect(path)
    made.execute("PRAGMA foreign_keys=0")
    yield made
    made.close()


def test_that_a_seal_covers_every_row_of_every_record_table_and_fits_what_it_was_taken_from(connection: Any) -> None:
    seal = seals.take(connection)
    counted = sum(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
                  for name in seals.sealed_tables(connection))
    assert seal.rows == counted
    assert {"institution", "history", "step", "setting"} <= seal.sheets.keys()
    assert not {"partner_fact", "search_partner"} & seal.sheets.keys()
    assert list(seals.compare(seal, connection)) == []


def test_that_a_seal_comes_back_from_its_file_as_it_was(connection: Any, tmp_path: Path) -> None:
    seal = seals.take(connection)
    seals.write(seal, tmp_path / "a.seal")
    assert seals.read(tmp_path / "a.seal") == seal
    assert [p.name for p in tmp_path.glob("a.seal*")] == ["a.seal"]


@pytest.mark.parametrize("at", [0, 30, 200, -1])
def test_that_a_seal_that_changed_itself_is_refused(connection: Any, tmp_path: Path, at: int) -> None:
    file = tmp_path / "a.seal"
    seals.write(seals.take(connection), file)
    raw = bytearray(file.read_bytes())
    raw[at] ^= 4
    file.write_bytes(raw)
    with pytest.raises(BadFile, match=r"a\.seal is damaged"):
        seals.read(file)


@pytest.mark.parametrize(
    ("sql", "told"),
    [("UPDATE institution SET city = 'Łodz' WHERE id = 5", ("institution", 5, "changed")),
     ("UPDATE institution SET city = CAST(city AS BLOB) WHERE id = 5", ("institution", 5, "changed")),
     ("DELETE FROM institution_name WHERE id = 300", ("institution_name", 300, "missing")),
     ("INSERT INTO step SELECT 99, at, who, label, label_values, kind, state, of_step, reason, rows FROM step "
      "WHERE id = 1", ("step", 99, "added")),
     ("UPDATE history SET \"after\" = replace(\"after\", 'Partner 8\"', 'Partner 9\"') WHERE id = 9",
      ("history", 9, "changed")),
     ("CREATE TABLE extra (n)", ("sqlite_master", 0, "changed")),
     ("ALTER TABLE contact DROP COLUMN phone", ("sqlite_master", 0, "changed"))],
)
def test_that_any_change_is_told_to_the_row(connection: Any, sql: str, told: tuple[str, int, str]) -> None:
    seal = seals.take(connection)
    connection.execute(sql)
    found = [(d.table, d.row_id, d.kind) for d in seals.compare(seal, connection)]
    assert told in found
    assert {name for name, _, _ in found} <= {told[0], seals.FIXED_STEP, "extra", "sqlite_sequence", "contact"}


def test_that_undone_steps_differ_only_in_what_may_change_of_a_step(connection: Any) -> None:
    seal = seals.take(connection)
    connection.execute("UPDATE step SET state = 'undone' WHERE id = 1")
    assert {d.table for d in seals.compare(seal, connection)} == {"step"}
    assert list(seals.compare(seal, connection, names=[seals.FIXED_STEP])) == []


@given(st.lists(VALUES, min_size=1, max_size=5), st.data())
def test_that_rows_have_equal_digests_exactly_when_they_are_equal(row: list[Any], data: st.DataObject) -> None:
    same = tuple("".join(list(value)) if isinstance(value, str) else value for value in row)
    assert seals.digests_of([tuple(row)]) == seals.digests_of([same])
    place = data.draw(st.integers(0, len(row) - 1))
    other = data.draw(VALUES.filter(lambda value: not _alike(value, row[place])))
    assert seals.digests_of([tuple(row)]) != seals.digests_of([(*row[:place], other, *row[place + 1:])])


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return one == other and math.copysign(1, one) == math.copysign(1, other)
    return type(one) is type(other) and one == other


def test_that_taking_a_seal_can_be_stopped_and_counts_on(connection: Any) -> None:
    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))
        if len(seen) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        seals.take(connection, progress)
    assert not connection.in_transaction
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert all(done <= total for done, total in seen)


def test_that_a_damaged_file_is_not_sealed(path: Path, connection: Any) -> None:
    root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'history'").fetchone()[0]
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    raw = bytearray(path.read_bytes())
    raw[(root - 1) * size:root * size] = bytes(size)
    path.write_bytes(raw)
    damaged = connect(path, mode="ro")
    with pytest.raises(DatabaseError, match="malformed"):
        seals.take(damaged)
    damaged.close()
