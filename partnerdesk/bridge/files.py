"""Who holds an office file: a lock beside it, with the name of the colleague who has it open."""

import json
import os
import socket
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile

from partnerdesk.domain import clock

SUFFIX = ".partnerdesk"
_JUST_NOW = 10


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has an office open: name, computer and since when (ISO), as far as it is known."""

    who: str
    host: str
    since: str


class Lock:
    """The lock of an office file while this program has it open for writing."""

    def __init__(self, path: Path, who: str) -> None:
        self._note = path.with_name(path.name + ".holder")
        self._lock = QLockFile(str(path.with_name(path.name + ".lock")))
        self._lock.setStaleLockTime(0)
        self._who = who
        self.held = False

    def take(self) -> bool:
        """Try to become the holder. A lock left by a program that is gone is taken over; an idle one never."""
        self.held = self._lock.tryLock(0)
        if not self.held and self._left_behind():
            self._lock.removeStaleLockFile()
            self.held = self._lock.tryLock(0)
        if self.held:
            note = {"who": self._who, "host": socket.gethostname(), "since": clock.now().isoformat(timespec="minutes")}
            self._note.write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
        return self.held

    def holder(self) -> Holder:
        """Who has it, when that is somebody else."""
        _, host = self._info()
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            return Holder(str(note["who"]), str(note["host"]), str(note["since"]))
        except (OSError, ValueError, KeyError):
            return Holder("", host, "")

    @property
    def free(self) -> bool:
        """Whether nobody holds it: the lock is gone, or was left behind by a program that ended."""
        return not Path(self._lock.fileName()).exists() or self._left_behind()

    @property
    def foreign(self) -> bool:
        """Whether a program on another computer made it, of which nobody here can tell whether it still runs."""
        pid, host = self._info()
        return bool(pid) and bool(host) and host != socket.gethostname()

    def wrest(self) -> bool:
        """Become the holder although a program on another computer is; for a user who knows that nobody works there."""
        if self.foreign:
            self._lock.removeStaleLockFile()
        return self.take()

    def release(self) -> None:
        """Give the file free."""
        if self.held:
            self._note.unlink(missing_ok=True)
            self._lock.unlock()
            self.held = False

    def _left_behind(self) -> bool:
        pid, host = self._info()
        if not pid:
            return self._empty_for_a_while()
        return host == socket.gethostname() and not _runs(pid)

    def _empty_for_a_while(self) -> bool:
        """Whether the lock is an empty file of more than some seconds; a fresh one is just being written."""
        file = Path(self._lock.fileName())
        if not file.exists():
            return False
        seen = file.stat()
        return seen.st_size == 0 and clock.now().timestamp() - seen.st_mtime > _JUST_NOW

    def _info(self) -> tuple[int, str]:
        pid, host, _ = self._lock.getLockInfo()
        return int(pid), str(host)


def lock_possible(path: Path) -> bool:
    """Whether a lock file can be made beside the office; not in a read-only folder."""
    return os.access(path.parent, os.W_OK)


def _runs(pid: int) -> bool:
    if os.name == "nt":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
