"""Asks what becomes of work that could not be saved, before an office or the window is closed."""

from PySide6.QtWidgets import QWidget

from partnerdesk.views.kit.dialogs import DialogShell

SAVE, DISCARD = "save", "discard"


class UnsavedDialog(DialogShell):
    """Save, Discard or Cancel; `verb_chosen` tells "save" or "discard"."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, parent.tr("Save before closing?"), parent.tr(
            "Something you did is not saved, because the disk or the file refused it. Save tries again; "
            "Discard closes without it."))
        self.add_button(self.tr("Cancel"))
        self.add_button(self.tr("Discard"), "danger", DISCARD)
        self.add_button(self.tr("Save"), "primary", SAVE).setFocus()
