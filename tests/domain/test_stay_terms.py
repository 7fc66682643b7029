"""When the parts of an academic year are, north and south of the equator."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.factsheets import Factsheet
from partnerdesk.domain.stay_terms import deadline_of, is_second_half, parts_of, term_span, year_of


@pytest.mark.parametrize("term, southern, first, last", [
    ("1/1", False, date(2026, 9, 1), date(2027, 6, 30)), ("1/2", False, date(2026, 9, 1), date(2027, 1, 31)),
    ("2/2", False, date(2027, 2, 1), date(2027, 6, 30)), ("1/1", True, date(2026, 2, 1), date(2026, 11, 30)),
    ("1/2", True, date(2026, 2, 1), date(2026, 6, 30)), ("2/2", True, date(2026, 7, 1), date(2026, 11, 30))])
def test_that_terms_lie_where_the_host_has_them(term, southern, first, last):
    assert term_span(2026, term, southern) == (first, last)


@given(st.integers(1900, 2100), st.integers(1, 9), st.booleans())
def test_that_the_parts_of_a_year_follow_each_other_without_gap_and_fill_it(year, parts, southern):
    spans = [term_span(year, f"{n}/{parts}", southern) for n in range(1, parts + 1)]
    assert (spans[0][0], spans[-1][1]) == term_span(year, "1/1", southern)
    for (_, ends), (begins, _) in pairwise(spans):
        assert begins == ends + timedelta(days=1)


def test_that_the_factsheet_of_the_host_is_asked_first():
    sheet = Factsheet(first_from=date(2026, 8, 24), first_to=date(2027, 1, 29), nominate_first=date(2026, 4, 15),
                      nominate_second=date(2026, 10, 1))
    assert term_span(2026, "1/2", sheet=sheet) == (date(2026, 8, 24), date(2027, 1, 29))
    assert term_span(2026, "2/2", sheet=sheet) == (date(2027, 2, 1), date(2027, 6, 30))
    assert deadline_of("1/1", sheet) == date(2026, 4, 15)
    assert deadline_of("2/2", sheet) == date(2026, 10, 1)
    assert deadline_of("1/2", None) is None


def test_that_what_names_no_part_is_the_whole_year():
    assert parts_of("") == parts_of("3/2") == parts_of("a/b") == (1, 1)
    assert [is_second_half(term) for term in ("1/2", "2/2", "2/3", "3/3", "3/4")] == [False, True, False, True, True]


def test_that_a_day_in_january_is_of_the_year_before_in_the_north_only():
    assert year_of(date(2027, 1, 10)) == 2026
    assert year_of(date(2027, 1, 10), southern=True) == 2027
    assert year_of(date(2026, 8, 20)) == 2026
