"""Migrations: a copy first, all or nothing, nothing lost on the way."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.partners import Alias, Institution
from partnerdesk.domain.problems import EnvironmentTrouble
from partnerdesk.domain.words import text
from partnerdesk.store import backup, migrate, schema
from partnerdesk.store import office as rooms
from partnerdesk.store.driver import connect
from partnerdesk.store.migrate import bring_up_to_date
from partnerdesk.store.office import create_office, open_office

NEXT = schema.SCHEMA_VERSION + 1
FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    office = create_office(tmp_path / "old.partnerdesk")
    with office.write(text("new"), "Marta Ilves") as unit:
        unit.add_many([Institution(name=f"Partner {n}") for n in range(200)])
        unit.add_many([Alias(institution_id=n, name=f"Alias {n}") for n in range(1, 201)])
    office.close()
    return office.path


def count(path: Path, table: str) -> int:
    connection = connect(path, mode="ro")
    try:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    finally:
        connection.close()


def version(path: Path) -> int:
    connection = connect(path, mode="ro")
    try:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def rebuild(connection: Any) -> None:
    """A table made anew under its parent's links: with foreign keys on, its children would go."""
    sql = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'institution'").fetchone()[0]
    connection.execute(sql.replace("institution", "institution_new", 1))
    connection.execute("INSERT INTO institution_new SELECT * FROM institution")
    connection.execute("DROP TABLE institution")
    connection.execute("ALTER TABLE institution_new RENAME TO institution")


def test_that_a_rebuilt_table_keeps_its_children_and_a_copy_is_made_before(path: Path) -> None:
    copy = bring_up_to_date(path, NEXT - 1, NEXT, {NEXT - 1: rebuild})
    assert (version(path), version(copy)) == (NEXT, NEXT - 1)
    assert [count(path, t) for t in ("institution", "institution_name")] == [200, 200]
    assert copy.name == f"old before version {NEXT}.partnerdesk-backup"


def test_that_steps_are_done_in_order(path: Path) -> None:
    def first(connection: Any) -> None:
        connection.execute("CREATE TABLE made (n)")

    def second(connection: Any) -> None:
        connection.execute("INSERT INTO made VALUES (1)")

    bring_up_to_date(path, NEXT - 1, NEXT + 1, {NEXT: second, NEXT - 1: first})
    assert (version(path), count(path, "made")) == (NEXT + 1, 1)


def lose_rows(connection: Any) -> None:
    connection.execute("DELETE FROM institution_name WHERE id < 10")


def lose_links(connection: Any) -> None:
    connection.execute("UPDATE institution_name SET institution_id = 999 WHERE id < 10")


def stumble(connection: Any) -> None:
    connection.execute("DELETE FROM institution_name")
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("step", "error", "sentence"),
    [(lose_rows, EnvironmentTrouble, "9 records would have been lost"),
     (lose_links, EnvironmentTrouble, "9 links would have been lost"), (stumble, ZeroDivisionError, None)],
)
def test_that_a_step_that_loses_something_changes_nothing(
    path: Path, step: Any, error: Any, sentence: str | None
) -> None:
    before = path.read_bytes()
    with pytest.raises(error, match=sentence):
        bring_up_to_date(path, NEXT - 1, NEXT, {NEXT - 1: step})
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name], "a copy of an unchanged file is left behind"


def test_that_an_older_file_is_brought_up_to_date_when_it_is_opened(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = connect(path)
    connection.execute(f"PRAGMA user_version={NEXT - 2}")
    connection.close()
    monkeypatch.setattr(migrate, "MIGRATIONS", {NEXT - 2: rebuild})
    office = open_office(path)
    office.close()
    assert version(path) == schema.SCHEMA_VERSION


def test_that_the_documents_of_the_first_schema_stay(tmp_path: Path) -> None:
    path = Path(shutil.copy(FIXTURES / "schema_1.partnerdesk", tmp_path))
    connection = connect(path)
    values = ("u1", 3, connection.execute("SELECT min(id) FROM institution").fetchone()[0])
    connection.execute(
        "INSERT INTO document (uid, version, institution_id, kind, title, state, link, note) "
        "VALUES (?, ?, ?, 'other', 'Letter', 'received', 'a/b', 'n')", values)
    connection.execute("DELETE FROM document")
    connection.execute(
        "INSERT INTO document (uid, version, institution_id, kind, title, state, link, note) "
        "VALUES (?, ?, ?, 'other', 'Letter', 'received', 'a/b', 'n')", values)
    connection.close()
    office = open_office(path)
    with office.write(text("new"), "Marta Ilves") as unit:
        (letter,) = unit.find(Document)
        assert (letter.id, letter.uid, letter.title, letter.link, letter.file_name) == (2, "u1", "Letter", "a/b", "")
        assert unit.add(Document(institution_id=values[2])).id == 3, "ids of what is gone are not given again"
    office.close()


@pytest.mark.parametrize("ground", ["read-only place", "asked for reading", "log that nobody folded in"])
def test_that_an_older_file_that_must_not_be_written_to_is_read(
    ground: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(shutil.copy(FIXTURES / "schema_1.partnerdesk", tmp_path / "old.partnerdesk"))
    holder = connect(path)
    if ground != "asked for reading":
        monkeypatch.setattr(rooms.os, "access", lambda path, mode: mode != rooms.os.W_OK)
    if ground.startswith("log"):
        holder.execute("PRAGMA journal_mode=WAL")
        holder.execute("UPDATE institution SET name = 'In the log' WHERE id = 1")
    before = path.read_bytes()
    office = open_office(path, read_only=True)
    with office.read() as reader:
        seen = {i.name for i in reader.find(Institution)}
    assert office.read_only
    assert seen >= ({"In the log"} if ground.startswith("log") else {"Uniwersytet Łódzki"})
    private = office._private
    assert private is not None
    office.close()
    holder.close()
    assert (path.read_bytes()[:100], version(path)) == (before[:100], 1)
    assert not private.exists()


def test_that_the_backup_before_is_verified_and_lies_where_backups_lie(path: Path, tmp_path: Path) -> None:
    copy = bring_up_to_date(path, NEXT - 1, NEXT, {NEXT - 1: rebuild}, tmp_path / "backups")
    made = backup.listed(tmp_path / "backups")[0]
    assert (made.path, made.reason, made.schema) == (copy, "migration", NEXT - 1)
    backup.verify(made)


def test_that_nothing_is_migrated_without_a_backup(path: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    before = path.read_bytes()
    with pytest.raises(EnvironmentTrouble, match="backup could not be made"):
        bring_up_to_date(path, NEXT - 1, NEXT, {NEXT - 1: rebuild}, tmp_path / "taken")
    assert path.read_bytes() == before
