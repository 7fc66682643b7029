"""What the papers of projects and follow-ups say: the figures of the records, on one page where one is promised."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from partnerdesk.domain import clock
from partnerdesk.domain.documents import Pair, PrintDocument, Strip, Table
from partnerdesk.domain.followups import FollowUp
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.projects import Deliverable, Milestone, Project, ProjectMember, Risk, Task, WorkPackage
from partnerdesk.domain.words import text
from partnerdesk.services import office, sheet_followups, sheet_project
from partnerdesk.services.wording import Voice
from partnerdesk.store.office import Office

TODAY = date(2026, 11, 24)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Office]:
    with clock.fixed(datetime(2026, 11, 24, 9, tzinfo=UTC)):
        made = office.create_file(tmp_path / "office.partnerdesk")
        yield made
        made.close()


@pytest.fixture
def project(opened: Office) -> Project:
    with opened.write(text("project"), "Ada") as unit:
        partner = unit.add(Institution(name="清华大学", country="CN"))
        made = unit.add(Project(
            acronym="OPTIC", title="Optics", status="running", starts_on=date(2026, 1, 1), ends_on=date(2027, 12, 31),
            own_budget=1000.0, spent=250.0, currency="EUR", decisions="Hire a second optician.\nMove the review."))
        unit.add(ProjectMember(project_id=made.id, institution_id=partner.id, effort=7.5))
        package = unit.add(WorkPackage(project_id=made.id, number="1", title="Lenses"))
        unit.add(Task(project_id=made.id, work_package_id=package.id, title="Grind", progress=50,
                      starts_on=date(2026, 1, 1), ends_on=TODAY + timedelta(days=10)))
        unit.add(Task(project_id=made.id, title="Report", starts_on=TODAY, ends_on=TODAY + timedelta(days=400)))
        unit.add(Milestone(project_id=made.id, work_package_id=package.id, number="M1", title="First lens",
                           due_on=TODAY - timedelta(days=3)))
        unit.add(Milestone(project_id=made.id, number="M2", title="Met", due_on=TODAY, met_on=TODAY))
        unit.add(Deliverable(project_id=made.id, number="1.1", title="Later", due_on=TODAY + timedelta(days=91)))
        for n in range(5):
            unit.add(Risk(project_id=made.id, title=f"Risk {n}", likelihood=n + 1, impact=2))
        unit.add(Risk(project_id=made.id, title="Gone", likelihood=5, impact=5, state="closed"))
    return made


def report(opened: Office, project: Project, language: str = "en") -> PrintDocument:
    with opened.read() as reader:
        (document,) = sheet_project.status_reports([project.id]).documents(reader, Voice(language))
    return document


def rows(document: PrintDocument, title: str) -> list[tuple[str, ...]]:
    def parts() -> Iterator[object]:
        for block in document.blocks:
            yield from (block.left, block.right) if isinstance(block, Pair) else (block,)

    found = next(one for one in parts() if isinstance(one, Table) and one.title == title)
    return [tuple(cell.text for cell in row) for row in found.rows]


def test_that_a_report_says_what_is_late_and_due_in_the_next_ninety_days_and_nothing_else(
        opened: Office, project: Project) -> None:
    due = rows(report(opened, project), "Late, and due in the next 90 days")
    assert [(row[0], row[1], row[4]) for row in due] == [
        ("M1", "First lens", "3 days late"), ("", "Grind (50 % done)", "in 10 days")]


def test_that_a_report_counts_its_points_and_names_the_three_gravest_open_risks(
        opened: Office, project: Project) -> None:
    document = report(opened, project)
    assert rows(document, "Points of the plan") == [("Milestones", "1", "1", "0"), ("Deliverables", "0", "0", "1")]
    assert [row[0] for row in rows(document, "Gravest risks")] == ["Risk 4", "Risk 3", "Risk 2"]
    assert rows(document, "Partners") == [("清华大学", "Partner", "7.5")]
    assert rows(document, "Decisions asked for") == [("Hire a second optician.",), ("Move the review.",)]
    assert {fact.label: fact.value for fact in document.head.facts}["Our budget used"] == "250 of 1,000 EUR (25 %)"


def test_that_the_strip_shows_each_package_with_its_points_and_what_belongs_to_none(
        opened: Office, project: Project) -> None:
    (strip,) = [block for block in report(opened, project).blocks if isinstance(block, Strip)]
    assert [(lane.number, lane.name) for lane in strip.lanes] == [("1", "Lenses"), ("", "Without work package")]
    assert [point.icon for lane in strip.lanes for point in lane.points] == ["PROBLEM", "HOLDS", "MILESTONE"]
    assert strip.lanes[0].done == 0.5
    assert strip.today is not None and 0.44 < strip.today < 0.46
    assert [word for _, word in strip.marks][:5] == ["2026", "Apr", "Jul", "Oct", "2027"]


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_that_a_report_of_any_size_takes_one_page(
        opened: Office, project: Project, language: str, qapp: object) -> None:
    from partnerdesk.paper.output import pages_of

    with opened.write(text("more"), "Ada") as unit:
        for n in range(60):
            unit.add(Task(project_id=project.id, title=f"A rather long task number {n}", ends_on=TODAY))
            unit.add(WorkPackage(project_id=project.id, number=str(n), title="Package"))
            unit.add(ProjectMember(project_id=project.id, institution_id=unit.add(Institution(name=f"U {n}")).id))
    assert len(pages_of(report(opened, project, language))) == 1


def test_that_a_project_without_a_plan_prints_without_a_strip(opened: Office) -> None:
    with opened.write(text("project"), "Ada") as unit:
        bare = unit.add(Project(title="An idea"))
    document = report(opened, bare)
    assert not [block for block in document.blocks if isinstance(block, Strip)]
    assert document.head.name == "An idea"


def test_that_the_list_of_follow_ups_has_late_ones_first_and_says_why_others_wait(opened: Office) -> None:
    with opened.write(text("work"), "Ada") as unit:
        partner = unit.add(Institution(name="Universidad de Chile", country="CL"))
        unit.add(FollowUp(title="Ask", due_on=TODAY + timedelta(days=2), responsible="Ada", institution_id=partner.id))
        unit.add(FollowUp(title="Write", due_on=TODAY - timedelta(days=1), responsible="Ben"))
        unit.add(FollowUp(title="Done", done_on=TODAY))
        unit.add(FollowUp(title="Wait", snoozed_until=TODAY + timedelta(days=30), snooze_reason="New dean"))
    with opened.read() as reader:
        (document,) = sheet_followups.followup_list().documents(reader, Voice())
        (bens,) = sheet_followups.followup_list("Ben").documents(reader, Voice())
    assert [row[:3] for row in rows(document, "To do")] == [
        ("Write", "—", "23 Nov 2026, 1 day late"), ("Ask", "Universidad de Chile", "26 Nov 2026")]
    assert [row[0] for row in rows(document, "Put off")] == ["Wait"]
    assert [row[0] for row in rows(bens, "To do")] == ["Write"]
