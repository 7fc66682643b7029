"""The trash: told, brought back, purged with all that hangs on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from partnerdesk.domain.agreements import Agreement, AgreementVersion, Condition
from partnerdesk.domain.partners import Contact, Institution
from partnerdesk.domain.problems import Refused
from partnerdesk.services import agreements, changes, journal, office, partners, trash
from partnerdesk.store.office import Office


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Office]:
    made = office.create_file(tmp_path / "office.partnerdesk")
    yield made
    made.close()


@pytest.fixture
def partner(opened: Office) -> Institution:
    made, _ = office.do(opened, partners.new_partner(Institution(name="Universidad de Chile", city="Santiago")), "Ada")
    with opened.read() as reader:
        return reader.get(Institution, made)


@pytest.fixture
def full(opened: Office, partner: Institution) -> Institution:
    office.do(opened, partners.add_child(partner, Contact(institution_id=partner.id, family_name="Rojas")), "Ada")
    paper, places = Agreement(type="mou", our_code="M-1"), [Condition(heads=2)]
    deed = agreements.new_agreement(partner, paper, AgreementVersion(), places)
    office.do(opened, deed, "Ada")
    office.do(opened, partners.delete_partners([partner]), "Ada")
    return partner


def told(opened: Office) -> list[trash.TrashLine]:
    with opened.read() as reader:
        return trash.trash_lines(reader)


def test_that_deleted_records_are_told_with_what_tells_them_apart(opened: Office, full: Institution) -> None:
    lines = {(line.kind, line.name, line.about) for line in told(opened)}
    assert lines == {("partner", "Universidad de Chile", "Santiago"), ("agreement", "M-1", "Universidad de Chile")}


def test_that_a_partner_comes_back_with_what_went_with_it(opened: Office, full: Institution) -> None:
    office.do(opened, trash.restore([line for line in told(opened) if line.kind == "partner"]), "Ada")
    assert told(opened) == []


def test_that_everything_can_be_restored_at_once(opened: Office, full: Institution) -> None:
    office.do(opened, trash.restore(told(opened)), "Ada")
    assert told(opened) == []


def test_that_a_purge_says_what_else_goes_and_takes_it(opened: Office, full: Institution) -> None:
    chosen = [line for line in told(opened) if line.kind == "partner"]
    with opened.read() as reader:
        goes = {str(what): n for what, n in trash.also_goes(reader, chosen)}
    assert goes == {"Agreement": 1, "Condition": 1, "Contact": 1}
    office.do(opened, trash.purge(told(opened)), "Ada")
    with opened.read() as reader:
        left = reader.find(Institution, is_home=False)
        assert (left, reader.count(Agreement), reader.count(Contact)) == ([], 0, 0)


def test_that_a_purged_record_cannot_be_brought_back(opened: Office, full: Institution) -> None:
    office.do(opened, trash.purge(told(opened)), "Ada")
    with opened.read() as reader:
        steps = list(journal.recent_steps(reader))
    assert not any(changes.undoable(step) for step in steps)
    with pytest.raises(Refused):
        office.do(opened, journal.undo_deed(steps[-1]), "Ada")


def test_that_a_step_is_told_with_the_names_of_its_records(opened: Office, full: Institution) -> None:
    with opened.read() as reader:
        steps = journal.recent_steps(reader)
        named = {row.entry.table: str(row.about) for step in steps for row in changes.touched_rows(reader, step)}
    assert named["institution"] == named["contact"] == "Universidad de Chile"
    assert named["agreement"] == named["agreement_version"] == named["condition"] == "M-1"


def test_that_a_setting_is_named_in_words(opened: Office) -> None:
    office.do(opened, office.change_settings(office_name="Northbridge"), "Ada")
    with opened.read() as reader:
        (row,) = changes.touched_rows(reader, journal.recent_steps(reader)[0])
    assert str(row.about) == "Name of the office"
