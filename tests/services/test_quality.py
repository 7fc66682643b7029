"""The list of what an office's data lacks, and the report of it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from partnerdesk.domain.agreements import Agreement, AgreementVersion, Condition, Party
from partnerdesk.domain.partners import Contact, Identifier, Institution
from partnerdesk.domain.problems import BadFile
from partnerdesk.services import agreements, office, partners
from partnerdesk.services.journal import undo_deed, undo_state
from partnerdesk.services.quality import Finding, counts, findings, not_the_same, report
from partnerdesk.services.samples import make_sample
from partnerdesk.store.office import Office


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "office.partnerdesk"


@pytest.fixture
def empty(file: Path) -> Iterator[Office]:
    made = office.create_file(file)
    yield made
    made.close()


def found(opened: Office) -> list[tuple[str, str, str]]:
    with opened.read() as reader:
        return [(f.code, f.name, str(f.sentence)) for f in findings(reader)]


def new_partner(opened: Office, name: str, **fields: object) -> Institution:
    record = Institution(name=name, **fields)  # type: ignore[arg-type]
    made, _ = office.do(opened, partners.new_partner(record), "")
    with opened.read() as reader:
        return reader.get(Institution, made)


def test_that_an_empty_office_lacks_nothing(empty: Office) -> None:
    assert found(empty) == []


def test_that_a_bare_partner_is_named_with_all_it_lacks(empty: Office) -> None:
    new_partner(empty, "Universidad de Chile")
    assert [(code, said) for code, _, said in found(empty)] == [
        ("Q01", "No country"), ("Q03", "No agreement"), ("Q02", "No contact")]


def test_that_a_field_unknown_to_isced_is_kept_and_listed(empty: Office, stopped_clock: object) -> None:
    partner = new_partner(empty, "Universität Wien", country="AT")
    deed = agreements.new_agreement(
        partner, Agreement(type="erasmus_iia", our_code="W-1"), AgreementVersion(first_year=2025, last_year=2026),
        [Condition(direction="out", heads=2, fields=("0582", "0421"))])
    office.do(empty, deed, "")
    said = [line for line in found(empty) if line[0] == "R16"]
    sentence = "ISCED-F 2013 does not know the field 0582; it is kept as it stands"
    assert said == [("R16", "Universität Wien · W-1", sentence)]


def test_that_a_contact_is_asked_after_when_a_year_has_passed(empty: Office, stopped_clock: object) -> None:
    partner = new_partner(empty, "Universität Wien", country="AT")
    for name, day in (("Old", date(2025, 3, 1)), ("Fresh", date(2025, 3, 2))):
        record = Contact(institution_id=partner.id, family_name=name, email="a@example.edu", confirmed_on=day)
        office.do(empty, partners.add_child(partner, record), "")
    assert [said for code, _, said in found(empty) if code == "R04"] == ["Old was last confirmed on 2025-03-01"]


def test_that_years_between_agreements_are_listed(empty: Office, stopped_clock: object) -> None:
    partner = new_partner(empty, "Universität Wien", country="AT")
    with empty.write(agreements.new_agreement(partner, Agreement(type="mou")).label, "") as unit:
        for first, last in ((2021, 2022), (2024, 2026)):
            made = agreements.draft_agreement(
                unit, partner.id, Agreement(type="mou"), AgreementVersion(first_year=first, last_year=last))
            version = unit.find(AgreementVersion, agreement_id=made)[0]
            home = unit.add(Institution(name="Home", is_home=not first % 2, country="EE"))
            unit.add(Party(agreement_id=made, institution_id=home.id, side="our"))
            for party in unit.find(Party, agreement_id=made):
                from partnerdesk.domain.agreements import SignOff

                unit.add(SignOff(version_id=version.id, party_id=party.id, approved_on=date(first, 1, 1)))
    assert [said for code, _, said in found(empty) if code == "R11"] == ["No agreement covers 2023/2024"]


def test_that_partners_entered_twice_are_found(empty: Office) -> None:
    new_partner(empty, "Université Paris-Saclay", country="FR", city="Orsay")
    new_partner(empty, "Universite Paris Saclay", country="FR", city="Orsay")
    new_partner(empty, "Sorbonne Université", country="FR", city="Paris")
    twins = [(name, said) for code, name, said in found(empty) if code == "R02"]
    assert twins == [("Universite Paris Saclay", "May be the same institution as Université Paris-Saclay")]


def test_that_partners_told_apart_are_not_taken_for_one_again(empty: Office) -> None:
    for name in ("Université Paris-Saclay", "Universite Paris Saclay", "University of Graz", "Universität of Graz"):
        new_partner(empty, name, country="FR" if "Paris" in name else "AT")

    def pairs() -> list[Finding]:
        with empty.read() as reader:
            return [one for one in findings(reader) if one.code == "R02"]

    assert len(pairs()) == 2
    deed = not_the_same(pairs()[0])
    office.do(empty, deed, "")
    (left,) = pairs()
    office.do(empty, deed, "")
    office.do(empty, not_the_same(left), "")
    assert pairs() == []
    with empty.read() as reader:
        step = undo_state(reader).undo
    assert step is not None
    office.do(empty, undo_deed(step), "")
    assert pairs() == [left]


def test_that_wrong_codes_are_listed_with_their_fix(empty: Office) -> None:
    partner = new_partner(empty, "Universität Wien", country="AT")
    with empty.write(partners.delete_partners([partner]).label, "") as unit:
        unit.add(Identifier(institution_id=partner.id, scheme="ror", value="052gg0111"))
    with empty.read() as reader:
        wrong = [f for f in findings(reader) if f.group == "codes"]
    assert [f.record_id for f in wrong] == [partner.id]
    assert str(wrong[0].fix)


def test_that_what_lies_in_the_trash_is_left_out(empty: Office) -> None:
    partner = new_partner(empty, "Universidad de Chile")
    office.do(empty, partners.delete_partners([partner]), "")
    assert found(empty) == []


def test_that_groups_are_counted_in_their_order(empty: Office) -> None:
    new_partner(empty, "Universidad de Chile")
    with empty.read() as reader:
        assert counts(findings(reader)) == {"partners": 2, "contacts": 1}


def test_that_the_report_of_a_sample_office_has_a_line_for_each_finding_and_group(tmp_path: Path) -> None:
    told = report(make_sample(tmp_path / "sample.partnerdesk", "northbridge"))
    assert told.partners == told.as_json()["partners"] > 50
    assert told.lines()[0].startswith("sample.partnerdesk is sound")
    assert len(told.lines()) == 1 + len(told.findings) + len(told.as_json()["counts"])


def test_that_what_is_no_office_is_not_reported_on(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("no office")
    with pytest.raises(BadFile):
        report(other)
