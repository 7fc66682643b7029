"""A joint project from its idea to the status report, in the real window: planned, late, shifted, shared, printed."""

from datetime import timedelta

import pytest

from partnerdesk.domain import clock
from partnerdesk.domain.outputs import JointOutput
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.projects import Deliverable, Milestone, Project, Task, TaskLink, WorkPackage
from partnerdesk.services import outputs, today
from partnerdesk.views.kit.picker import PickerPopup
from partnerdesk.views.printing import PrintWindow
from partnerdesk.views.project_deeds import AskShift
from partnerdesk.views.project_new import NewProject


@pytest.fixture
def driven(drive, office_file, stopped_clock):
    shown = drive(office_file, (1600, 1000))
    shown.house.go("projects")
    shown.settle()
    return shown


@pytest.fixture
def page(driven):
    return driven.window.page_named("projects")


def on(days):
    return clock.today() + timedelta(days=days)


def records(driven, kind, page):
    return driven.ask(lambda r: r.find(kind, "position", project_id=page.pane.record_id))


def begin(driven, page, tab, key):
    page.pane.show_tab(tab)
    driven.settle()
    table = page.pane.part(tab).tables[key]
    table.begin()
    driven.settle()
    return table


def row(driven, *cells):
    """Add a row and type its cells one after another, from its title on; None leaves a cell as it is."""
    driven.keys("<Ins>")
    for words in cells:
        driven.keys(*(("<Ctrl+A>", words) if words is not None else ()), "<Tab>")
    driven.keys("<Esc>")


def new_project(driven, page):
    driven.keys("<Ctrl+N>")
    dialog = page.findChild(NewProject)
    driven.fill("acronym", "GREENCAMP", dialog)
    driven.fill("title", "Low-carbon campus curriculum", dialog)
    driven.fill("starts_on", on(-200).isoformat(), dialog)
    driven.fill("ends_on", on(400).isoformat(), dialog)
    driven.press("Add project", dialog)
    page.pane.show_tab("project")
    driven.settle()
    status = driven.field("status", page.pane)
    status.setFocus()
    driven.keys("<Down>", "<Down>", "<Down>")
    assert driven.ask(lambda r: r.get(Project, page.pane.record_id)).status == "running"


def plan(driven, page):
    """Two work packages, three tasks of which two wait, a milestone that is late and a deliverable: by keyboard."""
    packages = begin(driven, page, "plan", "packages")
    packages.add_button.setFocus()
    driven.keys(" ", "<Ctrl+A>", "Joint curriculum", "<Return>")
    packages.grid.setFocus()
    row(driven, "Pilot")
    tasks = begin(driven, page, "plan", "tasks")
    tasks.add_button.setFocus()
    driven.keys(" ", "<Ctrl+A>", "Needs study", "<Tab>", "<Ctrl+A>", on(-190).isoformat(), "<Tab>", "<Ctrl+A>",
                on(-61).isoformat(), "<Return>")
    tasks.grid.setFocus()
    row(driven, "Course design", on(-60).isoformat(), on(40).isoformat(), "1", "60")
    tasks.grid.setFocus()
    row(driven, "Pilot course", on(41).isoformat(), on(120).isoformat(), "2")
    milestones = begin(driven, page, "plan", "milestones")
    milestones.add_button.setFocus()
    driven.keys(" ", "<Ctrl+A>", "Course approved", "<Tab>", "<Ctrl+A>", on(-3).isoformat(), "<Return>")
    deliverables = begin(driven, page, "plan", "deliverables")
    deliverables.add_button.setFocus()
    driven.keys(" ", "<Ctrl+A>", "Course handbook", "<Return>")
    driven.settle()


def test_that_a_project_is_planned_told_late_shifted_and_shared(driven, page):
    new_project(driven, page)
    plan(driven, page)
    assert [one.title for one in records(driven, WorkPackage, page)] == ["Joint curriculum", "Pilot"]
    study, design, pilot = records(driven, Task, page)
    assert (design.progress, design.starts_on) == (60, on(-60))
    assert pilot.starts_on == on(41)
    assert [one.title for one in records(driven, Deliverable, page)] == ["Course handbook"]
    assert {(one.before_id, one.task_id) for one in driven.ask(lambda r: r.find(TaskLink))} >= {
        (study.id, design.id), (design.id, pilot.id)}
    the_milestone_is_late_today(driven, page)
    a_partner_has_a_part_in_an_output(driven, page)
    everything_moves_and_comes_back(driven, page)
    the_report_is_one_page(driven, page)


def the_milestone_is_late_today(driven, page):
    (milestone,) = records(driven, Milestone, page)
    assert "M1 Course approved is 3 days late" in page.pane.work.health()[1]
    rows = driven.ask(today.today_rows)
    assert any((one.root, one.root_id) == ("project", page.pane.record_id) and milestone.title in str(one.what)
               for one in rows)


def a_partner_has_a_part_in_an_output(driven, page):
    members = begin(driven, page, "people", "members")
    driven.press("Add a partner", page.pane)
    popup = members.findChild(PickerPopup)
    driven.keys("Tsinghua")
    driven.qtbot.waitUntil(lambda: popup.model.rowCount() > 0)
    driven.keys("<Return>")
    partner = driven.ask(lambda r: next(one for one in r.find(Institution) if one.name.startswith("Tsinghua")))
    assert partner.id in {one.institution_id for one in page.pane.work.file.members}
    page.pane.show_tab("outputs")
    driven.settle()
    driven.press("Add an output", page.pane)
    driven.fill("title", "Needs of campuses", page.pane)
    (output,) = driven.ask(lambda r: r.find(JointOutput, project_id=page.pane.record_id))
    assert output.id in {one.id for one in driven.ask(lambda r: outputs.output_lines(r, partner.id))}


def everything_moves_and_comes_back(driven, page):
    page.pane.show_tab("plan")
    driven.settle()
    before = [one.starts_on for one in records(driven, Task, page)]
    driven.press("Shift…", page.pane)
    dialog = page.pane.findChild(AskShift)
    driven.fill("first", on(-190).isoformat(), dialog)
    driven.press("Shift", dialog)
    assert [one.starts_on for one in records(driven, Task, page)] == [one + timedelta(days=10) for one in before]
    driven.house.desk.undo()
    driven.settle()
    assert [one.starts_on for one in records(driven, Task, page)] == before


def the_report_is_one_page(driven, page):
    driven.press("Print the status report", page.pane)
    window = driven.window.findChild(PrintWindow)
    driven.qtbot.waitUntil(lambda: window.document is not None)
    assert "GREENCAMP" in window.document.head.name
    assert not window.document.flows
    window.close()
