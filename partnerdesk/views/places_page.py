"""The Places page: what each condition grants in each year, what is used, held and free, and who may send."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from partnerdesk.domain.quota import PlacesRow
from partnerdesk.domain.vocab import label_of, vocabulary
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import counted, number, say
from partnerdesk.models.names import country_name
from partnerdesk.models.places import PlacesModel, condition_words, fields_words, places_rows, with_totals
from partnerdesk.services import places
from partnerdesk.services.places import YEARS_BEFORE, YEARS_SHOWN, Grid
from partnerdesk.views.kit.buttons import IconButton
from partnerdesk.views.kit.editors import ChoiceEditor
from partnerdesk.views.kit.layouts import Measured, Row
from partnerdesk.views.kit.segmented import Segmented
from partnerdesk.views.lines_page import LinesPage, Paper
from partnerdesk.views.page import House
from partnerdesk.views.places_detail import PlacesDetail

if TYPE_CHECKING:
    from partnerdesk.services.prints import Print


class PlacesPage(LinesPage[PlacesRow]):
    """Places."""

    key = "places"
    icon = Icon.PLACES
    kinds = ("stay", "agreement", "partner", "partnership", "call", "setting")
    sizes = (748, 332)

    def __init__(self, house: House, parent: QWidget | None = None) -> None:
        self.places = PlacesDetail(house.desk)
        self._first: int | None = None
        self._this = 0
        self.direction = Segmented(self.tr("Direction"), (
            ("", self.tr("All")), *((t.code, say(t.short or t.text)) for t in vocabulary("direction"))))
        self.activity = ChoiceEditor(
            [("", self.tr("Every activity")), *((t.code, say(t.text)) for t in vocabulary("activity"))])
        self.which = ChoiceEditor([
            ("", self.tr("All conditions")), ("free", self.tr("With free places")),
            ("over", self.tr("Too many promised")), ("outside", self.tr("Without agreement in a year"))])
        super().__init__(house, self._make_model, self.places, parent)
        self.model = self.table.lines
        for editor, name in ((self.activity, self.tr("Activity")), (self.which, self.tr("Which conditions"))):
            editor.setAccessibleName(name)
            Measured(editor, width_min=148)
            editor.set_value("")
            editor.edited.connect(self.show_lines)
        self.direction.chosen.connect(self.show_lines)
        self._add_tools()
        self.places.open_agreement.connect(self._go)
        self.places.open_stays.connect(self._show_stays)
        self.empty.show_case(self.tr("No agreement grants places in these years. Places come from the conditions of "
                                     "agreements."), self.tr("Go to the agreements"))
        self.empty.chosen.connect(self._from_empty)

    @property
    def title(self) -> str:
        return self.tr("Places")

    @property
    def has_something(self) -> bool:
        return super().has_something or (self._first is not None and self._first + YEARS_BEFORE != self._this)

    @property
    def first_row(self) -> int:
        rows = self.table.lines.lines
        return next((n for n, row in enumerate(rows) if row.condition_id > 0), 0)

    def question(self) -> Callable[[Any], Grid]:
        first = self._first
        return lambda reader: places.places_grid(reader, first)

    def many_lines(self, answer: Grid) -> Sequence[PlacesRow]:
        return answer.rows

    def take(self, answer: Grid) -> Sequence[PlacesRow]:
        self._first = answer.years[0].first
        if not self._this:
            self._this = self._first + YEARS_BEFORE
        assert isinstance(self.model, PlacesModel)
        self.model.set_years(answer.years)
        return answer.rows

    def search_text(self, line: PlacesRow) -> str:
        return f"{line.partner} {country_name(line.country)} {line.code} {condition_words(line)} {fields_words(line)}"

    def chosen(self, lines: list[PlacesRow]) -> list[PlacesRow]:
        direction, activity, which = self.direction.value, self.activity.value(), self.which.value()
        kept = [row for row in lines if direction in ("", row.direction) and activity in ("", row.activity)
                and (not which or any(_holds(which, row, n) for n in range(len(row.cells))))]
        return with_totals(kept) if kept else []

    def export_rows(self, lines: Sequence[PlacesRow]) -> tuple[list[str], list[list[object]]]:
        assert isinstance(self.model, PlacesModel)
        return places_rows([row for row in lines if row.condition_id > 0], self.model.years, self.filter_words())

    def filter_words(self) -> str:
        """The filters that hold, in words, for print and spreadsheet."""
        parts = [self.search.text().strip()]
        if self.direction.value:
            parts.append(say(label_of("direction", self.direction.value)))
        if self.activity.value():
            parts.append(say(label_of("activity", self.activity.value())))
        if self.which.value():
            parts.append(self.which.currentText())
        return ", ".join(part for part in parts if part)

    def papers(self) -> Sequence[Paper]:
        return (Paper("print", self.tr("Print the places shown"), self._places_shown),)

    def flush(self) -> bool:
        return self.places.flush()

    def show_record(self, record_id: int) -> None:
        """Go to a condition."""
        row = self.table.lines.row_of(record_id)
        if row >= 0:
            self.table.select_row(row)

    @Slot()
    def earlier(self) -> None:
        """Show the years one earlier."""
        self._move(-1)

    @Slot()
    def later(self) -> None:
        """Show the years one later."""
        self._move(1)

    @Slot()
    def tell(self) -> None:
        shown = sum(row.condition_id > 0 for row in self.table.lines.lines)
        total = len(self.lines)
        words = counted(total, self.tr("1 condition"), self.tr("{n} conditions"))
        if shown != total:
            words = self.tr("{n} of {total}").format(n=number(shown), total=words)
        self.foot.say(self.tr("{conditions} · free, and beneath it used + held of the places").format(conditions=words)
                      if total else "")
        line = self.table.current
        assert isinstance(self.model, PlacesModel)
        self.places.show_row(line if line is not None and line.condition_id > 0 else None, self.model.years, self._this)

    def _places_shown(self) -> "Print | None":
        from partnerdesk.services.sheet_places import filter_labels, places_list

        ids = [row.condition_id for row in self.table.lines.lines if row.condition_id > 0]
        filters = filter_labels(self.search.text().strip(), self.direction.value, self.activity.value() or "",
                                self.which.value() or "")
        return places_list(self._first, None if len(ids) == len(self.lines) else ids, filters)

    def _make_model(self, parent: Any) -> PlacesModel:
        return PlacesModel(YEARS_SHOWN, parent)

    def _add_tools(self) -> None:
        self.earlier_button = IconButton(Icon.LEFT, self.tr("One year earlier"))
        self.later_button = IconButton(Icon.RIGHT, self.tr("One year later"))
        self.earlier_button.clicked.connect(self.earlier)
        self.later_button.clicked.connect(self.later)
        for tool in (self.direction, self.activity, self.which):
            self.tools.addWidget(tool)
        years = Row(None, 0, 0)
        years.addWidget(self.earlier_button)
        years.addWidget(self.later_button)
        self.tools.addLayout(years)

    def _move(self, years: int) -> None:
        if self._first is not None:
            self._first += years
            self.ask_again()

    @Slot(str)
    def _from_empty(self, _: str) -> None:
        self.house.go("agreements")

    @Slot(int)
    def _go(self, agreement_id: int) -> None:
        self.house.go("agreements", agreement_id)

    @Slot(int, int)
    def _show_stays(self, condition_id: int, year: int) -> None:
        self.house.show_filtered("stays", f"condition:{condition_id} year:{year}")


def _holds(which: str, row: PlacesRow, year: int) -> bool:
    cell = row.cells[year]
    free = cell.usage.free
    if which == "free":
        return free is not None and free > 0
    return cell.state == "outside" if which == "outside" else free is not None and free < 0
