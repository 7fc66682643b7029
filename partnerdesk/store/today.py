"""What wants doing about agreements and partners, read from the derived facts: the most pressing ones first.

Each question is one statement whose rows come in the order of their days, so that the first page costs little where
there are very many; the words are the domain's.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from partnerdesk.domain import today_papers as say
from partnerdesk.domain.followups import FollowUpLine
from partnerdesk.domain.today import Item
from partnerdesk.domain.today_projects import followup as followup_item
from partnerdesk.store import schema
from partnerdesk.store.settle import year_start
from partnerdesk.store.unit import Reader

ALL = -1
ENDED_DAYS = 365
AT_ONCE = 60
"""So many agreements that end are looked at for the first page."""
REVIEW_DAYS = 60
CONTACT_DAYS = 7


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked for: on which day, whose ("" means everybody's), and how many of each kind at most."""

    today: date
    who: str = ""
    limit: int = ALL

    def day(self, days: int) -> str:
        """The day so many days from today, as it is stored."""
        return (self.today + timedelta(days=days)).isoformat()


def rows(reader: Reader, sql: str, ask: Ask, **values: Any) -> list[tuple[Any, ...]]:
    """The rows of a statement, with day, person and limit for its parameters."""
    driver: Any = reader.connection.connection.driver_connection
    given = {"today": ask.today.isoformat(), "who": ask.who, "limit": ask.limit, **values}
    found: list[tuple[Any, ...]] = driver.execute(sql, given).fetchall()
    return found


def as_day(stored: str | None) -> date | None:
    """A stored day."""
    return date.fromisoformat(stored) if stored else None


def agreement_ends(reader: Reader, ask: Ask) -> list[Item]:
    """Agreements that end within 18 months, or ended within a year, and that none follows."""
    wanted = {"since": ask.day(-ENDED_DAYS), "until": ask.day(say.ENDS_DAYS)}
    some = AT_ONCE if ask.limit != ALL else ALL
    found = rows(reader, _ENDS, ask, **wanted, some=some)
    longest = _longest(reader, {row[8] for row in found})
    alone = [row for row in found if longest.get((row[8], row[5], row[9]), "") <= row[3]]
    return [say.agreement_ends(one, partner or "", say.named(*paper), date.fromisoformat(ends), as_day(notice), who,
                               ask.today)
            for one, partner, who, ends, notice, *paper, _, _ in alone[:ask.limit if ask.limit != ALL else None]]


def _longest(reader: Reader, partners: Iterable[int | None]) -> dict[tuple[int | None, str, str], str]:
    """Until when the agreements of each kind with these partners hold: by partner, type and programme."""
    driver: Any = reader.connection.connection.driver_connection
    found = driver.execute(_LONGEST, (json.dumps([one for one in partners if one is not None]),)).fetchall()
    return {(partner, kind, programme): ends for partner, kind, programme, ends in found}


def agreement_notices(reader: Reader, ask: Ask) -> list[Item]:
    """Agreements whose last notice day comes near: the end of those that renew themselves moves on with the years."""
    until = ask.day(say.NOTICE_DAYS)
    found = [(*row, False) for row in rows(reader, _NOTICES, ask, until=until)]
    found += [(*row, True) for row in rows(reader, _RENEWING, ask, until=until)]
    return [say.agreement_notice(one, partner or "", say.named(*paper), date.fromisoformat(ends),
                                 date.fromisoformat(notice), renews, who)
            for one, partner, who, ends, notice, *paper, renews in found]


def agreements_unsigned(reader: Reader, ask: Ask) -> list[Item]:
    """Papers that are not signed by both sides: approved by one, sent, or drafts."""
    return [say.agreement_unsigned(one, partner or "", say.named(*paper), as_day(ours), as_day(theirs), as_day(sent),
                                   as_day(due), as_day(before), who)
            for one, partner, who, ours, theirs, sent, before, due, *paper in rows(reader, _UNSIGNED, ask)]


def amendment(reader: Reader, ask: Ask) -> list[Item]:
    """The day by which places of the next year are agreed, where agreements are in effect."""
    near = say.amendment_day(ask.today, year_start(reader))
    if near is None or ask.who:
        return []
    day, year = near
    ((n,),) = rows(reader, _IN_EFFECT, ask)
    return [say.amendment(day, year, n)] if n else []


def contacts(reader: Reader, ask: Ask) -> list[Item]:
    """Contacts that were not confirmed for a year."""
    before = ask.day(CONTACT_DAYS - say.CONFIRMED_DAYS)
    return [say.contact(one, partner_id, partner, name, date.fromisoformat(confirmed), who)
            for one, partner_id, partner, name, confirmed, who in rows(reader, _CONTACTS, ask, before=before)]


def reviews(reader: Reader, ask: Ask) -> list[Item]:
    """Partnerships whose review is due."""
    return [say.review(one, partner_id or 0, partner or "", date.fromisoformat(due), who)
            for one, partner_id, partner, due, who in rows(reader, _REVIEWS, ask, until=ask.day(REVIEW_DAYS))]


def followups(reader: Reader, who: str = "") -> list[tuple[Item, FollowUpLine]]:
    """Open follow-ups, those that were put off too, each with its line."""
    from partnerdesk.store.followups import followup_lines

    return [(followup_item(one.id, one.title, one.about, one.due_on, one.root, one.root_id, one.responsible), one)
            for one in followup_lines(reader, done=False) if not who or one.responsible == who]


_PAPER = "a.type, a.title, a.our_code"
# the facts come first, in the order of an index: the engine is not asked to choose
_FROM = """
FROM agreement_fact f CROSS JOIN agreement a ON a.id = f.agreement_id
LEFT JOIN partnership p ON p.id = a.partnership_id LEFT JOIN institution i ON i.id = f.partner_id
"""
_MINE = "(:who = '' OR p.responsible = :who)"
# signed, not ended early, and nothing came in its place
_LASTING = """
f.ours_on IS NOT NULL AND f.theirs_on IS NOT NULL AND f.termination_on IS NULL AND f.superseded_on IS NULL
AND NOT EXISTS (
  SELECT 1 FROM agreement s INDEXED BY ix_agreement_predecessor_id
  WHERE s.predecessor_id = a.id AND s.deleted_at = '')
"""
_ENDS = f"""
SELECT f.agreement_id, i.name, coalesce(p.responsible, ''), f.ends_on, f.notice_on, {_PAPER}, f.partner_id, a.programme
FROM agreement_fact f INDEXED BY ix_agreement_fact_ends CROSS JOIN agreement a ON a.id = f.agreement_id
LEFT JOIN partnership p ON p.id = a.partnership_id LEFT JOIN institution i ON i.id = f.partner_id
WHERE f.ends_on BETWEEN :since AND :until AND f.shown = {schema.SHOWN} AND coalesce(f.renew_months, 0) = 0
AND {_LASTING} AND {_MINE} ORDER BY f.ends_on, f.agreement_id LIMIT :some
"""
_LONGEST = f"""
SELECT f.partner_id, a.type, a.programme, max(coalesce(f.ends_on, '9999-12-31'))
FROM json_each(?) w CROSS JOIN agreement_fact f ON f.partner_id = w.value
CROSS JOIN agreement a ON a.id = f.agreement_id
WHERE f.shown = {schema.SHOWN} GROUP BY f.partner_id, a.type, a.programme
"""
_NOTICES = f"""
SELECT f.agreement_id, i.name, coalesce(p.responsible, ''), f.ends_on, f.notice_on, {_PAPER} {_FROM}
WHERE f.notice_on BETWEEN :today AND :until AND f.ends_on >= :today AND f.shown = {schema.SHOWN}
AND coalesce(f.renew_months, 0) = 0 AND {_LASTING} AND {_MINE} ORDER BY f.notice_on, f.agreement_id LIMIT :limit
"""
# with whole years in between, month and day of a notice stay: only few rows need the domain's arithmetic
_NEXT = """
(substr(:today, 1, 4) + (substr(f.notice_on, 5) < substr(:today, 5))) || substr(f.notice_on, 5)
"""
_RENEWING = f"""
SELECT f.agreement_id, i.name, coalesce(p.responsible, ''),
  pd_end(f.ends_on, f.renew_months, r.notice), max(r.notice, f.notice_on) AS notice, {_PAPER}
FROM (
  SELECT agreement_id, {_NEXT} AS notice FROM agreement_fact f
  WHERE renew_months = 12 AND notice_on IS NOT NULL AND ends_on IS NOT NULL AND {_NEXT} BETWEEN :today AND :until
  AND {_NEXT} >= notice_on
  UNION ALL
  SELECT agreement_id, pd_notice(ends_on, notice_on, renew_months, :today) FROM agreement_fact
  WHERE renew_months > 0 AND renew_months != 12 AND notice_on IS NOT NULL AND ends_on IS NOT NULL
) r CROSS JOIN agreement_fact f ON f.agreement_id = r.agreement_id CROSS JOIN agreement a ON a.id = f.agreement_id
LEFT JOIN partnership p ON p.id = a.partnership_id LEFT JOIN institution i ON i.id = f.partner_id
WHERE r.notice BETWEEN :today AND :until AND f.shown = {schema.SHOWN} AND {_LASTING} AND {_MINE}
ORDER BY r.notice, f.agreement_id LIMIT :limit
"""
# looked up once for each paper, and names only for those that are told
_UNSIGNED = f"""
WITH open AS MATERIALIZED (
  SELECT f.agreement_id, f.partner_id, coalesce(p.responsible, '') AS who, f.ours_on, f.theirs_on, f.starts_on,
    {_PAPER},
    CASE WHEN f.ours_on IS NULL AND f.theirs_on IS NULL THEN (
      SELECT max(e.day) FROM agreement_event e
      WHERE e.agreement_id = f.agreement_id AND e.kind IN ('sent', 'reminded')) END AS sent,
    CASE WHEN a.predecessor_id IS NOT NULL THEN (
      SELECT b.ends_on FROM agreement_fact b WHERE b.agreement_id = a.predecessor_id) END AS before
  FROM agreement_fact f CROSS JOIN agreement a ON a.id = f.agreement_id
  LEFT JOIN partnership p ON p.id = a.partnership_id
  WHERE (f.ours_on IS NULL OR f.theirs_on IS NULL) AND f.shown = {schema.SHOWN} AND f.termination_on IS NULL
  AND (f.ends_on IS NULL OR f.ends_on >= :today) AND {_MINE}
)
SELECT agreement_id, (SELECT i.name FROM institution i WHERE i.id = partner_id), who, ours_on, theirs_on, sent, before,
  CASE WHEN ours_on IS NOT NULL OR theirs_on IS NOT NULL
    THEN date(max(coalesce(ours_on, ''), coalesce(theirs_on, '')), '+{say.ANSWER_DAYS} days')
  WHEN sent IS NOT NULL THEN date(sent, '+{say.ANSWER_DAYS} days') ELSE coalesce(before, starts_on) END AS due,
  type, title, our_code
FROM open ORDER BY due IS NULL, due, agreement_id LIMIT :limit
"""
_IN_EFFECT = f"""
SELECT count(*) FROM agreement_fact f JOIN agreement a ON a.id = f.agreement_id
WHERE f.ends_on >= :today AND f.shown = {schema.SHOWN} AND f.ours_on IS NOT NULL AND f.theirs_on IS NOT NULL
AND (f.starts_on IS NULL OR f.starts_on <= :today) AND f.superseded_on IS NULL
AND a.type IN ('student_exchange', 'erasmus_iia')
"""
_CONTACTS = f"""
SELECT c.id, i.id, i.name, trim(c.title || ' ' || c.given_names || ' ' || c.family_name), c.confirmed_on,
  coalesce(p.responsible, '')
FROM contact c JOIN institution i ON i.id = c.institution_id JOIN partner_fact f ON f.institution_id = i.id
LEFT JOIN partnership p ON p.id = f.partnership_id
WHERE c.confirmed_on < :before AND (c.valid_to IS NULL OR c.valid_to >= :today) AND f.shown = {schema.SHOWN}
AND c.family_name != '' AND {_MINE} ORDER BY c.confirmed_on, c.id LIMIT :limit
"""
_REVIEWS = f"""
SELECT p.id, i.id, coalesce(nullif(p.title, ''), i.name), p.next_review, p.responsible
FROM partnership p JOIN partner_fact f ON f.partnership_id = p.id JOIN institution i ON i.id = f.institution_id
WHERE p.next_review <= :until AND p.stage NOT IN ('ended') AND p.ended_on IS NULL AND f.shown = {schema.SHOWN}
AND {_MINE} GROUP BY p.id ORDER BY p.next_review, p.id LIMIT :limit
"""
