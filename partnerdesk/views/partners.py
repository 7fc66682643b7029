"""The Partners page: the list, its commands, and the form beside it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from partnerdesk.domain.office import SavedView
from partnerdesk.domain.partners import Institution
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import number
from partnerdesk.models.partners import partner_columns, partner_listing
from partnerdesk.services import partners
from partnerdesk.views.detail import BulkPane, DetailPane
from partnerdesk.views.filters import partner_filters
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.commands import Command
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.listpage import ListPage
from partnerdesk.views.page import House

if TYPE_CHECKING:
    from partnerdesk.views.partner_pane import PartnerPane

_Key = QKeySequence.StandardKey
ROW_MENU = ("partners.edit", "partners.duplicate", "partners.new_agreement", "partners.print", None, "partners.copy",
            None, "partners.archive", "partners.unarchive", "partners.delete")


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
        "services.partner_sheet", "views.kit.forms", "views.kit.editors", "views.kit.datefield",
        "views.kit.pickerfield", "views.agreement_fields", "views.children", "views.historypane",
        "views.partner_children", "views.partner_details", "views.partner_overview", "views.partner_papers",
        "views.partner_pane", "views.partner_bulk"))
    sample_wanted = Signal()

    def __init__(self, house: House, people: Callable[[], Sequence[str]]) -> None:
        self.page_filters = partner_filters(people)
        self._people = people
        super().__init__(house, partner_listing(), partner_columns(), partner_views())
        self.table.customContextMenuRequested.connect(self._open_row_menu)
        house.registry.add_all([replace(c, group=self.title) for c in self._commands()], self)

    @property
    def title(self) -> str:
        return self.tr("Partners")

    @property
    def pane(self) -> "PartnerPane":
        """The form."""
        return cast("PartnerPane", self.detail)

    @property
    def record_menu(self) -> Sequence[str | None]:
        return ("partners.new", "partners.duplicate", "partners.edit", "partners.new_agreement", None, "partners.copy",
                "partners.paste", "partners.find", None, "partners.print", "partners.preview", None, "partners.archive",
                "partners.unarchive", "partners.delete", None, "partners.next", "partners.previous")

    def make_detail(self) -> DetailPane:
        from partnerdesk.views.partner_pane import PartnerPane

        more = ("partners.duplicate", "partners.new_agreement", "partners.print", None, "partners.archive",
                "partners.unarchive", "partners.delete")
        pane = PartnerPane(self.house.desk, more, self._fill_menu, self)
        pane.agreement_wanted.connect(self._go_to_agreement)
        pane.new_agreement_wanted.connect(self._draft_agreement)
        pane.renew_wanted.connect(self._go_to_agreement)
        pane.print_wanted.connect(self._print_one)
        return pane

    def make_bulk(self) -> BulkPane:
        from partnerdesk.views.partner_bulk import PartnerBulk

        return PartnerBulk(self.house.desk, self._people, self)

    def make_buttons(self) -> Sequence[QWidget]:
        self._import = Button(self.tr("Import"), icon=Icon.IMPORT, parent=self)
        self._import.clicked.connect(self.house.import_spreadsheet)
        self._new = Button(self.tr("New partner"), "primary", icon=Icon.ADD, parent=self)
        self._new.clicked.connect(self.new)
        return (self._import, self._new)

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
            words = self.tr("1 partner") if total == 1 else self.tr("{n} partners")
            return words.format(n=number(total))
        return self.tr("{hits} of {n} partners").format(hits=number(hits), n=number(total))

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
    def delete(self) -> None:
        """Put the selected partners into the trash."""
        self.change_selected(Institution, partners.delete_partners)

    @Slot()
    def archive(self) -> None:
        """Put the selected partners into the archive."""
        self.change_selected(Institution, partners.archive_partners)

    @Slot()
    def unarchive(self) -> None:
        """Bring the selected partners back from the archive."""
        self.change_selected(Institution, lambda found: partners.archive_partners(found, back=True))

    @Slot()
    def print_selected(self) -> None:
        """Preview the summaries of the selected partners."""
        self.house.print_partners(self.selected)

    @Slot()
    def draft_agreement(self) -> None:
        """Draft an agreement with the partner shown."""
        if self.pane.record_id is not None:
            self._draft_agreement(self.pane.record_id)

    def _commands(self) -> list[Command]:
        one, some = self._has_one, self._has_some
        writes, scope = self._can_write, "partners"
        return [
            Command("partners.new", self.tr("New partner"), self.new, Icon.ADD, (_Key.New,), scope, enabled=writes),
            Command("partners.duplicate", self.tr("Duplicate"), self.duplicate, Icon.DUPLICATE, ("Ctrl+D",), scope,
                    enabled=lambda: one() and writes()),
            Command("partners.edit", self.tr("Edit"), self.focus_detail, Icon.EDIT, (), scope, enabled=one),
            Command("partners.new_agreement", self.tr("New agreement with this partner"), self.draft_agreement,
                    Icon.AGREEMENTS, ("Ctrl+Shift+N",), scope, enabled=lambda: one() and writes()),
            Command("partners.print", self.tr("Print summary"), self.print_selected, Icon.PRINT, (_Key.Print,), scope,
                    enabled=some),
            Command("partners.preview", self.tr("Preview summary"), self.print_selected, Icon.PREVIEW,
                    ("Ctrl+Shift+P",), scope, enabled=some, in_palette=False),
            Command("partners.copy", self.tr("Copy rows"), self.copy, Icon.DUPLICATE, (_Key.Copy,), "partners.list",
                    enabled=some),
            Command("partners.paste", self.tr("Paste rows from a spreadsheet"), self.paste, Icon.IMPORT, (_Key.Paste,),
                    "partners.list", enabled=writes),
            Command("partners.archive", self.tr("Archive"), self.archive, Icon.TRASH, (), scope,
                    enabled=lambda: some() and writes() and not self._archived()),
            Command("partners.unarchive", self.tr("Bring back from the archive"), self.unarchive, Icon.UNDO, (), scope,
                    enabled=lambda: some() and writes() and self._archived()),
            Command("partners.delete", self.tr("Delete"), self.delete, Icon.DELETE, (_Key.Delete,), "partners.list",
                    enabled=lambda: some() and writes(), dangerous=True),
            Command("partners.find", self.tr("Filter this list"), self.focus_search, Icon.SEARCH, (_Key.Find,), scope,
                    in_palette=False),
            Command("partners.next", self.tr("Next partner"), lambda: self.step_record(1), Icon.DOWN, ("Ctrl+PgDown",),
                    scope, in_palette=False),
            Command("partners.previous", self.tr("Previous partner"), lambda: self.step_record(-1), Icon.UP,
                    ("Ctrl+PgUp",), scope, in_palette=False),
        ]

    def _has_one(self) -> bool:
        return len(self.selected) == 1

    def _has_some(self) -> bool:
        return bool(self.selected)

    def _can_write(self) -> bool:
        return self.house.desk.is_open and not self.house.desk.read_only

    def _archived(self) -> bool:
        rows = [self.model.row_of(i) for i in self.selected[:1]]
        line = self.model.line_at(rows[0]) if rows and rows[0] >= 0 else None
        return bool(line and line.archived)

    def _fill_menu(self, menu: QMenu, ids: Sequence[str | None]) -> None:
        self.house.registry.fill_menu(menu, ids)

    @Slot(object)
    def _open_row_menu(self, at: Any) -> None:
        if not self.table.indexAt(at).isValid():
            return
        menu = QMenu(self)
        self.house.registry.refresh()
        self._fill_menu(menu, ROW_MENU)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.table.viewport().mapToGlobal(at))

    @Slot(int)
    def _go_to_agreement(self, agreement_id: int) -> None:
        self.house.go("agreements", agreement_id)

    @Slot(int)
    def _draft_agreement(self, institution_id: int) -> None:
        self.house.draft_agreement(institution_id)

    @Slot(int)
    def _print_one(self, institution_id: int) -> None:
        self.house.print_partners([institution_id])
