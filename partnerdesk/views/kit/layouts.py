"""Rows, columns and measures that follow the user's text size."""

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QStyle, QVBoxLayout, QWidget

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


class Measured(QObject):
    """Keeps fixed, least and most measures of a widget (px at 100 %) in step with the user's text size."""

    def __init__(
        self, widget: QWidget, *, width: int = 0, height: int = 0, width_min: int = 0, width_max: int = 0,
        height_min: int = 0,
    ) -> None:
        """A measure of 0 is left to the widget; the widget owns this."""
        super().__init__(widget)
        self._measures = (
            (widget.setFixedWidth, width), (widget.setFixedHeight, height), (widget.setMinimumWidth, width_min),
            (widget.setMaximumWidth, width_max), (widget.setMinimumHeight, height_min),
        )
        self._fit()
        tokens.watch().changed.connect(self._fit)

    @Slot()
    def _fit(self) -> None:
        for put, measure in self._measures:
            if measure:
                put(px(measure))


class Flow(QLayout):
    """Things side by side that wrap into as many lines as the width needs; chips and their like."""

    def __init__(self, parent: QWidget | None = None, gap: int = 6) -> None:
        super().__init__()
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        if parent is not None:
            parent.setLayout(self)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._items]
        wide = sum(size.width() for size in sizes) + px(self._gap) * max(0, len(sizes) - 1)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._items]
        return QSize(
            max((size.width() for size in sizes), default=0), max((size.height() for size in sizes), default=0)
        )

    def _lay(self, rect: QRect, *, move: bool) -> int:
        """Place the items in `rect` (or only measure); returns the height they take."""
        gap = px(self._gap)
        left, top, line = rect.left(), rect.top(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if left > rect.left() and left + size.width() > rect.right() + 1:
                left, top, line = rect.left(), top + line + gap, 0
            if move:
                logical = QRect(QPoint(left, top), size)
                parent = self.parentWidget()
                direction = parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight
                item.setGeometry(QStyle.visualRect(direction, rect, logical))
            left += size.width() + gap
            line = max(line, size.height())
        return top + line - rect.top()


def _four(margins: Margins) -> tuple[int, int, int, int]:
    return (margins, margins, margins, margins) if isinstance(margins, int) else margins
