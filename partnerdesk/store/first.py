"""The first page of the list of partners, read by the driver alone, so that it is painted before SQLAlchemy loads.

It answers what `services.listing` would for a list in the order of names; a test compares the two.
"""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from partnerdesk.domain import clock
from partnerdesk.domain.lines import PartnerLine
from partnerdesk.domain.states import RUNNING, STATES, Facts, rolled, state_of
from partnerdesk.domain.years import AcademicYear, MonthDay
from partnerdesk.store.driver import connect, dbapi, facts_of

Page = tuple[list[int], dict[int, PartnerLine]]

_PARTNERS = """
SELECT i.id, i.name, i.name_original, i.short_name, i.city, i.country, i.status, p.forms, p.tier, p.stage,
       p.responsible, p.next_review
FROM partner_fact f CROSS JOIN institution i ON i.id = f.institution_id
LEFT JOIN partnership p ON p.id = f.partnership_id
WHERE f.shown = 1
ORDER BY f.sort_name, f.institution_id LIMIT ?
"""
_AGREEMENTS = """
SELECT f.partner_id, f.version_id, f.ours_on, f.theirs_on, f.starts_on, f.ends_on, f.notice_on, f.termination_on,
       f.superseded_on, f.renew_months
FROM agreement_fact f WHERE f.partner_id IN ({}) AND f.shown = 1 ORDER BY f.agreement_id
"""
_PLACES = """
SELECT c.version_id, c.direction, sum(CASE WHEN y.closed = 1 THEN 0 ELSE coalesce(y.heads, c.heads, 0) END)
FROM condition c LEFT JOIN condition_year y ON y.condition_id = c.id AND y.year = ?
WHERE c.version_id IN ({}) AND coalesce(c.first_year, ?) <= ? AND coalesce(c.last_year, ?) >= ?
GROUP BY c.version_id, c.direction
"""


def first_page(path: Path, limit: int = 64) -> Page:
    """Ids and lines of the first partners by name; empty where the file cannot be read as it stands."""
    try:
        connection = connect(path, mode="ro")
    except dbapi.DatabaseError:
        return [], {}
    try:
        connection.execute("BEGIN")
        return _read(connection, limit)
    except dbapi.DatabaseError:
        return [], {}
    finally:
        connection.close()


def _read(connection: Any, limit: int) -> Page:
    today = clock.today()
    start = _year_start(connection)
    year = AcademicYear.of(today, start=start)
    rows = connection.execute(_PARTNERS, (limit,)).fetchall()
    ids = [row[0] for row in rows]
    papers: dict[int, list[tuple[int, Facts]]] = {}
    for row in connection.execute(_AGREEMENTS.format(_marks(ids)), ids):
        papers.setdefault(row[0], []).append((row[1], facts_of(*row[2:])))
    granted = _granted(connection, [version for some in papers.values() for version, _ in some], year.first)
    span = year.first_day(start), year.last_day(start)
    return ids, {row[0]: _line(row, papers.get(row[0], []), granted, span, today) for row in rows}


def _year_start(connection: Any) -> MonthDay:
    found = connection.execute("SELECT value FROM setting WHERE key = 'office.year_start'").fetchone()
    if found is None or not found[0]:
        return MonthDay(9, 1)
    month, day = found[0].strip('"').split("-")
    return MonthDay(int(month), int(day))


def _granted(connection: Any, versions: Sequence[int], year: int) -> dict[tuple[int, str], int]:
    query = _PLACES.format(_marks(versions))
    return {(v, d): n for v, d, n in connection.execute(query, (year, *versions, year, year, year, year))}


def _line(
    row: Any, papers: list[tuple[int, Facts]], granted: dict[tuple[int, str], int], span: tuple[date, date], today: date
) -> PartnerLine:
    states = [(state_of(facts, today), rolled(facts, today)) for _, facts in papers]
    lead = min(states, key=lambda one: (STATES.index(one[0]), one[1].ends_on or date.max), default=None)
    state, facts = lead or ("", Facts())
    counted = [version for (version, days), (now, _) in zip(papers, states, strict=True)
               if now in RUNNING and _reaches(days, span)]
    places = {d: sum(granted.get((version, d), 0) for version in counted) for d in ("out", "in")}
    return PartnerLine(
        id=row[0], name=row[1], name_original=row[2], short_name=row[3], city=row[4], country=row[5], status=row[6],
        forms=tuple(json.loads(row[7])) if row[7] else (), tier=row[8], stage=row[9] or "", responsible=row[10] or "",
        next_review=date.fromisoformat(row[11]) if row[11] else None, state=str(state), ends_on=facts.ends_on,
        open_ended=bool(papers) and facts.ends_on is None and state in RUNNING, notice_on=facts.notice_on,
        agreements=len(papers), places_out=places["out"], places_in=places["in"], archived=False,
    )


def _reaches(facts: Facts, span: tuple[date, date]) -> bool:
    first, last = span
    if facts.starts_on is not None and facts.starts_on > last:
        return False
    return facts.ends_on is None or facts.ends_on >= first or bool(facts.renew_months)


def _marks(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))
