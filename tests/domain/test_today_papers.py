"""Things to do about agreements, stays and projects, as they are put."""

from datetime import date, timedelta

import pytest

from partnerdesk.domain import today_papers as papers
from partnerdesk.domain import today_projects as projects
from partnerdesk.domain import today_stays as stays
from partnerdesk.domain.words import Text, text

TODAY = date(2026, 7, 16)
PAPER = text("{what} 2026-1", what="Student exchange")


@pytest.mark.parametrize(("days", "left"), [(100, "6 months"), (300, "12 months"), (500, "18 months")])
def test_that_an_agreement_says_within_which_time_it_ends(days, left):
    item = papers.agreement_ends(1, "Chile", PAPER, TODAY + timedelta(days=days), None, "Ada", TODAY)
    assert left in str(item.why)


def test_that_the_notice_day_covers_the_end_of_the_same_agreement():
    ends = papers.agreement_ends(7, "Chile", PAPER, date(2026, 12, 31), None, "Ada", TODAY)
    notice = papers.agreement_notice(7, "Chile", PAPER, date(2026, 12, 31), date(2026, 9, 1), False, "Ada")
    assert ends.key in notice.covers


def test_that_a_self_renewing_agreement_has_another_key_each_time():
    first, second = (papers.agreement_notice(7, "Chile", PAPER, date(year, 12, 31), date(year, 9, 1), True, "")
                     for year in (2026, 2027))
    assert first.key != second.key


def test_that_the_amendment_day_for_a_year_lies_inside_the_year_before():
    day, year = papers.amendment_day(date(2025, 11, 1), (9, 1))
    assert (day, year) == (date(2026, 1, 31), 2026)


def test_that_nobody_is_told_of_the_amendment_day_in_summer():
    assert papers.amendment_day(TODAY, (9, 1)) is None


def test_that_the_amendment_day_itself_still_counts():
    assert papers.amendment_day(date(2026, 1, 31), (9, 1)) == (date(2026, 1, 31), 2026)


def test_that_a_southern_year_is_amended_before_it_begins():
    assert papers.amendment_day(date(2026, 1, 10), (3, 1)) == (date(2026, 1, 31), 2026)


def test_that_an_approval_of_the_partner_asks_for_ours():
    item = papers.agreement_unsigned(1, "Chile", PAPER, None, date(2026, 6, 1), None, date(2026, 7, 1), None, "")
    assert str(item.what) == "Record our approval for Chile"


def test_that_a_draft_that_was_sent_is_asked_about():
    item = papers.agreement_unsigned(1, "Chile", PAPER, None, None, date(2026, 6, 1), date(2026, 7, 1), None, "")
    assert (item.kind, str(item.what)) == ("agreement-sign", "Ask Chile about the draft")


def test_that_one_missing_paper_is_named_and_several_are_counted():
    one = stays.papers(1, "Noor Haddad", "Zürich", "out", ["insurance"], TODAY, TODAY, "", before=True)
    three = stays.papers(1, "Noor Haddad", "Zürich", "out", ["insurance", "cv", "passport"], TODAY, TODAY, "",
                         before=True)
    assert (str(one.what), str(three.what)) == ("Insurance proof: Noor Haddad", "3 papers: Noor Haddad")


def test_that_a_visit_with_agenda_and_people_wants_nothing():
    assert projects.visit(1, "Beijing", TODAY, 2, 3, "") is None


def test_that_a_visit_says_what_it_lacks():
    assert "no agenda" in str(projects.visit(1, "Beijing", TODAY, 0, 3, "").why)


def test_that_a_late_milestone_covers_that_its_project_is_quiet():
    point = projects.point("milestone", 3, "M3", "Pilot", TODAY, 5, "GREENCAMP", "Ada")
    assert projects.quiet(5, "GREENCAMP", TODAY, "Ada").key in point.covers


def test_that_braces_in_names_stay_as_they_are():
    item = projects.followup(1, "Send {the} list", "Zürich {CH}", None, "", 0, "")
    assert (str(item.what), str(item.why)) == ("Send {the} list", "Zürich {CH}")
    assert str(papers.named("", "A {title}", "")) == "A {title}"
    assert isinstance(papers.named("mou", "", "3"), Text)
