"""The welcome list: who comes to us from a day on, by the day of arrival, with room to write buddy and room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.documents import Block, Cell, Head, PrintDocument, Prose, Table
from partnerdesk.domain.listing import Filter, ListQuery
from partnerdesk.domain.partners import Institution
from partnerdesk.domain.people import Person
from partnerdesk.domain.phases import Phase
from partnerdesk.domain.stays import Stay
from partnerdesk.domain.words import QT_TRANSLATE_NOOP
from partnerdesk.services.prints import Print
from partnerdesk.services.sheets import Printer
from partnerdesk.services.stays import stay_ids
from partnerdesk.services.wording import NOTHING, Voice

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

_TITLE = QT_TRANSLATE_NOOP("PartnerDesk", "Arrivals")
DAYS, MOST = 60, 5000
_COMING = (Phase.NOMINATED, Phase.ACCEPTED, Phase.PREPARING, Phase.ABROAD)


def arrivals_list(first: date) -> Print:
    """The list of everybody who comes to us from a day on, and of the `DAYS` that follow."""
    return Print((first,), _gather, _TITLE)


def _gather(reader: Reader, voice: Voice, days: Sequence[Any]) -> Iterable[PrintDocument]:
    printer = Printer.of(reader, voice)
    return (_document(printer, reader, day) for day in days)


def _document(printer: Printer, reader: Reader, first: date) -> PrintDocument:
    say, last = printer.voice.say, first + timedelta(days=DAYS)
    query = ListQuery(filters=(
        Filter("direction", ":", ("in",)), Filter("phase", ":", _COMING),
        Filter("starts", ">=", (first.isoformat(),))), sort="starts")
    found = reader.many(Stay, stay_ids(reader, query, MOST)).values()
    stays = sorted((one for one in found if arrival_of(one) <= last), key=arrival_of)
    people = reader.many(Person, {one.person_id for one in stays})
    homes = reader.many(Institution, {one.sending_id for one in stays if one.sending_id})
    facts = (
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "From – to"), printer.days(first, last)),
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "People"), len(stays)))
    blocks: list[Block] = []
    for day, group in groupby(stays, arrival_of):
        arriving = sorted(group, key=lambda one: people[one.person_id].listed_name)
        blocks.append(_table(printer, day, [(one, people[one.person_id], homes.get(one.sending_id or 0))
                                            for one in arriving]))
    if not blocks:
        blocks.append(Prose((say(QT_TRANSLATE_NOOP("PartnerDesk", "Nobody arrives in these days.")),)))
    return printer.sheet(_TITLE, Head(say(_TITLE), facts=facts), blocks,
                         title=f"{say(_TITLE)}, {printer.voice.day(first)}", landscape=True)


def arrival_of(stay: Stay) -> date:
    """The day somebody arrived, or else is to arrive."""
    return stay.actual_from or stay.planned_from or date.max


def _table(
    printer: Printer, day: date, arriving: Sequence[tuple[Stay, Person, Institution | None]]
) -> Table:
    c = printer.column
    return Table(
        printer.voice.long_day(day),
        (c(QT_TRANSLATE_NOOP("PartnerDesk", "Name"), 0.17, "left", "strong"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "From"), 0.22), c(QT_TRANSLATE_NOOP("PartnerDesk", "Level"), 0.1),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Phone"), 0.12), c(QT_TRANSLATE_NOOP("PartnerDesk", "Until"), 0.09),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Buddy"), 0.12), c(QT_TRANSLATE_NOOP("PartnerDesk", "Room"), 0.1),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Arrived"), 0.08)),
        tuple(_row(printer, *one) for one in arriving), note=str(len(arriving)))


def _row(printer: Printer, stay: Stay, person: Person, home: Institution | None) -> tuple[Cell, ...]:
    place = ", ".join(part for part in (home.name, printer.voice.country(home.country)) if part) if home else NOTHING
    return (Cell(person.listed_name or person.name_original), Cell(place),
            Cell(printer.code("level", stay.level_nominated)), Cell(person.phone or NOTHING),
            Cell(printer.voice.day(stay.actual_to or stay.planned_to)), Cell(""), Cell(""),
            Cell("", "HOLDS" if stay.actual_from else ""))
