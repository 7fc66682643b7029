"""The rules for people: names, addresses, personal codes, dates of birth, and who answers for a minor."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from partnerdesk.domain.people import Enrolment, Person, PersonContact, PersonLanguage
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.rules import email_looks_right
from partnerdesk.domain.text import fold, squeezed
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, text

OF_AGE, YOUNGEST, OLDEST = 18, 4, 110
ESI_PREFIX = "urn:schac:personalUniqueCode:int:esi:"
_ESI = re.compile(r"(?:[a-z]{2}|[a-z0-9-]+(?:\.[a-z0-9-]+)+):[A-Za-z0-9!$()*+,\-.:;=@_'%]{1,120}")
_ORCID = re.compile(r"\d{15}[\dX]")


def person_problems(person: Person, today: date) -> Iterator[Problem]:
    """What is wrong with a person's own fields; an anonymised one has none to be wrong."""
    if person.anonymised_on is not None:
        return
    if not (person.family_name.strip() or person.given_names.strip() or person.name_original.strip()):
        yield _block("family_name", Text(QT_TRANSLATE_NOOP("PartnerDesk", "A person needs a name")))
    if person.email and not email_looks_right(person.email):
        yield _block("email", Text(QT_TRANSLATE_NOOP("PartnerDesk", "The e-mail is incomplete")))
    if person.esi and not esi_looks_right(person.esi):
        yield _block("esi", Text(QT_TRANSLATE_NOOP("PartnerDesk", "This is no European Student Identifier")), text(
            QT_TRANSLATE_NOOP("PartnerDesk", "It reads like {example}"), example=f"{ESI_PREFIX}example.edu:12345"))
    if person.orcid and not orcid_looks_right(person.orcid):
        yield _block("orcid", Text(QT_TRANSLATE_NOOP("PartnerDesk", "The ORCID has a typing error")), Text(
            QT_TRANSLATE_NOOP("PartnerDesk", "It has sixteen digits, like 0000-0002-1825-0097")))
    yield from birth_problems(person.birth_date, today)


def birth_problems(born: date | None, today: date) -> Iterator[Problem]:
    """What is wrong with a date of birth."""
    if born is None:
        return
    if born > today:
        yield _block("birth_date", Text(QT_TRANSLATE_NOOP("PartnerDesk", "The date of birth lies in the future")))
        return
    age = age_on(born, today)
    if age > OLDEST:
        yield _block("birth_date", Text(QT_TRANSLATE_NOOP("PartnerDesk", "The date of birth lies too far back")))
    elif age < YOUNGEST:
        yield Problem("P02", "warn", "birth_date", text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "This makes an age of {n}"), n=age))


def guardian_problems(person: Person, contacts: Iterable[PersonContact], day: date) -> Iterator[Problem]:
    """Whether somebody answers for a minor, on the day that counts (today, or the first of a stay): P01."""
    if not is_minor(person, day):
        return
    guardians = [one for one in contacts if one.kind == "guardian"]
    if not guardians:
        yield Problem("P01", "warn", "", Text(QT_TRANSLATE_NOOP("PartnerDesk", "A minor needs a guardian")), Text(
            QT_TRANSLATE_NOOP("PartnerDesk", "Add one under Contacts")))
    elif not any(one.phone for one in guardians):
        yield Problem("P01", "warn", "", Text(QT_TRANSLATE_NOOP(
            "PartnerDesk", "No guardian can be reached by phone")))


def contact_problems(contact: PersonContact) -> Iterator[Problem]:
    """What is wrong with somebody to call."""
    if not contact.name.strip():
        yield _block("name", Text(QT_TRANSLATE_NOOP("PartnerDesk", "A contact needs a name")))
    if contact.email and not email_looks_right(contact.email):
        yield _block("email", Text(QT_TRANSLATE_NOOP("PartnerDesk", "The e-mail is incomplete")))


def language_problems(language: PersonLanguage) -> Iterator[Problem]:
    """What is wrong with a language."""
    if not language.language:
        yield _block("language", Text(QT_TRANSLATE_NOOP("PartnerDesk", "Choose a language")))


def enrolment_problems(enrolment: Enrolment) -> Iterator[Problem]:
    """What is wrong with a study or a post."""
    if enrolment.valid_from and enrolment.valid_to and enrolment.valid_to < enrolment.valid_from:
        yield _block("valid_to", Text(QT_TRANSLATE_NOOP("PartnerDesk", "The end lies before the beginning")))
    if enrolment.year_of_study is not None and not 1 <= enrolment.year_of_study <= 15:
        yield _block("year_of_study", Text(QT_TRANSLATE_NOOP("PartnerDesk", "Years of study go from 1 to 15")))


def age_on(born: date, day: date) -> int:
    """Full years of life on a day; below zero before the birth."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_minor(person: Person, day: date) -> bool:
    """Whether a person is not of age on a day; a pupil without a date of birth counts as one."""
    if person.birth_date is None:
        return person.kind == "pupil"
    return age_on(person.birth_date, day) < OF_AGE


def esi_looks_right(esi: str) -> bool:
    """Whether a European Student Identifier has its prefix, a country or home organisation, and a number.

    Source: the SCHAC registry of personalUniqueCode, `urn:schac:personalUniqueCode:int:esi:<country|host>:<code>`.
    """
    prefix, rest = esi[:len(ESI_PREFIX)], esi[len(ESI_PREFIX):]
    return prefix.casefold() == ESI_PREFIX.casefold() and _ESI.fullmatch(rest) is not None


def esi_normal(written: str) -> str:
    """An identifier as it is stored: blanks gone, the prefix in its registered spelling."""
    tidy = "".join(written.split())
    if tidy.casefold().startswith(ESI_PREFIX.casefold()):
        return ESI_PREFIX + tidy[len(ESI_PREFIX):]
    return tidy


def orcid_looks_right(orcid: str) -> bool:
    """Whether an ORCID has sixteen digits and the right check digit (ISO 7064, MOD 11-2)."""
    digits = _orcid_digits(orcid)
    if not _ORCID.fullmatch(digits):
        return False
    total = 0
    for digit in digits[:15]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == digits[15]


def orcid_normal(written: str) -> str:
    """An ORCID as it is stored: 0000-0002-1825-0097; what is none is left as it stands."""
    digits = _orcid_digits(written)
    if not _ORCID.fullmatch(digits):
        return squeezed(written)
    return "-".join(digits[start:start + 4] for start in range(0, 16, 4))


def person_key(family: str, given: str) -> str:
    """What two spellings of a person's name have in common: folded words in one order."""
    return " ".join(sorted(fold(f"{family} {given}").split()))


def _orcid_digits(written: str) -> str:
    tidy = written.strip().rstrip("/").rsplit("/", 1)[-1]
    return "".join(c for c in tidy.upper() if c not in "- ")


def _block(field: str, sentence: Text, fix: Text | None = None) -> Problem:
    return Problem("R00", "block", field, sentence, fix)
