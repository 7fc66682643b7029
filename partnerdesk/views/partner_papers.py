"""The agreements of one partner as rows that lead to them."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.vocab import short_of
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import day_range, say
from partnerdesk.models.states import state_chip
from partnerdesk.services.gathering import Paper
from partnerdesk.services.partner_sheet import PartnerSheet
from partnerdesk.views.children import ChildRow
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.labels import Rule, ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Row


class PartnerPapers(QWidget):
    """`agreement_wanted(id)` on a row, `new_wanted()` for one more."""

    agreement_wanted = Signal(int)
    new_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = Column(self, (16, 12, 16, 16), 2)
        head = Row(None, (0, 0, 0, 2), 8)
        head.addWidget(ShortWords(self.tr("Agreements"), "head"), 1)
        self._new = Button(self.tr("New agreement"), "link", icon=Icon.ADD, parent=self)
        self._new.clicked.connect(self.new_wanted)
        head.addWidget(self._new)
        column.addLayout(head)
        column.addWidget(Rule(self))
        self._none = Words(self.tr("No agreement yet."), "tiny", "muted")
        column.addWidget(self._none)
        self._rows = Column(None, 0, 1)
        column.addLayout(self._rows)
        column.addStretch(1)

    def show_partner(self, data: PartnerSheet) -> None:
        """Show a partner's agreements, the most pressing first."""
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._none.setVisible(not data.papers)
        for paper in data.papers:
            self._rows.addWidget(self._row(paper))

    def _row(self, paper: Paper) -> ChildRow:
        agreement = paper.agreement
        name = agreement.title or say(short_of("agreement_type", agreement.type))
        open_ended = paper.version.open_ended
        span = self.tr("open-ended") if open_ended else day_range(paper.facts.starts_on, paper.ends_on)
        chip = state_chip(str(paper.state))
        second = " · ".join(part for part in (agreement.our_code, span) if part)
        row = ChildRow(Icon.AGREEMENTS, name, second, chip.word if chip else "", self, chip)
        row.setCheckable(False)
        row.setObjectName(str(agreement.id))
        row.clicked.connect(self._pressed)
        return row

    @Slot()
    def _pressed(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.agreement_wanted.emit(int(sender.objectName()))
