"""The projects that a partner takes part in and what came of working together, as rows that lead to them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot

from partnerdesk.domain.journal import Changes
from partnerdesk.domain.outputs import OutputLine
from partnerdesk.domain.projects import ProjectLine
from partnerdesk.domain.vocab import label_of
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import number, say
from partnerdesk.models.project_words import health_chip, status_chip
from partnerdesk.models.projects import late_words
from partnerdesk.models.stay_words import short_range
from partnerdesk.services import outputs, projects
from partnerdesk.views.children import ChildRow
from partnerdesk.views.partroom import PartRoom
from partnerdesk.views.person_parts import RowsList
from partnerdesk.views.watching import Watch


class ProjectsWatch(Watch):
    """Knows the projects and outputs of one partner, those that run and the latest first."""

    projects: Sequence[ProjectLine] = ()
    outputs: Sequence[OutputLine] = ()

    def question(self, reader: Any, record_id: int) -> tuple[list[ProjectLine], list[OutputLine]]:
        return projects.projects_of(reader, record_id), outputs.output_lines(reader, record_id)

    def keep(self, answer: tuple[list[ProjectLine], list[OutputLine]] | None) -> None:
        self.projects, self.outputs = answer or ((), ())

    def concerns(self, changes: Changes) -> bool:
        return bool(changes.ids("project") or changes.ids("output"))


class PartnerProjects(PartRoom):
    """`project_wanted(id)` on a row, `new_wanted()` for one more."""

    project_wanted = Signal(int)
    new_wanted = Signal()

    def __init__(self, watch: ProjectsWatch) -> None:
        super().__init__("")
        self.setAccessibleName(self.tr("Projects"))
        self._watch = watch
        self.rows = RowsList(self.tr("Projects"), self.tr("New project"), self.tr("No joint project yet."))
        self.rows.chosen.connect(self._chosen)
        self.rows.add_wanted.connect(self.new_wanted)
        self.outputs = RowsList(self.tr("Outputs"), "", self.tr(
            "No outputs yet. They are entered in the project that they came of."))
        self.outputs.chosen.connect(self._output_chosen)
        self.body.addWidget(self.rows)
        self.body.addWidget(self.outputs)
        self.body.addStretch(1)
        watch.renewed.connect(self.renew)
        self.renew(True)

    @Slot(bool)
    def renew(self, fresh: bool) -> None:
        self.rows.add.setVisible(not self._watch.desk.read_only)
        self.rows.show_rows([self._row(line) for line in self._watch.projects])
        self.outputs.show_rows([self._output_row(line) for line in self._watch.outputs])

    def _row(self, line: ProjectLine) -> ChildRow:
        dates = short_range(line.starts_on, line.ends_on) if line.starts_on or line.ends_on else ""
        done = self.tr("{n} % done").format(n=number(line.progress)) if line.tasks else ""
        second = " · ".join(part for part in (dates, done, late_words(line)) if part)
        name = " ".join(part for part in (line.acronym, line.title) if part)
        return ChildRow(Icon.PROJECTS, name, second, "", self, health_chip(line.health) or status_chip(line.status))

    def _output_row(self, line: OutputLine) -> ChildRow:
        adopted = self.tr("taken over at {where}").format(where=line.adopted_at) if line.adopted_at else ""
        second = " · ".join(part for part in (say(label_of("output_kind", line.kind)), line.project, line.doi, adopted)
                            if part)
        return ChildRow(Icon.OUTPUT, line.title, second, str(line.in_year or ""), self)

    @Slot(int)
    def _chosen(self, place: int) -> None:
        self.project_wanted.emit(self._watch.projects[place].id)

    @Slot(int)
    def _output_chosen(self, place: int) -> None:
        project_id = self._watch.outputs[place].project_id
        if project_id is not None:
            self.project_wanted.emit(project_id)
