"""Rows of a plan as tables write them: below another, with all they wait for, in one step that can be undone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.partners import Institution, Partnership
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.projects import Milestone, Project, Task, TaskLink
from partnerdesk.services import journal, partners, projects
from partnerdesk.services.office import create_file, do, set_home
from partnerdesk.services.project_partnerships import partnership_names
from partnerdesk.services.project_rows import add_rows, set_waits

WHO = "Marta Ilves"


@pytest.fixture
def office(tmp_path: Path, stopped_clock: Any) -> Iterator[Any]:
    made = create_file(tmp_path / "rows.partnerdesk")
    do(made, set_home(name="Northbridge"), WHO)
    yield made
    made.close()


@pytest.fixture
def project(office: Any) -> Project:
    made = Project(acronym="BRIDGE", starts_on=date(2026, 1, 1), ends_on=date(2027, 12, 31))
    made_id = int(do(office, projects.new_project(made), WHO)[0])
    with office.read() as reader:
        found: Project = reader.get(Project, made_id)
        return found


def tasks(office: Any, project: Project) -> list[Task]:
    with office.read() as reader:
        return list(projects.project_file(reader, project.id).tasks)


def undo(office: Any) -> None:
    with office.read() as reader:
        step = journal.undo_state(reader).undo
    assert step is not None
    do(office, journal.undo_deed(step), WHO)


def three(office: Any, project: Project) -> list[Task]:
    spans = ((1, 10), (5, 14), (20, 29))
    do(office, add_rows(project, [Task(title=name, starts_on=date(2026, 3, first), ends_on=date(2026, 3, last))
                                  for name, (first, last) in zip("ABC", spans, strict=True)]), WHO)
    return tasks(office, project)


def test_that_rows_come_below_the_one_they_were_wanted_below(office: Any, project: Project) -> None:
    first = three(office, project)[0]
    made = do(office, add_rows(project, [Task(title="A2"), Task(title="A3")], first), WHO)[0]
    assert [one.title for one in tasks(office, project)] == ["A", "A2", "A3", "B", "C"]
    assert made == [one.id for one in tasks(office, project)[1:3]]
    undo(office)
    assert [one.title for one in tasks(office, project)] == ["A", "B", "C"]


def test_that_no_row_is_added_where_one_of_them_breaks_a_rule(office: Any, project: Project) -> None:
    rows = [Milestone(title="In time", due_on=date(2026, 5, 1)), Milestone(title="Late", due_on=date(2030, 1, 1))]
    with pytest.raises(Refused, match="Due after the project ends"):
        do(office, add_rows(project, rows), WHO)
    with office.read() as reader:
        assert projects.project_file(reader, project.id).milestones == ()


def test_that_a_task_waits_for_just_what_is_given_and_goes_as_far_as_it_must(office: Any, project: Project) -> None:
    a, b, c = three(office, project)
    do(office, set_waits(project, c, [(a.id, "FS", 0)]), WHO)
    moved = do(office, set_waits(project, b, [(a.id, "FS", 2)]), WHO)[0]
    assert moved.tasks == 1
    assert tasks(office, project)[1].starts_on == date(2026, 3, 13)
    do(office, set_waits(project, c, [(b.id, "SS", 0)]), WHO)
    with office.read() as reader:
        assert [(one.before_id, one.kind) for one in reader.find(TaskLink, task_id=c.id)] == [(b.id, "SS")]
    undo(office)
    with office.read() as reader:
        assert [(one.before_id, one.kind) for one in reader.find(TaskLink, task_id=c.id)] == [(a.id, "FS")]


def test_that_a_circle_and_waiting_for_itself_are_refused_and_nothing_is_written(
    office: Any, project: Project
) -> None:
    a, b, _ = three(office, project)
    do(office, set_waits(project, b, [(a.id, "FS", 0)]), WHO)
    with pytest.raises(Refused, match="circle: "):
        do(office, set_waits(project, a, [(b.id, "FS", 0)]), WHO)
    with pytest.raises(Refused, match="itself"):
        do(office, set_waits(project, a, [(a.id, "FS", 0)]), WHO)
    with office.read() as reader:
        assert reader.find(TaskLink, task_id=a.id) == []


def test_that_partnerships_with_those_who_take_part_are_offered_by_their_names(office: Any) -> None:
    lund, ghent = (int(do(office, partners.new_partner(Institution(name=name), partnership=Partnership()), WHO)[0])
                   for name in ("Lund", "Ghent"))
    with office.read() as reader:
        home = next(one.id for one in reader.find(Institution, is_home=True))
        assert [name for _, name in partnership_names(reader, [home, lund])] == ["Lund"]
        (held, _), = partnership_names(reader, [ghent])
        assert [name for _, name in partnership_names(reader, [home, lund], held)] == ["Ghent", "Lund"]
