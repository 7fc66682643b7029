"""What the journal tells: steps, entries, and the news of a change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from partnerdesk.domain.words import Text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Changes:
    """The news of one step: which records of which kind ("partner", "agreement", …) look different now."""

    step_id: int
    label: Text
    touched: Mapping[str, frozenset[int]] = field(default_factory=dict)
    kind: str = "do"

    def ids(self, kind: str) -> frozenset[int]:
        """Ids of the touched records of a kind."""
        return self.touched.get(kind, frozenset())

    @property
    def nothing(self) -> bool:
        """Whether the step wrote nothing at all."""
        return not any(self.touched.values())


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a desk has heard: the newest step and when it was done ("" where that was not read yet), and the
    highest id of each kind of record so far.

    A restore takes the journal back and gives the ids of steps anew, so an id alone does not tell which step it was.
    """

    step_id: int = 0
    at: str = ""
    highest: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a user did, as the journal keeps it. `state` is done, undone or dropped."""

    id: int
    at: datetime
    who: str
    label: Text
    kind: str
    state: str
    reason: str = ""
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One changed row within a step: `before`/`after` hold the fields that differ (or the whole row)."""

    step: Step
    table: str
    row_id: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Deed(Generic[T]):
    """A thing a user can do: `label` for the menu ("delete {name}"), `run` does it in one writing unit."""

    label: Text
    run: Callable[[Any], T]
    done: Text | None = None
    reason: str = ""
    kind: str = "do"
