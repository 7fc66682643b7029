"""The list of projects in the store: what is counted, what comes next, and whom a word finds."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain import clock
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.projects import Deliverable, Milestone, Project, ProjectMember, Task
from partnerdesk.domain.words import Text
from partnerdesk.store import projects
from partnerdesk.store.office import create_office

TODAY = date(2026, 3, 2)
WHO = "Marta Ilves"


@pytest.fixture
def office(tmp_path: Path, stopped_clock: Any) -> Iterator[Any]:
    made = create_office(tmp_path / "projects.partnerdesk")
    yield made
    made.close()


def add(office: Any, *records: Any) -> list[int]:
    with office.write(Text("add"), WHO) as unit:
        return [unit.add(one).id for one in records]


def line(office: Any, project: int) -> Any:
    with office.read() as reader:
        return projects.project_lines(reader, [project], TODAY)[project]


def test_that_a_line_names_partners_but_not_our_own_institution(office: Any) -> None:
    home, lund, ghent = add(office, Institution(name="Home", is_home=True), Institution(name="Lund"),
                            Institution(name="Ghent"))
    (project,) = add(office, Project(acronym="P", ends_on=date(2026, 5, 1), amended_to=date(2026, 9, 1)))
    add(office, *(ProjectMember(project_id=project, institution_id=one, position=place)
                  for place, one in enumerate((home, ghent, lund))))
    found = line(office, project)
    assert (found.partners, found.partner_count, found.ends_on) == ("Ghent, Lund", 2, date(2026, 9, 1))


def test_that_of_things_due_on_one_day_the_milestone_is_named(office: Any) -> None:
    (project,) = add(office, Project(acronym="P", status="running"))
    at = date(2026, 4, 1)
    add(office, Task(project_id=project, title="Task", ends_on=at))
    assert line(office, project).next_title == "Task"
    add(office, Deliverable(project_id=project, title="Report", due_on=at))
    assert line(office, project).next_title == "Report"
    (milestone,) = add(office, Milestone(project_id=project, title="Pilot", due_on=at))
    assert (line(office, project).next_due, line(office, project).next_title) == (at, "Pilot")
    with office.write(Text("met"), WHO) as unit:
        unit.change(Milestone, milestone, None, met_on=TODAY)
    assert line(office, project).next_title == "Report"


def test_that_only_what_is_open_and_past_is_late(office: Any) -> None:
    (project,) = add(office, Project(acronym="P", status="running"))
    add(office, Milestone(project_id=project, number="M1", title="Late", due_on=date(2026, 3, 1)),
        Milestone(project_id=project, title="Today", due_on=TODAY),
        Deliverable(project_id=project, title="In", due_on=date(2026, 1, 1), submitted_on=date(2026, 2, 1)),
        Task(project_id=project, title="Over", ends_on=date(2026, 2, 1)),
        Task(project_id=project, title="Done", ends_on=date(2026, 1, 1), progress=100))
    with office.read() as reader:
        (standing,) = projects.standings(reader, [project], TODAY).values()
    assert (standing.late, standing.late_days, standing.late_name, standing.task_days, standing.open_points) == (
        1, 1, "M1 Late", 29, 3)


def test_that_templates_and_what_is_put_away_are_not_counted(office: Any) -> None:
    add(office, Project(acronym="ONE"), Project(acronym="TWO", template=True),
        Project(acronym="OLD", archived_on=TODAY), Project(acronym="GONE", deleted_at="2026-01-01"))
    with office.read() as reader:
        assert projects.project_count(reader) == 1
        assert projects.project_tallies(reader, "status") == {"idea": 1}
        for key, expected in (("template", {"TWO"}), ("archived", {"OLD"})):
            query = ListQuery(filters=(Filter(key, values=("yes",)),))
            ids = projects.project_ids(reader, query, TODAY)
            assert {one.acronym for one in projects.project_lines(reader, ids, TODAY).values()} == expected
        assert projects.project_lines(reader, [4], TODAY) == {}


def test_that_a_page_and_a_few_are_what_is_asked_for(office: Any) -> None:
    ids = add(office, *(Project(acronym=name, status="running", health=health)
                        for name, health in (("A", "red"), ("B", "green"), ("C", "amber"), ("D", "red"))))
    with office.read() as reader:
        query = ListQuery(filters=(Filter("health", values=("red",)),))
        assert projects.project_ids(reader, query, TODAY, limit=1) == ids[:1]
        assert projects.project_ids(reader, query, TODAY, among=ids[1:]) == [ids[3]]
        assert projects.project_hits(reader, query, TODAY) == 2
        by_light = projects.project_ids(reader, ListQuery(sort="health"), TODAY)
        assert [ids.index(one) for one in by_light] == [0, 3, 2, 1]
        turned = projects.project_ids(reader, ListQuery(sort="health", descending=True), TODAY)
        assert [ids.index(one) for one in turned] == [1, 2, 0, 3]
        assert projects.lights_of(reader, ids, TODAY) == dict(zip(ids, ("red", "green", "amber", "red"), strict=True))


def test_that_an_unknown_filter_finds_nothing(office: Any) -> None:
    add(office, Project(acronym="P"))
    with office.read() as reader:
        assert projects.project_ids(reader, ListQuery(filters=(Filter("nonsense", values=("x",)),)), TODAY) == []


def test_that_each_project_is_as_active_as_its_own_last_change(office: Any) -> None:
    quiet, busy = add(office, Project(acronym="QUIET", status="running"), Project(acronym="BUSY", status="running"))
    with clock.fixed(datetime(2026, 6, 30, 9, tzinfo=UTC)):
        add(office, Task(project_id=busy, title="Later"))
    late = date(2026, 7, 1)
    with office.read() as reader:
        assert projects.active_days(reader, [quiet, busy]) == {quiet: TODAY, busy: date(2026, 6, 30)}
        for values, expected in ((("yes",), [quiet]), (("no",), [busy])):
            query = ListQuery(filters=(Filter("quiet", values=values),))
            assert projects.project_ids(reader, query, late) == expected
        assert projects.project_ids(reader, ListQuery(sort="active"), late) == [quiet, busy]
        assert projects.project_ids(reader, ListQuery(sort="active", descending=True), late) == [busy, quiet]
