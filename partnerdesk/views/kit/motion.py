"""Whether things may move: off when the system or the user says so, and where there is no screen to see it."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication


@dataclass(slots=True)
class _Choice:
    """Whether the user wants things to move."""

    wanted: bool = True


_choice = _Choice()


def set_wanted(wanted: bool) -> None:
    """Follow the user's own choice in the settings."""
    _choice.wanted = wanted


def duration(milliseconds: int) -> int:
    """How long a movement of so many milliseconds may take: that, or 0."""
    seen = QGuiApplication.platformName() not in ("offscreen", "minimal")
    allowed = QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
    return milliseconds if _choice.wanted and seen and allowed else 0
