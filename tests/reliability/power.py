"""Crash images: what a disk may hold when the power fails, built from the notes of the recording layer.

What was synced is there. Of what was not yet synced any part may be: in any order, torn at sectors of 512
bytes, and where a file had grown, with rubbish in place of what did not arrive. A file that was made is sure to
be in its folder once it has been synced (SQLite then syncs the folder too); one that was deleted without a sync
of the folder may be back.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from partnerdesk.store.driver import connect, dbapi
from tests.reliability.layer import Event

SECTOR = 512
_NOT_CONTENT = ("sqlite_", "search_")


@dataclass
class Inode:
    """One file of the disk: what is safe of it, and what has been asked of it since."""

    safe: bytearray = field(default_factory=bytearray)
    pending: list[Event] = field(default_factory=list)


class Disk:
    """Follows the events one by one; `image` is what could be found after a power failure now."""

    def __init__(self, base: dict[str, bytes]) -> None:
        self._names = {name: Inode(bytearray(data)) for name, data in base.items()}
        self._folder: list[tuple[str, Inode | None]] = []
        self._safe_names = dict(self._names)
        self.safe_step = 0

    def take(self, event: Event) -> None:
        """One more thing happened."""
        if event.what == "safe":
            self.safe_step = event.at
        elif event.what == "made":
            self._names[event.name] = Inode()
            self._folder.append((event.name, self._names[event.name]))
        elif event.what == "gone":
            del self._names[event.name]
            self._folder.append((event.name, None))
            if event.at:
                self._sync_folder()
        elif event.what == "sync":
            inode = self._names[event.name]
            for one in inode.pending:
                _apply(inode.safe, one)
            inode.pending.clear()
            if any(found is inode for _, found in self._folder):
                self._sync_folder()
        else:
            self._names[event.name].pending.append(event)

    def image(self, chance: Random) -> dict[str, bytes]:
        """The files of one possible outcome."""
        names = dict(self._safe_names)
        for name, inode in self._folder[:chance.randint(0, len(self._folder))]:
            if inode is None:
                names.pop(name, None)
            else:
                names[name] = inode
        arrives = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        return {name: _outcome(inode, arrives, chance) for name, inode in names.items()}

    def _sync_folder(self) -> None:
        for name, inode in self._folder:
            if inode is None:
                self._safe_names.pop(name, None)
            else:
                self._safe_names[name] = inode
        self._folder.clear()


def images(
    base: dict[str, bytes], events: Sequence[Event], number: int, chance: Random
) -> Iterator[tuple[int, dict[str, bytes]]]:
    """`number` images at random moments, with the step that was said to be stored by then."""
    moments = sorted(_moment(events, chance) for _ in range(number))
    disk, at = Disk(base), 0
    for moment in moments:
        while at < moment:
            disk.take(events[at])
            at += 1
        yield disk.safe_step, disk.image(chance)


def _moment(events: Sequence[Event], chance: Random) -> int:
    """A moment; every second one close to a sync, a cut or a deletion, where it matters most."""
    moment = chance.randint(0, len(events))
    if chance.random() < 0.5:
        while moment < len(events) and events[moment].what == "write":
            moment += 1
        moment = min(len(events), max(0, moment + chance.randint(-2, 2)))
    return moment


def _outcome(inode: Inode, arrives: float, chance: Random) -> bytes:
    found = bytearray(inode.safe)
    for event in inode.pending:
        if chance.random() >= arrives:
            continue
        if event.what == "cut" or chance.random() < 0.7:
            _apply(found, event)
        else:
            _tear(found, event, chance)
    return bytes(found)


def _apply(found: bytearray, event: Event) -> None:
    if event.what == "cut":
        del found[event.at:]
        found.extend(bytes(event.at - len(found)))
        return
    end = event.at + len(event.data)
    if len(found) < end:
        found.extend(bytes(end - len(found)))
    found[event.at:end] = event.data


def _tear(found: bytearray, event: Event, chance: Random) -> None:
    """Let some sectors arrive; where the file grew, the others hold zeros or rubbish."""
    size, end = len(found), event.at + len(event.data)
    if size < end:
        grown = end - size
        found.extend(chance.randbytes(grown) if chance.random() < 0.5 else bytes(grown))
        if event.at > size:
            found[size:event.at] = bytes(event.at - size)
    start = event.at
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        if chance.random() < 0.5:
            found[start:stop] = event.data[start - event.at:stop - event.at]
        start = stop


def lay_out(folder: Path, image: dict[str, bytes]) -> None:
    """Put an image's files into a folder in place of what is there."""
    for old in folder.iterdir():
        old.unlink()
    for name, data in image.items():
        (folder / name).write_bytes(data)


def content(connection: Any) -> str:
    """A digest of every row of every table."""
    digest = hashlib.sha256()
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    for name, in tables.fetchall():
        if not name.startswith(_NOT_CONTENT):
            rows = connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall()
            digest.update(repr((name, rows)).encode())
    return digest.hexdigest()


@dataclass
class Verdict:
    """How many images were looked at, how many had lost something that was said to be stored, how many were
    broken or in a state that the office never was in. `first` describes the first fault.
    """

    seen: int = 0
    lost: int = 0
    corrupt: int = 0
    first: str = ""

    def add(self, other: "Verdict") -> None:
        """Count another verdict's images too."""
        self.seen += other.seen
        self.lost += other.lost
        self.corrupt += other.corrupt
        self.first = self.first or other.first


def judge(path: Path, safe_step: int, states: dict[int, str], verdict: Verdict) -> None:
    """Open an office as the program does after the power failure, and count what is wrong with it."""
    verdict.seen += 1
    try:
        fault, step = _look(path, states)
    except (dbapi.DatabaseError, sqlite3.DatabaseError) as error:
        fault, step = str(error), -1
    if fault:
        verdict.corrupt += 1
        verdict.first = verdict.first or fault
    elif step < safe_step:
        verdict.lost += 1
        verdict.first = verdict.first or f"step {step} instead of {safe_step}"


def _look(path: Path, states: dict[int, str]) -> tuple[str, int]:
    connection = connect(path)
    try:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        found += [f"link {row}" for row in connection.execute("PRAGMA foreign_key_check")]
        if found:
            return found[0], -1
        step = int(connection.execute("SELECT coalesce(max(id), 0) FROM step").fetchone()[0])
        return ("" if states.get(step) == content(connection) else f"an unknown state at step {step}"), step
    finally:
        connection.close()
