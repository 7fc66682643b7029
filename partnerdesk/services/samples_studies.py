"""What a sample office's students study away and are paid: learning agreements, transcripts, grades, grants."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from partnerdesk.domain.agreements import Condition, Document
from partnerdesk.domain.grades import GradeRow, GradeTable, convert
from partnerdesk.domain.grants import GrantAward, GrantPayment, GrantRate, GrantTable, calculate, instalments, line_json
from partnerdesk.domain.learning import LearningComponent, LearningVersion, completed_on
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.transcripts import Recognition, Transcript, TranscriptLine
from partnerdesk.services.grants import journey_of
from partnerdesk.services.samples_people import Card
from partnerdesk.services.samples_pile import Pile
from partnerdesk.services.samples_terms import Moment

_COURSES = {
    "07": ("Energy systems", "Fluid mechanics II", "Structural dynamics", "Control engineering", "Materials lab",
           "Sustainable construction", "Thermal processes"),
    "06": ("Distributed systems", "Machine learning", "Human–computer interaction", "Compilers", "Network security",
           "Databases in depth", "Software project"),
    "05": ("Coordination chemistry", "Statistical physics", "Marine ecology", "Soil science", "Spectroscopy",
           "Environmental modelling", "Field course"),
    "04": ("International finance", "Supply chains", "Comparative contract law", "Marketing research",
           "Negotiation", "Corporate strategy", "European law"),
    "03": ("Comparative politics", "Media and society", "Development economics", "Urban sociology",
           "Research methods", "International relations", "Policy analysis"),
    "02": ("Modern history", "Translation workshop", "Linguistic typology", "Film and text", "Museum studies",
           "Contemporary literature", "Language and culture"),
}
_GRADES = {
    "home": (("First", 18.0), ("Upper second", 47.0), ("Lower second", 27.0), ("Third", 8.0), ("Fail", 0.0)),
    "host": (("A", 10.0), ("B", 25.0), ("C", 30.0), ("D", 25.0), ("E", 10.0), ("F", 0.0)),
}
_FUND = "Mobility fund of the university"


def put_studies(pile: Pile, home: Card, moment: Moment) -> None:
    """Studies and grants of the stays that began or will begin in the last, this and the next academic year."""
    tables = _put_grade_tables(pile, home, moment)
    table, rates = _put_fund(pile, moment)
    institutions = {one.id: one for one in pile.all(Institution)}
    papers: dict[int, dict[str, Document]] = defaultdict(dict)
    for paper in pile.all(Document):
        if paper.stay_id is not None:
            papers[paper.stay_id][paper.kind] = paper
    conditions = {one.id: one for one in pile.all(Condition)}
    for stay in pile.all(Stay):
        if stay.sending_status == "cancelled" or stay.receiving_status != "verified" or stay.closed_on:
            continue
        chance = pile.chance(f"studies/{stay.uid}")
        if stay.activity == "student-studies":
            condition = conditions[stay.condition_id or 0]
            _put_learning(pile, stay, condition, papers[stay.id], chance, tables, moment)
        if stay.direction == "out" and stay.sending_status != "nomination":
            _put_grant(pile, stay, institutions, table, rates, chance)


def _put_grade_tables(pile: Pile, home: Card, moment: Moment) -> dict[str, list[GradeRow]]:
    """The grade table of the home office, and of the partners that sent one."""
    made: dict[str, list[GradeRow]] = {}
    hosts = sorted({s.receiving_id for s in pile.all(Stay) if s.direction == "out" and s.receiving_id})[:8]
    for institution in (home.institution.id, *hosts):
        kind = "home" if institution == home.institution.id else "host"
        table = pile.put(GradeTable(
            institution_id=institution, name="All programmes", first_year=moment.year - 3, last_year=moment.year - 1,
            source="Invented for the sample"), f"grades/{institution}")
        rows = [pile.put(GradeRow(table_id=table.id, position=n, label=label, percent=percent, passing=percent > 0),
                         f"grades/{institution}/{label}") for n, (label, percent) in enumerate(_GRADES[kind])]
        made[kind if kind == "home" else str(institution)] = rows
    return made


def _put_learning(
    pile: Pile, stay: Stay, condition: Condition, papers: dict[str, Document], chance: Random,
    tables: dict[str, list[GradeRow]], moment: Moment,
) -> None:
    """The learning agreement as far as it is signed, and where the stay is over the transcript."""
    paper = papers.get("learning_agreement")
    signed = paper is not None and paper.state in ("received", "checked")
    day = (stay.planned_from or date.min) - timedelta(days=chance.randint(35, 70))
    day = min(day, moment.today - timedelta(days=3))
    version = pile.put(LearningVersion(
        stay_id=stay.id, made_on=day - timedelta(days=20), student_signed_on=day - timedelta(days=9),
        sending_signed_on=day - timedelta(days=5) if signed or chance.random() < 0.5 else None,
        sending_signed_by="Departmental coordinator", receiving_signed_on=day if signed else None,
        receiving_signed_by="Exchange coordinator" if signed else ""), f"la/{stay.uid}")
    titles = list(_COURSES.get(stay.field[:2], _COURSES["03"]))
    chance.shuffle(titles)
    count = 8 if stay.term == "1/1" else 5
    components = []
    for n in range(count):
        title = titles[n % len(titles)] + (" II" if n >= len(titles) else "")
        credits = float(chance.choice((5, 6, 6, 7, 8))) if count == 5 else 7.0
        code = f"{stay.field[:2]}{chance.randint(100, 499)}"
        away = pile.put(LearningComponent(version_id=version.id, position=n, part="A", code=code, title=title,
                                          term=stay.term, credits=credits, pair=n + 1), f"la/{stay.uid}/a{n}")
        pile.put(LearningComponent(
            version_id=version.id, position=count + n, part="B", code=f"NB{chance.randint(1000, 3999)}",
            title=title if chance.random() < 0.6 else "Elective", term=stay.term, credits=credits, pair=n + 1),
            f"la/{stay.uid}/b{n}")
        components.append(away)
    arrived = papers.get("transcript")
    if stay.actual_to and completed_on(version) and (stay.sending_status == "recognized" or (
            arrived is not None and arrived.state in ("received", "checked"))):
        _put_transcript(pile, stay, components, chance, tables)


def _put_transcript(
    pile: Pile, stay: Stay, components: list[LearningComponent], chance: Random, tables: dict[str, list[GradeRow]]
) -> None:
    issued = (stay.actual_to or date.min) + timedelta(days=chance.randint(14, 40))
    host = tables.get(str(stay.receiving_id), [])
    transcript = pile.put(Transcript(
        stay_id=stay.id, issued_on=issued, received_on=issued + timedelta(days=chance.randint(2, 9)),
        grade_table_id=host[0].table_id if host else None), stay.uid)
    decided = stay.sending_status == "recognized"
    for n, component in enumerate(components):
        passed = chance.random() < 0.95
        grade = chance.choice("ABBCCDE") if passed else "F"
        line = pile.put(TranscriptLine(
            transcript_id=transcript.id, position=n, code=component.code, title=component.title,
            credits=component.credits, grade=grade, passed=passed, result_on=issued - timedelta(days=12)),
            f"{stay.uid}/{n}")
        if not (decided and passed):
            continue
        found = convert(host, tables["home"], grade) if host and stay.direction == "out" else None
        pile.put(Recognition(
            line_id=line.id, home_title=component.title, credits=component.credits,
            grade=found.grade if found else "", method=str(found.method) if found else "",
            decision="recognised", decided_on=issued + timedelta(days=20), decided_by="Departmental coordinator"),
            f"{stay.uid}/{n}")


def _put_fund(pile: Pile, moment: Moment) -> tuple[GrantTable, list[GrantRate]]:
    """An invented table of rates, so that no figure of a sample is taken for a published one."""
    table = pile.put(GrantTable(
        name=f"{_FUND} {moment.year}", call_year=moment.year, currency="GBP", valid_from=date(moment.year - 1, 9, 1),
        source="Invented for the sample"), _FUND)
    rows = (
        GrantRate(kind="month", amount=420.0), GrantRate(kind="short-day", low=1, high=14, amount=60.0),
        GrantRate(kind="short-day", low=15, high=30, amount=45.0), GrantRate(kind="staff-day", amount=130.0),
        GrantRate(kind="top-up-month", key="fewer-opportunities", amount=220.0),
        GrantRate(kind="travel", low=10, high=499, amount=150.0, green=200.0),
        GrantRate(kind="travel", low=500, high=1999, amount=250.0, green=330.0),
        GrantRate(kind="travel", low=2000, high=7999, amount=600.0, green=600.0),
        GrantRate(kind="travel", low=8000, amount=950.0, green=950.0))
    return table, [pile.put(_placed(one, table.id, n), f"rate/{n}") for n, one in enumerate(rows)]


def _placed(rate: GrantRate, table_id: int, n: int) -> GrantRate:
    return replace(rate, table_id=table_id, position=n)


def _put_grant(
    pile: Pile, stay: Stay, institutions: dict[int, Institution], table: GrantTable, rates: list[GrantRate],
    chance: Random,
) -> None:
    if stay.programme not in ("turing", "erasmus-ka131", "erasmus-ka171", "bilateral") or chance.random() < 0.25:
        return
    journey = journey_of(stay, institutions.get(stay.sending_id or 0), institutions.get(stay.receiving_id or 0))
    found = calculate(journey, rates)
    if found.problems or not found.lines or stay.planned_from is None:
        return
    signed = stay.planned_from - timedelta(days=chance.randint(20, 45))
    award = pile.put(GrantAward(
        stay_id=stay.id, table_id=table.id, table_name=table.name, currency=table.currency,
        status="closed" if stay.sending_status == "recognized" else "signed", starts_on=journey.starts_on,
        ends_on=journey.ends_on, days=found.days, amount=float(found.amount),
        lines=tuple(line_json(line) for line in found.lines), calculated_on=signed - timedelta(days=8),
        signed_on=signed), stay.uid)
    for n, (share, amount, final) in enumerate(instalments(found.amount, table.first_payment_percent), 1):
        paid = stay.sending_status == "recognized" if final else stay.actual_from is not None
        due = (stay.planned_to or signed) + timedelta(days=45) if final else stay.planned_from
        pile.put(GrantPayment(
            award_id=award.id, n=n, percent=float(share), amount=float(amount), final=final, due_on=due,
            paid_on=due if paid else None), f"{stay.uid}/{n}")
