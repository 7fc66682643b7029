"""Rows and columns whose margins and gaps follow the user's text size."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.tokens import px

Margins = tuple[int, int, int, int] | int


class Column(QVBoxLayout):
    """Things beneath each other; `margins` (one, or left, top, right, bottom) and `gap` at 100 %."""

    def __init__(self, parent: QWidget | None = None, margins: Margins = 0, gap: int = 0) -> None:
        super().__init__()
        if parent is not None:
            parent.setLayout(self)
        self._margins = _four(margins)
        self._gap = gap
        self._fit()
        tokens.watch().changed.connect(self._fit)

    @Slot()
    def _fit(self) -> None:
        self.setContentsMargins(*(px(side) for side in self._margins))
        self.setSpacing(px(self._gap))


class Row(QHBoxLayout):
    """Things beside each other; `margins` (one, or left, top, right, bottom) and `gap` at 100 %."""

    def __init__(self, parent: QWidget | None = None, margins: Margins = 0, gap: int = 8) -> None:
        super().__init__()
        if parent is not None:
            parent.setLayout(self)
        self._margins = _four(margins)
        self._gap = gap
        self._fit()
        tokens.watch().changed.connect(self._fit)

    @Slot()
    def _fit(self) -> None:
        self.setContentsMargins(*(px(side) for side in self._margins))
        self.setSpacing(px(self._gap))


def _four(margins: Margins) -> tuple[int, int, int, int]:
    return (margins, margins, margins, margins) if isinstance(margins, int) else margins
