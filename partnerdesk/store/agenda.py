"""What has a day between two days, read by the indexes of days."""

from datetime import date
from typing import Any

from partnerdesk.domain.agenda import Dated
from partnerdesk.domain.phases import PHASES, Phase
from partnerdesk.domain.today_papers import named
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text, counted, text
from partnerdesk.store import schema
from partnerdesk.store.unit import Reader

_ONE_DAY = {
    ("begins", "out"): (QT_TRANSLATE_NOOP("PartnerDesk", "{name} leaves"),
                        QT_TRANSLATE_NOOP("PartnerDesk", "{n} people leave")),
    ("begins", "in"): (QT_TRANSLATE_NOOP("PartnerDesk", "{name} arrives"),
                       QT_TRANSLATE_NOOP("PartnerDesk", "{n} people arrive")),
    ("ends", "out"): (QT_TRANSLATE_NOOP("PartnerDesk", "{name} comes back"),
                      QT_TRANSLATE_NOOP("PartnerDesk", "{n} people come back")),
    ("ends", "in"): (QT_TRANSLATE_NOOP("PartnerDesk", "{name} goes home"),
                     QT_TRANSLATE_NOOP("PartnerDesk", "{n} people go home")),
}


def dated_between(reader: Reader, first: date, last: date, who: str = "") -> list[Dated]:
    """All dated things but appointments that have a day from `first` to `last`; with `who` only that person's own."""
    found = [*_visits(reader, first, last, who), *_points(reader, first, last, who),
             *_followups(reader, first, last, who), *_papers(reader, first, last, who)]
    return found if who else [*found, *_calls(reader, first, last), *_stays(reader, first, last)]


def _visits(reader: Reader, first: date, last: date, who: str) -> list[Dated]:
    found = []
    for one, title, begins, ends, status in _rows(reader, _VISITS, first, last, who):
        found.append(Dated(kind="visit", title=_said(title), day=date.fromisoformat(begins),
                           until=date.fromisoformat(ends), root="visit", root_id=one, done=status == "held"))
    for one, visit, title, day, begins, ends in _rows(reader, _MEETINGS, first, last, who):
        at = date.fromisoformat(day)
        found.append(Dated(kind="meeting", title=_said(title), day=at, until=at, begins=begins, ends=ends, root="visit",
                           root_id=visit, row_id=one))
    return found


def _points(reader: Reader, first: date, last: date, who: str) -> list[Dated]:
    said = QT_TRANSLATE_NOOP("PartnerDesk", "{number} {title} · {project}")
    found = []
    for kind, done in (("milestone", "met_on"), ("deliverable", "submitted_on")):
        for one, number, title, due, project, name, met in _rows(
                reader, _POINTS.format(table=kind, done=done), first, last, who):
            day = date.fromisoformat(due)
            found.append(Dated(kind=kind, title=text(said, number=number, title=title, project=name), day=day,
                               until=day, root="project", root_id=project, row_id=one, done=bool(met)))
    return found


def _followups(reader: Reader, first: date, last: date, who: str) -> list[Dated]:
    from partnerdesk.domain.followup_rules import LINK_OF

    found = []
    for one, title, due, done, *links in _rows(reader, _FOLLOWUPS, first, last, who):
        day = date.fromisoformat(due)
        root, root_id = next(((kind, link) for kind, link in zip(LINK_OF, links, strict=True) if link), ("", 0))
        found.append(Dated(kind="followup", title=_said(title), day=day, until=day, root=root, root_id=root_id,
                           row_id=one, done=bool(done), fixed=bool(done)))
    return found


def _papers(reader: Reader, first: date, last: date, who: str) -> list[Dated]:
    ends = QT_TRANSLATE_NOOP("PartnerDesk", "{partner}: {paper} ends")
    notice = QT_TRANSLATE_NOOP("PartnerDesk", "{partner}: last notice day of {paper}")
    found = []
    for kind, said in (("ends_on", ends), ("notice_on", notice)):
        for one, day, partner, *paper in _rows(reader, _PAPERS.format(day=kind), first, last, who):
            at = date.fromisoformat(day)
            found.append(Dated(
                kind="agreement-ends" if kind == "ends_on" else "agreement-notice", day=at, until=at, root="agreement",
                root_id=one, title=text(said, partner=partner or "", paper=named(*paper))))
    return found


def _calls(reader: Reader, first: date, last: date) -> list[Dated]:
    closes = QT_TRANSLATE_NOOP("PartnerDesk", "{call} closes")
    answer = QT_TRANSLATE_NOOP("PartnerDesk", "{call}: answer offers")
    found = []
    for column, said in (("closes_on", closes), ("answer_by", answer)):
        for one, title, day in _rows(reader, _CALLS.format(day=column), first, last, ""):
            at = date.fromisoformat(day)
            found.append(Dated(kind="call", title=text(said, call=title), day=at, until=at, root="call", root_id=one,
                               line=column))
    return found


def _stays(reader: Reader, first: date, last: date) -> list[Dated]:
    """Beginnings and ends of stays: one of a day by name, several as their number."""
    found = []
    for kind, column in (("begins", "starts_on"), ("ends", "ends_on")):
        for day, direction, n, stay, name in _rows(reader, _STAYS.format(day=column), first, last, ""):
            at = date.fromisoformat(day)
            word = "starts" if kind == "begins" else "ends"
            one, many = _ONE_DAY[kind, direction]
            found.append(Dated(
                kind=kind, title=counted(n, one, many, name=name), day=at, until=at, root="stay",
                root_id=stay if n == 1 else 0, line=f"{word}:{day} direction:{direction}"))
    return found


def _rows(reader: Reader, sql: str, first: date, last: date, who: str) -> list[tuple[Any, ...]]:
    driver: Any = reader.connection.connection.driver_connection
    found: list[tuple[Any, ...]] = driver.execute(
        sql, {"first": first.isoformat(), "last": last.isoformat(), "who": who}).fetchall()
    return found


def _said(title: str) -> Text:
    return text("{title}", title=title)


_IN_SIGHT = ", ".join(str(PHASES.index(phase)) for phase in (
    Phase.NOMINATED, Phase.ACCEPTED, Phase.PREPARING, Phase.ABROAD, Phase.RETURNED, Phase.RECOGNISED, Phase.CLOSED))
_VISITS = f"""
SELECT v.id, v.title, f.starts_on, coalesce(f.ends_on, f.starts_on), v.status
FROM visit_fact f JOIN visit v ON v.id = f.visit_id
WHERE f.shown != {schema.HIDDEN} AND f.starts_on <= :last AND coalesce(f.ends_on, f.starts_on) >= :first
AND v.status != 'cancelled' AND (:who = '' OR v.responsible = :who)
"""
_MEETINGS = """
SELECT a.id, v.id, a.title, a.day, a.begins, a.ends FROM agenda_item a JOIN visit v ON v.id = a.visit_id
WHERE a.day BETWEEN :first AND :last AND v.deleted_at = '' AND v.status != 'cancelled'
AND (:who = '' OR v.responsible = :who)
"""
_POINTS = """
SELECT m.id, m.number, m.title, m.due_on, p.id, coalesce(nullif(p.acronym, ''), p.title), m.{done}
FROM {table} m JOIN project p ON p.id = m.project_id
WHERE m.due_on BETWEEN :first AND :last AND p.deleted_at = '' AND p.template = 0 AND p.status != 'rejected'
AND (:who = '' OR coalesce(nullif(m.responsible, ''), p.responsible) = :who)
"""
_FOLLOWUPS = """
SELECT id, title, due_on, done_on, institution_id, agreement_id, person_id, stay_id, cohort_id, call_id, project_id,
  visit_id FROM followup
WHERE due_on BETWEEN :first AND :last AND deleted_at = '' AND (:who = '' OR responsible = :who)
"""
_PAPERS = f"""
SELECT f.agreement_id, f.{{day}}, i.name, a.type, a.title, a.our_code
FROM agreement_fact f JOIN agreement a ON a.id = f.agreement_id
LEFT JOIN partnership p ON p.id = a.partnership_id LEFT JOIN institution i ON i.id = f.partner_id
WHERE f.{{day}} BETWEEN :first AND :last AND f.shown = {schema.SHOWN} AND f.ours_on IS NOT NULL
AND f.theirs_on IS NOT NULL AND f.termination_on IS NULL AND f.superseded_on IS NULL
AND (:who = '' OR p.responsible = :who)
"""
_CALLS = """
SELECT id, title, {day} FROM call WHERE {day} BETWEEN :first AND :last AND deleted_at = '' AND :who = ''
"""
# a name beside a count is that of any of them, and is only said where there is one
_STAYS = f"""
SELECT f.{{day}}, f.direction, count(*), f.stay_id, trim(person.given_names || ' ' || person.family_name)
FROM stay_fact f JOIN stay s ON s.id = f.stay_id JOIN person ON person.id = s.person_id
WHERE f.shown = {schema.SHOWN} AND f.{{day}} BETWEEN :first AND :last AND (f.phase + 0) IN ({_IN_SIGHT}) AND :who = ''
GROUP BY f.{{day}}, f.direction
"""
