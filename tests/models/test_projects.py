"""Lines of the list of projects in words, and what the overview of a project says."""

from datetime import date

import pytest

from partnerdesk.domain import clock
from partnerdesk.domain.projects import Deliverable, Milestone, Project, ProjectLine, Task
from partnerdesk.look.cells import Chip, plain
from partnerdesk.models.project_overview import hours_words, money_facts, open_points, time_words
from partnerdesk.models.project_words import health_chip, month_of, status_chip
from partnerdesk.models.projects import project_columns, project_sentence

TODAY = date(2026, 7, 16)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


def cell(line, key):
    return next(c for c in project_columns() if c.key == key).cell(line)


def test_that_a_line_says_how_far_a_project_is_and_what_comes_next():
    line = ProjectLine(id=1, acronym="GREENCAMP", title="Low-carbon campus", status="running", tasks=4, progress=63,
                       health="amber", late=2, next_due=date(2026, 7, 14), next_title="Pilot course approved")
    assert plain(cell(line, "progress")) == "63 %"
    assert cell(line, "due").second == "2 days late"
    assert cell(line, "health").word == "Needs attention"
    assert project_sentence(line) == ("GREENCAMP, Low-carbon campus, Running, Needs attention, 63 % done, "
                                      "2 points late, Pilot course approved, 2 days late")


def test_that_a_template_is_told_from_a_project():
    assert cell(ProjectLine(title="Plan", template=True), "status").word == "Template"


def test_that_every_status_and_light_has_an_icon_besides_its_colour():
    for code in ("idea", "submitted", "granted", "running", "suspended", "finished", "rejected"):
        assert status_chip(code).icon is not None
    assert all(isinstance(health_chip(code), Chip) for code in ("green", "amber", "red"))
    assert health_chip("") is None


def test_that_the_months_of_a_project_are_counted_from_its_first_day():
    project = Project(starts_on=date(2026, 1, 15), ends_on=date(2027, 1, 14))
    assert month_of(project, date(2026, 1, 15)) == (1, 12)
    assert month_of(project, date(2026, 2, 14)) == (1, 12)
    assert month_of(project, date(2027, 1, 14)) == (12, 12)
    assert month_of(project, date(2027, 1, 15)) is None


def test_that_an_extension_is_told_with_the_end_first_agreed():
    project = Project(starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), amended_to=date(2027, 3, 31))
    assert time_words(project) == "1 Jan 2026 – 31 Mar 2027  ·  month 7 of 15  ·  extended from 31 Dec 2026"


def test_that_open_points_come_by_their_days_and_what_is_done_does_not():
    points = open_points(
        [Task(id=1, title="Design", ends_on=date(2026, 8, 1), progress=50), Task(id=2, ends_on=TODAY, progress=100)],
        [Milestone(id=3, number="M1", title="Met", due_on=TODAY, met_on=TODAY),
         Milestone(id=4, number="M2", title="Approved", due_on=date(2026, 7, 14))],
        [Deliverable(id=5, number="D1", title="Report", due_on=date(2026, 12, 1))])
    assert [(one.name, one.late, one.chip.word) for one in points] == [
        ("M2 Approved", True, "2 days late"), ("Design", False, "in 16 days"), ("D1 Report", False, "in 138 days")]


def test_that_money_is_told_with_its_currency_and_its_day():
    project = Project(budget=400000, spent=61250.5, spent_on=date(2026, 6, 30), currency="EUR")
    assert list(money_facts(project)) == [
        ("Budget", "400,000 EUR"), ("Spent", "61,250.50 EUR, as of 30 Jun 2026")]
    assert hours_words([]) == ""
