"""The Visits page: the list of visits and delegations, its commands, and the form beside it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, Signal, Slot

from partnerdesk.domain.office import SavedView
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import counted, number
from partnerdesk.models.visits import visit_columns, visit_listing
from partnerdesk.views.detail import BulkPane, DetailPane
from partnerdesk.views.filters import FilterSpec, country_options, horizon_options, term_options, yes_no_options
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.kit.picker import Option
from partnerdesk.views.list_commands import ListCommand, ListDeeds, ListWords, Rows
from partnerdesk.views.listpage import ListPage
from partnerdesk.views.page import House

if TYPE_CHECKING:
    from partnerdesk.services.visits import VisitFile
    from partnerdesk.views.visit_pane import VisitPane


def visit_views() -> Sequence[SavedView]:
    """The shipped views of the list of visits."""
    def tr(source: str) -> str:
        return QCoreApplication.translate("VisitsPage", source)

    return (
        SavedView(page="visits", name=tr("All visits"), sort="starts", descending=True),
        SavedView(page="visits", name=tr("To come"), query="over:no status:planned,confirmed", sort="starts"),
        SavedView(page="visits", name=tr("Something to do"), query="todo:yes", sort="starts"),
        SavedView(page="visits", name=tr("Without outcomes"), query="over:yes outcomes:no -status:cancelled",
                  sort="starts"),
        SavedView(page="visits", name=tr("Archived"), query="archived:yes", sort="starts", descending=True),
    )


def visit_filters(people: Callable[[], Sequence[str]]) -> Sequence[FilterSpec]:
    """The filters of the list of visits."""
    def tr(source: str) -> str:
        return QCoreApplication.translate("Filters", source)

    return (
        FilterSpec("country", tr("Country"), country_options),
        FilterSpec("kind", tr("Kind"), term_options("visit_kind")),
        FilterSpec("direction", tr("Direction"), term_options("direction")),
        FilterSpec("status", tr("Status"), term_options("visit_status")),
        FilterSpec("starts", tr("Starts"), horizon_options, "<"),
        FilterSpec("over", tr("Over"), yes_no_options),
        FilterSpec("todo", tr("Something to do"), yes_no_options),
        FilterSpec("outcomes", tr("Outcomes written down"), yes_no_options),
        FilterSpec("responsible", tr("Responsible"), lambda: [Option(name, name) for name in people()]),
        FilterSpec("archived", tr("Archived"), yes_no_options),
    )


class VisitsPage(ListPage):
    """Visits. `sample_wanted()` from the empty list."""

    key = "visits"
    icon = Icon.VISITS
    form_modules = tuple(f"partnerdesk.{name}" for name in (
        "services.visits", "views.kit.forms", "views.kit.editors", "views.kit.datefield", "views.kit.pickerfield",
        "views.children", "views.historypane", "views.form_work", "views.record_pane", "views.followup_section",
        "views.visit_children", "views.visit_parts", "views.visit_pane", "views.visit_bulk"))
    row_names = ("duplicate", "move", "calendar")
    record_names = row_names
    sample_wanted = Signal()

    def __init__(self, house: House, people: Callable[[], Sequence[str]]) -> None:
        self.page_filters = visit_filters(people)
        super().__init__(house, visit_listing(), visit_columns(), visit_views())

    @property
    def deeds(self) -> ListDeeds:
        from partnerdesk.domain.visits import Visit
        from partnerdesk.services import visits

        return ListDeeds(Visit, visits.archive_visits, visits.delete_visits)

    @property
    def title(self) -> str:
        return self.tr("Visits")

    @property
    def pane(self) -> "VisitPane":
        """The form."""
        return cast("VisitPane", self.detail)

    def words(self) -> ListWords:
        return ListWords(
            new=self.tr("New visit"), next=self.tr("Next visit"), previous=self.tr("Previous visit"),
            print_one=self.tr("Print trip pack"), print_many=self.tr("Print {n} trip packs"),
            preview_one=self.tr("Preview trip pack"), preview_many=self.tr("Preview {n} trip packs"),
            archive_many=self.tr("Archive {n} visits"), delete_many=self.tr("Delete {n} visits"),
            unarchive_many=self.tr("Bring {n} visits back from the archive"))

    def own_commands(self) -> Sequence[ListCommand]:
        return (
            ListCommand("duplicate", self.tr("Duplicate"), self.duplicate, Icon.DUPLICATE, ("Ctrl+D",), Rows.ONE,
                        writes=True),
            ListCommand("move", self.tr("Move to other days"), self.move_days, Icon.DATE, (), Rows.ONE, writes=True),
            ListCommand("calendar", self.tr("Export its calendar…"), self.export_calendar, Icon.EXPORT, (), Rows.ONE),
        )

    def make_detail(self) -> DetailPane:
        from partnerdesk.views.visit_pane import VisitPane

        more = ("visits.move", "visits.duplicate", None, "visits.print", "visits.calendar", None, "visits.archive",
                "visits.unarchive", "visits.delete")
        pane = VisitPane(self.house.desk, more, self.fill_menu, self)
        pane.open_record.connect(self._go)
        pane.print_wanted.connect(self._print_one)
        return pane

    def make_bulk(self) -> BulkPane:
        from partnerdesk.views.visit_bulk import VisitBulk

        return VisitBulk(self.house.desk, self.work, self)

    def make_empty(self) -> EmptyView:
        return EmptyView(Icon.VISITS, "")

    def show_first_steps(self) -> None:
        self.empty.show_case(
            self.tr("No visits yet. Add the first one: a delegation, a working visit, guests of yours."),
            self.tr("New visit"), "", self.tr("Look at the sample office"))

    def take_first_step(self, which: str) -> None:
        if which == "primary":
            self.new()
        else:
            self.sample_wanted.emit()

    def foot_words(self) -> str:
        hits, total = self.model.hits, self.model.total
        if hits == total:
            return counted(total, self.tr("1 visit"), self.tr("{n} visits"))
        return counted(total, self.tr("{hits} of 1 visit"), self.tr("{hits} of {n} visits"), hits=number(hits))

    @Slot()
    def new(self) -> None:
        """Ask for a title and add a visit."""
        self.flush()
        self._ask_new(None)

    @Slot()
    def duplicate(self) -> None:
        """Add a visit to the same places with the same people."""
        if self.pane.work.about is not None:
            self._ask_new(self.pane.work.about)

    @Slot()
    def move_days(self) -> None:
        """Ask for other days, and move the visit with its meetings."""
        from partnerdesk.views.visit_new import MoveVisit

        visit = self.pane.work.visit
        if visit is None:
            return
        self.flush()
        if visit.starts_on is None and visit.ends_on is None:
            self.pane.work.failed.emit(self.tr("The visit has no days yet"), "")
        else:
            dialog = MoveVisit(self, visit)
            dialog.given.connect(self._move_by)
            dialog.open()

    @Slot()
    def export_calendar(self) -> None:
        """Ask where the calendar of the visit shown, with its meetings, is to go."""
        visit = self.pane.work.visit
        if visit is not None:
            self.flush()
            self.house.dated.take_out_visit(visit.id, visit.title)

    @Slot()
    def print_selected(self) -> None:
        """Preview the trip packs of the selected visits."""
        self._print(self.selected)

    def _print(self, ids: Sequence[int]) -> None:
        from partnerdesk.services.sheet_trip import trip_packs

        if ids:
            self.flush()
            self.house.print_it(trip_packs(ids))

    @Slot(int)
    def _print_one(self, visit_id: int) -> None:
        self._print([visit_id])

    def _ask_new(self, like: "VisitFile | None") -> None:
        from partnerdesk.views.visit_new import NewVisit

        dialog = NewVisit(self.house.desk, self, like)
        dialog.made.connect(self.show_record)
        dialog.open()

    @Slot(int)
    def _move_by(self, days: int) -> None:
        from partnerdesk.services import visits

        visit = self.pane.work.visit
        if visit is not None:
            self.pane.work.do(visits.shift_visit(visit, days))

    @Slot(str, int)
    def _go(self, page: str, record_id: int) -> None:
        self.house.go(page, record_id)
