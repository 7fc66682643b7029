"""The Agreements page: the list, its commands, and the form beside it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from partnerdesk.domain.agreements import Agreement
from partnerdesk.domain.office import SavedView
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import number
from partnerdesk.models.agreement_list import agreement_columns, agreement_listing
from partnerdesk.services import agreements
from partnerdesk.views.detail import BulkPane, DetailPane
from partnerdesk.views.filters import agreement_filters
from partnerdesk.views.kit.buttons import Button
from partnerdesk.views.kit.commands import Command
from partnerdesk.views.kit.emptyview import EmptyView
from partnerdesk.views.listpage import ListPage
from partnerdesk.views.page import House

if TYPE_CHECKING:
    from partnerdesk.views.agreement_pane import AgreementPane

_Key = QKeySequence.StandardKey
ROW_MENU = ("agreements.edit", "agreements.open_partner", "agreements.print", None, "agreements.copy", None,
            "agreements.archive", "agreements.unarchive", "agreements.delete")


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

    def __init__(self, house: House, people: Callable[[], Sequence[str]]) -> None:
        self.page_filters = agreement_filters(people)
        super().__init__(house, agreement_listing(), agreement_columns(), agreement_views())
        self.table.customContextMenuRequested.connect(self._open_row_menu)
        house.registry.add_all([replace(c, group=self.title) for c in self._commands()], self)

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

    @property
    def record_menu(self) -> Sequence[str | None]:
        return ("agreements.new", "agreements.edit", "agreements.open_partner", None, "agreement.approve",
                "agreement.new_version", "agreement.add_condition", "agreement.renew", "agreement.duplicate",
                "agreement.end", "agreement.go_on", None, "agreements.copy", "agreements.paste",
                "agreements.find", None,
                "agreements.print", "agreements.preview", None, "agreements.archive", "agreements.unarchive",
                "agreements.delete", None, "agreements.next", "agreements.previous")

    def make_bulk(self) -> BulkPane:
        from partnerdesk.views.agreement_bulk import AgreementBulk

        return AgreementBulk(self.house.desk, self)

    def make_buttons(self) -> Sequence[QWidget]:
        self._import = Button(self.tr("Import"), icon=Icon.IMPORT, parent=self)
        self._import.clicked.connect(self.house.import_spreadsheet)
        self._new = Button(self.tr("New agreement"), "primary", icon=Icon.ADD, parent=self)
        self._new.clicked.connect(self.new)
        return (self._import, self._new)

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
            words = self.tr("1 agreement") if total == 1 else self.tr("{n} agreements")
            return words.format(n=number(total))
        return self.tr("{hits} of {n} agreements").format(hits=number(hits), n=number(total))

    @Slot()
    def new(self) -> None:
        """Ask with whom, and draft an agreement."""
        self.flush()
        from partnerdesk.views.asking_partner import AskPartner

        dialog = AskPartner(self.house.desk, self)
        dialog.chosen.connect(self.house.draft_agreement)
        dialog.open()

    @Slot()
    def delete(self) -> None:
        """Put the selected agreements into the trash."""
        self.change_selected(Agreement, agreements.delete_agreements)

    @Slot()
    def archive(self) -> None:
        """Put the selected agreements into the archive."""
        self.change_selected(Agreement, agreements.archive_agreements)

    @Slot()
    def unarchive(self) -> None:
        """Bring the selected agreements back from the archive."""
        self.change_selected(Agreement, lambda found: agreements.archive_agreements(found, back=True))

    @Slot()
    def print_selected(self) -> None:
        """Preview the summaries of the partners of the selected agreements."""
        lines = [self.model.line_at(self.model.row_of(i)) for i in self.selected]
        self.house.print_partners(list(dict.fromkeys(line.partner_id for line in lines if line is not None)))

    @Slot()
    def open_partner(self) -> None:
        """Go to the partner of the agreement."""
        chosen = self.selected
        line = self.model.line_at(self.model.row_of(chosen[0])) if chosen else None
        if line is not None:
            self._go_to_partner(line.partner_id)

    def _commands(self) -> list[Command]:
        one, some, writes, scope = self._has_one, self._has_some, self._can_write, "agreements"
        return [
            Command("agreements.new", self.tr("New agreement"), self.new, Icon.ADD, (_Key.New,), scope, enabled=writes),
            Command("agreements.edit", self.tr("Edit"), self.focus_detail, Icon.EDIT, (), scope, enabled=one),
            Command("agreements.open_partner", self.tr("Go to the partner"), self.open_partner, Icon.PARTNERS, (),
                    scope, enabled=one),
            Command("agreements.print", self.tr("Print summary of the partner"), self.print_selected, Icon.PRINT,
                    (_Key.Print,), scope, enabled=some),
            Command("agreements.preview", self.tr("Preview summary of the partner"), self.print_selected, Icon.PREVIEW,
                    ("Ctrl+Shift+P",), scope, enabled=some, in_palette=False),
            Command("agreements.copy", self.tr("Copy rows"), self.copy, Icon.DUPLICATE, (_Key.Copy,), "agreements.list",
                    enabled=some),
            Command("agreements.paste", self.tr("Paste rows from a spreadsheet"), self.paste, Icon.IMPORT,
                    (_Key.Paste,), "agreements.list", enabled=writes),
            Command("agreements.archive", self.tr("Archive"), self.archive, Icon.TRASH, (), scope,
                    enabled=lambda: some() and writes() and not self._archived()),
            Command("agreements.unarchive", self.tr("Bring back from the archive"), self.unarchive, Icon.UNDO, (),
                    scope, enabled=lambda: some() and writes() and self._archived()),
            Command("agreements.delete", self.tr("Delete"), self.delete, Icon.DELETE, (_Key.Delete,), "agreements.list",
                    enabled=lambda: some() and writes(), dangerous=True),
            Command("agreements.find", self.tr("Filter this list"), self.focus_search, Icon.SEARCH, (_Key.Find,), scope,
                    in_palette=False),
            Command("agreements.next", self.tr("Next agreement"), lambda: self.step_record(1), Icon.DOWN,
                    ("Ctrl+PgDown",), scope, in_palette=False),
            Command("agreements.previous", self.tr("Previous agreement"), lambda: self.step_record(-1), Icon.UP,
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

    @Slot(object)
    def _open_row_menu(self, at: Any) -> None:
        if not self.table.indexAt(at).isValid():
            return
        menu = QMenu(self)
        self.house.registry.refresh()
        self.house.registry.fill_menu(menu, ROW_MENU)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.table.viewport().mapToGlobal(at))

    @Slot(int)
    def _go_to_partner(self, institution_id: int) -> None:
        self.house.go("partners", institution_id)

    @Slot(int)
    def _print_one(self, institution_id: int) -> None:
        self.house.print_partners([institution_id])
