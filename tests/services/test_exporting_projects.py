"""Exported projects: the list with how far each is, and sheets of tasks, points and members."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.partners import Institution
from partnerdesk.domain.projects import Deliverable, Milestone, Project, ProjectPerson, Task, WorkPackage
from partnerdesk.formats.books import read_book
from partnerdesk.services import partners, projects
from partnerdesk.services.exporting import export_list
from partnerdesk.services.office import create_file, do, set_home

WHO = "Marta Ilves"


@pytest.fixture
def path(tmp_path: Path, stopped_clock: Any) -> Path:
    """An office with a project of two tasks, a late milestone and a deliverable handed in, and a finished one."""
    path = tmp_path / "office.partnerdesk"
    office = create_file(path)
    do(office, set_home(name="Northbridge"), WHO)
    chile = int(do(office, partners.new_partner(Institution(name="Universidad de Chile", country="CL")), WHO)[0])
    made = Project(acronym="BRIDGE", status="running", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31),
                   budget=1000.0, currency="EUR")
    project_id = int(do(office, projects.new_project(made, [chile]), WHO)[0])
    do(office, projects.new_project(Project(acronym="OVER", status="finished")), WHO)
    with office.read() as reader:
        project = reader.get(Project, project_id)
    package = int(do(office, projects.add_part(project, WorkPackage(number="1", title="Work")), WHO)[0])
    for part in (Task(title="A", work_package_id=package, starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 31),
                      base_to=date(2026, 1, 21)),
                 Task(title="B", starts_on=date(2026, 2, 6), ends_on=date(2026, 4, 30), progress=50),
                 Milestone(number="M1", title="Kick-off", due_on=date(2026, 2, 1), verification="Minutes"),
                 Deliverable(number="D1", title="Report", due_on=date(2026, 2, 10), submitted_on=date(2026, 2, 12)),
                 ProjectPerson(name="Ana", hours=10.0), ProjectPerson(name="Bo", hours=5.0, worked=2.0)):
        do(office, projects.add_part(project, part), WHO)
    with office.read() as reader:
        one, two = projects.project_file(reader, project_id).tasks
    do(office, projects.link_tasks(project, one, two, "FS", 5), WHO)
    office.close()
    return path


def sheets(path: Path) -> dict[str, list[dict[str, Any]]]:
    found = {}
    for sheet in read_book(path).sheets:
        head, *rows = sheet.rows
        found[sheet.name] = [dict(zip(map(str, head), row, strict=False)) for row in rows]
    return found


def test_that_a_workbook_tells_projects_with_tasks_points_and_members(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "projects.xlsx"
    assert export_list("projects", path, target) == 2
    found = sheets(target)
    bridge = found["Projects"][0]
    assert (bridge["Acronym"], bridge["Status"], bridge["Partners"], bridge["Points late"], bridge["Health"]) == (
        "BRIDGE", "Running", "Universidad de Chile", 1, "Needs attention")
    assert (bridge["Reason"], bridge["Hours planned"], bridge["Hours worked"]) == ("M1 Kick-off is 29 days late", 15, 2)
    assert [(row["Work package"], row["Task"], row["Days"], row["Waits for"], row["Decides the end"], row["Days late"])
            for row in found["Tasks"]] == [("1 Work", "A", 31, None, True, 30), (None, "B", 84, "A FS+5", True, 0)]
    assert found["Tasks"][0]["Days behind the agreed end"] == 10
    assert [(row["What"], row["Number"], row["Days late"], row["Kind"]) for row in
            found["Milestones and deliverables"]] == [
        ("Milestone", "M1", 29, None), ("Deliverable", "D1", 2, "Report")]
    assert [(row["Institution"], row["Role"], row["Country"]) for row in found["Members"]
            if row["Project"] == "BRIDGE"] == [
        ("Northbridge", "Partner", None), ("Universidad de Chile", "Partner", "Chile")]


def test_that_a_search_line_chooses_and_a_table_holds_the_list(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "projects.csv"
    assert export_list("projects", path, target, "running:yes") == 1
    assert export_list("projects", path, target, "status:finished over") == 1
    (sheet,) = sheets(target).values()
    assert [row["Acronym"] for row in sheet] == ["OVER"]
