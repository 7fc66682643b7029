"""Cohorts and the call that is open in a sample office: who travels together, and who wants to go next year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from partnerdesk.domain.agreements import AgreementVersion, Condition, span_of
from partnerdesk.domain.calls import Application, Call, ScorePart, Wish
from partnerdesk.domain.cohorts import Cohort, CohortLeader, CohortMember
from partnerdesk.domain.people import Enrolment, Person, PersonLanguage
from partnerdesk.domain.stays import Stay
from partnerdesk.services.samples_participants import invented, reachable
from partnerdesk.services.samples_people import Card
from partnerdesk.services.samples_pile import Pile
from partnerdesk.services.samples_terms import Moment

_STUDENTS = ("student-studies", "student-traineeship")
_STAFF = ("staff-teacher", "staff-training")
_APPLICANTS = 64


def put_cohorts(pile: Pile, home: Card, moment: Moment) -> None:
    """Intakes of this year and the next, a staff week and a blended programme, where there are stays for them."""
    year = moment.year
    stays = [one for one in pile.all(Stay) if one.sending_status != "cancelled"]
    field = {unit.id: unit.code for unit in home.units.values()}

    def of(direction: str, at: int, terms: Iterable[str], activities: tuple[str, ...] = _STUDENTS) -> list[Stay]:
        wanted = tuple(terms)
        return [one for one in stays if one.direction == direction and one.year == at and one.term in wanted
                and one.activity in activities]

    engineering = [one for one in stays if one.year == year and one.activity in _STUDENTS
                   and field.get(one.sending_unit_id or one.receiving_unit_id or 0) in ("ENG", "ENE", "CIV", "INF")]
    _put(pile, Cohort(title=f"Engineering {year}", kind="intake", direction="", year=year, capacity=72,
                      starts_on=date(year, 9, 1), ends_on=date(year + 1, 6, 30)), engineering, home)
    _put(pile, Cohort(title=f"Outgoing, autumn {year}", kind="intake", direction="out", year=year, term="1/2",
                      starts_on=date(year, 9, 1), ends_on=date(year + 1, 1, 31)), of("out", year, ("1/2", "1/1")), home)
    _put(pile, Cohort(title=f"Incoming, autumn {year}", kind="intake", direction="in", year=year, term="1/2",
                      capacity=80, starts_on=date(year, 9, 1), ends_on=date(year + 1, 1, 31)),
         of("in", year, ("1/2", "1/1")), home)
    _put(pile, Cohort(title=f"Outgoing, spring {year + 1}", kind="intake", direction="out", year=year, term="2/2",
                      starts_on=date(year + 1, 2, 1), ends_on=date(year + 1, 6, 30)), of("out", year, ("2/2",)), home)
    _put(pile, Cohort(title=f"Staff week, May {year + 1}", kind="staff-week", direction="in", year=year, capacity=20,
                      starts_on=date(year + 1, 5, 10), ends_on=date(year + 1, 5, 14)),
         of("in", year, ("",), _STAFF), home)
    _put(pile, Cohort(title=f"Coastal cities, blended {year + 1}", kind="bip", direction="out", activity="bip",
                      year=year, capacity=25, starts_on=date(year + 1, 4, 6), ends_on=date(year + 1, 4, 24)),
         of("out", year, ("1/2", "2/2"), ("bip",)), home)


def _put(pile: Pile, cohort: Cohort, stays: list[Stay], home: Card) -> None:
    if not stays:
        return
    made = pile.put(cohort, cohort.title)
    chance = pile.chance(cohort.title)
    leader = chance.choice(home.contacts)
    pile.put(CohortLeader(cohort_id=made.id, name=leader.full_name, role=leader.function, phone=leader.phone,
                          email=leader.email), cohort.title)
    for stay in stays:
        pile.put(CohortMember(cohort_id=made.id, stay_id=stay.id), f"{cohort.title}/{stay.uid}")


def put_call(pile: Pile, home: Card, moment: Moment) -> None:
    """The call for next year's places: applicants with scores and wishes, none of them placed yet."""
    year = moment.year + 1
    open_to = _open_places(pile, year)
    if len(open_to) < 4:
        return
    call = pile.put(Call(
        title=f"Exchange {year}/{year + 1}", year=year, opens_on=moment.today - timedelta(days=45),
        closes_on=moment.today + timedelta(days=10), answer_by=moment.today + timedelta(days=52)), "call")
    parts = [pile.put(ScorePart(call_id=call.id, position=n, name=name, weight=weight, best=best), name)
             for n, (name, weight, best) in enumerate(
                 (("Grades", 60.0, 100.0), ("Motivation", 25.0, 20.0), ("Interview", 15.0, 10.0)))]
    for n in range(min(_APPLICANTS, 3 * len(open_to))):
        _put_applicant(pile, home, call, parts, open_to, n)


def _open_places(pile: Pile, year: int) -> list[Condition]:
    """What can be wished for: conditions for outgoing students that are valid in the year."""
    versions = {one.id: one for one in pile.all(AgreementVersion) if one.status == "approved"}
    found = []
    for condition in pile.all(Condition):
        version = versions.get(condition.version_id)
        if version is None or condition.direction != "out" or condition.activity != "student-studies":
            continue
        starts, ends = span_of(version)
        if (starts is None or starts <= date(year, 9, 1)) and (ends is None or ends >= date(year + 1, 6, 30)):
            found.append(condition)
    return found


def _put_applicant(
    pile: Pile, home: Card, call: Call, parts: list[ScorePart], open_to: list[Condition], n: int
) -> None:
    key = f"applicant/{n}"
    chance = pile.chance(key)
    first = chance.choice(open_to)
    given, family, original = invented(home.institution.country, chance)
    email, phone = reachable(given, family, pile.count(Person) + 1)
    person = pile.put(Person(
        given_names=given, family_name=family, name_original=original, citizenships=(home.institution.country,),
        birth_date=date((call.year or 0) - chance.randint(20, 24), chance.randint(1, 12), chance.randint(1, 28)),
        consents=("data",), email=email, phone=phone), key)
    field = chance.choice(first.fields) if first.fields else ""
    level = chance.choice(first.levels) if first.levels else "6"
    pile.put(Enrolment(person_id=person.id, institution_id=home.institution.id, unit_id=first.own_unit_id, field=field,
                       level=level, year_of_study=chance.randint(1, 3), valid_from=date((call.year or 0) - 3, 9, 1)),
             key)
    languages = [f"en {chance.choice(('B2', 'C1', 'C1', 'NS'))}"]
    for asked in first.languages:
        if not asked.startswith("en"):
            languages.append(f"{asked.split()[0]} {chance.choice(('B1', 'B2', 'B2', 'C1'))}")
    for spoken in languages:
        language, reached = spoken.split()
        pile.put(PersonLanguage(person_id=person.id, language=language, level=reached), f"{key}/{language}")
    points = (chance.randint(52, 98), chance.randint(8, 20), chance.randint(4, 10))
    application = pile.put(Application(
        call_id=call.id, person_id=person.id, unit_id=first.own_unit_id, field=field, level=level,
        languages=tuple(one.replace(" ", "=") for one in languages),
        scores=tuple(f"{part.id}={point}" for part, point in zip(parts, points, strict=True))), key)
    near = [one for one in open_to if one.own_unit_id == first.own_unit_id and one.id != first.id]
    wishes = [first, *chance.sample(near, min(len(near), 2)), chance.choice(open_to)]
    for place, wished in enumerate(dict.fromkeys(one.id for one in wishes), start=1):
        pile.put(Wish(application_id=application.id, position=place, condition_id=wished), f"{key}/{place}")
