"""Factsheets: the dates and weeks a partner works by in an academic year, which deadlines are told from."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Factsheet:
    """A partner's factsheet of the academic year that begins in `year`; term 1 is autumn, term 2 spring."""

    id: int = 0
    uid: str = ""
    version: int = 1
    institution_id: int = 0
    year: int | None = None
    nominate_first: date | None = None
    nominate_second: date | None = None
    apply_first: date | None = None
    apply_second: date | None = None
    first_from: date | None = None
    first_to: date | None = None
    second_from: date | None = None
    second_to: date | None = None
    decision_weeks: int | None = None
    transcript_weeks: int | None = None
    languages: tuple[str, ...] = ()
    requirements: str = ""
    housing: str = ""
    visa: str = ""
    insurance: str = ""
    checked_on: date | None = None
