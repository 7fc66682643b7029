"""An import as it is planned: which column means what, what becomes of each row, and the sums."""

import hashlib
import json
from collections.abc import Iterable
from collections.abc import Mapping as Values
from dataclasses import dataclass, field
from enum import StrEnum

from partnerdesk.domain import headers
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import Text

PARTNERS, AGREEMENTS, PEOPLE, STAYS = "partners", "agreements", "people", "stays"
DIRECTION, ACTIVITY, TYPE, DAYS = "places.direction", "places.activity", "agreement.type", "days"
KIND, PERSON_KIND, STAY_DIRECTION = "kind", "person.kind", "stay.direction"


class Outcome(StrEnum):
    """What becomes of a row or a record."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REJECTED = "rejected"
    DUPLICATE = "duplicates"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which target each column fills ("" for none), in the order of the header, and what holds for all rows.

    `constants` are answers to the questions of the mapping: the direction of the places where no column
    says it, the kind of agreement, the order of day and month ("" where the file tells).
    """

    names: tuple[str, ...]
    targets: tuple[str, ...]
    constants: Values[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """What the rows are: "partners" (with their agreements) or "people" (with their stays)."""
        return self.constant(KIND)

    def constant(self, key: str) -> str:
        """The answer that holds for all rows, else the default."""
        return self.constants.get(key, DEFAULTS[key])

    def with_target(self, name: str, target: str) -> "ColumnMapping":
        """The mapping with one column set by hand; a target that bears only one column is taken from the other."""
        alone = target not in headers.REPEATABLE
        targets = tuple(
            target if own == name else "" if alone and known == target else known
            for own, known in zip(self.names, self.targets, strict=True)
        )
        return ColumnMapping(self.names, targets, self.constants)

    def with_constant(self, key: str, value: str) -> "ColumnMapping":
        """The mapping with one question answered."""
        return ColumnMapping(self.names, self.targets, {**self.constants, key: value})

    def as_json(self) -> str:
        """What the office remembers of it."""
        columns = dict(zip(self.names, self.targets, strict=True))
        return json.dumps({"columns": columns, "constants": dict(self.constants)}, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, stored: str, names: Iterable[str]) -> "ColumnMapping":
        """A remembered mapping for the columns at hand; columns and targets unknown by now are left out."""
        loaded = json.loads(stored)
        known = {fold(name): target for name, target in loaded.get("columns", {}).items()}
        here = tuple(names)
        targets = (known.get(fold(name), "") for name in here)
        kept = tuple(target if target in headers.BY_KEY else "" for target in targets)
        return cls(here, kept, {k: v for k, v in loaded.get("constants", {}).items() if k in DEFAULTS})


DEFAULTS: Values[str, str] = {
    DIRECTION: "out", ACTIVITY: "student-studies", TYPE: "", DAYS: "", KIND: PARTNERS, PERSON_KIND: "student",
    STAY_DIRECTION: "out",
}  # fmt: skip
"""What holds for all rows until the user says otherwise: partners, and places and stays of our outgoing students."""


def fingerprint(names: Iterable[str]) -> str:
    """What a set of headers is remembered by: case, accents, blanks and the order of columns do not matter."""
    said = "\n".join(sorted(fold(name) for name in names))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Question:
    """What the mapping asks because no column says it: choices as (code, label), and the answer for now."""

    key: str
    label: Text
    choices: tuple[tuple[str, Text], ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that would change: field name of the record, what is there, what the file says."""

    kind: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a row's cell says that could not be taken as it is; the row comes in all the same."""

    column: str
    message: Text


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of the file and what is to become of it.

    `number` counts as a spreadsheet does, from 1. `partner` is the name of the partner or person, `agreement` what
    more the row tells. `reason` says why a row is rejected; `twin` names what a likely duplicate resembles (`twin_id`
    where its id is known); `brings` names the kinds of record ("partner", "agreement", "person", "stay") it adds.
    """

    number: int
    outcome: Outcome
    partner: str = ""
    country: str = ""
    agreement: str = ""
    differences: tuple[Difference, ...] = ()
    notes: tuple[Note, ...] = ()
    reason: Text | None = None
    twin: str = ""
    brings: tuple[str, ...] = ()
    twin_id: int = 0


@dataclass(slots=True)
class Tally:
    """How many records of one kind go which way."""

    new: int = 0
    changed: int = 0
    same: int = 0
    rejected: int = 0
    duplicates: int = 0

    def add(self, outcome: Outcome, n: int = 1) -> None:
        """Count `n` more records."""
        setattr(self, outcome.value, getattr(self, outcome.value) + n)

    def as_dict(self) -> dict[str, int]:
        """The five numbers by name."""
        return {outcome.value: getattr(self, outcome.value) for outcome in Outcome}
