"""Grade tables, and how a grade is carried from one to another by the percentiles of those who passed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeTable:
    """The grades an institution gave over some years in a field and level, best first; `years` says which."""

    id: int = 0
    uid: str = ""
    version: int = 1
    institution_id: int = 0
    name: str = ""
    field: str = ""
    level: str = ""
    first_year: int | None = None
    last_year: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRow:
    """One grade with its share among all who passed, in per cent; a failing one has no share that counts."""

    id: int = 0
    uid: str = ""
    version: int = 1
    table_id: int = 0
    position: int = 0
    label: str = ""
    percent: float = 0.0
    passing: bool = True
