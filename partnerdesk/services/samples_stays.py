"""Who goes where in a sample office: stays on the places that signed agreements grant, over some academic years.

People are invented. How far a stay has come follows from its days and the day on which the sample is made.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from datetime import date, timedelta
from random import Random

from partnerdesk.domain.agreements import Agreement, AgreementVersion, Condition, Document, span_of
from partnerdesk.domain.balance import BalanceTerms
from partnerdesk.domain.factsheets import Factsheet
from partnerdesk.domain.partners import Contact, Institution, Partnership
from partnerdesk.domain.people import Person
from partnerdesk.domain.phases import DONE
from partnerdesk.domain.stays import Stay, StayEvent
from partnerdesk.services.samples_participants import Place, put_person
from partnerdesk.services.samples_people import Card
from partnerdesk.services.samples_pile import Pile
from partnerdesk.services.samples_terms import Moment

YEARS_BACK = 5
_FILL = {-5: 0.08, -4: 0.10, -3: 0.13, -2: 0.17, -1: 0.24, 0: 0.4, 1: 0.14}
_STAFF = ("staff-teacher", "staff-training")
_SHORT = ("student-short", "bip", "doctoral-short")
_EU = frozenset(
    ("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT",
     "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"))
_PAPERS = (
    ("nomination", "application_form", True), ("departure", "learning_agreement", True),
    ("departure", "insurance", True), ("departure", "residence_permit", False),
    ("departure", "grant_agreement", True), ("arrival", "arrival", False), ("return", "attendance", True),
    ("return", "transcript", False),
)
_STAFF_PAPERS = (
    ("departure", "mobility_agreement", True), ("departure", "insurance", True), ("return", "attendance", True),
    ("return", "report", False),
)


def put_stays(pile: Pile, home: Card, moment: Moment) -> None:
    """Fill part of the places of the last years, of this one and of the next."""
    contacts: dict[int, list[Contact]] = defaultdict(list)
    for contact in pile.all(Contact):
        contacts[contact.institution_id].append(contact)
    for place in _places(pile, home, moment):
        chance = pile.chance(f"stays/{place.condition.uid}/{place.year}")
        share = _FILL[place.year - moment.year]
        heads = min(place.condition.heads or 0, 12)
        if place.condition.activity == "virtual":
            continue
        for n in range(sum(chance.random() < share for _ in range(heads))):
            _put_stay(pile, place, moment, f"{place.condition.uid}/{place.year}/{n}", home, contacts[place.partner.id])
    _put_factsheets(pile, moment)
    _put_balances(pile, moment)


def _places(pile: Pile, home: Card, moment: Moment) -> list[Place]:
    """The conditions of what both sides approved, year by year, each condition in the years it is valid in."""
    agreements = {one.id: one for one in pile.all(Agreement)}
    partnerships = {one.id: one for one in pile.all(Partnership)}
    institutions = {one.id: one for one in pile.all(Institution)}
    versions = {one.id: one for one in pile.all(AgreementVersion) if one.status == "approved"}
    found = []
    for condition in pile.all(Condition):
        version = versions.get(condition.version_id)
        if version is None or condition.partner_id is None:
            continue
        agreement = agreements[version.agreement_id]
        starts, ends = span_of(version)
        for year in range(moment.year - YEARS_BACK, moment.year + 2):
            begins, over = date(year, 9, 1), date(year + 1, 6, 30)
            if (starts and starts > begins) or (ends and ends < over):
                continue
            if agreement.termination_effective_on and agreement.termination_effective_on < over:
                continue
            found.append(Place(condition, agreement, institutions[condition.partner_id], home.institution,
                                partnerships[agreement.partnership_id], year))
    return found


def _put_stay(
    pile: Pile, place: Place, moment: Moment, key: str, home: Card, theirs: list[Contact]
) -> Stay:
    chance = pile.chance(f"stay/{key}")
    staff = place.condition.activity in _STAFF or place.condition.activity == "research-stay"
    out = place.condition.direction == "out"
    person = put_person(pile, place, chance, key, staff, moment)
    stay = _planned(place, chance, person, staff)
    starts, ends = stay.planned_from, stay.planned_to
    assert starts is not None and ends is not None
    stay = _as_of(stay, place, chance, moment, starts, ends)
    mine = next((c for c in home.contacts if c.full_name.endswith(place.partnership.responsible)), home.contacts[0])
    fitting = [c for c in theirs if ("incoming" if out else "outgoing") in c.roles]
    stay = pile.put(dataclasses.replace(
        stay, home_contact_id=mine.id, host_contact_id=next((c.id for c in fitting or theirs), None)), key)
    if stay.closed_on is None:
        _put_papers(pile, stay, place, chance, moment, key, staff)
        _put_events(pile, stay, key)
    return stay


def _planned(place: Place, chance: Random, person: Person, staff: bool) -> Stay:
    condition, out = place.condition, place.condition.direction == "out"
    term, starts, ends = _days(place, chance, staff)
    host, sender = (place.partner, place.home) if out else (place.home, place.partner)
    short = condition.activity in _SHORT
    return Stay(
        person_id=person.id, direction=condition.direction, sending_id=sender.id, receiving_id=host.id,
        sending_unit_id=condition.own_unit_id if out else condition.partner_unit_id,
        receiving_unit_id=condition.partner_unit_id if out else condition.own_unit_id,
        agreement_id=place.agreement.id, condition_id=condition.id, programme=place.agreement.programme,
        activity=condition.activity, year=place.year, term=term,
        attribute=("short-term-doctoral" if condition.activity == "doctoral-short" else "short-term-blended")
        if short else "long-term",
        level_nominated=chance.choice(condition.levels) if condition.levels and not staff else "",
        field=chance.choice(condition.fields) if condition.fields else "",
        language=condition.languages[0].split()[0] if condition.languages else "en",
        planned_from=starts, planned_to=ends,
        teaching_hours=float(chance.choice((8, 8, 10, 12))) if condition.activity == "staff-teacher" else None,
        work_programme=_WORK.get(condition.activity, ""), fewer_opportunities=chance.random() < 0.08,
        green_travel=place.partner.country in _EU and chance.random() < 0.3)


_WORK = {
    "staff-teacher": "Guest lectures in the master programme, a seminar with doctoral candidates",
    "staff-training": "Job shadowing in the international office, workshop on recognition",
    "research-stay": "Joint experiments and the draft of a paper",
}


def _days(place: Place, chance: Random, staff: bool) -> tuple[str, date, date]:
    """Term and days; in the south the second half of a northern academic year comes first in the calendar year."""
    year, condition = place.year, place.condition
    if staff or condition.activity in _SHORT:
        day = date(year, 10, 5) + timedelta(days=7 * chance.randint(0, 35))
        length = condition.days or 5 if staff else 19
        half = "" if staff else "1/2" if day.month >= 9 else "2/2"
        return half, day, day + timedelta(days=max(length - 1, 4))
    southern = place.partner.hemisphere == "s" and condition.direction == "out"
    pick = chance.random()
    first = (date(year, 9, chance.randint(1, 14)), date(year + 1, 1, chance.randint(15, 30)))
    second = (date(year + 1, 2, chance.randint(1, 20)), date(year + 1, 6, chance.randint(15, 30)))
    if southern:
        second = (date(year + 1, 2, 18), date(year + 1, 7, 5))
    if pick < 0.18 and (condition.months or 0) >= 9 and not southern:
        return "1/1", first[0], second[1]
    return ("1/2", *first) if pick < 0.62 and not southern else ("2/2", *second)


def _as_of(stay: Stay, place: Place, chance: Random, moment: Moment, starts: date, ends: date) -> Stay:
    """The stay as it stands on the day of the sample."""
    today, change = moment.today, dataclasses.replace
    if chance.random() < 0.05 and starts > today - timedelta(days=700):
        gone = chance.choice(("declined", "withdrawn", "withdrawn"))
        return change(stay, sending_status="cancelled", exit=gone, cancel_reason="Family reasons"
                      if gone == "withdrawn" else "Chose another offer")
    if starts - timedelta(days=190) > today:
        picked = chance.random() < 0.5
        return change(stay, selected_on=today - timedelta(days=chance.randint(5, 40)) if picked else None)
    selected, nominated = starts - timedelta(days=210), starts - timedelta(days=chance.randint(120, 175))
    stay = change(stay, selected_on=selected)
    if nominated > today:
        return stay
    stay = change(stay, sending_status="nomination", receiving_status="pending", nominated_on=nominated)
    answered = nominated + timedelta(days=chance.randint(9, 40))
    if answered > today:
        return stay
    if chance.random() < 0.02:
        return change(stay, receiving_status="rejected", answered_on=answered, status_comment="Level does not fit")
    stay = change(stay, receiving_status="verified", answered_on=answered)
    if starts - timedelta(days=75) > today or (starts > today and chance.random() < 0.3):
        return stay
    stay = change(stay, sending_status="live")
    if starts > today:
        return stay
    late, early = (chance.choice((0, 0, 0, 1, 3)), chance.choice((0, 0, 1, 4))) if (ends - starts).days > 40 else (0, 0)
    stay = change(stay, actual_from=starts + timedelta(days=late))
    if ends >= today:
        return stay
    practice = _PRACTICE.get(stay.activity, "")
    stay = change(stay, actual_to=ends - timedelta(days=early), level_departed=stay.level_nominated,
                  practice=practice, practice_adopted=bool(practice) and chance.random() < 0.4)
    if ends + timedelta(days=chance.randint(40, 110)) < today:
        stay = change(stay, sending_status="recognized")
        if ends + timedelta(days=160) < today:
            return change(stay, closed_on=ends + timedelta(days=chance.randint(111, 155)))
    return stay


_PRACTICE = {
    "staff-teacher": "Two-minute feedback cards after each lecture",
    "staff-training": "One shared calendar for nominations with partner deadlines",
}


def _put_papers(
    pile: Pile, stay: Stay, place: Place, chance: Random, moment: Moment, key: str, staff: bool
) -> None:
    """The documents of a stay: in before their stage is over as a rule, late ones where the office has work."""
    if stay.sending_status == "cancelled" or stay.planned_from is None or stay.planned_to is None:
        return
    for stage, kind, mandatory in _STAFF_PAPERS if staff else _PAPERS:
        if kind == "grant_agreement" and stay.programme not in ("erasmus-ka131", "erasmus-ka171", "turing"):
            continue
        if kind == "residence_permit" and place.partner.country in _EU and stay.direction == "out":
            continue
        due = {"nomination": stay.planned_from - timedelta(days=150), "departure": stay.planned_from
               - timedelta(days=30), "arrival": stay.planned_from + timedelta(days=14),
               "return": stay.planned_to + timedelta(days=28)}[stage]
        state = _state(stay, stage, due, chance, moment)
        pile.put(Document(
            stay_id=stay.id, stage=stage, mandatory=mandatory, kind=kind, state=state, due_on=due,
            received_on=min(due, moment.today) - timedelta(days=chance.randint(1, 20)) if state in DONE else None,
        ), f"{key}/{kind}")


def _state(stay: Stay, stage: str, due: date, chance: Random, moment: Moment) -> str:
    if stay.closed_on or stay.sending_status == "recognized":
        return "checked"
    past = {"nomination": stay.nominated_on, "departure": stay.actual_from, "arrival": stay.actual_to,
            "return": None}[stage]
    if past is not None:
        return "checked" if chance.random() < 0.97 or stage != "arrival" else "requested"
    if due < moment.today:
        return "received" if chance.random() < 0.82 else "requested"
    early = due - moment.today < timedelta(days=60)
    return chance.choice(("received", "received", "requested")) if early else "required"


def _put_events(pile: Pile, stay: Stay, key: str) -> None:
    if stay.nominated_on:
        pile.put(StayEvent(stay_id=stay.id, kind="nominated", day=stay.nominated_on), f"{key}/nominated")
    if stay.answered_on:
        note = "Accepted" if stay.receiving_status == "verified" else stay.status_comment
        pile.put(StayEvent(stay_id=stay.id, kind="answer", day=stay.answered_on, note=note), f"{key}/answer")


def _put_factsheets(pile: Pile, moment: Moment) -> None:
    """The deadlines of the partners that receive students, for this year and the next."""
    receiving = {c.partner_id for c in pile.all(Condition) if c.direction == "out" and c.activity == "student-studies"}
    for institution in pile.all(Institution):
        if institution.id not in receiving:
            continue
        chance = pile.chance(f"factsheet/{institution.uid}")
        april, october = chance.randint(1, 30), chance.randint(1, 31)
        for year in (moment.year, moment.year + 1):
            pile.put(Factsheet(
                institution_id=institution.id, year=year, nominate_first=date(year, 4, april),
                nominate_second=date(year, 10, october), apply_first=date(year, 5, 31), apply_second=date(year, 11, 15),
                decision_weeks=chance.choice((3, 4, 5)), transcript_weeks=chance.choice((4, 5, 6)),
                checked_on=moment.today - timedelta(days=chance.randint(20, 300))), f"{institution.uid}/{year}")


def _put_balances(pile: Pile, moment: Moment) -> None:
    """What the office inherited with the partners it exchanges most with."""
    sums: dict[int, int] = defaultdict(int)
    versions = {v.id: v.agreement_id for v in pile.all(AgreementVersion)}
    agreements = {a.id: a.partnership_id for a in pile.all(Agreement)}
    for condition in pile.all(Condition):
        sums[agreements[versions[condition.version_id]]] += condition.heads or 0
    for partnership in sorted(sums, key=lambda one: (-sums[one], one))[:12]:
        chance = pile.chance(f"balance/{partnership}")
        pile.put(BalanceTerms(
            partnership_id=partnership, unit=chance.choice(("heads", "terms", "terms")),
            opening=float(chance.randint(-7, 6)), since=moment.year - YEARS_BACK, bound=6.0), str(partnership))
