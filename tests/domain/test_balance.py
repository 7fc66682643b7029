"""The balance of exchange with a partner."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.balance import (
    UNITS,
    BalanceTerms,
    Flow,
    WhatIf,
    balance_problems,
    ledger_of,
    planned_sentence,
    said_amount,
    sentence,
)

SEMESTERS = BalanceTerms(unit="terms")
UNEVEN = (Flow(year=2024, direction="out", terms=50), Flow(year=2025, direction="out", terms=53),
          Flow(year=2024, direction="in", terms=60), Flow(year=2025, direction="in", terms=54))
NUMBERS = st.integers(0, 40)
FLOWS = st.lists(st.builds(
    Flow, year=st.none() | st.integers(2015, 2035), direction=st.sampled_from(["out", "in"]), heads=NUMBERS,
    months=NUMBERS, terms=NUMBERS, planned_heads=NUMBERS, planned_months=NUMBERS, planned_terms=NUMBERS))


def test_that_103_sent_and_114_received_are_11_behind() -> None:
    ledger = ledger_of(SEMESTERS, UNEVEN)
    assert (ledger.sent, ledger.received, ledger.balance) == (103, 114, -11)
    assert str(sentence(ledger)) == "You are 11 semesters behind."


def test_that_what_is_asked_for_and_what_is_accepted_can_be_said_in_the_meeting() -> None:
    ledger = ledger_of(SEMESTERS, UNEVEN)
    asked, accepted = WhatIf(direction="in", years=11), WhatIf(direction="in", years=6)
    assert [ledger.after(asked), ledger.after(accepted)] == [-33, -23]
    assert str(sentence(ledger, [accepted])) == "You are 11 semesters behind; this makes 23."


@pytest.mark.parametrize(("change", "said"), [
    (WhatIf(direction="out", semesters=11), "You are 11 semesters behind; this makes us even."),
    (WhatIf(direction="out", years=6), "You are 11 semesters behind; after this we will be 1 semester behind."),
    (WhatIf(direction="out"), "You are 11 semesters behind."),
])
def test_that_sending_more_turns_the_sentence(change: WhatIf, said: str) -> None:
    assert str(sentence(ledger_of(SEMESTERS, UNEVEN), [change])) == said


def test_that_who_sent_more_is_behind() -> None:
    ledger = ledger_of(BalanceTerms(opening=2), ())
    assert str(sentence(ledger, [WhatIf(direction="out", semesters=1)])) == "We are 2 people behind; this makes 3."
    even = ledger_of(BalanceTerms(), ())
    assert str(sentence(even, [WhatIf(years=1)])) == "We are even; after this you will be 1 person behind."


@given(FLOWS, st.sampled_from(UNITS), st.integers(-20, 20), st.none() | st.integers(2015, 2035))
def test_that_the_balance_is_the_sum_of_its_ledger(
    flows: list[Flow], unit: str, opening: int, since: int | None
) -> None:
    ledger = ledger_of(BalanceTerms(unit=unit, opening=opening, since=since), flows)
    assert ledger.balance == opening + sum(line.change for line in ledger.lines)
    assert ledger.forecast == ledger.balance + sum(line.planned for line in ledger.lines)
    assert ledger.balance == opening + ledger.sent - ledger.received
    counted = [f for f in flows if since is None or f.year is None or f.year >= since]
    assert ledger.sent == sum(f.counted(unit) for f in counted if f.direction == "out")
    standing: float = opening
    for line in ledger.lines:
        standing += line.change
        assert line.balance == standing


@given(FLOWS)
def test_that_no_year_is_left_out_between_the_first_and_the_last(flows: list[Flow]) -> None:
    years = [line.year for line in ledger_of(BalanceTerms(), flows).lines if line.year is not None]
    assert years == list(range(years[0], years[-1] + 1)) if years else True


def test_that_years_before_the_first_counted_one_are_in_the_opening() -> None:
    ledger = ledger_of(BalanceTerms(unit="terms", opening=4, since=2025), UNEVEN)
    assert (ledger.balance, [line.year for line in ledger.lines]) == (3, [2025])


def test_that_planned_stays_are_the_forecast_and_not_the_balance() -> None:
    ledger = ledger_of(SEMESTERS, (*UNEVEN, Flow(year=2026, direction="out", planned_terms=4)))
    assert (ledger.balance, ledger.forecast) == (-11, -7)
    assert str(planned_sentence(ledger)) == "With all that is planned you will be 7 semesters behind."
    assert planned_sentence(ledger_of(SEMESTERS, UNEVEN)) is None


def test_that_an_imbalance_matters_beyond_its_bound_only() -> None:
    assert ledger_of(BalanceTerms(unit="terms", bound=10), UNEVEN).beyond
    assert not ledger_of(BalanceTerms(unit="terms", bound=11), UNEVEN).beyond
    assert not ledger_of(SEMESTERS, UNEVEN).beyond


def test_that_a_balance_is_kept_in_a_known_unit_with_a_bound_above_0() -> None:
    assert [p.field for p in balance_problems(BalanceTerms(unit="days", bound=-1))] == ["unit", "bound"]
    assert not balance_problems(SEMESTERS)


def test_that_amounts_are_said_with_their_unit() -> None:
    said = [str(said_amount(*one)) for one in ((-1, "heads"), (4.5, "months"), (0.96666, "terms"), (2, "terms"))]
    assert said == ["1 person", "4.5 months", "1 semester", "2 semesters"]
