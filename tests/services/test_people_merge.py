"""Two records of one person made one: fields by choice, everything moved, taken back by one undo."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.calls import Application, Call
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Enrolment, Person, PersonLanguage
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import Text
from partnerdesk.services import journal, partners, people, quality
from partnerdesk.services.office import create_file, do, set_home
from partnerdesk.services.people_merge import both, merge
from partnerdesk.store.schema import KINDS

WHO = "Marta Ilves"


@pytest.fixture
def office(tmp_path: Path, stopped_clock: Any) -> Iterator[Any]:
    made = create_file(tmp_path / "people.partnerdesk")
    do(made, set_home(name="Northbridge"), WHO)
    yield made
    made.close()


def add(office: Any, *records: Any) -> list[int]:
    with office.write(Text("add"), WHO) as unit:
        return [int(unit.add(one).id) for one in records]


def read(office: Any, question: Any, *given: Any) -> Any:
    with office.read() as reader:
        return question(reader, *given)


def stored(office: Any) -> dict[str, dict[int, Any]]:
    """All that is stored of people and what leads to them, but for the numbers of versions."""
    kinds = [kind for kind in KINDS.values() if kind.table.name == "person" or "person" in kind.links.values()]
    with office.read() as reader:
        return {kind.table.name: {one.id: one for one in reader.find(kind.record)} for kind in kinds}


@pytest.fixture
def pair(office: Any) -> tuple[int, int]:
    """One person twice: the second record has the stays and another e-mail, the first the birth date."""
    host, _ = do(office, partners.new_partner(Institution(name="Kyoto", country="JP")), WHO)
    first, _ = do(office, people.new_person(
        Person(family_name="Kos", given_names="Ida", birth_date=date(2001, 4, 2), tags=("choir",), phone="1"),
        Enrolment(level="6")), WHO)
    second, _ = do(office, people.new_person(
        Person(family_name="Kos", given_names="Ida", email="ida@example.edu", tags=("sport",)),
        Enrolment(level="6")), WHO)
    add(office, Stay(person_id=second, receiving_id=host, year=2025, sending_status="nomination",
                     receiving_status="pending"),
        PersonLanguage(person_id=first, language="en", level="C1"),
        PersonLanguage(person_id=second, language="en", level="C1"),
        PersonLanguage(person_id=second, language="ja", level="A2"),
        Document(person_id=first, kind="other", title="Passport copy"))
    return first, second


def test_that_who_has_more_stays_stays_and_differing_fields_can_be_chosen(
    office: Any, pair: tuple[int, int]
) -> None:
    first, second = pair
    found = read(office, both, first, second)
    assert (found.keep.id, found.other.id) == (second, first)
    choices = {one.field: one.options for one in found.choices}
    assert choices == {"birth_date": (date(2001, 4, 2),), "email": ("ida@example.edu",), "phone": ("1",),
                       "tags": (("sport", "choir"), ("sport",), ("choir",))}
    assert found.moves == {"person_language": 1, "enrolment": 1, "document": 1}


def test_that_everything_comes_over_and_one_undo_brings_both_back(office: Any, pair: tuple[int, int]) -> None:
    first, second = pair
    before = stored(office)
    found = read(office, both, first, second)
    do(office, merge(found.keep, found.other, {one.field: one.stays for one in found.choices}), WHO)
    kept, gone = (read(office, lambda r, i=i: r.get(Person, i)) for i in (second, first))
    assert (kept.birth_date, kept.email, kept.phone, kept.tags) == (
        date(2001, 4, 2), "ida@example.edu", "1", ("sport", "choir"))
    assert gone.deleted_at
    left = {table: [one for one in rows.values() if getattr(one, "person_id", None) == first]
            for table, rows in stored(office).items()}
    assert not any(left.values())
    file = read(office, people.person_file, second)
    assert sorted(one.language for one in file.languages) == ["en", "ja"]
    assert (len(file.enrolments), len(file.documents), len(file.stays)) == (1, 1, 1)
    step = read(office, journal.undo_state).undo
    do(office, journal.undo_deed(step), WHO)
    again = stored(office)
    assert {t: {i: _plain(one) for i, one in rows.items()} for t, rows in again.items()} == {
        t: {i: _plain(one) for i, one in rows.items()} for t, rows in before.items()}


def _plain(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in type(record).__dataclass_fields__ if name != "version"}


def test_that_two_applications_to_one_call_are_refused_with_its_name(office: Any, pair: tuple[int, int]) -> None:
    (call,) = add(office, Call(title="Autumn", year=2026))
    add(office, *(Application(call_id=call, person_id=one) for one in pair))
    found = read(office, both, *pair)
    before = stored(office)
    with pytest.raises(Refused, match="Both have applied to Autumn"):
        do(office, merge(found.keep, found.other, {}), WHO)
    assert stored(office) == before


def test_that_likely_twins_are_found_until_they_are_merged_or_told_apart(office: Any, pair: tuple[int, int]) -> None:
    def twice() -> list[Any]:
        return [one for one in read(office, quality.findings) if one.group == "people"]

    (finding,) = twice()
    assert {finding.record_id, finding.other_id} == set(pair)
    assert str(finding.sentence) == "May be the same person as Ida Kos: Same name"
    do(office, quality.not_the_same(finding), WHO)
    assert twice() == []
    do(office, journal.undo_deed(read(office, journal.undo_state).undo), WHO)
    found = read(office, both, *pair)
    do(office, merge(found.keep, found.other, {}), WHO)
    assert twice() == []
