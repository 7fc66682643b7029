"""The journal against the records: whatever users do, records agree with it; any single change of either is told."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from partnerdesk.domain.partners import Contact, Institution
from partnerdesk.domain.words import text
from partnerdesk.services import journal
from partnerdesk.services.office import do
from partnerdesk.store import journal_check
from partnerdesk.store.driver import connect
from partnerdesk.store.office import create_office
from partnerdesk.store.schema import BY_TABLE
from tests.store.walks import Walk

REST = ", ".join([column.name for column in BY_TABLE["contact"].table.columns][2:])


def mismatches(path: Path) -> list[journal_check.Mismatch]:
    with closing(connect(path)) as connection:
        return list(journal_check.against_records(connection, journal_check.account_of(connection)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    office = create_office(tmp_path / "told.partnerdesk")
    with office.write(text("new"), "Marta Ilves") as unit:
        ids = unit.add_many([Institution(name=f"Partner {n}", city="Łódź", latitude=51.5) for n in range(5)])
        unit.add_many([Contact(institution_id=i, family_name="Ilves") for i in ids])
    with office.write(text("change"), "Marta Ilves") as unit:
        unit.change(Institution, 2, None, city="Ørsted")
        unit.remove(Contact, 4)
    with office.write(text("purge"), "Marta Ilves", kind="purge") as unit:
        unit.remove(Contact, 5)
        unit.forget([(Contact, 5)])
    with office.read() as reader:
        step = journal.recent_steps(reader)[1]
    do(office, journal.undo_deed(step), "Marta Ilves")
    office.close()
    return office.path


@pytest.mark.parametrize("seed", range(8))
def test_that_whatever_users_do_records_and_journal_agree(tmp_path: Path, seed: int) -> None:
    walk = Walk(tmp_path, seed)
    walk.steps(80)
    walk.office.close()
    assert mismatches(walk.office.path) == []


def test_that_undone_removed_and_purged_records_agree_too(path: Path) -> None:
    assert mismatches(path) == []


@pytest.mark.parametrize("table", ["institution", "contact"])
def test_that_a_change_of_any_field_of_any_record_is_told(path: Path, table: str) -> None:
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys=0")
        for (row_id,) in connection.execute(f"SELECT id FROM {table}").fetchall():
            for column in BY_TABLE[table].table.columns:
                if column.name == "id":
                    continue
                connection.execute("BEGIN")
                connection.execute(f"UPDATE {table} SET {column.name} = ifnull({column.name}, 0) || '7' WHERE id = ?",
                                   (row_id,))
                told = list(journal_check.against_records(connection, journal_check.account_of(connection)))
                connection.execute("ROLLBACK")
                assert [(one.table, one.row_id, one.kind, one.fields) for one in told] == [
                    (table, row_id, "changed", (column.name,))]


def test_that_any_entry_of_the_journal_that_says_something_else_is_told(path: Path) -> None:
    with closing(connect(path)) as connection:
        for entry, before, after in connection.execute('SELECT id, "before", "after" FROM history').fetchall():
            for column, said in (("before", before), ("after", after)):
                if said is None:
                    continue
                values = json.loads(said)
                name = sorted(set(values) - {"id"})[0]
                values[name] = "something else"
                connection.execute("BEGIN")
                connection.execute(f'UPDATE history SET "{column}" = ? WHERE id = ?', (json.dumps(values), entry))
                told = list(journal_check.against_records(connection, journal_check.account_of(connection)))
                connection.execute("ROLLBACK")
                assert told, f"entry {entry}, {column}, {name}"


@pytest.mark.parametrize(
    ("sql", "told"),
    [("DELETE FROM contact WHERE id = 1", ("contact", 1, "missing")),
     (f"INSERT INTO contact SELECT 99, 'x', {REST} FROM contact WHERE id = 1", ("contact", 99, "added")),
     ("DELETE FROM history WHERE id = 3", ("step", 1, "chain")),
     ("UPDATE history SET entity = 'nothing' WHERE id = 3", ("history", 3, "unreadable"))],
)
def test_that_rows_that_come_and_go_by_themselves_are_told(path: Path, sql: str, told: tuple[str, int, str]) -> None:
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys=0")
        connection.execute(sql)
    assert told in [(one.table, one.row_id, one.kind) for one in mismatches(path)]
