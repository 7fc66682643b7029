"""The command registry: one place for labels, keys and states."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QMainWindow, QMenu, QPushButton, QVBoxLayout, QWidget

from partnerdesk.look.icons import Icon
from partnerdesk.views.kit.commands import Collision, Command, Registry, keys_text


class Desk(QMainWindow):
    """A window with two pages, and a note of what was done."""

    def __init__(self):
        super().__init__()
        self.done = []
        self.can_undo = False
        self.middle = QWidget(self)
        self.setCentralWidget(self.middle)
        column = QVBoxLayout(self.middle)
        self.list_page, self.other_page = QLineEdit(self), QLineEdit(self)
        column.addWidget(self.list_page)
        column.addWidget(self.other_page)
        self.registry = Registry(self.flush, self)

    def flush(self):
        self.done.append("flush")

    def new(self):
        self.done.append("new")

    def new_other(self):
        self.done.append("new other")

    def undo(self):
        self.done.append("undo")

    def undoable(self):
        return self.can_undo

    def undo_label(self):
        return "Undo: delete Kyoto University" if self.can_undo else "Undo"


def desk(qtbot):
    window = Desk()
    qtbot.addWidget(window)
    new = QKeySequence.StandardKey.New
    window.registry.add(
        Command("partners.new", "New partner", window.new, Icon.ADD, (new,), "partners"), window.list_page
    )
    window.registry.add(
        Command("other.new", "New other", window.new_other, keys=(new,), scope="other"), window.other_page
    )
    window.registry.add(
        Command("undo", window.undo_label, window.undo, keys=("Ctrl+U",), enabled=window.undoable, stays=True), window
    )
    window.registry.add(Command("merge", "Merge", window.undo, keys=("Ctrl+M",), enabled=window.undoable), window)
    with qtbot.waitActive(window):
        window.show()
    return window


def test_that_a_key_runs_the_command_of_the_page_that_has_the_focus(qtbot):
    window = desk(qtbot)
    window.list_page.setFocus()
    qtbot.keyClick(window.list_page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    window.other_page.setFocus()
    qtbot.keyClick(window.other_page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert [word for word in window.done if word != "flush"] == ["new", "new other"]


def test_that_every_command_first_commits_the_field_being_edited(qtbot):
    window = desk(qtbot)
    window.registry.run("partners.new")
    assert window.done == ["flush", "new"]
    window.done.clear()
    window.registry.action("partners.new").trigger()
    assert window.done == ["flush", "new"]


def test_that_what_cannot_work_is_hidden_or_greyed_when_it_stays(qtbot):
    window = desk(qtbot)
    undo, merge = window.registry.action("undo"), window.registry.action("merge")
    assert (undo.isVisible(), undo.isEnabled(), undo.text()) == (True, False, "Undo")
    assert not merge.isVisible()
    assert not window.registry.run("merge")
    window.can_undo = True
    window.registry.refresh()
    assert (undo.isEnabled(), undo.text()) == (True, "Undo: delete Kyoto University")
    assert merge.isVisible()


def test_that_a_menu_asks_again_each_time_it_opens(qtbot):
    window = desk(qtbot)
    menu = QMenu(window)
    window.registry.fill_menu(menu, ["undo", None, "merge"])
    window.can_undo = True
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions() if action.isVisible() and action.text()] == [
        "Undo: delete Kyoto University",
        "Merge",
    ]


def test_that_a_bound_button_has_name_tooltip_with_key_and_runs(qtbot):
    window = desk(qtbot)
    button = QPushButton(window.middle)
    window.middle.layout().addWidget(button)
    window.registry.bind_button(button, "partners.new")
    assert button.accessibleName() == button.text() == "New partner"
    assert "Ctrl N" in button.toolTip()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.done == ["flush", "new"]
    hidden = QPushButton(window.middle)
    window.registry.bind_button(hidden, "merge", text=False)
    assert hidden.isHidden()


def test_that_equal_keys_collide_only_where_one_scope_holds_the_other(qtbot):
    window = desk(qtbot)
    assert window.registry.collisions() == []
    window.registry.add(
        Command("partners.row", "Row", window.new, keys=("Ctrl+U", "Ctrl+N"), scope="partners.list"), window
    )
    assert window.registry.collisions() == [
        Collision("Ctrl+N", "partners.new", "partners.row"),
        Collision("Ctrl+U", "undo", "partners.row"),
    ]


def test_that_a_command_of_a_page_not_on_the_screen_is_not_offered(qtbot):
    window = desk(qtbot)
    assert [command.id for command in window.registry.runnable()] == ["partners.new", "other.new"]
    window.other_page.hide()
    assert [command.id for command in window.registry.runnable()] == ["partners.new"]


def test_that_the_commands_of_a_freed_page_are_forgotten(qtbot, freed):
    window = desk(qtbot)
    window.other_page.deleteLater()
    freed(window.other_page)
    assert [command.id for command in window.registry.commands()] == ["partners.new", "undo", "merge"]
    window.registry.remove("merge")
    assert [command.id for command in window.registry.commands()] == ["partners.new", "undo"]


def test_that_two_commands_cannot_share_a_name(qtbot):
    window = desk(qtbot)
    try:
        window.registry.add(Command("undo", "Undo", window.undo), window)
    except ValueError as error:
        assert "undo" in str(error)
    else:
        raise AssertionError("the second was taken")


def test_that_keys_read_as_in_a_menu():
    assert keys_text(QKeySequence("Ctrl+Shift+P")) == "Ctrl Shift P"
    assert keys_text(QKeySequence("Ctrl++")) == "Ctrl +"
