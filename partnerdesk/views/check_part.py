"""The Check tab: whether the office file is whole, by itself once a week and after an unclean end, and on demand."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.bridge.desk import Ticket
from partnerdesk.domain import clock
from partnerdesk.domain.problems import Cancelled, PartnerDeskError
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, counted
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import day, number, say
from partnerdesk.models.findings import FindingLine, findings_model
from partnerdesk.services import checkup
from partnerdesk.services.checkup import Checked
from partnerdesk.views.check_mend import Mender, repair
from partnerdesk.views.check_notes import ended_badly, last_check, note_check
from partnerdesk.views.data_table import Foot, LinesTable, Part, TableOrEmpty
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.page import House

AFTER_OPENING_MS = 60_000
_PAGES = {"partner": "partners", "agreement": "agreements"}


class CheckPart(Part):
    """What the last check found. It reads a copy in the background and can be stopped at any time."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house.desk, parent)
        self._house = house
        self._checked: Checked | None = None
        self._ticket: Ticket | None = None
        self._quiet = False
        self.mender: Mender | None = None
        self._pause = QTimer(self, singleShot=True, interval=AFTER_OPENING_MS)
        self._pause.timeout.connect(self._run_quietly)
        self.table = LinesTable(self.tr("What the check found"), findings_model(self))
        self.table.opened.connect(self.open_record)
        self.table.picked.connect(self._tell)
        self.empty = EmptyView(Icon.QUALITY, "")
        self.foot = Foot()
        self.run_button = Button(self.tr("Check now"), small=True, icon=Icon.QUALITY)
        self.stop_button = Button(self.tr("Stop"), small=True)
        self.repair_button = Button(self.tr("Repair into a new file…"), "quiet", small=True)
        self.open_button = Button(self.tr("Open record"), "quiet", small=True)
        self._build()
        house.desk.progressed.connect(self._advance)
        house.desk.opened.connect(self._opened)
        if house.desk.is_open:
            self._opened()

    @property
    def count(self) -> int | None:
        return (len(self._checked.findings) or None) if self._checked is not None else None

    @property
    def checked(self) -> Checked | None:
        """What the last check found; None before one."""
        return self._checked

    @property
    def waits(self) -> bool:
        """Whether a check is due and begins by itself shortly."""
        return self._pause.isActive()

    def focus_first(self) -> None:
        (self.table if self.table.lines.lines else self.run_button).setFocus()

    def forget(self) -> None:
        """The office has been closed."""
        super().forget()
        self._pause.stop()
        self._show(None)

    @Slot()
    def run(self) -> None:
        """Check the office now."""
        self._begin(quiet=False)

    @Slot()
    def stop(self) -> None:
        """Stop the check under way."""
        if self._ticket is not None:
            self._ticket.cancel()

    @Slot()
    def repair(self) -> None:
        """Ask for a new file and repair into it."""
        path = self._house.desk.path
        if path is not None:
            self.mender = Mender(self, self._house.desk, path, repair)
            self.mender.told.connect(self.noticed)
            self.mender.destroyed.connect(self._forget_mender)
            self.mender.dialog.open()

    @Slot()
    def open_record(self) -> None:
        """Go to the record of the current finding, where it is about one."""
        line = self.table.current
        if line is not None and line.finding.root in _PAGES:
            self._house.go(_PAGES[line.finding.root], line.finding.root_id)

    def _build(self) -> None:
        self.run_button.clicked.connect(self.run)
        self.stop_button.clicked.connect(self.stop)
        self.repair_button.clicked.connect(self.repair)
        self.open_button.clicked.connect(self.open_record)
        self._body = TableOrEmpty(self.table, self.empty, self)
        for button in (self.open_button, self.repair_button, self.stop_button, self.run_button):
            self.foot.add(button)
        self._column.addWidget(self._body, 1)
        self._column.addWidget(self.foot)
        self._show(None)

    @Slot()
    def _opened(self) -> None:
        path = self._house.desk.path
        if path is not None and (ended_badly(self._house.local, path) or checkup.due(
                last_check(self._house.local, path), clock.now())):
            self._pause.start()

    @Slot()
    def _run_quietly(self) -> None:
        self._begin(quiet=True)

    def _begin(self, *, quiet: bool) -> None:
        path = self._house.desk.path
        if path is None or self._ticket is not None:
            return
        self._pause.stop()
        self._quiet = quiet
        self._ticket = self._house.desk.work(partial(_check, path), self._take, self._failed)
        self.empty.show_case(self.tr("Checking the office."))
        self._tell()

    @Slot(object, object, object, object)
    def _advance(self, ticket: Any, done: int, total: int, what: Any) -> None:
        if ticket is self._ticket and ticket is not None and total:
            self.foot.say(self.tr("{what}: {n} of {total}").format(
                what=say(what), n=number(done), total=number(total)))

    def _take(self, checked: Checked) -> None:
        self._ticket = None
        path = self._house.desk.path
        if path is None:
            return
        note_check(self._house.local, path, clock.now().isoformat(timespec="seconds"))
        self._show(checked)
        if self._quiet and checked.findings:
            n = len(checked.findings)
            one = QT_TRANSLATE_NOOP("PartnerDesk", "The check of the office found one thing: see Data, Check.")
            many = QT_TRANSLATE_NOOP("PartnerDesk", "The check of the office found {n} things: see Data, Check.")
            self._house.desk.said.emit(counted(n, one, many))

    def _failed(self, error: Exception) -> None:
        self._ticket = None
        self._show(self._checked)
        if isinstance(error, PartnerDeskError) and not isinstance(error, Cancelled):
            self.noticed.emit("danger", say(error.message))

    def _show(self, checked: Checked | None) -> None:
        self._checked = checked
        found = checked.findings if checked is not None else ()
        self.table.show_lines([FindingLine(one, checked.place(one)) for one in found] if checked is not None else [])
        if found and self.table.current is None:
            self.table.select_row(0)
        self.empty.show_case(self._verdict(checked))
        self._body.show_empty(not found)
        self._tell()
        self.counted.emit()

    def _verdict(self, checked: Checked | None) -> str:
        if checked is None:
            return self.tr("The office file is checked once a week and after the program ended badly: its pages, "
                           "links and values, each record against its history, and what was not changed since "
                           "against the last backup.")
        with_backup = self.tr("It was compared with the backup {name}.").format(name=checked.backup)
        return " ".join([self.tr("Everything is as it should be."), *([with_backup] if checked.backup else [])])

    @Slot()
    def _tell(self) -> None:
        running = self._ticket is not None
        self.run_button.setVisible(not running)
        self.stop_button.setVisible(running)
        self.repair_button.setVisible(not running and bool(self._checked and not self._checked.sound))
        line = self.table.current
        self.open_button.setVisible(line is not None and line.finding.root in _PAGES)
        if not running:
            self.foot.say(self._last())

    def _last(self) -> str:
        path = self._house.desk.path
        try:
            moment = datetime.fromisoformat(last_check(self._house.local, path)) if path is not None else None
        except ValueError:
            moment = None
        if moment is None:
            return ""
        return self.tr("Last checked on {day}").format(day=day(moment.astimezone().date()))

    @Slot()
    def _forget_mender(self) -> None:
        self.mender = None


def _check(path: Path, _: Any, progress: Any) -> Checked:
    return checkup.check(path, None, progress)
