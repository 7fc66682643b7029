"""The trash: told, brought back, purged with all that hangs on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from partnerdesk.domain.agreements import Agreement, AgreementVersion, Condition
from partnerdesk.domain.followups import FollowUp
from partnerdesk.domain.partners import Contact, Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.problems import Refused
from partnerdesk.domain.projects import Milestone, Project, ProjectMember, Task, TaskLink
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import text
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


def test_that_a_purge_empties_what_led_to_it_and_takes_its_parts_in_projects(opened: Office, full: Institution) -> None:
    with opened.write(text("project"), "Ada") as unit:
        project = unit.add(Project(acronym="OPTIC", lead_id=full.id))
        unit.add(ProjectMember(project_id=project.id, institution_id=full.id))
        task = unit.add(Task(project_id=project.id, title="Grind", institution_id=full.id))
        unit.add(FollowUp(title="Ask", institution_id=full.id))
    office.do(opened, trash.purge(told(opened)), "Ada")
    with opened.read() as reader:
        assert (reader.get(Project, project.id).lead_id, reader.get(Task, task.id).institution_id) == (None, None)
        assert not reader.find(ProjectMember) and not reader.find(FollowUp)


def test_that_a_partner_whom_stays_name_remains_in_the_trash(opened: Office, full: Institution) -> None:
    with opened.write(text("stay"), "Ada") as unit:
        unit.add(Stay(person_id=unit.add(Person(family_name="Berg")).id, receiving_id=full.id))
    with pytest.raises(Refused, match="where stays were"):
        office.do(opened, trash.purge(told(opened)), "Ada")
    assert full.id in [line.record.id for line in told(opened) if line.kind == "partner"]


def test_that_a_project_in_the_trash_comes_back_or_goes_with_its_plan(opened: Office) -> None:
    with opened.write(text("project"), "Ada") as unit:
        project = unit.add(Project(acronym="OPTIC", title="Optics", deleted_at="2026-03-02T10:00:00.000"))
        before, after = (unit.add(Task(project_id=project.id, title=name)) for name in ("Grind", "Polish"))
        unit.add(TaskLink(task_id=after.id, before_id=before.id))
        unit.add(Milestone(project_id=project.id, task_id=after.id))
    lines = [line for line in told(opened) if line.kind == "project"]
    assert [(line.name, line.about) for line in lines] == [("OPTIC", "Optics")]
    with opened.read() as reader:
        assert {str(what): n for what, n in trash.also_goes(reader, lines)} == {"Task": 2, "Milestone": 1}
    office.do(opened, trash.restore(lines), "Ada")
    assert told(opened) == []
    with opened.write(text("again"), "Ada") as unit:
        unit.change(Project, project.id, None, deleted_at="2026-03-02T10:00:00.000")
    office.do(opened, trash.purge(told(opened)), "Ada")
    with opened.read() as reader:
        assert not any(reader.find(kind) for kind in (Project, Task, TaskLink, Milestone))
