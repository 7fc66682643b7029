"""What users do with cohorts: members in and out, pasted lists, leaders, the list, the trash."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.cohorts import Cohort, CohortLeader, CohortMember
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import Text
from partnerdesk.services import cohorts, journal, partners, trash
from partnerdesk.services.office import create_file, do, set_home
from partnerdesk.services.stay_documents import set_state_of_stays

WHO = "Marta Ilves"


@pytest.fixture
def office(tmp_path: Path, stopped_clock: Any) -> Iterator[Any]:
    made = create_file(tmp_path / "cohorts.partnerdesk")
    do(made, set_home(name="Northbridge"), WHO)
    yield made
    made.close()


@pytest.fixture
def host(office: Any) -> int:
    return int(do(office, partners.new_partner(Institution(name="Universidad de Chile", country="CL")), WHO)[0])


def new(office: Any, title: str = "Autumn", stays: tuple[int, ...] = (), **fields: Any) -> Cohort:
    return get(office, int(do(office, cohorts.new_cohort(Cohort(title=title, **fields), stays), WHO)[0]))


def get(office: Any, cohort_id: int) -> Cohort:
    with office.read() as reader:
        found: Cohort = reader.get(Cohort, cohort_id)
        return found


def stay(office: Any, host: int, family: str, **fields: Any) -> int:
    own = {name: fields.pop(name) for name in ("local_id", "email", "given_names") if name in fields}
    with office.write(Text("stay"), WHO) as unit:
        person = unit.add(Person(family_name=family, **own))
        return int(unit.add(Stay(person_id=person.id, receiving_id=host, **{"year": 2025, **fields})).id)


def file_of(office: Any, cohort: Cohort) -> cohorts.CohortFile:
    with office.read() as reader:
        return cohorts.cohort_file(reader, cohort.id)


def found(
    office: Any, *filters: Filter, words: tuple[str, ...] = (), sort: str = "name", down: bool = False
) -> list[str]:
    with office.read() as reader:
        query = ListQuery(words, (), tuple(filters), sort, down)
        ids = cohorts.cohort_ids(reader, query)
        assert cohorts.cohort_hits(reader, query) == len(ids)
        lines = cohorts.cohort_lines(reader, ids)
        return [lines[i].title for i in ids]


def test_that_a_cohort_needs_a_title_and_ends_after_it_begins(office: Any) -> None:
    with pytest.raises(Refused, match="needs a title"):
        new(office, " ")
    cohort = new(office, starts_on=date(2026, 9, 1))
    with pytest.raises(Refused) as refusal:
        do(office, cohorts.change_cohort(cohort, ends_on=date(2026, 8, 1)), WHO)
    assert [p.field for p in refusal.value.problems] == ["ends_on"]


def test_that_members_come_once_and_leave_their_stays_behind(office: Any, host: int) -> None:
    one, two = stay(office, host, "Bo"), stay(office, host, "Ask")
    cohort = new(office, stays=(one,))
    assert do(office, cohorts.add_members(cohort, [one, two, two]), WHO)[0] == 1
    assert [line.name for line in file_of(office, cohort).members] == ["Ask", "Bo"]
    assert do(office, cohorts.remove_members(cohort, [two]), WHO)[0] == 1
    with office.read() as reader:
        assert (reader.count(CohortMember), reader.count(Stay)) == (1, 2)
        step = journal.undo_state(reader).undo
    assert step is not None
    do(office, journal.undo_deed(step), WHO)
    assert len(file_of(office, cohort).members) == 2


def test_that_too_many_members_are_told_and_not_hindered(office: Any, host: int) -> None:
    cohort = new(office, capacity=1)
    do(office, cohorts.add_members(cohort, [stay(office, host, "Bo"), stay(office, host, "Ask")]), WHO)
    (problem,) = file_of(office, cohort).problems
    assert (problem.code, problem.severity) == ("C01", "warn")
    assert str(problem.message) == "2 members, but room for 1"
    assert found(office, Filter("over", values=("yes",))) == ["Autumn"]
    assert found(office, Filter("over", values=("no",))) == []


def test_that_pasted_numbers_addresses_and_names_find_the_stays_that_fit(office: Any, host: int) -> None:
    old = stay(office, host, "Bo", local_id="S-1", year=2024)
    with office.read() as reader:
        person = reader.get(Stay, old).person_id
    with office.write(Text("another"), WHO) as unit:
        fits = int(unit.add(Stay(person_id=person, receiving_id=host, year=2025)).id)
    mail = stay(office, host, "Ask", email="ask@example.edu")
    named = stay(office, host, "Łoś", given_names="Ewa")
    stay(office, host, "Two", given_names="Al")
    stay(office, host, "Two", given_names="Al")
    with office.write(Text("idle"), WHO) as unit:
        unit.add(Person(family_name="Idle", local_id="S-9"))
    cohort = new(office, year=2025)
    pasted = "s-1\tBo\nASK@example.edu\nLos, Ewa\nAl Two\nS-9\nnobody\n\n"
    with office.read() as reader:
        answer = cohorts.find_members(reader, cohort, pasted)
    assert answer.stays == (fits, mail, named)
    assert [said for said, _ in answer.missed] == ["Al Two", "S-9", "nobody"]
    assert len({str(why) for _, why in answer.missed}) == 3


def test_that_the_list_finds_sorts_and_sums(office: Any, host: int) -> None:
    one = stay(office, host, "Bo", sending_status="nomination")
    first = new(office, "Autumn intake", (one,), year=2025, direction="out", partner_id=host)
    new(office, "Łódź week", kind="staff-week", year=2026, starts_on=date(2026, 3, 20))
    do(office, cohorts.add_leader(first, CohortLeader(name="Rosa Santos", phone="1")), WHO)
    assert found(office) == ["Autumn intake", "Łódź week"]
    assert found(office, sort="name", down=True) == ["Łódź week", "Autumn intake"]
    assert found(office, sort="year", down=True) == ["Łódź week", "Autumn intake"]
    assert found(office, words=("lodz",)) == ["Łódź week"]
    assert found(office, words=("santos", "chile")) == ["Autumn intake"]
    assert found(office, Filter("kind", values=("staff-week",))) == ["Łódź week"]
    assert found(office, Filter("year", values=("2025",))) == ["Autumn intake"]
    assert found(office, Filter("kind", values=("intake",), negated=True)) == ["Łódź week"]
    assert found(office, Filter("starts", "<", ("30d",))) == ["Łódź week"]
    with office.read() as reader:
        line = cohorts.cohort_lines(reader, [first.id])[first.id]
    assert (line.members, line.partner, line.leaders) == (1, "Universidad de Chile", "Rosa Santos")


def test_that_the_papers_of_many_members_are_put_into_a_state_together(office: Any, host: int) -> None:
    from partnerdesk.domain.agreements import Document

    ids = [stay(office, host, family) for family in ("Bo", "Ask")]
    with office.write(Text("papers"), WHO) as unit:
        for one in ids:
            unit.add(Document(stay_id=one, stage="departure", kind="insurance", state="required", mandatory=True))
    cohort = new(office, stays=tuple(ids))
    file = file_of(office, cohort)
    assert file.papers.columns == (("departure", "insurance"),)
    do(office, set_state_of_stays(ids, "departure", "insurance", "received"), WHO)
    again = file_of(office, cohort)
    assert [again.papers.done(one.id) for one in again.members] == [(1, 1), (1, 1)]


def test_that_a_deleted_cohort_comes_back_with_its_members_and_a_purge_leaves_the_stays(office: Any, host: int) -> None:
    cohort = new(office, stays=(stay(office, host, "Bo"),))
    do(office, cohorts.delete_cohorts([cohort]), WHO)
    assert found(office) == []
    with office.read() as reader:
        lines = trash.trash_lines(reader)
    assert [(line.kind, line.name) for line in lines] == [("cohort", "Autumn")]
    do(office, trash.restore(lines), WHO)
    assert len(file_of(office, cohort).members) == 1
    do(office, cohorts.delete_cohorts([get(office, cohort.id)]), WHO)
    with office.read() as reader:
        lines = trash.trash_lines(reader)
    do(office, trash.purge(lines), WHO)
    with office.read() as reader:
        assert (reader.count(Cohort), reader.count(CohortMember), reader.count(Stay)) == (0, 0, 1)


def test_that_leaders_are_kept_and_judged(office: Any) -> None:
    cohort = new(office)
    with pytest.raises(Refused, match="e-mail is incomplete"):
        do(office, cohorts.add_leader(cohort, CohortLeader(name="Rosa", email="rosa@")), WHO)
    do(office, cohorts.add_leader(cohort, CohortLeader(name="Rosa")), WHO)
    (leader,) = file_of(office, cohort).leaders
    do(office, cohorts.change_leader(cohort, leader, phone="7"), WHO)
    (leader,) = file_of(office, cohort).leaders
    assert leader.phone == "7"
    do(office, cohorts.remove_leader(cohort, leader), WHO)
    assert file_of(office, cohort).leaders == ()


def test_that_the_archive_hides_cohorts(office: Any) -> None:
    cohort = new(office)
    do(office, cohorts.archive_cohorts([cohort]), WHO)
    assert found(office) == [] and found(office, Filter("archived", values=("yes",))) == ["Autumn"]
    do(office, cohorts.archive_cohorts([cohort], back=True), WHO)
    assert found(office) == ["Autumn"]
