"""What a list shows when it has nothing: one sentence, and the ways to change that."""

from typing import cast

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QSpacerItem, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import ICON_EMPTY, STROKE, px
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.labels import IconLabel, Words
from partnerdesk.views.kit.layouts import Column, Row

ICON_AT = 0.36
"""Where the icon begins in the window's height, so that empty views beside each other stand on one line."""


class EmptyView(QWidget):
    """Icon, sentence, a primary button, a second one, a link; what has no words is left out.

    `chosen` carries "primary", "second" or "link".
    """

    chosen = Signal(str)

    def __init__(
        self,
        icon: Icon,
        sentence: str,
        primary: str = "",
        second: str = "",
        link: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sentence = Words("", "body", "text2", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._primary = self._button("primary", "primary")
        self._second = self._button("second", "secondary")
        self._link = self._button("link", "link")
        self._icon = IconLabel(icon, "muted", ICON_EMPTY, STROKE)
        self._lay()
        self._fit()
        tokens.watch().changed.connect(self._fit)
        self.show_case(sentence, primary, second, link)

    @property
    def has_primary(self) -> bool:
        """Whether it offers a primary button, beside which the page should have no other."""
        return bool(self._primary.text())

    def show_case(self, sentence: str, primary: str = "", second: str = "", link: str = "") -> None:
        """Show another sentence and other ways out, as when filters and not the office leave nothing."""
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        for button, words in ((self._primary, primary), (self._second, second), (self._link, link)):
            button.setText(words)
            button.setVisible(bool(words))
        first = next((b for b in (self._primary, self._second, self._link) if b.text()), None)
        self.setFocusProxy(cast(QWidget, first))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()

    def _place(self) -> None:
        """Begin at the window's line, or a little above the middle where there is no room for that."""
        window = self.window()
        needed = max(self.minimumSizeHint().height(), self._column.heightForWidth(self.width()))
        free = self.height() - needed + self._above.sizeHint().height()
        line = round(window.height() * ICON_AT) - self.mapTo(window, QPoint(0, 0)).y()
        above = min(line, free) if line > 0 else free * 2 // 5
        if above >= 0 and above != self._above.sizeHint().height():
            self._above.changeSize(0, above, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            self._column.invalidate()

    @Slot()
    def _fit(self) -> None:
        self._sentence.setMaximumWidth(px(420))

    @Slot()
    def _pressed(self) -> None:
        button = self.sender()
        if button is not None:
            self.chosen.emit(button.objectName())

    def _button(self, name: str, kind: str) -> Button:
        button = Button("", "primary" if kind == "primary" else "link" if kind == "link" else "secondary")
        button.setObjectName(name)
        button.clicked.connect(self._pressed)
        return button

    def _lay(self) -> None:
        middle = Qt.AlignmentFlag.AlignHCenter
        column = self._column = Column(self, (16, 0, 16, 16), 12)
        self._above = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        column.addItem(self._above)
        column.addWidget(self._icon, 0, middle)
        words = Row(None, 0, 0)
        words.addStretch(1)
        words.addWidget(self._sentence, 100)
        words.addStretch(1)
        column.addLayout(words)
        row = Row(None, 0, 8)
        row.addStretch()
        row.addWidget(self._primary)
        row.addWidget(self._second)
        row.addStretch()
        column.addLayout(row)
        column.addWidget(self._link, 0, middle)
        column.addStretch(1)
