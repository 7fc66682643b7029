"""A plan of another program comes into a project as it was shown, once, and one step takes it back."""

from datetime import date

import pytest

from partnerdesk.domain.importing import Outcome
from partnerdesk.domain.office import ImportBatch
from partnerdesk.domain.problems import BadFile, Refused
from partnerdesk.domain.projects import Milestone, Project, ProjectMember, Task, TaskLink, WorkPackage
from partnerdesk.domain.words import Text
from partnerdesk.services import journal
from partnerdesk.services.importing_plan_file import import_deed, plan_from_file
from partnerdesk.services.office import create_file, do, set_home

PLAN = """ID,Task Name,Duration,Start,Finish,Predecessors,% Complete,Outline Level,Resource Names
1,WP1 Management,,2026-01-05,2026-05-01,,0%,1,
2,Kick-off,1 day,2026-01-05,2026-01-05,,100%,2,Anna
3,Handbook,10 days,2026-03-04,2026-03-17,2FS+1d,50%,2,"Anna,Boris"
4,M1 Handbook approved,0 days,2026-03-18,2026-03-18,3,0%,2,
5,M2 Started,0 days,2026-01-05,2026-01-05,2,100%,2,
6,WP2 Teaching,20 days,2026-03-19,2026-04-15,,0%,1,Chen
"""


class Desk:
    """An office with short ways to bring plans in."""

    def __init__(self, folder):
        self.folder = folder
        self.office = create_file(folder / "plans.partnerdesk")
        self.do(set_home(name="Northbridge"))

    def do(self, deed):
        return do(self.office, deed, "Marta Ilves")[0]

    def all(self, record, **equals):
        with self.office.read() as reader:
            return reader.find(record, **equals)

    def plan(self, content=PLAN, project_id=None):
        path = self.folder / "Bridges.csv"
        path.write_text(content, encoding="utf-8")
        with self.office.read() as reader:
            return plan_from_file(reader, path, project_id)

    def bring(self, content=PLAN, project_id=None):
        return self.do(import_deed(self.plan(content, project_id)))


@pytest.fixture
def desk(tmp_path, stopped_clock):
    made = Desk(tmp_path)
    yield made
    made.office.close()


def test_that_a_plan_makes_a_project_of_its_own(desk):
    project_id = desk.bring()
    project, = desk.all(Project)
    assert (project.id, project.title, project.status) == (project_id, "Bridges", "running")
    assert (project.starts_on, project.ends_on) == (date(2026, 1, 5), date(2026, 5, 1))
    assert [one.role for one in desk.all(ProjectMember)] == ["partner"]
    packages = {one.id: one.number for one in desk.all(WorkPackage)}
    assert list(packages.values()) == ["WP1"]
    tasks = {one.title: one for one in desk.all(Task)}
    assert {title: packages.get(one.work_package_id) for title, one in tasks.items()} == {
        "Kick-off": "WP1", "Handbook": "WP1", "WP2 Teaching": None}
    handbook = tasks["Handbook"]
    assert (handbook.starts_on, handbook.progress, handbook.responsible) == (date(2026, 3, 4), 50, "Anna,Boris")
    assert [(one.task_id, one.before_id, one.kind, one.lag) for one in desk.all(TaskLink)] == [
        (handbook.id, tasks["Kick-off"].id, "FS", 1)]
    approved, started = desk.all(Milestone)
    assert (approved.number, approved.title, approved.task_id, approved.met_on) == (
        "M1", "Handbook approved", handbook.id, None)
    assert started.met_on == started.due_on == date(2026, 1, 5)


def test_that_the_same_plan_changes_nothing_a_second_time_and_one_step_takes_it_back(desk):
    project_id = desk.bring()
    again = desk.plan(project_id=project_id)
    assert not again.writes and again.links == 0 and again.counts["same"] == 6
    desk.do(import_deed(again))
    assert [one.file_name for one in desk.all(ImportBatch)] == ["Bridges.csv"]
    with desk.office.read() as reader:
        step = journal.undo_state(reader).undo
    desk.do(journal.undo_deed(step))
    assert not desk.all(Project) and not desk.all(Task) and not desk.all(TaskLink) and not desk.all(ImportBatch)


def test_that_what_changed_in_the_file_is_changed_and_the_rest_stays(desk):
    project_id = desk.bring()
    with desk.office.write(Text("own"), "Marta Ilves") as unit:
        unit.add(Task(project_id=project_id, title="Ours alone"))
    changed = PLAN.replace("2026-03-17,2FS+1d,50%", "2026-03-20,2FS+3d,80%") + "7,Report,,2026-04-20,2026-04-24,6,,2,\n"
    plan = desk.plan(changed, project_id)
    assert [row.title for row in plan.rows if row.outcome is Outcome.CHANGED] == ["Handbook"]
    handbook = next(row for row in plan.rows if row.title == "Handbook")
    assert handbook.changed == ("ends_on", "progress") and handbook.waits == ((1, "FS", 3),)
    assert str(handbook.changes) == "Until, Progress (%), What it waits for"
    desk.do(import_deed(plan))
    tasks = {one.title: one for one in desk.all(Task)}
    assert tasks["Handbook"].ends_on == date(2026, 3, 20) and "Ours alone" in tasks
    assert tasks["Report"].work_package_id in {one.id for one in desk.all(WorkPackage)}
    assert not desk.plan(changed, project_id).writes


def test_that_tasks_of_one_name_are_each_known_again(desk):
    twice = PLAN + ("7,WP3 Travel,,,,,,1,\n8,Kick-off,,2026-02-02,2026-02-02,,,2,\n"
                    "9,Kick-off,,2026-02-09,2026-02-09,,,2,\n")
    project_id = desk.bring(twice)
    assert len(desk.all(Task)) == 5 and not desk.plan(twice, project_id).writes


def test_that_a_milestone_outside_the_project_is_rejected_with_the_reason(desk):
    with desk.office.write(Text("own"), "Marta Ilves") as unit:
        project = unit.add(Project(acronym="BRIDGES", starts_on=date(2026, 2, 1), ends_on=date(2026, 12, 31)))
    plan = desk.plan(project_id=project.id)
    rejected, = (row for row in plan.rows if row.outcome is Outcome.REJECTED)
    assert rejected.title == "M2 Started" and "before the project begins" in str(rejected.notes[0])
    desk.do(import_deed(plan))
    assert [one.title for one in desk.all(Milestone)] == ["Handbook approved"]


def test_that_a_circle_with_links_that_are_there_is_refused_by_name(desk):
    project_id = desk.bring()
    turned = PLAN.replace("2FS+1d", "").replace("2026-01-05,,100%", "2026-01-05,3,100%")
    tasks = {one.title: one for one in desk.all(Task)}
    with pytest.raises(Refused, match=r"circle: .*(Kick-off → Handbook|Handbook → Kick-off)"):
        desk.plan(turned, project_id)
    with pytest.raises(BadFile, match=r"Kick-off → Handbook|Handbook → Kick-off"):
        desk.plan(PLAN.replace("2026-01-05,,100%", "2026-01-05,3,100%"))
    assert {one.title: one for one in desk.all(Task)} == tasks


def test_that_a_task_too_early_for_its_link_keeps_its_days_and_is_told(desk):
    early = PLAN.replace("2026-03-04,2026-03-17", "2026-01-05,2026-01-09")
    plan = desk.plan(early)
    handbook = next(row for row in plan.rows if row.title == "Handbook")
    assert "before what it waits for" in str(handbook.notes[0]) and handbook.when[0] == date(2026, 1, 5)


def test_that_an_office_that_changed_meanwhile_is_not_written_over(desk):
    project_id = desk.bring()
    plan = desk.plan(PLAN.replace("50%", "60%"), project_id)
    desk.do(import_deed(desk.plan(PLAN.replace("50%", "70%"), project_id)))
    with pytest.raises(Refused, match="changed"):
        desk.do(import_deed(plan))
