"""A pile of records for a new office file, with ids and uids that are the same every time."""

from __future__ import annotations

import uuid
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any, TypeVar

from partnerdesk.domain.agreements import (
    Agreement,
    AgreementVersion,
    Condition,
    ConditionYear,
    Document,
    Event,
    Party,
    SignOff,
)
from partnerdesk.domain.balance import BalanceTerms
from partnerdesk.domain.calls import Application, Call, ScorePart, Wish
from partnerdesk.domain.cohorts import Cohort, CohortLeader, CohortMember
from partnerdesk.domain.doc_rules import DocRule
from partnerdesk.domain.factsheets import Factsheet
from partnerdesk.domain.followups import FollowUp
from partnerdesk.domain.grades import GradeRow, GradeTable
from partnerdesk.domain.grants import GrantAward, GrantPayment, GrantRate, GrantTable
from partnerdesk.domain.learning import LearningComponent, LearningVersion
from partnerdesk.domain.office import SavedView, Setting
from partnerdesk.domain.outputs import JointOutput, OutputMember
from partnerdesk.domain.partners import Alias, Contact, Identifier, Institution, Member, OrgUnit, Partnership
from partnerdesk.domain.people import Enrolment, Person, PersonContact, PersonLanguage
from partnerdesk.domain.projects import (
    Deliverable,
    Milestone,
    Project,
    ProjectMember,
    ProjectPerson,
    Risk,
    Task,
    TaskLink,
    WorkPackage,
)
from partnerdesk.domain.stays import Stay, StayEvent
from partnerdesk.domain.transcripts import Recognition, Transcript, TranscriptLine
from partnerdesk.domain.visits import AgendaItem, Appointment, Visit, VisitPerson, VisitPlace

if TYPE_CHECKING:
    from partnerdesk.store.unit import Unit

T = TypeVar("T")

_NAMES = uuid.UUID("5f6f4a0e-2f0b-5c55-9d0a-7d6a54a3c9b1")
_ORDER = (
    Institution, Identifier, Alias, OrgUnit, Contact, Partnership, Member, Agreement, AgreementVersion, Party, SignOff,
    Condition, ConditionYear, Event, Factsheet, BalanceTerms, Person, PersonContact, PersonLanguage, Enrolment, Stay,
    StayEvent, LearningVersion, LearningComponent, GradeTable, GradeRow, Transcript, TranscriptLine, Recognition,
    GrantTable, GrantRate, GrantAward, GrantPayment, Cohort, CohortLeader, CohortMember, Call, ScorePart, Application,
    Wish, DocRule, Project, ProjectMember, WorkPackage, Task, TaskLink, Milestone, Deliverable, Risk, ProjectPerson,
    JointOutput, OutputMember, Visit, VisitPlace, VisitPerson, AgendaItem, Appointment, FollowUp, Document, Setting,
    SavedView,
)  # fmt: skip


class Pile:
    """Records by type in the order they were put; a record may point to any that was put before it."""

    def __init__(self, story: str, seed: int) -> None:
        self._story = story
        self._seed = seed
        self._records: dict[type[Any], list[Any]] = {kind: [] for kind in _ORDER}

    def put(self, record: T, key: str) -> T:
        """The record with its id, and a uid made of the story and of `key`, which no other of its type has."""
        pile = self._records[type(record)]
        name = f"{self._story}/{type(record).__name__}/{key}"
        made = replace(record, id=len(pile) + 1, uid=uuid.uuid5(_NAMES, name).hex)  # type: ignore[type-var]
        pile.append(made)
        return made

    def chance(self, key: str) -> Random:
        """Chance that depends on the story and the key alone, so that new records move no old ones."""
        return Random(f"{self._seed}/{key}")  # noqa: S311

    def count(self, kind: type[Any]) -> int:
        """How many records of a type there are so far."""
        return len(self._records[kind])

    def all(self, kind: type[T]) -> list[T]:
        """The records of a type."""
        return list(self._records[kind])

    def store(self, unit: Unit) -> None:
        """Write the pile into an empty office."""
        for kind in _ORDER:
            unit.add_many(self._records[kind])
