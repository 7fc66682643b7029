"""The visits to and from one partner as rows that lead to them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot

from partnerdesk.domain.journal import Changes
from partnerdesk.domain.visits import VisitLine
from partnerdesk.models.visits import days_words, status_chip, way_icon
from partnerdesk.services.visits import visits_with
from partnerdesk.views.children import ChildRow
from partnerdesk.views.partroom import PartRoom
from partnerdesk.views.person_parts import RowsList
from partnerdesk.views.watching import Watch


class VisitsWatch(Watch):
    """Knows the visits to and from one partner, the last first."""

    lines: Sequence[VisitLine] = ()

    def question(self, reader: Any, record_id: int) -> list[VisitLine]:
        return visits_with(reader, record_id)

    def keep(self, answer: list[VisitLine] | None) -> None:
        self.lines = answer or ()

    def concerns(self, changes: Changes) -> bool:
        return bool(changes.ids("visit"))


class PartnerVisits(PartRoom):
    """`visit_wanted(id)` on a row, `new_wanted()` for one more."""

    visit_wanted = Signal(int)
    new_wanted = Signal()

    def __init__(self, watch: VisitsWatch) -> None:
        super().__init__("")
        self.setAccessibleName(self.tr("Visits"))
        self._watch = watch
        self.rows = RowsList(self.tr("Visits"), self.tr("New visit"), self.tr("No visit yet."))
        self.rows.chosen.connect(self._chosen)
        self.rows.add_wanted.connect(self.new_wanted)
        self.body.addWidget(self.rows)
        self.body.addStretch(1)
        watch.renewed.connect(self.renew)
        self.renew(True)

    @Slot(bool)
    def renew(self, fresh: bool) -> None:
        self.rows.add.setVisible(not self._watch.desk.read_only)
        self.rows.show_rows([self._row(line) for line in self._watch.lines])

    def _row(self, line: VisitLine) -> ChildRow:
        outcomes = self.tr("outcomes written down") if line.outcomes else ""
        to_do = self.tr("{n} to do").format(n=line.open_followups) if line.open_followups else ""
        second = " · ".join(part for part in (days_words(line), outcomes, to_do) if part)
        return ChildRow(way_icon(line.direction), line.title, second, "", self, status_chip(line.status))

    @Slot(int)
    def _chosen(self, place: int) -> None:
        self.visit_wanted.emit(self._watch.lines[place].id)
