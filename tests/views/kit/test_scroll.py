"""The contents keep their width when the scroll bar comes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from partnerdesk.views.kit.editors import LineEditor
from partnerdesk.views.kit.layouts import Column
from partnerdesk.views.kit.scroll import ScrollRoom
from partnerdesk.views.kit.style import apply_theme


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_that_the_scroll_bar_stands_in_the_padding(qapp, qtbot, direction):
    apply_theme(qapp, "light", 100)
    body = QWidget()
    column = Column(body, 16)
    line = LineEditor()
    line.setAccessibleName("Name")
    column.addWidget(line)
    column.addStretch(1)
    room = ScrollRoom(body)
    room.setLayoutDirection(direction)
    qtbot.addWidget(room)
    room.resize(300, 200)
    room.show()
    left, wide = line.mapTo(room, line.rect().topLeft()).x(), line.width()
    body.setMinimumHeight(600)
    qtbot.waitUntil(lambda: room.verticalScrollBar().maximum() > 0)
    qtbot.waitUntil(lambda: line.width() == wide)
    assert line.mapTo(room, line.rect().topLeft()).x() == left
