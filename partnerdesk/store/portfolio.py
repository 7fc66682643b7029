"""Projects and agreements along the years: from outside in two statements, from inside by project."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import agreements as ag
from partnerdesk.domain import partners as pa
from partnerdesk.domain import projects as pr
from partnerdesk.domain.agreements import State, rolled, state_of
from partnerdesk.domain.portfolio import AgreementHead, Insides, ProjectHead, Side
from partnerdesk.store import schema
from partnerdesk.store.driver import FACTS, facts_of
from partnerdesk.store.prepared import Prepared, among, one_of_ids
from partnerdesk.store.unit import Reader

_project, _member = schema.KINDS[pr.Project].table, schema.KINDS[pr.ProjectMember].table
_institution = schema.KINDS[pa.Institution].table
_agreement, _partnership = schema.KINDS[ag.Agreement].table, schema.KINDS[pa.Partnership].table
_project_fact, _agreement_fact = schema.project_fact, schema.agreement_fact
_OF_PROJECT = ("id", "acronym", "title", "status", "programme", "responsible", "starts_on", "ends_on", "amended_to")
_OF_FACT = ("tasks", "progress", "open_points", "next_due")
_DAYS = ("starts_on", "ends_on", "amended_to", "next_due")
_DRAFTS = frozenset({State.DRAFT, State.WAITING_PARTNER, State.WAITING_US})
_ENDED = frozenset({State.EXPIRED, State.TERMINATED, State.SUPERSEDED})


def project_heads(reader: Reader, ids: Sequence[int]) -> list[ProjectHead]:
    """These projects from outside, in the order of the ids; those that are gone are left out."""
    asked = one_of_ids(ids)
    sides: dict[int, list[Side]] = defaultdict(list)
    for project, institution, name, country in _sides().rows(reader.connection, among=asked):
        sides[project].append(Side(institution, name, country))
    found: dict[int, ProjectHead] = {}
    for row in _heads().rows(reader.connection, among=asked):
        told = dict(zip((*_OF_PROJECT, *_OF_FACT), row, strict=True))
        told |= {name: date.fromisoformat(told[name]) if told[name] else None for name in _DAYS}
        found[row[0]] = ProjectHead(**told, sides=tuple(sides[row[0]]))
    return [found[one] for one in ids if one in found]


def agreement_heads(reader: Reader, today: date) -> list[AgreementHead]:
    """Every agreement that the list shows, by partner."""
    return [_agreement_head(row, today) for row in _agreements().rows(reader.connection)]


def insides(reader: Reader, ids: Sequence[int]) -> dict[int, Insides]:
    """The plans of these projects in their own order; which tasks decide the end is not said here."""
    packages = _by_project(reader.where(pr.WorkPackage, "project_id", ids))
    tasks = _by_project(reader.where(pr.Task, "project_id", ids))
    milestones = _by_project(reader.where(pr.Milestone, "project_id", ids))
    deliverables = _by_project(reader.where(pr.Deliverable, "project_id", ids))
    of = {task.id: project for project, some in tasks.items() for task in some}
    links: dict[int, list[pr.TaskLink]] = defaultdict(list)
    for link in reader.where(pr.TaskLink, "task_id", of):
        links[of[link.task_id]].append(link)
    return {one: Insides(tuple(packages.get(one, ())), tuple(tasks.get(one, ())), tuple(links.get(one, ())),
                         tuple(milestones.get(one, ())), tuple(deliverables.get(one, ()))) for one in ids}


def _by_project(records: Sequence[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for record in sorted(records, key=lambda one: (one.position, one.id)):
        found[record.project_id].append(record)
    return found


def _agreement_head(row: Any, today: date) -> AgreementHead:
    agreement, kind, title, programme, responsible, partner, name, country, *days = row
    facts = facts_of(*days)
    state = state_of(facts, today)
    until = [day for day in (rolled(facts, today).ends_on, facts.termination_on, facts.superseded_on) if day]
    return AgreementHead(
        id=agreement, type=kind, title=title, programme=programme, responsible=responsible, starts_on=facts.starts_on,
        ends_on=min(until, default=None), draft=state in _DRAFTS, ended=state in _ENDED,
        sides=(Side(partner, name, country or ""),) if partner and name else ())


@cache
def _heads() -> Prepared:
    columns = (*(_project.c[name] for name in _OF_PROJECT), *(_project_fact.c[name] for name in _OF_FACT))
    return Prepared(sa.select(*columns)
                    .join(_project_fact, _project_fact.c.project_id == _project.c.id)
                    .where(_project.c.id.in_(among()), _project.c.deleted_at == ""))


@cache
def _sides() -> Prepared:
    return Prepared(sa.select(_member.c.project_id, _institution.c.id, _institution.c.name, _institution.c.country)
                    .join(_institution, _institution.c.id == _member.c.institution_id)
                    .where(_member.c.project_id.in_(among()), _institution.c.is_home == 0)
                    .order_by(_member.c.position, _member.c.id))


@cache
def _agreements() -> Prepared:
    names = ("id", "type", "title", "programme")
    return Prepared(
        sa.select(*(_agreement.c[name] for name in names), _partnership.c.responsible, _agreement_fact.c.partner_id,
                  _institution.c.name, _institution.c.country, *(_agreement_fact.c[name] for name in FACTS))
        .join(_agreement_fact, _agreement_fact.c.agreement_id == _agreement.c.id)
        .join(_partnership, _partnership.c.id == _agreement.c.partnership_id)
        .outerjoin(_institution, _institution.c.id == _agreement_fact.c.partner_id)
        .where(_agreement_fact.c.shown == schema.SHOWN).order_by(_agreement_fact.c.sort_name, _agreement.c.id))
