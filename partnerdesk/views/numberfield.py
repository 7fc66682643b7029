"""Editors for a number and for a few words separated by commas, on the line editor of the kit."""

from typing import Any

from PySide6.QtCore import QLocale, Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.views.kit.editors import LineEditor


class ParsedEditor(LineEditor):
    """A line whose value is read from its text; what cannot be read stays and is said to be wrong."""

    edited = Signal(object)
    noted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._last: Any = None

    def read(self, written: str) -> Any:
        """The value of a text; raises ValueError with the reason."""
        raise NotImplementedError

    def written(self, value: Any) -> str:
        """The text of a value."""
        raise NotImplementedError

    def value(self) -> Any:
        """The value, or the last good one while the text cannot be read."""
        try:
            return self.read(self.text().strip())
        except ValueError:
            return self._last

    def set_value(self, value: Any) -> None:
        """Show a value."""
        self._last = value
        super().set_value(self.written(value))

    @Slot()
    def commit(self) -> None:
        """Tell the value where it differs from the one last told; refuse what cannot be read."""
        text = self.text().strip()
        if self.isReadOnly() or (self.notes.mixed and not text):
            return
        try:
            value = self.read(text)
        except ValueError as error:
            self.set_error(str(error))
            return
        self.set_error("")
        if value != self._last:
            self._last = value
            self._told = text
            self.setModified(False)
            self.edited.emit(value)


class NumberEditor(ParsedEditor):
    """A whole number, or one with decimals, or nothing."""

    edited = Signal(object)
    noted = Signal()

    def __init__(self, *, decimals: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._decimals = decimals

    def read(self, written: str) -> int | float | None:
        tidy = written.replace("\N{MINUS SIGN}", "-").replace(" ", "")
        if not tidy:
            return None
        if not self._decimals and tidy.lstrip("-").isdigit():
            return int(tidy)
        number, right = QLocale().toDouble(tidy)
        if not right:
            number, right = QLocale.c().toDouble(tidy.replace(",", "."))
        if not right or (not self._decimals and number != int(number)):
            raise ValueError(self.tr("This is not a number"))
        return number if self._decimals else int(number)

    def written(self, value: Any) -> str:
        if value is None:
            return ""
        return f"{value:.{self._decimals}f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


class TagsEditor(ParsedEditor):
    """A few words separated by commas; the value is the tuple of them."""

    edited = Signal(object)
    noted = Signal()

    def read(self, written: str) -> tuple[str, ...]:
        parts = (" ".join(part.split()) for part in written.split(","))
        return tuple(dict.fromkeys(part for part in parts if part))

    def written(self, value: Any) -> str:
        return ", ".join(value or ())
