"""The room of a tab: it scrolls down, never sideways."""

from PySide6.QtCore import QSize

from partnerdesk.views.kit.labels import Pane
from partnerdesk.views.kit.layouts import Column
from partnerdesk.views.kit.scroll import ScrollRoom


class PartRoom(ScrollRoom):
    """What a tab shows; `body` takes its parts beneath each other."""

    def __init__(self, name: str) -> None:
        super().__init__(None, None)
        self.setAccessibleName(name)
        ground = Pane("surface")
        self.body = Column(ground, (16, 12, 16, 16), 16)
        self.setWidget(ground)

    def renew(self, fresh: bool) -> None:
        """Show what the record says now."""
        raise NotImplementedError

    def flush(self) -> bool:
        """Commit what is being typed in fields of its own."""
        return True

    def set_locked(self, reason: str) -> None:
        """Readable only, or open again with ""."""

    def focus_first(self) -> None:
        """Put the cursor into the first field."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 60)
