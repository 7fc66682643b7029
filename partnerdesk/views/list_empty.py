"""What stands in place of an empty list: nothing there yet, or nothing found and what may have been meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from partnerdesk.services.suggesting import meant_word
from partnerdesk.views.kit.emptyview import EmptyView

if TYPE_CHECKING:
    from partnerdesk.views.listpage import ListPage


class EmptyList(QObject):
    """Fills the empty view of a page and does what is chosen in it."""

    def __init__(self, page: ListPage, view: EmptyView) -> None:
        super().__init__(view)
        self._page, self._view = page, view
        self._meant = ""
        self._nothing_found = False
        view.chosen.connect(self._chosen)

    def explain(self, total: int) -> None:
        """Say why the list is empty; `total` counts the records without any filter."""
        self._meant = ""
        self._nothing_found = total > 0
        desk = self._page.house.desk
        if not self._nothing_found:
            if desk.read_only:
                self._view.show_case(self.tr("There is nothing in this list."))
            else:
                self._page.show_first_steps()
            return
        typed = self._page.search.typed
        words = self.tr("Nothing matches “{typed}”.").format(typed=typed) if typed else self.tr("Nothing matches.")
        self._view.show_case(words, "", "", self.tr("Clear filters"))
        if typed:
            desk.ask(lambda reader: (typed, meant_word(reader, typed)), self._suggest, key=(self, "meant"))

    def _suggest(self, answer: tuple[str, str]) -> None:
        typed, self._meant = answer
        if self._meant and typed == self._page.search.typed and self._page.model.hits == 0:
            sentence = self.tr("Nothing matches “{typed}”. Did you mean “{meant}”?")
            self._view.show_case(sentence.format(typed=typed, meant=self._meant), "",
                                 self.tr("Search “{meant}”").format(meant=self._meant), self.tr("Clear filters"))

    @Slot(str)
    def _chosen(self, which: str) -> None:
        if not self._nothing_found:
            self._page.take_first_step(which)
        elif which == "second":
            self._page.show_line(f'"{self._meant}"' if " " in self._meant else self._meant)
        else:
            self._page.show_line("")
