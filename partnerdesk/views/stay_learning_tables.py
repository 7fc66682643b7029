"""The tables of a learning agreement: host, home, virtual, blended, each a grid under its credits."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.coursetable import Course, read_courses, sum_of
from partnerdesk.domain.journal import Deed
from partnerdesk.domain.learning import LearningComponent, LearningVersion, changes_only, credits_of
from partnerdesk.domain.vocab import label_of
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import say
from partnerdesk.models.stay_learning import ComponentsModel, credit_words
from partnerdesk.services import learning
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.labels import ShortWords, Words
from partnerdesk.views.kit.layouts import Column, Row
from partnerdesk.views.record_grid import RecordGrid
from partnerdesk.views.stay_work import StayWork


class PartTable(QWidget):
    """One table with its sum and a button for one more. `pasted(part, courses)` when rows came from outside."""

    pasted = Signal(str, object)
    left_out = Signal(object)
    add_wanted = Signal(str)
    remove_wanted = Signal(object)

    def __init__(self, part: str, work: StayWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = part
        self._work = work
        title = say(label_of("la_part", part))
        column = Column(self, 0, 4)
        head = Row(None, (16, 4, 16, 0), 8)
        head.addWidget(ShortWords(title, "head"), 1)
        self._sum = Words("", "small", "text2")
        head.addWidget(self._sum)
        self.add_button = Button(self.tr("Add course"), "link", icon=Icon.ADD)
        self.add_button.clicked.connect(self._add)
        head.addWidget(self.add_button)
        column.addLayout(head)
        self.model = ComponentsModel()
        self.grid = RecordGrid(title, self.model, work, self.component_deed)
        self.grid.add_wanted.connect(self._add)
        self.grid.remove_wanted.connect(self._remove)
        self.grid.paste_wanted.connect(self.paste)
        column.addWidget(self.grid)

    def component_deed(self, component: LearningComponent, fields: Mapping[str, Any]) -> Deed[Any]:
        """The deed that changes a component."""
        return learning.change_component(component, self._work.name, **fields)

    def show_components(
        self, version: LearningVersion, components: Sequence[LearningComponent], locked: bool, *,
        fresh: bool, only_changes: bool,
    ) -> None:
        """Show the components of this table in a version."""
        mine = [c for c in components if c.part == self.part]
        self.model.set_version(version)
        shown = changes_only(mine) if only_changes else mine
        columns = {"code", "title", "credits"} | ({"change"} if version.kind == "change" else {"pair"})
        columns |= {"term"} if any(c.term for c in mine) else set()
        self.grid.show_columns(columns | ({"pair"} if any(c.pair for c in mine) else set()))
        self.grid.show_records(shown, locked, other=fresh, pick=False)
        self._sum.setText(self.tr("{credits} credits").format(credits=credit_words(credits_of(mine, self.part))))
        self.add_button.setVisible(not locked and not only_changes)

    @Slot(str)
    def paste(self, written: str) -> None:
        """Take one value into the current cell, or the courses of a pasted table."""
        lines = [line for line in written.splitlines() if line.strip()]
        current = self.grid.current
        if current is not None and len(lines) == 1 and "\t" not in lines[0] and ";" not in lines[0]:
            self.model.setData(self.grid.currentIndex(), lines[0])
            return
        table = read_courses(written, clock.today())
        if table.courses:
            self.pasted.emit(self.part, table.courses)
        elif lines:
            self.left_out.emit(table.left_out)

    @Slot()
    def _add(self) -> None:
        self.add_wanted.emit(self.part)

    @Slot()
    def _remove(self) -> None:
        self.remove_wanted.emit(self.grid.chosen)


def credits_in(courses: Sequence[Course]) -> str:
    """The sum of pasted courses in words."""
    return credit_words(sum_of(courses))
