"""Placement: 5,000 applicants with 5 wishes over 800 conditions, alone and with reading and writing the office."""

import random
import shutil
from collections.abc import Sequence
from functools import partial
from typing import Any

from harness import Bench, timed

from partnerdesk.domain.agreements import Agreement, AgreementVersion, Condition, Party, SignOff
from partnerdesk.domain.calls import Application, Call, ScorePart, Wish
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.placement import Hopeful, Placement, Seat, allowed, place
from partnerdesk.domain.placement_words import explanation
from partnerdesk.domain.words import text
from partnerdesk.services.office import do, open_file
from partnerdesk.services.partners import ensure_home, ensure_partnership
from partnerdesk.services.placing import plan_run, run_deed

APPLICANTS, SEATS, WISHES, ROUNDS, GOAL = 5_000, 800, 5, 5, 2_000
WHO = "Marta Ilves"
LEVELS, FIELDS, LANGUAGES = ("6", "7", "8"), ("0421", "0613", "0732", "0311"), ("en B2", "fr B1", "de B2")


def measure(bench: Bench) -> None:
    """A run in the memory, one sentence, a run with its reading and writing; the control counts who is there anew."""
    few = bench.size.name == "tiny"
    applicants, places = (APPLICANTS // 50, SEATS // 10) if few else (APPLICANTS, SEATS)
    seats, people = made_up(applicants, places)
    each = [timed(partial(place, seats, people)) for _ in range(max(bench.size.runs, 3))]
    bench.figure(f"placement of {applicants:,} applicants", each, goal=GOAL)
    done = place(seats, people)
    chance = random.Random(5)
    asked = [timed(partial(explained, done, chance.randint(1, applicants))) for _ in range(200)]
    bench.figure("the sentence of one applicant", asked, goal=16, percentile=0.95)
    limit = partial(looked_at_once, seats, people)
    if not few:
        bench.compare("placement", partial(place, seats, people), "one look at every wish", limit, goal=10)
        bench.compare("placement that counts who is there anew", partial(counting_anew, seats, people),
                      "one look at every wish", limit, goal=10, control=True, runs=2)
    _measure_office(bench, applicants, places)


def _measure_office(bench: Bench, applicants: int, places: int) -> None:
    copy = bench.folder / "placement.partnerdesk"
    shutil.copy(bench.office, copy)
    office = open_file(copy)
    call_id, _ = do(office, Deed(text("call"), partial(put_call, applicants, places)), WHO)
    each = [timed(partial(run, office, call_id)) for _ in range(ROUNDS)]
    bench.figure(f"placement of {applicants:,}, read, planned and written", each, goal=2 * GOAL)
    office.close()


def made_up(applicants: int, places: int) -> tuple[list[Seat], list[Hopeful]]:
    """Conditions and applicants by chance, the same each time."""
    chance = random.Random(20)
    seats = [Seat(n, f"Partner {n}", places=chance.randint(1, 6), levels=(chance.choice(LEVELS), "6"),
                  fields=(chance.choice(FIELDS)[:2],), languages=(chance.choice(LANGUAGES),))
             for n in range(1, places + 1)]
    people = [Hopeful(
        n, (round(chance.random() * 100, 1), chance.random()), chance.choice(LEVELS), chance.choice(FIELDS),
        {"en": "C1", "fr": chance.choice(("A2", "B1"))}, (),
        tuple((seat, "") for seat in chance.sample(range(1, places + 1), WISHES))) for n in range(1, applicants + 1)]
    return seats, people


def explained(done: Placement, applicant: int) -> str:
    """What a pane shows of somebody."""
    return str(explanation(done, applicant))


def looked_at_once(seats: Sequence[Seat], people: Sequence[Hopeful]) -> int:
    """The least that has to be done: everybody in order, every wish looked up."""
    known = {seat.id: seat for seat in seats}
    ranked = sorted(people, key=lambda p: (tuple(-v for v in p.order), p.id))
    return sum(known[wanted].places is not None for one in ranked for wanted, _ in one.wishes)


def counting_anew(seats: Sequence[Seat], people: Sequence[Hopeful]) -> dict[int, int]:
    """The same placement by looking through all who were placed for every wish."""
    known = {seat.id: seat for seat in seats}
    placed: dict[int, int] = {}
    for one in sorted(people, key=lambda p: (tuple(-v for v in p.order), p.id)):
        for wanted, term in one.wishes:
            there = sum(1 for seat in placed.values() if seat == wanted)
            if allowed(known[wanted], one, term) is None and there < (known[wanted].places or 0):
                placed[one.id] = wanted
                break
    return placed


def run(office: Any, call_id: int) -> int:
    """Plan a run of the whole call from the file and write it, after which it is taken back to none."""
    with office.read() as reader:
        planned = plan_run(reader, call_id)
    changed: int = do(office, run_deed(planned), WHO)[0]
    do(office, Deed(text("again"), partial(take_back, [one.application_id for one in planned.outcomes])), WHO)
    return changed


def take_back(ids: Sequence[int], unit: Any) -> None:
    """Let a run begin from nothing."""
    unit.change_many(Application, ids, offer="none", condition_id=None, wish=None)


def put_call(applicants: int, places: int, unit: Any) -> int:
    """A call with applicants, wishes and conditions of one large agreement."""
    seats, people = made_up(applicants, places)
    home = ensure_home(unit)
    partner = unit.add(Institution(name="Placement partner", country="FI"))
    partnership = ensure_partnership(unit, partner.id)
    agreement = unit.add(Agreement(partnership_id=partnership.id, type="student_exchange"))
    version = unit.add(AgreementVersion(agreement_id=agreement.id, status="approved", first_year=2020, last_year=2040))
    for institution, side in ((home.id, "our"), (partner.id, "partner")):
        party = unit.add(Party(agreement_id=agreement.id, institution_id=institution, side=side))
        unit.add(SignOff(version_id=version.id, party_id=party.id, approved_on=version.made_on))
    conditions = unit.add_many([Condition(
        version_id=version.id, position=seat.id, direction="out", partner_id=partner.id, heads=int(seat.places or 0),
        levels=seat.levels, fields=seat.fields, languages=seat.languages) for seat in seats])
    call = unit.add(Call(title="Bench", year=2030))
    part = unit.add(ScorePart(call_id=call.id, name="Grades"))
    ids = unit.add_many([Person(given_names="Ada", family_name=f"Applicant {one.id}") for one in people])
    applications = unit.add_many([Application(
        call_id=call.id, person_id=person, level=one.level, field=one.field, scores=(f"{part.id}={one.score}",),
        languages=tuple(f"{code}={level}" for code, level in one.languages.items()))
        for person, one in zip(ids, people, strict=True)])
    unit.add_many([Wish(application_id=application, position=n, condition_id=conditions[seat - 1])
                   for application, one in zip(applications, people, strict=True)
                   for n, (seat, _) in enumerate(one.wishes, 1)])
    return int(call.id)
