"""The timeline under the hand: keys and pointer move, stretch, link and open; lanes, table twin, sizes, directions."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from partnerdesk.domain.agreements import Agreement
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.listing import ListQuery
from partnerdesk.domain.partners import Institution, Partnership
from partnerdesk.domain.projects import Milestone, Project, ProjectMember, Task, TaskLink, WorkPackage
from partnerdesk.domain.words import Text
from partnerdesk.look import tokens
from partnerdesk.look.timeaxis import SCALES
from partnerdesk.services import journal
from partnerdesk.services.office import create_file
from partnerdesk.views.kit.style import apply_theme
from partnerdesk.views.local import Local
from partnerdesk.views.timeline_room import TimelineRoom
from partnerdesk.views.timeline_saver import PictureSaver

TODAY = date(2026, 3, 2)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
pytestmark = pytest.mark.usefixtures("stopped_clock")


def on(days):
    return TODAY + timedelta(days=days)


def fill(unit):
    unit.add(Institution(name="Northbridge", is_home=True))
    chile = unit.add(Institution(name="Universidad de Chile", country="CL")).id
    zurich = unit.add(Institution(name="Universität Zürich", country="CH")).id
    for name, partners, owner in (("GREEN", (chile, zurich), "Ada Berg"), ("WATER", (zurich,), "")):
        project = unit.add(Project(acronym=name, starts_on=on(-60), ends_on=on(300), responsible=owner)).id
        for place, one in enumerate(partners):
            unit.add(ProjectMember(project_id=project, institution_id=one, position=place))
        package = unit.add(WorkPackage(project_id=project, number="WP1", title="Work")).id
        tasks = [unit.add(Task(project_id=project, work_package_id=package, position=n, title=f"{name} {n}",
                               starts_on=on(20 * n), ends_on=on(20 * n + 19), progress=50 if n == 0 else 0)).id
                 for n in range(3)]
        unit.add(TaskLink(before_id=tasks[0], task_id=tasks[1]))
        unit.add(Milestone(project_id=project, work_package_id=package, number="M1", due_on=on(-13)))
        unit.add(Task(project_id=project, position=9, title=f"{name} later"))
    unit.add(Agreement(partnership_id=unit.add(Partnership(title="Zürich")).id, title="MoU"))


@pytest.fixture
def room(qtbot, qapp, desk, tmp_path):
    apply_theme(qapp, "light", 100)
    done = []
    desk.adopt(create_file(tmp_path / "office.partnerdesk"))
    desk.do(Deed(Text("fill"), fill), lambda _: done.append(True))
    qtbot.waitUntil(lambda: bool(done) and desk.idle)
    room = TimelineRoom(desk, local=Local(tmp_path / "settings.ini"))
    qtbot.addWidget(room)
    room.resize(1100, 600)
    with qtbot.waitActive(room):
        room.show()
    room.set_query(ListQuery())
    qtbot.waitUntil(lambda: desk.idle and len(room.view.scene.chart.rows) == 14)
    room.view.setFocus()
    return room


def row_of(room, name):
    return next(row for row, bar in enumerate(room.view.scene.chart.rows) if bar.name == name)


def go(room, name):
    room.view.select(row_of(room, name))


def span(room, name):
    first, last = room.view.scene.chart.rows[row_of(room, name)].span
    return (first - TODAY.toordinal(), last - TODAY.toordinal())


def settle(room, qtbot, desk):
    qtbot.waitUntil(lambda: desk.idle)


def press(room, key, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(room.view, key, held)


def drag(room, start, by, goal=None):
    port = room.view.viewport()
    end = goal or start + QPoint(by, 0)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for share in (0.2, 0.5, 0.8, 1.0):
        QTest.mouseMove(port, start + (end - start) * share)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)


def take_back(room, qtbot, desk):
    done = []
    desk.ask(journal.undo_state, lambda state: desk.do(journal.undo_deed(state.undo), lambda _: done.append(True)))
    qtbot.waitUntil(lambda: bool(done) and desk.idle)


def test_that_rows_stand_below_what_they_belong_to_and_few_projects_are_open(room):
    told = [(bar.name, bar.level) for bar in room.view.scene.chart.rows]
    assert told[:7] == [("GREEN", 0), ("WP1 Work", 1), ("GREEN 0", 2), ("GREEN 1", 2), ("GREEN 2", 2), ("M1", 2),
                        ("GREEN later", 1)]
    late = room.view.scene.chart.rows[row_of(room, "M1")]
    assert (late.late, late.words, late.tone) == (13, "13 days late", "danger")
    assert room.view.scene.chart.rows[row_of(room, "GREEN later")].words == "no dates"
    package = room.view.scene.chart.rows[1]
    assert package.done == pytest.approx(1 / 6) and package.fixed


def test_that_control_and_arrows_move_a_bar_in_one_step_and_undo_takes_it_back(room, qtbot, desk):
    room.view.set_scale("week")
    go(room, "GREEN 0")
    for _ in range(3):
        press(room, Qt.Key.Key_Right, CONTROL)
    assert room.view.busy and room.view.scene.days(row_of(room, "GREEN 1")) is not None
    assert "3 days later" in room.tools.said and "1 task after it" in room.tools.said
    room.view.settle()
    settle(room, qtbot, desk)
    assert span(room, "GREEN 0") == (3, 22) and span(room, "GREEN 1") == (23, 42)
    assert span(room, "GREEN 2") == (40, 59)
    take_back(room, qtbot, desk)
    assert span(room, "GREEN 0") == (0, 19) and span(room, "GREEN 1") == (20, 39)


def test_that_shift_and_arrows_stretch_and_escape_lets_it_be(room, qtbot, desk):
    room.view.set_scale("week")
    go(room, "GREEN 2")
    press(room, Qt.Key.Key_Right, SHIFT)
    press(room, Qt.Key.Key_Escape)
    assert not room.view.busy and span(room, "GREEN 2") == (40, 59)
    press(room, Qt.Key.Key_Right, SHIFT)
    press(room, Qt.Key.Key_Down)
    settle(room, qtbot, desk)
    assert span(room, "GREEN 2") == (40, 60)


def test_that_control_shift_and_arrows_stretch_the_beginning(room, qtbot, desk):
    room.view.set_scale("week")
    go(room, "GREEN 2")
    press(room, Qt.Key.Key_Left, CONTROL | SHIFT)
    assert "1 day longer" in room.tools.said
    room.view.settle()
    settle(room, qtbot, desk)
    assert span(room, "GREEN 2") == (39, 59)


def test_that_a_bar_moved_by_keys_stays_in_the_hand_when_other_rows_come(room, qtbot, desk):
    room.view.set_scale("week")
    go(room, "WATER 2")
    press(room, Qt.Key.Key_Right, CONTROL)
    room.model.toggle(row_of(room, "GREEN"))
    press(room, Qt.Key.Key_Right, CONTROL)
    assert room.view.busy and room.view.scene.chart.rows[room.view.row].name == "WATER 2"
    room.view.settle()
    settle(room, qtbot, desk)
    assert span(room, "WATER 2") == (42, 61)


def test_that_a_task_is_held_by_what_it_waits_for(room, qtbot, desk):
    room.view.set_scale("week")
    go(room, "GREEN 1")
    press(room, Qt.Key.Key_Left, CONTROL)
    assert "held back" in room.tools.said
    room.view.settle()
    settle(room, qtbot, desk)
    assert span(room, "GREEN 1") == (20, 39)


def test_that_the_pointer_moves_and_stretches_bars(room, qtbot, desk):
    room.view.set_scale("week")
    place = room.view.place_of(row_of(room, "GREEN 0"))
    drag(room, place.center(), 40)
    settle(room, qtbot, desk)
    assert span(room, "GREEN 0") == (5, 24)
    place = room.view.place_of(row_of(room, "GREEN 0"))
    drag(room, QPoint(place.right() - 1, place.center().y()), 16)
    settle(room, qtbot, desk)
    assert span(room, "GREEN 0") == (5, 26)
    place = room.view.place_of(row_of(room, "GREEN 0"))
    drag(room, QPoint(place.left() + 1, place.center().y()), -24)
    settle(room, qtbot, desk)
    assert span(room, "GREEN 0") == (2, 26)


def test_that_a_link_is_drawn_from_the_dot_at_a_bars_end_to_another_bar(room, qtbot, desk):
    room.view.set_scale("week")
    place, goal = (room.view.place_of(row_of(room, name)) for name in ("GREEN 1", "GREEN 2"))
    drag(room, QPoint(place.right() + 10, place.center().y()), 0, goal.center())
    settle(room, qtbot, desk)
    assert [link.before_id for link in room.model.links_of(row_of(room, "GREEN 2"))]


def test_that_keys_link_tasks_and_take_links_away(room, qtbot, desk):
    go(room, "WATER 1")
    press(room, Qt.Key.Key_L)
    assert "waits for" in room.tools.said
    go(room, "WATER 2")
    press(room, Qt.Key.Key_L)
    settle(room, qtbot, desk)
    assert len(room.model.links_of(row_of(room, "WATER 2"))) == 1
    press(room, Qt.Key.Key_Delete)
    settle(room, qtbot, desk)
    assert not room.model.links_of(row_of(room, "WATER 2"))


def test_that_a_circle_is_refused_with_the_reason(room, qtbot, desk):
    go(room, "GREEN 1")
    press(room, Qt.Key.Key_L)
    go(room, "GREEN 0")
    press(room, Qt.Key.Key_L)
    settle(room, qtbot, desk)
    said = room.message.accessibleName()
    assert room.message.isVisible() and "GREEN 0" in said and "GREEN 1" in said
    assert len(room.model.links_of(row_of(room, "GREEN 0"))) == 1


def test_that_of_several_links_the_user_says_which_goes(room, qtbot, desk):
    go(room, "GREEN 1")
    press(room, Qt.Key.Key_L)
    go(room, "GREEN 2")
    press(room, Qt.Key.Key_L)
    settle(room, qtbot, desk)
    go(room, "GREEN 1")
    press(room, Qt.Key.Key_Delete)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(one for one in menu.actions() if "GREEN 2" in one.text())
    menu.triggered.emit(action)
    menu.close()
    settle(room, qtbot, desk)
    assert len(room.model.links_of(row_of(room, "GREEN 1"))) == 1
    assert not room.model.links_of(row_of(room, "GREEN 2"))


def test_that_tasks_of_two_projects_cannot_be_linked(room, qtbot, desk):
    go(room, "GREEN 1")
    press(room, Qt.Key.Key_L)
    go(room, "WATER 1")
    press(room, Qt.Key.Key_L)
    settle(room, qtbot, desk)
    assert len(room.model.links_of(row_of(room, "WATER 1"))) == 1


def test_that_arrows_open_and_close_and_what_is_current_stays_so(room):
    go(room, "WATER")
    press(room, Qt.Key.Key_Left)
    assert "WATER 0" not in [bar.name for bar in room.view.scene.chart.rows]
    assert room.view.scene.chart.rows[room.view.row].name == "WATER"
    assert "closed" in room.view.accessibleDescription() or room.model.sentence(room.view.row).endswith("closed")
    press(room, Qt.Key.Key_Right)
    assert "WATER 0" in [bar.name for bar in room.view.scene.chart.rows]
    room.model.open_all(False)
    assert len(room.view.scene.chart.rows) == 2


def test_that_enter_and_double_click_open_what_the_row_is(room, qtbot):
    go(room, "GREEN 1")
    with qtbot.waitSignal(room.opened) as heard:
        press(room, Qt.Key.Key_Return)
    assert heard.args[0] == "task" and heard.args[2] == room.selected[0]
    place = room.view.place_of(row_of(room, "WATER"))
    with qtbot.waitSignal(room.opened) as heard:
        QTest.mouseDClick(room.view.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    assert heard.args[0] == "project"


def test_that_the_wheel_zooms_at_the_pointer_and_the_strip_follows(room):
    view = room.view
    at = QPointF(view.names_width + 300, 200)
    before, day = view.axis.per_day, view.axis.day(300)
    event = QWheelEvent(at, QPointF(view.viewport().mapToGlobal(at.toPoint())), QPoint(), QPoint(0, 240),
                        Qt.MouseButton.NoButton, CONTROL, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(view.viewport(), event)
    assert view.axis.per_day == pytest.approx(before * 1.25**2)
    assert view.axis.day(300) == pytest.approx(day, abs=0.01)
    for _ in range(30):
        press(room, Qt.Key.Key_Minus)
    assert room.tools.scale.value == "year" and room.tools.slider.value() < 20
    room.tools.slider.setValue(150)
    assert view.axis.per_day > 2
    room.tools.scale.chosen.emit("quarter")
    assert view.axis.per_day == pytest.approx(SCALES["quarter"])


def test_that_dragging_the_ground_takes_the_time_along(room):
    view = room.view
    start = view.axis.start
    drag(room, QPoint(round(view.names_width) + 400, 560), 100)
    assert view.axis.start == pytest.approx(start - 100 / view.axis.per_day, abs=0.2)
    press(room, Qt.Key.Key_T)
    assert 0 < view.axis.x(TODAY.toordinal()) < view.lanes_width


@pytest.mark.parametrize(("by", "names"), [
    ("partner", ["Universidad de Chile", "Universität Zürich", "No partner"]),
    ("country", ["Chile", "Switzerland", "No country"]), ("programme", ["No programme"]),
    ("owner", ["Ada Berg", "Nobody responsible"])])
def test_that_lanes_are_made_of_partners_countries_programmes_and_owners(room, qtbot, desk, by, names):
    room.turn("agreements", True)
    settle(room, qtbot, desk)
    room.set_lanes(by)
    rows = room.view.scene.chart.rows
    assert [bar.name for bar in rows if bar.shape == "group"] == names
    inside = [bar.name for bar in rows if bar.shape in ("project", "agreement")]
    assert inside.count("GREEN") == (2 if by in ("partner", "country") else 1) and "MoU" in inside


def test_that_the_table_has_the_same_facts_and_is_sorted_by_any_column(room):
    room.turn("table", True)
    lines = room.twin.lines.lines
    assert len(lines) == 14 and room.twin.isVisible()
    late = next(line for line in lines if line.name == "M1")
    assert (late.late, late.last, late.within) == (13, on(-13), "GREEN › WP1 Work")
    assert next(line for line in lines if line.name == "GREEN 1").waits_for == "GREEN 0"
    room.twin.sort_by(0)
    names = [line.name.casefold() for line in room.twin.lines.lines]
    assert names == sorted(names)
    room.twin.sort_by(0)
    assert [line.name.casefold() for line in room.twin.lines.lines] == sorted(names, reverse=True)
    room.twin.sort_by(0)
    assert [line.name for line in room.twin.lines.lines][:2] == ["GREEN", "WP1 Work"]
    room.twin.sort_by(6)
    assert room.twin.lines.lines[0].late == 13


def test_that_the_card_says_what_a_bar_is_and_goes_with_the_pointer(room, qtbot):
    row = row_of(room, "GREEN 1")
    place = room.view.place_of(row)
    QTest.mouseMove(room.view.viewport(), place.center())
    qtbot.waitUntil(room.card.isVisible)
    assert room.card.name.text() == "GREEN 1" and "Waits for GREEN 0" in room.card.facts.text()
    QTest.mouseMove(room.view.viewport(), QPoint(place.center().x(), 570))
    assert not room.card.isVisible()


def test_that_one_project_is_shown_alone_until_all_are_wanted_again(room, qtbot, desk):
    go(room, "WATER")
    room.view.asked.emit(room.view.row, QPoint(10, 10))
    menu = QApplication.activePopupWidget()
    menu.triggered.emit(next(one for one in menu.actions() if one.text() == "Show this project alone"))
    menu.close()
    settle(room, qtbot, desk)
    assert {bar.name for bar in room.view.scene.chart.rows if bar.shape == "project"} == {"WATER"}
    assert "Only WATER" in room.message.accessibleName()
    room.message.acted.emit("everything")
    settle(room, qtbot, desk)
    assert len(room.view.scene.chart.rows) == 14 and not room.message.isVisible()


def test_that_the_line_beside_the_names_is_dragged_and_remembered(room, desk, qtbot, tmp_path):
    wide = room.view.names_width
    drag(room, QPoint(round(wide), 300), -80)
    assert room.view.names_width == pytest.approx(wide - 80, abs=2)
    other = TimelineRoom(desk, local=Local(tmp_path / "settings.ini"))
    qtbot.addWidget(other)
    other.resize(1100, 600)
    with qtbot.waitActive(other):
        other.show()
    assert other.view.names_width == pytest.approx(wide - 80, abs=2)


def test_that_a_read_only_office_is_only_looked_at(room, qtbot, desk):
    room.view.editable = False
    go(room, "GREEN 0")
    press(room, Qt.Key.Key_Right, CONTROL)
    assert not room.view.busy
    drag(room, room.view.place_of(row_of(room, "GREEN 0")).center(), 60)
    settle(room, qtbot, desk)
    assert span(room, "GREEN 0") == (0, 19)


def test_that_a_wish_is_remembered_on_this_computer(room, desk, qtbot, tmp_path):
    room.set_lanes("country")
    room.turn("baseline", False)
    room.view.set_scale("quarter")
    other = TimelineRoom(desk, local=Local(tmp_path / "settings.ini"))
    qtbot.addWidget(other)
    assert other.model.by == "country" and not other.view.show_baseline
    assert other.view.axis.scale == pytest.approx(SCALES["quarter"], rel=1e-3)


def test_that_bars_lie_at_the_other_side_where_writing_does_and_arrows_keep_their_sense(room, qtbot, desk):
    room.view.set_scale("week")
    left = room.view.place_of(row_of(room, "GREEN 0")).left()
    room.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    place = room.view.place_of(row_of(room, "GREEN 0"))
    assert abs(place.right() - (room.view.viewport().width() - left)) <= 2
    drag(room, place.center(), -40)
    settle(room, qtbot, desk)
    assert span(room, "GREEN 0") == (5, 24)
    go(room, "GREEN 0")
    press(room, Qt.Key.Key_Left, CONTROL)
    room.view.settle()
    settle(room, qtbot, desk)
    assert span(room, "GREEN 0") == (6, 25)


def test_that_everything_grows_with_the_size_of_text(room, qapp):
    days = room.view.axis.scale
    apply_theme(qapp, "dark", 200)
    assert room.view.scene.lane == 64 and room.view.axis.scale == pytest.approx(days)
    assert tokens.scale() == 2.0
    room.grab()
    apply_theme(qapp, "light", 100)


@pytest.mark.parametrize("ending", [".pdf", ".svg", ".png"])
def test_that_the_timeline_is_saved_as_what_its_name_says(room, qtbot, desk, tmp_path, ending):
    saver = PictureSaver(room, desk, room.view.scene, room.view.head_words())
    path = Path(tmp_path / f"plan{ending}")
    with qtbot.waitSignal(saver.told) as heard:
        saver.save(str(path))
    assert heard.args[0] == "info"
    begin = {".pdf": b"%PDF", ".svg": b"<?xml", ".png": b"\x89PNG"}[ending]
    assert path.read_bytes().startswith(begin)


@pytest.fixture
def timeline(drive, office_file):
    driven = drive(office_file)
    driven.house.go("projects")
    driven.settle()
    page = driven.window.page
    page.show_mode("timeline")
    driven.qtbot.waitUntil(lambda: bool(page.room.view.scene.chart.rows) and driven.house.desk.idle)
    page.room.view.setFocus()
    return driven, page


def projects(driven):
    found = []
    driven.house.desk.ask(lambda reader: reader.find(Project), found.append)
    driven.qtbot.waitUntil(lambda: bool(found))
    return {one.acronym for one in found[0] if not one.deleted_at}


def test_that_delete_on_a_task_never_takes_its_project_but_on_a_project_it_does(timeline):
    driven, page = timeline
    before, view = projects(driven), page.room.view
    view.select(next(row for row, bar in enumerate(view.scene.chart.rows) if bar.shape == "milestone"))
    driven.keys("<Del>")
    driven.settle()
    assert projects(driven) == before
    view.select(0)
    driven.keys("<Del>")
    driven.settle()
    assert len(projects(driven)) == len(before) - 1


def test_that_enter_opens_the_form_beside_the_timeline_and_escape_closes_it(timeline):
    driven, page = timeline
    view = page.room.view
    view.select(next(row for row, bar in enumerate(view.scene.chart.rows) if bar.shape == "project"))
    driven.keys("<Return>")
    driven.settle()
    assert page.detail.isVisible() and page.detail.record_id == page.selected[0]
    driven.keys("<Escape>")
    driven.settle()
    assert not page.detail.isVisible() and view.isVisible()


def test_that_the_filter_of_the_list_narrows_the_timeline_and_the_way_is_remembered(timeline):
    driven, page = timeline
    assert {bar.name for bar in page.room.view.scene.chart.rows if bar.shape == "project"} == projects(driven)
    page.show_line("status:finished")
    driven.settle()
    shown = [bar.name for bar in page.room.view.scene.chart.rows if bar.shape == "project"]
    assert shown and len(shown) < len(projects(driven))
    assert driven.local.note("projects/mode") == "timeline"
