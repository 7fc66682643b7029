"""What this computer remembers: who works here, language, theme, recent files, the shape of windows and lists."""

import os
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QByteArray, QSettings

from partnerdesk.services import paths

RECENT = 10


class Local:
    """Typed access to the settings file of this computer; nothing here travels with an office."""

    def __init__(self, file: Path | None = None) -> None:
        self._settings = QSettings(str(file or paths.settings_file()), QSettings.Format.IniFormat)

    @property
    def who(self) -> str:
        """The name that the journal writes down; the login name until one is given."""
        return str(self._settings.value("who") or os.environ.get("USER") or os.environ.get("USERNAME") or "")

    def set_who(self, name: str) -> None:
        """Say who works here."""
        self._settings.setValue("who", name)

    @property
    def theme(self) -> str:
        """system, light or dark."""
        return str(self._settings.value("theme") or "system")

    def set_theme(self, theme: str) -> None:
        """Choose system, light or dark."""
        self._settings.setValue("theme", theme)

    @property
    def text_percent(self) -> int:
        """Size of text in per cent, 90 to 200."""
        return max(90, min(200, int(cast(Any, self._settings.value("text_percent") or 100))))

    def set_text_percent(self, percent: int) -> None:
        """Choose the size of text."""
        self._settings.setValue("text_percent", percent)

    @property
    def language(self) -> str:
        """Language code, or "" for the system's."""
        return str(self._settings.value("language") or "")

    def set_language(self, code: str) -> None:
        """Choose the language; it holds from the next start."""
        self._settings.setValue("language", code)

    @property
    def recent(self) -> list[Path]:
        """Offices opened lately that are still there, the last first."""
        kept = cast(Any, self._settings.value("recent") or [])
        names = [kept] if isinstance(kept, str) else list(kept)
        return [Path(name) for name in names if Path(name).exists()]

    def add_recent(self, path: Path) -> None:
        """Put an office first among the recent ones."""
        rest = [str(p) for p in self.recent if p != path]
        self._settings.setValue("recent", [str(path), *rest][:RECENT])

    @property
    def open_at_start(self) -> bool:
        """Whether the last office opens by itself."""
        return str(self._settings.value("open_at_start", "true")).lower() == "true"

    def set_open_at_start(self, yes: bool) -> None:
        """Choose whether the last office opens by itself."""
        self._settings.setValue("open_at_start", "true" if yes else "false")

    def shape(self, name: str) -> QByteArray | None:
        """A remembered window or header state."""
        kept = self._settings.value(f"shape/{name}")
        return kept if isinstance(kept, QByteArray) else None

    def keep_shape(self, name: str, state: QByteArray) -> None:
        """Remember a window or header state."""
        self._settings.setValue(f"shape/{name}", state)

    def note(self, name: str) -> str:
        """A remembered word, "" when there is none."""
        return str(self._settings.value(f"note/{name}") or "")

    def keep_note(self, name: str, words: str) -> None:
        """Remember a word."""
        self._settings.setValue(f"note/{name}", words)

    def flush(self) -> None:
        """Write everything to the file now."""
        self._settings.sync()
