"""Grades are carried over by the percentiles of those who passed (R90)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.grades import (
    GradeRow,
    GradeTable,
    convert,
    failing,
    fold_grade,
    read_rows,
    shares,
    table_problems,
)


def rows(*told):
    return [GradeRow(position=at, label=label, percent=percent, passing=passing)
            for at, (label, percent, passing) in enumerate((*one, True)[:3] for one in told)]


HOST = rows(("A", 10), ("B", 25), ("C", 30), ("D", 25), ("E", 10), ("F", 12, False))
HOME = rows(("30L", 10), ("30", 15), ("28-29", 25), ("26-27", 25), ("24-25", 15), ("18-23", 10))


@pytest.mark.parametrize(("grade", "found"), [("A", "30L"), ("B", "30"), ("D", "24-25"), ("E", "18-23")])
def test_that_each_grade_goes_where_most_of_its_points_fall(grade, found):
    conversion = convert(HOST, HOME, grade)
    assert conversion is not None
    assert (conversion.grade, conversion.tied) == (found, ())


def test_that_the_overlaps_of_a_grade_are_shown():
    conversion = convert(HOST, HOME, "B")
    assert conversion is not None
    assert [(one.label, one.points) for one in conversion.overlaps] == [("30", 15), ("28-29", 10)]
    assert str(conversion.method) == (
        "B stands for 10–35 % of those who passed, counted from the best; its points at home: 15 → 30, 10 → 28-29; "
        "the largest part falls on 30.")


@pytest.mark.parametrize(("tie", "found"), [("best", "28-29"), ("middle", "28-29"), ("lowest", "26-27")])
def test_that_a_tie_is_broken_by_the_office_and_said(tie, found):
    conversion = convert(HOST, HOME, "C", tie)
    assert conversion is not None
    assert conversion.grade == found
    assert conversion.tied == ("28-29", "26-27")
    assert f"28-29, 26-27 fit equally, and the office takes the {tie}: {found}." in str(conversion.method)


def test_that_of_three_equal_grades_the_middle_is_between():
    home = rows(("1", 20), ("2", 20), ("3", 20), ("4", 40))
    conversion = convert(rows(("P", 60), ("Q", 40)), home, "P", "middle")
    assert conversion is not None
    assert conversion.grade == "2"


def test_that_a_failing_or_unknown_grade_is_not_converted():
    assert convert(HOST, HOME, "F") is None
    assert convert(HOST, HOME, "Z") is None
    assert convert(HOST, [], "A") is None
    assert convert([], HOME, "A") is None
    assert convert(HOST, HOME, "") is None


def test_that_a_grade_nobody_got_stands_between_its_neighbours():
    conversion = convert(rows(("1", 0), ("2", 50), ("3", 50)), HOME, "1")
    assert conversion is not None
    assert conversion.grade == "30L"


def test_that_grades_meet_whatever_comma_they_are_written_with():
    assert fold_grade("1,70") == fold_grade("1.7")
    assert fold_grade("A+") != fold_grade("A")
    assert convert(rows(("1.0", 40), ("2.0", 60)), HOME, "1,0") is not None


def test_that_counts_serve_as_well_as_percents():
    assert [one.high for one in shares(rows(("A", 1), ("B", 3)))] == [25, 100]


def test_that_a_table_of_one_year_or_without_shares_is_spoken_of():
    assert [p.severity for p in table_problems(GradeTable(first_year=2024, last_year=2024), HOST)] == ["warn"]
    assert [p.severity for p in table_problems(GradeTable(first_year=2025, last_year=2024), HOST)] == ["block"]
    assert [p.field for p in table_problems(GradeTable(), rows(("A", 0)))] == ["percent"]
    assert [p.severity for p in table_problems(GradeTable(), rows(("A", 40), ("B", 40)))] == ["info"]
    assert list(table_problems(GradeTable(first_year=2023, last_year=2024), HOST)) == []


def test_that_failing_grades_are_told():
    assert failing(HOST) == ("F",)


def test_that_pasted_grades_are_read_and_what_is_not_is_told():
    found, left_out = read_rows("Grade\tShare\n1.0\t12,5 %\n2.0;30\n3.0 57.5\n5.0\t8\tno\nno number here\nTotal\t100")
    assert [(r.label, r.percent, r.passing) for r in found] == [
        ("1.0", 12.5, True), ("2.0", 30.0, True), ("3.0", 57.5, True), ("5.0", 8.0, False)]
    assert left_out == ["no number here", "Total\t100"]


TABLES = st.lists(st.integers(0, 40), min_size=1, max_size=9).filter(lambda p: sum(p) > 0).map(
    lambda percents: rows(*((f"g{at}", percent) for at, percent in enumerate(percents))))


@given(TABLES, TABLES, st.sampled_from(["best", "middle", "lowest"]))
def test_that_a_better_grade_never_becomes_a_worse_one(host, home, tie):
    places = {row.label: at for at, row in enumerate(home)}
    found = [convert(host, home, row.label, tie) for row in host]
    ranks = [places[one.grade] for one in found if one is not None]
    assert len(ranks) == len(host)
    assert ranks == sorted(ranks)


@given(TABLES, TABLES)
def test_that_the_overlaps_of_a_grade_add_up_to_its_share(host, home):
    for share in shares(host):
        conversion = convert(host, home, share.label)
        assert conversion is not None
        assert sum((one.points for one in conversion.overlaps), Fraction(0)) == share.width


@given(TABLES)
def test_that_a_table_carried_to_itself_stays_as_it_is(table):
    for share in shares(table):
        if share.width:
            conversion = convert(table, table, share.label)
            assert conversion is not None
            assert conversion.grade == share.label
