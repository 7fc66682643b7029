"""The places for the call: each condition with what is free, used and held of it by year, on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from partnerdesk.domain import isced
from partnerdesk.domain.documents import Cell, Column, Head, PrintDocument, Table
from partnerdesk.domain.quota import PlaceCell, PlacesRow, Usage, amount, totals
from partnerdesk.domain.vocab import label_of, short_of
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, Text
from partnerdesk.domain.years import AcademicYear
from partnerdesk.services.places import places_grid
from partnerdesk.services.prints import Print
from partnerdesk.services.sheets import Printer
from partnerdesk.services.wording import NOTHING, Voice

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

_TITLE = QT_TRANSLATE_NOOP("PartnerDesk", "Places for the call")
WHICH = {
    "free": QT_TRANSLATE_NOOP("PartnerDesk", "With free places"),
    "over": QT_TRANSLATE_NOOP("PartnerDesk", "Too many promised"),
    "outside": QT_TRANSLATE_NOOP("PartnerDesk", "Without agreement in a year"),
}
_LEFT = (0.2, 0.12, 0.2)


def places_list(
    first: int | None = None, condition_ids: Sequence[int] | None = None, filters: Sequence[Text | str] = ()
) -> Print:
    """The grid of places from an academic year on, of all conditions or of those given.

    `filters` says in plain labels what the conditions were chosen by.
    """
    ids = None if condition_ids is None else frozenset(condition_ids)
    return Print((first,), partial(_gather, ids, tuple(filters)), _TITLE)


def filter_labels(words: str = "", direction: str = "", activity: str = "", which: str = "") -> tuple[Text | str, ...]:
    """The labels of the filters that hold."""
    labels = (f"“{words}”" if words else "", label_of("direction", direction) if direction else "",
              label_of("activity", activity) if activity else "", WHICH.get(which, ""))
    return tuple(one for one in labels if one)


def _gather(
    ids: frozenset[int] | None, filters: Sequence[Text | str], reader: Reader, voice: Voice, firsts: Sequence[Any]
) -> Iterable[PrintDocument]:
    printer = Printer.of(reader, voice)
    for first in firsts:
        grid = places_grid(reader, first)
        rows = [row for row in grid.rows if ids is None or row.condition_id in ids]
        yield _document(printer, grid.years, rows, filters)


def _document(
    printer: Printer, years: Sequence[AcademicYear], rows: Sequence[PlacesRow], filters: Sequence[Text | str]
) -> PrintDocument:
    say = printer.voice.say
    facts = [printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Academic years"),
                          f"{printer.voice.year(years[0])} – {printer.voice.year(years[-1])}"),
             printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Partners"), len({row.partner_id for row in rows}))]
    if filters:
        facts.append(printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Only"), ", ".join(map(say, filters))))
    blocks = (_sums(printer, years, rows), _places(printer, years, rows)) if rows else (_places(printer, years, rows),)
    return printer.sheet(_TITLE, Head(say(_TITLE), facts=tuple(facts)), blocks, title=say(_TITLE), landscape=True,
                         notes=(say(QT_TRANSLATE_NOOP("PartnerDesk", "free · used + held of the places")),))


def _places(printer: Printer, years: Sequence[AcademicYear], rows: Sequence[PlacesRow]) -> Table:
    c = printer.column
    columns = (c(QT_TRANSLATE_NOOP("PartnerDesk", "Partner"), _LEFT[0], "left", "strong"),
               c(QT_TRANSLATE_NOOP("PartnerDesk", "Agreement"), _LEFT[1], "left", "quiet"),
               c(QT_TRANSLATE_NOOP("PartnerDesk", "Places for"), _LEFT[2]), *_years(printer, years))
    shown, before = [], 0
    for row in rows:
        partner = ", ".join(part for part in (row.partner, printer.voice.country(row.country)) if part)
        shown.append((Cell(partner if row.partner_id != before else ""), Cell(row.code), Cell(_for(printer, row)),
                      *(Cell(_year(printer, cell)) for cell in row.cells)))
        before = row.partner_id
    return Table(printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Partners and their places")), columns,
                 tuple(shown),
                 empty=printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "No agreement grants places in these years")))


def _sums(printer: Printer, years: Sequence[AcademicYear], rows: Sequence[PlacesRow]) -> Table:
    """What the conditions grant together, outgoing and incoming apart, in each unit that places are counted in."""
    say, shown = printer.voice.say, []
    for direction in dict.fromkeys(sorted((row.direction for row in rows), reverse=True)):
        found = totals(row for row in rows if row.direction == direction)
        for unit, cells in sorted(found.items()):
            shown.append((Cell(printer.code("direction", direction)), Cell(printer.code("places_unit", unit)),
                          *(Cell(_usage(printer, one)) for one in cells)))
    c = printer.column
    return Table(say(QT_TRANSLATE_NOOP("PartnerDesk", "Together")),
                 (c(QT_TRANSLATE_NOOP("PartnerDesk", "Direction"), _LEFT[0] + _LEFT[1], "left", "strong"),
                  c(QT_TRANSLATE_NOOP("PartnerDesk", "Counted in"), _LEFT[2]), *_years(printer, years)), tuple(shown))


def _years(printer: Printer, years: Sequence[AcademicYear]) -> list[Column]:
    share = (1 - sum(_LEFT)) / max(1, len(years))
    return [Column(printer.voice.year(one), share, "right") for one in years]


def _for(printer: Printer, row: PlacesRow) -> str:
    say = printer.voice.say
    parts = (say(short_of("direction", row.direction)), say(label_of("activity", row.activity)),
             "" if row.unit == "heads" else printer.code("places_unit", row.unit),
             ", ".join(isced.title(code) for code in row.fields))
    return " · ".join(part for part in parts if part)


def _year(printer: Printer, cell: PlaceCell) -> str:
    say, usage = printer.voice.say, cell.usage
    used = say(QT_TRANSLATE_NOOP("PartnerDesk", "{used} used"), used=amount(usage.used)) if usage.used else ""
    if cell.state == "outside":
        return " · ".join(part for part in (say(QT_TRANSLATE_NOOP("PartnerDesk", "not covered")), used) if part)
    words = _usage(printer, usage) if usage.places is not None else used or NOTHING
    if cell.state == "unsigned":
        return f"{words} · {say(QT_TRANSLATE_NOOP('PartnerDesk', 'not signed'))}"
    return words


def _usage(printer: Printer, usage: Usage) -> str:
    """ "3 free · 2 + 1 of 6", or "2 too many · 8 of 6"."""
    free, say = usage.free, printer.voice.say
    if free is None:
        return NOTHING
    left = QT_TRANSLATE_NOOP("PartnerDesk", "{n} free") if free >= 0 else QT_TRANSLATE_NOOP(
        "PartnerDesk", "{n} too many")
    taken = amount(usage.used) + (f" + {amount(usage.held)}" if usage.held else "")
    return f"{say(left, n=amount(abs(free)))} · " + say(
        QT_TRANSLATE_NOOP("PartnerDesk", "{taken} of {places}"), taken=taken, places=amount(usage.places or 0))
