"""What the tabs of a project show, each made when it is opened first or in a quiet moment: one line a tab."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from PySide6.QtWidgets import QWidget

from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.look.words import say
from partnerdesk.services.projects import ProjectFile
from partnerdesk.views.project_work import ProjectWork


def _none(_: ProjectFile) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """A tab: its key, its title, the module and class of its section, and what stands beside the title."""

    key: str
    title: Text
    module: str
    name: str
    count: Callable[[ProjectFile], int] = _none

    @property
    def words(self) -> str:
        """The title in the user's language."""
        return say(self.title)


def _points(file: ProjectFile) -> int:
    return len(file.tasks) + len(file.milestones) + len(file.deliverables)


_ROOM = "partnerdesk.views.project_"
SECTIONS: tuple[SectionPlan, ...] = (
    SectionPlan("overview", Text(QT_TRANSLATE_NOOP("PartnerDesk", "Overview")), f"{_ROOM}overview", "OverviewTab"),
    SectionPlan("project", Text(QT_TRANSLATE_NOOP("PartnerDesk", "Project")), f"{_ROOM}fields", "ProjectTab"),
    SectionPlan("plan", Text(QT_TRANSLATE_NOOP("PartnerDesk", "Plan")), f"{_ROOM}tables", "PlanTab", _points),
    SectionPlan("people", Text(QT_TRANSLATE_NOOP("PartnerDesk", "Partners")), f"{_ROOM}tables", "PeopleTab",
                lambda file: len(file.members)),
    SectionPlan("risks", Text(QT_TRANSLATE_NOOP("PartnerDesk", "Risks")), f"{_ROOM}tables", "RisksTab",
                lambda file: len(file.risks)),
    SectionPlan("outputs", Text(QT_TRANSLATE_NOOP("PartnerDesk", "Outputs")), f"{_ROOM}lists", "OutputsTab",
                lambda file: len(file.outputs)),
    SectionPlan("documents", Text(QT_TRANSLATE_NOOP("PartnerDesk", "Documents")), f"{_ROOM}lists", "DocumentsTab",
                lambda file: len(file.documents)),
    SectionPlan("history", Text(QT_TRANSLATE_NOOP("PartnerDesk", "History")), f"{_ROOM}history", "HistoryTab"),
)
"""The tabs in their order."""


def make_section(key: str, work: ProjectWork) -> QWidget:
    """The section of a tab."""
    plan = next(plan for plan in SECTIONS if plan.key == key)
    made: QWidget = getattr(import_module(plan.module), plan.name)(work)
    return made
