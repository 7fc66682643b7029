"""Merging two people in the window: from the quality page and from the list, field by field, undone."""

from datetime import date

import pytest

from partnerdesk.domain.people import Person
from partnerdesk.services import people
from partnerdesk.views.person_merge import MergePeople


@pytest.fixture
def driven(drive, office_file):
    return drive(office_file)


@pytest.fixture
def twins(driven):
    first = Person(given_names="Quilla", family_name="Zephyrine", birth_date=date(2001, 4, 2), email="q@example.edu")
    second = Person(given_names="Quilla", family_name="Zephyrine", birth_date=date(2001, 4, 2), phone="123",
                    email="quilla@example.edu")
    return [driven.do(people.new_person(one)) for one in (first, second)]


def dialog(driven):
    driven.settle()
    return next(one for one in driven.window.findChildren(MergePeople) if one.isVisible())


def test_that_two_findings_of_one_person_are_merged_on_the_quality_page_and_undone(driven, twins):
    driven.house.go("data")
    driven.house.data.show_tab("quality")
    part = driven.house.data.quality
    driven.qtbot.waitUntil(lambda: any(one.record_id in twins for one in part.findings))
    driven.settle()
    at = next(n for n, one in enumerate(part.table.lines.lines) if one.kind == "person" and one.record_id in twins)
    part.table.select_row(at)
    driven.press("Merge…", part)
    shown = dialog(driven)
    assert set(shown.fields) == {"email", "phone"}
    shown.fields["email"].set_value("1")
    driven.press("Merge", shown)
    kept, gone = (driven.ask(lambda reader, i=i: reader.get(Person, i)) for i in twins)
    assert (kept.email, kept.phone) == ("quilla@example.edu", "123")
    assert gone.deleted_at and not kept.deleted_at
    driven.house.desk.undo()
    driven.settle()
    kept, gone = (driven.ask(lambda reader, i=i: reader.get(Person, i)) for i in twins)
    assert (kept.email, kept.phone, gone.deleted_at) == ("q@example.edu", "", "")


def test_that_two_selected_people_can_be_merged_from_the_list(driven, twins):
    driven.house.go("people")
    driven.settle()
    page = driven.window.page
    page.search.show(page.search.parse("zephyrine"))
    driven.settle()
    assert not driven.house.registry.command("people.merge").enabled()
    page.table.selectAll()
    driven.settle()
    driven.house.registry.run("people.merge")
    driven.press("Merge", dialog(driven))
    assert list(page.model.ids) == twins[:1]
