"""What belongs to the office file itself: settings that travel with it, saved views, import batches."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting of the office, e.g. `office.name`; the value is JSON text."""

    id: int = 0
    uid: str = ""
    version: int = 1
    key: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A named filter, sort and choice of columns of one list ("partners"); `query` is a search line."""

    id: int = 0
    uid: str = ""
    version: int = 1
    page: str = ""
    name: str = ""
    query: str = ""
    sort: str = ""
    descending: bool = False
    columns: tuple[str, ...] = ()
    widths: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProfile:
    """The mapping an office chose for a set of headers, so that the next file needs no mapping."""

    id: int = 0
    uid: str = ""
    version: int = 1
    fingerprint: str = ""
    name: str = ""
    mapping: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportBatch:
    """One committed import: which file, what came of it, and the step that can be undone."""

    id: int = 0
    uid: str = ""
    version: int = 1
    file_name: str = ""
    sha256: str = ""
    day: date | None = None
    counts: str = ""
    mapping: str = ""
    step_id: int | None = None
