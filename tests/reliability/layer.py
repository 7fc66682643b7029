"""A file layer of SQLite's own kind under the program: it notes what is written, and can run out of room.

While `Layer` is on, every office that this process opens goes through it: the driver's functions are found by
ctypes in the very library that the program uses, and the layer stands before the platform's own ("unix").
"""

import ctypes
import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

from partnerdesk.store.driver import dbapi

OK, FULL, IOERR = 0, 13, 10
_CREATE = 0x4
_P, _I, _L, _S = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64, ctypes.c_char_p

_OPEN = ctypes.CFUNCTYPE(_I, _P, _P, _P, _I, _P)
_DELETE = ctypes.CFUNCTYPE(_I, _P, _S, _I)
_CLOSE = ctypes.CFUNCTYPE(_I, _P)
_WRITE = ctypes.CFUNCTYPE(_I, _P, _P, _I, _L)
_TRUNCATE = ctypes.CFUNCTYPE(_I, _P, _L)
_SYNC = ctypes.CFUNCTYPE(_I, _P, _I)


class _Vfs(ctypes.Structure):
    _fields_: ClassVar[Any] = [
        ("iVersion", _I), ("szOsFile", _I), ("mxPathname", _I), ("pNext", _P), ("zName", _S), ("pAppData", _P),
        ("xOpen", _P), ("xDelete", _P), *((f"rest{n}", _P) for n in range(14))]


class _Methods(ctypes.Structure):
    _fields_: ClassVar[Any] = [
        ("iVersion", _I), ("xClose", _P), ("xRead", _P), ("xWrite", _P), ("xTruncate", _P), ("xSync", _P),
        *((f"rest{n}", _P) for n in range(13))]


class _File(ctypes.Structure):
    _fields_: ClassVar[Any] = [("pMethods", ctypes.POINTER(_Methods))]


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a file: `made`, `write` (`at`, `data`), `cut` (to `at`), `sync`, `gone` (`at` 1: synced).

    A `safe` event is not of a file: the program said that step `at` of the journal is stored.
    """

    what: Literal["made", "write", "cut", "sync", "gone", "safe"]
    name: str = ""
    at: int = 0
    data: bytes = b""


def possible() -> bool:
    """Whether the driver's library lets its functions be found; not on every platform."""
    return os.name == "posix" and hasattr(_library(), "sqlite3_vfs_register")


class Layer:
    """Stands under the offices in one folder. `events` is what happened; `room` bytes are left for the folder's
    files (None: no end); `fail_at` counts writes and syncs down and lets the one at 0 and all later ones fail;
    `refuse` is the code with which every write is refused.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.events: list[Event] = []
        self.recording = True
        self.room: int | None = None
        self.fail_at: int | None = None
        self.refuse: int | None = None
        self._files: dict[int, str] = {}
        self._sizes: dict[str, int] = {}
        self._methods: dict[int, _Methods] = {}
        self._library = _library()
        self._library.sqlite3_vfs_find.restype = _P
        self._real = _Vfs.from_address(self._library.sqlite3_vfs_find(b"unix"))
        self._vfs = _Vfs.from_buffer_copy(self._real)
        self._keep: list[Any] = [_OPEN(self._open), _DELETE(self._delete)]
        self._vfs.zName = b"partnerdesk-layer"
        self._vfs.xOpen, self._vfs.xDelete = (ctypes.cast(one, _P).value for one in self._keep)
        _all.append(self)
        self._real_open, self._real_delete = _OPEN(self._real.xOpen), _DELETE(self._real.xDelete)

    @contextmanager
    def on(self) -> Iterator["Layer"]:
        """Under every office opened within the block."""
        self._library.sqlite3_vfs_register(ctypes.byref(self._vfs), 1)
        try:
            yield self
        finally:
            self._library.sqlite3_vfs_unregister(ctypes.byref(self._vfs))

    def said_safe(self, step: int) -> None:
        """The program told its user that a step is stored."""
        self.events.append(Event("safe", at=step))

    def used(self) -> int:
        """Bytes that the folder's files take."""
        return sum(self._sizes.values())

    def _note(self, what: Any, name: str, at: int = 0, data: bytes = b"") -> None:
        if self.recording:
            self.events.append(Event(what, name, at, data))

    def _open(self, _vfs: int, path: int | None, file: int, flags: int, out: int | None) -> int:
        name = self._inside(ctypes.string_at(path).decode()) if path else ""
        new = bool(name) and flags & _CREATE and not (self.folder / name).exists()
        code = self._real_open(ctypes.addressof(self._real), path, file, flags, out)
        if code == OK and name:
            if new:
                self._note("made", name)
            self._sizes[name] = (self.folder / name).stat().st_size
            self._files[file] = name
            seen = _File.from_address(file)
            if seen.pMethods:
                seen.pMethods = ctypes.pointer(self._instead_of(seen.pMethods))
        return int(code)

    def _inside(self, path: str) -> str:
        return Path(path).name if Path(path).parent == self.folder else ""

    def _instead_of(self, methods: Any) -> _Methods:
        key = ctypes.addressof(methods.contents)
        if key not in self._methods:
            made = _Methods.from_buffer_copy(methods.contents)
            ours = (_CLOSE(self._closing(_CLOSE(made.xClose))), _WRITE(self._writing(_WRITE(made.xWrite))),
                    _TRUNCATE(self._cutting(_TRUNCATE(made.xTruncate))), _SYNC(self._syncing(_SYNC(made.xSync))))
            self._keep.extend(ours)
            made.xClose, made.xWrite, made.xTruncate, made.xSync = (ctypes.cast(one, _P).value for one in ours)
            self._methods[key] = made
        return self._methods[key]

    def _closing(self, real: Any) -> Any:
        def close(file: int) -> int:
            self._files.pop(file, None)
            return int(real(file))

        return close

    def _writing(self, real: Any) -> Any:
        def write(file: int, data: int, length: int, at: int) -> int:
            name = self._files[file]
            if self.refuse is not None:
                return self.refuse
            if self._out_of_luck():
                return IOERR
            grown = max(0, at + length - self._sizes.get(name, 0))
            if self.room is not None and grown > self.room:
                return FULL
            code = int(real(file, data, length, at))
            if code == OK:
                self._sizes[name] = self._sizes.get(name, 0) + grown
                if self.room is not None:
                    self.room -= grown
                self._note("write", name, at, ctypes.string_at(data, length))
            return code

        return write

    def _cutting(self, real: Any) -> Any:
        def cut(file: int, size: int) -> int:
            code = int(real(file, size))
            if code == OK:
                self._freed(self._files[file], size)
                self._note("cut", self._files[file], size)
            return code

        return cut

    def _syncing(self, real: Any) -> Any:
        def sync(file: int, flags: int) -> int:
            if self._out_of_luck():
                return IOERR
            code = int(real(file, flags))
            if code == OK:
                self._note("sync", self._files[file])
            return code

        return sync

    def _delete(self, _vfs: int, path: bytes, synced: int) -> int:
        code = int(self._real_delete(ctypes.addressof(self._real), path, synced))
        name = self._inside(path.decode())
        if code == OK and name:
            self._freed(name, 0)
            self._note("gone", name, synced)
        return code

    def _freed(self, name: str, size: int) -> None:
        before = self._sizes.get(name, 0)
        self._sizes[name] = size
        if self.room is not None:
            self.room += before - size

    def _out_of_luck(self) -> bool:
        if self.fail_at is None:
            return False
        self.fail_at -= 1
        return self.fail_at < 0


_all: list[Layer] = []
"""A connection may outlive its test, and would call functions that are gone."""


def _library() -> Any:
    module = "sqlcipher3._sqlite3" if dbapi.__name__.startswith("sqlcipher3") else "_sqlite3"
    return ctypes.CDLL(importlib.import_module(module).__file__)
