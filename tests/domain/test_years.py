"""Academic years."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from partnerdesk.domain.years import (
    EARLIEST,
    LATEST,
    AcademicYear,
    MonthDay,
    NotAYear,
    amendment_day,
    gaps,
    said,
    years_through,
    years_touched,
)

YEARS = st.builds(AcademicYear, st.integers(1900, 2150), st.booleans())
STARTS = st.none() | st.builds(MonthDay, st.integers(1, 12), st.integers(1, 28))


def north(*firsts: int) -> tuple[AcademicYear, ...]:
    return tuple(AcademicYear(first) for first in firsts)


@pytest.mark.parametrize(
    "written",
    [
        "2025/2026", "2025/26", "2025-2026", "2025-26", "25/26", "25-26", "2025", "AY 2025/2026", "2025–26",
        "2025 / 2026", " 2025/2026 ", "A.Y. 2025/26", "academic year 2025/26", "Studienjahr 2025/26",
        "année universitaire 2025-2026", "curso 2025-26", "rok akademicki 2025/2026", "ay2025/26", "2025\xa0/ 2026",
    ],
)  # fmt: skip
def test_that_one_year_is_understood_in_every_usual_shape(written: str) -> None:
    assert AcademicYear.parse(written) == AcademicYear(2025)


@pytest.mark.parametrize(
    ("written", "southern", "year"),
    [
        ("2026/2026", False, AcademicYear(2026, southern=True)),
        ("2026/26", False, AcademicYear(2026, southern=True)),
        ("2026", True, AcademicYear(2026, southern=True)),
        ("2026/2027", True, AcademicYear(2026)),
        ("99/00", False, AcademicYear(1999)),
        ("1999/00", False, AcademicYear(1999)),
        ("69/70", False, AcademicYear(2069)),
        ("70/71", False, AcademicYear(1970)),
    ],
)
def test_that_centuries_and_hemispheres_are_told_apart(written: str, southern: bool, year: AcademicYear) -> None:
    assert AcademicYear.parse(written, southern) == year


@pytest.mark.parametrize(
    "written",
    ["", " ", "25", "2025/27", "2026/2025", "2025-12", "1/9/2025", "2025-09-01", "20256", "soon", "Sep 2025",
     "2025/2026/2027", "9999", "0000/0001", "²⁵/²⁶", "2025/"],
)  # fmt: skip
def test_that_what_is_no_academic_year_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(NotAYear) as refusal:
        AcademicYear.parse(written)
    assert str(refusal.value.problems[0].fix) == "Write it like 2026/2027 or 26/27"


@given(YEARS)
def test_that_what_is_written_is_read_again(year: AcademicYear) -> None:
    assert AcademicYear.parse(str(year)) == year


@given(st.integers(1970, 2068))
def test_that_the_short_form_is_read_again(first: int) -> None:
    assert AcademicYear.parse(AcademicYear(first).short) == AcademicYear(first)


@given(st.text(max_size=30) | st.text("0123456789/-– AY", max_size=14))
@example("٢٠٢٥/٢٠٢٦")
def test_that_any_text_gives_a_year_or_a_reason(written: str) -> None:
    try:
        year = AcademicYear.parse(written)
    except NotAYear as refusal:
        assert str(refusal)
    else:
        assert EARLIEST <= year.first <= LATEST


@given(YEARS, STARTS)
def test_that_every_day_lies_in_exactly_one_year(year: AcademicYear, start: MonthDay | None) -> None:
    first, last = year.first_day(start), year.last_day(start)
    assert AcademicYear.of(first, year.southern, start) == AcademicYear.of(last, year.southern, start) == year
    assert year.next.first_day(start) == last + timedelta(days=1)
    assert AcademicYear.of(first - timedelta(days=1), year.southern, start) == year.previous
    assert year.holds(first, start) and not year.holds(first - timedelta(days=1), start)


def test_that_the_usual_year_begins_in_september_and_in_the_south_in_january() -> None:
    year = AcademicYear(2025)
    assert (year.first_day(), year.last_day()) == (date(2025, 9, 1), date(2026, 8, 31))
    south = AcademicYear(2026, southern=True)
    assert (south.first_day(), south.last_day()) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (str(south), south.short, str(year), year.short) == ("2026/2026", "2026", "2025/2026", "25/26")


def test_that_years_are_ordered_and_run_through() -> None:
    assert sorted(north(2026, 2024, 2025)) == list(north(2024, 2025, 2026))
    assert tuple(years_through(AcademicYear(2024), AcademicYear(2026))) == north(2024, 2025, 2026)
    assert not tuple(years_through(AcademicYear(2026), AcademicYear(2024)))
    assert said(*north(2024, 2026)) == "2024/2025 – 2026/2027"
    assert said(*north(2024, 2024)) == "2024/2025"
    assert years_touched(date(2024, 8, 31), date(2026, 9, 1)) == north(2023, 2026)


@pytest.mark.parametrize(
    ("ranges", "missing"),
    [
        ([(2021, 2023), (2024, 2026)], ()),
        ([(2021, 2022), (2024, 2026)], (2023,)),
        ([(2024, 2026), (2021, 2022)], (2023,)),
        ([(2021, 2026), (2022, 2023)], ()),
        ([], ()),
    ],
)
def test_that_gaps_are_what_the_union_of_ranges_leaves_out(
    ranges: list[tuple[int, int]], missing: tuple[int, ...]
) -> None:
    assert gaps((AcademicYear(a), AcademicYear(b)) for a, b in ranges) == north(*missing)


@given(st.lists(st.tuples(st.integers(2000, 2030), st.integers(0, 6)), max_size=6), st.booleans())
def test_that_gaps_and_covered_years_fill_the_span(spans: list[tuple[int, int]], southern: bool) -> None:
    ranges = [(AcademicYear(a, southern), AcademicYear(a + n, southern)) for a, n in spans]
    within = AcademicYear(2000, southern), AcademicYear(2036, southern)
    covered = {year for first, last in ranges for year in years_through(first, last)}
    missing = gaps(ranges, within)
    assert sorted(covered | set(missing)) == list(years_through(*within))
    assert not covered & set(missing)


def test_that_places_are_amended_by_january_of_the_year_before() -> None:
    assert amendment_day(AcademicYear(2026)) == date(2026, 1, 31)
    assert amendment_day(AcademicYear(2026, southern=True)) == date(2025, 1, 31)


@given(YEARS, STARTS)
def test_that_the_amendment_day_lies_in_the_preceding_year(year: AcademicYear, start: MonthDay | None) -> None:
    assert year.previous.holds(amendment_day(year, start), start)
