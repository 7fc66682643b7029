"""Brings an office back to what a backup holds, through the engine's backup API into the file itself.

The backup is checked, copied aside, brought up to date there, given its step of the journal, and only then written
into the office in one transaction: a kill at any moment leaves the office as it was or as the backup has it.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from partnerdesk.domain import clock
from partnerdesk.domain.backups import Backup, LastStep, Since
from partnerdesk.domain.journal import Changes
from partnerdesk.domain.problems import BadFile, EnvironmentTrouble
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.store import backup as backups
from partnerdesk.store import files, journal, migrate, schema
from partnerdesk.store.backup import Progress
from partnerdesk.store.driver import DatabaseError, connect, keep_journal
from partnerdesk.store.faults import told
from partnerdesk.store.office import Office, inspect, open_office
from partnerdesk.store.unit import Reader

MOST_STEPS = 50
_BRINGING = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Restoring"))
_READYING = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Reading the backup"))


def restore(backup: Backup, office: Office, who: str, progress: Progress | None = None) -> Changes:
    """Put what a backup holds into an open office; the news for its views: every record of before and of now.

    Raises BadFile when the backup is damaged, EnvironmentTrouble, Cancelled; the office is then as it was.
    """
    if office.read_only:
        raise EnvironmentTrouble(Text(QT_TRANSLATE_NOOP("PartnerDesk", "This office is open for reading only.")))
    with (ready(backup, office.path, who, progress) as (aside, step_id), office.alone(), told(),
          closing(connect(office.path)) as target):
        _fit(aside, target)
        before = _roots(target)
        keep_journal(target)
        with closing(connect(aside, mode="ro")) as source:
            backups.transfer(source, target, progress, _BRINGING)
            after = _roots(source)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    touched = {kind: frozenset(before.get(kind, set()) | after.get(kind, set())) for kind in {*before, *after}}
    return Changes(step_id, _label(backup), {kind: ids for kind, ids in touched.items() if ids}, "restore")


def restore_file(backup: Backup, path: Path, who: str, progress: Progress | None = None) -> Path | None:
    """Put what a backup holds where an office file lies or is to lie, which nobody may have open.

    A file that cannot be opened as an office is moved aside first, its logs with it; the answer is where it lies
    then, else None. Raises as `restore`.
    """
    files.expect_folder(path)
    if path.exists() and _opens(path):
        office = open_office(path)
        try:
            restore(backup, office, who, progress)
        finally:
            office.close()
        return None
    with ready(backup, path, who, progress) as (aside, _):
        moved = _moved_aside(path)
        with backups.told_as_backup():
            backups.put_file(aside, path)
    return moved


@contextmanager
def ready(backup: Backup, beside: Path, who: str, progress: Progress | None) -> Iterator[tuple[Path, int]]:
    """A private copy of a sound backup, of today's schema and with the step that says so; that step's id."""
    backups.verify(backup, progress)
    inspect(backup.path)
    folder = Path(tempfile.mkdtemp(prefix="partnerdesk-", dir=_roomy(backup, beside)))
    try:
        aside = folder / "restored.partnerdesk"
        with (told(), closing(connect(backup.path, mode="ro", immutable=True)) as source,
              closing(connect(aside, mode="rwc")) as target):
            target.execute("PRAGMA journal_mode=OFF")
            target.execute("PRAGMA synchronous=OFF")
            backups.transfer(source, target, progress, _READYING)
        version, _ = inspect(aside)
        if version < schema.SCHEMA_VERSION:
            migrate.bring_up_to_date(aside, version)
        yield aside, _note_step(aside, backup, who)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def since(backup: Backup, reader: Reader) -> Since:
    """What an office holds that the backup does not, and the other way round, by their journals.

    Both journals grow at their end only, so they part at the last step that both have.
    """
    connection = _driver(reader)
    with told(), closing(connect(backup.path, mode="ro", immutable=True)) as other:
        common = _last_common(connection, other)
        lost, gained = _after(connection, common), _after(other, common)
        records = dict(connection.execute(
            "SELECT root, count(DISTINCT root_id) FROM history WHERE step_id > ? GROUP BY root", (common,)).fetchall())
    steps = tuple(step for step in journal.recent_steps(reader, MOST_STEPS) if step.id > common)
    return Since(lost, gained, records, steps)


def steps_since(backup: Backup, reader: Reader) -> int | None:
    """How many steps an office has done since a backup; None when the backup has steps that the office has not."""
    connection, last = _driver(reader), backup.last_step
    if last.id and not backups.holds(connection, last):
        return None
    return _after(connection, last.id)


def from_before(own: Path, reader: Reader) -> list[Backup]:
    """Backups of an office from before it was moved or renamed; `own` is the folder it has now."""
    return backups.from_before(own, _driver(reader))


def _fit(aside: Path, office: Any) -> None:
    """Give the copy the office's page size, without which the engine refuses it under a write-ahead log."""
    wanted = office.execute("PRAGMA page_size").fetchone()[0]
    with closing(connect(aside)) as connection:
        if connection.execute("PRAGMA page_size").fetchone()[0] != wanted:
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute(f"PRAGMA page_size={wanted}")
            connection.execute("VACUUM")


def last_step(reader: Reader) -> LastStep:
    """The last step of an office's journal."""
    return backups.last_step_of(_driver(reader))


def _note_step(aside: Path, backup: Backup, who: str) -> int:
    """Write into the copy that it was restored: a step without rows, which cannot be undone by itself."""
    office = open_office(aside)
    try:
        with office.write(_label(backup), who, kind="restore") as unit:
            unit.ensure_step()
    finally:
        office.close()
    return unit.step_id


def _label(backup: Backup) -> Text:
    moment = f"{backup.at.astimezone():%Y-%m-%d %H:%M}"
    return text(QT_TRANSLATE_NOOP("PartnerDesk", "restore the backup of {moment}"), moment=moment)


def _roots(connection: Any) -> dict[str, set[int]]:
    """Ids of all records that views show, by kind; nothing of a file whose tables cannot be read."""
    found: dict[str, set[int]] = {}
    for kind in schema.KINDS.values():
        if kind.root:
            with suppress(DatabaseError):
                found[kind.root] = {row[0] for row in connection.execute(f"SELECT id FROM {kind.table.name}")}
    return found


def _last_common(one: Any, other: Any) -> int:
    """Id of the last step that both journals have; 0 when they have none in common."""
    query = "SELECT id, at, who FROM step ORDER BY id DESC"
    left, right = iter(one.execute(query)), iter(other.execute(query))
    mine, theirs = next(left, None), next(right, None)
    while mine is not None and theirs is not None:
        if mine == theirs:
            return int(mine[0])
        ahead = mine[0] - theirs[0]
        if ahead >= 0:
            mine = next(left, None)
        if ahead <= 0:
            theirs = next(right, None)
    return 0


def _after(connection: Any, step_id: int) -> int:
    return int(connection.execute("SELECT count(*) FROM step WHERE id > ?", (step_id,)).fetchone()[0])


def _driver(reader: Reader) -> Any:
    return reader.connection.connection.driver_connection


def _roomy(backup: Backup, beside: Path) -> Path | None:
    """Where the private copy lies: beside the office when the folder for temporary files is too small for it."""
    free = shutil.disk_usage(tempfile.gettempdir()).free
    return beside.parent if free < 2 * backup.size else None


def _opens(path: Path) -> bool:
    """Whether an existing file can be written into as an office, however old it is. Raises BadFile for others."""
    try:
        inspect(path)
        with closing(connect(path)) as connection:
            return not backups.quick_check(connection)
    except (BadFile, DatabaseError):
        return False


def _moved_aside(path: Path) -> Path | None:
    """Rename what lies at a path, its logs included, to a name that says so; None when nothing was there."""
    if not path.exists():
        return None
    stamp = f"{clock.now().astimezone():%Y-%m-%d %H.%M.%S}"
    moved = path.with_name(f"{path.stem} before {stamp}{path.suffix}")
    for end in (*files.LOGS, ""):
        part = path.with_name(path.name + end)
        if part.exists():
            part.replace(moved.with_name(moved.name + end))
    return moved
