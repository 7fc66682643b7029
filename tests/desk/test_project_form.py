"""A plan written in the form by a real pointer and real keys: a task added, dated, made to wait, and taken back."""

import pytest

from partnerdesk.domain.projects import Project, Task, TaskLink

pytestmark = pytest.mark.timeout(300)


def tasks(office, project_id):
    return [one.title for one in sorted(office.find(Task, project_id=project_id), key=lambda one: one.id)]


def test_that_a_task_is_added_and_made_to_wait_by_hand_and_one_key_takes_each_step_back(start, northbridge):
    program, office = start(northbridge.path), northbridge
    project = next(one for one in office.find(Project) if one.acronym == "H2GRID")
    before = tasks(office, project.id)
    program.come_up()
    program.come_to_front()
    program.click("Projects", kind="cell")
    program.until(lambda: program.things("H2GRID", kind="cell"), "the project is in the list")
    program.click("H2GRID", kind="cell")
    program.click("plan", kind="tab")
    program.click("Add a task")
    program.until(lambda: len(tasks(office, project.id)) == len(before) + 1, "there is a new task")
    program.until(lambda: program.things("New task"), "its name can be typed")
    program.keys("ctrl+a")
    program.type("Wait for the weather")
    program.keys("Return")
    program.until(lambda: tasks(office, project.id)[-1] == "Wait for the weather", "it has its name")
    links = len(office.find(TaskLink))
    program.keys("Right", "Right", "Right", "F2")
    program.type("1")
    program.keys("Return")
    program.until(lambda: len(office.find(TaskLink)) == links + 1, "it waits for the first task")
    program.keys("ctrl+z")
    program.until(lambda: len(office.find(TaskLink)) == links, "it waits for nothing again")
