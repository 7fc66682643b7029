"""The search of a list: what is typed and the filters added by hand, as one query and its chips."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from partnerdesk.domain import query as search
from partnerdesk.domain.listing import Filter
from partnerdesk.domain.query import Query
from partnerdesk.models.listing import ListModel
from partnerdesk.views.filters import FilterSpec, chip_words
from partnerdesk.views.kit import chipbar
from partnerdesk.views.kit.chipbar import ChipBar
from partnerdesk.views.kit.picker import PickerPopup


class ListSearch(QObject):
    """Keeps the bar and the list at one query; `asked()` whenever the list was asked for something else."""

    asked = Signal()

    def __init__(self, bar: ChipBar, model: ListModel, specs: Sequence[FilterSpec]) -> None:
        super().__init__(bar)
        self._bar, self._model, self._specs = bar, model, tuple(specs)
        self._loading = False
        self._open_spec: FilterSpec | None = None
        self.query = Query()
        bar.text_changed.connect(self._typed)
        bar.chip_removed.connect(self._remove_chip)
        bar.add_requested.connect(self._add_filter)
        bar.chip_opened.connect(self._open_chip)

    @property
    def typed(self) -> str:
        """The words searched for, filters left out."""
        return " ".join((*self.query.words, *self.query.without))

    def parse(self, line: str) -> Query:
        """A search line as a query of this list."""
        return search.parse(line, [spec.key for spec in self._specs])

    def show(self, query: Query, sort: str | None = None, descending: bool = False) -> None:
        """Show the chips and words of a query and ask the list, in the order it has unless another is given."""
        self.query = query
        self._loading = True
        self._bar.set_text(str(Query(tuple(c for c in query.chips if isinstance(c, search.Word)))))
        self._bar.set_filters([chipbar.Filter(search.chip_text(c), chip_words(c, self._specs)) for c in query.filters])
        self._loading = False
        self._ask(query, sort, descending)

    def _ask(self, query: Query, sort: str | None = None, descending: bool = False) -> None:
        now = self._model.query
        order = (now.sort, now.descending) if sort is None else (sort, descending)
        self._model.set_query(query.listing(*order))
        self.asked.emit()

    @Slot(str)
    def _typed(self, text: str) -> None:
        if self._loading:
            return
        typed = self.parse(text)
        words = tuple(c for c in typed.chips if isinstance(c, search.Word))
        self.query = Query((*self.query.filters, *words))
        if typed.filters and text.endswith(" "):
            for one in typed.filters:
                self.query = self.query.plus(one)
            self.show(self.query)
            return
        self._ask(Query((*self.query.chips, *typed.filters)))

    @Slot(str)
    def _remove_chip(self, key: str) -> None:
        for chip in self.query.filters:
            if search.chip_text(chip) == key:
                self.show(self.query.less(chip))
                return

    @Slot()
    def _add_filter(self) -> None:
        menu = QMenu(self._bar)
        for spec in self._specs:
            if spec.offered:
                menu.addAction(spec.title).setData(spec.key)
        menu.triggered.connect(self._open_filter)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._under_add())

    @Slot(str)
    def _open_chip(self, written: str) -> None:
        chip = next((c for c in self.query.filters if search.chip_text(c) == written), None)
        if chip is not None:
            self._pick(chip.key)

    @Slot(QAction)
    def _open_filter(self, action: QAction) -> None:
        self._pick(str(action.data()))

    def _pick(self, key: str) -> None:
        spec = next(s for s in self._specs if s.key == key)
        now = next((f.values for f in self.query.filters if f.key == key), ())
        many = spec.op == ":"
        popup = PickerPopup(self._bar, spec.choices(), now, many=many, name=spec.title)
        self._open_spec = spec
        (popup.toggled if many else popup.chosen).connect(self._filter_chosen)
        popup.open_at(self._under_add())

    @Slot(object)
    def _filter_chosen(self, chosen: object) -> None:
        spec = self._open_spec
        if spec is None:
            return
        values = tuple(str(v) for v in chosen) if isinstance(chosen, tuple | list | set | frozenset) else (str(chosen),)
        rest = Query(tuple(c for c in self.query.chips if not (isinstance(c, Filter) and c.key == spec.key)))
        self.show(rest.plus(Filter(spec.key, spec.op, values)) if values else rest)

    def _under_add(self) -> QPoint:
        button = self._bar.add_button
        return button.mapToGlobal(QPoint(0, button.height()))
