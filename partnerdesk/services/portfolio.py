"""The questions behind the timeline: projects and agreements from outside, and the plans of those that are open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from partnerdesk.domain import clock
from partnerdesk.domain.portfolio import Insides, Portfolio
from partnerdesk.domain.schedule import Link, Plan, Span

if TYPE_CHECKING:
    from partnerdesk.domain.listing import ListQuery
    from partnerdesk.store.unit import Reader


def portfolio(reader: Reader, query: ListQuery, *, agreements: bool = False) -> Portfolio:
    """The projects that a query finds, in its order, with all agreements where they are wanted too."""
    from partnerdesk.services import projects
    from partnerdesk.store import portfolio as stored
    from partnerdesk.store.settle import year_start

    ids = projects.project_ids(reader, query)
    return Portfolio(tuple(stored.project_heads(reader, ids)),
                     tuple(stored.agreement_heads(reader, clock.today())) if agreements else (), year_start(reader))


def some_projects(reader: Reader, ids: Sequence[int]) -> Portfolio:
    """Certain projects, in the order of their ids as given."""
    from partnerdesk.store import portfolio as stored
    from partnerdesk.store.settle import year_start

    return Portfolio(tuple(stored.project_heads(reader, ids)), year_start=year_start(reader))


def insides(reader: Reader, ids: Sequence[int]) -> dict[int, Insides]:
    """The plans of projects, with the tasks that decide when each ends; none where tasks wait in a circle."""
    from partnerdesk.store import portfolio as stored

    return {one: replace(inside, critical=frozenset(plan_of(inside).critical()) if inside.links else frozenset())
            for one, inside in stored.insides(reader, ids).items()}


def plan_of(inside: Insides) -> Plan:
    """The arithmetic of a project's tasks and links."""
    return Plan((Span(task.id, task.starts_on, task.ends_on) for task in inside.tasks),
                (Link(link.before_id, link.task_id, link.kind, link.lag) for link in inside.links))
