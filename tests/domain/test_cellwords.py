"""Levels, subject areas, languages, direction and kinds are read in the words of offices."""

import pytest

from partnerdesk.domain import cellwords
from partnerdesk.domain.cells import Raw, Unreadable
from partnerdesk.domain.cellwords import Fields, Wanted


@pytest.mark.parametrize(
    ("cell", "fields"),
    [
        ("0610", Fields(("0610",))),
        ("0582", Fields(("0582",))),
        (613, Fields(("0613",))),
        ("613", Fields(("0613",))),
        (1013, Fields(("1013",))),
        ("061, 071", Fields(("061", "071"))),
        ("0613 – Software; 0714", Fields(("0613", "0714"), "0613 – Software; 0714")),
        ("11.3", Fields(("11.3",))),
        ("Informatik", Fields((), "Informatik")),
        ("", None),
    ],
)
def test_that_subject_areas_stay_as_they_stand(cell: Raw, fields: Fields | None) -> None:
    assert cellwords.fields(cell) == fields


@pytest.mark.parametrize(
    ("cell", "levels"),
    [
        ("Bachelor, Master", ("6", "7")), ("B/M/D", ("6", "7", "8")), ("BMD", ("6", "7", "8")),
        ("1st and 2nd cycle", ("6", "7")),
        ("EQF 6-7", ("6", "7")), ("6;7", ("6", "7")), ("all", ("6", "7", "8")), ("I i II stopień", ("6", "7")),
        ("Licence", ("6",)), ("magisterskie", ("7",)), (1, ("6",)), ("UG/PG", ("6", "7")), (None, ()),
    ],
)  # fmt: skip
def test_that_levels_become_eqf(cell: Raw, levels: tuple[str, ...]) -> None:
    assert cellwords.levels(cell) == levels


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("English B2", Wanted(("en B2",))),
        ("EN-B2 / DE-B1", Wanted(("en B2", "de B1"))),
        ("Englisch (B2), Deutsch", Wanted(("en B2", "de"))),
        ("angielski B2 lub niemiecki B1", Wanted(("en B2", "de B1"))),
        ("B2", Wanted((), "B2")),
        ("Klingon B1", Wanted((), "Klingon B1")),
    ],
)
def test_that_languages_come_with_their_levels(cell: Raw, wanted: Wanted) -> None:
    assert cellwords.languages(cell) == wanted


@pytest.mark.parametrize(
    ("cell", "direction"),
    [("Outgoing", "out"), ("in/out", "both"), ("entrants", "in"), ("wyjazdy", "out"), ("beide", "both"), ("-", None)],
)
def test_that_the_direction_is_ours(cell: Raw, direction: str | None) -> None:
    assert cellwords.direction(cell) == direction


def test_that_kinds_are_known_by_code_and_word() -> None:
    assert cellwords.activity("SMS") == "student-studies"
    assert cellwords.activity("Praktikum") == "student-traineeship"
    assert cellwords.agreement_type("Erasmus+") == "erasmus_iia"
    assert cellwords.agreement_type("umowa ramowa") == "mou"


def test_that_what_is_not_understood_says_so() -> None:
    for read in (cellwords.levels, cellwords.direction, cellwords.activity, cellwords.agreement_type):
        with pytest.raises(Unreadable, match="zzz"):
            read("zzz")
