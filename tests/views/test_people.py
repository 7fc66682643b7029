"""The People page driven as a user drives it: list, form, parts, a stay begun, trash and undo."""

import pytest

from partnerdesk.domain import clock
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.people import Person, PersonContact, PersonLanguage
from partnerdesk.domain.stays import Stay
from partnerdesk.services import people
from partnerdesk.views.children import ChildRow
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.person_new import NewPerson
from partnerdesk.views.stay_new import NewStay


@pytest.fixture
def driven(drive, office_file):
    shown = drive(office_file)
    shown.house.go("people")
    shown.settle()
    return shown


@pytest.fixture
def page(driven):
    return driven.window.page_named("people")


@pytest.fixture
def ida(driven, page):
    """A new person, shown in the form."""
    made = driven.do(people.new_person(Person(given_names="Ida", family_name="Aaberg", kind="pupil")))
    page.show_record(made)
    driven.settle()
    return made


def stored(driven, person_id):
    return driven.ask(lambda r: r.get(Person, person_id))


def test_that_the_page_lists_people_and_shows_the_first(driven, page):
    assert page.model.rowCount() == page.count > 100
    assert page.pane.record_id == page.model.id_at(0)
    assert page.column.body.isVisible()


def test_that_a_search_line_about_stays_filters_people(driven, page):
    everybody = page.model.hits
    page.show_line("abroad:today")
    driven.settle()
    assert 0 < page.model.hits < everybody
    today = clock.today()
    for record in page.model.ids[:5]:
        file = driven.ask(lambda r, i=record: people.person_file(r, i))
        assert any(one.span[0] and one.span[1] and one.span[0] <= today <= one.span[1] for one in file.stays)


def test_that_a_new_person_is_asked_for_and_shown(driven, page):
    driven.keys("<Ctrl+N>")
    dialog = page.findChild(NewPerson)
    driven.fill("given_names", "Zoe", dialog)
    driven.fill("family_name", "Zz-Quill", dialog)
    driven.press("Add person", dialog)
    assert stored(driven, page.pane.record_id).family_name == "Zz-Quill"


def test_that_somebody_like_the_new_one_is_shown_first(driven, page, ida):
    page.new()
    dialog = page.findChild(NewPerson)
    driven.fill("given_names", "ida", dialog)
    driven.fill("family_name", "AABERG", dialog)
    driven.qtbot.waitUntil(lambda: any(row.objectName() == str(ida) for row in dialog.findChildren(ChildRow)))
    driven.click(dialog.findChild(ChildRow, str(ida)))
    assert page.pane.record_id == ida


def test_that_a_nameless_new_person_is_refused_in_the_dialog(driven, page):
    page.new()
    dialog = page.findChild(NewPerson)
    driven.press("Add person", dialog)
    assert dialog.isVisible()
    assert driven.field("family_name", dialog).notes.error
    dialog.reject()


def test_that_fields_are_saved_when_they_are_left(driven, page, ida):
    page.pane.show_tab("person")
    driven.settle()
    driven.fill("birth_date", "3 Apr 2011", page.pane)
    driven.fill("local_id", "P-7", page.pane)
    person = stored(driven, ida)
    assert (person.birth_date.isoformat(), person.local_id) == ("2011-04-03", "P-7")


def test_that_a_wrong_identifier_stays_with_its_reason_and_is_not_stored(driven, page, ida):
    page.pane.show_tab("person")
    driven.settle()
    driven.fill("esi", "12345", page.pane)
    field = driven.field("esi", page.pane)
    assert field.notes.error and field.text() == "12345"
    assert stored(driven, ida).esi == ""
    assert not page.pane.flush()
    driven.fill("esi", "", page.pane)
    assert page.pane.flush() and not field.notes.error


def test_that_a_minor_without_a_guardian_is_told_until_one_is_added(driven, page, ida):
    part = page.pane.part("overview")
    assert any("guardian" in sentence for sentence in part.problems.sentences)
    page.pane.show_tab("contacts")
    driven.settle()
    driven.press("Add somebody to call", page.pane)
    driven.fill("name", "Marit Aaberg", page.pane)
    driven.settle()
    contact = driven.ask(lambda r: r.find(PersonContact, person_id=ida))[0]
    driven.do(people.change_part(stored(driven, ida), contact, kind="guardian", phone="+47 5"))
    driven.settle()
    assert part.problems.sentences == []


def test_that_a_language_is_chosen_from_the_list(driven, page, ida):
    page.pane.show_tab("study")
    driven.settle()
    driven.press("Add a language", page.pane)
    picker = next(p for p in page.pane.findChildren(PickerField, "language") if p.isVisible())
    picker.set_value("no")
    picker.edited.emit("no")
    driven.settle()
    assert [one.language for one in driven.ask(lambda r: r.find(PersonLanguage, person_id=ida))] == ["no"]


def test_that_a_stay_is_begun_from_its_person_and_listed_there(driven, page, ida):
    page.new_stay()
    dialog = page.findChild(NewStay)
    driven.settle()
    assert dialog.fields["person"].value() == ida
    driven.press("Enter the stay", dialog)
    (made,) = driven.ask(lambda r: r.find(Stay, person_id=ida))
    assert made.direction == "out" and made.sending_id is not None and made.receiving_id is None
    assert driven.window.page.key == "stays"
    driven.house.go("people", ida)
    driven.settle()
    assert [one.stay.id for one in page.pane.work.file.stays] == [made.id]


def test_that_a_person_is_deleted_and_undo_brings_them_back(driven, page, ida):
    page.focus_list()
    driven.settle()
    driven.keys("<Del>")
    assert stored(driven, ida).deleted_at
    driven.keys("<Ctrl+Z>")
    assert not stored(driven, ida).deleted_at


def test_that_many_people_are_changed_together(driven, page):
    page.show_line("direction:in kind:student")
    driven.settle()
    page.table.select_row(0)
    first = page.model.id_at(0)
    page.select_all()
    driven.settle()
    n = page.selected_count
    assert n > 1
    tags = page.bulk.form.fields["tags"]
    tags.edited.emit(("buddy",))
    driven.settle()
    page.bulk.form.wanted.emit({"tags": ("buddy",)})
    driven.settle()
    assert stored(driven, first).tags == ("buddy",)
    tagged = ListQuery(filters=(Filter("tag", values=("buddy",)),))
    assert driven.ask(lambda r: people.person_hits(r, tagged)) == n
