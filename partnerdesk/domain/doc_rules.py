"""Which documents a stay needs, when they are due, and which of them must be there before it goes on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DocRule:
    """One document required of the stays that fit. An empty programme, activity, direction or person kind fits all.

    `stage` is nomination, departure, arrival or return; due `due_days` after (negative: before) the `anchor`, which is
    nomination, start or end of the stay. A `mandatory` one holds the stay back at its stage.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    position: int = 0
    programme: str = ""
    activity: str = ""
    direction: str = ""
    person_kind: str = ""
    stage: str = "departure"
    kind: str = ""
    mandatory: bool = False
    anchor: str = "start"
    due_days: int = 0
    only_if: str = ""
    active: bool = True
