"""Big offices of stays: what is invented is what an office would have, and is the same every time."""

from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.agreements import Condition, Document
from partnerdesk.domain.people import Person
from partnerdesk.domain.phases import PHASES
from partnerdesk.domain.stays import Stay
from partnerdesk.services import samples_big_stays
from partnerdesk.services.office import open_file
from partnerdesk.services.samples_big import Size, make_big_office
from partnerdesk.services.samples_big_stays import add_stays
from partnerdesk.store import schema


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(samples_big_stays, "AT_ONCE", 200)
    file = make_big_office(tmp_path / "big.partnerdesk", Size(10, 20, 40))
    add_stays(file, 500)
    return file


def _facts(reader: Any) -> list[Any]:
    return list(reader.connection.execute(schema.stay_fact.select().order_by(schema.stay_fact.c.stay_id)))


def test_that_every_stay_is_there_with_its_person_and_its_condition(filled: Path) -> None:
    office = open_file(filled)
    with office.read() as reader:
        stays = reader.find(Stay)
        people = {one.id for one in reader.find(Person)}
        conditions = {one.id: one for one in reader.find(Condition)}
        assert len(stays) == 500
        for one in stays:
            assert one.person_id in people
            condition = conditions[one.condition_id or 0]
            assert condition.direction == one.direction
            assert condition.partner_id == (one.receiving_id if one.direction == "out" else one.sending_id)
            assert one.planned_from is not None and one.planned_to is not None and one.planned_from < one.planned_to
    office.close()


def test_that_stays_are_spread_over_the_phases_and_those_that_have_not_ended_have_papers(filled: Path) -> None:
    office = open_file(filled)
    with office.read() as reader:
        facts = {row.stay_id: row for row in _facts(reader)}
        phases = {PHASES[row.phase] for row in facts.values()}
        assert len(facts) == 500
        assert len(phases) > len(PHASES) // 2
        with_papers = {one.stay_id for one in reader.find(Document)}
        assert with_papers == {one.id for one in reader.find(Stay) if one.closed_on is None and not one.exit}
        assert all((row.documents == 2) == (i in with_papers) for i, row in facts.items())
    office.close()


def test_that_the_same_seed_gives_the_same_stays(filled: Path, tmp_path: Path) -> None:
    other = make_big_office(tmp_path / "other.partnerdesk", Size(10, 20, 40))
    add_stays(other, 500)
    seen = []
    for file in (filled, other):
        office = open_file(file)
        with office.read() as reader:
            seen.append([tuple(row) for row in _facts(reader)])
        office.close()
    assert seen[0] == seen[1]
