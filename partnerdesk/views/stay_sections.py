"""What the tabs of a stay show, each made when it is opened first or in a quiet moment.

A tab is one line in `SECTIONS`: a section is a widget made with the work, `Section(work)`, in a module of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from partnerdesk.domain.words import Text
from partnerdesk.look.words import say
from partnerdesk.services.stays import StayFile
from partnerdesk.views.stay_work import StayWork


class Section(Protocol):
    """What one tab shows."""

    def renew(self, fresh: bool) -> None:
        """Show what the stay says now."""

    def focus_first(self) -> None:
        """Put the cursor into the first field."""


def _always(_: StayFile) -> bool:
    return True


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


SECTIONS: tuple[SectionPlan, ...] = ()
"""The tabs in their order."""


def plans_for(about: StayFile | None) -> tuple[SectionPlan, ...]:
    """The tabs that a stay has."""
    return tuple(plan for plan in SECTIONS if about is None or plan.wanted(about))


class StaySections(QStackedWidget):
    """One section for each of SECTIONS. `open_record(page, id)` from within them."""

    open_record = Signal(str, int)

    def __init__(self, work: StayWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._made: dict[str, Section] = {}

    def section(self, key: str) -> Section:
        """What a tab shows, made now if it is not there yet."""
        if key not in self._made:
            plan = next(plan for plan in SECTIONS if plan.key == key)
            made: QWidget = getattr(import_module(plan.module), plan.name)(self._work)
            if hasattr(made, "open_record"):
                made.open_record.connect(self.open_record)
            self._made[key] = section = cast("Section", made)
            self.addWidget(made)
            if self._work.about is not None:
                self._work.fill(False)
                section.renew(True)
        return self._made[key]

    def show_section(self, key: str) -> None:
        """Show a tab's section."""
        self.setCurrentWidget(cast(QWidget, self.section(key)))

    def renew(self, fresh: bool) -> None:
        """Show what the stay says now in all that is made."""
        for section in self._made.values():
            section.renew(fresh)

    def make_more(self) -> bool:
        """Make one section that has not been opened yet; False when all are there."""
        for plan in SECTIONS:
            if plan.key not in self._made:
                self.section(plan.key)
                return True
        return False
