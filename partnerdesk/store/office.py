"""An office file: made, opened, read, written, closed."""

import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import sqlalchemy.exc

from partnerdesk.domain.problems import BadFile, DamagedFile, EnvironmentTrouble, NewerFile, NoOffice, Problem, Refused
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.store import contents, files, migrate, schema, search
from partnerdesk.store.driver import connect, dbapi, keep_journal
from partnerdesk.store.faults import Presence, told
from partnerdesk.store.places import place_of
from partnerdesk.store.settle import settle
from partnerdesk.store.unit import Reader, Unit


class Office:
    """One open office file. Units may be opened from any thread; writing units wait for each other."""

    def __init__(self, path: Path, engine: sa.Engine, *, read_only: bool, private: Path | None = None) -> None:
        self.path = path
        self.read_only = read_only
        self._engine = engine
        self._private = private
        self._presence = Presence(path)
        self._writing = threading.Lock()

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """A reading unit: one consistent state of the file for the length of the block."""
        with told(), self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            try:
                yield Reader(connection)
            finally:
                _take_back(connection)

    @contextmanager
    def write(
        self, label: Text, who: str, *, kind: str = "do", reason: str = "", of_step: int | None = None
    ) -> Iterator[Unit]:
        """A writing unit: one step of the journal, committed at the end of the block or not at all.

        After the block `unit.changes()` is the news. Raises EnvironmentTrouble when the file refuses, Refused
        when a record is still needed by others or is there already.
        """
        if self.read_only:
            raise EnvironmentTrouble(Text(QT_TRANSLATE_NOOP("PartnerDesk", "This office is open for reading only.")))
        self._presence.expect()
        with told(self.path), self._writing, self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            unit = Unit(connection, label, who, kind, reason, of_step)
            try:
                yield unit
                settle(unit)
                unit.finish()
                if kind == "purge":
                    search.optimize(unit)
                    contents.sweep(unit)
                self._presence.expect()
                connection.commit()
            except sqlalchemy.exc.IntegrityError as error:
                _take_back(connection)
                raise _refusal(error) from error
            except BaseException:
                _take_back(connection)
                raise
            if kind == "purge":
                connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep the writing units of this program waiting for the length of the block."""
        with self._writing:
            yield

    def close(self) -> None:
        """Close every connection; the write-ahead log is folded into the file."""
        self._engine.dispose()
        if self._private is not None:
            shutil.rmtree(self._private, ignore_errors=True)
        elif self.read_only:
            tidy(self.path)


def tidy(path: Path) -> None:
    """Let the engine take away the empty log that reading left beside an office, unless somebody has it open."""
    log = path.with_name(path.name + "-wal")
    with suppress(OSError, dbapi.DatabaseError):
        if log.stat().st_size == 0 and _can_write(path):
            with closing(connect(path)) as connection:
                connection.execute("SELECT 1 FROM sqlite_master").fetchone()


def _take_back(connection: sa.Connection) -> None:
    """Roll back; a connection that cannot is thrown away, or the next unit would begin within this one.

    After a commit that was refused SQLAlchemy holds the transaction to be over, the driver knows better.
    """
    try:
        connection.rollback()
        driver: Any = connection.connection.driver_connection
        if driver.in_transaction:
            driver.rollback()
    except (sqlalchemy.exc.DatabaseError, dbapi.DatabaseError):
        connection.invalidate()


def create_office(path: Path) -> Office:
    """Make a new, empty office file and open it. Raises BadFile when the path is taken or cannot be written."""
    files.expect_free(path)
    with told():
        connect(path, mode="rwc").close()
        engine = _engine(path, read_only=False)
        with engine.connect() as made:
            made.exec_driver_sql("BEGIN IMMEDIATE")
            made.exec_driver_sql(f"PRAGMA application_id={schema.APPLICATION_ID}")
            made.exec_driver_sql(f"PRAGMA user_version={schema.SCHEMA_VERSION}")
            schema.metadata.create_all(made, checkfirst=False)
            search.create(made)
            made.commit()
    return Office(path, engine, read_only=False)


def open_office(path: Path, *, read_only: bool = False, backups: Path | None = None) -> Office:
    """Open an office file, bringing an older one up to date; read-only when the folder or file is.

    An older one that must not be written to is brought up to date in a private copy.

    The backup made before that goes into the folder `backups`, else beside the file.
    Raises BadFile for what is no office or comes from a newer version, EnvironmentTrouble when it is out of reach.
    """
    version, writable = inspect(path)
    read_only = read_only or not writable
    if version < schema.SCHEMA_VERSION:
        if read_only:
            place = _newer_copy(path, version, writable)
            return Office(path, _engine(place, read_only=True), read_only=True, private=place.parent)
        migrate.bring_up_to_date(path, version, folder=backups)
    if writable or _needs_immutable(path, writable):
        return Office(path, _engine(path, read_only=read_only), read_only=read_only)
    place = _private_copy(path)
    return Office(path, _engine(place, read_only=True), read_only=True, private=place.parent)


def _private_copy(path: Path) -> Path:
    """A copy of a file on read-only ground together with its log, which could not be read in place."""
    folder = Path(tempfile.mkdtemp(prefix="partnerdesk-"))
    for part in (path, path.with_name(path.name + "-wal")):
        shutil.copy(part, folder / part.name)
    return folder / path.name


def _newer_copy(path: Path, version: int, writable: bool) -> Path:
    """A private copy of a file of an older version, brought up to date; the file itself is only read."""
    place = _engine_copy(path, writable) if writable or _needs_immutable(path, writable) else _private_copy(path)
    try:
        migrate.bring_up_to_date(place, version, folder=place.parent)
    except BaseException:
        shutil.rmtree(place.parent, ignore_errors=True)
        raise
    return place


def _engine_copy(path: Path, writable: bool) -> Path:
    """A private copy made by the engine, which keeps to the locks of whoever else has the file open."""
    place = Path(tempfile.mkdtemp(prefix="partnerdesk-")) / path.name
    with told():
        files.copy(path, place, immutable=not writable)
    return place


def inspect(path: Path, *, only_read: bool = False) -> tuple[int, bool]:
    """Schema version of an office file, and whether it can be written to. Raises BadFile, EnvironmentTrouble.

    With `only_read` the file is not touched, where else a log that lies beside it may be folded in.
    """
    if not path.exists():
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "{name} is not there."), name=path.name))
    if path.is_dir():
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "{name} is a folder, not an office file."), name=path.name))
    if not path.is_file():
        raise _no_office(path)
    writable = not only_read and _can_write(path)
    try:
        connection = connect(path, mode="rw" if writable else "ro", immutable=_needs_immutable(path, writable))
        try:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            size = connection.execute("PRAGMA page_count").fetchone()[0]
            page = connection.execute("PRAGMA page_size").fetchone()[0]
            log = path.with_name(path.name + "-wal")
            whole = (log.exists() and log.stat().st_size) or path.stat().st_size >= size * page
            if application == schema.APPLICATION_ID and not whole:
                raise _damaged(path)
            columns = _columns(connection)
        finally:
            connection.close()
    except dbapi.DatabaseError as error:
        if "not a database" in str(error):
            raise _no_office(path) from error
        if "malformed" in str(error):
            raise _damaged(path) from error
        with told():
            raise
    except UnicodeError as error:  # a broken name within the file, which the driver cannot put into words
        raise _damaged(path) from error
    if application != schema.APPLICATION_ID or not columns:
        raise _no_office(path)
    if version > schema.SCHEMA_VERSION:
        sentence = QT_TRANSLATE_NOOP(
            "PartnerDesk", "{name} was written by a newer version of PartnerDesk. Update this one to open it.")
        # a newer version has other tables; with ours alone it may be the number that is damaged
        kind = BadFile if {one for one in columns if not one[0].startswith(_INNER)} == _DECLARED else NewerFile
        raise kind(text(sentence, name=path.name))
    if version == schema.SCHEMA_VERSION and not columns >= _DECLARED:
        raise _damaged(path)
    return int(version), writable


_SUFFIX, _PAGE = ".partnerdesk", 4096


def _columns(connection: Any) -> frozenset[tuple[str, str]]:
    """Every (table, column) of the file."""
    return frozenset(connection.execute(
        "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"))


_DECLARED = frozenset((table.name, column.name) for table in schema.metadata.sorted_tables for column in table.columns)


_INNER = ("sqlite_", "search_")


def _damaged(path: Path) -> BadFile:
    return DamagedFile(text(QT_TRANSLATE_NOOP(
        "PartnerDesk", "{name} is damaged or cut off. Open a copy from before the damage."), name=path.name))


def _is_writing(path: Path) -> bool:
    """Whether a file that the engine does not know is plain text, which no broken office is."""
    with path.open("rb") as stream:
        return b"\0" not in stream.read(16 * _PAGE)


def _no_office(path: Path) -> BadFile:
    if path.suffix == _SUFFIX and path.is_file() and path.stat().st_size >= _PAGE and not _is_writing(path):
        return DamagedFile(text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "{name} cannot be read as a PartnerDesk office. It may be damaged."), name=path.name))
    return NoOffice(text(QT_TRANSLATE_NOOP("PartnerDesk", "{name} is not a PartnerDesk office."), name=path.name))


def _refusal(error: sqlalchemy.exc.IntegrityError) -> BaseException:
    """What a broken link or a double means to people; any other breach is a mistake of the program."""
    said = str(error.orig)
    if "FOREIGN KEY" in said:
        sentence = QT_TRANSLATE_NOOP("PartnerDesk", "Other records still belong to it, so it cannot be taken away.")
    elif "UNIQUE" in said:
        sentence = QT_TRANSLATE_NOOP("PartnerDesk", "The same is there already.")
    else:
        return error
    return Refused(Problem("R00", "block", "", Text(sentence)))


def _can_write(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _needs_immutable(path: Path, writable: bool) -> bool:
    return not writable and not path.with_name(path.name + "-wal").exists()


def _engine(path: Path, *, read_only: bool) -> sa.Engine:
    immutable = read_only and _needs_immutable(path, _can_write(path))
    log = place_of(path).log_works

    def opened() -> object:
        connection = connect(path, mode="ro" if read_only else "rw", immutable=immutable)
        if not read_only:
            keep_journal(connection, log=log)
        return connection

    engine = sa.create_engine(
        "sqlite+pysqlite://", creator=opened, module=dbapi, poolclass=sa.QueuePool, pool_size=4, max_overflow=4,
        pool_reset_on_return=None,
    )
    return engine
