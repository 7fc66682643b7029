"""Sets what a registrar's list says of people and stays beside what is stored: adding, never erasing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.importing import PEOPLE, STAYS, Difference, Note, Outcome
from partnerdesk.domain.people import Enrolment, Person, PersonContact
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.text import fold
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, text
from partnerdesk.services.importing_compare import said, with_lines
from partnerdesk.services.importing_people_drafts import PersonDraft, PersonRecord, StayRecord, same_time

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

_SPELLED = frozenset(["family_name", "given_names", "name_original", "function", "title", "local_id"])
_GATHERED = frozenset(["tags", "citizenships"])
_OPEN = ("planned", "nomination", "live")
_STAY_FIELDS = ("year", "term", "planned_from", "planned_to", "programme")


def merged(record: PersonRecord, draft: PersonDraft) -> list[Note]:
    """Add what another row says of the same person; where it contradicts, the first row stands."""
    notes: list[Note] = []
    kept = record.draft.fields
    for name, value in draft.fields.items():
        if name not in kept:
            kept[name] = value
        elif name in _GATHERED:
            kept[name] = tuple(dict.fromkeys((*kept[name], *value)))
        elif name == "remark":
            kept[name] = with_lines(kept[name], value)
        elif name != "kind" and not _same(name, kept[name], value):
            sentence = QT_TRANSLATE_NOOP("PartnerDesk", "Row {row} says “{first}” for the same person; that is kept")
            notes.append(Note(name, text(sentence, row=record.rows[0], first=said(kept[name])[:60])))
    return notes


def compare_people(reader: Reader, records: Sequence[PersonRecord]) -> None:
    """Find what the file would change of or add to people that are here already."""
    ids = [record.ref for record in records]
    people = reader.many(Person, ids)
    studies: dict[int, list[Enrolment]] = defaultdict(list)
    for study in reader.where(Enrolment, "person_id", ids):
        studies[study.person_id].append(study)
    calls: dict[int, list[PersonContact]] = defaultdict(list)
    for call in reader.where(PersonContact, "person_id", ids):
        calls[call.person_id].append(call)
    for record in records:
        record.stored = people[record.ref]
        _compare_fields(record, people[record.ref])
        _compare_studies(record, studies[record.ref])
        _compare_calls(record, calls[record.ref])
        record.outcome = Outcome.CHANGED if record.differences else Outcome.SAME


def compare_stays(reader: Reader, records: Sequence[StayRecord]) -> None:
    """Pair the stays of the file with those people have, and find what differs."""
    left: dict[int, list[Stay]] = defaultdict(list)
    for stay in reader.where(Stay, "person_id", sorted({record.person.ref for record in records})):
        if not stay.deleted_at:
            left[stay.person_id].append(stay)
    for record in records:
        stored = next((one for one in left[record.person.ref] if _means(record, one)), None)
        if stored is None:
            continue
        left[record.person.ref].remove(stored)
        record.stored = stored
        open_still = stored.sending_status in _OPEN and stored.closed_on is None
        for name in _STAY_FIELDS if open_still else ():
            value = record.fields.get(name)
            if value and value != getattr(stored, name):
                record.changes[name] = value
                record.differences.append(Difference(STAYS, name, said(getattr(stored, name)), said(value)))
        record.outcome = Outcome.CHANGED if record.differences else Outcome.SAME


def _means(record: StayRecord, stay: Stay) -> bool:
    partner = stay.receiving_id if stay.direction == "out" else stay.sending_id
    told = {"year": stay.year, "term": stay.term, "planned_from": stay.planned_from, "planned_to": stay.planned_to}
    return (partner == record.partner_id and stay.direction == record.fields["direction"]
            and same_time(told, record.fields))


def _compare_fields(record: PersonRecord, person: Person) -> None:
    for name, value in record.draft.fields.items():
        old = getattr(person, name)
        new = value
        if name in _GATHERED:
            new = tuple(dict.fromkeys((*old, *value)))
        elif name == "remark":
            new = with_lines(old, value)
        elif name == "kind":
            continue
        if old != new and not _same(name, old, new):
            record.changes[name] = new
            record.differences.append(Difference(PEOPLE, name, said(old), said(new)))


def _compare_studies(record: PersonRecord, stored: Sequence[Enrolment]) -> None:
    left = list(stored)
    for study in record.studies:
        found = _study_like(study, left)
        if found is None:
            record.new_studies.append(study)
            title = study.get("programme_title") or study.get("field") or study.get("level") or ""
            record.differences.append(Difference(PEOPLE, "programme_title", "", said(title)))
            continue
        left.remove(found)
        changes = {name: value for name, value in study.items()
                   if value and not _same(name, getattr(found, name), value)}
        if changes:
            record.study_changes.append((found, changes))
            record.differences += [
                Difference(PEOPLE, name, said(getattr(found, name)), said(value)) for name, value in changes.items()]


def _study_like(study: Mapping[str, Any], left: Iterable[Enrolment]) -> Enrolment | None:
    """The stored study meant: same institution and title, else the only one of that institution."""
    at = study.get("institution_id")
    here = [one for one in left if at is None or one.institution_id in (None, at)]
    title = fold(study.get("programme_title", ""))
    named = [one for one in here if title and fold(one.programme_title) == title]
    if named:
        return named[0]
    return here[0] if len(here) == 1 and not (title and here[0].programme_title) else None


def _compare_calls(record: PersonRecord, stored: Sequence[PersonContact]) -> None:
    for call in record.calls:
        found = next((one for one in stored if fold(one.name) == fold(call["name"])), None)
        if found is None:
            record.new_calls.append(call)
            record.differences.append(Difference(PEOPLE, "contact", "", call["name"]))
        elif call["phone"] and _digits(call["phone"]) != _digits(found.phone):
            record.call_changes.append((found, {"phone": call["phone"]}))
            record.differences.append(Difference(PEOPLE, "phone", found.phone, call["phone"]))


def _same(name: str, old: Any, new: Any) -> bool:
    """Whether two values of a field say the same: letter case, accents and blanks do not matter."""
    if old == new:
        return True
    if name in _SPELLED or name == "programme_title":
        return fold(str(old)) == fold(str(new))
    if name in ("email", "esi"):
        return str(old).casefold() == str(new).casefold()
    if name == "phone":
        return bool(_digits(old)) and _digits(old) == _digits(new)
    return False


def _digits(phone: str) -> str:
    """The digits of a phone number, an international prefix written 00 or +."""
    bare = "".join(c for c in phone if c.isdigit() or c == "+")
    return bare.replace("+", "00", 1)
