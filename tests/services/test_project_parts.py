"""The parts of a project: they come, change, take another place and go, and what named them stands without them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.partners import Institution
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.projects import Deliverable, Milestone, Project, ProjectMember, Task, TaskLink, WorkPackage
from partnerdesk.domain.words import Text
from partnerdesk.services import journal, partners, projects
from partnerdesk.services.office import create_file, do, set_home

WHO = "Marta Ilves"


@pytest.fixture
def office(tmp_path: Path, stopped_clock: Any) -> Iterator[Any]:
    made = create_file(tmp_path / "parts.partnerdesk")
    do(made, set_home(name="Northbridge"), WHO)
    yield made
    made.close()


@pytest.fixture
def project(office: Any) -> Project:
    made = Project(acronym="BRIDGE", starts_on=date(2026, 1, 1), ends_on=date(2027, 12, 31), status="running")
    with office.read() as reader:
        assert reader.find(Project) == []
    made_id = int(do(office, projects.new_project(made), WHO)[0])
    with office.read() as reader:
        found: Project = reader.get(Project, made_id)
        return found


def add(office: Any, project: Project, part: Any) -> Any:
    made = int(do(office, projects.add_part(project, part), WHO)[0])
    with office.read() as reader:
        return reader.get(type(part), made)


def get(office: Any, part: Any) -> Any:
    with office.read() as reader:
        return reader.get(type(part), part.id)


def file_of(office: Any, project: Project) -> projects.ProjectFile:
    with office.read() as reader:
        return projects.project_file(reader, project.id)


def undo(office: Any) -> None:
    with office.read() as reader:
        step = journal.undo_state(reader).undo
    assert step is not None
    do(office, journal.undo_deed(step), WHO)


def test_that_an_institution_takes_part_once(office: Any, project: Project) -> None:
    some = [int(do(office, partners.new_partner(Institution(name=name)), WHO)[0]) for name in ("Lund", "Ghent")]
    add(office, project, ProjectMember(institution_id=some[0]))
    with pytest.raises(Refused, match="takes part already"):
        add(office, project, ProjectMember(institution_id=some[0]))
    with pytest.raises(Refused, match="Choose an institution"):
        add(office, project, ProjectMember())
    add(office, project, ProjectMember(institution_id=some[1]))
    file = file_of(office, project)
    assert [file.name_of(one.institution_id) for one in file.members] == ["Northbridge", "Lund", "Ghent"]


def test_that_a_point_outside_the_project_is_refused_and_a_task_is_not(office: Any, project: Project) -> None:
    late = date(2028, 1, 1)
    for part in (Milestone(title="M", due_on=late), Deliverable(title="D", due_on=late)):
        with pytest.raises(Refused, match="Due after the project ends") as refusal:
            add(office, project, part)
        assert refusal.value.problems[0].code == "R100"
    milestone = add(office, project, Milestone(title="M", due_on=date(2027, 12, 31)))
    with pytest.raises(Refused):
        do(office, projects.change_part(project, milestone, due_on=late), WHO)
    do(office, projects.change_part(project, milestone, met_on=date(2026, 3, 1), verification="Minutes"), WHO)
    with pytest.raises(Refused, match="still to come"):
        do(office, projects.change_part(project, get(office, milestone), met_on=date(2026, 3, 3)), WHO)
    add(office, project, Task(title="T", starts_on=late, ends_on=late))


def test_that_the_last_comes_last_and_a_part_takes_the_place_it_is_given(office: Any, project: Project) -> None:
    package = add(office, project, WorkPackage(title="P"))
    tasks = [add(office, project, Task(title=title, work_package_id=package.id)) for title in "ABC"]
    other = add(office, project, Task(title="X"))
    assert do(office, projects.move_part(project, tasks[2], 0), WHO)[0]
    assert not do(office, projects.move_part(project, other, 3), WHO)[0]
    assert [one.title for one in file_of(office, project).tasks] == ["C", "A", "B", "X"]
    undo(office)
    assert [one.title for one in file_of(office, project).tasks] == ["A", "B", "C", "X"]


def test_that_a_work_package_leaves_its_tasks_and_a_task_takes_its_links(office: Any, project: Project) -> None:
    package = add(office, project, WorkPackage(title="P"))
    one = add(office, project, Task(title="One", work_package_id=package.id))
    two = add(office, project, Task(title="Two", work_package_id=package.id))
    add(office, project, Milestone(title="M", task_id=one.id, work_package_id=package.id))
    do(office, projects.link_tasks(project, one, two), WHO)
    do(office, projects.remove_part(project, package), WHO)
    file = file_of(office, project)
    assert [task.work_package_id for task in file.tasks] == [None, None]
    do(office, projects.remove_part(project, one), WHO)
    file = file_of(office, project)
    assert (file.links, file.milestones[0].task_id) == ((), None)
    undo(office)
    undo(office)
    file = file_of(office, project)
    assert (len(file.packages), len(file.links), file.milestones[0].task_id) == (1, 1, one.id)


def test_that_many_parts_go_in_one_step_and_come_back_in_one(office: Any, project: Project) -> None:
    tasks = [add(office, project, Task(title=title)) for title in "ABC"]
    do(office, projects.link_tasks(project, tasks[0], tasks[1]), WHO)
    do(office, projects.remove_parts(project, tasks), WHO)
    with office.read() as reader:
        assert (reader.count(Task), reader.count(TaskLink)) == (0, 0)
    undo(office)
    assert len(file_of(office, project).tasks) == 3 and len(file_of(office, project).links) == 1


def test_that_typed_days_push_what_waits_and_are_refused_where_the_task_has_to_wait(
    office: Any, project: Project
) -> None:
    one = add(office, project, Task(title="One", starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 10)))
    two = add(office, project, Task(title="Two", starts_on=date(2026, 1, 11), ends_on=date(2026, 1, 20)))
    do(office, projects.link_tasks(project, one, two), WHO)
    assert do(office, projects.change_part(project, one, ends_on=date(2026, 1, 15), title="First"), WHO)[0]
    tasks = file_of(office, project).tasks
    assert [(task.title, task.starts_on, task.ends_on) for task in tasks] == [
        ("First", date(2026, 1, 1), date(2026, 1, 15)), ("Two", date(2026, 1, 16), date(2026, 1, 25))]
    with pytest.raises(Refused, match="It has to wait for “First”: not before 2026-01-16") as refusal:
        do(office, projects.change_part(project, tasks[1], starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 14)), WHO)
    assert refusal.value.problems[0].field == "starts_on"
    with pytest.raises(Refused, match="The end lies before"):
        do(office, projects.change_part(project, tasks[1], ends_on=date(2026, 1, 2)), WHO)
    undo(office)
    assert [task.ends_on for task in file_of(office, project).tasks] == [date(2026, 1, 10), date(2026, 1, 20)]
    assert do(office, projects.change_part(project, file_of(office, project).tasks[0], progress=50), WHO)[0]


def test_that_a_task_too_early_already_can_be_changed_where_that_makes_it_no_worse(
    office: Any, project: Project
) -> None:
    one = add(office, project, Task(title="One", starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 10)))
    two = add(office, project, Task(title="Two"))
    three = add(office, project, Task(title="Three", starts_on=date(2026, 1, 7), ends_on=date(2026, 1, 9)))
    do(office, projects.link_tasks(project, one, two), WHO)
    do(office, projects.link_tasks(project, two, three), WHO)
    with office.write(Text("from elsewhere"), WHO) as unit:
        unit.change(Task, two.id, None, starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 6))
    two = file_of(office, project).tasks[1]
    do(office, projects.change_part(project, two, ends_on=date(2026, 1, 20)), WHO)
    tasks = file_of(office, project).tasks
    assert [(task.starts_on, task.ends_on) for task in tasks[1:]] == [
        (date(2026, 1, 5), date(2026, 1, 20)), (date(2026, 1, 21), date(2026, 1, 23))]
    with pytest.raises(Refused, match="not before 2026-01-11"):
        do(office, projects.change_part(project, tasks[1], starts_on=date(2026, 1, 4)), WHO)


def test_that_progress_goes_from_0_to_100(office: Any, project: Project) -> None:
    task = add(office, project, Task(title="A"))
    with pytest.raises(Refused, match="0 to 100"):
        do(office, projects.change_part(project, task, progress=101), WHO)
    do(office, projects.change_part(project, task, progress=100), WHO)
    assert file_of(office, project).progress == 100
