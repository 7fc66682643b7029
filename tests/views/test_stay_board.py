"""The board of stays driven by keys and by dragging: each move is a deed with its rules."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from partnerdesk.domain.agreements import Document
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.phases import EXITS, PATH, Phase
from partnerdesk.domain.stays import Override, Stay
from partnerdesk.domain.words import Text
from partnerdesk.services.office import create_file
from partnerdesk.views.kit.commands import Registry
from partnerdesk.views.kit.labels import Pane
from partnerdesk.views.kit.layouts import Column
from partnerdesk.views.kit.style import apply_theme
from partnerdesk.views.local import Local
from partnerdesk.views.stay_board import LEAST_WIDTH, StayBoard
from partnerdesk.views.stay_drag import ids_of, mime_of

TODAY = date(2026, 3, 2)
pytestmark = pytest.mark.usefixtures("stopped_clock")
_Left, _None = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def fill(unit):
    """Twelve outgoing stays of the free-mover kind: eight nominated, two accepted, two preparing."""
    home = unit.add(Institution(name="Northbridge", is_home=True)).id
    partner = unit.add(Institution(name="Universidad de Chile", country="CL")).id
    ways = [("nomination", "pending")] * 8 + [("nomination", "verified")] * 2 + [("live", "verified")] * 2
    made = []
    for n, (sending, receiving) in enumerate(ways):
        person = unit.add(Person(given_names="Ana", family_name=f"Diallo {n}")).id
        made.append(unit.add(Stay(
            person_id=person, sending_id=home, receiving_id=partner, programme="free-mover", sending_status=sending,
            receiving_status=receiving, nominated_on=TODAY, selected_on=TODAY,
            planned_from=TODAY + timedelta(days=n), planned_to=TODAY + timedelta(days=200 + n))).id)
    unit.add(Document(stay_id=made[10], kind="insurance", stage="departure", mandatory=True, state="required"))
    return made


class Board:
    """The board in a window of its own."""

    def __init__(self, qtbot, desk, folder, size):
        self.qtbot, self.desk = qtbot, desk
        self.window = Pane("surface")
        self.registry = Registry()
        self.board = StayBoard(desk, self.registry, self.window, local=Local(folder / "settings.ini"))
        Column(self.window).addWidget(self.board)
        self.window.resize(*size)
        self.opened, self.chosen = [], []
        self.board.opened.connect(self.opened.append)
        self.board.selection_changed.connect(self.chosen.append)
        qtbot.addWidget(self.window)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.board.set_query(ListQuery())
        self.settle()

    def settle(self):
        for _ in range(3):
            QTest.qWait(1)
            self.qtbot.waitUntil(lambda: self.desk.idle)

    def cards(self, phase):
        return self.board.column(phase).cards

    def ids(self, phase):
        return [card.id for card in self.board.model.column(phase).cards]

    def click(self, phase, row, modifiers=_None):
        cards = self.cards(phase)
        QTest.mouseClick(cards.viewport(), _Left, modifiers, cards.visualRect(cards.column.index(row)).center())

    def key(self, key, modifiers=_None):
        QTest.keyClick(QApplication.focusWidget(), key, modifiers)
        self.settle()

    def drop(self, ids, phase):
        """Carry stays over a column and let go there, as the platform tells the column of it."""
        column, data, at = self.board.column(phase), mime_of(ids), QPointF(40, 120)
        move = Qt.DropAction.MoveAction
        for event in (QDragEnterEvent(at.toPoint(), move, data, _Left, _None),
                      QDragMoveEvent(at.toPoint(), move, data, _Left, _None)):
            QApplication.sendEvent(column, event)
        accepted = event.isAccepted()
        if accepted:
            QApplication.sendEvent(column, QDropEvent(at, move, data, _Left, _None))
        self.settle()
        return accepted


@pytest.fixture
def stays(qtbot, desk, tmp_path):
    answers = []
    desk.adopt(create_file(tmp_path / "office.partnerdesk"))
    desk.do(Deed(Text("fill"), fill), answers.append)
    qtbot.waitUntil(lambda: bool(answers) and desk.idle)
    return answers[0]


@pytest.fixture
def shown(qtbot, qapp, desk, stays, tmp_path):
    apply_theme(qapp, "light", 100)
    return Board(qtbot, desk, tmp_path, (1280, 700))


def test_that_the_way_of_a_stay_has_columns_and_exits_only_where_somebody_took_one(shown, stays):
    assert shown.board.phases == list(PATH)
    shown.click(Phase.NOMINATED, 0)
    shown.board.move_cards([stays[0]], Phase.WITHDRAWN, "Has changed plans")
    shown.settle()
    assert shown.board.phases == [*PATH, Phase.WITHDRAWN]


def test_that_a_card_put_down_on_another_column_goes_there_and_comes_back_with_undo(shown, stays):
    assert shown.drop([stays[0]], Phase.ACCEPTED)
    assert stays[0] in shown.ids(Phase.ACCEPTED)
    assert shown.board.selected == [stays[0]]
    shown.desk.undo()
    shown.settle()
    assert stays[0] in shown.ids(Phase.NOMINATED)
    shown.desk.redo()
    shown.settle()
    assert stays[0] in shown.ids(Phase.ACCEPTED)


def test_that_a_column_takes_nothing_that_is_there_already_and_nothing_foreign(shown, stays):
    assert not shown.drop([stays[0]], Phase.NOMINATED)
    data = mime_of([])
    data.setText("words")
    assert ids_of(data) == []


def test_that_a_drag_carries_the_selection_to_the_column_below_the_pointer(shown, stays, monkeypatch):
    shown.click(Phase.NOMINATED, 0)
    shown.click(Phase.NOMINATED, 1, Qt.KeyboardModifier.ControlModifier)
    cards, target, seen = shown.cards(Phase.NOMINATED), shown.board.column(Phase.ACCEPTED), []

    def carry(drag, _):
        """What the platform does while the pointer goes; without a screen it does nothing."""
        at, move = QPointF(60, 200), Qt.DropAction.MoveAction
        QApplication.sendEvent(target, QDragEnterEvent(at.toPoint(), move, drag.mimeData(), _Left, _None))
        seen.append((ids_of(drag.mimeData()), target.takes_now, drag.pixmap().isNull()))
        QApplication.sendEvent(target, QDropEvent(at, move, drag.mimeData(), _Left, _None))
        return move

    monkeypatch.setattr(QDrag, "exec", carry)
    start = cards.visualRect(cards.column.index(0)).center()
    for kind, at, button in ((QEvent.Type.MouseButtonPress, start, _Left),
                             (QEvent.Type.MouseMove, start + QPoint(6, 0), Qt.MouseButton.NoButton),
                             (QEvent.Type.MouseMove, start + QPoint(30, 4), Qt.MouseButton.NoButton)):
        everywhere = QPointF(cards.viewport().mapToGlobal(at))
        QApplication.sendEvent(cards.viewport(), QMouseEvent(kind, QPointF(at), everywhere, button, _Left, _None))
    shown.settle()
    assert seen == [(stays[:2], True, False)]
    assert not target.takes_now
    assert set(stays[:2]) <= set(shown.ids(Phase.ACCEPTED))
    assert shown.board.selected == stays[:2]


def test_that_arrows_walk_within_and_across_columns_and_return_opens(shown, stays):
    shown.click(Phase.NOMINATED, 0)
    shown.key(Qt.Key.Key_Down)
    assert shown.board.selected == [stays[1]]
    shown.key(Qt.Key.Key_Right)
    assert shown.board.selected == [stays[9]]
    shown.key(Qt.Key.Key_Right)
    assert shown.board.selected == [stays[11]]
    shown.key(Qt.Key.Key_Left)
    shown.key(Qt.Key.Key_Left)
    assert shown.board.selected == [stays[1]]
    shown.key(Qt.Key.Key_Return)
    assert shown.opened == [stays[1]]


def test_that_ctrl_and_an_arrow_move_the_card_and_keep_it_under_the_keyboard(shown, stays):
    shown.click(Phase.NOMINATED, 2)
    shown.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert stays[2] in shown.ids(Phase.ACCEPTED)
    assert shown.board.selected == [stays[2]]
    assert QApplication.focusWidget() is shown.cards(Phase.ACCEPTED)


def test_that_a_click_elsewhere_takes_the_selection_along_and_ctrl_adds_to_it(shown, stays):
    shown.click(Phase.NOMINATED, 0)
    shown.click(Phase.ACCEPTED, 0)
    assert shown.board.selected == [stays[8]]
    shown.click(Phase.NOMINATED, 3, Qt.KeyboardModifier.ControlModifier)
    assert shown.board.selected == [stays[3], stays[8]]
    assert shown.chosen[-1] == [stays[3], stays[8]]


def test_that_the_menu_moves_what_is_selected(shown, stays):
    shown.click(Phase.NOMINATED, 0)
    shown.board.open_move_menu()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    names = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert "Nominated" not in names
    next(action for action in menu.actions() if action.text() == "Accepted").trigger()
    menu.close()
    shown.settle()
    assert stays[0] in shown.ids(Phase.ACCEPTED)


def test_that_a_refusal_is_said_with_its_reason_and_the_card_stays(shown, stays):
    shown.drop([stays[0]], Phase.RECOGNISED)
    bar = shown.board.refusal
    assert bar.isVisible()
    assert stays[0] in shown.ids(Phase.NOMINATED)
    assert not bar.reason.isVisible() or bar.words
    assert bar.words


def test_that_a_block_that_can_be_passed_asks_for_a_reason_in_place(shown, stays):
    shown.drop([stays[10]], Phase.ABROAD)
    bar = shown.board.refusal
    assert bar.reason.isVisible()
    assert bar.reason.hasFocus()
    shown.key(Qt.Key.Key_Return)
    assert stays[10] not in shown.ids(Phase.ABROAD)
    QTest.keyClicks(bar.reason, "Insured through the host")
    shown.key(Qt.Key.Key_Return)
    assert stays[10] in shown.ids(Phase.ABROAD)
    assert not bar.isVisible()
    answers = []
    shown.desk.ask(lambda reader: [one.reason for one in reader.find(Override)], answers.append)
    shown.settle()
    assert "Insured through the host" in answers[0]


def test_that_what_another_desk_does_leaves_selection_and_scroll(shown, stays):
    cards = shown.cards(Phase.NOMINATED)
    cards.verticalScrollBar().setValue(130)
    at = cards.verticalScrollBar().value()
    assert at
    shown.click(Phase.NOMINATED, 2)
    shown.desk.do(Deed(Text("try"), lambda unit: unit.change(Stay, stays[6], None, receiving_status="verified")))
    shown.settle()
    assert stays[6] in shown.ids(Phase.ACCEPTED)
    assert shown.board.selected == [stays[2]]
    assert cards.verticalScrollBar().value() == at


def test_that_the_foot_says_how_many_lie_below_and_goes_on_to_them(shown, stays):
    column = shown.board.column(Phase.NOMINATED)
    below = column.cards.below
    assert 0 < below < 8
    column.more.click()
    assert column.cards.below < below


def test_that_chosen_phases_are_remembered(shown, qtbot, desk, tmp_path, stays):
    shown.board.set_phases([Phase.ABROAD, Phase.NOMINATED])
    assert shown.board.phases == [Phase.NOMINATED, Phase.ABROAD]
    again = Board(qtbot, desk, tmp_path, (1000, 600))
    assert again.board.phases == [Phase.NOMINATED, Phase.ABROAD]
    wide = [again.board.column(phase).width() for phase in again.board.phases]
    assert max(wide) - min(wide) <= 1


def test_that_columns_are_wide_enough_and_seven_at_most_stand_beside_each_other(shown, qtbot):
    for width, least in ((1000, LEAST_WIDTH), (1280, LEAST_WIDTH), (2200, 290)):
        shown.window.resize(width, 700)
        QTest.qWait(1)
        assert all(shown.board.column(phase).width() >= least for phase in shown.board.phases)


def test_that_phases_become_tabs_in_a_narrow_window(shown, stays):
    shown.window.resize(850, 600)
    shown.settle()
    seen = [phase for phase in shown.board.phases if shown.board.column(phase).isVisible()]
    assert len(seen) == 1
    shown.board.select([stays[8]])
    assert [phase for phase in shown.board.phases if shown.board.column(phase).isVisible()] == [Phase.ACCEPTED]
    assert shown.board.column(Phase.ACCEPTED).width() > 700


def test_that_filters_of_lists_hold_on_the_board(shown, stays):
    shown.board.set_query(ListQuery(filters=(Filter("starts", "<", ("3d",)),)))
    shown.settle()
    assert shown.ids(Phase.NOMINATED) == stays[:4]
    assert shown.board.model.hits == 4


def test_that_the_board_begins_at_the_first_phase_in_which_something_is_found(shown, stays):
    shown.window.resize(700 + 300, 600)
    shown.board.set_query(ListQuery(filters=(Filter("phase", ":", ("preparing",)),)))
    shown.settle()
    column = shown.board.column(Phase.PREPARING)
    left = column.mapTo(shown.board, QPoint(0, 0)).x()
    assert 0 <= left <= 40
    shown.window.resize(850, 600)
    shown.settle()
    shown.board.set_query(ListQuery(filters=(Filter("phase", ":", ("accepted",)),)))
    shown.settle()
    assert [phase for phase in shown.board.phases if shown.board.column(phase).isVisible()] == [Phase.ACCEPTED]


def test_that_nothing_moves_in_an_office_opened_for_reading(qtbot, qapp, desk, stays, tmp_path):
    path = desk.path
    desk.close()
    desk.open(path, read_only=True)
    qtbot.waitUntil(lambda: desk.is_open and desk.idle)
    shown = Board(qtbot, desk, tmp_path, (1280, 700))
    shown.click(Phase.NOMINATED, 0)
    shown.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    shown.board.move_cards([stays[0]], Phase.ACCEPTED)
    shown.settle()
    assert stays[0] in shown.ids(Phase.NOMINATED)


def test_that_every_exit_is_offered_for_a_move(shown, stays):
    shown.click(Phase.NOMINATED, 0)
    shown.board.open_move_menu()
    menu = QApplication.activePopupWidget()
    offered = {action.data() for action in menu.actions()}
    menu.close()
    assert {str(phase) for phase in EXITS} <= offered
