"""The list of follow-ups on paper: what is late, what is due, what was put off, with a box to tick."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.documents import Cell, Column, Head, PrintDocument, Table
from partnerdesk.domain.followups import FollowUpLine
from partnerdesk.domain.schedule import days_late
from partnerdesk.domain.words import QT_TRANSLATE_NOOP, counted
from partnerdesk.services.followups import followup_lines
from partnerdesk.services.prints import Print
from partnerdesk.services.sheets import Printer
from partnerdesk.services.wording import NOTHING, Voice

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

_TITLE = QT_TRANSLATE_NOOP("PartnerDesk", "Follow-ups")


def followup_list(responsible: str = "", ids: Iterable[int] | None = None) -> Print:
    """What is still to be done, by all or by one; of all follow-ups or of those given."""
    chosen = None if ids is None else frozenset(ids)
    return Print((responsible,), partial(_gather, chosen), _TITLE, "Follow-ups")


def _gather(chosen: frozenset[int] | None, reader: Reader, voice: Voice, people: Sequence[Any]
            ) -> Iterable[PrintDocument]:
    printer = Printer.of(reader, voice)
    lines = [one for one in followup_lines(reader) if chosen is None or one.id in chosen]
    for responsible in people:
        yield followup_document(printer, [one for one in lines if responsible in ("", one.responsible)], responsible)


def followup_document(printer: Printer, lines: Sequence[FollowUpLine], responsible: str = "") -> PrintDocument:
    """The list of these follow-ups, which are in their order."""
    today, say = printer.house.today, printer.voice.say
    asleep = [one for one in lines if one.snoozed_until is not None and one.snoozed_until > today]
    awake = [one for one in lines if one not in asleep]
    late = [one for one in awake if days_late(one.due_on, None, today)]
    facts = [printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "To do"), len(awake)),
             printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Late"), len(late))]
    if responsible:
        facts.insert(0, printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Responsible"), responsible))
    blocks = [followup_table(printer, awake, say(QT_TRANSLATE_NOOP("PartnerDesk", "To do")))]
    if asleep:
        blocks.append(_put_off(printer, asleep))
    return printer.sheet(_TITLE, Head(say(_TITLE), facts=tuple(facts)), blocks, title=say(_TITLE))


def followup_table(printer: Printer, lines: Sequence[FollowUpLine], title: str) -> Table:
    """Follow-ups with a box to tick, the day they are due and who does them."""
    columns = (*_columns(printer), printer.column(QT_TRANSLATE_NOOP("PartnerDesk", "Done"), 0.08))
    rows = tuple((*_cells(printer, one), _due(printer, one), Cell(one.responsible or NOTHING), Cell(""))
                 for one in lines)
    return Table(title, columns, rows, empty=printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Nothing to do")))


def _put_off(printer: Printer, lines: Sequence[FollowUpLine]) -> Table:
    c, say = printer.column, printer.voice.say
    columns = (*_columns(printer)[:2], c(QT_TRANSLATE_NOOP("PartnerDesk", "Put off until"), 0.16),
               c(QT_TRANSLATE_NOOP("PartnerDesk", "Reason"), 0.28))
    rows = tuple((*_cells(printer, one), Cell(printer.voice.day(one.snoozed_until)), Cell(one.snooze_reason))
                 for one in lines)
    return Table(say(QT_TRANSLATE_NOOP("PartnerDesk", "Put off")), columns, rows)


def _columns(printer: Printer) -> tuple[Column, ...]:
    c = printer.column
    return (c(QT_TRANSLATE_NOOP("PartnerDesk", "What"), 0.34, "left", "strong"),
            c(QT_TRANSLATE_NOOP("PartnerDesk", "About"), 0.22), c(QT_TRANSLATE_NOOP("PartnerDesk", "Due"), 0.2),
            c(QT_TRANSLATE_NOOP("PartnerDesk", "Responsible"), 0.16))


def _cells(printer: Printer, line: FollowUpLine) -> tuple[Cell, Cell]:
    return Cell(line.title), Cell(line.about or NOTHING)


def _due(printer: Printer, line: FollowUpLine) -> Cell:
    late = days_late(line.due_on, None, printer.house.today)
    day = printer.voice.day(line.due_on)
    if not late:
        return Cell(day)
    said = printer.voice.say(counted(late, QT_TRANSLATE_NOOP("PartnerDesk", "1 day late"),
                                     QT_TRANSLATE_NOOP("PartnerDesk", "{n} days late")))
    return Cell(f"{day}, {said}", "PROBLEM")
