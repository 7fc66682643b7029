"""What an office already holds of the partners that a file names, gathered in a few queries to be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.agreements import Agreement, AgreementVersion, Condition, Party, SignOff, completed_on
from partnerdesk.domain.partners import Alias, Contact, Identifier, Institution, Member, OrgUnit, Partnership
from partnerdesk.domain.text import fold
from partnerdesk.services.importing_drafts import identity, period

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

TERMS = ("valid_from", "valid_to", "first_year", "last_year", "open_ended", "notice_months", "auto_renew_months")


@dataclass(slots=True)
class StoredPartner:
    """One institution with all that an import may compare or add to."""

    institution: Institution
    identifiers: list[Identifier] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    units: list[OrgUnit] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    partnership: Partnership | None = None
    agreements: list[StoredAgreement] = field(default_factory=list)


@dataclass(slots=True)
class StoredAgreement:
    """One agreement with its last version, which is the one an import compares with."""

    agreement: Agreement
    version: AgreementVersion
    conditions: list[Condition]
    parties: list[Party]
    own_unit: str
    partner_unit: str
    concluded_on: date | None

    @property
    def identity(self) -> tuple[Any, ...]:
        """What it is recognised by, as AgreementDraft.identity."""
        fields = {code for condition in self.conditions for code in condition.fields}
        notes = {fold(condition.field_note) for condition in self.conditions}
        return identity(_stays(self.agreement), fields, notes, self.own_unit, self.partner_unit)

    @property
    def period(self) -> tuple[Any, ...]:
        """When it runs, as AgreementDraft.period."""
        return period({name: getattr(self.version, name) for name in TERMS}, self.concluded_on)

    @property
    def sealed(self) -> bool:
        """Whether its last version is approved, so that a change is a new version (R19)."""
        return self.version.status in ("approved", "replaced")


def stored_partners(reader: Reader, ids: Iterable[int]) -> dict[int, StoredPartner]:
    """The partners with these ids and everything that belongs to them."""
    wanted = list(ids)
    found = {i: StoredPartner(one) for i, one in reader.many(Institution, wanted).items()}
    for identifier in reader.where(Identifier, "institution_id", wanted):
        found[identifier.institution_id].identifiers.append(identifier)
    for alias in reader.where(Alias, "institution_id", wanted):
        found[alias.institution_id].aliases.append(alias)
    for unit in reader.where(OrgUnit, "institution_id", wanted):
        found[unit.institution_id].units.append(unit)
    for contact in reader.where(Contact, "institution_id", wanted):
        found[contact.institution_id].contacts.append(contact)
    _add_papers(reader, found)
    return found


def _add_papers(reader: Reader, found: dict[int, StoredPartner]) -> None:
    of_partnership: dict[int, list[int]] = defaultdict(list)
    for member in reader.where(Member, "institution_id", found):
        if member.role != "home":
            of_partnership[member.partnership_id].append(member.institution_id)
    partnerships = reader.many(Partnership, of_partnership)
    for partnership_id, institutions in of_partnership.items():
        for institution_id in institutions:
            if found[institution_id].partnership is None:
                found[institution_id].partnership = partnerships[partnership_id]
    agreements = [a for a in reader.where(Agreement, "partnership_id", of_partnership) if not a.deleted_at]
    for stored in _agreements(reader, agreements):
        for institution_id in of_partnership[stored.agreement.partnership_id]:
            found[institution_id].agreements.append(stored)


def _agreements(reader: Reader, agreements: list[Agreement]) -> list[StoredAgreement]:
    last: dict[int, AgreementVersion] = {}
    for version in reader.where(AgreementVersion, "agreement_id", [a.id for a in agreements]):
        if version.agreement_id not in last or version.n > last[version.agreement_id].n:
            last[version.agreement_id] = version
    conditions = _grouped(reader.where(Condition, "version_id", [v.id for v in last.values()]), "version_id")
    parties = _grouped(reader.where(Party, "agreement_id", list(last)), "agreement_id")
    sign_offs = _grouped(reader.where(SignOff, "version_id", [v.id for v in last.values()]), "version_id")
    units = reader.many(OrgUnit, _unit_ids(conditions.values(), parties.values()))
    made: list[StoredAgreement] = []
    for agreement in agreements:
        if agreement.id in last:
            version = last[agreement.id]
            mine = parties.get(agreement.id, [])
            places = sorted(conditions.get(version.id, []), key=lambda c: (c.position, c.id))
            own = _unit_name(units, [p.unit_id for p in mine if p.side == "our"], [c.own_unit_id for c in places])
            theirs = [c.partner_unit_id for c in places]
            other = _unit_name(units, [p.unit_id for p in mine if p.side == "partner"], theirs)
            signed = completed_on(mine, sign_offs.get(version.id, []), version.id, "partner")
            made.append(StoredAgreement(agreement, version, places, mine, own, other, signed))
    return made


def _grouped(records: Iterable[Any], name: str) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for record in records:
        groups[getattr(record, name)].append(record)
    return groups


def _unit_ids(conditions: Iterable[list[Condition]], parties: Iterable[list[Party]]) -> set[int]:
    ids = {unit for group in conditions for c in group for unit in (c.own_unit_id, c.partner_unit_id)}
    return {unit for unit in ids | {p.unit_id for group in parties for p in group} if unit is not None}


def _unit_name(units: dict[int, OrgUnit], first: list[int | None], then: list[int | None]) -> str:
    return next((units[unit].name for unit in (*first, *then) if unit is not None and unit in units), "")


def _stays(agreement: Agreement) -> dict[str, Any]:
    return {name: getattr(agreement, name) for name in ("type", "programme", "title", "our_code", "partner_code")}
