"""The records behind the prints about one partner, read once, with what follows from them today."""

from __future__ import annotations

import base64
import binascii
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import (
    STATES,
    Agreement,
    AgreementVersion,
    Condition,
    ConditionYear,
    Facts,
    State,
    rolled,
    state_of,
)
from partnerdesk.domain.documents import Letterhead
from partnerdesk.domain.followups import FollowUpLine
from partnerdesk.domain.partners import Contact, Identifier, Institution, Member, OrgUnit, Partnership
from partnerdesk.domain.problems import Missing
from partnerdesk.domain.project_rules import RUNNING as KEPT
from partnerdesk.domain.projects import ProjectLine, ProjectMember
from partnerdesk.domain.years import AcademicYear, MonthDay
from partnerdesk.services.office import settings
from partnerdesk.services.partners import home_institution

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

T = TypeVar("T")
CHUNK = 200
AROUND = 3


@dataclass(frozen=True, slots=True)
class Paper:
    """An agreement with the version that counts and what follows from it today."""

    agreement: Agreement
    version: AgreementVersion
    facts: Facts
    state: State
    conditions: tuple[Condition, ...]
    exceptions: Mapping[int, list[ConditionYear]]

    @property
    def signed(self) -> bool:
        """Whether both sides have approved it."""
        return self.facts.ours_on is not None and self.facts.theirs_on is not None

    @property
    def ends_on(self) -> date | None:
        """Its last day, ended early or replaced by a successor or not; None when it is open-ended."""
        ends = [self.facts.ends_on, self.facts.termination_on]
        if self.facts.superseded_on is not None:
            ends.append(self.facts.superseded_on - timedelta(days=1))
        return min((day for day in ends if day is not None), default=None)


@dataclass(frozen=True, slots=True)
class House:
    """What is the same for every partner: who prints, on which day, in which academic year."""

    letterhead: Letterhead
    colleagues: tuple[Contact, ...]
    today: date
    start: MonthDay
    southern: bool

    @property
    def year(self) -> AcademicYear:
        """The office's academic year on that day."""
        return AcademicYear.of(self.today, self.southern, self.start)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The records about one partner. `units` are ours and theirs by id, `member_units` those that take part.

    `projects` are those that have dates to keep, `followups` what is still to be done about the partner, `used` what
    stays take of conditions by condition and academic year.
    """

    house: House
    institution: Institution
    identifiers: tuple[Identifier, ...]
    contacts: tuple[Contact, ...]
    partnerships: tuple[Partnership, ...]
    member_units: tuple[int, ...]
    units: dict[int, OrgUnit]
    papers: tuple[Paper, ...]
    projects: tuple[ProjectLine, ...] = ()
    followups: tuple[FollowUpLine, ...] = ()
    used: Mapping[tuple[int, int], float] = field(default_factory=dict)


def gather(reader: Reader, ids: Sequence[int]) -> Iterator[Gathered]:
    """Read what a print about each of these partners needs, many at once. Raises Missing."""
    house = house_of(reader)
    for start in range(0, len(ids), CHUNK):
        yield from _gathered(reader, ids[start : start + CHUNK], house)


def house_of(reader: Reader) -> House:
    """Who prints, and on which day."""
    office = settings(reader)
    home = home_institution(reader)
    month, day = (int(part) for part in office["office.year_start"].split("-"))
    name = office["office.name"] or (home.name if home else "")
    return House(
        Letterhead(name, office["office.unit"], _logo(office["office.logo"])),
        tuple(reader.find(Contact, institution_id=home.id)) if home else (),
        clock.today(),
        MonthDay(month, day),
        home is not None and home.hemisphere == "s",
    )


def _gathered(reader: Reader, ids: Sequence[int], house: House) -> Iterator[Gathered]:
    institutions = reader.many(Institution, ids)
    members = _by(reader, Member, "institution_id", ids)
    every = [m.partnership_id for group in members.values() for m in group if m.role != "home"]
    partnerships = reader.many(Partnership, every)
    papers = _papers(reader, every, ids, house.today)
    identifiers = _by(reader, Identifier, "institution_id", ids)
    contacts = _by(reader, Contact, "institution_id", ids)
    units = reader.many(OrgUnit, _unit_ids(members, partnerships, papers))
    projects, work, used = _projects(reader, ids), _work(reader, ids), _used(reader, papers, house.year.first)
    for institution_id in ids:
        if institution_id not in institutions:
            raise Missing
        mine = [m for m in members[institution_id] if m.role != "home"]
        relations = dict.fromkeys(m.partnership_id for m in mine)
        yield Gathered(
            house,
            institutions[institution_id],
            tuple(identifiers[institution_id]),
            tuple(contacts[institution_id]),
            tuple(partnerships[one] for one in relations if one in partnerships),
            tuple(m.unit_id for m in mine if m.unit_id is not None),
            units,
            tuple(sorted((paper for one in relations for paper in papers[one]), key=_pressing)),
            tuple(projects[institution_id]),
            tuple(work[institution_id]),
            used,
        )


def _projects(reader: Reader, ids: Sequence[int]) -> defaultdict[int, list[ProjectLine]]:
    """The projects of each partner that have dates to keep, those that end first before others."""
    members = reader.columns(ProjectMember, ("institution_id", "project_id"), "institution_id", ids)
    found: defaultdict[int, list[ProjectLine]] = defaultdict(list)
    if not members:
        return found
    from partnerdesk.services.projects import project_lines

    lines = project_lines(reader, sorted({project for _, project in members}))
    kept = {one.id: one for one in lines.values() if one.status in KEPT and not one.template and not one.archived}
    for partner, project in members:
        if project in kept:
            found[partner].append(kept[project])
    for some in found.values():
        some.sort(key=lambda one: (one.ends_on or date.max, one.acronym, one.title))
    return found


def _used(reader: Reader, papers: Mapping[int, list[Paper]], year: int) -> dict[tuple[int, int], float]:
    """What is used of the signed conditions in the years that a print may show."""
    from partnerdesk.services.places import used_in

    ids = [c.id for group in papers.values() for paper in group if paper.signed for c in paper.conditions]
    return used_in(reader, ids, year - AROUND, year + AROUND) if ids else {}


def _work(reader: Reader, ids: Sequence[int]) -> defaultdict[int, list[FollowUpLine]]:
    """What is still to be done about each partner."""
    from partnerdesk.services.followups import open_about

    found: defaultdict[int, list[FollowUpLine]] = defaultdict(list)
    for one in open_about(reader, "partner", ids):
        found[one.root_id].append(one)
    return found


def _unit_ids(
    members: Mapping[int, list[Member]], partnerships: Mapping[int, Partnership], papers: Mapping[int, list[Paper]]
) -> set[int]:
    found = {m.unit_id for group in members.values() for m in group}
    found |= {p.own_unit_id for p in partnerships.values()}
    found |= {c.own_unit_id for group in papers.values() for paper in group for c in paper.conditions}
    return {unit for unit in found if unit is not None}


def _papers(
    reader: Reader, partnerships: Sequence[int], ids: Sequence[int], today: date
) -> defaultdict[int, list[Paper]]:
    """The agreements of these partnerships, by partnership; archived and deleted ones are left out."""
    from partnerdesk.store.agreements import facts_for, facts_of_partner

    agreements = [
        a for a in reader.where(Agreement, "partnership_id", partnerships) if not a.deleted_at and a.archived_on is None
    ]
    facts = {agreement: found for one in ids for agreement, found in facts_of_partner(reader, one).items()}
    facts |= {a.id: facts_for(reader, a.id) for a in agreements if a.id not in facts}
    versions = reader.many(AgreementVersion, [version for version, _ in facts.values() if version is not None])
    conditions = _by(reader, Condition, "version_id", versions)
    exceptions = _by(reader, ConditionYear, "condition_id", [c.id for group in conditions.values() for c in group])
    papers: defaultdict[int, list[Paper]] = defaultdict(list)
    for agreement in agreements:
        version_id, days = facts[agreement.id]
        if version_id is not None and version_id in versions:
            terms = tuple(conditions[version_id])
            state = state_of(days, today)
            paper = Paper(agreement, versions[version_id], rolled(days, today), state, terms, exceptions)
            papers[agreement.partnership_id].append(paper)
    return papers


def _pressing(paper: Paper) -> tuple[int, date, str]:
    return STATES.index(paper.state), paper.ends_on or date.max, paper.agreement.our_code


def _by(reader: Reader, record: type[T], field: str, values: Iterable[int]) -> defaultdict[int, list[T]]:
    """Records grouped by a field."""
    groups: defaultdict[int, list[T]] = defaultdict(list)
    for one in reader.where(record, field, values):
        groups[getattr(one, field)].append(one)
    return groups


def _logo(setting: str) -> bytes | None:
    """The picture of the letterhead, which the office keeps as base64."""
    try:
        return base64.b64decode(setting, validate=True) or None
    except (binascii.Error, ValueError):
        return None
