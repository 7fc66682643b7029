"""Keeps the byte code of PySide6's own Python parts, which it otherwise compiles from an archive at every start.

That compiling takes about a seventh of the time of importing PySide6. What is kept is used only where the source
is the very same.
"""

import builtins
import marshal
import os
import sys
from pathlib import Path
from types import CodeType, TracebackType
from typing import Any

_PARTS = "shibokensupport/"
_TROUBLE = (OSError, EOFError, ValueError, TypeError)


class KeptCode:
    """Stands in for `compile` during an import: `with KeptCode(file) as kept: import …`, later `kept.save()`."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known: dict[str, tuple[bytes, CodeType]] = {}
        self._fresh = False
        self._compile = builtins.compile

    def __enter__(self) -> "KeptCode":
        self._known = self._read()
        builtins.compile = self._stand_in  # type: ignore[assignment]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        builtins.compile = self._compile

    def save(self) -> None:
        """Write down what had to be compiled; where that cannot be, the next start is as slow as this one."""
        if not self._fresh:
            return
        part = self._file.with_suffix(f".{os.getpid()}")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(marshal.dumps((sys.version, self._known)))
            part.replace(self._file)
        except OSError:
            part.unlink(missing_ok=True)
        self._fresh = False

    def _stand_in(self, source: Any, name: Any, mode: str, *more: Any, **named: Any) -> Any:
        if more or named or mode != "exec" or not isinstance(source, bytes) or not str(name).startswith(_PARTS):
            return self._compile(source, name, mode, *more, **named)
        known = self._known.get(name)
        if known is None or known[0] != source:
            known = self._known[name] = source, self._compile(source, name, mode)
            self._fresh = True
        return known[1]

    def _read(self) -> dict[str, tuple[bytes, CodeType]]:
        try:
            # as a .pyc: written by this user's program, in this user's folder
            version, known = marshal.loads(self._file.read_bytes())  # noqa: S302
        except _TROUBLE:
            return {}
        return known if version == sys.version and isinstance(known, dict) else {}
