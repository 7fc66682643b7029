"""The Overview tab of a project: how it goes and why, what is late and what comes next, progress, money, partners."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.problems import Problem
from partnerdesk.domain.projects import ProjectMember
from partnerdesk.domain.vocab import label_of
from partnerdesk.look.cells import Chip
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import counted, number, say
from partnerdesk.models.project_grid import rows_of_tasks
from partnerdesk.models.project_overview import PointRow, hours_words, money_facts, open_points
from partnerdesk.models.project_words import health_chip
from partnerdesk.services.labels import field_label
from partnerdesk.views.agreement_fields import Fact, ProblemList, Section, term_choices
from partnerdesk.views.children import ChildRow
from partnerdesk.views.kit.datefield import LenientDateField
from partnerdesk.views.kit.editors import ChoiceEditor, TextEditor
from partnerdesk.views.kit.forms import FormGrid
from partnerdesk.views.kit.labels import ChipLabel, Words
from partnerdesk.views.kit.layouts import Column, Row
from partnerdesk.views.kit.meters import MeterLine
from partnerdesk.views.person_parts import RowsList
from partnerdesk.views.project_fields import ProjectBinding
from partnerdesk.views.project_work import ProjectWork

MOST = 6


class HealthLight(QWidget):
    """How the project goes, in one chip, and the reason beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = Row(self, 0, 10)
        self.chip = ChipLabel("neutral", "")
        self._why = Words("", "small", "text2", wrap=True)
        row.addWidget(self.chip)
        row.addWidget(self._why, 1)

    @property
    def words(self) -> str:
        """What it says."""
        return f"{self.chip.accessibleName()} {self._why.text()}".strip()

    def say(self, chip: Chip | None, why: str) -> None:
        """Show a light; hidden where nothing is said."""
        self.setVisible(chip is not None)
        if chip is not None:
            self.chip.show_state(chip.kind, chip.word, chip.icon)
            self._why.setText(why)


class OverviewTab(Section):
    """`tab_wanted(key)` leads to where something is mended, `part_wanted(table, id)` to a piece of the plan,
    `open_record(page, id)` to a partner.
    """

    open_record = Signal(str, int)
    tab_wanted = Signal(str)
    part_wanted = Signal(str, int)

    def __init__(self, work: ProjectWork, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Overview"))
        self._work = work
        self._late: Sequence[PointRow] = ()
        self._next: Sequence[PointRow] = ()
        self._members: Sequence[ProjectMember] = ()
        self._said: Sequence[Problem] = ()
        self._bound = ProjectBinding(work)
        self.light = HealthLight()
        self.body.addWidget(self.light)
        self.progress = MeterLine(self.tr("Progress, by the days of the tasks"), percent=True)
        self.body.addWidget(self.progress)
        self.problems = ProblemList()
        self.problems.fix_wanted.connect(self._fix)
        self.body.addWidget(self.problems)
        self._make_points()
        self._make_state()
        self._make_money()
        self.partners = RowsList(self.tr("Partners"), "", self.tr("No partners yet."))
        self.partners.chosen.connect(self._open_partner)
        self.body.addWidget(self.partners)
        self.people = Words("", "small", "text2", wrap=True)
        self.body.addWidget(self.people)
        self.body.addStretch()

    def renew(self, fresh: bool) -> None:
        """Show the project as it is now."""
        project = self._work.project
        if project is None:
            return
        file = self._work.file
        if fresh:
            self._work.show_fields(list(self._bound.fields.values()))
        health, why = self._work.health()
        self.light.say(health_chip(health), why)
        self.progress.set_value(self._work.progress, 100)
        self.progress.setVisible(bool(file.tasks))
        self._said = self._work.whole_problems()
        self.problems.show_problems(self._said, fixes=not self._work.desk.read_only)
        self._show_points()
        self._show_money()
        self._show_partners()
        self.people.setText(hours_words(file.people))
        self.people.setVisible(bool(file.people))

    def set_locked(self, reason: str) -> None:
        """Readable only, or open again with ""."""
        self._bound.lock(reason)

    def focus_first(self) -> None:
        """Put the keyboard on how it goes."""
        self._health.setFocus()

    def _make_points(self) -> None:
        self.late = RowsList(self.tr("Late"), "", "")
        self.late.chosen.connect(self._open_late)
        self.next = RowsList(self.tr("Next"), "", self.tr("Nothing with a day is open."))
        self.next.chosen.connect(self._open_next)
        for rows in (self.late, self.next):
            self.body.addWidget(rows)
        self.rest = Words("", "tiny", "muted")
        self.body.addWidget(self.rest)

    def _make_state(self) -> None:
        grid = FormGrid()
        grid.add_head(self.tr("How it goes"))
        self._health = ChoiceEditor([("", self.tr("As the dates say")), *term_choices("project_health")])
        self._bound.add(grid, "health", self._health, label=self.tr("In our judgement"))
        self._bound.add(grid, "next_review", LenientDateField())
        self._bound.add(grid, "health_reason", TextEditor(), "wide")
        self._bound.add(grid, "decisions", TextEditor(), "wide")
        self.body.addWidget(grid)

    def _make_money(self) -> None:
        self._money = QWidget()
        column = Column(self._money, 0, 8)
        self._money_grid = FormGrid()
        self._money_grid.add_head(self.tr("Money"))
        self._facts = {name: Fact(say(field_label(name))) for name in ("budget", "own_budget", "spent")}
        for fact in self._facts.values():
            self._money_grid.add(fact, short=True)
        column.addWidget(self._money_grid)
        self.spent = MeterLine(self.tr("Spent of our budget"), percent=True)
        column.addWidget(self.spent)
        self.body.addWidget(self._money)

    def _show_points(self) -> None:
        file = self._work.file
        points = open_points(rows_of_tasks(file.tasks, ()), file.milestones, file.deliverables)
        late = [one for one in points if one.late]
        coming = [one for one in points if not one.late]
        self._late, self._next = late[:MOST], coming[:MOST]
        self.late.show_rows([self._row(one) for one in self._late])
        self.late.setVisible(bool(late))
        self.next.show_rows([self._row(one) for one in self._next])
        more = len(points) - len(self._late) - len(self._next)
        self.rest.setText(counted(more, self.tr("1 more in the plan"), self.tr("{n} more in the plan")))
        self.rest.setVisible(more > 0)

    def _row(self, point: PointRow) -> ChildRow:
        icon = {"milestones": Icon.MILESTONE, "deliverables": Icon.DELIVERABLE}.get(point.table, Icon.STRIP)
        return ChildRow(icon, point.name, point.second, "", self, point.chip)

    def _show_money(self) -> None:
        project = self._work.project
        assert project is not None
        known = dict(money_facts(project))
        for name, fact in self._facts.items():
            label = say(field_label(name))
            fact.setVisible(label in known)
            fact.say(known.get(label, ""))
        base = project.own_budget or project.budget
        part = round(100 * (project.spent or 0) / base) if base else 0
        self.spent.set_value(part, 100)
        self.spent.setVisible(bool(base) and project.spent is not None)
        self._money.setVisible(bool(known))

    def _show_partners(self) -> None:
        known = self._work.file.institutions
        self._members = [one for one in self._work.file.members if not known[one.institution_id].is_home]
        rows = []
        for one in self._members:
            months = self.tr("{n} person-months").format(n=number(one.effort, 0 if one.effort.is_integer() else 1)) \
                if one.effort else ""
            second = " · ".join(part for part in (say(label_of("project_role", one.role)), months, one.contact) if part)
            rows.append(ChildRow(Icon.PARTNERS, self._work.institution_name(one.institution_id), second, "", self))
        self.partners.show_rows(rows)

    @Slot(int)
    def _open_late(self, place: int) -> None:
        self._open(self._late[place])

    @Slot(int)
    def _open_next(self, place: int) -> None:
        self._open(self._next[place])

    def _open(self, point: PointRow) -> None:
        self.part_wanted.emit(point.table, point.record.id)

    @Slot(int)
    def _open_partner(self, place: int) -> None:
        self.open_record.emit("partners", self._members[place].institution_id)

    @Slot(int)
    def _fix(self, place: int) -> None:
        self.tab_wanted.emit(self._work.tab_of(self._said[place]))
