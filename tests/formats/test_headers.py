"""The row that names the columns is found past titles and blanks, and its words are tidied."""

import pytest

from partnerdesk.formats.books import Row, Sheet
from partnerdesk.formats.headers import find_header, header_at, repeats

GRAZ: Row = ["A  GRAZ01", "Universität Graz", "AT", 3]
WORDS: Row = ["Erasmus code", "Name", "Country", "Places"]


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        ([WORDS, GRAZ], 0),
        ([[], [None, None], WORDS, GRAZ], 2),
        ([["Partner universities, autumn 2024"], ["International Office", None], [], WORDS, GRAZ, GRAZ], 3),
        ([["Partner", None, "Exchange", None], WORDS, GRAZ, GRAZ, GRAZ], 1),
        ([GRAZ, ["E SEVILLA01", "Universidad de Sevilla", "ES", 2]], -1),
        ([["Kennung", "Zahl"], ["A-1", 3], ["A-2", 4]], 0),
        ([["Name"], ["Universität Graz"], ["Universidad de Sevilla"]], 0),
    ],
)
def test_that_the_header_is_found_wherever_it_stands(rows: list[Row], row: int) -> None:
    assert find_header(Sheet("S", rows)).row == row


def test_that_names_lose_no_break_blanks_line_breaks_and_stars() -> None:
    header = header_at(Sheet("S", [["Country\xa0", " Post\nCd ", "Name *"], ["AT", "8010", "Graz"]]), 0)
    assert header.names == ("Country", "Post Cd", "Name")


def test_that_double_and_missing_names_are_told_apart() -> None:
    header = header_at(Sheet("S", [["Name", "Name", None, None], ["a", "b", "c", None]]), 0)
    assert header.names == ("Name", "Name (2)", "C")


def test_that_a_header_printed_again_is_known() -> None:
    sheet = Sheet("S", [WORDS, GRAZ, list(WORDS)])
    header = find_header(sheet)
    assert repeats(sheet.rows[2], header)
    assert not repeats(sheet.rows[1], header)
