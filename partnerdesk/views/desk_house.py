"""Puts the window together: pages, commands, menus, messages, toasts; and serves the pages as their house.

The house stands in two goes: first what the list of the last visit is seen in, then all the rest. What only the
rest needs is imported there.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence

from partnerdesk import __version__
from partnerdesk.bridge.desk import Desk
from partnerdesk.domain.journal import Changes
from partnerdesk.domain.problems import EnvironmentTrouble, PartnerDeskError
from partnerdesk.domain.words import Text
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import say
from partnerdesk.services import office
from partnerdesk.services.listing import first_partners
from partnerdesk.views.house_pages import plan_pages
from partnerdesk.views.kit.commands import Command, Registry
from partnerdesk.views.local import Local
from partnerdesk.views.page import load_next
from partnerdesk.views.shell import Menus, UndoCommands, go_commands
from partnerdesk.views.window import LAST_PAGE, Window

if TYPE_CHECKING:
    from partnerdesk.domain.partners import Institution
    from partnerdesk.services.prints import Print
    from partnerdesk.views.agreements import AgreementsPage
    from partnerdesk.views.backups_keeper import BackupKeeper
    from partnerdesk.views.data_page import DataPage
    from partnerdesk.views.dated_desk import DatedDesk
    from partnerdesk.views.doorman import Doorman
    from partnerdesk.views.everything import Everything
    from partnerdesk.views.failures_bar import FailureBar
    from partnerdesk.views.listpage import ListPage
    from partnerdesk.views.partners import PartnersPage
    from partnerdesk.views.settings_page import SettingsPage
    from partnerdesk.views.welcome import Welcome

_Key = QKeySequence.StandardKey
# what the rest of the house is made of, in the order in which it is loaded, each in a moment of its own
_REST = tuple(f"partnerdesk.{name}" for name in (
    "bridge.files", "domain.agreements", "domain.partners", "services.checkup", "views.doorman", "services.backups",
    "views.kit.messagebar", "views.backups_keeper", "views.failures_bar", "views.kit.toast"))
EXPORTED = ("partners", "agreements", "people", "stays")


class DeskHouse(QObject):
    """The window and everything in it. Pages know it as `views.page.House`."""

    def __init__(self, desk: Desk, local: Local, *, rest_later: bool = False) -> None:
        """With `rest_later` nothing can be done yet but looking: `finish` or `finish_more` makes the rest."""
        super().__init__()
        self.desk, self.local = desk, local
        self.registry = Registry(self._flush, self)
        self.window = Window(desk, local, self.registry)
        self._people: list[str] = []
        self._welcome: Welcome | None = None
        self._doorman: Doorman | None = None
        self._dated: DatedDesk | None = None
        self._failures: FailureBar | None = None
        self._keeper: BackupKeeper | None = None
        self._undo = UndoCommands(desk, self.registry)
        self._menus = Menus(self.window, self.registry)
        self._rest: list[Callable[[], None]] = [
            self._make_doorman, self._make_keepers, self._add_commands, self._wire,
        ]
        self._add_pages()
        self._add_import()
        if not rest_later:
            self.finish()
            self.window.show_welcome()

    @property
    def doorman(self) -> "Doorman":
        """Lets offices in and out."""
        self.finish()
        return cast("Doorman", self._doorman)

    @property
    def keeper(self) -> "BackupKeeper":
        """Makes the daily backup."""
        self.finish()
        return cast("BackupKeeper", self._keeper)

    @property
    def partners(self) -> "PartnersPage":
        """The Partners page."""
        return cast("PartnersPage", self.window.page_named("partners"))

    @property
    def agreements(self) -> "AgreementsPage":
        """The Agreements page."""
        return cast("AgreementsPage", self.window.page_named("agreements"))

    @property
    def data(self) -> "DataPage":
        """The Data page."""
        return cast("DataPage", self.window.page_named("data"))

    @property
    def settings(self) -> "SettingsPage":
        """The Settings page."""
        return cast("SettingsPage", self.window.page_named("settings"))

    def finish(self) -> None:
        """Make all that was left for later."""
        while self.finish_more():
            pass

    def finish_more(self) -> bool:
        """Load a module or make one piece of what was left for later; False when all is there."""
        if self._rest and not load_next(_REST):
            self._rest.pop(0)()
        return bool(self._rest)

    def make_all_pages(self) -> None:
        """Make every page now, as tests and the tour want them."""
        while self.make_next_page():
            pass

    def make_next_page(self) -> bool:
        """Make one page, or a piece of one, that has not been shown yet; False when all are there."""
        return any(self.make_more_of(plan.key) for plan in self.window.plans)

    def make_more_of(self, key: str) -> bool:
        """Make a page, or one piece of it that has not been shown yet; False when all of it is there."""
        if key in {page.key for page in self.window.pages}:
            return self.window.page_named(key).make_more()
        self.window.page_named(key)
        return True

    def people(self) -> Sequence[str]:
        """Who may be responsible, as the office settings name them."""
        return self._people

    def go(self, page: str, record_id: int | None = None) -> None:
        """Show a page, and a record on it."""
        self.window.go(page, record_id)

    def show_filtered(self, page: str, line: str) -> None:
        """Show a page with a search line."""
        self.window.go(page)
        shown = self.window.page
        if shown is not None:
            shown.show_line(line)

    @property
    def dated(self) -> "DatedDesk":
        """Calendars and plans in and out."""
        from partnerdesk.views.dated_desk import DatedDesk

        if self._dated is None:
            self._dated = DatedDesk(self.desk, self.window)
            self._dated.told.connect(self._told)
        return self._dated

    @Slot()
    def import_spreadsheet(self) -> None:
        """Go to where spreadsheets come in."""
        if self.desk.is_open:
            self.window.go("data")
            self.data.begin_import()

    def import_file(self, path: str) -> None:
        """Begin an import of a file that was dropped on the window."""
        if self.desk.is_open:
            self.window.go("data")
            self.data.import_file(Path(path))

    def import_text(self, text: str) -> None:
        """Begin an import of rows copied from a spreadsheet."""
        if self.desk.is_open:
            self.window.go("data")
            self.data.import_text(text)

    def draft_agreement(self, institution_id: int) -> None:
        """Draft an agreement with a partner and show it."""
        from partnerdesk.domain.partners import Institution

        def read(reader: Any) -> Institution:
            found: Institution = reader.get(Institution, institution_id)
            return found

        self.desk.ask(read, self._draft)

    def print_partners(self, ids: list[int]) -> None:
        """Show the print preview of partnership summaries."""
        if ids:
            from partnerdesk.services.prints import partner_summaries

            self.print_it(partner_summaries(ids))

    def print_it(self, job: "Print") -> None:
        """Show the preview of a print, once it is known what of it can be printed."""
        if job.choose is None:
            self._preview(job)
        else:
            self.desk.ask(job.chosen, self._preview)

    def _preview(self, job: "Print") -> None:
        from partnerdesk.views.printing import PrintWindow

        PrintWindow(self.desk, self.local, job, self.window).show()

    @Slot()
    def open_sample(self) -> None:
        """Open the sample office."""
        self.doorman.open_sample()

    @Slot(object, object, str)
    def look_inside(self, path: Path, folder: Path | None, moment: str) -> None:
        """Show a backup in a second window, for reading only."""
        from partnerdesk.views.backups_keeper import Guest, SecondWindow

        other = DeskHouse(Desk(self.local.who), Guest())
        other.window.setParent(self.window, Qt.WindowType.Window)
        other.setParent(other.window)
        other.window.resize(self.window.size())
        SecondWindow(other.desk, other.window, self.window, folder)
        title = self.tr("Backup: {moment}").format(moment=moment)
        other.desk.opened.connect(partial(other.window.setWindowTitle, title))
        other.desk.opened.connect(partial(other.window.go, "partners"))
        other.window.show()
        other.desk.open(path, read_only=True)

    def file_at_start(self, file: Path | None) -> Path | None:
        """The file that was asked for, else the last one, None where the welcome page is wanted."""
        recent = self.local.recent
        if file is not None:
            return file
        return recent[0] if recent and self.local.open_at_start else None

    def show_ahead(self, path: Path) -> None:
        """Show the first rows of an office before it is opened, when its list of partners is what comes up."""
        page, view = self.local.note(LAST_PAGE), self.local.note("partners/view")
        if page not in ("", "partners") or view not in ("", "s0") or not path.is_file():
            return
        ids, lines = first_partners(path)
        if ids:
            self.window.go("partners")
            self.partners.model.show_first(ids, lines)

    def _flush(self) -> None:
        if self.window.page is not None:
            self.window.page.flush()

    def _add_pages(self) -> None:
        self.window.plan_welcome(self._make_welcome)
        plan_pages(self, self.window)

    def _make_welcome(self) -> "Welcome":
        from partnerdesk.views.welcome import Welcome

        self._welcome = Welcome()
        self._welcome.chosen.connect(self._from_welcome)
        self._welcome.recent_chosen.connect(self._open_path)
        self._welcome.show_recent(self.local.recent)
        return self._welcome

    def _make_doorman(self) -> None:
        from partnerdesk.views.doorman import Doorman

        self._doorman = Doorman(self.desk, self.local, self.window)

    def _make_keepers(self) -> None:
        from partnerdesk.views.backups_keeper import BackupKeeper
        from partnerdesk.views.failures_bar import FailureBar

        assert self._doorman is not None
        self._failures = FailureBar(self.desk, self._doorman, self.window.message())
        self._keeper = BackupKeeper(self.desk, self.window, self.window.message())

    def _add_import(self) -> None:
        """The one command of the house that the head of a list has a button for."""
        self.registry.add(Command(
            "file.import", self.tr("Import a spreadsheet…"), self.import_spreadsheet, Icon.IMPORT, ("Ctrl+I",),
            group=self.tr("File"), enabled=lambda: self.desk.is_open and not self.desk.read_only), self.window)

    def _add_commands(self) -> None:
        assert self._doorman is not None
        tr, door = self.tr, self._doorman
        is_open = lambda: self.desk.is_open  # noqa: E731
        groups = {"file": tr("File"), "edit": tr("Edit"), "help": tr("Help")}
        made = [
            Command("file.new", tr("New office…"), door.ask_new, Icon.NEW_FILE, ("Ctrl+Shift+O",)),
            Command("file.open", tr("Open an office…"), door.ask_open, Icon.OPEN_FILE, (_Key.Open,)),
            Command("file.sample", tr("Look at the sample office"), door.open_sample, Icon.PARTNERS),
            Command("file.save", tr("Save"), self._reassure, Icon.SAVE_FILE, (_Key.Save,), enabled=is_open),
            Command("file.export", tr("Export this list…"), self._export, Icon.EXPORT, ("Ctrl+E",),
                    enabled=self._can_export),
            Command("file.calendar", tr("Export the calendar…"), self._export_calendar, Icon.DATE, enabled=is_open),
            Command("file.leave", tr("Export everything…"), self._leave, Icon.EXPORT, enabled=is_open),
            Command("file.return", tr("Make an office of a folder…"), self._return, Icon.IMPORT),
            Command("file.close", tr("Close the office"), door.close, Icon.REMOVE, (_Key.Close,), enabled=is_open),
            Command("file.quit", tr("Quit"), self.window.close, Icon.QUIT, (_Key.Quit,)),
            Command("edit.settings", tr("Settings"), self._show_settings, Icon.SETTINGS, ("Ctrl+,",), enabled=is_open),
            Command("help.guide", tr("How to work with PartnerDesk"), self._show_guide, Icon.HELP,
                    (_Key.HelpContents,)),
            Command("help.keys", tr("Keyboard shortcuts"), self._show_keys, Icon.KEYBOARD, ("Ctrl+/",)),
            Command("help.support", tr("About this computer"), self._show_support, Icon.INFO),
            Command("help.about", tr("About PartnerDesk"), self._show_about, Icon.INFO),
        ]
        self.registry.add_all([replace(c, group=groups[c.id.split(".")[0]]) for c in made], self.window)
        self._undo.add_to(self.window)
        self.registry.add_all(go_commands(self.window), self.window)
        self.window.bind_strip("go.back", "go.forward", "edit.undo", "edit.redo")
        self._menus.fill(door.fill_recent)

    def _wire(self) -> None:
        assert self._doorman is not None
        desk, window, door = self.desk, self.window, self._doorman
        window.searched.connect(self._open_palette)
        window.dropped.connect(self.import_file)
        door.entered.connect(self._entered)
        door.left.connect(self._left)
        door.refused.connect(self._refused)
        door.notice.connect(self._notice)
        desk.trouble.connect(self._trouble)
        desk.said.connect(self._toast)
        desk.changed.connect(self._hear)
        window.toasts().acted.connect(self._toast_acted)
        window.message().acted.connect(self._message_acted)

    @Slot()
    def _entered(self) -> None:
        self.window.message().clear()
        path = self.desk.path
        self.window.setWindowTitle(f"{path.stem if path else ''} – PartnerDesk")
        self._read_people()
        self.registry.refresh()
        last = self.local.note(LAST_PAGE)
        ahead = self.window.page
        self.window.go(last if last in (plan.key for plan in self.window.plans) else "partners")
        if ahead is not None and self.window.page is ahead:
            # a list shown before the window could have the keyboard
            ahead.arrive()

    @Slot()
    def _left(self) -> None:
        self.window.setWindowTitle("PartnerDesk")
        self.window.message().clear()
        if self._welcome is not None:
            self._welcome.show_recent(self.local.recent)
        self.window.show_welcome()
        self.registry.refresh()

    @Slot(str)
    def _refused(self, sentence: str) -> None:
        if not self.desk.is_open:
            self.window.show_welcome()
        self.window.message().show_message("danger", sentence, "", self.tr("Dismiss"), "dismiss")

    @Slot(str)
    def _notice(self, sentence: str) -> None:
        self.window.message().show_message("info", sentence)

    @Slot(object)
    def _trouble(self, error: PartnerDeskError) -> None:
        if isinstance(error, EnvironmentTrouble):
            return
        fix = next((say(p.fix) for p in getattr(error, "problems", ()) if p.fix is not None), "")
        self.window.message().show_message("warn", say(error.message), f" {fix}", self.tr("Dismiss"), "dismiss")

    @Slot(str)
    def _message_acted(self, act: str) -> None:
        if act == "dismiss":
            self.window.message().clear()

    @Slot(object)
    def _toast(self, words: Text) -> None:
        self.window.toasts().show(say(words), self.tr("Undo"), "undo")

    @Slot(str)
    def _toast_acted(self, act: str) -> None:
        if act == "undo":
            self.desk.undo()

    def _hear(self, changes: Changes) -> None:
        if changes.ids("setting"):
            self._read_people()

    def _read_people(self) -> None:
        self.desk.ask(office.settings, self._take_settings, key="people")

    def _take_settings(self, settings: dict[str, Any]) -> None:
        self._people = [str(name) for name in settings["office.people"]]

    def _draft(self, institution: "Institution") -> None:
        from partnerdesk.domain.agreements import Agreement
        from partnerdesk.services import agreements

        deed = agreements.new_agreement(institution, Agreement(type="student_exchange"))
        self.desk.do(deed, self._show_agreement)

    def _show_agreement(self, agreement_id: int) -> None:
        self.window.go("agreements", agreement_id)
        self.agreements.pane.enter(agreement_id)

    @Slot()
    def _open_palette(self) -> None:
        from partnerdesk.views.finder import record_sources
        from partnerdesk.views.kit.palette import CommandSource, Palette, Source

        self._flush()
        sources: list[Source] = [*record_sources(self), CommandSource(self.tr("Commands"), self.registry)]
        Palette(self.window, sources).open_over(self.window)

    @Slot(str)
    def _from_welcome(self, which: str) -> None:
        {"new": self.doorman.ask_new, "open": self.doorman.ask_open, "sample": self.doorman.open_sample}[which]()

    @Slot(str)
    def _open_path(self, path: str) -> None:
        self.doorman.open(Path(path))

    def _reassure(self) -> None:
        """Ctrl+S: everything is saved as it is typed; say so."""
        self._flush()
        self.window.toasts().show(self.tr("Everything is saved as you work."))

    def _can_export(self) -> bool:
        return self.desk.is_open and getattr(self.window.page, "key", "") in EXPORTED

    def _export(self) -> None:
        page = self.window.page
        if page is not None and self._can_export():
            self.data.export_list(cast("ListPage", page)).told.connect(self._told)

    def _export_calendar(self) -> None:
        self._flush()
        self.dated.take_out()

    def _leave(self) -> None:
        self._flush()
        self._everything().ask_out()

    def _return(self) -> None:
        self._everything().ask_in()

    def _everything(self) -> "Everything":
        from partnerdesk.views.everything import Everything

        found = self.window.findChild(Everything)
        if found is None:
            found = Everything(self.desk, self.window)
            found.told.connect(self._told)
            found.made.connect(self.doorman.open)
        return found

    @Slot(str, str)
    def _told(self, kind: str, sentence: str) -> None:
        if kind == "info":
            self.window.toasts().show(sentence)
        else:
            self.window.message().show_message("danger", sentence, "", self.tr("Dismiss"), "dismiss")

    def _show_settings(self) -> None:
        self.window.go("settings")

    def _show_guide(self) -> None:
        from partnerdesk.views.help import GuideDialog

        GuideDialog(self.window).open()

    def _show_keys(self) -> None:
        from partnerdesk.views.kit.shortcuts import ShortcutSheet, key_lines

        ShortcutSheet(self.window, key_lines(self.registry)).open()

    def _show_support(self) -> None:
        from partnerdesk.views.support import SupportDialog

        SupportDialog(self.window, self.desk).open()

    def _show_about(self) -> None:
        from partnerdesk.views.help import AboutDialog

        AboutDialog(self.window, __version__).open()


