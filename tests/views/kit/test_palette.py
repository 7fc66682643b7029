"""The command palette: everything found in one box, run with Enter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMainWindow

from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon
from partnerdesk.views.kit.commands import Command, Registry
from partnerdesk.views.kit.palette import CommandSource, Hit, HitsModel, Palette, ProviderSource


class Desk(QMainWindow):
    """A window with commands, partners that answer when told to, and a note of what ran."""

    def __init__(self):
        super().__init__()
        self.ran, self.asked = [], []
        self.registry = Registry(parent=self)
        self.registry.add(Command("print", "Print summary of Universität Zürich", self.print, keys=("Ctrl+P",)), self)
        self.registry.add(Command("new", "New partner", self.print), self)
        self.registry.add(Command("merge", "Merge into Zürich", self.print, enabled=self.never), self)
        self.registry.add(Command("quiet", "Zürich quietly", self.print, in_palette=False), self)

    def print(self):
        self.ran.append("print")

    def never(self):
        return False

    def open_first(self):
        self.ran.append("open UZH")

    def find(self, typed, reply):
        self.asked.append((typed, reply))

    def hits(self):
        return [
            Hit("uzh", "Universität Zürich", self.open_first, "Zürich · UZH", Icon.PARTNERS),
            Hit("eth", "ETH Zürich", self.open_first, "Zürich · ETHZ", Icon.PARTNERS),
        ]


@pytest.fixture
def desk(qtbot):
    desk = Desk()
    desk.resize(900, 600)
    qtbot.addWidget(desk)
    with qtbot.waitActive(desk):
        desk.show()
    return desk


def opened(desk):
    palette = Palette(desk, [ProviderSource("Partners", desk.find), CommandSource("Commands", desk.registry)])
    palette.open_over(desk)
    return palette


def rows(palette):
    return [palette.model.index(row).data() for row in range(palette.model.rowCount())]


def search(qtbot, desk, palette, typed):
    qtbot.keyClicks(palette.input, typed)
    qtbot.waitUntil(lambda: desk.asked[-1][0] == typed)
    desk.asked[-1][1](desk.hits())


def test_that_records_and_possible_commands_stand_in_their_groups(qtbot, desk):
    palette = opened(desk)
    assert rows(palette) == ["Commands", "Print summary of Universität Zürich", "New partner"]
    search(qtbot, desk, palette, "zur")
    assert rows(palette) == [
        "Partners",
        "Universität Zürich",
        "ETH Zürich",
        "Commands",
        "Print summary of Universität Zürich",
    ]


def test_that_arrows_walk_over_groups_and_round(qtbot, desk):
    palette = opened(desk)
    search(qtbot, desk, palette, "zur")
    seen = []
    for _ in range(4):
        seen.append(palette.list.currentIndex().data())
        qtbot.keyClick(palette.input, Qt.Key.Key_Down)
    assert seen == ["Universität Zürich", "ETH Zürich", "Print summary of Universität Zürich", "Universität Zürich"]
    qtbot.keyClick(palette.input, Qt.Key.Key_Up)
    qtbot.keyClick(palette.input, Qt.Key.Key_Up)
    assert palette.list.currentIndex().data() == "Print summary of Universität Zürich"


def test_that_enter_closes_and_runs(qtbot, freed, desk):
    palette = opened(desk)
    search(qtbot, desk, palette, "zur")
    qtbot.keyClick(palette.input, Qt.Key.Key_Return)
    freed(palette)
    assert desk.ran == ["open UZH"]


def test_that_a_click_on_a_hit_runs_and_on_a_head_does_nothing(qtbot, freed, desk):
    palette = opened(desk)
    head, hit = (palette.list.visualRect(palette.model.index(row)).center() for row in (0, 1))
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=head)
    assert palette.isVisible()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=hit)
    freed(palette)
    assert desk.ran == ["print"]


def test_that_esc_closes_without_running(qtbot, freed, desk):
    palette = opened(desk)
    qtbot.keyClick(palette.input, Qt.Key.Key_Escape)
    freed(palette)
    assert desk.ran == []


def test_that_a_group_answering_late_does_not_move_the_row_walked_to(qtbot, desk):
    palette = opened(desk)
    qtbot.keyClick(palette.input, Qt.Key.Key_Down)
    assert palette.list.currentIndex().data() == "New partner"
    desk.asked[-1][1](desk.hits())
    assert rows(palette)[0] == "Partners"
    assert palette.list.currentIndex().data() == "New partner"


def test_that_an_answer_to_an_older_question_is_passed_over(qtbot, freed, desk):
    palette = opened(desk)
    older = desk.asked[-1][1]
    search(qtbot, desk, palette, "zur")
    older([Hit("old", "Old answer", desk.open_first)])
    assert "Old answer" not in rows(palette)
    latest = desk.asked[-1][1]
    palette.close()
    freed(palette)
    latest(desk.hits())


def test_that_its_measures_are_those_of_the_look_and_it_is_named(desk):
    palette = opened(desk)
    assert palette.width() == 560
    assert palette.input.height() == 45
    assert palette.input.font().pixelSize() == 15
    assert palette.accessibleName() and palette.input.accessibleName() and palette.list.accessibleName()
    assert palette.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole).endswith("Ctrl P")


def test_that_it_fits_a_narrow_window_at_double_size(desk):
    tokens.set_current(tokens.light(), 200)
    try:
        palette = opened(desk)
        assert palette.width() <= desk.width()
        assert palette.list.visualRect(palette.model.index(1)).height() == 68
    finally:
        tokens.set_current(tokens.light(), 100)


def test_that_the_model_keeps_the_rules_of_models(qapp):
    model = HitsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_groups([("Partners", [Hit("a", "A", print)]), ("Stays", [])], "a")
    assert tester.model() is model
    assert (model.rowCount(), model.hit(0), model.hit_rows()) == (2, None, [1])
