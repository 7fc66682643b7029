"""The rules of records: what blocks, at which field, and what is let pass."""

from datetime import date

import pytest

from partnerdesk.domain import rules
from partnerdesk.domain.agreements import Agreement, AgreementVersion, Condition, ConditionYear, Party
from partnerdesk.domain.partners import Contact, Institution, OrgUnit


def found(problems: object) -> list[tuple[str, str, str]]:
    return [(p.code, p.severity, p.field) for p in problems]  # type: ignore[attr-defined]


def test_that_an_institution_has_a_name_and_lies_on_the_earth() -> None:
    assert found(rules.institution_problems(Institution(name="Łódź", latitude=-90, longitude=180))) == []
    assert found(rules.institution_problems(Institution(name=" ", latitude=91, longitude=-181))) == [
        ("R00", "block", "name"), ("R00", "block", "latitude"), ("R00", "block", "longitude")]


def test_that_an_end_before_the_beginning_blocks_at_the_end() -> None:
    early, late = date(2026, 1, 1), date(2026, 1, 2)
    assert found(rules.version_problems(AgreementVersion(valid_from=late, valid_to=early))) == [
        ("R10", "block", "valid_to")]
    assert found(rules.version_problems(AgreementVersion(valid_from=early, valid_to=early))) == []
    assert found(rules.version_problems(AgreementVersion(first_year=2026, last_year=2025))) == [
        ("R10", "block", "last_year")]
    assert found(rules.institution_problems(Institution(name="a", charter_from=late, charter_to=early))) == [
        ("R10", "block", "charter_to")]
    assert found(rules.contact_problems(Contact(family_name="N", valid_from=late, valid_to=early))) == [
        ("R10", "block", "valid_to")]
    ended = Agreement(type="mou", termination_notice_on=late, termination_effective_on=early)
    assert found(rules.agreement_problems(ended)) == [("R10", "block", "termination_effective_on")]


def test_that_an_institution_is_not_its_own_successor() -> None:
    assert found(rules.institution_problems(Institution(id=3, name="a", successor_id=3))) == [
        ("R03", "block", "successor_id")]


@pytest.mark.parametrize("address", ["ana@example.edu", "a.b-c+d@sub.example.org", "ü@example.edu"])
def test_that_a_whole_address_is_one(address: str) -> None:
    assert rules.email_looks_right(address)


@pytest.mark.parametrize("address", ["ana", "ana@", "@example.edu", "ana@example", "a b@example.edu", "a@b@example.edu",
                                     "ana@example..edu", "ana@example.e", "<ana@example.edu>", "a@x.edu, b@x.edu"])
def test_that_half_an_address_is_none(address: str) -> None:
    assert not rules.email_looks_right(address)


def test_that_a_contact_may_be_known_by_function_alone() -> None:
    assert found(rules.contact_problems(Contact(function="International office"))) == []
    assert found(rules.contact_problems(Contact(email="ana"))) == [
        ("R00", "block", "family_name"), ("R00", "block", "email")]


def test_that_units_make_a_tree() -> None:
    units = [OrgUnit(id=1, name="a"), OrgUnit(id=2, name="b", parent_id=1), OrgUnit(id=3, name="c", parent_id=2)]
    assert found(rules.unit_problems(OrgUnit(id=3, name="c", parent_id=1), units)) == []
    assert found(rules.unit_problems(OrgUnit(id=1, name="a", parent_id=3), units)) == [("R03", "block", "parent_id")]
    assert found(rules.unit_problems(OrgUnit(id=1, name="a", parent_id=1), units)) == [("R03", "block", "parent_id")]
    assert found(rules.unit_problems(OrgUnit(name="new", parent_id=3), units)) == []


def test_that_numbers_of_terms_stay_in_bounds() -> None:
    assert found(rules.version_problems(AgreementVersion(auto_renew_months=121, notice_months=-1))) == [
        ("R00", "block", "auto_renew_months"), ("R00", "block", "notice_months")]
    assert found(rules.condition_problems(Condition(heads=-1, months=10_000, days=100_000))) == [
        ("R00", "block", "heads"), ("R00", "block", "months"), ("R00", "block", "days")]
    assert found(rules.condition_problems(Condition(heads=0))) == []


def test_that_years_outside_the_agreement_only_warn() -> None:
    version = AgreementVersion(first_year=2024, last_year=2026)
    assert found(rules.condition_problems(Condition(), version)) == []
    assert found(rules.condition_problems(Condition(first_year=2024, last_year=2026), version)) == []
    assert found(rules.condition_problems(Condition(last_year=2027), version)) == [("R17", "warn", "first_year")]
    assert found(rules.condition_problems(Condition(first_year=2023), version)) == [("R17", "warn", "first_year")]


def test_that_an_exception_lies_within_its_condition() -> None:
    condition = Condition(first_year=2024, last_year=2026)
    assert found(rules.year_problems(ConditionYear(year=2024), condition)) == []
    assert found(rules.year_problems(ConditionYear(year=2027, heads=-1), condition)) == [
        ("R17", "block", "year"), ("R00", "block", "heads")]


def test_that_a_paper_has_a_version_and_both_sides() -> None:
    assert found(rules.paper_problems([AgreementVersion()], [Party(side="our"), Party()])) == []
    assert found(rules.paper_problems([AgreementVersion()], [Party()])) == [("R00", "warn", "")]
    assert found(rules.paper_problems([], [])) == [("R00", "block", ""), ("R00", "block", ""), ("R00", "warn", "")]
