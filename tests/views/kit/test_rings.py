"""The focus ring of every control is seen whole, in light and dark."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon
from partnerdesk.views.kit.buttons import Button, IconButton
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, LineEditor, TextEditor
from partnerdesk.views.kit.pickerfield import PickerField
from partnerdesk.views.kit.segmented import Segmented
from partnerdesk.views.kit.style import apply_theme
from partnerdesk.views.kit.tabs import Tab, Tabs

MAKERS = {
    "primary button": lambda: Button("Save", "primary"),
    "secondary button": lambda: Button("Cancel"),
    "quiet button": lambda: Button("Clear", "quiet"),
    "link": lambda: Button("Add a code", "link"),
    "icon button": lambda: IconButton(Icon.PRINT, "Print"),
    "line": LineEditor,
    "text": TextEditor,
    "choice": lambda: ChoiceEditor([("a", "A"), ("b", "B")]),
    "picker": lambda: PickerField(()),
    "date": LenientDateField,
    "tick": lambda: QCheckBox("Confidential"),
    "segments": lambda: Segmented("Theme", [("light", "Light"), ("dark", "Dark")]),
    "tabs": lambda: Tabs("Views", [Tab("all", "All"), Tab("mine", "Mine")], inset=16),
}


@pytest.fixture(params=["light", "dark"])
def theme(request, qapp):
    apply_theme(qapp, request.param, 100)
    yield tokens.current()
    apply_theme(qapp, "light", 100)


@pytest.mark.parametrize("name", MAKERS)
def test_that_focus_by_keyboard_draws_a_ring_that_nothing_cuts(name, theme, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    before, control = Button("Before"), MAKERS[name]()
    column.addWidget(before)
    column.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft)
    column.addStretch()
    window.resize(360, 220)
    with qtbot.waitActive(window):
        window.show()
    before.setFocus(Qt.FocusReason.OtherFocusReason)
    control.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.wait(1)
    rows, columns = ring(window, control, theme.focus)
    assert rows and columns, "no ring"
    upper, lower, left, right = min(rows), max(rows), min(columns), max(columns)
    assert longest(rows, upper, 1) >= 6 and longest(rows, lower, -1) >= 6, "upper or lower side is cut"
    assert longest(columns, left, 1) >= 6 and longest(columns, right, -1) >= 6, "left or right side is cut"


def longest(counts, outermost, inwards):
    """The longest of the lines in which a side of a ring may lie, its blurred edge aside."""
    return max(counts.get(outermost + inwards * n, 0) for n in range(3))


def ring(window, control, color):
    """How many pixels have the ring's colour, by row and by column, around a control."""
    picture = window.grab().toImage()
    corner = control.mapTo(window, QPoint(0, 0))
    rows, columns = {}, {}
    for y in range(max(0, corner.y() - 5), min(picture.height(), corner.y() + control.height() + 5)):
        for x in range(max(0, corner.x() - 5), min(picture.width(), corner.x() + control.width() + 5)):
            if picture.pixelColor(x, y) == color:
                rows[y] = rows.get(y, 0) + 1
                columns[x] = columns.get(x, 0) + 1
    return rows, columns
