"""Projects, visits, outputs and follow-ups of a sample office: told in months and days from the day it is made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from partnerdesk.domain.dates import add_months
from partnerdesk.domain.followups import FollowUp
from partnerdesk.domain.outputs import JointOutput, OutputMember
from partnerdesk.domain.partners import Contact, Partnership
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
from partnerdesk.domain.visits import AgendaItem, Appointment, Visit, VisitPerson, VisitPlace
from partnerdesk.services.samples_people import Card
from partnerdesk.services.samples_pile import Pile
from partnerdesk.services.samples_terms import Moment

Told = Mapping[str, Any]


def put_cooperation(
    pile: Pile, told: Told, cards: Mapping[str, Card], home: Card, colleagues: Mapping[str, Contact],
    relations: Mapping[str, Partnership], moment: Moment,
) -> None:
    """All that a story tells of projects, visits and what is to be done; `cards` are the partners by their key."""
    stage = _Stage(pile, {**cards, "home": home}, {key: f"{c.given_names} {c.family_name}"
                                                   for key, c in colleagues.items()}, moment)
    projects = {one["key"]: stage.project(one, relations[one["relation"]].id) for one in told["projects"]}
    for one in told["outputs"]:
        stage.output(one, projects)
    visits = [(one, stage.visit(one, projects)) for one in told["visits"]]
    for one, visit in visits:
        stage.company(one, visit, colleagues)
    for one in told["followups"]:
        stage.followup(one, one["title"], institution_id=stage.at(one["partner"]))
    for one in told["appointments"]:
        stage.appointment(one)


class _Stage:
    """Where a story is put: institutions and colleagues by key, and the day it is told."""

    def __init__(self, pile: Pile, cards: Mapping[str, Card], names: Mapping[str, str], moment: Moment) -> None:
        self._pile, self._cards, self._names, self._today = pile, cards, names, moment.today

    def at(self, key: str) -> int:
        """The id of an institution."""
        return self._cards[key].institution.id

    def project(self, told: Told, partnership_id: int) -> Project:
        """A project with its partners, plan, risks and people."""
        starts = add_months(self._today.replace(day=1), told["begins"])
        budget = told["budget"]
        project = self._pile.put(Project(
            acronym=told["acronym"], title=told["title"], kind=told["kind"], programme=told["programme"],
            grant_number=told["grant"], our_role=told["role"], status=told["status"], starts_on=starts,
            ends_on=_last(starts, told["months"]), budget=budget, own_budget=told["own"],
            spent=round(told["own"] * told["spent"], -2) if "spent" in told else None,
            spent_on=self._today - timedelta(days=24) if "spent" in told else None, currency=told["currency"],
            responsible=self._names[told["who"]], lead_id=self.at(told["lead"]), partnership_id=partnership_id,
            field=told["field"], summary=told["summary"], decisions=told.get("decisions", ""),
            baseline_on=starts if told["status"] in ("running", "finished") else None), told["key"])
        self._partners(told, project)
        tasks: dict[str, Task] = {}
        for place, package in enumerate(told["packages"]):
            self._package(project, told, package, place, tasks)
        self._links(told, tasks)
        for place, one in enumerate(told["risks"]):
            self._pile.put(Risk(project_id=project.id, position=place, title=one["title"],
                                likelihood=one["likelihood"], impact=one["impact"], response=one["response"],
                                responsible=self._names[one["who"]]), f"{told['key']}/{place}")
        for place, one in enumerate(told["people"]):
            gone = max(0, min(told["months"], -told["begins"])) / told["months"]
            self._pile.put(ProjectPerson(
                project_id=project.id, position=place, name=one["name"], institution_id=self.at(one["at"]),
                role=one["role"], hours=one["hours"], worked=round(one["hours"] * gone, -1)), f"{told['key']}/{place}")
        return project

    def _partners(self, told: Told, project: Project) -> None:
        parts = {"home": told["home_effort"], **told["partners"]}
        for place, (key, effort) in enumerate(parts.items()):
            role = "coordinator" if key == told["lead"] else "partner"
            self._pile.put(ProjectMember(project_id=project.id, position=place, institution_id=self.at(key), role=role,
                                         effort=effort, budget=told["own"] if key == "home" else None),
                           f"{told['key']}/{key}")

    def _package(self, project: Project, told: Told, package: Told, place: int, tasks: dict[str, Task]) -> None:
        assert project.starts_on is not None
        name = f"{told['key']}/{package['no']}"
        made = self._pile.put(WorkPackage(
            project_id=project.id, position=place, number=package["no"], title=package["title"],
            lead_id=self.at(package["lead"])), name)
        agreed = project.baseline_on is not None
        for at, one in enumerate(package["tasks"]):
            starts = add_months(project.starts_on, one["from"])
            ends = _last(starts, one["months"])
            tasks[one["key"]] = self._pile.put(Task(
                project_id=project.id, work_package_id=made.id, position=at, title=one["title"], starts_on=starts,
                ends_on=ends, progress=self._progress(project, starts, ends, one.get("behind", 0)),
                institution_id=self.at(package["lead"]), base_from=starts if agreed else None,
                base_to=ends if agreed else None), f"{told['key']}/{one['key']}")
        for at, one in enumerate(package["milestones"]):
            due = add_months(project.starts_on, one["month"]) - timedelta(days=1)
            self._pile.put(Milestone(
                project_id=project.id, work_package_id=made.id, task_id=_task(tasks, one), position=at,
                number=one["no"], title=one["title"], due_on=due, met_on=self._met(project, due),
                base_due=due if agreed else None, verification=one["means"]), f"{name}/{one['no']}")
        for at, one in enumerate(package["deliverables"]):
            due = add_months(project.starts_on, one["month"]) - timedelta(days=1)
            handed_in = None if one.get("late") else self._met(project, due)
            self._pile.put(Deliverable(
                project_id=project.id, work_package_id=made.id, task_id=_task(tasks, one), position=at,
                number=one["no"], title=one["title"], kind=one["kind"], dissemination=one.get("see", "PU"), due_on=due,
                submitted_on=handed_in, edition="1.0" if handed_in else "", base_due=due if agreed else None,
                institution_id=self.at(package["lead"])), f"{name}/{one['no']}")

    def _links(self, told: Told, tasks: Mapping[str, Task]) -> None:
        for one in (task for package in told["packages"] for task in package["tasks"]):
            for before in one.get("after", ()):
                self._pile.put(TaskLink(task_id=tasks[one["key"]].id, before_id=tasks[before].id),
                               f"{told['key']}/{before}/{one['key']}")

    def _progress(self, project: Project, starts: date, ends: date, behind: int) -> int:
        """How far a task is: what its days say, less `behind` percent where it lags."""
        if project.status not in ("running", "finished") or self._today < starts:
            return 0
        gone = (self._today - starts).days / ((ends - starts).days + 1)
        return max(0, min(100, 5 * round(20 * gone) - behind))

    def _met(self, project: Project, due: date) -> date | None:
        if project.status not in ("running", "finished") or due >= self._today:
            return None
        return due - timedelta(days=due.day % 9)

    def output(self, told: Told, projects: Mapping[str, Project]) -> None:
        """A result and who has a part in it."""
        project = projects.get(told.get("project", ""))
        happened = add_months(self._today, -told["ago"])
        adopted = add_months(self._today, -told["adopted"]) if "adopted" in told else None
        made = self._pile.put(JointOutput(
            kind=told["kind"], title=told["title"], in_year=happened.year, happened_on=happened,
            authors=told.get("authors", ""), project_id=project.id if project else None, adopted_on=adopted,
            adopted_at=told.get("where", "")), told["title"])
        for key in told["partners"]:
            self._pile.put(OutputMember(output_id=made.id, institution_id=self.at(key)), f"{told['title']}/{key}")

    def visit(self, told: Told, projects: Mapping[str, Project]) -> Visit:
        """A visit as it is planned, or as it went."""
        starts = _monday(self._day(told["in"]))
        project = projects.get(told.get("project", ""))
        land = told.get("country") or self._cards["home" if told["direction"] == "in" else told["places"][0]["key"]
                                                  ].institution.country
        return self._pile.put(Visit(
            title=told["title"], kind=told["kind"], direction=told["direction"], status=told["status"],
            starts_on=starts, ends_on=starts + timedelta(days=told["days"] - 1), country=land, city=told["city"],
            purpose=told["purpose"], outcomes=told.get("outcomes", ""), responsible=self._names[told["who"]],
            project_id=project.id if project else None), told["key"])

    def company(self, told: Told, visit: Visit, colleagues: Mapping[str, Contact]) -> None:
        """Where a visit goes, who takes part, what is on the agenda and what follows from it."""
        assert visit.starts_on is not None
        for place, one in enumerate(told["places"]):
            self._pile.put(VisitPlace(visit_id=visit.id, position=place, institution_id=self.at(one["key"]),
                                      day=visit.starts_on + timedelta(days=one["day"]), aim=one["aim"]),
                           f"{told['key']}/{one['key']}")
        ours = [("ours", colleagues[key], "home") for key in told["ours"]]
        theirs = [("theirs", self._cards[one["key"]].contacts[0], one["key"]) for one in told["places"]]
        for place, (side, contact, at) in enumerate((*ours, *theirs)):
            self._pile.put(VisitPerson(
                visit_id=visit.id, position=place, side=side, name=contact.full_name, function=contact.function,
                institution_id=self.at(at), email=contact.email, phone=contact.phone), f"{told['key']}/{place}")
        for place, one in enumerate(told["agenda"]):
            self._pile.put(AgendaItem(
                visit_id=visit.id, position=place, day=visit.starts_on + timedelta(days=one["day"]),
                begins=one["begins"], ends=one["ends"], zone=told["zone"], title=one["title"],
                institution_id=self.at(one["at"]), place=one["place"]), f"{told['key']}/{place}")
        for one in told["followups"]:
            self.followup(one, f"{told['key']}/{one['title']}", told["in"], visit_id=visit.id)

    def followup(self, told: Told, key: str, since: int = 0, **about: Any) -> None:
        """Something to do, counted in days from today, or from the first day of the visit it is about."""
        before = told["due"] < 0 < since
        self._pile.put(FollowUp(
            title=told["title"], responsible=self._names[told["who"]],
            due_on=self._day(told["due"] + (since if before else 0)),
            done_on=self._day(told["done"]) if "done" in told else None,
            snoozed_until=self._day(told["put_off"]) if "put_off" in told else None,
            snooze_reason=told.get("because", ""), **about), key)

    def appointment(self, told: Told) -> None:
        """A dated thing of its own."""
        starts = self._day(told["in"])
        self._pile.put(Appointment(
            title=told["title"], kind=told["kind"], starts_on=starts, begins=told.get("begins", ""),
            ends_on=starts + timedelta(days=told.get("days", 1) - 1), ends=told.get("ends", ""),
            zone=told.get("zone", ""), repeats=told.get("repeats", ""), place=told.get("place", ""),
            responsible=self._names.get(told.get("who", ""), "")), told["title"])

    def _day(self, days: int) -> date:
        return self._today + timedelta(days=days)


def _monday(day: date) -> date:
    """The first Monday on or after a day."""
    return day + timedelta(days=-day.weekday() % 7)


def _last(starts: date, months: int) -> date:
    return add_months(starts, months) - timedelta(days=1)


def _task(tasks: Mapping[str, Task], told: Told) -> int | None:
    return tasks[told["task"]].id if "task" in told else None
