"""Writes a file atomically: all of it is on the disk before it takes the place of what was there, or nothing does."""

import contextlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, TypeVar

T = TypeVar("T")
_LONGEST_NAME = 40


def write_atomically(path: Path, write: Callable[[IO[bytes]], T]) -> T:
    """Let `write` fill a file beside `path` and put it in its place; what `write` answers.

    A file that is replaced hands on its permissions. Raises OSError and whatever `write` raises; what lay at
    `path` is then as it was, and nothing else is left.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:_LONGEST_NAME]}.", suffix=".part", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "w+b") as stream:
            answer = write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(OSError):
            beside.chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    return answer


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
