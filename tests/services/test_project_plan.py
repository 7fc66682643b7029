"""Plans as one works on them: moves with what waits, circles refused by name, whole plans shifted and back."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerdesk.domain.problems import Refused
from partnerdesk.domain.projects import Deliverable, Milestone, Project, Task, TaskLink, WorkPackage
from partnerdesk.services import journal, projects
from partnerdesk.services.office import create_file, do

WHO = "Marta Ilves"
START = date(2026, 1, 1)


def day(n: int) -> date:
    return START + timedelta(days=n)


@pytest.fixture
def office(tmp_path: Path, stopped_clock: Any) -> Iterator[Any]:
    made = create_file(tmp_path / "plan.partnerdesk")
    yield made
    made.close()


@pytest.fixture
def project(office: Any) -> Project:
    """A project of 100 days: a package, three tasks one after the other, a milestone and a deliverable."""
    made = Project(acronym="BRIDGE", starts_on=day(0), ends_on=day(99), status="running")
    made_id = int(do(office, projects.new_project(made), WHO)[0])
    with office.read() as reader:
        found: Project = reader.get(Project, made_id)
    part = WorkPackage(title="P", starts_on=day(0), ends_on=day(59))
    package = int(do(office, projects.add_part(found, part), WHO)[0])
    for title, first in (("A", 0), ("B", 20), ("C", 40)):
        task = Task(title=title, work_package_id=package, starts_on=day(first), ends_on=day(first + 19))
        do(office, projects.add_part(found, task), WHO)
    do(office, projects.add_part(found, Milestone(title="M", due_on=day(39), work_package_id=package)), WHO)
    do(office, projects.add_part(found, Deliverable(title="D", due_on=day(99))), WHO)
    a, b, c = file_of(office, found).tasks
    do(office, projects.link_tasks(found, a, b), WHO)
    do(office, projects.link_tasks(found, b, c), WHO)
    return found


def file_of(office: Any, project: Project) -> projects.ProjectFile:
    with office.read() as reader:
        return projects.project_file(reader, project.id)


def days_of(office: Any, project: Project) -> dict[str, tuple[int, int]]:
    """The days of tasks as counted from the start, by title."""
    return {one.title: ((one.starts_on - START).days, (one.ends_on - START).days)
            for one in file_of(office, project).tasks if one.starts_on and one.ends_on}


def everything(office: Any, project: Project) -> list[Any]:
    """All planned days of a project."""
    file = file_of(office, project)
    own = (file.project.starts_on, file.project.ends_on, file.project.amended_to)
    return [own, *((one.starts_on, one.ends_on) for one in file.packages),
            *((one.starts_on, one.ends_on) for one in file.tasks), *(one.due_on for one in file.points)]


def undo(office: Any) -> None:
    with office.read() as reader:
        step = journal.undo_state(reader).undo
    assert step is not None
    do(office, journal.undo_deed(step), WHO)


def test_that_a_move_pushes_what_waits_in_one_step_that_can_be_undone(office: Any, project: Project) -> None:
    a = file_of(office, project).tasks[0]
    moved, changes = do(office, projects.move_task(project, a, day(5), day(24)), WHO)
    assert (moved.tasks, moved.pushed, moved.held_by) == (3, ("B", "C"), "")
    assert str(moved.message) == "2 tasks that wait went later"
    assert days_of(office, project) == {"A": (5, 24), "B": (25, 44), "C": (45, 64)}
    assert changes.ids("project") == {project.id}
    undo(office)
    assert days_of(office, project) == {"A": (0, 19), "B": (20, 39), "C": (40, 59)}


def test_that_a_task_goes_no_earlier_than_what_it_waits_for(office: Any, project: Project) -> None:
    b = file_of(office, project).tasks[1]
    moved, _ = do(office, projects.move_task(project, b, day(3), day(22)), WHO)
    assert (moved.held_by, moved.pushed) == ("A", ())
    assert str(moved.message) == "It has to wait for “A”"
    assert days_of(office, project)["B"] == (20, 39)
    moved, _ = do(office, projects.move_task(project, b, day(10), day(49)), WHO)
    assert str(moved.message) == "Held by “A”; 1 task that waits went later"
    assert days_of(office, project) == {"A": (0, 19), "B": (20, 49), "C": (50, 69)}


def test_that_a_stretch_pushes_and_the_end_never_lies_before_the_beginning(office: Any, project: Project) -> None:
    a, _, c = file_of(office, project).tasks
    do(office, projects.move_task(project, a, day(0), day(29)), WHO)
    assert days_of(office, project) == {"A": (0, 29), "B": (30, 49), "C": (50, 69)}
    with pytest.raises(Refused, match="The end lies before the beginning"):
        do(office, projects.move_task(project, c, day(60), day(50)), WHO)
    assert projects.Moved().message is None


def test_that_the_tasks_of_a_package_move_together(office: Any, project: Project) -> None:
    wishes = {one.id: (one.starts_on + timedelta(7), one.ends_on + timedelta(7))
              for one in file_of(office, project).tasks if one.starts_on and one.ends_on}
    moved, _ = do(office, projects.move_tasks(project, wishes), WHO)
    assert (moved.tasks, moved.pushed) == (3, ())
    assert days_of(office, project) == {"A": (7, 26), "B": (27, 46), "C": (47, 66)}


def test_that_a_circle_is_refused_with_the_names_of_its_tasks(office: Any, project: Project) -> None:
    a, _, c = file_of(office, project).tasks
    with pytest.raises(Refused, match="A → B → C → A") as refusal:
        do(office, projects.link_tasks(project, c, a), WHO)
    assert refusal.value.problems[0].code == "R102"
    with pytest.raises(Refused, match="A → A"):
        do(office, projects.link_tasks(project, a, a), WHO)
    assert len(file_of(office, project).links) == 2


def test_that_a_link_pushes_at_once_and_two_tasks_have_one(office: Any, project: Project) -> None:
    a, b, _ = file_of(office, project).tasks
    moved, _ = do(office, projects.link_tasks(project, a, b, "FS", 5), WHO)
    assert moved.pushed == ("B", "C")
    assert days_of(office, project)["C"] == (45, 64)
    link = next(one for one in file_of(office, project).links if one.task_id == b.id)
    assert len(file_of(office, project).links) == 2 and link.lag == 5
    do(office, projects.link_tasks(project, a, b, "SS"), WHO)
    link = next(one for one in file_of(office, project).links if one.task_id == b.id)
    assert (link.kind, link.lag, days_of(office, project)["B"]) == ("SS", 0, (25, 44))
    with pytest.raises(Refused, match="Choose how it waits"):
        do(office, projects.link_tasks(project, a, b, "XY"), WHO)
    do(office, projects.unlink_tasks(project, [link]), WHO)
    assert len(file_of(office, project).links) == 1
    undo(office)
    assert len(file_of(office, project).links) == 2


def test_that_tasks_of_other_projects_cannot_be_waited_for(office: Any, project: Project) -> None:
    other = int(do(office, projects.new_project(Project(acronym="OTHER")), WHO)[0])
    with office.read() as reader:
        theirs = reader.get(Project, other)
    made = int(do(office, projects.add_part(theirs, Task(title="T")), WHO)[0])
    with office.read() as reader:
        task = reader.get(Task, made)
    with pytest.raises(Refused, match="in the same project"):
        do(office, projects.link_tasks(project, task, file_of(office, project).tasks[0]), WHO)


def test_that_a_plan_from_elsewhere_is_put_in_order_in_one_step(office: Any, project: Project) -> None:
    b = file_of(office, project).tasks[1]
    with office.write(projects.settle_project(project).label, WHO) as unit:
        unit.change(Task, b.id, None, starts_on=day(1), ends_on=day(2))
    file = file_of(office, project)
    assert [one.after for one in file.plan.broken()] == [b.id]
    assert "“B” stands before what it waits for" in [str(one.message) for one in file.problems]
    moved, _ = do(office, projects.settle_project(project), WHO)
    assert moved.pushed == ("B",) and days_of(office, project)["B"] == (20, 21)


def test_that_a_loop_made_by_two_undone_steps_is_told_and_does_not_stop_the_form(office: Any, project: Project) -> None:
    a, _, c = file_of(office, project).tasks
    with office.write(projects.settle_project(project).label, WHO) as unit:
        unit.add(TaskLink(task_id=a.id, before_id=c.id))
    (problem,) = [one for one in file_of(office, project).problems if one.code == "R102"]
    assert sorted(str(problem.message).split(": ")[1].split(" → ")[:3]) == ["A", "B", "C"]
    assert file_of(office, project).plan.critical() == ()


@settings(max_examples=15)
@given(st.integers(-400, 400))
def test_that_shifting_there_and_back_is_where_it_was(office: Any, project: Project, days: int) -> None:
    before = everything(office, project)
    do(office, projects.shift_project(project, days), WHO)
    there = everything(office, project)
    assert there[0][0] - before[0][0] == timedelta(days) and there[-1] - before[-1] == timedelta(days)
    do(office, projects.shift_project(project, -days), WHO)
    assert everything(office, project) == before


def test_that_a_shift_beyond_the_calendar_is_refused_and_changes_nothing(office: Any, project: Project) -> None:
    before = everything(office, project)
    with pytest.raises(Refused, match="1800 to 2199"):
        do(office, projects.shift_project(project, 80_000), WHO)
    assert everything(office, project) == before


def test_that_a_delay_moves_what_comes_and_leaves_what_is_done(office: Any, project: Project) -> None:
    a, _, _ = file_of(office, project).tasks
    do(office, projects.change_part(project, a, progress=100), WHO)
    do(office, projects.delay_project(project, day(10), 30), WHO)
    assert days_of(office, project) == {"A": (0, 19), "B": (50, 69), "C": (70, 89)}
    file = file_of(office, project)
    assert (file.project.ends_on, file.project.amended_to) == (day(99), day(129))
    assert [(one.title, one.due_on) for one in file.points] == [("M", day(69)), ("D", day(129))]
    assert (file.packages[0].starts_on, file.packages[0].ends_on) == (day(0), day(89))
    undo(office)
    assert days_of(office, project)["B"] == (20, 39)
    assert file_of(office, project).project.amended_to is None


def test_that_a_delay_without_an_extension_may_leave_nothing_outside(office: Any, project: Project) -> None:
    before = everything(office, project)
    with pytest.raises(Refused, match="D would be due after the project ends"):
        do(office, projects.delay_project(project, day(10), 30, extend=False), WHO)
    with pytest.raises(Refused, match="at least one day"):
        do(office, projects.delay_project(project, day(10), 0), WHO)
    assert everything(office, project) == before


def test_that_a_plan_is_stretched_to_another_end_and_keeps_its_order(office: Any, project: Project) -> None:
    do(office, projects.stretch_project(project, day(199)), WHO)
    assert days_of(office, project) == {"A": (0, 39), "B": (40, 79), "C": (80, 119)}
    file = file_of(office, project)
    assert (file.project.ends_on, [one.due_on for one in file.points]) == (day(199), [day(79), day(199)])
    do(office, projects.stretch_project(project, day(4)), WHO)
    file = file_of(office, project)
    assert file.plan.broken() == () and file.project.ends_on == day(4)
    with pytest.raises(Refused, match="before the beginning"):
        do(office, projects.stretch_project(project, day(-1)), WHO)


def test_that_the_plan_agreed_on_is_noted_and_stays_when_days_move(office: Any, project: Project) -> None:
    do(office, projects.set_baseline(project), WHO)
    do(office, projects.shift_project(project, 10), WHO)
    file = file_of(office, project)
    assert file.project.baseline_on == date(2026, 3, 2)
    assert (file.tasks[0].base_from, file.tasks[0].base_to) == (day(0), day(19))
    assert (file.packages[0].base_to, file.milestones[0].base_due) == (day(59), day(39))
    undo(office)
    undo(office)
    file = file_of(office, project)
    assert (file.project.baseline_on, file.tasks[0].base_from, file.deliverables[0].base_due) == (None, None, None)


@settings(max_examples=12)
@given(st.data())
def test_that_no_row_of_deeds_breaks_a_link_and_undoing_all_gives_the_plan_back(
    office: Any, project: Project, data: st.DataObject
) -> None:
    before, steps = everything(office, project), 0
    for _ in range(data.draw(st.integers(1, 6))):
        tasks = file_of(office, project).tasks
        one, other = data.draw(st.sampled_from(tasks)), data.draw(st.sampled_from(tasks))
        first = data.draw(st.integers(-30, 120))
        deed: Any = data.draw(st.sampled_from((
            projects.move_task(project, one, day(first), day(first + data.draw(st.integers(0, 30)))),
            projects.link_tasks(project, one, other, data.draw(st.sampled_from(("FS", "SS", "FF", "SF"))),
                                data.draw(st.integers(-5, 10))),
            projects.delay_project(project, day(first), data.draw(st.integers(1, 40))),
            projects.shift_project(project, data.draw(st.integers(-50, 50))))))
        try:
            _, changes = do(office, deed, WHO)
            steps += not changes.nothing
        except Refused as refusal:
            assert refusal.problems[0].code == "R102"
        assert file_of(office, project).plan.broken() == () and not file_of(office, project).plan.loop
    for _ in range(steps):
        undo(office)
    assert everything(office, project) == before
