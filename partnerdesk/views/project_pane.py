"""The pane beside the list of projects: head, tabs and footer of one project, and the deeds begun from it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.projects import Project
from partnerdesk.domain.vocab import label_of
from partnerdesk.look.cells import Chip
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import number, say
from partnerdesk.models.project_overview import time_words
from partnerdesk.models.project_words import health_chip, status_chip
from partnerdesk.views.kit.tabs import Tab
from partnerdesk.views.project_sections import SECTIONS, make_section
from partnerdesk.views.project_work import ProjectWork
from partnerdesk.views.record_pane import RecordHead, RecordPane


class ProjectPane(RecordPane):
    """One project. `deed_wanted(key)` begins a deed with it."""

    deed_wanted = Signal(str)
    icon = Icon.PROJECTS
    place_icon = Icon.DATE
    prints = True
    work: ProjectWork
    _wanted_part: tuple[str, int] | None = None

    @property
    def project(self) -> Project | None:
        """The project shown."""
        return self.work.project

    def make_work(self) -> ProjectWork:
        return ProjectWork(self.desk, self.foot, self)

    def makers(self) -> Mapping[str, Callable[[], QWidget]]:
        return {plan.key: partial(self._make, plan.key) for plan in SECTIONS}

    def titles(self) -> Sequence[Tab]:
        file = self.work.file
        return [Tab(plan.key, plan.words, number(n) if (n := plan.count(file)) else "") for plan in SECTIONS]

    def fill_head(self, head: RecordHead) -> None:
        project = self.work.project
        assert project is not None
        name = project.acronym or project.title
        head.show_names(name, project.title if project.title != name else "", time_words(project))
        head.show_chips(self._chips(project))

    def select_words(self) -> str:
        return self.tr("Select a project to see it here.")

    def print_words(self) -> str:
        return self.tr("Print the status report")

    def parts_words(self) -> str:
        return self.tr("Parts of the project")

    @Slot(str, int)
    def show_part(self, table: str, record_id: int) -> None:
        """Go to a row of the plan; where the project is still on its way, once it is there."""
        from partnerdesk.views.project_tables import PlanTab

        self._wanted_part = None if self.work.about is not None else (table, record_id)
        if self._wanted_part is None:
            self.show_tab("plan")
            cast(PlanTab, self.part("plan")).go_to(table, record_id)

    @Slot(bool)
    def _renew(self, fresh: bool) -> None:
        super()._renew(fresh)
        if self._wanted_part is not None and self.work.about is not None:
            self.show_part(*self._wanted_part)

    def _make(self, key: str) -> QWidget:
        made = make_section(key, self.work)
        for name, follow in (("open_record", self._open), ("deed_wanted", self.deed_wanted),
                             ("tab_wanted", self.show_tab), ("part_wanted", self.show_part)):
            signal: Any = getattr(made, name, None)
            if signal is not None:
                signal.connect(follow)
        return made

    def _chips(self, project: Project) -> list[Chip]:
        chips = [status_chip(project.status)]
        light = health_chip(self.work.health()[0])
        if light is not None:
            chips.append(light)
        if project.kind:
            chips.append(Chip("accent", say(label_of("project_kind", project.kind)), Icon.PROJECTS))
        if project.our_role:
            chips.append(Chip("neutral", say(label_of("project_role", project.our_role)), Icon.PARTNERS))
        if project.template:
            chips.append(Chip("neutral", self.tr("Template"), Icon.DUPLICATE))
        if project.archived_on is not None:
            chips.append(Chip("neutral", self.tr("Archived"), Icon.TRASH))
        return chips

    @Slot(str, int)
    def _open(self, page: str, record_id: int) -> None:
        self.flush()
        self.open_record.emit(page, record_id)
