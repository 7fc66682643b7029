"""The Cohorts page: the list of intakes, groups and weeks, and the form beside it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, Signal, Slot

from partnerdesk.domain.office import SavedView
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import counted, number
from partnerdesk.models.cohorts import cohort_columns, cohort_listing
from partnerdesk.views.detail import BulkPane, DetailPane
from partnerdesk.views.filters import FilterSpec, horizon_options, term_options, yes_no_options
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.list_commands import ListCommand, ListDeeds, ListWords, Rows
from partnerdesk.views.listpage import ListPage
from partnerdesk.views.page import House
from partnerdesk.views.people_filters import year_options

if TYPE_CHECKING:
    from partnerdesk.domain.cohorts import Cohort
    from partnerdesk.views.cohort_pane import CohortPane


def cohort_views() -> Sequence[SavedView]:
    """The shipped views of the list of cohorts."""
    def tr(source: str) -> str:
        return QCoreApplication.translate("CohortsPage", source)

    return (
        SavedView(page="cohorts", name=tr("All cohorts"), sort="name"),
        SavedView(page="cohorts", name=tr("Documents missing"), query="missing:yes", sort="name"),
        SavedView(page="cohorts", name=tr("Over capacity"), query="over:yes", sort="name"),
        SavedView(page="cohorts", name=tr("Archived"), query="archived:yes", sort="name"),
    )


def cohort_filters() -> Sequence[FilterSpec]:
    """The filters of the list of cohorts."""
    def tr(source: str) -> str:
        return QCoreApplication.translate("Filters", source)

    return (
        FilterSpec("kind", tr("Kind"), term_options("cohort_kind")),
        FilterSpec("year", tr("Academic year"), year_options),
        FilterSpec("direction", tr("Direction"), term_options("direction")),
        FilterSpec("programme", tr("Programme"), term_options("programme")),
        FilterSpec("starts", tr("Starts"), horizon_options, "<"),
        FilterSpec("missing", tr("Documents missing"), yes_no_options),
        FilterSpec("over", tr("Over capacity"), yes_no_options),
        FilterSpec("archived", tr("Archived"), yes_no_options),
    )


class CohortsPage(ListPage):
    """Cohorts. `sample_wanted()` from the empty list."""

    key = "cohorts"
    icon = Icon.COHORTS
    form_modules = tuple(f"partnerdesk.{name}" for name in (
        "services.cohorts", "views.kit.forms", "views.kit.editors", "views.kit.datefield", "views.kit.pickerfield",
        "views.children", "views.historypane", "views.form_work", "views.record_pane", "views.cohort_matrix",
        "views.cohort_parts", "views.cohort_pane", "views.cohort_bulk"))
    row_names = ("duplicate", "stays")
    record_names = row_names
    sample_wanted = Signal()

    def __init__(self, house: House) -> None:
        self.page_filters = cohort_filters()
        super().__init__(house, cohort_listing(), cohort_columns(), cohort_views())

    @property
    def deeds(self) -> ListDeeds:
        from partnerdesk.domain.cohorts import Cohort
        from partnerdesk.services import cohorts

        return ListDeeds(Cohort, cohorts.archive_cohorts, cohorts.delete_cohorts)

    @property
    def title(self) -> str:
        return self.tr("Cohorts")

    @property
    def pane(self) -> "CohortPane":
        """The form."""
        return cast("CohortPane", self.detail)

    def words(self) -> ListWords:
        return ListWords(
            new=self.tr("New cohort"), next=self.tr("Next cohort"), previous=self.tr("Previous cohort"),
            print_one=self.tr("Print list of the cohort"), print_many=self.tr("Print {n} lists"),
            preview_one=self.tr("Preview list of the cohort"), preview_many=self.tr("Preview {n} lists"),
            archive_many=self.tr("Archive {n} cohorts"), delete_many=self.tr("Delete {n} cohorts"),
            unarchive_many=self.tr("Bring {n} cohorts back from the archive"))

    def own_commands(self) -> Sequence[ListCommand]:
        return (
            ListCommand("duplicate", self.tr("Duplicate"), self.duplicate, Icon.DUPLICATE, ("Ctrl+D",), Rows.ONE,
                        writes=True),
            ListCommand("stays", self.tr("Show the stays of this cohort"), self.show_stays, Icon.STAYS, (), Rows.ONE),
            ListCommand("print_anonymous", self.tr("Print list without personal data"), self.print_anonymous,
                        Icon.PRINT, (), Rows.SOME),
            ListCommand("print_phones", self.tr("Print list with emergency phones"), self.print_phones, Icon.PRINT, (),
                        Rows.SOME),
        )

    def make_detail(self) -> DetailPane:
        from partnerdesk.views.cohort_pane import CohortPane

        more = ("cohorts.stays", "cohorts.duplicate", None, "cohorts.print", "cohorts.print_phones",
                "cohorts.print_anonymous", None, "cohorts.archive", "cohorts.unarchive", "cohorts.delete")
        pane = CohortPane(self.house.desk, more, self.fill_menu, self)
        pane.open_record.connect(self._go)
        pane.print_wanted.connect(self._print_one)
        return pane

    def make_bulk(self) -> BulkPane:
        from partnerdesk.views.cohort_bulk import CohortBulk

        return CohortBulk(self.house.desk, self.work, self)

    def make_empty(self) -> EmptyView:
        return EmptyView(Icon.COHORTS, "")

    def show_first_steps(self) -> None:
        self.empty.show_case(
            self.tr("No cohorts yet. A cohort holds stays that are looked after together."), self.tr("New cohort"), "",
            self.tr("Look at the sample office"))

    def take_first_step(self, which: str) -> None:
        if which == "primary":
            self.new()
        else:
            self.sample_wanted.emit()

    def foot_words(self) -> str:
        hits, total = self.model.hits, self.model.total
        if hits == total:
            return counted(total, self.tr("1 cohort"), self.tr("{n} cohorts"))
        return counted(total, self.tr("{hits} of 1 cohort"), self.tr("{hits} of {n} cohorts"), hits=number(hits))

    @Slot()
    def new(self) -> None:
        """Ask for a title and add a cohort."""
        self.flush()
        self._ask_new(None)

    @Slot()
    def duplicate(self) -> None:
        """Add a cohort of the same kind and programme."""
        cohort = self.pane.work.cohort
        if cohort is not None:
            self._ask_new(cohort)

    @Slot()
    def show_stays(self) -> None:
        """Show the stays of the cohort on their own page."""
        if self.pane.record_id is not None:
            self.house.show_filtered("stays", f"cohort:{self.pane.record_id}")

    @Slot()
    def print_selected(self) -> None:
        """Preview the lists of the selected cohorts."""
        self._print(self.selected)

    @Slot()
    def print_anonymous(self) -> None:
        """Preview the lists without anything personal."""
        self._print(self.selected, anonymous=True)

    @Slot()
    def print_phones(self) -> None:
        """Preview the lists with the numbers to call in an emergency."""
        self._print(self.selected, phones=True)

    def _print(self, ids: Sequence[int], *, phones: bool = False, anonymous: bool = False) -> None:
        from partnerdesk.services.sheet_people import cohort_lists

        if ids:
            self.house.print_it(cohort_lists(ids, phones=phones, anonymous=anonymous))

    def _ask_new(self, like: "Cohort | None") -> None:
        from partnerdesk.views.cohort_new import NewCohort

        dialog = NewCohort(self.house.desk, self, like)
        dialog.made.connect(self.show_record)
        dialog.open()

    @Slot(str, int)
    def _go(self, page: str, record_id: int) -> None:
        self.house.go(page, record_id)

    @Slot(int)
    def _print_one(self, cohort_id: int) -> None:
        self._print([cohort_id])
