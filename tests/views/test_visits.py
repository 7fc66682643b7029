"""A delegation from plan to outcomes, driven as a user drives it: hosts, people, agenda, outcomes, what follows."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from partnerdesk.domain.followups import FollowUp
from partnerdesk.domain.partners import Contact, Institution
from partnerdesk.domain.visits import AgendaItem, Visit, VisitPerson
from partnerdesk.services import followups, partners, visits
from partnerdesk.views.children import ChildRow
from partnerdesk.views.followup_rows import FollowUpRow
from partnerdesk.views.kit.palette import Palette
from partnerdesk.views.kit.picker import PickerPopup
from partnerdesk.views.printing import PrintWindow
from partnerdesk.views.visit_new import MoveVisit, NewVisit

TODAY = date(2026, 3, 2)
MONDAY = date(2026, 3, 9)


@pytest.fixture
def driven(drive, office_file, stopped_clock):
    shown = drive(office_file)
    shown.house.go("visits")
    shown.settle()
    return shown


@pytest.fixture
def page(driven):
    return driven.window.page_named("visits")


@pytest.fixture
def kyoto(driven):
    """A partner in Japan with a contact."""
    made = driven.do(partners.new_partner(Institution(name="Kyoto Test Institute", country="JP", city="Kyoto")))
    there = driven.ask(lambda reader: reader.get(Institution, made))
    driven.do(partners.add_child(there, Contact(given_names="Aiko", family_name="Sato", function="Dean",
                                                email="aiko.sato@example.edu")))
    return there


def make(driven, page, title="Japan in March", at=(), **fields):
    """A visit, shown in the form."""
    made = driven.do(visits.new_visit(Visit(title=title, **fields), at))
    page.show_record(made)
    driven.settle()
    return made


def about(driven, page):
    driven.settle()
    return driven.ask(lambda reader: visits.visit_file(reader, page.pane.record_id))


def shown_row(part, name):
    return next(one for one in part.findChildren(ChildRow) if one.isVisible() and one.text() == name)


def pick(driven, field, typed):
    """Choose in a picker by letters and Enter, as from the keyboard."""
    field.setFocus(Qt.FocusReason.TabFocusReason)
    driven.keys("<Down>", typed)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, PickerPopup)
    driven.qtbot.wait(150)
    driven.settle()
    driven.keys("<Return>")
    if QApplication.activePopupWidget() is not None:
        driven.keys("<Esc>")


def test_that_a_delegation_is_planned_held_and_followed_up(driven, page, kyoto):
    driven.keys("<Ctrl+N>")
    dialog = page.findChild(NewVisit)
    driven.fill("title", "Rector in Japan", dialog)
    pick(driven, driven.field("institutions", dialog), "kyoto test")
    driven.fill("starts_on", "9 Mar 2026", dialog)
    driven.fill("ends_on", "11 Mar 2026", dialog)
    driven.press("Add visit", dialog)
    file = about(driven, page)
    assert (file.visit.title, file.visit.starts_on, file.visit.ends_on) == (
        "Rector in Japan", MONDAY, MONDAY + timedelta(days=2))
    assert [one.institution_id for one in file.places] == [kyoto.id]

    driven.tab(page.pane.tabs, "places")
    pick(driven, driven.field("contacts", page.pane), "sato")
    assert [(one.name, one.side) for one in about(driven, page).people] == [("Aiko Sato", "theirs")]

    driven.tab(page.pane.tabs, "agenda")
    driven.press("Plan a meeting at 1 place", page.pane)
    (meeting,) = about(driven, page).agenda
    assert (meeting.title, meeting.day, meeting.zone) == ("Kyoto Test Institute", MONDAY, "Asia/Tokyo")
    driven.click(shown_row(page.pane, "Kyoto Test Institute"))
    driven.fill("begins", "930", page.pane)
    driven.fill("ends", "11", page.pane)
    (meeting,) = about(driven, page).agenda
    assert (meeting.begins, meeting.ends) == ("09:30", "11:00")

    driven.tab(page.pane.tabs, "outcomes")
    driven.fill("outcomes", "Two places more", page.pane)
    driven.click(shown_row(page.pane, "Two places more"))
    (todo,) = about(driven, page).followups
    assert (todo.title, todo.visit_id) == ("Two places more", file.visit.id)
    assert page.model.line_at(page.model.row_of(file.visit.id)).open_followups == 1
    driven.click(shown_row(page.pane, "Two places more"))
    assert page.pane.tab == "followups"
    row = next(one for one in page.pane.findChildren(FollowUpRow) if one.isVisible())
    row.setFocus()
    driven.keys(" ")
    assert about(driven, page).followups[0].done_on == TODAY


def test_that_a_visit_that_is_over_is_said_to_be_held_by_one_press(driven, page):
    made = make(driven, page, starts_on=TODAY - timedelta(days=9), ends_on=TODAY - timedelta(days=8))
    assert page.pane.part("overview").problems.sentences == ["The visit is over: was it held?"]
    driven.press("It was held", page.pane)
    assert driven.ask(lambda reader: reader.get(Visit, made)).status == "held"
    driven.press("Write them down", page.pane)
    assert page.pane.tab == "outcomes"


def test_that_fields_are_saved_when_they_are_left_and_refused_with_the_reason(driven, page):
    made = make(driven, page, starts_on=MONDAY)
    driven.fill("ends_on", "8 Mar 2026", page.pane)
    assert "before the beginning" in driven.field("ends_on", page.pane).notes.error
    driven.fill("ends_on", "12 Mar 2026", page.pane)
    driven.tab(page.pane.tabs, "visit")
    driven.fill("title", "Kyoto in spring", page.pane)
    driven.fill("city", "Kyoto", page.pane)
    visit = driven.ask(lambda reader: reader.get(Visit, made))
    assert (visit.title, visit.city, visit.ends_on) == ("Kyoto in spring", "Kyoto", date(2026, 3, 12))


def test_that_a_place_and_somebody_are_added_and_removed(driven, page, kyoto):
    make(driven, page)
    driven.tab(page.pane.tabs, "places")
    driven.press("Add a place", page.pane)
    pick(driven, driven.field("institution_id", page.pane), "kyoto test")
    assert [one.institution_id for one in about(driven, page).places] == [kyoto.id]
    assert "Kyoto, Japan" in shown_row(page.pane, "Kyoto Test Institute").accessibleName()
    driven.press("Remove", page.pane)
    assert about(driven, page).places == ()
    driven.press("Add somebody", page.pane)
    driven.fill("name", "Hanna Lind", page.pane)
    driven.fill("function", "Rector", page.pane)
    assert [(one.name, one.function, one.side) for one in about(driven, page).people] == [
        ("Hanna Lind", "Rector", "ours")]


def test_that_a_time_that_is_none_is_refused_and_stays(driven, page):
    make(driven, page, starts_on=MONDAY)
    driven.do(visits.add_part(about(driven, page).visit, AgendaItem(title="Deans", day=MONDAY)))
    driven.tab(page.pane.tabs, "agenda")
    driven.click(shown_row(page.pane, "Deans"))
    driven.fill("begins", "noonish", page.pane)
    assert "Write a time" in driven.field("begins", page.pane).notes.error
    assert driven.field("begins", page.pane).text() == "noonish"
    assert about(driven, page).agenda[0].begins == ""
    driven.fill("begins", "12:15", page.pane)
    assert about(driven, page).agenda[0].begins == "12:15"


def test_that_a_new_meeting_goes_on_where_the_last_one_was(driven, page, kyoto):
    make(driven, page, at=(kyoto.id,), starts_on=MONDAY, ends_on=MONDAY + timedelta(days=2))
    driven.tab(page.pane.tabs, "agenda")
    driven.press("Add a meeting", page.pane)
    driven.fill("title", "Deans", page.pane)
    (meeting,) = about(driven, page).agenda
    assert (meeting.day, meeting.zone) == (MONDAY, "Asia/Tokyo")
    driven.fill("day", "10 Mar 2026", page.pane)
    driven.press("Add a meeting", page.pane)
    driven.fill("title", "Labs", page.pane)
    assert [one.day for one in about(driven, page).agenda] == [date(2026, 3, 10)] * 2


def test_that_outcomes_are_followed_up_all_at_once_and_undone_at_once(driven, page):
    make(driven, page, status="held", starts_on=TODAY, outcomes="- One\n- Two", responsible="Ada")
    driven.tab(page.pane.tabs, "outcomes")
    driven.press("Follow up all", page.pane)
    assert sorted((one.title, one.responsible) for one in about(driven, page).followups) == [
        ("One", "Ada"), ("Two", "Ada")]
    driven.house.desk.undo()
    assert about(driven, page).followups == ()


def test_that_another_visit_like_it_is_made_by_ctrl_d(driven, page, kyoto):
    made = make(driven, page, at=(kyoto.id,), starts_on=MONDAY)
    driven.keys("<Ctrl+D>")
    dialog = page.findChild(NewVisit)
    driven.fill("title", "Japan again", dialog)
    driven.press("Add visit", dialog)
    file = about(driven, page)
    assert file.visit.id != made
    assert (file.visit.title, file.visit.starts_on, len(file.places)) == ("Japan again", None, 1)


def test_that_a_visit_is_moved_with_its_meetings(driven, page):
    make(driven, page, starts_on=MONDAY, ends_on=MONDAY)
    driven.do(visits.add_part(about(driven, page).visit, AgendaItem(title="Deans", day=MONDAY)))
    page.move_days()
    driven.settle()
    dialog = page.findChild(MoveVisit)
    driven.fill("starts_on", "16 Mar 2026", dialog)
    driven.press("Move", dialog)
    file = about(driven, page)
    assert (file.visit.starts_on, file.visit.ends_on, file.agenda[0].day) == (date(2026, 3, 16),) * 3


def test_that_the_list_is_filtered_archived_and_deleted(driven, page):
    make(driven, page, "Past", country="IS", status="held", starts_on=TODAY - timedelta(days=20))
    made = make(driven, page, "Coming", country="IS", starts_on=MONDAY)
    page.show_line("over:no country:IS")
    driven.settle()
    assert [page.model.line_at(n).title for n in range(page.model.hits)] == ["Coming"]
    page.show_line("")
    driven.settle()
    page.show_record(made)
    driven.settle()
    page.archive()
    driven.settle()
    assert driven.ask(lambda reader: reader.get(Visit, made)).archived_on == TODAY
    driven.house.desk.undo()
    driven.settle()
    page.show_record(made)
    driven.settle()
    page.table.setFocus()
    driven.keys("<Del>")
    assert driven.ask(lambda reader: reader.get(Visit, made)).deleted_at


def test_that_a_partner_shows_its_visits_and_begins_one(driven, page, kyoto):
    made = make(driven, page, at=(kyoto.id,), starts_on=MONDAY, status="confirmed")
    driven.house.go("partners", kyoto.id)
    driven.settle()
    pane = driven.window.page.pane
    driven.tab(pane.tabs, "visits")
    driven.click(shown_row(pane, "Japan in March"))
    assert driven.window.page.key == "visits"
    assert page.pane.record_id == made
    driven.house.go("partners", kyoto.id)
    driven.settle()
    driven.press("New visit", pane)
    dialog = driven.window.page.findChild(NewVisit)
    assert driven.field("title", dialog).text() == "Visit to Kyoto Test Institute"
    driven.press("Add visit", dialog)
    driven.settle()
    assert driven.window.page.key == "visits"
    assert [one.institution_id for one in about(driven, page).places] == [kyoto.id]


def test_that_a_host_of_the_overview_leads_to_the_partner(driven, page, kyoto):
    make(driven, page, at=(kyoto.id,))
    driven.click(shown_row(page.pane, "Kyoto Test Institute"))
    assert driven.window.page.key == "partners"
    assert driven.window.page.detail.record_id == kyoto.id


def test_that_many_are_changed_at_once(driven, page):
    ids = [make(driven, page, title) for title in ("One", "Two")]
    page.table.selectAll()
    driven.settle()
    assert page.bulk.isVisible()
    page.bulk.form.wanted.emit({"responsible": "Marta"})
    driven.settle()
    assert {driven.ask(lambda reader, i=i: reader.get(Visit, i)).responsible for i in ids} == {"Marta"}


def test_that_an_office_open_for_reading_only_shows_a_visit_and_takes_nothing(drive, office_file, stopped_clock):
    driven = drive(office_file)
    driven.house.go("visits")
    page = driven.window.page
    made = make(driven, page, status="held", starts_on=TODAY - timedelta(days=3), outcomes="- One")
    driven.house.desk.close()
    driven.house.desk.open(office_file, read_only=True)
    driven.settle()
    page.show_record(made)
    driven.settle()
    driven.tab(page.pane.tabs, "outcomes")
    driven.click(shown_row(page.pane, "One"))
    assert about(driven, page).followups == ()
    assert driven.field("outcomes", page.pane).isReadOnly()


def test_that_every_part_of_a_visit_is_made(driven, page, kyoto):
    made = make(driven, page, at=(kyoto.id,), starts_on=MONDAY)
    visit = driven.ask(lambda reader: reader.get(Visit, made))
    driven.do(visits.add_part(visit, VisitPerson(name="Ada Berg")))
    driven.do(followups.add_followup(FollowUp(title="Book", visit_id=made, due_on=TODAY - timedelta(days=1))))
    for key in ("overview", "visit", "places", "agenda", "outcomes", "documents", "followups", "history"):
        driven.tab(page.pane.tabs, key)
        assert page.pane.tab == key
    driven.tab(page.pane.tabs, "overview")
    row = shown_row(page.pane, "Book")
    assert row.accessibleName() == "Book, 1 day late"
    driven.click(row, QPoint(40, 10))
    assert page.pane.tab == "followups"


def preview(driven):
    driven.settle()
    window = driven.window.findChildren(PrintWindow)[-1]
    driven.qtbot.waitUntil(lambda: window.document is not None)
    name = window.document.head.name
    window.close()
    driven.settle()
    return name


def test_that_the_trip_pack_is_shown_by_key_and_button(driven, page, kyoto):
    make(driven, page, at=(kyoto.id,), starts_on=MONDAY)
    page.table.setFocus()
    driven.keys("<Ctrl+P>")
    assert preview(driven) == "Japan in March"
    driven.press("Print the trip pack", page)
    assert preview(driven) == "Japan in March"


def test_that_a_visit_is_found_by_ctrl_k_and_shown(driven, page, kyoto):
    made = make(driven, page, "Quilla and the rector", at=(kyoto.id,))
    driven.house.go("partners")
    driven.keys("<Ctrl+K>", "quilla")
    palette = driven.window.findChild(Palette)

    def found():
        hits = (palette.model.hit(row) for row in range(palette.model.rowCount()))
        return {hit.key for hit in hits if hit is not None}

    driven.qtbot.waitUntil(lambda: f"visit {made}" in found())
    driven.keys("<Return>")
    assert driven.window.page.key == "visits"
    assert page.pane.record_id == made
