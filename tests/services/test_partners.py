"""What users do with partners: codes that belong to one, the trash, the archive, relations made by themselves."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.domain.agreements import Agreement
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.partners import Contact, Identifier, Institution, Member, OrgUnit, Partnership
from partnerdesk.domain.problems import Refused
from partnerdesk.services import agreements, listing, partners, trash
from partnerdesk.services.office import create_file, do, set_home

WHO = "Marta Ilves"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Any]:
    made = create_file(tmp_path / "partners.partnerdesk")
    do(made, set_home(name="Northbridge"), WHO)
    yield made
    made.close()


def new(office: Any, name: str, *codes: Identifier) -> Institution:
    return get(office, Institution, do(office, partners.new_partner(Institution(name=name), codes), WHO)[0])


def get(office: Any, record: type[Any], record_id: int) -> Any:
    with office.read() as reader:
        return reader.get(record, record_id)


def ror(value: str = "03yrm5c26") -> Identifier:
    return Identifier(scheme="ror", value=value)


def test_that_a_ror_belongs_to_one_institution(office: Any) -> None:
    new(office, "One", ror())
    with pytest.raises(Refused, match="Another institution already has 03yrm5c26"):
        new(office, "Two", ror())
    with office.read() as reader:
        assert reader.count(Institution) == 2, "the refused partner was not left behind"


def test_that_a_mistyped_code_is_refused_at_its_field(office: Any) -> None:
    with pytest.raises(Refused) as refusal:
        new(office, "One", ror("03yrm5c27"))
    assert [problem.field for problem in refusal.value.problems] == ["value"]


def test_that_a_partner_without_a_name_is_refused_but_an_old_flaw_does_not_lock_a_record(office: Any) -> None:
    with pytest.raises(Refused):
        new(office, " ")
    one = new(office, "One")
    with office.write(partners.change_institution(one).label, WHO) as unit:
        unit.change(Institution, one.id, None, latitude=100.0)
    flawed = get(office, Institution, one.id)
    do(office, partners.change_institution(flawed, city="Lodz"), WHO)
    with pytest.raises(Refused):
        do(office, partners.change_institution(get(office, Institution, one.id), latitude=101.0), WHO)


def test_that_a_relation_is_made_by_itself_and_only_once(office: Any) -> None:
    one = new(office, "One")
    first, _ = do(office, partners.change_partnership(one, None, tier=1), WHO)
    again, _ = do(office, partners.change_partnership(one, None, responsible=WHO), WHO)
    do(office, agreements.new_agreement(one, Agreement(type="mou")), WHO)
    with office.read() as reader:
        file = partners.partner_file(reader, one.id)
    assert first == again
    assert [(p.tier, p.responsible) for p in file.partnerships] == [(1, WHO)]
    second, _ = do(office, partners.new_partnership(one, "Research"), WHO)
    with office.read() as reader:
        assert [p.id for p in partners.partner_file(reader, one.id).partnerships] == [first, second]


def test_that_units_make_no_ring_and_leave_from_the_leaves(office: Any) -> None:
    one = new(office, "One")
    top, _ = do(office, partners.add_child(one, OrgUnit(name="Faculty")), WHO)
    below, _ = do(office, partners.add_child(one, OrgUnit(name="Department", parent_id=top)), WHO)
    with pytest.raises(Refused, match="below itself"):
        do(office, partners.change_child(one, get(office, OrgUnit, top), parent_id=below), WHO)
    with pytest.raises(Refused, match="units below it first"):
        do(office, partners.remove_child(one, get(office, OrgUnit, top)), WHO)
    do(office, partners.remove_child(one, get(office, OrgUnit, below)), WHO)
    do(office, partners.remove_child(one, get(office, OrgUnit, top)), WHO)


def test_that_a_contact_who_signs_somewhere_is_not_taken_away(office: Any) -> None:
    one = new(office, "One")
    contact, _ = do(office, partners.add_child(one, Contact(family_name="Nowak")), WHO)
    paper, _ = do(office, agreements.new_agreement(one, Agreement(type="mou")), WHO)
    with office.read() as reader:
        file = agreements.agreement_file(reader, paper)
    party = next(p for p in file.parties if p.side == "partner")
    do(office, agreements.change_party(file.agreement, party, signee_id=contact), WHO)
    with pytest.raises(Refused, match="still belong to it"):
        do(office, partners.remove_child(one, get(office, Contact, contact)), WHO)


def test_that_the_trash_takes_drafts_along_and_gives_them_back(office: Any) -> None:
    one = new(office, "One")
    kept, _ = do(office, agreements.new_agreement(one, Agreement(type="mou", our_code="kept")), WHO)
    gone, _ = do(office, agreements.new_agreement(one, Agreement(type="mou", our_code="gone")), WHO)
    do(office, agreements.delete_agreements([get(office, Agreement, gone)]), WHO)
    do(office, partners.delete_partners([one]), WHO)
    with office.read() as reader:
        assert listing.partner_ids(reader, ListQuery()) == []
        lines = trash.trash_lines(reader)
        assert {line.key for line in lines} == {("partner", one.id), ("agreement", kept), ("agreement", gone)}
        assert lines[-1].key == ("agreement", gone), "the last deleted come first"
    do(office, partners.restore_partners([get(office, Institution, one.id)]), WHO)
    assert get(office, Agreement, kept).deleted_at == ""
    assert get(office, Agreement, gone).deleted_at != "", "what was deleted before stays in the trash"


def test_that_the_archive_is_out_of_the_way_and_comes_back(office: Any) -> None:
    one = new(office, "One")
    archived = ListQuery(filters=(Filter("archived", ":", ("yes",)),))
    do(office, partners.archive_partners([one]), WHO)
    with office.read() as reader:
        assert (listing.partner_ids(reader, ListQuery()), listing.partner_ids(reader, archived)) == ([], [one.id])
        assert listing.partner_lines(reader, [one.id])[one.id].archived
    do(office, partners.archive_partners([one], back=True), WHO)
    with office.read() as reader:
        assert listing.partner_ids(reader, ListQuery()) == [one.id]


def test_that_many_are_changed_in_one_step_or_none(office: Any) -> None:
    ids = [new(office, name).id for name in ("One", "Two", "Three")]
    _, news = do(office, partners.change_many(ids, {"country": "PL"}, {"tier": 2}, 3), WHO)
    assert news.ids("partner") == set(ids)
    with pytest.raises(Refused):
        do(office, partners.change_many(ids, {"name": ""}, {}, 3), WHO)
    with office.read() as reader:
        lines = listing.partner_lines(reader, ids)
        assert {(line.country, line.tier) for line in lines.values()} == {("PL", 2)}
        assert {line.name for line in lines.values()} == {"One", "Two", "Three"}
        assert listing.partner_countries(reader) == {"PL": 3}


def test_that_a_partner_of_a_shared_relation_is_purged_without_the_others(office: Any) -> None:
    one, two = new(office, "One"), new(office, "Two")
    relation, _ = do(office, partners.change_partnership(one, None, title="Network"), WHO)
    with office.write(partners.new_partnership(two, "").label, WHO) as unit:
        unit.add(Member(partnership_id=relation, institution_id=two.id))
    do(office, partners.delete_partners([two]), WHO)
    do(office, partners.purge_partner(get(office, Institution, two.id)), WHO)
    with office.read() as reader:
        assert [p.title for p in reader.find(Partnership)] == ["Network"]
        assert [i.name for i in reader.find(Institution, is_home=False)] == ["One"]
