"""Help: how to work with the program in a few sentences, and what it is."""

from PySide6.QtWidgets import QWidget

from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.kit.labels import Words


class GuideDialog(DialogShell):
    """The few things one has to know."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, parent.tr("How to work with PartnerDesk"), width=560)
        for head, words in self._parts():
            self.body.addSpacing(6)
            self.body.addWidget(Words(head, "head"))
            self.body.addWidget(Words(words, "body", "text2", wrap=True))
        self.add_button(self.tr("Close"), "primary").setFocus()

    def _parts(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Everything is saved as you work"),
             self.tr("A field is saved when you leave it. The line below the form says so, and Ctrl+Z takes any step "
                     "back, also tomorrow.")),
            (self.tr("Bring in your list"),
             self.tr("Import a spreadsheet with Ctrl+I or drop it on the window. You see what would change before "
                     "anything does, and one Undo takes it all back.")),
            (self.tr("Find anything"),
             self.tr("Ctrl+K searches partners, agreements and commands. In a list you can type country:FR ends<90d "
                     "or -ended and words in any language.")),
            (self.tr("Agreements"),
             self.tr("An agreement is in effect when both sides have approved it. An approved version stays as it is; "
                     "a change is a new version.")),
            (self.tr("Paper"),
             self.tr("Ctrl+P shows the partnership summary on one page, for one partner or all selected.")),
        ]


class AboutDialog(DialogShell):
    """Name, version, licence."""

    def __init__(self, parent: QWidget, version: str) -> None:
        text = parent.tr("Version {version}. Keeps the partners, agreements and contacts of an international office in "
                         "one file on your computer. MIT licence; fonts and icons under their own, named in "
                         "resources/SOURCES.md.").format(version=version)
        super().__init__(parent, "PartnerDesk", text)
        self.add_button(self.tr("Close"), "primary").setFocus()
