"""Learning agreements: what is to be studied away and what it stands for at home, in versions signed by three."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningVersion:
    """One version of a stay's learning agreement; `kind` is before or change; three signatures make it complete."""

    id: int = 0
    uid: str = ""
    version: int = 1
    stay_id: int = 0
    n: int = 1
    kind: str = "before"
    made_on: date | None = None
    student_signed_on: date | None = None
    sending_signed_on: date | None = None
    sending_signed_by: str = ""
    sending_position: str = ""
    receiving_signed_on: date | None = None
    receiving_signed_by: str = ""
    receiving_position: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningComponent:
    """A line of a version. `part` is the table it stands in: A (at the host), B (recognised at home), C (virtual) or
    D (blended, doctoral).

    Components of A and B with the same `pair` stand for each other. `change` is empty, inserted or deleted, with the
    reason as a code of `la_reason` and in words.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    version_id: int = 0
    position: int = 0
    part: str = "A"
    code: str = ""
    title: str = ""
    term: str = ""
    credits: float | None = None
    scheme: str = "ects"
    pair: int | None = None
    auto_recognised: bool = True
    conditions: str = ""
    description: str = ""
    change: str = ""
    reason_code: str = ""
    reason: str = ""
