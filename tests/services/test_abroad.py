"""Who is away on a day, against what the stays themselves say."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from partnerdesk.domain.journal import Deed
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person, PersonContact
from partnerdesk.domain.phases import Phase
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import Text
from partnerdesk.services import abroad, office, stay_board
from partnerdesk.store.office import Office

TODAY = date(2026, 3, 2)
DAYS = [TODAY + timedelta(days=n) for n in (-400, -90, -1, 0, 1, 45, 200, 900)]
WAYS = (("planned", "none"), ("nomination", "pending"), ("nomination", "rejected"), ("live", "verified"),
        ("recognized", "verified"), ("cancelled", "none"), ("cancelled", "verified"))
pytestmark = pytest.mark.usefixtures("stopped_clock")


def fill(unit: Any) -> None:
    chance = Random(11)
    home = unit.add(Institution(name="Northbridge", is_home=True, country="GB")).id
    partners = [unit.add(Institution(name=f"Partner in {land}", country=land, city=f"City of {land}")).id
                for land in ("CL", "FR", "SG", "")]
    people = []
    for n in range(40):
        people.append(unit.add(Person(given_names="Ana", family_name=f"Diallo {n:02}", phone=f"+44 1632 {n:06}",
                                      kind=("student", "staff", "pupil")[n % 3])).id)
        if n % 2:
            unit.add(PersonContact(person_id=people[-1], kind="guardian", name="Not this one"))
            unit.add(PersonContact(person_id=people[-1], name=f"Mother of {n}", relation="mother", phone="+1 510 5550"))
    for n in range(160):
        sending, receiving = chance.choice(WAYS)
        out, partner = chance.random() < 0.6, chance.choice(partners)
        begins = TODAY + timedelta(days=chance.randint(-300, 300))
        arrived = sending != "planned" and receiving == "verified" and chance.random() < 0.7
        unit.add(Stay(
            person_id=chance.choice(people), direction="out" if out else "in", sending_id=home if out else partner,
            receiving_id=partner if out else home, sending_status=sending, receiving_status=receiving,
            planned_from=begins if n % 9 else None, planned_to=begins + timedelta(days=chance.randint(0, 200)),
            actual_from=begins + timedelta(days=3) if arrived else None,
            actual_to=begins + timedelta(days=20) if arrived and n % 2 else None,
            exit="interrupted" if sending == "cancelled" and arrived else "",
            deleted_at="2026-01-01" if n % 17 == 0 else ""))


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = office.create_file(Path(tmp_path_factory.mktemp("abroad")) / "office.partnerdesk")
    office.do(made, Deed(Text("fill"), fill), "Ada")
    yield made
    made.close()


def expected(opened: Office, day: date, direction: str) -> list[Stay]:
    off = (Phase.APPLIED, Phase.SELECTED, Phase.REJECTED, Phase.DECLINED, Phase.WITHDRAWN)
    with opened.read() as reader:
        stays = [one for one in reader.find(Stay) if not one.deleted_at and one.direction == direction]
        phases = stay_board.phases_of(reader, [one.id for one in stays])
    found = []
    for one in stays:
        first, last = one.actual_from or one.planned_from, one.actual_to or one.planned_to
        if first and last and first <= day <= last and phases[one.id] not in off:
            found.append(one)
    return found


@pytest.mark.parametrize("direction", ["out", "in"])
@pytest.mark.parametrize("day", DAYS)
def test_that_who_is_away_is_who_has_days_around_the_day_and_was_not_called_off(
    opened: Office, day: date, direction: str
) -> None:
    wanted = expected(opened, day, direction)
    with opened.read() as reader:
        found = abroad.abroad_on(reader, day, direction)
        query = abroad.query_of(day, direction)
        hits, countries = abroad.abroad_hits(reader, query), abroad.by_country(reader, query)
    lines = [line for group in found.groups for line in group.lines]
    assert sorted(line.id for line in lines) == sorted(one.id for one in wanted)
    assert hits == found.people == len(wanted)
    assert countries == Counter(line.country for line in lines)
    for group in found.groups:
        names = [line.name for line in group.lines]
        assert names == sorted(names)
        assert all(line.country == group.country for line in group.lines)


def test_that_days_of_the_test_find_people_at_all(opened: Office) -> None:
    assert sum(len(expected(opened, day, "out")) for day in DAYS) > 20


def test_that_countries_come_by_name_and_the_unknown_one_last(opened: Office) -> None:
    with opened.read() as reader:
        found = [group.country for group in abroad.abroad_on(reader, TODAY).groups]
    assert found == [code for code in ("CL", "FR", "SG", "") if code in found]


def test_that_only_staff_or_students_can_be_asked_for(opened: Office) -> None:
    with opened.read() as reader:
        everyone = abroad.abroad_on(reader, TODAY).people
        parts = [abroad.abroad_on(reader, TODAY, kinds=(kind,)) for kind in ("student", "staff", "pupil")]
        worded = abroad.abroad_on(reader, TODAY, words=("diallo 1",))
    assert sum(part.people for part in parts) == everyone
    assert all(line.kind == "staff" for group in parts[1].groups for line in group.lines)
    assert 0 < worded.people < everyone


def test_that_a_line_tells_how_to_reach_the_person_and_whom_to_call(opened: Office) -> None:
    with opened.read() as reader:
        lines = [line for group in abroad.abroad_on(reader, TODAY).groups for line in group.lines]
    assert all(line.phone.startswith("+44 1632") and line.city == f"City of {line.country}".rstrip() + (
        "" if line.country else " ") for line in lines)
    called = {line.call_name for line in lines}
    assert "Not this one" not in called
    assert any(name.startswith("Mother of") for name in called)
    assert "" in called


def test_that_who_has_not_arrived_is_only_expected(opened: Office) -> None:
    with opened.read() as reader:
        lines = [line for day in DAYS for group in abroad.abroad_on(reader, day).groups for line in group.lines]
        stays = reader.many(Stay, [line.id for line in lines])
        phases = stay_board.phases_of(reader, list(stays))
    waiting = (Phase.NOMINATED, Phase.ACCEPTED, Phase.PREPARING)
    assert {line.arrived for line in lines} == {True, False}
    assert all(line.arrived == (stays[line.id].actual_from is not None or phases[line.id] not in waiting)
               for line in lines)


def test_that_weeks_count_who_is_away_on_their_first_days(opened: Office) -> None:
    first = TODAY - timedelta(weeks=30)
    with opened.read() as reader:
        weeks = abroad.by_week(reader, first, 60, "out")
        single = [abroad.abroad_on(reader, first + timedelta(weeks=n)).people for n in range(60)]
    assert weeks == single
