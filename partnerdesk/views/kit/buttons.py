"""Buttons of every kind; how they look is the style's affair, what they are is said here."""

from typing import Literal

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon, icon

Kind = Literal["primary", "secondary", "quiet", "danger", "link"]

_INKS = {"primary": "on_accent", "danger": "surface", "link": "accent_text"}


class Button(QPushButton):
    """A button with words; `icon` takes the ink of the words."""

    def __init__(
        self,
        text: str,
        kind: Kind = "secondary",
        *,
        icon: Icon | None = None,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._kind = kind
        self._meaning: Icon | None = None
        self.setProperty("kind", kind)
        self.setProperty("small", small)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        if icon is not None:
            self.set_icon(icon)
        tokens.watch().changed.connect(self._measure)

    def set_kind(self, kind: Kind) -> None:
        """Be of another kind, as when something else on the page comes first now."""
        if kind != self._kind:
            self._kind = kind
            self.setProperty("kind", kind)
            if self._meaning is not None:
                self.set_icon(self._meaning)
            self._measure()

    def set_icon(self, meaning: Icon) -> None:
        """Put an icon before the words."""
        self._meaning = meaning
        self.setIcon(icon(meaning, _INKS.get(self._kind, "text")))

    @Slot()
    def _measure(self) -> None:
        self.updateGeometry()
        self.update()


class IconButton(QToolButton):
    """A button with an icon alone; `name` is its accessible name and, with the keys, its tooltip."""

    def __init__(
        self,
        meaning: Icon,
        name: str,
        *,
        keys: str = "",
        edge: bool = False,
        role: str = "text2",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role = role
        self.setIcon(icon(meaning, role))
        self.setProperty("edge", edge)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name, keys)
        tokens.watch().changed.connect(self._measure)

    def set_name(self, name: str, keys: str = "") -> None:
        """Name what the button does."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name} {keys}".strip())

    def set_meaning(self, meaning: Icon) -> None:
        """Show another icon."""
        self.setIcon(icon(meaning, self._role))

    @Slot()
    def _measure(self) -> None:
        self.updateGeometry()
        self.update()
