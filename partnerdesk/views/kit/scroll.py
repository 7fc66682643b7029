"""A room that scrolls down, whose scroll bar stands over the padding instead of pushing the contents aside."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

BAR = 10


class ScrollRoom(QScrollArea):
    """Never scrolls sideways; a body keeps its width when the bar comes and goes."""

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
        self.verticalScrollBar().rangeChanged.connect(self._reach_under)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._reach_under()

    @Slot()
    def _reach_under(self) -> None:
        """Let the contents reach under the scroll bar, on whichever side it stands."""
        under = -BAR if self.verticalScrollBar().maximum() > 0 else 0
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            self.setViewportMargins(under, 0, 0, 0)
        else:
            self.setViewportMargins(0, 0, under, 0)
