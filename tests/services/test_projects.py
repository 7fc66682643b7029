"""What users do with projects: enter, find, change, put away, and all of it taken back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain import clock
from partnerdesk.domain.agreements import Document
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.outputs import JointOutput
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.problems import Missing, Refused, Superseded
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
from partnerdesk.services import journal, outputs, partners, projects, trash
from partnerdesk.services.office import create_file, do, set_home

WHO = "Marta Ilves"


@pytest.fixture
def office(tmp_path: Path, stopped_clock: Any) -> Iterator[Any]:
    made = create_file(tmp_path / "projects.partnerdesk")
    do(made, set_home(name="Northbridge"), WHO)
    yield made
    made.close()


@pytest.fixture
def chile(office: Any) -> int:
    return int(do(office, partners.new_partner(Institution(name="Universidad de Chile", country="CL")), WHO)[0])


def new(office: Any, acronym: str = "BRIDGE", partner_ids: tuple[int, ...] = (), **fields: Any) -> Project:
    span = {"starts_on": date(2026, 1, 1), "ends_on": date(2027, 12, 31), "status": "running"}
    made = Project(acronym=acronym, **{**span, **fields})
    return get(office, int(do(office, projects.new_project(made, partner_ids), WHO)[0]))


def get(office: Any, project_id: int) -> Project:
    with office.read() as reader:
        found: Project = reader.get(Project, project_id)
        return found


def file_of(office: Any, project: Project) -> projects.ProjectFile:
    with office.read() as reader:
        return projects.project_file(reader, project.id)


def undo(office: Any) -> None:
    with office.read() as reader:
        step = journal.undo_state(reader).undo
    assert step is not None
    do(office, journal.undo_deed(step), WHO)


def found(office: Any, *filters: tuple[str, str], words: tuple[str, ...] = (), sort: str = "name",
          down: bool = False) -> list[str]:
    asked = []
    for key, value in filters:
        negated, key = key.startswith("-"), key.lstrip("-")
        op = value[0] if value[:1] in "<>" and value else ":"
        asked.append(Filter(key, op, tuple(value.lstrip("<>").split(",")), negated))
    query = ListQuery(words, (), tuple(asked), sort, down)
    with office.read() as reader:
        ids = projects.project_ids(reader, query)
        assert projects.project_hits(reader, query) == len(ids)
        lines = projects.project_lines(reader, ids)
        return [projects.named(lines[i]) for i in ids]


def test_that_a_new_project_has_our_institution_and_its_partners(office: Any, chile: int) -> None:
    project = new(office, partner_ids=(chile, chile), our_role="coordinator")
    file = file_of(office, project)
    assert [(file.name_of(one.institution_id), one.role, one.position) for one in file.members] == [
        ("Northbridge", "coordinator", 0), ("Universidad de Chile", "partner", 1)]
    assert file.name_of(project.lead_id) == "Northbridge"
    led = new(office, "LED", (chile,), lead_id=chile, our_role="partner")
    assert [one.role for one in file_of(office, led).members] == ["partner", "coordinator"]


def test_that_a_project_needs_a_name_and_days_in_order(office: Any) -> None:
    with pytest.raises(Refused, match="needs an acronym"):
        new(office, " ")
    project = new(office)
    with pytest.raises(Refused) as refusal:
        do(office, projects.change_project(project, ends_on=date(2025, 1, 1)), WHO)
    assert [one.field for one in refusal.value.problems] == ["ends_on"]


def test_that_days_of_a_project_leave_no_milestone_outside(office: Any) -> None:
    project = new(office)
    do(office, projects.add_part(project, Milestone(number="M1", title="Pilot", due_on=date(2027, 10, 1))), WHO)
    project = get(office, project.id)
    for fields in ({"ends_on": date(2027, 9, 30)}, {"amended_to": date(2027, 9, 30), "ends_on": date(2027, 9, 1)}):
        with pytest.raises(Refused, match="M1 Pilot would be due after the project ends"):
            do(office, projects.change_project(project, **fields), WHO)
    with pytest.raises(Refused, match="before the project begins"):
        do(office, projects.change_project(project, starts_on=date(2027, 10, 2)), WHO)
    do(office, projects.change_project(project, ends_on=date(2027, 10, 1), title="Bridging"), WHO)
    assert get(office, project.id).title == "Bridging"


def test_that_a_change_of_somebody_else_is_not_run_over_and_undo_takes_back(office: Any) -> None:
    project = new(office)
    do(office, projects.change_project(project, title="Theirs"), "Somebody else")
    with pytest.raises(Superseded):
        do(office, projects.change_project(project, title="Ours"), WHO)
    undo(office)
    assert get(office, project.id).title == ""


def test_that_a_file_holds_all_that_belongs_to_a_project(office: Any, chile: int) -> None:
    project = new(office, partner_ids=(chile,))
    package = int(do(office, projects.add_part(project, WorkPackage(number="1", title="Lead", lead_id=chile)), WHO)[0])
    parts = (Task(title="Own"), Task(title="Write", work_package_id=package, institution_id=chile, progress=40,
                                     starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 10)),
             Milestone(title="Kick-off", due_on=date(2026, 2, 1)), Deliverable(title="Report"), Risk(title="Delay"),
             ProjectPerson(name="Ana Soto", hours=40.0), Document(title="Contract"))
    for part in parts:
        do(office, projects.add_part(project, part), WHO)
    do(office, outputs.new_output(JointOutput(title="Paper", project_id=project.id), [chile]), WHO)
    file = file_of(office, project)
    assert [one.title for one in file.tasks] == ["Write", "Own"]
    assert [len(some) for some in (file.packages, file.milestones, file.deliverables, file.risks, file.people,
                                   file.documents, file.outputs)] == [1] * 7
    assert [one.title for one in file.points] == ["Kick-off", "Report"]
    assert list(file.output_partners.values()) == [(chile,)]
    assert (file.progress, file.span) == (36, (date(2026, 1, 1), date(2027, 12, 31)))
    assert (file.health.light, str(file.health.reason)) == ("amber", "Kick-off is 29 days late")
    assert [one.code for one in file.problems] == ["R101"]
    assert file.active_on == date(2026, 3, 2)


def test_that_the_light_of_the_list_is_that_of_the_file(office: Any) -> None:
    project = new(office)
    do(office, projects.add_part(project, Milestone(number="M1", title="Late", due_on=date(2026, 1, 2))), WHO)
    do(office, projects.add_part(project, Task(title="T", ends_on=date(2026, 1, 30))), WHO)
    do(office, projects.add_part(project, Risk(title="R", likelihood=5, impact=4)), WHO)
    file = file_of(office, project)
    with office.read() as reader:
        from partnerdesk.store.projects import standings

        assert standings(reader, [project.id], clock.today())[project.id] == file.standing
        line = projects.project_lines(reader, [project.id])[project.id]
    assert (line.health, line.late, line.next_due, line.next_title) == ("red", 1, date(2026, 1, 2), "Late")
    assert [str(one) for one in file.health.reasons] == [
        "M1 Late is 59 days late", "A task is 31 days over its end", "A grave risk is open"]


def test_that_the_list_is_found_filtered_and_sorted(office: Any, chile: int) -> None:
    new(office, "ALPHA", (chile,), kind="research", budget=5.0, title="Łódź studies", tags=("green",))
    beta = new(office, "BETA", kind="curriculum", status="idea", starts_on=date(2025, 1, 1), responsible="Ana")
    new(office, "GAMMA", kind="research", status="finished", ends_on=date(2026, 5, 1), our_role="partner")
    do(office, projects.add_part(beta, Deliverable(title="D", due_on=date(2026, 1, 15))), WHO)
    assert found(office) == ["ALPHA", "BETA", "GAMMA"]
    assert found(office, words=("lodz",)) == found(office, words=("universidad",)) == ["ALPHA"]
    assert found(office, ("kind", "research")) == found(office, ("-kind", "curriculum")) == ["ALPHA", "GAMMA"]
    assert found(office, ("status", "idea,finished"), sort="ends") == ["GAMMA", "BETA"]
    assert found(office, ("partner", str(chile))) == found(office, ("country", "cl")) == ["ALPHA"]
    assert found(office, ("late", "yes")) == found(office, ("responsible", "Ana")) == ["BETA"]
    assert found(office, ("late", "no"), ("running", "no")) == found(office, ("role", "partner")) == ["GAMMA"]
    assert found(office, ("ends", "<90d")) == found(office, ("health", "-"), ("-status", "idea")) == ["GAMMA"]
    assert found(office, ("health", "green")) == found(office, ("tag", "green")) == ["ALPHA"]
    assert found(office, ("-health", "green"), sort="starts") == ["BETA", "GAMMA"]
    assert found(office, sort="status") == ["BETA", "ALPHA", "GAMMA"]
    assert found(office, sort="late", down=True)[0] == "BETA"
    assert found(office, sort="health") == ["ALPHA", "BETA", "GAMMA"]
    assert found(office, sort="partners", down=True)[0] == "ALPHA"
    with office.read() as reader:
        assert projects.project_tallies(reader, "kind") == {"research": 2, "curriculum": 1}
        assert projects.project_count(reader) == 3
        assert [one.acronym for one in projects.projects_of(reader, chile)] == ["ALPHA"]
        assert projects.partner_names(reader) == [(chile, "Universidad de Chile")]


@pytest.mark.parametrize("sort", ["name", "title", "kind", "programme", "role", "responsible", "status", "starts",
                                  "ends", "budget", "tasks", "progress", "next", "partners", "active", "late",
                                  "health"])
def test_that_every_order_holds_all_projects(office: Any, sort: str) -> None:
    new(office, "ONE"), new(office, "TWO", status="idea", budget=3.0)
    assert sorted(found(office, sort=sort)) == sorted(found(office, sort=sort, down=True)) == ["ONE", "TWO"]


def test_that_a_project_nobody_touched_for_90_days_is_quiet(office: Any) -> None:
    project = new(office)
    with clock.fixed(datetime(2026, 5, 30, 9, tzinfo=UTC)):
        assert found(office, ("quiet", "yes")) == []
    with clock.fixed(datetime(2026, 5, 31, 9, tzinfo=UTC)):
        assert found(office, ("quiet", "yes")) == ["BRIDGE"]
        assert [one.code for one in file_of(office, project).problems] == ["R103"]
        do(office, projects.add_part(project, Task(title="Go on")), WHO)
        assert found(office, ("quiet", "yes")) == []


def test_that_many_projects_are_changed_put_away_and_brought_back_in_one_step(office: Any) -> None:
    some = [new(office, "ONE"), new(office, "TWO")]
    ids = [one.id for one in some]
    do(office, projects.change_many(ids, {"responsible": "Ana"}, 2), WHO)
    assert found(office, ("responsible", "Ana")) == ["ONE", "TWO"]
    with pytest.raises(Refused):
        do(office, projects.change_many(ids, {"ends_on": date(2020, 1, 1)}, 2), WHO)
    do(office, projects.archive_projects(some), WHO)
    assert found(office) == [] and found(office, ("archived", "yes")) == ["ONE", "TWO"]
    do(office, projects.archive_projects(some, back=True), WHO)
    do(office, projects.delete_projects(some), WHO)
    assert found(office) == []
    with office.read() as reader:
        lines = trash.trash_lines(reader)
    assert [(line.kind, line.name) for line in lines] == [("project", "ONE"), ("project", "TWO")]
    do(office, trash.restore(lines), WHO)
    assert found(office) == ["ONE", "TWO"]


def test_that_a_purge_takes_the_plan_and_leaves_the_outputs(office: Any, chile: int) -> None:
    project = new(office, partner_ids=(chile,))
    one = int(do(office, projects.add_part(project, Task(title="One")), WHO)[0])
    two = int(do(office, projects.add_part(project, Task(title="Two")), WHO)[0])
    for part in (Milestone(title="M", task_id=two), Deliverable(title="D"), WorkPackage(title="P"), Risk(title="R"),
                 ProjectPerson(name="Ana"), Document(title="Contract")):
        do(office, projects.add_part(project, part), WHO)
    with office.read() as reader:
        tasks = reader.many(Task, [one, two])
    do(office, projects.link_tasks(project, tasks[one], tasks[two]), WHO)
    output = int(do(office, outputs.new_output(JointOutput(title="Paper", project_id=project.id), [chile]), WHO)[0])
    do(office, projects.delete_projects([project]), WHO)
    with office.read() as reader:
        lines = trash.trash_lines(reader)
    do(office, trash.purge(lines), WHO)
    with office.read() as reader:
        assert [reader.count(kind) for kind in (Project, ProjectMember, WorkPackage, Task, TaskLink, Milestone,
                                                Deliverable, Risk, ProjectPerson, Document)] == [0] * 10
        assert reader.get(JointOutput, output).project_id is None
        with pytest.raises(Missing):
            projects.project_file(reader, project.id)
