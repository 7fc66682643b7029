"""Transcripts: what was achieved away, line by line, and what the home institution recognised for it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """A transcript of records of a stay."""

    id: int = 0
    uid: str = ""
    version: int = 1
    stay_id: int = 0
    issued_on: date | None = None
    received_on: date | None = None
    grade_table_id: int | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptLine:
    """A course as the host reports it; `passed` is False for a failed one, which earns no credits."""

    id: int = 0
    uid: str = ""
    version: int = 1
    transcript_id: int = 0
    position: int = 0
    code: str = ""
    title: str = ""
    credits: float | None = None
    grade: str = ""
    passed: bool = True
    result_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What stands at home for a transcript line: the component, credits and converted grade, or why not.

    `decision` is open, recognised or refused; `method` the sentence on how the grade was converted.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    line_id: int = 0
    component_id: int | None = None
    home_code: str = ""
    home_title: str = ""
    credits: float | None = None
    grade: str = ""
    method: str = ""
    decision: str = "open"
    decided_on: date | None = None
    decided_by: str = ""
    reason: str = ""
