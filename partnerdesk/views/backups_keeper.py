"""Makes the daily backup while people work, says when it could not be made, and looks after second windows."""

import shutil
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QMainWindow

from partnerdesk.bridge.desk import Desk, Ticket
from partnerdesk.look.words import say
from partnerdesk.services import backups
from partnerdesk.services.backups import Made
from partnerdesk.views.kit.messagebar import MessageBar
from partnerdesk.views.local import Local

SOON, HOURLY = 20_000, 3_600_000


class BackupKeeper(QObject):
    """Looks some seconds after an office was opened, and then every hour, whether a backup is due.

    Closing the window stops a backup under way: it is not there then, and due again the next time.
    """

    def __init__(self, desk: Desk, window: QMainWindow, bar: MessageBar) -> None:
        super().__init__(window)
        self._desk, self._bar = desk, bar
        self._ticket: Ticket | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        desk.opened.connect(self._opened)
        desk.closed.connect(self._timer.stop)
        window.installEventFilter(self)

    @property
    def under_way(self) -> bool:
        """Whether it is looking or backing up."""
        return self._ticket is not None

    @Slot()
    def look(self) -> None:
        """Make the daily backup if it is due."""
        self._timer.start(HOURLY)
        if self.under_way or not self._desk.is_open or self._desk.read_only:
            return
        who = self._desk.who

        def job(office: Any, progress: Any) -> Made | None:
            return backups.back_up(office, "daily", who, progress) if backups.daily_is_due(office) else None

        self._ticket = self._desk.work(job, self._made, self._not_made)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close and self._ticket is not None:
            self._ticket.cancel()
        return False

    @Slot()
    def _opened(self) -> None:
        self._timer.start(SOON)

    def _made(self, made: Made | None) -> None:
        self._ticket = None
        if made is not None and made.trouble is not None:
            self._bar.show_message("warn", say(made.trouble), "", self.tr("Dismiss"), "dismiss")

    def _not_made(self, _: Exception) -> None:
        """The desk tells of trouble by itself."""
        self._ticket = None


class Guest(Local):
    """The memory of a window that is only looked into: it reads what this computer remembers and changes nothing."""

    @property
    def recent(self) -> list[Path]:
        return []

    def add_recent(self, path: Path) -> None:
        """A backup is no office to open again."""

    def keep_shape(self, name: str, state: Any) -> None:
        """The window's shape is its own."""

    def keep_note(self, name: str, words: str) -> None:
        """Where one was looking is forgotten."""


class SecondWindow(QObject):
    """Ends the desk behind a second window when that or the first is closed, and clears away its private copy."""

    def __init__(self, desk: Desk, window: QMainWindow, first: QMainWindow, folder: Path | None) -> None:
        super().__init__(first)
        self._desk, self._window, self._folder = desk, window, folder
        self._ended = False
        window.installEventFilter(self)
        first.installEventFilter(self)
        self._first = first

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close and watched is self._first and not self._ended:
            self._window.close()
        elif event.type() == QEvent.Type.Hide and watched is self._window and not self._window.isVisible():
            QTimer.singleShot(0, self, self.end)
        return False

    @Slot()
    def end(self) -> None:
        """Close the backup and free the window."""
        if self._ended or self._window.isVisible():
            return
        self._ended = True
        self._desk.shut_down()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._window.deleteLater()
        self.deleteLater()
