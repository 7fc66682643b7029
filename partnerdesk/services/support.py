"""What whoever helps needs to know about a computer and its office: versions, sizes and counts, and no names.

The report is in English on purpose, for those who read it are not those who send it.
"""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from partnerdesk import __version__
from partnerdesk.services import paths
from partnerdesk.store.places import disk_of, place_of

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader


def computer(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The program and the computer; `more` are the versions that only the window knows."""
    log = paths.log_file()
    return {
        "PartnerDesk": __version__,
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "Python": platform.python_version(),
        **(more or {}),
        "processors": str(os.cpu_count()),
        "log": f"{log.stat().st_size if log.exists() else 0} bytes",
    }


def office(reader: Reader, path: Path) -> dict[str, str]:
    """The open office, told apart from others by a mark made of its path."""
    from partnerdesk.store import support as stored

    place = place_of(path)
    return {
        "SQLite": stored.library(),
        "office": shortened(path),
        "place": place.kind,
        "size": f"{path.stat().st_size} bytes" if path.exists() else "not there",
        **stored.figures(reader),
    }


def shortened(path: Path) -> str:
    """A path without the names in it: its disk, how deep it lies, a mark of eight letters, its ending."""
    mark = hashlib.sha256(str(path).encode()).hexdigest()[:8]
    inside = path.is_relative_to(Path.home())
    return f"{'home' if inside else _bare(disk_of(path))}, {len(path.parents)} deep, {mark}{path.suffix}"


def as_text(*parts: Mapping[str, str]) -> str:
    """The report as lines."""
    return "\n".join(f"{name}: {value}" for part in parts for name, value in part.items())


def _bare(disk: str) -> str:
    """A drive letter or the root; a mount point may be called after somebody."""
    return disk if len(disk) <= 2 else "a mounted disk"
