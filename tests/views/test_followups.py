"""Follow-ups in the forms, driven as a user drives them: added in a line, ticked off, put off with a reason, undone."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from partnerdesk.domain.followups import FollowUp
from partnerdesk.services import followups
from partnerdesk.views.followup_rows import FollowUpRow

PAGES = {"people": "person", "stays": "stay", "cohorts": "cohort", "partners": "partner", "agreements": "agreement",
         "visits": "visit", "projects": "project"}


@pytest.fixture
def driven(drive, office_file, stopped_clock):
    return drive(office_file)


def opened(driven, key):
    """The form of the first record of a page, with its follow-ups in sight."""
    driven.house.go(key)
    driven.settle()
    page = driven.window.page
    if page.detail.record_id is None:
        page.show_record(page.model.ids[0])
        driven.settle()
    driven.tab(page.detail.tabs, "followups")
    return page.detail


@pytest.fixture
def pane(driven):
    return opened(driven, "people")


def stored(driven, kind, record_id):
    driven.settle()
    return driven.ask(lambda reader: followups.followups_about(reader, kind, record_id))


def note(driven, pane, title, **fields):
    made = driven.do(followups.add_followup(followups.new_followup("person", pane.record_id, title, **fields)))
    driven.settle()
    return made


def row(pane, title):
    return next(one for one in pane.findChildren(FollowUpRow) if one.isVisible() and one.text() == title)


def tab_count(pane):
    return next(tab.count for tab in pane.tabs._tabs if tab.key == "followups")


@pytest.mark.parametrize(("page", "kind"), PAGES.items())
def test_that_a_line_adds_a_follow_up_in_every_form(driven, page, kind):
    shown = opened(driven, page)
    before = len(stored(driven, kind, shown.record_id))
    driven.fill("new_title", "Call about the room", shown)
    driven.fill("new_due_on", "5 Mar 2026", shown)
    driven.press("Add", shown)
    made = next(one for one in stored(driven, kind, shown.record_id) if one.title == "Call about the room")
    assert (made.responsible, made.due_on) == ("Ada", date(2026, 3, 5))
    assert row(shown, "Call about the room").accessibleName() == "Call about the room, due 5 Mar 2026, Ada"
    assert tab_count(shown) == str(before + 1)


def test_that_enter_adds_and_the_line_is_ready_for_the_next(driven, pane):
    driven.field("new_title", pane).setFocus()
    driven.keys("First", "<Return>", "Second", "<Return>")
    assert [one.title for one in stored(driven, "person", pane.record_id)] == ["First", "Second"]
    assert QApplication.focusWidget() is driven.field("new_title", pane)


def test_that_nothing_is_added_without_words_or_with_a_day_that_is_none(driven, pane):
    driven.press("Add", pane)
    assert "Say what is to be done" in driven.field("new_title", pane).notes.error
    driven.fill("new_title", "Call", pane)
    driven.fill("new_due_on", "31 Feb", pane)
    driven.press("Add", pane)
    assert stored(driven, "person", pane.record_id) == ()
    assert driven.field("new_title", pane).text() == "Call"


def test_that_a_click_on_the_box_ticks_off_and_undo_takes_it_back(driven, pane, stopped_clock):
    made = note(driven, pane, "Call")
    driven.click(row(pane, "Call"), QPoint(14, 16))
    assert driven.ask(lambda reader: reader.get(FollowUp, made)).done_on == stopped_clock.date()
    assert tab_count(pane) == ""
    driven.house.desk.undo()
    driven.settle()
    assert tab_count(pane) == "1"
    assert row(pane, "Call").isVisible()


def test_that_those_done_are_shown_when_wanted_and_opened_again(driven, pane, stopped_clock):
    made = note(driven, pane, "Call", done_on=stopped_clock.date())
    driven.press("Show 1 done", pane)
    row(pane, "Call").setFocus()
    driven.keys(" ")
    assert driven.ask(lambda reader: reader.get(FollowUp, made)).done_on is None


def test_that_keys_go_through_the_rows_tick_off_and_delete(driven, pane, stopped_clock):
    ids = [note(driven, pane, title) for title in ("One", "Two", "Three")]
    row(pane, "One").setFocus()
    driven.keys("<Down>", " ")
    done = driven.ask(lambda reader: reader.get(FollowUp, ids[1])).done_on
    assert done == stopped_clock.date()
    assert QApplication.focusWidget() is row(pane, "Three")
    driven.keys("<Up>", "<Del>")
    assert driven.ask(lambda reader: reader.get(FollowUp, ids[0])).deleted_at
    assert driven.window.page.pane.record_id == pane.record_id
    driven.house.desk.undo()
    driven.settle()
    assert row(pane, "One").isVisible()


def test_that_putting_off_by_keys_wants_a_reason(driven, pane, stopped_clock):
    made = note(driven, pane, "Call", due_on=stopped_clock.date() - timedelta(days=2))
    assert row(pane, "Call").accessibleName() == "Call, 2 days late"
    row(pane, "Call").setFocus()
    driven.keys("s")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    driven.keys("<Down>", "<Return>")
    driven.keys("<Return>")
    assert "Say why it can wait" in driven.field("snooze_reason", pane).notes.error
    driven.keys("On leave", "<Return>")
    kept = driven.ask(lambda reader: reader.get(FollowUp, made))
    assert (kept.snoozed_until, kept.snooze_reason) == (stopped_clock.date() + timedelta(days=1), "On leave")
    assert row(pane, "Call").accessibleName() == "Call, Put off until 3 Mar 2026, On leave"
    assert QApplication.focusWidget() is row(pane, "Call")


def chosen(driven, words):
    menu = QApplication.activePopupWidget()
    action = next(one for one in menu.actions() if one.text().split("\t")[0] == words)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    driven.settle()


def test_that_the_clock_of_a_row_puts_off_until_another_day_and_takes_it_back(driven, pane, stopped_clock):
    made, day = note(driven, pane, "Call"), stopped_clock.date()
    one = row(pane, "Call")
    driven.click(one, QPoint(one.width() - 14, one.height() // 2))
    chosen(driven, "Until another day…")
    driven.fill("snoozed_until", "1 Mar 2026", pane)
    driven.fill("snooze_reason", "They are on leave", pane)
    driven.press("Put off", pane)
    assert "day after today" in driven.field("snoozed_until", pane).notes.error
    driven.fill("snoozed_until", "20 Mar 2026", pane)
    driven.press("Put off", pane)
    assert driven.ask(lambda reader: reader.get(FollowUp, made)).snoozed_until == day + timedelta(days=18)
    one = row(pane, "Call")
    driven.click(one, QPoint(one.width() - 14, one.height() // 2))
    chosen(driven, "Take up now")
    assert driven.ask(lambda reader: reader.get(FollowUp, made)).snoozed_until is None


def test_that_a_row_opens_and_its_fields_are_saved_when_they_are_left(driven, pane):
    made = note(driven, pane, "Call")
    driven.click(row(pane, "Call"), QPoint(80, 10))
    driven.fill("title", "Call the host", pane)
    driven.fill("due_on", "9 Mar 2026", pane)
    driven.fill("remark", "Ask for the dates", pane)
    kept = driven.ask(lambda reader: reader.get(FollowUp, made))
    assert (kept.title, kept.due_on, kept.remark) == ("Call the host", date(2026, 3, 9), "Ask for the dates")
    driven.press("Remove", pane)
    assert driven.ask(lambda reader: reader.get(FollowUp, made)).deleted_at


def test_that_the_menu_of_a_row_says_what_can_be_done(driven, pane):
    note(driven, pane, "Call")
    one = row(pane, "Call")
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), one.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(one, event)
    menu = QApplication.activePopupWidget()
    assert [action.text().split("\t")[0] for action in menu.actions() if not action.isSeparator()] == [
        "Open", "Done", "Put off", "Delete"]
    menu.close()


def test_that_another_record_shows_its_own(driven, pane):
    note(driven, pane, "Call")
    driven.window.page.step_record(1)
    driven.settle()
    assert [one for one in pane.findChildren(FollowUpRow) if one.isVisible()] == []
    assert tab_count(pane) == ""
    driven.window.page.step_record(-1)
    driven.settle()
    assert row(pane, "Call").isVisible()


def test_that_an_office_open_for_reading_only_shows_them_and_takes_none(drive, office_file):
    driven = drive(office_file)
    pane = opened(driven, "people")
    note(driven, pane, "Call")
    driven.house.desk.close()
    driven.house.desk.open(office_file, read_only=True)
    driven.settle()
    pane = opened(driven, "people")
    one = row(pane, "Call")
    driven.click(one, QPoint(14, 16))
    one.setFocus()
    driven.keys(" ", "<Del>")
    assert [each.done_on for each in stored(driven, "person", pane.record_id)] == [None]


def test_that_a_call_has_its_follow_ups_too(driven):
    driven.house.go("calls")
    driven.settle()
    detail = driven.window.page.detail
    driven.tab(detail.tabs, "followups")
    driven.fill("new_title", "Remind the faculties", detail)
    driven.press("Add", detail)
    call = detail.follow.record_id
    assert [one.title for one in stored(driven, "call", call)] == ["Remind the faculties"]
    assert tab_count(detail) == "1"
