"""The Balance page: every partnership by its imbalance at the left, the chosen one's ledger at the right."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.balance import Standing
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import counted, number
from partnerdesk.models.balance import standing_rows, standings_model
from partnerdesk.models.names import country_name
from partnerdesk.services import balance
from partnerdesk.services.balance import BalanceSheet
from partnerdesk.views.balance_detail import BalanceDetail
from partnerdesk.views.kit.segmented import Segmented
from partnerdesk.views.lines_page import LinesPage, Paper
from partnerdesk.views.page import House

if TYPE_CHECKING:
    from partnerdesk.services.prints import Print


class BalancePage(LinesPage[Standing]):
    """Balances."""

    key = "balance"
    icon = Icon.BALANCE
    kinds = ("stay", "partnership", "partner")

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        self.sheet = BalanceDetail(house.desk)
        super().__init__(house, standings_model, self.sheet, parent)
        self.order = Segmented(self.tr("Order"), (
            ("imbalance", self.tr("By imbalance")), ("name", self.tr("By name"))))
        self.order.chosen.connect(self.show_lines)
        self.which = Segmented(self.tr("Which balances"), (
            ("all", self.tr("All")), ("beyond", self.tr("Past the limit"))))
        self.which.chosen.connect(self.show_lines)
        self.tools.addWidget(self.which)
        self.tools.addWidget(self.order)
        self.sheet.open_partner.connect(self._go)
        self.empty.show_case(self.tr("Nobody has come or gone yet, and no opening balance is entered."),
                             self.tr("Go to the stays"))
        self.empty.chosen.connect(self._from_empty)

    @property
    def title(self) -> str:
        return self.tr("Balance")

    def question(self) -> Callable[[Any], list[Standing]]:
        return balance.standings

    def take(self, answer: list[Standing]) -> Sequence[Standing]:
        return answer

    def many_lines(self, answer: list[Standing]) -> Sequence[Standing]:
        return answer

    def search_text(self, line: Standing) -> str:
        return f"{line.partner} {line.title} {country_name(line.country)} {line.country}"

    def chosen(self, lines: list[Standing]) -> list[Standing]:
        if self.which.value == "beyond":
            lines = [one for one in lines if one.beyond]
        return sorted(lines, key=_name) if self.order.value == "name" else lines

    def export_rows(self, lines: Sequence[Standing]) -> tuple[list[str], list[list[object]]]:
        return standing_rows(lines)

    def papers(self) -> Sequence[Paper]:
        return (Paper("print", self.tr("Print this balance"), self._current_balance),
                Paper("print_shown", self.tr("Print the balances shown"), self._balances_shown))

    def flush(self) -> bool:
        return self.sheet.flush()

    def show_record(self, record_id: int) -> None:
        """Go to the balance of a partnership."""
        self._show_row(self.table.lines.row_of(record_id))

    @Slot()
    def tell(self) -> None:
        shown, total = len(self.table.lines.lines), len(self.lines)
        words = counted(total, self.tr("1 balance"), self.tr("{n} balances"))
        if shown != total:
            words = self.tr("{n} of {total}").format(n=number(shown), total=words)
        self.foot.say(words if total else "")
        line = self.table.current
        if line is None:
            self.sheet.show_sheet(None)
            return
        wanted = line.partnership_id
        self.house.desk.ask(lambda reader: balance.balance_sheet(reader, wanted), self._show, key=(self, "sheet"))

    def _current_balance(self) -> "Print | None":
        line = self.table.current
        return _balances([line]) if line is not None else None

    def _balances_shown(self) -> "Print | None":
        return _balances(self.table.lines.lines)

    def _show(self, sheet: BalanceSheet) -> None:
        line = self.table.current
        if line is not None and line.partnership_id == sheet.partnership.id:
            self.sheet.show_sheet(sheet)

    def _show_row(self, row: int) -> None:
        if row >= 0:
            self.table.select_row(row)

    @Slot(str)
    def _from_empty(self, _: str) -> None:
        self.house.go("stays")

    @Slot(int)
    def _go(self, institution_id: int) -> None:
        self.house.go("partners", institution_id)


def _name(standing: Standing) -> tuple[str, int]:
    return standing.partner.casefold(), standing.partnership_id


def _balances(standings: Sequence[Standing]) -> "Print | None":
    from partnerdesk.services.sheet_money import balances

    return balances([one.partnership_id for one in standings]) if standings else None
