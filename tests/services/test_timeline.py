"""What the hand does on a timeline, and what it is shown: heads, plans inside, lanes of agreements."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.portfolio import ProjectHead
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.projects import Deliverable, Milestone, Project, ProjectMember, Task, TaskLink, WorkPackage
from partnerdesk.domain.words import Text
from partnerdesk.services import journal, portfolio, timeline
from partnerdesk.services.office import create_file, do, open_file, set_home
from partnerdesk.services.samples import make_sample

WHO = "Marta Ilves"
FIRST = date(2026, 1, 5)


def on(days: int) -> date:
    return FIRST + timedelta(days=days)


@pytest.fixture
def office(tmp_path: Path, stopped_clock: Any) -> Iterator[Any]:
    made = create_file(tmp_path / "timeline.partnerdesk")
    do(made, set_home(name="Northbridge"), WHO)
    with made.write(Text("plan"), WHO) as unit:
        partner = unit.add(Institution(name="Universidad de Chile", country="CL")).id
        home = next(one.id for one in unit.find(Institution) if one.is_home)
        project = unit.add(Project(acronym="GREEN", title="Green campus", starts_on=on(0), ends_on=on(300),
                                   amended_to=on(330))).id
        for place, one in enumerate((home, partner)):
            unit.add(ProjectMember(project_id=project, institution_id=one, position=place))
        package = unit.add(WorkPackage(project_id=project, number="WP1", starts_on=on(0), ends_on=on(99))).id
        tasks = [unit.add(Task(project_id=project, work_package_id=package, position=n, title=f"T{n}",
                               starts_on=on(30 * n), ends_on=on(30 * n + 29), progress=n)).id for n in range(3)]
        for before, after in ((tasks[0], tasks[1]), (tasks[1], tasks[2])):
            unit.add(TaskLink(before_id=before, task_id=after))
        unit.add(Milestone(project_id=project, work_package_id=package, number="M1", due_on=on(60)))
        unit.add(Milestone(project_id=project, work_package_id=package, number="M2", due_on=on(10), met_on=on(9)))
        unit.add(Deliverable(project_id=project, work_package_id=package, number="1.1", due_on=on(95)))
    yield made
    made.close()


def read(office: Any) -> tuple[ProjectHead, Any]:
    with office.read() as reader:
        head = portfolio.portfolio(reader, ListQuery()).projects[0]
        return head, portfolio.insides(reader, [head.id])[head.id]


def days(office: Any, record: type[Any] = Task) -> list[tuple[int, int]]:
    with office.read() as reader:
        return [((one.starts_on - FIRST).days, (one.ends_on - FIRST).days) for one in reader.find(record)]


def take_back(office: Any) -> None:
    with office.read() as reader:
        step = journal.undo_state(reader).undo
    assert step is not None
    do(office, journal.undo_deed(step), WHO)


def due(office: Any) -> list[int]:
    with office.read() as reader:
        return [(one.due_on - FIRST).days for kind in (Milestone, Deliverable) for one in reader.find(kind)]


def test_that_a_project_is_told_from_outside_with_the_partners_but_not_ourselves(office: Any) -> None:
    head, inside = read(office)
    assert (head.acronym, head.starts_on, head.amended_to, head.tasks) == ("GREEN", on(0), on(330), 3)
    assert [(side.name, side.country) for side in head.sides] == [("Universidad de Chile", "CL")]
    assert head.open_points == 5 and head.next_due == on(29)
    assert [task.title for task in inside.tasks] == ["T0", "T1", "T2"]
    assert inside.critical == {task.id for task in inside.tasks}


def test_that_a_task_that_is_moved_pushes_what_waits_and_undo_brings_all_back(office: Any) -> None:
    head, inside = read(office)
    moved, _ = do(office, timeline.place(head, inside.tasks[0], on(10), on(39)), WHO)
    assert days(office) == [(10, 39), (40, 69), (70, 99)]
    assert moved.pushed == ("T1", "T2")
    take_back(office)
    assert days(office) == [(0, 29), (30, 59), (60, 89)]


def test_that_a_task_goes_no_earlier_than_what_it_waits_for(office: Any) -> None:
    head, inside = read(office)
    moved, _ = do(office, timeline.place(head, inside.tasks[1], on(3), on(32)), WHO)
    assert days(office)[1] == (30, 59) and moved.held_by == "T0"


def test_that_a_work_package_takes_its_tasks_and_what_is_still_due_along(office: Any) -> None:
    head, inside = read(office)
    do(office, timeline.place(head, inside.packages[0], on(7), on(106)), WHO)
    assert days(office) == [(7, 36), (37, 66), (67, 96)]
    assert days(office, WorkPackage) == [(7, 106)]
    assert due(office) == [67, 10, 102]
    take_back(office)
    assert days(office, WorkPackage) == [(0, 99)] and due(office) == [60, 10, 95]


def test_that_a_stretched_work_package_leaves_its_tasks(office: Any) -> None:
    head, inside = read(office)
    do(office, timeline.place(head, inside.packages[0], on(0), on(120)), WHO)
    assert days(office, WorkPackage) == [(0, 120)]
    assert days(office) == [(0, 29), (30, 59), (60, 89)]


def test_that_a_project_takes_everything_along(office: Any) -> None:
    head, _ = read(office)
    do(office, timeline.place(head, head, on(14), on(344)), WHO)
    assert days(office) == [(14, 43), (44, 73), (74, 103)]
    assert read(office)[0].amended_to == on(344)


def test_that_a_milestone_outside_the_project_is_refused(office: Any) -> None:
    head, inside = read(office)
    do(office, timeline.place(head, inside.milestones[0], on(70), on(70)), WHO)
    assert due(office)[0] == 70
    with pytest.raises(Refused):
        do(office, timeline.place(head, inside.milestones[0], on(900), on(900)), WHO)
    assert due(office)[0] == 70


def test_that_a_circle_is_refused_with_the_names_in_it(office: Any) -> None:
    head, inside = read(office)
    with pytest.raises(Refused) as refused:
        do(office, timeline.link(head, inside.tasks[2], inside.tasks[0]), WHO)
    said = str(refused.value.message)
    assert all(name in said for name in ("T0", "T1", "T2"))


def test_that_links_come_and_go(office: Any) -> None:
    head, inside = read(office)
    do(office, timeline.unlink(head, inside.links[:1]), WHO)
    _, after = read(office)
    assert [(link.before_id, link.task_id) for link in after.links] == [(inside.tasks[1].id, inside.tasks[2].id)]
    do(office, timeline.link(head, inside.tasks[0], inside.tasks[2]), WHO)
    assert len(read(office)[1].links) == 2


def test_that_agreements_come_with_their_partner_and_the_period_they_are_in(tmp_path: Path) -> None:
    made = open_file(make_sample(tmp_path / "sample.partnerdesk"))
    with made.read() as reader:
        told = portfolio.portfolio(reader, ListQuery(), agreements=True)
        alone = portfolio.portfolio(reader, ListQuery())
    made.close()
    assert told.agreements and not alone.agreements
    assert told.projects == alone.projects
    assert all(one.sides and one.sides[0].country for one in told.agreements)
    assert any(one.ended for one in told.agreements) and any(one.draft for one in told.agreements)
