"""The Data page: what the data lacks, spreadsheets in, the journal, the trash, the file; and lists out."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from partnerdesk.domain.journal import Changes
from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import HEIGHTS
from partnerdesk.look.words import number
from partnerdesk.services.exporting import export_job
from partnerdesk.views.check_part import CheckPart
from partnerdesk.views.data_changes import ChangesPart
from partnerdesk.views.data_files import Saver
from partnerdesk.views.data_quality import QualityPart
from partnerdesk.views.data_table import Part
from partnerdesk.views.data_trash import TrashPart
from partnerdesk.views.import_panel import ImportPart
from partnerdesk.views.kit.labels import Pane, ShortWords
from partnerdesk.views.kit.layouts import Column, Measured, Row
from partnerdesk.views.kit.messagebar import MessageBar
from partnerdesk.views.kit.tabs import Tab, Tabs
from partnerdesk.views.listpage import ListPage
from partnerdesk.views.page import House, Page


class DataPage(Page):
    """Five tabs under one title; the part that is shown asks, the others mark themselves stale."""

    key = "data"
    icon = Icon.DATA

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self.quality = QualityPart(house)
        self.imports = ImportPart(house)
        self.changes = ChangesPart(house)
        self.trash = TrashPart(house)
        self.check = CheckPart(house)
        self._parts: dict[str, Part] = {
            "quality": self.quality, "import": self.imports, "changes": self.changes, "trash": self.trash,
            "check": self.check}
        self._here = False
        self.message = MessageBar()
        self.message.acted.connect(self._dismiss)
        self.tabs = Tabs(self.tr("Data"), inset=16, parent=self)
        self._stack = QStackedWidget(self)
        for part in self._parts.values():
            self._stack.addWidget(part)
            part.noticed.connect(self._notice)
            part.counted.connect(self._show_tabs)
        self.tabs.chosen.connect(self._choose)
        self._build()
        self._show_tabs()
        house.desk.changed.connect(self._hear)
        house.desk.opened.connect(self._opened)
        house.desk.closed.connect(self._closed)

    @property
    def title(self) -> str:
        return self.tr("Data")

    def arrive(self) -> None:
        self._here = True
        self._wake()
        self._parts[self.tabs.value].focus_first()

    def leave(self) -> None:
        self._here = False
        self._wake()

    def show_line(self, line: str) -> None:
        """Show the tab of that key."""
        if line in self._parts:
            self.show_tab(line)

    def show_tab(self, key: str) -> None:
        """Show quality, import, changes, trash or check."""
        self.tabs.set_value(key)
        self._choose(key)
        if self._here:
            self._parts[key].focus_first()

    @Slot()
    def begin_import(self) -> None:
        """Show the Import tab and ask for a file."""
        self.show_tab("import")
        self.imports.begin()

    def import_file(self, path: Path) -> None:
        """Show the Import tab and begin with a file."""
        self.show_tab("import")
        self.imports.import_file(path)

    def import_text(self, words: str) -> None:
        """Show the Import tab and begin with rows copied from a spreadsheet."""
        self.show_tab("import")
        self.imports.import_text(words)

    def export_list(self, page: ListPage) -> Saver:
        """Ask where to save what a list shows, and save it there."""
        what, query, language = page.key, page.model.query, QLocale().name()

        def write(office: Any, progress: Any, path: Path) -> int:
            return export_job(what, query, path, language)(office, progress)

        saver = Saver(page, self.house.desk, page.title, write)
        saver.dialog.open()
        return saver

    def _build(self) -> None:
        ground = Pane("surface", self)
        head = Row(None, (16, 0, 16, 0), 8)
        title = ShortWords(self.title, "title")
        Measured(title, height_min=HEIGHTS["page_header"])
        head.addWidget(title, 1)
        notice = Row(None, (16, 0, 16, 0), 0)
        notice.addWidget(self.message)
        column = Column(ground)
        column.addLayout(head)
        column.addWidget(self.tabs)
        column.addLayout(notice)
        column.addWidget(self._stack, 1)
        whole = Column(self)
        whole.addWidget(ground, 1)
        self.setFocusProxy(self.tabs)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    @Slot()
    def _show_tabs(self) -> None:
        words = {"quality": self.tr("Quality"), "import": self.tr("Import"), "changes": self.tr("Changes"),
                 "trash": self.tr("Trash"), "check": self.tr("Check")}
        counts = {key: part.count for key, part in self._parts.items()}
        self.tabs.set_tabs([Tab(key, word, "" if (n := counts[key]) is None else number(n))
                            for key, word in words.items()])

    @Slot(str)
    def _choose(self, key: str) -> None:
        self.message.clear()
        self._stack.setCurrentWidget(self._parts[key])
        self._wake()

    def _wake(self) -> None:
        for key, part in self._parts.items():
            part.set_awake(self._here and key == self.tabs.value)

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        for part in self._parts.values():
            part.mark_stale()

    @Slot()
    def _opened(self) -> None:
        for part in self._parts.values():
            part.mark_stale()

    @Slot()
    def _closed(self) -> None:
        self.message.clear()
        for part in self._parts.values():
            part.forget()
        self._show_tabs()

    @Slot(str, str)
    def _notice(self, kind: str, words: str) -> None:
        if not words:
            self.message.clear()
        else:
            kinds = {"info": "info", "warn": "warn", "danger": "danger"}
            self.message.show_message(kinds[kind], words, "", self.tr("Dismiss"))  # type: ignore[arg-type]

    @Slot(str)
    def _dismiss(self, _: str) -> None:
        self.message.clear()
