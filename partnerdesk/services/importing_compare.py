"""Sets what a file says of a partner or an agreement beside what is stored: cell by cell, adding, never erasing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.agreements import Condition
from partnerdesk.domain.identifiers import UNIQUE_SCHEMES, match_key
from partnerdesk.domain.importing import AGREEMENTS, PARTNERS, Difference, Outcome
from partnerdesk.domain.text import fold, name_key
from partnerdesk.services.importing_stored import TERMS, StoredAgreement, StoredPartner

if TYPE_CHECKING:
    from partnerdesk.services.importing_drafts import AgreementDraft, ContactDraft, PartnerDraft
    from partnerdesk.services.matching import Code, PartnerIndex

_SPELLED = frozenset(["name", "name_original", "city", "street", "region"])
_ADDRESSES = frozenset(["website", "factsheet_url", "catalogue_url"])
_CONDITION_TERMS = (
    "heads", "months", "days", "levels", "fields", "field_note", "languages", "first_year", "last_year",
    "selection_note", "other_terms",
)  # fmt: skip


@dataclass(slots=True)
class PartnerRecord:
    """A partner of the file; `ref` is its id in the office, or below zero for a new one."""

    ref: int
    draft: PartnerDraft
    rows: list[int]
    outcome: Outcome = Outcome.NEW
    differences: list[Difference] = field(default_factory=list)
    stored: StoredPartner | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    former_name: str = ""
    codes: list[Code] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    contacts: list[ContactDraft] = field(default_factory=list)
    contact_changes: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    responsible: str = ""


@dataclass(slots=True)
class AgreementRecord:
    """An agreement of the file and, when it is there already, what differs."""

    partner: PartnerRecord
    draft: AgreementDraft
    rows: list[int]
    outcome: Outcome = Outcome.NEW
    differences: list[Difference] = field(default_factory=list)
    stored: StoredAgreement | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    term_changes: dict[str, Any] = field(default_factory=dict)
    condition_changes: list[tuple[Condition, dict[str, Any]]] = field(default_factory=list)
    new_conditions: list[dict[str, Any]] = field(default_factory=list)
    concluded_on: date | None = None


def same_value(name: str, old: Any, new: Any) -> bool:
    """Whether two values of a field say the same: letter case, accents, web prefixes do not matter."""
    if old == new:
        return True
    if name in _ADDRESSES:
        return _bare(old) == _bare(new)
    if name in _SPELLED:
        return fold(old) == fold(new)
    if name in ("latitude", "longitude"):
        return old is not None and abs(old - new) < 0.00001
    if name == "geo_precision":
        return bool(old)
    return False


def compare_partner(record: PartnerRecord, stored: StoredPartner, index: PartnerIndex) -> None:
    """Find what the file would change of or add to a partner."""
    record.stored = stored
    draft, institution = record.draft, stored.institution
    for name, value in draft.fields.items():
        if name == "name":
            _compare_name(record, value)
        elif name == "tags":
            merged = tuple(dict.fromkeys((*institution.tags, *value)))
            _differs(record, name, institution.tags, merged)
        elif name == "remark":
            _differs(record, name, institution.remark, with_lines(institution.remark, value))
        else:
            _differs(record, name, getattr(institution, name), value)
    _compare_children(record, stored, index)
    if draft.responsible and (stored.partnership is None or stored.partnership.responsible != draft.responsible):
        record.responsible = draft.responsible
        before = stored.partnership.responsible if stored.partnership else ""
        record.differences.append(Difference(PARTNERS, "responsible", before, draft.responsible))
    record.outcome = Outcome.CHANGED if record.differences else Outcome.SAME


def compare_agreements(records: list[AgreementRecord], stored: StoredPartner) -> None:
    """Pair the agreements that the file gives a partner with those it has, and find what differs."""
    left = list(stored.agreements)
    by_uid = {one.agreement.uid: one for one in left}
    for record in records:
        if record.draft.uid in by_uid:
            record.stored = by_uid.pop(record.draft.uid)
            left.remove(record.stored)
            _compare_agreement(record, record.stored)
    for exact in (True, False):
        for record in records:
            if record.stored is None and (found := _pair(record, records, left, exact)):
                left.remove(found)
                record.stored = found
                _compare_agreement(record, found)


def with_lines(old: str, new: str) -> str:
    """A remark with those lines of another added that it lacks."""
    known = set(old.split("\n"))
    added = [line for line in new.split("\n") if line and line not in known]
    return "\n".join(part for part in (old, *added) if part)


def _pair(
    record: AgreementRecord, records: list[AgreementRecord], left: Iterable[StoredAgreement], exact: bool
) -> StoredAgreement | None:
    """The stored agreement that a record means: same identity and days, or the only one of that identity."""
    identity = record.draft.identity
    candidates = [one for one in left if one.identity == identity]
    if not candidates and not record.draft.said_type:
        candidates = [one for one in left if _but_type(one.identity) == _but_type(identity)]
    if exact:
        period = record.draft.period
        return next((one for one in candidates if one.period == period), None)
    rivals = [other for other in records if other.stored is None and other.draft.identity == identity]
    if len(candidates) == 1 and len(rivals) == 1:
        return candidates[0]
    begun = record.draft.period[0]
    return next((one for one in candidates if begun is not None and one.period[0] == begun), None)


def _but_type(identity: tuple[Any, ...]) -> tuple[Any, ...]:
    return identity if identity[0] != "about" else (identity[0], *identity[2:])


def _compare_name(record: PartnerRecord, name: str) -> None:
    assert record.stored is not None
    old = record.stored.institution.name
    if old == name or any(fold(alias.name) == fold(name) for alias in record.stored.aliases):
        return
    if fold(old) == fold(name):
        if not _better_spelling(old, name):
            return
    elif name_key(old) == name_key(name):
        return
    else:
        record.former_name = old
    record.changes["name"] = name
    record.differences.append(Difference(PARTNERS, "name", old, name))


def _differs(record: PartnerRecord, name: str, old: Any, new: Any) -> None:
    if old == new:
        return
    if same_value(name, old, new) and not (name in _SPELLED and _better_spelling(old, new)):
        return
    record.changes[name] = new
    record.differences.append(Difference(PARTNERS, name, said(old), said(new)))


def _better_spelling(old: str, new: str) -> bool:
    """Whether a spelling with the same letters tells more: not all capitals, or with the accents it lacked."""
    if _shouts(new):
        return False
    return _shouts(old) or (old.isascii() and not new.isascii())


def _shouts(name: str) -> bool:
    letters = [letter for letter in name if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) > 0.8 * len(letters)


def _compare_children(record: PartnerRecord, stored: StoredPartner, index: PartnerIndex) -> None:
    draft = record.draft
    own = {(one.scheme, match_key(one.scheme, one.value)) for one in stored.identifiers}
    for code in draft.codes:
        scheme, value, key = code
        taken = scheme in UNIQUE_SCHEMES and index.owner(scheme, key) not in (None, record.ref)
        if (scheme, key) not in own and not taken:
            record.codes.append(code)
            before = next((one.value for one in stored.identifiers if one.scheme == scheme), "")
            record.differences.append(Difference(PARTNERS, scheme, before, value))
    names = {fold(alias.name) for alias in stored.aliases} | {fold(stored.institution.name)}
    record.aliases = [alias for alias in draft.aliases if fold(alias) not in names]
    units = {fold(unit.name) for unit in stored.units}
    record.units = [unit for unit in draft.units if fold(unit) not in units]
    record.differences += [Difference(PARTNERS, "alias", "", alias) for alias in record.aliases]
    record.differences += [Difference(PARTNERS, "unit", "", unit) for unit in record.units]
    for contact in draft.contacts:
        _compare_contact(record, stored, contact)


def _compare_contact(record: PartnerRecord, stored: StoredPartner, contact: ContactDraft) -> None:
    names = ("title", "given_names", "family_name", "function", "email", "phone")
    person = fold(f"{contact.given_names} {contact.family_name}")
    for known in stored.contacts:
        same_mail = bool(contact.email) and known.email.casefold() == contact.email.casefold()
        if same_mail or (person and fold(f"{known.given_names} {known.family_name}") == person):
            said_anew = {n: v for n in names if (v := getattr(contact, n)) and not same_value(n, getattr(known, n), v)}
            if known.family_name or known.given_names:
                said_anew = {n: v for n, v in said_anew.items() if n != "function" or person}
            if said_anew:
                record.contact_changes.append((known.id, said_anew))
                record.differences += [
                    Difference(PARTNERS, name, getattr(known, name), value) for name, value in said_anew.items()
                ]
            return
    record.contacts.append(contact)
    record.differences.append(Difference(PARTNERS, "contact", "", contact.email or person))


def _compare_agreement(record: AgreementRecord, stored: StoredAgreement) -> None:
    for name, value in record.draft.stays.items():
        old = getattr(stored.agreement, name)
        new = with_lines(old, value) if name == "remark" else value
        if name == "type" and not record.draft.said_type:
            continue
        if old != new and fold(str(old)) != fold(str(new)):
            record.changes[name] = new
            record.differences.append(Difference(AGREEMENTS, name, said(old), said(new)))
    for name in TERMS:
        if name in record.draft.terms and (old := getattr(stored.version, name)) != record.draft.terms[name]:
            record.term_changes[name] = record.draft.terms[name]
            record.differences.append(Difference(AGREEMENTS, name, said(old), said(record.draft.terms[name])))
    _drop_other_shape(record, stored)
    if record.draft.concluded_on and stored.concluded_on != record.draft.concluded_on:
        record.concluded_on = record.draft.concluded_on
        record.differences.append(
            Difference(AGREEMENTS, "approved_on", said(stored.concluded_on), said(record.concluded_on))
        )
    _compare_conditions(record, stored)
    record.outcome = Outcome.CHANGED if record.differences else Outcome.SAME


def _drop_other_shape(record: AgreementRecord, stored: StoredAgreement) -> None:
    """A validity now told in days is no longer told in years, and the other way round."""
    for name, other in (("valid_from", "first_year"), ("valid_to", "last_year")):
        for told, untold in ((name, other), (other, name)):
            if told in record.term_changes and getattr(stored.version, untold) is not None:
                record.term_changes.setdefault(untold, None)
    ends = record.term_changes.get("valid_to") or record.term_changes.get("last_year")
    if ends and stored.version.open_ended:
        record.term_changes.setdefault("open_ended", False)


def _compare_conditions(record: AgreementRecord, stored: StoredAgreement) -> None:
    left = list(stored.conditions)
    for draft in record.draft.conditions:
        found = _same_condition(draft, left)
        if found is None:
            record.new_conditions.append(draft)
            record.differences.append(Difference(AGREEMENTS, "heads", "", said(draft.get("heads"))))
            continue
        left.remove(found)
        changed = {n: draft[n] for n in _CONDITION_TERMS if n in draft and draft[n] != getattr(found, n)}
        if changed:
            record.condition_changes.append((found, changed))
            record.differences += [
                Difference(AGREEMENTS, name, said(getattr(found, name)), said(value)) for name, value in changed.items()
            ]


def _same_condition(draft: Mapping[str, Any], left: Iterable[Condition]) -> Condition | None:
    """The stored places that a draft means: same direction and activity, then as much else as is the same."""
    rivals = [c for c in left if c.direction == draft["direction"] and c.activity == draft["activity"]]
    names = ("levels", "fields", "first_year", "languages", "heads")
    alike = [(sum(draft.get(n) == getattr(c, n) for n in names if n in draft), -i, c) for i, c in enumerate(rivals)]
    return max(alike, key=lambda one: one[:2])[2] if alike else None


def said(value: Any) -> str:
    """A value in a cell of the preview."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def _bare(address: str) -> str:
    bare = address.strip().lower().removeprefix("https://").removeprefix("http://")
    return bare.removeprefix("www.").rstrip("/")
