"""What wants doing about stays, read from their facts: by partner where a partner is asked, else by person."""

import json
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from partnerdesk.domain import today_stays as say
from partnerdesk.domain.phases import DONE, PHASES, Phase
from partnerdesk.domain.stay_terms import is_second_half
from partnerdesk.domain.today import WEEK_DAYS, Item
from partnerdesk.domain.transcripts import RECOGNITION_DAYS, TRANSCRIPT_WEEKS
from partnerdesk.store import schema
from partnerdesk.store.today import Ask, as_day, rows
from partnerdesk.store.unit import Reader


def nominations(reader: Reader, ask: Ask) -> list[Item]:
    """People to be nominated, by partner and half year, with the partner's deadline."""
    groups: dict[tuple[Any, ...], tuple[int, date | None]] = {}
    for partner_id, partner, who, year, term, n, first, second in rows(reader, _SELECTED, ask):
        later = is_second_half(term)
        key = (partner_id, partner or "", year or ask.today.year, later, who)
        before = groups.get(key, (0, None))
        groups[key] = before[0] + n, before[1] or as_day(second if later else first)
    return [say.nominate(partner_id, partner, year, later, n, deadline, who)
            for (partner_id, partner, year, later, who), (n, deadline) in groups.items()]


def answers(reader: Reader, ask: Ask) -> list[Item]:
    """Nominations that wait for an answer: of a partner about ours, or of us about theirs."""
    found = []
    for partner_id, partner, who, direction, n, first, weeks in rows(reader, _NOMINATED, ask):
        if first is None:
            continue
        day = date.fromisoformat(first)
        item = (say.nominated(partner_id, partner or "", n, day, weeks, who) if direction == "out" else
                say.incoming(partner_id, partner or "", n, day, who))
        if direction == "in" or (item.when or ask.today) < ask.today + timedelta(days=WEEK_DAYS):
            found.append(item)
    return found


def offers(reader: Reader, ask: Ask) -> list[Item]:
    """Offers that are not answered, by call."""
    if ask.who:
        return []
    return [say.offers(call, title, n, as_day(by)) for call, title, n, by in rows(reader, _OFFERS, ask)]


def departure_papers(reader: Reader, ask: Ask) -> list[Item]:
    """Papers that are missing before a departure, where they are due soon or the departure is near."""
    found = rows(reader, _BEFORE, ask, soon=ask.day(say.PAPERS_DAYS), near=ask.day(say.DEPARTURE_DAYS))
    return [_papers(row, before=True) for row in found]


def later_papers(reader: Reader, ask: Ask) -> list[Item]:
    """Papers of the arrival and the return that are due."""
    return [_papers(row, before=False) for row in rows(reader, _AFTER, ask, soon=ask.day(WEEK_DAYS))]


def movements(reader: Reader, ask: Ask) -> list[Item]:
    """Arrivals and ends of stays whose day has passed."""
    arriving = [say.movement(one, name, partner or "", direction, date.fromisoformat(day), who, arrives=True)
                for one, name, partner, direction, day, who in rows(reader, _ARRIVALS, ask)]
    return [*arriving, *(say.movement(one, name, partner or "", direction, date.fromisoformat(day), who, arrives=False)
                         for one, name, partner, direction, day, who in rows(reader, _RETURNS, ask))]


def transcripts(reader: Reader, ask: Ask) -> list[Item]:
    """R71 and R72 by partner: transcripts that should be here, and those on which home has to decide."""
    waiting: dict[tuple[Any, ...], list[date]] = defaultdict(list)
    deciding: dict[tuple[Any, ...], list[date]] = defaultdict(list)
    soon = ask.today + timedelta(days=WEEK_DAYS)
    for partner_id, partner, who, weeks, ends, received in rows(reader, _RETURNED, ask):
        if received is not None:
            due = date.fromisoformat(received) + timedelta(days=RECOGNITION_DAYS)
            group = deciding[partner_id, partner or "", who]
        elif ends is not None:
            due = date.fromisoformat(ends) + timedelta(weeks=weeks or TRANSCRIPT_WEEKS)
            group = waiting[partner_id, partner or "", weeks, who]
        else:
            continue
        group += [due] if due < soon else []
    asked = [say.transcripts(partner_id, partner, len(days), min(days), weeks, who)
             for (partner_id, partner, weeks, who), days in waiting.items() if days]
    return [*asked, *(say.recognition(partner_id, partner, len(days), min(days), who)
                      for (partner_id, partner, who), days in deciding.items() if days)]


def payments(reader: Reader, ask: Ask) -> list[Item]:
    """Instalments of signed grants that are due: the last ones once somebody is back."""
    return [say.payment(one, stay, name, f"{amount:,.2f}", currency, date.fromisoformat(due), bool(final), who)
            for one, stay, name, amount, currency, final, due, who in rows(
                reader, _PAYMENTS, ask, soon=ask.day(WEEK_DAYS)) if due]


def _papers(row: tuple[Any, ...], *, before: bool) -> Item:
    one, name, partner, direction, day, who, due, kinds = row
    return say.papers(one, name, partner or "", direction, json.loads(kinds), as_day(due), as_day(day), who,
                      before=before)


def _at(*phases: Phase) -> str:
    return ", ".join(str(PHASES.index(phase)) for phase in phases)


_OPEN = "d.state NOT IN ({})".format(", ".join(f"'{state}'" for state in DONE))
_MINE = "(:who = '' OR p.responsible = :who)"
_NAME = "trim(person.given_names || ' ' || person.family_name)"
_WHO = "coalesce(p.responsible, '')"
_FROM = """
FROM stay_fact f CROSS JOIN stay s ON s.id = f.stay_id CROSS JOIN person ON person.id = s.person_id
LEFT JOIN institution i ON i.id = f.partner_id LEFT JOIN partnership p ON p.id = f.partnership_id
"""
_BY_PARTNER = """
FROM stay_fact f CROSS JOIN stay s ON s.id = f.stay_id
LEFT JOIN institution i ON i.id = f.partner_id LEFT JOIN partnership p ON p.id = f.partnership_id
LEFT JOIN factsheet h ON h.institution_id = f.partner_id AND h.year = f.year
"""
_SHOWN = f"f.shown = {schema.SHOWN}"
_SELECTED = f"""
SELECT f.partner_id, i.name, {_WHO}, f.year, s.term, count(*), h.nominate_first, h.nominate_second {_BY_PARTNER}
WHERE {_SHOWN} AND f.phase = {_at(Phase.SELECTED)} AND f.direction = 'out' AND f.partner_id IS NOT NULL
AND (f.starts_on IS NULL OR f.starts_on >= :today) AND {_MINE} GROUP BY f.partner_id, f.year, s.term
"""
_NOMINATED = f"""
SELECT f.partner_id, i.name, {_WHO}, f.direction, count(*), min(s.nominated_on), max(h.decision_weeks) {_BY_PARTNER}
WHERE {_SHOWN} AND f.phase = {_at(Phase.NOMINATED)} AND f.partner_id IS NOT NULL
AND (f.ends_on IS NULL OR f.ends_on >= :today) AND {_MINE} GROUP BY f.partner_id, f.direction
"""
_OFFERS = """
SELECT c.id, c.title, count(*), c.answer_by FROM call c JOIN application a ON a.call_id = c.id
WHERE a.offer = 'offered' AND c.deleted_at = '' AND c.archived_on IS NULL GROUP BY c.id
ORDER BY c.answer_by, c.id LIMIT :limit
"""
_PAPERS = f"""
SELECT f.stay_id, {_NAME}, i.name, f.direction, {{day}}, {_WHO}, w.due, w.kinds
FROM (
  SELECT f.stay_id, min(d.due_on) AS due, json_group_array(d.kind) AS kinds
  FROM stay_fact f CROSS JOIN document d ON d.stay_id = f.stay_id
  WHERE {_SHOWN} AND f.documents_missing > 0 AND {_OPEN} AND {{wanted}} GROUP BY f.stay_id
) w CROSS JOIN stay_fact f ON f.stay_id = w.stay_id CROSS JOIN stay s ON s.id = f.stay_id
CROSS JOIN person ON person.id = s.person_id
LEFT JOIN institution i ON i.id = f.partner_id LEFT JOIN partnership p ON p.id = f.partnership_id
WHERE {_MINE} ORDER BY coalesce(w.due, f.starts_on), f.stay_id LIMIT :limit
"""
_BEFORE = _PAPERS.format(day="f.starts_on", wanted=f"""
f.phase IN ({_at(Phase.NOMINATED, Phase.ACCEPTED, Phase.PREPARING)}) AND d.stage IN ('nomination', 'departure')
AND (d.due_on <= :soon OR f.starts_on <= :near)""")
# a transcript is asked of the partner, and recognition is an item of its own
_AFTER = _PAPERS.format(day="f.ends_on", wanted=f"""
f.phase IN ({_at(Phase.ABROAD, Phase.RETURNED)}) AND d.due_on <= :soon
AND d.stage IN ('departure', 'arrival', CASE f.phase WHEN {_at(Phase.RETURNED)} THEN 'return' END)
AND d.kind NOT IN ('transcript', 'recognition')""")
_MOVING = f"""
SELECT f.stay_id, {_NAME}, i.name, f.direction, {{day}}, {_WHO} {_FROM}
WHERE {_SHOWN} AND f.phase = {{phase}} AND {{day}} < :today AND {_MINE} ORDER BY {{day}}, f.stay_id LIMIT :limit
"""
_ARRIVALS = _MOVING.format(day="f.starts_on", phase=_at(Phase.PREPARING))
_RETURNS = _MOVING.format(day="f.ends_on", phase=_at(Phase.ABROAD))
_RETURNED = f"""
SELECT f.partner_id, i.name, {_WHO}, h.transcript_weeks, f.ends_on,
  (SELECT max(coalesce(t.received_on, t.issued_on)) FROM transcript t WHERE t.stay_id = f.stay_id)
{_BY_PARTNER}
WHERE {_SHOWN} AND f.phase = {_at(Phase.RETURNED)} AND f.direction = 'out' AND f.partner_id IS NOT NULL
AND s.activity NOT LIKE 'staff%' AND {_MINE}
"""
_PAYMENTS = f"""
SELECT g.id, f.stay_id, {_NAME}, g.amount, w.currency, g.final,
  coalesce(g.due_on, date(f.ends_on, '+{say.PAYMENT_DAYS} days')) AS due, {_WHO}
FROM grant_payment g CROSS JOIN grant_award w ON w.id = g.award_id CROSS JOIN stay_fact f ON f.stay_id = w.stay_id
CROSS JOIN stay s ON s.id = f.stay_id CROSS JOIN person ON person.id = s.person_id
LEFT JOIN partnership p ON p.id = f.partnership_id
WHERE {_SHOWN} AND g.paid_on IS NULL AND w.status IN ('frozen', 'signed', 'paid') AND g.amount > 0
AND (f.phase IN ({_at(Phase.RETURNED, Phase.RECOGNISED)})
     OR (g.final = 0 AND f.phase IN ({_at(Phase.PREPARING, Phase.ABROAD)})))
AND NOT EXISTS (SELECT 1 FROM grant_award o WHERE o.stay_id = f.stay_id AND o.n > w.n AND o.status != 'calculated')
AND coalesce(g.due_on, date(f.ends_on, '+{say.PAYMENT_DAYS} days')) <= :soon AND {_MINE}
ORDER BY due, g.id LIMIT :limit
"""
