"""What users do with people: the record, its parts, the list, the trash."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.calls import Application, Call
from partnerdesk.domain.cohorts import Cohort, CohortMember
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Enrolment, Person, PersonContact, PersonLanguage
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.stays import Stay, StayEvent
from partnerdesk.domain.words import Text
from partnerdesk.services import journal, partners, people, trash
from partnerdesk.services.office import create_file, do, set_home

WHO = "Marta Ilves"
ESI = "urn:schac:personalUniqueCode:int:esi:example.edu:77"


@pytest.fixture
def office(tmp_path: Path, stopped_clock: Any) -> Iterator[Any]:
    made = create_file(tmp_path / "people.partnerdesk")
    do(made, set_home(name="Northbridge"), WHO)
    yield made
    made.close()


@pytest.fixture
def host(office: Any) -> int:
    made = Institution(name="Universidad de Chile", country="CL")
    return int(do(office, partners.new_partner(made), WHO)[0])


def new(office: Any, family: str = "Kos", given: str = "Ida", **fields: Any) -> Person:
    made, _ = do(office, people.new_person(Person(family_name=family, given_names=given, **fields)), WHO)
    return get(office, made)


def get(office: Any, person_id: int) -> Person:
    with office.read() as reader:
        found: Person = reader.get(Person, person_id)
        return found


def stay(office: Any, person: Person, host: int, **fields: Any) -> int:
    with office.write(Text("stay"), WHO) as unit:
        return int(unit.add(Stay(person_id=person.id, receiving_id=host, year=2025, **fields)).id)


def found(
    office: Any, *filters: Filter, words: tuple[str, ...] = (), sort: str = "name", down: bool = False
) -> list[str]:
    with office.read() as reader:
        query = ListQuery(words, (), tuple(filters), sort, down)
        ids = people.person_ids(reader, query)
        assert people.person_hits(reader, query) == len(ids)
        lines = people.person_lines(reader, ids)
        return [lines[i].family_name for i in ids]


def test_that_codes_are_stored_in_their_normal_form(office: Any) -> None:
    esi = ESI.upper().replace("EXAMPLE.EDU", "example.edu")
    person = new(office, esi=esi, orcid="0000000218250097", email=" a@b.edu ")
    assert (person.esi, person.orcid, person.email) == (ESI, "0000-0002-1825-0097", "a@b.edu")


def test_that_a_wrong_field_is_refused_and_an_old_flaw_does_not_lock_the_record(office: Any) -> None:
    with pytest.raises(Refused, match="needs a name"):
        new(office, "", "")
    person = new(office)
    with pytest.raises(Refused) as refusal:
        do(office, people.change_person(person, esi="12"), WHO)
    assert [p.field for p in refusal.value.problems] == ["esi"]
    with office.write(Text("old"), WHO) as unit:
        unit.change(Person, person.id, None, esi="12")
    do(office, people.change_person(get(office, person.id), phone="+47 1"), WHO)
    assert get(office, person.id).phone == "+47 1"


def test_that_a_form_gets_all_that_belongs_to_a_person(office: Any, host: int) -> None:
    person = new(office, birth_date=date(2010, 5, 1), kind="pupil")
    for part in (PersonContact(name="Ana", kind="guardian"), PersonLanguage(language="es", level="B1"),
                 Enrolment(institution_id=host, programme_title="Year 10")):
        do(office, people.add_part(person, part), WHO)
    early = stay(office, person, host, planned_from=date(2025, 9, 1))
    late = stay(office, person, host, planned_from=date(2026, 2, 1), sending_status="nomination")
    with office.read() as reader:
        file = people.person_file(reader, person.id)
    assert [one.stay.id for one in file.stays] == [late, early]
    assert [str(one.phase) for one in file.stays] == ["nominated", "applied"]
    assert file.stays[0].partner is not None and file.stays[0].partner.name == "Universidad de Chile"
    assert [p.code for p in file.problems] == ["P01"], "the guardian has no phone"
    assert file.institutions[host].country == "CL"


def test_that_parts_are_changed_and_taken_away_and_it_can_be_undone(office: Any) -> None:
    person = new(office)
    made, changes = do(office, people.add_part(person, PersonContact(name="Ana", phone="1")), WHO)
    with office.read() as reader:
        contact = reader.get(PersonContact, made)
    with pytest.raises(Refused):
        do(office, people.change_part(person, contact, name=" "), WHO)
    do(office, people.change_part(person, contact, phone="2"), WHO)
    with office.read() as reader:
        contact = reader.get(PersonContact, made)
    do(office, people.remove_part(person, contact), WHO)
    with office.read() as reader:
        assert reader.count(PersonContact) == 0
        step = journal.undo_state(reader).undo
    assert step is not None and str(step.label) == "remove somebody to call from Ida Kos"
    do(office, journal.undo_deed(step), WHO)
    with office.read() as reader:
        assert reader.get(PersonContact, made).phone == "2"
    assert changes.ids("person") == {person.id}


def test_that_the_list_finds_people_by_word_filter_and_order(office: Any, host: int) -> None:
    ida = new(office, "Łukasz", "Ida", local_id="S-100", kind="student", citizenships=("PL", "DE"))
    bo = new(office, "Bø", "Tor", kind="staff", needs_support=True)
    new(office, "Young", "Al", kind="pupil", birth_date=date(2011, 1, 1))
    stay(office, ida, host, planned_from=date(2025, 9, 1), planned_to=date(2026, 7, 1), sending_status="live",
         receiving_status="verified", actual_from=date(2025, 9, 2))
    do(office, people.add_part(bo, Enrolment(institution_id=host, level="8", field="0613")), WHO)
    assert found(office) == ["Bø", "Łukasz", "Young"]
    assert found(office, sort="name", down=True) == ["Young", "Łukasz", "Bø"]
    assert found(office, words=("lukasz",)) == ["Łukasz"]
    assert found(office, words=("s-100",)) == ["Łukasz"]
    assert found(office, Filter("kind", values=("staff", "pupil"))) == ["Bø", "Young"]
    assert found(office, Filter("citizenship", values=("DE",))) == ["Łukasz"]
    assert found(office, Filter("country", values=("cl",))) == ["Łukasz"]
    assert found(office, Filter("phase", values=("abroad",))) == ["Łukasz"]
    assert found(office, Filter("abroad", values=("today",))) == ["Łukasz"]
    assert found(office, Filter("minor", values=("yes",))) == ["Young"]
    assert found(office, Filter("minor", values=("no",))) == ["Bø", "Łukasz"]
    assert found(office, Filter("guardian", values=("no",)), Filter("minor", values=("yes",))) == ["Young"]
    assert found(office, Filter("level", values=("8",))) == ["Bø"]
    assert found(office, Filter("field", values=("06",))) == ["Bø"]
    assert found(office, Filter("home", values=("yes",))) == []
    assert found(office, Filter("support", values=("yes",))) == ["Bø"]
    assert found(office, Filter("stay", values=("no",))) == ["Bø", "Young"]
    for sort in ("kind", "at", "partner", "phase", "stays", "starts", "ends", "local_id", "birth", "country"):
        assert len(found(office, sort=sort)) == 3, sort
    assert found(office, sort="stays", down=True)[0] == "Łukasz"


def test_that_a_line_tells_the_last_stay_and_the_study(office: Any, host: int) -> None:
    ida = new(office)
    do(office, people.add_part(ida, Enrolment(institution_id=host, programme_title="Physics", level="7")), WHO)
    stay(office, ida, host, planned_from=date(2025, 9, 1), planned_to=date(2026, 1, 31), direction="out")
    with office.read() as reader:
        line = people.person_lines(reader, [ida.id])[ida.id]
    assert (line.at, line.programme_title, line.level) == ("Universidad de Chile", "Physics", "7")
    assert (line.stays, line.partner, line.country) == (1, "Universidad de Chile", "CL")
    assert line.starts_on == date(2025, 9, 1)


def test_that_the_archive_hides_people_from_the_list(office: Any) -> None:
    ida = new(office)
    do(office, people.archive_people([ida]), WHO)
    assert found(office) == []
    assert found(office, Filter("archived", values=("yes",))) == ["Kos"]
    do(office, people.archive_people([ida], back=True), WHO)
    assert found(office) == ["Kos"]


def test_that_a_nominated_stay_holds_its_person(office: Any, host: int) -> None:
    ida, bo = new(office), new(office, "Bo")
    stay(office, ida, host, sending_status="nomination")
    with pytest.raises(Refused, match="Ida Kos has a stay that was nominated"):
        do(office, people.delete_people([bo, ida]), WHO)
    assert found(office) == ["Bo", "Kos"]


def test_that_planned_stays_go_into_the_trash_and_come_back(office: Any, host: int) -> None:
    ida = new(office)
    own = stay(office, ida, host)
    do(office, people.delete_people([ida]), WHO)
    assert found(office) == []
    with office.read() as reader:
        assert reader.get(Stay, own).deleted_at
        lines = trash.trash_lines(reader)
    assert ("person", "Ida Kos") in [(line.kind, line.name) for line in lines]
    do(office, trash.restore([line for line in lines if line.kind == "person"]), WHO)
    with office.read() as reader:
        assert reader.get(Stay, own).deleted_at == ""
    assert found(office) == ["Kos"]


def test_that_a_purge_takes_everything_and_leaves_no_name_behind(office: Any, host: int) -> None:
    ida = new(office, "Zzyzx", "Quillon", email="q.zz@example.org")
    do(office, people.add_part(ida, PersonContact(name="Mother Zzyzx")), WHO)
    own = stay(office, ida, host)
    with office.write(Text("more"), WHO) as unit:
        unit.add(StayEvent(stay_id=own, kind="note", note="Zzyzx called"))
        cohort = unit.add(Cohort(title="Autumn"))
        unit.add(CohortMember(cohort_id=cohort.id, stay_id=own))
        call = unit.add(Call(title="Call"))
        unit.add(Application(call_id=call.id, person_id=ida.id, stay_id=own))
    do(office, people.delete_people([get(office, ida.id)]), WHO)
    with office.read() as reader:
        (line,) = [one for one in trash.trash_lines(reader) if one.kind == "person"]
        goes = {str(what): n for what, n in trash.also_goes(reader, [line])}
    assert goes == {"Stay": 1, "Person to call": 1, "Application": 1}
    do(office, trash.purge([line]), WHO)
    with office.read() as reader:
        left = [reader.count(record) for record in (Person, PersonContact, Stay, StayEvent, CohortMember, Application)]
        assert left == [0] * 6
        assert (reader.count(Cohort), reader.count(Call)) == (1, 1)
        for table in ("step", "history", "search_person", "search_stay", "person_fact", "stay_fact"):
            rows = reader.connection.exec_driver_sql(f"SELECT * FROM {table}").fetchall()
            assert "Zzyzx" not in repr(rows) and "zzyzx" not in repr(rows), table


def test_that_many_people_change_in_one_step(office: Any) -> None:
    ids = [new(office, family).id for family in ("Ask", "Bo", "Cy")]
    do(office, people.change_many(ids, {"kind": "staff", "tags": ("buddy",)}, 3), WHO)
    assert found(office, Filter("kind", values=("staff",)), Filter("tag", values=("buddy",))) == ["Ask", "Bo", "Cy"]
    with office.read() as reader:
        undo = journal.undo_state(reader).undo
    assert undo is not None
    do(office, journal.undo_deed(undo), WHO)
    assert found(office, Filter("kind", values=("staff",))) == []
