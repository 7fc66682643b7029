"""Who is abroad on a day, by country, with how to reach everybody: the list for an emergency, in one key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.abroad import AbroadGroup, AbroadLine
from partnerdesk.domain.documents import Block, Cell, Head, PrintDocument, Prose, Table
from partnerdesk.domain.words import QT_TRANSLATE_NOOP
from partnerdesk.services.abroad import abroad_on
from partnerdesk.services.prints import Print
from partnerdesk.services.sheets import Printer
from partnerdesk.services.wording import NOTHING, Voice

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

_AWAY = QT_TRANSLATE_NOOP("PartnerDesk", "Who is abroad")
_HERE = QT_TRANSLATE_NOOP("PartnerDesk", "Who is here from abroad")


def abroad_list(
    day: date, direction: str = "out", kinds: Sequence[str] = (), words: Sequence[str] = (),
    countries: Sequence[str] = (),
) -> Print:
    """The list of everybody away on a day; with `direction` in of those who are here from elsewhere."""
    return Print((day,), partial(_gather, direction, tuple(kinds), tuple(words), tuple(countries)))


def _gather(
    direction: str, kinds: Sequence[str], words: Sequence[str], countries: Sequence[str], reader: Reader, voice: Voice,
    days: Sequence[Any],
) -> Iterable[PrintDocument]:
    printer = Printer.of(reader, voice)
    for day in days:
        found = abroad_on(reader, day, direction, kinds, words, countries)
        filters = (*(printer.code("person_kind", one) for one in kinds), *(f"“{one}”" for one in words),
                   *(voice.country(one) for one in countries))
        yield _document(printer, day, direction, found.groups, filters)


def _document(
    printer: Printer, day: date, direction: str, groups: Sequence[AbroadGroup], filters: Sequence[str]
) -> PrintDocument:
    say, title = printer.voice.say, _AWAY if direction == "out" else _HERE
    facts = [
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Day"), printer.voice.long_day(day)),
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "People"), sum(len(group.lines) for group in groups)),
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Countries"), len(groups))]
    if filters:
        facts.append(printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Only"), ", ".join(filters)))
    blocks: list[Block] = [_table(printer, group) for group in groups]
    if not blocks:
        blocks.append(Prose((say(QT_TRANSLATE_NOOP("PartnerDesk", "Nobody is away on this day.")),)))
    return printer.sheet(title, Head(say(title), facts=tuple(facts)), blocks,
                         title=f"{say(title)}, {printer.voice.day(day)}", landscape=True)


def _table(printer: Printer, group: AbroadGroup) -> Table:
    c = printer.column
    country = printer.voice.country(group.country) if group.country else printer.voice.say(
        QT_TRANSLATE_NOOP("PartnerDesk", "Without a country"))
    return Table(
        country,
        (c(QT_TRANSLATE_NOOP("PartnerDesk", "Name"), 0.17, "left", "strong"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Where"), 0.25), c(QT_TRANSLATE_NOOP("PartnerDesk", "Phone"), 0.12),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "E-mail"), 0.2),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Emergency contact"), 0.26),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Until"), 0.1)),
        tuple(_row(printer, line) for line in group.lines), note=str(len(group.lines)))


def _row(printer: Printer, line: AbroadLine) -> tuple[Cell, ...]:
    place = ", ".join(part for part in (line.partner, line.city) if part)
    calls = " · ".join(part for part in (line.call_name, line.call_relation, line.call_phone) if part)
    return (Cell(line.name), Cell(place or NOTHING), Cell(line.phone or NOTHING), Cell(line.email or NOTHING),
            Cell(calls or NOTHING), Cell(printer.voice.day(line.ends_on)))
