"""R11: the years between the agreements of a partner that none of them covers, in the strip and as a sentence."""

from datetime import date

import pytest

from partnerdesk.domain.agreements import Agreement, AgreementVersion, Party, SignOff
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.words import Text
from partnerdesk.look.words import say
from partnerdesk.models.coverage import coverage_of, gap_problems, uncovered
from partnerdesk.services import agreements, office, partners
from partnerdesk.services.partner_sheet import partner_sheet


@pytest.fixture
def empty(tmp_path, stopped_clock):
    made = office.create_file(tmp_path / "office.partnerdesk")
    yield made
    made.close()


def sheet_with(opened, *spans, signed=True):
    """A partner with one agreement a span of academic years, read as its form reads it."""
    partner, _ = office.do(opened, partners.new_partner(Institution(name="Universität Wien", country="AT")), "")
    with opened.write(Text("enter agreements"), "") as unit:
        home = unit.add(Institution(name="Home", is_home=True, country="EE"))
        for first, last in spans:
            made = agreements.draft_agreement(
                unit, partner, Agreement(type="mou"), AgreementVersion(first_year=first, last_year=last))
            version, = unit.find(AgreementVersion, agreement_id=made)
            unit.add(Party(agreement_id=made, institution_id=home.id, side="our"))
            for party in unit.find(Party, agreement_id=made) if signed else ():
                unit.add(SignOff(version_id=version.id, party_id=party.id, approved_on=date(first, 1, 1)))
    with opened.read() as reader:
        return partner_sheet(reader, partner)


def test_that_a_year_between_two_agreements_is_shown_and_told_with_its_fix(empty):
    sheet = sheet_with(empty, (2021, 2022), (2024, 2027))
    assert [year.first for year in uncovered(sheet)] == [2023]
    problem, = gap_problems(sheet)
    assert (problem.code, problem.severity, say(problem.message)) == (
        "R11", "warn", "No agreement covers 2023/2024")
    assert problem.fix is not None


def test_that_years_that_follow_each_other_leave_no_gap(empty):
    sheet = sheet_with(empty, (2021, 2023), (2024, 2027))
    assert uncovered(sheet) == ()
    assert gap_problems(sheet) == []


def test_that_years_within_sight_that_nothing_covers_have_a_lane_of_their_own(empty):
    strip, papers = coverage_of(sheet_with(empty, (2020, 2023), (2025, 2027)))
    *lanes, last = strip.lanes
    assert len(lanes) == len(papers)
    assert [(segment.start.year, segment.kind) for segment in last.segments] == [(2024, "gap")]


def test_that_drafts_cover_nothing_and_a_partnership_that_has_ended_has_no_gaps(empty):
    assert uncovered(sheet_with(empty, (2021, 2022), (2024, 2027), signed=False)) == ()


def test_that_a_partnership_without_an_agreement_in_force_has_no_gaps(empty):
    assert uncovered(sheet_with(empty, (2012, 2013), (2016, 2017))) == ()
