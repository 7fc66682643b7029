"""What the tabs of an agreement show, each made when it is opened first or in a quiet moment."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from partnerdesk.views.agreement_overview import OverviewTab
from partnerdesk.views.agreement_work import Work
from partnerdesk.views.followup_work import FollowUpWork
from partnerdesk.views.kit.savestate import SaveState

if TYPE_CHECKING:
    from partnerdesk.views.agreement_conditions import ConditionsTab
    from partnerdesk.views.agreement_history import HistoryTab
    from partnerdesk.views.agreement_log import LogTab
    from partnerdesk.views.agreement_parties import PartiesTab
    from partnerdesk.views.agreement_versions import VersionsTab

TABS = ("overview", "conditions", "parties", "versions", "log", "followups", "history")


class Section(Protocol):
    """What one tab shows."""

    def renew(self, fresh: bool) -> None:
        """Show what the agreement says now."""

    def focus_first(self) -> None:
        """Put the cursor into the first field."""


class AgreementSections(QStackedWidget):
    """One section for each of TABS. `open_agreement(id)` and `version_made(id)` from within them."""

    open_agreement = Signal(int)
    version_made = Signal(int)

    def __init__(self, work: Work, follow: FollowUpWork, foot: SaveState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._follow, self._foot = work, follow, foot
        self._made: dict[str, Section] = {}
        self._makers: dict[str, Callable[[], QWidget]] = {
            "overview": self._make_overview, "conditions": self._make_conditions, "parties": self._make_parties,
            "versions": self._make_versions, "log": self._make_log, "followups": self._make_followups,
            "history": self._make_history,
        }
        self.section("overview")

    @property
    def overview(self) -> OverviewTab:
        """The first tab."""
        return cast(OverviewTab, self.section("overview"))

    @property
    def log(self) -> "LogTab":
        """What happened around it."""
        return cast("LogTab", self.section("log"))

    @property
    def conditions(self) -> "ConditionsTab":
        """What is granted."""
        return cast("ConditionsTab", self.section("conditions"))

    @property
    def parties(self) -> "PartiesTab":
        """Who approves."""
        return cast("PartiesTab", self.section("parties"))

    @property
    def versions(self) -> "VersionsTab":
        """The versions of the paper."""
        return cast("VersionsTab", self.section("versions"))

    @property
    def history(self) -> "HistoryTab":
        """Who changed what."""
        return cast("HistoryTab", self.section("history"))

    def section(self, key: str) -> Section:
        """What a tab shows, made now if it is not there yet."""
        if key not in self._made:
            made = self._makers[key]()
            self._made[key] = section = cast("Section", made)
            self.addWidget(made)
            if self._work.about is not None and self._work.version is not None:
                self._work.fill(False)
                section.renew(True)
        return self._made[key]

    def show_section(self, key: str) -> None:
        """Show a tab's section."""
        self.setCurrentWidget(cast(QWidget, self.section(key)))

    def renew(self, fresh: bool) -> None:
        """Show what the agreement says now in all that is made."""
        for section in self._made.values():
            section.renew(fresh)

    def make_more(self) -> bool:
        """Make one section that has not been opened yet; False when all are there."""
        for key in TABS:
            if key not in self._made:
                self.section(key)
                return True
        return False

    def _make_overview(self) -> QWidget:
        overview = OverviewTab(self._work)
        overview.open_agreement.connect(self.open_agreement)
        return overview

    def _make_conditions(self) -> QWidget:
        from partnerdesk.views.agreement_conditions import ConditionsTab

        conditions = ConditionsTab(self._work)
        conditions.open_agreement.connect(self.open_agreement)
        return conditions

    def _make_parties(self) -> QWidget:
        from partnerdesk.views.agreement_parties import PartiesTab

        return PartiesTab(self._work)

    def _make_versions(self) -> QWidget:
        from partnerdesk.views.agreement_versions import VersionsTab

        versions = VersionsTab(self._work)
        versions.version_made.connect(self.version_made)
        return versions

    def _make_log(self) -> QWidget:
        from partnerdesk.views.agreement_log import LogTab

        return LogTab(self._work)

    def _make_followups(self) -> QWidget:
        from partnerdesk.views.followup_section import FollowUpSection

        section = FollowUpSection(self._follow, self._foot)
        section.told.connect(self._tell)
        return section

    @Slot(str)
    def _tell(self, sentence: str) -> None:
        self._work.failed.emit(sentence, "")

    def _make_history(self) -> QWidget:
        from partnerdesk.views.agreement_history import HistoryTab

        return HistoryTab(self._work)
