"""Writes a plan as one step of the journal, exactly as it was shown."""

from __future__ import annotations

import dataclasses
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Agreement, AgreementVersion, Condition, ConditionYear, Party, SignOff
from partnerdesk.domain.importing import Outcome
from partnerdesk.domain.office import ImportBatch
from partnerdesk.domain.partners import Alias, Contact, Identifier, Institution, Member, OrgUnit, Partnership
from partnerdesk.domain.problems import Cancelled, Problem, Refused
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.services.agreements import seal
from partnerdesk.services.importing_compare import AgreementRecord, PartnerRecord
from partnerdesk.services.importing_plan import Plan, Stop
from partnerdesk.services.mapping import remember
from partnerdesk.services.partners import ensure_home

if TYPE_CHECKING:
    from partnerdesk.store.unit import Unit

_FORMS = {
    "student_exchange": "student_exchange", "erasmus_iia": "student_exchange", "staff_exchange": "faculty_exchange",
    "research": "joint_research", "cotutelle": "joint_research", "double_degree": "curriculum_development",
    "traineeship": "student_exchange",
}  # fmt: skip


class Committer:
    """Writes one plan inside one unit; ids of new records replace the plan's numbers below zero."""

    def __init__(self, unit: Unit, plan: Plan, stop: Stop | None = None) -> None:
        self._unit, self._plan, self._stop = unit, plan, stop
        self._ids: dict[int, int] = {}
        self._units: dict[tuple[int, str], int] = {}
        self._partnerships: dict[int, int] = {}
        self._home: Institution | None = None

    def commit(self) -> None:
        """Write everything. Raises Refused when the office changed since the preview, Cancelled."""
        self.expect_unchanged()
        new = [one for one in self._plan.partners if one.outcome is Outcome.NEW]
        changed = [one for one in self._plan.partners if one.outcome is Outcome.CHANGED]
        self._add_partners(new)
        self.check_stop()
        for record in changed:
            self._change_partner(record)
        self.check_stop()
        self._write_agreements()
        self.check_stop()
        self.note_batch()

    def expect_unchanged(self) -> None:
        """Refuse where the office is another one by now than the preview was made for."""
        from partnerdesk.services.journal import recent_steps

        steps = recent_steps(self._unit, 1)
        if (steps[0].id if steps else 0) != self._plan.basis:
            sentence = QT_TRANSLATE_NOOP("PartnerDesk", "The office has changed since this preview was made.")
            fix = QT_TRANSLATE_NOOP("PartnerDesk", "Look at the preview again.")
            raise Refused(Problem("R00", "block", "", Text(sentence), Text(fix)))

    def check_stop(self) -> None:
        """Raise Cancelled when the user has had enough."""
        if self._stop is not None and self._stop():
            raise Cancelled

    def _add_partners(self, records: Sequence[PartnerRecord]) -> None:
        source = self._plan.book.path.name
        ids = self._unit.add_values(Institution, [{**one.draft.fields, "source": source} for one in records])
        self._ids.update((record.ref, made) for record, made in zip(records, ids, strict=True))
        owned = list(zip(ids, records, strict=True))
        self._unit.add_values(Identifier, [code for made, one in owned for code in _identifiers(made, one.draft.codes)])
        self._unit.add_many([_alias(made, name) for made, one in owned for name in one.draft.aliases])
        self._add_units([(made, name) for made, one in owned for name in one.draft.units])
        self._unit.add_many([_contact(made, c) for made, one in owned for c in one.draft.contacts])
        self._add_partnerships([(made, one.draft.responsible) for made, one in owned if one.draft.responsible])

    def _change_partner(self, record: PartnerRecord) -> None:
        unit, stored = self._unit, record.stored
        assert stored is not None
        institution = stored.institution
        if record.changes:
            unit.change(Institution, institution.id, institution.version, **record.changes)
        if record.former_name:
            unit.add(Alias(institution_id=institution.id, kind="former", name=record.former_name))
        preferred = {one.scheme for one in stored.identifiers}
        for values in _identifiers(institution.id, record.codes):
            code = Identifier(**values)
            for old in stored.identifiers:
                if old.scheme == code.scheme and old.preferred:
                    unit.change(Identifier, old.id, old.version, preferred=False)
            unit.add(dataclasses.replace(code, preferred=code.preferred or code.scheme in preferred))
        unit.add_many([_alias(institution.id, name) for name in record.aliases])
        self._units.update(((institution.id, fold(one.name)), one.id) for one in stored.units)
        self._add_units([(institution.id, name) for name in record.units])
        unit.add_many([_contact(institution.id, one) for one in record.contacts])
        for contact_id, fields in record.contact_changes:
            unit.change(Contact, contact_id, None, **fields)
        if record.responsible:
            self._set_responsible(record)

    def _set_responsible(self, record: PartnerRecord) -> None:
        assert record.stored is not None
        partnership = record.stored.partnership
        if partnership is None:
            self._add_partnerships([(record.ref, record.responsible)])
        else:
            self._unit.change(Partnership, partnership.id, partnership.version, responsible=record.responsible)

    def _add_units(self, wanted: Iterable[tuple[int, str]]) -> None:
        """Units by institution and name, each once; those there already are left alone."""
        missing: dict[tuple[int, str], OrgUnit] = {}
        for institution_id, name in wanted:
            key = institution_id, fold(name)
            if key not in self._units and key not in missing:
                missing[key] = OrgUnit(institution_id=institution_id, name=name)
        ids = self._unit.add_many(list(missing.values()))
        self._units.update(zip(missing, ids, strict=True))

    def _add_partnerships(self, wanted: Sequence[tuple[int, str]], forms: dict[int, set[str]] | None = None) -> None:
        """The relation to each institution that has none yet; one is made by itself for each partner."""
        said = forms or {}
        made = [
            Partnership(responsible=responsible, forms=tuple(sorted(said.get(institution_id, ()))))
            for institution_id, responsible in wanted
        ]
        ids = self._unit.add_many(made)
        owners = [institution_id for institution_id, _ in wanted]
        self._unit.add_many(
            [Member(partnership_id=one, institution_id=owner) for one, owner in zip(ids, owners, strict=True)]
        )
        self._partnerships.update(zip(owners, ids, strict=True))

    def _write_agreements(self) -> None:
        records = self._plan.agreements
        new = [one for one in records if one.outcome is Outcome.NEW]
        changed = [one for one in records if one.outcome is Outcome.CHANGED]
        if not new and not changed:
            return
        self._home = ensure_home(self._unit)
        own = self._unit.find(OrgUnit, institution_id=self._home.id)
        self._units.update(((self._home.id, fold(one.name)), one.id) for one in own)
        self._units.update(((self._home.id, fold(one.code)), one.id) for one in own if one.code)
        self._add_units([(self._home.id, one.draft.own_unit) for one in new if one.draft.own_unit])
        self._ensure_partnerships(new)
        self._add_agreements(new)
        for record in changed:
            self._change_agreement(record)

    def _ensure_partnerships(self, records: Sequence[AgreementRecord]) -> None:
        forms: dict[int, set[str]] = defaultdict(set)
        for record in records:
            institution_id = self._id_of(record.partner)
            stored = record.partner.stored
            if institution_id in self._partnerships:
                continue
            if stored is not None and stored.partnership is not None:
                self._partnerships[institution_id] = stored.partnership.id
            elif form := _FORMS.get(record.draft.stays["type"]):
                forms[institution_id].add(form)
            else:
                forms[institution_id].update(())
        self._add_partnerships([(institution_id, "") for institution_id in forms], forms)

    def _add_agreements(self, records: Sequence[AgreementRecord]) -> None:
        unit, today = self._unit, clock.today()
        ids = unit.add_many(
            [Agreement(partnership_id=self._partnerships[self._id_of(r.partner)], **r.draft.stays) for r in records]
        )
        conditions = [self._conditions(record) for record in records]
        versions = [
            AgreementVersion(
                agreement_id=made, **record.draft.terms, made_on=record.draft.concluded_on or today, made_by=unit.who,
                status="approved" if record.draft.concluded_on else "draft",
            )
            for made, record in zip(ids, records, strict=True)
        ]  # fmt: skip
        versions = [
            dataclasses.replace(version, sealed=seal(version, places)) if version.status == "approved" else version
            for version, places in zip(versions, conditions, strict=True)
        ]
        version_ids = unit.add_many(versions)
        placed = zip(version_ids, conditions, strict=True)
        unit.add_many(
            [dataclasses.replace(c, version_id=made, position=n) for made, group in placed for n, c in enumerate(group)]
        )
        self._add_parties(records, ids, version_ids)

    def _add_parties(self, records: Sequence[AgreementRecord], ids: Sequence[int], versions: Sequence[int]) -> None:
        assert self._home is not None
        parties: list[Party] = []
        for made, record in zip(ids, records, strict=True):
            partner = self._id_of(record.partner)
            theirs = self._unit_of(partner, record.draft.partner_unit)
            ours = self._unit_of(self._home.id, record.draft.own_unit)
            parties.append(Party(agreement_id=made, institution_id=self._home.id, side="our", unit_id=ours))
            parties.append(Party(agreement_id=made, institution_id=partner, side="partner", unit_id=theirs))
        party_ids = self._unit.add_many(parties)
        signed: list[SignOff] = []
        for place, record in enumerate(records):
            if day := record.draft.concluded_on:
                pair = party_ids[2 * place : 2 * place + 2]
                signed += [SignOff(version_id=versions[place], party_id=party, approved_on=day) for party in pair]
        self._unit.add_many(signed)

    def _conditions(self, record: AgreementRecord) -> list[Condition]:
        return [self._condition(record, draft) for draft in record.draft.conditions]

    def _condition(self, record: AgreementRecord, draft: dict[str, Any]) -> Condition:
        assert self._home is not None
        return Condition(
            **draft,
            own_unit_id=self._unit_of(self._home.id, record.draft.own_unit),
            partner_unit_id=self._unit_of(self._id_of(record.partner), record.draft.partner_unit),
        )

    def _change_agreement(self, record: AgreementRecord) -> None:
        unit, stored = self._unit, record.stored
        assert stored is not None
        if record.changes:
            unit.change(Agreement, stored.agreement.id, stored.agreement.version, **record.changes)
        terms_change = bool(record.term_changes or record.condition_changes or record.new_conditions)
        version = stored.version
        known = {condition.id: condition.id for condition in stored.conditions}
        if terms_change and stored.sealed:
            version, known = self._next_version(record)
        elif record.term_changes:
            unit.change(AgreementVersion, version.id, version.version, **record.term_changes)
        for condition, fields in record.condition_changes:
            unit.change(Condition, known[condition.id], None, **fields)
        position = 1 + max((one.position for one in stored.conditions), default=-1)
        for place, draft in enumerate(record.new_conditions, position):
            made = self._condition(record, draft)
            unit.add(dataclasses.replace(made, version_id=version.id, position=place))
        day = record.concluded_on or (record.draft.concluded_on if version.id != stored.version.id else None)
        if day is not None:
            self._sign(stored.parties, version.id, day)
            self._seal(version.id)

    def _next_version(self, record: AgreementRecord) -> tuple[AgreementVersion, dict[int, int]]:
        """A new version with the terms of the approved one and the changed ones; old condition id -> new."""
        unit, stored = self._unit, record.stored
        assert stored is not None
        base = dataclasses.replace(
            stored.version, id=0, uid="", version=1, n=stored.version.n + 1, status="draft", label="",
            made_on=clock.today(), made_by=unit.who, reason=self._plan.book.path.name, sealed="", **record.term_changes,
        )  # fmt: skip
        made = unit.add(base)
        known: dict[int, int] = {}
        exceptions = unit.where(ConditionYear, "condition_id", [one.id for one in stored.conditions])
        for condition in stored.conditions:
            copy = dataclasses.replace(condition, id=0, uid="", version=1, version_id=made.id)
            known[condition.id] = unit.add(copy).id
        for exception in exceptions:
            copied = dataclasses.replace(exception, id=0, uid="", version=1)
            unit.add(dataclasses.replace(copied, condition_id=known[exception.condition_id]))
        return made, known

    def _sign(self, parties: Iterable[Party], version_id: int, day: date) -> None:
        old = {one.party_id: one for one in self._unit.find(SignOff, version_id=version_id)}
        for party in parties:
            if party.id in old:
                self._unit.change(SignOff, old[party.id].id, old[party.id].version, approved_on=day)
            else:
                self._unit.add(SignOff(version_id=version_id, party_id=party.id, approved_on=day))

    def _seal(self, version_id: int) -> None:
        from partnerdesk.services.agreements import settle_version

        settle_version(self._unit, self._unit.get(AgreementVersion, version_id))

    def note_batch(self) -> None:
        """Keep what came in and how its columns were read."""
        plan, book = self._plan, self._plan.book
        remember(self._unit, plan.mapping, book.path.name)
        counts = json.dumps(plan.as_json(), ensure_ascii=False)
        step = self._unit.ensure_step()
        self._unit.add(
            ImportBatch(
                file_name=book.path.name, sha256=book.sha256, day=clock.today(), counts=counts,
                mapping=plan.mapping.as_json(), step_id=step,
            )
        )  # fmt: skip

    def _id_of(self, record: PartnerRecord) -> int:
        return record.ref if record.ref > 0 else self._ids[record.ref]

    def _unit_of(self, institution_id: int, name: str) -> int | None:
        if not name:
            return None
        key = institution_id, fold(name)
        if key not in self._units:
            for one in self._unit.find(OrgUnit, institution_id=institution_id):
                self._units[institution_id, fold(one.name)] = one.id
        if key not in self._units:
            self._add_units([(institution_id, name)])
        return self._units[key]


def _identifiers(institution_id: int, codes: Iterable[tuple[str, str, str]]) -> list[dict[str, Any]]:
    """The codes of an institution, the first of each scheme preferred."""
    made: list[dict[str, Any]] = []
    seen: set[str] = set()
    for scheme, value, _ in codes:
        preferred = scheme not in seen
        made.append({"institution_id": institution_id, "scheme": scheme, "value": value, "preferred": preferred})
        seen.add(scheme)
    return made


def _alias(institution_id: int, name: str) -> Alias:
    return Alias(institution_id=institution_id, name=name)


def _contact(institution_id: int, draft: Any) -> Contact:
    return Contact(
        institution_id=institution_id, title=draft.title, given_names=draft.given_names, family_name=draft.family_name,
        function=draft.function, email=draft.email, phone=draft.phone,
    )  # fmt: skip
