"""Brings what is derived of projects and visits up to date at the end of a unit: facts, search text, news."""

from collections import defaultdict
from collections.abc import Iterable, Set
from datetime import date
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import followups as fo
from partnerdesk.domain import outputs as ou
from partnerdesk.domain import partners as pa
from partnerdesk.domain import projects as pr
from partnerdesk.domain import visits as vi
from partnerdesk.domain.countries import country_name
from partnerdesk.domain.text import fold
from partnerdesk.domain.vocab import label_of
from partnerdesk.store import schema, search
from partnerdesk.store.derived import replace, shown
from partnerdesk.store.unit import Reader, Unit

_PLAN = frozenset({"task", "milestone", "deliverable", "task.starts_on", "task.ends_on", "task.progress",
                   "milestone.due_on", "milestone.met_on", "deliverable.due_on", "deliverable.submitted_on"})
_PROJECT = _PLAN | {"project", *(f"project.{name}" for name in (
    "acronym", "title", "starts_on", "ends_on", "amended_to", "deleted_at", "archived_on"))}
_PROJECT_TEXT = frozenset({"project", "project_member", "project_person", "project_person.name", *(
    f"project.{name}" for name in ("acronym", "title", "kind", "programme", "grant_number", "tags", "summary",
                                   "lead_id"))})
_VISIT = frozenset({"visit", *(f"visit.{name}" for name in (
    "title", "starts_on", "ends_on", "country", "deleted_at", "archived_on")), "visit_place"})
_VISIT_TEXT = _VISIT | {"visit.city", "visit.purpose", "visit.tags", "visit_person", "visit_person.name"}
_INSTITUTION = frozenset({"institution", "institution.name", "institution.name_original", "institution.short_name",
                          "institution.country"})
_ABOUT = {"institution_id": "partner", "agreement_id": "agreement", "person_id": "person", "stay_id": "stay",
          "cohort_id": "cohort", "call_id": "call", "project_id": "project", "visit_id": "visit"}


def settle(unit: Unit) -> None:
    """Renew what depends on the projects, visits and partners written, and spread the news."""
    moved = unit.written("partner", _INSTITUTION)
    projects, visits = _projects_with(unit, moved), _visits_with(unit, moved)
    renew_projects(unit, unit.written("project", _PROJECT), unit.born("project"))
    write_projects(unit, unit.written("project", _PROJECT_TEXT) | projects, unit.born("project"))
    renew_visits(unit, unit.written("visit", _VISIT) | visits, unit.born("visit"))
    write_visits(unit, unit.written("visit", _VISIT_TEXT) | visits, unit.born("visit"))
    unit.touch("project", projects)
    unit.touch("visit", visits)
    for kind, ids in _shown_by(unit, unit.touched("followup"), unit.touched("output")).items():
        unit.touch(kind, ids)


def renew_all(unit: Unit) -> None:
    """Make every derived row of projects and visits anew."""
    projects, visits = _every(unit, pr.Project), _every(unit, vi.Visit)
    renew_projects(unit, projects)
    write_projects(unit, projects)
    renew_visits(unit, visits)
    write_visits(unit, visits)


def spread(reader: Reader, touched: dict[str, set[int]]) -> None:
    """Add what shows something of a record another desk touched."""
    partners = touched.get("partner", set())
    found = _shown_by(reader, touched.get("followup", ()), touched.get("output", ()))
    found["project"] = found.get("project", set()) | _projects_with(reader, partners)
    found["visit"] = found.get("visit", set()) | _visits_with(reader, partners)
    for kind, ids in found.items():
        if ids:
            touched.setdefault(kind, set()).update(ids)


def renew_projects(unit: Reader, ids: Iterable[int], new: Set[int] = frozenset()) -> None:
    """Derive span, progress and next point of these projects; `new` ones have none to be taken away."""
    ids = set(ids)
    if not ids:
        return
    plans = _Plans(unit, ids)
    names = ("id", "acronym", "title", "starts_on", "ends_on", "amended_to", "archived_on", "deleted_at")
    rows = [{"project_id": i, "sort_name": fold(acronym or title), "shown": shown(bool(deleted), archived),
             "starts_on": starts, "ends_on": amended or ends, **plans.fact(i)}
            for i, acronym, title, starts, ends, amended, archived, deleted in unit.columns(
                pr.Project, names, "id", ids)]
    replace(unit, schema.project_fact, "project_id", ids - new, rows)


class _Plans:
    """Tasks and points of many projects, read in three queries."""

    def __init__(self, unit: Reader, ids: Iterable[int]) -> None:
        self._tasks: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._due: dict[int, list[str]] = defaultdict(list)
        self._open: dict[int, int] = defaultdict(int)
        of_task = ("project_id", "starts_on", "ends_on", "progress")
        for project, starts, ends, progress in unit.columns(pr.Task, of_task, "project_id", ids):
            self._tasks[project].append((_days(starts, ends), progress))
            if progress < 100:
                self._note(project, ends)
        for project, due, met in unit.columns(pr.Milestone, ("project_id", "due_on", "met_on"), "project_id", ids):
            if met is None:
                self._note(project, due)
        of_deliverable = ("project_id", "due_on", "submitted_on")
        for project, due, submitted in unit.columns(pr.Deliverable, of_deliverable, "project_id", ids):
            if submitted is None:
                self._note(project, due)

    def fact(self, project: int) -> dict[str, Any]:
        """What is derived of a project's plan; tasks count by their days."""
        tasks = self._tasks[project]
        days = sum(length for length, _ in tasks)
        done = sum(length * progress for length, progress in tasks)
        return {"tasks": len(tasks), "progress": done // days if days else 0, "open_points": self._open[project],
                "next_due": min(self._due[project], default=None)}

    def _note(self, project: int, due: str | None) -> None:
        self._open[project] += 1
        if due:
            self._due[project].append(due)


def _days(starts: str | None, ends: str | None) -> int:
    """How much a task counts: its days, one where they are not known."""
    if not starts or not ends:
        return 1
    return max((date.fromisoformat(ends) - date.fromisoformat(starts)).days + 1, 1)


def renew_visits(unit: Reader, ids: Iterable[int], new: Set[int] = frozenset()) -> None:
    """Derive sort name and country of these visits: their own, else that of the first place."""
    ids = set(ids)
    if not ids:
        return
    lands: dict[int, str] = {}
    places = sorted(unit.columns(vi.VisitPlace, ("visit_id", "position", "id", "institution_id"), "visit_id", ids))
    countries = dict(unit.columns(pa.Institution, ("id", "country"), "id", {one[3] for one in places}))
    for visit, _, _, institution in places:
        lands.setdefault(visit, countries.get(institution, ""))
    names = ("id", "title", "starts_on", "ends_on", "country", "archived_on", "deleted_at")
    rows = [{"visit_id": i, "sort_name": fold(title), "shown": shown(bool(deleted), archived), "starts_on": starts,
             "ends_on": ends or starts, "country": country or lands.get(i, "")}
            for i, title, starts, ends, country, archived, deleted in unit.columns(vi.Visit, names, "id", ids)]
    replace(unit, schema.visit_fact, "visit_id", ids - new, rows)


def write_projects(unit: Reader, ids: Iterable[int], new: Set[int] = frozenset()) -> None:
    """Write the search text of these projects anew, the names of partners and people included."""
    ids = set(ids)
    if not ids:
        return
    more: dict[int, list[str]] = defaultdict(list)
    names = _names(unit, pr.ProjectMember, "project_id", ids)
    for project, name in unit.columns(pr.ProjectPerson, ("project_id", "name"), "project_id", ids):
        more[project].append(name)
    fields = ("id", "kind", "acronym", "title", "programme", "grant_number", "tags", "summary")
    texts = {i: fold(" ".join((str(label_of("project_kind", kind)), *words, *names[i], *more[i])))
             for i, kind, *words in unit.columns(pr.Project, fields, "id", ids)}
    search.write(unit, "project", ids - new, texts)


def write_visits(unit: Reader, ids: Iterable[int], new: Set[int] = frozenset()) -> None:
    """Write the search text of these visits anew, the names of places and people included."""
    ids = set(ids)
    if not ids:
        return
    names = _names(unit, vi.VisitPlace, "visit_id", ids)
    for visit, name in unit.columns(vi.VisitPerson, ("visit_id", "name"), "visit_id", ids):
        names[visit].append(name)
    fields = ("id", "kind", "country", "title", "city", "purpose", "tags")
    texts = {i: fold(" ".join((str(label_of("visit_kind", kind)), country, country_name(country), *words, *names[i])))
             for i, kind, country, *words in unit.columns(vi.Visit, fields, "id", ids)}
    search.write(unit, "visit", ids - new, texts)


def _names(unit: Reader, record: type[Any], owner: str, ids: Iterable[int]) -> dict[int, list[str]]:
    """The names of the institutions that take part, by what they take part in."""
    parts = unit.columns(record, (owner, "institution_id"), owner, ids)
    words = {i: [*names, country, country_name(country)] for i, country, *names in unit.columns(
        pa.Institution, ("id", "country", "name", "name_original", "short_name"), "id", {one for _, one in parts})}
    found: dict[int, list[str]] = defaultdict(list)
    for at, institution in parts:
        found[at] += words.get(institution, [])
    return found


def _shown_by(reader: Reader, followups: Iterable[int], outputs: Iterable[int]) -> dict[str, set[int]]:
    """The records whose forms show these follow-ups and outputs, by kind."""
    found: dict[str, set[int]] = defaultdict(set)
    for row in reader.columns(fo.FollowUp, tuple(_ABOUT), "id", followups):
        for kind, one in zip(_ABOUT.values(), row, strict=True):
            if one is not None:
                found[kind].add(one)
    outputs = set(outputs)
    for (project,) in reader.columns(ou.JointOutput, ("project_id",), "id", outputs):
        if project is not None:
            found["project"].add(project)
    found["partner"] |= {i for (i,) in reader.columns(ou.OutputMember, ("institution_id",), "output_id", outputs)}
    return found


def _projects_with(reader: Reader, partners: Iterable[int]) -> set[int]:
    return {i for (i,) in reader.columns(pr.ProjectMember, ("project_id",), "institution_id", partners)}


def _visits_with(reader: Reader, partners: Iterable[int]) -> set[int]:
    return {i for (i,) in reader.columns(vi.VisitPlace, ("visit_id",), "institution_id", partners)}


def _every(reader: Reader, record: type[Any]) -> list[int]:
    return list(reader.connection.execute(sa.select(schema.KINDS[record].table.c.id)).scalars())
