"""Writes the plan of a registrar's list as one step of the journal, exactly as it was shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from partnerdesk.domain.importing import Outcome
from partnerdesk.domain.people import Enrolment, Person, PersonContact
from partnerdesk.domain.stays import Stay
from partnerdesk.services.importing_commit import Committer
from partnerdesk.services.partners import ensure_home

if TYPE_CHECKING:
    from partnerdesk.services.importing_people import PeoplePlan
    from partnerdesk.services.importing_people_drafts import PersonRecord, StayRecord
    from partnerdesk.services.importing_plan import Stop
    from partnerdesk.store.unit import Unit


class PeopleCommitter(Committer):
    """Writes one plan of people inside one unit."""

    def __init__(self, unit: Unit, plan: PeoplePlan, stop: Stop | None = None) -> None:
        super().__init__(unit, plan, stop)
        self._people, self._stays = plan.people, plan.stays
        self._ids_of_people: dict[int, int] = {}

    def commit(self) -> None:
        """Write everything. Raises Refused when the office changed since the preview, Cancelled."""
        self.expect_unchanged()
        self._add_people([one for one in self._people if one.outcome is Outcome.NEW])
        self.check_stop()
        for record in self._people:
            if record.outcome is Outcome.CHANGED:
                self._change_person(record)
        self.check_stop()
        self._add_stays([one for one in self._stays if one.outcome is Outcome.NEW])
        for stay in self._stays:
            if stay.outcome is Outcome.CHANGED and stay.stored is not None:
                self._unit.change(Stay, stay.stored.id, stay.stored.version, **stay.changes)
        self.check_stop()
        self.note_batch()

    def _add_people(self, records: list[PersonRecord]) -> None:
        unit = self._unit
        ids = unit.add_many([Person(**record.draft.fields) for record in records])
        self._ids_of_people.update((record.ref, made) for record, made in zip(records, ids, strict=True))
        owned = list(zip(ids, records, strict=True))
        unit.add_many([_study(made, study) for made, record in owned for study in record.studies])
        unit.add_many([_call(made, call) for made, record in owned for call in record.calls])

    def _change_person(self, record: PersonRecord) -> None:
        unit, stored = self._unit, record.stored
        assert stored is not None
        if record.changes:
            unit.change(Person, stored.id, stored.version, **record.changes)
        unit.add_many([_study(stored.id, study) for study in record.new_studies])
        for study, changes in record.study_changes:
            unit.change(Enrolment, study.id, study.version, **changes)
        unit.add_many([_call(stored.id, call) for call in record.new_calls])
        for contact, changes in record.call_changes:
            unit.change(PersonContact, contact.id, contact.version, **changes)

    def _add_stays(self, records: list[StayRecord]) -> None:
        if not records:
            return
        ours = ensure_home(self._unit).id
        self._unit.add_many([self._stay(record, ours) for record in records])

    def _stay(self, record: StayRecord, ours: int) -> Stay:
        person = record.person
        sides = (ours, record.partner_id) if record.fields["direction"] == "out" else (record.partner_id, ours)
        owner = person.ref if person.ref > 0 else self._ids_of_people[person.ref]
        return Stay(person_id=owner, sending_id=sides[0], receiving_id=sides[1], **record.fields)


def _study(person_id: int, study: dict[str, Any]) -> Enrolment:
    return Enrolment(person_id=person_id, **study)


def _call(person_id: int, call: dict[str, str]) -> PersonContact:
    return PersonContact(person_id=person_id, kind="emergency", name=call["name"], phone=call["phone"])
