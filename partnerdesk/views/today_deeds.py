"""What is done with a thing of the day's work where it stands: its button, putting it off, going to its record."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QMenu, QWidget

from partnerdesk.domain import clock
from partnerdesk.domain.followups import FollowUp
from partnerdesk.domain.today import Item
from partnerdesk.look.icons import Icon, icon
from partnerdesk.look.words import day
from partnerdesk.models.followups import laters
from partnerdesk.models.today import TodayModel
from partnerdesk.models.today_words import fix_word, item_what, target_of
from partnerdesk.services import today
from partnerdesk.services.followups import change_followup
from partnerdesk.views.page import House
from partnerdesk.views.today_dialogs import NewFollowUp, SnoozeDialog
from partnerdesk.views.today_list import TodayList


class TodayDeeds(QObject):
    """Does what the buttons and the menu of a row ask for."""

    def __init__(self, house: House, model: TodayModel, view: TodayList, parent: QWidget) -> None:
        super().__init__(parent)
        self._house, self._model, self._list, self._page = house, model, view, parent
        view.entered.connect(self.open)
        view.fix_wanted.connect(self.fix)
        view.snooze_wanted.connect(self.offer_days)
        view.menu_wanted.connect(self._offer_menu)

    @property
    def can_write(self) -> bool:
        """Whether anything can be done."""
        return self._house.desk.is_open and not self._house.desk.read_only

    @property
    def current(self) -> Item | None:
        """The thing that the keyboard is on."""
        return self._model.item_at(self._list.currentIndex().row())

    def do(self, deed: Any) -> None:
        """Do a deed where the office can be written."""
        if self.can_write:
            self._house.desk.do(deed)

    @Slot(int)
    def open(self, row: int) -> None:
        """Show where a thing is dealt with."""
        item = self._model.item_at(row)
        if item is not None:
            self._go(item)

    def _go(self, item: Item) -> None:
        target = target_of(item)
        if not target.page:
            self._house.desk.ask(lambda reader: reader.get(FollowUp, item.fix_id), self._edit)
            return
        if target.record_id is not None:
            self._house.go(target.page, target.record_id)
        elif target.line:
            self._house.show_filtered(target.page, target.line)
        else:
            self._house.go(target.page)

    def _edit(self, followup: FollowUp) -> None:
        """Show a follow-up that is about no record."""
        dialog = NewFollowUp(self._page, (), followup.responsible, followup.due_on, followup.title)
        dialog.wanted.connect(partial(self._change, followup))
        dialog.open()

    def _change(self, followup: FollowUp, fields: dict[str, Any]) -> None:
        self.do(change_followup(followup, **fields))

    @Slot(int)
    def fix(self, row: int) -> None:
        """Do what the button says, here where that is possible."""
        item = self._model.item_at(row)
        if item is None:
            return
        self._list.select_row(row)
        if self._model.snooze_at(row) is not None:
            self.do(today.wake([item]))
        elif item.fix in today.IN_PLACE:
            self.do(today.fix(item))
        else:
            self._go(item)

    @Slot(int)
    def offer_days(self, row: int) -> None:
        """A menu of days until which it can wait."""
        item = self._model.item_at(row)
        if item is None or not self.can_write:
            return
        self._list.select_row(row)
        if self._model.snooze_at(row) is not None:
            self.do(today.wake([item]))
            return
        menu = QMenu(self._page)
        self._add_days(menu, item)
        menu.aboutToHide.connect(menu.deleteLater)
        place = self._list.place_of(row, "snooze").toRect()
        at = QPoint(place.right() - menu.sizeHint().width(), place.bottom() + 2)
        menu.popup(self._list.viewport().mapToGlobal(at))

    def _add_days(self, menu: QMenu, item: Item) -> None:
        for later in laters(clock.today()):
            action = menu.addAction(icon(Icon.SNOOZE), f"{later.words}\t{day(later.until)}")
            action.triggered.connect(partial(self._ask_why, item, later.until))
        action = menu.addAction(icon(Icon.DATE), self.tr("Until another day…"))
        action.triggered.connect(partial(self._ask_why, item, None))

    def _ask_why(self, item: Item, until: date | None) -> None:
        dialog = SnoozeDialog(self._page, item_what(item), until)
        dialog.wanted.connect(partial(self._put_off, item))
        dialog.open()

    def _put_off(self, item: Item, until: date | None, reason: str) -> None:
        self.do(today.snooze([item], until, reason, self._house.desk.who))

    @Slot(int, object)
    def _offer_menu(self, row: int, at: QPoint) -> None:
        item = self._model.item_at(row)
        if item is None:
            return
        menu = QMenu(self._page)
        off = self._model.snooze_at(row) is not None
        word = fix_word("wake") if off else fix_word(item.fix)
        menu.addAction(icon(Icon.TICK), f"{word}\t{self.tr('Space')}", partial(self.fix, row))
        if item.fix != "open" and target_of(item).page:
            menu.addAction(icon(Icon.OPEN_LINK), f"{self.tr('Open the record')}\t{self.tr('Enter')}",
                           partial(self._go, item))
        if not off and self.can_write:
            menu.addSeparator()
            self._add_days(menu, item)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
