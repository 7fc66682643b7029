"""The Versions tab: what was agreed when, the next version with its reason, and two versions compared."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.agreements import AgreementVersion
from partnerdesk.domain.vocab import vocabulary
from partnerdesk.look.cells import Chip, TwoLine
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import day
from partnerdesk.models.agreement_words import validity_words
from partnerdesk.models.agreements import SEALED, Line
from partnerdesk.services import agreements
from partnerdesk.views.agreement_compare import CompareView
from partnerdesk.views.agreement_fields import Section, status_words
from partnerdesk.views.agreement_tables import SmallTable
from partnerdesk.views.agreement_work import Work
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.editors import LineEditor
from partnerdesk.views.kit.forms import Field
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Column, Flow, Row

_KINDS = {"approved": "success", "sent": "info", "negotiation": "info"}


class VersionsTab(Section):
    """All versions, the newest first; the one shown in the other tabs is selected."""

    version_made = Signal(int)

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__("", parent, margins=(0, 8, 0, 16))
        self.setAccessibleName(self.tr("Versions"))
        self._work = work
        titles = (self.tr("Version"), self.tr("Status"), self.tr("Made"))
        self.table = SmallTable(self.tr("Versions"), titles, (0, 118, 104))
        self.table.chosen.connect(self._chosen)
        self.table.remove_wanted.connect(self._remove_key)
        self.body.addWidget(self.table)
        self._make_buttons()
        self._make_form()
        inner = QWidget()
        column = Column(inner, (16, 4, 16, 0), 8)
        self._compare_head = Words(self.tr("Compare"), "head")
        column.addWidget(self._compare_head)
        self.compare = CompareView()
        column.addWidget(self.compare)
        self.body.addWidget(inner)
        self.body.addStretch()

    def renew(self, fresh: bool) -> None:
        """Show the versions as they are now."""
        about, version = self._work.about, self._work.version
        if about is None or version is None:
            return
        self.table.show_lines([self._line(v) for v in reversed(about.file.versions)])
        self.table.choose(version.id)
        several = len(about.file.versions) > 1
        self._compare_head.setVisible(several)
        self.compare.setVisible(several)
        if several:
            self.compare.show_dossier(about, fresh)
        read_only = self._work.desk.read_only
        self.new.setVisible(not read_only and self.form.isHidden())
        self.remove.setVisible(not read_only and several and version.status not in SEALED)
        self.send.setVisible(not read_only and version.status == "draft")

    def focus_first(self) -> None:
        """Put the keyboard into the table."""
        self.table.setFocus()

    @Slot()
    def open_form(self) -> None:
        """Ask why there is to be a new version."""
        self.form.show()
        self.new.hide()
        self._reason.set_value("")
        self._reason.setFocus()
        self.ensureWidgetVisible(self.form)

    @Slot()
    def make_version(self) -> None:
        """Begin the next version from the one shown."""
        agreement, version = self._work.agreement, self._work.version
        if agreement is None or version is None:
            return
        reason = self._reason.value()
        self._close_form()
        self._work.do(agreements.new_version(agreement, version, reason), self.version_made.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.form.isVisible():
            self._close_form()
        else:
            super().keyPressEvent(event)

    def _make_buttons(self) -> None:
        buttons = QWidget()
        room = Row(buttons, (16, 0, 16, 0), 0)
        inner = QWidget()
        flow = Flow(inner, 8)
        room.addWidget(inner)
        self.new = Button(self.tr("Make a new version"), small=True, icon=Icon.ADD)
        self.new.clicked.connect(self.open_form)
        self.send = Button(self.tr("Mark as sent"), small=True, icon=Icon.STAYS)
        self.send.clicked.connect(self._mark_sent)
        self.remove = Button(self.tr("Remove this version"), small=True, icon=Icon.DELETE)
        self.remove.clicked.connect(self._remove_shown)
        for button in (self.new, self.send, self.remove):
            flow.addWidget(button)
        self.body.addWidget(buttons)

    def _make_form(self) -> None:
        self.form = QWidget()
        column = Column(self.form, (16, 0, 16, 0), 8)
        self._reason = LineEditor()
        self._reason.returnPressed.connect(self.make_version)
        column.addWidget(Field(self.tr("Why a new version"), self._reason))
        row = Row(None, 0, 4)
        self.make = Button(self.tr("Make the version"), "primary")
        self.make.clicked.connect(self.make_version)
        cancel = Button(self.tr("Cancel"), "quiet")
        cancel.clicked.connect(self._close_form)
        row.addWidget(self.make)
        row.addWidget(cancel)
        row.addStretch()
        column.addLayout(row)
        self.form.hide()
        self.body.addWidget(self.form)

    def _line(self, version: AgreementVersion) -> Line:
        about = self._work.about
        assert about is not None
        term = vocabulary("version_status").term(version.status)
        icon = Icon[term.icon] if term is not None and term.icon else None
        status = status_words(version.status)
        chip = Chip(_KINDS.get(version.status, "neutral"), status, icon)
        holds = validity_words(version, *about.span(version))
        name = self.tr("Version {n}").format(n=version.n)
        made = TwoLine(day(version.made_on), version.made_by)
        second = version.reason or holds
        sentence = ", ".join(part for part in (name, status, version.reason, holds, made.name, made.second) if part)
        return Line(version.id, (TwoLine(name, second), chip, made), sentence, second)

    @Slot(int)
    def _chosen(self, key: int) -> None:
        if key:
            self._work.show_version(key)

    @Slot()
    def _close_form(self) -> None:
        self.form.hide()
        self.new.setVisible(not self._work.desk.read_only)
        self.new.setFocus()

    @Slot()
    def _mark_sent(self) -> None:
        agreement, version = self._work.agreement, self._work.version
        if agreement is not None and version is not None:
            self._work.do(agreements.change_terms(agreement, version, status="sent"))

    @Slot()
    def _remove_shown(self) -> None:
        version = self._work.version
        if version is not None:
            self._remove_key(version.id)

    @Slot(int)
    def _remove_key(self, version_id: int) -> None:
        about, agreement = self._work.about, self._work.agreement
        version = about.version(version_id) if about is not None else None
        if agreement is not None and version is not None:
            self._work.do(agreements.remove_version(agreement, version))
