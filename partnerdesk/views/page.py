"""What the window expects of a page, and what a page may ask of the window."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.look.icons import Icon
from partnerdesk.views.kit.commands import Registry
from partnerdesk.views.local import Local

if TYPE_CHECKING:
    from partnerdesk.services.prints import Print
    from partnerdesk.views.dated_desk import DatedDesk


class House(Protocol):
    """What pages and their commands are given: the office, this computer's memory, and the window's services."""

    desk: Desk
    local: Local
    registry: Registry

    def go(self, page: str, record_id: int | None = None) -> None:
        """Show a page, and a record on it."""

    def show_filtered(self, page: str, line: str) -> None:
        """Show a page with a search line."""

    def import_spreadsheet(self) -> None:
        """Begin an import."""

    def import_text(self, text: str) -> None:
        """Begin an import of rows copied from a spreadsheet."""

    @property
    def dated(self) -> "DatedDesk":
        """Calendars and plans in and out."""

    def draft_agreement(self, institution_id: int) -> None:
        """Draft an agreement with a partner and show it."""

    def print_partners(self, ids: list[int]) -> None:
        """Show the print preview of partnership summaries."""

    def print_it(self, job: "Print") -> None:
        """Show the preview of a print."""


class Page(QWidget):
    """One entry of the sidebar. `moved(record_id)` when the user went to another record on it."""

    moved = Signal(int)
    key = ""
    icon = Icon.DATA

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.house = house

    @property
    def title(self) -> str:
        """The page's name in the sidebar."""
        raise NotImplementedError

    @property
    def count(self) -> int | None:
        """The number beside the name, where there is one."""
        return None

    @property
    def badge(self) -> str:
        """What stands in a red mark beside the name: how many things press, or nothing."""
        return ""

    @property
    def record_menu(self) -> Sequence[str | None]:
        """Commands of the Record menu while the page is shown; None is a line."""
        return ()

    def show_record(self, record_id: int) -> None:
        """Go to a record."""

    def show_line(self, line: str) -> None:
        """Filter by a search line."""

    def make_more(self) -> bool:
        """Make one piece that has not been wanted yet; False when all is there."""
        return False

    def begin(self) -> None:
        """The page has been made while an office is open already."""

    def flush(self) -> bool:
        """Commit the field being edited; False when it could not be saved."""
        return True

    def arrive(self) -> None:
        """The page has become the one shown."""

    def leave(self) -> None:
        """Another page is shown from now on."""


def load_next(modules: Sequence[str]) -> bool:
    """Load the first of these modules that is not there yet; False when all are."""
    wanted = next((name for name in modules if name not in sys.modules), None)
    if wanted is not None:
        import_module(wanted)
    return wanted is not None


def tell_sidebar(page: QWidget) -> None:
    """Let the sidebar of the page's window show the numbers anew, where it has one."""
    window = page.window()
    if hasattr(window, "refresh_nav"):
        window.refresh_nav()
