"""The Projects page driven as a user drives it: a new project, its plan by keyboard, pasted rows, dates that push."""

from datetime import date, timedelta
from functools import partial

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QLineEdit

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Document
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.outputs import JointOutput, OutputMember
from partnerdesk.domain.partners import Institution, Member, OrgUnit
from partnerdesk.domain.projects import (
    Deliverable,
    Milestone,
    Project,
    ProjectMember,
    ProjectPerson,
    Risk,
    Task,
    TaskLink,
    WorkPackage,
)
from partnerdesk.domain.words import Text
from partnerdesk.look.cells import Chip
from partnerdesk.models.edit_grid import PROBLEM_ROLE
from partnerdesk.services import partners, project_parts, project_plan, projects
from partnerdesk.views.children import ChildRow
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.picker import PickerPopup
from partnerdesk.views.project_deeds import AskDelay, AskShift, AskStretch
from partnerdesk.views.project_new import NewProject

DAY = date(2027, 3, 1)


def on(days):
    return DAY + timedelta(days=days)


@pytest.fixture
def driven(drive, office_file):
    shown = drive(office_file)
    shown.house.go("projects")
    shown.settle()
    return shown


@pytest.fixture
def page(driven):
    return driven.window.page_named("projects")


@pytest.fixture
def partner(driven):
    return next(one for one in driven.ask(lambda r: r.find(Institution)) if not one.is_home and not one.deleted_at)


@pytest.fixture
def made(driven, page, partner):
    """A project with one partner and an empty plan, shown in the form."""
    project = Project(acronym="AAA", title="A test of plans", status="running", starts_on=DAY, ends_on=on(400))
    project_id = driven.do(projects.new_project(project, [partner.id]))
    page.show_record(project_id)
    driven.settle()
    return project_id


def project_of(driven, project_id):
    return driven.ask(lambda r: r.get(Project, project_id))


def rows(driven, kind, project_id):
    return driven.ask(lambda r: r.find(kind, "position", project_id=project_id))


def add_tasks(driven, project_id, *spans):
    project = project_of(driven, project_id)
    for n, (first, last) in enumerate(spans, start=1):
        driven.do(project_parts.add_part(project, Task(title=f"Task {n}", starts_on=on(first), ends_on=on(last))))
    return rows(driven, Task, project_id)


def table(driven, page, tab, key):
    page.pane.show_tab(tab)
    driven.settle()
    return page.pane.part(tab).tables[key]


def type_into(driven, grid, row, key, words):
    """Go to a cell and type over what it holds."""
    column = next(n for n, c in enumerate(grid.records.columns) if c.key == key)
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(row, column))
    driven.keys("<F2>", "<Ctrl+A>", words or "<Del>", "<Return>")


def cell(grid, row, key, role=Qt.ItemDataRole.DisplayRole):
    column = next(n for n, c in enumerate(grid.records.columns) if c.key == key)
    return grid.model().index(row, column).data(role)


def test_that_a_new_project_is_asked_for_and_shown(driven, page):
    driven.keys("<Ctrl+N>")
    dialog = page.findChild(NewProject)
    driven.fill("acronym", "GREENCAMP", dialog)
    driven.fill("starts_on", "1 Mar 2027", dialog)
    driven.press("Add project", dialog)
    project = project_of(driven, page.pane.record_id)
    assert (project.acronym, project.kind, project.starts_on) == ("GREENCAMP", "research", DAY)
    assert any(one.is_home for one in page.pane.work.file.institutions.values())


def test_that_a_project_without_a_name_is_not_added_and_why_is_said(driven, page):
    before = driven.ask(projects.project_count)
    driven.keys("<Ctrl+N>")
    dialog = page.findChild(NewProject)
    driven.press("Add project", dialog)
    assert "needs an acronym or a title" in dialog.fields["acronym"].editor.notes.error
    driven.keys("<Esc>")
    assert driven.ask(projects.project_count) == before


def test_that_fields_are_saved_when_they_are_left(driven, page, made):
    page.pane.show_tab("project")
    driven.settle()
    driven.fill("grant_number", "101-77", page.pane)
    driven.fill("budget", "400000", page.pane)
    driven.fill("currency", "EUR", page.pane)
    project = project_of(driven, made)
    assert (project.grant_number, project.budget, project.currency) == ("101-77", 400000, "EUR")


def test_that_a_plan_is_written_by_keyboard_alone(driven, page, made):
    packages = table(driven, page, "plan", "packages")
    packages.begin()
    driven.keys("<Return>" if packages.model.rowCount() else " ")
    driven.keys("<Ctrl+A>", "Coordination", "<Return>")
    assert [(one.number, one.title) for one in rows(driven, WorkPackage, made)] == [("WP1", "Coordination")]
    tasks = table(driven, page, "plan", "tasks")
    tasks.begin()
    driven.keys(" ")
    driven.keys("<Ctrl+A>", "Needs study", "<Tab>")
    driven.keys("<Ctrl+A>", "1 Mar 2027", "<Tab>")
    driven.keys("<Ctrl+A>", "31 Mar 2027", "<Return>")
    tasks.grid.setFocus()
    driven.keys("<Ins>")
    driven.keys("<Ctrl+A>", "Course design", "<Tab>", "<Ctrl+A>", "1 Mar 2027", "<Tab>", "<Ctrl+A>", "30 Apr 2027",
                "<Tab>", "<Ctrl+A>", "1", "<Return>")
    first, second = rows(driven, Task, made)
    assert (first.title, first.ends_on) == ("Needs study", date(2027, 3, 31))
    assert (second.title, second.starts_on, second.ends_on) == ("Course design", date(2027, 4, 1), date(2027, 5, 31))
    assert driven.ask(lambda r: [one.before_id for one in r.find(TaskLink, task_id=second.id)]) == [first.id]


def test_that_a_later_end_pushes_the_tasks_that_wait_and_one_undo_takes_it_back(driven, page, made):
    add_tasks(driven, made, (0, 9), (10, 19))
    tasks = table(driven, page, "plan", "tasks")
    type_into(driven, tasks.grid, 1, "waits", "1")
    type_into(driven, tasks.grid, 0, "ends_on", (on(14)).isoformat())
    assert [(one.starts_on, one.ends_on) for one in rows(driven, Task, made)] == [(on(0), on(14)), (on(15), on(24))]
    driven.house.desk.undo()
    driven.settle()
    assert [(one.starts_on, one.ends_on) for one in rows(driven, Task, made)] == [(on(0), on(9)), (on(10), on(19))]


def test_that_another_first_day_moves_a_task_and_keeps_its_length(driven, page, made):
    add_tasks(driven, made, (0, 9))
    tasks = table(driven, page, "plan", "tasks")
    type_into(driven, tasks.grid, 0, "starts_on", on(30).isoformat())
    (task,) = rows(driven, Task, made)
    assert (task.starts_on, task.ends_on) == (on(30), on(39))


def test_that_a_circle_is_refused_with_the_names_of_its_tasks_and_what_was_typed_stays(driven, page, made):
    add_tasks(driven, made, (0, 9), (10, 19))
    tasks = table(driven, page, "plan", "tasks")
    type_into(driven, tasks.grid, 1, "waits", "1")
    type_into(driven, tasks.grid, 0, "waits", "2")
    severity, sentence = cell(tasks.grid, 0, "waits", PROBLEM_ROLE)
    assert severity == "block" and "Task 1 → Task 2" in sentence.replace("Task 2 → Task 1 → Task 2", "Task 1 → Task 2")
    assert cell(tasks.grid, 0, "waits") == "2"
    assert not page.pane.flush()
    assert len(driven.ask(lambda r: r.find(TaskLink))) == len(
        driven.ask(lambda r: [one for one in r.find(TaskLink) if one.task_id != page.pane.work.tasks[0].id]))
    type_into(driven, tasks.grid, 0, "waits", "")
    assert page.pane.flush()


def test_that_a_milestone_outside_the_project_is_refused_in_its_cell(driven, page, made):
    project = project_of(driven, made)
    driven.do(project_parts.add_part(project, Milestone(number="M1", title="Approved", due_on=on(50))))
    points = table(driven, page, "plan", "milestones")
    type_into(driven, points.grid, 0, "due_on", on(500).isoformat())
    assert cell(points.grid, 0, "due_on", PROBLEM_ROLE) == ("block", "Due after the project ends")
    assert rows(driven, Milestone, made)[0].due_on == on(50)
    type_into(driven, points.grid, 0, "due_on", on(60).isoformat())
    assert rows(driven, Milestone, made)[0].due_on == on(60)


def test_that_rows_of_a_spreadsheet_are_shown_before_they_are_added(driven, page, made):
    risks = table(driven, page, "risks", "risks")
    risks.begin()
    driven.keys(" ", "<Esc>")
    risks.grid.setFocus()
    QGuiApplication.clipboard().setText("Risk\tLikely\tImpact\nA partner leaves\t2\t5\nLate money\t9\t3")
    driven.keys("<Ctrl+V>")
    assert len(rows(driven, Risk, made)) == 1
    driven.press("Add them", page.pane)
    assert [(one.title, one.likelihood, one.impact) for one in rows(driven, Risk, made)][1:] == [
        ("A partner leaves", 2, 5), ("Late money", 3, 3)]
    driven.house.desk.undo()
    driven.settle()
    assert len(rows(driven, Risk, made)) == 1


def test_that_one_pasted_value_goes_into_the_cell_alone(driven, page, made):
    add_tasks(driven, made, (0, 9))
    tasks = table(driven, page, "plan", "tasks")
    tasks.grid.setFocus()
    tasks.grid.go_to(rows(driven, Task, made)[0].id, "progress")
    QGuiApplication.clipboard().setText("60 %")
    driven.keys("<Ctrl+V>")
    assert [one.progress for one in rows(driven, Task, made)] == [60]


def test_that_rows_change_places_by_keys_and_go_by_delete(driven, page, made):
    add_tasks(driven, made, (0, 9), (10, 19), (20, 29))
    tasks = table(driven, page, "plan", "tasks")
    tasks.grid.setFocus()
    tasks.grid.select_row(2)
    driven.keys("<Alt+Up>")
    assert [one.title for one in rows(driven, Task, made)] == ["Task 1", "Task 3", "Task 2"]
    driven.keys("<Del>")
    assert [one.title for one in rows(driven, Task, made)] == ["Task 1", "Task 2"]
    assert project_of(driven, made).deleted_at == ""


def test_that_a_partner_is_chosen_and_then_given_its_part(driven, page, made):
    members = table(driven, page, "people", "members")
    before = rows(driven, ProjectMember, made)
    driven.press("Add a partner", page.pane)
    popup = members.findChild(PickerPopup)
    other = next(one for one in driven.ask(lambda r: r.find(Institution, "name"))
                 if not one.is_home and not one.deleted_at and one.id not in {m.institution_id for m in before})
    popup.chosen.emit(other.id)
    popup.close()
    driven.settle()
    member = rows(driven, ProjectMember, made)[-1]
    assert member.institution_id == other.id
    type_into(driven, members.grid, len(before), "effort", "12.5")
    assert rows(driven, ProjectMember, made)[-1].effort == 12.5


def test_that_hours_are_summed_beneath_the_people(driven, page, made):
    project = project_of(driven, made)
    driven.do(project_parts.add_part(project, ProjectPerson(name="Jana Wolf", hours=600, worked=220)))
    table(driven, page, "people", "people")
    assert page.pane.work.file.people[0].worked == 220
    assert "220 of 600 hours worked" in page.pane.part("people").sum_words


def test_that_an_output_keeps_its_partners_and_its_doi(driven, page, made, partner):
    page.pane.show_tab("outputs")
    driven.settle()
    driven.press("Add an output", page.pane)
    driven.fill("title", "Needs of campuses", page.pane)
    driven.fill("doi", "https://doi.org/10.1234/abc", page.pane)
    (output,) = driven.ask(lambda r: r.find(JointOutput, project_id=made))
    assert (output.title, output.doi) == ("Needs of campuses", "10.1234/abc")
    assert partner.id in driven.ask(lambda r: [one.institution_id for one in r.find(OutputMember, output_id=output.id)])


def test_that_a_dropped_file_becomes_a_document_of_the_project(driven, page, made, tmp_path):
    page.pane.show_tab("documents")
    driven.settle()
    scan = tmp_path / "Consortium agreement.pdf"
    scan.write_bytes(b"%PDF-1.4\n%%EOF\n")
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(scan))])
    drop = QDropEvent(QPointF(QPoint(20, 20)), Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton,
                      Qt.KeyboardModifier.NoModifier)
    page.pane.part("documents").list.dropEvent(drop)
    driven.settle()
    (document,) = driven.ask(lambda r: r.find(Document, project_id=made))
    assert (document.title, document.file_name) == ("Consortium agreement", "Consortium agreement.pdf")


def test_that_the_overview_says_what_is_late_and_leads_to_it(driven, page, made):
    project = project_of(driven, made)
    driven.do(projects.change_project(project, starts_on=date(2020, 1, 1)))
    project = project_of(driven, made)
    late = clock.today() - timedelta(days=3)
    driven.do(project_parts.add_part(project, Milestone(number="M1", title="Approved", due_on=late)))
    page.pane.show_tab("overview")
    driven.settle()
    overview = page.pane.part("overview")
    assert overview.light.words == "Needs attention M1 Approved is 3 days late"
    driven.click(overview.late.findChild(ChildRow))
    assert page.pane.tab == "plan"
    assert page.pane.part("plan").tables["milestones"].grid.current.title == "Approved"


def test_that_our_own_judgement_comes_before_that_of_the_dates(driven, page, made):
    page.pane.show_tab("overview")
    driven.settle()
    health = driven.field("health", page.pane)
    health.setFocus()
    driven.keys("<Down>", "<Down>", "<Down>")
    driven.fill("health_reason", "The ministry is silent", page.pane)
    assert project_of(driven, made).health == "red"
    assert page.pane.part("overview").light.words == "In trouble The ministry is silent"
    chip = next(c for c in page.model.columns if c.key == "health").cell(page.model.line_at(page.model.row_of(made)))
    assert isinstance(chip, Chip) and chip.word == "In trouble"


def test_that_a_project_is_shifted_there_and_back(driven, page, made):
    add_tasks(driven, made, (0, 9))
    page.begin_deed("shift")
    driven.settle()
    dialog = page.pane.findChild(AskShift)
    driven.fill("first", on(7).isoformat(), dialog)
    driven.press("Shift", dialog)
    assert rows(driven, Task, made)[0].starts_on == on(7)
    assert project_of(driven, made).ends_on == on(407)
    driven.house.desk.undo()
    driven.settle()
    assert rows(driven, Task, made)[0].starts_on == on(0)


def test_that_a_delay_is_inserted_and_a_plan_stretched(driven, page, made):
    add_tasks(driven, made, (0, 9), (20, 29))
    page.begin_deed("delay")
    driven.settle()
    dialog = page.pane.findChild(AskDelay)
    driven.fill("since", on(15).isoformat(), dialog)
    driven.fill("days", "10", dialog)
    driven.press("Insert the delay", dialog)
    assert [one.starts_on for one in rows(driven, Task, made)] == [on(0), on(30)]
    page.begin_deed("stretch")
    driven.settle()
    stretch = page.pane.findChild(AskStretch)
    driven.fill("last", on(-5).isoformat(), stretch)
    driven.press("Stretch", stretch)
    assert "before the beginning" in stretch.fields["last"].editor.notes.error
    driven.keys("<Esc>")


def _set_early(task_id, unit):
    unit.change(Task, task_id, None, starts_on=on(2), ends_on=on(4))


def test_that_tasks_before_what_they_wait_for_are_put_in_order(driven, page, made):
    one, two = add_tasks(driven, made, (0, 9), (20, 29))
    driven.do(project_plan.link_tasks(project_of(driven, made), one, two))
    page.pane.show_tab("plan")
    driven.settle()
    button = page.pane.part("plan").deeds.findChild(Button, "settle")
    assert not button.isVisible()
    driven.do(Deed(Text("from elsewhere"), partial(_set_early, two.id)))
    driven.settle()
    assert button.isVisible()
    driven.press("Put in order", page.pane)
    driven.settle()
    assert [task.starts_on for task in rows(driven, Task, made)] == [on(0), on(10)]
    assert not button.isVisible()


def test_that_a_project_is_copied_with_its_plan_from_another_day(driven, page, made):
    add_tasks(driven, made, (3, 9))
    driven.keys("<Ctrl+D>")
    dialog = page.findChild(NewProject)
    driven.fill("acronym", "BBB", dialog)
    driven.fill("starts_on", on(100).isoformat(), dialog)
    driven.press("Add project", dialog)
    copy = page.pane.record_id
    assert copy != made and project_of(driven, copy).acronym == "BBB"
    assert [(one.title, one.starts_on) for one in rows(driven, Task, copy)] == [("Task 1", on(103))]


def test_that_the_agreed_plan_is_noted(driven, page, made):
    add_tasks(driven, made, (0, 9))
    page.begin_deed("baseline")
    driven.settle()
    assert rows(driven, Task, made)[0].base_to == on(9)
    assert project_of(driven, made).baseline_on == clock.today()


def test_that_a_template_is_kept_out_of_the_list_and_offered_for_new_projects(driven, page, made):
    add_tasks(driven, made, (5, 9))
    page.keep_template()
    driven.settle()
    assert [one.template for one in driven.ask(projects.templates)][-1]
    driven.keys("<Ctrl+N>")
    dialog = page.findChild(NewProject)
    assert dialog.source_field.isVisible()
    driven.keys("<Esc>")


def test_that_many_projects_are_changed_in_one_step(driven, page, made):
    page.select_all()
    driven.settle()
    page.bulk.form.fields["responsible"].editor.setFocus()
    driven.keys("Marta Ilves", "<Tab>")
    driven.press(f"Change {page.selected_count} projects", page.bulk)
    assert {line.responsible for line in driven.ask(
        lambda r: projects.project_lines(r, list(page.model.ids))).values()} == {"Marta Ilves"}
    driven.house.desk.undo()
    driven.settle()
    assert project_of(driven, made).responsible == ""


def test_that_archive_and_delete_can_be_undone(driven, page, made):
    page.table.setFocus()
    driven.keys("<Del>")
    assert page.model.row_of(made) < 0
    driven.house.desk.undo()
    driven.settle()
    assert page.model.row_of(made) >= 0


def test_that_what_is_wrong_with_a_submission_day_is_said_and_a_day_can_be_taken_away(driven, page, made):
    project = project_of(driven, made)
    driven.do(project_parts.add_part(project, Deliverable(number="D1", title="Report", due_on=on(20))))
    points = table(driven, page, "plan", "deliverables")
    type_into(driven, points.grid, 0, "submitted_on", "tomorrow")
    assert cell(points.grid, 0, "submitted_on", PROBLEM_ROLE)[0] == "block"
    type_into(driven, points.grid, 0, "submitted_on", "today")
    assert rows(driven, Deliverable, made)[0].submitted_on == clock.today()


def test_that_nothing_can_be_written_in_an_office_opened_for_reading(driven, page, made):
    add_tasks(driven, made, (0, 9))
    tasks = table(driven, page, "plan", "tasks")
    tasks.show_records(page.pane.work.names, True, False)
    assert tasks.add_button.isHidden() and tasks.remove_button.isHidden()
    tasks.grid.setFocus()
    driven.keys("<Del>", "<F2>")
    assert len(rows(driven, Task, made)) == 1 and tasks.grid.findChild(QLineEdit) is None


def test_that_what_is_opened_in_the_timeline_is_gone_to_in_the_plan(driven, page, made):
    last = add_tasks(driven, made, (0, 9), (10, 19))[-1]
    page.show_mode("timeline")
    driven.settle()
    page.room.opened.emit("task", last.id, made)
    driven.settle()
    assert page.pane.tab == "plan"
    assert page.pane.part("plan").tables["tasks"].grid.current.id == last.id
    other = driven.do(projects.new_project(Project(acronym="ZZZ")))
    task = driven.do(project_parts.add_part(project_of(driven, other), Task(title="Far")))
    page.room.opened.emit("task", task, other)
    driven.settle()
    assert page.pane.part("plan").tables["tasks"].grid.current.id == task


def test_that_a_partnership_of_the_partners_can_be_chosen(driven, page, made, partner):
    page.pane.show_tab("project")
    driven.settle()
    field = driven.field("partnership_id", page.pane)
    field.setFocus()
    driven.keys("<Down>", "<Down>", "<Return>")
    chosen = project_of(driven, made).partnership_id
    members = driven.ask(lambda r: r.find(Member, partnership_id=chosen))
    assert partner.id in {one.institution_id for one in members}


def test_that_the_list_can_be_narrowed_to_what_projects_name_themselves(driven, page, made, partner):
    project = project_of(driven, made)
    driven.do(projects.change_project(project, programme="Horizon Europe", responsible="Ada Berg"))
    specs = {spec.key: [option.label for option in spec.choices()] for spec in page.page_filters}
    assert "Horizon Europe" in specs["programme"] and "Ada Berg" in specs["responsible"]
    assert partner.name in specs["partner"]
    for line in ('programme:"Horizon Europe"', f"partner:{partner.id} status:running", "responsible:\"Ada Berg\""):
        page.show_line(line)
        driven.settle()
        assert made in page.model.ids, line
    page.show_line("late:yes")
    driven.settle()
    assert made not in page.model.ids


def test_that_the_unit_of_a_partner_is_chosen_among_its_own(driven, page, made, partner):
    unit = driven.do(partners.add_child(partner, OrgUnit(name="Faculty of Water", institution_id=partner.id)))
    members = table(driven, page, "people", "members")
    at = next(n for n, one in enumerate(rows(driven, ProjectMember, made)) if one.institution_id == partner.id)
    members.grid.setFocus()
    members.grid.select_row(at)
    driven.settle()
    driven.field("unit_id", members).setFocus()
    driven.keys("<Space>", "Water")
    popup = members.findChild(PickerPopup)
    driven.qtbot.waitUntil(lambda: popup.model.rowCount() == 1)
    driven.keys("<Return>")
    assert rows(driven, ProjectMember, made)[at].unit_id == unit
    assert driven.field("unit_id", members).value() == unit


def test_that_what_is_typed_beneath_a_table_stays_when_it_is_saved(driven, page, made):
    add_tasks(driven, made, (0, 9), (10, 19))
    tasks = table(driven, page, "plan", "tasks")
    tasks.begin()
    driven.settle()
    driven.fill("responsible", "Ada Berg", tasks)
    assert rows(driven, Task, made)[0].responsible == "Ada Berg"
    assert driven.field("responsible", tasks).value() == "Ada Berg"
    tasks.grid.select_row(1)
    driven.settle()
    assert driven.field("responsible", tasks).value() == ""
    driven.fill("waits", "1", tasks)
    assert tasks.model.index(1, 4).data() == "1"
    assert driven.field("waits", tasks).text() == "1"
