"""The figures at the head of the day's work, and who comes and goes next."""

from typing import Any

from partnerdesk.domain.phases import EXITS, PHASES, Phase
from partnerdesk.store import schema
from partnerdesk.store.today import Ask, rows
from partnerdesk.store.unit import Reader

SOON_DAYS = 30


def arriving(reader: Reader, ask: Ask) -> tuple[int, int]:
    """How many arrive here within 30 days, and how many of them lack papers."""
    ((n, lacking),) = rows(reader, _ARRIVING, ask, until=ask.day(SOON_DAYS))
    return n, lacking or 0


def missing_papers(reader: Reader, ask: Ask) -> tuple[int, int]:
    """How many stays lack papers that were due, and how many papers those are."""
    ((people, papers),) = rows(reader, _MISSING, ask)
    return people, papers or 0


def late_points(reader: Reader, ask: Ask) -> tuple[int, int]:
    """How many milestones and deliverables of running projects are late, and of how many projects."""
    ((points, projects),) = rows(reader, _LATE, ask)
    return points, projects


def comers_and_goers(reader: Reader, ask: Ask) -> list[tuple[Any, ...]]:
    """Who leaves, comes or ends a stay within 30 days: (stay, name, direction, kind of person, partner, city, day,
    1 at the beginning of the stay), the next first.
    """
    return rows(reader, _MOVING, ask, until=ask.day(SOON_DAYS))


def _at(*phases: Phase) -> str:
    return ", ".join(str(PHASES.index(phase)) for phase in phases)


_EXPECTED = _at(Phase.NOMINATED, Phase.ACCEPTED, Phase.PREPARING)
_ARRIVING = f"""
SELECT count(*), sum(documents_missing > 0) FROM stay_fact
WHERE shown = {schema.SHOWN} AND starts_on BETWEEN :today AND :until AND direction = 'in' AND phase IN ({_EXPECTED})
"""
_MISSING = f"""
SELECT count(*), sum(documents_missing) FROM stay_fact
WHERE shown = {schema.SHOWN} AND documents_missing > 0 AND next_due < :today
AND phase IN ({_at(*(phase for phase in PHASES if phase not in (Phase.CLOSED, *EXITS)))})
"""
_LATE = """
SELECT count(*), count(DISTINCT project_id) FROM (
  SELECT project_id, due_on, met_on AS done FROM milestone WHERE due_on < :today
  UNION ALL SELECT project_id, due_on, submitted_on FROM deliverable WHERE due_on < :today
) x JOIN project p ON p.id = x.project_id
WHERE x.done IS NULL AND p.status IN ('granted', 'running') AND p.deleted_at = '' AND p.archived_on IS NULL
AND p.template = 0
"""
_MOVING = f"""
SELECT f.stay_id, trim(person.given_names || ' ' || person.family_name), f.direction, person.kind, i.name, i.city,
  m.day, m.begins
FROM (
  SELECT stay_id, starts_on AS day, 1 AS begins FROM stay_fact
  WHERE shown = {schema.SHOWN} AND starts_on BETWEEN :today AND :until AND phase IN ({_at(Phase.ACCEPTED,
                                                                                          Phase.PREPARING)})
  UNION ALL
  SELECT stay_id, ends_on, 0 FROM stay_fact
  WHERE shown = {schema.SHOWN} AND ends_on BETWEEN :today AND :until AND phase = {_at(Phase.ABROAD)}
) m JOIN stay_fact f ON f.stay_id = m.stay_id JOIN stay s ON s.id = f.stay_id JOIN person ON person.id = s.person_id
LEFT JOIN institution i ON i.id = f.partner_id ORDER BY m.day, m.stay_id LIMIT :limit
"""
