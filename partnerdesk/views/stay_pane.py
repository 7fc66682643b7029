"""The pane beside the list of stays: head, tabs and footer of one stay, and the deeds begun from it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.stays import Stay
from partnerdesk.domain.vocab import label_of, short_of
from partnerdesk.look.cells import Chip
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import number, say
from partnerdesk.models.names import country_name
from partnerdesk.models.phases import phase_chip
from partnerdesk.models.stay_words import short_range
from partnerdesk.services import stays
from partnerdesk.services.stays import StayFile
from partnerdesk.views.kit.tabs import Tab
from partnerdesk.views.record_pane import RecordHead, RecordPane
from partnerdesk.views.stay_sections import SECTIONS, make_section, plans_for
from partnerdesk.views.stay_work import StayWork


class StayPane(RecordPane):
    """One stay. `deed_wanted(key)` begins a deed with it, `acceptance_wanted(rule)` asks why a warning is passed."""

    deed_wanted = Signal(str)
    acceptance_wanted = Signal(str)
    icon = Icon.STAYS
    place_icon = Icon.UNIT
    prints = True
    work: StayWork

    @property
    def stay(self) -> Stay | None:
        """The stay shown."""
        return self.work.stay

    def make_work(self) -> StayWork:
        return StayWork(self.desk, self.foot, self)

    def makers(self) -> Mapping[str, Callable[[], QWidget]]:
        return {plan.key: partial(self._make, plan.key) for plan in SECTIONS}

    def titles(self) -> Sequence[Tab]:
        about = self.work.about
        found = []
        for plan in plans_for(about):
            n = plan.count(about) if about is not None else 0
            found.append(Tab(plan.key, plan.words, number(n) if n else ""))
        return found

    def fill_head(self, head: RecordHead) -> None:
        about, stay = self.work.about, self.work.stay
        assert about is not None and stay is not None
        name = about.name or self.tr("Anonymised person")
        partner = about.partner.name if about.partner is not None else self.tr("no partner yet")
        second = partner if stay.direction == "out" else self.tr("from {partner}").format(partner=partner)
        head.show_names(name, second, self._where(about, stay))
        head.show_chips(self._chips(about, stay))

    def select_words(self) -> str:
        return self.tr("Select a stay to see it here.")

    def print_words(self) -> str:
        return self.tr("Print the participant sheet")

    def parts_words(self) -> str:
        return self.tr("Parts of the stay")

    def _make(self, key: str) -> QWidget:
        made = make_section(key, self.work)
        for name, follow in (("open_record", self.open_record), ("deed_wanted", self.deed_wanted),
                             ("acceptance_wanted", self.acceptance_wanted), ("tab_wanted", self._show_wanted)):
            signal: Any = getattr(made, name, None)
            if signal is not None:
                signal.connect(follow)
        return made

    @Slot(str)
    def _show_wanted(self, key: str) -> None:
        if key in [tab.key for tab in self.titles()]:
            self.show_tab(key)

    def _where(self, about: StayFile, stay: Stay) -> str:
        days = short_range(stay.actual_from or stay.planned_from, stay.actual_to or stay.planned_to)
        land = country_name(about.partner.country) if about.partner is not None and about.partner.country else ""
        return "  ·  ".join(part for part in (land, days, say(short_of("activity", stay.activity))) if part)

    def _chips(self, about: StayFile, stay: Stay) -> list[Chip]:
        out = stay.direction == "out"
        chips = [phase_chip(stays.phase_now(stay)),
                 Chip("accent", say(label_of("direction", stay.direction)), Icon.OUT if out else Icon.IN)]
        if stay.phase:
            chips.append(Chip("neutral", self.tr("Set by hand"), Icon.EDIT))
        if about.person.needs_support:
            chips.append(Chip("info", self.tr("Needs support"), Icon.HELP))
        if stay.archived_on is not None:
            chips.append(Chip("neutral", self.tr("Archived"), Icon.TRASH))
        return chips
