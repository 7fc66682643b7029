"""What partnerships bring about: publications, courses, programmes, events, patents, practices taken over."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class JointOutput:
    """A result; of a practice `adopted_on` and `adopted_at` say when and where it was taken over."""

    id: int = 0
    uid: str = ""
    version: int = 1
    kind: str = "publication"
    title: str = ""
    in_year: int | None = None
    happened_on: date | None = None
    authors: str = ""
    doi: str = ""
    url: str = ""
    project_id: int | None = None
    adopted_on: date | None = None
    adopted_at: str = ""
    tags: tuple[str, ...] = ()
    remark: str = ""
    archived_on: date | None = None
    deleted_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputMember:
    """An institution that has a part in an output."""

    id: int = 0
    uid: str = ""
    version: int = 1
    output_id: int = 0
    institution_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputLine:
    """One line of the list of outputs."""

    id: int = 0
    kind: str = ""
    title: str = ""
    in_year: int | None = None
    doi: str = ""
    project_id: int | None = None
    project: str = ""
    partners: str = ""
    adopted_on: date | None = None
    adopted_at: str = ""
    archived: bool = False
