"""What the whole house has for calendars and plans: they come in with a preview and go out, from wherever one is."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from partnerdesk.bridge.desk import Desk
from partnerdesk.services.dated import Scope
from partnerdesk.views.calendar_export import AskCalendar, CalendarExport
from partnerdesk.views.calendar_import import DatedImports
from partnerdesk.views.window import Window


class DatedDesk(QObject):
    """`told(kind, sentence)` says how it went; a project that a plan went into is shown."""

    told = Signal(str, str)

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.imports = DatedImports(desk, window)
        self.exports = CalendarExport(desk, window)
        self.imports.noticed.connect(self.told)
        self.exports.told.connect(self.told)
        self.imports.imported.connect(self._show)

    def bring_in(self, project_id: int | None = None) -> None:
        """Ask for a plan or a calendar, for a project where one is given."""
        self.imports.ask(project_id)

    def begin(self, path: Path, project_id: int | None = None) -> None:
        """Begin with a file."""
        self.imports.begin(path, project_id)

    def take_out(self) -> AskCalendar:
        """Ask what of the office is to go into a calendar, and where to."""
        return self.exports.ask()

    def take_out_project(self, project_id: int, name: str) -> None:
        """Ask where the calendar of a project is to go."""
        self.exports.save(Scope(project_id=project_id), name)

    def take_out_visit(self, visit_id: int, name: str) -> None:
        """Ask where the calendar of a visit is to go."""
        self.exports.save(Scope(visit_id=visit_id), name)

    @Slot(str, int)
    def _show(self, kind: str, record_id: int) -> None:
        if kind == "project":
            self._window.go("projects", record_id)
