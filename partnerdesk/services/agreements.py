"""What users do with agreements: draft, negotiate, sign on both sides, amend by a new version, end."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import (
    Agreement,
    AgreementVersion,
    Condition,
    ConditionYear,
    Document,
    Event,
    Facts,
    Party,
    SignOff,
)
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import Institution, Member, Partnership
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.rules import agreement_problems, condition_problems, version_problems, year_problems
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.services.below import rows_below
from partnerdesk.services.deeds import (
    batched,
    purge_rows,
    refuse_blocks,
    rows_of_agreement,
    set_archived,
    set_fields,
    set_fields_of_many,
    trash_mark,
)
from partnerdesk.services.partners import (
    ensure_home,
    ensure_partnership,
    home_institution,
    refuse_any_approved,
    refuse_approved,
)
from partnerdesk.services.versions import display_name as display_name
from partnerdesk.services.versions import new_version as new_version
from partnerdesk.services.versions import refuse_sealed
from partnerdesk.services.versions import remove_version as remove_version
from partnerdesk.services.versions import seal as seal
from partnerdesk.services.versions import seal_of as seal_of
from partnerdesk.services.versions import settle_version as settle_version
from partnerdesk.services.versions import sign as sign

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit


@dataclass(frozen=True, slots=True)
class AgreementFile:
    """Everything an agreement's form shows. `current` is the version that counts today."""

    agreement: Agreement
    name: str
    partner: Institution | None
    home: Institution | None
    partnership: Partnership
    members: tuple[Institution, ...]
    versions: tuple[AgreementVersion, ...]
    current: AgreementVersion | None
    parties: tuple[Party, ...]
    sign_offs: tuple[SignOff, ...]
    conditions: tuple[Condition, ...]
    exceptions: tuple[ConditionYear, ...]
    events: tuple[Event, ...]
    documents: tuple[Document, ...]
    facts: Facts

    def conditions_of(self, version_id: int) -> tuple[Condition, ...]:
        """The conditions of one version in their order."""
        return tuple(c for c in self.conditions if c.version_id == version_id)


def agreement_file(reader: Reader, agreement_id: int) -> AgreementFile:
    """All that belongs to one agreement. Raises Missing."""
    from partnerdesk.store.agreements import facts_for

    agreement = reader.get(Agreement, agreement_id)
    members = reader.find(Member, partnership_id=agreement.partnership_id)
    institutions = reader.many(Institution, [m.institution_id for m in members])
    partners = [institutions[m.institution_id] for m in members if m.role != "home"]
    versions = sorted(reader.find(AgreementVersion, agreement_id=agreement_id), key=lambda v: v.n)
    conditions = sorted(reader.where(Condition, "version_id", [v.id for v in versions]),
                        key=lambda c: (c.version_id, c.position, c.id))
    current_id, facts = facts_for(reader, agreement_id)
    return AgreementFile(
        agreement, display_name(agreement), partners[0] if partners else None, home_institution(reader),
        reader.get(Partnership, agreement.partnership_id), tuple(partners), tuple(versions),
        next((v for v in versions if v.id == current_id), None),
        tuple(reader.find(Party, agreement_id=agreement_id)),
        tuple(reader.where(SignOff, "version_id", [v.id for v in versions])),
        tuple(conditions), tuple(reader.where(ConditionYear, "condition_id", [c.id for c in conditions])),
        tuple(reader.find(Event, "day", agreement_id=agreement_id)),
        tuple(reader.find(Document, agreement_id=agreement_id)), facts,
    )


def partners_of(reader: Reader, agreement_ids: Sequence[int]) -> list[int]:
    """The institutions agreements are made with, each once, in the order of the agreements."""
    papers = dict(reader.columns(Agreement, ("id", "partnership_id"), "id", agreement_ids))
    members = reader.columns(Member, ("partnership_id", "institution_id", "role"), "partnership_id", papers.values())
    theirs: dict[int, list[int]] = {}
    for partnership, institution, role in members:
        if role != "home":
            theirs.setdefault(partnership, []).append(institution)
    return list(dict.fromkeys(i for paper in agreement_ids for i in theirs.get(papers.get(paper, 0), ())))


def new_agreement(
    institution: Institution, agreement: Agreement, version: AgreementVersion | None = None,
    conditions: Sequence[Condition] = (),
) -> Deed[int]:
    """Draft an agreement with a partner: version 1, our side and theirs as parties. The answer is its id."""

    def run(unit: Unit) -> int:
        return draft_agreement(unit, institution.id, agreement, version or AgreementVersion(), conditions)

    label = text(QT_TRANSLATE_NOOP("PartnerDesk", "new agreement with {name}"), name=institution.name)
    return Deed(label, run)


def draft_agreement(
    unit: Unit, institution_id: int, agreement: Agreement, version: AgreementVersion,
    conditions: Sequence[Condition] = (),
) -> int:
    """Store a new agreement with its first version inside a unit; its id."""
    refuse_blocks([*agreement_problems(agreement), *version_problems(version)])
    partnership = agreement.partnership_id or ensure_partnership(unit, institution_id).id
    made = unit.add(dataclasses.replace(agreement, partnership_id=partnership))
    first = unit.add(dataclasses.replace(
        version, agreement_id=made.id, n=1, made_on=version.made_on or clock.today(), made_by=unit.who))
    unit.add(Party(agreement_id=made.id, institution_id=ensure_home(unit).id, side="our"))
    unit.add(Party(agreement_id=made.id, institution_id=institution_id, side="partner"))
    for place, condition in enumerate(conditions):
        refuse_blocks(condition_problems(condition, first))
        unit.add(dataclasses.replace(condition, version_id=first.id, position=place))
    return made.id


def change_agreement(agreement: Agreement, **fields: Any) -> Deed[bool]:
    """Change what stays the same over all versions."""

    def run(unit: Unit) -> bool:
        return set_fields(unit, Agreement, agreement.id, agreement.version, fields, agreement_problems)

    return Deed(_changed(agreement, fields), run)


def change_terms(agreement: Agreement, version: AgreementVersion, **fields: Any) -> Deed[bool]:
    """Change the terms of a version that is still open (R19)."""

    def run(unit: Unit) -> bool:
        refuse_sealed(unit, version.id)
        return set_fields(unit, AgreementVersion, version.id, version.version, fields, version_problems)

    return Deed(_changed(agreement, fields), run)


def add_condition(agreement: Agreement, version: AgreementVersion, condition: Condition) -> Deed[int]:
    """Add a row to the conditions of an open version."""

    def run(unit: Unit) -> int:
        refuse_sealed(unit, version.id)
        refuse_blocks(condition_problems(condition, version))
        place = 1 + max((c.position for c in unit.find(Condition, version_id=version.id)), default=-1)
        return unit.add(dataclasses.replace(condition, version_id=version.id, position=place)).id

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "add a condition to {name}"), name=display_name(agreement)), run)


def change_condition(agreement: Agreement, condition: Condition, **fields: Any) -> Deed[bool]:
    """Change a condition of an open version."""

    def run(unit: Unit) -> bool:
        version = refuse_sealed(unit, condition.version_id)
        refuse_blocks(condition_problems(dataclasses.replace(condition, **fields), version))
        return unit.change(Condition, condition.id, condition.version, **fields)

    return Deed(_changed(agreement, fields), run)


def remove_condition(agreement: Agreement, condition: Condition) -> Deed[None]:
    """Take a condition out of an open version, its exceptions and shares of faculties with it."""

    def run(unit: Unit) -> None:
        refuse_sealed(unit, condition.version_id)
        for record, row_id in rows_below(unit, Condition, [condition.id]):
            unit.remove(record, row_id)

    name = display_name(agreement)
    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "remove a condition of {name}"), name=name), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Removed a condition of {name}"), name=name))


def set_exception(agreement: Agreement, exception: ConditionYear) -> Deed[None]:
    """Set what a condition grants in one academic year; nothing but the year takes the exception away."""

    def run(unit: Unit) -> None:
        condition = unit.get(Condition, exception.condition_id)
        refuse_sealed(unit, condition.version_id)
        refuse_blocks(year_problems(exception, condition))
        old = unit.find(ConditionYear, condition_id=exception.condition_id, year=exception.year)
        empty = exception.heads is None and exception.months is None and not exception.closed
        if old and empty:
            unit.remove(ConditionYear, old[0].id)
        elif old:
            unit.change(ConditionYear, old[0].id, None, heads=exception.heads, months=exception.months,
                        closed=exception.closed, reason=exception.reason)
        elif not empty:
            unit.add(exception)

    label = QT_TRANSLATE_NOOP("PartnerDesk", "change the exception of a year of {name}")
    return Deed(text(label, name=display_name(agreement)), run)


def add_party(agreement: Agreement, institution: Institution, side: str) -> Deed[int]:
    """Add one more institution that has to sign."""

    def run(unit: Unit) -> int:
        if any(v.status == "approved" for v in unit.find(AgreementVersion, agreement_id=agreement.id)):
            raise Refused(Problem("R19", "block", "", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "An approved agreement takes no more parties. Renew it to sign with others."))))
        return unit.add(Party(agreement_id=agreement.id, institution_id=institution.id, side=side)).id

    label = text(QT_TRANSLATE_NOOP("PartnerDesk", "add {party} to {name}"), party=institution.name,
                 name=display_name(agreement))
    return Deed(label, run)


def change_party(agreement: Agreement, party: Party, **fields: Any) -> Deed[bool]:
    """Set a party's unit or signee."""

    def run(unit: Unit) -> bool:
        return unit.change(Party, party.id, party.version, **fields)

    return Deed(_changed(agreement, fields), run)


def remove_party(agreement: Agreement, party: Party) -> Deed[None]:
    """Take a party away that has signed nothing."""

    def run(unit: Unit) -> None:
        if unit.find(SignOff, party_id=party.id):
            raise Refused(Problem("R19", "block", "", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "This party has approved a version and cannot be removed."))))
        unit.remove(Party, party.id)
        for version in unit.find(AgreementVersion, agreement_id=agreement.id):
            if version.status != "replaced":
                settle_version(unit, version)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "remove a party of {name}"), name=display_name(agreement)), run)


def log_event(agreement: Agreement, kind: str, day: date, note: str = "") -> Deed[int]:
    """Write an entry into the agreement's log."""

    def run(unit: Unit) -> int:
        return unit.add(Event(agreement_id=agreement.id, kind=kind, day=day, note=note)).id

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "add to the log of {name}"), name=display_name(agreement)), run)


def change_event(agreement: Agreement, event: Event, **fields: Any) -> Deed[bool]:
    """Change an entry of the agreement's log."""

    def run(unit: Unit) -> bool:
        return set_fields(unit, Event, event.id, event.version, fields, None)

    name = display_name(agreement)
    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "change the log of {name}"), name=name), run)


def remove_event(agreement: Agreement, event: Event) -> Deed[None]:
    """Take an entry out of the agreement's log."""

    def run(unit: Unit) -> None:
        unit.remove(Event, event.id)

    name = display_name(agreement)
    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "remove a log entry of {name}"), name=name), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Removed a log entry of {name}"), name=name))


def terminate(
    agreement: Agreement, notice_on: date | None, effective_on: date | None, by: str, reason: str = ""
) -> Deed[None]:
    """Give notice (effective later), or take it back with empty dates."""

    def run(unit: Unit) -> None:
        fields: dict[str, Any] = {"termination_notice_on": notice_on, "termination_effective_on": effective_on,
                                  "terminated_by": by}
        set_fields(unit, Agreement, agreement.id, agreement.version, fields, agreement_problems)

    name = display_name(agreement)
    if effective_on is None:
        return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "take back the end of {name}"), name=name), run)
    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "end {name}"), name=name), run, reason=reason)


def renew(file: AgreementFile, first_year: int | None, last_year: int | None, our_code: str) -> Deed[int]:
    """Draft the successor of an agreement with the same terms for other years; the answer is its id."""
    base = file.current or file.versions[-1]

    def run(unit: Unit) -> int:
        heir = dataclasses.replace(
            file.agreement, id=0, uid="", version=1, predecessor_id=file.agreement.id, our_code=our_code,
            partner_code="", terminated_by="", termination_notice_on=None, termination_effective_on=None,
            archived_on=None)
        terms = dataclasses.replace(
            base, id=0, uid="", version=1, status="draft", sealed="", first_year=first_year, last_year=last_year,
            valid_from=None, valid_to=None, open_ended=last_year is None, made_on=None)
        conditions = [dataclasses.replace(c, id=0, uid="", version=1, first_year=None, last_year=None)
                      for c in file.conditions_of(base.id)]
        assert file.partner is not None
        return draft_agreement(unit, file.partner.id, heir, terms, conditions)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "renew {name}"), name=file.name), run)


def delete_agreements(agreements: Sequence[Agreement]) -> Deed[None]:
    """Put agreements into the trash; approved ones can only be archived (R18)."""

    def run(unit: Unit) -> None:
        mark = trash_mark()
        for some in batched(agreements):
            refuse_any_approved(unit, {one.id: display_name(one) for one in some})
            unit.change_many(Agreement, [one.id for one in some], deleted_at=mark)

    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "delete {name}"), agreements), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Deleted {name}"), agreements))


def archive_agreements(agreements: Sequence[Agreement], *, back: bool = False) -> Deed[None]:
    """Put agreements out of the way without losing anything, or bring them back."""

    def run(unit: Unit) -> None:
        set_archived(unit, Agreement, agreements, back)

    if back:
        return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "bring {name} back from the archive"), agreements), run,
                    _about(QT_TRANSLATE_NOOP("PartnerDesk", "Brought back {name}"), agreements))
    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "archive {name}"), agreements), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Archived {name}"), agreements))


def restore_agreements(agreements: Sequence[Agreement]) -> Deed[None]:
    """Take agreements out of the trash, their partner with them when it is there too."""

    def run(unit: Unit) -> None:
        for agreement in agreements:
            for member in unit.find(Member, partnership_id=agreement.partnership_id):
                if unit.get(Institution, member.institution_id).deleted_at:
                    unit.change(Institution, member.institution_id, None, deleted_at="")
            unit.change(Agreement, agreement.id, None, deleted_at="")

    return Deed(_about(QT_TRANSLATE_NOOP("PartnerDesk", "restore {name}"), agreements), run,
                _about(QT_TRANSLATE_NOOP("PartnerDesk", "Restored {name}"), agreements))


def change_many(ids: Sequence[int], fields: Mapping[str, Any]) -> Deed[None]:
    """Set the same fields on many agreements in one step."""

    def run(unit: Unit) -> None:
        set_fields_of_many(unit, Agreement, ids, fields, agreement_problems)

    return Deed(counted(len(ids), QT_TRANSLATE_NOOP("PartnerDesk", "change 1 agreement"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "change {n} agreements")), run,
                counted(len(ids), QT_TRANSLATE_NOOP("PartnerDesk", "Changed 1 agreement"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "Changed {n} agreements")))


def duplicate(file: AgreementFile) -> Deed[int]:
    """A draft with the same terms for the same partner; the answer is its id."""
    base = file.current or file.versions[-1]

    def run(unit: Unit) -> int:
        copy = dataclasses.replace(file.agreement, id=0, uid="", version=1, our_code="", partner_code="",
                                   predecessor_id=None, terminated_by="", termination_notice_on=None,
                                   termination_effective_on=None, archived_on=None)
        terms = dataclasses.replace(base, id=0, uid="", version=1, status="draft", sealed="", made_on=None)
        conditions = [dataclasses.replace(c, id=0, uid="", version=1) for c in file.conditions_of(base.id)]
        assert file.partner is not None
        return draft_agreement(unit, file.partner.id, copy, terms, conditions)

    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "duplicate {name}"), name=file.name), run)


def purge_agreement(agreement: Agreement) -> Deed[None]:
    """Remove an agreement in the trash for good; this cannot be undone."""

    def run(unit: Unit) -> None:
        refuse_approved(unit, agreement, display_name(agreement))
        purge_rows(unit, rows_of_agreement(unit, agreement.id))

    label = text(QT_TRANSLATE_NOOP("PartnerDesk", "purge {name}"), name=display_name(agreement))
    return Deed(label, run, kind="purge")


def _changed(agreement: Agreement, fields: Mapping[str, Any]) -> Text:
    from partnerdesk.services.labels import field_label

    name = display_name(agreement)
    if len(fields) == 1:
        (only,) = fields
        return text(QT_TRANSLATE_NOOP("PartnerDesk", "change {field} of {name}"), field=field_label(only), name=name)
    return text(QT_TRANSLATE_NOOP("PartnerDesk", "change {name}"), name=name)


def _about(template: str, agreements: Sequence[Agreement]) -> Text:
    if len(agreements) == 1:
        return text(template, name=display_name(agreements[0]))
    return text(template, name=text(QT_TRANSLATE_NOOP("PartnerDesk", "{n} agreements"), n=len(agreements)))
