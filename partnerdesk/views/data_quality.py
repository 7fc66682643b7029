"""The Quality tab: what the office's data lacks, by group, each finding one Enter away from its record."""

from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from partnerdesk.bridge.desk import Ticket
from partnerdesk.domain.words import Text
from partnerdesk.look.cells import NavRow
from partnerdesk.look.icons import Icon
from partnerdesk.look.tokens import px
from partnerdesk.look.words import number, say
from partnerdesk.models.quality import quality_model, quality_rows
from partnerdesk.services import quality
from partnerdesk.services.quality import GROUPS, Finding
from partnerdesk.views.data_files import ask_save
from partnerdesk.views.data_table import Foot, LinesTable, Part, TableOrEmpty
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.kit.labels import Pane
from partnerdesk.views.kit.layouts import Column, Measured
from partnerdesk.views.kit.nav import NavView
from partnerdesk.views.page import House

ALL = "all"
PAUSE_MS = 1200
STACKS_BELOW = 700
_ICONS = {
    "codes": Icon.LINK, "agreements": Icon.AGREEMENTS, "conditions": Icon.PLACES, "gaps": Icon.STARTS_LATER,
    "twice": Icon.DUPLICATE, "twins": Icon.MERGE, "people": Icon.PEOPLE, "fields": Icon.CURRICULUM,
    "partners": Icon.PARTNERS, "contacts": Icon.CONTACT, "stale": Icon.SOON,
}  # fmt: skip
_PAGES = {"partner": "partners", "agreement": "agreements", "person": "people"}


class QualityPart(Part):
    """Findings by group. Read beside the work, at rest after a change, never in the way of it."""

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        super().__init__(house.desk, parent)
        self._house = house
        self._findings: list[Finding] | None = None
        self._ticket: Ticket | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._read)
        self.table = LinesTable(self.tr("Findings"), quality_model(self))
        self.table.opened.connect(self.open_record)
        self.groups = NavView(self.tr("Groups of findings"))
        self.groups.chosen.connect(self._show_group)
        self._empty = EmptyView(Icon.QUALITY, self.tr("Looking through the data."))
        self._foot = Foot()
        self._export = Button(self.tr("Export"), "quiet", small=True, icon=Icon.EXPORT)
        self._export.clicked.connect(self.export)
        self._open = Button(self.tr("Open record"), small=True)
        self._open.clicked.connect(self.open_record)
        self._apart = Button(self.tr("Not the same"), small=True, icon=Icon.PARTNERS)
        self._apart.setToolTip(self.tr("Remember that these are two different ones"))
        self._merge = Button(self.tr("Merge…"), small=True, icon=Icon.MERGE)
        self._merge.clicked.connect(self.merge)
        self._apart.clicked.connect(self.tell_apart)
        self.table.picked.connect(self._tell)
        self._build()

    @property
    def count(self) -> int | None:
        return None if self._findings is None else len(self._findings)

    @property
    def findings(self) -> list[Finding]:
        """All findings, whatever group is shown."""
        return list(self._findings or ())

    def renew(self) -> None:
        super().renew()
        if self._findings is None:
            self._read()
        else:
            self._pause.start()

    def focus_first(self) -> None:
        self.table.setFocus()

    def forget(self) -> None:
        """The office has been closed."""
        self._findings = None
        self._stale = True
        self.table.show_lines([])

    @Slot()
    def open_record(self) -> None:
        """Go to the record of the current finding."""
        finding = self.table.current
        if finding is None:
            return
        if finding.kind == "home":
            self._house.go("settings")
        else:
            self._house.go(_PAGES[finding.kind], finding.record_id)

    @Slot()
    def tell_apart(self) -> None:
        """Remember that the two partners or people of the current finding are different ones."""
        finding = self.table.current
        if finding is not None and finding.other_id and not self._house.desk.read_only:
            self._house.desk.do(quality.not_the_same(finding))

    @Slot()
    def merge(self) -> None:
        """Show the two people of the current finding side by side, to make them one."""
        from partnerdesk.views.person_merge import ask_merge

        finding = self.table.current
        if finding is not None and finding.kind == "person" and not self._house.desk.read_only:
            ask_merge(self._house.desk, self.window(), finding.record_id, finding.other_id)

    @Slot()
    def export(self) -> None:
        """Save the findings shown as a spreadsheet."""
        columns, rows = quality_rows(self.table.lines.lines)
        saver = ask_save(self, self._house.desk, self.tr("Data quality"), columns, rows)
        saver.told.connect(self.noticed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(STACKS_BELOW)
        way = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self._split.orientation() != way:
            self._split.setOrientation(way)
            self._split.setSizes([px(112), px(500)] if narrow else [px(232), px(800)])

    def _build(self) -> None:
        left = Pane("surface", self)
        column = Column(left, (8, 8, 8, 8))
        column.addWidget(self.groups)
        Measured(left, width_min=150)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(left)
        self._split.addWidget(self.table)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([px(232), px(800)])
        self._body = TableOrEmpty(self._split, self._empty, self)
        self._body.show_empty(True)
        self._foot.add(self._export)
        self._foot.add(self._apart)
        self._foot.add(self._merge)
        self._foot.add(self._open)
        self._column.addWidget(self._body, 1)
        self._column.addWidget(self._foot)
        self._tell()

    @Slot()
    def _read(self) -> None:
        if not self._house.desk.is_open:
            return
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = self._house.desk.work(_read_findings, self._take, self._failed)

    def _take(self, findings: list[Finding]) -> None:
        self._ticket = None
        self._findings = findings
        counts = quality.counts(findings)
        rows = [NavRow(ALL, self.tr("Everything"), Icon.QUALITY, number(len(findings)))]
        rows += [NavRow(g, say(GROUPS[g]), _ICONS[g], number(n)) for g, n in counts.items()]
        kept = self.groups.value
        self.groups.set_rows(rows)
        self.groups.set_value(kept if kept in counts else ALL)
        self._show_group(self.groups.value)
        self._empty.show_case(self.tr("Nothing to put right, as far as the program can tell."))
        self._body.show_empty(not findings)
        self.counted.emit()

    def _failed(self, error: Exception) -> None:
        self._ticket = None

    @Slot(str)
    def _show_group(self, group: str) -> None:
        shown = [f for f in self._findings or () if group in (ALL, f.group)]
        self.table.show_lines(shown)
        if shown and self.table.current is None:
            self.table.select_row(0)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        shown, total = len(self.table.lines.lines), len(self._findings or ())
        self._foot.say(self.tr("{n} of {total}").format(n=number(shown), total=number(total)) if total else "")
        self._export.setVisible(bool(shown))
        current = self.table.current
        self._open.setVisible(current is not None)
        self._merge.setVisible(current is not None and current.kind == "person" and not self._house.desk.read_only)
        self._apart.setVisible(current is not None and bool(current.other_id) and not self._house.desk.read_only)


def _read_findings(office: Any, progress: Any) -> list[Finding]:
    progress(0, 0, Text(""))
    with office.read() as reader:
        return quality.findings(reader)
