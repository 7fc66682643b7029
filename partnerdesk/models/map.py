"""What the map shows of an office: fills and legend of a measure in a year, flows, names, words for a country."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QColor

from partnerdesk.domain.countries import country
from partnerdesk.domain.measures import NOWHERE, Classes, CountryTable, Measure, classes_of
from partnerdesk.domain.worldmap import project
from partnerdesk.domain.years import AcademicYear
from partnerdesk.look.cells import Balance, Cell, Number, Soft, TwoLine
from partnerdesk.look.paint import signed
from partnerdesk.look.tokens import Tokens
from partnerdesk.look.words import EN_DASH, counted, number
from partnerdesk.look.worldmap import Flow, LegendRow, MapValues, Pin, PinBoard
from partnerdesk.models.lines import LineColumn, LinesModel
from partnerdesk.models.names import country_name
from partnerdesk.services.countries import MapFacts

COLUMNS = ("partners", "agreements", "ending", "out", "in", "balance", "staff", "abroad", "projects")


def _tr(source: str) -> str:
    return QCoreApplication.translate("Map", source)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the map: a measure, an academic year (None: all), how classes are made, which are off."""

    key: str = "stays"
    year: int | None = None
    method: str = "quantiles"
    bounds: tuple[int, ...] = ()
    off: frozenset[int] = frozenset()
    flows: bool = False


class Lens:
    """One measure in one year, as the map shows it."""

    def __init__(self, facts: MapFacts, asked: Asked) -> None:
        self.facts, self.asked = facts, asked
        self.table: CountryTable = facts.table
        self.measure: Measure = self.table.measure(asked.key)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The numbers by country; those of countries whose numbers cancel out are there as 0 where they diverge."""
        found = self.table.by_country(self.asked.key, self.asked.year)
        if self.measure.diverging:
            even = self.table.by_country("stays", self.asked.year)
            found = {**dict.fromkeys(even, 0), **found}
        return found

    @cached_property
    def classes(self) -> Classes:
        """The classes of the numbers; the same for every year while it plays, so that colours can be compared."""
        every = [n for year in self.table.years for n in self.table.by_country(self.asked.key, year).values()]
        numbers = every if self.measure.yearly and self.asked.year is not None else list(self.numbers.values())
        return classes_of(numbers, diverging=self.measure.diverging, method=self.asked.method,
                          bounds=self.asked.bounds)

    def class_of(self, code: str) -> int | None:
        """The class of a country, None where it has no number."""
        return self.classes.of(self.numbers[code]) if code in self.numbers else None

    def fills(self, t: Tokens) -> dict[str, QColor]:
        """The colours of the countries whose class is on."""
        colors = class_colors(self.classes, t)
        found = {}
        for code in self.numbers:
            place = self.class_of(code)
            if code and place is not None and place not in self.asked.off:
                found[code] = colors[place]
        return found

    def legend(self, t: Tokens) -> list[LegendRow]:
        """The rows of the legend: no number, then every class."""
        colors, count = class_colors(self.classes, t), [0] * self.classes.count
        for code in self.numbers:
            place = self.class_of(code)
            if code and place is not None:
                count[place] += 1
        none = len([code for code in self.table.codes if code]) - sum(count)
        return [LegendRow(None, _tr("Nothing"), t.map_none, none, True), *(
            LegendRow(place, class_words(self.classes, place), colors[place], count[place],
                      place not in self.asked.off) for place in range(self.classes.count))]

    def values(
        self, t: Tokens, names: dict[str, str], *, contrast: bool = False, chosen: Sequence[str] = (),
        pins: PinBoard | None = None,
    ) -> MapValues:
        """All that is drawn; flows of the chosen countries alone where there are some. `pins` are those of the office
        where they are at hand.
        """
        fills = self.fills(t)
        pins = pins if pins is not None else board_of(self.facts)
        home = project(self.facts.home[1], self.facts.home[0]) if self.facts.home is not None else None
        shown = {code: self.said_number(code) for code in fills}
        return MapValues(fills, pins, home, self.flows(chosen) if self.asked.flows else (), names, shown, contrast)

    def flows(self, chosen: Sequence[str] = ()) -> list[Flow]:
        """People between our office and each country (or the chosen ones), both ways, in the year."""
        return [Flow(code, n, key == "out") for key in ("out", "in")
                for code, n in self.table.by_country(key, self.asked.year).items()
                if code not in (NOWHERE, self.facts.home_country) and country(code) is not None
                and (not chosen or code in chosen)]

    def said_number(self, code: str) -> str:
        """The number of a country as it is written."""
        n = self.table.number(self.asked.key, code, self.asked.year)
        return signed(n) if self.measure.diverging else number(n)

    def words(self, code: str) -> str:
        """What a country has, in one line: stays with both ways, partners, and the measure asked about."""
        table, year = self.table, self.asked.year
        parts = [said(table, "stays", code, year)]
        if table.number("stays", code, year):
            parts[0] += f" · {said(table, 'out', code, year)}, {said(table, 'in', code, year)}"
        if self.asked.key not in ("stays", "out", "in", "partners"):
            parts.insert(0, said(table, self.asked.key, code, year))
        parts.append(said(table, "partners", code, None))
        return " · ".join(parts)

    @property
    def countries(self) -> int:
        """How many countries have a number."""
        return len([code for code, n in self.numbers.items() if code and (n or self.measure.diverging)])

    @property
    def nowhere(self) -> int:
        """What has no country."""
        return self.table.number(self.asked.key, NOWHERE, self.asked.year)

    @property
    def short_title(self) -> str:
        """The measure in one or two words, with its year."""
        name = say_name(self.measure.short or self.measure.title)
        if not self.measure.yearly:
            return name
        year = self.asked.year
        return f"{name} {AcademicYear(year, self.table.southern).short if year is not None else _tr('all years')}"

    @property
    def title(self) -> str:
        """The measure, with its year where it has one."""
        name = say_name(self.measure.title)
        if not self.measure.yearly:
            return name
        return f"{name} {self.table.year_name(self.asked.year) if self.asked.year is not None else _tr('all years')}"


def board_of(facts: MapFacts) -> PinBoard:
    """The partners of an office as marks."""
    return PinBoard(Pin(one.id, project(one.longitude, one.latitude), one.name) for one in facts.pins)


def say_name(source: str) -> str:
    """A name from below Qt in the user's language."""
    return QCoreApplication.translate("PartnerDesk", source)


def said(table: CountryTable, key: str, code: str, year: int | None) -> str:
    """A number with its unit: "21 stays", "balance −4"."""
    measure, n = table.measure(key), table.number(key, code, year)
    if measure.diverging:
        return say_name(measure.one).format(n=signed(n))
    return counted(n, say_name(measure.one), say_name(measure.many))


def place_name(code: str) -> str:
    """The name of a country as the map calls it."""
    return country_name(code) if code else _tr("No country")


def subregion_name(code: str) -> str:
    """The subregion of a country, empty where it has none."""
    found = country(code)
    return say_name(found.subregion_label) if found is not None else ""


def class_colors(classes: Classes, t: Tokens) -> list[QColor]:
    """A colour for every class, spread over the scale."""
    if classes.diverging:
        side = len(classes.lower)
        return [t.diverging[3 + (round(3 * n / side) if side else 0)] for n in range(-side, side + 1)]
    last, count = len(t.sequential) - 1, classes.count
    return [t.sequential[round(n * last / (count - 1)) if count > 1 else last // 2] for n in range(count)]


def class_words(classes: Classes, place: int) -> str:
    """The numbers of a class: "1–4", "80 and more", "−9 to −5"."""
    least, most = classes.ends(place)
    write: Callable[[float], str] = signed if classes.diverging else number
    if most is None:
        words = _tr("{n} and less") if least < 0 else _tr("{n} and more")
        return words.format(n=write(least))
    if least == most:
        return write(least)
    if classes.diverging:
        low, high = sorted((least, most))
        return _tr("{first} to {last}").format(first=write(low), last=write(high))
    return f"{write(least)}{EN_DASH}{write(most)}"


@dataclass(frozen=True, slots=True)
class CountryLine:
    """A line of the table: a country with the number of each of `COLUMNS`."""

    code: str
    name: str
    region: str
    numbers: tuple[int, ...]


def country_lines(table: CountryTable, year: int | None) -> list[CountryLine]:
    """Every country that has something, by name; what has no country last."""
    found = []
    for code in table.codes:
        numbers = tuple(table.number(key, code, year) for key in COLUMNS)
        if any(numbers) or table.number("stays", code, year):
            found.append(CountryLine(code, place_name(code), subregion_name(code), numbers))
    return sorted(found, key=lambda one: (not one.code, one.name.casefold()))


def countries_model(table: CountryTable | None, parent: QObject) -> LinesModel[CountryLine]:
    """The table of countries, empty; its columns are the measures."""
    columns: list[LineColumn[CountryLine]] = [LineColumn(_tr("Country"), lambda line: TwoLine(line.name, line.region))]
    for place, key in enumerate(COLUMNS):
        measure = table.measure(key) if table is not None else None
        title = say_name(measure.short or measure.title) if measure is not None else key
        columns.append(LineColumn(title, _cell(place, key == "balance"), 74, right=True))
    return LinesModel(columns, _line_key, line_sentence, parent)


def _cell(place: int, diverging: bool) -> Callable[[CountryLine], Cell]:
    def cell(line: CountryLine) -> Cell:
        n = line.numbers[place]
        if diverging:
            return Balance(n)
        return Number(number(n)) if n else Soft("")

    return cell


def _line_key(line: CountryLine) -> Hashable:
    return line.code


def line_sentence(line: CountryLine) -> str:
    """A line as a screen reader says it."""
    words = _tr("{country}: {partners} partners, {agreements} agreements in effect, {ending} ending within a year, "
                "{out} out, {back} in, balance {balance}, {staff} of staff, {now} there now, {projects} projects")
    shown = [number(n) for n in line.numbers]
    shown[COLUMNS.index("balance")] = signed(line.numbers[COLUMNS.index("balance")])
    values = dict(zip(("partners", "agreements", "ending", "out", "back", "balance", "staff", "now", "projects"), shown,
                      strict=True))
    return words.format(country=line.name, **values)


def line_rows(table: CountryTable, lines: Sequence[CountryLine]) -> tuple[list[str], list[list[Any]]]:
    """Header and rows for a spreadsheet or the clipboard."""
    head = [_tr("Code"), _tr("Country"), _tr("Region"), *(say_name(table.measure(key).title) for key in COLUMNS)]
    return head, [[line.code, line.name, line.region, *line.numbers] for line in lines]
