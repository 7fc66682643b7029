"""The lists of follow-ups: what is to be done, with the name of the record that each is about."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from partnerdesk.domain import agreements as ag
from partnerdesk.domain import calls as ca
from partnerdesk.domain import cohorts as co
from partnerdesk.domain import followups as fo
from partnerdesk.domain import partners as pa
from partnerdesk.domain import people as pe
from partnerdesk.domain import projects as pr
from partnerdesk.domain import stays as st
from partnerdesk.domain import visits as vi
from partnerdesk.domain.followup_rules import LINK_OF
from partnerdesk.domain.followups import FollowUpLine
from partnerdesk.store import schema
from partnerdesk.store.prepared import Prepared, among, one_of_ids
from partnerdesk.store.unit import Reader

_followup = schema.KINDS[fo.FollowUp].table
_agreement = schema.KINDS[ag.Agreement].table
_institution = schema.KINDS[pa.Institution].table
_person = schema.KINDS[pe.Person].table
_stay = schema.KINDS[st.Stay].table
_cohort = schema.KINDS[co.Cohort].table
_call = schema.KINDS[ca.Call].table
_project = schema.KINDS[pr.Project].table
_visit = schema.KINDS[vi.Visit].table
_paper, _at = schema.agreement_fact, schema.stay_fact
_OWN = ("id", "title", "responsible", "due_on", "done_on", "snoozed_until", "snooze_reason")
_DAYS = ("due_on", "done_on", "snoozed_until")


def followup_lines(
    reader: Reader, about: Mapping[str, Iterable[int]] | None = None, *, done: bool = True
) -> list[FollowUpLine]:
    """Follow-ups by id: all, or those `about` these records (ids by kind); with `done` False only open ones.

    What is about a record in the trash waits there with it.
    """
    if about is None:
        return [_line(row) for row in _worded("", done).rows(reader.connection)]
    found: dict[int, FollowUpLine] = {}
    for kind, ids in about.items():
        rows = _worded(LINK_OF[kind], done).rows(reader.connection, among=one_of_ids(ids))
        found.update({row[0]: _line(row) for row in rows})
    return [found[i] for i in sorted(found)]


def papers_of(reader: Reader, partners: Iterable[int]) -> list[int]:
    """Ids of the agreements with these partners, those in the trash left out."""
    query = sa.select(_paper.c.agreement_id).where(
        _paper.c.partner_id.in_(list(partners)), _paper.c.shown != schema.HIDDEN)
    return list(reader.connection.execute(query).scalars())


@cache
def _worded(link: str, done: bool) -> Prepared:
    links = (_followup.c[name] for name in LINK_OF.values())
    paper_at, stay_at, who = _institution.alias("paper_at"), _institution.alias("stay_at"), _person.alias("who")
    names = (
        _institution.c.name, _agreement.c.title, _agreement.c.our_code, paper_at.c.name, *_named(_person), *_named(who),
        stay_at.c.name, _cohort.c.title, _call.c.title, _project.c.acronym, _project.c.title, _visit.c.title)
    query = (
        sa.select(*(_followup.c[name] for name in _OWN), *links, *names)
        .outerjoin(_institution, _institution.c.id == _followup.c.institution_id)
        .outerjoin(_agreement, _agreement.c.id == _followup.c.agreement_id)
        .outerjoin(_paper, _paper.c.agreement_id == _agreement.c.id)
        .outerjoin(paper_at, paper_at.c.id == _paper.c.partner_id)
        .outerjoin(_person, _person.c.id == _followup.c.person_id)
        .outerjoin(_stay, _stay.c.id == _followup.c.stay_id)
        .outerjoin(who, who.c.id == _stay.c.person_id)
        .outerjoin(_at, _at.c.stay_id == _stay.c.id)
        .outerjoin(stay_at, stay_at.c.id == _at.c.partner_id)
        .outerjoin(_cohort, _cohort.c.id == _followup.c.cohort_id)
        .outerjoin(_call, _call.c.id == _followup.c.call_id)
        .outerjoin(_project, _project.c.id == _followup.c.project_id)
        .outerjoin(_visit, _visit.c.id == _followup.c.visit_id)
        .where(_followup.c.deleted_at == "", *(
            sa.func.coalesce(table.c.deleted_at, "", type_=sa.Text) == ""
            for table in (_institution, _agreement, _person, _stay, _cohort, _call, _project, _visit)))
        .order_by(_followup.c.id))
    if link:
        query = query.where(_followup.c[link].in_(among()))
    return Prepared(query if done else query.where(_followup.c.done_on.is_(None)))


def _named(person: sa.FromClause) -> tuple[Any, ...]:
    return person.c.given_names, person.c.family_name, person.c.name_original


def _line(row: Any) -> FollowUpLine:
    n, links = len(_OWN), len(LINK_OF)
    own: dict[str, Any] = dict(zip(_OWN, row[:n], strict=True))
    for name in _DAYS:
        own[name] = date.fromisoformat(own[name]) if own[name] else None
    root, root_id = next(((kind, one) for kind, one in zip(LINK_OF, row[n:n + links], strict=True) if one), ("", 0))
    return FollowUpLine(**own, root=root, root_id=root_id, about=_about(root, row[n + links:]))


def _about(root: str, names: Any) -> str:
    """What the record that a follow-up is about is called."""
    partner, title, code, with_partner, *rest = names
    person, who, (at, cohort, call, acronym, project, visit) = rest[:3], rest[3:6], rest[6:]
    called = {
        "partner": partner, "agreement": _joined(with_partner, title or code), "person": _person_name(person),
        "stay": _joined(_person_name(who), at), "cohort": cohort, "call": call, "project": acronym or project,
        "visit": visit}
    return called.get(root) or ""


def _person_name(parts: Any) -> str:
    given, family, original = parts
    return " ".join(part for part in (given, family) if part) or original or ""


def _joined(*parts: str | None) -> str:
    return " \N{MIDDLE DOT} ".join(part for part in parts if part)
