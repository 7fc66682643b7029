"""Balances as tables: the list of all, the ledger that foots, and the chart that shows the same."""

import pytest

from partnerdesk.domain.balance import BalanceTerms, Flow, Standing, WhatIf, ledger_of
from partnerdesk.domain.partners import Institution, Partnership
from partnerdesk.domain.years import AcademicYear
from partnerdesk.look.cells import CELL_ROLE, Balance, TwoLine
from partnerdesk.models.balance import (
    chart_of,
    chart_sentence,
    ledger_model,
    ledger_of_sheet,
    ledger_rows,
    standing_rows,
    standing_sentence,
    standings_model,
)
from partnerdesk.services.balance import BalanceSheet

FLOWS = (Flow(year=2024, direction="out", terms=50), Flow(year=2025, direction="out", terms=53, planned_terms=2),
         Flow(year=2024, direction="in", terms=60), Flow(year=2025, direction="in", terms=54))
LEIDEN = Standing(partnership_id=4, partner_id=7, partner="Leiden", country="NL", unit="terms", sent=103, received=114,
                  planned_sent=2, bound=10.0)


@pytest.fixture
def sheet():
    terms = BalanceTerms(unit="terms")
    return BalanceSheet(Partnership(id=4), (Institution(id=7, name="Leiden", country="NL"),), terms,
                        ledger_of(terms, FLOWS), AcademicYear(2025))


def test_that_the_list_shows_partner_and_balance_past_its_limit(qtbot, qtmodeltester):
    model = standings_model(None)
    model.set_lines([LEIDEN])
    qtmodeltester.check(model)
    cells = [model.index(0, n).data(CELL_ROLE) for n in range(model.columnCount())]
    assert cells[0] == TwoLine("Leiden", "Netherlands")
    assert cells[4:] == [Balance(-11, True), Balance(-9, False)]
    assert standing_sentence(LEIDEN) == (
        "Leiden, balance −11 in Semesters, sent 103, received 114, forecast −9, past the limit")


def test_that_the_ledger_foots(qtbot, sheet, qtmodeltester):
    model = ledger_model(None)
    model.set_lines(ledger_of_sheet(sheet))
    qtmodeltester.check(model)
    shown = [[model.index(row, n).data() for n in range(model.columnCount())] for row in range(model.rowCount())]
    assert shown == [
        ["Opening", "", "", "0", "0"], ["2024/25", "50", "60", "−10", "−10"],
        ["2025/26", "53 + 2", "54", "−11", "−9"], ["All years", "103 + 2", "114", "−11", "−9"]]


def test_that_the_chart_shows_the_years_of_the_ledger_and_the_same_words(sheet):
    chart = chart_of(sheet)
    assert [(y.label, y.sent, y.received, y.balance) for y in chart.years] == [
        ("24/25", 50, 60, -10), ("25/26", 53, 54, -11)]
    assert chart.what_if is None
    assert chart_of(sheet, [WhatIf(direction="in", years=6)]).what_if == -23
    assert chart_sentence(sheet).startswith("You are 11 semesters behind. Opening: 0; 2024/25: sent 50, received 60")


def test_that_southern_years_are_named_by_their_one_calendar_year(sheet):
    south = BalanceSheet(sheet.partnership, sheet.partners, sheet.terms, sheet.ledger, AcademicYear(2025, True))
    assert [row.label for row in ledger_of_sheet(south)][1:3] == ["2024", "2025"]
    assert chart_of(south).years[0].label == "2024"


def test_that_spreadsheets_get_numbers_not_words(sheet):
    head, rows = ledger_rows(sheet)
    assert len(head) == len(rows[0]) == 8
    assert rows[2] == ["2025/26", 53, 54, -1, 2, 0, -11, -9]
    head, rows = standing_rows([LEIDEN])
    assert dict(zip(head, rows[0], strict=True))["Balance"] == -11
