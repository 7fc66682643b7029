"""Calendars and plans come in through the window: shown line by line, decided, written in one step, undone."""

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from partnerdesk.domain.projects import Milestone, Project, Task
from partnerdesk.domain.visits import Appointment, Visit
from partnerdesk.formats.icalendars import read_calendar
from partnerdesk.services.dated import Scope
from partnerdesk.services.office import create_file
from partnerdesk.views.calendar_export import AskCalendar
from partnerdesk.views.calendar_import import DatedImports

CALENDAR = """BEGIN:VCALENDAR
X-WR-CALNAME:Team
BEGIN:VEVENT
UID:a@example.org
SUMMARY:Fair in Porto
DTSTART:20260302
ATTENDEE:mailto:a@example.org
END:VEVENT
BEGIN:VEVENT
UID:b@example.org
SUMMARY:Kyoto comes
DTSTART:20260401
DTEND:20260404
END:VEVENT
BEGIN:VTODO
UID:c@example.org
SUMMARY:Write
DUE:20260320
END:VTODO
END:VCALENDAR
"""
PLAN = ("ID,Name,Start,Finish,Duration,Predecessors\n1,Draft,2026-03-02,2026-03-06,,\n"
        "2,Print,2026-03-09,2026-03-10,,1\n3,Out,2026-03-11,2026-03-11,0 days,2\n")


@pytest.fixture
def program(drive, tmp_path):
    create_file(tmp_path / "office.partnerdesk").close()
    return drive(tmp_path / "office.partnerdesk")


@pytest.fixture
def imports(program):
    made = DatedImports(program.house.desk, program.window)
    made.told = []
    made.noticed.connect(lambda kind, words: made.told.append((kind, words)))
    return made


def write(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return path


def all_of(program, record):
    return program.ask(lambda reader: reader.find(record))


def test_that_a_calendar_is_shown_decided_written_and_undone(program, imports, tmp_path):
    imports.begin(write(tmp_path, "team.ics", CALENDAR))
    program.settle()
    dialog = imports.dialog
    assert dialog.windowTitle() == "Import the calendar Team"
    assert dialog.summary.text() == "2 events, 1 task: 3 new, 0 changed, 0 the same, 0 rejected."
    assert dialog.left.text() == "Not kept: people invited"
    assert all_of(program, Appointment) == []
    dialog.table.select_row(1)
    dialog.becomes.chosen.emit("visit")
    program.settle()
    dialog.table.select_row(0)
    dialog.becomes.chosen.emit("skip")
    program.settle()
    assert dialog.table.lines.lines[0].skipped
    program.press("Import 2 entries", dialog)
    assert all_of(program, Appointment) == [] and [one.title for one in all_of(program, Visit)] == ["Kyoto comes"]
    program.keys("<Ctrl+Z>")
    assert all_of(program, Visit) == []


def test_that_a_second_import_offers_nothing_but_to_close(program, imports, tmp_path):
    path = write(tmp_path, "team.ics", CALENDAR)
    imports.begin(path)
    program.settle()
    program.press("Import 3 entries", imports.dialog)
    imports.begin(path)
    program.settle()
    assert imports.dialog.summary.text().endswith("0 new, 0 changed, 3 the same, 0 rejected.")
    program.press("Close", imports.dialog)


def test_that_a_plan_goes_into_its_project(program, imports, tmp_path):
    with_id = program.do(_new_project())
    done = []
    imports.imported.connect(lambda kind, number: done.append((kind, number)))
    imports.begin(write(tmp_path, "plan.csv", PLAN), with_id)
    program.settle()
    dialog = imports.dialog
    assert dialog.windowTitle() == "Import the plan of BRIDGE"
    assert dialog.summary.text().startswith("2 tasks, 1 milestone, 1 link: 3 new")
    program.press("Import 3 entries", dialog)
    assert [one.title for one in all_of(program, Task)] == ["Draft", "Print"]
    assert [one.task_id for one in all_of(program, Milestone)] == [all_of(program, Task)[1].id]
    assert done == [("project", with_id)]


def test_that_what_cannot_be_read_is_said_in_a_sentence(program, imports, tmp_path):
    imports.begin(write(tmp_path, "none.ics", "x" * 100))
    program.settle()
    imports.begin(write(tmp_path, "circle.csv", PLAN.replace("03-06,,", "03-06,,3")))
    program.settle()
    assert [kind for kind, _ in imports.told] == ["danger", "danger"] and imports.dialog is None
    assert imports.told[0][1] == "This is no calendar file." and "circle" in imports.told[1][1]


def test_that_the_preview_is_freed_when_it_is_cancelled(program, imports, tmp_path, freed):
    imports.begin(write(tmp_path, "team.ics", CALENDAR))
    program.settle()
    dialog = imports.dialog
    program.press("Cancel", dialog)
    imports.dialog = None
    freed(dialog)


def drop(program, path):
    """Drop a file on the window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    program.window.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
                                        Qt.KeyboardModifier.NoModifier))
    program.settle()


def test_that_a_calendar_dropped_on_the_window_is_planned(program, tmp_path):
    drop(program, write(tmp_path, "team.ics", CALENDAR))
    dialog = program.window.page_named("data").imports.dated.dialog
    program.press("Import 3 entries", dialog)
    assert len(all_of(program, Appointment)) == 2
    lines = program.window.page_named("data").imports.begin_page.table.lines.lines
    assert [line.batch.file_name for line in lines] == ["team.ics"]


def test_that_a_plan_dropped_on_the_window_becomes_a_project(program, tmp_path):
    drop(program, write(tmp_path, "Printing.csv", PLAN))
    dialog = program.window.page_named("data").imports.dated.dialog
    assert dialog.windowTitle() == "New project Printing"
    program.press("Import 3 entries", dialog)
    project, = all_of(program, Project)
    assert (project.title, project.starts_on, project.ends_on) == ("Printing", date(2026, 3, 2), date(2026, 3, 11))


def _new_project():
    from partnerdesk.services.projects import new_project

    return new_project(Project(acronym="BRIDGE"))


def save_as(program, saver, path):
    """Say where to save, as the file dialog would."""
    saver.dialog.close()
    saver.save(str(path))
    program.settle()


def test_that_the_calendar_of_the_office_goes_out_from_the_file_menu(program, tmp_path):
    drop(program, write(tmp_path, "team.ics", CALENDAR))
    program.press("Import 3 entries", program.window.page_named("data").imports.dated.dialog)
    program.house.registry.run("file.calendar")
    program.settle()
    dialog = next(one for one in program.window.findChildren(AskCalendar) if one.isVisible())
    program.press("Only what Ada is responsible for", dialog)
    assert dialog.scope() == Scope(responsible="Ada")
    program.press("Only what Ada is responsible for", dialog)
    program.press("Save as…", dialog)
    save_as(program, program.house.dated.exports.saver, tmp_path / "out.ics")
    assert {one.title for one in read_calendar((tmp_path / "out.ics").read_bytes()).entries} == {
        "Fair in Porto", "Kyoto comes", "Write"}


def test_that_a_project_takes_a_plan_in_and_its_calendar_out(program, tmp_path):
    made = program.do(_new_project())
    program.house.go("projects", made)
    program.settle()
    program.house.registry.run("projects.plan_in")
    dialog = next(one for one in program.window.findChildren(QFileDialog) if one.isVisible())
    dialog.close()
    program.house.dated.begin(write(tmp_path, "plan.csv", PLAN), made)
    program.settle()
    program.press("Import 3 entries", program.house.dated.imports.dialog)
    assert len(all_of(program, Task)) == 2 and program.window.page.key == "projects"
    program.house.registry.run("projects.calendar")
    save_as(program, program.house.dated.exports.saver, tmp_path / "project.ics")
    assert {one.title for one in read_calendar((tmp_path / "project.ics").read_bytes()).entries} == {
        "Draft (BRIDGE)", "Print (BRIDGE)", "Out (BRIDGE)"}
