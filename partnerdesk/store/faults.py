"""Tells the errors of database and disk in sentences: what happened and what to do."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy.exc

from partnerdesk.domain.problems import EnvironmentTrouble
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.store.driver import DatabaseError
from partnerdesk.store.places import disk_of

_FULL = QT_TRANSLATE_NOOP("PartnerDesk", "The disk is full. Free some space and try again.")
_DISK_FULL = QT_TRANSLATE_NOOP("PartnerDesk", "The disk {disk} is full. Free some space and try again.")
_PERMISSION = QT_TRANSLATE_NOOP(
    "PartnerDesk", "The office file or its folder may not be written to. Give yourself the right to, and try again.")
_SENTENCES = (
    ("disk is full", _FULL),
    ("disk i/o", QT_TRANSLATE_NOOP(
        "PartnerDesk", "The disk did not answer. Check the drive or the network and try again.")),
    ("locked", QT_TRANSLATE_NOOP(
        "PartnerDesk", "The office file is busy in another program. Try again in a moment.")),
    ("readonly", QT_TRANSLATE_NOOP(
        "PartnerDesk", "The office file cannot be written to. Take off its write protection and try again.")),
    ("permission denied", _PERMISSION),
    ("unable to open", QT_TRANSLATE_NOOP(
        "PartnerDesk", "The office file cannot be opened: the folder is gone or not readable.")),
    ("malformed", QT_TRANSLATE_NOOP(
        "PartnerDesk", "The office file is damaged. Open a copy from before the damage.")),
    ("not a database", QT_TRANSLATE_NOOP("PartnerDesk", "This file is not a PartnerDesk office.")),
)
_GONE = QT_TRANSLATE_NOOP(
    "PartnerDesk", "{name} is no longer in {folder}. Bring the folder or the drive back and try again.")
_EXCHANGED = QT_TRANSLATE_NOOP(
    "PartnerDesk", "Another file was put in the place of {name}. Close the office and open it again.")


def sentence_for(error: BaseException, path: Path | None = None) -> Text | None:
    """The sentence for an error of the database or the system, or None when it is a mistake of the program.

    With the path of the office the sentence names its disk.
    """
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        said = "disk is full"
    elif isinstance(error, PermissionError):
        said = "permission denied"
    elif isinstance(error, OSError):
        said = "disk i/o"
    else:
        said = str(error).lower()
    found = next((sentence for mark, sentence in _SENTENCES if mark in said), None)
    if found is _FULL and path is not None:
        return text(_DISK_FULL, disk=disk_of(path))
    return Text(found) if found is not None else None


@contextmanager
def told(path: Path | None = None) -> Iterator[None]:
    """Turn errors of the disk and the file into EnvironmentTrouble; anything else passes unchanged."""
    try:
        yield
    except (sqlalchemy.exc.DatabaseError, sqlite3.DatabaseError, DatabaseError) as error:
        sentence = sentence_for(getattr(error, "orig", None) or error, path)
        if sentence is None:
            raise
        raise EnvironmentTrouble(sentence) from error


class Presence:
    """Whether an open office file is still in its place. SQLite goes on writing into a file that was taken away,
    and everything written then is lost with it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = self._identity()

    def expect(self) -> None:
        """Raise EnvironmentTrouble when the file is gone, or another one is in its place."""
        found = self._identity()
        if found is None:
            raise EnvironmentTrouble(text(_GONE, name=self._path.name, folder=str(self._path.parent)))
        if found != self._seen:
            raise EnvironmentTrouble(text(_EXCHANGED, name=self._path.name))

    def _identity(self) -> int | None:
        try:
            return self._path.stat().st_ino
        except OSError:
            return None
