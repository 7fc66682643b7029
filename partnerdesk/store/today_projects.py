"""What wants doing about projects and visits, read from their points, tasks and facts."""

from datetime import date

from partnerdesk.domain import today_projects as say
from partnerdesk.domain.today import WEEK_DAYS, Item
from partnerdesk.store import schema
from partnerdesk.store.today import Ask, rows
from partnerdesk.store.unit import Reader

_REVIEW_DAYS = 60


def points(reader: Reader, ask: Ask) -> list[Item]:
    """Milestones not met and deliverables not handed in, late or due within two months."""
    found = []
    for table, done in (("milestone", "met_on"), ("deliverable", "submitted_on")):
        sql = _POINTS.format(table=table, done=done)
        found += [say.point(table, one, number, title, date.fromisoformat(due), project_id, project, who)
                  for one, number, title, due, project_id, project, who in rows(
                      reader, sql, ask, until=ask.day(say.POINT_DAYS))]
    return found


def tasks(reader: Reader, ask: Ask) -> list[Item]:
    """Tasks that should be finished by the end of the week, a line a project."""
    return [say.tasks(project_id, project, n, title, date.fromisoformat(due), who)
            for project_id, project, who, n, due, title in rows(reader, _TASKS, ask, soon=ask.day(WEEK_DAYS))]


def reviews(reader: Reader, ask: Ask) -> list[Item]:
    """Projects whose review is due."""
    return [say.project_review(one, name, date.fromisoformat(due), who)
            for one, name, due, who in rows(reader, _REVIEWS, ask, until=ask.day(_REVIEW_DAYS))]


def quiet(reader: Reader, ask: Ask) -> list[Item]:
    """R103: running projects in which nothing was entered for long."""
    return [say.quiet(one, name, date.fromisoformat(at[:10]), who)
            for one, name, who, at in rows(reader, _QUIET, ask, before=ask.day(-say.QUIET_DAYS))]


def visits(reader: Reader, ask: Ask) -> list[Item]:
    """Visits near their day that lack something, and those whose outcomes nobody has entered."""
    prepared = (say.visit(one, title, date.fromisoformat(begins), agenda, people, who)
                for one, title, begins, agenda, people, who in rows(
                    reader, _VISITS, ask, until=ask.day(say.VISIT_DAYS)))
    ended = [say.outcomes(one, title, date.fromisoformat(day), who)
             for one, title, day, who in rows(reader, _ENDED, ask, since=ask.day(-say.OUTCOME_DAYS))]
    return [*(item for item in prepared if item is not None), *ended]


_NAME = "coalesce(nullif(p.acronym, ''), p.title)"
_RUNNING = "p.status IN ('granted', 'running') AND p.deleted_at = '' AND p.archived_on IS NULL AND p.template = 0"
_POINTS = f"""
SELECT m.id, m.number, m.title, m.due_on, p.id, {_NAME}, coalesce(nullif(m.responsible, ''), p.responsible)
FROM {{table}} m JOIN project p ON p.id = m.project_id
WHERE m.due_on <= :until AND m.{{done}} IS NULL AND {_RUNNING}
AND (:who = '' OR coalesce(nullif(m.responsible, ''), p.responsible) = :who)
ORDER BY m.due_on, m.id LIMIT :limit
"""
# the title beside a least day is that of the task which has it
_TASKS = f"""
SELECT p.id, {_NAME}, p.responsible, count(*), min(t.ends_on), t.title
FROM project_fact f CROSS JOIN project p ON p.id = f.project_id CROSS JOIN task t ON t.project_id = p.id
WHERE f.shown = {schema.SHOWN} AND f.next_due <= :soon AND t.ends_on <= :soon AND t.progress < 100 AND {_RUNNING}
AND (:who = '' OR p.responsible = :who) GROUP BY p.id ORDER BY min(t.ends_on), p.id LIMIT :limit
"""
_REVIEWS = f"""
SELECT p.id, {_NAME}, p.next_review, p.responsible FROM project p
WHERE p.next_review <= :until AND {_RUNNING} AND (:who = '' OR p.responsible = :who)
ORDER BY p.next_review, p.id LIMIT :limit
"""
_QUIET = f"""
SELECT p.id, {_NAME}, p.responsible, s.at FROM project p
JOIN step s ON s.id = (SELECT max(h.step_id) FROM history h WHERE h.root = 'project' AND h.root_id = p.id)
WHERE s.at < :before AND p.status = 'running' AND {_RUNNING} AND (:who = '' OR p.responsible = :who)
ORDER BY s.at, p.id LIMIT :limit
"""
_VISITS = f"""
SELECT v.id, v.title, v.starts_on, (SELECT count(*) FROM agenda_item a WHERE a.visit_id = v.id),
  (SELECT count(*) FROM visit_person x WHERE x.visit_id = v.id), v.responsible
FROM visit_fact f JOIN visit v ON v.id = f.visit_id
WHERE f.shown = {schema.SHOWN} AND f.starts_on BETWEEN :today AND :until AND v.status IN ('planned', 'confirmed')
AND (:who = '' OR v.responsible = :who) ORDER BY f.starts_on, v.id LIMIT :limit
"""
_ENDED = f"""
SELECT v.id, v.title, coalesce(f.ends_on, f.starts_on) AS day, v.responsible
FROM visit_fact f JOIN visit v ON v.id = f.visit_id
WHERE f.shown = {schema.SHOWN} AND f.starts_on BETWEEN :since AND :today AND coalesce(f.ends_on, f.starts_on) < :today
AND v.status != 'cancelled' AND trim(v.outcomes) = '' AND (:who = '' OR v.responsible = :who)
ORDER BY day, v.id LIMIT :limit
"""
