"""A room that scrolls down, whose scroll bar stands in the padding instead of pushing the contents aside."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from partnerdesk.look import tokens
from partnerdesk.views.kit.layouts import Column

BAR = 10


class ScrollRoom(QScrollArea):
    """Never scrolls sideways; a body laid out by a `Column` keeps its width when the bar comes and goes."""

    def __init__(self, body: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if body is not None:
            self.setWidget(body)
            self.viewport().setAutoFillBackground(False)
            body.setAutoFillBackground(False)
        self.verticalScrollBar().rangeChanged.connect(self._make_way)
        tokens.watch().changed.connect(self._make_way)

    @Slot()
    def _make_way(self) -> None:
        body = self.widget()
        layout = body.layout() if body is not None else None
        if isinstance(layout, Column):
            layout.give_way(BAR if self.verticalScrollBar().maximum() > 0 else 0)
