"""What the rules judge stays with, read for many stays in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import AgreementVersion, Condition, ConditionYear, Document, Facts, rolled
from partnerdesk.domain.factsheets import Factsheet
from partnerdesk.domain.learning import (
    LearningComponent,
    LearningVersion,
    first_completed_on,
    in_force,
    totals,
)
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import PersonLanguage
from partnerdesk.domain.stay_rules import Around, Cover
from partnerdesk.domain.stays import Override, Stay
from partnerdesk.domain.transcripts import Recognition, Transcript, TranscriptLine

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader


def partner_of(stay: Stay) -> int | None:
    """The institution on the other side."""
    return stay.receiving_id if stay.direction == "out" else stay.sending_id


def arounds(reader: Reader, stays: Sequence[Stay]) -> dict[int, Around]:
    """What each of these stays is judged with, by its id."""
    papers = _papers(reader, [stay.id for stay in stays])
    agreements = _Agreements(reader, stays)
    partners = reader.columns(Institution, ("id", "country"), "id", {partner_of(s) for s in stays} - {None})
    countries = dict(partners)
    people = {stay.person_id for stay in stays}
    others = _by(reader.where(Stay, "person_id", people), "person_id")
    languages = _by(reader.where(PersonLanguage, "person_id", people), "person_id")
    sheets = {(sheet.institution_id, sheet.year): sheet for sheet in reader.where(
        Factsheet, "institution_id", {s.receiving_id for s in stays} - {None})}
    today = clock.today()
    found = {}
    for stay in stays:
        about = papers[stay.id]
        condition, years, exceptions = agreements.condition(stay)
        found[stay.id] = Around(
            today=today, partner_country=countries.get(partner_of(stay), ""), covers=agreements.covers(stay),
            condition=condition, condition_years=years, exceptions=exceptions,
            others=tuple(one for one in others[stay.person_id] if one.id != stay.id),
            languages=tuple((one.language, one.level) for one in languages[stay.person_id]),
            factsheet=sheets.get((stay.receiving_id or 0, stay.year)), documents=tuple(about.documents),
            signed=first_completed_on(about.learning) is not None, credits=about.credits,
            transcript_on=about.transcript_on, undecided=about.undecided, accepted=frozenset(about.accepted))
    return found


@dataclass(slots=True)
class _Papers:
    """The papers of one stay as the rules want them."""

    documents: list[Document] = field(default_factory=list)
    learning: list[LearningVersion] = field(default_factory=list)
    credits: float | None = None
    transcript_on: date | None = None
    undecided: int = 0
    accepted: set[str] = field(default_factory=set)


def _papers(reader: Reader, ids: Sequence[int]) -> dict[int, _Papers]:
    found: dict[int, _Papers] = defaultdict(_Papers)
    for document in reader.where(Document, "stay_id", ids):
        found[document.stay_id or 0].documents.append(document)
    for override in reader.where(Override, "stay_id", ids):
        found[override.stay_id].accepted.add(override.rule)
    for version in reader.where(LearningVersion, "stay_id", ids):
        found[version.stay_id].learning.append(version)
    holding = {held.id: stay for stay, papers in found.items() if (held := in_force(papers.learning))}
    components = _by(reader.where(LearningComponent, "version_id", holding), "version_id")
    for version_id, stay in holding.items():
        if components[version_id]:
            found[stay].credits = totals(components[version_id]).studied
    _add_transcripts(reader, ids, found)
    return found


def _add_transcripts(reader: Reader, ids: Sequence[int], found: dict[int, _Papers]) -> None:
    transcripts = {one.id: one for one in reader.where(Transcript, "stay_id", ids)}
    for one in transcripts.values():
        days = [day for day in (found[one.stay_id].transcript_on, one.received_on or one.issued_on) if day]
        found[one.stay_id].transcript_on = min(days, default=None)
    lines = {line.id: line for line in reader.where(TranscriptLine, "transcript_id", transcripts)}
    decided = {one.line_id for one in reader.where(Recognition, "line_id", lines) if one.decision != "open"}
    for line in lines.values():
        found[transcripts[line.transcript_id].stay_id].undecided += line.passed and line.id not in decided


class _Agreements:
    """The agreements with the partners of some stays, and the conditions that the stays use."""

    def __init__(self, reader: Reader, stays: Sequence[Stay]) -> None:
        from partnerdesk.store.stays import facts_around

        self._covers: dict[int, Cover] = {}
        self._of_partner: dict[int, list[int]] = defaultdict(list)
        partners = {partner for stay in stays if (partner := partner_of(stay)) is not None}
        named = {stay.agreement_id for stay in stays if stay.agreement_id is not None}
        for agreement, partner, facts in facts_around(reader, partners, named):
            cover = _cover(agreement, facts)
            if cover is not None:
                self._covers[agreement] = cover
                self._of_partner[partner or 0].append(agreement)
        ids = {stay.condition_id for stay in stays if stay.condition_id is not None}
        self._conditions = reader.many(Condition, ids)
        self._terms = reader.many(AgreementVersion, {one.version_id for one in self._conditions.values()})
        self._exceptions = _by(reader.where(ConditionYear, "condition_id", ids), "condition_id")

    def covers(self, stay: Stay) -> tuple[Cover, ...]:
        """The agreement a stay names, else all with its partner."""
        if stay.agreement_id is not None:
            return tuple(c for c in (self._covers.get(stay.agreement_id),) if c is not None)
        return tuple(self._covers[one] for one in self._of_partner[partner_of(stay) or 0])

    def condition(
        self, stay: Stay
    ) -> tuple[Condition | None, tuple[int | None, int | None], tuple[ConditionYear, ...]]:
        """The condition a stay uses, the years it is for, and its exceptions."""
        condition = self._conditions.get(stay.condition_id or 0)
        if condition is None:
            return None, (None, None), ()
        terms = self._terms[condition.version_id]
        years = (terms.first_year if condition.first_year is None else condition.first_year,
                 terms.last_year if condition.last_year is None else condition.last_year)
        if terms.open_ended or terms.auto_renew_months:
            years = (years[0], condition.last_year)
        return condition, years, tuple(self._exceptions[condition.id])


def _cover(agreement_id: int, facts: Facts) -> Cover | None:
    """The days in which an agreement holds; None while a side has not signed."""
    if facts.ours_on is None or facts.theirs_on is None:
        return None
    ends = None if facts.renew_months else rolled(facts, clock.today()).ends_on
    for end in (facts.termination_on, facts.superseded_on):
        if end is not None and (ends is None or end < ends):
            ends = end
    return Cover(agreement_id, facts.starts_on, ends)


def _by(records: Iterable[Any], name: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for record in records:
        found[getattr(record, name)].append(record)
    return found
