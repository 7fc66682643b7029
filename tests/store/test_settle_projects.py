"""What is derived of projects and visits: the same after any edits as when all is made anew."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from partnerdesk.domain.partners import Institution
from partnerdesk.domain.projects import (
    Deliverable,
    Milestone,
    Project,
    ProjectMember,
    ProjectPerson,
    Task,
)
from partnerdesk.domain.visits import Visit, VisitPerson, VisitPlace
from partnerdesk.domain.words import text
from partnerdesk.store import search
from partnerdesk.store.office import Office, create_office
from tests.store.walks import derived, derived_anew

WHO = "Marta Ilves"
DAY = date(2026, 3, 2)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = create_office(tmp_path / "office.partnerdesk")
    with made.write(text("partners"), WHO) as unit:
        for name, country in (("Northbridge", "GB"), ("清华大学", "CN"), ("Łódź", "PL")):
            unit.add(Institution(name=name, country=country, is_home=country == "GB"))
    yield made
    made.close()


def fact(office: Office, table: str, key: str, one: int) -> dict[str, Any]:
    with office.read() as reader:
        found = reader.connection.exec_driver_sql(f"SELECT * FROM {table} WHERE {key} = ?", (one,)).mappings().one()
        return dict(found)


def test_that_a_project_is_as_far_as_its_days_of_work_and_waits_for_its_next_open_point(office: Office) -> None:
    with office.write(text("plan"), WHO) as unit:
        project = unit.add(Project(acronym="LÓDŹ", title="Lenses", ends_on=DAY, amended_to=DAY + timedelta(90)))
        unit.add(Task(project_id=project.id, starts_on=DAY, ends_on=DAY + timedelta(29), progress=100))
        unit.add(Task(project_id=project.id, starts_on=DAY, ends_on=DAY + timedelta(9), progress=50))
        met = unit.add(Milestone(project_id=project.id, due_on=DAY))
        unit.add(Deliverable(project_id=project.id, due_on=DAY + timedelta(3)))
    found = fact(office, "project_fact", "project_id", project.id)
    assert (found["tasks"], found["progress"], found["open_points"]) == (2, 87, 3)
    assert (found["next_due"], found["ends_on"]) == (DAY.isoformat(), (DAY + timedelta(90)).isoformat())
    assert found["sort_name"] == "lodz"
    with office.write(text("met"), WHO) as unit:
        unit.change(Milestone, met.id, None, met_on=DAY)
    assert fact(office, "project_fact", "project_id", project.id)["next_due"] == (DAY + timedelta(3)).isoformat()


def test_that_a_visit_lies_where_its_first_place_is_unless_it_says_otherwise(office: Office) -> None:
    with office.write(text("visit"), WHO) as unit:
        visit = unit.add(Visit(title="Spring", starts_on=DAY))
        unit.add(VisitPlace(visit_id=visit.id, institution_id=2))
    assert fact(office, "visit_fact", "visit_id", visit.id)["country"] == "CN"
    with office.write(text("elsewhere"), WHO) as unit:
        unit.change(Visit, visit.id, None, country="PL")
    assert fact(office, "visit_fact", "visit_id", visit.id)["country"] == "PL"


def test_that_projects_and_visits_are_found_by_partners_and_people(office: Office) -> None:
    with office.write(text("named"), WHO) as unit:
        project = unit.add(Project(acronym="OPTIC", kind="research"))
        unit.add(ProjectMember(project_id=project.id, institution_id=2))
        unit.add(ProjectPerson(project_id=project.id, name="Zofia Łukasik"))
        visit = unit.add(Visit(title="Spring"))
        unit.add(VisitPlace(visit_id=visit.id, institution_id=2))
    with office.read() as reader:
        for kind, one in (("project", project.id), ("visit", visit.id)):
            assert search.few_hits(reader, kind, search.match_text(["清华"])) == [one]
        assert search.few_hits(reader, "project", search.match_text(["lukasik"])) == [project.id]
    with office.write(text("renamed"), WHO) as unit:
        unit.change(Institution, 2, None, name="Tsinghua University")
    assert unit.changes().ids("project") == {project.id}
    assert unit.changes().ids("visit") == {visit.id}
    with office.read() as reader:
        assert search.few_hits(reader, "visit", search.match_text(["tsinghua"])) == [visit.id]


@pytest.mark.parametrize("seed", range(3))
def test_that_derived_rows_are_the_same_after_any_edits_as_made_anew(office: Office, seed: int) -> None:
    chance = Random(seed)
    with office.write(text("begin"), WHO) as unit:
        for n in range(3):
            unit.add(Project(acronym=f"P{n}"))
            unit.add(Visit(title=f"V{n}"))
    for _ in range(60):
        with office.write(text("edit"), WHO) as unit:
            _edit(unit, chance)
    assert derived(office) == derived_anew(office)


def _edit(unit: Any, chance: Random) -> None:
    kind = chance.choice((Project, Visit, Task, Milestone, Deliverable, ProjectMember, ProjectPerson, VisitPlace,
                          VisitPerson, Institution))
    found = unit.find(kind)
    day = DAY + timedelta(chance.randrange(99))
    if kind is Institution:
        unit.change(kind, chance.choice(found).id, None, name=f"N{chance.randrange(99)}", country="PL")
    elif kind in (Project, Visit):
        one = chance.choice(found)
        fields = {"title": f"T{chance.randrange(9)}", "starts_on": day, "archived_on": chance.choice((None, day)),
                  "deleted_at": chance.choice(("", "2026-03-02T10:00:00.000"))}
        name = chance.choice(sorted(fields))
        unit.change(kind, one.id, None, **{name: fields[name]})
    elif found and chance.random() < 0.3:
        unit.remove(kind, chance.choice(found).id)
    elif found and kind in (Task, Milestone, Deliverable) and chance.random() < 0.5:
        written: dict[Any, dict[str, Any]] = {
            Task: {"progress": chance.choice((0, 50, 100)), "ends_on": day}, Milestone: {"met_on": day},
            Deliverable: {"submitted_on": day}}
        unit.change(kind, chance.choice(found).id, None, **written[kind])
    else:
        _add(unit, kind, chance, day)


def _add(unit: Any, kind: Any, chance: Random, day: date) -> None:
    owner: dict[str, Any] = {"project_id": chance.randint(1, 3)} if "project_id" in kind.__dataclass_fields__ else {
        "visit_id": chance.randint(1, 3)}
    if kind is ProjectMember:
        there = {m.institution_id for m in unit.find(kind, **owner)}
        left = sorted({1, 2, 3} - there)
        if left:
            unit.add(kind(institution_id=chance.choice(left), **owner))
    elif kind is VisitPlace:
        unit.add(kind(institution_id=chance.randint(1, 3), **owner))
    elif kind is Task:
        unit.add(kind(starts_on=day, ends_on=day + timedelta(5), progress=chance.randrange(101), **owner))
    elif kind in (Milestone, Deliverable):
        unit.add(kind(due_on=chance.choice((None, day)), **owner))
    else:
        unit.add(kind(name=f"Name {chance.randrange(99)}", **owner))
