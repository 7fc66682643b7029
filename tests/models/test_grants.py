"""A grant as tables: a calculation that can be read line by line, its instalments, the calculations there are."""

from datetime import date

from partnerdesk.domain.grants import (
    GrantAward,
    GrantPayment,
    GrantRate,
    Journey,
    calculate,
    line_json,
    line_of,
)
from partnerdesk.look.cells import CELL_ROLE, Chip, TwoLine
from partnerdesk.models.grants import (
    calculation_sentence,
    calculations_model,
    line_rows,
    line_sentence,
    lines_model,
    payment_sentence,
    payments_model,
    preview_words,
)
from partnerdesk.services.grants import Grant

BROKEN = Journey(starts_on=date(2025, 9, 15), ends_on=date(2026, 2, 14), interruption_days=8, distance_km=612)
RATES = (GrantRate(kind="month", amount=570.0), GrantRate(kind="travel", low=500, high=1999, amount=309.0))
FOUND = calculate(BROKEN, RATES)


def test_that_a_calculation_reads_line_by_line_and_foots(qtbot, qtmodeltester):
    model = lines_model(None)
    kept = [line_of(line_json(line)) for line in FOUND.lines]
    model.set_lines(line_rows(kept, FOUND.amount, "EUR"))
    qtmodeltester.check(model)
    assert [line_sentence(row) for row in model.lines] == [
        "Months, 4 months × 570.00, 2,280.00", "Further days, 22 days × 19.00, a thirtieth of 570.00, 418.00",
        "Travel, 612 km, once, 309.00", "Grant, EUR, 3,007.00"]


def test_that_staff_and_fractions_show_where_their_rate_comes_from():
    staff = Journey(activity="staff-teacher", starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 15))
    rows = line_rows(calculate(staff, [GrantRate(kind="staff-day", amount=160.0)]).lines, FOUND.amount, "EUR")
    assert rows[1].how == "1 day × 112.00, 70 % of 160.00"
    fine = calculate(BROKEN, [GrantRate(kind="month", amount=250.0)])
    assert line_rows(fine.lines, fine.amount, "EUR")[1].how == "22 days × 8.3333, a thirtieth of 250.00"


def test_that_instalments_show_what_is_due_and_paid(qtbot, qtmodeltester):
    model = payments_model(None)
    first = GrantPayment(id=1, n=1, percent=80.0, amount=2280.0, paid_on=date(2025, 9, 1))
    last = GrantPayment(id=2, n=2, percent=20.0, amount=570.0, final=True, due_on=date(2026, 3, 15), note="late")
    model.set_lines([first, last])
    qtmodeltester.check(model)
    assert isinstance(model.index(0, 1).data(CELL_ROLE), Chip)
    assert model.index(1, 0).data(CELL_ROLE) == TwoLine("Last, 20 %", "due 15 Mar 2026 · late")
    assert payment_sentence(last) == "Last, 20 %, 570.00, not paid"


def test_that_calculations_show_their_table_and_state(qtbot, qtmodeltester):
    model = calculations_model(None)
    grant = Grant(GrantAward(id=3, n=2, table_name="Erasmus+ 2025", amount=2698.0, status="frozen", reason="Shorter"),
                  (), (), True)
    model.set_lines([grant])
    qtmodeltester.check(model)
    assert calculation_sentence(grant) == "Calculation 2, Erasmus+ 2025, Frozen, 2,698.00"


def test_that_a_preview_says_the_amount_or_what_the_table_lacks():
    assert preview_words(FOUND, "EUR") == "By this table 3,007.00 EUR"
    assert preview_words(calculate(BROKEN, ()), "EUR") == "The table has no rate per month. Add it to the table"
