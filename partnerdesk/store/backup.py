"""Backups of an office file: made by the engine's backup API, verified, written beside and then renamed.

A backup is whole or not there: it is made under a temporary name, checked and synced, its manifest is put in place
first and the file itself last. The office file is never opened, copied or hashed by any other way than the engine's.
"""

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from partnerdesk.domain import clock
from partnerdesk.domain.backups import REASONS, Backup, LastStep, Reason, next_number
from partnerdesk.domain.problems import BadFile, EnvironmentTrouble
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.store import seals
from partnerdesk.store.driver import DatabaseError, connect, dbapi
from partnerdesk.store.faults import sentence_for
from partnerdesk.store.files import expect_free

SUFFIX = ".partnerdesk-backup"
NOTE = ".json"
PART = ".part"
PAGES = 100
_LEFT_BEHIND = 3600
_CHUNK = 1 << 20

Progress = Callable[[int, int, Text], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """Why a backup is wanted, and by whom."""

    reason: Reason
    who: str = ""


def make(office: Path, folder: Path, wish: Wish, progress: Progress | None = None) -> Backup:
    """Back the office up into a folder, which is made where it is missing; the verified backup.

    `progress` hears pages done and pages in all and may raise Cancelled. Raises EnvironmentTrouble; whatever is
    raised, no half backup is left under the name of a whole one.
    """
    with told_as_backup():
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        at = clock.now()
        to = _free_name(folder, f"{office.stem} {at.astimezone():%Y-%m-%d %H.%M.%S}")
        known = listed(folder)
        return _make(office, to, at, next_number(known), wish, progress, _sealed(known))


def make_file(office: Path, to: Path, wish: Wish, progress: Progress | None = None) -> Backup:
    """Back the office up into a file of that name. Raises BadFile when it is taken, else as `make`."""
    expect_free(to)
    with told_as_backup():
        return _make(office, to, clock.now(), 1, wish, progress)


def copy_to(backup: Backup, folder: Path, progress: Progress | None = None) -> Backup:
    """Put a copy of a backup into a second folder, read back from there and compared with its hash."""
    with told_as_backup():
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        to = _free_name(folder, backup.path.stem)
        made = replace(backup, path=to, number=next_number(listed(folder)))
        with _parts(to) as part:
            _copy(backup.path, part, backup.size, progress)
            _sync(part)
            if hash_of(part, progress) != backup.sha256:
                raise _unsound(QT_TRANSLATE_NOOP("PartnerDesk", "The second place did not keep what was written."))
            seal = seal_of(backup)
            if seal.exists():
                beside = part.with_name(part.name + seals.SUFFIX)
                shutil.copyfile(seal, beside)
                _sync(beside)
            _put_in_place(part, made)
        return made


def put_file(source: Path, to: Path) -> None:
    """Give a finished file that nobody has open another name and place: whole or not at all."""
    with _parts(to) as part:
        _copy(source, part, source.stat().st_size, None)
        _sync(part)
        part.replace(to)
        _sync_folder(to.parent)


def listed(folder: Path) -> list[Backup]:
    """The backups in a folder, the last one first; files without a readable manifest are among them."""
    if not folder.is_dir():
        return []
    found = [_read(path) for path in folder.iterdir() if path.suffix == SUFFIX]
    return sorted((b for b in found if b is not None), key=lambda b: (b.number, b.at), reverse=True)


def from_before(own: Path, connection: Any) -> list[Backup]:
    """Backups of an office from before it was moved or renamed, the last one first.

    They lie in the folders beside its `own` one. The office they were made of is no longer there; where it still
    is, it is another one, made by copying. The last step of one of them at least stands in the journal that
    `connection` sees; that of the others may have been taken back by a restore.
    """
    if not own.parent.is_dir():
        return []
    found: list[Backup] = []
    for folder in own.parent.iterdir():
        if folder != own and folder.is_dir():
            left = [one for one in listed(folder) if one.place and not (Path(one.place) / one.office).exists()]
            found += left if any(holds(connection, one.last_step) for one in left) else []
    return sorted(found, key=lambda one: one.at, reverse=True)


def holds(connection: Any, step: LastStep) -> bool:
    """Whether a step stands in the journal that a connection sees; ids are given anew after a restore."""
    row = connection.execute("SELECT at FROM step WHERE id = ?", (step.id,)).fetchone()
    return row is not None and row[0] == step.at


def read_one(path: Path) -> Backup:
    """A backup by its file. Raises BadFile when it is not there."""
    found = _read(path) if path.is_file() else None
    if found is None:
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "{name} is not there."), name=path.name))
    return found


def verify(backup: Backup, progress: Progress | None = None) -> None:
    """Check that a backup is still what it was when it was made: size, hash, file check, rows of its tables.

    Raises BadFile in a sentence when it is not; a file without a manifest is held to the file check alone.
    """
    damaged = BadFile(text(QT_TRANSLATE_NOOP(
        "PartnerDesk", "The backup {name} is damaged. Choose another one."), name=backup.path.name))
    try:
        if backup.path.stat().st_size != backup.size or (
                backup.sha256 and hash_of(backup.path, progress) != backup.sha256):
            raise damaged
        with closing(connect(backup.path, mode="ro", immutable=True)) as connection:
            if quick_check(connection, progress) or (backup.noted and counts_of(connection) != backup.counts):
                raise damaged
    except DatabaseError as error:
        raise damaged from error
    except OSError as error:
        raise BadFile(text(QT_TRANSLATE_NOOP("PartnerDesk", "The backup {name} cannot be read."),
                           name=backup.path.name)) from error


def remove(backup: Backup) -> None:
    """Take a backup away: the file first, so that no manifest is missing while it is there."""
    for path in (backup.path, *(backup.path.with_name(backup.path.name + end) for end in (NOTE, seals.SUFFIX))):
        path.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Clear away what backups left that were broken off more than an hour ago, and notes without a backup."""
    for path in folder.iterdir():
        aside = path.name.removesuffix(NOTE).removesuffix(seals.SUFFIX)
        orphan = aside != path.name and aside.endswith(SUFFIX) and not (folder / aside).exists()
        if (orphan or PART in path.suffixes) and clock.now().timestamp() - path.stat().st_mtime > _LEFT_BEHIND:
            path.unlink(missing_ok=True)


def seal_of(backup: Backup) -> Path:
    """Where the seal of a backup lies."""
    return backup.path.with_name(backup.path.name + seals.SUFFIX)


def last_step_of(connection: Any) -> LastStep:
    """The last step of the journal that a connection sees."""
    row = connection.execute("SELECT id, at FROM step ORDER BY id DESC LIMIT 1").fetchone()
    return LastStep(int(row[0]), str(row[1])) if row else LastStep()


def counts_of(connection: Any) -> dict[str, int]:
    """Rows of every table of records, journal and settings."""
    return {name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])
            for name in seals.sealed_tables(connection)}


def quick_check(connection: Any, progress: Progress | None = None) -> list[str]:
    """What the engine's quick check finds; `progress` may stop it by raising Cancelled."""
    with _stoppable(connection, progress):
        return [str(row[0]) for row in connection.execute("PRAGMA quick_check") if row[0] != "ok"]


def hash_of(path: Path, progress: Progress | None = None) -> str:
    """SHA-256 of a backup, never of an office in use."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            _tell(progress, 0, 0, _CHECKING)
    return digest.hexdigest()


def transfer(source: Any, target: Any, progress: Progress | None, what: Text) -> None:
    """Copy one open database into another in small steps, telling of each hundredth and hearing Cancelled.

    After the last step the engine has committed already, so nothing is told then that could still be stopped.
    """
    told = -1

    def step(_: int, remaining: int, total: int) -> None:
        nonlocal told
        share = 100 * (total - remaining) // total if total else 100
        if share != told and remaining:
            told = share
            _tell(progress, total - remaining, total, what)

    source.backup(target, pages=PAGES, progress=step, sleep=0.02)


@contextmanager
def told_as_backup() -> Iterator[None]:
    """Turn errors of disk and file into one sentence that says the backup could not be made, and why."""
    try:
        yield
    except OSError as error:
        raise _failed(_reason_of(error)) from error
    except DatabaseError as error:
        sentence = sentence_for(error)
        if sentence is None:
            raise
        raise _failed(sentence) from error


_COPYING = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Backing up"))
_CHECKING = Text(QT_TRANSLATE_NOOP("PartnerDesk", "Checking the backup"))


def _make(
    office: Path, to: Path, at: datetime, number: int, wish: Wish, progress: Progress | None,
    last: Backup | None = None,
) -> Backup:
    with _parts(to) as part, closing(connect(office, mode="ro")) as source:
        _expect_room(source, part)
        held = _hold(source)
        step = last_step_of(source)
        with closing(dbapi.connect(str(part), isolation_level=None, check_same_thread=False)) as target:
            target.execute("PRAGMA journal_mode=OFF")
            target.execute("PRAGMA synchronous=OFF")
            transfer(source, target, progress, _COPYING)
            target.execute("PRAGMA journal_mode=DELETE")
        counts = counts_of(source) if held else None
        made = _verified(part, Backup(to, number, at, wish.reason, part.stat().st_size, wish.who, office.name,
                                      last_step=step, place=str(office.resolve().parent)), counts, progress, last)
        _put_in_place(part, made)
    return made


def _hold(source: Any) -> bool:
    """Keep seeing one state of the file while it is copied, where that keeps nobody from writing: under WAL."""
    if str(source.execute("PRAGMA journal_mode").fetchone()[0]).lower() != "wal":
        return False
    source.execute("BEGIN")
    source.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    return True


def _verified(
    part: Path, made: Backup, expected: dict[str, int] | None, progress: Progress | None, last: Backup | None
) -> Backup:
    """The backup with its hash and counts and its seal beside it; syncing, hashing and the file check run along.

    It is sealed by the `last` one as far as they have the same pages, if that then proves to be what it was.
    """
    before = _before(part, last)
    with ThreadPoolExecutor(max_workers=2, thread_name_prefix="backup") as beside:
        hashing = beside.submit(_synced_hash, part, progress)
        trusting = beside.submit(_is_what_it_was, last, progress) if last is not None and before is not None else None
        checking = beside.submit(_checked, part, progress)
        with closing(connect(part, mode="ro", immutable=True)) as connection:
            seal = seals.take(connection, partial(_sealing, progress), before)
            if trusting is not None and not trusting.result():
                seal = seals.take(connection, partial(_sealing, progress))
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            step = last_step_of(connection)
        digest = hashing.result()
        if checking.result():
            raise _unsound(QT_TRANSLATE_NOOP(
                "PartnerDesk", "The office file is damaged, and so is what was copied from it. Check the file."))
    counts = {name: len(sheet) for name, sheet in seal.sheets.items() if name == sheet.table}
    if expected is not None and counts != expected:
        raise _unsound(QT_TRANSLATE_NOOP("PartnerDesk", "The copy does not hold all rows."))
    beside_it = part.with_name(part.name + seals.SUFFIX)
    seals.write(seal, beside_it)
    _sync(beside_it)
    return replace(made, sha256=digest, schema=version, last_step=step, counts=counts)


def _sealed(known: Sequence[Backup]) -> Backup | None:
    """The last backup that has a seal."""
    return next((one for one in known if one.sha256 and seal_of(one).exists()), None)


def _before(part: Path, last: Backup | None) -> seals.Before | None:
    """The last backup and its seal, for the new one to be sealed by; None where there is none."""
    if last is None:
        return None
    try:
        return seals.Before(part, last.path, seals.read(seal_of(last)))
    except (OSError, BadFile):
        return None


def _is_what_it_was(last: Backup, progress: Progress | None) -> bool:
    """Whether a backup has the size and the hash that it was made with."""
    try:
        return last.path.stat().st_size == last.size and hash_of(last.path, progress) == last.sha256
    except OSError:
        return False


def _sealing(progress: Progress | None, done: int, total: int) -> None:
    _tell(progress, 0, 0, _CHECKING)


def _checked(part: Path, progress: Progress | None) -> list[str]:
    with closing(connect(part, mode="ro", immutable=True)) as connection:
        return quick_check(connection, progress)


def _synced_hash(part: Path, progress: Progress | None) -> str:
    _sync(part)
    return hash_of(part, progress)


def _expect_room(source: Any, part: Path) -> None:
    """Refuse before the disk is filled. Raises OSError as a full disk does."""
    pages = int(source.execute("PRAGMA page_count").fetchone()[0])
    needed = pages * int(source.execute("PRAGMA page_size").fetchone()[0])
    if shutil.disk_usage(part.parent).free < needed:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@contextmanager
def _parts(to: Path) -> Iterator[Path]:
    """The temporary name of a backup; nothing of that name is left afterwards."""
    part = to.with_name(f".{to.name}.{os.getpid()}{PART}")
    try:
        yield part
    finally:
        for path in (part, *(part.with_name(part.name + end) for end in (NOTE, seals.SUFFIX, "-journal"))):
            path.unlink(missing_ok=True)


def _put_in_place(part: Path, made: Backup) -> None:
    """Give a finished backup its name: seals and manifest first, the file last, each synced before."""
    note = part.with_name(part.name + NOTE)
    note.write_text(json.dumps(_as_json(made), ensure_ascii=False, indent=1), encoding="utf-8")
    _sync(note)
    for end in (seals.SUFFIX, NOTE, ""):
        piece = part.with_name(part.name + end)
        if piece.exists():
            piece.replace(made.path.with_name(made.path.name + end))
    _sync_folder(made.path.parent)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make a rename last; Windows has no such call and does so by itself."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _copy(source: Path, to: Path, size: int, progress: Progress | None) -> None:
    done = 0
    with source.open("rb") as read, to.open("wb") as write:
        while chunk := read.read(_CHUNK):
            write.write(chunk)
            done += len(chunk)
            _tell(progress, done, size, _COPYING)


def _free_name(folder: Path, stem: str) -> Path:
    path, n = folder / f"{stem}{SUFFIX}", 2
    while path.exists():
        path, n = folder / f"{stem} ({n}){SUFFIX}", n + 1
    return path


def _as_json(made: Backup) -> dict[str, Any]:
    return {"number": made.number, "at": made.at.isoformat(), "reason": made.reason, "who": made.who,
            "office": made.office, "place": made.place, "size": made.size, "sha256": made.sha256, "schema": made.schema,
            "last_step": [made.last_step.id, made.last_step.at], "counts": dict(made.counts)}


def _read(path: Path) -> Backup | None:
    """A backup as its manifest tells, else as a file of which nothing is noted; None when it is just going."""
    try:
        seen = path.stat()
        note = path.with_name(path.name + NOTE)
        try:
            return _from_json(path, json.loads(note.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError):
            at = datetime.fromtimestamp(seen.st_mtime).astimezone()
            return Backup(path, 0, at, "asked", seen.st_size, noted=False)
    except OSError:
        return None


def _from_json(path: Path, said: dict[str, Any]) -> Backup:
    reason = str(said["reason"])
    at = datetime.fromisoformat(said["at"])
    if reason not in REASONS or at.tzinfo is None:
        raise ValueError(reason)
    step = LastStep(int(said["last_step"][0]), str(said["last_step"][1]))
    return Backup(path, int(said["number"]), at, reason, int(said["size"]), str(said["who"]), str(said["office"]),
                  str(said["sha256"]), int(said["schema"]), step, {str(k): int(v) for k, v in said["counts"].items()},
                  place=str(said["place"]))


@contextmanager
def _stoppable(connection: Any, progress: Progress | None) -> Iterator[None]:
    """Let a long statement be stopped by what `progress` raises."""
    raised: list[BaseException] = []

    def look() -> int:
        try:
            _tell(progress, 0, 0, _CHECKING)
        except BaseException as error:
            raised.append(error)
            return 1
        return 0

    connection.set_progress_handler(look, 50_000)
    try:
        yield
    except DatabaseError:
        if raised:
            raise raised[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


def _tell(progress: Progress | None, done: int, total: int, what: Text) -> None:
    if progress is not None:
        progress(done, total, what)


def _unsound(sentence: str) -> EnvironmentTrouble:
    return _failed(Text(sentence))


def _failed(why: Text) -> EnvironmentTrouble:
    return EnvironmentTrouble(text(QT_TRANSLATE_NOOP("PartnerDesk", "The backup could not be made. {why}"), why=why))


def _reason_of(error: OSError) -> Text:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Text(QT_TRANSLATE_NOOP("PartnerDesk", "The disk of the backups is full. Free some space or choose "
                                                     "another place."))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Text(QT_TRANSLATE_NOOP("PartnerDesk", "The folder of the backups cannot be written to. Choose another "
                                                     "place."))
    return Text(QT_TRANSLATE_NOOP("PartnerDesk", "The folder of the backups is not there. Connect the drive or choose "
                                                 "another place."))
