"""What the tabs of a stay show, each made when it is opened first or in a quiet moment.

A tab is one line in `SECTIONS`: a section is a widget made with the work, `Section(work)`, in a module of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from PySide6.QtWidgets import QWidget

from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.look.words import say
from partnerdesk.services.stays import StayFile
from partnerdesk.views.stay_work import StayWork


class Section(Protocol):
    """What one tab shows; `agreement_fields.Section` has the room and all of this. Where it has a signal
    `open_record(page, id)`, the pane follows it.
    """

    def renew(self, fresh: bool) -> None:
        """Show what the stay says now."""

    def flush(self) -> bool:
        """Commit what is being typed in fields of its own."""

    def set_locked(self, reason: str) -> None:
        """Readable only, or open again with ""."""

    def focus_first(self) -> None:
        """Put the cursor into the first field."""


def _always(_: StayFile) -> bool:
    return True


def _earns_credits(about: StayFile) -> bool:
    return not about.is_staff


def _none(_: StayFile) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """A tab: its key, its title, the module and class of its section.

    `wanted` says for which stays the tab is there, `count` what stands beside its title.
    """

    key: str
    title: Text
    module: str
    name: str
    wanted: Callable[[StayFile], bool] = _always
    count: Callable[[StayFile], int] = _none

    @property
    def words(self) -> str:
        """The title in the user's language."""
        return say(self.title)


SECTIONS: tuple[SectionPlan, ...] = (
    SectionPlan("overview", Text(QT_TRANSLATE_NOOP("PartnerDesk", "Overview")), "partnerdesk.views.stay_overview",
                "OverviewTab"),
    SectionPlan("stay", Text(QT_TRANSLATE_NOOP("PartnerDesk", "Stay")), "partnerdesk.views.stay_fields", "StayTab"),
    SectionPlan("documents", Text(QT_TRANSLATE_NOOP("PartnerDesk", "Documents")), "partnerdesk.views.stay_documents",
                "DocumentsTab", count=lambda about: len(about.documents)),
    SectionPlan("learning", Text(QT_TRANSLATE_NOOP("PartnerDesk", "Learning agreement")),
                "partnerdesk.views.stay_learning", "LearningTab", wanted=_earns_credits,
                count=lambda about: len(about.learning)),
    SectionPlan("transcript", Text(QT_TRANSLATE_NOOP("PartnerDesk", "Transcript")), "partnerdesk.views.stay_transcript",
                "TranscriptTab", wanted=_earns_credits, count=lambda about: len(about.lines)),
    SectionPlan("grant", Text(QT_TRANSLATE_NOOP("PartnerDesk", "Grant")), "partnerdesk.views.stay_grant", "GrantTab"),
    SectionPlan("log", Text(QT_TRANSLATE_NOOP("PartnerDesk", "Log")), "partnerdesk.views.stay_log", "LogTab",
                count=lambda about: len(about.events)),
    SectionPlan("history", Text(QT_TRANSLATE_NOOP("PartnerDesk", "History")), "partnerdesk.views.stay_history",
                "HistoryTab"),
)
"""The tabs in their order."""


def plans_for(about: StayFile | None) -> tuple[SectionPlan, ...]:
    """The tabs that a stay has."""
    return tuple(plan for plan in SECTIONS if about is None or plan.wanted(about))


def make_section(key: str, work: StayWork) -> QWidget:
    """The section of a tab."""
    plan = next(plan for plan in SECTIONS if plan.key == key)
    made: QWidget = getattr(import_module(plan.module), plan.name)(work)
    return made
