"""The versions of an agreement: both sides sign, the approved one is sealed, the next one begins from it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import (
    Agreement,
    AgreementVersion,
    Condition,
    ConditionYear,
    Party,
    SignOff,
    completed_on,
)
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.problems import Problem, Refused
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text
from partnerdesk.services.deeds import rows_of_version

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader, Unit


def display_name(agreement: Agreement) -> str:
    """How an agreement is called in a sentence: its number, else its title, else its type."""
    from partnerdesk.domain.vocab import label_of

    return agreement.our_code or agreement.title or str(label_of("agreement_type", agreement.type))


def sign(
    agreement: Agreement, version: AgreementVersion, party: Party, approved_on: date | None, *, by: str = "",
    kind: str = "paper", evidence: str = "",
) -> Deed[None]:
    """Record a party's approval of a version, or take it back (None). With the last one the version is sealed."""

    def run(unit: Unit) -> None:
        stored = unit.get(AgreementVersion, version.id)
        if stored.status == "replaced" or (stored.status == "approved" and approved_on is not None):
            refuse_sealed(unit, version.id)
        old = unit.find(SignOff, version_id=version.id, party_id=party.id)
        if approved_on is None:
            for one in old:
                unit.remove(SignOff, one.id)
        elif old:
            unit.change(SignOff, old[0].id, None, approved_on=approved_on, approved_by=by, kind=kind, evidence=evidence)
        else:
            unit.add(SignOff(version_id=version.id, party_id=party.id, approved_on=approved_on, approved_by=by,
                             kind=kind, evidence=evidence))
        settle_version(unit, stored)

    if approved_on is None:
        label = QT_TRANSLATE_NOOP("PartnerDesk", "take back an approval of {name}")
    else:
        label = QT_TRANSLATE_NOOP("PartnerDesk", "record an approval of {name}")
    return Deed(text(label, name=display_name(agreement)), run)


def settle_version(unit: Unit, version: AgreementVersion) -> None:
    """Seal a version that all parties have approved, and open one whose approval was taken back."""
    parties = unit.find(Party, agreement_id=version.agreement_id)
    sign_offs = unit.find(SignOff, version_id=version.id)
    complete = all(completed_on(parties, sign_offs, version.id, side) for side in ("our", "partner"))
    if complete and version.status != "approved":
        unit.change(AgreementVersion, version.id, None, status="approved", sealed=seal_of(unit, version))
        for other in unit.find(AgreementVersion, agreement_id=version.agreement_id):
            if other.id != version.id and other.status == "approved":
                unit.change(AgreementVersion, other.id, None, status="replaced")
    elif not complete and version.status == "approved":
        unit.change(AgreementVersion, version.id, None, status="negotiation", sealed="")
        _reinstate(unit, version)


def _reinstate(unit: Unit, version: AgreementVersion) -> None:
    replaced = [v for v in unit.find(AgreementVersion, agreement_id=version.agreement_id)
                if v.status == "replaced" and v.n < version.n]
    if replaced:
        unit.change(AgreementVersion, max(replaced, key=lambda v: v.n).id, None, status="approved")


def seal_of(reader: Reader, version: AgreementVersion) -> str:
    """The seal of a version as it is stored now."""
    return seal(version, reader.find(Condition, "position", version_id=version.id))


def seal(version: AgreementVersion, conditions: Sequence[Condition]) -> str:
    """SHA-256 over the terms of a version, to show later that they were not changed."""
    terms: list[Any] = [[str(getattr(version, f)) for f in TERMS]]
    for condition in conditions:
        terms.append([str(getattr(condition, f)) for f in CONDITION_TERMS])
    return hashlib.sha256(json.dumps(terms).encode()).hexdigest()


TERMS = ("valid_from", "valid_to", "first_year", "last_year", "open_ended", "auto_renew_months", "notice_months")
CONDITION_TERMS = (
    "direction", "activity", "first_year", "last_year", "heads", "months", "days", "places_unit", "blended", "levels",
    "fields", "field_note", "languages", "selection_note", "other_terms", "overflow",
)


def new_version(agreement: Agreement, base: AgreementVersion, reason: str = "") -> Deed[int]:
    """Begin the next version from the terms of another; the approved one stays in force until this is signed."""

    def run(unit: Unit) -> int:
        last = max(v.n for v in unit.find(AgreementVersion, agreement_id=agreement.id))
        made = unit.add(dataclasses.replace(
            unit.get(AgreementVersion, base.id), id=0, uid="", version=1, n=last + 1, status="draft", label="",
            made_on=clock.today(), made_by=unit.who, reason=reason, sealed=""))
        for condition in unit.find(Condition, "position", version_id=base.id):
            copy = unit.add(dataclasses.replace(condition, id=0, uid="", version=1, version_id=made.id))
            for exception in unit.find(ConditionYear, condition_id=condition.id):
                unit.add(dataclasses.replace(exception, id=0, uid="", version=1, condition_id=copy.id))
        return made.id

    label = text(QT_TRANSLATE_NOOP("PartnerDesk", "new version of {name}"), name=display_name(agreement))
    return Deed(label, run, reason=reason)


def remove_version(agreement: Agreement, version: AgreementVersion) -> Deed[None]:
    """Drop a version that was never approved."""

    def run(unit: Unit) -> None:
        refuse_sealed(unit, version.id)
        if len(unit.find(AgreementVersion, agreement_id=agreement.id)) == 1:
            raise Refused(Problem("R19", "block", "", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "An agreement keeps at least one version. Delete the agreement instead."))))
        for record, row_id in rows_of_version(unit, version.id):
            unit.remove(record, row_id)

    name = display_name(agreement)
    return Deed(text(QT_TRANSLATE_NOOP("PartnerDesk", "remove version {n} of {name}"), n=version.n, name=name), run,
                text(QT_TRANSLATE_NOOP("PartnerDesk", "Removed version {n} of {name}"), n=version.n, name=name))


def refuse_sealed(unit: Reader, version_id: int) -> AgreementVersion:
    """The version as it is stored, which must still be open. Raises Refused (R19), Missing."""
    version = unit.get(AgreementVersion, version_id)
    if version.status in ("approved", "replaced"):
        raise Refused(Problem(
            "R19", "block", "", Text(QT_TRANSLATE_NOOP("PartnerDesk", "An approved version cannot be changed.")),
            Text(QT_TRANSLATE_NOOP("PartnerDesk", "Make a new version"))))
    return version
