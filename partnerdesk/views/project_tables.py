"""The tabs of a project that are made of tables: the plan, partners and people, risks."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.projects import ProjectMember
from partnerdesk.look.icons import Icon
from partnerdesk.models.project_overview import hours_words
from partnerdesk.views.agreement_fields import ProblemList, Section
from partnerdesk.views.asking_partner import institution_provider
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.labels import Words
from partnerdesk.views.kit.layouts import Flow, Row
from partnerdesk.views.kit.picker import PickerPopup
from partnerdesk.views.project_specs import (
    deliverable_spec,
    member_spec,
    milestone_spec,
    package_spec,
    person_spec,
    risk_spec,
    task_spec,
)
from partnerdesk.views.project_table import PartTable
from partnerdesk.views.project_work import ProjectWork


class TablesTab(Section):
    """Tables beneath each other; the fields of a row are shown in the table the keyboard is in."""

    def __init__(self, name: str, work: ProjectWork, tables: Sequence[PartTable]) -> None:
        super().__init__(name, margins=(0, 8, 0, 16))
        self._work = work
        self.tables = {table.spec.key: table for table in tables}
        for table in tables:
            self.body.addWidget(table)
            table.chosen.connect(self._chosen)
        self.body.addStretch()

    def renew(self, fresh: bool) -> None:
        """Show the tables as they are now."""
        if self._work.about is None:
            return
        names = self._work.names
        for table in self.tables.values():
            table.show_records(names, self._work.desk.read_only, fresh)

    def flush(self) -> bool:
        """Take what is being typed in a cell."""
        for table in self.tables.values():
            table.grid.commit()
        return True

    def focus_first(self) -> None:
        """Put the keyboard into the first table."""
        next(iter(self.tables.values())).begin()

    def go_to(self, table: str, record_id: int) -> None:
        """Go to a row of one of the tables."""
        found = self.tables[table]
        found.grid.go_to(record_id, found.spec.first)
        found.grid.setFocus()
        self.ensureWidgetVisible(found.grid)

    @Slot(object)
    def _chosen(self, chosen: PartTable) -> None:
        for table in self.tables.values():
            if table is not chosen:
                table.show_detail(False)
        chosen.show_detail(True)


class PlanTab(TablesTab):
    """Work packages, tasks, milestones, deliverables. `deed_wanted(key)` begins a deed with the whole plan."""

    deed_wanted = Signal(str)

    def __init__(self, work: ProjectWork) -> None:
        specs = (package_spec(work), task_spec(work), milestone_spec(work), deliverable_spec(work))
        super().__init__("", work, [PartTable(spec, work) for spec in specs])
        self.setAccessibleName(self.tr("Plan"))
        self.problems = ProblemList()
        self.deeds = QWidget()
        self._buttons: dict[str, Button] = {}
        self._make_deeds()
        head = QWidget()
        row = Row(head, (16, 0, 16, 0), 0)
        row.addWidget(self.problems, 1)
        self.body.insertWidget(0, self.deeds)
        self.body.insertWidget(1, head)
        self._head = head

    def renew(self, fresh: bool) -> None:
        super().renew(fresh)
        found = self._work.plan_problems()
        self.problems.show_problems(found)
        self._head.setVisible(bool(found))
        self.deeds.setVisible(not self._work.desk.read_only)
        self._buttons["settle"].setVisible(any(one.code == "R102" and one.severity == "warn" for one in found))

    def _make_deeds(self) -> None:
        room = Row(self.deeds, (16, 0, 16, 0), 0)
        inner = QWidget()
        flow = Flow(inner, 8)
        for key, words, icon in (("shift", self.tr("Shift…"), Icon.FORWARD),
                                 ("delay", self.tr("Delay…"), Icon.INTERRUPTED),
                                 ("stretch", self.tr("Stretch…"), Icon.STRETCH),
                                 ("baseline", self.tr("Agree the plan"), Icon.APPROVE),
                                 ("settle", self.tr("Put in order"), Icon.QUEUED)):
            button = Button(words, small=True, icon=icon)
            button.setObjectName(key)
            button.clicked.connect(self._press)
            flow.addWidget(button)
            self._buttons[key] = button
        self._buttons["settle"].setToolTip(self.tr("Tasks that stand before what they wait for go later"))
        room.addWidget(inner, 1)

    @Slot()
    def _press(self) -> None:
        button = self.sender()
        if button is not None:
            self.flush()
            self.deed_wanted.emit(button.objectName())


class MemberTable(PartTable):
    """The partners of a project: which one is chosen before it is added."""

    def __init__(self, work: ProjectWork) -> None:
        super().__init__(member_spec(work, self._institution), work)
        self._popup: PickerPopup | None = None

    @Slot()
    def add(self) -> None:
        """Ask which institution takes part."""
        if self._locked or self._popup is not None:
            return
        popup = PickerPopup(self.add_button, institution_provider(self._work.desk), (), name=self.spec.add_text)
        popup.chosen.connect(self._take)
        popup.closed.connect(self._closed)
        self._popup = popup
        popup.open_at(self.add_button.mapToGlobal(QPoint(0, self.add_button.height())))

    def _institution(self) -> int | None:
        member = self.current
        return member.institution_id if member is not None else None

    @Slot(object)
    def _take(self, institution_id: object) -> None:
        known = {one.institution_id: one.id for one in self.spec.records()}
        wanted = int(str(institution_id))
        if wanted in known:
            self.grid.go_to(known[wanted], self.spec.first)
        else:
            self._work.add_parts([ProjectMember(institution_id=wanted)], self.current, self._added)

    @Slot()
    def _closed(self) -> None:
        self._popup = None


class PeopleTab(TablesTab):
    """Partners with role, months and money; people with their hours."""

    def __init__(self, work: ProjectWork) -> None:
        super().__init__("", work, [MemberTable(work), PartTable(person_spec(work), work)])
        self.setAccessibleName(self.tr("Partners and people"))
        self._sum = Words("", "small", "text2", wrap=True)
        self._sum.setContentsMargins(16, 0, 16, 0)
        self.body.insertWidget(2, self._sum)

    @property
    def sum_words(self) -> str:
        """How many people there are, and their hours."""
        return self._sum.text()

    def renew(self, fresh: bool) -> None:
        super().renew(fresh)
        if self._work.about is not None:
            people = self._work.file.people
            self._sum.setText(hours_words(people))
            self._sum.setVisible(bool(people))


class RisksTab(TablesTab):
    """What may go wrong, and what is done about it."""

    def __init__(self, work: ProjectWork) -> None:
        super().__init__("", work, [PartTable(risk_spec(work), work)])
        self.setAccessibleName(self.tr("Risks"))
