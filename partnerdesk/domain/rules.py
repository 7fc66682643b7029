"""The rules a record is judged by: each says what is wrong, how grave it is, in which field, and the fix."""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from partnerdesk.domain import identifiers
from partnerdesk.domain.agreements import Agreement, AgreementVersion, Condition, ConditionYear, Party
from partnerdesk.domain.partners import Contact, Identifier, Institution, OrgUnit
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text


def _block(code: str, field: str, sentence: Text, fix: str = "") -> Problem:
    return Problem(code, "block", field, sentence, Text(fix) if fix else None)


def institution_problems(institution: Institution) -> Iterator[Problem]:
    """What is wrong with an institution's own fields."""
    if not institution.name.strip():
        yield _block("R00", "name", Text(QT_TRANSLATE_NOOP("PartnerDesk", "A partner needs a name")))
    for field, limit in (("latitude", 90), ("longitude", 180)):
        value = getattr(institution, field)
        if value is not None and not -limit <= value <= limit:
            yield _block("R00", field, text(QT_TRANSLATE_NOOP("PartnerDesk", "Degrees go from −{n} to {n}"), n=limit))
    if institution.successor_id is not None and institution.successor_id == institution.id:
        yield _block("R03", "successor_id", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "An institution cannot be its own successor")))
    if _reversed(institution.charter_from, institution.charter_to):
        yield _block("R10", "charter_to", Text(_ENDS_FIRST))


def identifier_problems(identifier: Identifier, same: Sequence[Identifier] = ()) -> Iterator[Problem]:
    """What is wrong with a code; `same` are other institutions' equal ones (R01)."""
    if not identifier.value.strip():
        yield _block("R00", "value", Text(QT_TRANSLATE_NOOP("PartnerDesk", "The code is empty")))
        return
    problem = identifiers.check(identifier.scheme, identifier.value)
    if problem is not None:
        yield dataclasses.replace(problem, field="value")
    if same and identifier.scheme in identifiers.UNIQUE_SCHEMES:
        yield _block("R01", "value", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "Another institution already has {value}"), value=identifier.value))


def contact_problems(contact: Contact) -> Iterator[Problem]:
    """What is wrong with a contact."""
    if not (contact.family_name.strip() or contact.given_names.strip() or contact.function.strip()):
        yield _block("R00", "family_name", Text(QT_TRANSLATE_NOOP("PartnerDesk", "A contact needs a name")))
    if contact.email and not email_looks_right(contact.email):
        yield _block("R00", "email", Text(QT_TRANSLATE_NOOP("PartnerDesk", "The e-mail is incomplete")))
    if _reversed(contact.valid_from, contact.valid_to):
        yield _block("R10", "valid_to", Text(_ENDS_FIRST))


def email_looks_right(email: str) -> bool:
    """Whether an address has a name, one @ and a domain with an ending, and no blanks."""
    name, at, domain = email.rpartition("@")
    parts = domain.split(".")
    return bool(name and at and len(parts) > 1 and all(parts) and len(parts[-1]) > 1
                and not any(c.isspace() or c in "<>,;" for c in email) and "@" not in name)


def unit_problems(unit: OrgUnit, others: Iterable[OrgUnit]) -> Iterator[Problem]:
    """What is wrong with a unit; its parents must not lead back to it."""
    if not unit.name.strip():
        yield _block("R00", "name", Text(QT_TRANSLATE_NOOP("PartnerDesk", "A unit needs a name")))
    parents = {other.id: other.parent_id for other in others}
    at, seen = unit.parent_id, {unit.id} if unit.id else set()
    while at is not None:
        if at in seen:
            yield _block("R03", "parent_id", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "A unit cannot lie below itself")))
            return
        seen.add(at)
        at = parents.get(at)


def agreement_problems(agreement: Agreement) -> Iterator[Problem]:
    """What is wrong with what stays the same over all versions."""
    if not agreement.type:
        yield _block("R00", "type", Text(QT_TRANSLATE_NOOP("PartnerDesk", "An agreement needs a type")))
    if _reversed(agreement.termination_notice_on, agreement.termination_effective_on):
        yield _block("R10", "termination_effective_on", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "The end lies before the notice")))


def version_problems(version: AgreementVersion) -> Iterator[Problem]:
    """What is wrong with the terms: the end before the beginning (R10), numbers below nothing."""
    if _reversed(version.valid_from, version.valid_to):
        yield _block("R10", "valid_to", Text(_ENDS_FIRST))
    if version.first_year is not None and version.last_year is not None and version.last_year < version.first_year:
        yield _block("R10", "last_year", Text(_ENDS_FIRST))
    for field in ("auto_renew_months", "notice_months"):
        value = getattr(version, field)
        if value is not None and not 0 <= value <= 120:
            yield _block("R00", field, Text(QT_TRANSLATE_NOOP("PartnerDesk", "Months go from 0 to 120")))


def condition_problems(condition: Condition, version: AgreementVersion | None = None) -> Iterator[Problem]:
    """What is wrong with a row of the conditions, by itself and within its version (R17)."""
    if _reversed_years(condition.first_year, condition.last_year):
        yield _block("R10", "last_year", Text(_ENDS_FIRST))
    for field, limit in (("heads", 9999), ("months", 9999), ("days", 99999)):
        value = getattr(condition, field)
        if value is not None and not 0 <= value <= limit:
            yield _block("R00", field, text(QT_TRANSLATE_NOOP("PartnerDesk", "Numbers go from 0 to {n}"), n=limit))
    if version is not None and version.first_year is not None and version.last_year is not None:
        first, last = condition.first_year or version.first_year, condition.last_year or version.last_year
        if first < version.first_year or last > version.last_year:
            yield Problem("R17", "warn", "first_year", Text(QT_TRANSLATE_NOOP(
                "PartnerDesk", "These years lie outside the agreement")))


def year_problems(exception: ConditionYear, condition: Condition) -> Iterator[Problem]:
    """What is wrong with the exception of one academic year."""
    first, last = condition.first_year, condition.last_year
    if (first is not None and exception.year < first) or (last is not None and exception.year > last):
        yield _block("R17", "year", Text(QT_TRANSLATE_NOOP("PartnerDesk", "The year lies outside the condition")))
    if exception.heads is not None and exception.heads < 0:
        yield _block("R00", "heads", text(QT_TRANSLATE_NOOP("PartnerDesk", "Numbers go from 0 to {n}"), n=9999))


def paper_problems(versions: Sequence[AgreementVersion], parties: Sequence[Party]) -> Iterator[Problem]:
    """What an agreement as a whole lacks: a version, a party on each side."""
    if not versions:
        yield _block("R00", "", Text(QT_TRANSLATE_NOOP("PartnerDesk", "This agreement has no version")))
    sides = {party.side for party in parties}
    if "partner" not in sides:
        yield _block("R00", "", Text(QT_TRANSLATE_NOOP("PartnerDesk", "This agreement has no partner's side")))
    if "our" not in sides:
        yield Problem("R00", "warn", "", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "This agreement has no side of ours")))


_ENDS_FIRST = QT_TRANSLATE_NOOP("PartnerDesk", "The end lies before the beginning")


def _reversed(start: object, end: object) -> bool:
    return start is not None and end is not None and end < start  # type: ignore[operator]


def _reversed_years(first: int | None, last: int | None) -> bool:
    return first is not None and last is not None and last < first
