"""Plain texts in a step of the type scale, panes, rules, chips and avatars that follow the theme."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.fonts import font
from partnerdesk.look.icons import Icon, mirror, paint_icon
from partnerdesk.look.paint import avatar, chip, chip_width, elided, hairline
from partnerdesk.look.tokens import px


class Words(QLabel):
    """A label of plain text; `style` is a step of the type scale, `role` a colour of the tokens."""

    def __init__(
        self,
        text: str = "",
        style: str = "body",
        role: str = "text",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._style = style
        self._role = role
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)
        self._dress()
        tokens.watch().changed.connect(self._dress)

    def set_role(self, role: str) -> None:
        """Change the colour."""
        self._role = role
        self._dress()

    @Slot()
    def _dress(self) -> None:
        self.setFont(font(self._style))
        dressed = QPalette(self.palette())
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            dressed.setColor(group, QPalette.ColorRole.WindowText, tokens.current().role(self._role))
        self.setPalette(dressed)


class ShortWords(Words):
    """A label that gives way: it ends with "…" and shows all in its tooltip where room is short."""

    def __init__(self, text: str = "", style: str = "body", role: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(text, style, role, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(24), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = elided(self.text(), self.font(), self.width())
        self.setToolTip("" if shown == self.text() else self.text())
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), int(self.alignment()), shown)


class Pane(QWidget):
    """A ground with hairlines by `pane`: window, surface, sunken, header, footer, strip, sidebar or card."""

    def __init__(self, pane: str = "surface", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("pane", pane)


class Rule(QWidget):
    """A hairline across."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        hairline(painter, QPointF(0, 0), QPointF(self.width(), 0), tokens.current().line)


class ChipLabel(QWidget):
    """A state chip: icon and word on a soft ground; never clickable."""

    def __init__(self, kind: str, word: str, icon: Icon | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._word, self._icon = kind, word, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(word)
        tokens.watch().changed.connect(self.updateGeometry)

    def show_state(self, kind: str, word: str, icon: Icon | None) -> None:
        """Show another state."""
        self._kind, self._word, self._icon = kind, word, icon
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._word, self._icon is not None), px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        mirror(painter, QRectF(self.rect()), self.layoutDirection())
        chip(painter, QRectF(self.rect()), self._kind, self._word, self._icon)


class IconLabel(QWidget):
    """An icon by itself, for the eye only; the words beside it say what it means."""

    def __init__(
        self, icon: Icon, role: str = "text2", side: int = 16, stroke: float = 1.75, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._role, self._side, self._stroke = icon, role, side, stroke
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        tokens.watch().changed.connect(self.updateGeometry)

    def show_icon(self, icon: Icon, role: str) -> None:
        """Show another icon, or the same in another colour."""
        self._icon, self._role = icon, role
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(self._side), px(self._side))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = tokens.current().role(self._role)
        paint_icon(painter, QRectF(self.rect()), self._icon, color, self._stroke)


class Avatar(QWidget):
    """A person's initials in a round, for the eye only."""

    def __init__(self, name: str, side: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._side = name, side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        tokens.watch().changed.connect(self.updateGeometry)

    def set_name(self, name: str) -> None:
        """Show another person."""
        self._name = name
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(self._side), px(self._side))

    def paintEvent(self, event: QPaintEvent) -> None:
        avatar(QPainter(self), QRectF(self.rect()), self._name)
