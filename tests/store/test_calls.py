"""What a placement has to know of conditions, and what takes their places elsewhere."""

import pytest

from partnerdesk.domain.calls import Call
from partnerdesk.services import calls as services
from partnerdesk.services import offers, stay_deeds
from partnerdesk.store import calls, nominations
from tests.services.applying import Desk


@pytest.fixture
def desk(tmp_path, stopped_clock):
    made = Desk(tmp_path / "calls.partnerdesk")
    made.seat("Kyoto", 2)
    made.seat("Lyon", 2, country="FR", activity="student-traineeship")
    made.call()
    made.applicant("Ada Alpha", 90, 18, "Kyoto")
    made.applicant("Ben Beta", 80, 16, "Kyoto")
    made.run()
    yield made
    made.office.close()


def taken(desk, call_id, year=2026):
    return [(one.condition_id, one.term) for one in desk.read(calls.taken_elsewhere, call_id, year)]


def test_that_only_conditions_for_the_activity_of_a_call_can_be_wished_for(desk):
    assert list(desk.read(calls.open_to_wishes, "out", "student-studies")) == [desk.seats["Kyoto"]]
    assert list(desk.read(calls.open_to_wishes, "in", "student-studies")) == []


def test_that_a_condition_is_told_with_its_partner(desk):
    found = desk.read(calls.offered, list(desk.seats.values()))
    assert (found[desk.seats["Lyon"]].partner, found[desk.seats["Lyon"]].country) == ("Lyon", "FR")
    assert found[desk.seats["Lyon"]].counting


def test_that_promises_of_another_call_and_stays_of_the_year_take_places_and_own_ones_do_not(desk):
    other = desk.do(services.new_call(Call(title="Late", year=2026)))
    assert taken(desk, desk.call_id) == []
    assert taken(desk, other) == [(desk.seats["Kyoto"], "")] * 2
    assert taken(desk, other, 2027) == []
    desk.offer("Ada Alpha")
    desk.accept("Ada Alpha")
    assert sorted(term or "stay" for _, term in taken(desk, other)) == ["stay", "stay"]
    desk.do(offers.withdraw([desk.application("Ada Alpha")]))
    assert len(taken(desk, other)) == 1


def test_that_stays_are_in_question_until_they_are_accepted(desk):
    desk.offer("Ada Alpha", "Ben Beta")
    ada, ben = desk.accept("Ada Alpha", "Ben Beta")
    assert desk.read(nominations.stays_in_question, 2026) == [ada, ben]
    desk.do(stay_deeds.nominate([ada, ben]))
    desk.do(stay_deeds.answer([ada], True))
    desk.do(stay_deeds.answer([ben], False))
    assert desk.read(nominations.stays_in_question, 2026) == [ben]
    assert desk.read(nominations.stays_in_question, 2027) == []
