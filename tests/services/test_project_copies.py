"""Projects made after others: the plan comes along by months and days, what was done stays behind."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.partners import Institution
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.projects import Deliverable, Milestone, Project, ProjectPerson, Risk, Task, WorkPackage
from partnerdesk.services import partners, projects
from partnerdesk.services.office import create_file, do, set_home

WHO = "Marta Ilves"


@pytest.fixture
def office(tmp_path: Path, stopped_clock: Any) -> Iterator[Any]:
    made = create_file(tmp_path / "copies.partnerdesk")
    do(made, set_home(name="Northbridge"), WHO)
    yield made
    made.close()


@pytest.fixture
def chile(office: Any) -> int:
    return int(do(office, partners.new_partner(Institution(name="Universidad de Chile", country="CL")), WHO)[0])


@pytest.fixture
def source(office: Any, chile: int) -> Project:
    """A project of two years in the middle of its work, led by a partner."""
    made = Project(acronym="BRIDGE", title="Bridging", kind="research", programme="horizon", starts_on=date(2026, 1, 1),
                   ends_on=date(2027, 12, 31), status="running", grant_number="G-1", budget=100.0, spent=30.0,
                   health="red", lead_id=chile, responsible="Ana", baseline_on=date(2026, 1, 2))
    project = get(office, int(do(office, projects.new_project(made, [chile]), WHO)[0]))
    package = add(office, project, WorkPackage(
        number="1", title="P", lead_id=chile, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)))
    tasks = [add(office, project, one) for one in (
        Task(title="A", work_package_id=package, starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 31), progress=100,
             institution_id=chile, base_from=date(2026, 1, 1), responsible="Ana"),
        Task(title="B", work_package_id=package, starts_on=date(2026, 2, 1), ends_on=date(2026, 2, 28)),
        Task(title="Undated"))]
    first, second, _ = file_of(office, project).tasks
    do(office, projects.link_tasks(project, first, second), WHO)
    add(office, project, Milestone(title="M", due_on=date(2026, 12, 31), met_on=date(2026, 2, 1), task_id=tasks[1]))
    add(office, project, Deliverable(title="D", due_on=date(2027, 12, 31), work_package_id=package, edition="2"))
    add(office, project, Risk(title="R", state="closed", responsible="Ana"))
    add(office, project, ProjectPerson(name="Ana Soto"))
    return get(office, project.id)


def add(office: Any, project: Project, part: Any) -> int:
    return int(do(office, projects.add_part(project, part), WHO)[0])


def get(office: Any, project_id: int) -> Project:
    with office.read() as reader:
        found: Project = reader.get(Project, project_id)
        return found


def file_of(office: Any, project: Project) -> projects.ProjectFile:
    with office.read() as reader:
        return projects.project_file(reader, project.id)


def test_that_a_copy_has_the_plan_from_another_day_and_nothing_that_was_done(office: Any, source: Project) -> None:
    made = int(do(office, projects.copy_project(source.id, acronym="NEXT", starts_on=date(2028, 9, 1)), WHO)[0])
    file = file_of(office, get(office, made))
    project = file.project
    assert (project.acronym, project.kind, project.status, project.starts_on, project.ends_on) == (
        "NEXT", "research", "idea", date(2028, 9, 1), date(2030, 8, 31))
    assert (project.grant_number, project.spent, project.health, project.lead_id, project.baseline_on) == (
        "", None, "", None, None)
    assert [(one.title, one.starts_on, one.ends_on, one.progress, one.institution_id, one.base_from)
            for one in file.tasks] == [
        ("A", date(2028, 9, 1), date(2028, 9, 30), 0, None, None),
        ("B", date(2028, 10, 1), date(2028, 10, 31), 0, None, None), ("Undated", None, None, 0, None, None)]
    assert [one.work_package_id for one in file.tasks] == [file.packages[0].id, file.packages[0].id, None]
    assert [(one.before_id, one.task_id) for one in file.links] == [(file.tasks[0].id, file.tasks[1].id)]
    assert [(one.due_on, one.task_id, one.met_on) for one in file.milestones] == [
        (date(2029, 8, 31), file.tasks[1].id, None)]
    assert [(one.due_on, one.work_package_id, one.edition) for one in file.deliverables] == [
        (date(2030, 8, 31), file.packages[0].id, "")]
    assert (file.packages[0].ends_on, file.risks[0].state, file.risks[0].responsible) == (
        date(2029, 8, 31), "open", "")
    assert (file.people, [file.name_of(one.institution_id) for one in file.members]) == ((), ["Northbridge"])


def test_that_members_come_along_where_that_is_asked_for(office: Any, source: Project, chile: int) -> None:
    made = int(do(office, projects.copy_project(
        source.id, members=True, acronym="NEXT", starts_on=None), WHO)[0])
    file = file_of(office, get(office, made))
    assert [file.name_of(one.institution_id) for one in file.members] == ["Northbridge", "Universidad de Chile"]
    assert (file.project.lead_id, file.packages[0].lead_id, file.tasks[0].institution_id) == (chile, chile, chile)
    assert file.project.starts_on == date(2026, 1, 1)


def test_that_a_template_is_out_of_the_list_and_gives_new_projects(office: Any, source: Project) -> None:
    template = int(do(office, projects.save_as_template(source, "Research project"), WHO)[0])
    with office.read() as reader:
        assert [(one.id, one.title) for one in projects.templates(reader)] == [(template, "Research project")]
        assert projects.project_count(reader) == 1
        assert [one[0] for one in projects.project_names(reader)] == [source.id]
    file = file_of(office, get(office, template))
    assert (file.project.acronym, file.project.responsible, file.health.light) == ("", "", "")
    made = int(do(office, projects.copy_project(
        template, acronym="THIRD", starts_on=date(2027, 2, 1), responsible="Bo"), WHO)[0])
    file = file_of(office, get(office, made))
    assert (file.project.template, file.project.responsible, file.project.ends_on) == (False, "Bo", date(2029, 1, 31))
    assert file.plan.broken() == () and file.tasks[1].ends_on == date(2027, 3, 31)


def test_that_a_copy_beyond_the_calendar_or_without_a_name_is_refused(office: Any, source: Project) -> None:
    with pytest.raises(Refused, match="1800 to 2199"):
        do(office, projects.copy_project(source.id, acronym="FAR", starts_on=date(2199, 1, 1)), WHO)
    with pytest.raises(Refused, match="needs an acronym"):
        do(office, projects.copy_project(source.id, acronym="", title=""), WHO)
    with office.read() as reader:
        assert reader.count(Project) == 1


def test_that_a_project_without_days_is_copied_as_it_is(office: Any) -> None:
    bare = get(office, int(do(office, projects.new_project(Project(acronym="BARE")), WHO)[0]))
    add(office, bare, Task(title="T"))
    made = int(do(office, projects.copy_project(bare.id, acronym="NEW", starts_on=date(2027, 1, 1)), WHO)[0])
    assert get(office, made).starts_on == date(2027, 1, 1)
    assert [one.title for one in file_of(office, get(office, made)).tasks] == ["T"]
