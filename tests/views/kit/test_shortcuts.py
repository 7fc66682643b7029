"""The shortcut sheet: exactly what the registry knows."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow

from partnerdesk.views.kit.commands import Command, Registry
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.shortcuts import KeyCaps, KeyLine, ShortcutSheet, key_lines


def done():
    return None


def window(qtbot):
    made = QMainWindow()
    made.resize(900, 700)
    qtbot.addWidget(made)
    made.registry = Registry(parent=made)
    made.registry.add(Command("print", "Print", done, keys=("Ctrl+P",), group="File"), made)
    made.registry.add(Command("new", "New partner", done, keys=("Ctrl+N",), group="Record"), made)
    made.registry.add(Command("export", "Export", done, keys=("Ctrl+E",), group="File"), made)
    made.registry.add(Command("about", "About", done, group="Help"), made)
    with qtbot.waitActive(made):
        made.show()
    return made


def test_that_lines_are_grouped_and_only_of_commands_with_keys(qtbot):
    made = window(qtbot)
    more = [KeyLine("In a date field", "Today", "Ctrl ;")]
    assert key_lines(made.registry, more) == [
        KeyLine("File", "Print", "Ctrl P"),
        KeyLine("File", "Export", "Ctrl E"),
        KeyLine("Record", "New partner", "Ctrl N"),
        KeyLine("In a date field", "Today", "Ctrl ;"),
    ]


def test_that_the_sheet_shows_every_line_and_esc_frees_it(qtbot, freed):
    made = window(qtbot)
    sheet = ShortcutSheet(made, key_lines(made.registry))
    sheet.open()
    words = [label.text() for label in sheet.findChildren(Words)]
    assert {"Keyboard shortcuts", "File", "Record", "Print", "Export", "New partner"} == set(words)
    assert {caps.accessibleName() for caps in sheet.findChildren(KeyCaps)} == {"Ctrl P", "Ctrl E", "Ctrl N"}
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    freed(sheet)
