"""The page of the day's work, driven as a user drives it: done in place, put off with a reason, walked by keys."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from partnerdesk.domain import clock
from partnerdesk.domain.followups import FollowUp
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.projects import Milestone, Project
from partnerdesk.domain.words import Text
from partnerdesk.services.office import create_file
from partnerdesk.views.kit.style import apply_theme
from partnerdesk.views.today_dialogs import NewFollowUp, SnoozeDialog

pytestmark = pytest.mark.usefixtures("stopped_clock")


def on(days):
    return clock.today() + timedelta(days=days)


class Morning:
    """The program on the page Today, over a small office of its own."""

    def __init__(self, drive, path, size=(1280, 800)):
        create_file(path).close()
        self.driven = drive(path, size)
        self.driven.do(Deed(Text("fill"), self._fill))
        self.driven.house.go("today")
        self.settle()
        self.page = self.driven.window.page

    def _fill(self, unit):
        self.late = unit.add(FollowUp(title="Call Santiago", due_on=on(-3), responsible="Ada")).id
        self.soon = unit.add(FollowUp(title="Write to Lund", due_on=on(2), responsible="Jonas Weil")).id
        project = unit.add(Project(acronym="GREEN", status="running"))
        self.project = project.id
        self.point = unit.add(Milestone(project_id=project.id, number="M1", title="Pilot", due_on=on(40))).id

    def settle(self):
        self.driven.settle()

    @property
    def list(self):
        return self.page.list

    @property
    def said_of(self):
        return [str(item.what) for item in self.page.model.shown_items]

    def row(self, key):
        return self.page.model.row_of(key)

    def click(self, row, part):
        at = self.list.place_of(row, part).center().toPoint()
        QTest.mouseMove(self.list.viewport(), at)
        QTest.mouseClick(self.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        self.settle()

    def choose(self, words):
        """Choose in the menu that is open."""
        menu = next(one for one in self.page.findChildren(QMenu) if one.isVisible())
        action = next(one for one in menu.actions() if one.text().startswith(words))
        menu.close()
        action.trigger()
        self.settle()


@pytest.fixture
def morning(drive, tmp_path):
    return Morning(drive, tmp_path / "small.partnerdesk")


def test_that_the_page_shows_what_wants_doing_and_the_sidebar_how_much_presses(morning):
    assert [one for one in morning.said_of if "backup" not in one] == [
        "Call Santiago", "Write to Lund", "Milestone M1 “Pilot”"]
    assert morning.page.badge == "3"


def test_that_a_button_does_it_in_place_and_undo_brings_it_back(morning):
    morning.click(morning.row(f"followup:{morning.late}"), "fix")
    assert "Call Santiago" not in morning.said_of
    assert morning.driven.ask(lambda reader: reader.get(FollowUp, morning.late)).done_on == clock.today()
    morning.driven.keys("<Ctrl+Z>")
    morning.settle()
    assert "Call Santiago" in morning.said_of


def test_that_space_does_what_the_button_says_and_the_next_thing_is_chosen(morning):
    morning.list.select_row(morning.row(f"followup:{morning.late}"))
    morning.list.setFocus()
    morning.driven.keys("<Space>")
    morning.settle()
    assert "Call Santiago" not in morning.said_of
    assert morning.page.model.item_at(morning.list.currentIndex().row()) is not None


def test_that_a_thing_is_put_off_with_a_reason_and_taken_up_again(morning):
    morning.click(morning.row(f"milestone:{morning.point}"), "snooze")
    morning.choose("For two weeks")
    dialog = morning.page.findChild(SnoozeDialog)
    morning.driven.press("Put off", dialog)
    assert dialog.isVisible()  # not without a reason
    dialog.reason.setText("They are on holiday")
    morning.driven.press("Put off", dialog)
    morning.settle()
    assert "Milestone M1 “Pilot”" not in morning.said_of
    ((item, snooze),) = morning.page.model.work.aside
    assert (item.fix_id, snooze.reason, snooze.until) == (morning.point, "They are on holiday", on(14))
    morning.page.model.toggle_aside()
    morning.click(morning.page.model.rowCount() - 1, "fix")
    assert "Milestone M1 “Pilot”" in morning.said_of


def test_that_the_head_of_what_was_put_off_opens_with_a_click(morning):
    item = next(one for one in morning.page.model.shown_items if one.kind == "milestone")
    from partnerdesk.services import today

    morning.driven.do(today.snooze([item], on(5), "Later"))
    morning.settle()
    before = morning.page.model.rowCount()
    index = morning.page.model.index(before - 1)
    at = morning.list.visualRect(index).center()
    QTest.mouseClick(morning.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert morning.page.model.rowCount() == before + 1


def test_that_enter_opens_the_record(morning):
    morning.list.select_row(morning.row(f"milestone:{morning.point}"))
    morning.list.setFocus()
    morning.driven.keys("<Return>")
    assert morning.driven.window.page.key == "projects"


def test_that_a_follow_up_about_nothing_is_shown_and_changed_here(morning):
    morning.list.select_row(morning.row(f"followup:{morning.late}"))
    morning.list.setFocus()
    morning.driven.keys("<Return>")
    dialog = morning.page.findChild(NewFollowUp)
    assert dialog.title.value() == "Call Santiago"
    dialog.due.set_value(on(3))
    morning.driven.press("Save", dialog)
    morning.settle()
    assert morning.driven.ask(lambda reader: reader.get(FollowUp, morning.late)).due_on == on(3)


def test_that_right_walks_to_the_buttons_and_enter_presses_them(morning):
    morning.list.select_row(morning.row(f"milestone:{morning.point}"))
    morning.list.setFocus()
    morning.driven.keys("<Right>")
    assert morning.list.part == "fix"
    morning.driven.keys("<Return>")
    morning.settle()
    assert morning.driven.ask(lambda reader: reader.get(Milestone, morning.point)).met_on == clock.today()


def test_that_up_and_down_pass_over_heads(morning):
    morning.list.select_row(morning.row(f"followup:{morning.late}"))
    morning.list.setFocus()
    seen = []
    for _ in range(3):
        morning.driven.keys("<Down>")
        seen.append(morning.page.model.item_at(morning.list.currentIndex().row()))
    assert all(seen)


def test_that_the_context_menu_offers_to_do_it_open_it_and_put_it_off(morning):
    row = morning.row(f"milestone:{morning.point}")
    morning.list.menu_wanted.emit(row, QPoint(200, 200))
    menu = next(one for one in morning.page.findChildren(QMenu) if one.isVisible())
    words = [one.text().split("\t")[0] for one in menu.actions() if one.text()]
    menu.close()
    assert words == ["Met", "Open the record", "Until tomorrow", "Until next Monday", "For two weeks", "For a month",
                     "Until another day…"]


def test_that_one_persons_work_is_shown_alone(morning):
    morning.page.show_who("Jonas Weil")
    morning.settle()
    assert morning.said_of == ["Write to Lund"]
    morning.page.show_who("Nobody")
    morning.settle()
    assert morning.page.empty.isVisible()
    assert morning.page.empty.accessibleName() == "Nothing to do for Nobody."


def test_that_only_mine_is_a_key_away(morning):
    morning.driven.keys("<Ctrl+M>")
    morning.settle()
    assert morning.said_of == ["Call Santiago"]


def test_that_a_new_follow_up_is_noted_from_here(morning):
    morning.driven.keys("<Ctrl+N>")
    dialog = morning.page.findChild(NewFollowUp)
    morning.driven.press("Add", dialog)
    assert dialog.isVisible()  # not without words
    dialog.title.setText("Book the room")
    dialog.due.set_value(on(1))
    morning.driven.press("Add", dialog)
    morning.settle()
    assert "Book the room" in morning.said_of


def test_that_a_counter_leads_to_the_list_of_the_same(drive, office_file):
    driven = drive(office_file)
    driven.house.go("today")
    driven.settle()
    page = driven.window.page
    card = next(one for one in page.counters.cards if one.key == "ending")
    driven.click(card)
    assert driven.window.page.key == "agreements"
    assert driven.window.page.model.hits == card.n


def test_that_an_empty_office_offers_the_sample_and_an_import(drive, tmp_path):
    path = tmp_path / "empty.partnerdesk"
    create_file(path).close()
    driven = drive(path)
    driven.house.go("today")
    driven.settle()
    page = driven.window.page
    assert page.empty.isVisible()
    assert driven.button("Look at the sample office", page).isVisible()
    assert driven.button("Import a spreadsheet", page).isVisible()


@pytest.mark.parametrize("size", [(1280, 800), (820, 700), (720, 540)])
@pytest.mark.parametrize("percent", [100, 200])
def test_that_nothing_is_wider_than_the_page(drive, tmp_path, qapp, size, percent):
    apply_theme(qapp, "light", percent)
    morning = Morning(drive, tmp_path / "small.partnerdesk", size)
    page = morning.page
    right = page.width()
    for part in (page.counters, page.list, page.side):
        place = part.mapTo(page, QPoint(0, 0)).x()
        assert place >= 0
        assert place + part.width() <= right + 10
    apply_theme(qapp, "light", 100)


def test_that_the_page_stacks_in_a_narrow_window(drive, tmp_path):
    morning = Morning(drive, tmp_path / "small.partnerdesk", (820, 700))
    side, below = morning.page.side, morning.list
    assert side.mapTo(morning.page, QPoint(0, 0)).y() >= below.mapTo(morning.page, QPoint(0, 0)).y() + below.height()


def test_that_a_day_of_the_month_leads_to_what_is_due_on_it(morning):
    morning.page.side.month.chosen.emit(on(40))
    assert morning.page.model.item_at(morning.list.currentIndex().row()).fix_id == morning.point


def test_that_the_calendar_shows_the_same_office_and_opens_records(morning):
    morning.page.show_view("month")
    morning.settle()
    calendar = morning.page.agenda
    assert [str(one.title) for one in calendar.model.on(on(2))] == ["Write to Lund"]
    calendar.model.show(on(40))
    morning.settle()
    (rect, entry), = calendar.grid.places(on(40))
    QTest.mouseClick(calendar.grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
                     rect.center().toPoint())
    morning.driven.settle()
    assert (entry.kind, morning.driven.window.page.key) == ("milestone", "projects")


def test_that_a_follow_up_is_dragged_to_another_day(morning):
    morning.page.show_view("month")
    morning.settle()
    grid = morning.page.agenda.grid
    ((rect, _),) = grid.places(on(2))
    start, end = rect.center().toPoint(), grid.cell_of(on(5)).center().toPoint()
    QTest.mousePress(grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(grid, (start + end) / 2)
    QTest.mouseMove(grid, end)
    QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    morning.settle()
    assert morning.driven.ask(lambda reader: reader.get(FollowUp, morning.soon)).due_on == on(5)


def test_that_shift_and_an_arrow_put_a_follow_up_on_the_next_week(morning):
    morning.page.show_view("week")
    morning.settle()
    grid = morning.page.agenda.grid
    grid.setFocus()
    grid.go_to(on(2))
    morning.driven.keys("<Space>", "<Shift+Down>")
    morning.settle()
    assert morning.driven.ask(lambda reader: reader.get(FollowUp, morning.soon)).due_on == on(9)


def test_that_keys_walk_the_calendar_and_turn_its_months(morning):
    morning.page.show_view("month")
    morning.settle()
    calendar = morning.page.agenda
    calendar.grid.setFocus()
    morning.driven.keys("<Right>", "<Down>")
    assert calendar.grid.cursor_day == on(8)
    morning.driven.keys("<PgDown>")
    assert calendar.model.at.month == 4
    morning.driven.keys("<Home>")
    assert (calendar.grid.cursor_day, calendar.model.at.month) == (clock.today(), 3)


def test_that_what_cannot_be_shown_of_a_day_is_counted(morning):
    morning.driven.do(Deed(Text("fill"), lambda unit: [
        unit.add(FollowUp(title=f"Thing {n}", due_on=on(2))) for n in range(20)] and None))
    morning.page.show_view("month")
    morning.settle()
    grid = morning.page.agenda.grid
    shown = [one for _, one in grid.places(on(2))]
    assert shown[-1] + len(shown) - 1 == 21


def test_that_the_view_is_remembered(morning):
    morning.page.show_view("week")
    morning.driven.house.go("partners")
    morning.driven.house.go("today")
    morning.settle()
    assert not morning.page.agenda.model.by_month
    assert morning.page.agenda.isVisible()


def test_that_commands_of_the_page_stand_in_the_record_menu(morning):
    registry = morning.driven.house.registry
    for command in morning.page.record_menu:
        assert command is None or isinstance(registry.action(command), QAction)
