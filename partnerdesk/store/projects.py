"""The list of projects: which, in what order, and what a line shows; and what their lights are judged by."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import partners as pa
from partnerdesk.domain import projects as pr
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.project_rules import QUIET_DAYS, RUNNING, Standing, end_of, health_of
from partnerdesk.domain.projects import Project, ProjectLine
from partnerdesk.domain.vocab_projects import PROJECT_STATUS
from partnerdesk.store import listing, schema
from partnerdesk.store.partners import int_or_zero
from partnerdesk.store.prepared import Prepared, one_of_ids
from partnerdesk.store.prepared import among as among_ids
from partnerdesk.store.unit import Reader

_project = schema.KINDS[pr.Project].table
_member = schema.KINDS[pr.ProjectMember].table
_task = schema.KINDS[pr.Task].table
_milestone = schema.KINDS[pr.Milestone].table
_deliverable = schema.KINDS[pr.Deliverable].table
_risk = schema.KINDS[pr.Risk].table
_institution = schema.KINDS[pa.Institution].table
_fact = schema.project_fact
_history, _step = schema.history, schema.step
_POINTS = ((_milestone, _milestone.c.met_on), (_deliverable, _deliverable.c.submitted_on))
_DAY = len("2026-03-02")
_SHOWN = ("id", "acronym", "title", "kind", "programme", "status", "our_role", "responsible", "starts_on", "budget",
          "currency")
_JUDGED = ("health", "health_reason", "own_budget", "spent", "template", "ends_on", "amended_to", "archived_on")


def project_ids(
    reader: Reader, query: ListQuery, today: date, limit: int | None = None, among: Sequence[int] | None = None
) -> list[int]:
    """Ids of the projects that a query finds, in its order, of all or of those `among`.

    What the lights say is judged in one place for screens, lists and papers, so they are looked at one by one.
    """
    lights = [one for one in query.filters if one.key == "health"]
    by_light = query.sort == "health"
    if not lights and not by_light:
        return listing.ids(reader, "project", _worded, query, today, limit, among)
    rest = replace(query, filters=tuple(one for one in query.filters if one.key != "health"),
                   sort="" if by_light else query.sort, descending=False if by_light else query.descending)
    ids = listing.ids(reader, "project", _worded, rest, today, None, among)
    shown = lights_of(reader, ids, today)
    ids = [i for i in ids if all((shown[i] in _light_values(one)) != one.negated for one in lights)]
    if by_light:
        places = {"red": 2, "amber": 1, "green": 0} if query.descending else {"red": 0, "amber": 1, "green": 2}
        ids.sort(key=lambda i: places.get(shown[i], 3))
    return ids[:limit]


def project_hits(reader: Reader, query: ListQuery, today: date) -> int:
    """How many projects a query finds."""
    if any(one.key == "health" for one in query.filters):
        return len(project_ids(reader, query, today))
    return listing.hits(reader, "project", _worded, query, today)


def project_count(reader: Reader) -> int:
    """How many projects there are, templates and those in the archive and the trash left out."""
    query = (sa.select(sa.func.count()).select_from(_fact).join(_project, _project.c.id == _fact.c.project_id)
             .where(_fact.c.shown == schema.SHOWN, _project.c.template == 0))
    return int(reader.connection.execute(query).scalar_one())


def project_tallies(reader: Reader, column: str) -> dict[str, int]:
    """How many projects of the list have each value of a field ("status", "kind", "programme", "responsible")."""
    query = (sa.select(_project.c[column], sa.func.count())
             .join(_fact, _fact.c.project_id == _project.c.id)
             .where(_fact.c.shown == schema.SHOWN, _project.c.template == 0).group_by(_project.c[column]))
    return {row[0]: row[1] for row in reader.connection.execute(query)}


def project_lines(reader: Reader, ids: Sequence[int], today: date) -> dict[int, ProjectLine]:
    """What the list shows of these projects."""
    if not ids:
        return {}
    among = one_of_ids(ids)
    standing = standings(reader, ids, today)
    partners: dict[int, list[str]] = defaultdict(list)
    for project, name in _partners().rows(reader.connection, among=among):
        partners[project].append(name)
    titles = dict(_next_titles().rows(reader.connection, among=among))
    active = active_days(reader, ids)
    rows = _lines().rows(reader.connection, among=among)
    return {row[0]: _line(row, partners[row[0]], titles.get(row[0], ""), active.get(row[0]),
                          standing.get(row[0], Standing()), today) for row in rows}


def lights_of(reader: Reader, ids: Sequence[int], today: date) -> dict[int, str]:
    """The light of each project: green, amber, red, or nothing."""
    standing = standings(reader, ids, today)
    names = ("id", "status", "budget", *_JUDGED)
    return {row[0]: health_of(_judged(dict(zip(names, row, strict=True))), standing.get(row[0], Standing()),
                              today).light for row in reader.columns(Project, names, "id", ids)}


def standings(reader: Reader, ids: Sequence[int], today: date) -> dict[int, Standing]:
    """What the lights of these projects are judged by; those with nothing to tell may be left out."""
    values = {"among": one_of_ids(ids), "today": today.isoformat()}
    late: dict[int, int] = defaultdict(int)
    first: dict[int, str] = {}
    for project, n, point in _late_points().rows(reader.connection, **values):
        late[project] += n
        first[project] = min(first.get(project, point), point)
    tasks = dict(_late_tasks().rows(reader.connection, **values))
    risks = dict(_risks().rows(reader.connection, **values))
    found: dict[int, Standing] = {}
    for project, points in _open_points().rows(reader.connection, **values):
        due, name, ends = first.get(project, "")[:_DAY], first.get(project, "")[_DAY + 1:], tasks.get(project)
        found[project] = Standing(
            late=late[project], late_days=_days_since(due, today) if due else 0, late_name=name,
            task_days=_days_since(ends, today) if ends else 0, open_points=points, risk=risks.get(project, 0))
    return found


def active_days(reader: Reader, ids: Sequence[int]) -> dict[int, date]:
    """The day on which something of each project was last entered or changed."""
    rows = _active().rows(reader.connection, among=one_of_ids(ids))
    return {project: date.fromisoformat(at[:10]) for project, at in rows if at}


def _days_since(day: str, today: date) -> int:
    return (today - date.fromisoformat(day)).days


@lru_cache(maxsize=256)
def _worded(shape: listing.Shape) -> Prepared:
    base = (sa.select(_fact.c.project_id).outerjoin(_project, _project.c.id == _fact.c.project_id)
            .where(listing.shown(_fact, shape)))
    if not any(one.key == "template" for one in shape.filters):
        base = base.where(_project.c.template == 0)
    return listing.worded("project", base, _fact.c.project_id, shape, _MAKERS, _sorts(shape.today))


@cache
def _lines() -> Prepared:
    return Prepared(
        sa.select(*(_project.c[name] for name in (*_SHOWN, *_JUDGED)), _fact.c.tasks, _fact.c.progress,
                  _fact.c.next_due)
        .outerjoin(_fact, _fact.c.project_id == _project.c.id)
        .where(_project.c.id.in_(among_ids()), _project.c.deleted_at == ""))


@cache
def _partners() -> Prepared:
    return Prepared(
        sa.select(_member.c.project_id, _institution.c.name)
        .join(_institution, _institution.c.id == _member.c.institution_id)
        .where(_member.c.project_id.in_(among_ids()), _institution.c.is_home == 0)
        .order_by(_member.c.project_id, _member.c.position, _member.c.id))


@cache
def _next_titles() -> Prepared:
    """What each project has to do next: of several on one day a milestone before a deliverable before a task."""
    kinds = []
    for place, (table, day, is_open) in enumerate((
            (_milestone, _milestone.c.due_on, _milestone.c.met_on.is_(None)),
            (_deliverable, _deliverable.c.due_on, _deliverable.c.submitted_on.is_(None)),
            (_task, _task.c.ends_on, _task.c.progress < 100))):
        kinds.append(
            sa.select(table.c.project_id, table.c.title, sa.literal_column(str(place)).label("place"), table.c.id)
            .join(_fact, _fact.c.project_id == table.c.project_id)
            .where(table.c.project_id.in_(among_ids()), day == _fact.c.next_due, is_open))
    every = sa.union_all(*kinds).subquery()
    # the last of a project is what stays in a dictionary
    return Prepared(sa.select(every.c.project_id, every.c.title)
                    .order_by(every.c.project_id, every.c.place.desc(), every.c.id.desc()))


@cache
def _active() -> Prepared:
    return Prepared(sa.select(_project.c.id, _last_step(_project.c.id)).where(_project.c.id.in_(among_ids())))


def _last_entry(project: sa.Column[int]) -> sa.ScalarSelect[int]:
    """The last entry of the journal about a project, which an index gives without looking at the others."""
    entry = _history.alias("entry")
    last = sa.select(sa.func.max(entry.c.id)).where(entry.c.root == "project", entry.c.root_id == project)
    return last.correlate(project.table).scalar_subquery()


def _last_step(project: sa.Column[int]) -> sa.ScalarSelect[str]:
    """When something of a project was last entered or changed."""
    step = sa.select(_history.c.step_id).where(_history.c.id == _last_entry(project))
    at = sa.select(_step.c.at).where(_step.c.id == step.correlate(project.table).scalar_subquery())
    return at.correlate(project.table).scalar_subquery()


@cache
def _late_points() -> Prepared:
    """How many points of each kind are late in each project, and of these the day and name of the first."""
    today = sa.bindparam("today", None, type_=sa.Text)
    kinds = []
    for table, met in _POINTS:
        name = sa.func.trim(table.c.number.concat(" ").concat(table.c.title))
        kinds.append(
            sa.select(table.c.project_id, sa.func.count().label("n"),
                      sa.func.min(table.c.due_on.concat(" ").concat(name)).label("first"))
            .where(table.c.project_id.in_(among_ids()), met.is_(None), table.c.due_on < today)
            .group_by(table.c.project_id))
    return Prepared(sa.select(*sa.union_all(*kinds).subquery().c))


@cache
def _late_tasks() -> Prepared:
    today = sa.bindparam("today", None, type_=sa.Text)
    return Prepared(
        sa.select(_task.c.project_id, sa.func.min(_task.c.ends_on))
        .where(_task.c.project_id.in_(among_ids()), _task.c.progress < 100, _task.c.ends_on < today)
        .group_by(_task.c.project_id))


@cache
def _risks() -> Prepared:
    return Prepared(
        sa.select(_risk.c.project_id, sa.func.max(_risk.c.likelihood * _risk.c.impact))
        .where(_risk.c.project_id.in_(among_ids()), _risk.c.state == "open").group_by(_risk.c.project_id))


@cache
def _open_points() -> Prepared:
    return Prepared(sa.select(_fact.c.project_id, _fact.c.open_points).where(_fact.c.project_id.in_(among_ids())))


def _line(row: Any, partners: list[str], title: str, active: date | None, now: Standing, today: date) -> ProjectLine:
    own: dict[str, Any] = dict(zip((*_SHOWN, *_JUDGED), row, strict=False))
    tasks, progress, next_due = row[len(_SHOWN) + len(_JUDGED):]
    judged = _judged(own)
    return ProjectLine(
        **{name: own[name] for name in _SHOWN if name != "starts_on"}, starts_on=_as_day(own["starts_on"]),
        ends_on=end_of(judged), partners=", ".join(partners), partner_count=len(partners), tasks=tasks or 0,
        progress=progress or 0, late=now.late, next_due=_as_day(next_due), next_title=title,
        health=health_of(judged, now, today).light, active_on=active, template=judged.template,
        archived=own["archived_on"] is not None)


def _judged(own: Mapping[str, Any]) -> Project:
    """As much of a project as its light is judged by."""
    return Project(status=own["status"], budget=own["budget"], own_budget=own["own_budget"], spent=own["spent"],
                   health=own["health"], health_reason=own["health_reason"], template=bool(own["template"]),
                   ends_on=_as_day(own["ends_on"]), amended_to=_as_day(own["amended_to"]))


def _as_day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def _sorts(today: date) -> dict[str, sa.ColumnElement[Any]]:
    partners = (sa.select(sa.func.count()).select_from(_member)
                .where(_member.c.project_id == _fact.c.project_id).scalar_subquery())
    late = sum((sa.select(sa.func.count()).select_from(table)
                .where(table.c.project_id == _fact.c.project_id, met.is_(None), table.c.due_on < today.isoformat())
                .scalar_subquery() for table, met in _POINTS), start=sa.literal(0))
    return {
        "name": _fact.c.sort_name, "title": _project.c.title, "kind": _project.c.kind,
        "programme": _project.c.programme, "role": _project.c.our_role, "responsible": _project.c.responsible,
        "status": sa.case({code: place for place, code in enumerate(PROJECT_STATUS.codes)}, value=_project.c.status),
        "starts": _fact.c.starts_on, "ends": _fact.c.ends_on, "budget": _project.c.budget, "tasks": _fact.c.tasks,
        "progress": _fact.c.progress, "next": _fact.c.next_due, "partners": partners, "late": late,
        "active": _last_entry(_fact.c.project_id),
    }


def _light_values(one: Filter) -> frozenset[str]:
    return frozenset("" if value == "-" else value for value in one.values)


def _running(one: Filter, _: date) -> listing.Condition:
    runs = _project.c.status.in_(RUNNING)
    return runs if "yes" in one.values else sa.not_(runs)


def _late(one: Filter, today: date) -> listing.Condition:
    at = today.isoformat()
    late = sa.or_(*(_fact.c.project_id.in_(
        sa.select(table.c.project_id).where(table.c.due_on < at, met.is_(None))) for table, met in _POINTS))
    return late if "yes" in one.values else sa.not_(late)


def _quiet(one: Filter, today: date) -> listing.Condition:
    """Whether nothing was entered for so long that it is told; only of projects that run."""
    since = (today - timedelta(days=QUIET_DAYS - 1)).isoformat()
    quiet = sa.and_(_project.c.status.in_(RUNNING), _last_step(_fact.c.project_id) < since)
    return quiet if "yes" in one.values else sa.not_(quiet)


def _with_partner(one: Filter, _: date) -> listing.Condition:
    wanted = [int_or_zero(value) for value in one.values]
    return _fact.c.project_id.in_(sa.select(_member.c.project_id).where(_member.c.institution_id.in_(wanted)))


def _in_country(one: Filter, _: date) -> listing.Condition:
    wanted = [value.upper() for value in one.values]
    return _fact.c.project_id.in_(
        sa.select(_member.c.project_id).join(_institution, _institution.c.id == _member.c.institution_id)
        .where(_institution.c.country.in_(wanted), _institution.c.is_home == 0))


def _field(one: Filter, _: date) -> listing.Condition:
    return sa.or_(*(_project.c.field.like(f"{listing.escaped(value)}%", escape="\\") for value in one.values))


def _yes(column: sa.ColumnElement[Any]) -> listing.Maker:
    def make(one: Filter, _: date) -> listing.Condition:
        return column == (1 if "yes" in one.values else 0)

    return make


def _archived(one: Filter, _: date) -> listing.Condition:
    return _fact.c.shown == (schema.ARCHIVED if "yes" in one.values else schema.SHOWN)


_MAKERS: dict[str, listing.Maker] = {
    "status": listing.one_of(_project.c.status), "kind": listing.one_of(_project.c.kind),
    "programme": listing.one_of(_project.c.programme), "role": listing.one_of(_project.c.our_role),
    "responsible": listing.one_of(_project.c.responsible), "tag": listing.holds(_project.c.tags),
    "lead": listing.one_of(_project.c.lead_id, int_or_zero),
    "partnership": listing.one_of(_project.c.partnership_id, int_or_zero),
    "partner": _with_partner, "country": _in_country, "field": _field, "running": _running,
    "starts": listing.before_or_after(_fact.c.starts_on), "ends": listing.before_or_after(_fact.c.ends_on),
    "next": listing.before_or_after(_fact.c.next_due), "review": listing.before_or_after(_project.c.next_review),
    "late": _late, "quiet": _quiet, "template": _yes(_project.c.template), "archived": _archived,
}
"""What a search line can filter the list by, beside `health`, which is judged one by one."""
