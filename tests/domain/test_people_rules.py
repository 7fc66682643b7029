"""What the rules say of people."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.people import Enrolment, Person, PersonContact, PersonLanguage
from partnerdesk.domain.people_rules import (
    ESI_PREFIX,
    age_on,
    contact_problems,
    enrolment_problems,
    esi_looks_right,
    esi_normal,
    guardian_problems,
    is_minor,
    language_problems,
    orcid_looks_right,
    orcid_normal,
    person_key,
    person_problems,
)

TODAY = date(2026, 3, 2)


def blocked(person):
    return [p.field for p in person_problems(person, TODAY) if p.severity == "block"]


def test_that_a_person_needs_any_name_in_any_script():
    assert blocked(Person()) == ["family_name"]
    assert blocked(Person(name_original="王俊")) == []
    assert blocked(Person(given_names="Ada")) == []


def test_that_somebody_anonymised_needs_no_name():
    assert blocked(Person(anonymised_on=TODAY)) == []


@pytest.mark.parametrize("esi", [
    "urn:schac:personalUniqueCode:int:esi:example.edu:12345", "urn:schac:personalUniqueCode:int:esi:pl:ab-12",
])
def test_that_an_esi_of_either_form_passes(esi):
    assert esi_looks_right(esi)
    assert blocked(Person(family_name="Kos", esi=esi)) == []


@pytest.mark.parametrize("esi", ["12345", ESI_PREFIX, f"{ESI_PREFIX}example.edu:", f"{ESI_PREFIX}example:1",
                                 "urn:schac:personalUniqueCode:de:example.edu:1"])
def test_that_what_is_no_esi_is_refused_with_how_one_reads(esi):
    (problem,) = (p for p in person_problems(Person(family_name="Kos", esi=esi), TODAY) if p.field == "esi")
    assert problem.severity == "block"
    assert ESI_PREFIX in str(problem.fix)


def test_that_an_esi_is_stored_in_its_registered_spelling():
    assert esi_normal(" URN:SCHAC:personaluniquecode:int:ESI:example.edu:12 ") == f"{ESI_PREFIX}example.edu:12"


def test_that_an_orcid_is_checked_by_its_last_digit():
    assert orcid_looks_right("0000-0002-1825-0097")
    assert orcid_looks_right("https://orcid.org/0000-0002-9079-593X")
    assert not orcid_looks_right("0000-0002-1825-0098")
    assert orcid_normal("https://orcid.org/0000000218250097") == "0000-0002-1825-0097"


@given(st.integers(min_value=0, max_value=10**15 - 1), st.integers(0, 14), st.integers(1, 9))
def test_that_every_slip_of_one_digit_in_an_orcid_is_found(number, place, off):
    body = f"{number:015}"
    whole = next(body + check for check in "0123456789X" if orcid_looks_right(body + check))
    wrong = whole[:place] + str((int(whole[place]) + off) % 10) + whole[place + 1:]
    assert not orcid_looks_right(wrong)


@pytest.mark.parametrize(("born", "severity"), [
    (date(2027, 1, 1), "block"), (date(1890, 1, 1), "block"), (date(2024, 1, 1), "warn")])
def test_that_an_implausible_birth_is_told(born, severity):
    (problem,) = person_problems(Person(family_name="Kos", birth_date=born), TODAY)
    assert (problem.severity, problem.field) == (severity, "birth_date")


def test_that_somebody_is_of_age_on_the_birthday_itself():
    person = Person(family_name="Kos", birth_date=date(2008, 3, 2))
    assert not is_minor(person, TODAY)
    assert is_minor(person, date(2026, 3, 1))
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17


def test_that_a_pupil_without_a_date_of_birth_counts_as_a_minor():
    assert is_minor(Person(kind="pupil"), TODAY)
    assert not is_minor(Person(kind="student"), TODAY)


def test_that_a_minor_needs_a_guardian_who_can_be_called():
    pupil = Person(family_name="Kos", kind="pupil")
    def said(*contacts):
        return [(p.code, p.severity) for p in guardian_problems(pupil, contacts, TODAY)]

    assert said() == [("P01", "warn")]
    assert said(PersonContact(kind="emergency", name="Ida", phone="1")) == [("P01", "warn")]
    assert said(PersonContact(kind="guardian", name="Ida")) == [("P01", "warn")]
    assert said(PersonContact(kind="guardian", name="Ida", phone="1")) == []


def test_that_parts_of_a_person_are_judged_too():
    assert [p.field for p in contact_problems(PersonContact(email="x@"))] == ["name", "email"]
    assert [p.field for p in language_problems(PersonLanguage())] == ["language"]
    wrong = Enrolment(valid_from=date(2026, 2, 1), valid_to=date(2026, 1, 1), year_of_study=16)
    assert [p.field for p in enrolment_problems(wrong)] == ["valid_to", "year_of_study"]


def test_that_a_name_is_known_again_whatever_its_accents_and_order():
    assert person_key("Łukasiewicz", "Anna Maria") == person_key("ANNA", "maria lukasiewicz")
