"""The brief of a country or region for a trip: figures, partners with state and balance, people there, gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.countries import country
from partnerdesk.domain.documents import (
    Block,
    Cell,
    Fact,
    FactList,
    Head,
    PrintDocument,
    Prose,
    Remarks,
    Table,
    WorldMap,
)
from partnerdesk.domain.isced import title as field_title
from partnerdesk.domain.measures import CountryTable
from partnerdesk.domain.states import State
from partnerdesk.domain.vocab import vocabulary
from partnerdesk.domain.words import QT_TRANSLATE_NOOP
from partnerdesk.services.countries import (
    CountrySheet,
    PartnerStanding,
    area_title,
    country_sheet,
    country_table,
    pins_in,
)
from partnerdesk.services.prints import Print
from partnerdesk.services.sheets import Printer
from partnerdesk.services.wording import NOTHING, Voice

if TYPE_CHECKING:
    from partnerdesk.domain.abroad import AbroadLine
    from partnerdesk.store.unit import Reader

YEARS = 5
_COUNTRY = QT_TRANSLATE_NOOP("PartnerDesk", "Country brief")
_REGION = QT_TRANSLATE_NOOP("PartnerDesk", "Regional brief")
_LISTED = ("partners", "agreements", "ending", "out", "in", "balance", "staff", "abroad", "projects")
_FIGURES = ("partners", "agreements", "ending", "abroad", "staff", "projects")


def country_briefs(codes: Sequence[str]) -> Print:
    """The brief of these countries together: one document."""
    return Print((tuple(codes),), _gather, file_name="-".join(codes[:4]).lower() or "brief")


def _gather(reader: Reader, voice: Voice, about: Sequence[Any]) -> Iterable[PrintDocument]:
    printer = Printer.of(reader, voice)
    for codes in about:
        sheet = country_sheet(reader, codes)
        points = [(pin.longitude, pin.latitude) for pin in pins_in(reader, codes)]
        yield _document(printer, sheet, points)


def _document(printer: Printer, sheet: CountrySheet, points: Sequence[tuple[float, float]]) -> PrintDocument:
    voice, codes = printer.voice, sheet.codes
    what = _COUNTRY if len(codes) == 1 else _REGION
    name = _name(printer, codes)
    blocks: list[Block] = [
        WorldMap(voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Map")), tuple(codes), tuple(points)),
        _years(printer, sheet), _partners(printer, sheet)]
    if sheet.fields:
        rows = tuple((Cell(field_title(code) or code), Cell(str(n))) for code, n in sheet.fields)
        columns = (printer.column(QT_TRANSLATE_NOOP("PartnerDesk", "Field"), 0.8, "left", "strong"),
                   printer.column(QT_TRANSLATE_NOOP("PartnerDesk", "Stays"), 0.2, "right"))
        blocks.append(Table(voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Top fields")), columns, rows))
    blocks += [_people(printer, sheet.there_now), *_contacts(printer, sheet), *_visits(printer, sheet)]
    if sheet.gaps:
        blocks.append(Prose(tuple(voice.say(gap) for gap in sheet.gaps),
                            voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "What is missing"))))
    blocks.append(Remarks(voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Notes"))))
    return printer.sheet(what, Head(name, lines=_lines(printer, codes), facts=_facts(printer, sheet)), blocks,
                         title=f"{name}, {voice.say(what)}")


def _name(printer: Printer, codes: Sequence[str]) -> str:
    area = area_title(codes)
    if not isinstance(area, str):
        return printer.voice.say(area)
    without = printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Without a country"))
    return ", ".join(printer.voice.country(code) or without for code in codes)


def _lines(printer: Printer, codes: Sequence[str]) -> tuple[str, ...]:
    found = country(codes[0]) if len(codes) == 1 else None
    return (f"{printer.voice.say(found.subregion_label)} · {found.code}",) if found is not None else ()


def _facts(printer: Printer, sheet: CountrySheet) -> tuple[Fact, ...]:
    table = sheet.table
    measures = (table.measure(key) for key in _FIGURES)
    return tuple(printer.fact(one.title if one.key == "partners" else one.short,
                              table.total(one.key, sheet.codes, table.year)) for one in measures)


def _years(printer: Printer, sheet: CountrySheet) -> Table:
    """Stays out and in by academic year, with their balance."""
    table, codes, c = sheet.table, sheet.codes, printer.column
    years = range(table.year - YEARS + 1, table.year + 1)
    rows = tuple((Cell(printer.year(year)), *(
        Cell(_signed(table.total(key, codes, year)) if key == "balance" else str(table.total(key, codes, year)))
        for key in ("out", "in", "balance", "staff"))) for year in years)
    return Table(
        printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Stays by year")),
        (c(QT_TRANSLATE_NOOP("PartnerDesk", "Year"), 0.4, "left", "strong"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Out"), 0.15, "right"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "In"), 0.15, "right"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Balance"), 0.15, "right"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Staff"), 0.15, "right")), rows)


def _signed(number: float) -> str:
    n = f"{abs(number):g}"
    return "0" if not number else f"+{n}" if number > 0 else f"−{n}"


def _partners(printer: Printer, sheet: CountrySheet) -> Table:
    c = printer.column
    return Table(
        printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Partners")),
        (c(QT_TRANSLATE_NOOP("PartnerDesk", "Partner"), 0.36, "left", "strong"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "City"), 0.18),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "State"), 0.2), c(QT_TRANSLATE_NOOP("PartnerDesk", "Until"), 0.14),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Balance"), 0.12, "right")),
        tuple(_partner(printer, one) for one in sheet.partners), note=str(len(sheet.partners)),
        empty=printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "No partner yet")))


def _partner(printer: Printer, one: PartnerStanding) -> tuple[Cell, ...]:
    line = one.line
    term = vocabulary("state").term(State(line.state)) if line.state else None
    state = Cell(printer.code("state", line.state), term.icon if term is not None and term.icon else "")
    until = printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "open-ended")) if line.open_ended else (
        printer.voice.day(line.ends_on))
    balance = _signed(one.balance) if one.balance is not None else NOTHING
    return Cell(line.name), Cell(line.city or NOTHING), state, Cell(until), Cell(balance)


def _people(printer: Printer, people: Sequence[AbroadLine]) -> Table:
    c = printer.column
    return Table(
        printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Our people there now")),
        (c(QT_TRANSLATE_NOOP("PartnerDesk", "Name"), 0.3, "left", "strong"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Where"), 0.46), c(QT_TRANSLATE_NOOP("PartnerDesk", "Until"), 0.24)),
        tuple((Cell(one.name), Cell(one.partner or NOTHING), Cell(printer.voice.day(one.ends_on))) for one in people),
        note=str(len(people)), empty=printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Nobody at present")))


def _contacts(printer: Printer, sheet: CountrySheet) -> Iterable[Block]:
    if sheet.contacts:
        c = printer.column
        yield Table(
            printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Contacts")),
            (c(QT_TRANSLATE_NOOP("PartnerDesk", "Name"), 0.26, "left", "strong"),
             c(QT_TRANSLATE_NOOP("PartnerDesk", "Partner"), 0.32), c(QT_TRANSLATE_NOOP("PartnerDesk", "E-mail"), 0.26),
             c(QT_TRANSLATE_NOOP("PartnerDesk", "Phone"), 0.16)),
            tuple(tuple(Cell(words or NOTHING) for words in (one.full_name, partner, one.email, one.phone))
                  for one, partner in sheet.contacts))


def _visits(printer: Printer, sheet: CountrySheet) -> Iterable[Block]:
    if sheet.visits:
        yield FactList(
            printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Visits of the last three years")),
            tuple(Fact(printer.days(one.starts_on, one.ends_on), one.title or one.partners) for one in sheet.visits),
            columns=1)


def countries_list(year: int | None) -> Print:
    """The table of all countries that have something, in an academic year or (None) in all, with their sum."""
    return Print((year,), _gather_list, file_name="countries")


def _gather_list(reader: Reader, voice: Voice, about: Sequence[Any]) -> Iterable[PrintDocument]:
    printer, table = Printer.of(reader, voice), country_table(reader)
    for year in about:
        shown = [code for code in table.codes if any(table.number(one.key, code, year) for one in table.measures)]
        yield _list_document(printer, table, shown, year)


def _list_document(printer: Printer, table: CountryTable, shown: Sequence[str], year: int | None) -> PrintDocument:
    voice, what = printer.voice, QT_TRANSLATE_NOOP("PartnerDesk", "Countries")
    share = 0.68 / len(_LISTED)
    columns = [printer.column(QT_TRANSLATE_NOOP("PartnerDesk", "Country"), 0.32, "left", "strong")]
    columns += [printer.column(table.measure(key).short or table.measure(key).title, share, "right") for key in _LISTED]

    def written(key: str, n: int) -> Cell:
        return Cell(_signed(n) if table.measure(key).diverging else str(n))

    rows = sorted(((_name(printer, (code,)), code) for code in shown), key=lambda row: (not row[1], row[0].casefold()))
    body = tuple((Cell(name), *(written(key, table.number(key, code, year)) for key in _LISTED)) for name, code in rows)
    total = (Cell(voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Sum"))),
             *(written(key, table.whole(key, year)) for key in _LISTED))
    facts = (printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Academic year"), printer.year(year)),
             printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Countries"), len([code for code in shown if code])))
    title = voice.say(what)
    return printer.sheet(what, Head(title, facts=facts), [Table(title, tuple(columns), body, total=total)],
                         title=title, landscape=True)
