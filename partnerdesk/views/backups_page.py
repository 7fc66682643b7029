"""The Backups page: what there is to go back to, made by itself or by hand; look inside, restore, second place."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from partnerdesk.domain.backups import Backup, Since
from partnerdesk.domain.problems import EnvironmentTrouble, PartnerDeskError
from partnerdesk.look import tokens
from partnerdesk.look.icons import Icon, icon
from partnerdesk.look.words import number, say
from partnerdesk.models.backups import backups_model, lost_words
from partnerdesk.models.steps import moment_words
from partnerdesk.services import backups
from partnerdesk.services.backups import Made, Overview, Restored
from partnerdesk.views.data_table import Foot, LinesTable, TableOrEmpty
from partnerdesk.views.kit.buttons import Button, IconButton
from partnerdesk.views.kit.commands import Command
from partnerdesk.views.kit.dialogs import WIDE, DialogShell
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.kit.labels import Pane, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Row
from partnerdesk.views.kit.messagebar import MessageBar
from partnerdesk.views.kit.progress import ProgressStrip
from partnerdesk.views.long_work import LongWork
from partnerdesk.views.page import House, Page


class BackupsPage(Page):
    """`look_wanted(path, folder, moment)`: a backup has been readied to be looked into in a second window; `folder`
    is to be removed when that is closed, None where there is none.
    """

    look_wanted = Signal(object, object, str)
    key = "backups"
    icon = Icon.BACKUP

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self._here, self._stale = False, True
        self._overview: Overview | None = None
        self._made = False
        self._chosen: Backup | None = None
        self.dialog: DialogShell | None = None
        self.table = LinesTable(self.tr("Backups"), backups_model(self), "row")
        self.table.setSelectionMode(LinesTable.SelectionMode.SingleSelection)
        self.message, self.progress, self.foot = MessageBar(), ProgressStrip(), Foot()
        self.work = LongWork(house.desk, self.progress, self)
        self._make_buttons()
        sentence = self.tr("There is no backup yet. One is made once a day when something has changed, and before "
                           "every import.")
        self.empty = EmptyView(Icon.BACKUP, sentence, self.tr("Back up now"))
        self._body = TableOrEmpty(self.table, self.empty, self)
        self._build()
        self._wire()
        self._tell()

    @property
    def title(self) -> str:
        return self.tr("Backups")

    @property
    def busy(self) -> bool:
        """Whether a backup or a restore is under way."""
        return self.work.busy

    def begin(self) -> None:
        self.renew()

    def arrive(self) -> None:
        self._here = True
        self.renew()
        self.table.setFocus()

    def leave(self) -> None:
        self._here = False

    @Slot()
    def renew(self) -> None:
        """Ask again for the list; unseen it only marks itself stale."""
        path = self.house.desk.path
        self._stale = not self._here
        if self._here and path is not None:
            self.house.desk.ask(backups.overview(path), self._take, key=(self, "list"))

    @Slot()
    def back_up(self) -> None:
        """Make a backup now."""
        who = self.house.desk.who
        self._work(lambda office, progress: backups.back_up(office, "asked", who, progress), self._backed_up,
                   self.tr("Backing up"))

    @Slot()
    def look_inside(self) -> None:
        """Check the chosen backup and ask for a second window with it."""
        line = self.table.current
        if line is not None:
            self._chosen = line.backup
            chosen = line.backup
            self._work(lambda _, __: backups.file_to_look_inside(chosen), self._look, self.tr("Checking the backup"))

    @Slot()
    def restore(self) -> None:
        """Show what restoring the chosen backup would take away, and ask."""
        line = self.table.current
        if line is not None and not self.busy:
            self._chosen = line.backup
            self.house.desk.ask(backups.what_would_be_lost(line.backup), self._ask, failure=self._failed)

    @Slot()
    def show_folder(self) -> None:
        """Open the folder of the backups in the system's file manager."""
        if self._overview is not None:
            folder = self._overview.folder
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder if folder.is_dir() else folder.parent)))

    @Slot()
    def choose_second_place(self) -> None:
        """Ask for a second folder, or to do without it."""
        seen = self._overview
        if seen is None:
            return
        sentence = self.tr("Each backup is copied there too, for example to a memory stick or a drive of the office.")
        if seen.second is not None:
            sentence = self.tr("Each backup is copied to {place} too.").format(place=seen.second)
        self._open(DialogShell(self.window(), self.tr("A second place for backups"), sentence))
        self._verb(self.tr("Cancel"))
        if seen.second is not None:
            self._verb(self.tr("Do without it"), "secondary", "none")
        self._verb(self.tr("Choose a folder…"), "primary", "choose")
        self._show(self._second_chosen)

    def _make_buttons(self) -> None:
        self.now_button = Button(self.tr("Back up now"), "primary", icon=Icon.ADD)
        self.more_button = IconButton(Icon.MORE, self.tr("More for backups"))
        self._menu = QMenu(self)
        self.folder_action = QAction(icon(Icon.OPEN_FILE), self.tr("Show the folder"), self)
        self.second_action = QAction(icon(Icon.DUPLICATE), self.tr("Choose a second place…"), self)
        self._menu.addActions([self.folder_action, self.second_action])
        self.more_button.setMenu(self._menu)
        self.more_button.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        self.look_button = Button(self.tr("Look inside"), small=True, icon=Icon.PREVIEW)
        self.restore_button = Button(self.tr("Restore…"), small=True, icon=Icon.HISTORY)

    def _build(self) -> None:
        ground = Pane("surface", self)
        head = Row(None, (16, 0, 16, 0), 8)
        title = ShortWords(self.title, "title")
        title.setMinimumHeight(tokens.height("page_header"))
        head.addWidget(title, 1)
        head.addWidget(self.more_button)
        head.addWidget(self.now_button)
        notice = Row(None, (16, 0, 16, 0), 0)
        notice.addWidget(self.message)
        strip = Row(None, (16, 0, 16, 0), 0)
        strip.addWidget(self.progress)
        for button in (self.look_button, self.restore_button):
            self.foot.add(button)
        column = Column(ground)
        for part in (head, notice, strip):
            column.addLayout(part)
        column.addWidget(self._body, 1)
        column.addWidget(self.foot)
        Column(self).addWidget(ground, 1)
        self.setFocusProxy(self.table)

    def _wire(self) -> None:
        desk = self.house.desk
        desk.changed.connect(self.renew)
        desk.opened.connect(self._opened)
        desk.closed.connect(self._closed)
        self.message.acted.connect(self._dismiss)
        self.work.changed.connect(self._tell)
        self.table.picked.connect(self._tell)
        self.table.opened.connect(self.look_inside)
        self.empty.chosen.connect(self.back_up)
        for button, act in ((self.now_button, self.back_up), (self.look_button, self.look_inside),
                            (self.restore_button, self.restore)):
            button.clicked.connect(act)
        self.folder_action.triggered.connect(self.show_folder)
        self.second_action.triggered.connect(self.choose_second_place)
        self.house.registry.add_all([
            Command("backups.now", self.tr("Back up now"), self.back_up, Icon.BACKUP, group=self.title,
                    enabled=self._can_back_up)], self)

    def _take(self, seen: Overview) -> None:
        self._overview = seen
        first = self.table.current is None or self._made
        self._made = False
        self.table.show_lines(seen.lines)
        self._body.show_empty(not seen.lines)
        self.now_button.set_kind("primary" if seen.lines else "secondary")
        if first and seen.lines:
            self.table.select_row(0)
        self._tell()

    def _ask(self, since: Since) -> None:
        if self._chosen is None:
            return
        self._open(DialogShell(self.window(), self.tr("Restore this backup?"), moment_words(self._chosen.at), WIDE))
        for line in lost_words(since):
            self._add_words(line)
        self._add_words(self.tr("What is there now is kept as a backup first, so that you can go back to it."))
        cancel = self._verb(self.tr("Cancel"))
        self._verb(self.tr("Restore"), "primary", "restore")
        if cancel is not None:
            cancel.setFocus()
        self._show(self._keep_first)

    @Slot(str)
    def _keep_first(self, _: str) -> None:
        who = self.house.desk.who
        self._work(lambda office, progress: backups.back_up(office, "restore", who, progress), self._kept,
                   self.tr("Backing up what is there now"), self._not_kept)

    def _kept(self, made: Made) -> None:
        self._bring_back("restore")

    def _not_kept(self, error: Any) -> None:
        if isinstance(error, EnvironmentTrouble):
            self._open(DialogShell(self.window(), self.tr("Restore without keeping what is there now?"),
                                   say(error.message)))
            self._verb(self.tr("Cancel"))
            self._verb(self.tr("Restore all the same"), "danger", "restore")
            self._show(self._bring_back)

    @Slot(str)
    def _bring_back(self, _: str) -> None:
        chosen, who = self._chosen, self.house.desk.who
        if chosen is not None:
            self._work(lambda office, progress: backups.restore(office, chosen, who, progress, keep_before=False),
                       self._restored, self.tr("Restoring"))

    def _restored(self, done: Restored) -> None:
        self.house.desk.tell(done.changes)
        if self._chosen is not None:
            self._notice("info", self.tr("The office is as it was: {moment}.").format(
                moment=moment_words(self._chosen.at)))

    def _backed_up(self, made: Made) -> None:
        self._made = True
        self.renew()
        if made.trouble is not None:
            self._notice("warn", say(made.trouble))

    def _look(self, ready: tuple[Path, Path | None]) -> None:
        if self._chosen is not None:
            self.look_wanted.emit(ready[0], ready[1], moment_words(self._chosen.at))

    @Slot(str)
    def _second_chosen(self, verb: str) -> None:
        if verb == "none":
            self.house.desk.do(backups.choose_second_place(None))
            return
        asked = QFileDialog(self, self.tr("A second place for backups"), str(Path.home()))
        asked.setFileMode(QFileDialog.FileMode.Directory)
        asked.fileSelected.connect(self._second_found)
        asked.open()

    @Slot(str)
    def _second_found(self, folder: str) -> None:
        self.house.desk.do(backups.choose_second_place(Path(folder)))

    def _work(self, job: Any, answer: Any, what: str, failure: Any = None) -> None:
        if self.busy or not self.house.desk.is_open:
            return
        self.message.clear()
        self.work.run(job, answer, what, failure or self._failed)

    def _failed(self, error: Any) -> None:
        """Trouble with disk or file is told by the window's bar."""
        if isinstance(error, PartnerDeskError) and not isinstance(error, EnvironmentTrouble):
            self._notice("warn", say(error.message))

    @Slot()
    def _opened(self) -> None:
        self._overview = None
        self.table.show_lines([])
        self.message.clear()
        self.renew()

    @Slot()
    def _closed(self) -> None:
        self._opened()
        self._tell()

    @Slot()
    def _tell(self) -> None:
        """Show what can be done now, and where the backups lie."""
        desk, seen, line = self.house.desk, self._overview, self.table.current
        writes = desk.is_open and not desk.read_only
        self.now_button.setVisible(writes)
        self.second_action.setVisible(writes)
        self.empty.show_case(self.empty.accessibleName(), self.tr("Back up now") if writes else "")
        for button in (self.now_button, self.look_button, self.restore_button):
            button.setEnabled(not self.busy)
        self.look_button.setVisible(line is not None)
        self.restore_button.setVisible(line is not None and writes)
        self.foot.say(self._places(seen) if seen is not None else "")

    def _can_back_up(self) -> bool:
        desk = self.house.desk
        return desk.is_open and not desk.read_only and not self.busy

    def _places(self, seen: Overview) -> str:
        parts = [self.tr("Backups: {n}").format(n=number(len(seen.lines)))]
        if seen.second is not None:
            parts.append((self.tr("second place: {place}") if seen.second_there
                          else self.tr("second place not connected: {place}")).format(place=seen.second))
        return " · ".join(parts)

    def _open(self, dialog: DialogShell) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._forget_dialog)

    def _add_words(self, words: str) -> None:
        if self.dialog is not None:
            self.dialog.body.addWidget(Words(words, "body", "text2", wrap=True))

    def _verb(self, words: str, kind: Any = "secondary", token: str = "") -> Button | None:
        return self.dialog.add_button(words, kind, token) if self.dialog is not None else None

    def _show(self, act: Any) -> None:
        if self.dialog is not None:
            self.dialog.verb_chosen.connect(act)
            self.dialog.open()

    @Slot()
    def _forget_dialog(self) -> None:
        self.dialog = None

    def _notice(self, kind: Any, words: str) -> None:
        self.message.show_message(kind, words, "", self.tr("Dismiss"))

    @Slot(str)
    def _dismiss(self, _: str) -> None:
        self.message.clear()
