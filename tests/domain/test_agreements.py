"""The derived state of an agreement: total, in order, and with the vectors of R14."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.agreements import (
    RUNNING,
    STATES,
    AgreementVersion,
    Condition,
    ConditionYear,
    Facts,
    Party,
    SignOff,
    State,
    completed_on,
    leading,
    months_before,
    notice_day,
    places_in,
    rolled,
    span_of,
    state_of,
)

TODAY = date(2026, 3, 2)
days = st.none() | st.dates(date(2019, 1, 1), date(2034, 12, 31))
facts = st.builds(Facts, days, days, days, days, days, days, days, st.none() | st.integers(1, 60))
todays = st.dates(date(2020, 1, 1), date(2033, 12, 31))


@given(facts, todays)
def test_that_every_combination_of_days_gives_exactly_one_state(some: Facts, today: date) -> None:
    assert state_of(some, today) in STATES


@given(facts, todays)
def test_that_no_agreement_is_in_force_without_both_approvals(some: Facts, today: date) -> None:
    for half in (replace(some, ours_on=None), replace(some, theirs_on=None)):
        assert state_of(half, today) not in RUNNING


@given(facts, todays, st.integers(1, 4000))
def test_that_what_is_over_stays_over(some: Facts, today: date, later: int) -> None:
    over = (State.TERMINATED, State.SUPERSEDED, State.EXPIRED)
    state = state_of(some, today)
    if state in over:
        assert state_of(some, today + timedelta(days=later)) in over


@given(facts, todays)
def test_that_one_more_approval_never_leads_back_to_a_draft(some: Facts, today: date) -> None:
    signed = replace(some, ours_on=some.ours_on or today, theirs_on=some.theirs_on or today)
    assert state_of(signed, today) not in (State.DRAFT, State.WAITING_US, State.WAITING_PARTNER)


@given(facts, todays)
def test_that_an_end_by_notice_wins_over_everything_on_its_day(some: Facts, today: date) -> None:
    assert state_of(replace(some, termination_on=today), today) is State.TERMINATED


sure = st.dates(date(2019, 1, 1), date(2034, 12, 31))


@given(st.builds(Facts, sure, sure, days, sure, days, days, days, st.integers(1, 60)), todays)
def test_that_a_self_renewing_agreement_is_in_the_period_that_holds_today(some: Facts, today: date) -> None:
    now = rolled(some, today)
    assert some.ends_on is not None and some.renew_months is not None and now.ends_on is not None
    assert now.ends_on >= today
    over = some.ends_on + timedelta(days=1)
    steps = [n for n in range(250) if months_before(over, -n * some.renew_months) == now.ends_on + timedelta(days=1)]
    assert steps, "the end moved by something else than whole periods"
    if steps[0]:
        assert months_before(over, -(steps[0] - 1) * some.renew_months) - timedelta(days=1) < today


@given(facts, todays)
def test_that_nothing_rolls_before_both_sides_have_approved(some: Facts, today: date) -> None:
    assert rolled(replace(some, ours_on=None), today).ends_on == some.ends_on


SIGNED = Facts(date(2022, 1, 10), date(2022, 2, 1), date(2022, 9, 1), date(2027, 8, 31))


def test_that_each_state_is_reached() -> None:
    reached = {
        state_of(SIGNED, TODAY): State.IN_EFFECT,
        state_of(replace(SIGNED, theirs_on=None), TODAY): State.WAITING_PARTNER,
        state_of(replace(SIGNED, ours_on=None), TODAY): State.WAITING_US,
        state_of(Facts(), TODAY): State.DRAFT,
        state_of(SIGNED, date(2022, 8, 31)): State.FUTURE,
        state_of(SIGNED, date(2027, 9, 1)): State.EXPIRED,
        state_of(SIGNED, date(2027, 8, 31)): State.EXPIRING,
        state_of(replace(SIGNED, notice_on=TODAY), TODAY): State.NOTICE_WINDOW,
        state_of(replace(SIGNED, termination_on=date(2026, 9, 1)), TODAY): State.TERMINATING,
        state_of(replace(SIGNED, termination_on=TODAY), TODAY): State.TERMINATED,
        state_of(replace(SIGNED, superseded_on=TODAY), TODAY): State.SUPERSEDED,
    }
    assert list(reached) == list(reached.values())
    assert set(reached) == set(STATES)


def test_that_the_edges_of_the_horizons_lie_on_their_days() -> None:
    edge = replace(SIGNED, notice_on=TODAY + timedelta(days=90))
    assert state_of(edge, TODAY) is State.NOTICE_WINDOW
    assert state_of(edge, TODAY - timedelta(days=1)) is State.IN_EFFECT
    assert state_of(replace(SIGNED, ends_on=TODAY + timedelta(days=180)), TODAY) is State.EXPIRING
    assert state_of(replace(SIGNED, ends_on=TODAY + timedelta(days=181)), TODAY) is State.IN_EFFECT


def test_that_to_end_on_1_september_2027_one_tells_by_1_september_2026() -> None:
    assert notice_day(date(2027, 8, 31), 12) == date(2026, 9, 1)
    assert notice_day(date(2027, 8, 31), None) is None
    assert notice_day(None, 12) is None


def test_that_a_month_before_the_31st_is_the_last_of_a_short_month() -> None:
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2024, 3, 31), 1) == date(2024, 2, 29)
    assert months_before(date(2026, 1, 15), -13) == date(2027, 2, 15)


def test_that_academic_years_give_the_days_of_a_version() -> None:
    version = AgreementVersion(first_year=2024, last_year=2026)
    assert span_of(version) == (date(2024, 9, 1), date(2027, 8, 31))
    assert span_of(version, (1, 1)) == (date(2024, 1, 1), date(2026, 12, 31))
    assert span_of(replace(version, open_ended=True)) == (date(2024, 9, 1), None)
    assert span_of(replace(version, valid_to=date(2026, 6, 30)))[1] == date(2026, 6, 30)


def test_that_a_side_is_complete_with_its_last_party() -> None:
    parties = [Party(id=1, side="our"), Party(id=2), Party(id=3)]
    first = SignOff(version_id=5, party_id=2, approved_on=date(2026, 1, 1))
    other_version = SignOff(version_id=4, party_id=3, approved_on=date(2026, 1, 9))
    assert completed_on(parties, [first, other_version], 5, "partner") is None
    second = SignOff(version_id=5, party_id=3, approved_on=date(2026, 2, 1))
    assert completed_on(parties, [first, second], 5, "partner") == date(2026, 2, 1)
    assert completed_on([], [first], 5, "partner") is None


def test_that_an_exception_replaces_the_places_of_its_year_only() -> None:
    condition = Condition(first_year=2024, last_year=2027, heads=4)
    exceptions = [ConditionYear(year=2025, heads=2), ConditionYear(year=2026, closed=True, heads=9)]
    granted = [places_in(condition, exceptions, year) for year in range(2023, 2029)]
    assert granted == [None, 4, 2, 0, 4, None]


def test_that_the_most_pressing_state_leads() -> None:
    assert leading([State.EXPIRED, State.IN_EFFECT, State.DRAFT]) is State.IN_EFFECT
    assert leading([]) is None
