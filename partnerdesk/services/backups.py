"""Backups as an office has them: made by themselves and on demand, thinned, looked into, restored."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from partnerdesk.domain import clock
from partnerdesk.domain.backups import Backup, LastStep, Reason, Since, is_due, kept, newest
from partnerdesk.domain.journal import Changes, Deed
from partnerdesk.domain.problems import EnvironmentTrouble
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services import paths
from partnerdesk.services.office import change_settings, settings

if TYPE_CHECKING:
    from partnerdesk.store.office import Office
    from partnerdesk.store.unit import Reader

Progress = Callable[[int, int, Text], None]
SECOND_PLACE = "office.backup_place"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made, and what is to be told when the second place did not get it."""

    backup: Backup
    trouble: Text | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A backup in the list: `since` is how many steps the office has done since, None when it went another way;
    `whole` is False when the file is no longer as large as it was made.
    """

    backup: Backup
    since: int | None
    whole: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """The backups of an office, the last one first, with the places where they lie."""

    lines: tuple[Line, ...]
    folder: Path
    second: Path | None
    second_there: bool


@dataclass(frozen=True, slots=True)
class Restored:
    """The news of a restore, and the backup made before it by which it can be undone."""

    changes: Changes
    before: Backup | None


def back_up(office: Office, reason: Reason, who: str, progress: Progress | None = None) -> Made:
    """Make a backup, copy it to the second place where one is chosen, and thin both. Raises EnvironmentTrouble,
    Cancelled.

    A second place that cannot be reached fails nothing: it is told in the answer.
    """
    from partnerdesk.store import backup as store

    folder = paths.backup_folder(office.path)
    made = store.make(office.path, folder, store.Wish(reason, who), progress)
    trouble = None
    with office.read() as reader:
        second = second_place(reader)
    if second is not None:
        place = second / folder.name
        try:
            if not second.is_dir():
                raise EnvironmentTrouble(text(QT_TRANSLATE_NOOP(
                    "PartnerDesk", "{place} is not there."), place=str(second)))
            store.copy_to(made, place, progress)
            thin(place)
        except EnvironmentTrouble as error:
            trouble = text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "The backup was made, but not in the second place. {why}"), why=error.message)
    thin(folder)
    return Made(made, trouble)


def back_up_before(office: Office, reason: Reason, who: str, progress: Progress | None = None) -> Text | None:
    """Make a backup before something large, unless the newest one holds all there is.

    A backup that cannot be made does not stop what follows: the answer is what is to be told then. Raises Cancelled.
    """
    try:
        last, step = _state(office)
        if step.id == 0 or (last is not None and last.last_step == step and _whole(last)):
            return None
        return back_up(office, reason, who, progress).trouble
    except EnvironmentTrouble as error:
        return error.message


def daily_is_due(office: Office) -> bool:
    """Whether the daily backup is to be made now; never for an office open for reading only."""
    if office.read_only:
        return False
    last, step = _state(office)
    return step.id > 0 and is_due(last if last is not None and _whole(last) else None, step, clock.now())


def thin(folder: Path) -> None:
    """Take away the backups that need no longer be kept; what cannot be taken away stays."""
    from partnerdesk.store import backup as store

    known = store.listed(folder)
    keep = kept(known, clock.now())
    for one in known:
        if one.number not in keep:
            with contextlib.suppress(OSError):
                store.remove(one)


def overview(office_path: Path) -> Callable[[Reader], Overview]:
    """A question for the backups of an office, with what changed since each."""

    def ask(reader: Reader) -> Overview:
        from partnerdesk.store import backup as store
        from partnerdesk.store.restore import from_before, steps_since

        folder, second = paths.backup_folder(office_path), second_place(reader)
        known = [*store.listed(folder), *from_before(folder, reader)]
        if second is not None:
            here = {b.sha256 for b in known}
            elsewhere = [*store.listed(second / folder.name), *from_before(second / folder.name, reader)]
            known += [b for b in elsewhere if b.sha256 not in here]
        known.sort(key=lambda b: b.at, reverse=True)
        lines = tuple(Line(b, steps_since(b, reader) if b.noted else None, _whole(b)) for b in known)
        return Overview(lines, folder, second, second is not None and second.is_dir())

    return ask


def what_would_be_lost(backup: Backup) -> Callable[[Reader], Since]:
    """A question for what restoring a backup would take away and bring back."""

    def ask(reader: Reader) -> Since:
        from partnerdesk.store.restore import since

        return since(backup, reader)

    return ask


def restore(
    office: Office, backup: Backup, who: str, progress: Progress | None = None, *, keep_before: bool = True
) -> Restored:
    """Put what a backup holds into the open office, after a backup of what is there now.

    Raises EnvironmentTrouble when that first backup cannot be made, unless `keep_before` is False; BadFile when the
    backup is damaged; Cancelled. The office is then as it was.
    """
    from partnerdesk.store import restore as store

    before = back_up(office, "restore", who, progress).backup if keep_before else None
    return Restored(store.restore(backup, office, who, progress), before)


def file_to_look_inside(backup: Backup) -> tuple[Path, Path | None]:
    """The file to open for reading only, after the backup was checked, and the folder to remove afterwards.

    A backup of an older version is brought up to date in a private copy; the others are opened where they are.
    Raises BadFile, EnvironmentTrouble.
    """
    from partnerdesk.store import backup as store
    from partnerdesk.store import migrate
    from partnerdesk.store.office import inspect
    from partnerdesk.store.schema import SCHEMA_VERSION

    store.verify(backup)
    version, _ = inspect(backup.path)
    if version == SCHEMA_VERSION:
        return backup.path, None
    folder = Path(tempfile.mkdtemp(prefix="partnerdesk-"))
    copy = folder / backup.path.name
    try:
        shutil.copyfile(backup.path, copy)
        migrate.bring_up_to_date(copy, version)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return copy, folder


def second_place(reader: Reader) -> Path | None:
    """The second folder that the office chose for its backups."""
    chosen = str(settings(reader).get(SECOND_PLACE) or "")
    return Path(chosen) if chosen else None


def choose_second_place(folder: Path | None) -> Deed[None]:
    """Choose a second folder for backups, or none; it is kept in the office."""
    return change_settings(office_backup_place=str(folder) if folder is not None else "")


def back_up_file(office: Path, to: Path, who: str = "") -> Backup:
    """Back an office file up to a file of that name, or into that folder. Raises BadFile, EnvironmentTrouble."""
    from partnerdesk.store import backup as store
    from partnerdesk.store.office import inspect, tidy

    inspect(office)
    wish = store.Wish("asked", who)
    made = store.make(office, to, wish) if to.is_dir() else store.make_file(office, to, wish)
    tidy(office)
    return made


def restore_file(backup: Path, into: Path, who: str = "") -> tuple[Backup | None, Path | None]:
    """Restore a backup into an office file that nobody has open, or to a new one.

    The answer is the backup made before of an office that was there, and where a damaged file was moved to.
    Raises BadFile, EnvironmentTrouble.
    """
    from partnerdesk.domain.problems import BadFile
    from partnerdesk.store import backup as store
    from partnerdesk.store.restore import restore_file as put

    found = store.read_one(backup)
    store.verify(found)
    before = None
    if into.exists():
        with contextlib.suppress(BadFile, EnvironmentTrouble):
            before = store.make(into, paths.backup_folder(into), store.Wish("restore", who))
    return before, put(found, into, who)


def _state(office: Office) -> tuple[Backup | None, LastStep]:
    """The newest backup of an office and the last step of its journal."""
    from partnerdesk.store import backup as store
    from partnerdesk.store.restore import last_step

    with office.read() as reader:
        return newest(store.listed(paths.backup_folder(office.path))), last_step(reader)


def _whole(backup: Backup) -> bool:
    try:
        return backup.path.stat().st_size == backup.size
    except OSError:
        return False
