"""Taking dated things out as a calendar: which of them, and where to; a second one over the first only updates."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Desk
from partnerdesk.look.words import say
from partnerdesk.services.dated import Scope
from partnerdesk.services.exporting_calendar import calendar_job
from partnerdesk.views.data_files import Saver
from partnerdesk.views.kit.dialogs import DialogShell
from partnerdesk.views.kit.editors import TickEditor
from partnerdesk.views.kit.forms import Field


class AskCalendar(DialogShell):
    """Asks what of the office the calendar is to hold; `asked(Scope)`."""

    asked = Signal(object)

    def __init__(self, parent: QWidget, who: str) -> None:
        super().__init__(parent, parent.tr("Export the calendar"), parent.tr(
            "Appointments, visits with their meetings, milestones, deliverables, follow-ups, ends of agreements and "
            "last days to give notice. Taken over an older one in a calendar program, it updates what changed."),
            width=460)
        self._who = who
        self._mine = TickEditor(self.tr("Only what {name} is responsible for").format(name=who))
        self._stays = TickEditor(self.tr("Days of stays as well"))
        self._personal = TickEditor(self.tr("With the names of participants and of who goes along"))
        for tick in (self._mine, self._stays, self._personal):
            self.body.addWidget(Field(tick.text(), tick))
        self._mine.setVisible(bool(who))
        self.add_button(self.tr("Cancel"))
        self.add_button(self.tr("Save as…"), "primary", "save")
        self.verb_chosen.connect(self._take)

    def scope(self) -> Scope:
        """What is ticked."""
        return Scope(responsible=self._who if self._mine.value() else "", stays=bool(self._stays.value()),
                     personal=bool(self._personal.value()))

    @Slot(str)
    def _take(self, _: str) -> None:
        self.asked.emit(self.scope())


class CalendarExport(QObject):
    """Exports calendars beside the work; `told(kind, sentence)` says how it went."""

    told = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent
        self.saver: Saver | None = None

    def ask(self) -> AskCalendar:
        """Ask what of the whole office, then where to."""
        dialog = AskCalendar(self._parent, self._desk.who)
        dialog.asked.connect(self.save)
        dialog.open()
        return dialog

    @Slot(object)
    def save(self, scope: Scope, name: str = "") -> None:
        """Ask where to save the calendar of a scope, and save it there; also as a table."""
        def write(office: Any, progress: Any, path: Path) -> int:
            return calendar_job(path, scope, say)(office, progress)

        kinds = self.tr("Calendars and spreadsheets (*.ics *.xlsx *.csv)")
        self.saver = Saver(self._parent, self._desk, name or self.tr("Calendar"), write, kinds, "ics")
        self.saver.told.connect(self.told)
        self.saver.dialog.open()
