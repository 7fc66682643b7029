"""Asks before something may be lost: unsaved work when closing, a colleague's work when a lock is lifted."""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.files import Holder
from partnerdesk.look.words import day
from partnerdesk.views.kit.dialogs import DialogShell

SAVE, DISCARD, ANYWAY = "save", "discard", "anyway"


class UnsavedDialog(DialogShell):
    """Save, Discard or Cancel; `verb_chosen` tells "save" or "discard"."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, parent.tr("Save before closing?"), parent.tr(
            "Something you did is not saved, because the disk or the file refused it. Save tries again; "
            "Discard closes without it."))
        self.add_button(self.tr("Cancel"))
        self.add_button(self.tr("Discard"), "secondary", DISCARD)
        self.add_button(self.tr("Save"), "primary", SAVE).setFocus()


class AnywayDialog(DialogShell):
    """Whether to open for writing what a program on another computer holds; `verb_chosen` means yes."""

    def __init__(self, parent: QWidget, who: str, holder: Holder) -> None:
        since = _moment(holder.since)
        sentence = parent.tr("{who} opened it on the computer {host}, {since}. ") if since else parent.tr(
            "{who} opened it on the computer {host}. ")
        super().__init__(parent, parent.tr("Open for writing anyway?"), sentence.format(
            who=who, host=holder.host, since=since) + parent.tr(
            "Whether PartnerDesk still runs there cannot be seen from here. Go on only when you know that nobody "
            "works in it there: two programs that write at once can damage the file."))
        self.add_button(self.tr("Cancel")).setFocus()
        self.add_button(self.tr("Open for writing"), "danger", ANYWAY)


def _moment(since: str) -> str:
    """A stored moment in this computer's time; "" when it cannot be read."""
    try:
        at = datetime.fromisoformat(since).astimezone()
    except ValueError:
        return ""
    return f"{day(at.date())}, {at:%H:%M}"
