"""The orders of the list of stays that indexes have ready are the orders a list promises: nothing comes last."""

from datetime import date
from typing import Any

import pytest

from partnerdesk.domain.journal import Deed
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import Text
from partnerdesk.services import stays
from partnerdesk.services.office import create_file, do

SPANS = [(None, None), (date(2025, 9, 1), date(2026, 1, 31)), (date(2025, 2, 1), None), (None, date(2026, 6, 30)),
         (date(2025, 9, 1), date(2025, 12, 20))]
STATUSES = [("planned", "none"), ("nomination", "pending"), ("live", "verified")]


@pytest.fixture
def office(tmp_path, stopped_clock):
    office = create_file(tmp_path / "orders.partnerdesk")

    def run(unit: Any) -> None:
        for n in range(30):
            person = unit.add(Person(given_names="A", family_name=f"N{(n * 7) % 30:02}"))
            starts, ends = SPANS[n % len(SPANS)]
            sending, receiving = STATUSES[n % len(STATUSES)]
            unit.add(Stay(person_id=person.id, planned_from=starts, planned_to=ends, sending_status=sending,
                          receiving_status=receiving))

    do(office, Deed(Text("fill"), run), "Ada")
    yield office
    office.close()


def lines_in(office, sort, descending=False, words=(), filters=(), limit=None):
    with office.read() as reader:
        ids = stays.stay_ids(reader, ListQuery(words=words, filters=filters, sort=sort, descending=descending), limit)
        found = stays.stay_lines(reader, ids)
    return [found[i] for i in ids]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort, name", [("starts", "starts_on"), ("ends", "ends_on")])
@pytest.mark.parametrize("words, filters", [((), ()), (("n0",), ()), ((), (Filter("direction", ":", ("out",)),))])
def test_that_days_are_in_order_and_what_has_none_comes_last(office, sort, name, descending, words, filters):
    lines = lines_in(office, sort, descending, words, filters)
    days = [getattr(line, name) for line in lines]
    known = [day for day in days if day is not None]
    assert known == sorted(known, reverse=descending)
    assert days == [*known, *[None] * (len(days) - len(known))]
    assert len(lines) == (10 if words else 30)
    same = [line.name for line in lines if getattr(line, name) == known[0]]
    assert same == sorted(same)


@pytest.mark.parametrize("descending", [False, True])
def test_that_phases_are_in_the_order_of_the_way(office, descending):
    phases = [line.phase for line in lines_in(office, "phase", descending)]
    way = ["applied", "nominated", "preparing"]
    assert phases == sorted(phases, key=way.index, reverse=descending)


@pytest.mark.parametrize("descending", [False, True])
def test_that_partners_are_in_the_order_of_their_names_and_stays_without_one_come_last(office, descending):
    def run(unit: Any) -> None:
        ids = {name: unit.add(Institution(name=name)).id for name in ("Zagreb", "Aalto", "Kyoto")}
        for n, stay in enumerate(unit.find(Stay)):
            if n % 4:
                unit.change(Stay, stay.id, None, receiving_id=ids[("Zagreb", "Aalto", "Kyoto")[n % 4 - 1]])

    do(office, Deed(Text("partners"), run), "Ada")
    lines = lines_in(office, "partner", descending)
    names = [line.partner for line in lines]
    known = [name for name in names if name]
    assert known == sorted(known, reverse=descending)
    assert names == [*known, *[""] * (len(names) - len(known))]
    assert len({line.id for line in lines}) == 30
    for name in set(names):
        people = [line.name for line in lines if line.partner == name]
        assert people == sorted(people)


@pytest.mark.parametrize("sort", ["name", "starts", "ends", "phase", "partner", "due", "missing", "nominated", "year"])
def test_that_a_page_is_the_beginning_of_the_whole(office, sort):
    assert lines_in(office, sort, limit=7) == lines_in(office, sort)[:7]
