"""The grant of a stay as tables: a calculation line by line, its instalments, and the calculations there are."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QObject

from partnerdesk.domain.grants import Calculation, GrantAward, GrantLine, GrantPayment
from partnerdesk.domain.vocab import label_of
from partnerdesk.look.cells import Cell, Chip, Figures, Number, TwoLine
from partnerdesk.look.icons import Icon
from partnerdesk.look.words import day, number, say
from partnerdesk.models.lines import LineColumn, LinesModel
from partnerdesk.services.grants import Grant

_STATUS = {"calculated": ("neutral", Icon.DRAFT), "frozen": ("info", Icon.LOCKED), "signed": ("success", Icon.SIGN),
           "paid": ("success", Icon.HOLDS), "closed": ("neutral", Icon.ENDED)}


def _tr(source: str) -> str:
    return QCoreApplication.translate("Grants", source)


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of a calculation with its place, or the sum at the end."""

    place: int
    what: str
    how: str
    amount: str
    total: bool = False


def lines_model(parent: QObject) -> LinesModel[LineRow]:
    """An empty calculation."""
    columns = (
        LineColumn(_tr("What"), _what),
        LineColumn(_tr("Amount"), _amount, 100, right=True),
    )
    return LinesModel(columns, _place, line_sentence, parent)


def line_rows(lines: Sequence[GrantLine], amount: Decimal, currency: str) -> list[LineRow]:
    """The lines of a calculation and their sum."""
    rows = [LineRow(n, say(line.what), how_words(line), money_words(line.amount)) for n, line in enumerate(lines)]
    return [*rows, LineRow(len(rows), _tr("Grant"), currency, money_words(amount), True)]


def line_sentence(row: LineRow) -> str:
    """A line as a screen reader says it."""
    return ", ".join(part for part in (row.what, row.how, row.amount) if part)


def how_words(line: GrantLine) -> str:
    """ "22 days × 19.00, a thirtieth of 570.00"; what is paid once is just that."""
    if line.unit == "once":
        return _tr("once")
    digits = max(2, -int(line.rate.as_tuple().exponent))
    words = f"{quantity_words(line)} \N{MULTIPLICATION SIGN} {number(float(line.rate), digits)}"
    return f"{words}, {say(line.of)}" if line.of is not None else words


def quantity_words(line: GrantLine) -> str:
    """ "5 months", "22 days"."""
    n = int(line.quantity)
    words = {"months": (_tr("{n} month"), _tr("{n} months")), "days": (_tr("{n} day"), _tr("{n} days"))}
    return words[line.unit][n != 1].format(n=number(n))


def money_words(amount: Decimal) -> str:
    """ "2,850.00" in the user's manner."""
    return number(float(amount), 2)


def status_chip(award: GrantAward) -> Chip:
    """Where an award stands."""
    kind, icon = _STATUS[award.status]
    return Chip(kind, say(label_of("grant_status", award.status)), icon)


def payments_model(parent: QObject) -> LinesModel[GrantPayment]:
    """An empty list of instalments."""
    columns = (
        LineColumn(_tr("Instalment"), _instalment),
        LineColumn(_tr("Paid"), _paid, 116),
        LineColumn(_tr("Amount"), _payment_amount, 88, right=True),
    )
    return LinesModel(columns, _payment_key, payment_sentence, parent)


def payment_sentence(payment: GrantPayment) -> str:
    """An instalment as a screen reader says it."""
    paid = _tr("paid {day}").format(day=day(payment.paid_on)) if payment.paid_on else _tr("not paid")
    return ", ".join((_instalment_words(payment), money_words(Decimal(str(payment.amount))), paid))


def calculations_model(parent: QObject) -> LinesModel[Grant]:
    """An empty list of calculations."""
    columns = (
        LineColumn(_tr("Calculation"), _calculation),
        LineColumn(_tr("State"), _state, 108),
        LineColumn(_tr("Amount"), _grant_amount, 88, right=True),
    )
    return LinesModel(columns, _grant_key, calculation_sentence, parent)


def calculation_sentence(grant: Grant) -> str:
    """A calculation as a screen reader says it."""
    return ", ".join((_tr("Calculation {n}").format(n=grant.award.n), grant.award.table_name, status_chip(
        grant.award).word, money_words(grant.amount)))


def preview_words(found: Calculation, currency: str) -> str:
    """What a table would give, or what it lacks."""
    if found.problems:
        problem = found.problems[0]
        fix = f". {say(problem.fix)}" if problem.fix is not None else ""
        return f"{say(problem.message)}{fix}"
    return _tr("By this table {amount} {currency}").format(amount=money_words(found.amount), currency=currency)


def _what(row: LineRow) -> Cell:
    return TwoLine(row.what, row.how)


def _amount(row: LineRow) -> Cell:
    return Figures(row.amount) if row.total else Number(row.amount)


def _place(row: LineRow) -> Hashable:
    return row.place, row.total


def _instalment_words(payment: GrantPayment) -> str:
    words = _tr("Last") if payment.final else _tr("No. {n}").format(n=payment.n)
    return f"{words}, {number(payment.percent)} %" if payment.percent is not None else words


def _instalment(payment: GrantPayment) -> Cell:
    due = _tr("due {day}").format(day=day(payment.due_on)) if payment.due_on else ""
    return TwoLine(_instalment_words(payment), " · ".join(part for part in (due, payment.note) if part))


def _paid(payment: GrantPayment) -> Cell:
    return Chip("success", day(payment.paid_on), Icon.HOLDS) if payment.paid_on else ""


def _payment_amount(payment: GrantPayment) -> Cell:
    return Number(money_words(Decimal(str(payment.amount))))


def _payment_key(payment: GrantPayment) -> Hashable:
    return payment.id


def _calculation(grant: Grant) -> Cell:
    words = _tr("Calculation {n}").format(n=grant.award.n)
    parts = (grant.award.table_name, day(grant.award.calculated_on), grant.award.reason)
    return TwoLine(words, " · ".join(part for part in parts if part))


def _state(grant: Grant) -> Cell:
    return status_chip(grant.award)


def _grant_amount(grant: Grant) -> Cell:
    return Number(money_words(grant.amount))


def _grant_key(grant: Grant) -> Hashable:
    return grant.award.id
