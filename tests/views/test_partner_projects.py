"""The projects and outputs of a partner in its form: told, followed, begun, and renewed when they change."""

from datetime import date

import pytest

from partnerdesk.domain.outputs import JointOutput
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.projects import Project
from partnerdesk.services import outputs, projects
from partnerdesk.views.children import ChildRow
from partnerdesk.views.project_new import NewProject


@pytest.fixture
def driven(drive, office_file):
    shown = drive(office_file)
    shown.settle()
    return shown


@pytest.fixture
def partner(driven):
    """A partner without any project, shown in the form at its projects."""
    busy = {i for i, _ in driven.ask(projects.partner_names)}
    found = driven.ask(lambda r: r.find(Institution, "name"))
    chosen = next(one for one in found if one.id not in busy and not one.is_home and not one.deleted_at)
    driven.house.go("partners", chosen.id)
    driven.settle()
    driven.house.partners.pane.show_tab("projects")
    driven.settle()
    return chosen


def said(driven):
    pane = driven.house.partners.pane
    return [row.accessibleName() for row in pane.findChildren(ChildRow) if row.isVisible()]


def test_that_projects_and_outputs_come_with_what_they_are_about(driven, partner):
    assert said(driven) == []
    project = Project(acronym="AAA", title="A study", status="running", starts_on=date(2026, 1, 1))
    made = driven.do(projects.new_project(project, [partner.id]))
    driven.do(outputs.new_output(JointOutput(title="A book", in_year=2026, project_id=made), [partner.id]))
    assert [one.split(",")[0] for one in said(driven)] == ["AAA A study", "A book"]


def test_that_a_row_leads_to_the_project(driven, partner):
    made = driven.do(projects.new_project(Project(acronym="AAA"), [partner.id]))
    row = next(one for one in driven.house.partners.pane.findChildren(ChildRow) if one.isVisible())
    driven.click(row)
    assert driven.window.page.key == "projects"
    assert driven.window.page.pane.record_id == made


def test_that_a_project_begun_here_has_the_partner_in_it(driven, partner):
    driven.press("New project", driven.house.partners.pane)
    dialog = driven.window.findChild(NewProject)
    driven.fill("acronym", "BBB", dialog)
    driven.press("Add project", dialog)
    assert driven.window.page.key == "projects"
    members = driven.window.page.pane.work.file.members
    assert partner.id in {one.institution_id for one in members}
