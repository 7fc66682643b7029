"""The grid of places as a table: a row for each condition, a column for each year, sums on top."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt

from partnerdesk.domain import isced
from partnerdesk.domain.quota import PlaceCell, PlacesRow, Usage, amount, totals
from partnerdesk.domain.vocab import label_of, short_of
from partnerdesk.domain.years import AcademicYear
from partnerdesk.look.cells import Cell, Figures, Soft, TwoLine
from partnerdesk.look.words import NOTHING, say
from partnerdesk.models.lines import LineColumn, LinesModel
from partnerdesk.models.names import country_name

WIDTH = 100


def _tr(source: str) -> str:
    return QCoreApplication.translate("Places", source)


class PlacesModel(LinesModel[PlacesRow]):
    """The grid; its columns take the names of the years that are shown."""

    def __init__(self, years: int, parent: QObject | None = None) -> None:
        self._years: tuple[AcademicYear, ...] = ()
        columns = (
            LineColumn(_tr("Partner"), _partner),
            LineColumn(_tr("Places for"), _for, 170),
            *(LineColumn("", _in_year(n), WIDTH, right=True) for n in range(years)),
        )
        super().__init__(columns, row_key, self._said, parent)

    @property
    def years(self) -> tuple[AcademicYear, ...]:
        """The years of the columns."""
        return self._years

    def set_years(self, years: Sequence[AcademicYear]) -> None:
        """Name the columns after these years."""
        self._years = tuple(years)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 2, 1 + len(years))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        named = 2 <= section < 2 + len(self._years) and orientation == Qt.Orientation.Horizontal
        if named and role == Qt.ItemDataRole.DisplayRole:
            return str(self._years[section - 2])
        return super().headerData(section, orientation, role)

    def _said(self, row: PlacesRow) -> str:
        parts = [row.partner, condition_words(row)]
        parts += [f"{year}: {cell_sentence(cell, row.unit)}" for year, cell in zip(self._years, row.cells, strict=True)]
        return "; ".join(part for part in parts if part)


def with_totals(rows: Sequence[PlacesRow]) -> list[PlacesRow]:
    """The rows with their sums on top, one for each unit that places are counted in."""
    sums = [PlacesRow(-1 - n, 0, 0, _tr("All shown"), unit=unit, direction="", activity="",
                      cells=tuple(PlaceCell(one) for one in cells))
            for n, (unit, cells) in enumerate(sorted(totals(rows).items()))]
    return [*sums, *rows]


def row_key(row: PlacesRow) -> Hashable:
    """What tells a row from the others; sums have keys below 0."""
    return row.condition_id


def condition_words(row: PlacesRow) -> str:
    """ "Out · Students, studies · in months"; what is summed up has its unit alone."""
    unit = "" if row.unit == "heads" and row.direction else say(label_of("places_unit", row.unit))
    if not row.direction:
        return unit
    direction = say(short_of("direction", row.direction))
    return " · ".join(part for part in (direction, say(short_of("activity", row.activity)), unit) if part)


def fields_words(row: PlacesRow) -> str:
    """The fields of education of a condition."""
    return ", ".join(isced.title(code) for code in row.fields)


def cell_sentence(cell: PlaceCell, unit: str = "heads") -> str:
    """A condition in a year in words."""
    usage = cell.usage
    if cell.state in ("outside", "none"):
        words = _tr("not covered") if cell.state == "outside" else _tr("not for this year")
        return f"{words}, {_tr('{used} used').format(used=amount(usage.used))}" if usage.used else words
    parts = [_tr("{places} places").format(places=NOTHING if usage.places is None else amount(usage.places)),
             _tr("{used} used").format(used=amount(usage.used)), _tr("{held} held").format(held=amount(usage.held))]
    if usage.free is not None:
        parts.append(free_words(usage))
    if cell.state == "unsigned":
        parts.append(_tr("not signed"))
    return ", ".join(parts)


def free_words(usage: Usage) -> str:
    """ "1 free", or "2 too many"."""
    if usage.free is None:
        return NOTHING
    if usage.free < 0:
        return _tr("{n} too many").format(n=amount(-usage.free))
    return _tr("{n} free").format(n=amount(usage.free))


def places_rows(
    rows: Sequence[PlacesRow], years: Sequence[AcademicYear], filters: str
) -> tuple[list[str], list[list[object]]]:
    """Header and rows for a spreadsheet, with their sums at the end and the filters that held beneath."""
    head = [_tr("Partner"), _tr("Country"), _tr("Agreement"), _tr("Direction"), _tr("Activity"), _tr("Fields"),
            _tr("Counted in")]
    for year in years:
        head += [f"{year} {word}" for word in (_tr("places"), _tr("used"), _tr("held"), _tr("free"), _tr("state"))]
    table: list[list[object]] = []
    for row in with_totals(rows):
        line: list[object] = [
            row.partner, row.country, row.code, say(label_of("direction", row.direction)) if row.direction else "",
            say(label_of("activity", row.activity)) if row.activity else "", fields_words(row),
            say(label_of("places_unit", row.unit))]
        for cell in row.cells:
            free, places = cell.usage.free, cell.usage.places
            line += ["" if places is None else places, cell.usage.used, cell.usage.held, "" if free is None else free,
                     "" if row.condition_id < 0 else state_words(cell)]
        table.append(line)
    sums = [line for row, line in zip(with_totals(rows), table, strict=True) if row.condition_id < 0]
    table = [*table[len(sums):], *sums]
    blank: list[object] = [""] * (len(head) - 1)
    if filters:
        table.append([_tr("Filters: {filters}").format(filters=filters), *blank])
    return head, table


def state_words(cell: PlaceCell) -> str:
    """Whether an agreement covers the year, in words."""
    words = {"covered": _tr("covered"), "unsigned": _tr("not signed"), "outside": _tr("not covered by an agreement"),
             "none": _tr("not for this year")}
    return words[cell.state]


def _partner(row: PlacesRow) -> Cell:
    if row.condition_id < 0:
        return TwoLine(row.partner)
    return TwoLine(row.partner, " · ".join(part for part in (country_name(row.country), row.code) if part))


def _for(row: PlacesRow) -> Cell:
    fields = fields_words(row)
    return TwoLine(condition_words(row), fields) if row.direction else Soft(condition_words(row))


def _in_year(n: int) -> Callable[[PlacesRow], Cell]:
    def cell(row: PlacesRow) -> Cell:
        return _figures(row.cells[n]) if n < len(row.cells) else Figures("")

    return cell


def _figures(cell: PlaceCell) -> Cell:
    usage = cell.usage
    if cell.state == "outside":
        used = _tr("{used} used").format(used=amount(usage.used)) if usage.used else ""
        return Figures(_tr("not covered"), used, "danger")
    if usage.places is None:
        return Figures(NOTHING, _tr("{used} used").format(used=amount(usage.used)) if usage.used else "",
                       "danger" if usage.used else "muted")
    taken = amount(usage.used) + (f" + {amount(usage.held)}" if usage.held else "")
    second = _tr("{taken} of {places}").format(taken=taken, places=amount(usage.places))
    if cell.state == "unsigned":
        second = f"{second} · {_tr('not signed')}"
    return Figures(free_words(usage), second, "danger" if (usage.free or 0) < 0 else "text")
