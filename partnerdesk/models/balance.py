"""Balances as tables: the list of all, the ledger of one, and the years of its chart."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject

from partnerdesk.domain.balance import LedgerLine, Standing, WhatIf
from partnerdesk.domain.vocab import label_of
from partnerdesk.domain.years import AcademicYear
from partnerdesk.look.balance import BalanceChart, BalanceYear, plain_figure
from partnerdesk.look.cells import Balance, Cell, Number, Soft, TwoLine
from partnerdesk.look.paint import signed
from partnerdesk.look.words import say
from partnerdesk.models.lines import LineColumn, LinesModel
from partnerdesk.models.names import country_name
from partnerdesk.services.balance import BalanceSheet


def _tr(source: str) -> str:
    return QCoreApplication.translate("Balance", source)


def standings_model(parent: QObject) -> LinesModel[Standing]:
    """An empty list of balances."""
    columns = (
        LineColumn(_tr("Partner"), _partner),
        LineColumn(_tr("Counted in"), _unit, 84),
        LineColumn(_tr("Sent"), _sent, 56, right=True),
        LineColumn(_tr("Received"), _received, 82, right=True),
        LineColumn(_tr("Balance"), _balance, 76, right=True),
        LineColumn(_tr("Forecast"), _forecast, 82, right=True),
    )
    return LinesModel(columns, standing_key, standing_sentence, parent)


def standing_key(standing: Standing) -> Hashable:
    """What tells a line of the list from the others."""
    return standing.partnership_id


def standing_sentence(standing: Standing) -> str:
    """A line as a screen reader says it."""
    unit = say(label_of("balance_unit", standing.unit))
    said = _tr("{partner}, balance {balance} in {unit}, sent {sent}, received {received}, forecast {forecast}").format(
        partner=standing.partner, balance=signed(standing.balance), unit=unit, sent=plain_figure(standing.sent),
        received=plain_figure(standing.received), forecast=signed(standing.forecast))
    return f"{said}, {_tr('past the limit')}" if standing.beyond else said


def standing_rows(standings: Sequence[Standing]) -> tuple[list[str], list[list[object]]]:
    """Header and rows for a spreadsheet."""
    head = [_tr("Partner"), _tr("Country"), _tr("Partnership"), _tr("Counted in"), _tr("Opening balance"), _tr("Sent"),
            _tr("Received"), _tr("Balance"), _tr("Planned to send"), _tr("Planned to receive"), _tr("Forecast"),
            _tr("Acceptable imbalance")]
    rows: list[list[object]] = [
        [s.partner, s.country, s.title, say(label_of("balance_unit", s.unit)), s.opening, s.sent, s.received, s.balance,
         s.planned_sent, s.planned_received, s.forecast, "" if s.bound is None else s.bound] for s in standings]
    return head, rows


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row of the ledger as it is shown: a year, the opening balance before, or all years together."""

    label: str
    line: LedgerLine
    kind: str = "year"


def ledger_model(parent: QObject) -> LinesModel[LedgerRow]:
    """An empty ledger of one balance."""
    columns = (
        LineColumn(_tr("Year"), _year),
        LineColumn(_tr("Sent"), _line_sent, 88, right=True),
        LineColumn(_tr("Received"), _line_received, 88, right=True),
        LineColumn(_tr("Balance"), _stands, 72, right=True),
        LineColumn(_tr("Forecast"), _will, 78, right=True),
    )
    return LinesModel(columns, _row_key, row_sentence, parent)


def ledger_of_sheet(sheet: BalanceSheet) -> list[LedgerRow]:
    """The rows of a ledger: the opening balance, every year, and all of them together, which foots."""
    ledger = sheet.ledger
    opening = LedgerLine(year=None, balance=ledger.opening, forecast=ledger.opening)
    rows = [LedgerRow(_tr("Opening"), opening, "opening")]
    rows += [LedgerRow(_tr("Without a year") if one.year is None else _named(one.year, sheet), one)
             for one in ledger.lines]
    total = LedgerLine(
        year=None, sent=ledger.sent, received=ledger.received, balance=ledger.balance, forecast=ledger.forecast,
        planned_sent=sum(one.planned_sent for one in ledger.lines),
        planned_received=sum(one.planned_received for one in ledger.lines))
    return [*rows, LedgerRow(_tr("All years"), total, "total")]


def row_sentence(row: LedgerRow) -> str:
    """A row of the ledger as a screen reader says it."""
    if row.kind == "opening":
        return f"{row.label}: {signed(row.line.balance)}"
    return _tr("{year}: sent {sent}, received {received}, balance {balance}, forecast {forecast}").format(
        year=row.label, sent=_with_planned(row.line.sent, row.line.planned_sent),
        received=_with_planned(row.line.received, row.line.planned_received), balance=signed(row.line.balance),
        forecast=signed(row.line.forecast))


def ledger_rows(sheet: BalanceSheet) -> tuple[list[str], list[list[object]]]:
    """Header and rows of a ledger for a spreadsheet or the clipboard."""
    head = [_tr("Year"), _tr("Sent"), _tr("Received"), _tr("Change"), _tr("Planned to send"),
            _tr("Planned to receive"), _tr("Balance"), _tr("Forecast")]
    rows: list[list[object]] = [
        [row.label, one.sent, one.received, one.change, one.planned_sent, one.planned_received, one.balance,
         one.forecast] for row in ledger_of_sheet(sheet) for one in (row.line,)]
    return head, rows


def chart_of(sheet: BalanceSheet, changes: Sequence[WhatIf] = (), most: int = 12) -> BalanceChart:
    """The chart of a ledger: its last years, and where a what-if would lead."""
    ledger = sheet.ledger
    years = tuple(
        BalanceYear("" if one.year is None else AcademicYear(one.year, sheet.year.southern).short, one.sent,
                    one.received, one.planned_sent, one.planned_received, one.balance, one.forecast)
        for one in ledger.lines[-most:])
    changed = any(one.weight(ledger.unit) for one in changes)
    return BalanceChart(years, _tr("Sent"), _tr("Received"), _tr("Balance, dashed with what is planned"),
                        ledger.after(*changes) if changed else None)


def chart_sentence(sheet: BalanceSheet) -> str:
    """The chart in words."""
    return " ".join((say(sheet.sentence()), "; ".join(row_sentence(row) for row in ledger_of_sheet(sheet))))


def _named(year: int, sheet: BalanceSheet) -> str:
    named = AcademicYear(year, sheet.year.southern)
    return named.short if named.southern else f"{named.first}/{named.last % 100:02}"


def _with_planned(number: float, planned: float) -> str:
    return f"{plain_figure(number)} + {plain_figure(planned)}" if planned else plain_figure(number)


def _partner(standing: Standing) -> Cell:
    second = " · ".join(part for part in (country_name(standing.country), standing.title) if part)
    return TwoLine(standing.partner, second)


def _unit(standing: Standing) -> Cell:
    return Soft(say(label_of("balance_unit", standing.unit)))


def _sent(standing: Standing) -> Cell:
    return Number(plain_figure(standing.sent))


def _received(standing: Standing) -> Cell:
    return Number(plain_figure(standing.received))


def _balance(standing: Standing) -> Cell:
    return Balance(standing.balance, standing.beyond)


def _forecast(standing: Standing) -> Cell:
    return Balance(standing.forecast, standing.bound is not None and abs(standing.forecast) > standing.bound)


def _row_key(row: LedgerRow) -> Hashable:
    return row.kind, row.line.year


def _year(row: LedgerRow) -> Cell:
    return row.label if row.kind == "year" else TwoLine(row.label)


def _line_sent(row: LedgerRow) -> Cell:
    return Number("" if row.kind == "opening" else _with_planned(row.line.sent, row.line.planned_sent))


def _line_received(row: LedgerRow) -> Cell:
    return Number("" if row.kind == "opening" else _with_planned(row.line.received, row.line.planned_received))


def _stands(row: LedgerRow) -> Cell:
    return Balance(row.line.balance)


def _will(row: LedgerRow) -> Cell:
    return Balance(row.line.forecast)
