"""The Agreements page: the list, its commands, and the form beside it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, Slot

from partnerdesk.domain.office import SavedView
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import counted, number
from partnerdesk.models.agreement_list import agreement_columns, agreement_listing
from partnerdesk.views.agreement_commands import agreement_commands
from partnerdesk.views.detail import BulkPane, DetailPane
from partnerdesk.views.filters import agreement_filters
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.list_commands import ListCommand, ListDeeds, ListWords, Rows
from partnerdesk.views.listpage import ListPage
from partnerdesk.views.page import House

if TYPE_CHECKING:
    from partnerdesk.services.agreements import AgreementFile
    from partnerdesk.views.agreement_pane import AgreementPane


def agreement_views() -> Sequence[SavedView]:
    """The shipped views of the list of agreements."""
    def tr(source: str) -> str:
        return QCoreApplication.translate("AgreementsPage", source)

    return (
        SavedView(page="agreements", name=tr("All agreements"), sort="partner"),
        SavedView(page="agreements", name=tr("In force"), query="state:running", sort="partner"),
        SavedView(page="agreements", name=tr("Ending within 90 days"), query="ends<90d state:running", sort="ends"),
        SavedView(page="agreements", name=tr("Notice due"), query="state:notice_window", sort="notice"),
        SavedView(page="agreements", name=tr("Under way"), query="state:draft,waiting_us,waiting_partner",
                  sort="partner"),
        SavedView(page="agreements", name=tr("Archived"), query="archived:yes", sort="partner"),
    )


class AgreementsPage(ListPage):
    """Agreements."""

    key = "agreements"
    icon = Icon.AGREEMENTS
    form_modules = tuple(f"partnerdesk.views.agreement_{name}" for name in (
        "fields", "work", "head", "drawers", "conditions", "parties", "versions", "log", "history", "overview",
        "pane", "bulk"))

    row_names = ("open_partner", "duplicate")
    record_names = ("open_partner", "agreement.approve", "agreement.new_version", "agreement.add_condition",
                    "agreement.renew", "duplicate", "agreement.end", "agreement.go_on")

    def __init__(self, house: House, people: Callable[[], Sequence[str]]) -> None:
        self.page_filters = agreement_filters(people)
        super().__init__(house, agreement_listing(), agreement_columns(), agreement_views())
        # the form's own commands are known before the form is made, which comes with the first record
        house.registry.add_all(agreement_commands("agreements.pane", self._perform, self._can), self.form_place)

    @property
    def deeds(self) -> ListDeeds:
        # the records and their rules come when something is done, not before the list is seen
        from partnerdesk.domain.agreements import Agreement
        from partnerdesk.services import agreements

        return ListDeeds(Agreement, agreements.archive_agreements, agreements.delete_agreements)

    @property
    def title(self) -> str:
        return self.tr("Agreements")

    @property
    def pane(self) -> "AgreementPane":
        """The form."""
        return cast("AgreementPane", self.detail)

    def make_detail(self) -> DetailPane:
        from partnerdesk.views.agreement_pane import AgreementPane

        pane = AgreementPane(self.house.desk, self.house.registry, parent=self)
        pane.open_partner.connect(self._go_to_partner)
        pane.open_agreement.connect(self.show_record)
        pane.print_wanted.connect(self._print_one)
        return pane

    def words(self) -> ListWords:
        return ListWords(
            new=self.tr("New agreement"), next=self.tr("Next agreement"), previous=self.tr("Previous agreement"),
            print_one=self.tr("Print summary of the partner"),
            print_many=self.tr("Print summaries of the partners"),
            preview_one=self.tr("Preview summary of the partner"),
            preview_many=self.tr("Preview summaries of the partners"),
            archive_many=self.tr("Archive {n} agreements"), delete_many=self.tr("Delete {n} agreements"),
            unarchive_many=self.tr("Bring {n} agreements back from the archive"))

    def own_commands(self) -> Sequence[ListCommand]:
        return (
            ListCommand("open_partner", self.tr("Go to the partner"), self.open_partner, Icon.PARTNERS, (), Rows.ONE),
            ListCommand("duplicate", self.tr("Duplicate"), self.duplicate, Icon.DUPLICATE, ("Ctrl+D",), Rows.ONE,
                        writes=True),
        )

    def make_bulk(self) -> BulkPane:
        from partnerdesk.views.agreement_bulk import AgreementBulk

        return AgreementBulk(self.house.desk, self.work, self)

    def make_empty(self) -> EmptyView:
        return EmptyView(Icon.AGREEMENTS, "")

    def show_first_steps(self) -> None:
        self.empty.show_case(self.tr("No agreements yet. Draft the first one, or bring in your list."),
                             self.tr("New agreement"), self.tr("Import a spreadsheet"))

    def take_first_step(self, which: str) -> None:
        if which == "primary":
            self.new()
        else:
            self.house.import_spreadsheet()

    def foot_words(self) -> str:
        hits, total = self.model.hits, self.model.total
        if hits == total:
            return counted(total, self.tr("1 agreement"), self.tr("{n} agreements"))
        return counted(total, self.tr("{hits} of 1 agreement"), self.tr("{hits} of {n} agreements"), hits=number(hits))

    @Slot()
    def new(self) -> None:
        """Ask with whom, and draft an agreement."""
        self.flush()
        from partnerdesk.views.asking_partner import AskPartner

        dialog = AskPartner(self.house.desk, self)
        dialog.chosen.connect(self.house.draft_agreement)
        dialog.open()

    @Slot()
    def duplicate(self) -> None:
        """Draft an agreement with the same terms as the selected one, and show it."""
        from partnerdesk.services import agreements

        (chosen,) = self.selected
        self.house.desk.ask(lambda reader: agreements.agreement_file(reader, chosen), self._duplicate)

    @Slot()
    def print_selected(self) -> None:
        """Preview the summaries of the partners of the selected agreements."""
        from partnerdesk.services import agreements

        ids = self.selected
        self.house.desk.ask(lambda reader: agreements.partners_of(reader, ids), self.house.print_partners)

    @Slot()
    def open_partner(self) -> None:
        """Go to the partner of the agreement."""
        chosen = self.selected
        line = self.model.line_at(self.model.row_of(chosen[0])) if chosen else None
        if line is not None:
            self._go_to_partner(line.partner_id)

    def _duplicate(self, file: "AgreementFile") -> None:
        from partnerdesk.services import agreements

        self.house.desk.do(agreements.duplicate(file), self.show_record)

    def _perform(self, key: str) -> None:
        self.pane.perform(key)

    def _can(self, key: str) -> bool:
        return self.has_detail and self.pane.can(key)

    @Slot(int)
    def _go_to_partner(self, institution_id: int) -> None:
        self.house.go("partners", institution_id)

    @Slot(int)
    def _print_one(self, institution_id: int) -> None:
        self.house.print_partners([institution_id])
