"""Brings an office file of an older schema up to date: a verified backup first, then all steps in one transaction.

`MIGRATIONS` maps a schema version to the step that leads to the next one. From the first released schema on
an old step is never edited.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from partnerdesk.domain.backups import Backup
from partnerdesk.domain.problems import EnvironmentTrouble
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.store import backup, schema, schema_3, schema_4
from partnerdesk.store.driver import connect
from partnerdesk.store.faults import told

Migration = Callable[[Any], None]


def _documents_hold_files(connection: Any) -> None:
    """Schema 2: a document may have a file, whose content is kept once."""
    connection.execute(
        "CREATE TABLE document_new (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, "
        "version INTEGER NOT NULL, institution_id INTEGER, agreement_id INTEGER, kind TEXT NOT NULL, "
        "title TEXT NOT NULL, state TEXT NOT NULL, due_on TEXT, received_on TEXT, link TEXT NOT NULL, "
        "note TEXT NOT NULL, file_name TEXT NOT NULL, file_size INTEGER NOT NULL, sha256 TEXT NOT NULL, "
        "UNIQUE (uid), FOREIGN KEY(institution_id) REFERENCES institution (id), "
        "FOREIGN KEY(agreement_id) REFERENCES agreement (id))")
    last = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'document'").fetchone()
    connection.execute("INSERT INTO document_new SELECT *, '', 0, '' FROM document")
    connection.execute("DROP TABLE document")
    connection.execute("ALTER TABLE document_new RENAME TO document")
    connection.execute("DELETE FROM sqlite_sequence WHERE name IN ('document', 'document_new')")
    if last is not None:
        connection.execute("INSERT INTO sqlite_sequence VALUES ('document', ?)", last)
    connection.execute("CREATE INDEX ix_document_institution_id ON document (institution_id)")
    connection.execute("CREATE INDEX ix_document_agreement_id ON document (agreement_id)")
    connection.execute("CREATE TABLE content (sha256 TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (sha256))")


def _people_and_stays(connection: Any) -> None:
    """Schema 3: people, stays and what belongs to them; a document may be theirs."""
    for statement in schema_3.STATEMENTS:
        connection.execute(statement)
    _index_words(connection, "search_person", "search_stay")
    _remake_documents(connection, schema_3.DOCUMENT, "institution_id, agreement_id, NULL, NULL, '', 0",
                      ("institution_id", "agreement_id", "person_id", "stay_id"))


def _projects_and_visits(connection: Any) -> None:
    """Schema 4: projects, visits, outputs, follow-ups; a document may be theirs."""
    for statement in schema_4.STATEMENTS:
        connection.execute(statement)
    _index_words(connection, "search_project", "search_visit")
    _remake_documents(
        connection, schema_4.DOCUMENT,
        "institution_id, agreement_id, person_id, stay_id, NULL, NULL, stage, mandatory",
        ("institution_id", "agreement_id", "person_id", "stay_id", "project_id", "visit_id"))


def _index_words(connection: Any, *tables: str) -> None:
    for table in tables:
        connection.execute(
            f"CREATE VIRTUAL TABLE {table} USING fts5(body, "
            "tokenize = \"unicode61 remove_diacritics 2\", prefix = '1 2 3')")


def _remake_documents(connection: Any, made: str, owners: str, indexed: tuple[str, ...]) -> None:
    """Give the table of documents another shape; `owners` are its columns between version and kind, as they were."""
    last = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'document'").fetchone()
    connection.execute(made)
    connection.execute(
        f"INSERT INTO document_new SELECT id, uid, version, {owners}, kind, title, state, due_on, received_on, link, "
        "note, file_name, file_size, sha256 FROM document")
    connection.execute("DROP TABLE document")
    connection.execute("ALTER TABLE document_new RENAME TO document")
    connection.execute("DELETE FROM sqlite_sequence WHERE name IN ('document', 'document_new')")
    if last is not None:
        connection.execute("INSERT INTO sqlite_sequence VALUES ('document', ?)", last)
    for owner in indexed:
        connection.execute(f"CREATE INDEX ix_document_{owner} ON document ({owner})")


MIGRATIONS: dict[int, Migration] = {
    1: _documents_hold_files, 2: _people_and_stays, 3: _projects_and_visits,
}


def bring_up_to_date(
    path: Path, version: int, target: int = schema.SCHEMA_VERSION, migrations: dict[int, Migration] | None = None,
    folder: Path | None = None,
) -> Path:
    """Migrate the file in place; the path of the backup made before, in `folder` or beside the file.

    On any error, and when the backup cannot be made, the file is as it was. Each step is
    called with the open connection of the driver. Raises EnvironmentTrouble.
    """
    steps = MIGRATIONS if migrations is None else migrations
    with told():
        copy = _backup(path, version, folder)
        connection = connect(path)
        try:
            connection.execute("PRAGMA foreign_keys=0")
            connection.execute("BEGIN IMMEDIATE")
            try:
                before = _counts(connection)
                for at in range(version, target):
                    steps[at](connection)
                _verify(connection, before)
                connection.execute(f"PRAGMA user_version={target}")
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        except BaseException:
            backup.remove(copy)
            raise
        finally:
            connection.close()
    return copy.path


def _counts(connection: Any) -> dict[str, int]:
    """Rows of every table of ours that holds records."""
    names = [row[0] for row in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%'")]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def _verify(connection: Any, before: dict[str, int]) -> None:
    after = _counts(connection)
    lost = sum(rows - after[name] for name, rows in before.items() if after.get(name, rows) < rows)
    if lost:
        raise EnvironmentTrouble(text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The file could not be brought up to date: {n} records would have been lost."), n=lost))
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise EnvironmentTrouble(text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The file could not be brought up to date: {n} links would have been lost."), n=len(broken)))


def _backup(path: Path, version: int, folder: Path | None) -> Backup:
    wish = backup.Wish("migration")
    if folder is not None:
        return backup.make(path, folder, wish)
    name = f"{path.stem} before version {version + 1}"
    copy, number = path.with_name(name + backup.SUFFIX), 2
    while copy.exists():
        copy, number = path.with_name(f"{name} ({number}){backup.SUFFIX}"), number + 1
    return backup.make_file(path, copy, wish)
