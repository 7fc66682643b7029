"""The detail pane of a cohort: its fields and leaders, its members, their papers, its history."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.years import AcademicYear
from partnerdesk.look.cells import Chip
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import number, say
from partnerdesk.models.stay_words import short_range
from partnerdesk.views.cohort_parts import CohortPart, MembersPart, PapersPart, members_count
from partnerdesk.views.cohort_work import CohortWork
from partnerdesk.views.kit.tabs import Tab
from partnerdesk.views.record_pane import HistoryPart, RecordHead, RecordPane


class CohortPane(RecordPane):
    """One cohort."""

    icon = Icon.COHORTS
    place_icon = Icon.DATE
    prints = True
    work: CohortWork

    def make_work(self) -> CohortWork:
        return CohortWork(self.desk, self.foot, self)

    def makers(self) -> Mapping[str, Callable[[], QWidget]]:
        return {"overview": self._make_overview, "members": self._make_members, "papers": self._make_papers,
                "history": self._make_history}

    def titles(self) -> Sequence[Tab]:
        file = self.work.file
        return (Tab("overview", self.tr("Overview")),
                Tab("members", self.tr("Members"), members_count(file.members, file.cohort.capacity)),
                Tab("papers", self.tr("Documents")), Tab("history", self.tr("History")))

    def fill_head(self, head: RecordHead) -> None:
        cohort, file = self.work.cohort, self.work.file
        assert cohort is not None
        year = str(AcademicYear(cohort.year)) if cohort.year is not None else ""
        span = short_range(cohort.starts_on, cohort.ends_on) if cohort.starts_on or cohort.ends_on else ""
        partner = file.partner.name if file.partner is not None else ""
        head.show_names(cohort.title, partner, "  ·  ".join(part for part in (year, span) if part))
        missing = sum(line.documents_missing for line in file.members)
        chips = [Chip("accent", say(label_of("cohort_kind", cohort.kind)), Icon.COHORTS)]
        if cohort.direction:
            way = Icon.OUT if cohort.direction == "out" else Icon.IN
            chips.append(Chip("neutral", say(label_of("direction", cohort.direction)), way))
        if missing:
            chips.append(Chip("danger", self.tr("{n} missing").format(n=number(missing)), Icon.MISSING))
        if cohort.archived_on is not None:
            chips.append(Chip("neutral", self.tr("Archived"), Icon.TRASH))
        head.show_chips(chips)

    def select_words(self) -> str:
        return self.tr("Select a cohort to see it here.")

    def print_words(self) -> str:
        return self.tr("Print the list of the cohort")

    def parts_words(self) -> str:
        return self.tr("Parts of the cohort")

    def _make_overview(self) -> QWidget:
        return CohortPart(self.work, self.foot, self.tr("Overview"))

    def _make_members(self) -> QWidget:
        part = MembersPart(self.work, self.tr("Members"))
        part.stay_wanted.connect(self._go_to_stay)
        return part

    def _make_papers(self) -> QWidget:
        part = PapersPart(self.work, self.tr("Documents"))
        part.stay_wanted.connect(self._go_to_stay)
        return part

    def _make_history(self) -> QWidget:
        return HistoryPart(self.desk, self._roots)

    def _roots(self) -> Sequence[tuple[str, int]]:
        about = self.work.about
        return () if about is None else (("cohort", about.cohort.id),)

    @Slot(int)
    def _go_to_stay(self, stay_id: int) -> None:
        self.flush()
        self.open_record.emit("stays", stay_id)
