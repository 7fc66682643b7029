"""The Partners page: the list, its commands, and the form beside it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, Signal, Slot

from partnerdesk.domain.office import SavedView
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import counted, number
from partnerdesk.models.partners import partner_columns, partner_listing
from partnerdesk.views.detail import BulkPane, DetailPane
from partnerdesk.views.filters import partner_filters
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.list_commands import ListCommand, ListDeeds, ListWords, Rows
from partnerdesk.views.listpage import ListPage
from partnerdesk.views.page import House

if TYPE_CHECKING:
    from partnerdesk.views.partner_pane import PartnerPane


def partner_views() -> Sequence[SavedView]:
    """The shipped views of the list of partners."""
    def tr(source: str) -> str:
        return QCoreApplication.translate("PartnersPage", source)

    return (
        SavedView(page="partners", name=tr("All partners"), sort="name"),
        SavedView(page="partners", name=tr("Tier 1 and 2"), query="tier:1,2", sort="name"),
        SavedView(page="partners", name=tr("Ending within 90 days"), query="ends<90d", sort="ends"),
        SavedView(page="partners", name=tr("No agreement now"), query="covered:no", sort="name"),
        SavedView(page="partners", name=tr("Archived"), query="archived:yes", sort="name"),
    )


class PartnersPage(ListPage):
    """Partners. `sample_wanted()` from the empty list."""

    key = "partners"
    icon = Icon.PARTNERS
    form_modules = tuple(f"partnerdesk.{name}" for name in (
        "domain.documents", "domain.rules", "services.partners", "services.partner_sheet", "domain.dates",
        "views.kit.editors", "views.kit.forms", "views.kit.datefield", "views.kit.pickerfield", "look.coverage",
        "models.coverage", "domain.cells", "views.agreement_fields", "views.children", "views.historypane",
        "views.partner_children", "views.partner_details", "views.partner_overview", "views.partner_papers",
        "views.partner_pane", "views.partner_bulk"))
    row_names = ("duplicate", "new_agreement")
    record_names = row_names
    sample_wanted = Signal()

    def __init__(self, house: House, people: Callable[[], Sequence[str]]) -> None:
        self.page_filters = partner_filters(people)
        self._people = people
        super().__init__(house, partner_listing(), partner_columns(), partner_views())

    @property
    def deeds(self) -> ListDeeds:
        # the records and their rules come when something is done, not before the list is seen
        from partnerdesk.domain.partners import Institution
        from partnerdesk.services import partners

        return ListDeeds(Institution, partners.archive_partners, partners.delete_partners)

    @property
    def title(self) -> str:
        return self.tr("Partners")

    @property
    def pane(self) -> "PartnerPane":
        """The form."""
        return cast("PartnerPane", self.detail)

    def words(self) -> ListWords:
        return ListWords(
            new=self.tr("New partner"), next=self.tr("Next partner"), previous=self.tr("Previous partner"),
            print_one=self.tr("Print summary"), print_many=self.tr("Print {n} summaries"),
            preview_one=self.tr("Preview summary"), preview_many=self.tr("Preview {n} summaries"),
            archive_many=self.tr("Archive {n} partners"), delete_many=self.tr("Delete {n} partners"),
            unarchive_many=self.tr("Bring {n} partners back from the archive"))

    def own_commands(self) -> Sequence[ListCommand]:
        return (
            ListCommand("duplicate", self.tr("Duplicate"), self.duplicate, Icon.DUPLICATE, ("Ctrl+D",), Rows.ONE,
                        writes=True),
            ListCommand("new_agreement", self.tr("New agreement with this partner"), self.draft_agreement,
                        Icon.AGREEMENTS, ("Ctrl+Shift+N",), Rows.ONE, writes=True),
        )

    def make_detail(self) -> DetailPane:
        from partnerdesk.views.partner_pane import PartnerPane

        more = ("partners.duplicate", "partners.new_agreement", "partners.print", None, "partners.archive",
                "partners.unarchive", "partners.delete")
        pane = PartnerPane(self.house.desk, more, self.fill_menu, self)
        pane.agreement_wanted.connect(self._go_to_agreement)
        pane.new_agreement_wanted.connect(self._draft_agreement)
        pane.visit_wanted.connect(self._go_to_visit)
        pane.new_visit_wanted.connect(self._plan_visit)
        pane.project_wanted.connect(self._go_to_project)
        pane.new_project_wanted.connect(self._begin_project)
        pane.renew_wanted.connect(self._go_to_agreement)
        pane.print_wanted.connect(self._print_one)
        return pane

    def make_bulk(self) -> BulkPane:
        from partnerdesk.views.partner_bulk import PartnerBulk

        return PartnerBulk(self.house.desk, self.work, self._people, self)

    def make_empty(self) -> EmptyView:
        return EmptyView(Icon.PARTNERS, "")

    def show_first_steps(self) -> None:
        self.empty.show_case(
            self.tr("No partners yet. Add the first one, or bring in your list."), self.tr("New partner"),
            self.tr("Import a spreadsheet"), self.tr("Look at the sample office"))

    def take_first_step(self, which: str) -> None:
        if which == "primary":
            self.new()
        elif which == "second":
            self.house.import_spreadsheet()
        else:
            self.sample_wanted.emit()

    def foot_words(self) -> str:
        hits, total = self.model.hits, self.model.total
        if hits == total:
            return counted(total, self.tr("1 partner"), self.tr("{n} partners"))
        return counted(total, self.tr("{hits} of 1 partner"), self.tr("{hits} of {n} partners"), hits=number(hits))

    @Slot()
    def new(self) -> None:
        """Ask for a name and a country and add a partner."""
        self.flush()
        from partnerdesk.views.partner_new import NewPartner

        dialog = NewPartner(self.house.desk, self)
        dialog.made.connect(self.show_record)
        dialog.existing_chosen.connect(self.show_record)
        dialog.open()

    @Slot()
    def duplicate(self) -> None:
        """Add a partner with the same place and kind."""
        institution = self.pane.institution
        if institution is not None:
            from partnerdesk.views.partner_new import NewPartner

            dialog = NewPartner(self.house.desk, self, like=institution)
            dialog.made.connect(self.show_record)
            dialog.existing_chosen.connect(self.show_record)
            dialog.open()

    @Slot()
    def print_selected(self) -> None:
        """Preview the summaries of the selected partners."""
        self.house.print_partners(self.selected)

    @Slot()
    def draft_agreement(self) -> None:
        """Draft an agreement with the partner shown."""
        if self.pane.record_id is not None:
            self._draft_agreement(self.pane.record_id)

    @Slot(int)
    def _go_to_agreement(self, agreement_id: int) -> None:
        self.house.go("agreements", agreement_id)

    @Slot(int)
    def _draft_agreement(self, institution_id: int) -> None:
        self.house.draft_agreement(institution_id)

    @Slot(int)
    def _print_one(self, institution_id: int) -> None:
        self.house.print_partners([institution_id])

    @Slot(int)
    def _go_to_visit(self, visit_id: int) -> None:
        self.house.go("visits", visit_id)

    @Slot(int)
    def _go_to_project(self, project_id: int) -> None:
        self.house.go("projects", project_id)

    @Slot(int)
    def _begin_project(self, partner_id: int) -> None:
        from partnerdesk.views.project_new import NewProject

        dialog = NewProject(self.house.desk, self, partners=(partner_id,))
        dialog.made.connect(self._go_to_project)
        dialog.open()

    @Slot(int)
    def _plan_visit(self, partner_id: int) -> None:
        from partnerdesk.views.visit_new import NewVisit

        institution = self.pane.institution
        if institution is not None and institution.id == partner_id:
            dialog = NewVisit(self.house.desk, self, at=(partner_id, institution.name))
            dialog.made.connect(self._go_to_visit)
            dialog.open()
