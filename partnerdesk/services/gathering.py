"""The records behind the prints about one partner, read once, with what follows from them today."""

from __future__ import annotations

import base64
import binascii
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

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
from partnerdesk.domain.partners import Contact, Institution, Member, OrgUnit
from partnerdesk.domain.years import AcademicYear, MonthDay
from partnerdesk.services.office import settings
from partnerdesk.services.partners import PartnerFile, agreements_of, home_institution, partner_file

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader


@dataclass(frozen=True, slots=True)
class Paper:
    """An agreement with the version that counts and what follows from it today."""

    agreement: Agreement
    version: AgreementVersion
    facts: Facts
    state: State
    conditions: tuple[Condition, ...]
    exceptions: dict[int, list[ConditionYear]]

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
class Gathered:
    """The records behind a print, on one day."""

    partner: PartnerFile
    home: Institution | None
    letterhead: Letterhead
    papers: tuple[Paper, ...]
    units: dict[int, OrgUnit]
    member_units: tuple[int, ...]
    colleagues: tuple[Contact, ...]
    today: date
    start: MonthDay

    @property
    def year(self) -> AcademicYear:
        """The office's academic year on that day."""
        southern = self.home is not None and self.home.hemisphere == "s"
        return AcademicYear.of(self.today, southern, self.start)


def gathered(reader: Reader, institution_id: int) -> Gathered:
    """Read what a print about a partner needs. Raises Missing."""
    partner = partner_file(reader, institution_id)
    office = settings(reader)
    home = home_institution(reader)
    month, day = (int(part) for part in office["office.year_start"].split("-"))
    today = clock.today()
    papers = _papers(reader, institution_id, today)
    members = reader.find(Member, institution_id=institution_id)
    wanted = {p.own_unit_id for p in partner.partnerships}
    wanted |= {c.own_unit_id for paper in papers for c in paper.conditions}
    units = reader.many(OrgUnit, [unit for unit in wanted if unit is not None])
    letterhead = Letterhead(
        office["office.name"] or (home.name if home else ""), office["office.unit"], _logo(office["office.logo"])
    )
    return Gathered(
        partner,
        home,
        letterhead,
        papers,
        units,
        tuple(m.unit_id for m in members if m.unit_id is not None),
        tuple(reader.find(Contact, institution_id=home.id)) if home else (),
        today,
        MonthDay(month, day),
    )


def _papers(reader: Reader, institution_id: int, today: date) -> tuple[Paper, ...]:
    from partnerdesk.store.agreements import facts_for, facts_of_partner

    agreements = [a for a in agreements_of(reader, institution_id) if a.archived_on is None]
    known = facts_of_partner(reader, institution_id)
    facts = {a.id: known[a.id] if a.id in known else facts_for(reader, a.id) for a in agreements}
    versions = reader.many(AgreementVersion, [version for version, _ in facts.values() if version is not None])
    conditions: dict[int, list[Condition]] = defaultdict(list)
    for condition in reader.where(Condition, "version_id", versions):
        conditions[condition.version_id].append(condition)
    exceptions: dict[int, list[ConditionYear]] = defaultdict(list)
    every = [condition.id for group in conditions.values() for condition in group]
    for exception in reader.where(ConditionYear, "condition_id", every):
        exceptions[exception.condition_id].append(exception)
    papers = [
        Paper(
            agreement,
            versions[version_id],
            rolled(days, today),
            state_of(days, today),
            tuple(conditions[version_id]),
            exceptions,
        )
        for agreement in agreements
        for version_id, days in (facts[agreement.id],)
        if version_id is not None and version_id in versions
    ]
    return tuple(sorted(papers, key=lambda p: (STATES.index(p.state), p.ends_on or date.max, p.agreement.our_code)))


def _logo(setting: str) -> bytes | None:
    """The picture of the letterhead, which the office keeps as base64."""
    try:
        return base64.b64decode(setting, validate=True) or None
    except (binascii.Error, ValueError):
        return None
