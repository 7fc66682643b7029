"""How a condition's places are divided among our own faculties."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionShare:
    """The heads of a condition that one of our units may send; `year` None means every year."""

    id: int = 0
    uid: str = ""
    version: int = 1
    condition_id: int = 0
    own_unit_id: int | None = None
    year: int | None = None
    heads: int | None = None
