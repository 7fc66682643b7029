"""The grant of a stay and the balance with a partner, as printed documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from partnerdesk.domain.balance import Ledger, LedgerLine
from partnerdesk.domain.documents import (
    BalanceChart,
    Block,
    Cell,
    Fact,
    Head,
    PrintDocument,
    Prose,
    Remarks,
    Signatures,
    Table,
    YearBar,
)
from partnerdesk.domain.words import QT_TRANSLATE_NOOP
from partnerdesk.services.balance import BalanceSheet, balance_sheets
from partnerdesk.services.grants import Grant, GrantFile, grant_file
from partnerdesk.services.prints import Print
from partnerdesk.services.sheets import SCRIPTS, Printer, person_head, place_of
from partnerdesk.services.wording import NOTHING, Voice

if TYPE_CHECKING:
    from partnerdesk.store.unit import Reader

_GRANT = QT_TRANSLATE_NOOP("PartnerDesk", "Grant")
_BALANCE = QT_TRANSLATE_NOOP("PartnerDesk", "Balance of exchange")
_UNITS = {
    "months": QT_TRANSLATE_NOOP("PartnerDesk", "months"), "days": QT_TRANSLATE_NOOP("PartnerDesk", "days"),
    "once": QT_TRANSLATE_NOOP("PartnerDesk", "once"),
}


def grant_sheets(stay_ids: Sequence[int]) -> Print:
    """The grants of these stays, line by line."""
    return Print(tuple(stay_ids), _grants, QT_TRANSLATE_NOOP("PartnerDesk", "Grants"), "Grant")


def balances(partnership_ids: Sequence[int]) -> Print:
    """The balances of these partnerships, one sheet each, to be laid on the table of a meeting."""
    return Print(tuple(partnership_ids), _balances, QT_TRANSLATE_NOOP("PartnerDesk", "Balances of exchange"))


def _grants(reader: Reader, voice: Voice, ids: Sequence[Any]) -> Iterable[PrintDocument]:
    printer = Printer.of(reader, voice)
    return (grant_sheet(printer, grant_file(reader, one)) for one in ids)


def _balances(reader: Reader, voice: Voice, ids: Sequence[Any]) -> Iterable[PrintDocument]:
    printer = Printer.of(reader, voice)
    return (balance_document(printer, sheet) for sheet in balance_sheets(reader, ids))


def grant_sheet(printer: Printer, file: GrantFile) -> PrintDocument:
    """The calculation that counts, its instalments, and the calculations before it."""
    journey, fact = file.journey, printer.fact
    facts = (
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Stay"), printer.days(journey.starts_on, journey.ends_on)),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Activity"), printer.code("activity", journey.activity)),
        fact(QT_TRANSLATE_NOOP("PartnerDesk", "Programme"), printer.code("programme", file.stay.programme)),
    )
    head = person_head(file.person, (place_of(file.host, printer.voice),), facts)
    blocks: list[Block] = []
    if file.current is None:
        blocks.append(Prose((printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "No grant is calculated yet.")),)))
    else:
        blocks += [_calculation(printer, file.current), _payments(printer, file)]
        if file.missing:
            waits = QT_TRANSLATE_NOOP("PartnerDesk", "The last instalment waits for: {papers}.")
            blocks.append(Prose((printer.voice.say(waits, papers=", ".join(file.missing)),)))
    blocks += [_calculation(printer, one) for one in file.grants if not one.current]
    blocks.append(Signatures((
        Fact(printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Participant")), ""),
        Fact(printer.voice.say(QT_TRANSLATE_NOOP("PartnerDesk", "Institution")), ""))))
    return printer.sheet(_GRANT, head, blocks, title=f"{printer.voice.say(_GRANT)} – {file.person.full_name}")


def _calculation(printer: Printer, grant: Grant) -> Table:
    c, award, say = printer.column, grant.award, printer.voice.say
    unit = f"{award.currency}"
    rows = tuple(
        (Cell(say(line.what)), Cell(printer.voice.figure(line.quantity)), Cell(say(_UNITS.get(line.unit, line.unit))),
         Cell(printer.voice.money(line.rate)), Cell(printer.voice.money(line.amount))) for line in grant.lines)
    parts = (award.table_name, say(QT_TRANSLATE_NOOP("PartnerDesk", "{n} days counted"), n=award.days),
             printer.code("grant_status", award.status))
    title = say(QT_TRANSLATE_NOOP("PartnerDesk", "Calculation {n} of {day}"), n=award.n,
                day=printer.voice.day(award.calculated_on))
    return Table(
        title,
        (c("", 0.44, "left", "strong"), c(QT_TRANSLATE_NOOP("PartnerDesk", "Quantity"), 0.12, "right"), c("", 0.12),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Rate"), 0.14, "right"), c(unit, 0.18, "right")),
        rows, note=" · ".join(part for part in parts if part),
        total=(Cell(say(QT_TRANSLATE_NOOP("PartnerDesk", "Total"))), Cell(""), Cell(""), Cell(""),
               Cell(printer.voice.money(grant.amount))))


def _payments(printer: Printer, file: GrantFile) -> Table:
    c, say = printer.column, printer.voice.say
    payments = [p for one in file.grants for p in one.payments]
    rows = tuple(
        (Cell(str(n)), Cell(printer.number(p.percent) + " %" if p.percent is not None else NOTHING),
         Cell(printer.voice.day(p.due_on)), Cell(printer.voice.day(p.paid_on)), Cell(p.note),
         Cell(printer.voice.money(p.amount))) for n, p in enumerate(payments, 1))
    left = say(QT_TRANSLATE_NOOP("PartnerDesk", "{amount} still to be paid"), amount=printer.voice.money(file.left))
    return Table(
        say(QT_TRANSLATE_NOOP("PartnerDesk", "Instalments")),
        (c(QT_TRANSLATE_NOOP("PartnerDesk", "No."), 0.08), c(QT_TRANSLATE_NOOP("PartnerDesk", "Share"), 0.12),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Due"), 0.18), c(QT_TRANSLATE_NOOP("PartnerDesk", "Paid on"), 0.18),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Note"), 0.26),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Amount"), 0.18, "right")),
        rows, note=left,
        empty=say(QT_TRANSLATE_NOOP("PartnerDesk", "No instalment yet")),
        total=(Cell(say(QT_TRANSLATE_NOOP("PartnerDesk", "Paid"))), Cell(""), Cell(""), Cell(""), Cell(""),
               Cell(printer.voice.money(file.paid))) if rows else ())


def balance_document(printer: Printer, sheet: BalanceSheet) -> PrintDocument:
    """The ledger of a partnership: the sentence for the meeting, the chart, the years, and room for what is agreed."""
    partner = sheet.partners[0] if sheet.partners else None
    ledger, say = sheet.ledger, printer.voice.say
    unit = printer.code("balance_unit", ledger.unit)
    facts = (
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Counted in"), unit),
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Balance"), signed(ledger.balance, printer.voice)),
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "With what is planned"), signed(ledger.forecast, printer.voice)),
        printer.fact(QT_TRANSLATE_NOOP("PartnerDesk", "Opening balance"), signed(ledger.opening, printer.voice)),
    )
    head = Head(sheet.name, partner.name_original if partner and partner.name_original != partner.name else "",
                SCRIPTS.get(partner.country, "") if partner else "",
                (place_of(partner, printer.voice),) if partner else (), facts)
    words = [say(sheet.sentence())]
    if sheet.planned is not None:
        words.append(say(sheet.planned))
    if sheet.terms.note:
        words.append(sheet.terms.note)
    blocks = (
        Prose(tuple(words), large=True), _chart(printer, ledger), _ledger(printer, ledger),
        Remarks(say(QT_TRANSLATE_NOOP("PartnerDesk", "What we agree"))))
    return printer.sheet(_BALANCE, head, blocks, title=f"{sheet.name} – {say(_BALANCE)}")


def signed(value: float, voice: Voice | None = None) -> str:
    """A balance with its sign and a true minus."""
    shown = (voice or Voice()).figure(abs(round(value, 1)))
    return shown if shown == "0" else f"+{shown}" if value > 0 else f"−{shown}"


def _chart(printer: Printer, ledger: Ledger) -> BalanceChart:
    bars = []
    for line in [one for one in ledger.lines if one.year is not None][-10:]:
        year = printer.year(line.year)
        if line.sent or line.received or not (line.planned_sent or line.planned_received):
            bars.append(YearBar(year, line.sent, line.received, round(line.balance, 1)))
        if line.planned_sent or line.planned_received:
            bars.append(YearBar(year, line.planned_sent, line.planned_received, round(line.forecast, 1), True))
    say = printer.voice.say
    return BalanceChart(
        say(QT_TRANSLATE_NOOP("PartnerDesk", "Sent and hosted by year")), tuple(bars),
        say(QT_TRANSLATE_NOOP("PartnerDesk", "Sent")), say(QT_TRANSLATE_NOOP("PartnerDesk", "Hosted")),
        say(QT_TRANSLATE_NOOP("PartnerDesk", "dashed: planned; below each year the balance after it")))


def _ledger(printer: Printer, ledger: Ledger) -> Table:
    c, say = printer.column, printer.voice.say
    opening = (Cell(say(QT_TRANSLATE_NOOP("PartnerDesk", "Opening balance"))), *(Cell("") for _ in range(4)),
               Cell(signed(ledger.opening, printer.voice)), Cell(""))
    rows = (opening, *(_line(printer, line) for line in ledger.lines))
    return Table(
        say(QT_TRANSLATE_NOOP("PartnerDesk", "Ledger")),
        (c(QT_TRANSLATE_NOOP("PartnerDesk", "Academic year"), 0.22, "left", "strong"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Sent"), 0.12, "right"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Hosted"), 0.12, "right"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Planned out"), 0.14, "right"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Planned in"), 0.14, "right"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Balance"), 0.13, "right"),
         c(QT_TRANSLATE_NOOP("PartnerDesk", "Forecast"), 0.13, "right")),
        rows, total=(Cell(say(QT_TRANSLATE_NOOP("PartnerDesk", "Together"))),
                     Cell(printer.number(round(ledger.sent, 1))), Cell(printer.number(round(ledger.received, 1))),
                     Cell(""), Cell(""), Cell(signed(ledger.balance, printer.voice)),
                     Cell(signed(ledger.forecast, printer.voice))))


def _line(printer: Printer, line: LedgerLine) -> tuple[Cell, ...]:
    year = printer.year(line.year) if line.year is not None else printer.voice.say(
        QT_TRANSLATE_NOOP("PartnerDesk", "without a year"))
    figures = (line.sent, line.received, line.planned_sent, line.planned_received)
    return (Cell(year), *(Cell(printer.number(round(value, 1)) if value else "") for value in figures),
            Cell(signed(line.balance, printer.voice)), Cell(signed(line.forecast, printer.voice)))


