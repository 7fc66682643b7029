"""The rules for projects: days in order and within, what is late, circles named, the light with its reason."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from partnerdesk.domain import project_rules as rules
from partnerdesk.domain.problems import Problem
from partnerdesk.domain.project_rules import Standing, health_of
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

TODAY = date(2027, 6, 1)
PROJECT = Project(acronym="BRIDGE", starts_on=date(2027, 1, 1), ends_on=date(2028, 12, 31), status="running")


def told(problems: Iterable[Problem]) -> list[tuple[str, str, str]]:
    return [(one.code, one.severity, one.field) for one in problems]


@pytest.mark.parametrize(("fields", "expected"), [
    ({}, []),
    ({"acronym": " "}, [("R00", "block", "acronym")]),
    ({"acronym": "", "title": "Bridging"}, []),
    ({"ends_on": date(2026, 1, 1)}, [("R10", "block", "ends_on")]),
    ({"amended_to": date(2028, 1, 1)}, [("R10", "block", "amended_to")]),
    ({"budget": -1.0}, [("R00", "block", "budget")]),
    ({"budget": 5.0, "own_budget": 6.0}, [("R00", "warn", "own_budget")]),
])  # fmt: skip
def test_that_a_project_is_named_and_its_days_and_money_are_in_order(fields: dict[str, Any], expected: Any) -> None:
    assert told(rules.project_problems(replace(PROJECT, **fields))) == expected


@pytest.mark.parametrize("point", [Milestone(title="Kick-off"), Deliverable(title="Report")])
def test_that_points_lie_within_the_project_unless_it_was_extended(point: Any) -> None:
    def about(due: date, project: Project = PROJECT) -> list[tuple[str, str, str]]:
        return told(rules.point_problems(replace(point, due_on=due), project, TODAY))

    assert about(date(2028, 12, 31)) == []
    assert about(date(2029, 1, 1)) == [("R100", "block", "due_on")]
    assert about(date(2029, 1, 1), replace(PROJECT, amended_to=date(2029, 6, 30))) == []
    assert about(date(2026, 12, 31)) == [("R100", "block", "due_on")]
    assert told(rules.point_problems(replace(point, title=""), None, TODAY)) == [("R00", "block", "title")]


def test_that_new_days_of_a_project_may_not_leave_a_point_outside() -> None:
    points: list[rules.Point] = [
        Milestone(number="M3", title="Pilot", due_on=date(2028, 10, 1)), Deliverable(title="Undated")]
    shorter = replace(PROJECT, ends_on=date(2028, 9, 30))
    (problem,) = rules.frame_problems(shorter, points)
    assert (problem.code, problem.field) == ("R100", "ends_on")
    assert str(problem.message) == "M3 Pilot would be due after the project ends"
    assert told(rules.frame_problems(replace(PROJECT, starts_on=date(2028, 11, 1)), points)) == [
        ("R100", "block", "starts_on")]
    assert told(rules.frame_problems(replace(shorter, amended_to=date(2028, 9, 30)), points)) == [
        ("R100", "block", "amended_to")]


def test_that_nothing_is_met_in_the_future() -> None:
    assert told(rules.point_problems(Milestone(title="M", met_on=date(2027, 6, 2)), None, TODAY)) == [
        ("R101", "block", "met_on")]
    assert told(rules.point_problems(Deliverable(title="D", submitted_on=date(2027, 6, 2)), None, TODAY)) == [
        ("R101", "block", "submitted_on")]


def test_that_tasks_and_packages_outside_the_project_are_told_and_not_hindered() -> None:
    early = {"starts_on": date(2026, 12, 1), "ends_on": date(2029, 1, 31)}
    outside = [("R100", "warn", "starts_on"), ("R100", "warn", "ends_on")]
    assert told(rules.task_problems(Task(title="T", **early), PROJECT)) == outside  # type: ignore[arg-type]
    assert told(rules.package_problems(WorkPackage(number="1", **early), PROJECT)) == outside  # type: ignore[arg-type]
    turned = Task(title=" ", starts_on=date(2027, 2, 1), ends_on=date(2027, 1, 1), progress=101)
    assert told(rules.task_problems(turned)) == [
        ("R00", "block", "title"), ("R00", "block", "progress"), ("R10", "block", "ends_on")]
    assert told(rules.package_problems(WorkPackage())) == [("R00", "block", "title")]


def test_that_members_people_risks_and_links_are_whole() -> None:
    assert told(rules.member_problems(ProjectMember(effort=-1.0, budget=-1.0))) == [
        ("R00", "block", "institution_id"), ("R00", "block", "effort"), ("R00", "block", "budget")]
    person = ProjectPerson(email="x@y", hours=-1.0, valid_from=date(2027, 2, 1), valid_to=date(2027, 1, 1))
    assert told(rules.person_problems(person)) == [
        ("R00", "block", "name"), ("R00", "block", "email"), ("R00", "block", "hours"), ("R10", "block", "valid_to")]
    assert told(rules.risk_problems(Risk(likelihood=0, impact=6))) == [
        ("R00", "block", "title"), ("R00", "block", "likelihood"), ("R00", "block", "impact")]
    assert told(rules.link_problems(TaskLink(kind="XX", lag=9999))) == [
        ("R00", "block", "before_id"), ("R00", "block", "kind"), ("R00", "block", "lag")]
    assert Risk(likelihood=4, impact=5).weight == 20


def test_that_a_circle_is_named_from_task_to_task() -> None:
    problem = rules.loop_problem((3, 7), {3: "Survey", 7: "Report"})
    assert str(problem.message) == "These tasks would wait for each other in a circle: Survey → Report → Survey"


def test_that_tasks_before_what_they_wait_for_are_counted_and_the_first_is_named() -> None:
    (problem,) = rules.early_problems(["Survey", "Report"])
    assert (problem.code, problem.severity) == ("R102", "warn")
    assert str(problem.message) == "2 tasks stand before what they wait for, the first is “Survey”"
    assert not list(rules.early_problems([]))


def test_that_the_longest_late_is_told_first_and_what_is_met_is_not() -> None:
    points: list[rules.Point] = [
        Milestone(title="Late", due_on=date(2027, 5, 31)), Deliverable(title="Later", due_on=date(2027, 5, 1)),
        Milestone(title="Met", due_on=date(2027, 1, 1), met_on=date(2027, 3, 1)), Milestone(title="Open")]
    assert [str(one.message) for one in rules.late_problems(points, TODAY)] == [
        "Later is 31 days late", "Late is 1 day late"]


def test_that_a_point_due_before_its_task_ends_is_told() -> None:
    task = Task(id=4, title="Survey", ends_on=date(2027, 7, 10))
    point = Milestone(title="Data", task_id=4, due_on=date(2027, 7, 1))
    assert [str(one.message) for one in rules.before_its_task_problems([point], {4: task})] == [
        "Data is due 9 days before “Survey” ends"]
    assert not list(rules.before_its_task_problems([point], {4: replace(task, progress=100)}))


def test_that_a_quiet_project_is_told_after_90_days_while_it_runs() -> None:
    assert told(rules.standing_problems(PROJECT, date(2027, 3, 3), TODAY)) == [("R103", "info", "")]
    assert told(rules.standing_problems(PROJECT, date(2027, 3, 4), TODAY)) == []
    assert told(rules.standing_problems(replace(PROJECT, status="idea"), date(2020, 1, 1), TODAY)) == []
    over = replace(PROJECT, ends_on=date(2027, 5, 31), next_review=date(2027, 5, 1))
    assert told(rules.standing_problems(over, None, TODAY)) == [("R101", "warn", "status"),
                                                              ("R101", "warn", "next_review")]


@pytest.mark.parametrize(("now", "light", "reason"), [
    (Standing(), "green", "Everything that was due is met"),
    (Standing(late=1, late_days=3, late_name="M1"), "amber", "M1 is 3 days late"),
    (Standing(late=3, late_days=30, late_name="M1"), "red", "M1 is 30 days late, 2 more are late"),
    (Standing(task_days=13), "green", "Everything that was due is met"),
    (Standing(task_days=14), "amber", "A task is 14 days over its end"),
    (Standing(risk=15), "amber", "A grave risk is open"),
])  # fmt: skip
def test_that_dates_and_risks_give_the_light_and_say_why(now: Standing, light: str, reason: str) -> None:
    health = health_of(PROJECT, now, TODAY)
    assert (health.light, str(health.reason), health.own) == (light, reason, False)


def test_that_money_and_the_end_of_the_project_count_too() -> None:
    spent = replace(PROJECT, budget=90.0, own_budget=30.0, spent=31.0)
    assert health_of(spent, Standing(), TODAY).light == "red"
    assert health_of(replace(spent, own_budget=None), Standing(), TODAY).light == "green"
    over = replace(PROJECT, ends_on=date(2027, 5, 1))
    assert str(health_of(over, Standing(open_points=2), TODAY).reason) == "Over, with 2 things open"
    assert health_of(replace(PROJECT, status="suspended"), Standing(), TODAY).light == "amber"


def test_that_the_office_has_the_last_word_and_the_dates_still_speak() -> None:
    own = replace(PROJECT, health="amber", health_reason="Two {posts} are open")
    health = health_of(own, Standing(late=1, late_days=40, late_name="M1"), TODAY)
    assert (health.light, health.own) == ("amber", True)
    assert [str(one) for one in health.reasons] == ["Two {posts} are open", "M1 is 40 days late"]
    assert str(health_of(replace(PROJECT, health="red"), Standing(), TODAY).reason) == "The office says so"


def test_that_a_project_that_does_not_run_has_no_light() -> None:
    for other in (replace(PROJECT, status="idea"), replace(PROJECT, template=True)):
        assert health_of(other, Standing(late=1, late_days=99, late_name="M"), TODAY).light == ""
