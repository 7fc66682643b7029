"""The projects of the sample offices: plans that hold, on whatever day they are told."""

from datetime import UTC, datetime

import pytest

from partnerdesk.domain import clock
from partnerdesk.domain.followups import ABOUT, FollowUp
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.projects import Deliverable, Milestone, Project, ProjectMember, Task, TaskLink
from partnerdesk.domain.visits import AgendaItem, Visit, VisitPlace
from partnerdesk.domain.vocab import vocabulary
from partnerdesk.services.samples import pile_of, read_story
from partnerdesk.services.samples_pile import Pile

DAYS = ("2026-11-24", "2027-02-28", "2028-02-29", "2029-12-31")


def told(story: str, day: str) -> Pile:
    with clock.fixed(datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC)):
        return pile_of(story, read_story(story))


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("story", ("northbridge", "oxford", "berkeley"))
def test_that_no_task_stands_before_what_it_waits_for_and_all_lies_within_its_project(story: str, day: str) -> None:
    pile = told(story, day)
    projects, tasks = {one.id: one for one in pile.all(Project)}, {one.id: one for one in pile.all(Task)}
    assert all(tasks[one.before_id].ends_on < tasks[one.task_id].starts_on for one in pile.all(TaskLink))  # type: ignore[operator]
    for task in tasks.values():
        project = projects[task.project_id]
        assert project.starts_on <= task.starts_on <= task.ends_on <= project.ends_on  # type: ignore[operator]
        assert 0 <= task.progress <= 100
    for kind in (Milestone, Deliverable):
        for point in pile.all(kind):
            project = projects[point.project_id]  # type: ignore[attr-defined]
            assert project.starts_on <= point.due_on <= project.ends_on  # type: ignore[attr-defined]


@pytest.mark.parametrize("day", DAYS)
def test_that_the_story_has_every_status_but_two_something_late_and_something_to_do(day: str) -> None:
    pile = told("northbridge", day)
    today = datetime.fromisoformat(day).date()
    shown = {one.status for one in pile.all(Project)}
    assert {term.code for term in vocabulary("project_status").terms} - shown == {"granted", "suspended", "rejected"}
    assert any(one.due_on and one.due_on < today and one.submitted_on is None for one in pile.all(Deliverable))
    assert any(0 < one.progress < 100 for one in pile.all(Task))
    assert {one.status for one in pile.all(Visit)} == {"planned", "confirmed", "held"}
    for one in pile.all(FollowUp):
        assert sum(getattr(one, link) is not None for link in ABOUT) == 1
    late = [one for one in pile.all(FollowUp) if one.done_on is None and one.due_on and one.due_on < today]
    assert late and len(late) < len(pile.all(FollowUp))


@pytest.mark.parametrize(("story", "partner", "country"), [
    ("oxford", "Tsinghua University", "CN"), ("berkeley", "National University of Singapore", "SG")])
def test_that_the_two_stories_have_joint_research_outside_erasmus_and_a_visit(
        story: str, partner: str, country: str) -> None:
    pile = told(story, "2026-11-24")
    other = next(one.id for one in pile.all(Institution) if one.name == partner)
    research = {one.id for one in pile.all(Project) if one.kind == "research"}
    assert research <= {one.project_id for one in pile.all(ProjectMember) if one.institution_id == other}
    assert not any("erasmus" in one.programme.lower() for one in pile.all(Project))
    assert [one.institution_id for one in pile.all(VisitPlace)] == [other]
    assert {one.country for one in pile.all(Visit)} == {country}
    assert all(one.begins < one.ends and one.zone for one in pile.all(AgendaItem))
