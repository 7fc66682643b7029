"""Classes of numbers, regions, and sums that add up."""

from hypothesis import given
from hypothesis import strategies as st

from partnerdesk.domain.countries import REGIONS, countries
from partnerdesk.domain.measures import (
    CLASSES,
    NOWHERE,
    Classes,
    CountryTable,
    Measure,
    areas,
    classes_of,
    members,
    natural_breaks,
    own_bounds,
    quantiles,
)

OUT = Measure("out", "Outgoing", "{n} out", "{n} out", "stays", "country:{country} year:{year} direction:out",
              yearly=True)
PARTNERS = Measure("partners", "Partners", "{n} partner", "{n} partners", "partners", "country:{country}")
TABLE = CountryTable((OUT, PARTNERS), {
    "out": {"FR": {2024: 3, 2026: 4, 0: 1}, "CH": {2026: 2}, NOWHERE: {2026: 5}, "QQ": {2026: 1}},
    "partners": {"FR": {0: 2}, NOWHERE: {0: 1}}}, 2025)
CODES = st.sampled_from([one.code for one in countries()] + [NOWHERE])


def test_that_a_number_is_that_of_its_year_or_of_all_years() -> None:
    assert TABLE.number("out", "FR", 2026) == 4
    assert TABLE.number("out", "FR", None) == 8
    assert TABLE.number("out", "FR", 2025) == 0
    assert TABLE.number("partners", "FR", 1999) == 2, "partners belong to no year"


def test_that_the_years_go_from_the_first_to_the_last_through_the_current_one() -> None:
    assert TABLE.years == range(2024, 2027)
    assert TABLE.year_name(2026) == "2026/2027"


def test_that_what_has_no_country_is_shown_last() -> None:
    assert TABLE.codes[-2:] == ["QQ", NOWHERE]
    assert len(TABLE.codes) == 252


@given(st.dictionaries(CODES, st.dictionaries(st.integers(2000, 2030), st.integers(-50, 50)), max_size=40),
       st.one_of(st.none(), st.integers(2000, 2030)))
def test_that_regions_and_what_has_no_country_add_up_to_the_whole(
        numbers: dict[str, dict[int, int]], year: int | None) -> None:
    table = CountryTable((OUT,), {"out": numbers}, 2025)
    assert sum(table.by_region("out", year).values()) == table.whole("out", year)
    assert sum(table.by_country("out", year).values()) == table.whole("out", year)
    assert sum(table.by_year("out").values()) == table.whole("out", None)


def test_that_every_country_is_in_one_region_and_one_of_its_parts() -> None:
    assert sorted(code for region in REGIONS for code in members(region)) == sorted(one.code for one in countries())
    assert len(members("001")) == 250
    assert "SG" in members("035")
    assert [name for number, name in areas() if number in ("001", "150", "154")] == [
        "World", "Europe", "Northern Europe"]


def test_that_a_number_names_the_line_of_its_list() -> None:
    assert OUT.line_of(["FR", "CH"], 2025) == "country:FR,CH year:2025 direction:out"
    assert OUT.line_of(["FR"], None) == "country:FR direction:out"
    assert OUT.line_of([], 2025) == "year:2025 direction:out"
    assert PARTNERS.line_of([NOWHERE], 2025) == "country:-"


@given(st.lists(st.integers(1, 500), max_size=80), st.sampled_from(["quantiles", "natural"]))
def test_that_every_number_is_in_the_class_whose_ends_hold_it(numbers: list[int], method: str) -> None:
    classes = classes_of(numbers, method=method)
    assert classes.count <= CLASSES
    assert list(classes.lower) == sorted(set(classes.lower))
    for number in numbers:
        place = classes.of(number)
        assert place is not None
        least, most = classes.ends(place)
        assert least <= number and (most is None or number <= most)


@given(st.lists(st.integers(-90, 90), max_size=80))
def test_that_diverging_classes_mirror(numbers: list[int]) -> None:
    classes = classes_of(numbers, diverging=True)
    middle = len(classes.lower)
    assert classes.of(0) == middle
    for number in numbers:
        place, other = classes.of(number), classes.of(-number)
        assert place is not None and other is not None
        assert place - middle == middle - other
        least, most = classes.ends(place)
        assert (least <= number and (most is None or number <= most)) if number >= 0 else (
            least >= number and (most is None or number >= most))


def test_that_quantiles_hold_about_as_many_each() -> None:
    assert quantiles(range(1, 13), 6) == (1, 3, 5, 7, 9, 11)
    assert quantiles([], 6) == ()
    assert quantiles([7], 6) == (1,)


def test_that_natural_breaks_part_where_numbers_lie_apart() -> None:
    assert natural_breaks([1, 2, 2, 3, 20, 21, 22, 90, 91], 3) == (1, 20, 90)
    assert natural_breaks([5, 5, 5], 3) == (1,)


def test_that_own_bounds_are_read_or_left() -> None:
    assert own_bounds("1, 5;10 20") == (1, 5, 10, 20)
    for wrong in ("", "0 5", "5 4", "a b", "1 2 3 4 5 6 7", "1 1", "99999999999"):
        assert own_bounds(wrong) == ()


def test_that_nothing_is_in_no_class_unless_it_is_the_middle() -> None:
    assert Classes((1, 5)).of(0) is None
    assert Classes((1, 5), diverging=True).of(0) == 2
    assert Classes(()).of(3) is None
