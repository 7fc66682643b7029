"""A bar over a pane that says what is the case as long as it is: bold lead, sentence, one thing to do."""

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFont,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.fonts import font
from partnerdesk.look.icons import Icon
from partnerdesk.look.paint import rounded
from partnerdesk.look.tokens import px
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.labels import IconLabel
from partnerdesk.views.kit.layouts import Row

Kind = Literal["info", "warn", "danger"]

_ICONS = {"info": Icon.INFO, "warn": Icon.NOTICE, "danger": Icon.PROBLEM}


class LeadWords(QWidget):
    """A sentence whose beginning is bold; wraps where the room is short."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lead, self._rest, self._kind = "", "", "info"
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, kind: str, lead: str, rest: str) -> None:
        """Say another sentence."""
        self._kind, self._lead, self._rest = kind, lead, rest
        self.setAccessibleName(f"{lead} {rest}".strip())
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        """As many lines as the sentence needs."""
        return round(self._laid(width)[1])

    def hasHeightForWidth(self) -> bool:
        """Its height follows its width."""
        return True

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(px(200), self.heightForWidth(px(2000)))

    def minimumSizeHint(self) -> QSize:
        """Gives way by wrapping."""
        return QSize(px(80), px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines, centred down."""
        painter = QPainter(self)
        painter.setPen(tokens.current().tone(self._kind).text)
        layout, height = self._laid(self.width())
        layout.draw(painter, QPointF(0, (self.height() - height) / 2))

    def _laid(self, width: int) -> tuple[QTextLayout, float]:
        words = f"{self._lead} {self._rest}".strip()
        layout = QTextLayout(words, font("body"))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        option = QTextOption(Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        layout.setFormats([_bold(len(self._lead), font("strong"))])
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout, height


class MessageBar(QWidget):
    """Hidden until show_message; stays until clear, and `acted` tells that its button was pressed."""

    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind: Kind = "info"
        self._token = ""
        self._words = LeadWords(self)
        self._button = Button("", small=True)
        self._button.clicked.connect(self._pressed)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._icon = IconLabel(Icon.INFO, "info", 15, tokens.STROKE_INLINE)
        row = Row(self, (10, 6, 6, 6), 9)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        tokens.watch().changed.connect(self._fit)
        self.hide()

    @property
    def kind(self) -> Kind:
        """What it is about: info, warn or danger."""
        return self._kind

    def show_message(self, kind: Kind, lead: str, rest: str = "", action: str = "", token: str = "") -> None:
        """Say something that stays true; `action` is the word on the button, `token` comes with `acted`."""
        self._kind, self._token = kind, token
        self._icon.show_icon(_ICONS[kind], kind)
        self._words.say(kind, lead, rest)
        self.setAccessibleName(f"{lead} {rest}".strip())
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self.show()
        self._fit()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))

    @Slot()
    def clear(self) -> None:
        """What it said is true no longer."""
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow where the sentence wraps."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The soft ground."""
        soft = tokens.current().tone(self._kind).soft
        rounded(QPainter(self), QRectF(self.rect()), px(tokens.RADIUS_CONTROL), soft)

    @Slot()
    def _pressed(self) -> None:
        self.acted.emit(self._token)

    @Slot()
    def _fit(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        height = max(tokens.height("message"), layout.heightForWidth(self.width()))
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)
            layout.invalidate()
            layout.activate()


def _bold(length: int, strong: QFont) -> QTextLayout.FormatRange:
    marked = QTextLayout.FormatRange()
    marked.start, marked.length = 0, length
    look = QTextCharFormat()
    look.setFont(strong)
    marked.format = look
    return marked


class ChoiceBar(MessageBar):
    """A message with two ways out: its own button and a second one, `second_acted`."""

    second_acted = Signal()

    def __init__(self, second: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.second = Button(second, small=True)
        self.second.clicked.connect(self.second_acted)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.second)
